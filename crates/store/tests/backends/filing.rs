//! What stories are filed under: counted, moved, merged, forgotten.

use model::{Draft, DraftFields, JournalKind, Language, NewJournalRow, Tag, Timestamp};
use store::*;

use crate::{Maker, both_backends, noon};

#[tokio::test]
async fn a_merged_topic_gives_its_stories_the_better_place_and_is_gone() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        let (from, into, other) = (make.topic("from"), make.topic("into"), make.topic("other"));
        for topic in [&from, &into, &other] {
            topic_insert(&mut tx, topic).await.unwrap();
        }
        let (both, one) = (make.story("both"), make.story("one"));
        for story in [&both, &one] {
            story_insert(&mut tx, story).await.unwrap();
        }
        story_set_topics(&mut tx, both.id, &[from.id, other.id, into.id]).await.unwrap();
        story_set_topics(&mut tx, one.id, &[other.id, from.id]).await.unwrap();
        assert_eq!(topic_totals(&mut tx, &[from.id, into.id]).await.unwrap()[&from.id], 2);
        assert!(topic_merge(&mut tx, from.id, into.id).await.unwrap());
        assert!(!topic_merge(&mut tx, from.id, into.id).await.unwrap());
        assert_eq!(story_topic_ids(&mut tx, both.id).await.unwrap(), [into.id, other.id]);
        assert_eq!(story_topic_ids(&mut tx, one.id).await.unwrap(), [other.id, into.id]);
        let totals = topic_totals(&mut tx, &[from.id, into.id]).await.unwrap();
        assert_eq!((totals.get(&from.id), totals[&into.id]), (None, 2));
    })
    .await;
}

#[tokio::test]
async fn a_sections_stories_move_as_one_and_a_save_that_began_before_is_refused() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        let (from, into) = (make.section("from"), make.section("into"));
        section_insert(&mut tx, &from).await.unwrap();
        section_insert(&mut tx, &into).await.unwrap();
        let mut story = make.story("moved");
        story.section = Some(from.id);
        story_insert(&mut tx, &story).await.unwrap();
        assert_eq!(section_counts(&mut tx).await.unwrap()[&from.id], 1);
        assert_eq!(section_move_stories(&mut tx, from.id, into.id).await.unwrap(), 1);
        let counts = section_counts(&mut tx).await.unwrap();
        assert_eq!((counts.get(&from.id), counts[&into.id]), (None, 1));
        let seen = story.version;
        story.version += 1;
        assert!(!story_update(&mut tx, &story, seen).await.unwrap(), "it was saved back into the old section");
        let filter = DeskFilter { section: Some(into.id), ..DeskFilter::default() };
        assert_eq!(desk_list(&mut tx, &filter, 10, 0).await.unwrap().rows.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn working_copies_are_found_by_what_they_name_and_rewritten_without_a_version() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        let byline = make.byline("ada");
        byline_insert(&mut tx, &byline).await.unwrap();
        let (story, other) = (make.draft("signed"), make.draft("unsigned"));
        for (story, bylines) in [(&story, vec![byline.id]), (&other, vec![])] {
            story_insert(&mut tx, story).await.unwrap();
            let fields = DraftFields::of(story, Vec::new(), bylines);
            let (saved_at, saved_by) = (noon(), "anna".to_owned());
            let draft = Draft { story: story.id, version: 1, published: None, saved_at, saved_by, fields };
            assert!(draft_save(&mut tx, &draft, 0).await.unwrap());
        }
        assert_eq!(draft_naming(&mut tx, byline.id.0).await.unwrap(), [story.id]);
        let mut draft = draft_of(&mut tx, story.id).await.unwrap().unwrap();
        draft.fields.bylines.clear();
        draft_rewrite(&mut tx, &draft).await.unwrap();
        assert_eq!(draft_of(&mut tx, story.id).await.unwrap().unwrap(), draft);
        assert_eq!(draft_naming(&mut tx, byline.id.0).await.unwrap(), []);
        story_set_bylines(&mut tx, story.id, &[byline.id]).await.unwrap();
        assert_eq!(byline_totals(&mut tx, &[byline.id]).await.unwrap()[&byline.id], 1);
    })
    .await;
}

