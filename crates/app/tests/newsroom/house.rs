//! The house around the stories: today, read counts, settings, logs, jobs, saved filters.

use app::{
    Error, jobs,
    log::{self, Subject},
    reads,
    settings::{self, Wrong},
    staff::Denial,
    stories::desk::{self, Changes},
    today::{self, Hint},
};
use model::{JobState, Language, Role, Staff, StoryId, StoryState};
use serde_json::json;
use testkit::{Anon, TestNewsroom, both_backends};

async fn staff(newsroom: &TestNewsroom, anon: &Anon, role: Role, handle: &str) -> Staff {
    newsroom.person(anon, role, handle).await.unwrap().staff
}

async fn written(newsroom: &TestNewsroom, by: &Staff, headline: &str) -> StoryId {
    let id = desk::create(&newsroom.newsroom, by, &Language::english()).await.unwrap();
    let text = json!([{ "type": "paragraph", "content": [{ "type": "text", "text": "He came on Friday." }] }]);
    let first: Changes =
        serde_json::from_value(json!({ "headline": headline, "document": { "version": 1, "blocks": text } })).unwrap();
    desk::save(&newsroom.newsroom, by, id, 0, first).await.unwrap();
    desk::unlock(&newsroom.newsroom, by, id).await.unwrap();
    id
}

async fn published(newsroom: &TestNewsroom, by: &Staff, headline: &str) -> (StoryId, String) {
    let id = written(newsroom, by, headline).await;
    let story = desk::publish(&newsroom.newsroom, by, id, None).await.unwrap();
    (id, story.path.unwrap().to_string())
}

async fn read(newsroom: &TestNewsroom) -> reads::Read {
    let settings = newsroom.newsroom.settings().await.unwrap();
    reads::read(&newsroom.newsroom, &settings, 14, 5).await.unwrap()
}

/// Every row of the counts, as the database has them.
async fn rows(newsroom: &TestNewsroom) -> Vec<(StoryId, i64)> {
    let settings = newsroom.newsroom.settings().await.unwrap();
    let day = reads::day_of(&settings, newsroom.newsroom.clock().now());
    store::read_day_top(&mut newsroom.newsroom.store().read().await.unwrap(), day, 100).await.unwrap()
}

