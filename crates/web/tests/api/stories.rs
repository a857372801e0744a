//! A story's way, as a program goes it.

use model::Role;
use serde_json::json as value;
use testkit::{both_backends, newsroom::answer};

use crate::{ALL, Program, json, problem};

both_backends! {
    async fn a_program_writes_publishes_corrects_and_withdraws_a_story(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Editor, "anna").await.unwrap();
        let program = Program::of(&newsroom, &anna, &ALL[..4]).await;
        let made = program.send("POST", "/api/v1/stories", &value!({})).await;
        assert_eq!(made.status, 201);
        let at = made.header("location").to_owned();
        let document = value!({ "version": 1, "blocks": [{ "type": "paragraph", "content": [{ "type": "text", "text": "It came." }] }] });
        let fields = value!({ "headline": "The ferry came", "document": document });
        let saved = program.send("PATCH", &at, &value!({ "version": 0, "fields": fields })).await;
        assert_eq!((saved.status, json(&saved)["version"].as_i64()), (200, Some(1)), "{}", saved.text());
        let read = json(&program.ask("GET", &at).await);
        assert_eq!(read["fields"]["headline"], "The ferry came");
        assert_eq!(read["fields"]["document"], document);
        assert_eq!(read["writing"], value!(null), "the program sits in the story");
        let listed = json(&program.ask("GET", "/api/v1/stories?q=ferr&state=draft").await);
        assert_eq!((listed["total"].as_i64(), &listed["items"][0]["headline"]), (Some(1), &value!("The ferry came")));
        assert_eq!(listed["more"], false);
        let checked = json(&program.ask("GET", &format!("{at}/check")).await);
        assert_eq!(checked["publishable"], true);
        let published = program.send("POST", &format!("{at}/publish"), &value!({ "version": 1 })).await;
        assert_eq!(published.status, 200, "{}", published.text());
        let path = json(&published)["path"].as_str().unwrap().to_owned();
        assert!(anon.get(&path).await.text().contains("The ferry came"));
        let text = value!({ "text": "It came at seven." });
        assert_eq!(program.send("POST", &format!("{at}/correct"), &text).await.status, 200);
        assert!(anon.get(&path).await.text().contains("It came at seven."));
        assert_eq!(program.send("POST", &format!("{at}/withdraw"), &value!({})).await.status, 200);
        assert_eq!(anon.get(&path).await.status, 410);
        let log = app::connections::logs::deeds(&newsroom.newsroom, &publisher(&anna.staff), i64::MAX, 1).await.unwrap();
        assert_eq!((log[0].actor.as_str(), log[0].action.as_str()), ("anna", "story_withdrawn"));
    }

    async fn two_who_save_the_same_version_lose_nothing(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Editor, "anna").await.unwrap();
        let program = Program::of(&newsroom, &anna, &ALL[..3]).await;
        let at = program.send("POST", "/api/v1/stories", &value!({})).await.header("location").to_owned();
        let save = |version: i64, headline: &str| value!({ "version": version, "fields": { "headline": headline } });
        assert_eq!(program.send("PATCH", &at, &save(0, "First")).await.status, 200);
        let late = program.send("PATCH", &at, &save(0, "Second")).await;
        assert_eq!(problem(&late), (409, "conflict".to_owned()));
        assert_eq!((json(&late)["version"].as_i64(), &json(&late)["by"]), (Some(1), &value!("anna")));
        assert_eq!(json(&program.ask("GET", &at).await)["fields"]["headline"], "First");
        let old = program.send("POST", &format!("{at}/publish"), &value!({ "version": 0 })).await;
        assert_eq!(problem(&old), (409, "conflict".to_owned()));
    }

    async fn a_story_in_which_somebody_writes_is_left_alone(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Editor, "anna").await.unwrap();
        let bert = newsroom.person(&anon, Role::Editor, "bert").await.unwrap();
        let program = Program::of(&newsroom, &bert, &ALL[..3]).await;
        let made = program.send("POST", "/api/v1/stories", &value!({})).await;
        let (at, id) = (made.header("location").to_owned(), json(&made)["id"].as_str().unwrap().to_owned());
        let locked = anna.send("POST", &format!("/desk/api/stories/{id}/lock"), &value!({})).await;
        assert_eq!(locked.status, 200);
        let change = value!({ "version": 0, "fields": { "headline": "Mine" } });
        let got = program.send("PATCH", &at, &change).await;
        assert_eq!(problem(&got), (423, "locked".to_owned()));
        assert_eq!(json(&got)["by"], "anna");
        assert_eq!(json(&program.ask("GET", &at).await)["writing"], "anna", "the program took the lock away");
    }

    async fn reporters_programs_reach_their_own_stories_only(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Editor, "anna").await.unwrap();
        let rita = newsroom.person(&anon, Role::Reporter, "rita").await.unwrap();
        let editor = Program::of(&newsroom, &anna, &ALL[..3]).await;
        let reporter = Program::of(&newsroom, &rita, &ALL[..2]).await;
        let at = editor.send("POST", "/api/v1/stories", &value!({})).await.header("location").to_owned();
        assert_eq!(problem(&reporter.ask("GET", &at).await), (403, "forbidden".to_owned()));
        assert_eq!(json(&reporter.ask("GET", "/api/v1/stories").await)["total"], 0);
        assert_eq!(editor.ask("PUT", &format!("{at}/owners/rita")).await.status, 204);
        assert_eq!(reporter.ask("GET", &at).await.status, 200);
        assert_eq!(problem(&reporter.ask("DELETE", &format!("{at}/owners/rita")).await), (403, "forbidden".to_owned()));
    }

    async fn what_can_t_be_is_refused_in_words(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Editor, "anna").await.unwrap();
        let program = Program::of(&newsroom, &anna, &ALL[..3]).await;
        let at = program.send("POST", "/api/v1/stories", &value!({})).await.header("location").to_owned();
        let link = value!({ "version": 1, "blocks": [{ "type": "paragraph", "content": [
            { "type": "link", "href": "javascript:alert(1)", "content": [] } ] }] });
        for fields in [
            value!({ "slug": "Not A Slug" }),
            value!({ "document": { "version": 1, "blocks": [{ "type": "marquee" }] } }),
            value!({ "document": link }),
            value!({ "sources": [{ "name": "a", "url": "javascript:alert(1)" }] }),
        ] {
            let got = program.send("PATCH", &at, &value!({ "version": 0, "fields": fields })).await;
            assert_eq!(problem(&got), (422, "refused".to_owned()), "{fields}");
        }
        let got = program.send("POST", &format!("{at}/publish"), &value!({ "version": 0 })).await;
        assert_eq!(problem(&got), (422, "refused".to_owned()));
        assert!(json(&got)["detail"].as_str().unwrap().contains("headline"));
        let past = value!({ "at": "2020-01-01T00:00:00Z" });
        assert_eq!(problem(&program.send("POST", &format!("{at}/schedule"), &past).await), (422, "refused".to_owned()));
    }

    async fn previews_notes_revisions_and_translations_are_there_for_programs(newsroom: TestNewsroom, anon: Anon) {
        let mut tx = newsroom.newsroom.store().begin().await.unwrap();
        let settings = model::Newsroom { languages: ["en", "ru"].map(|tag| model::Language::new(tag).unwrap()).to_vec(), ..model::Newsroom::default() };
        store::newsroom_settings_set(&mut tx, &settings, newsroom.newsroom.clock().now()).await.unwrap();
        tx.commit().await.unwrap();
        let anna = newsroom.person(&anon, Role::Editor, "anna").await.unwrap();
        let program = Program::of(&newsroom, &anna, &ALL[..3]).await;
        let at = program.send("POST", "/api/v1/stories", &value!({})).await.header("location").to_owned();
        for (version, headline) in ["First", "Second"].into_iter().enumerate() {
            let saved = program.send("PATCH", &at, &value!({ "version": version, "fields": { "headline": headline } })).await;
            assert_eq!(saved.status, 200);
            newsroom.clock.advance_millis(11 * 60_000);
        }
        let made = program.send("POST", &format!("{at}/previews"), &value!({ "hours": 1 })).await;
        let url = json(&made)["url"].as_str().unwrap().to_owned();
        let path = &url[url.find("/desk/").unwrap()..];
        assert_eq!(answer(anna.request("GET", path), path).await.status, 303);
        assert_eq!(program.ask("DELETE", made.header("location")).await.status, 204);
        assert_eq!(answer(anna.request("GET", path), path).await.status, 404);
        let notes = json(&program.send("POST", &format!("{at}/notes"), &value!({ "text": "Look @anna" })).await);
        let note = notes["items"][0]["id"].as_str().unwrap();
        assert_eq!(program.ask("POST", &format!("{at}/notes/{note}/settle")).await.status, 204);
        assert_eq!(json(&program.ask("GET", &format!("{at}/notes")).await)["items"][0]["settled_by"], "anna");
        let revisions = json(&program.ask("GET", &format!("{at}/revisions")).await);
        let revision = revisions["items"][0]["id"].as_str().unwrap();
        let read = json(&program.ask("GET", &format!("{at}/revisions/{revision}")).await);
        assert_eq!(read["headline"], "First");
        assert!(!read["changes"].as_array().unwrap().is_empty());
        assert_eq!(program.ask("POST", &format!("{at}/revisions/{revision}/restore")).await.status, 204);
        assert_eq!(json(&program.ask("GET", &at).await)["fields"]["headline"], "First");
        let translated = program.send("POST", &format!("{at}/translations"), &value!({ "language": "ru" })).await;
        assert_eq!(translated.status, 201, "{}", translated.text());
        let original = json(&program.ask("GET", &format!("{}/original", translated.header("location"))).await);
        assert_eq!((&original["language"], &original["headline"]), (&value!("en"), &value!("First")));
        assert_eq!(program.ask("POST", &format!("{}/caught-up", translated.header("location"))).await.status, 204);
    }
}

/// The same account, as if it were a publisher's: for looking into the log.
fn publisher(staff: &model::Staff) -> model::Staff {
    model::Staff { role: Role::Publisher, ..staff.clone() }
}
