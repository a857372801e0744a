//! Lists of published stories.

use model::{Language, Path, Story, StoryId, StoryState};
use store::*;

use crate::{Maker, both_backends};

fn page_of(scope: Scope) -> Listing {
    Listing { language: Language::english(), scope, oldest_first: false, limit: 10, offset: 0 }
}

async fn ids(tx: &mut Tx, listing: &Listing) -> Vec<StoryId> {
    story_list(tx, listing).await.unwrap().into_iter().map(|head| head.id).collect()
}

#[tokio::test]
async fn every_list_holds_its_published_stories_in_order() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        let (section, topic, byline) = (make.section("world"), make.topic("korea"), make.byline("anna"));
        section_insert(&mut tx, &section).await.unwrap();
        topic_insert(&mut tx, &topic).await.unwrap();
        byline_insert(&mut tx, &byline).await.unwrap();
        let old = Story { path: Some(Path::new("/2024/12/31/old/")), ..make.story("old") };
        // Published in the same millisecond: the id decides.
        let new = make.story("new");
        let twin = Story { published_at: new.published_at, ..make.story("twin") };
        let russian = Story {
            language: Language::new("ru").unwrap(),
            path: Some(Path::new("/ru/2025/07/11/new/")),
            group: new.group,
            ..make.story("new")
        };
        let draft = make.draft("draft");
        for story in [&old, &new, &twin, &russian, &draft] {
            let story = Story { section: Some(section.id), ..story.clone() };
            story_insert(&mut tx, &story).await.unwrap();
            story_set_topics(&mut tx, story.id, &[topic.id]).await.unwrap();
            story_set_bylines(&mut tx, story.id, &[byline.id]).await.unwrap();
        }
        let english = Language::english();
        for scope in [Scope::Latest, Scope::Section(section.id), Scope::Topic(topic.id), Scope::Byline(byline.id)] {
            assert_eq!(ids(&mut tx, &page_of(scope)).await, [twin.id, new.id, old.id], "{scope:?}");
            let timeline = Listing { oldest_first: true, limit: 2, offset: 1, ..page_of(scope) };
            assert_eq!(ids(&mut tx, &timeline).await, [new.id, twin.id], "{scope:?}");
            assert_eq!(story_count(&mut tx, &english, &scope).await.unwrap(), 3, "{scope:?}");
            let in_russian = Listing { language: russian.language.clone(), ..page_of(scope) };
            assert_eq!(ids(&mut tx, &in_russian).await, [russian.id], "{scope:?}");
        }
        let july = Scope::Month { year: 2025, month: 7 };
        assert_eq!(ids(&mut tx, &page_of(july)).await, [twin.id, new.id]);
        assert_eq!(story_count(&mut tx, &english, &july).await.unwrap(), 2);
        assert_eq!(story_months(&mut tx, &english).await.unwrap(), [(2025, 7, 2), (2024, 12, 1)]);
        let group: Vec<_> = story_translations(&mut tx, new.group).await.unwrap().iter().map(|h| h.id).collect();
        assert_eq!(group, [new.id, russian.id]);
        assert_eq!(topic_counts(&mut tx, &english).await.unwrap(), [(topic.clone(), 3)]);
    })
    .await;
}

