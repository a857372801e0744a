//! A newsletter with an issue to be sent, its readers, and a sender that runs beside the test.

use std::{sync::Arc, time::Duration};

use app::{
    Newsroom,
    delivery::{self, By, Report},
};
use model::{
    Consent, Issue, IssueContent, IssueForm, IssueId, IssueState, Language, MailForm, Newsletter, NewsletterId,
    NewsletterSettings, OtherSubject, SeededChance, Slug, SubjectLine, Subscriber, SubscriberId, SubscriberState,
    Subscription, Uncertain, Week,
};
use outside::mail::{Blank, Kind, Letter, Mailbox, Marks, Relay, Signer, Template};
use testkit::{TestNewsroom, smtp::Smtp};
use tokio::{sync::watch, task::JoinHandle};
use vault::{Address, Bind, Keyring, Smtputf8};

/// A newsletter, an issue that is approved, and readers.
pub(crate) struct Weekly {
    pub(crate) newsletter: NewsletterId,
    pub(crate) issue: IssueId,
    pub(crate) keyring: Arc<Keyring>,
    chance: SeededChance,
}

impl Weekly {
    /// An issue without a second subject; what is in doubt is sent again.
    pub(crate) async fn new(newsroom: &TestNewsroom) -> Self {
        Self::with(newsroom, Uncertain::Retry, None).await
    }

    pub(crate) async fn with(test: &TestNewsroom, uncertain: Uncertain, other: Option<OtherSubject>) -> Self {
        let (newsroom, chance) = (&test.newsroom, SeededChance::new(77));
        let now = newsroom.clock().now();
        let mut tx = newsroom.store().begin().await.unwrap();
        let mut settings = store::newsroom_settings(&mut tx).await.unwrap();
        settings.address = Some("https://news.example".to_owned());
        store::newsroom_settings_set(&mut tx, &settings, now).await.unwrap();
        let newsletter = Newsletter {
            id: NewsletterId::new(now, &chance),
            slug: Slug::new("weekly").unwrap(),
            language: Language::english(),
            position: 0,
            active: true,
            made_at: now,
            settings: NewsletterSettings {
                name: "The Weekly".to_owned(),
                sender: "letter@news.example".to_owned(),
                uncertain,
                ..NewsletterSettings::default()
            },
        };
        store::newsletter_insert(&mut tx, &newsletter).await.unwrap();
        let issue = Issue {
            id: IssueId::new(now, &chance),
            newsletter: newsletter.id,
            number: 1,
            state: IssueState::Approved,
            why: None,
            slot: None,
            due_at: None,
            version: 1,
            saved: (now, "anna".to_owned()),
            approved: Some((now, "ben".to_owned())),
            frozen_at: None,
            frozen: 0,
            ended_at: None,
            path: None,
            content: IssueContent { other_subject: other, ..IssueContent::default() },
        };
        store::issue_insert(&mut tx, &issue).await.unwrap();
        tx.commit().await.unwrap();
        Self { newsletter: newsletter.id, issue: issue.id, keyring: newsroom.keys().unwrap(), chance }
    }

    /// Another newsletter that the same people get, with an issue to be sent.
    pub(crate) async fn another(&self, test: &TestNewsroom) -> Self {
        let newsroom = &test.newsroom;
        let now = newsroom.clock().now();
        let mut tx = newsroom.store().begin().await.unwrap();
        let first = store::newsletter_by_id(&mut tx, self.newsletter).await.unwrap().unwrap();
        let issue = store::issue_by_id(&mut tx, self.issue).await.unwrap().unwrap();
        let newsletter = NewsletterId::new(now, &self.chance);
        let daily = Newsletter { id: newsletter, slug: Slug::new("daily").unwrap(), ..first };
        store::newsletter_insert(&mut tx, &daily).await.unwrap();
        let id = IssueId::new(now, &self.chance);
        store::issue_insert(&mut tx, &Issue { id, newsletter, ..issue }).await.unwrap();
        let rows = store::dump::rows(&mut tx, "subscription", None, 10_000).await.unwrap();
        for row in &rows {
            let subscriber = serde_json::from_value(row["subscriber"].clone()).unwrap();
            let new = Subscription { newsletter, subscriber, week: Week(2_800) };
            store::subscription_insert(&mut tx, &new).await.unwrap();
        }
        tx.commit().await.unwrap();
        Self { newsletter, issue: id, keyring: Arc::clone(&self.keyring), chance: SeededChance::new(78) }
    }

