//! Appeals, as an editor's browser asks for them.

use app::stories::desk;
use model::{Language, Role};
use serde_json::json;
use testkit::{Person, TestNewsroom, both_backends};

async fn published(newsroom: &TestNewsroom, by: &Person, headline: &str) -> (String, String) {
    let news = &newsroom.newsroom;
    let id = desk::create(news, &by.staff, &Language::english()).await.unwrap();
    let first = serde_json::from_value(json!({ "headline": headline })).unwrap();
    desk::save(news, &by.staff, id, 0, first).await.unwrap();
    let story = desk::publish(news, &by.staff, id, None).await.unwrap();
    (id.to_string(), story.path.unwrap().to_string())
}

fn body(text: &str) -> serde_json::Value {
    let content = json!([{ "type": "text", "text": text }]);
    json!({ "version": 1, "blocks": [{ "type": "paragraph", "content": content }] })
}

/// A new appeal: its address, and its variant's id.
async fn begun(anna: &Person, name: &str) -> (String, String) {
    let made = anna.post("/desk/appeals", &[("name", name), ("kind", "end")]).await;
    assert_eq!(made.status, 303);
    let own = made.header("location").to_owned();
    let page = anna.get(&own).await.text();
    let variant = page.split_once(&format!("{own}/text/")).unwrap().1.chars().take(36).collect();
    (own, variant)
}

async fn writes(anna: &Person, variant: &str, base: i64, text: &str) -> u16 {
    let path = format!("/desk/api/appeals/{variant}/en/draft");
    anna.send("PUT", &path, &json!({ "base": base, "fields": { "document": body(text) } })).await.status
}

