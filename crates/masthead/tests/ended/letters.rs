//! An issue and mails to one person, ended at each point that they pass.

use app::{
    delivery::{Report, Standing},
    readers::{self, SignUpForm, SignedUp},
};
use model::{IssueState, Language};

use crate::{
    house::{CONNECTIONS, DOMAIN, House},
    taken::Taken,
};

const READERS: usize = 30;
const ALL: i64 = READERS as i64;

/// Every point that an issue passes from its approval to its end.
const POINTS: [&str; 7] = [
    "delivery.freezing",
    "delivery.frozen",
    "delivery.reserved",
    "delivery.attempting_committed",
    "delivery.sent_not_settled",
    "delivery.settled",
    "delivery.ended",
];

/// What must stand in the database, and what must have been sent, when the server ended there.
fn stood(point: &str, report: &Report, mails: usize) -> bool {
    let (state, frozen, standing) = (report.sending.state, report.sending.frozen, report.standing);
    let nothing_sent = mails == 0 && standing.accepted == 0;
    let few = |count: i64| (1..=i64::try_from(CONNECTIONS).unwrap()).contains(&count);
    match point {
        "delivery.freezing" => state == IssueState::Approved && frozen == 0 && nothing_sent,
        "delivery.frozen" | "delivery.reserved" => {
            let untouched = Standing { pending: ALL, ..Standing::default() };
            state == IssueState::Sending && frozen == ALL && standing == untouched && nothing_sent
        }
        "delivery.attempting_committed" => few(standing.attempting) && nothing_sent,
        "delivery.sent_not_settled" => few(standing.attempting) && standing.accepted == 0 && mails > 0,
        "delivery.settled" => few(standing.accepted) && mails >= usize::try_from(standing.accepted).unwrap(),
        "delivery.ended" => state == IssueState::Sent && standing.accepted == ALL && mails == READERS,
        other => panic!("nothing is known of {other}"),
    }
}

testkit::both_backends! {
    async fn an_issue_that_was_cut_in_two_anywhere_reaches_everybody_once(newsroom: TestNewsroom, anon: Anon) {
        let mut house = House::of(newsroom, &anon, READERS).await;
        for point in POINTS {
            let before = house.sink.taken();
            let issue = house.approve().await;
            house.start(Some(point)).await;
            house.aborted(point).await;
            let (cut, mails) = (house.report(issue).await, house.sink.taken() - before);
            assert!(stood(point, &cut, mails), "{point}: {mails} mails and {cut:#?}");
            house.minutes_pass(3).await;
            house.start(None).await;
            let report = house.until_sent(issue).await;
            house.kill().await;
            assert_eq!((report.sending.frozen, report.standing.accepted), (ALL, ALL), "{point}: {report:#?}");
            let taken = Taken::from(&house, before);
            assert_eq!(taken.by.len(), READERS, "{point}: somebody was skipped");
            let doubt = usize::try_from(cut.standing.attempting).unwrap();
            assert!(taken.doubles() <= doubt, "{point}: {} came twice, {doubt} were under way", taken.doubles());
            let deeds = (house.deeds(issue, "issue.start").await, house.deeds(issue, "issue.sent").await);
            assert_eq!(deeds, (1, 1), "{point}: the log has it twice, or not at all");
        }
        house.nothing_is_found().await;
    }

    async fn a_mail_that_somebody_waits_for_comes_wherever_its_server_died(newsroom: TestNewsroom, anon: Anon) {
        let mut house = House::of(newsroom, &anon, 0).await;
        // Once sent it comes again, under the same name.
        for (subscribers, (point, mails)) in [("outbox.attempting", 0), ("outbox.sent", 1)].into_iter().enumerate() {
            let address = format!("{}@{DOMAIN}", point.replace('.', "-"));
            let before = house.sink.taken();
            let form = SignUpForm {
                address: address.clone(),
                newsletters: vec!["the-week".to_owned()],
                language: Some(Language::english()),
                ..SignUpForm::default()
            };
            let signed = house.within(async |newsroom| readers::sign_up(newsroom, &form, None).await.unwrap()).await;
            assert!(matches!(signed, SignedUp::Sent { .. }), "{signed:?}");
            house.start(Some(point)).await;
            house.aborted(point).await;
            assert_eq!(house.sink.taken() - before, mails, "{point}");
            house.minutes_pass(15).await;
            let anon = house.start(None).await;
            house.until("the mail to come", async |house| house.sink.taken() - before == mails + 1).await;
            house.until("its row to go", async |house| house.rows("outbox").await == 0).await;
            assert_eq!(Taken::from(&house, before).doubles(), mails, "{point}");
            let confirmed = anon.post(&format!("/-/newsletter/confirm/{}", confirmation(&house)), &[]).await;
            assert_eq!(confirmed.status, 200, "{point}: {}", confirmed.text());
            house.kill().await;
            assert_eq!(house.rows("subscriber").await, subscribers + 1, "{point}");
        }
        house.nothing_is_found().await;
    }
}

impl House {
    pub(crate) async fn rows(&self, table: &str) -> usize {
        self.within(async |newsroom| {
            let mut tx = newsroom.store().read().await.unwrap();
            store::dump::rows(&mut tx, table, None, 1_000).await.unwrap().len()
        })
        .await
    }
}

/// The token of the link in the last mail.
fn confirmation(house: &House) -> String {
    house.sink.mails().pop().unwrap().token("/-/newsletter/confirm/")
}
