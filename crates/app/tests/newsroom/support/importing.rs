//! Running pledges that another program began, taken in from Stripe's own account.

mod files;

use std::sync::Arc;

use app::{
    Error, Newsroom,
    support::{
        contributions::{self, GiveForm},
        import::{Report, account},
        stop,
    },
};
use model::{
    Contribution, ContributionId, ContributionState as State, Currency, Frequency, GatewayName, Money, Month, Timestamp,
};
use outside::payments::Object;
use testkit::{
    Mail, TestNewsroom, both_backends,
    processors::{FakeStripe, Outcome, Weather},
};
use vault::{Address, Smtputf8};

use super::{Till, monthly};
use crate::refused;

const DAY: i64 = 86_400_000;

/// A newsroom with a Stripe account that another program has used.
struct House {
    till: Till,
    stripe: FakeStripe,
    node: Newsroom,
}

impl House {
    async fn of(test: TestNewsroom) -> Self {
        let till = Till::of(test).await;
        let (stripe, node, _) = till.letters.test.taking_by_stripe().await.unwrap();
        Self { till, stripe, node }
    }

    /// Somebody gives so much a month by the other program.
    fn monthly(&self, name: &str, amount: i64) -> String {
        self.stripe.foreign_subscription(&format!("{name}@reader.example"), amount, "usd", (1, "month"))
    }

    async fn import(&self) -> Result<Report, Error> {
        let report = account(&self.node, "anna", false, Arc::new(|_, _, _| {})).await?;
        assert_eq!(report.accounted(), report.looked, "{report:#?}");
        Ok(report)
    }

    async fn pledge(&self, token: &str) -> Option<Contribution> {
        let mut tx = self.node.store().read().await.unwrap();
        store::contribution_by_token(&mut tx, GatewayName::Stripe, token).await.unwrap()
    }

    async fn count(&self) -> i64 {
        let mut tx = self.node.store().read().await.unwrap();
        store::contribution_counts(&mut tx).await.unwrap().iter().map(|(_, count)| count).sum()
    }

    /// Whatever Stripe tells arrives and is worked on; the mails that follow.
    async fn work(&self) -> Vec<Mail> {
        self.stripe.deliver_all().await;
        contributions::run_due(&self.node).await.unwrap();
        self.till.sent().await
    }

    fn days(&self, days: i64) {
        self.stripe.move_to(self.till.letters.now().plus_millis(days * DAY));
    }
}

fn subjects(mails: &[Mail]) -> Vec<(String, String)> {
    mails.iter().map(|mail| (mail.to.clone(), mail.header("subject"))).collect()
}

