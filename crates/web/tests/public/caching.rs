//! What is kept, for whom, and what drops it.

use std::sync::Arc;

use testkit::TestNewsroom;

use crate::{
    reading::unpacked,
    seed::{self, WONSAN},
};

testkit::both_backends! {
    async fn what_is_published_is_read_at_once(newsroom: TestNewsroom, anon: Anon) {
        let seeded = seed::seed(&newsroom.newsroom).await;
        let news = &newsroom.newsroom;
        for path in ["/", "/latest/", "/2025/07/11/breaking/", "/sections/politics/", "/feed.xml"] {
            anon.get(path).await;
        }
        let mut story = seed::draft(news, "en", "breaking", "Breaking: the talks end", news.clock().now());
        story.section = Some(seeded.politics);
        seed::publish(news, &story, &[], &[seeded.byline]).await;
        for path in ["/", "/latest/", "/2025/07/11/breaking/", "/sections/politics/", "/feed.xml"] {
            let answer = anon.get(path).await;
            assert_eq!(answer.status, 200, "{path}");
            assert!(unpacked(&answer).contains("Breaking: the talks end"), "{path} does not show the new story");
        }
        app::stories::withdraw(news, story.id, "test", "").await.unwrap();
        assert_eq!(anon.get("/2025/07/11/breaking/").await.status, 410);
        for path in ["/", "/latest/", "/sections/politics/", "/feed.xml"] {
            assert!(!unpacked(&anon.get(path).await).contains("Breaking: the talks end"), "{path} still shows it");
        }
    }

    async fn a_change_drops_the_pages_that_show_it_and_no_other(newsroom: TestNewsroom, anon: Anon) {
        let seeded = seed::seed(&newsroom.newsroom).await;
        let touched = [WONSAN, "/lite/2025/07/11/wonsan/", "/", "/sections/politics/", "/topics/wonsan/page/3/",
                       "/ru/2025/07/11/wonsan/", "/latest/"];
        let others = ["/about/", "/fa/about/", "/ru/latest/", "/archive/2025/06/", "/topics/wonsan/", "/latest/page/3/",
                      "/archive/", "/nothing/", "/robots.txt"];
        for path in touched.iter().chain(&others) {
            anon.get(path).await;
        }
        let cache = newsroom.newsroom.cache();
        let kept: Vec<_> = others.iter().map(|path| (path, cache.get(path))).collect();
        app::stories::correct(&newsroom.newsroom, seeded.wonsan, "The visit ends on Sunday.", "test").await.unwrap();
        for path in touched {
            assert!(cache.get(path).is_none(), "{path} shows the story and was kept");
        }
        for (path, before) in kept {
            // A newsroom without an address keeps nothing that is absolute.
            if *path == "/robots.txt" { continue; }
            let (before, now) = (before.unwrap_or_else(|| panic!("{path} was not kept")), cache.get(path));
            if *path == "/nothing/" { continue; }
            assert!(now.is_some_and(|now| Arc::ptr_eq(&before, &now)), "{path} does not show the story and was dropped");
        }
        assert!(unpacked(&anon.get(WONSAN).await).contains("The visit ends on Sunday."));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn five_hundred_readers_of_a_cold_page_cost_one_render() {
    let (newsroom, anon) = TestNewsroom::new(testkit::Backend::Sqlite).await.unwrap();
    seed::seed(&newsroom.newsroom).await;
    let mut readers = tokio::task::JoinSet::new();
    for _ in 0..500 {
        let news = newsroom.newsroom.clone();
        readers.spawn(async move { app::pages::answer(&news, WONSAN, None).await.unwrap() });
    }
    let all = readers.join_all().await;
    assert!(all.iter().all(|page| Arc::ptr_eq(page, &all[0])), "the page was rendered more than once");
    assert_eq!(anon.get(WONSAN).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_addresses_do_not_fill_the_memory() {
    let (newsroom, anon) = TestNewsroom::new(testkit::Backend::Sqlite).await.unwrap();
    seed::seed(&newsroom.newsroom).await;
    assert_eq!(anon.get("/about/").await.status, 200);
    for number in 0..300 {
        let path = format!("/wrong-{number}-{}/", "x".repeat(1500));
        let news = &newsroom.newsroom;
        assert_eq!(app::pages::answer(news, &path, None).await.unwrap().status().as_u16(), 404);
    }
    let holding = newsroom.newsroom.cache().holding();
    assert!(holding.missing_bytes <= 1 << 20, "{holding:?}");
    assert!(holding.pages <= 3, "wrong addresses were kept as pages: {holding:?}");
    assert!(newsroom.newsroom.cache().get("/about/").is_some());
}
