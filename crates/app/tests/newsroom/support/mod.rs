//! Contributions, with the sandbox for a gateway and a mail server that remembers what it took.

mod abandoned;
mod accounting;
mod acting;
mod books;
pub(crate) mod canaries;
mod courses;
mod erasing;
mod giving;
mod going_wrong;
mod hearing;
mod importing;
mod keys;
mod late;
mod links;
mod managing;
mod missed;
mod open_pages;
mod partly;
mod stopping;
mod truth;
mod unlinked;

use app::{
    Newsroom,
    support::{
        self,
        contributions::{self, Begun, GiveForm},
        sandbox::{self, How},
    },
};
use model::{Contribution, ContributionId, GatewayName, Language, Payment, SupportSettings};
use testkit::{Mail, TestNewsroom};

use crate::readers::Letters;

pub(super) const GIVER: &str = "giver@reader.example";

/// A newsroom that takes contributions.
pub(super) struct Till {
    pub(super) letters: Letters,
}

impl Till {
    pub(super) async fn of(test: TestNewsroom) -> Self {
        let letters = Letters::of(test).await;
        let till = Self { letters };
        till.set(&SupportSettings { open: true, ..SupportSettings::default() }).await;
        till
    }

    pub(super) fn newsroom(&self) -> &Newsroom {
        self.letters.newsroom()
    }

    pub(super) async fn set(&self, settings: &SupportSettings) {
        let mut tx = self.newsroom().store().begin().await.unwrap();
        let json = serde_json::to_string(settings).unwrap();
        store::setting_set(&mut tx, support::KEY, &json, self.letters.now()).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub(super) async fn begin(&self, form: &GiveForm) -> Begun {
        contributions::begin(self.newsroom(), form, None).await.unwrap()
    }

    /// Sends a form; the sandbox's page.
    pub(super) async fn page(&self, form: &GiveForm) -> String {
        match self.begin(form).await {
            Begun::At(page) => page.rsplit('/').next().unwrap().to_owned(),
            other => panic!("no page: {other:?}"),
        }
    }

    /// Sends a form and does something on the page.
    pub(super) async fn give(&self, form: &GiveForm, how: How) -> Contribution {
        let page = self.page(form).await;
        let page = sandbox::pay(self.newsroom(), &page, how).await.unwrap().unwrap();
        self.contribution(page.contribution).await
    }

    pub(super) async fn contribution(&self, id: ContributionId) -> Contribution {
        let mut tx = self.newsroom().store().read().await.unwrap();
        store::contribution_by_id(&mut tx, id).await.unwrap().unwrap()
    }

    pub(super) async fn payments(&self, id: ContributionId) -> Vec<Payment> {
        let mut tx = self.newsroom().store().read().await.unwrap();
        store::payment_of(&mut tx, id).await.unwrap()
    }

    /// The sandbox holds what the accounts say.
    pub(super) async fn balanced(&self) {
        let held = books::sandbox(self.newsroom()).await;
        books::balanced(self.newsroom(), GatewayName::Sandbox, held).await;
    }

    pub(super) async fn days(&self, days: i64) {
        sandbox::advance(self.newsroom(), days).await.unwrap();
    }

    pub(super) async fn sent(&self) -> Vec<Mail> {
        self.letters.sent().await
    }
}

/// Two dollars a month.
pub(super) fn monthly() -> GiveForm {
    GiveForm {
        frequency: "monthly".to_owned(),
        currency: "USD".to_owned(),
        chosen: "200".to_owned(),
        gateway: GatewayName::Sandbox.as_str().to_owned(),
        address: GIVER.to_owned(),
        language: Some(Language::english()),
        ..GiveForm::default()
    }
}

/// Ten dollars.
pub(super) fn once() -> GiveForm {
    GiveForm { frequency: "once".to_owned(), chosen: "1000".to_owned(), ..monthly() }
}

/// The token of the link in a mail.
pub(super) fn manage(mail: &Mail) -> String {
    mail.token("https://news.example/-/support/manage/")
}
