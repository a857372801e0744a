//! The newsroom as Ghost's Content API tells it. That Ghost's own client can read it is shown in `e2e`.

use app::connections::{NewToken, token_make};
use model::{Byline, BylineId, Document, Names, Page, PageId, Role, Scope, Topic, TopicId, TopicKind, document::Block};
use serde_json::Value;
use testkit::{Anon, Answer, TestNewsroom};

use crate::seed::{self, draft, language, publish, seed, slug};

/// Somebody's program, with a key.
struct Program {
    anon: Anon,
    key: String,
}

impl Program {
    async fn get(&self, path: &str) -> Answer {
        let joint = if path.contains('?') { '&' } else { '?' };
        self.anon.get(&format!("/ghost/api/content/{path}{joint}key={}", self.key)).await
    }

    async fn json(&self, path: &str) -> Value {
        let answer = self.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        serde_json::from_slice(&answer.bytes).unwrap()
    }

    /// The slugs of the things that an address lists.
    async fn slugs(&self, path: &str) -> Vec<String> {
        let told = self.json(path).await;
        let (_, list) = told.as_object().unwrap().iter().find(|(name, _)| *name != "meta").unwrap();
        list.as_array().unwrap().iter().map(|one| one["slug"].as_str().unwrap().to_owned()).collect()
    }

    /// How many posts a filter finds.
    async fn count(&self, filter: &str) -> i64 {
        let filter: String = url::form_urlencoded::byte_serialize(filter.as_bytes()).collect();
        self.json(&format!("posts/?limit=1&fields=slug&filter={filter}")).await["meta"]["pagination"]["total"]
            .as_i64()
            .unwrap()
    }
}

async fn key(newsroom: &TestNewsroom, anon: &Anon, scope: Scope) -> String {
    let person = newsroom.person(anon, Role::Publisher, &scope.as_str().replace(':', "-")).await.unwrap();
    let new = NewToken { name: "a front end".to_owned(), scopes: vec![scope], ends_at: None };
    token_make(&newsroom.newsroom, &person.staff, new).await.unwrap().1.reveal().to_owned()
}

/// A newsroom with stories, and a program with a key to it.
async fn program(newsroom: &TestNewsroom, anon: &Anon) -> Program {
    seed(&newsroom.newsroom).await;
    Program { anon: anon.clone(), key: key(newsroom, anon, Scope::ContentRead).await }
}

/// Puts in what must not be told: a draft, a topic and a byline that only it has, and a page that is not public.
async fn hide_canaries(newsroom: &TestNewsroom) {
    let newsroom = &newsroom.newsroom;
    let now = newsroom.clock().now();
    let story = draft(newsroom, "en", "canary-draft", "Canary draft", now);
    let topic = Topic {
        id: TopicId::new(now, newsroom.chance()),
        slug: slug("canary-topic"),
        kind: TopicKind::Person,
        names: Names::one(language("en"), "Canary topic"),
        about: Names::default(),
    };
    let byline = Byline {
        id: BylineId::new(now, newsroom.chance()),
        slug: slug("canary-byline"),
        names: Names::one(language("en"), "Canary byline"),
        about: Names::default(),
    };
    let page = Page {
        id: PageId::new(now, newsroom.chance()),
        language: language("en"),
        slug: slug("canary-page"),
        public: false,
        menu: Some(9),
        title: "Canary page".to_owned(),
        document: Document::new(vec![Block::paragraph("Canary.")]),
        version: 1,
        updated_at: now,
    };
    let mut tx = newsroom.store().begin().await.unwrap();
    store::topic_insert(&mut tx, &topic).await.unwrap();
    store::byline_insert(&mut tx, &byline).await.unwrap();
    store::story_insert(&mut tx, &story).await.unwrap();
    store::story_set_topics(&mut tx, story.id, &[topic.id]).await.unwrap();
    store::story_set_bylines(&mut tx, story.id, &[byline.id]).await.unwrap();
    store::page_insert(&mut tx, &page).await.unwrap();
    tx.commit().await.unwrap();
}

