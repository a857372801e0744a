//! Stories and what hangs on them, photos, pages, revisions, corrections, settings.

use model::{
    Correction, Document, Language, Names, Newsroom, Page, PageId, PhotoState, PhotoUse, Revision, RevisionId, Source,
    StoryState, document::Block,
};
use store::*;

use crate::{Maker, both_backends, noon};

#[tokio::test]
async fn a_story_is_read_back_as_it_was_written() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        let section = make.section("world");
        section_insert(&mut tx, &section).await.unwrap();
        let photo = make.photo("https://old.example/pier.jpg");
        photo_insert(&mut tx, &photo).await.unwrap();
        let mut story = make.story("wonsan");
        story.section = Some(section.id);
        story.lead_photo = Some(PhotoUse::plain(photo.id));
        story.sources = vec![Source { name: "TASS".to_owned(), url: None, note: String::new() }];
        story_insert(&mut tx, &story).await.unwrap();
        tx.commit().await.unwrap();

        let mut tx = store.read().await.unwrap();
        assert_eq!(story_by_id(&mut tx, story.id).await.unwrap().as_ref(), Some(&story));
        assert_eq!(story_by_path(&mut tx, "/2025/07/11/wonsan/").await.unwrap().as_ref(), Some(&story));
        assert_eq!(story_by_path(&mut tx, "/nowhere/").await.unwrap(), None);
        assert!(story_path_taken(&mut tx, "/2025/07/11/wonsan/").await.unwrap());
        assert!(!story_path_taken(&mut tx, "/2025/07/11/other/").await.unwrap());
        let head = story_by_slug(&mut tx, &Language::english(), "wonsan").await.unwrap().unwrap();
        assert_eq!(
            (head.id, head.headline, head.lead_photo),
            (story.id, story.headline.clone(), story.lead_photo.clone())
        );
        assert_eq!(story_each(&mut tx, None, 10).await.unwrap(), [story.clone()]);
        assert_eq!(story_each(&mut tx, Some(story.id), 10).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_save_over_another_save_is_refused() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        let mut story = make.draft("draft");
        story_insert(&mut tx, &story).await.unwrap();
        story.version = 2;
        story.headline = "First".to_owned();
        assert!(story_update(&mut tx, &story, 1).await.unwrap());
        story.headline = "Second".to_owned();
        assert!(!story_update(&mut tx, &story, 1).await.unwrap());
        assert_eq!(story_by_id(&mut tx, story.id).await.unwrap().unwrap().headline, "First");
    })
    .await;
}

#[tokio::test]
async fn a_taken_path_and_a_missing_section_are_named() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        story_insert(&mut tx, &make.story("one")).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = store.begin().await.unwrap();
        assert!(matches!(story_insert(&mut tx, &make.story("one")).await, Err(Error::Taken(_))));
        drop(tx);
        let mut tx = store.begin().await.unwrap();
        let astray = model::Story { section: Some(make.section("gone").id), ..make.story("two") };
        assert!(matches!(story_insert(&mut tx, &astray).await, Err(Error::Dangling(_))));
    })
    .await;
}

