//! Sundays on which clocks change, and a newsletter that goes out in the very hour: one issue, at one moment, to everybody
//! once.

use app::{
    delivery,
    issues::{self, Change, New, Settings},
    jobs, settings,
};
use model::{Clock, Issue, IssueContent, IssueState, NewsletterId, Role, Staff, Timestamp};
use outside::mail::{Relay, Signer};
use testkit::{Smtp, TestNewsroom, both_backends};

use crate::delivery::Running;

const HOUR: i64 = 3_600_000;
const MINUTE: i64 = 60_000;

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

/// A newsletter of Sundays at half past two in Amsterdam, when the clock stands at a moment.
async fn sundays(newsroom: &TestNewsroom, by: &Staff, now: &str) -> NewsletterId {
    newsroom.clock.set(at(now));
    let news = &newsroom.newsroom;
    let address = [("address".to_owned(), "https://news.example".to_owned())];
    settings::change(news, "test", &address).await.unwrap().unwrap();
    let id = issues::make(news, by, &New { name: "The night".to_owned(), ..New::default() }).await.unwrap();
    let form = Settings {
        sender: "letter@news.example".to_owned(),
        weekday: "7".to_owned(),
        time: "02:30".to_owned(),
        time_zone: "Europe/Amsterdam".to_owned(),
        ..Settings::of(&issues::newsletter(news, id).await.unwrap())
    };
    issues::change_newsletter(news, by, id, &form).await.unwrap();
    id
}

/// Time passes in steps of ten minutes, as a server sees it, and every job of that time is done.
async fn until(newsroom: &TestNewsroom, end: Timestamp) {
    while newsroom.clock.now() < end {
        newsroom.clock.set(newsroom.clock.now().plus_millis(10 * MINUTE).min(end));
        while jobs::run_due(&newsroom.newsroom).await.unwrap() > 0 {}
    }
}

async fn all(newsroom: &TestNewsroom, of: NewsletterId) -> Vec<Issue> {
    issues::issues(&newsroom.newsroom, of, 20, 0).await.unwrap().0
}

/// Has the draft be written and approved.
async fn approve(newsroom: &TestNewsroom, by: &Staff, issue: &Issue) {
    let words = serde_json::json!({ "type": "text", "text": "What the night watch saw. ".repeat(20) });
    let intro = serde_json::json!({ "version": 1, "blocks": [{ "type": "paragraph", "content": [words] }] });
    let change = Change {
        subject: "What the night watch saw".to_owned(),
        intro: serde_json::from_value(intro).unwrap(),
        ..Change::of(&IssueContent::default())
    };
    let version = issues::save(&newsroom.newsroom, by, issue.id, issue.version, &change).await.unwrap().version;
    issues::approve(&newsroom.newsroom, by, issue.id, version, false).await.unwrap();
}

/// The night from Saturday to Sunday in which an issue is due.
async fn night(newsroom: &TestNewsroom, by: &Staff, friday: &str, due: &str) {
    let id = sundays(newsroom, by, friday).await;
    until(newsroom, at(due).plus_millis(-24 * HOUR)).await;
    let drafts = all(newsroom, id).await;
    assert_eq!((drafts.len(), drafts[0].due_at), (1, Some(at(due))), "the draft is of another moment");
    approve(newsroom, by, &drafts[0]).await;
    until(newsroom, at(due).plus_millis(-1)).await;
    assert_eq!(all(newsroom, id).await[0].state, IssueState::Approved, "it went out too early");
    until(newsroom, at(due)).await;
    let begun = all(newsroom, id).await;
    assert_eq!((begun[0].state, begun[0].frozen_at), (IssueState::Sending, Some(at(due))));
    // The hour that comes twice, and the day after it, bring no second one.
    until(newsroom, at(due).plus_millis(26 * HOUR)).await;
    let after = all(newsroom, id).await;
    assert_eq!((after.len(), after[0].frozen_at), (1, Some(at(due))), "there is another");
}

both_backends! {
    async fn an_issue_that_is_due_while_the_clock_changes_goes_out_once_and_at_its_moment(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::NewsletterEditor, "anna").await.unwrap().staff;
        // There is no 02:30 on 29 March: 03:30 in summer time is meant.
        night(&newsroom, &anna, "2026-03-26T12:00:00Z", "2026-03-29T01:30:00Z").await;
    }

    async fn an_issue_of_an_hour_that_comes_twice_goes_out_in_the_first(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::NewsletterEditor, "anna").await.unwrap().staff;
        night(&newsroom, &anna, "2026-10-22T12:00:00Z", "2026-10-25T00:30:00Z").await;
        // Nobody gets it, so that whoever sends finds it done.
        let smtp = Smtp::start().await.unwrap();
        let relay = Relay::new("main", &smtp.address).unwrap();
        let running = Running::of(newsroom.mailing(vec![relay], Signer::default()).await.unwrap());
        let newsletter = issues::list(&newsroom.newsroom).await.unwrap()[0].newsletter.id;
        let issue = all(&newsroom, newsletter).await[0].id;
        for _ in 0..400 {
            let report = delivery::report(&newsroom.newsroom, issue).await.unwrap();
            if report.sending.state == IssueState::Sent {
                return running.stop().await;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        panic!("it never ends");
    }
}
