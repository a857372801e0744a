//! What publishers do about contributions, as their browser asks for it.

use app::support::{
    contributions::{self, Begun, GiveForm},
    sandbox::{self, How},
    stop,
};
use model::{Contribution, ContributionId, GatewayName, Payment, PaymentId, PaymentState, Role, SupportSettings};
use testkit::{TestNewsroom, both_backends};

const HOST: &str = "http://localhost";

/// The page of a pledge of two dollars a month, with a message.
async fn page(test: &TestNewsroom) -> String {
    let newsroom = &test.newsroom;
    let settings = serde_json::to_string(&SupportSettings { open: true, ..SupportSettings::default() }).unwrap();
    let mut tx = newsroom.store().begin().await.unwrap();
    store::setting_set(&mut tx, app::support::KEY, &settings, newsroom.clock().now()).await.unwrap();
    tx.commit().await.unwrap();
    let form = GiveForm {
        frequency: "monthly".to_owned(),
        currency: "USD".to_owned(),
        chosen: "200".to_owned(),
        gateway: "sandbox".to_owned(),
        address: "giver@reader.example".to_owned(),
        message: "Keep <b>going</b>.".to_owned(),
        ..GiveForm::default()
    };
    let begun = contributions::begin(newsroom, &form, Some(HOST)).await.unwrap();
    let Begun::At(page) = begun else { unreachable!("{begun:?}") };
    page.rsplit('/').next().unwrap().to_owned()
}

/// Somebody gives.
async fn given(newsroom: &TestNewsroom) -> ContributionId {
    let page = page(newsroom).await;
    sandbox::pay(&newsroom.newsroom, &page, How::Pay).await.unwrap().unwrap().contribution
}

/// Where the payment of a contribution is.
async fn payment(newsroom: &TestNewsroom, id: ContributionId) -> String {
    let mut tx = newsroom.newsroom.store().read().await.unwrap();
    format!("/desk/support/payments/{}", store::payment_of(&mut tx, id).await.unwrap()[0].id)
}

