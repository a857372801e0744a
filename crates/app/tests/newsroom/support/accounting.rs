//! The file for the accounts, held against what the payments add up to and what the gateway's own books hold.

use app::support::{
    accounts::{self, Pages},
    contributions::{self, GiveForm},
    ledger::{self, ContributionFilter, Ids, PaymentFilter},
    overview::{self, Churn},
    sandbox::{self, Becomes, How},
};
use model::{Contribution, Dispute, GatewayName, Money, Month, Payment, Role};
use testkit::both_backends;

use super::{GIVER, Till, books, monthly, once};
use crate::denied;

const ALWAYS: (Month, Month) = (Month(0), Month(9_999));

fn euros(chosen: &str) -> GiveForm {
    GiveForm { currency: "EUR".to_owned(), chosen: chosen.to_owned(), ..once() }
}

async fn paid(till: &Till, of: &Contribution) -> Payment {
    till.payments(of.id).await.remove(0)
}

/// Gives something back, as the gateway's own desk would; a sweep finds it.
async fn refund(till: &Till, of: &Payment, minor: i64) {
    let gateway = till.newsroom().gateways().get(GatewayName::Sandbox).unwrap();
    gateway.refund(&of.token, Money::new(minor, of.amount.currency), &format!("back-{}", of.token)).await.unwrap();
    contributions::sweep(till.newsroom()).await.unwrap();
    contributions::run_due(till.newsroom()).await.unwrap();
}

/// Gifts and pledges with everything that can become of them.
async fn a_year_goes_by(till: &Till) {
    let news = till.newsroom();
    refund(till, &paid(till, &till.give(&once(), How::Pay).await).await, 250).await;
    refund(till, &paid(till, &till.give(&euros("1000"), How::Pay).await).await, 1_000).await;
    for decided in [Dispute::Lost, Dispute::Won, Dispute::Open] {
        let of = paid(till, &till.give(&euros("2500"), How::Pay).await).await;
        sandbox::dispute(news, &of.token, Dispute::Open).await.unwrap();
        sandbox::dispute(news, &of.token, decided).await.unwrap();
    }
    till.give(&once(), How::Refuse).await;
    till.page(&once()).await;
    for becomes in [Becomes::Paid, Becomes::Failed] {
        let of = paid(till, &till.give(&once(), How::Later).await).await;
        sandbox::act(news, &of.token, becomes).await.unwrap();
    }
    till.give(&once(), How::Later).await;
    let pledge = till.give(&monthly(), How::Pay).await;
    till.give(&GiveForm { frequency: "annual".to_owned(), chosen: "2000".to_owned(), ..monthly() }, How::Pay).await;
    till.give(&GiveForm { currency: "EUR".to_owned(), ..monthly() }, How::Pay).await;
    till.days(35).await;
    sandbox::refuse_next(news, pledge.token.as_deref().unwrap()).await.unwrap();
    for _ in 0..12 {
        till.days(30).await;
    }
}

/// The file's lines, without the first.
async fn exported(till: &Till) -> String {
    let (mut text, mut pages) = (String::new(), Pages::of(ALWAYS.0, ALWAYS.1).unwrap());
    while let Some((lines, next)) = pages.next(till.newsroom()).await.unwrap() {
        text.push_str(&lines);
        pages = next;
    }
    text
}

