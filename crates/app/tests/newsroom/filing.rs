//! Sections, topics and bylines: renamed, merged, removed, and what readers get then.

use std::path::Path;

use app::{
    Error,
    filing::{Said, bylines, sections, topics},
    import::System,
    staff::Denial,
    stories::desk::{self, Changes},
};
use model::{BylineId, Language, Names, Role, SectionId, Staff, StoryId, TopicId, TopicKind};
use serde_json::json;
use testkit::{Anon, TestNewsroom, both_backends};

use crate::refused;

fn named(name: &str) -> Said {
    Said { names: Names::one(Language::english(), name), ..Said::default() }
}

fn at(name: &str, slug: &str) -> Said {
    Said { slug: slug.to_owned(), ..named(name) }
}

fn changes(value: serde_json::Value) -> Changes {
    serde_json::from_value(value).unwrap()
}

async fn editor(newsroom: &TestNewsroom, anon: &Anon) -> Staff {
    newsroom.person(anon, Role::Editor, "anna").await.unwrap().staff
}

/// A public story; its path.
async fn published(newsroom: &TestNewsroom, by: &Staff, more: serde_json::Value) -> (StoryId, String) {
    let news = &newsroom.newsroom;
    let id = desk::create(news, by, &Language::english()).await.unwrap();
    let mut first = json!({ "headline": "The minister arrives", "document": { "version": 1, "blocks": [] } });
    first.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    desk::save(news, by, id, 0, changes(first)).await.unwrap();
    let story = desk::publish(news, by, id, Some(1)).await.unwrap();
    (id, story.path.unwrap().to_string())
}

async fn draft(newsroom: &TestNewsroom, by: &Staff, id: StoryId) -> model::Draft {
    desk::open(&newsroom.newsroom, by, id).await.unwrap().draft
}

/// Everything that stands in the database and in the log, as text.
async fn everything(newsroom: &TestNewsroom) -> String {
    let mut tx = newsroom.newsroom.store().read().await.unwrap();
    let journal = store::journal_after(&mut tx, 0, 1000).await.unwrap();
    let audit = store::audit_list(&mut tx, i64::MAX, 1000).await.unwrap();
    let redirects = store::redirect_each(&mut tx, None, 1000).await.unwrap();
    let bylines = store::byline_all(&mut tx).await.unwrap();
    format!("{journal:?} {audit:?} {redirects:?} {bylines:?}").to_lowercase()
}

