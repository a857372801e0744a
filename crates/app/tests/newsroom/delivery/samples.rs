//! Tests of an issue, two subjects compared, and what the page of today tells of issues.

use app::{
    back,
    delivery::{self, Sample, Sampled, Verdict, Why},
    issues::{self, Stop},
    readers, today,
};
use model::{IssueId, MailForm, OtherSubject, Role, Staff, SubjectLine, Uncertain};
use outside::mailback::{Notice, Token};
use testkit::{
    TestNewsroom,
    smtp::{Do, Smtp, Stage},
};
use vault::Links;

use super::{
    Running, Weekly,
    letter::{addresses, node},
};
use crate::{
    denied,
    letters::{published, stopped, weekly},
};

fn to(addresses: &str) -> Sample<'_> {
    Sample { form: MailForm::Full, other_subject: false, mark: "[Test]", addresses }
}

/// A draft with one story, and who may send it.
async fn draft(newsroom: &TestNewsroom, anon: &testkit::Anon) -> (IssueId, Staff) {
    let anna = newsroom.person(anon, Role::Publisher, "anna").await.unwrap().staff;
    let newsletter = weekly(newsroom, &anna).await;
    published(newsroom, &anna, "Nine days without a ferry").await;
    let issue = issues::create(&newsroom.newsroom, &anna, newsletter).await.unwrap();
    (issue, anna)
}

