//! Publishing, correcting, withdrawing, scheduling: seen by a reader as soon as the call returns.

use app::{import::System, jobs, stories};
use model::{Document, Language, Slug, Story, StoryGroupId, StoryId, StoryState, document::Block};
use testkit::{TestNewsroom, both_backends};

use crate::write_site;

async fn draft(newsroom: &TestNewsroom, headline: &str) -> Story {
    let (now, chance) = (newsroom.newsroom.clock().now(), newsroom.newsroom.chance());
    let story = Story {
        id: StoryId::new(now, chance),
        group: StoryGroupId::new(now, chance),
        language: Language::english(),
        slug: Slug::from_text(headline).unwrap(),
        path: None,
        headline: headline.to_owned(),
        standfirst: String::new(),
        document: Document::new(vec![Block::paragraph("Body of the story.")]),
        lead_photo: None,
        section: None,
        sources: Vec::new(),
        state: StoryState::Draft,
        published_at: None,
        updated_at: None,
        created_at: now,
        version: 1,
    };
    let mut tx = newsroom.newsroom.store().begin().await.unwrap();
    store::story_insert(&mut tx, &story).await.unwrap();
    tx.commit().await.unwrap();
    story
}

both_backends! {
    async fn a_published_story_is_on_the_front_page_when_publish_returns(newsroom: TestNewsroom, anon: Anon) {
        assert!(!anon.get("/").await.text().contains("A bell rings"));
        let story = draft(&newsroom, "A bell rings").await;
        let published = stories::publish(&newsroom.newsroom, story.id, "editor").await.unwrap();
        assert!(anon.get("/").await.text().contains("A bell rings"), "the front page is stale");
        assert!(anon.get("/feed.xml").await.text().contains("A bell rings"), "the feed is stale");
        let path = published.path.unwrap();
        assert_eq!(path.as_str(), "/2025/07/11/a-bell-rings/");
        assert_eq!(anon.get(path.as_str()).await.status, 200);
    }

    async fn a_withdrawn_story_answers_410_and_leaves_every_list(newsroom: TestNewsroom, anon: Anon) {
        let site = tempfile::tempdir().unwrap();
        write_site(site.path());
        newsroom.import(System::Markdown, site.path(), None).await.unwrap();
        let lists = ["/", "/latest/", "/sections/world/", "/topics/harbour/", "/bylines/ada/", "/archive/2025/07/", "/feed.xml",
            "/atom.xml", "/feed.json", "/sitemap-2.xml", "/lite/", "/2025/07/02/second-ferry/"];
        for path in lists {
            assert!(anon.get(path).await.text().contains("first-ferry"), "{path} does not list the story");
        }
        let mut tx = newsroom.newsroom.store().read().await.unwrap();
        let story = store::story_by_path(&mut tx, "/2025/07/01/first-ferry/").await.unwrap().unwrap();
        drop(tx);
        stories::withdraw(&newsroom.newsroom, story.id, "editor", "").await.unwrap();
        assert_eq!(anon.get("/2025/07/01/first-ferry/").await.status, 410);
        for path in lists {
            assert!(!anon.get(path).await.text().contains("first-ferry"), "{path} still lists the story");
        }
    }

    async fn a_correction_is_shown_on_the_page(newsroom: TestNewsroom, anon: Anon) {
        let story = draft(&newsroom, "A bell rings").await;
        let path = stories::publish(&newsroom.newsroom, story.id, "editor").await.unwrap().path.unwrap();
        anon.get(path.as_str()).await;
        stories::correct(&newsroom.newsroom, story.id, "It was a gong.", "editor").await.unwrap();
        assert!(anon.get(path.as_str()).await.text().contains("It was a gong."));
        let refused = stories::correct(&newsroom.newsroom, story.id, "  ", "editor").await.unwrap_err();
        assert!(refused.to_string().contains("what was wrong"), "{refused}");
    }

    async fn a_scheduled_story_appears_at_its_time_and_not_before(newsroom: TestNewsroom, anon: Anon) {
        let story = draft(&newsroom, "At noon").await;
        let at = newsroom.newsroom.clock().now().plus_millis(60_000);
        let mut tx = newsroom.newsroom.store().begin().await.unwrap();
        let scheduled = Story { state: StoryState::Scheduled, published_at: Some(at), version: 2, ..story.clone() };
        assert!(store::story_update(&mut tx, &scheduled, 1).await.unwrap());
        let payload = serde_json::json!({ "story": story.id });
        let job = jobs::job(&newsroom.newsroom, jobs::Kind::StoryPublish, payload, at);
        store::job_enqueue(&mut tx, &job).await.unwrap();
        tx.commit().await.unwrap();

        assert_eq!(jobs::run_due(&newsroom.newsroom).await.unwrap(), 0);
        assert!(!anon.get("/").await.text().contains("At noon"));
        newsroom.clock.advance_millis(60_000);
        assert_eq!(jobs::run_due(&newsroom.newsroom).await.unwrap(), 1);
        assert!(anon.get("/").await.text().contains("At noon"));
        assert_eq!(jobs::run_due(&newsroom.newsroom).await.unwrap(), 0, "it was published twice");
    }

    async fn a_job_whose_worker_was_killed_is_taken_up_by_the_next(newsroom: TestNewsroom, anon: Anon) {
        let story = draft(&newsroom, "At noon").await;
        let now = newsroom.newsroom.clock().now();
        let mut tx = newsroom.newsroom.store().begin().await.unwrap();
        let scheduled = Story { state: StoryState::Scheduled, published_at: Some(now), version: 2, ..story.clone() };
        assert!(store::story_update(&mut tx, &scheduled, 1).await.unwrap());
        let payload = serde_json::json!({ "story": story.id });
        let job = jobs::job(&newsroom.newsroom, jobs::Kind::StoryPublish, payload, now);
        store::job_enqueue(&mut tx, &job).await.unwrap();
        // A worker takes the job and is never heard of again.
        assert!(store::job_claim(&mut tx, &["story_publish"], now, 5_000).await.unwrap().is_some());
        tx.commit().await.unwrap();
        assert_eq!(jobs::run_due(&newsroom.newsroom).await.unwrap(), 0, "a leased job was taken");
        newsroom.clock.advance_millis(5_001);
        assert_eq!(jobs::run_due(&newsroom.newsroom).await.unwrap(), 1);
        assert!(anon.get("/").await.text().contains("At noon"));
    }

    async fn a_taken_path_gives_the_slug_a_number(newsroom: TestNewsroom, anon: Anon) {
        for wanted in ["/2025/07/11/same/", "/2025/07/11/same-2/"] {
            let story = draft(&newsroom, "Same").await;
            let published = stories::publish(&newsroom.newsroom, story.id, "editor").await.unwrap();
            assert_eq!(published.path.unwrap().as_str(), wanted);
        }
    }

    async fn a_story_without_a_headline_is_refused_with_advice(newsroom: TestNewsroom, anon: Anon) {
        let story = draft(&newsroom, "x").await;
        let mut tx = newsroom.newsroom.store().begin().await.unwrap();
        let bare = Story { headline: "  ".to_owned(), version: 2, ..story.clone() };
        assert!(store::story_update(&mut tx, &bare, 1).await.unwrap());
        tx.commit().await.unwrap();
        let refused = stories::publish(&newsroom.newsroom, story.id, "editor").await.unwrap_err();
        assert!(refused.to_string().contains("no headline"), "{refused}");
    }
}
