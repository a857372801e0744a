//! A newsroom with a newsletter and readers, served by the built program, and the mail server that takes its letters.
//!
//! Nothing of it is open in the test's own process while the program runs, but for moments in which the test looks: so a
//! program that is started finds a database that was left as the last one left it.

use std::sync::Arc;

use app::{
    Newsroom,
    delivery::{self, Report},
    issues::{self, Change, New},
    lists::{self, ListImport, System},
    settings,
};
use model::{Clock, IssueId, IssueState, NewsletterId, Role, Staff, SystemClock};
use outside::mail::Signer;
use store::{Location, Store, Tx};
use testkit::{Anon, Smtp, TestNewsroom, tokio};

use crate::server::{Log, Server, run};

/// Mails that can be under way at once: one connection more is kept for mails that somebody waits for.
pub(crate) const CONNECTIONS: usize = 8;
/// The domain of every reader. It is found nowhere but in their mails.
pub(crate) const DOMAIN: &str = "kill-canary.example";
const MINUTE: i64 = 60_000;

/// The newsroom.
pub(crate) struct House {
    pub(crate) test: TestNewsroom,
    pub(crate) sink: Smtp,
    pub(crate) log: Log,
    /// Two publishers.
    pub(crate) vera: Staff,
    pub(crate) boris: Staff,
    newsletter: NewsletterId,
    server: Option<Server>,
}

/// `reader-0@…`, `reader-1@…`, …
pub(crate) fn addresses(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("reader-{number}@{DOMAIN}")).collect()
}

impl House {
    /// With so many readers.
    pub(crate) async fn of(test: TestNewsroom, anon: &Anon, readers: usize) -> Self {
        let sink = Smtp::start().await.unwrap();
        test.clock.set(SystemClock.now());
        let vera = test.person(anon, Role::Publisher, "vera").await.unwrap().staff;
        let boris = test.person(anon, Role::Publisher, "boris").await.unwrap().staff;
        let newsletter = newsletter(&test.newsroom, &vera).await;
        import(&test.newsroom, &addresses(readers)).await;
        configure(&test, &sink);
        test.newsroom.store().close().await;
        Self { test, sink, log: Log::default(), vera, boris, newsletter, server: None }
    }

    /// Does something at the newsroom from the test's own process.
    pub(crate) async fn within<T>(&self, act: impl AsyncFnOnce(&Newsroom) -> T) -> T {
        self.test.clock.set(SystemClock.now());
        let store = Store::open(&Location::parse(&self.test.location).unwrap(), &SystemClock).await.unwrap();
        let newsroom = self.test.mailing_at(store, Vec::new(), Signer::default()).await.unwrap();
        let outcome = act(&newsroom).await;
        newsroom.store().close().await;
        outcome
    }

    /// Starts the program, to end itself at a point if one is named, and does not wait for it.
    pub(crate) fn spawn(&mut self, point: Option<&str>) -> &Server {
        self.server.insert(Server::start(self.test.folder(), point, &self.log))
    }

    /// Starts the program; where it listens.
    pub(crate) async fn start(&mut self, point: Option<&str>) -> Anon {
        Anon::at(self.spawn(point).address().await)
    }

    /// `kill -9`. What it had sent until then is read to its end.
    pub(crate) async fn kill(&mut self) {
        self.server.take().expect("it runs").kill().await;
        self.until("the connections of a dead server to end", async |house| house.sink.connections().1 == 0).await;
    }

    /// Waits until the program ended itself at its point.
    pub(crate) async fn aborted(&mut self, point: &str) {
        assert!(self.server.take().expect("it runs").aborted().await, "{point}: {}", self.log.lock().unwrap());
        self.until("the connections of a dead server to end", async |house| house.sink.connections().1 == 0).await;
    }

    /// Runs a command of the program.
    pub(crate) async fn command(&self, args: &[&str], point: Option<&str>) -> std::process::Output {
        run(self.test.folder(), args, point).await
    }