fn values(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

both_backends! {
    async fn a_story_that_is_sent_is_counted_and_nothing_else_is(newsroom: TestNewsroom, anon: Anon) {
        let news = &newsroom.newsroom;
        let anna = staff(&newsroom, &anon, Role::Editor, "anna").await;
        let (id, path) = published(&newsroom, &anna, "The minister arrives").await;
        // The first comes from the press, the others from the cache; the text-only form is the same story.
        let first = anon.get(&path).await;
        for _ in 0..3 {
            assert_eq!(anon.get(&path).await.status, 200);
        }
        let lite = format!("/lite{path}");
        assert_eq!(anon.get(&lite).await.status, 200);
        // Not read: what a device has already, a look at the head, lists, feeds, what is not there.
        assert_eq!(anon.get_with(&path, &[("if-none-match", first.header("etag"))]).await.status, 304);
        let client = head_of(&anon, &path).await;
        assert_eq!(client, 200);
        for other in ["/", "/feed.xml", "/nothing/", "/robots.txt"] {
            anon.get(other).await;
        }
        let found = read(&newsroom).await;
        assert_eq!((found.now, found.now_most.clone()), (5, vec![(id, 5)]));
        assert_eq!((found.days.len(), found.days.last().unwrap().1), (14, 5), "what is not written yet is not counted in");
        assert!(rows(&newsroom).await.is_empty(), "a read was written at once");
        reads::flush(news).await.unwrap();
        assert_eq!(rows(&newsroom).await, [(id, 5)]);
        reads::flush(news).await.unwrap();
        assert_eq!(rows(&newsroom).await, [(id, 5)], "counted twice");
        anon.get(&path).await;
        reads::flush(news).await.unwrap();
        assert_eq!(rows(&newsroom).await, [(id, 6)], "a later flush replaced the earlier one");
        assert_eq!(read(&newsroom).await.today_most, [(id, 6)]);
    }

    async fn a_page_that_was_made_anew_goes_on_counting(newsroom: TestNewsroom, anon: Anon) {
        let news = &newsroom.newsroom;
        let anna = staff(&newsroom, &anon, Role::Editor, "anna").await;
        let (id, path) = published(&newsroom, &anna, "One").await;
        anon.get(&path).await;
        news.cache().clear();
        anon.get(&path).await;
        let version = desk::open(news, &anna, id).await.unwrap().draft.version;
        let change: Changes = serde_json::from_value(json!({ "standfirst": "New" })).unwrap();
        desk::save(news, &anna, id, version, change).await.unwrap();
        desk::publish(news, &anna, id, None).await.unwrap();
        anon.get(&path).await;
        assert_eq!(read(&newsroom).await.now, 3);
        newsroom.clock.advance_millis(reads::NOW_MINUTES * 60_000);
        assert_eq!(read(&newsroom).await.now, 0, "now has no end");
        assert_eq!(read(&newsroom).await.days.last().unwrap().1, 3);
    }

    async fn reading_leaves_nothing_behind_but_a_number_of_the_day(newsroom: TestNewsroom, anon: Anon) {
        let news = &newsroom.newsroom;
        let anna = staff(&newsroom, &anon, Role::Editor, "anna").await;
        let (_, path) = published(&newsroom, &anna, "One").await;
        // The server follows the journal meanwhile; it is told all of it first.
        app::connections::webhooks::follow(news).await.unwrap();
        let before = app_rows(&newsroom).await;
        let about = [("user-agent", "CanaryAgent"), ("referer", "https://canary.example/"), ("x-forwarded-for", "203.0.113.77")];
        for _ in 0..5 {
            anon.get_with(&path, &about).await;
        }
        reads::flush(news).await.unwrap();
        let after = app_rows(&newsroom).await;
        let grown: Vec<_> = after.iter().filter(|(table, rows)| before.get(*table) != Some(rows)).collect();
        assert_eq!(grown, [(&"read_day".to_owned(), &1)], "something else was written");
        let columns = store::schema::table_called("read_day").unwrap().columns;
        assert_eq!(columns.iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["day", "story", "count"]);
    }

    async fn settings_are_all_changed_or_none(newsroom: TestNewsroom, anon: Anon) {
        let news = &newsroom.newsroom;
        let bad = values(&[("name", "Meridian"), ("time_zone", "Mars/Base"), ("address", "nowhere")]);
        let wrongs = settings::change(news, "anna", &bad).await.unwrap().unwrap_err();
        let keys: Vec<&str> = wrongs.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(keys, ["time_zone", "address"]);
        assert_eq!(news.settings().await.unwrap().name.get(&Language::english()), Some("Masthead"), "half a change was written");
        let good = values(&[("languages", "en, fa"), ("name", "Meridian"), ("name:fa", "نصف‌النهار"), ("contact", "")]);
        settings::change(news, "anna", &good).await.unwrap().unwrap();
        assert!(anon.get("/").await.text().contains("Meridian"), "readers do not see the new name");
        let deeds = log::deeds(news, &store::AuditFilter::default(), i64::MAX, 10).await.unwrap();
        let (row, detail): (_, serde_json::Value) = (&deeds.rows[0], serde_json::from_str(&deeds.rows[0].detail).unwrap());
        assert_eq!((row.actor.as_str(), row.action.as_str()), ("anna", "settings_changed"));
        assert_eq!(detail["keys"], json!(["languages", "name", "name:fa"]));
        settings::change(news, "anna", &good).await.unwrap().unwrap();
        let (journal, _) = log::journal(news, i64::MAX, 10).await.unwrap();
        assert_eq!(journal.len(), 1, "a change that changes nothing stands in the journal");
    }

    async fn a_language_with_public_stories_stays(newsroom: TestNewsroom, anon: Anon) {
        let news = &newsroom.newsroom;
        let anna = staff(&newsroom, &anon, Role::Editor, "anna").await;
        settings::change(news, "anna", &values(&[("languages", "en, fa, ru")])).await.unwrap().unwrap();
        let id = desk::create(news, &anna, &"fa".parse().unwrap()).await.unwrap();
        let change: Changes = serde_json::from_value(json!({ "headline": "وزیر رسید" })).unwrap();
        desk::save(news, &anna, id, 0, change).await.unwrap();
        desk::publish(news, &anna, id, None).await.unwrap();
        let wrongs = settings::change(news, "anna", &values(&[("languages", "en")])).await.unwrap().unwrap_err();
        assert_eq!(wrongs, [("languages".to_owned(), Wrong::InUse("fa".parse().unwrap()))]);
        desk::withdraw(news, &anna, id, "").await.unwrap();
        settings::change(news, "anna", &values(&[("languages", "en")])).await.unwrap().unwrap();
    }

    async fn today_shows_what_waits_for_whom(newsroom: TestNewsroom, anon: Anon) {
        let news = &newsroom.newsroom;
        let anna = staff(&newsroom, &anon, Role::Publisher, "anna").await;
        let rosa = staff(&newsroom, &anon, Role::Reporter, "rosa").await;
        let hers = written(&newsroom, &rosa, "Rosa's").await;
        let later = written(&newsroom, &anna, "Later").await;
        let at = news.clock().now().plus_millis(90_061_000);
        desk::schedule(news, &anna, later, at).await.unwrap();
        desk::move_to(news, &rosa, hers, StoryState::InReview, Some("@anna, please look")).await.unwrap();
        let own = written(&newsroom, &rosa, "Draft of Rosa").await;
        desk::lock(news, &rosa, own, false).await.unwrap();
        let settings = news.settings().await.unwrap();
        let seen = today::today(news, &settings, &anna).await.unwrap();
        assert_eq!((seen.drafts.count, seen.review.count, seen.ready.count), (0, 1, 0));
        assert_eq!(seen.scheduled.iter().map(|head| (head.id, head.published_at)).collect::<Vec<_>>(), [(later, Some(at))]);
        assert_eq!((seen.mentions.len(), today::around(news, Some(&anna)).await.unwrap().mentions), (1, 1));
        assert_eq!(seen.held.iter().map(|(head, lock)| (head.id, lock.handle.as_str())).collect::<Vec<_>>(), [(own, "rosa")]);
        for hint in [Hint::SecondKey, Hint::SecondPublisher, Hint::Name, Hint::Address, Hint::Contact, Hint::Sections] {
            assert!(seen.hints.contains(&hint), "{hint:?} is not said");
        }
        let hers = today::today(news, &settings, &rosa).await.unwrap();
        assert_eq!((hers.drafts.count, hers.review.count), (1, 1));
        assert!(hers.scheduled.is_empty() && hers.held.is_empty(), "a reporter sees what is not theirs");
        assert_eq!(hers.hints, [Hint::SecondKey]);
    }

    async fn a_job_that_was_given_up_is_tried_again_by_an_editor_and_on_record(newsroom: TestNewsroom, anon: Anon) {
        let news = &newsroom.newsroom;
        let anna = staff(&newsroom, &anon, Role::Editor, "anna").await;
        let rosa = staff(&newsroom, &anon, Role::Reporter, "rosa").await;
        let job = model::Job { kind: "of_tomorrow".to_owned(), ..jobs::job(news, jobs::Kind::StoryPublish, json!({}), news.clock().now()) };
        let mut tx = news.store().begin().await.unwrap();
        store::job_enqueue(&mut tx, &job).await.unwrap();
        store::job_claim(&mut tx, &["of_tomorrow"], news.clock().now(), 1_000).await.unwrap().unwrap();
        store::job_fail(&mut tx, job.id, "no worker knows it", news.clock().now()).await.unwrap();
        tx.commit().await.unwrap();
        let work = log::work(news, 10).await.unwrap();
        assert_eq!((work.failed_count, work.failed[0].0.last_error.as_deref()), (1, Some("no worker knows it")));
        assert!(matches!(log::again(news, &rosa, job.id).await, Err(Error::Denied(Denial::Role))));
        log::again(news, &anna, job.id).await.unwrap();
        assert!(matches!(log::again(news, &anna, job.id).await, Err(Error::Denied(Denial::Gone))), "tried again twice");
        let work = log::work(news, 10).await.unwrap();
        assert_eq!((work.failed_count, work.open[0].state), (0, JobState::Waiting));
        let deeds = log::deeds(news, &store::AuditFilter::default(), i64::MAX, 1).await.unwrap();
        assert_eq!(deeds.rows[0].action, "job.again");
    }

    async fn the_log_names_what_was_done_something_to(newsroom: TestNewsroom, anon: Anon) {
        let news = &newsroom.newsroom;
        let anna = staff(&newsroom, &anon, Role::Publisher, "anna").await;
        let rosa = staff(&newsroom, &anon, Role::Reporter, "rosa").await;
        let id = written(&newsroom, &anna, "The minister arrives").await;
        app::staff::set_role(news, rosa.id, Role::Editor, "anna").await.unwrap();
        let deeds = log::deeds(news, &store::AuditFilter::default(), i64::MAX, 2).await.unwrap();
        assert_eq!(deeds.subjects[&rosa.id.0], Subject::Staff("rosa".to_owned()));
        let of_story = store::AuditFilter { subject: Some(id.0), ..store::AuditFilter::default() };
        let deeds = log::deeds(news, &of_story, i64::MAX, 10).await.unwrap();
        assert_eq!(deeds.subjects[&id.0], Subject::Story("The minister arrives".to_owned()));
        assert!(deeds.rows.iter().all(|row| row.subject == Some(id.0)) && !deeds.more);
        let (chain, _) = log::verify(news, None).await.unwrap();
        assert!(chain.broken.is_none() && chain.rows >= 2, "{chain:?}");
        let (_, found) = log::verify(news, Some(&format!(" {} ", chain.fingerprint.to_uppercase()))).await.unwrap();
        assert_eq!(found, Some(chain.rows));
    }

    async fn a_filter_is_kept_under_a_name_and_removed_by_its_owner_alone(newsroom: TestNewsroom, anon: Anon) {
        let news = &newsroom.newsroom;
        let anna = staff(&newsroom, &anon, Role::Editor, "anna").await;
        let bert = staff(&newsroom, &anon, Role::Editor, "bert").await;
        desk::save_filter(news, &anna, " In review ", "state=in_review").await.unwrap();
        for (name, query, said) in [("", "state=draft", "no name"), ("x", "", "shows everything"), (&"x".repeat(61), "mine=1", "60 characters")] {
            let refused = desk::save_filter(news, &anna, name, query).await.unwrap_err().to_string();
            assert!(refused.contains(said), "{refused}");
        }
        let kept = desk::saved_filters(news, &anna).await.unwrap();
        assert_eq!((kept.len(), kept[0].name.as_str()), (1, "In review"));
        assert!(desk::saved_filters(news, &bert).await.unwrap().is_empty());
        assert!(matches!(desk::remove_filter(news, &bert, kept[0].id).await, Err(Error::Denied(Denial::Gone))));
        desk::remove_filter(news, &anna, kept[0].id).await.unwrap();
        for number in 0..30 {
            desk::save_filter(news, &anna, &number.to_string(), "mine=1").await.unwrap();
        }
        let refused = desk::save_filter(news, &anna, "one more", "mine=1").await.unwrap_err().to_string();
        assert!(refused.contains("30 filters is the most"), "{refused}");
    }
}

/// Rows of every table.
async fn app_rows(newsroom: &TestNewsroom) -> std::collections::BTreeMap<String, i64> {
    let mut tx = newsroom.newsroom.store().read().await.unwrap();
    let mut rows = std::collections::BTreeMap::new();
    for table in store::schema::TABLES {
        rows.insert(table.name.to_owned(), store::schema::row_count(&mut tx, table).await.unwrap());
    }
    rows
}

/// The status of a HEAD, spoken by hand.
async fn head_of(anon: &Anon, path: &str) -> u16 {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let mut stream = tokio::net::TcpStream::connect(anon.address.trim_start_matches("http://")).await.unwrap();
    let request = format!("HEAD {path} HTTP/1.1\r\nhost: a.example\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut got = String::new();
    stream.read_to_string(&mut got).await.unwrap();
    got.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default()
}
