//! An archive of a hundred thousand stories: what lists cost there. Run by hand, for numbers:
//! `cargo test -p store --test backends large -- --ignored --nocapture`

#![expect(clippy::print_stderr, reason = "the numbers are what this is for")]

use std::time::Instant;

use model::{Language, Story};
use store::*;

use crate::{Backend, Maker, noon};

const STORIES: usize = 100_000;
const IN_ONE_COMMIT: usize = 500;

async fn imported(store: &Store) -> (Vec<model::Topic>, model::Section, Story) {
    let make = Maker::new();
    let topics: Vec<_> = (0..300).map(|n| make.topic(&format!("topic-{n}"))).collect();
    let (section, byline) = (make.section("world"), make.byline("anna"));
    let mut tx = store.begin().await.unwrap();
    for topic in &topics {
        topic_insert(&mut tx, topic).await.unwrap();
    }
    section_insert(&mut tx, &section).await.unwrap();
    byline_insert(&mut tx, &byline).await.unwrap();
    tx.commit().await.unwrap();
    let mut template = make.story("template");
    template.document =
        model::Document::new((0..20).map(|_| model::document::Block::paragraph("Forty words. ".repeat(20))).collect());
    let mut last = template.clone();
    for batch in 0..STORIES / IN_ONE_COMMIT {
        let mut tx = store.begin().await.unwrap();
        for number in batch * IN_ONE_COMMIT..(batch + 1) * IN_ONE_COMMIT {
            let story = make.story(&format!("story-{number}"));
            let story = Story { section: Some(section.id), document: template.document.clone(), ..story };
            let foreign = number.to_string();
            assert_eq!(import_link(&mut tx, "wordpress:old.example", "story", &foreign).await.unwrap(), None);
            story_insert(&mut tx, &story).await.unwrap();
            // The first topic is about everything, the others are rarer.
            let about = [0, 1 + number % 30, 31 + number % 269].map(|index| topics[index].id);
            story_set_topics(&mut tx, story.id, &about).await.unwrap();
            story_set_bylines(&mut tx, story.id, &[byline.id]).await.unwrap();
            let from = format!("/?p={number}");
            redirect_set(&mut tx, &Redirect { from, to: RedirectTo::Story(story.id) }, noon()).await.unwrap();
            import_link_set(&mut tx, "wordpress:old.example", "story", &foreign, story.id.0, "f", noon())
                .await
                .unwrap();
            last = story;
        }
        tx.commit().await.unwrap();
    }
    (topics, section, last)
}

macro_rules! timed {
    ($what:literal, $work:expr) => {{
        let start = Instant::now();
        let done = $work;
        eprintln!("  {:<44}{:>9.2} ms", $what, start.elapsed().as_secs_f64() * 1_000.0);
        done
    }};
}

#[tokio::test]
#[ignore = "takes minutes; run by hand, for numbers"]
async fn lists_of_a_large_archive_are_quick() {
    for backend in [Some(Backend::sqlite()), Backend::postgres().await].into_iter().flatten() {
        let store = backend.open().await;
        let start = Instant::now();
        let (topics, section, last) = imported(&store).await;
        let rate = STORIES as f64 / start.elapsed().as_secs_f64();
        eprintln!("{}: {rate:.0} stories a second", if store.is_postgres() { "PostgreSQL" } else { "SQLite" });
        timed!("optimize", store.optimize().await.unwrap());
        let english = Language::english();
        let listing =
            |scope, offset| Listing { language: english.clone(), scope, oldest_first: false, limit: 20, offset };
        let mut tx = store.read().await.unwrap();
        let common = Scope::Topic(topics[0].id);
        for _ in 0..2 {
            timed!("story by path", story_by_path(&mut tx, last.path.as_ref().unwrap().as_str()).await.unwrap());
            timed!("latest", story_list(&mut tx, &listing(Scope::Latest, 0)).await.unwrap());
            timed!("latest, page 4000", story_list(&mut tx, &listing(Scope::Latest, 80_000)).await.unwrap());
            timed!("section", story_list(&mut tx, &listing(Scope::Section(section.id), 0)).await.unwrap());
            timed!("topic of all", story_list(&mut tx, &listing(common, 0)).await.unwrap());
            timed!("topic of all, page 4000", story_list(&mut tx, &listing(common, 80_000)).await.unwrap());
            timed!("count latest", story_count(&mut tx, &english, &Scope::Latest).await.unwrap());
            timed!("count topic of all", story_count(&mut tx, &english, &common).await.unwrap());
            timed!("months", story_months(&mut tx, &english).await.unwrap());
            timed!("topic counts", topic_counts(&mut tx, &english).await.unwrap());
            timed!("sharing topics", story_sharing_topics(&mut tx, last.id, 6).await.unwrap());
            timed!("sitemap page of 1000", story_public_paths(&mut tx, None, 1_000).await.unwrap());
        }
        drop(tx);
        store.close().await;
    }
}
