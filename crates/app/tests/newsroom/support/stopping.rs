//! The emergency stop: everything is closed, and every pledge ends, also at a gateway that is away for a while.

use std::sync::Arc;

use app::{
    Newsroom, jobs,
    support::{
        Gateways, appeals,
        contributions::{self, Begun, GiveForm},
        reminders,
        sandbox::{self, How, PageState, Sandbox},
        stop,
    },
};
use model::{AppealKind, ContributionState, FixedClock, GatewayName, PaymentState, Role, SupportSettings};
use outside::payments::{
    Secret,
    stripe::{Stripe, StripeOptions},
};
use testkit::{both_backends, processors::FakeStripe};

use super::{Till, books, monthly, once};

async fn all_jobs(newsroom: &Newsroom) {
    jobs::run_due(newsroom).await.unwrap();
    contributions::run_due(newsroom).await.unwrap();
}

both_backends! {
    async fn one_act_closes_everything_and_ends_every_pledge(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap();
        let till = Till::of(newsroom).await;
        let monthly = till.give(&monthly(), How::Pay).await;
        let annual = till.give(&GiveForm { frequency: "annual".to_owned(), chosen: "5000".to_owned(), ..self::monthly() }, How::Pay).await;
        let gift = till.give(&once(), How::Pay).await;
        let (late, later) = (till.page(&self::monthly()).await, till.page(&once()).await);
        reminders::offer(till.newsroom(), &anna.staff, true).await.unwrap();
        let appeal = appeals::create(till.newsroom(), &anna.staff, AppealKind::Banner, "Spring").await.unwrap();
        let mut tx = till.newsroom().store().begin().await.unwrap();
        let started = model::Appeal { state: model::AppealState::Started, ..store::appeal_by_id(&mut tx, appeal).await.unwrap().unwrap() };
        store::appeal_update(&mut tx, &started).await.unwrap();
        tx.commit().await.unwrap();
        let before = stop::before(till.newsroom()).await.unwrap();
        assert_eq!((before.open, before.pledges, before.appeals), (true, 2, 1));
        assert_eq!(stop::progress(till.newsroom()).await.unwrap(), None);

        assert_eq!(stop::stop(till.newsroom(), "anna").await.unwrap(), 2);
        assert_eq!(till.begin(&once()).await, Begun::Shut);
        let progress = stop::progress(till.newsroom()).await.unwrap().unwrap();
        assert_eq!((progress.pledges, progress.ended, progress.in_force, progress.is_done()), (2, 0, true, false));
        assert_eq!((progress.pages, progress.closed), (2, 0));
        // Somebody is quicker on a page that was open before: it is a pledge for a moment, and charged for no second month.
        let page = sandbox::pay(till.newsroom(), &late, How::Pay).await.unwrap().unwrap();
        all_jobs(till.newsroom()).await;
        let progress = stop::progress(till.newsroom()).await.unwrap().unwrap();
        assert_eq!((progress.pledges, progress.ended, progress.is_done()), (3, 3, true));
        assert_eq!((progress.pages, progress.closed), (2, 2));
        assert_eq!(till.contribution(page.contribution).await.state, ContributionState::Cancelled);
        let [came] = progress.late.as_slice() else { panic!("{:?}", progress.late) };
        assert_eq!((came.contribution, came.kept()), (Some(page.contribution), 200), "it can be given back");
        // Somebody else is not.
        let over = sandbox::pay(till.newsroom(), &later, How::Pay).await.unwrap().unwrap();
        assert_eq!(over.state, PageState::Over);
        assert_eq!(till.contribution(over.contribution).await.state, ContributionState::Failed);
        for id in [monthly.id, annual.id] {
            assert_eq!(till.contribution(id).await.state, ContributionState::Cancelled);
        }
        assert_eq!(till.contribution(gift.id).await.state, ContributionState::Paid, "a gift stays");
        let mut tx = till.newsroom().store().read().await.unwrap();
        assert!(!reminders::offered(&mut tx).await.unwrap());
        assert_eq!(store::appeal_by_id(&mut tx, appeal).await.unwrap().unwrap().state, model::AppealState::Withdrawn);
        let log = store::audit_search(&mut tx, &store::AuditFilter::default(), i64::MAX, 10).await.unwrap();
        assert!(log.iter().any(|row| row.action == "support.stop" && row.detail.contains("\"number\":2")), "{log:?}");
        drop(tx);

        till.days(400).await;
        all_jobs(till.newsroom()).await;
        for (id, count) in [(monthly.id, 1), (annual.id, 1), (page.contribution, 1), (over.contribution, 0)] {
            assert_eq!(till.payments(id).await.len(), count, "somebody was charged after the stop");
        }
        let progress = stop::progress(till.newsroom()).await.unwrap().unwrap();
        assert_eq!((progress.pledges, progress.ended), (3, 3));
        let ends = till.sent().await.iter().filter(|mail| mail.header("subject").contains("has ended")).count();
        assert_eq!(ends, 3, "each is told once that it ended");
        assert_eq!(stop::tend(till.newsroom()).await.unwrap(), 0);
        till.balanced().await;
    }

    async fn what_comes_after_a_new_beginning_goes_on(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        stop::stop(till.newsroom(), "anna").await.unwrap();
        till.set(&SupportSettings { open: true, ..SupportSettings::default() }).await;
        let pledge = till.give(&monthly(), How::Pay).await;
        assert_eq!(stop::tend(till.newsroom()).await.unwrap(), 0);
        all_jobs(till.newsroom()).await;
        assert_eq!(till.contribution(pledge.id).await.state, ContributionState::Active);
        assert!(!stop::progress(till.newsroom()).await.unwrap().unwrap().in_force);
        // Stopped again, it is a stop of its own.
        assert_eq!(stop::stop(till.newsroom(), "anna").await.unwrap(), 1);
        all_jobs(till.newsroom()).await;
        assert_eq!(stop::progress(till.newsroom()).await.unwrap().unwrap().ended, 1);
        till.balanced().await;
    }

    async fn a_gateway_that_is_away_is_asked_until_it_is_done(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let clock = Arc::clone(&till.letters.test.clock);
        let (stripe, paying) = with_stripe(&till, &clock).await;
        let form = GiveForm { gateway: "stripe".to_owned(), ..monthly() };
        for _ in 0..3 {
            let Begun::At(page) = contributions::begin(&paying, &form, None).await.unwrap() else { panic!("no page") };
            assert!(stripe.pay(page.rsplit('/').next().unwrap()));
        }
        contributions::sweep(&paying).await.unwrap();
        contributions::run_due(&paying).await.unwrap();
        stripe.server.down().await;
        assert_eq!(stop::stop(&paying, "anna").await.unwrap(), 3);
        for _ in 0..3 {
            stop::work(&paying).await.unwrap();
            clock.advance_millis(700_000);
        }
        let progress = stop::progress(&paying).await.unwrap().unwrap();
        assert_eq!((progress.pledges, progress.ended), (3, 0));
        assert!(progress.failing.len() == 1 && progress.failing[0].1 == 3, "{progress:?}");
        assert!(progress.failing[0].0.contains("not to be reached"), "{progress:?}");
        stripe.server.up().await.unwrap();
        all_jobs(&paying).await;
        let progress = stop::progress(&paying).await.unwrap().unwrap();
        assert!(progress.is_done() && progress.failing.is_empty(), "{progress:?}");
        let charged = stripe.standing().balance["USD"].gross;
        stripe.move_to(model::Clock::now(&*clock).plus_millis(70 * 86_400_000));
        assert_eq!(stripe.standing().balance["USD"].gross, charged, "somebody was charged after the stop");
        contributions::sweep(&paying).await.unwrap();
        contributions::run_due(&paying).await.unwrap();
        let mut tx = paying.store().read().await.unwrap();
        let counts = store::contribution_counts(&mut tx).await.unwrap();
        assert_eq!(counts, [(ContributionState::Cancelled, 3)]);
        let months = (model::Month(0), model::Month(9_999));
        let payments = store::payment_in(&mut tx, months, None, 10).await.unwrap();
        assert!(payments.len() == 3 && payments.iter().all(|one| one.state == PaymentState::Paid), "{payments:?}");
        books::balanced(&paying, GatewayName::Stripe, stripe.standing().balance).await;
    }
}

/// A node that takes pledges by Stripe.
pub(super) async fn with_stripe(till: &Till, clock: &Arc<FixedClock>) -> (FakeStripe, Newsroom) {
    let stripe = FakeStripe::start(Arc::clone(clock)).await.unwrap();
    let options = StripeOptions {
        key: Secret::new(&stripe.key),
        secret: Secret::new(&stripe.secret),
        address: Some(stripe.address.parse().unwrap()),
        ..StripeOptions::default()
    };
    let store = till.newsroom().store().clone();
    let sandbox = Sandbox::new(store, Arc::<FixedClock>::clone(clock));
    let gateways = Gateways::new(vec![Arc::new(Stripe::new(options).unwrap()), Arc::new(sandbox)]);
    let gateways = till.letters.test.paying(gateways).await.unwrap();
    let offered = vec![GatewayName::Stripe, GatewayName::Sandbox];
    till.set(&SupportSettings { open: true, gateways: offered, ..SupportSettings::default() }).await;
    (stripe, gateways)
}
