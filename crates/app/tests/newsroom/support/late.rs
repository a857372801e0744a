//! A gateway that takes long to say what was true when it was asked.

use std::sync::{Arc, Mutex};

use app::support::contributions::{self, GiveForm};
use async_trait::async_trait;
use http::HeaderMap;
use model::{
    Contribution, ContributionId, Currency, Frequency, GatewayName, Language, Money, Month, PaymentState, Timestamp,
};
use outside::payments::{
    Can, Event, Gateway, GatewayError, Happened, HookRefused, Object, PaymentStanding, Pledge, SessionStanding,
    Standing, Start, Started,
};
use testkit::{both_backends, tokio::sync::Notify};

use super::{Till, books, monthly};

/// One payment, of which two objects tell: `slow` says it when it may, `quick` at once.
#[derive(Debug)]
struct Late {
    of: ContributionId,
    refunded: Mutex<i64>,
    asked: Notify,
    may: Notify,
}

impl Late {
    fn says(&self) -> Standing {
        let payment = PaymentStanding {
            token: "pi".to_owned(),
            money: Money::new(1_000, Currency::USD),
            fee: None,
            state: PaymentState::Paid,
            refunded: Some(*self.refunded.lock().unwrap()),
            dispute: None,
            disputed: None,
            came: None,
            at: Timestamp::from_millis(1_752_256_800_000),
        };
        let session = Some(SessionStanding::Complete);
        Standing { contribution: Some(self.of), session, payments: vec![payment], ..Standing::default() }
    }
}

fn cannot<T>() -> Result<T, GatewayError> {
    Err(GatewayError::Cannot { gateway: "stripe".to_owned() })
}

#[async_trait]
impl Gateway for Late {
    fn name(&self) -> GatewayName {
        GatewayName::Stripe
    }
    fn can(&self) -> Can {
        Can::ONCE
    }
    fn objects(&self, _: Option<&str>, _: Option<&str>) -> Vec<Object> {
        Vec::new()
    }
    async fn start(&self, _: &Start) -> Result<Started, GatewayError> {
        cannot()
    }
    async fn fetch(&self, object: &Object) -> Result<Option<Standing>, GatewayError> {
        let says = self.says();
        if object.kind == "slow" {
            self.asked.notify_one();
            self.may.notified().await;
        }
        Ok(Some(says))
    }
    async fn verify(&self, _: Timestamp, _: &HeaderMap, _: &[u8]) -> Result<Vec<Event>, HookRefused> {
        Err(HookRefused::Signature)
    }
    async fn cancel(&self, _: &Pledge, _: &str) -> Result<(), GatewayError> {
        cannot()
    }
    async fn since(&self, _: Option<&str>) -> Result<Happened, GatewayError> {
        Ok(Happened::unrecorded())
    }
}

fn gift(of: ContributionId) -> Contribution {
    let gift = (Frequency::Once, Money::new(1_000, Currency::USD));
    store::contribution_new(of, GatewayName::Stripe, gift, Month(666), &Language::english())
}

both_backends! {
    async fn who_is_known_after_their_money_has_a_receipt_all_the_same(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let (stripe, node, _) = till.letters.test.taking_by_stripe().await.unwrap();
        let gateway = GatewayName::Stripe.as_str().to_owned();
        let nameless = GiveForm { gateway, address: String::new(), ..monthly() };
        contributions::begin(&node, &nameless, None).await.unwrap();
        let one = |kind: &str| stripe.objects(kind).pop().unwrap()["id"].as_str().unwrap().to_owned();
        assert!(stripe.pay(&one("checkout.session")));
        // The invoice says what was paid, the session by whom.
        for kind in ["invoice", "checkout.session", "invoice", "checkout.session"] {
            contributions::look_now(&node, GatewayName::Stripe, &[Object::new(kind, one(kind))]).await.unwrap();
        }
        let mails = till.sent().await;
        let to: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
        assert_eq!(to, ["giver@example.org"]);
        books::balanced(&node, GatewayName::Stripe, stripe.standing().balance).await;
    }

    async fn what_was_true_when_it_was_asked_never_replaces_what_is_true_now(newsroom: TestNewsroom, anon: Anon) {
        let of = ContributionId::new(newsroom.newsroom.chance());
        let late = Arc::new(Late { of, refunded: Mutex::new(0), asked: Notify::new(), may: Notify::new() });
        let (node, _) = newsroom.taking(vec![Arc::<Late>::clone(&late)]).await.unwrap();
        let mut tx = node.store().begin().await.unwrap();
        store::contribution_insert(&mut tx, &gift(of)).await.unwrap();
        tx.commit().await.unwrap();
        let look = async |kind: &str| {
            contributions::look_now(&node, GatewayName::Stripe, &[Object::new(kind, "x")]).await.unwrap();
        };
        let (other, at) = (node.clone(), Object::new("slow", "x"));
        let slow = testkit::tokio::spawn(async move {
            contributions::look_now(&other, GatewayName::Stripe, &[at]).await.unwrap();
        });
        late.asked.notified().await;
        // It is given back meanwhile, and another object tells so.
        *late.refunded.lock().unwrap() = 400;
        look("quick").await;
        late.may.notify_one();
        // Whoever asked before asks once more.
        late.asked.notified().await;
        late.may.notify_one();
        slow.await.unwrap();
        let mut tx = node.store().read().await.unwrap();
        let payments = store::payment_of(&mut tx, of).await.unwrap();
        assert_eq!((payments.len(), payments[0].refunded), (1, 400), "what is older was written over what is newer");
    }
}
