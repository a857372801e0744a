//! Givers for the search through everything that can be taken: they type an address in the form, or the gateway tells it.

use app::{
    Newsroom,
    readers::SignUpForm,
    support::{
        self,
        contributions::{self, GiveForm, Wish},
    },
};
use model::{Frequency, Language, SupportSettings};
use testkit::{
    Anon,
    processors::{FakeStripe, Outcome},
};

use crate::readers::Letters;

/// The name of everybody who pays at the fake Stripe.
pub(crate) const NAME: &str = "Jenny Rosen";

/// A newsroom that takes contributions by Stripe.
struct Giving<'a> {
    letters: &'a Letters,
    node: Newsroom,
    stripe: FakeStripe,
    domain: &'a str,
}

/// Givers in every way: gifts and pledges, receipts, failures, an end, links asked for, changes, exports, erasures. Some are in the
/// middle of it when this ends. The tokens of their links.
pub(crate) async fn canaries(letters: &Letters, domain: &str) -> Vec<String> {
    let (stripe, node, _) = letters.test.taking_by_stripe().await.unwrap();
    let settings = SupportSettings { open: true, ..SupportSettings::default() };
    let mut tx = node.store().begin().await.unwrap();
    let json = serde_json::to_string(&settings).unwrap();
    store::setting_set(&mut tx, support::KEY, &json, letters.now()).await.unwrap();
    tx.commit().await.unwrap();
    let before = letters.now();
    let house = Giving { letters, node, stripe, domain };
    let mut tokens = Vec::new();
    for number in 0..12 {
        tokens.extend(house.gives(number).await);
    }
    house.time_passes().await;
    for (number, token) in tokens.iter().enumerate() {
        house.goes_on(number, token).await;
    }
    house.asks_and_errs().await;
    letters.test.clock.set(before);
    tokens
}

impl Giving<'_> {
    /// Whatever Stripe tells arrives and is worked on.
    async fn work(&self) {
        self.stripe.deliver_all().await;
        contributions::run_due(&self.node).await.unwrap();
    }

    /// Somebody gives, and pays on Stripe's page; every third leaves their address there only. The token of their link.
    async fn gives(&self, number: usize) -> Option<String> {
        let address = format!("canaryg{number}x@{}", self.domain);
        let frequency = if number.is_multiple_of(4) { Frequency::Once } else { Frequency::Monthly };
        let form = GiveForm {
            frequency: frequency.as_str().to_owned(),
            currency: "USD".to_owned(),
            chosen: "other".to_owned(),
            other: "12".to_owned(),
            gateway: "stripe".to_owned(),
            address: if number % 3 == 2 { String::new() } else { address.clone() },
            message: format!("Write to x@{}, says {NAME}", self.domain),
            language: Some(Language::english()),
            ..GiveForm::default()
        };
        contributions::begin(&self.node, &form, None).await.unwrap();
        let session = self.stripe.objects("checkout.session").pop()?;
        let (id, action) = (session["id"].as_str()?, if number == 8 { "later" } else { "pay" });
        let page = Anon::at(self.stripe.address.clone());
        page.post(&format!("/c/pay/{id}"), &[("action", action), ("email", &address)]).await;
        self.work().await;
        let mails = self.letters.sent().await;
        assert!(
            number == 8 || number.is_multiple_of(12) || mails.iter().any(|mail| mail.to == address),
            "{number} has no receipt"
        );
        session["success_url"].as_str()?.rsplit_once('/').map(|(_, token)| token.to_owned())
    }

    /// A month and more pass: pledges are renewed, and some fail, one to its end.
    async fn time_passes(&self) {
        let pledges = self.stripe.objects("subscription");
        for (number, pledge) in pledges.iter().enumerate().filter(|(number, _)| number % 3 == 0) {
            let times = if number == 0 { 9 } else { 1 };
            self.stripe.next_payments(pledge["id"].as_str().unwrap(), &vec![Outcome::Declined; times]);
        }
        for _ in 0..12 {
            self.stripe.move_to(self.letters.now().plus_millis(4 * 24 * 3_600_000));
            self.work().await;
        }
        assert!(self.letters.sent().await.len() > 5, "nobody hears of anything");
    }

    /// What givers do by their links.
    async fn goes_on(&self, number: usize, token: &str) {
        let wish = match number % 6 {
            1 => Some(Wish::Change { amount: "7".to_owned(), frequency: Frequency::Annual }),
            2 => Some(Wish::Pause),
            3 => Some(Wish::Cancel),
            _ => None,
        };
        if let Some(wish) = wish {
            contributions::wish(&self.node, token, &wish).await.unwrap();
        } else {
            contributions::export(&self.node, token).await.unwrap();
        }
        if number % 6 == 5 {
            contributions::erase(&self.node, token).await.unwrap();
        }
        self.work().await;
    }

    /// Some ask for their link, and one mistypes. What they are sent waits.
    async fn asks_and_errs(&self) {
        for number in [1, 2, 4, 99] {
            let address = format!("canaryg{number}x@{}", self.domain);
            let form = SignUpForm { address, language: Some(Language::english()), ..SignUpForm::default() };
            contributions::ask_link(&self.node, &form, None).await.unwrap();
        }
        let address = format!("canary wrong@{}", self.domain);
        let form = GiveForm { address, currency: "USD".to_owned(), ..super::once() };
        contributions::begin(&self.node, &form, None).await.unwrap();
    }
}
