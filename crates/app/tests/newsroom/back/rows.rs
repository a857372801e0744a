//! Rows of bounces, and what ends them.

use app::back::{QUIET_DAYS, apply, settle};
use model::Bounce;
use testkit::both_backends;

use super::Sent;

const DAY_MS: i64 = 24 * 3_600_000;

both_backends! {
    async fn a_mail_that_came_through_ends_a_row_of_bounces_once_nothing_can_come_back_any_more(newsroom: TestNewsroom, anon: Anon) {
        let sent = Sent::of(newsroom).await;
        let newsroom = sent.letters.newsroom();
        apply(newsroom, &sent.bounced(Bounce::Soft)).await.unwrap();
        sent.end(sent.issue).await;
        let second = sent.issue_numbered(2).await;
        sent.deliver(second, 1, 1).await;
        sent.letters.test.clock.advance_millis(7 * DAY_MS);
        sent.end(second).await;
        assert_eq!(settle(newsroom).await.unwrap(), 0, "of the first issue, which came back");
        assert_eq!(sent.anna().await.unwrap().bounces, 1);
        sent.letters.test.clock.advance_millis(QUIET_DAYS * DAY_MS - 1);
        assert_eq!(settle(newsroom).await.unwrap(), 0, "something may still come back");
        sent.letters.test.clock.advance_millis(2);
        assert_eq!(settle(newsroom).await.unwrap(), 1);
        assert_eq!(sent.anna().await.unwrap().bounces, 0);
        // An issue ends a row once, and not the one that begins after it.
        let third = sent.issue_numbered(3).await;
        sent.deliver(third, 1, 1).await;
        apply(newsroom, &sent.bounced_of(third, Bounce::Soft)).await.unwrap();
        sent.letters.test.clock.advance_millis(DAY_MS);
        assert_eq!(settle(newsroom).await.unwrap(), 0);
        assert_eq!(sent.anna().await.unwrap().bounces, 1);
    }
}