both_backends! {
    async fn what_another_program_began_at_stripe_goes_on_as_a_pledge_of_ours(newsroom: TestNewsroom, anon: Anon) {
        let house = House::of(newsroom).await;
        let token = house.monthly("giver", 500);
        assert_eq!(house.work().await.len(), 0, "it is not ours yet");
        house.till.letters.test.clock.advance_millis(60_000);
        let asked = house.stripe.server.asked().len();
        let report = house.import().await.unwrap();
        assert_eq!((report.taken, report.looked, report.unaddressed), (1, 1, 0), "{report}");
        let asked = house.stripe.server.asked().split_off(asked);
        assert!(asked.iter().all(|one| one.method == "GET"), "something was done at Stripe: {asked:?}");
        let pledge = house.pledge(&token).await.unwrap();
        assert_eq!((pledge.state, pledge.frequency), (State::Active, Frequency::Monthly));
        assert_eq!(pledge.amount, Money::new(500, Currency::USD));
        assert_eq!((pledge.month, pledge.paid_until), (Month::parse("2025-07").unwrap(), Month::parse("2025-08")));
        let address = Address::parse("giver@reader.example", Smtputf8::Refused).unwrap();
        assert_eq!(pledge.lookup, Some(house.node.keys().unwrap().giver_lookup(&address)));
        assert!(pledge.contact.is_some() && pledge.session.is_none());
        assert_eq!(house.work().await.len(), 0, "an import writes to nobody");
        assert_eq!(house.till.payments(pledge.id).await.len(), 0, "what was paid before is in other books");
        // It is renewed, fails, and is ended.
        house.days(32);
        let mails = house.work().await;
        assert_eq!(mails.len(), 1, "the receipt: {:?}", subjects(&mails));
        assert!(mails[0].plain().contains("/-/support/manage/"), "the link to what one gives");
        let payments = house.till.payments(pledge.id).await;
        assert_eq!((payments.len(), payments[0].kept()), (1, 500));
        house.stripe.next_payments(&token, &[Outcome::Declined]);
        house.days(31);
        let mails = house.work().await;
        assert!(mails[0].header("subject").contains("did not go through"), "{:?}", subjects(&mails));
        assert_eq!(house.pledge(&token).await.unwrap().state, State::PastDue);
        house.stripe.end(&token);
        let mails = house.work().await;
        assert!(mails[0].header("subject").contains("has ended"), "{:?}", subjects(&mails));
        let ended = house.pledge(&token).await.unwrap();
        assert_eq!((ended.state, ended.contact, ended.lookup), (State::Cancelled, None, None));
        let again = house.import().await.unwrap();
        assert_eq!((again.taken, again.known), (0, 1), "what is over is not begun anew: {again}");
    }

    async fn what_was_paid_before_is_written_down_no_later_either(newsroom: TestNewsroom, anon: Anon) {
        let house = House::of(newsroom).await;
        let token = house.monthly("giver", 500);
        house.till.letters.test.clock.advance_millis(60_000);
        house.import().await.unwrap();
        let one = |kind: &str| house.stripe.objects(kind).pop().unwrap()["id"].as_str().unwrap().to_owned();
        for kind in ["invoice", "payment_intent"] {
            let old = [Object::new(kind, one(kind))];
            contributions::look_now(&house.node, GatewayName::Stripe, &old).await.unwrap();
        }
        let pledge = house.pledge(&token).await.unwrap();
        assert_eq!(house.till.payments(pledge.id).await, []);
        assert_eq!(house.till.sent().await.len(), 0);
    }

    async fn only_what_runs_by_the_month_or_the_year_is_taken_in_and_once(newsroom: TestNewsroom, anon: Anon) {
        let house = House::of(newsroom).await;
        let stripe = &house.stripe;
        let annual = stripe.foreign_subscription("boris@reader.example", 2_400, "eur", (1, "year"));
        let twelve = stripe.foreign_subscription("clara@reader.example", 500, "jpy", (12, "month"));
        let nameless = stripe.foreign_subscription("no address", 300, "usd", (1, "month"));
        let weekly = stripe.foreign_subscription("dora@reader.example", 500, "usd", (1, "week"));
        stripe.foreign_subscription("egon@reader.example", 500, "usd", (3, "month"));
        let over = house.monthly("fanny", 500);
        stripe.end(&over);
        stripe.foreign_payment(900, "usd");
        let dry = account(&house.node, "anna", true, Arc::new(|_, _, _| {})).await.unwrap();
        assert_eq!((dry.taken, house.count().await), (3, 0), "{dry}");
        let report = house.import().await.unwrap();
        assert_eq!((report.taken, report.unaddressed, report.left["interval"], report.left["ended"]), (3, 1, 2, 1));
        assert_eq!(Report { dry_run: false, ..dry }, Report { unaddressed: 1, ..report.clone() }, "a dry run says the same");
        for (token, amount, frequency) in [
            (&annual, Money::new(2_400, Currency::EUR), Frequency::Annual),
            (&twelve, Money::new(500, Currency::parse("JPY").unwrap()), Frequency::Annual),
            (&nameless, Money::new(300, Currency::USD), Frequency::Monthly),
        ] {
            let pledge = house.pledge(token).await.unwrap();
            assert_eq!((pledge.state, pledge.amount, pledge.frequency), (State::Active, amount, frequency));
        }
        assert_eq!(house.pledge(&weekly).await, None);
        let again = house.import().await.unwrap();
        assert_eq!((again.taken, again.known, house.count().await), (0, 3, 3));
        let mut tx = house.node.store().read().await.unwrap();
        let rows = store::audit_search(&mut tx, &store::AuditFilter::default(), i64::MAX, 20).await.unwrap();
        let deeds: Vec<&str> = rows.iter().map(|row| row.action.as_str()).filter(|deed| deed.contains("import")).collect();
        assert_eq!(deeds, ["contribution.imported", "contribution.import", "contribution.imported", "contribution.import"]);
        assert!(rows.iter().all(|row| !row.detail.contains("reader.example") && !row.detail.contains("sub_")));
    }

    async fn an_import_that_breaks_off_goes_on_where_it_was(newsroom: TestNewsroom, anon: Anon) {
        let house = House::of(newsroom).await;
        for number in 0..130 {
            house.monthly(&format!("giver{number}"), 500);
        }
        let server = house.stripe.server.clone();
        let broken = account(&house.node, "anna", false, Arc::new(move |_, _, _| server.weather(Weather::Html, None))).await;
        let words = refused(broken);
        assert!(words.contains("the same command again goes on"), "{words}");
        assert_eq!(house.count().await, 100, "what was taken in stays");
        house.stripe.server.weather(Weather::Fair, None);
        // Somebody more comes while it lies.
        house.monthly("late", 500);
        let rest = house.import().await.unwrap();
        assert_eq!((rest.resumed, rest.looked, rest.taken), (true, 30, 30), "{rest}");
        let whole = house.import().await.unwrap();
        assert_eq!((whole.resumed, whole.taken, whole.known, house.count().await), (false, 1, 130, 131), "{whole}");
        // A place that Stripe knows nothing of is none.
        let mut tx = house.node.store().begin().await.unwrap();
        store::setting_set(&mut tx, "support.import.stripe", "\"sub_of_another\"", Timestamp::from_millis(0)).await.unwrap();
        tx.commit().await.unwrap();
        let anew = house.import().await.unwrap();
        assert_eq!((anew.resumed, anew.known), (false, 131));
    }

    async fn pledges_of_our_own_are_passed_by_and_those_of_an_older_newsroom_are_taken_in(newsroom: TestNewsroom, anon: Anon) {
        let house = House::of(newsroom).await;
        let form = GiveForm { gateway: "stripe".to_owned(), ..monthly() };
        contributions::begin(&house.node, &form, None).await.unwrap();
        let session = house.stripe.objects("checkout.session").pop().unwrap();
        assert!(house.stripe.pay(session["id"].as_str().unwrap()));
        // Stripe has told nothing of it yet.
        let report = house.import().await.unwrap();
        assert_eq!((report.taken, report.known), (0, 1), "{report}");
        assert_eq!(house.work().await.len(), 1);
        assert_eq!(house.count().await, 1);
        let old = house.monthly("old", 700);
        let other = ContributionId::new(house.node.chance()).to_string();
        house.stripe.mark(&old, "cid", &other);
        house.till.letters.test.clock.advance_millis(60_000);
        assert_eq!(house.import().await.unwrap().taken, 1);
        house.days(32);
        assert_eq!(house.work().await.len(), 2, "both are renewed");
        let pledge = house.pledge(&old).await.unwrap();
        assert_eq!(house.till.payments(pledge.id).await.len(), 1, "found, though it has another newsroom's reference");
    }

    async fn an_import_that_can_not_be_is_refused_with_what_to_do(newsroom: TestNewsroom, anon: Anon) {
        let house = House::of(newsroom).await;
        house.monthly("giver", 500);
        let away = account(house.till.newsroom(), "anna", false, Arc::new(|_, _, _| {})).await;
        assert!(refused(away).contains("stripe is not connected"));
        app::vault::lock(&house.node, "test").await.unwrap();
        assert!(matches!(house.import().await, Err(Error::Closed(_))));
        app::vault::unlock(&house.node, "test", None).await.unwrap();
        stop::stop(&house.node, "anna").await.unwrap();
        let words = refused(house.import().await);
        assert!(words.contains("open contributions again"), "{words}");
        house.till.set(&model::SupportSettings { open: true, ..model::SupportSettings::default() }).await;
        house.stripe.revoke(&house.stripe.key);
        let words = refused(house.import().await);
        assert!(words.contains("refuses the newsroom's key"), "{words}");
        assert_eq!(house.count().await, 0);
    }
}