both_backends! {
    async fn an_appeal_is_written_started_changed_and_withdrawn_by_forms(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Editor, "anna").await.unwrap();
        let (_, path) = published(&newsroom, &anna, "The ferry sails").await;
        let (own, variant) = begun(&anna, "Spring <drive>").await;
        let early = anna.post(&format!("{own}/start"), &[]).await;
        assert_eq!(early.status, 422);
        assert!(early.text().contains("write its text first"));
        let editor = anna.get(&format!("{own}/text/{variant}/en")).await;
        assert!(editor.status == 200 && editor.text().contains("\"kind\":\"text\""));
        assert_eq!(writes(&anna, &variant, 0, "Please give").await, 200);
        assert_eq!(writes(&anna, &variant, 0, "Mine").await, 409);
        let framed = anna.get(&format!("{own}/as/{variant}/en")).await;
        assert!(framed.text().contains("Please give") && framed.header("content-security-policy").contains("frame-ancestors 'self'"));
        assert!(anna.get(&format!("{own}/preview?look=desktop")).await.text().contains(&format!("/as/{variant}/en")));
        let started = anna.post(&format!("{own}/start"), &[]).await;
        assert_eq!(started.header("location"), format!("{own}?said=appeal-started"));
        assert!(anon.get(&path).await.text().contains("Please give"));
        assert_eq!(anna.post(&format!("{own}/variants"), &[]).await.status, 303);
        let page = anna.get(&own).await.text();
        assert!(!page.contains("<drive>") && page.contains("Not shown yet"), "{page}");
        assert_eq!(anna.post(&format!("{own}/show"), &[]).await.status, 303);
        let typed = [("name", "Spring"), ("rest_days", "7"), ("goal_amount", "٥٠٠٠"), ("goal_currency", "EUR"),
            ("goal_from", "2026-01"), ("goal_until", "2026-12"), ("cap_times", "3"), ("cap_days", "7"), ("form", "1")];
        assert_eq!(anna.post(&format!("{own}/settings"), &typed).await.status, 303);
        let page = anna.get(&own).await.text();
        assert!(page.contains("value=\"5000.00\"") && page.contains("value=\"2026-12\""), "{page}");
        let wrong = anna.post(&format!("{own}/settings"), &[("name", "Spring"), ("rest_days", "900"), ("from", "soon")]).await;
        assert!(wrong.status == 422 && wrong.text().contains("value=\"900\""), "{}", wrong.text());
        assert_eq!(anna.post(&format!("{own}/withdraw"), &[]).await.status, 303);
        assert!(!anon.get(&path).await.text().contains("Please give"));
        let log = newsroom.person(&anon, Role::Publisher, "paul").await.unwrap().get("/desk/log").await.text();
        assert!(log.contains("withdrew the appeal “<bdi>Spring</bdi>”") || log.contains("withdrew the appeal"), "{log}");
    }

    async fn rules_are_added_changed_moved_and_taken_away_by_forms(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Editor, "anna").await.unwrap();
        anna.post("/desk/sections", &[("name:en", "World")]).await;
        let (own, _) = begun(&anna, "Spring").await;
        for kind in ["section", "topic", "language", "dates", "country", "read", "share"] {
            assert!(anna.get(&format!("{own}?rule={kind}")).await.text().contains("id=\"rule\""), "{kind}");
        }
        let section = anna.get(&format!("{own}?rule=section")).await.text();
        let world: String = section.split_once("name=\"any\" value=\"").unwrap().1.chars().take(36).collect();
        let rules = format!("{own}/rules");
        for form in [
            vec![("kind", "section"), ("name", "In & around"), ("any", world.as_str())],
            vec![("kind", "language"), ("name", "English"), ("any", "en")],
            vec![("kind", "country"), ("name", "Near"), ("countries", "de, fr"), ("unknown", "1")],
            vec![("kind", "read"), ("name", "Regulars"), ("least", "3"), ("most", "")],
            vec![("kind", "dates"), ("name", "Spring"), ("from", "2026-03-01T00:00"), ("until", "2026-06-01T00:00")],
            vec![("kind", "share"), ("name", "Half"), ("percent", "50")],
        ] {
            assert_eq!(anna.post(&rules, &form).await.header("location"), format!("{own}?said=saved"), "{form:?}");
        }
        let page = anna.get(&own).await.text();
        assert!(page.contains("In World") && page.contains("In DE, FR, or unknown") && page.contains("3 to ∞ stories"), "{page}");
        let edit = anna.get(&format!("{own}?edit=In%20%26%20around")).await.text();
        assert!(edit.contains(&format!("value=\"{world}\" checked")), "{edit}");
        let wrong = anna.post(&rules, &[("kind", "share"), ("was", "Half"), ("name", "Half"), ("percent", "500")]).await;
        assert!(wrong.status == 422 && wrong.text().contains("value=\"500\""), "{}", wrong.text());
        let changed = [("kind", "share"), ("was", "Half"), ("name", "A tenth"), ("percent", "10")];
        assert_eq!(anna.post(&rules, &changed).await.status, 303);
        for act in ["up", "down", "remove"] {
            assert_eq!(anna.post(&format!("{rules}/change"), &[("name", "A tenth"), ("act", act)]).await.status, 303, "{act}");
        }
        assert!(!anna.get(&own).await.text().contains("A tenth"));
        assert_eq!(anna.get(&format!("{own}?edit=A%20tenth")).await.status, 404);
    }

    async fn the_desk_says_why_an_appeal_was_not_shown(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Editor, "anna").await.unwrap();
        assert!(anna.get("/desk/appeals/why").await.text().contains("No story is public"));
        let (story, _) = published(&newsroom, &anna, "The ferry sails").await;
        let (own, variant) = begun(&anna, "Spring").await;
        writes(&anna, &variant, 0, "Please give").await;
        anna.post(&format!("{own}/start"), &[]).await;
        anna.post(&format!("{own}/rules"), &[("kind", "read"), ("name", "Regulars"), ("least", "3")]).await;
        let asked = async |more: &str| anna.get(&format!("/desk/appeals/why?story={story}{more}")).await.text();
        let unknown = asked("").await;
        assert!(unknown.contains("It is not shown.") && unknown.contains("not known, so the rule’s own answer"), "{unknown}");
        assert!(asked("&read=3").await.contains("It is shown."));
        assert!(asked("&read=3&resting=1").await.contains("The device asks for rest."));
        assert!(asked("&read=three").await.contains("`three` can&#x27;t be used as read"));
        let nobody = anna.get("/desk/appeals/why?story=0198f3a0-0000-7000-8000-000000000000").await;
        assert_eq!(nobody.status, 404);
    }
}
