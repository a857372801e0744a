//! Gifts and pledges, when the server ends at each point that they pass. Afterwards what the processor has is what the newsroom
//! has: each payment once, one receipt each, and nothing was answered before it was on the disk.

use std::collections::BTreeSet;

use app::support;
use model::{Clock, GatewayName, Month, PaymentState, SupportSettings, SystemClock};
use testkit::{
    Anon,
    processors::{Delivered, FakeStripe},
    tokio,
};

use crate::{
    house::{DOMAIN, House},
    taken::Taken,
};

/// A newsroom that takes contributions by a Stripe on this machine.
struct Giving {
    house: House,
    stripe: FakeStripe,
}

/// Has a newsroom take contributions by a Stripe, from its next start on.
pub(crate) fn with_stripe(house: &House, stripe: &FakeStripe) {
    let file = house.test.folder().join("masthead.toml");
    let (key, secret, address) = (&stripe.key, &stripe.secret, &stripe.address);
    let gateway = format!(
        "\n[[payments.gateway]]\nkind = \"stripe\"\nkey = \"{key}\"\nsecret = \"{secret}\"\naddress = \"{address}\"\n"
    );
    std::fs::write(&file, std::fs::read_to_string(&file).unwrap() + &gateway).unwrap();
}

impl Giving {
    async fn of(test: testkit::TestNewsroom, anon: &Anon) -> Self {
        let stripe = FakeStripe::start(std::sync::Arc::clone(&test.clock)).await.unwrap();
        let house = House::of(test, anon, 0).await;
        with_stripe(&house, &stripe);
        house
            .within(async |newsroom| {
                let settings = SupportSettings { open: true, ..SupportSettings::default() };
                let mut tx = newsroom.store().begin().await.unwrap();
                let json = serde_json::to_string(&settings).unwrap();
                store::setting_set(&mut tx, support::KEY, &json, newsroom.clock().now()).await.unwrap();
                tx.commit().await.unwrap();
            })
            .await;
        Self { house, stripe }
    }

    /// Starts the program, and has Stripe tell it what happens.
    async fn start(&mut self, point: Option<&str>) -> Anon {
        let anon = self.house.start(point).await;
        self.stripe.webhooks_to(&format!("{}/-/hooks/pay/stripe", anon.address));
        anon
    }

    /// Stripe sends what waits, with a clock that goes right.
    async fn deliver(&self) -> Vec<Delivered> {
        self.house.test.clock.set(SystemClock.now());
        self.stripe.deliver_all().await
    }

    /// The last page that Stripe made.
    fn session(&self) -> String {
        let session = self.stripe.objects("checkout.session").pop().unwrap();
        session["id"].as_str().unwrap().to_owned()
    }

    /// Names of payments that Stripe has, with what is left of each.
    fn theirs(&self) -> BTreeSet<(String, i64)> {
        let standing = self.stripe.standing();
        let paid = standing.gifts.values().flat_map(|gift| &gift.payments);
        let intent = |charge: &str| self.stripe.object(charge)["payment_intent"].as_str().unwrap().to_owned();
        paid.map(|paid| (intent(&paid.id), paid.left())).collect()
    }

    /// The same of the newsroom, and events that are on the disk.
    async fn ours(&self) -> (BTreeSet<(String, i64)>, BTreeSet<String>) {
        self.house
            .within(async |newsroom| {
                let mut tx = newsroom.store().read().await.unwrap();
                let all = store::payment_in(&mut tx, (Month(0), Month(99_999)), None, 100).await.unwrap();
                let paid = all.iter().filter(|one| one.state == PaymentState::Paid);
                let paid: Vec<(String, i64)> = paid.map(|one| (one.token.clone(), one.kept())).collect();
                let once: BTreeSet<(String, i64)> = paid.iter().cloned().collect();
                assert_eq!(once.len(), paid.len(), "a payment is there twice");
                let balance = store::payment_balance(&mut tx, GatewayName::Stripe).await.unwrap();
                let sum: i64 = balance.iter().map(|money| money.minor).sum();
                assert_eq!(sum, once.iter().map(|(_, kept)| kept).sum::<i64>());
                let rows = store::dump::rows(&mut tx, "gateway_event", None, 1_000).await.unwrap();
                let heard = serde_json::to_value(&rows).unwrap().to_string();
                let known =
                    self.stripe.objects("event").into_iter().filter_map(|event| Some(event["id"].as_str()?.to_owned()));
                (once, known.filter(|id| heard.contains(id)).collect())
            })
            .await
    }