    /// Waits until something is so.
    pub(crate) async fn until(&self, what: &str, check: impl AsyncFn(&Self) -> bool) {
        for _ in 0..18_000 {
            if check(self).await {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        panic!("waited in vain for {what}\n{}", self.log.lock().unwrap());
    }

    /// Writes an issue and approves it, to be sent by whichever server runs next.
    pub(crate) async fn approve(&self) -> IssueId {
        self.within(async |newsroom| {
            let id = issues::create(newsroom, &self.vera, self.newsletter).await.unwrap();
            let change = Change {
                subject: "What the harbour said this week".to_owned(),
                preview: "And what it did not".to_owned(),
                intro: serde_json::from_value(words()).unwrap(),
                ..Change::of(&model::IssueContent::default())
            };
            let version = issues::save(newsroom, &self.vera, id, 1, &change).await.unwrap().version;
            issues::approve(newsroom, &self.vera, id, version, true).await.unwrap();
            id
        })
        .await
    }

    pub(crate) async fn report(&self, issue: IssueId) -> Report {
        self.within(async |newsroom| delivery::report(newsroom, issue).await.unwrap()).await
    }

    /// Waits until an issue is sent, and checks that everybody is accounted for, in the sums and on the rows.
    pub(crate) async fn until_sent(&self, issue: IssueId) -> Report {
        let report = self.within(async |newsroom| {
            for _ in 0..6_000 {
                let report = delivery::report(newsroom, issue).await.unwrap();
                if report.sending.state == IssueState::Sent {
                    return Some(report);
                }
                tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            }
            None
        });
        let Some(report) = report.await else {
            panic!("it is never sent: {:#?}\n{}", self.report(issue).await, self.log.lock().unwrap())
        };
        let standing = report.standing;
        let settled = standing.accepted + standing.failed + standing.excluded + standing.uncertain;
        assert_eq!(settled, report.sending.frozen, "the accounts don't add up: {report:#?}");
        let rows = self.within(async |newsroom| {
            let mut tx = newsroom.store().read().await.unwrap();
            store::delivery_counts(&mut tx, issue).await.unwrap()
        });
        assert_eq!(rows.await.iter().map(|(_, count)| count).sum::<i64>(), report.sending.frozen);
        report
    }

    /// Some minutes pass in the database: leases of the dead end, and what waits is due sooner.
    pub(crate) async fn minutes_pass(&self, minutes: i64) {
        let by = minutes * MINUTE;
        let statements = [
            "UPDATE delivery SET at = at - $1 WHERE state IN ('attempting', 'pending', 'deferred') AND at > $1",
            "UPDATE outbox SET at = at - $1",
            "UPDATE gateway_object SET at = at - $1",
            "UPDATE job SET run_at = run_at - $1 WHERE state = 'leased'",
        ];
        self.within(async |newsroom| {
            let mut tx = newsroom.store().begin().await.unwrap();
            for sql in statements {
                match &mut tx {
                    Tx::Sqlite(tx) => drop(sqlx::query(sql).bind(by).execute(&mut **tx).await.unwrap()),
                    Tx::Postgres(tx) => drop(sqlx::query(sql).bind(by).execute(&mut **tx).await.unwrap()),
                }
            }
            tx.commit().await.unwrap();
        })
        .await;
    }

    /// How often something was done to an issue, as the log has it.
    pub(crate) async fn deeds(&self, issue: IssueId, action: &str) -> usize {
        let filter = store::AuditFilter {
            action: Some(action.to_owned()),
            subject: Some(issue.0),
            ..store::AuditFilter::default()
        };
        self.within(async |newsroom| {
            let mut tx = newsroom.store().read().await.unwrap();
            store::audit_search(&mut tx, &filter, i64::MAX, 9).await.unwrap().len()
        })
        .await
    }
}

async fn newsletter(newsroom: &Newsroom, vera: &Staff) -> NewsletterId {
    let address = [("address".to_owned(), "https://news.example".to_owned())];
    settings::change(newsroom, "test", &address).await.unwrap().unwrap();
    let id = issues::make(newsroom, vera, &New { name: "The week".to_owned(), ..New::default() }).await.unwrap();
    let made = issues::newsletter(newsroom, id).await.unwrap();
    let form = issues::Settings { sender: "letter@news.example".to_owned(), ..issues::Settings::of(&made) };
    issues::change_newsletter(newsroom, vera, id, &form).await.unwrap();
    id
}

async fn import(newsroom: &Newsroom, addresses: &[String]) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("members.csv");
    let rows: Vec<String> = addresses.iter().map(|address| format!("{address},,true,2024-02-01T00:00:00Z,")).collect();
    let head = "email,name,subscribed_to_emails,created_at,deleted_at\n";
    std::fs::write(&path, format!("{head}{}\n", rows.join("\n"))).unwrap();
    let list = ListImport::new(System::Ghost, vec![path]);
    let report = lists::import(newsroom, "vera", &list, Arc::new(|_, _, _| {})).await.unwrap();
    assert_eq!(report.imported, addresses.len() as u64, "{report:#?}");
}

fn configure(test: &TestNewsroom, sink: &Smtp) {
    let text = format!(
        "database = \"{}\"\n\n[[mail.relay]]\nurl = \"{}\"\nconnections = {}\n",
        test.location,
        sink.address,
        CONNECTIONS + 1
    );
    std::fs::write(test.folder().join("masthead.toml"), text).unwrap();
}

fn words() -> serde_json::Value {
    let text = "What the harbour office said in its bulletin of the week, and what it left out. ".repeat(8);
    serde_json::json!({ "version": 1, "blocks": [{ "type": "paragraph", "content": [{ "type": "text", "text": text }] }] })
}
