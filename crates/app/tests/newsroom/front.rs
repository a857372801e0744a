//! The front page as editors make it, and the breaking banner, as readers get them.

use app::{
    Error,
    front::{self, Change},
    jobs,
    staff::Denial,
    stories::desk::{self, Changes},
};
use model::{Language, Role, Staff, StoryId, Timestamp};
use serde_json::json;
use testkit::{Anon, TestNewsroom, both_backends};

use crate::refused;

async fn editor(newsroom: &TestNewsroom, anon: &Anon) -> Staff {
    newsroom.person(anon, Role::Editor, "anna").await.unwrap().staff
}

/// A public story and its path; each is a second newer than the one before.
async fn published(newsroom: &TestNewsroom, by: &Staff, headline: &str) -> (StoryId, String) {
    let news = &newsroom.newsroom;
    newsroom.clock.advance_millis(1_000);
    let id = desk::create(news, by, &Language::english()).await.unwrap();
    let first: Changes = serde_json::from_value(json!({ "headline": headline })).unwrap();
    desk::save(news, by, id, 0, first).await.unwrap();
    let story = desk::publish(news, by, id, Some(1)).await.unwrap();
    (id, story.path.unwrap().to_string())
}

fn before(page: &str, first: &str, second: &str) -> bool {
    page.find(first).unwrap() < page.find(second).unwrap()
}

fn in_minutes(newsroom: &TestNewsroom, minutes: i64) -> Timestamp {
    newsroom.newsroom.clock().now().plus_millis(minutes * 60_000)
}

