//! Newsletters, and issues from their draft to the moment at which they are handed to delivery.

use app::{
    Error,
    issues::{self, Change, Form, Look, New, Picked, Settings, Stop, check},
    jobs, settings,
    stories::desk::{self, Changes},
};
use model::{
    Clock, Extent, Issue, IssueId, IssueState, JobState, Language, MailForm, NewsletterId, Reason, Role, Staff,
    StoryId, Timestamp,
};
use serde_json::json;
use testkit::{Anon, TestNewsroom, both_backends};

use crate::backup::{empty_newsroom_at, restore};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

async fn person(newsroom: &TestNewsroom, anon: &Anon, role: Role, handle: &str) -> Staff {
    newsroom.person(anon, role, handle).await.unwrap().staff
}

/// A public story, a minute newer than the one before.
pub(crate) async fn published(newsroom: &TestNewsroom, by: &Staff, headline: &str) -> StoryId {
    let news = &newsroom.newsroom;
    newsroom.clock.advance_millis(60_000);
    let id = desk::create(news, by, &Language::english()).await.unwrap();
    let words = json!({ "version": 1, "blocks": [{ "type": "paragraph", "content": [{ "type": "text", "text": format!("What happened: {headline}. ").repeat(9) }] }] });
    let first: Changes =
        serde_json::from_value(json!({ "headline": headline, "standfirst": "In short.", "document": words })).unwrap();
    desk::save(news, by, id, 0, first).await.unwrap();
    desk::publish(news, by, id, Some(1)).await.unwrap();
    id
}

/// What its form says of a newsletter of Fridays at nine in Amsterdam.
fn fridays() -> Settings {
    Settings {
        name: "The week".to_owned(),
        slug: "week".to_owned(),
        sender: "letter@news.example".to_owned(),
        weekday: "5".to_owned(),
        time: "09:00".to_owned(),
        time_zone: "Europe/Amsterdam".to_owned(),
        draft_hours: "48".to_owned(),
        template: "stories".to_owned(),
        stories: "3".to_owned(),
        per_section: "0".to_owned(),
        whole: "1".to_owned(),
        active: true,
        ..Settings::default()
    }
}

/// A newsletter of Fridays at nine, and the site's address. It is Friday evening: the next one is in a week.
pub(crate) async fn weekly(newsroom: &TestNewsroom, by: &Staff) -> NewsletterId {
    let news = &newsroom.newsroom;
    let address = [("address".to_owned(), "https://news.example".to_owned())];
    settings::change(news, "test", &address).await.unwrap().unwrap();
    let new = New { name: "The week".to_owned(), ..New::default() };
    let id = issues::make(news, by, &new).await.unwrap();
    issues::change_newsletter(news, by, id, &Settings { slug: "the-week".to_owned(), ..fridays() }).await.unwrap();
    id
}

fn next_friday() -> Timestamp {
    Timestamp::parse("2025-07-18T07:00:00Z").unwrap()
}

/// Time passes, and every job of that time is done.
async fn until(newsroom: &TestNewsroom, at: Timestamp) {
    let now = newsroom.newsroom.clock().now();
    newsroom.clock.advance_millis(at.as_millis() - now.as_millis());
    while jobs::run_due(&newsroom.newsroom).await.unwrap() > 0 {}
}

async fn all(newsroom: &TestNewsroom, of: NewsletterId) -> Vec<Issue> {
    issues::issues(&newsroom.newsroom, of, 20, 0).await.unwrap().0
}

async fn now(newsroom: &TestNewsroom, id: IssueId) -> Issue {
    issue_in(&newsroom.newsroom, id).await
}

async fn issue_in(newsroom: &app::Newsroom, id: IssueId) -> Issue {
    let mut tx = newsroom.store().read().await.unwrap();
    store::issue_by_id(&mut tx, id).await.unwrap().unwrap()
}

/// Jobs that hand an issue to delivery, done or not.
async fn handed_over(newsroom: &TestNewsroom, id: IssueId) -> i64 {
    handed_over_in(&newsroom.newsroom, id).await
}