both_backends! {
    async fn what_stays_by_the_file_is_what_the_payments_and_the_gateway_say(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap().staff;
        let till = Till::of(newsroom).await;
        a_year_goes_by(&till).await;
        let lines = exported(&till).await;
        till.balanced().await;
        let held = books::sandbox(till.newsroom()).await;
        assert!(held["USD"].gross > 2_000 && held["EUR"].gross > 5_000, "{held:?}");
        let all = PaymentFilter { state: None, frequency: None, gateway: None, currency: None, disputed: false, ids: Ids::ALL };
        let listed = ledger::payments(till.newsroom(), &anna, &all, 1).await.unwrap();
        assert_eq!(lines.lines().count(), usize::try_from(listed.total).unwrap(), "a row for each payment");
        for (word, least) in [(",failed,", 2), (",pending,", 1), (",lost,0.00", 1), (",10.00,10.00,", 1), (",monthly,", 15)] {
            assert!(lines.matches(word).count() >= least, "{word}\n{lines}");
        }
        assert!(!lines.contains(GIVER));
        let disputed = PaymentFilter { disputed: true, ..all };
        let disputes = ledger::payments(till.newsroom(), &anna, &disputed, 1).await.unwrap().rows;
        assert_eq!((disputes.len(), disputes[0].dispute), (3, Some(Dispute::Open)), "open ones come first");
    }

    async fn the_overview_tells_of_each_currency_by_itself(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap().staff;
        let till = Till::of(newsroom).await;
        till.give(&once(), How::Pay).await;
        let pledge = till.give(&monthly(), How::Pay).await;
        till.give(&GiveForm { frequency: "annual".to_owned(), chosen: "2000".to_owned(), ..monthly() }, How::Pay).await;
        till.give(&GiveForm { currency: "EUR".to_owned(), ..monthly() }, How::Pay).await;
        let told = overview::overview(till.newsroom(), &anna).await.unwrap();
        assert!(told.open && told.trouble.is_empty() && told.waiting == 0);
        let [eur, usd] = told.currencies.as_slice() else { panic!("{told:?}") };
        assert_eq!((usd.months[11], usd.all()), ([1_000, 200, 2_000], 3_200));
        assert_eq!((usd.recurring, usd.pledges), (200 + 167, 2));
        assert_eq!((eur.months[11], eur.recurring, eur.pledges), ([0, 200, 0], 200, 1));
        assert_eq!((usd.appeals.len(), usd.appeals[0].variant, usd.appeals[0].count), (1, None, 3));
        assert_eq!(told.churn[11], Churn { month: told.months[11], ran: 0, ended: 0 });
        // A month later one ends: it is the newsroom's clock that says which month it is.
        till.letters.test.clock.advance_millis(32 * 86_400_000);
        let news = till.newsroom();
        let gateway = news.gateways().get(GatewayName::Sandbox).unwrap();
        let known = outside::payments::Pledge { contribution: pledge.id, token: pledge.token.clone().unwrap() };
        gateway.cancel(&known, "end").await.unwrap();
        contributions::sweep(news).await.unwrap();
        contributions::run_due(news).await.unwrap();
        let told = overview::overview(news, &anna).await.unwrap();
        assert_eq!(told.churn[11], Churn { month: told.months[11], ran: 3, ended: 1 });
        assert_eq!(told.currencies[1].recurring, 167);
        let denied_to = newsroom_editor(&till, &anon).await;
        assert_eq!(denied(overview::overview(news, &denied_to).await), app::staff::Denial::Role);
        assert_eq!(denied(accounts::on_record_at_desk(news, &denied_to, ALWAYS).await), app::staff::Denial::Role);
    }

    async fn a_contribution_is_found_by_what_its_receipt_says(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap().staff;
        let till = Till::of(newsroom).await;
        let gift = till.give(&once(), How::Pay).await;
        till.give(&monthly(), How::Pay).await;
        let payment = paid(&till, &gift).await;
        let receipt = till.sent().await.remove(0).plain();
        assert!(receipt.contains(&ledger::reference(payment.id.0)), "{receipt}");
        for reference in [ledger::reference(payment.id.0), ledger::reference(gift.id.0).to_lowercase()] {
            let ids = ledger::ids_of(&reference).unwrap();
            let filter = ContributionFilter { state: None, frequency: None, gateway: None, currency: None, ids };
            let found = ledger::contributions(till.newsroom(), &anna, &filter, 1).await.unwrap();
            assert_eq!((found.total, found.rows[0].id), (1, gift.id));
        }
        let shown = ledger::contribution(till.newsroom(), &anna, gift.id).await.unwrap();
        assert_eq!(shown.payments, [payment]);
    }
}

async fn newsroom_editor(till: &Till, anon: &testkit::Anon) -> model::Staff {
    till.letters.test.person(anon, Role::NewsletterEditor, "erik").await.unwrap().staff
}