both_backends! {
    async fn a_renamed_section_is_found_at_its_new_and_its_old_address(newsroom: TestNewsroom, anon: Anon) {
        let (news, anna) = (&newsroom.newsroom, editor(&newsroom, &anon).await);
        let world = sections::add(news, &anna, named("World"), None).await.unwrap();
        let (_, path) = published(&newsroom, &anna, json!({ "section": world })).await;
        assert!(anon.get("/").await.text().contains("/sections/world/"));
        assert_eq!(anon.get("/sections/abroad/").await.status, 404);
        sections::edit(news, &anna, world, at("Abroad", "abroad"), None).await.unwrap();
        for (old, new) in [
            ("/sections/world/", "/sections/abroad/"),
            ("/sections/world/feed.xml", "/sections/abroad/feed.xml"),
            ("/sections/world/page/2/", "/sections/abroad/page/2/"),
        ] {
            let got = anon.get(old).await;
            assert_eq!((got.status, got.header("location")), (301, new));
        }
        assert_eq!(anon.get("/sections/abroad/").await.status, 200);
        assert!(anon.get(&path).await.text().contains("Abroad"), "the story still names the old section");
        sections::edit(news, &anna, world, at("World", "world"), None).await.unwrap();
        assert_eq!(anon.get("/sections/world/").await.status, 200);
        assert_eq!(anon.get("/sections/abroad/").await.header("location"), "/sections/world/");
    }

    async fn sections_are_moved_in_their_row_and_stand_under_others_but_never_in_a_circle(newsroom: TestNewsroom, anon: Anon) {
        let (news, anna) = (&newsroom.newsroom, editor(&newsroom, &anon).await);
        let mut ids = Vec::new();
        for name in ["World", "Economy", "Culture"] {
            ids.push(sections::add(news, &anna, named(name), None).await.unwrap());
        }
        let film = sections::add(news, &anna, named("Film"), Some(ids[2])).await.unwrap();
        sections::step(news, &anna, ids[2], true).await.unwrap();
        sections::step(news, &anna, ids[0], true).await.unwrap();
        let order = |listed: Vec<sections::Listed>| -> Vec<(String, usize)> {
            listed.into_iter().map(|line| (line.section.slug.to_string(), line.depth)).collect()
        };
        let wanted = [("world", 0), ("culture", 0), ("film", 1), ("economy", 0)];
        let listed = order(sections::list(news).await.unwrap());
        assert_eq!(listed, wanted.map(|(slug, depth)| (slug.to_owned(), depth)));
        let text = refused(sections::edit(news, &anna, ids[2], named("Culture"), Some(film)).await);
        assert!(text.contains("under itself"), "{text}");
        let text = refused(sections::add(news, &anna, at("Films", "film"), None).await);
        assert!(text.contains("/sections/film/ is taken"), "{text}");
        assert!(refused(sections::add(news, &anna, named("  "), None).await).contains("name"));
    }

    async fn a_section_goes_when_it_is_empty_or_its_stories_have_moved(newsroom: TestNewsroom, anon: Anon) {
        let (news, anna) = (&newsroom.newsroom, editor(&newsroom, &anon).await);
        let world = sections::add(news, &anna, named("World"), None).await.unwrap();
        let abroad = sections::add(news, &anna, named("Abroad"), None).await.unwrap();
        let (id, path) = published(&newsroom, &anna, json!({ "section": world })).await;
        desk::save(news, &anna, id, 1, changes(json!({ "headline": "Later" }))).await.unwrap();
        assert!(anon.get(&path).await.text().contains("World"));
        assert_eq!(anon.get("/sections/abroad/").await.status, 200);
        let text = refused(sections::remove(news, &anna, world, None).await);
        assert!(text.starts_with("1 stories stand in this section"), "{text}");
        sections::remove(news, &anna, world, Some(abroad)).await.unwrap();
        let page = anon.get(&path).await.text();
        assert!(page.contains("Abroad") && !page.contains("World"), "the story stands where it stood");
        assert!(anon.get("/sections/abroad/").await.text().contains("The minister arrives"));
        assert_eq!(anon.get("/sections/world/").await.header("location"), "/sections/abroad/");
        assert_eq!(draft(&newsroom, &anna, id).await.fields.section, Some(abroad));
        // An editor whose page still offers the section that is gone.
        let version = draft(&newsroom, &anna, id).await.version;
        desk::save(news, &anna, id, version, changes(json!({ "section": world }))).await.unwrap();
        assert_eq!(draft(&newsroom, &anna, id).await.fields.section, None);
    }

    async fn a_merged_topic_leaves_its_stories_and_its_address_to_the_other(newsroom: TestNewsroom, anon: Anon) {
        let (news, anna) = (&newsroom.newsroom, editor(&newsroom, &anon).await);
        let twice = topics::add(news, &anna, named("Wonsan city"), TopicKind::Place).await.unwrap();
        let once = topics::add(news, &anna, named("Wonsan"), TopicKind::Place).await.unwrap();
        let third = topics::add(news, &anna, named("Harbours"), TopicKind::Theme).await.unwrap();
        let (id, path) = published(&newsroom, &anna, json!({ "topics": [twice, third, once] })).await;
        let (other, _) = published(&newsroom, &anna, json!({ "topics": [twice], "headline": "Ferries" })).await;
        desk::save(news, &anna, id, 1, changes(json!({ "headline": "Later" }))).await.unwrap();
        assert!(anon.get(&path).await.text().contains("Wonsan city"));
        assert!(!anon.get("/topics/wonsan/").await.text().contains("Ferries"));
        assert!(refused(topics::merge(news, &anna, once, once).await).contains("itself"));
        topics::merge(news, &anna, twice, once).await.unwrap();
        assert!(anon.get("/topics/wonsan/").await.text().contains("Ferries"));
        assert_eq!(anon.get("/topics/wonsan-city/").await.header("location"), "/topics/wonsan/");
        assert!(!anon.get(&path).await.text().contains("Wonsan city"), "the story still names the topic that is gone");
        assert!(!anon.get("/topics/").await.text().contains("Wonsan city"));
        let mut tx = news.store().read().await.unwrap();
        assert_eq!(store::story_topic_ids(&mut tx, id).await.unwrap(), [once, third], "the main topic lost its place");
        assert_eq!(store::story_topic_ids(&mut tx, other).await.unwrap(), [once]);
        drop(tx);
        assert_eq!(draft(&newsroom, &anna, id).await.fields.topics, [once, third]);
        assert_eq!(topics::open(news, once).await.unwrap().1, 2);
    }

    async fn topics_are_found_by_the_beginnings_of_words_and_removed_from_their_stories(newsroom: TestNewsroom, anon: Anon) {
        let (news, anna) = (&newsroom.newsroom, editor(&newsroom, &anon).await);
        let english = Language::english();
        let lavrov = topics::add(news, &anna, named("Sergei Lavrov"), TopicKind::Person).await.unwrap();
        topics::add(news, &anna, named("Sergeyevka"), TopicKind::Place).await.unwrap();
        let (id, path) = published(&newsroom, &anna, json!({ "topics": [lavrov] })).await;
        let found = topics::list(news, &english, "SERGE", None, 1).await.unwrap();
        assert_eq!((found.total, found.topics[0].1), (2, 1));
        assert_eq!(topics::list(news, &english, "serge", Some(TopicKind::Place), 1).await.unwrap().total, 1);
        assert_eq!(topics::list(news, &english, "gei", None, 1).await.unwrap().total, 0);
        assert!(anon.get(&path).await.text().contains("Lavrov"));
        topics::remove(news, &anna, lavrov).await.unwrap();
        assert!(!anon.get(&path).await.text().contains("Lavrov"));
        assert_eq!(anon.get("/topics/sergei-lavrov/").await.status, 404);
        assert_eq!(draft(&newsroom, &anna, id).await.fields.topics, []);
    }

    async fn a_removed_byline_is_gone_from_pages_feeds_working_copies_addresses_and_logs(newsroom: TestNewsroom, anon: Anon) {
        let (news, anna) = (&newsroom.newsroom, editor(&newsroom, &anon).await);
        let ivan = bylines::add(news, &anna, named("Ivan Canary")).await.unwrap();
        let ada = bylines::add(news, &anna, named("Ada Crane")).await.unwrap();
        let (id, path) = published(&newsroom, &anna, json!({ "bylines": [ivan, ada] })).await;
        desk::save(news, &anna, id, 1, changes(json!({ "headline": "Later" }))).await.unwrap();
        let unpublished = desk::create(news, &anna, &Language::english()).await.unwrap();
        desk::save(news, &anna, unpublished, 0, changes(json!({ "headline": "Soon", "bylines": [ivan] }))).await.unwrap();
        bylines::edit(news, &anna, ivan, at("Ivan Canary", "canary-of-the-north")).await.unwrap();
        let shown = [path.as_str(), "/", "/feed.xml", "/atom.xml", "/feed.json"];
        for address in shown {
            assert!(anon.get(address).await.text().contains("Canary"), "{address} never named the byline");
        }
        assert_eq!(anon.get("/bylines/ivan-canary/").await.header("location"), "/bylines/canary-of-the-north/");
        assert_eq!(anon.get("/bylines/canary-of-the-north/").await.status, 200);
        assert!(everything(&newsroom).await.contains("canary"));

        assert_eq!(bylines::remove(news, &anna, ivan).await.unwrap(), 2);

        for address in shown {
            let text = anon.get(address).await.text();
            assert!(!text.to_lowercase().contains("canary") && text.contains("Ada Crane"), "{address}");
        }
        for address in ["/bylines/ivan-canary/", "/bylines/canary-of-the-north/"] {
            assert_eq!(anon.get(address).await.status, 404, "{address}");
        }
        assert!(!everything(&newsroom).await.contains("canary"), "{}", everything(&newsroom).await);
        assert_eq!(draft(&newsroom, &anna, id).await.fields.bylines, [ada]);
        assert_eq!(draft(&newsroom, &anna, unpublished).await.fields.bylines, []);
        // A page that was open before the removal saves what it knows, and older texts come back.
        let version = draft(&newsroom, &anna, id).await.version;
        assert_eq!(version, 2, "the removal cost somebody a save");
        desk::save(news, &anna, id, version, changes(json!({ "bylines": [ivan, ada] }))).await.unwrap();
        let oldest = desk::revisions(news, &anna, id).await.unwrap().pop();
        if let Some(oldest) = oldest {
            desk::restore(news, &anna, id, oldest.id).await.unwrap();
        }
        let version = draft(&newsroom, &anna, id).await.version;
        desk::publish(news, &anna, id, Some(version)).await.unwrap();
        assert_eq!(draft(&newsroom, &anna, id).await.fields.bylines, [ada]);
        assert!(!anon.get(&path).await.text().contains("Canary"));
    }

    async fn an_import_does_not_bring_back_a_byline_that_was_removed(newsroom: TestNewsroom, anon: Anon) {
        let (news, anna) = (&newsroom.newsroom, editor(&newsroom, &anon).await);
        let site = newsroom.folder().join("site");
        crate::write_site(&site);
        let import = async |path: &Path| newsroom.import(System::Markdown, path, None).await.unwrap();
        import(&site).await;
        let path = "/2025/07/01/first-ferry/";
        assert!(anon.get(path).await.text().contains("Ada Crane"));
        let ada = bylines::list(news, &Language::english(), "ada", 1).await.unwrap().bylines[0].0.id;
        bylines::remove(news, &anna, ada).await.unwrap();
        let file = site.join("bylines.yaml");
        std::fs::write(&file, "- {slug: ada, names: {en: Ada Crane}, about: {en: Sails.}}\n").unwrap();
        let story = site.join("stories/first.en.md");
        let text = std::fs::read_to_string(&story).unwrap().replace("Nobody waited", "Somebody waited");
        std::fs::write(&story, text).unwrap();
        import(&site).await;
        let page = anon.get(path).await.text();
        assert!(page.contains("Somebody waited") && !page.contains("Ada Crane"), "{page}");
        assert_eq!(bylines::list(news, &Language::english(), "", 1).await.unwrap().total, 0);
        let mut tx = news.store().read().await.unwrap();
        let left = store::import_link_sources(&mut tx, ada.0).await.unwrap();
        assert!(!left.is_empty() && left.iter().all(|(_, _, id)| id.starts_with("removed:")), "{left:?}");
    }

    async fn reporters_file_nothing_and_what_is_gone_is_gone(newsroom: TestNewsroom, anon: Anon) {
        let news = &newsroom.newsroom;
        let anna = editor(&newsroom, &anon).await;
        let bert = newsroom.person(&anon, Role::Reporter, "bert").await.unwrap().staff;
        let nothing = uuid::Uuid::nil();
        let denials = |by: Staff| async move {
            [
                sections::remove(news, &by, SectionId(nothing), None).await.err(),
                sections::step(news, &by, SectionId(nothing), true).await.err(),
                topics::remove(news, &by, TopicId(nothing)).await.err(),
                topics::edit(news, &by, TopicId(nothing), named("A"), TopicKind::Theme).await.err(),
                bylines::remove(news, &by, BylineId(nothing)).await.err(),
                bylines::edit(news, &by, BylineId(nothing), named("A")).await.err(),
            ]
        };
        for (by, wanted) in [(bert, Denial::Role), (anna, Denial::Gone)] {
            for denied in denials(by).await {
                assert!(matches!(denied, Some(Error::Denied(denial)) if denial == wanted), "{denied:?}");
            }
        }
    }
}
