//! Sections, topics, bylines and the front page, as an editor's browser asks for them.

use app::stories::desk;
use model::{Language, Role};
use testkit::{Person, TestNewsroom, both_backends};

/// The id in the first address of a page that begins so.
fn id_after(page: &str, address: &str) -> String {
    let rest = page.split_once(address).unwrap_or_else(|| panic!("no {address} in {page}")).1;
    rest.chars().take(36).collect()
}

/// A public story's id.
async fn published(newsroom: &TestNewsroom, by: &Person, headline: &str) -> String {
    let news = &newsroom.newsroom;
    let id = desk::create(news, &by.staff, &Language::english()).await.unwrap();
    let first = serde_json::from_value(serde_json::json!({ "headline": headline })).unwrap();
    desk::save(news, &by.staff, id, 0, first).await.unwrap();
    desk::publish(news, &by.staff, id, None).await.unwrap();
    id.to_string()
}

both_backends! {
    async fn a_section_is_made_renamed_moved_and_removed_by_forms(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Editor, "anna").await.unwrap();
        for name in ["World", "Economy"] {
            let made = anna.post("/desk/sections", &[("name:en", name), ("about:en", ""), ("slug", "")]).await;
            assert_eq!((made.status, made.header("location")), (303, "/desk/sections?said=section-added"));
        }
        let list = anna.get("/desk/sections").await.text();
        assert!(list.find("World").unwrap() < list.find("Economy").unwrap());
        let world = id_after(&list, "href=\"/desk/sections/");
        let moved = anna.post(&format!("/desk/sections/{world}/step"), &[("up", "0")]).await;
        let list = anna.get(moved.header("location")).await.text();
        assert!(list.find("Economy").unwrap() < list.find("World").unwrap());
        assert!(list.contains("autofocus"), "the keyboard lost its place");
        let typed = [("name:en", "Abroad & beyond"), ("slug", "No Slug")];
        let wrong = anna.post(&format!("/desk/sections/{world}"), &typed).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text().contains("value=\"No Slug\"") && wrong.text().contains("is not a slug"));
        let saved = anna.post(&format!("/desk/sections/{world}"), &[("name:en", "Abroad"), ("slug", "abroad")]).await;
        assert_eq!(saved.status, 303);
        assert_eq!(anna.get(&format!("/desk/sections/{world}")).await.status, 200);
        assert_eq!(anna.post(&format!("/desk/sections/{world}/remove"), &[("into", "")]).await.status, 303);
        assert_eq!(anna.get(&format!("/desk/sections/{world}")).await.status, 404);
    }

    async fn a_topic_is_searched_for_and_merged_by_forms(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Editor, "anna").await.unwrap();
        for name in ["Wonsan", "Wonsan city"] {
            anna.post("/desk/topics", &[("name:en", name), ("kind", "place")]).await;
        }
        let city = id_after(&anna.get("/desk/topics?q=city").await.text(), "href=\"/desk/topics/");
        let offer = anna.get(&format!("/desk/topics/{city}?into=wons")).await.text();
        let into = id_after(&offer, "type=\"hidden\" name=\"into\" value=\"");
        assert_ne!(into, city, "a topic is offered to itself");
        let merged = anna.post(&format!("/desk/topics/{city}/merge"), &[("into", &into)]).await;
        assert_eq!(merged.header("location"), format!("/desk/topics/{into}?said=topic-merged"));
        assert_eq!(anna.get(&format!("/desk/topics/{city}")).await.status, 404);
        assert!(!anna.get("/desk/topics").await.text().contains("Wonsan city"));
    }

    async fn removing_a_byline_says_first_what_happens(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Editor, "anna").await.unwrap();
        anna.post("/desk/bylines", &[("name:en", "Ivan <Canary>")]).await;
        let list = anna.get("/desk/bylines?q=can").await.text();
        assert!(!list.contains("<Canary>"), "a name is not escaped");
        let ivan = id_after(&list, "href=\"/desk/bylines/");
        let ask = anna.get(&format!("/desk/bylines/{ivan}/remove")).await.text();
        assert!(ask.contains("be undone") && ask.contains("Drafts forget it"));
        assert_eq!(anna.get(&format!("/desk/bylines/{ivan}")).await.status, 200, "asking removed it");
        assert_eq!(anna.post(&format!("/desk/bylines/{ivan}/remove"), &[]).await.status, 303);
        assert!(!anna.get("/desk/bylines").await.text().contains("Canary"));
    }

    async fn the_front_page_is_ordered_and_the_banner_set_by_forms(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Editor, "anna").await.unwrap();
        let first = published(&newsroom, &anna, "First").await;
        let second = published(&newsroom, &anna, "Second").await;
        for id in [&first, &second] {
            assert_eq!(anna.post("/desk/front", &[("story", id), ("act", "pin")]).await.status, 303);
        }
        let down = anna.post("/desk/front", &[("story", &second), ("act", "down"), ("language", "en")]).await;
        let page = anna.get(down.header("location")).await.text();
        assert!(page.find("First").unwrap() < page.find("Second").unwrap() && page.contains("autofocus"));
        assert_eq!(anna.post("/desk/front", &[("story", &second), ("act", "spin")]).await.status, 422);
        let banner = [("text", "He is here"), ("link", ""), ("until", "2025-07-11T19:00")];
        let past = [("text", "He is here"), ("link", ""), ("until", "2025-07-11T17:00")];
        let wrong = anna.post("/desk/front/breaking", &past).await;
        assert!(wrong.status == 422 && wrong.text().contains("value=\"He is here\""), "{}", wrong.status);
        assert_eq!(anna.post("/desk/front/breaking", &banner).await.status, 303);
        assert!(anon.get("/").await.text().contains("He is here"));
        assert!(anna.get("/desk/front").await.text().contains("Take it down now"));
        assert_eq!(anna.post("/desk/front/breaking", &[("end", "1")]).await.status, 303);
        assert!(!anon.get("/").await.text().contains("He is here"));
    }
}