async fn handed_over_in(newsroom: &app::Newsroom, id: IssueId) -> i64 {
    let mut tx = newsroom.store().read().await.unwrap();
    let counts = store::job_counts(&mut tx).await.unwrap();
    let all = counts.iter().filter(|(kind, state, _)| kind == "issue_send" && *state != JobState::Done);
    let open = store::job_open(&mut tx, 100).await.unwrap();
    let failed = store::job_failed(&mut tx, 100).await.unwrap().into_iter().map(|(job, _)| job);
    let ours = open.into_iter().chain(failed).filter(|job| job.kind == "issue_send");
    assert!(ours.clone().all(|job| job.payload["issue"] == json!(id)), "another issue was handed over");
    let count = ours.count() as i64;
    assert_eq!(all.map(|(_, _, count)| count).sum::<i64>(), count);
    count
}

pub(crate) fn stopped<T: std::fmt::Debug>(outcome: Result<T, Error>) -> Stop {
    match outcome {
        Err(Error::Letter(stop)) => stop,
        other => panic!("not stopped: {other:?}"),
    }
}

fn keys(findings: &[check::Finding]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.key).collect()
}

/// A newsletter with its draft of next Friday, made on Wednesday from three stories.
async fn drafted(newsroom: &TestNewsroom, anna: &Staff) -> (NewsletterId, Issue) {
    let id = weekly(newsroom, anna).await;
    for headline in ["The ferry", "The tram", "The bakery"] {
        published(newsroom, anna, headline).await;
    }
    until(newsroom, next_friday().plus_millis(-48 * HOUR)).await;
    let mut issues = all(newsroom, id).await;
    assert_eq!(issues.len(), 1);
    (id, issues.remove(0))
}

