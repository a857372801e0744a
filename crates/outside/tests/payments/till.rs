//! The till: gateways in a process of their own.

use std::{os::unix::fs::PermissionsExt, path::Path, sync::Arc};

use http::{HeaderMap, HeaderValue};
use model::{FixedClock, GatewayName};
use outside::payments::{
    AnyGateway, Gateway, GatewayError, HookRefused, Object, Pledge, Which,
    remote::{Lists, Open, Place, Remote, serve},
};
use testkit::processors::FakeStripe;
use tokio::sync::oneshot;

use super::*;

const SHARED: &str = "what newsroom and till know, and no other";

struct Till {
    place: Place,
    stop: Option<oneshot::Sender<()>>,
    running: tokio::task::JoinHandle<()>,
    _dir: tempfile::TempDir,
}

impl Till {
    async fn with(gateways: Vec<AnyGateway>) -> Self {
        Self::that(gateways, Lists::Kept).await
    }

    async fn that(gateways: Vec<AnyGateway>, lists: Lists) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let place = Place::parse(&format!("unix:{}/till.sock", dir.path().display())).unwrap();
        let open = Open::at(&place).await.unwrap();
        let (stop, stopped) = oneshot::channel();
        let until = async { stopped.await.unwrap_or_default() };
        let running = tokio::spawn(serve(open, Secret::new(SHARED), gateways, lists, until));
        Self { place, stop: Some(stop), running, _dir: dir }
    }

    fn remote(&self) -> Remote {
        Remote::new(GatewayName::Stripe, self.place.clone(), Secret::new(SHARED)).unwrap()
    }

    async fn stop(&mut self) {
        self.stop.take().unwrap().send(()).unwrap();
        (&mut self.running).await.unwrap();
    }
}

async fn fake() -> (FakeStripe, AnyGateway) {
    let fake = FakeStripe::start(Arc::new(FixedClock::at(NOW))).await.unwrap();
    let options = StripeOptions {
        key: Secret::new(&fake.key),
        secret: Secret::new(&fake.secret),
        address: Some(url::Url::parse(&fake.address).unwrap()),
        ..StripeOptions::default()
    };
    (fake, Arc::new(Stripe::new(options).unwrap()))
}

#[tokio::test]
async fn the_newsroom_does_through_the_till_what_it_would_do_itself() {
    let (fake, own) = fake().await;
    let till = Till::with(vec![Arc::clone(&own)]).await;
    let remote = till.remote();
    assert_eq!((remote.name(), remote.can()), (own.name(), own.can()));
    assert_eq!(remote.objects(Some("cs"), Some("sub")), own.objects(Some("cs"), Some("sub")));
    let started = remote.start(&ask(Frequency::Monthly)).await.unwrap();
    fake.pay(&started.session);
    assert_eq!(remote.since(None).await, own.since(None).await);
    let session = Object::new("checkout.session", &started.session);
    let standing = remote.fetch(&session).await.unwrap().unwrap();
    assert_eq!(Some(&standing), own.fetch(&session).await.unwrap().as_ref());
    let token = standing.more[0].id.clone();
    let pledge = Pledge { contribution: contribution(), token };
    remote.change(&pledge, usd(700), Frequency::Monthly, "change:1").await.unwrap();
    remote.pause(&pledge, "pause:1").await.unwrap();
    remote.resume(&pledge, "resume:1").await.unwrap();
    assert!(remote.method_page(&pledge, "https://news.example/").await.unwrap().starts_with("http"));
    let invoice = remote.fetch(&standing.more[1]).await.unwrap().unwrap();
    remote.refund(&invoice.payments[0].token, usd(100), "refund:1").await.unwrap();
    let refused = remote.refund(&invoice.payments[0].token, usd(9_900), "refund:2").await;
    assert!(matches!(refused, Err(GatewayError::Refused { .. })), "{refused:?}");
    remote.cancel(&pledge, "cancel:1").await.unwrap();
    assert_eq!(remote.lacking().await, Ok(Vec::new()));
    assert_eq!(remote.fetch(&Object::new("invoice", "in_none")).await, Ok(None));
}

