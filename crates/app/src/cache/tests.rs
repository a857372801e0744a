//! What the page cache promises, tested without a database: rows and renders are made up here.

use std::sync::atomic::AtomicUsize;

use http::{HeaderMap, StatusCode};
use model::{JournalKind, Timestamp};

use super::*;

fn tag(name: &str) -> Tag {
    Tag::path(name)
}

fn made(text: &str, tags: &[&str], seq: i64) -> Made {
    let prepared = Arc::new(Prepared::plain(StatusCode::OK, &HeaderMap::new(), text.to_owned()).unwrap());
    Made { prepared, tags: tags.iter().copied().map(tag).collect(), seq, keep: Keep::Page, also: Vec::new() }
}

fn row(seq: i64, tags: &[&str]) -> JournalRow {
    let tags = tags.iter().copied().map(tag).collect();
    JournalRow { seq, at: Timestamp::from_millis(0), kind: JournalKind::StoryChanged, subject: None, tags }
}

fn started(bytes: usize) -> PageCache {
    let cache = PageCache::new(bytes);
    cache.start(10);
    cache
}

fn text_of(prepared: &Prepared) -> String {
    String::from_utf8(prepared.form(None).body.to_vec()).unwrap()
}

#[test]
fn a_change_drops_exactly_the_pages_that_show_it() {
    let cache = started(DEFAULT_BYTES);
    assert!(cache.insert("/a/", &made("a", &["one", "two"], 10)));
    assert!(cache.insert("/b/", &made("b", &["two"], 10)));
    assert!(cache.insert("/c/", &made("c", &["three"], 10)));
    cache.apply(&[row(11, &["two", "unheard-of"])]);
    assert!(cache.get("/a/").is_none() && cache.get("/b/").is_none());
    assert!(cache.get("/c/").is_some());
    assert_eq!(cache.applied(), Some(11));
    cache.apply(&[row(12, &["one"])]);
    assert_eq!(cache.holding().pages, 1);
}

#[test]
fn a_change_of_everything_drops_everything() {
    let cache = started(DEFAULT_BYTES);
    assert!(cache.insert("/a/", &made("a", &["one"], 10)));
    let mut everything = row(11, &[]);
    everything.tags = vec![Tag::everything()];
    cache.apply(&[everything]);
    assert!(cache.get("/a/").is_none());
    assert_eq!(cache.holding(), Holding { pages: 0, page_bytes: 0, missing: 0, missing_bytes: 0 });
}

#[test]
fn a_render_older_than_what_was_applied_is_not_kept() {
    let cache = started(DEFAULT_BYTES);
    let before = made("old", &["one"], 10);
    cache.apply(&[row(11, &["one"])]);
    assert!(!cache.insert("/a/", &before), "a stale page was kept");
    assert!(cache.insert("/a/", &made("new", &["one"], 11)));
    assert_eq!(cache.get("/a/").map(|p| text_of(&p)), Some("new".to_owned()));
}

#[test]
fn a_render_that_has_seen_a_change_outlives_it() {
    let cache = started(DEFAULT_BYTES);
    assert!(cache.insert("/a/", &made("new", &["one"], 11)));
    cache.apply(&[row(11, &["one"])]);
    assert!(cache.get("/a/").is_some());
    cache.apply(&[row(12, &["one"])]);
    assert!(cache.get("/a/").is_none());
}

#[test]
fn nothing_is_kept_before_the_journals_end_is_known() {
    let cache = PageCache::new(DEFAULT_BYTES);
    assert!(!cache.insert("/a/", &made("a", &[], i64::MAX)));
    cache.start(3);
    assert!(cache.insert("/a/", &made("a", &[], 3)));
}

#[test]
fn pages_stay_within_the_budget_and_those_in_demand_stay_longest() {
    let cache = started(40_000);
    let body = "x".repeat(2_000);
    for number in 0..200 {
        assert!(cache.insert(&format!("/{number}/"), &made(&body, &["all"], 10)));
        assert!(cache.get("/0/").is_some(), "the page in demand was evicted at {number}");
        assert!(cache.holding().page_bytes <= 40_000);
    }
    let held = cache.holding().pages;
    assert!((5..20).contains(&held), "{held} pages held");
    cache.apply(&[row(11, &["all"])]);
    assert_eq!(cache.holding().page_bytes, 0);
}

#[test]
fn a_page_larger_than_the_budget_is_not_kept() {
    let cache = started(10_000);
    assert!(!cache.insert("/a/", &made(&"x".repeat(20_000), &[], 10)));
    assert!(cache.get("/a/").is_none());
}

#[test]
fn wrong_addresses_never_drop_a_page() {
    let cache = started(DEFAULT_BYTES);
    assert!(cache.insert("/story/", &made("story", &[], 10)));
    let missing = Made { keep: Keep::Missing, ..made("nothing here", &["/x/"], 10) };
    for number in 0..20_000 {
        assert!(cache.insert(&format!("/wrong/{number}/"), &missing));
    }
    let holding = cache.holding();
    assert!(holding.missing_bytes <= MISSING_BYTES && holding.missing > 100, "{holding:?}");
    assert!(cache.get("/story/").is_some());
}