#[tokio::test]
async fn a_story_leaves_its_lists_when_it_is_withdrawn_and_comes_back() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        let (topic, byline) = (make.topic("korea"), make.byline("anna"));
        topic_insert(&mut tx, &topic).await.unwrap();
        byline_insert(&mut tx, &byline).await.unwrap();
        let mut story = make.story("a");
        story_insert(&mut tx, &story).await.unwrap();
        story_set_topics(&mut tx, story.id, &[topic.id]).await.unwrap();
        story_set_bylines(&mut tx, story.id, &[byline.id]).await.unwrap();
        for (state, wanted) in [(StoryState::Withdrawn, 0), (StoryState::Published, 1)] {
            story.state = state;
            story.version += 1;
            assert!(story_update(&mut tx, &story, story.version - 1).await.unwrap());
            for scope in [Scope::Latest, Scope::Topic(topic.id), Scope::Byline(byline.id)] {
                assert_eq!(ids(&mut tx, &page_of(scope)).await.len(), wanted, "{scope:?} {state:?}");
            }
        }
        tx.commit().await.unwrap();
        assert_eq!(store.integrity().await.unwrap(), Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn read_more_offers_most_shared_topics_first_then_the_newest() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        let topics = ["korea", "russia", "army", "sport"].map(|slug| make.topic(slug));
        for topic in &topics {
            topic_insert(&mut tx, topic).await.unwrap();
        }
        let [korea, russia, army, sport] = topics.each_ref().map(|topic| topic.id);
        let stories = [
            (make.story("two-shared"), vec![korea, russia]),
            (make.story("one-shared-old"), vec![army]),
            (make.story("one-shared-new"), vec![russia, sport]),
            (make.story("none-shared"), vec![sport]),
            (make.draft("draft"), vec![korea, russia, army]),
            (make.story("this"), vec![korea, russia, army]),
        ];
        for (story, topics) in &stories {
            story_insert(&mut tx, story).await.unwrap();
            story_set_topics(&mut tx, story.id, topics).await.unwrap();
        }
        let this = stories[5].0.id;
        let found = story_sharing_topics(&mut tx, this, 10).await.unwrap();
        let slugs: Vec<_> = found.iter().map(|head| head.id).collect();
        assert_eq!(slugs, [stories[0].0.id, stories[2].0.id, stories[1].0.id]);
        assert_eq!(story_sharing_topics(&mut tx, this, 1).await.unwrap().len(), 1);
        story_set_topics(&mut tx, this, &[]).await.unwrap();
        assert!(story_sharing_topics(&mut tx, this, 10).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_front_page_shows_what_is_published_in_order() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        let (a, b, draft) = (make.story("a"), make.story("b"), make.draft("c"));
        for story in [&a, &b, &draft] {
            story_insert(&mut tx, story).await.unwrap();
        }
        let english = Language::english();
        front_set(&mut tx, &english, &[a.id]).await.unwrap();
        front_set(&mut tx, &english, &[b.id, draft.id, a.id]).await.unwrap();
        let shown: Vec<_> = front(&mut tx, &english).await.unwrap().into_iter().map(|head| head.id).collect();
        assert_eq!(shown, [b.id, a.id]);
        assert!(front(&mut tx, &Language::new("fa").unwrap()).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_sitemap_walks_published_paths_in_the_order_of_bytes() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        for slug in ["b-1", "b1", "a", "b-b"] {
            story_insert(&mut tx, &make.story(slug)).await.unwrap();
        }
        story_insert(&mut tx, &make.draft("draft")).await.unwrap();
        let first = story_public_paths(&mut tx, None, 2).await.unwrap();
        let rest = story_public_paths(&mut tx, Some(&first[1].0), 10).await.unwrap();
        let paths: Vec<_> = first.iter().chain(&rest).map(|(path, ..)| path.rsplit('/').nth(1).unwrap()).collect();
        assert_eq!(paths, ["a", "b-1", "b-b", "b1"]);
    })
    .await;
}

#[tokio::test]
async fn scheduled_stories_are_found_when_their_time_has_come() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        let story = Story { state: StoryState::Scheduled, ..make.story("soon") };
        story_insert(&mut tx, &story).await.unwrap();
        let at = story.published_at.unwrap();
        assert!(story_scheduled_before(&mut tx, at.plus_millis(-1)).await.unwrap().is_empty());
        assert_eq!(story_scheduled_before(&mut tx, at).await.unwrap(), [story.id]);
    })
    .await;
}

/// What SQLite says it will do for a query.
async fn plan(tx: &mut Tx, sql: &str) -> String {
    use sqlx::Row as _;
    let Tx::Sqlite(inner) = tx else { unreachable!() };
    let sql = format!("EXPLAIN QUERY PLAN {sql}");
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(&mut **inner).await.unwrap();
    rows.iter().map(|row| row.get::<String, _>("detail")).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn lists_and_counts_are_read_from_indexes_alone() {
    let backend = crate::Backend::sqlite();
    let store = backend.open().await;
    let mut tx = store.read().await.unwrap();
    for keys in [
        "id, published_at FROM story WHERE language = $1 AND state = 'published' ORDER BY published_at DESC, id DESC",
        "id, published_at FROM story WHERE section = $4 AND language = $1 AND state = 'published' ORDER BY published_at, id",
        "id, published_at FROM story WHERE month = $4 AND language = $1 AND state = 'published' ORDER BY published_at DESC, id DESC",
        "story FROM story_topic WHERE topic = $4 AND language = $1 AND listed_at IS NOT NULL ORDER BY listed_at DESC, story DESC",
        "story FROM story_byline WHERE byline = $4 AND language = $1 AND listed_at IS NOT NULL ORDER BY listed_at, story",
        "count(*) FROM story WHERE language = $1 AND state = 'published'",
        "count(*) FROM story_topic WHERE topic = $2 AND language = $1 AND listed_at IS NOT NULL",
        "month, count(*) FROM story WHERE language = $1 AND state = 'published' AND month IS NOT NULL GROUP BY month ORDER BY month DESC",
        "id FROM job WHERE kind = $1 AND run_at <= $2 AND state IN ('waiting', 'leased') ORDER BY run_at, id LIMIT 1",
    ] {
        let plan = plan(&mut tx, &format!("SELECT {keys}")).await;
        assert!(plan.contains("USING COVERING INDEX") || keys.contains("FROM job"), "{keys}\n{plan}");
        assert!(plan.contains("SEARCH") && !plan.contains("TEMP B-TREE"), "{keys}\n{plan}");
    }
}
