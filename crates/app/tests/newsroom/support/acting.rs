//! What publishers do: transfers written down, payments given back, a name opened, the sandbox.

use app::{
    Newsroom,
    error::Error,
    staff::Denial,
    support::{
        Gateways,
        contributions::{self, Begun, GiveForm, Received, Refund, Refunded, Transfer},
        sandbox::{self, Becomes, Control, How},
    },
};
use model::{
    Contribution, ContributionState, Currency, Dispute, GatewayName, Money, Month, PaymentState, Role, Staff,
    SupportSettings,
};
use outside::payments::bank::{Bank, Reference};
use std::sync::Arc;
use testkit::{both_backends, processors::Weather};

use super::{GIVER, Till, books, monthly, once, stopping};

async fn publisher(newsroom: &testkit::TestNewsroom, anon: &testkit::Anon) -> Staff {
    newsroom.person(anon, Role::Publisher, "anna").await.unwrap().staff
}

/// The deeds of a kind, as the log has them.
async fn deeds(newsroom: &Newsroom, action: &str) -> Vec<store::AuditRow> {
    let mut tx = newsroom.store().read().await.unwrap();
    let filter = store::AuditFilter { action: Some(action.to_owned()), ..store::AuditFilter::default() };
    store::audit_search(&mut tx, &filter, i64::MAX, 20).await.unwrap()
}

/// A node that takes transfers, and one that was announced.
async fn announced(till: &Till) -> (Newsroom, Contribution) {
    let gateways = Gateways::new(vec![Arc::new(Bank)]);
    let bank = till.letters.test.paying(gateways).await.unwrap();
    let gateways = vec![GatewayName::Bank];
    let account = "IBAN LV80 BANK 0000 4351 9500 1".to_owned();
    till.set(&SupportSettings { open: true, gateways, bank: account, ..SupportSettings::default() }).await;
    let form = GiveForm { gateway: "bank".to_owned(), ..once() };
    let begun = contributions::begin(&bank, &form, None).await.unwrap();
    assert!(matches!(begun, Begun::At(_)), "{begun:?}");
    let mut tx = bank.store().read().await.unwrap();
    let states = [ContributionState::Started];
    let of = store::contribution_in_states(&mut tx, GatewayName::Bank, &states, None, 5).await.unwrap().remove(0);
    (bank, of)
}