#[tokio::test]
async fn what_hangs_on_a_story_keeps_its_order() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        let stories = [make.story("a"), make.story("b"), make.draft("c")];
        for story in &stories {
            story_insert(&mut tx, story).await.unwrap();
        }
        let [a, b, c] = stories.each_ref().map(|story| story.id);
        let bylines = [make.byline("anna"), make.byline("boris")];
        let about = [make.topic("korea"), make.topic("russia"), make.topic("army")];
        for byline in &bylines {
            byline_insert(&mut tx, byline).await.unwrap();
        }
        for topic in &about {
            topic_insert(&mut tx, topic).await.unwrap();
        }
        // Named twice counts once.
        story_set_bylines(&mut tx, a, &[bylines[1].id, bylines[0].id, bylines[1].id]).await.unwrap();
        let wanted = [about[2].id, about[0].id, about[1].id];
        story_set_topics(&mut tx, a, &wanted).await.unwrap();
        story_set_picks(&mut tx, a, &[c, b]).await.unwrap();

        let signed = story_bylines(&mut tx, &[a, b]).await.unwrap();
        assert_eq!(signed.get(&a).unwrap(), &[bylines[1].clone(), bylines[0].clone()]);
        assert!(!signed.contains_key(&b));
        assert_eq!(story_byline_ids(&mut tx, a).await.unwrap(), [bylines[1].id, bylines[0].id]);
        assert_eq!(story_topic_ids(&mut tx, a).await.unwrap(), wanted);
        assert_eq!(story_topics(&mut tx, a).await.unwrap(), [about[2].clone(), about[0].clone(), about[1].clone()]);
        assert_eq!(
            store::topics(&mut tx, &wanted).await.unwrap(),
            [about[2].clone(), about[0].clone(), about[1].clone()]
        );
        let picks: Vec<_> = story_picks(&mut tx, a).await.unwrap().into_iter().map(|head| head.id).collect();
        assert_eq!(picks, [b], "a draft is not shown");
        assert_eq!(story_picked_by(&mut tx, b).await.unwrap(), [a]);
        story_set_topics(&mut tx, a, &[]).await.unwrap();
        assert!(story_topics(&mut tx, a).await.unwrap().is_empty());
        let heads = story_heads(&mut tx, &[c, a, make.draft("none").id, b]).await.unwrap();
        assert_eq!(heads.iter().map(|head| head.id).collect::<Vec<_>>(), [c, a, b]);
    })
    .await;
}

#[tokio::test]
async fn removing_a_byline_reaches_every_story() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        let (a, b) = (make.story("a"), make.story("b"));
        let (leaving, staying) = (make.byline("leaving"), make.byline("staying"));
        for byline in [&leaving, &staying] {
            byline_insert(&mut tx, byline).await.unwrap();
        }
        for story in [&a, &b] {
            story_insert(&mut tx, story).await.unwrap();
            story_set_bylines(&mut tx, story.id, &[leaving.id, staying.id]).await.unwrap();
        }
        assert_eq!(byline_remove(&mut tx, leaving.id).await.unwrap(), [a.id, b.id]);
        assert_eq!(byline_by_slug(&mut tx, "leaving").await.unwrap(), None);
        assert_eq!(byline_all(&mut tx).await.unwrap(), std::slice::from_ref(&staying));
        assert_eq!(story_bylines(&mut tx, &[a.id]).await.unwrap()[&a.id], [staying]);
    })
    .await;
}

