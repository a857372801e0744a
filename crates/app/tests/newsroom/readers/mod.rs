//! Readers who get newsletters, with a mail server that remembers what it took.

mod leaving;
mod limits;
mod preferences;
mod seizure;
mod signing_up;

use app::{
    Newsroom,
    readers::{self, Confirmed, SignUpForm, SignedUp, outbox},
};
use model::{
    Issue, IssueContent, IssueId, IssueState, Language, Newsletter, NewsletterId, NewsletterSettings, Page, PageId,
    Slug, Subscriber, SubscriberId, Timestamp,
};
use outside::mail::{Relay, Signer};
use testkit::{Mail, Smtp, TestNewsroom};
use vault::{Address, Links, Smtputf8, Token};

/// The newsroom's address.
pub(super) const SITE: &str = "https://news.example";
pub(super) const ANNA: &str = "anna@reader.example";

/// A newsroom whose keys are here, with two newsletters, and its mail server.
pub(super) struct Letters {
    pub(super) test: TestNewsroom,
    pub(super) smtp: Smtp,
    /// The node that sends.
    sending: Newsroom,
}

impl Letters {
    pub(super) async fn of(test: TestNewsroom) -> Self {
        let smtp = Smtp::start().await.unwrap();
        Self::with(test, smtp).await
    }

    pub(super) async fn with(test: TestNewsroom, smtp: Smtp) -> Self {
        let sending = test.mailing(vec![Relay::new("main", &smtp.address).unwrap()], Signer::default()).await.unwrap();
        let mut tx = test.newsroom.store().begin().await.unwrap();
        let languages = ["en", "ru", "fa"].map(|tag| Language::new(tag).unwrap()).to_vec();
        let settings = model::Newsroom { address: Some(SITE.to_owned()), languages, ..model::Newsroom::default() };
        let now = test.newsroom.clock().now();
        store::newsroom_settings_set(&mut tx, &settings, now).await.unwrap();
        tx.commit().await.unwrap();
        let letters = Self { test, smtp, sending };
        letters.newsletter("weekly", "en", 0).await;
        letters.newsletter("utro", "ru", 1).await;
        letters
    }

    pub(super) fn newsroom(&self) -> &Newsroom {
        &self.test.newsroom
    }

    /// The keys.
    pub(super) fn keys(&self) -> std::sync::Arc<vault::Keyring> {
        self.newsroom().keys().unwrap()
    }

    pub(super) async fn lock(&self) {
        app::vault::lock(self.newsroom(), "test").await.unwrap();
    }

    pub(super) async fn unlock(&self) {
        app::vault::unlock(self.newsroom(), "test", None).await.unwrap();
    }

    /// The node that sends takes up keys that were changed.
    pub(super) async fn take_up_keys(&self) {
        app::vault::look(&self.sending).await.unwrap();
    }

    pub(super) fn now(&self) -> Timestamp {
        self.newsroom().clock().now()
    }

