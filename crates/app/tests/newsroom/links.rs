//! Whether a story's links are dead, asked of a server of our own and of the newsroom itself.

use std::{
    io::{Read as _, Write as _},
    net::TcpListener,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use app::stories::desk::{self, Changes, LinkState, Links};
use model::{Language, Role, Staff, StoryId};
use outside::FetchOptions;
use serde_json::{Value, json};
use testkit::{TestNewsroom, both_backends};

/// A site with one page; its address, and how often it was asked.
fn site() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut head = [0; 2048];
            let length = stream.read(&mut head).unwrap_or(0);
            counter.fetch_add(1, Ordering::SeqCst);
            let path = String::from_utf8_lossy(&head[..length]).split(' ').nth(1).unwrap_or_default().to_owned();
            let status = match path.as_str() {
                "/here" => "200 OK",
                "/refused" => "403 No",
                _ => "404 No",
            };
            let answer = format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            stream.write_all(answer.as_bytes()).unwrap_or_default();
        }
    });
    (address, asked)
}

fn linked(hrefs: &[&str]) -> Value {
    let link = |href: &&str| json!({ "type": "link", "href": href, "content": [{ "type": "text", "text": "there" }] });
    let content: Vec<Value> = hrefs.iter().map(link).collect();
    json!({ "version": 1, "blocks": [{ "type": "paragraph", "content": content }] })
}

async fn story(newsroom: &TestNewsroom, by: &Staff, fields: Value) -> StoryId {
    let id = desk::create(&newsroom.newsroom, by, &Language::english()).await.unwrap();
    let changes: Changes = serde_json::from_value(fields).unwrap();
    desk::save(&newsroom.newsroom, by, id, 0, changes).await.unwrap();
    id
}

fn reaching_this_machine() -> Links {
    Links::new(FetchOptions { allow_private: true, ..FetchOptions::default() })
}

async fn states(links: &Links, newsroom: &TestNewsroom, by: &Staff, id: StoryId) -> Vec<(String, LinkState)> {
    let found = links.check(&newsroom.newsroom, by, id).await.unwrap();
    found.into_iter().map(|link| (link.href, link.state)).collect()
}

both_backends! {
    async fn links_and_sources_are_looked_at_when_somebody_asks_and_are_remembered_for_minutes(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Editor, "anna").await.unwrap().staff;
        let (site, asked) = site();
        let (here, gone, refused) = (format!("{site}/here"), format!("{site}/gone"), format!("{site}/refused"));
        let source = json!([{ "name": "A paper", "url": format!("{site}/paper"), "note": "" }]);
        let document = linked(&[&here, &gone, &here, "mailto:a@b.example", "#note", &refused]);
        let id = story(&newsroom, &anna, json!({ "headline": "Links", "document": document, "sources": source })).await;
        assert_eq!(asked.load(Ordering::SeqCst), 0, "a save asked another site");
        let links = reaching_this_machine();
        let wanted = [
            (here, LinkState::Ok),
            (gone, LinkState::Dead),
            (refused, LinkState::Unknown),
            (format!("{site}/paper"), LinkState::Dead),
        ];
        assert_eq!(states(&links, &newsroom, &anna, id).await, wanted);
        let before = asked.load(Ordering::SeqCst);
        assert_eq!(states(&links, &newsroom, &anna, id).await, wanted);
        assert_eq!(asked.load(Ordering::SeqCst), before, "a site was asked again within minutes");
        newsroom.clock.advance_millis(11 * 60_000);
        states(&links, &newsroom, &anna, id).await;
        assert!(asked.load(Ordering::SeqCst) > before, "an old answer was taken for a new one");
    }

    async fn links_within_the_site_are_looked_up_here(newsroom: TestNewsroom, anon: Anon) {
        let news = &newsroom.newsroom;
        let anna = newsroom.person(&anon, Role::Editor, "anna").await.unwrap().staff;
        let other = story(&newsroom, &anna, json!({ "headline": "Another", "document": linked(&["#a"]) })).await;
        desk::publish(news, &anna, other, Some(1)).await.unwrap();
        let path = desk::open(news, &anna, other).await.unwrap().story.path.unwrap().to_string();
        let document = linked(&[&path, "/2025/07/11/never-was/", "/"]);
        let id = story(&newsroom, &anna, json!({ "headline": "Links", "document": document })).await;
        let links = Links::default();
        let wanted = [
            (path.clone(), LinkState::Ok),
            ("/2025/07/11/never-was/".to_owned(), LinkState::Dead),
            ("/".to_owned(), LinkState::Ok),
        ];
        assert_eq!(states(&links, &newsroom, &anna, id).await, wanted);
        desk::withdraw(news, &anna, other, "").await.unwrap();
        assert_eq!(states(&links, &newsroom, &anna, id).await[0], (path, LinkState::Dead), "a withdrawn story is there");
    }

    async fn the_newsrooms_own_network_is_never_asked(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Editor, "anna").await.unwrap().staff;
        let (site, asked) = site();
        let id = story(&newsroom, &anna, json!({ "headline": "Links", "document": linked(&[&format!("{site}/here")]) })).await;
        let found = states(&Links::default(), &newsroom, &anna, id).await;
        assert_eq!(found, [(format!("{site}/here"), LinkState::Unknown)]);
        assert_eq!(asked.load(Ordering::SeqCst), 0);
    }

    async fn a_reporter_can_not_have_the_links_of_others_looked_at(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Editor, "anna").await.unwrap().staff;
        let boris = newsroom.person(&anon, Role::Reporter, "boris").await.unwrap().staff;
        let id = story(&newsroom, &anna, json!({ "headline": "Links" })).await;
        let refused = Links::default().check(&newsroom.newsroom, &boris, id).await;
        assert!(matches!(refused, Err(app::Error::Denied(app::staff::Denial::NotYours))), "{refused:?}");
    }
}
