//! HTTP itself: encodings, entity tags, HEAD, methods, limits, HTTP/2.

use reqwest::{Client, Method, StatusCode, redirect::Policy};
use testkit::{Anon, TestNewsroom};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::{
    reading::unpacked,
    seed::{self, WONSAN},
};

async fn open() -> (TestNewsroom, Anon) {
    let (newsroom, anon) = TestNewsroom::new(testkit::Backend::Sqlite).await.unwrap();
    seed::seed(&newsroom.newsroom).await;
    (newsroom, anon)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_comes_in_each_encoding_and_the_same_page_again_costs_nothing() {
    let (_newsroom, anon) = open().await;
    let plain = anon.get(WONSAN).await;
    assert_eq!(plain.header("content-encoding"), "");
    let mut tags = vec![plain.header("etag").to_owned()];
    for encoding in ["gzip", "br"] {
        let packed = anon.get_with(WONSAN, &[("accept-encoding", encoding)]).await;
        assert_eq!(packed.header("content-encoding"), encoding);
        assert_eq!(packed.header("content-length"), packed.bytes.len().to_string());
        assert_eq!(unpacked(&packed), unpacked(&plain));
        tags.push(packed.header("etag").to_owned());
        for sent in
            [packed.header("etag").to_owned(), format!("\"other\", W/{}", packed.header("etag")), "*".to_owned()]
        {
            let again = anon.get_with(WONSAN, &[("accept-encoding", encoding), ("if-none-match", &sent)]).await;
            assert_eq!((again.status, again.bytes.len()), (304, 0), "{sent}");
            assert_eq!(again.header("etag"), packed.header("etag"));
        }
        let stale = anon.get_with(WONSAN, &[("accept-encoding", encoding), ("if-none-match", "\"other\"")]).await;
        assert_eq!(stale.status, 200);
    }
    tags.dedup();
    assert_eq!(tags.len(), 3, "encodings share an entity tag");
    assert!(tags.iter().all(|tag| tag.starts_with('"')), "an entity tag is weak");
}

#[tokio::test(flavor = "multi_thread")]
async fn head_answers_as_get_does_without_its_body() {
    let (_newsroom, anon) = open().await;
    let client = Client::builder().redirect(Policy::none()).build().unwrap();
    for path in [WONSAN, "/nothing/", "/about", "/-/health"] {
        for _ in 0..2 {
            let get = anon.get(path).await;
            let head = client.head(format!("{}{path}", anon.address)).send().await.unwrap();
            assert_eq!(head.status().as_u16(), get.status, "{path}");
            for name in ["content-type", "content-length", "etag", "location"] {
                let given = head.headers().get(name).map(|v| v.to_str().unwrap()).unwrap_or_default();
                assert_eq!(given, get.header(name), "{name} of {path}");
            }
            assert!(head.bytes().await.unwrap().is_empty());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_reading_is_refused() {
    let (_newsroom, anon) = open().await;
    let client = Client::new();
    for method in [Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS, Method::PATCH] {
        let answer = client.request(method.clone(), format!("{}{WONSAN}", anon.address)).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED, "{method}");
        assert_eq!(answer.headers()["allow"], "GET, HEAD");
    }
    let large = client.post(format!("{}/", anon.address)).body(vec![b'x'; 70_000]).send().await;
    // The server may close the connection before the whole body has gone out.
    if let Ok(answer) = large {
        assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn heads_beyond_the_limits_are_refused_and_the_server_goes_on() {
    let (_newsroom, anon) = open().await;
    let host = anon.address.trim_start_matches("http://").to_owned();
    let many = "x: y\r\n".repeat(200);
    let large = format!("x: {}\r\n", "y".repeat(40_000));
    let answer = raw(&host, format!("GET / HTTP/1.1\r\nhost: {host}\r\n{many}\r\n").as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 431"), "{answer}");
    // Closing on what was not read may cost the client the answer.
    let answer = raw(&host, format!("GET / HTTP/1.1\r\nhost: {host}\r\n{large}\r\n").as_bytes()).await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431"), "{answer}");
    for nonsense in [&b"\x00\x01\x02\r\n\r\n"[..], b"GET / HTTP/9.9\r\n\r\n", b"GET /\x00 HTTP/1.1\r\n\r\n"] {
        let answer = raw(&host, nonsense).await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
    }
    assert_eq!(anon.get("/").await.status, 200);
}

async fn raw(host: &str, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(host).await.unwrap();
    // The server may close before it has read everything.
    let _sent = stream.write_all(request).await;
    let mut answer = Vec::new();
    let _ended = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn http_2_is_spoken_without_tls() {
    let (_newsroom, anon) = open().await;
    let client = Client::builder().http2_prior_knowledge().redirect(Policy::none()).build().unwrap();
    for path in [WONSAN, "/about"] {
        for _ in 0..2 {
            let answer = client.get(format!("{}{path}", anon.address)).send().await.unwrap();
            assert_eq!(answer.version(), reqwest::Version::HTTP_2);
            assert!([200, 301].contains(&answer.status().as_u16()), "{path}");
        }
    }
    let head = client.head(format!("{}{WONSAN}", anon.address)).send().await.unwrap();
    assert!(head.content_length().is_some_and(|bytes| bytes > 1000) || head.headers().contains_key("content-length"));
    assert!(head.bytes().await.unwrap().is_empty());
}