both_backends! {
    async fn everything_is_stopped_by_one_act_that_is_wanted_twice(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap();
        given(&newsroom).await;
        let page = anna.get("/desk/support/stop").await;
        assert!(page.status == 200 && page.text().contains("1 pledge is ended"), "{}", page.text());
        let unsure = anna.post("/desk/support/stop", &[]).await;
        assert!(unsure.status == 422 && unsure.text().contains("Tick"), "{}", unsure.text());
        assert_eq!(stop::progress(&newsroom.newsroom).await.unwrap(), None);
        let done = anna.post("/desk/support/stop", &[("sure", "yes")]).await;
        assert_eq!((done.status, done.header("location")), (303, "/desk/support/stop?said=support-stopped"));
        assert!(anna.get("/desk/support/stop").await.text().contains("0 of 1 pledges are ended"));
        app::jobs::run_due(&newsroom.newsroom).await.unwrap();
        let page = anna.get("/desk/support/stop").await.text();
        assert!(page.contains("1 of 1 pledges are ended") && page.contains("Nobody is charged"), "{page}");
        assert!(anna.get("/desk/log").await.text().contains("stopped all contributions"));
    }

    async fn what_is_paid_after_the_stop_is_shown_beside_it(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap();
        let id = given(&newsroom).await;
        let open = page(&newsroom).await;
        anna.post("/desk/support/stop", &[("sure", "yes")]).await;
        let stopped = anna.get("/desk/support/stop").await.text();
        assert!(stopped.contains("0 of 1 pages that were open") && !stopped.contains("came all the same"), "{stopped}");
        let late = sandbox::pay(&newsroom.newsroom, &open, How::Pay).await.unwrap().unwrap().contribution;
        app::jobs::run_due(&newsroom.newsroom).await.unwrap();
        let stopped = anna.get("/desk/support/stop").await.text();
        assert!(stopped.contains("1 of 1 pages that were open") && stopped.contains("came all the same"), "{stopped}");
        let at = |id| format!("href=\"/desk/support/contributions/{id}\"");
        assert!(stopped.contains(&at(late)) && !stopped.contains(&at(id)), "{stopped}");
        assert!(stopped.contains(&format!("href=\"{}\"", payment(&newsroom, late).await)), "{stopped}");
        assert!(anna.get("/desk/support/payments").await.text().contains("Came after the stop"));
    }

    async fn who_gave_is_shown_once_and_money_goes_back(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap();
        let id = given(&newsroom).await;
        let at = format!("/desk/support/contributions/{id}");
        assert!(anna.get(&at).await.text().contains(&format!("{at}/acts")), "there is no way to it");
        let acts = anna.get(&format!("{at}/acts")).await.text();
        assert!(!acts.contains("giver@reader.example") && acts.contains("Show who gave"), "{acts}");
        let opened = anna.post(&format!("{at}/open"), &[]).await;
        assert!(opened.status == 200 && opened.text().contains("giver@reader.example"), "{}", opened.text());
        assert!(!anna.get(&format!("{at}/acts")).await.text().contains("giver@reader.example"));
        let messages = anna.get("/desk/support/messages").await.text();
        assert!(messages.contains("Keep &lt;b&gt;going") && !messages.contains("giver@"), "{messages}");
        let paid = payment(&newsroom, id).await;
        assert!(acts.contains(&format!("href=\"{paid}\"")), "{acts}");
        let refund = |amount: &'static str| vec![("currency", "USD"), ("seen", "0"), ("amount", amount)];
        for (amount, said) in [("3", "What is left of it"), ("x", "can’t be read")] {
            let wrong = anna.post(&format!("{paid}/refund"), &refund(amount)).await;
            assert!(wrong.status == 422 && wrong.text().contains(said), "{}", wrong.text());
        }
        let done = anna.post(&format!("{paid}/refund"), &refund("1.50")).await;
        assert_eq!((done.status, done.header("location")), (303, format!("{paid}?said=refunded").as_str()), "{}", done.text());
        let twice = anna.post(&format!("{paid}/refund"), &refund("0.25")).await;
        assert!(twice.status == 422 && twice.text().contains("$1.50 of this payment had gone back"), "{}", twice.text());
        let left = anna.get(&paid).await.text();
        assert!(left.contains("$1.50") && left.contains("value=\"0.50\""), "{left}");
        assert!(anna.get(&format!("{at}/acts")).await.text().contains("$1.50 went back"));
    }

    async fn money_goes_back_when_nobody_knows_any_more_whose_it_is(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap();
        let id = given(&newsroom).await;
        let paid = payment(&newsroom, id).await;
        let mut tx = newsroom.newsroom.store().begin().await.unwrap();
        store::payment_let_go(&mut tx, id).await.unwrap();
        tx.commit().await.unwrap();
        let list = anna.get("/desk/support/payments").await.text();
        assert!(list.contains(&format!("href=\"{paid}\"")) && !list.contains(&id.to_string()), "{list}");
        let page = anna.get(&paid).await.text();
        assert!(page.contains("None that is known") && page.contains("value=\"2.00\""), "{page}");
        let done = anna.post(&format!("{paid}/refund"), &[("currency", "USD"), ("seen", "0"), ("amount", "2")]).await;
        assert_eq!(done.status, 303, "{}", done.text());
        let page = anna.get(&paid).await.text();
        assert!(page.contains("Nothing of this payment can go back"), "{page}");
    }

    async fn money_that_went_back_by_hand_is_written_down(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap();
        let id = given(&newsroom).await;
        let mut tx = newsroom.newsroom.store().begin().await.unwrap();
        let of = store::contribution_by_id(&mut tx, id).await.unwrap().unwrap();
        let of = Contribution { id: ContributionId::new(newsroom.newsroom.chance()), gateway: GatewayName::Bank, token: None, session: None, ..of };
        store::contribution_insert(&mut tx, &of).await.unwrap();
        let payment = store::payment_new(PaymentId::new(newsroom.newsroom.chance()), &of, "RF1#1", of.amount, of.month);
        store::payment_put(&mut tx, &Payment { state: PaymentState::Paid, ..payment.clone() }).await.unwrap();
        tx.commit().await.unwrap();
        let at = format!("/desk/support/contributions/{}", of.id);
        let acts = anna.get(&format!("{at}/acts")).await.text();
        assert!(acts.contains("Write down as paid back"), "{acts}");
        let paid = format!("/desk/support/payments/{}", payment.id);
        let done = anna.post(&format!("{paid}/refund"), &[("currency", "USD"), ("seen", "0"), ("amount", "۱٫۵۰")]).await;
        assert_eq!((done.status, done.header("location").contains("said=paid-back")), (303, true), "{}", done.text());
        let left = anna.get(&paid).await.text();
        assert!(left.contains("from your purse") && left.contains("value=\"0.50\""), "{left}");
        assert!(anna.get("/desk/log").await.text().contains("wrote down that a payment was paid back"));
    }

    async fn a_transfer_that_is_misread_keeps_what_was_typed(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap();
        let typed = [("reference", "RF19 5390 0754 7034"), ("amount", "12,50"), ("currency", "USD"), ("month", "2025-06")];
        let wrong = anna.post("/desk/support/transfers", &typed).await;
        let text = wrong.text();
        assert!(wrong.status == 422 && text.contains("check digits") && text.contains("RF19 5390 0754 7034"), "{text}");
        assert!(text.contains("12,50") && text.contains("2025-06"), "{text}");
        let unknown = [("reference", "RF18 5390 0754 7034"), ("amount", "12,50"), ("currency", "USD"), ("month", "2025-06")];
        assert!(anna.post("/desk/support/transfers", &unknown).await.text().contains("belongs to no contribution"));
        let none = [("reference", ""), ("amount", "ten"), ("currency", "USD"), ("month", "2025-06")];
        assert!(anna.post("/desk/support/transfers", &none).await.text().contains("12.50 or 12,50"));
    }

    async fn a_transfer_without_a_reference_is_written_down_and_can_be_paid_back(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap();
        let typed = [("reference", ""), ("amount", "12,50"), ("currency", "USD"), ("month", "2025-06")];
        let wrong = anna.post("/desk/support/transfers", &typed).await;
        assert!(wrong.status == 422 && wrong.text().contains("Type the reference, or tick"), "{}", wrong.text());
        let without = [("without", "yes"), ("reference", ""), ("amount", "12,50"), ("currency", "USD"), ("month", "2025-06")];
        let done = anna.post("/desk/support/transfers", &without).await;
        assert_eq!((done.status, done.header("location").contains("said=transfer-received")), (303, true), "{}", done.text());
        let twice = anna.post("/desk/support/transfers", &without).await.text();
        assert!(twice.contains("was written down without a reference") && twice.contains("name=\"anyway\" value=\"1\""), "{twice}");
        assert!(twice.contains("name=\"without\" value=\"yes\" checked"), "{twice}");
        let list = anna.get("/desk/support/payments").await.text();
        let paid = list.split("/desk/support/payments/").nth(1).unwrap().split('"').next().unwrap();
        let page = anna.get(&format!("/desk/support/payments/{paid}")).await.text();
        assert!(page.contains("Write down as paid back") && page.contains("value=\"12.50\""), "{page}");
        assert!(anna.get("/desk/log").await.text().contains("wrote down a transfer that named no contribution"));
    }

    async fn the_sandbox_has_a_button_for_what_takes_time(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap();
        given(&newsroom).await;
        let page = anna.get("/desk/support/sandbox").await.text();
        let pledge = page.split("name=\"id\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        for fields in [vec![("act", "refuse"), ("id", pledge.as_str())], vec![("act", "days"), ("days", "31")]] {
            let done = anna.post("/desk/support/sandbox", &fields).await;
            assert_eq!(done.status, 303, "{}", done.text());
        }
        assert!(anna.get("/desk/support/sandbox").await.text().contains("failed"));
        assert_eq!(anna.post("/desk/support/sandbox", &[("act", "days"), ("days", "soon")]).await.status, 422);
        assert_eq!(anna.post("/desk/support/sandbox", &[("act", "nothing")]).await.status, 404);
    }
}