testkit::both_backends! {
    async fn a_post_tells_what_the_story_says(newsroom: TestNewsroom, anon: Anon) {
        let program = program(&newsroom, &anon).await;
        let told = program.json("posts/slug/wonsan/?include=tags,authors").await;
        assert!(told.get("meta").is_none());
        let post = &told["posts"][0];
        assert_eq!(post["title"], "Minister arrives in Wonsan <for> a \"working\" visit");
        assert_eq!(post["locale"], "en", "a translation stands in for the newsroom's own language");
        assert_eq!(post["url"], format!("{}{}", anon.address, seed::WONSAN));
        assert_eq!(post["published_at"], "2025-07-11T12:00:00.000+00:00");
        assert!(post["html"].as_str().unwrap().contains("<p>It was announced on Friday.</p>"));
        assert!(post["custom_excerpt"].as_str().unwrap().contains("what is known so far"));
        assert_eq!(post["excerpt"], post["custom_excerpt"]);
        assert_eq!(post["feature_image"], format!("{}/media/cd/cd0000000000000000000000000000ef.jpg", anon.address));
        assert_eq!(post["feature_image_alt"], "Two ministers shake hands on a runway");
        assert_eq!((&post["featured"], &post["visibility"]), (&Value::Bool(true), &Value::from("public")));
        assert_eq!(post["primary_tag"]["slug"], "politics");
        assert_eq!(post["tags"][1]["name"], "Wonsan");
        assert_eq!(post["tags"].as_array().unwrap().len(), 3);
        assert_eq!(post["primary_author"]["name"], "A. Reporter");
        assert!(post.get("plaintext").is_none());

        let id = post["id"].as_str().unwrap();
        assert!(id.len() == 24 && id.bytes().all(|b| b.is_ascii_hexdigit()), "{id}");
        let by_id = program.json(&format!("posts/{id}/")).await;
        assert_eq!(by_id["posts"][0]["uuid"], post["uuid"]);
        assert!(by_id["posts"][0].get("tags").is_none(), "tags are told though nobody asked");
        let by_uuid = program.json(&format!("posts/{}/", post["uuid"].as_str().unwrap())).await;
        assert_eq!(by_uuid["posts"][0]["id"], post["id"]);

        let russian = program.json("posts/?filter=locale:ru&include=tags").await;
        assert_eq!(russian["posts"][0]["title"], "Министр прибыл в Вонсан");
        assert_eq!(russian["posts"][0]["tags"][0]["name"], "Политика");
        assert_eq!(russian["posts"][0]["tags"][0]["url"], format!("{}/ru/sections/politics/", anon.address));
    }

    async fn lists_come_in_pages_latest_first(newsroom: TestNewsroom, anon: Anon) {
        let program = program(&newsroom, &anon).await;
        let first = program.json("posts/").await;
        assert_eq!(first["posts"].as_array().unwrap().len(), 15);
        assert_eq!(first["meta"]["pagination"]["total"], 64);
        assert_eq!(first["meta"]["pagination"]["pages"], 5);
        let mut all = Vec::new();
        for page in 1..=5 {
            all.extend(program.slugs(&format!("posts/?page={page}")).await);
        }
        assert_eq!(all.len(), 64);
        assert_eq!(program.slugs("posts/?limit=all").await, all);
        assert_eq!(all[3..6], ["long-read", "day-1", "day-2"]);
        assert!(program.slugs("posts/?page=6").await.is_empty());
        assert_eq!(program.slugs("posts/?limit=2&order=published_at%20asc").await, ["day-60", "day-59"]);
        assert_eq!(program.slugs("posts/?limit=2&order=slug&filter=locale:en").await, ["day-1", "day-10"]);
        assert_eq!(
            program.slugs("posts/?limit=2&order=featured%20desc,%20title%20asc&filter=locale:en").await,
            ["wonsan", "long-read"]
        );
    }

    async fn filters_find_what_they_say(newsroom: TestNewsroom, anon: Anon) {
        let program = program(&newsroom, &anon).await;
        let plain = draft(&newsroom.newsroom, "en", "plain", "100% plain", newsroom.newsroom.clock().now());
        publish(&newsroom.newsroom, &plain, &[], &[]).await;
        let id = program.json("posts/slug/day-7/").await["posts"][0]["id"].as_str().unwrap().to_owned();
        for (filter, count) in [
            ("visibility:public", 65),
            ("visibility:paid", 0),
            ("slug:day-7", 1),
            ("slug:-day-7", 64),
            ("slug:[day-7,day-8,no-such]", 2),
            ("slug:-[day-7,day-8]", 63),
            (&format!("id:{id}"), 1),
            (&format!("id:-{id}"), 64),
            ("id:0", 0),
            ("tag:politics", 64),
            ("tag:-politics", 1),
            ("tags:[wonsan,no-such]", 64),
            ("tag:choe-son-hui", 63),
            ("tags:[wonsan+choe-son-hui]", 63),
            ("tag:no-such", 0),
            ("tag:-no-such", 65),
            ("tag:null", 1),
            ("tag:~^'pol'", 64),
            ("primary_tag:politics", 64),
            ("primary_tag:wonsan", 0),
            ("author:a-reporter", 64),
            ("author:-a-reporter", 1),
            ("primary_author:null", 1),
            ("featured:true", 1),
            ("featured:false+locale:en", 62),
            ("feature_image:null", 2),
            ("custom_excerpt:-null", 65),
            ("title:~'DAY 7:'", 1),
            ("title:~^'day 1'", 11),
            ("title:~'100%'", 1),
            ("title:~'0_'", 0),
            ("title:-~^'Day'", 5),
            ("published_at:>'2025-07-11 11:00:00'", 4),
            ("published_at:>=now-2d+locale:en", 5),
            ("published_at:<2025-06-01", 20),
            ("published_at:'2025-07-11T12:00:00.000+00:00'", 3),
            ("(slug:day-1,slug:day-2)+featured:false", 2),
            ("slug:day-1,slug:day-2+featured:true", 1),
            ("locale:[ru,fa]", 2),
        ] {
            assert_eq!(program.count(filter).await, count, "{filter}");
        }
    }

    async fn what_readers_cannot_see_is_told_to_nobody(newsroom: TestNewsroom, anon: Anon) {
        let program = program(&newsroom, &anon).await;
        hide_canaries(&newsroom).await;
        let hidden = ["canary", "Canary", "taken-back", "Taken back", "content-read"];
        let filters = [
            "", "&filter=status:draft", "&filter=status:[draft,withdrawn,published]", "&filter=slug:[canary-draft,taken-back]",
            "&filter=tag:canary-topic,author:canary-byline", "&filter=title:~%27canary%27,title:~%27Taken%27",
        ];
        for list in ["posts", "pages", "tags", "authors", "settings", "tiers"] {
            for filter in filters {
                let answer = program.get(&format!("{list}/?limit=all&include=tags,authors,count.posts{filter}")).await;
                assert!([200, 422].contains(&answer.status), "{list}{filter}: {}", answer.text());
                let text = answer.text();
                for word in hidden {
                    assert!(!text.contains(word), "{list}/{filter} tells {word}: {text}");
                }
            }
        }
        for path in ["posts/slug/canary-draft", "posts/slug/taken-back", "pages/slug/canary-page", "tags/slug/canary-topic",
            "authors/slug/canary-byline"] {
            assert_eq!(program.get(path).await.status, 404, "{path}");
        }
    }

    async fn tags_authors_pages_and_settings_are_told(newsroom: TestNewsroom, anon: Anon) {
        let program = program(&newsroom, &anon).await;
        assert_eq!(program.slugs("tags/").await, ["choe-son-hui", "politics", "wonsan"]);
        let counted = program.json("tags/?include=count.posts&order=count.posts%20desc&fields=slug").await;
        assert_eq!(counted["tags"].to_string(), "[{\"count\":{\"posts\":64},\"slug\":\"politics\"},{\"count\":{\"posts\":64},\"slug\":\"wonsan\"},{\"count\":{\"posts\":63},\"slug\":\"choe-son-hui\"}]");
        assert_eq!(program.slugs("tags/?filter=slug:-politics&limit=1").await, ["choe-son-hui"]);
        let tag = program.json("tags/slug/politics/").await["tags"][0].clone();
        assert_eq!(tag["description"], "Power and those who hold it.");
        assert!(tag.get("count").is_none());
        assert_eq!(program.slugs(&format!("tags/{}/", tag["id"].as_str().unwrap())).await, ["politics"]);

        let author = program.json("authors/slug/a-reporter/?include=count.posts").await["authors"][0].clone();
        assert_eq!((&author["name"], &author["count"]["posts"]), (&Value::from("A. Reporter"), &Value::from(64)));
        assert_eq!(author["url"], format!("{}/bylines/a-reporter/", anon.address));

        let pages = program.json("pages/?filter=locale:en&order=title&formats=html,plaintext").await;
        assert_eq!((&pages["pages"][0]["title"], &pages["pages"][0]["plaintext"]), (&"About".into(), &"Who we are.".into()));
        assert_eq!(pages["pages"][0]["url"], format!("{}/about/", anon.address));
        assert_eq!(pages["meta"]["pagination"]["total"], 2);
        assert_eq!(program.json("pages/slug/about/").await["pages"][0]["locale"], "en");

        let settings = program.json("settings/").await["settings"].clone();
        assert_eq!((&settings["title"], &settings["description"]), (&"The Harbour".into(), &"News from the shore".into()));
        assert_eq!(settings["navigation"][0]["url"], "/sections/politics/");
        assert_eq!(settings["secondary_navigation"][0]["label"], "About");
        assert_eq!(program.json("tiers/").await["tiers"], Value::Array(Vec::new()));
    }

    async fn fields_and_formats_are_told_as_asked(newsroom: TestNewsroom, anon: Anon) {
        let program = program(&newsroom, &anon).await;
        let told = program.json("posts/slug/wonsan/?fields=title,url,nothing").await;
        assert_eq!(told["posts"][0].as_object().unwrap().keys().collect::<Vec<_>>(), ["title", "url"]);
        let told = program.json("posts/slug/wonsan/?fields=title&formats=plaintext&include=authors").await;
        let names: Vec<_> = told["posts"][0].as_object().unwrap().keys().cloned().collect();
        assert_eq!(names, ["authors", "plaintext", "primary_author", "title"]);
        assert_eq!(told["posts"][0]["plaintext"], "It was announced on Friday.\n\nan earlier visit");
    }

    async fn refusals_are_ghosts(newsroom: TestNewsroom, anon: Anon) {
        let program = program(&newsroom, &anon).await;
        let other = key(&newsroom, &anon, Scope::StoriesRead).await;
        for (path, status, kind) in [
            ("posts/".to_owned(), 403, "NoPermissionError"),
            (format!("posts/?key={}", "0".repeat(26)), 401, "UnauthorizedError"),
            (format!("posts/?key={other}"), 401, "UnauthorizedError"),
            (format!("nothing/?key={}", program.key), 404, "NotFoundError"),
            (format!("settings/all/?key={}", program.key), 404, "NotFoundError"),
            (format!("posts/slug/nothing/?key={}", program.key), 404, "NotFoundError"),
            (format!("posts/0123456789abcdef01234567/?key={}", program.key), 404, "NotFoundError"),
            (format!("posts/some-id/?key={}", program.key), 422, "ValidationError"),
            (format!("posts/?limit=many&key={}", program.key), 422, "ValidationError"),
            (format!("posts/?formats=pdf&key={}", program.key), 422, "ValidationError"),
            (format!("posts/?filter=secret:1&key={}", program.key), 422, "ValidationError"),
            (format!("posts/?filter=published_at:>soon&key={}", program.key), 422, "ValidationError"),
            (format!("tags/?filter=password:1&key={}", program.key), 422, "ValidationError"),
            (format!("posts/?filter=tag&key={}", program.key), 400, "BadRequestError"),
            (format!("posts/?filter=%27%3B%20DROP%20TABLE%20story&key={}", program.key), 400, "BadRequestError"),
        ] {
            let answer = anon.get(&format!("/ghost/api/content/{path}")).await;
            assert_eq!(answer.status, status, "{path}: {}", answer.text());
            let told: Value = serde_json::from_slice(&answer.bytes).unwrap();
            let error = &told["errors"][0];
            assert_eq!(error["type"], kind, "{path}");
            assert!(error["message"].as_str().is_some_and(|text| !text.is_empty()), "{path}");
            assert_eq!(error["id"].as_str().unwrap().len(), 36);
            assert_eq!(answer.header("cache-control"), "no-store");
            assert_eq!(answer.header("access-control-allow-origin"), "*");
        }
        assert_eq!(program.count("tag:politics").await, 64);
    }

    async fn any_site_may_read_and_nobody_is_remembered(newsroom: TestNewsroom, anon: Anon) {
        let program = program(&newsroom, &anon).await;
        for path in ["", "v2/", "v3/", "v4/", "canary/"] {
            for slash in ["", "/"] {
                let path = format!("/ghost/api/{path}content/posts{slash}?key={}", program.key);
                let answer = anon.get_with(&path, &[("accept-version", "v5.0"), ("origin", "https://other.example")]).await;
                assert_eq!(answer.status, 200, "{path}");
                assert_eq!(answer.header("access-control-allow-origin"), "*");
                assert!(answer.header("content-version").starts_with('v'));
                assert!(answer.header("cache-control").starts_with("public, max-age="));
                assert_eq!(answer.header("set-cookie"), "");
                let tag = answer.header("etag").to_owned();
                let again = anon.get_with(&path, &[("if-none-match", &tag)]).await;
                assert_eq!((again.status, again.bytes.len()), (304, 0));
            }
        }
        let client = reqwest::Client::new();
        let address = format!("{}/ghost/api/content/posts/?key={}", anon.address, program.key);
        let asked = client.request(reqwest::Method::OPTIONS, &address).header("access-control-request-headers", "accept-version");
        let asked = asked.send().await.unwrap();
        assert_eq!(asked.status(), 204);
        assert!(asked.headers()["access-control-allow-headers"].to_str().unwrap().contains("Accept-Version"));
        assert_eq!(client.post(&address).send().await.unwrap().status(), 405);
        let elsewhere = client.request(reqwest::Method::OPTIONS, &anon.address).send().await.unwrap();
        assert_eq!(elsewhere.status(), 405);
    }

    async fn addresses_begin_with_the_newsrooms_own(newsroom: TestNewsroom, anon: Anon) {
        let program = program(&newsroom, &anon).await;
        let mut tx = newsroom.newsroom.store().begin().await.unwrap();
        let mut settings = store::newsroom_settings(&mut tx).await.unwrap();
        settings.address = Some("https://harbour.example".to_owned());
        settings.time_zone = "Europe/Riga".to_owned();
        store::newsroom_settings_set(&mut tx, &settings, newsroom.newsroom.clock().now()).await.unwrap();
        tx.commit().await.unwrap();
        let post = program.json("posts/slug/wonsan/").await["posts"][0].clone();
        assert_eq!(post["url"], format!("https://harbour.example{}", seed::WONSAN));
        assert_eq!(post["published_at"], "2025-07-11T15:00:00.000+03:00");
        assert!(!post.to_string().contains("127.0.0.1"), "{post}");
    }
}
