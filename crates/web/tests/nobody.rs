//! Law 1: whoever asks for whatever, no address, user agent or referrer is written anywhere. A process of its own,
//! because it listens to everything that is logged, at the finest level.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::{
    io,
    sync::{Arc, Mutex},
};

use reqwest::{Client, redirect::Policy};
use testkit::TestNewsroom;
use tracing_subscriber::fmt::MakeWriter;

#[derive(Clone, Default)]
struct Everything(Arc<Mutex<Vec<u8>>>);

impl io::Write for Everything {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'w> MakeWriter<'w> for Everything {
    type Writer = Self;
    fn make_writer(&'w self) -> Self {
        self.clone()
    }
}

const CANARIES: [&str; 5] = ["CanaryAgent", "canary-referrer", "203.0.113.77", "canary-cookie", "canary-query"];

#[tokio::test(flavor = "multi_thread")]
async fn nothing_a_reader_sends_about_itself_is_written_anywhere() {
    let log = Everything::default();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(log.clone()).finish();
    tracing::subscriber::set_global_default(subscriber).unwrap();
    let (newsroom, anon) = TestNewsroom::new(testkit::Backend::Sqlite).await.unwrap();
    tracing::error!("the log is listened to");
    // The client's own log would name what it sends: it speaks raw HTTP/1.1 here.
    for path in ["/", "/nothing/", "/robots.txt", "/%00", "/-/health", "/media/x", "/feed.xml", "/?fbclid=canary-query"]
    {
        for method in ["GET", "HEAD", "POST"] {
            let request = format!(
                "{method} {path} HTTP/1.1\r\nhost: site.example\r\nuser-agent: CanaryAgent/1.0\r\nreferer: https://canary-referrer.example/\r\n\
                 x-forwarded-for: 203.0.113.77\r\nforwarded: for=203.0.113.77\r\ncookie: a=canary-cookie\r\n\
                 connection: close\r\ncontent-length: 0\r\n\r\n"
            );
            speak(&anon.address, request.as_bytes()).await;
        }
    }
    speak(&anon.address, b"GET / HTTP/1.1\r\nuser-agent: CanaryAgent\r\nbroken canary-referrer\r\n\r\n").await;
    let folder = newsroom.folder().to_path_buf();
    let logged = String::from_utf8_lossy(&log.0.lock().unwrap()).into_owned();
    assert!(logged.contains("the log is listened to"));
    for canary in CANARIES {
        assert!(!logged.contains(canary), "`{canary}` was logged");
        for entry in files(&folder) {
            let bytes = std::fs::read(&entry).unwrap_or_default();
            let found = bytes.windows(canary.len()).any(|window| window == canary.as_bytes());
            assert!(!found, "`{canary}` was written to {}", entry.display());
        }
    }
    http_2(&anon.address, &log).await;
}

/// The same over HTTP/2, from a client whose own log is told apart by its target.
async fn http_2(address: &str, log: &Everything) {
    log.0.lock().unwrap().clear();
    let client =
        Client::builder().http2_prior_knowledge().redirect(Policy::none()).user_agent("CanaryAgent").build().unwrap();
    let answer =
        client.get(format!("{address}/")).header("referer", "https://canary-referrer.example/").send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 200);
    let logged = String::from_utf8_lossy(&log.0.lock().unwrap()).into_owned();
    for line in logged.lines().filter(|line| line.contains("Canary") || line.contains("canary")) {
        assert!(line.contains("reqwest") || line.contains("hyper_util::client"), "logged: {line}");
    }
}

async fn speak(address: &str, request: &[u8]) {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let mut stream = tokio::net::TcpStream::connect(address.trim_start_matches("http://")).await.unwrap();
    stream.write_all(request).await.unwrap();
    stream.shutdown().await.unwrap();
    let mut answer = Vec::new();
    let _ended = stream.read_to_end(&mut answer).await;
}

fn files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}