both_backends! {
    async fn the_draft_is_there_two_days_before_and_once(newsroom: TestNewsroom, anon: Anon) {
        let anna = person(&newsroom, &anon, Role::NewsletterEditor, "anna").await;
        let id = weekly(&newsroom, &anna).await;
        for headline in ["The ferry", "The tram", "The bakery", "The bridge"] {
            published(&newsroom, &anna, headline).await;
        }
        until(&newsroom, next_friday().plus_millis(-48 * HOUR - 1)).await;
        assert_eq!(all(&newsroom, id).await.len(), 0, "made too early");
        until(&newsroom, next_friday().plus_millis(-48 * HOUR)).await;
        issues::tend(&newsroom.newsroom).await.unwrap();
        issues::tend(&newsroom.another().unwrap()).await.unwrap();
        let made = all(&newsroom, id).await;
        assert_eq!(made.len(), 1, "made twice");
        let issue = &made[0];
        assert_eq!((issue.number, issue.state, issue.due_at), (1, IssueState::Draft, Some(next_friday())));
        assert_eq!(issue.content.picks.len(), 3, "the settings say three");
        assert_eq!((issue.content.subject.as_str(), issue.content.preview.as_str()), ("The bridge", "The bakery · The tram"));
        let extents: Vec<Extent> = issue.content.picks.iter().map(|pick| pick.extent).collect();
        assert_eq!(extents, [Extent::Whole, Extent::Standfirst, Extent::Standfirst]);
        assert!(matches!(issue.content.picks[0].reasons[..], [Reason::New { .. }]));
        // The next one comes by itself, from what became public since.
        until(&newsroom, next_friday()).await;
        until(&newsroom, next_friday().plus_millis(5 * DAY)).await;
        assert_eq!(all(&newsroom, id).await.len(), 2);
    }

    async fn two_servers_make_one_draft(newsroom: TestNewsroom, anon: Anon) {
        let anna = person(&newsroom, &anon, Role::NewsletterEditor, "anna").await;
        let id = weekly(&newsroom, &anna).await;
        let now = newsroom.newsroom.clock().now();
        newsroom.clock.advance_millis(next_friday().as_millis() - HOUR - now.as_millis());
        let (one, two) = (newsroom.newsroom.clone(), newsroom.another().unwrap());
        let outcomes = tokio::join!(issues::tend(&one), issues::tend(&two), issues::tend(&one), issues::tend(&two));
        // On PostgreSQL the one that comes second may find the number taken; its job is tried again.
        let done = [outcomes.0, outcomes.1, outcomes.2, outcomes.3].into_iter().filter(Result::is_ok).count();
        assert!(done > 0);
        issues::tend(&two).await.unwrap();
        assert_eq!(all(&newsroom, id).await.len(), 1);
    }

    async fn an_approved_issue_goes_out_in_its_second_and_one_that_is_not_is_held(newsroom: TestNewsroom, anon: Anon) {
        let anna = person(&newsroom, &anon, Role::NewsletterEditor, "anna").await;
        let (id, issue) = drafted(&newsroom, &anna).await;
        issues::approve(&newsroom.newsroom, &anna, issue.id, 1, false).await.unwrap();
        until(&newsroom, next_friday().plus_millis(-1)).await;
        assert_eq!(handed_over(&newsroom, issue.id).await, 0, "a millisecond early");
        until(&newsroom, next_friday()).await;
        let sending = now(&newsroom, issue.id).await;
        assert_eq!((sending.state, sending.frozen_at), (IssueState::Sending, Some(next_friday())));
        issues::come_due(&newsroom.newsroom, issue.id, Timestamp::from_millis(1)).await.unwrap();
        issues::come_due(&newsroom.newsroom, issue.id, next_friday()).await.unwrap();
        assert_eq!(handed_over(&newsroom, issue.id).await, 0, "once");
        // A week later nobody approved anything.
        published(&newsroom, &anna, "The bridge").await;
        until(&newsroom, next_friday().plus_millis(7 * DAY)).await;
        let second = all(&newsroom, id).await.remove(0);
        assert_eq!((second.state, second.why.as_deref()), (IssueState::Held, Some("unapproved")));
        let held = issues::held(&newsroom.newsroom).await.unwrap();
        assert_eq!((held.len(), held[0].newsletter.as_str(), held[0].number), (1, "The week", 2));
        assert_eq!(stopped(issues::approve(&newsroom.newsroom, &anna, second.id, 1, false).await), Stop::NoTime);
    }

    async fn a_held_issue_goes_out_when_a_person_says_so(newsroom: TestNewsroom, anon: Anon) {
        let anna = person(&newsroom, &anon, Role::NewsletterEditor, "anna").await;
        let (_, issue) = drafted(&newsroom, &anna).await;
        until(&newsroom, next_friday()).await;
        assert_eq!(now(&newsroom, issue.id).await.state, IssueState::Held);
        issues::approve(&newsroom.newsroom, &anna, issue.id, 1, true).await.unwrap();
        assert_eq!(handed_over(&newsroom, issue.id).await, 1);
        assert_eq!(issues::held(&newsroom.newsroom).await.unwrap(), []);
    }

    async fn what_is_a_day_late_waits_for_a_person(newsroom: TestNewsroom, anon: Anon) {
        let anna = person(&newsroom, &anon, Role::NewsletterEditor, "anna").await;
        let (_, issue) = drafted(&newsroom, &anna).await;
        issues::approve(&newsroom.newsroom, &anna, issue.id, 1, false).await.unwrap();
        // No server ran until Saturday noon.
        until(&newsroom, next_friday().plus_millis(DAY + HOUR)).await;
        let late = now(&newsroom, issue.id).await;
        assert_eq!((late.state, late.why.as_deref(), late.approved), (IssueState::Held, Some("late"), None));
        assert_eq!(handed_over(&newsroom, issue.id).await, 0);
    }

    async fn what_is_an_hour_late_goes_out(newsroom: TestNewsroom, anon: Anon) {
        let anna = person(&newsroom, &anon, Role::NewsletterEditor, "anna").await;
        let (_, issue) = drafted(&newsroom, &anna).await;
        issues::approve(&newsroom.newsroom, &anna, issue.id, 1, false).await.unwrap();
        until(&newsroom, next_friday().plus_millis(DAY - HOUR)).await;
        assert_eq!(now(&newsroom, issue.id).await.state, IssueState::Sending);
    }

    async fn a_friday_that_nobody_was_there_for_gets_its_draft_and_is_held(newsroom: TestNewsroom, anon: Anon) {
        let anna = person(&newsroom, &anon, Role::NewsletterEditor, "anna").await;
        let id = weekly(&newsroom, &anna).await;
        until(&newsroom, next_friday().plus_millis(2 * DAY)).await;
        issues::tend(&newsroom.newsroom).await.unwrap();
        until(&newsroom, next_friday().plus_millis(2 * DAY)).await;
        let made = all(&newsroom, id).await;
        assert_eq!((made.len(), made[0].due_at, made[0].state), (1, Some(next_friday()), IssueState::Held));
        // A newsletter whose schedule was set on a Sunday has missed no Friday.
        let other = issues::make(&newsroom.newsroom, &anna, &New { name: "Other".to_owned(), ..New::default() }).await.unwrap();
        let form = Settings { name: "Other".to_owned(), slug: "other".to_owned(), ..fridays() };
        issues::change_newsletter(&newsroom.newsroom, &anna, other, &form).await.unwrap();
        issues::tend(&newsroom.newsroom).await.unwrap();
        assert_eq!(all(&newsroom, other).await.len(), 0);
    }

    async fn a_story_that_was_withdrawn_holds_an_approved_issue(newsroom: TestNewsroom, anon: Anon) {
        let anna = person(&newsroom, &anon, Role::NewsletterEditor, "anna").await;
        let (_, issue) = drafted(&newsroom, &anna).await;
        issues::approve(&newsroom.newsroom, &anna, issue.id, 1, false).await.unwrap();
        desk::withdraw(&newsroom.newsroom, &anna, issue.content.picks[1].story, "").await.unwrap();
        until(&newsroom, next_friday()).await;
        let held = now(&newsroom, issue.id).await;
        assert_eq!((held.state, held.why.as_deref()), (IssueState::Held, Some("stopped")));
        let opened = issues::open(&newsroom.newsroom, &anna, issue.id).await.unwrap();
        assert!(keys(&opened.findings).contains(&"withdrawn"), "{:?}", opened.findings);
        assert_eq!(stopped(issues::approve(&newsroom.newsroom, &anna, issue.id, 1, true).await), Stop::Blocked);
        let mut tx = newsroom.newsroom.store().read().await.unwrap();
        let letters = issues::letters(&newsroom.newsroom, &mut tx, &held, ("#", "#")).await.unwrap();
        assert!(letters.iter().all(|letter| !letter.html.contains("/the-tram/")), "a withdrawn story is in a mail");
    }

    async fn a_save_keeps_what_it_does_not_touch_and_writes_over_nobody(newsroom: TestNewsroom, anon: Anon) {
        let anna = person(&newsroom, &anon, Role::NewsletterEditor, "anna").await;
        let bert = person(&newsroom, &anon, Role::NewsletterEditor, "bert").await;
        let (_, issue) = drafted(&newsroom, &anna).await;
        let news = &newsroom.newsroom;
        let mut change = Change::of(&issue.content);
        assert_eq!(issues::save(news, &anna, issue.id, 1, &change).await.unwrap().version, 1, "nothing changed");
        change.picks.rotate_left(1);
        change.picks[0].note = " Read\nthis ".to_owned();
        change.subject = "Nine days\r\nBcc: all@news.example".to_owned();
        change.intro = issues::text::read("Dear **readers**,", &change.intro, &Language::english());
        (change.other_subject, change.percent) = ("Another".to_owned(), "20".to_owned());
        assert_eq!(issues::save(news, &anna, issue.id, 1, &change).await.unwrap().version, 2);
        let saved = now(&newsroom, issue.id).await.content;
        assert_eq!(saved.subject, "Nine days Bcc: all@news.example");
        assert_eq!((saved.picks[0].note.as_str(), saved.picks[0].reasons.len()), ("Read this", 1));
        assert_eq!(saved.other_subject.as_ref().unwrap().percent, 20);
        assert_eq!(stopped(issues::save(news, &bert, issue.id, 1, &Change::default()).await), Stop::ChangedSince);
        let hidden = desk::create(news, &anna, &Language::english()).await.unwrap();
        let with = |story| Change {
            picks: vec![Picked { story, note: String::new(), extent: Extent::Headline }],
            ..Change::default()
        };
        assert_eq!(stopped(issues::save(news, &bert, issue.id, 2, &with(hidden)).await), Stop::NotPublic);
        let nobody = StoryId(uuid::Uuid::nil());
        assert_eq!(stopped(issues::save(news, &bert, issue.id, 2, &with(nobody)).await), Stop::NotPublic);
        issues::approve(news, &bert, issue.id, 2, false).await.unwrap();
        let closed = issues::save(news, &anna, issue.id, 2, &Change::default()).await;
        assert_eq!(stopped(closed), Stop::State(IssueState::Approved));
    }

    async fn the_subject_follows_the_picks_until_somebody_writes_their_own(newsroom: TestNewsroom, anon: Anon) {
        let anna = person(&newsroom, &anon, Role::NewsletterEditor, "anna").await;
        let (_, issue) = drafted(&newsroom, &anna).await;
        let news = &newsroom.newsroom;
        let lines = async || {
            let content = now(&newsroom, issue.id).await.content;
            (content.subject, content.preview)
        };
        let before = lines().await;
        let mut change = Change::of(&issue.content);
        let gone = change.picks.remove(1);
        issues::save(news, &anna, issue.id, 1, &change).await.unwrap();
        let after = lines().await;
        assert_eq!(after.0, before.0, "the first story stayed");
        let tx = &mut news.store().read().await.unwrap();
        let headline = store::story_heads(tx, &[gone.story]).await.unwrap().remove(0).headline;
        assert!(before.1.contains(&headline) && !after.1.contains(&headline), "{after:?}");
        // Their own stays, and the other line follows on.
        let mut change = Change { subject: "Our week".to_owned(), ..Change::of(&now(&newsroom, issue.id).await.content) };
        issues::save(news, &anna, issue.id, 2, &change).await.unwrap();
        change.preview = lines().await.1;
        change.picks.reverse();
        issues::save(news, &anna, issue.id, 3, &change).await.unwrap();
        let last = lines().await;
        assert_eq!(last.0, "Our week");
        assert_ne!(last.1, after.1);
    }

    async fn a_second_person_approves_where_that_is_set(newsroom: TestNewsroom, anon: Anon) {
        let anna = person(&newsroom, &anon, Role::NewsletterEditor, "anna").await;
        let bert = person(&newsroom, &anon, Role::Publisher, "bert").await;
        let cara = person(&newsroom, &anon, Role::Editor, "cara").await;
        let (id, issue) = drafted(&newsroom, &anna).await;
        let news = &newsroom.newsroom;
        let form = Settings { slug: "the-week".to_owned(), second_person: true, ..fridays() };
        issues::change_newsletter(news, &anna, id, &form).await.unwrap();
        let change = Change { subject: "Nine days".to_owned(), ..Change::of(&issue.content) };
        issues::save(news, &anna, issue.id, 1, &change).await.unwrap();
        assert_eq!(stopped(issues::approve(news, &anna, issue.id, 2, false).await), Stop::SecondPerson);
        assert!(matches!(issues::approve(news, &cara, issue.id, 2, false).await, Err(Error::Denied(_))));
        assert_eq!(stopped(issues::approve(news, &bert, issue.id, 1, false).await), Stop::ChangedSince);
        issues::approve(news, &bert, issue.id, 2, false).await.unwrap();
        let approved = now(&newsroom, issue.id).await.approved.unwrap();
        assert_eq!(approved.1, "bert");
    }

    async fn an_issue_is_postponed_reopened_sent_now_and_given_up(newsroom: TestNewsroom, anon: Anon) {
        let anna = person(&newsroom, &anon, Role::NewsletterEditor, "anna").await;
        let (id, issue) = drafted(&newsroom, &anna).await;
        let news = &newsroom.newsroom;
        issues::approve(news, &anna, issue.id, 1, false).await.unwrap();
        let later = next_friday().plus_millis(3 * HOUR);
        issues::set_time(news, &anna, issue.id, Some(later)).await.unwrap();
        until(&newsroom, next_friday()).await;
        assert_eq!(handed_over(&newsroom, issue.id).await, 0, "it went out at the time that it had before");
        assert_eq!(now(&newsroom, issue.id).await.state, IssueState::Approved);
        assert_eq!(all(&newsroom, id).await.len(), 1, "a postponed issue was made again");
        issues::reopen(news, &anna, issue.id).await.unwrap();
        until(&newsroom, later).await;
        assert_eq!(now(&newsroom, issue.id).await.state, IssueState::Held);
        assert_eq!(stopped(issues::set_time(news, &anna, issue.id, Some(next_friday())).await), Stop::TimePassed);
        issues::set_time(news, &anna, issue.id, Some(later.plus_millis(HOUR))).await.unwrap();
        assert_eq!(now(&newsroom, issue.id).await.state, IssueState::Draft);
        assert_eq!(stopped(issues::send_now(news, &anna, issue.id).await), Stop::State(IssueState::Draft));
        issues::approve(news, &anna, issue.id, 1, false).await.unwrap();
        issues::send_now(news, &anna, issue.id).await.unwrap();
        assert_eq!(handed_over(&newsroom, issue.id).await, 1);
        issues::cancel(news, &anna, issue.id).await.unwrap();
        let over = now(&newsroom, issue.id).await;
        assert_eq!((over.state, over.number), (IssueState::Cancelled, -1));
        let by_hand = issues::create(news, &anna, id).await.unwrap();
        assert_eq!(now(&newsroom, by_hand).await.number, 1, "what was given up left a gap");
        assert_eq!(stopped(issues::cancel(news, &anna, issue.id).await), Stop::State(IssueState::Cancelled));
    }

    async fn a_new_schedule_takes_the_draft_that_waits_along(newsroom: TestNewsroom, anon: Anon) {
        let anna = person(&newsroom, &anon, Role::NewsletterEditor, "anna").await;
        let (id, issue) = drafted(&newsroom, &anna).await;
        let form = Settings { slug: "the-week".to_owned(), weekday: "6".to_owned(), time: "10:30".to_owned(), ..fridays() };
        issues::change_newsletter(&newsroom.newsroom, &anna, id, &form).await.unwrap();
        let moved = now(&newsroom, issue.id).await;
        assert_eq!(moved.due_at.unwrap().to_string(), "2025-07-19T08:30:00Z");
        assert_eq!(all(&newsroom, id).await.len(), 1);
        until(&newsroom, next_friday().plus_millis(DAY)).await;
        assert_eq!(now(&newsroom, issue.id).await.state, IssueState::Draft, "held at the old time");
    }

    async fn the_week_is_suggested_by_front_page_reads_and_age(newsroom: TestNewsroom, anon: Anon) {
        let anna = person(&newsroom, &anon, Role::NewsletterEditor, "anna").await;
        let id = weekly(&newsroom, &anna).await;
        let news = &newsroom.newsroom;
        let (old, read) = (published(&newsroom, &anna, "The ferry").await, published(&newsroom, &anna, "The tram").await);
        let newest = published(&newsroom, &anna, "The bakery").await;
        app::front::change(news, &anna, &Language::english(), app::front::Change::Pin(old)).await.unwrap();
        let day = app::reads::day_of(&news.settings().await.unwrap(), news.clock().now());
        let mut tx = news.store().begin().await.unwrap();
        store::read_day_add(&mut tx, day, &[(read, 40), (newest, 2)]).await.unwrap();
        store::read_day_add(&mut tx, day - 30, &[(newest, 900)]).await.unwrap();
        tx.commit().await.unwrap();
        let issue = issues::create(news, &anna, id).await.unwrap();
        let picks = now(&newsroom, issue).await.content.picks;
        let order: Vec<StoryId> = picks.iter().map(|pick| pick.story).collect();
        assert_eq!(order, [old, read, newest]);
        assert_eq!(picks[0].reasons[0], Reason::Front { place: 1 });
        assert_eq!(picks[1].reasons[0], Reason::Read { count: 40 });
        assert_eq!(picks[2].reasons[0], Reason::Read { count: 2 });
        let change = Change { picks: Vec::new(), ..Change::of(&now(&newsroom, issue).await.content) };
        issues::save(news, &anna, issue, 1, &change).await.unwrap();
        let offers = issues::offers(news, &anna, issue, "").await.unwrap();
        assert_eq!(offers.iter().map(|offer| offer.head.id).collect::<Vec<_>>(), [old, read, newest]);
        let found = issues::offers(news, &anna, issue, "bak").await.unwrap();
        assert_eq!(found.iter().map(|offer| offer.head.id).collect::<Vec<_>>(), [newest]);
    }

    async fn the_checks_find_what_is_missing_and_what_changed(newsroom: TestNewsroom, anon: Anon) {
        let anna = person(&newsroom, &anon, Role::NewsletterEditor, "anna").await;
        let (id, issue) = drafted(&newsroom, &anna).await;
        let news = &newsroom.newsroom;
        let look = async || keys(&issues::open(news, &anna, issue.id).await.unwrap().findings);
        assert_eq!(look().await, Vec::<&str>::new());
        let story = issue.content.picks[0].story;
        newsroom.clock.advance_millis(1_000);
        desk::correct(news, &anna, story, "It was Friday.").await.unwrap();
        assert_eq!(look().await, ["corrected"]);
        let long = Change { subject: "x".repeat(61), preview: String::new(), ..Change::of(&issue.content) };
        issues::save(news, &anna, issue.id, 1, &long).await.unwrap();
        assert_eq!(look().await, ["corrected", "no-preview", "long-subject"]);
        issues::save(news, &anna, issue.id, 2, &Change::default()).await.unwrap();
        assert_eq!(look().await, ["no-subject", "empty", "no-preview"]);
        let form = Settings { slug: "the-week".to_owned(), sender: String::new(), ..fridays() };
        issues::change_newsletter(news, &anna, id, &form).await.unwrap();
        settings::change(news, "test", &[("address".to_owned(), String::new())]).await.unwrap().unwrap();
        let found = look().await;
        assert!(found.contains(&"no-sender") && found.contains(&"no-address"), "{found:?}");
        let long = "word ".repeat(22_000);
        let words = issues::text::read(&long, &model::Document::default(), &Language::english());
        issues::save(news, &anna, issue.id, 3, &Change { intro: words, ..Change::default() }).await.unwrap();
        let opened = issues::open(news, &anna, issue.id).await.unwrap();
        let cut = opened.findings.iter().find(|finding| finding.key == "cut").unwrap();
        assert!(cut.count > 110 && opened.bytes > check::CUT, "{cut:?}");
    }

    async fn an_issue_reads_the_same_in_every_form_and_leaves_its_blanks(newsroom: TestNewsroom, anon: Anon) {
        let anna = person(&newsroom, &anon, Role::NewsletterEditor, "anna").await;
        let (_, issue) = drafted(&newsroom, &anna).await;
        let news = &newsroom.newsroom;
        let reserve = [("reserve".to_owned(), "https://mirror.example".to_owned())];
        settings::change(news, "test", &reserve).await.unwrap().unwrap();
        let change = Change { intro: issues::text::read("Dear readers,", &issue.content.intro, &Language::english()), ..Change::of(&issue.content) };
        issues::save(news, &anna, issue.id, 1, &change).await.unwrap();
        let issue = now(&newsroom, issue.id).await;
        let mut tx = news.store().read().await.unwrap();
        let letters = issues::letters(news, &mut tx, &issue, ("marku", "markp")).await.unwrap();
        assert_eq!(letters.len(), 4);
        for letter in &letters {
            assert_eq!((letter.html.matches("marku").count(), letter.text.matches("markp").count()), (2, 2));
            for body in [&letter.html, &letter.text] {
                assert!(body.contains("https://news.example/newsletter/the-week/1/"), "{body}");
                assert!(body.contains("https://mirror.example"), "{body}");
                assert_eq!(body.contains("Dear readers"), letter.form == MailForm::Full, "{body}");
                assert!(body.contains("https://news.example/2025/07/11/the-bakery/"), "{body}");
            }
            assert_eq!(letter.subject == "The bakery", !letter.neutral);
            assert_eq!(letter.neutral, !letter.html.contains("The tram · The ferry"), "the first line tells");
        }
        drop(tx);
        let look = Look { form: Form::Html, mail: MailForm::Full, dark: true, turned: true };
        let html = issues::preview(news, issue.id, look).await.unwrap();
        assert!(html.contains("dir=\"rtl\"") && !html.contains("https://news.example"));
        let text = issues::preview(news, issue.id, Look { form: Form::Text, ..look }).await.unwrap();
        assert!(text.contains("What happened: The bakery"));
    }

    async fn a_link_shows_an_issue_until_it_is_taken_back(newsroom: TestNewsroom, anon: Anon) {
        let anna = person(&newsroom, &anon, Role::NewsletterEditor, "anna").await;
        let (_, issue) = drafted(&newsroom, &anna).await;
        let news = &newsroom.newsroom;
        let token = issues::link(news, &anna, issue.id, 24).await.unwrap();
        assert_eq!(issues::linked(news, &token).await.unwrap().issue, issue.id);
        newsroom.clock.advance_millis(25 * HOUR);
        assert!(issues::linked(news, &token).await.is_err());
        let token = issues::link(news, &anna, issue.id, 24).await.unwrap();
        issues::unlink(news, &anna, issue.id, &token.hash()).await.unwrap();
        assert!(issues::linked(news, &token).await.is_err());
    }

    async fn a_newsletter_is_made_and_changed_in_sound_words_only(newsroom: TestNewsroom, anon: Anon) {
        let anna = person(&newsroom, &anon, Role::NewsletterEditor, "anna").await;
        let cara = person(&newsroom, &anon, Role::Editor, "cara").await;
        let news = &newsroom.newsroom;
        let new = |name: &str, slug: &str| New { name: name.to_owned(), slug: slug.to_owned(), ..New::default() };
        assert!(matches!(issues::make(news, &cara, &new("The week", "")).await, Err(Error::Denied(_))));
        assert_eq!(stopped(issues::make(news, &anna, &new(" ", "")).await), Stop::NoName);
        assert_eq!(stopped(issues::make(news, &anna, &new("The week", "No Slug")).await), Stop::Slug);
        let farsi = New { language: "fa".to_owned(), ..new("The week", "") };
        assert_eq!(stopped(issues::make(news, &anna, &farsi).await), Stop::Language("fa".to_owned()));
        let id = issues::make(news, &anna, &new("The week", "week")).await.unwrap();
        assert_eq!(stopped(issues::make(news, &anna, &new("Another week", "week")).await), Stop::SlugTaken);
        let wrong = async |form: Settings| stopped(issues::change_newsletter(news, &anna, id, &form).await);
        let bad = "letter@news.example\r\nBcc: x@y.example".to_owned();
        assert!(matches!(wrong(Settings { sender: bad, ..fridays() }).await, Stop::Address(_)));
        assert_eq!(wrong(Settings { time: "25:00".to_owned(), ..fridays() }).await, Stop::Time);
        assert_eq!(wrong(Settings { weekday: "8".to_owned(), ..fridays() }).await, Stop::Time);
        assert!(matches!(wrong(Settings { time_zone: "Mars/Olympus".to_owned(), ..fridays() }).await, Stop::Zone(_)));
        assert!(matches!(wrong(Settings { draft_hours: "200".to_owned(), ..fridays() }).await, Stop::Number(..)));
        assert!(matches!(wrong(Settings { name: "x".repeat(201), ..fridays() }).await, Stop::TooLong(200)));
        issues::change_newsletter(news, &anna, id, &fridays()).await.unwrap();
        let listed = issues::list(news).await.unwrap();
        assert_eq!(listed[0].next_due, Some(next_friday()));
        assert_eq!(Settings::of(&listed[0].newsletter), fridays());
        issues::change_newsletter(news, &anna, id, &Settings { active: false, ..fridays() }).await.unwrap();
        assert_eq!(stopped(issues::create(news, &anna, id).await), Stop::Over);
        until(&newsroom, next_friday()).await;
        assert_eq!(all(&newsroom, id).await.len(), 0, "a newsletter that is over goes on");
    }

    async fn after_a_restore_an_approved_issue_waits_for_a_person(newsroom: TestNewsroom, anon: Anon) {
        let anna = person(&newsroom, &anon, Role::NewsletterEditor, "anna").await;
        let (_, issue) = drafted(&newsroom, &anna).await;
        issues::approve(&newsroom.newsroom, &anna, issue.id, 1, false).await.unwrap();
        let file = newsroom.folder().join("backup.tar.zst");
        app::backup::write(&newsroom.newsroom, &file, &|_, _| {}).await.unwrap();
        let dir = tempfile::tempdir().unwrap();
        let clock = std::sync::Arc::new(model::FixedClock::at(newsroom.newsroom.clock().now()));
        let other = empty_newsroom_at(dir.path(), None, std::sync::Arc::clone(&clock)).await;
        restore(&other, std::fs::read(&file).unwrap(), dir.path()).await.unwrap();
        clock.advance_millis(next_friday().as_millis() - clock.now().as_millis());
        while jobs::run_due(&other).await.unwrap() > 0 {}
        let held = issue_in(&other, issue.id).await;
        assert_eq!((held.state, held.why.as_deref()), (IssueState::Held, Some("restored")));
        assert_eq!(handed_over_in(&other, issue.id).await, 0);
    }
}