#[tokio::test]
async fn sections_topics_and_bylines_are_changed_and_removed() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        let mut world = make.section("world");
        let asia = model::Section { parent: Some(world.id), position: 2, ..make.section("asia") };
        section_insert(&mut tx, &world).await.unwrap();
        section_insert(&mut tx, &asia).await.unwrap();
        world.names.0.insert(Language::new("fa").unwrap(), "جهان".to_owned());
        assert!(section_update(&mut tx, &world).await.unwrap());
        assert_eq!(section_by_slug(&mut tx, "world").await.unwrap().as_ref(), Some(&world));
        assert_eq!(section_all(&mut tx).await.unwrap(), [world.clone(), asia.clone()]);
        let story = model::Story { section: Some(world.id), ..make.story("a") };
        story_insert(&mut tx, &story).await.unwrap();
        assert!(section_delete(&mut tx, world.id).await.unwrap());
        assert_eq!(story_by_id(&mut tx, story.id).await.unwrap().unwrap().section, None);
        assert_eq!(section_by_id(&mut tx, asia.id).await.unwrap().unwrap().parent, None);

        let mut topic = make.topic("wonsan");
        topic_insert(&mut tx, &topic).await.unwrap();
        topic.kind = model::TopicKind::Theme;
        assert!(topic_update(&mut tx, &topic).await.unwrap());
        story_set_topics(&mut tx, story.id, &[topic.id]).await.unwrap();
        assert_eq!(topic_by_id(&mut tx, topic.id).await.unwrap().as_ref(), Some(&topic));
        assert_eq!(topic_by_slug(&mut tx, "wonsan").await.unwrap().as_ref(), Some(&topic));
        assert_eq!(topic_all(&mut tx).await.unwrap(), [topic.clone()]);
        assert!(topic_delete(&mut tx, topic.id).await.unwrap());
        assert!(!topic_delete(&mut tx, topic.id).await.unwrap());
        assert!(story_topic_ids(&mut tx, story.id).await.unwrap().is_empty());

        let mut byline = make.byline("anna");
        byline_insert(&mut tx, &byline).await.unwrap();
        byline.about = Names::one(Language::english(), "Writes.");
        assert!(byline_update(&mut tx, &byline).await.unwrap());
        assert_eq!(byline_by_id(&mut tx, byline.id).await.unwrap(), Some(byline));
        assert!(!byline_update(&mut tx, &make.byline("nobody")).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn photos_are_found_by_what_they_came_from() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        let long = format!("https://old.example/{}.jpg", "a".repeat(6_000));
        let mut photos_made = [make.photo(&long), make.photo("https://old.example/2.jpg")];
        for photo in &photos_made {
            photo_insert(&mut tx, photo).await.unwrap();
        }
        assert_eq!(photo_by_origin(&mut tx, &long).await.unwrap().as_ref(), Some(&photos_made[0]));
        let ready = &mut photos_made[1];
        (ready.state, ready.width, ready.height) = (PhotoState::Ready, 1_800, 1_200);
        ready.source_hash = Some("ab".repeat(32));
        assert!(photo_update(&mut tx, ready).await.unwrap());
        let [missing, ready] = &photos_made;
        assert_eq!(photo_by_source_hash(&mut tx, &"ab".repeat(32)).await.unwrap().as_ref(), Some(ready));
        assert_eq!(photo_by_id(&mut tx, ready.id).await.unwrap().as_ref(), Some(ready));
        assert_eq!(photo_missing(&mut tx, None, 10).await.unwrap(), std::slice::from_ref(missing));
        assert!(photo_missing(&mut tx, Some(missing.id), 10).await.unwrap().is_empty());
        assert_eq!(photo_each(&mut tx, None, 10).await.unwrap().len(), 2);
        let counts = photo_count_by_state(&mut tx).await.unwrap();
        assert_eq!(counts, [(PhotoState::Missing, 1), (PhotoState::Ready, 1)]);
        assert_eq!(photos(&mut tx, &[missing.id, ready.id]).await.unwrap()[&ready.id], *ready);

        let story = make.story("a");
        story_insert(&mut tx, &story).await.unwrap();
        story_set_photos(&mut tx, story.id, &[missing.id, missing.id, ready.id]).await.unwrap();
        assert_eq!(photo_uses(&mut tx, ready.id).await.unwrap(), [story.id]);
        story_set_photos(&mut tx, story.id, &[missing.id]).await.unwrap();
        assert!(photo_uses(&mut tx, ready.id).await.unwrap().is_empty());
    })
    .await;
}

fn privacy(make: &Maker) -> Page {
    let at = make.tick();
    Page {
        id: PageId::new(at, &make.chance),
        language: Language::english(),
        slug: model::Slug::new("privacy").unwrap(),
        public: true,
        menu: Some(2),
        title: "Privacy".to_owned(),
        document: Document::new(vec![Block::paragraph("We keep nothing.")]),
        version: 1,
        updated_at: at,
    }
}

#[tokio::test]
async fn every_version_of_a_page_is_kept() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        let mut page = privacy(&make);
        page_insert(&mut tx, &page).await.unwrap();
        let hidden = Page { public: false, menu: None, language: Language::new("fa").unwrap(), ..privacy(&make) };
        page_insert(&mut tx, &hidden).await.unwrap();
        page.title = "Privacy policy".to_owned();
        page.version = 2;
        assert!(page_save(&mut tx, &page).await.unwrap());
        assert!(!page_save(&mut tx, &page).await.unwrap(), "version 2 is there already");
        assert_eq!(page_by_slug(&mut tx, &Language::english(), "privacy").await.unwrap().as_ref(), Some(&page));
        assert_eq!(page_by_id(&mut tx, hidden.id).await.unwrap().as_ref(), Some(&hidden));
        let versions = page_versions(&mut tx, page.id).await.unwrap();
        assert_eq!(
            versions.iter().map(|v| (v.version, v.title.as_str())).collect::<Vec<_>>(),
            [(2, "Privacy policy"), (1, "Privacy")]
        );
        assert_eq!(
            page_translations(&mut tx, "privacy").await.unwrap().iter().map(|p| p.id).collect::<Vec<_>>(),
            [page.id]
        );
        let menu = page_menu(&mut tx, &Language::english()).await.unwrap();
        assert_eq!(menu, [("privacy".to_owned(), "Privacy policy".to_owned())]);
        assert_eq!(page_public(&mut tx).await.unwrap(), [(Language::english(), "privacy".to_owned(), page.updated_at)]);
        assert_eq!((page_all(&mut tx).await.unwrap().len(), page_count(&mut tx).await.unwrap()), (2, 2));
        assert!(matches!(page_insert(&mut tx, &privacy(&make)).await, Err(Error::Taken(_))));
    })
    .await;
}

