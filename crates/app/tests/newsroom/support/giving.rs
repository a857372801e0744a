//! From a form to money.

use std::sync::Arc;

use app::support::{
    Gateways,
    contributions::{self, Begun, GiveForm, GiveWrong, Managing},
    sandbox::{self, Becomes, How, PageState},
};
use model::{AmountError, ContributionState, Currency, GatewayName, Money, Month, PaymentState, SupportSettings};
use outside::payments::{
    Secret,
    remote::{Place, Remote},
};
use serde_json::Value;
use testkit::both_backends;

use super::{GIVER, Till, manage, monthly, once};

both_backends! {
    async fn a_gift_is_paid_by_the_gateways_word_and_has_one_receipt(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let page = till.page(&once()).await;
        let shown = sandbox::shown(till.newsroom(), &page).await.unwrap().unwrap();
        assert_eq!(shown.money, Money::new(1_000, Currency::USD));
        let begun = till.contribution(shown.contribution).await;
        assert_eq!((begun.state, begun.session.as_deref()), (ContributionState::Started, Some(page.as_str())));
        sandbox::pay(till.newsroom(), &page, How::Pay).await.unwrap();
        let paid = till.contribution(begun.id).await;
        assert_eq!(paid.state, ContributionState::Paid);
        assert_eq!((paid.contact, paid.lookup), (None, None), "nobody is kept who will not be written to");
        let payments = till.payments(begun.id).await;
        assert_eq!(payments.len(), 1);
        assert_eq!((payments[0].kept(), payments[0].fee), (1_000, Some(60)));
        // Pressed again, and once more.
        sandbox::pay(till.newsroom(), &page, How::Pay).await.unwrap();
        assert_eq!(till.payments(begun.id).await.len(), 1);
        let mails = till.sent().await;
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0].to, GIVER);
        let text = mails[0].plain();
        assert!(text.contains("$10") && text.contains("July 2025"), "{text}");
        till.balanced().await;
        // What is kept of it can be taken along and erased, and nothing else can be done.
        let token = manage(&mails[0]);
        let kept = contributions::export(till.newsroom(), &token).await.unwrap().unwrap();
        assert_eq!((&kept["address"], &kept["payments"][0]["month"]), (&Value::Null, &Value::from("2025-07")));
        let ended = contributions::wish(till.newsroom(), &token, &contributions::Wish::Cancel).await.unwrap();
        assert_eq!(ended, Managing::Cannot);
        assert_eq!(contributions::erase(till.newsroom(), &token).await.unwrap(), Managing::Done(()));
        assert_eq!(till.payments(begun.id).await, []);
        assert_eq!(contributions::open(till.newsroom(), &token).await.unwrap(), None);
    }

    async fn a_pledge_is_renewed_fails_recovers_and_ends(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let pledge = till.give(&monthly(), How::Pay).await;
        assert_eq!(pledge.state, ContributionState::Active);
        assert_eq!(till.sent().await.len(), 1, "the receipt");
        till.days(31).await;
        assert_eq!((till.payments(pledge.id).await.len(), till.sent().await.len()), (2, 1));
        let token = pledge.token.as_deref().unwrap();
        assert!(sandbox::refuse_next(till.newsroom(), token).await.unwrap());
        till.days(31).await;
        let late = till.contribution(pledge.id).await;
        assert_eq!(late.state, ContributionState::PastDue);
        let mails = till.sent().await;
        assert_eq!(mails.len(), 1);
        assert!(mails[0].header("subject").contains("did not go through"), "{}", mails[0].header("subject"));
        till.days(3).await;
        assert_eq!(till.contribution(pledge.id).await.state, ContributionState::Active);
        let payments = till.payments(pledge.id).await;
        assert_eq!(payments.len(), 3, "what is tried again is the same payment: {payments:?}");
        assert!(payments.iter().all(|payment| payment.state == PaymentState::Paid));
        assert_eq!(till.sent().await.len(), 1, "the receipt of what was tried again");
        // Four tries, three days apart, and it is over.
        for _ in 0..20 {
            sandbox::refuse_next(till.newsroom(), token).await.unwrap();
            till.days(3).await;
        }
        let ended = till.contribution(pledge.id).await;
        assert_eq!(ended.state, ContributionState::Cancelled);
        assert_eq!((ended.contact, ended.lookup), (None, None));
        let mails = till.sent().await;
        let subjects: Vec<String> = mails.iter().map(|mail| mail.header("subject")).collect();
        let ends = subjects.iter().filter(|subject| subject.contains("has ended")).count();
        assert_eq!((subjects.len(), ends), (2, 1), "a failure is told once, and the end once: {subjects:?}");
        till.balanced().await;
    }

    async fn on_one_page_cards_are_not_tried_out_without_end(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let of = till.give(&once(), How::Refuse).await;
        let page = of.session.unwrap();
        for _ in 1..sandbox::REFUSED_MOST {
            sandbox::pay(till.newsroom(), &page, How::Refuse).await.unwrap();
        }
        let late = sandbox::pay(till.newsroom(), &page, How::Pay).await.unwrap().unwrap();
        assert_eq!((late.state, late.payments.len()), (PageState::Over, sandbox::REFUSED_MOST));
        assert_eq!(till.contribution(of.id).await.state, ContributionState::Failed);
        till.balanced().await;
    }

    async fn money_that_comes_later_or_never_is_not_paid_before(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let coming = till.give(&once(), How::Later).await;
        let never = till.give(&once(), How::Later).await;
        let refused = till.give(&once(), How::Refuse).await;
        assert_eq!(
            [coming.state, never.state, refused.state],
            [ContributionState::Pending, ContributionState::Pending, ContributionState::Started]
        );
        assert_eq!(till.sent().await.len(), 0, "a receipt for what did not come");
        for (of, becomes) in [(&coming, Becomes::Paid), (&never, Becomes::Failed)] {
            let payment = till.payments(of.id).await.remove(0);
            assert!(sandbox::act(till.newsroom(), &payment.token, becomes).await.unwrap());
        }
        assert_eq!(till.contribution(coming.id).await.state, ContributionState::Paid);
        assert_eq!(till.contribution(never.id).await.state, ContributionState::Failed);
        assert_eq!(till.sent().await.len(), 1);
        // Nobody went on with the third: its page is over after a day.
        till.days(2).await;
        assert_eq!(till.contribution(refused.id).await.state, ContributionState::Failed);
        till.balanced().await;
        let kept = async || {
            let mut tx = till.newsroom().store().read().await.unwrap();
            let mut known = Vec::new();
            for id in [coming.id, never.id, refused.id] {
                known.push(store::contribution_by_id(&mut tx, id).await.unwrap().is_some());
            }
            known
        };
        till.letters.test.clock.advance_millis(31 * 86_400_000);
        contributions::sweep(till.newsroom()).await.unwrap();
        assert_eq!(kept().await, [true, true, true], "somebody may still ask about it");
        till.letters.test.clock.advance_millis(31 * 86_400_000);
        contributions::sweep(till.newsroom()).await.unwrap();
        assert_eq!(kept().await, [true, false, false], "what was never paid is kept for ever");
    }

    async fn a_gateway_is_not_asked_for_what_it_does_not_take(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let place = Place::parse("127.0.0.1:1").unwrap();
        let paypal = Remote::new(GatewayName::Paypal, place, Secret::new("a secret of twenty-four letters")).unwrap();
        let paying = till.letters.test.paying(Gateways::new(vec![Arc::new(paypal)])).await.unwrap();
        let currencies = ["USD", "KWD", "HUF"].map(|code| Currency::parse(code).unwrap());
        let offers = currencies.map(model::Offer::usual).to_vec();
        let settings = SupportSettings { open: true, offers, ..SupportSettings::default() };
        till.set(&settings).await;
        assert_eq!(currencies.map(|one| paying.gateways().offered_in(&settings, one).len()), [1, 0, 1]);
        let form = |currency: &str, other: &str| GiveForm {
            currency: currency.to_owned(),
            other: other.to_owned(),
            gateway: "paypal".to_owned(),
            cover: true,
            ..once()
        };
        for (currency, other, wanted) in [
            ("KWD", "5", Begun::Wrong(GiveWrong::Currency(GatewayName::Paypal))),
            ("HUF", "1000.50", Begun::Wrong(GiveWrong::Amount(AmountError::TooFine))),
            ("HUF", "1000", Begun::Away),
        ] {
            let begun = contributions::begin(&paying, &form(currency, other), None).await.unwrap();
            assert_eq!(begun, wanted, "{currency} {other}");
        }
        let mut tx = paying.store().read().await.unwrap();
        let states = [ContributionState::Started];
        let begun = store::contribution_in_states(&mut tx, GatewayName::Paypal, &states, None, 5).await.unwrap();
        assert_eq!(begun.len(), 1);
        assert_eq!((begun[0].amount.minor, begun[0].cover), (104_200, 4_200), "what covers the fee is whole, too");
    }

    async fn a_form_says_what_of_it_can_not_be_used(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let other = |text: &str| GiveForm { chosen: "other".to_owned(), other: text.to_owned(), ..once() };
        let yen = Currency::parse("JPY").unwrap();
        let offers = vec![model::Offer::usual(Currency::USD), model::Offer::usual(yen)];
        till.set(&SupportSettings { open: true, offers, ..SupportSettings::default() }).await;
        for (form, wanted) in [
            (other("0"), GiveWrong::TooLittle(Money::new(200, Currency::USD))),
            (other("1.99"), GiveWrong::TooLittle(Money::new(200, Currency::USD))),
            (other("-5"), GiveWrong::Amount(AmountError::Negative)),
            (other("1e9"), GiveWrong::Amount(AmountError::Unclear)),
            (other("1000000000"), GiveWrong::Amount(AmountError::TooMuch)),
            (other(""), GiveWrong::Amount(AmountError::Empty)),
            (GiveForm { currency: "JPY".to_owned(), ..other("500.5") }, GiveWrong::Amount(AmountError::TooFine)),
            (GiveForm { currency: "EUR".to_owned(), ..once() }, GiveWrong::Form),
            (GiveForm { chosen: "777".to_owned(), ..once() }, GiveWrong::Form),
            (GiveForm { frequency: "daily".to_owned(), ..once() }, GiveWrong::Form),
            (GiveForm { gateway: "stripe".to_owned(), ..once() }, GiveWrong::Form),
            (GiveForm { message: "x".repeat(501), ..once() }, GiveWrong::Message),
        ] {
            assert_eq!(till.begin(&form).await, Begun::Wrong(wanted));
        }
        let wrong = till.begin(&GiveForm { address: "no address".to_owned(), ..once() }).await;
        assert!(matches!(wrong, Begun::Wrong(GiveWrong::Address(_))), "{wrong:?}");
        for (form, minor) in [(other("٢٫٥٠"), 250), (other("2,50"), 250), (other("۱۲"), 1_200)] {
            let page = till.page(&form).await;
            assert_eq!(sandbox::shown(till.newsroom(), &page).await.unwrap().unwrap().money.minor, minor);
        }
        let covered = till.page(&GiveForm { cover: true, ..once() }).await;
        let covered = sandbox::shown(till.newsroom(), &covered).await.unwrap().unwrap();
        assert_eq!(covered.money.minor, 1_042);
        assert_eq!(till.contribution(covered.contribution).await.cover, 42);
        till.set(&SupportSettings::default()).await;
        assert_eq!(till.begin(&once()).await, Begun::Shut);
    }

    async fn many_forms_at_once_cost_a_sum_each(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let form = GiveForm { address: String::new(), ..once() };
        for _ in 0..20 {
            assert!(matches!(till.begin(&form).await, Begun::At(_)));
        }
        let Begun::Step(step) = till.begin(&form).await else { panic!("a burst is taken as it comes") };
        till.letters.test.clock.advance_millis(3_000);
        let carried = Some((step.ticket.clone(), solved(&step.ticket, step.bits)));
        let worked = GiveForm { carried, ..form.clone() };
        assert!(matches!(till.begin(&worked).await, Begun::At(_)));
        assert!(matches!(till.begin(&worked).await, Begun::Step(_)), "one sum paid for two forms");
        let other = GiveForm { chosen: "2500".to_owned(), ..worked };
        assert!(matches!(till.begin(&other).await, Begun::Step(_)), "a sum paid for another amount");
        till.balanced().await;
    }

    async fn without_keys_nothing_is_taken_that_would_have_to_be_sealed(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let pledge = till.give(&monthly(), How::Pay).await;
        till.letters.lock().await;
        assert_eq!(till.begin(&monthly()).await, Begun::Closed);
        let nameless = till.give(&GiveForm { address: String::new(), ..once() }, How::Pay).await;
        assert_eq!(nameless.state, ContributionState::Paid, "money is taken without a name, and without keys");
        till.days(31).await;
        assert_eq!(till.payments(pledge.id).await.len(), 1, "a receipt would have been lost");
        till.letters.unlock().await;
        till.letters.test.clock.advance_millis(60_000);
        contributions::run_due(till.newsroom()).await.unwrap();
        assert_eq!(till.payments(pledge.id).await.len(), 2);
        assert_eq!(till.sent().await.len(), 2);
    }

    async fn months_are_as_exact_as_it_gets(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let pledge = till.give(&monthly(), How::Pay).await;
        assert_eq!(pledge.month, Month::parse("2025-07").unwrap());
        till.days(62).await;
        let months: Vec<String> =
            till.payments(pledge.id).await.iter().map(|payment| payment.month.to_string()).collect();
        assert_eq!(months, ["2025-09", "2025-08", "2025-07"]);
        assert_eq!(till.contribution(pledge.id).await.paid_until, Month::parse("2025-10"));
        assert_eq!(GatewayName::Sandbox, pledge.gateway);
        till.balanced().await;
    }
}

/// What the page's script does.
fn solved(ticket: &str, bits: u32) -> String {
    let zeroes = |number: &String| {
        let hash = <sha2::Sha256 as sha2::Digest>::digest(format!("{ticket}.{number}"));
        u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]).leading_zeros() >= bits
    };
    (0_u32..).map(|number| number.to_string()).find(zeroes).unwrap()
}
