//! Static pages: kept apart from what readers see until they are published, and every version kept.

use app::static_pages::{self, Changes, Unsaved};
use model::{Language, PageId, Role, Staff};
use serde_json::json;
use testkit::{Anon, TestNewsroom, both_backends};

use crate::refused;

async fn editor(newsroom: &TestNewsroom, anon: &Anon) -> Staff {
    newsroom.person(anon, Role::Editor, "anna").await.unwrap().staff
}

fn changes(value: serde_json::Value) -> Changes {
    serde_json::from_value(value).unwrap()
}

fn body(text: &str) -> serde_json::Value {
    json!({ "version": 1, "blocks": [{ "type": "paragraph", "content": [{ "type": "text", "text": text }] }] })
}

/// A public page at `/about/` in its first version.
async fn about(newsroom: &TestNewsroom, by: &Staff) -> PageId {
    let news = &newsroom.newsroom;
    let id = static_pages::create(news, by, &Language::english(), "About us", "about").await.unwrap();
    static_pages::save(news, by, id, 0, changes(json!({ "document": body("We are here.") }))).await.unwrap();
    static_pages::publish(news, by, id, 1).await.unwrap();
    id
}

both_backends! {
    async fn readers_see_a_page_when_it_is_published_and_every_version_is_kept(newsroom: TestNewsroom, anon: Anon) {
        let (news, anna) = (&newsroom.newsroom, editor(&newsroom, &anon).await);
        let id = static_pages::create(news, &anna, &Language::english(), "About us", "").await.unwrap();
        assert_eq!(anon.get("/about-us/").await.status, 404);
        static_pages::save(news, &anna, id, 0, changes(json!({ "document": body("We are here.") }))).await.unwrap();
        assert_eq!(anon.get("/about-us/").await.status, 404, "a save reached readers");
        let first = static_pages::publish(news, &anna, id, 1).await.unwrap();
        assert_eq!(first.version, 1);
        assert!(anon.get("/about-us/").await.text().contains("We are here."));
        static_pages::save(news, &anna, id, 1, changes(json!({ "document": body("We have moved.") }))).await.unwrap();
        assert!(anon.get("/about-us/").await.text().contains("We are here."));
        assert!(refused(static_pages::publish(news, &anna, id, 1).await).contains("since you looked"));
        static_pages::publish(news, &anna, id, 2).await.unwrap();
        assert!(anon.get("/about-us/").await.text().contains("We have moved."));
        assert!(refused(static_pages::publish(news, &anna, id, 2).await).contains("nothing to publish"));
        static_pages::restore(news, &anna, id, 1).await.unwrap();
        let opened = static_pages::open(news, &anna, id).await.unwrap();
        assert_eq!(opened.versions.iter().map(|old| old.version).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(static_pages::lines(&opened.draft.fields.document), ["We are here."]);
        assert!(anon.get("/about-us/").await.text().contains("We have moved."), "bringing a text back published it");
    }

    async fn a_page_is_hidden_and_shown_again_without_a_new_version(newsroom: TestNewsroom, anon: Anon) {
        let (news, anna) = (&newsroom.newsroom, editor(&newsroom, &anon).await);
        let id = about(&newsroom, &anna).await;
        assert!(!anon.get("/latest/").await.text().contains("About us"));
        static_pages::set_menu(news, &anna, id, Some(1)).await.unwrap();
        assert!(anon.get("/latest/").await.text().contains("About us"));
        static_pages::unpublish(news, &anna, id).await.unwrap();
        assert_eq!(anon.get("/about/").await.status, 404);
        assert!(!anon.get("/latest/").await.text().contains("About us"), "the menu leads nowhere");
        assert!(refused(static_pages::unpublish(news, &anna, id).await).contains("nothing to hide"));
        let again = static_pages::publish(news, &anna, id, 1).await.unwrap();
        assert_eq!((again.version, anon.get("/about/").await.status), (1, 200));
        assert!(refused(static_pages::set_menu(news, &anna, id, Some(-1)).await).contains("0 to 999"));
    }

    async fn a_page_s_old_address_leads_to_its_new_one(newsroom: TestNewsroom, anon: Anon) {
        let (news, anna) = (&newsroom.newsroom, editor(&newsroom, &anon).await);
        let id = about(&newsroom, &anna).await;
        static_pages::save(news, &anna, id, 1, changes(json!({ "slug": "who-we-are" }))).await.unwrap();
        assert_eq!(anon.get("/about/").await.status, 200);
        static_pages::publish(news, &anna, id, 2).await.unwrap();
        let old = anon.get("/about/").await;
        assert_eq!((old.status, old.header("location")), (301, "/who-we-are/"));
        static_pages::save(news, &anna, id, 2, changes(json!({ "slug": "about" }))).await.unwrap();
        static_pages::publish(news, &anna, id, 3).await.unwrap();
        assert_eq!(anon.get("/who-we-are/").await.header("location"), "/about/");
        assert_eq!(anon.get("/about/").await.status, 200);
    }

    async fn addresses_of_other_pages_are_refused_and_nobody_saves_over_what_they_have_not_seen(newsroom: TestNewsroom, anon: Anon) {
        let (news, anna, english) = (&newsroom.newsroom, editor(&newsroom, &anon).await, Language::english());
        let id = about(&newsroom, &anna).await;
        for (slug, wanted) in [("topics", "another kind"), ("2025", "another kind"), ("about", "already"), ("Ab out", "slug")] {
            let text = refused(static_pages::create(news, &anna, &english, "Title", slug).await);
            assert!(text.contains(wanted), "{slug}: {text}");
        }
        assert!(refused(static_pages::create(news, &anna, &english, " ", "x").await).contains("title"));
        let late = static_pages::save(news, &anna, id, 0, changes(json!({ "title": "Late" }))).await;
        assert!(matches!(&late, Err(Unsaved::Conflict(now)) if now.version == 1 && now.fields.title == "About us"), "{late:?}");
        let script = json!({ "version": 1, "blocks": [{ "type": "paragraph", "content": [
            { "type": "link", "href": "javascript:alert(1)", "content": [{ "type": "text", "text": "x" }] }] }] });
        assert!(static_pages::save(news, &anna, id, 1, changes(json!({ "document": script }))).await.is_err());
    }
}