    /// A newsletter; from the third on they are over.
    pub(super) async fn newsletter(&self, slug: &str, language: &str, position: i64) -> NewsletterId {
        let id = NewsletterId::new(self.now(), self.newsroom().chance());
        let settings = NewsletterSettings {
            name: format!("The {slug}"),
            sender: "letter@news.example".to_owned(),
            neutral_subject: "Your notes".to_owned(),
            neutral_sender: "Notes".to_owned(),
            ..NewsletterSettings::default()
        };
        let newsletter = Newsletter {
            id,
            slug: Slug::new(slug).unwrap(),
            language: Language::new(language).unwrap(),
            position,
            active: position < 2,
            made_at: self.now(),
            settings,
        };
        let mut tx = self.newsroom().store().begin().await.unwrap();
        store::newsletter_insert(&mut tx, &newsletter).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// An issue of a newsletter, whose mails have links to leave.
    pub(super) async fn issue(&self, slug: &str) -> IssueId {
        self.issue_as(slug, |issue| issue).await
    }

    /// An issue that can be sent.
    pub(super) async fn approved(&self, slug: &str, number: i64) -> IssueId {
        let words = serde_json::json!({ "type": "text", "text": "What the harbour said this week. ".repeat(20) });
        let intro = serde_json::json!({ "version": 1, "blocks": [{ "type": "paragraph", "content": [words] }] });
        let content = IssueContent {
            subject: "The harbour".to_owned(),
            intro: serde_json::from_value(intro).unwrap(),
            ..IssueContent::default()
        };
        let state = IssueState::Approved;
        self.issue_as(slug, |issue| Issue { number, state, frozen_at: None, frozen: 0, content, ..issue }).await
    }

    async fn issue_as(&self, slug: &str, change: impl FnOnce(Issue) -> Issue) -> IssueId {
        let mut tx = self.newsroom().store().begin().await.unwrap();
        let newsletter = store::newsletter_by_slug(&mut tx, slug).await.unwrap().unwrap().id;
        let id = IssueId::new(self.now(), self.newsroom().chance());
        let issue = Issue {
            id,
            newsletter,
            number: 1,
            state: IssueState::Sent,
            due_at: None,
            version: 1,
            why: None,
            saved: (self.now(), "anna".to_owned()),
            approved: None,
            frozen_at: Some(self.now()),
            frozen: 1,
            ended_at: None,
            path: None,
            content: IssueContent::default(),
            slot: None,
        };
        store::issue_insert(&mut tx, &change(issue)).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// The privacy policy in its first version.
    pub(super) async fn policy(&self) {
        let page = Page {
            id: PageId::new(self.now(), self.newsroom().chance()),
            language: Language::english(),
            slug: Slug::new("privacy").unwrap(),
            public: true,
            menu: None,
            title: "Privacy policy".to_owned(),
            document: model::Document::default(),
            version: 1,
            updated_at: self.now(),
        };
        let mut tx = self.newsroom().store().begin().await.unwrap();
        store::page_insert(&mut tx, &page).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub(super) async fn sign_up(&self, address: &str, newsletters: &[&str]) -> SignedUp {
        let form = form(address, newsletters);
        readers::sign_up(self.newsroom(), &form, None).await.unwrap()
    }

    /// Sends what waits; the mails that were taken since.
    pub(super) async fn sent(&self) -> Vec<Mail> {
        let before = self.smtp.mails().len();
        outbox::run_due(&self.sending).await.unwrap();
        self.smtp.mails().split_off(before)
    }

    /// Signs somebody up and presses the button in the mail.
    pub(super) async fn subscriber(&self, address: &str, newsletters: &[&str]) -> Subscriber {
        self.sign_up(address, newsletters).await;
        let mails = self.sent().await;
        let token = link(&mails[0], "confirm");
        let confirmed = readers::confirm(self.newsroom(), &token).await.unwrap();
        assert!(matches!(confirmed, Confirmed::Done { .. }), "{confirmed:?}");
        self.found(address).await.unwrap()
    }

    /// Who is kept under an address.
    pub(super) async fn found(&self, address: &str) -> Option<Subscriber> {
        let lookup = self.keys().lookup(&Address::parse(address, Smtputf8::Refused).unwrap());
        let mut tx = self.newsroom().store().read().await.unwrap();
        store::subscriber_by_lookup(&mut tx, &lookup).await.unwrap()
    }

    /// The reason for which nothing is sent to an address.
    pub(super) async fn suppressed(&self, address: &str) -> Option<model::SuppressionReason> {
        let lookup = self.keys().lookup(&Address::parse(address, Smtputf8::Refused).unwrap());
        let mut tx = self.newsroom().store().read().await.unwrap();
        store::suppression_by_lookup(&mut tx, &lookup).await.unwrap().map(|found| found.reason)
    }

    /// Slugs of what somebody gets, sorted.
    pub(super) async fn gets(&self, who: SubscriberId) -> Vec<String> {
        let mut tx = self.newsroom().store().read().await.unwrap();
        let gets = store::subscription_of(&mut tx, who).await.unwrap();
        let all = store::newsletter_all(&mut tx).await.unwrap();
        let mut slugs: Vec<String> = all
            .iter()
            .filter(|newsletter| gets.iter().any(|one| one.newsletter == newsletter.id))
            .map(|newsletter| newsletter.slug.to_string())
            .collect();
        slugs.sort();
        slugs
    }

    pub(super) fn unsubscribe(&self, issue: IssueId, who: SubscriberId) -> Token {
        Links(&self.keys()).unsubscribe(issue, who)
    }

    pub(super) fn preferences(&self, who: SubscriberId) -> String {
        let week = model::Week::of(self.now());
        Links(&self.keys()).preferences(who, model::Week(week.0 + 2)).url()
    }
}

pub(super) fn form(address: &str, newsletters: &[&str]) -> SignUpForm {
    SignUpForm {
        address: address.to_owned(),
        newsletters: newsletters.iter().map(|slug| (*slug).to_owned()).collect(),
        language: Some(Language::english()),
        ..SignUpForm::default()
    }
}

/// The token of a link in a mail.
pub(super) fn link(mail: &Mail, what: &str) -> String {
    mail.token(&format!("{SITE}/-/newsletter/{what}/"))
}
