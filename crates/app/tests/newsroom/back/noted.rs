//! Notices, carried out.

use app::back::{Applied, IN_A_ROW, Unmoved, apply};
use model::{Bounce, IssueId, SubscriberState, SuppressionReason};
use outside::mailback::{Notice, Token};
use testkit::both_backends;
use vault::Links;

use super::{Sent, bounced, nobody};
use crate::readers::ANNA;

both_backends! {
    async fn a_mailbox_that_is_gone_is_written_to_no_more_and_the_second_report_changes_nothing(newsroom: TestNewsroom, anon: Anon) {
        let sent = Sent::of(newsroom).await;
        let (notice, newsroom) = (sent.bounced(Bounce::Hard), sent.letters.newsroom());
        assert_eq!(apply(newsroom, &notice).await.unwrap(), Applied::Done);
        for _ in 0..2 {
            assert_eq!(sent.anna().await.unwrap().state, SubscriberState::Bounced);
            assert_eq!(sent.letters.suppressed(ANNA).await, Some(SuppressionReason::Bounce));
            let sums = [("cause.no_mailbox".to_owned(), 1), ("hard.other".to_owned(), 1)];
            assert_eq!(sent.sums(sent.issue).await, sums);
            assert_eq!(apply(newsroom, &notice).await.unwrap(), Applied::Unmoved(Unmoved::Known));
        }
        sent.letters.test.clock.advance_millis(3_600_000);
        let again = sent.letters.subscriber(ANNA, &["weekly"]).await;
        assert_eq!((again.state, again.bounces), (SubscriberState::Active, 0), "who confirms has a mailbox");
        assert_eq!(sent.letters.suppressed(ANNA).await, None);
    }

    async fn five_issues_in_a_row_that_come_back_are_enough(newsroom: TestNewsroom, anon: Anon) {
        let sent = Sent::of(newsroom).await;
        let newsroom = sent.letters.newsroom();
        for round in 1..=IN_A_ROW {
            let issue = if round == 1 { sent.issue } else { sent.issue_numbered(round).await };
            if round > 1 {
                sent.deliver(issue, 1, 1).await;
            }
            assert_eq!(sent.anna().await.unwrap().state, SubscriberState::Active, "before {round}");
            let notice = sent.bounced_of(issue, Bounce::Soft);
            assert_eq!(apply(newsroom, &notice).await.unwrap(), Applied::Done);
            assert_eq!(apply(newsroom, &notice).await.unwrap(), Applied::Unmoved(Unmoved::Known));
            assert_eq!(sent.anna().await.unwrap().bounces, round, "an issue counts once");
            assert_eq!(sent.sums(issue).await, [("cause.full".to_owned(), 1), ("soft.other".to_owned(), 1)]);
        }
        assert_eq!(sent.anna().await.unwrap().state, SubscriberState::Bounced);
        assert_eq!(sent.letters.suppressed(ANNA).await, None, "a list may bring them back");
    }

    async fn a_bounce_that_turns_hard_is_counted_as_hard(newsroom: TestNewsroom, anon: Anon) {
        let sent = Sent::of(newsroom).await;
        let newsroom = sent.letters.newsroom();
        for bounce in [Bounce::Soft, Bounce::Hard, Bounce::Soft] {
            apply(newsroom, &sent.bounced(bounce)).await.unwrap();
        }
        assert_eq!(sent.noted(sent.issue).await, Some(Bounce::Hard));
        let sums = sent.sums(sent.issue).await;
        assert!(sums.contains(&("hard.other".to_owned(), 1)) && !sums.iter().any(|(what, _)| what == "soft.other"), "{sums:?}");
    }

    async fn who_complains_is_forgotten_and_never_written_to_again(newsroom: TestNewsroom, anon: Anon) {
        let sent = Sent::of(newsroom).await;
        let newsroom = sent.letters.newsroom();
        let notice = Notice::Complaint { token: sent.token(sent.issue, 1), message_id: None };
        assert_eq!(apply(newsroom, &notice).await.unwrap(), Applied::Done);
        assert_eq!(apply(newsroom, &notice).await.unwrap(), Applied::Unmoved(Unmoved::Known));
        assert_eq!(sent.anna().await, None);
        assert_eq!(sent.letters.suppressed(ANNA).await, Some(SuppressionReason::Complaint));
        let sums = [("complained.own".to_owned(), 1), ("complaint.other".to_owned(), 1)];
        assert_eq!(sent.sums(sent.issue).await, sums);
        sent.letters.test.clock.advance_millis(3_600_000);
        sent.letters.sign_up(ANNA, &["weekly"]).await;
        assert_eq!(sent.letters.sent().await.len(), 0, "they got another mail");
    }

    async fn a_complaint_is_known_by_the_token_to_leave_as_well(newsroom: TestNewsroom, anon: Anon) {
        let sent = Sent::of(newsroom).await;
        let token = Links(&sent.letters.keys()).leave(sent.issue, 1).mail();
        let notice = Notice::Complaint { token: Token::Unsubscribe(token), message_id: None };
        assert_eq!(apply(sent.letters.newsroom(), &notice).await.unwrap(), Applied::Done);
        assert_eq!(sent.noted(sent.issue).await, Some(Bounce::Complaint));
    }

    async fn a_token_that_is_forged_or_of_no_delivery_changes_nothing(newsroom: TestNewsroom, anon: Anon) {
        let sent = Sent::of(newsroom).await;
        let newsroom = sent.letters.newsroom();
        let unsent = sent.issue_numbered(2).await;
        sent.deliver(unsent, 1, 0).await;
        let keys = sent.letters.keys();
        let elsewhere = IssueId::new(sent.letters.now(), newsroom.chance());
        let mut cut = sent.token(sent.issue, 1).text().to_owned();
        cut.replace_range(0..1, if cut.starts_with('a') { "b" } else { "a" });
        let delivery = |text: String| Token::Delivery(text);
        for (token, why) in [
            (delivery("a".repeat(56)), Unmoved::Forged),
            (delivery(cut), Unmoved::Forged),
            (delivery(String::new()), Unmoved::Forged),
            (delivery(Links(&keys).leave(sent.issue, 1).mail()), Unmoved::Forged),
            (delivery(Links(&keys).unsubscribe(sent.issue, sent.anna.id).mail()), Unmoved::Forged),
            (Token::Unsubscribe(Links(&keys).bounce(sent.issue, 1).mail()), Unmoved::Forged),
            (Token::Unsubscribe(Links(&keys).unsubscribe(sent.issue, nobody(&sent.letters)).mail()), Unmoved::NoDelivery),
            (sent.token(sent.issue, 2), Unmoved::NoDelivery),
            (sent.token(elsewhere, 1), Unmoved::NoDelivery),
            (sent.token(unsent, 1), Unmoved::NoDelivery),
        ] {
            let applied = apply(newsroom, &bounced(token.clone(), Bounce::Hard)).await.unwrap();
            assert_eq!(applied, Applied::Unmoved(why), "{}", token.text());
            let complaint = Notice::Complaint { token, message_id: None };
            assert_eq!(apply(newsroom, &complaint).await.unwrap(), Applied::Unmoved(why));
        }
        assert_eq!(sent.anna().await, Some(sent.anna.clone()));
        assert_eq!(sent.noted(sent.issue).await, None);
        assert_eq!((sent.sums(sent.issue).await, sent.sums(unsent).await), (vec![], vec![]));
    }

    async fn a_report_that_returns_another_mail_of_ours_changes_nothing(newsroom: TestNewsroom, anon: Anon) {
        let sent = Sent::of(newsroom).await;
        let (newsroom, keys) = (sent.letters.newsroom(), sent.letters.keys());
        let returning = |id: String| match sent.bounced(Bounce::Hard) {
            Notice::Bounced { token, bounce, cause, status, .. } => {
                Notice::Bounced { token, bounce, cause, status, message_id: Some(id) }
            }
            other => other,
        };
        let other = returning(format!("{}@news.example", keys.message_name(sent.issue, 2)));
        assert_eq!(apply(newsroom, &other).await.unwrap(), Applied::Unmoved(Unmoved::Contradicts));
        assert_eq!(sent.anna().await, Some(sent.anna.clone()));
        let own = returning(format!("{}@news.example", keys.message_name(sent.issue, 1)));
        assert_eq!(apply(newsroom, &own).await.unwrap(), Applied::Done);
    }

    async fn a_name_that_a_relay_wrote_anew_says_nothing(newsroom: TestNewsroom, anon: Anon) {
        let sent = Sent::of(newsroom).await;
        let notice = Notice::Complaint {
            token: sent.token(sent.issue, 1),
            message_id: Some("0102019800000000-6f5a-000000@eu-west-1.amazonses.com".to_owned()),
        };
        assert_eq!(apply(sent.letters.newsroom(), &notice).await.unwrap(), Applied::Done);
    }

    async fn while_the_keys_are_away_everything_comes_again_and_nothing_is_kept(newsroom: TestNewsroom, anon: Anon) {
        let sent = Sent::of(newsroom).await;
        let leave = Token::Unsubscribe(Links(&sent.letters.keys()).leave(sent.issue, 1).mail());
        let opt_out = Notice::Unsubscribe { token: sent.token(sent.issue, 1) };
        let notices = [sent.bounced(Bounce::Hard), opt_out, Notice::Unsubscribe { token: leave }];
        sent.letters.lock().await;
        for notice in &notices {
            assert_eq!(apply(sent.letters.newsroom(), notice).await.unwrap(), Applied::Later);
        }
        let mut tx = sent.letters.newsroom().store().read().await.unwrap();
        assert_eq!(store::unsubscribe_waiting_count(&mut tx).await.unwrap(), 0);
        drop(tx);
        sent.letters.unlock().await;
        assert_eq!(sent.anna().await, Some(sent.anna.clone()));
        assert_eq!(apply(sent.letters.newsroom(), &notices[1]).await.unwrap(), Applied::Done);
        assert_eq!(sent.anna().await, None);
    }

    async fn two_nodes_that_hear_the_same_count_it_once(newsroom: TestNewsroom, anon: Anon) {
        let sent = Sent::of(newsroom).await;
        let other = sent.letters.test.another().unwrap();
        app::vault::open(&other, None).await.unwrap();
        let notice = sent.bounced(Bounce::Soft);
        let (one, two) = tokio::join!(apply(sent.letters.newsroom(), &notice), apply(&other, &notice));
        let mut applied = [one.unwrap(), two.unwrap()];
        applied.sort_by_key(|applied| *applied == Applied::Done);
        assert_eq!(applied, [Applied::Unmoved(Unmoved::Known), Applied::Done]);
        assert_eq!(sent.anna().await.unwrap().bounces, 1);
        assert!(sent.sums(sent.issue).await.contains(&("soft.other".to_owned(), 1)));
    }
}