#[tokio::test]
async fn an_address_is_forgotten_with_everything_that_led_to_it() {
    both_backends(async |store| {
        let mut tx = store.begin().await.unwrap();
        for (from, to) in [("/a/", "/b/"), ("/b/", "/c/"), ("/d/", "/c/"), ("/x/", "/y/")] {
            let redirect = Redirect { from: from.to_owned(), to: RedirectTo::Path(to.to_owned()) };
            redirect_set(&mut tx, &redirect, noon()).await.unwrap();
        }
        assert_eq!(redirect_forget(&mut tx, "/c/").await.unwrap(), 3);
        let left: Vec<String> =
            redirect_each(&mut tx, None, 10).await.unwrap().into_iter().map(|redirect| redirect.from).collect();
        assert_eq!(left, ["/x/"]);
    })
    .await;
}

#[tokio::test]
async fn rows_about_a_subject_are_hushed_and_no_others() {
    both_backends(async |store| {
        let make = Maker::new();
        let (ada, bob) = (make.byline("ada"), make.byline("bob"));
        let mut tx = store.begin().await.unwrap();
        for byline in [&ada, &bob] {
            let tags = vec![Tag::path(&format!("/bylines/{}/", byline.slug))];
            let row = NewJournalRow { kind: JournalKind::BylineChanged, subject: Some(byline.id.0), tags };
            journal_append(&mut tx, noon(), &row).await.unwrap();
        }
        journal_turn(&mut tx).await.unwrap();
        journal_hush(&mut tx, JournalKind::BylineChanged, ada.id.0).await.unwrap();
        let tags: Vec<usize> = journal_after(&mut tx, 0, 10).await.unwrap().iter().map(|row| row.tags.len()).collect();
        assert_eq!(tags, [0, 1]);
    })
    .await;
}

#[tokio::test]
async fn what_was_imported_is_pointed_elsewhere_or_forgotten() {
    both_backends(async |store| {
        let make = Maker::new();
        let (from, into) = (make.topic("from").id.0, make.topic("into").id.0);
        let mut tx = store.begin().await.unwrap();
        import_link_set(&mut tx, "site", "topic", "7", from, "print", noon()).await.unwrap();
        import_link_repoint(&mut tx, from, into).await.unwrap();
        assert_eq!(import_link(&mut tx, "site", "topic", "7").await.unwrap().unwrap().entity, into);
        let wanted = [("site".to_owned(), "topic".to_owned(), "7".to_owned())];
        assert_eq!(import_link_sources(&mut tx, into).await.unwrap(), wanted);
        import_link_delete(&mut tx, "site", "topic", "8").await.unwrap();
        assert!(import_link(&mut tx, "site", "topic", "7").await.unwrap().is_some());
        import_link_forget(&mut tx, into).await.unwrap();
        assert_eq!(import_link(&mut tx, "site", "topic", "7").await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_banner_belongs_to_its_language_and_pins_are_seen_in_every_state() {
    both_backends(async |store| {
        let make = Maker::new();
        let (english, persian) = (Language::english(), Language::new("fa").unwrap());
        let mut tx = store.begin().await.unwrap();
        let banner = model::Breaking { text: "He is here".to_owned(), to: None, until: Timestamp::from_millis(7) };
        breaking_set(&mut tx, &english, &banner, noon()).await.unwrap();
        assert_eq!(breaking(&mut tx, &english).await.unwrap(), Some(banner));
        assert_eq!(breaking(&mut tx, &persian).await.unwrap(), None);
        assert!(breaking_delete(&mut tx, &english).await.unwrap());
        assert!(!breaking_delete(&mut tx, &english).await.unwrap());
        let (public, draft) = (make.story("public"), make.draft("draft"));
        for story in [&public, &draft] {
            story_insert(&mut tx, story).await.unwrap();
        }
        front_set(&mut tx, &english, &[draft.id, public.id]).await.unwrap();
        let pinned: Vec<_> = front_pinned(&mut tx, &english).await.unwrap().iter().map(|head| head.id).collect();
        assert_eq!(pinned, [draft.id, public.id]);
        assert_eq!(front(&mut tx, &english).await.unwrap().len(), 1);
    })
    .await;
}
