//! Everybody once, and everybody accounted for.

use std::collections::HashSet;

use app::delivery;
use model::IssueState;
use testkit::smtp::Smtp;
use vault::Links;

use super::{
    Running, Weekly,
    letter::{addresses, mails},
};
use crate::refused;

testkit::both_backends! {
    async fn an_issue_reaches_everybody_once_and_the_accounts_add_up(newsroom: TestNewsroom, anon: Anon) {
        let server = Smtp::start().await.unwrap();
        let weekly = Weekly::new(&newsroom).await;
        weekly.readers(&newsroom, addresses(300)).await;
        assert_eq!(weekly.start(&newsroom.newsroom).await, 300);
        let sender = Running::start(&newsroom, &[&server], 8).await;
        let report = weekly.until_sent(&sender.newsroom).await;
        assert_eq!((report.standing.accepted, report.standing.uncertain), (300, 0));
        let mails = server.mails();
        let to: HashSet<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
        assert_eq!((mails.len(), to.len()), (300, 300), "somebody got it twice, or not at all");
        let ids: HashSet<String> = mails.iter().map(|mail| mail.header("Message-ID")).collect();
        assert_eq!(ids.len(), 300);
        for mail in &mails {
            assert_eq!(mail.header("To"), format!("<{}>", mail.to));
            let unsubscribe = mail.header("List-Unsubscribe");
            let token = unsubscribe.rsplit('/').next().unwrap().trim_end_matches('>');
            let read = Links(&weekly.keyring).read_unsubscribe(token).unwrap();
            assert_eq!(read.issue, weekly.issue);
        }
        let gmail = report.providers.iter().find(|line| line.provider == "gmail").unwrap();
        assert_eq!((gmail.accepted, gmail.failed), (60, 0));
        assert_eq!(report.providers.iter().map(|line| line.accepted).sum::<i64>(), 300);
        assert!(server.connections().2 <= 8, "more connections than there may be");
        sender.stop().await;
    }

    async fn an_issue_is_started_once_and_only_as_it_was_approved(newsroom: TestNewsroom, anon: Anon) {
        let weekly = Weekly::new(&newsroom).await;
        weekly.readers(&newsroom, addresses(3)).await;
        let newsroom = &newsroom.newsroom;
        let mut tx = newsroom.store().begin().await.unwrap();
        let issue = store::issue_by_id(&mut tx, weekly.issue).await.unwrap().unwrap();
        let all = mails(newsroom);
        let changed = model::Issue { version: 2, ..issue.clone() };
        assert_eq!(delivery::start_in_tx(newsroom, &mut tx, &changed, "ben", &all).await.unwrap(), None);
        let some = &all[..2];
        let said = refused(delivery::start_in_tx(newsroom, &mut tx, &issue, "ben", some).await);
        assert!(said.contains("full.neutral"), "{said}");
        drop(tx);
        assert_eq!(weekly.start(newsroom).await, 3);
        let mut tx = newsroom.store().begin().await.unwrap();
        let again = delivery::start_in_tx(newsroom, &mut tx, &issue, "ben", &all).await.unwrap();
        assert_eq!(again, None, "it was started twice");
        drop(tx);
        assert_eq!(weekly.state(newsroom).await, IssueState::Sending);
    }

    async fn an_issue_that_nobody_gets_is_sent_at_once(newsroom: TestNewsroom, anon: Anon) {
        let server = Smtp::start().await.unwrap();
        let weekly = Weekly::new(&newsroom).await;
        assert_eq!(weekly.start(&newsroom.newsroom).await, 0);
        let sender = Running::start(&newsroom, &[&server], 2).await;
        weekly.until_sent(&sender.newsroom).await;
        assert!(server.mails().is_empty());
        sender.stop().await;
    }

    async fn rows_are_forgotten_after_thirty_days_and_the_report_stays(newsroom: TestNewsroom, anon: Anon) {
        let server = Smtp::start().await.unwrap();
        let weekly = Weekly::new(&newsroom).await;
        weekly.readers(&newsroom, addresses(20)).await;
        weekly.start(&newsroom.newsroom).await;
        let sender = Running::start(&newsroom, &[&server], 2).await;
        let before = weekly.until_sent(&sender.newsroom).await;
        sender.stop().await;
        let newsroom = (&newsroom.newsroom, &newsroom.clock);
        newsroom.1.advance_millis(delivery::KEEP_DAYS * 24 * 3_600_000);
        delivery::forget(newsroom.0).await.unwrap();
        let rows = async || {
            let mut tx = newsroom.0.store().read().await.unwrap();
            store::delivery_counts(&mut tx, weekly.issue).await.unwrap().len()
        };
        assert_eq!(rows().await, 1, "it is not thirty days yet");
        newsroom.1.advance_millis(1);
        delivery::forget(newsroom.0).await.unwrap();
        assert_eq!(rows().await, 0);
        let after = weekly.report(newsroom.0).await;
        assert_eq!((after.standing, after.providers), (before.standing, before.providers));
    }
}
