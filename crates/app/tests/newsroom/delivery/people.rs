//! What people do to an issue that is being sent, and to themselves while it is.

use std::time::{Duration, Instant};

use app::{
    delivery::{self, By},
    staff::Denial,
    vault,
};
use model::{Exclusion, Handle, IssueState, Language, OtherSubject, Role, Staff, StaffId, Uncertain};
use testkit::smtp::{Do, Smtp, Stage};

use super::{
    Running, Weekly,
    letter::{addresses, node},
};
use crate::{denied, refused};

/// A server that takes its time with every mail.
async fn slow(millis: u64) -> Smtp {
    let act = move |moment: &testkit::smtp::Moment| match moment.stage {
        Stage::End => Do::GoSlowly(Duration::from_millis(millis)),
        _ => Do::Go,
    };
    Smtp::that(act).await.unwrap()
}

fn staff(role: Role) -> Staff {
    Staff {
        id: StaffId(uuid::Uuid::nil()),
        handle: Handle::parse("anna").unwrap(),
        role,
        active: true,
        language: Language::english(),
        created_at: testkit::newsroom::NOW,
    }
}

testkit::both_backends! {
    async fn pausing_takes_effect_within_a_second_and_resuming_goes_on(newsroom: TestNewsroom, anon: Anon) {
        let server = slow(20).await;
        let weekly = Weekly::new(&newsroom).await;
        weekly.readers(&newsroom, addresses(200)).await;
        weekly.start(&newsroom.newsroom).await;
        let sender = Running::start(&newsroom, &[&server], 4).await;
        server.wait_for(20).await.unwrap();
        // At another node: nobody tells the sender.
        weekly.pause(&newsroom.newsroom).await;
        let paused = Instant::now();
        weekly.until(&sender.newsroom, |report| report.standing.attempting == 0).await;
        assert!(paused.elapsed() < Duration::from_secs(1), "{:?}", paused.elapsed());
        let then = server.mails().len();
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert_eq!(server.mails().len(), then, "it went on");
        weekly.resume(&newsroom.newsroom).await;
        let report = weekly.until_sent(&sender.newsroom).await;
        assert_eq!((report.standing.accepted, server.mails().len()), (200, 200));
        sender.stop().await;
    }

    async fn what_is_cancelled_is_over_and_what_went_out_stays_counted(newsroom: TestNewsroom, anon: Anon) {
        let server = slow(20).await;
        let weekly = Weekly::new(&newsroom).await;
        weekly.readers(&newsroom, addresses(200)).await;
        weekly.start(&newsroom.newsroom).await;
        let sender = Running::start(&newsroom, &[&server], 4).await;
        server.wait_for(20).await.unwrap();
        delivery::cancel(&newsroom.newsroom, By::CommandLine, weekly.issue).await.unwrap();
        let report = weekly.until(&sender.newsroom, |report| report.standing.attempting == 0).await;
        sender.stop().await;
        assert_eq!(report.sending.state, IssueState::Cancelled);
        assert_eq!(usize::try_from(report.standing.accepted).unwrap(), server.mails().len());
        assert_eq!(report.standing.accepted + report.standing.open(), 200);
        for outcome in [
            delivery::resume(&newsroom.newsroom, By::CommandLine, weekly.issue).await,
            delivery::cancel(&newsroom.newsroom, By::CommandLine, weekly.issue).await,
            delivery::again(&newsroom.newsroom, By::CommandLine, weekly.issue).await.map(drop),
        ] {
            assert!(refused(outcome).contains("cancelled"));
        }
    }

    async fn only_newsletter_editors_and_more_hold_an_issue_up(newsroom: TestNewsroom, anon: Anon) {
        let weekly = Weekly::new(&newsroom).await;
        let node = &newsroom.newsroom;
        let editor = staff(Role::Editor);
        assert_eq!(denied(delivery::pause(node, By::Staff(&editor), weekly.issue).await), Denial::Role);
        assert_eq!(denied(delivery::again(node, By::Staff(&editor), weekly.issue).await), Denial::Role);
        let sends = staff(Role::NewsletterEditor);
        let early = refused(delivery::pause(node, By::Staff(&sends), weekly.issue).await);
        assert!(early.contains("approved"), "{early}");
        weekly.start(node).await;
        delivery::pause(node, By::Staff(&sends), weekly.issue).await.unwrap();
        assert_eq!(weekly.state(node).await, IssueState::Paused);
        delivery::resume(node, By::Staff(&sends), weekly.issue).await.unwrap();
        let nobody = model::IssueId(uuid::Uuid::nil());
        assert_eq!(denied(delivery::cancel(node, By::Staff(&sends), nobody).await), Denial::Gone);
        let mut tx = node.store().read().await.unwrap();
        let log = store::audit_list(&mut tx, i64::MAX, 3).await.unwrap();
        let actions: Vec<&str> = log.iter().map(|row| row.action.as_str()).collect();
        assert_eq!(actions, ["issue.resume", "issue.pause", "issue.start"]);
    }

    async fn who_leaves_while_an_issue_is_being_sent_does_not_get_it(newsroom: TestNewsroom, anon: Anon) {
        let server = Smtp::start().await.unwrap();
        let weekly = Weekly::new(&newsroom).await;
        let ids = weekly.readers(&newsroom, addresses(10)).await;
        weekly.start(&newsroom.newsroom).await;
        let mut tx = newsroom.newsroom.store().begin().await.unwrap();
        store::subscription_delete(&mut tx, weekly.newsletter, ids[0], model::Week(2_800)).await.unwrap();
        store::subscriber_delete(&mut tx, ids[1]).await.unwrap();
        tx.commit().await.unwrap();
        let sender = Running::start(&newsroom, &[&server], 2).await;
        let report = weekly.until_sent(&sender.newsroom).await;
        sender.stop().await;
        assert_eq!((report.standing.accepted, report.standing.excluded), (8, 2));
        assert_eq!(report.excluded[0], (Exclusion::Unsubscribed, 2));
        assert!(!server.mails().iter().any(|mail| mail.to.starts_with("reader0@") || mail.to.starts_with("reader1@")));
    }

    async fn without_the_keys_nothing_is_sent_and_with_them_all_is(newsroom: TestNewsroom, anon: Anon) {
        let server = Smtp::start().await.unwrap();
        let weekly = Weekly::new(&newsroom).await;
        weekly.readers(&newsroom, addresses(10)).await;
        weekly.start(&newsroom.newsroom).await;
        let node = node(&newsroom, &[&server], 2).await;
        vault::lock(&node, "anna").await.unwrap();
        let sender = Running::of(node);
        tokio::time::sleep(Duration::from_millis(900)).await;
        let report = weekly.report(&sender.newsroom).await;
        assert_eq!((report.standing.pending, report.sending.state), (10, IssueState::Sending));
        vault::unlock(&sender.newsroom, "anna", None).await.unwrap();
        weekly.until_sent(&sender.newsroom).await;
        assert_eq!(server.mails().len(), 10);
        sender.stop().await;
    }

    async fn locking_the_vault_stops_the_sending_until_it_is_open_again(newsroom: TestNewsroom, anon: Anon) {
        let server = slow(20).await;
        let weekly = Weekly::new(&newsroom).await;
        weekly.readers(&newsroom, addresses(100)).await;
        weekly.start(&newsroom.newsroom).await;
        let sender = Running::start(&newsroom, &[&server], 2).await;
        server.wait_for(10).await.unwrap();
        vault::lock(&sender.newsroom, "anna").await.unwrap();
        weekly.until(&sender.newsroom, |report| report.standing.attempting == 0).await;
        tokio::time::sleep(Duration::from_millis(500)).await;
        let then = server.mails().len();
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert_eq!(server.mails().len(), then);
        vault::unlock(&sender.newsroom, "anna", None).await.unwrap();
        let report = weekly.until_sent(&sender.newsroom).await;
        assert_eq!((report.standing.accepted, server.mails().len()), (100, 100));
        sender.stop().await;
    }

    async fn a_server_that_stops_ends_what_is_under_way_and_lets_go_of_the_rest(newsroom: TestNewsroom, anon: Anon) {
        let server = slow(200).await;
        let weekly = Weekly::new(&newsroom).await;
        weekly.readers(&newsroom, addresses(50)).await;
        weekly.start(&newsroom.newsroom).await;
        let sender = Running::start(&newsroom, &[&server], 4).await;
        server.wait_for(4).await.unwrap();
        let node = sender.newsroom.clone();
        sender.stop().await;
        let report = weekly.report(&node).await;
        assert_eq!((report.standing.attempting, report.standing.uncertain), (0, 0));
        assert_eq!(usize::try_from(report.standing.accepted).unwrap(), server.mails().len());
        // What it had reserved is free at once, not when a lease ends.
        let mut tx = node.store().begin().await.unwrap();
        let now = node.clock().now();
        let wanted = store::Reserve {
            state: model::DeliveryState::Pending,
            now,
            until: now,
            after: (model::Timestamp::from_millis(-1), 0),
            limit: 100,
        };
        let free = store::delivery_reserve(&mut tx, weekly.issue, &wanted).await.unwrap();
        assert_eq!(i64::try_from(free.len()).unwrap(), report.standing.pending);
    }

    async fn another_subject_goes_to_its_share(newsroom: TestNewsroom, anon: Anon) {
        let server = Smtp::start().await.unwrap();
        let other = OtherSubject { subject: "What happened".to_owned(), percent: 50 };
        let weekly = Weekly::with(&newsroom, Uncertain::Retry, Some(other)).await;
        weekly.readers(&newsroom, addresses(200)).await;
        weekly.start(&newsroom.newsroom).await;
        let sender = Running::start(&newsroom, &[&server], 4).await;
        weekly.until_sent(&sender.newsroom).await;
        sender.stop().await;
        let mails = server.mails();
        let got = |subject: &str| mails.iter().filter(|mail| mail.header("Subject") == subject).count();
        assert!((55..120).contains(&got("What happened")), "{}", got("What happened"));
        assert!((55..120).contains(&got("The week")), "{}", got("The week"));
        assert_eq!(got("A letter"), 28, "who asked for a neutral subject got another one");
    }
}
