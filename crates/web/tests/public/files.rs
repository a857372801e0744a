//! Photos, the theme's files, and what crawlers take.

use testkit::{Anon, TestNewsroom};

use crate::{
    reading::{addresses, unpacked},
    seed::{self, KEY},
};

#[tokio::test(flavor = "multi_thread")]
async fn photos_are_served_for_ever_and_nothing_else_of_the_objects_is() {
    let (newsroom, anon) = TestNewsroom::new(testkit::Backend::Sqlite).await.unwrap();
    seed::seed(&newsroom.newsroom).await;
    let photo = anon.get(&format!("/{KEY}")).await;
    assert_eq!((photo.status, photo.bytes.as_slice()), (200, &b"pixels"[..]));
    assert_eq!(photo.header("content-type"), "image/webp");
    assert!(photo.header("cache-control").contains("immutable"));
    let again = anon.get_with(&format!("/{KEY}"), &[("if-none-match", photo.header("etag"))]).await;
    assert_eq!((again.status, again.bytes.len()), (304, 0));
    let objects = newsroom.newsroom.objects();
    let secret = "media/source/ab0000000000000000000000000000cd.json";
    objects.put(secret, bytes::Bytes::from_static(b"{}"), "application/json").await.unwrap();
    for path in
        [secret, "media/ab/ff0000000000000000000000000000cd.webp", "media/ab/ab0000000000000000000000000000ce.webp"]
    {
        assert_eq!(anon.get(&format!("/{path}")).await.status, 404, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_file_that_the_front_page_names_is_there() {
    let (newsroom, anon): (TestNewsroom, Anon) = TestNewsroom::new(testkit::Backend::Sqlite).await.unwrap();
    seed::seed(&newsroom.newsroom).await;
    let html = unpacked(&anon.get("/").await);
    let assets: Vec<String> = addresses("/", &html).into_iter().filter(|path| path.starts_with("/assets/")).collect();
    for path in assets {
        let answer = anon.get(&path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.header("cache-control").contains("immutable"), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_crawlers_take_names_the_newsrooms_address_or_else_the_host() {
    let (newsroom, anon) = TestNewsroom::new(testkit::Backend::Sqlite).await.unwrap();
    seed::seed(&newsroom.newsroom).await;
    let news = &newsroom.newsroom;
    for path in
        ["/robots.txt", "/sitemap.xml", "/sitemap-2.xml", "/news-sitemap.xml", "/feed.xml", "/atom.xml", "/feed.json"]
    {
        let other = anon.get_with(path, &[("host", "other.example")]).await;
        assert!(unpacked(&other).contains("http://other.example/"), "{path}");
        assert!(unpacked(&anon.get(path).await).contains(&anon.address), "{path} was kept for another host");
    }
    let mut tx = news.store().begin().await.unwrap();
    let mut settings = store::newsroom_settings(&mut tx).await.unwrap();
    settings.address = Some("https://harbour.example".to_owned());
    store::newsroom_settings_set(&mut tx, &settings, news.clock().now()).await.unwrap();
    let row = model::NewJournalRow {
        kind: model::JournalKind::SettingsChanged,
        subject: None,
        tags: vec![model::Tag::everything()],
    };
    store::journal_append(&mut tx, news.clock().now(), &row).await.unwrap();
    tx.commit().await.unwrap();
    app::follow::catch_up(news).await.unwrap();
    for path in ["/robots.txt", "/sitemap.xml", "/feed.xml", "/feed.json"] {
        for host in ["other.example", "evil.example"] {
            let text = unpacked(&anon.get_with(path, &[("host", host)]).await);
            assert!(text.contains("https://harbour.example/") && !text.contains(host), "{path}: {text}");
        }
        assert!(news.cache().get(path).is_some(), "{path} was not kept");
    }
}