testkit::both_backends! {
    async fn a_test_arrives_as_the_issue_would_and_leads_nobody_out(newsroom: TestNewsroom, anon: Anon) {
        let server = Smtp::that(|moment| match moment.stage {
            Stage::To if moment.to.starts_with("gone@") => Do::Say("550 5.1.1 no such user"),
            _ => Do::Go,
        }).await.unwrap();
        let (issue, anna) = draft(&newsroom, &anon).await;
        let node = node(&newsroom, &[&server], 1).await;
        let came = delivery::sample(&node, &anna, issue, &to("eva@reader.example, gone@reader.example")).await.unwrap();
        assert_eq!(came[0], Sampled::Taken);
        assert!(matches!(&came[1], Sampled::Refused(said) if said.contains("550")), "{came:?}");
        let mails = server.mails();
        assert_eq!((mails.len(), mails[0].to.as_str(), mails[0].from.as_str()), (1, "eva@reader.example", "letter@news.example"));
        assert_eq!(mails[0].header("Subject"), "[Test] Nine days without a ferry");
        assert_eq!(mails[0].header("List-Unsubscribe"), "<https://news.example/-/newsletter/unsubscribe/test>");
        assert!(mails[0].text().contains("What happened: Nine days without a ferry."), "{}", mails[0].text());
        let left = readers::leave(&node, "test", false).await.unwrap();
        assert_eq!(left, readers::Left::Broken, "a test can be left by");
        let mut tx = node.store().read().await.unwrap();
        let log = store::audit_list(&mut tx, i64::MAX, 1).await.unwrap();
        assert_eq!((log[0].action.as_str(), log[0].actor.as_str()), ("issue.test", "anna"));
        assert!(!log[0].detail.contains("reader.example"), "{}", log[0].detail);
        drop(tx);
        let headlines = Sample { form: MailForm::Headlines, ..to("eva@reader.example") };
        delivery::sample(&node, &anna, issue, &headlines).await.unwrap();
        let mails = server.wait_for(2).await.unwrap();
        assert!(!mails[1].text().contains("What happened:"), "headlines hold the text");
        assert_ne!(mails[0].header("Message-ID"), mails[1].header("Message-ID"));
    }

    async fn a_test_that_can_not_be_sent_says_what_to_do(newsroom: TestNewsroom, anon: Anon) {
        let server = Smtp::start().await.unwrap();
        let (issue, anna) = draft(&newsroom, &anon).await;
        let without = &newsroom.newsroom;
        assert_eq!(stopped(delivery::sample(without, &anna, issue, &to("eva@reader.example")).await), Stop::NoRelay);
        let node = node(&newsroom, &[&server], 1).await;
        let stop = async |addresses: &str| stopped(delivery::sample(&node, &anna, issue, &to(addresses)).await);
        assert_eq!(stop("").await, Stop::TestAddresses(5));
        assert_eq!(stop("eva@reader.example\r\nBcc: x").await, Stop::Address("Bcc:".to_owned()));
        let six: Vec<String> = (0..6).map(|at| format!("eva{at}@reader.example")).collect();
        assert_eq!(stop(&six.join(" ")).await, Stop::TestAddresses(5));
        let editor = newsroom.person(&anon, Role::Editor, "ed").await.unwrap().staff;
        denied(delivery::sample(&node, &editor, issue, &to("eva@reader.example")).await);
        issues::cancel(&node, &anna, issue).await.unwrap();
        assert!(matches!(stop("eva@reader.example").await, Stop::State(_)));
        assert!(server.mails().is_empty());
    }

    async fn two_subjects_are_compared_by_who_left_also_when_the_rows_are_gone(newsroom: TestNewsroom, anon: Anon) {
        let server = Smtp::start().await.unwrap();
        let other = OtherSubject { subject: "What happened".to_owned(), percent: 50 };
        let weekly = Weekly::with(&newsroom, Uncertain::Retry, Some(other)).await;
        weekly.readers(&newsroom, addresses(60)).await;
        weekly.start(&newsroom.newsroom).await;
        let sender = Running::start(&newsroom, &[&server], 4).await;
        assert!(weekly.report(&sender.newsroom).await.comparison.is_none(), "it says something before the end");
        weekly.until_sent(&sender.newsroom).await;
        sender.stop().await;
        let news = &newsroom.newsroom;
        let mails = server.mails();
        let token = |mail: &testkit::smtp::Mail| {
            mail.header("List-Unsubscribe").rsplit('/').next().unwrap().trim_end_matches('>').to_owned()
        };
        let with = |subject: &str| mails.iter().filter(|mail| mail.header("Subject") == subject).collect::<Vec<_>>();
        let (own, others) = (with("The week"), with("What happened"));
        for mail in [own[0], others[0], others[1]] {
            readers::leave(news, &token(mail), false).await.unwrap();
        }
        let who = Links(&weekly.keyring).read_unsubscribe(&token(others[2])).unwrap().subscriber;
        let mut tx = news.store().read().await.unwrap();
        let number = store::delivery_by_subscriber(&mut tx, weekly.issue, who).await.unwrap().unwrap().number;
        drop(tx);
        let bounce = Links(&weekly.keyring).bounce(weekly.issue, number).mail();
        let complaint = Notice::Complaint { token: Token::Delivery(bounce), message_id: None };
        for expected in [back::Applied::Done, back::Applied::Unmoved(back::Unmoved::Known)] {
            assert_eq!(back::apply(news, &complaint).await.unwrap(), expected);
        }
        let report = weekly.report(news).await;
        let said = report.comparison.unwrap();
        assert_eq!((said.own.left, said.other.left, said.other.complained), (1, 3, 1));
        assert_eq!((said.own.sent, said.other.sent), (own.len() as i64, others.len() as i64));
        assert_eq!(said.other.subject, "What happened");
        assert_eq!(said.verdict, Verdict::TooFew, "nobody wins with sixty readers");
        assert_eq!((report.since.unsubscribed, report.since.complaint), (3, 1));
        newsroom.clock.advance_millis(delivery::KEEP_DAYS * 24 * 3_600_000 + 1);
        delivery::forget(news).await.unwrap();
        assert_eq!(weekly.report(news).await.comparison.unwrap(), said);
        let neutral = SubjectLine::Neutral.as_str();
        let mut tx = news.store().read().await.unwrap();
        let kept = store::issue_counts(&mut tx, weekly.issue).await.unwrap();
        assert!(kept.iter().any(|(what, _)| what.contains(neutral)), "{kept:?}");
    }

    async fn today_tells_editors_what_goes_out_and_what_stands_still(newsroom: TestNewsroom, anon: Anon) {
        let weekly = Weekly::new(&newsroom).await;
        weekly.readers(&newsroom, addresses(10)).await;
        weekly.start(&newsroom.newsroom).await;
        let editor = newsroom.person(&anon, Role::Editor, "ed").await.unwrap().staff;
        let reporter = newsroom.person(&anon, Role::Reporter, "rosa").await.unwrap().staff;
        let sender = Running::start(&newsroom, &[], 1).await;
        let news = sender.newsroom.clone();
        weekly.until(&news, |report| report.sending.why.as_deref() == Some(Why::NoRelay.as_str())).await;
        let settings = news.settings().await.unwrap();
        let seen = today::today(&news, &settings, &editor).await.unwrap().letters.unwrap();
        let one = &seen.issues[0];
        assert_eq!((one.alarm(), one.issue.frozen, one.standing.unwrap().settled()), (Some(Why::NoRelay), 10, 0));
        assert_eq!((seen.issues.len(), seen.subscribers), (1, 10));
        assert!(today::today(&news, &settings, &reporter).await.unwrap().letters.is_none());
        weekly.pause(&news).await;
        let seen = today::today(&news, &settings, &editor).await.unwrap().letters.unwrap();
        assert_eq!(seen.issues[0].alarm(), None, "somebody paused it: that is no alarm");
        sender.stop().await;
        let server = Smtp::start().await.unwrap();
        weekly.resume(&news).await;
        let sender = Running::start(&newsroom, &[&server], 2).await;
        weekly.until_sent(&sender.newsroom).await;
        sender.stop().await;
        let seen = today::today(&news, &settings, &editor).await.unwrap().letters.unwrap();
        assert_eq!(seen.issues[0].standing.unwrap().accepted, 10, "it is told of for a week");
        newsroom.clock.advance_millis(7 * 24 * 3_600_000 + 1);
        assert!(today::today(&news, &settings, &editor).await.unwrap().letters.unwrap().issues.is_empty());
    }
}
