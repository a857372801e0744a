//! Redirects.

use model::{Path, Story};
use store::*;

use crate::{Maker, both_backends, noon};

fn to_path(from: &str, to: &str) -> Redirect {
    Redirect { from: from.to_owned(), to: RedirectTo::Path(to.to_owned()) }
}

#[tokio::test]
async fn a_redirect_follows_its_story_wherever_it_goes() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        let story = make.story("wonsan");
        story_insert(&mut tx, &story).await.unwrap();
        let redirect = Redirect { from: "/?p=12".to_owned(), to: RedirectTo::Story(story.id) };
        redirect_set(&mut tx, &redirect, noon()).await.unwrap();
        redirect_set(&mut tx, &to_path("/old/", "/?p=12"), noon()).await.unwrap();
        assert_eq!(redirect_get(&mut tx, "/old/").await.unwrap().as_deref(), Some("/2025/07/11/wonsan/"));
        let moved = Story { path: Some(Path::new("/2025/07/12/wonsan/")), version: 2, ..story };
        assert!(story_update(&mut tx, &moved, 1).await.unwrap());
        let found = redirect_many(&mut tx, &["/old/", "/?p=12", "/none/"]).await.unwrap();
        assert_eq!(found.len(), 2);
        assert!(found.values().all(|path| path == "/2025/07/12/wonsan/"));
        assert_eq!(redirect_each(&mut tx, None, 10).await.unwrap(), [redirect, to_path("/old/", "/?p=12")]);
        assert!(redirect_delete(&mut tx, "/?p=12").await.unwrap());
        assert!(!redirect_delete(&mut tx, "/?p=12").await.unwrap());
        assert_eq!(redirect_get(&mut tx, "/?p=12").await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_redirect_in_a_circle_is_refused_and_the_others_stand() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        redirect_set(&mut tx, &to_path("/a/", "/b/"), noon()).await.unwrap();
        redirect_set(&mut tx, &to_path("/b/", "/c/"), noon()).await.unwrap();
        for (from, to) in [("/c/", "/a/"), ("/b/", "/a/"), ("/d/", "/d/")] {
            let refused = redirect_set(&mut tx, &to_path(from, to), noon()).await;
            assert!(matches!(refused, Err(Error::RedirectCycle { .. })), "{from} {to}: {refused:?}");
        }
        assert_eq!(redirect_get(&mut tx, "/a/").await.unwrap().as_deref(), Some("/c/"));
        let story = make.story("a");
        story_insert(&mut tx, &story).await.unwrap();
        let itself = Redirect { from: "/2025/07/11/a/".to_owned(), to: RedirectTo::Story(story.id) };
        assert!(matches!(redirect_set(&mut tx, &itself, noon()).await, Err(Error::RedirectCycle { .. })));
        let long = to_path(&format!("/{}", "x".repeat(10_000)), "/a/");
        assert!(matches!(redirect_set(&mut tx, &long, noon()).await, Err(Error::TooLong { .. })));
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_story_that_moves_onto_a_redirect_does_not_lead_to_itself() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        let story = make.story("a");
        story_insert(&mut tx, &story).await.unwrap();
        let redirect = Redirect { from: "/2025/07/12/a/".to_owned(), to: RedirectTo::Story(story.id) };
        redirect_set(&mut tx, &redirect, noon()).await.unwrap();
        let moved = Story { path: Some(Path::new("/2025/07/12/a/")), version: 2, ..story };
        assert!(story_update(&mut tx, &moved, 1).await.unwrap());
        assert_eq!(redirect_get(&mut tx, "/2025/07/12/a/").await.unwrap(), None);
    })
    .await;
}
