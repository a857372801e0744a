//! Fetching from a server of our own, which therefore has to be allowed.

#![expect(clippy::unwrap_used, reason = "a helper of a test that cannot go on fails the test")]

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use outside::fetch::{Fetch, FetchError, FetchOptions};

fn allowed() -> Fetch {
    Fetch::new(FetchOptions { allow_private: true, max_bytes: 1000, read_timeout: Duration::from_millis(500) })
}

/// A server that answers by the path; its address and the requests it gets.
fn server(answer: impl Fn(&str) -> String + Send + 'static) -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (sender, requests) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut head = [0; 4096];
            let length = stream.read(&mut head).unwrap_or(0);
            let head = String::from_utf8_lossy(&head[..length]).into_owned();
            let path = head.split(' ').nth(1).unwrap_or("/").to_owned();
            sender.send(head).unwrap_or_default();
            // A client that had enough closes the connection.
            stream.write_all(answer(&path).as_bytes()).unwrap_or_default();
            if path == "/hang" {
                std::thread::sleep(Duration::from_secs(3));
            }
        }
    });
    (address, requests)
}

fn ok(body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\nContent-Type: Image/PNG; x=y\r\nSet-Cookie: a=b\r\nConnection: close\r\n\r\n{body}")
}

fn to(location: &str) -> String {
    format!("HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
}

#[tokio::test]
async fn a_photo_is_fetched_over_redirects_without_telling_who_asks() {
    let (address, requests) = server(|path| if path == "/photo" { ok("pixels") } else { to("/photo") });
    let fetched = allowed().get(&format!("{}/a", address.replace("http://", "http://user:secret@"))).await.unwrap();
    assert_eq!(fetched.bytes, "pixels");
    assert_eq!(fetched.media_type.as_deref(), Some("image/png"));
    for request in requests.try_iter() {
        let request = request.to_ascii_lowercase();
        for word in ["cookie", "referer", "authorization", "masthead", "secret"] {
            assert!(!request.contains(word), "{request}");
        }
    }
}

#[tokio::test]
async fn endless_redirects_end() {
    let (address, requests) = server(|_| to("/again"));
    let error = allowed().get(&address).await.unwrap_err();
    assert!(matches!(error, FetchError::TooManyRedirects { limit: 5, .. }), "{error}");
    assert_eq!(requests.try_iter().count(), 6);
}

#[tokio::test]
async fn a_file_over_the_limit_is_not_read_to_its_end() {
    let (address, _requests) = server(|_| ok(&"x".repeat(100_000)));
    let error = allowed().get(&address).await.unwrap_err();
    assert!(matches!(error, FetchError::TooBig { limit: 1000, .. }), "{error}");
    assert!(!error.may_pass());
}

#[tokio::test]
async fn a_server_that_hangs_is_given_up() {
    let (address, _requests) = server(|_| "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc".to_owned());
    let error = allowed().get(&format!("{address}/hang")).await.unwrap_err();
    assert!(matches!(error, FetchError::Timeout { .. }), "{error:?}");
    assert!(error.may_pass());
}

#[tokio::test]
async fn a_missing_file_and_a_closed_port_are_told_apart() {
    let (address, _requests) = server(|_| "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n".to_owned());
    let error = allowed().get(&address).await.unwrap_err();
    assert!(matches!(error, FetchError::Status { status: 404, .. }) && !error.may_pass(), "{error}");
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let error = allowed().get(&format!("http://{closed}/")).await.unwrap_err();
    assert!(matches!(error, FetchError::Unreachable { .. }) && error.may_pass(), "{error}");
}

#[tokio::test]
async fn the_own_network_is_refused_by_address_name_and_redirect() {
    let fetch = Fetch::default();
    let (address, requests) = server(|_| ok("secret"));
    let port = address.rsplit(':').next().unwrap().to_owned();
    for host in
        ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "0", "169.254.169.254"]
    {
        let error = fetch.get(&format!("http://{host}:{port}/")).await.unwrap_err();
        assert!(matches!(error, FetchError::Private { .. }), "{host}: {error:?}");
    }
    assert_eq!(requests.try_iter().count(), 0);
}

#[tokio::test]
async fn other_schemes_are_refused() {
    for address in ["file:///etc/passwd", "ftp://x/y", "data:image/png,x", "//x/y", "photo.jpg", ""] {
        let error = Fetch::default().get(address).await.unwrap_err();
        assert!(matches!(error, FetchError::Address { .. }), "{address}: {error:?}");
    }
    let (address, _requests) = server(|_| to("file:///etc/passwd"));
    let error = allowed().get(&address).await.unwrap_err();
    assert!(matches!(error, FetchError::Address { .. }), "{error:?}");
}

#[tokio::test]
async fn a_probe_reads_no_body_and_asks_again_where_head_is_refused() {
    let (address, requests) = server(|path| match path {
        "/moved" => to("/here"),
        "/here" => ok(""),
        _ => "HTTP/1.1 404 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_owned(),
    });
    assert_eq!(allowed().probe(&format!("{address}/moved")).await.unwrap(), 200);
    assert!(requests.try_iter().all(|request| request.starts_with("HEAD ")), "a body was asked for");
    assert_eq!(allowed().probe(&format!("{address}/none")).await.unwrap(), 404);
    let methods: Vec<String> = requests.try_iter().map(|request| request[..4].to_owned()).collect();
    assert_eq!(methods, ["HEAD", "GET "], "a server that refuses HEAD was not asked as a reader would");
}

#[tokio::test]
async fn a_probe_reaches_nothing_of_the_own_network_and_ends_where_redirects_do_not() {
    let (address, requests) = server(|_| to("/again"));
    let error = Fetch::default().probe(&address).await.unwrap_err();
    assert!(matches!(error, FetchError::Private { .. }), "{error}");
    assert_eq!(requests.try_iter().count(), 0, "a private address was connected to");
    let error = allowed().probe(&address).await.unwrap_err();
    assert!(matches!(error, FetchError::TooManyRedirects { limit: 5, .. }), "{error}");
}