both_backends! {
    async fn a_transfer_is_written_down_once_and_has_a_receipt(newsroom: TestNewsroom, anon: Anon) {
        let anna = publisher(&newsroom, &anon).await;
        let till = Till::of(newsroom).await;
        let (bank, of) = announced(&till).await;
        let reference = Reference::of(of.id);
        let month = Month::parse("2025-07").unwrap();
        let typed = |reference: &str, minor: i64, code: &str, anyway: Option<usize>| Transfer {
            reference: reference.to_owned(),
            without: false,
            money: Money::new(minor, Currency::parse(code).unwrap()),
            month,
            anyway,
        };
        let receive = async |transfer: Transfer| contributions::receive(&bank, &anna, &transfer).await.unwrap();
        let own = reference.to_string();
        assert_eq!(receive(typed("RF00 1234", 1_000, "USD", None)).await, Received::Misread);
        assert_eq!(receive(typed("RF18 5390 0754 7034", 1_000, "USD", Some(0))).await, Received::Unknown);
        assert_eq!(receive(typed(&own, 0, "USD", Some(0))).await, Received::Impossible);
        let future = Transfer { month: Month(month.0 + 1), ..typed(&own, 1_000, "USD", Some(0)) };
        assert_eq!(receive(future).await, Received::Impossible);
        let differs = Received::Differs { announced: Money::new(1_000, Currency::USD), known: 0 };
        assert_eq!(receive(typed(&own, 900, "USD", None)).await, differs);
        assert_eq!(receive(typed(&own, 1_000, "EUR", None)).await, differs);
        assert_eq!(till.payments(of.id).await, [], "nothing is written before it is sure");
        till.letters.lock().await;
        app::vault::lock(&bank, "test").await.unwrap();
        assert_eq!(receive(typed(&own, 1_000, "USD", None)).await, Received::Closed);
        app::vault::unlock(&bank, "test", None).await.unwrap();
        till.letters.unlock().await;
        // As a bank prints it, on a Persian keyboard.
        let persian: String = own.to_lowercase().chars().map(|c| match c {
            '0'..='9' => char::from_u32(u32::from('۰') + c.to_digit(10).unwrap()).unwrap(),
            c => c,
        }).collect();
        let done = receive(typed(&persian, 1_000, "USD", None)).await;
        assert!(matches!(&done, Received::Done(payment) if payment.token.ends_with("#1")), "{done:?}");
        assert_eq!(till.contribution(of.id).await.state, ContributionState::Paid);
        let mails = till.sent().await;
        assert_eq!((mails.len(), mails[0].to.as_str()), (1, GIVER));
        assert!(mails[0].plain().contains("July 2025"), "{}", mails[0].plain());
        assert_eq!(receive(typed(&own, 1_000, "USD", None)).await, Received::Twice { known: 1 });
        let twice = receive(typed(&own, 1_000, "USD", Some(1))).await;
        assert!(matches!(twice, Received::Done(_)), "it did come twice: {twice:?}");
        assert_eq!(receive(typed(&own, 1_000, "USD", Some(1))).await, Received::Twice { known: 2 }, "pressed twice");
        assert!(matches!(receive(typed(&own, 700, "EUR", Some(2))).await, Received::Done(_)));
        let mut tokens: Vec<String> = till.payments(of.id).await.into_iter().map(|one| one.token).collect();
        tokens.sort();
        assert_eq!(tokens, ["#1", "#2", "#3"].map(|end| format!("{}{end}", reference.as_str())));
        let log = deeds(&bank, "payment.transfer").await;
        assert_eq!(log.len(), 3);
        assert!(log.iter().all(|row| !row.detail.contains("RF") && !row.detail.contains(GIVER)), "{log:?}");
        let reporter = Staff { role: Role::Editor, ..anna };
        let refused = contributions::receive(&bank, &reporter, &typed(&own, 1, "USD", None)).await;
        assert!(matches!(refused, Err(Error::Denied(Denial::Role))), "{refused:?}");
    }

    async fn a_transfer_that_names_nobody_counts_once_and_can_go_back(newsroom: TestNewsroom, anon: Anon) {
        let anna = publisher(&newsroom, &anon).await;
        let till = Till::of(newsroom).await;
        let (bank, of) = announced(&till).await;
        let month = Month::parse("2025-07").unwrap();
        let named = |reference: &str, anyway| Transfer {
            reference: reference.to_owned(),
            without: true,
            money: Money::new(1_250, Currency::USD),
            month,
            anyway,
        };
        let receive = async |transfer: Transfer| contributions::receive(&bank, &anna, &transfer).await.unwrap();
        let bare = Transfer { without: false, ..named("", None) };
        assert_eq!(receive(bare).await, Received::Unnamed);
        let Received::Done(payment) = receive(named("", None)).await else { panic!("not received") };
        assert_eq!((payment.contribution, payment.kept()), (None, 1_250));
        for pressed_again in ["", "RF00 misread", "RF18 5390 0754 7034"] {
            assert_eq!(receive(named(pressed_again, None)).await, Received::TwiceWithout { known: 1 }, "{pressed_again}");
        }
        let other = Transfer { money: Money::new(1_250, Currency::EUR), ..named("", None) };
        assert!(matches!(receive(other).await, Received::Done(_)));
        assert!(matches!(receive(named("", Some(1))).await, Received::Done(_)), "another of the same came");
        assert_eq!(receive(named("", Some(1))).await, Received::TwiceWithout { known: 2 }, "pressed twice");
        let own = Reference::of(of.id).to_string();
        assert!(matches!(receive(named(&own, None)).await, Received::Differs { .. }), "one that is known is used");
        let money = Money::new(250, Currency::USD);
        let back = contributions::refund(&bank, &anna, Refund { payment: payment.id, money, seen: 0 }).await.unwrap();
        assert!(matches!(back, Refunded::Done(payment) if payment.kept() == 1_000));
        let mut tx = bank.store().read().await.unwrap();
        let held = store::payment_balance(&mut tx, GatewayName::Bank).await.unwrap();
        assert_eq!(held, [Money::new(1_250, Currency::EUR), Money::new(2_250, Currency::USD)]);
        drop(tx);
        let (lines, _) = app::support::accounts::Pages::of(month, month).unwrap().next(&bank).await.unwrap().unwrap();
        assert_eq!(lines.lines().filter(|line| line.contains("without:2025-07:")).count(), 3, "{lines}");
        assert_eq!(deeds(&bank, "payment.transfer-without").await.len(), 3);
        assert_eq!(till.payments(of.id).await, []);
    }

    async fn what_was_sent_back_by_hand_is_written_down_and_stays(newsroom: TestNewsroom, anon: Anon) {
        let anna = publisher(&newsroom, &anon).await;
        let till = Till::of(newsroom).await;
        let (bank, of) = announced(&till).await;
        let month = Month::parse("2025-07").unwrap();
        let transfer = Transfer { reference: Reference::of(of.id).to_string(), without: false, money: of.amount, month, anyway: None };
        let Received::Done(payment) = contributions::receive(&bank, &anna, &transfer).await.unwrap() else {
            panic!("not received")
        };
        let usd = |minor| Money::new(minor, Currency::USD);
        let back = async |money, seen| {
            contributions::refund(&bank, &anna, Refund { payment: payment.id, money, seen }).await.unwrap()
        };
        assert_eq!(back(usd(1_001), 0).await, Refunded::TooMuch(usd(1_000)));
        assert!(matches!(back(usd(400), 0).await, Refunded::Done(payment) if payment.refunded == 400));
        assert!(matches!(back(usd(400), 0).await, Refunded::Meanwhile(payment) if payment.refunded == 400), "pressed twice");
        let again = Transfer { anyway: Some(1), ..transfer };
        assert!(matches!(contributions::receive(&bank, &anna, &again).await.unwrap(), Received::Done(_)));
        contributions::sweep(&bank).await.unwrap();
        contributions::run_due(&bank).await.unwrap();
        let kept: i64 = till.payments(of.id).await.iter().map(model::Payment::kept).sum();
        assert_eq!(kept, 1_600, "what was sent back is forgotten");
        let log = deeds(&bank, "payment.paid-back").await;
        assert!(log.len() == 1 && log[0].detail.contains("4.00"), "{log:?}");
        let (lines, _) = app::support::accounts::Pages::of(month, month).unwrap().next(&bank).await.unwrap().unwrap();
        assert!(lines.contains(",4.00,") && lines.contains(",6.00"), "{lines}");
        let editor = Staff { role: Role::Editor, ..anna };
        let refused = contributions::refund(&bank, &editor, Refund { payment: payment.id, money: usd(100), seen: 400 }).await;
        assert!(matches!(refused, Err(Error::Denied(Denial::Role))));
    }

    async fn what_was_sent_back_by_hand_is_not_lost_to_whoever_looks_meanwhile(newsroom: TestNewsroom, anon: Anon) {
        let anna = publisher(&newsroom, &anon).await;
        let till = Till::of(newsroom).await;
        let (bank, of) = announced(&till).await;
        let (reference, month) = (Reference::of(of.id).to_string(), Month::parse("2025-07").unwrap());
        let transfer = Transfer { reference, without: false, money: of.amount, month, anyway: None };
        let Received::Done(payment) = contributions::receive(&bank, &anna, &transfer).await.unwrap() else {
            panic!("not received")
        };
        // Somebody looks: they have read the payment, and write it as they read it.
        let mut tx = bank.store().begin().await.unwrap();
        store::contribution_lock(&mut tx, of.id).await.unwrap();
        let read = store::payment_by_id(&mut tx, payment.id).await.unwrap().unwrap();
        let ask = Refund { payment: payment.id, money: Money::new(400, Currency::USD), seen: 0 };
        let node = bank.clone();
        let mut back = tokio::spawn(async move { contributions::refund(&node, &anna, ask).await.unwrap() });
        let early = tokio::time::timeout(std::time::Duration::from_millis(200), &mut back).await;
        assert!(early.is_err(), "it did not wait for who looks: {early:?}");
        store::payment_put(&mut tx, &read).await.unwrap();
        tx.commit().await.unwrap();
        assert!(matches!(back.await.unwrap(), Refunded::Done(payment) if payment.refunded == 400));
        assert_eq!(till.payments(of.id).await[0].refunded, 400, "it was written over");
    }

    async fn beside_a_gateway_that_moves_money_nobody_is_sent_to_the_sandbox(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let (_stripe, paying) = stopping::with_stripe(&till, &till.letters.test.clock).await;
        let settings = SupportSettings::default();
        let offered = |room: &Newsroom| -> Vec<GatewayName> {
            room.gateways().offered(&settings).iter().map(|gateway| gateway.name()).collect()
        };
        assert_eq!(offered(&paying), [GatewayName::Stripe]);
        assert_eq!(offered(till.newsroom()), [GatewayName::Sandbox]);
        let begun = contributions::begin(&paying, &once(), None).await.unwrap();
        assert_eq!(begun, Begun::Wrong(contributions::GiveWrong::Form));
    }

    async fn a_standing_order_gets_a_payment_for_each_month(newsroom: TestNewsroom, anon: Anon) {
        let anna = publisher(&newsroom, &anon).await;
        let till = Till::of(newsroom).await;
        let (bank, of) = announced(&till).await;
        let mut tx = bank.store().begin().await.unwrap();
        let monthly = Contribution { frequency: model::Frequency::Monthly, ..of.clone() };
        store::contribution_update(&mut tx, &monthly, of.month).await.unwrap();
        tx.commit().await.unwrap();
        for month in ["2025-06", "2025-07"] {
            let (reference, month) = (Reference::of(of.id).to_string(), Month::parse(month).unwrap());
            let transfer = Transfer { reference, without: false, money: of.amount, month, anyway: None };
            let done = contributions::receive(&bank, &anna, &transfer).await.unwrap();
            assert!(matches!(done, Received::Done(_)), "{done:?}");
        }
        let pledge = till.contribution(of.id).await;
        assert_eq!((pledge.state, pledge.paid_until), (ContributionState::Active, Month::parse("2025-08")));
        assert_eq!(till.payments(of.id).await.len(), 2);
        contributions::sweep(&bank).await.unwrap();
        contributions::run_due(&bank).await.unwrap();
        assert_eq!(till.contribution(of.id).await.state, ContributionState::Active, "a sweep changes nothing");
        // Nobody can end a standing order but its giver: here it is over.
        app::support::stop::stop(&bank, "anna").await.unwrap();
        app::jobs::run_due(&bank).await.unwrap();
        assert_eq!(till.contribution(of.id).await.state, ContributionState::Cancelled);
        assert!(app::support::stop::progress(&bank).await.unwrap().unwrap().is_done());
    }

    async fn a_payment_is_given_back_in_parts_and_never_more_than_it_was(newsroom: TestNewsroom, anon: Anon) {
        let anna = publisher(&newsroom, &anon).await;
        let till = Till::of(newsroom).await;
        let gift = till.give(&once(), How::Pay).await;
        let payment = till.payments(gift.id).await.remove(0);
        let usd = |minor| Money::new(minor, Currency::USD);
        let ask = async |payment, money, seen| {
            contributions::refund(till.newsroom(), &anna, Refund { payment, money, seen }).await.unwrap()
        };
        let refund = async |money, seen| ask(payment.id, money, seen).await;
        assert_eq!(refund(usd(1_001), 0).await, Refunded::TooMuch(usd(1_000)));
        assert_eq!(refund(usd(0), 0).await, Refunded::TooMuch(usd(1_000)));
        assert_eq!(refund(Money::new(5, Currency::EUR), 0).await, Refunded::TooMuch(usd(1_000)));
        assert!(matches!(refund(usd(400), 0).await, Refunded::Done(payment) if payment.refunded == 400));
        assert!(matches!(refund(usd(400), 0).await, Refunded::Meanwhile(payment) if payment.refunded == 400), "pressed twice");
        assert!(matches!(refund(usd(400), 400).await, Refunded::Done(payment) if payment.refunded == 800));
        assert_eq!(refund(usd(400), 800).await, Refunded::TooMuch(usd(200)));
        assert!(matches!(refund(usd(200), 800).await, Refunded::Done(payment) if payment.kept() == 0));
        assert_eq!(refund(usd(1), 1_000).await, Refunded::TooMuch(usd(0)));
        assert_eq!(deeds(till.newsroom(), "payment.refund").await.len(), 3);
        let other = till.give(&once(), How::Pay).await;
        let other = till.payments(other.id).await.remove(0);
        sandbox::dispute(till.newsroom(), &other.token, Dispute::Open).await.unwrap();
        assert_eq!(ask(other.id, usd(100), 0).await, Refunded::Disputed);
        let editor = Staff { role: Role::Editor, ..anna };
        let refused = contributions::refund(till.newsroom(), &editor, Refund { payment: other.id, money: usd(100), seen: 0 }).await;
        assert!(matches!(refused, Err(Error::Denied(Denial::Role))));
        till.balanced().await;
    }

    async fn what_stripe_says_of_a_refund_counts_and_a_lost_answer_gives_back_once(newsroom: TestNewsroom, anon: Anon) {
        let anna = publisher(&newsroom, &anon).await;
        let till = Till::of(newsroom).await;
        let (stripe, paying) = stopping::with_stripe(&till, &till.letters.test.clock).await;
        let form = GiveForm { gateway: "stripe".to_owned(), ..once() };
        let Begun::At(page) = contributions::begin(&paying, &form, None).await.unwrap() else { panic!("no page") };
        assert!(stripe.pay(page.rsplit('/').next().unwrap()));
        contributions::sweep(&paying).await.unwrap();
        contributions::run_due(&paying).await.unwrap();
        let mut tx = paying.store().read().await.unwrap();
        let payment = store::payment_in(&mut tx, (Month(0), Month(9_999)), None, 5).await.unwrap().remove(0);
        drop(tx);
        let back = async |minor, seen| {
            let ask = Refund { payment: payment.id, money: Money::new(minor, Currency::USD), seen };
            contributions::refund(&paying, &anna, ask).await.unwrap()
        };
        let an_hour_later = || {
            stripe.server.weather(Weather::Fair, None);
            till.letters.test.clock.advance_millis(3_600_000);
        };
        stripe.server.down().await;
        assert_eq!(back(500, 0).await, Refunded::Away);
        stripe.server.up().await.unwrap();
        an_hour_later();
        assert!(matches!(back(500, 0).await, Refunded::Done(_)));
        assert!(matches!(back(500, 0).await, Refunded::Meanwhile(_)), "the same went back twice");
        // For a day Stripe says again that it failed, where nothing was done and where everything was.
        stripe.server.weather(Weather::Broken, None);
        assert_eq!(back(250, 500).await, Refunded::Away);
        an_hour_later();
        assert!(matches!(back(250, 500).await, Refunded::Done(payment) if payment.refunded == 750));
        stripe.server.weather(Weather::BrokenAfter, None);
        assert_eq!(back(250, 750).await, Refunded::Away);
        an_hour_later();
        assert!(matches!(back(250, 750).await, Refunded::Meanwhile(payment) if payment.refunded == 1_000));
        assert_eq!(stripe.standing().balance["USD"].gross, 0);
        books::balanced(&paying, GatewayName::Stripe, stripe.standing().balance).await;
    }

    async fn a_name_is_opened_one_at_a_time_and_on_record(newsroom: TestNewsroom, anon: Anon) {
        let anna = publisher(&newsroom, &anon).await;
        let till = Till::of(newsroom).await;
        let form = GiveForm { message: "Keep going.".to_owned(), ..monthly() };
        contributions::messages(till.newsroom(), &anna).await.unwrap();
        assert_eq!(deeds(till.newsroom(), "contribution.messages").await, [], "there was nothing to open");
        let pledge = till.give(&form, How::Pay).await;
        till.give(&GiveForm { message: "Never paid.".to_owned(), ..once() }, How::Refuse).await;
        let (messages, more) = contributions::messages(till.newsroom(), &anna).await.unwrap();
        let texts: Vec<&str> = messages.iter().map(|message| message.text.as_str()).collect();
        assert_eq!((texts, more), (vec!["Keep going."], false));
        let log = deeds(till.newsroom(), "contribution.messages").await;
        assert_eq!((log.len(), log[0].subject, log[0].detail.as_str()), (1, None, "{\"number\":1}"));
        assert_eq!(deeds(till.newsroom(), "contribution.reveal").await, []);
        let who = contributions::reveal(till.newsroom(), &anna, pledge.id).await.unwrap();
        assert_eq!((who.address.as_str(), who.message.as_str()), (GIVER, "Keep going."));
        let log = deeds(till.newsroom(), "contribution.reveal").await;
        assert_eq!((log.len(), log[0].subject, log[0].detail.as_str()), (1, Some(pledge.id.0), "{}"));
        let editor = Staff { role: Role::Editor, ..anna.clone() };
        let refused = contributions::reveal(till.newsroom(), &editor, pledge.id).await;
        assert!(matches!(refused, Err(Error::Denied(Denial::Role))));
        till.letters.lock().await;
        let closed = contributions::reveal(till.newsroom(), &anna, pledge.id).await;
        assert!(matches!(closed, Err(Error::Closed(_))), "{closed:?}");
        assert_eq!(deeds(till.newsroom(), "contribution.reveal").await.len(), 1);
        till.balanced().await;
    }

    async fn what_takes_time_elsewhere_is_made_to_happen_in_the_sandbox(newsroom: TestNewsroom, anon: Anon) {
        let anna = publisher(&newsroom, &anon).await;
        let till = Till::of(newsroom).await;
        let pledge = till.give(&monthly(), How::Pay).await;
        let coming = till.give(&once(), How::Later).await;
        let control = async |control: Control| sandbox::control(till.newsroom(), &anna, &control).await;
        let books = sandbox::books(till.newsroom(), &anna).await.unwrap();
        assert_eq!((books.pledges.len(), books.payments.len()), (1, 2));
        control(Control::RefuseNext(pledge.token.clone().unwrap())).await.unwrap();
        assert!(sandbox::books(till.newsroom(), &anna).await.unwrap().pledges[0].refuse);
        control(Control::Days(31, None)).await.unwrap();
        assert_eq!(till.contribution(pledge.id).await.state, ContributionState::PastDue);
        let payment = till.payments(coming.id).await.remove(0).token;
        let of = |becomes| Control::Payment(payment.clone(), becomes);
        let gone = control(of(Becomes::Disputed(Dispute::Open))).await;
        assert!(matches!(gone, Err(Error::Denied(Denial::Gone))), "what did not come can't be asked back");
        control(of(Becomes::Paid)).await.unwrap();
        assert!(control(of(Becomes::Failed)).await.is_err(), "it came already");
        control(of(Becomes::Disputed(Dispute::Open))).await.unwrap();
        control(of(Becomes::Disputed(Dispute::Lost))).await.unwrap();
        let payment = till.payments(coming.id).await.remove(0);
        assert_eq!((payment.state, payment.dispute), (PaymentState::Paid, Some(Dispute::Lost)));
        assert_eq!(deeds(till.newsroom(), "sandbox.act").await.len(), 5);
        let without = till.letters.test.paying(Gateways::default()).await.unwrap();
        assert!(matches!(sandbox::books(&without, &anna).await, Err(Error::Denied(Denial::Gone))));
        till.balanced().await;
    }

    async fn reminders_go_by_the_sandboxs_clock_where_nothing_else_takes_money(newsroom: TestNewsroom, anon: Anon) {
        let anna = publisher(&newsroom, &anon).await;
        let till = Till::of(newsroom).await;
        crate::reminders::reminded(&till.letters, GIVER).await;
        let (stripe, gateways) = stopping::with_stripe(&till, &till.letters.test.clock).await;
        let later = Control::Days(62, None);
        assert!(!sandbox::books(&gateways, &anna).await.unwrap().reminds);
        sandbox::control(&gateways, &anna, &later).await.unwrap();
        assert_eq!(till.letters.sent().await.len(), 0, "a newsroom that is open writes on the day alone");
        assert!(sandbox::books(till.newsroom(), &anna).await.unwrap().reminds);
        sandbox::control(till.newsroom(), &anna, &later).await.unwrap();
        assert_eq!(till.letters.sent().await.len(), 1);
        drop(stripe);
    }
}
