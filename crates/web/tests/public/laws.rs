//! The laws that hold for every page: small, without a host, without a cookie, without anybody else.

use std::collections::{BTreeSet, VecDeque};

use app::import::System;
use base64::Engine;
use sha2::{Digest, Sha256};
use testkit::{Anon, Answer, TestNewsroom};

use crate::{
    reading::{addresses, unpacked, wire_bytes},
    seed,
};

const WIRE: usize = 12_288;

#[tokio::test(flavor = "multi_thread")]
async fn every_page_that_a_reader_can_reach_keeps_the_laws() {
    let (newsroom, anon) = TestNewsroom::new(testkit::Backend::Sqlite).await.unwrap();
    seed::seed(&newsroom.newsroom).await;
    assert!(crawl(&anon, &["/", "/nothing/", "/2025/07/11/taken-back/", "/lite/"]).await > 100);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_of_the_demo_keeps_the_laws() {
    let (newsroom, anon) = TestNewsroom::new(testkit::Backend::Sqlite).await.unwrap();
    let demo = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/demo");
    newsroom.clock.set(model::Timestamp::from_millis(1_800_000_000_000));
    newsroom.import(System::Markdown, &demo, None).await.unwrap();
    seed::photos_arrive(&newsroom.newsroom).await;
    assert!(crawl(&anon, &["/", "/nothing/", "/lite/"]).await > 100);
}

/// Follows every link from these pages, and holds each page to the laws; returns how many there were.
pub(crate) async fn crawl(anon: &Anon, start: &[&str]) -> usize {
    let mut open: VecDeque<String> = start.iter().map(|path| (*path).to_owned()).collect();
    let mut seen: BTreeSet<String> = open.iter().cloned().collect();
    let (mut pages, mut largest) = (0, (0, String::new()));
    while let Some(path) = open.pop_front() {
        let answer = anon.get_with(&path, &[("accept-encoding", "gzip")]).await;
        assert!([200, 404, 410, 303].contains(&answer.status), "{path} answers {}", answer.status);
        if path.starts_with("/media/") || answer.status == 303 {
            continue;
        }
        assert!(answer.status != 404 || path == "/nothing/", "a page links to {path}, where there is nothing");
        if !answer.header("content-type").starts_with("text/html") {
            continue;
        }
        pages += 1;
        let brotli = anon.get_with(&path, &[("accept-encoding", "br")]).await;
        let html = unpacked(&answer);
        assert_eq!(html, unpacked(&brotli), "{path} differs between encodings");
        for packed in [&answer, &brotli] {
            let bytes = wire_bytes(packed);
            assert!(bytes <= WIRE, "{path} takes {bytes} bytes in {}", packed.header("content-encoding"));
            if bytes > largest.0 {
                largest = (bytes, path.clone());
            }
            headers_keep_the_laws(&path, packed, &html);
        }
        assert!(!html.contains(&anon.address) && !html.contains("127.0.0.1"), "{path} names a host");
        assert!(!html.contains(" style=\"") && !html.contains("javascript:"), "{path} has what its policy refuses");
        for script in html.split("<script").skip(1) {
            assert!(script.starts_with(" type=\"application/ld+json\""), "{path} has a script");
        }
        for address in addresses(&path, &html) {
            if seen.insert(address.clone()) {
                open.push_back(address);
            }
        }
    }
    println!("{pages} pages, the largest {} with {} bytes on the wire", largest.1, largest.0);
    pages
}

fn headers_keep_the_laws(path: &str, answer: &Answer, html: &str) {
    for absent in ["set-cookie", "server", "x-powered-by", "link"] {
        assert!(!answer.headers.contains_key(absent), "{path} has {absent}");
    }
    for (name, value) in [
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
        ("cross-origin-opener-policy", "same-origin"),
        ("vary", "accept-encoding"),
    ] {
        assert_eq!(answer.header(name), value, "{path}");
    }
    assert!(!answer.header("permissions-policy").is_empty(), "{path}");
    let policy = answer.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
    let sheets = html.split("<style").skip(1).filter_map(|rest| rest.split_once('>')?.1.split_once("</style>"));
    let mut styles = 0;
    for (sheet, _) in sheets {
        styles += 1;
        let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(sheet));
        assert!(policy.contains(&format!("'sha256-{hash}'")), "{path} has a style that its policy refuses");
    }
    assert!(styles > 0, "{path} has no style");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_of_other_peoples_exports_keeps_the_laws() {
    let Some(data) = std::env::var_os("MASTHEAD_REAL_DATA").map(std::path::PathBuf::from) else {
        eprintln!("SKIPPED: MASTHEAD_REAL_DATA is not set, so no real export was read");
        return;
    };
    for (system, file) in [
        (System::Wordpress, "wordpress/themeunittestdata.wordpress.xml"),
        (System::Wordpress, "wordpress/co-authors-plus.xml"),
        (System::Ghost, "ghost/ghost.json"),
        (System::Substack, "substack"),
    ] {
        let (newsroom, anon) = TestNewsroom::new(testkit::Backend::Sqlite).await.unwrap();
        newsroom.clock.set(model::Timestamp::from_millis(1_800_000_000_000));
        newsroom.import(system, &data.join(file), None).await.unwrap();
        seed::photos_arrive(&newsroom.newsroom).await;
        assert!(crawl(&anon, &["/", "/nothing/", "/lite/"]).await > 10, "{file}");
    }
}