#[test]
fn a_shared_404_is_dropped_with_what_it_shows_and_with_what_appears_at_its_path() {
    let cache = started(DEFAULT_BYTES);
    assert!(cache.insert("404 en 1", &made("nothing here", &["latest"], 10)));
    cache.apply(&[row(11, &["something else"])]);
    assert!(!cache.insert_like("/x/", "404 en 1", &[tag("/x/")], 10), "read before the last row applied");
    assert!(cache.insert_like("/x/", "404 en 1", &[tag("/x/")], 11));
    assert!(cache.insert_like("/y/", "404 en 1", &[tag("/y/")], 11));
    assert!(!cache.insert_like("/z/", "404 ru 1", &[tag("/z/")], 11), "there is nothing to share");
    assert_eq!(cache.holding().missing, 2);
    cache.apply(&[row(12, &["/x/"])]);
    assert!(cache.get("/x/").is_none() && cache.get("/y/").is_some());
    cache.apply(&[row(13, &["latest"])]);
    assert!(cache.get("/y/").is_none() && cache.get("404 en 1").is_none());
}

#[test]
fn an_answer_may_move_from_missing_to_page() {
    let cache = started(DEFAULT_BYTES);
    assert!(cache.insert("/a/", &Made { keep: Keep::Missing, ..made("no", &["/a/"], 10) }));
    cache.apply(&[row(11, &["/a/"])]);
    assert!(cache.insert("/a/", &made("yes", &["one"], 11)));
    assert!(cache.insert("/a/", &made("yes again", &["one"], 11)));
    let holding = cache.holding();
    assert_eq!((holding.pages, holding.missing), (1, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_that_many_ask_for_at_once_is_rendered_once() {
    let cache = started(DEFAULT_BYTES);
    let renders = Arc::new(AtomicUsize::new(0));
    let gate = Arc::new(tokio::sync::Semaphore::new(0));
    let readers: Vec<_> = (0..500)
        .map(|_| {
            let (cache, renders, gate) = (cache.clone(), Arc::clone(&renders), Arc::clone(&gate));
            tokio::spawn(async move {
                let make = || async move {
                    renders.fetch_add(1, Ordering::SeqCst);
                    let _permit = gate.acquire().await;
                    Ok(made("once", &[], 10))
                };
                cache.get_or_make("/a/", make).await.map(|p| text_of(&p))
            })
        })
        .collect();
    gate.add_permits(1);
    for reader in readers {
        assert_eq!(reader.await.unwrap().unwrap(), "once");
    }
    assert_eq!(renders.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn who_asks_after_a_change_is_not_given_a_render_from_before_it() {
    let cache = started(DEFAULT_BYTES);
    let gate = Arc::new(tokio::sync::Semaphore::new(0));
    let early = tokio::spawn({
        let (cache, gate) = (cache.clone(), Arc::clone(&gate));
        async move {
            let make = || async move {
                let _permit = gate.acquire().await;
                Ok(made("old", &["one"], 10))
            };
            cache.get_or_make("/a/", make).await.map(|p| text_of(&p))
        }
    });
    while cache.ledger().flights.is_empty() {
        tokio::task::yield_now().await;
    }
    cache.apply(&[row(11, &["one"])]);
    let late = cache.get_or_make("/a/", || async { Ok(made("new", &["one"], 11)) }).await.unwrap();
    assert_eq!(text_of(&late), "new");
    gate.add_permits(1);
    assert_eq!(early.await.unwrap().unwrap(), "old");
    assert_eq!(cache.get("/a/").map(|p| text_of(&p)), Some("new".to_owned()), "the early render replaced the late one");
}

#[tokio::test]
async fn a_render_that_fails_or_panics_is_tried_again_by_the_next_reader() {
    let cache = started(DEFAULT_BYTES);
    let refused = cache.get_or_make("/a/", || async { Err(Error::Refused("no".to_owned())) }).await;
    assert!(refused.is_err());
    let broken = cache.get_or_make("/a/", || async { panic!("a template broke") }).await;
    assert!(matches!(broken.map_err(|error| matches!(*error, Error::Worker(_))), Err(true)));
    assert!(cache.get_or_make("/a/", || async { Ok(made("well", &[], 10)) }).await.is_ok());
}

#[tokio::test]
async fn the_parts_of_a_story_are_kept_and_dropped_together() {
    let cache = started(DEFAULT_BYTES);
    let mut first = made("first", &["story"], 10);
    first.also = vec![("/a/2/".to_owned(), made("second", &[], 10).prepared)];
    assert!(cache.get_or_make("/a/", || async { Ok(first) }).await.is_ok());
    assert_eq!(cache.get("/a/2/").map(|p| text_of(&p)), Some("second".to_owned()));
    cache.apply(&[row(11, &["story"])]);
    assert!(cache.get("/a/").is_none() && cache.get("/a/2/").is_none());
}

#[tokio::test]
async fn a_render_from_before_a_new_theme_is_not_kept() {
    let cache = started(DEFAULT_BYTES);
    let inside = cache.clone();
    let make = || async move {
        inside.clear();
        Ok(made("old look", &[], 10))
    };
    assert!(cache.get_or_make("/a/", make).await.is_ok());
    assert!(cache.get("/a/").is_none());
}