    /// Somebody who gets it.
    pub(crate) async fn reader(&self, test: &TestNewsroom, address: &str) -> SubscriberId {
        self.readers(test, [address.to_owned()]).await[0]
    }

    pub(crate) async fn readers(
        &self,
        test: &TestNewsroom,
        addresses: impl IntoIterator<Item = String>,
    ) -> Vec<SubscriberId> {
        let mut tx = test.newsroom.store().begin().await.unwrap();
        let mut ids = Vec::new();
        for address in addresses {
            let address = Address::parse(&address, Smtputf8::Refused).unwrap();
            let id = SubscriberId::new(&self.chance);
            let subscriber = Subscriber {
                id,
                lookup: self.keyring.lookup(&address),
                address: self.keyring.seal(&self.chance, Bind::subscriber(id), address.as_str().as_bytes()),
                language: Language::english(),
                state: SubscriberState::Active,
                paused_until: None,
                form: if ids.len() % 5 == 4 { MailForm::Headlines } else { MailForm::Full },
                neutral: ids.len() % 7 == 6,
                consent: Consent { policy: "privacy/en/1".to_owned(), week: Week(2_800), source: "site".to_owned() },
                bounces: 0,
            };
            assert!(store::subscriber_insert(&mut tx, &subscriber).await.unwrap(), "two readers of one address");
            let subscription = Subscription { newsletter: self.newsletter, subscriber: id, week: Week(2_800) };
            store::subscription_insert(&mut tx, &subscription).await.unwrap();
            ids.push(id);
        }
        tx.commit().await.unwrap();
        ids
    }

    /// Freezes the audience; how many they are.
    pub(crate) async fn start(&self, newsroom: &Newsroom) -> i64 {
        let mut tx = newsroom.store().begin().await.unwrap();
        let issue = store::issue_by_id(&mut tx, self.issue).await.unwrap().unwrap();
        let mails = mails(newsroom);
        let frozen = delivery::start_in_tx(newsroom, &mut tx, &issue, "ben", &mails).await.unwrap();
        tx.commit().await.unwrap();
        delivery::started(newsroom);
        frozen.expect("it was approved")
    }

    pub(crate) async fn report(&self, newsroom: &Newsroom) -> Report {
        delivery::report(newsroom, self.issue).await.unwrap()
    }

    pub(crate) async fn state(&self, newsroom: &Newsroom) -> IssueState {
        self.report(newsroom).await.sending.state
    }