#[tokio::test]
async fn what_a_story_said_and_what_was_wrong_is_kept() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        let story = make.story("a");
        story_insert(&mut tx, &story).await.unwrap();
        let mut revisions = Vec::new();
        for version in 1..=2 {
            let revision = Revision {
                id: RevisionId::new(make.tick(), &make.chance),
                story: story.id,
                version,
                headline: format!("Version {version}"),
                standfirst: String::new(),
                document: story.document.clone(),
                at: noon(),
                by: "anna".to_owned(),
            };
            revision_insert(&mut tx, &revision).await.unwrap();
            revisions.push(revision);
        }
        let list = revision_list(&mut tx, story.id).await.unwrap();
        assert_eq!(list.iter().map(|head| head.version).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(revision_by_id(&mut tx, list[1].id).await.unwrap().as_ref(), Some(&revisions[0]));

        let corrections: Vec<Correction> = ["It was Friday.", "It was July."]
            .map(|text| Correction { story: story.id, at: noon(), text: text.to_owned() })
            .into();
        for correction in &corrections {
            correction_insert(&mut tx, correction).await.unwrap();
        }
        assert_eq!(correction_list(&mut tx, story.id).await.unwrap(), corrections);
    })
    .await;
}

#[tokio::test]
async fn settings_are_kept_and_have_defaults() {
    both_backends(async |store| {
        let mut tx = store.begin().await.unwrap();
        assert_eq!(newsroom_settings(&mut tx).await.unwrap(), Newsroom::default());
        let newsroom = Newsroom { time_zone: "Asia/Tehran".to_owned(), ..Newsroom::default() };
        newsroom_settings_set(&mut tx, &newsroom, noon()).await.unwrap();
        newsroom_settings_set(&mut tx, &newsroom, noon()).await.unwrap();
        assert_eq!(newsroom_settings(&mut tx).await.unwrap(), newsroom);
        assert_eq!(setting_get(&mut tx, "none").await.unwrap(), None);
        setting_set(&mut tx, "theme", "\"default\"", noon()).await.unwrap();
        assert_eq!(setting_get(&mut tx, "theme").await.unwrap().as_deref(), Some("\"default\""));
    })
    .await;
}

#[tokio::test]
async fn a_dropped_transaction_leaves_nothing() {
    both_backends(async |store| {
        let make = Maker::new();
        let story = make.story("a");
        let mut tx = store.begin().await.unwrap();
        story_insert(&mut tx, &story).await.unwrap();
        drop(tx);
        let mut tx = store.begin().await.unwrap();
        assert_eq!(story_by_id(&mut tx, story.id).await.unwrap(), None);
        story_insert(&mut tx, &story).await.unwrap();
        tx.rollback().await.unwrap();
        let mut tx = store.read().await.unwrap();
        assert_eq!(story_by_id(&mut tx, story.id).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_reader_sees_one_moment_and_cannot_write() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut reader = store.read().await.unwrap();
        assert_eq!(journal_last(&mut reader).await.unwrap(), 0);
        let mut tx = store.begin().await.unwrap();
        let story = make.story("a");
        story_insert(&mut tx, &story).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(story_by_id(&mut reader, story.id).await.unwrap(), None);
        assert!(matches!(story_insert(&mut reader, &make.story("b")).await, Err(Error::ReadOnly)));
        drop(reader);
        assert!(story_by_id(&mut store.read().await.unwrap(), story.id).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn a_published_story_must_have_a_time_and_a_path() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        let mut story = make.draft("a");
        story.state = StoryState::Published;
        assert!(story_insert(&mut tx, &story).await.is_err());
    })
    .await;
}