#[tokio::test]
async fn webhooks_are_verified_at_the_till() {
    let (fake, own) = fake().await;
    let till = Till::with(vec![own]).await;
    let started = till.remote().start(&ask(Frequency::Once)).await.unwrap();
    fake.pay(&started.session);
    let event = fake.objects("event").into_iter().rfind(|event| event["type"] == "checkout.session.completed").unwrap();
    let body = event.to_string();
    let signed = |secret: &str| {
        let signature = testkit::processors::stripe::signature(secret, NOW.as_millis() / 1_000, &body);
        let mut headers = HeaderMap::new();
        headers.insert("stripe-signature", HeaderValue::from_str(&signature).unwrap());
        headers.insert("x-forwarded-for", HeaderValue::from_static("203.0.113.9"));
        headers
    };
    let events = till.remote().verify(NOW, &signed(&fake.secret), body.as_bytes()).await.unwrap();
    assert_eq!(events[0].object, Object::new("checkout.session", &started.session));
    let forged = till.remote().verify(NOW, &signed("whsec_other"), body.as_bytes()).await;
    assert_eq!(forged, Err(HookRefused::Signature));
    let late = till.remote().verify(NOW.plus_millis(600_000), &signed(&fake.secret), body.as_bytes()).await;
    assert_eq!(late, Err(HookRefused::Time));
    let huge = vec![b' '; 5 << 20];
    assert_eq!(till.remote().verify(NOW, &signed(&fake.secret), &huge).await, Err(HookRefused::Unclear));
    let odd = [0xff, 0xfe, 0x00];
    assert_eq!(till.remote().verify(NOW, &signed(&fake.secret), &odd).await, Err(HookRefused::Signature));
}

#[tokio::test]
async fn a_till_that_is_away_or_another_newsrooms_says_so() {
    let (_fake, own) = fake().await;
    let mut till = Till::with(vec![own]).await;
    let stranger = Remote::new(GatewayName::Stripe, till.place.clone(), Secret::new("another")).unwrap();
    let answer = stranger.start(&ask(Frequency::Once)).await.unwrap_err();
    assert!(answer.to_string().contains("another secret"), "{answer}");
    let missing = Remote::new(GatewayName::Btcpay, till.place.clone(), Secret::new(SHARED)).unwrap();
    let answer = missing.start(&ask(Frequency::Once)).await.unwrap_err();
    assert!(answer.to_string().contains("does not have this gateway"), "{answer}");
    till.stop().await;
    let answer = till.remote().start(&ask(Frequency::Once)).await.unwrap_err();
    assert!(answer.may_pass() && answer.to_string().contains("does not run"), "{answer}");
    assert_eq!(till.remote().verify(NOW, &HeaderMap::new(), b"{}").await, Err(HookRefused::Later));
}

#[tokio::test]
async fn a_socket_is_for_its_user_and_group_and_is_taken_over_when_it_was_left_behind() {
    let mut till = Till::with(Vec::new()).await;
    let Place::Unix(path) = till.place.clone() else { panic!("a socket") };
    let mode = std::fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o660);
    assert!(Open::at(&till.place).await.is_err(), "one that is answered is not taken");
    till.stop().await;
    assert!(Path::new(&path).exists());
    assert!(Open::at(&till.place).await.is_ok());
}

#[test]
fn a_till_is_on_this_machine() {
    for good in ["unix:/run/masthead-till/till.sock", "127.0.0.1:8099", "[::1]:8099"] {
        assert_eq!(Place::parse(good).map(|place| place.to_string()).as_deref(), Some(good));
    }
    for bad in ["", "till.sock", "unix:till.sock", "192.0.2.1:8099", "localhost:8099", "http://127.0.0.1:8099"] {
        assert_eq!(Place::parse(bad), None, "{bad}");
    }
    for none in [GatewayName::Bank, GatewayName::Sandbox] {
        assert!(Remote::new(none, Place::parse("127.0.0.1:1").unwrap(), Secret::new(SHARED)).is_none());
    }
}

#[tokio::test]
async fn the_till_lists_who_pays_only_while_somebody_imports() {
    let (fake, own) = fake().await;
    let token = fake.foreign_subscription("giver@example.org", 500, "usd", (1, "month"));
    let mut till = Till::with(vec![Arc::clone(&own)]).await;
    let before = fake.server.asked().len();
    for which in [Which::All, Which::One(token.clone()), Which::Customer("cus_1".to_owned())] {
        let kept = till.remote().held(&which, None).await.unwrap_err();
        assert!(kept.to_string().contains("masthead till --import"), "{kept}");
    }
    assert_eq!(fake.server.asked().len(), before, "Stripe was asked all the same");
    till.stop().await;
    let till = Till::that(vec![Arc::clone(&own)], Lists::Given).await;
    let page = till.remote().held(&Which::All, None).await.unwrap();
    assert_eq!((page.held.len(), page.held[0].token.as_str()), (1, token.as_str()));
    assert_eq!(page, own.held(&Which::All, None).await.unwrap());
}