both_backends! {
    async fn pinned_stories_stand_on_top_in_the_editors_order(newsroom: TestNewsroom, anon: Anon) {
        let (news, anna, english) = (&newsroom.newsroom, editor(&newsroom, &anon).await, Language::english());
        let (oldest, _) = published(&newsroom, &anna, "Oldest").await;
        let (middle, _) = published(&newsroom, &anna, "Middle").await;
        published(&newsroom, &anna, "Newest").await;
        assert!(before(&anon.get("/").await.text(), "Newest", "Oldest"));
        front::change(news, &anna, &english, Change::Pin(oldest)).await.unwrap();
        front::change(news, &anna, &english, Change::Pin(middle)).await.unwrap();
        let page = anon.get("/").await.text();
        assert!(before(&page, "Middle", "Oldest") && before(&page, "Oldest", "Newest"));
        front::change(news, &anna, &english, Change::Down(middle)).await.unwrap();
        front::change(news, &anna, &english, Change::Down(middle)).await.unwrap();
        let page = anon.get("/").await.text();
        assert!(before(&page, "Oldest", "Middle") && before(&page, "Middle", "Newest"));
        front::change(news, &anna, &english, Change::Up(middle)).await.unwrap();
        assert!(before(&anon.get("/").await.text(), "Middle", "Oldest"));
        front::change(news, &anna, &english, Change::Unpin(middle)).await.unwrap();
        front::change(news, &anna, &english, Change::Unpin(middle)).await.unwrap();
        let page = anon.get("/").await.text();
        assert!(before(&page, "Oldest", "Newest") && before(&page, "Newest", "Middle"));
    }

    async fn only_so_many_stories_of_the_language_are_pinned_and_only_by_editors(newsroom: TestNewsroom, anon: Anon) {
        let (news, anna, english) = (&newsroom.newsroom, editor(&newsroom, &anon).await, Language::english());
        let bert = newsroom.person(&anon, Role::Reporter, "bert").await.unwrap().staff;
        let (first, _) = published(&newsroom, &anna, "First").await;
        let denied = front::change(news, &bert, &english, Change::Pin(first)).await.err();
        assert!(matches!(denied, Some(Error::Denied(Denial::Role))), "{denied:?}");
        let gone = front::change(news, &anna, &english, Change::Pin(StoryId(uuid::Uuid::nil()))).await.err();
        assert!(matches!(gone, Some(Error::Denied(Denial::Gone))), "{gone:?}");
        let persian = Language::new("fa").unwrap();
        let text = refused(front::change(news, &anna, &persian, Change::Pin(first)).await);
        assert!(text.contains("does not publish in `fa`"), "{text}");
        desk::withdraw(news, &anna, first, "").await.unwrap();
        let text = refused(front::change(news, &anna, &english, Change::Pin(first)).await);
        assert!(text.contains("withdrawn"), "{text}");
        for number in 0..front::PINS {
            let (id, _) = published(&newsroom, &anna, &format!("Story {number}")).await;
            front::change(news, &anna, &english, Change::Pin(id)).await.unwrap();
        }
        let (last, _) = published(&newsroom, &anna, "One too many").await;
        let text = refused(front::change(news, &anna, &english, Change::Pin(last)).await);
        assert!(text.contains("8 stories are pinned"), "{text}");
    }

    async fn a_breaking_banner_stands_on_every_page_until_its_time_and_not_a_moment_longer(newsroom: TestNewsroom, anon: Anon) {
        let (news, anna, english) = (&newsroom.newsroom, editor(&newsroom, &anon).await, Language::english());
        let (_, path) = published(&newsroom, &anna, "The minister arrives").await;
        let pages = ["/", "/latest/", "/lite/", path.as_str(), "/nowhere/"];
        for page in pages {
            assert!(!anon.get(page).await.text().contains("Ferry sunk"), "{page}");
        }
        let until = in_minutes(&newsroom, 10);
        front::set(news, &anna, &english, "Ferry  sunk\noff Wonsan", &path, until).await.unwrap();
        for page in pages {
            let got = anon.get(page).await;
            assert!(got.text().contains("Ferry sunk off Wonsan"), "{page} has no banner");
            assert_eq!(got.header("cache-control"), "public, max-age=10", "{page}");
        }
        // A longer time: the job of the shorter one finds that it came too early.
        front::set(news, &anna, &english, "Ferry sunk off Wonsan", &path, in_minutes(&newsroom, 20)).await.unwrap();
        newsroom.clock.advance_millis(10 * 60_000);
        jobs::run_due(news).await.unwrap();
        assert!(anon.get("/").await.text().contains("Ferry sunk"));
        newsroom.clock.advance_millis(10 * 60_000 - 1);
        jobs::run_due(news).await.unwrap();
        assert!(anon.get("/").await.text().contains("Ferry sunk"), "it went a millisecond early");
        newsroom.clock.advance_millis(1);
        // Nothing that is put together from now on shows it, although no job has run.
        assert!(!anon.get("/archive/").await.text().contains("Ferry sunk"));
        jobs::run_due(news).await.unwrap();
        for page in pages {
            assert!(!anon.get(page).await.text().contains("Ferry sunk"), "{page} still has it");
        }
        assert_eq!(front::open(news, &english).await.unwrap().breaking, None);
    }

    async fn a_banner_is_taken_down_at_once_and_follows_the_story_it_leads_to(newsroom: TestNewsroom, anon: Anon) {
        let (news, anna, english) = (&newsroom.newsroom, editor(&newsroom, &anon).await, Language::english());
        let (id, path) = published(&newsroom, &anna, "The minister arrives").await;
        front::set(news, &anna, &english, "He is here", &path, in_minutes(&newsroom, 60)).await.unwrap();
        let banner = |page: String| page.split("</aside>").next().unwrap().to_owned();
        assert!(banner(anon.get("/latest/").await.text()).contains("the-minister-arrives"));
        desk::withdraw(news, &anna, id, "").await.unwrap();
        let shown = banner(anon.get("/latest/").await.text());
        assert!(shown.contains("He is here") && !shown.contains("the-minister-arrives"), "{shown}");
        front::clear(news, &anna, &english).await.unwrap();
        assert!(!anon.get("/latest/").await.text().contains("He is here"));
        jobs::run_due(news).await.unwrap();
    }

    async fn a_banner_says_something_leads_nowhere_else_and_ends(newsroom: TestNewsroom, anon: Anon) {
        let (news, anna, english) = (&newsroom.newsroom, editor(&newsroom, &anon).await, Language::english());
        let (soon, past) = (in_minutes(&newsroom, 60), in_minutes(&newsroom, -1));
        let long = "a".repeat(front::BREAKING_TEXT + 1);
        for (text, link, until, wanted) in [
            (" \n", "", soon, "140 characters"),
            (long.as_str(), "", soon, "140 characters"),
            ("News", "https://evil.example/", soon, "page of this site"),
            ("News", "//evil.example/", soon, "page of this site"),
            ("News", "javascript:alert(1)", soon, "page of this site"),
            ("News", "", past, "has passed"),
            ("News", "", in_minutes(&newsroom, 60 * 24 * 8), "7 days"),
        ] {
            let said = refused(front::set(news, &anna, &english, text, link, until).await);
            assert!(said.contains(wanted), "{said}");
        }
    }
}