    /// Restarts the program; in the end everything agrees, and whoever gave has one receipt.
    async fn agrees_in_the_end(&mut self, point: &str, address: &str, before: usize, doubt: usize) {
        self.house.minutes_pass(15).await;
        self.start(None).await;
        self.deliver().await;
        let receipt = async |house: &House| Taken::from(house, before).times(address) > 0;
        self.house.until("the receipt to come", receipt).await;
        self.house.until("its row to go", async |house| house.rows("outbox").await == 0).await;
        self.house.until("nothing to wait", async |house| house.rows("gateway_object").await == 0).await;
        self.house.kill().await;
        assert!(Taken::from(&self.house, before).doubles() <= doubt, "{point}: two receipts came");
        let (ours, _) = self.ours().await;
        assert_eq!(ours, self.theirs(), "{point}");
        let held = self.stripe.standing().balance.values().map(|balance| balance.gross).sum::<i64>();
        assert_eq!(ours.iter().map(|(_, kept)| kept).sum::<i64>(), held, "{point}: the sums differ");
    }
}

/// Sends the form.
async fn gives(anon: &Anon, address: &str, frequency: &str) -> u16 {
    let form = [
        ("frequency", frequency),
        ("currency", "USD"),
        ("amount-once", "1000"),
        ("amount-monthly", "500"),
        ("gateway", "stripe"),
        ("address", address),
        ("language", "en"),
    ];
    anon.post("/-/support/give", &form).await.status
}

fn address_of(point: &str) -> String {
    format!("{}@{DOMAIN}", point.replace('.', "-"))
}

testkit::both_backends! {
    async fn a_gift_whose_form_was_cut_off_is_paid_once_or_not_at_all(newsroom: TestNewsroom, anon: Anon) {
        let mut giving = Giving::of(newsroom, &anon).await;
        for (rows, point) in (0..).zip(["pay.begun", "pay.started"]) {
            let (before, address) = (giving.house.sink.taken(), address_of(point));
            let anon = giving.start(Some(point)).await;
            let sent = address.clone();
            let cut = tokio::spawn(async move { gives(&anon, &sent, "once").await });
            giving.house.aborted(point).await;
            assert!(cut.await.is_err(), "{point}: the form was answered");
            // The row is there before anybody was asked for a page.
            assert_eq!(giving.house.rows("contribution").await, 2 * rows + 1, "{point}");
            let pages = giving.stripe.objects("checkout.session").len();
            if point == "pay.begun" {
                assert_eq!(pages, 0, "a page was made for what is not written down");
                let anon = giving.start(None).await;
                assert_eq!(gives(&anon, &address, "once").await, 200);
                giving.house.kill().await;
            }
            assert!(giving.stripe.pay(&giving.session()));
            giving.agrees_in_the_end(point, &address, before, 0).await;
        }
        giving.house.nothing_is_found().await;
    }

    async fn what_was_told_is_on_the_disk_and_is_worked_on_once_wherever_the_server_died(newsroom: TestNewsroom, anon: Anon) {
        let mut giving = Giving::of(newsroom, &anon).await;
        for (point, frequency) in [("pay.heard", "monthly"), ("pay.claimed", "once"), ("pay.fetched", "monthly"), ("pay.projected", "once")] {
            let (before, address) = (giving.house.sink.taken(), address_of(point));
            let anon = giving.start(None).await;
            assert_eq!(gives(&anon, &address, frequency).await, 200);
            assert!(giving.stripe.pay(&giving.session()));
            giving.house.kill().await;
            // What Stripe tells nobody hears; the record is read at the start.
            assert!(giving.deliver().await.iter().all(|delivered| delivered.status.is_none()));
            giving.house.spawn(Some(point));
            giving.house.aborted(point).await;
            let ((ours, heard), sent) = (giving.ours().await, giving.house.sink.taken() - before);
            assert!(!heard.is_empty(), "{point}: nothing is on the disk");
            match point {
                "pay.projected" => assert_eq!(ours, giving.theirs(), "{point}"),
                _ => assert!(ours.len() < giving.theirs().len() && sent == 0, "{point}: {ours:?}"),
            }
            giving.agrees_in_the_end(point, &address, before, sent).await;
        }
        giving.house.nothing_is_found().await;
    }

    async fn a_webhook_is_answered_after_it_is_on_the_disk(newsroom: TestNewsroom, anon: Anon) {
        let mut giving = Giving::of(newsroom, &anon).await;
        let (point, address) = ("pay.heard", address_of("webhook"));
        let before = giving.house.sink.taken();
        let anon = giving.start(Some(point)).await;
        assert_eq!(gives(&anon, &address, "monthly").await, 200);
        assert!(giving.stripe.pay(&giving.session()));
        let delivered = giving.deliver().await;
        giving.house.aborted(point).await;
        let (_, heard) = giving.ours().await;
        let answered = delivered.iter().filter(|one| one.status.is_some_and(|status| status < 300));
        // Those that no newsroom asks for are answered at once: there is nothing to write.
        let answered: Vec<&Delivered> = answered.filter(|one| one.kind.starts_with("checkout") || one.kind == "invoice.paid").collect();
        assert!(answered.iter().all(|one| heard.contains(&one.event)), "answered and forgotten: {answered:?}");
        assert!(!heard.is_empty() && delivered.iter().any(|one| one.status.is_none()), "{delivered:?}");
        giving.agrees_in_the_end(point, &address, before, 0).await;
    }
}