    /// Waits until a report is as wanted.
    pub(crate) async fn until(&self, newsroom: &Newsroom, wanted: impl Fn(&Report) -> bool) -> Report {
        for _ in 0..3_000 {
            let report = self.report(newsroom).await;
            if wanted(&report) {
                return report;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("it never came to that: {:#?}", self.report(newsroom).await);
    }

    /// Waits until it is sent, and checks that everybody is accounted for, in the sums and on the rows.
    pub(crate) async fn until_sent(&self, newsroom: &Newsroom) -> Report {
        let report = self.until(newsroom, |report| report.sending.state == IssueState::Sent).await;
        assert_eq!(report.standing.settled(), report.sending.frozen);
        assert_eq!(report.standing.open(), 0);
        let mut tx = newsroom.store().read().await.unwrap();
        let rows = store::delivery_counts(&mut tx, self.issue).await.unwrap();
        assert_eq!(rows.iter().map(|(_, count)| count).sum::<i64>(), report.sending.frozen);
        report
    }

    /// As [`Self::until_sent`], with a clock that is set forward to the next try whenever there is nothing to do before it;
    /// after some tries, by six days.
    pub(crate) async fn until_sent_in_time(&self, test: &TestNewsroom) -> Report {
        for round in 0..60 {
            // Longer than the sender takes to look.
            tokio::time::sleep(Duration::from_millis(900)).await;
            let report = self.report(&test.newsroom).await;
            if report.sending.state == IssueState::Sent {
                return self.until_sent(&test.newsroom).await;
            }
            if let Some(next) = report.next.filter(|_| report.standing.attempting == 0) {
                let more = if round == 7 { 6 * 24 * 3_600_000 } else { 1 };
                test.clock.set(next.max(test.newsroom.clock().now()).plus_millis(more));
            }
        }
        panic!("it is not sent after sixty rounds: {:#?}", self.report(&test.newsroom).await);
    }

    pub(crate) async fn pause(&self, newsroom: &Newsroom) {
        delivery::pause(newsroom, By::CommandLine, self.issue).await.unwrap();
    }

    pub(crate) async fn resume(&self, newsroom: &Newsroom) {
        delivery::resume(newsroom, By::CommandLine, self.issue).await.unwrap();
    }
}

/// A mail for each form.
pub(crate) fn mails(newsroom: &Newsroom) -> Vec<(IssueForm, Vec<u8>)> {
    let mail = |form: IssueForm| {
        let marks = Marks::new(newsroom.chance());
        let text = format!("Hello.\n\nLeave: {}\n", marks.of(Blank::Unsubscribe));
        let html = format!("<p>Hello.</p><p><a href=\"{}\">Leave</a></p>", marks.of(Blank::Unsubscribe));
        let subject = match form.subject {
            SubjectLine::Own => "The week",
            SubjectLine::Other => "What happened",
            SubjectLine::Neutral => "A letter",
        };
        let letter = Letter {
            from: Mailbox { name: "The Weekly", address: "letter@news.example" },
            reply_to: None,
            date: newsroom.clock().now(),
            subject,
            text: &text,
            html: Some(&html),
            kind: Kind::List { id: "weekly.news.example", name: "The Weekly", feedback_id: None, by_mail: false },
        };
        (form, Template::build(&letter, &marks).unwrap().to_bytes())
    };
    IssueForm::ALL.into_iter().map(mail).collect()
}

/// A node that sends.
pub(crate) struct Running {
    pub(crate) newsroom: Newsroom,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Running {
    /// A node that sends over some servers, so many connections each.
    pub(crate) async fn start(test: &TestNewsroom, servers: &[&Smtp], connections: usize) -> Self {
        Self::of(node(test, servers, connections).await)
    }

    /// Has a node send.
    pub(crate) fn of(newsroom: Newsroom) -> Self {
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(delivery::run(newsroom.clone(), stopped));
        Self { newsroom, stop, task }
    }

    /// Stops it as a server is stopped, and waits until it has.
    pub(crate) async fn stop(self) {
        self.stop.send_replace(true);
        self.task.await.unwrap();
    }
}

/// A node that does not send yet.
pub(crate) async fn node(test: &TestNewsroom, servers: &[&Smtp], connections: usize) -> Newsroom {
    let relay = |(at, server): (usize, &&Smtp)| {
        let mut relay = Relay::new(&format!("relay{at}"), &server.address).unwrap();
        // One of them is kept for mails that somebody waits for.
        relay.connections = connections + 1;
        relay
    };
    test.mailing(servers.iter().enumerate().map(relay).collect(), Signer::default()).await.unwrap()
}

/// `reader0@gmail.com`, `reader1@example.org`, …
pub(crate) fn addresses(count: usize) -> impl Iterator<Item = String> {
    let domains = ["gmail.com", "example.org", "outlook.com", "mail.ru", "example.net"];
    (0..count).map(move |at| format!("reader{at}@{}", domains[at % domains.len()]))
}

/// A clock that runs: leases and pauses end.
pub(crate) fn ticking(test: &TestNewsroom, millis_a_tick: i64) -> JoinHandle<()> {
    let clock = Arc::clone(&test.clock);
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(Duration::from_millis(20)).await;
            clock.advance_millis(millis_a_tick);
        }
    })
}
