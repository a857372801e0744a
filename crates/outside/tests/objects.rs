//! The same sentences hold for a folder and for a bucket at a real S3-compatible server.

#![expect(clippy::unwrap_used, reason = "a helper of a test that cannot go on fails the test")]

use std::io::{Read as _, Write as _};
use std::net::TcpListener;

use bytes::Bytes;
use futures::TryStreamExt as _;
use outside::objects::{Credentials, Objects, ObjectsError};

// `testkit` stands above this crate, so its one file about the server is included.
#[path = "../../testkit/src/s3.rs"]
#[expect(unreachable_pub, reason = "it is public in testkit")]
mod s3;

fn keys() -> Credentials {
    Credentials { access_key: Some("test".into()), secret_key: Some("test".into()), token: None }
}

/// A folder, and where there is a server, a bucket with and without a prefix.
fn places(data: &std::path::Path) -> Vec<Objects> {
    let mut specs = vec![String::new(), format!("file:{}", data.join("elsewhere").display())];
    if let Some(s3) = s3::s3() {
        specs.push(s3.spec(""));
    }
    if let Some(s3) = s3::s3() {
        specs.push(s3.spec("some/prefix"));
    }
    specs.iter().map(|spec| Objects::open_with(spec, data, &keys()).unwrap()).collect()
}

#[tokio::test]
async fn what_is_put_is_read_listed_and_deleted() {
    let data = tempfile::tempdir().unwrap();
    for objects in places(data.path()) {
        let bytes = Bytes::from_static(b"pixels");
        assert_eq!(objects.get("media/ab/x.webp").await.unwrap(), None);
        assert!(objects.put("media/ab/x.webp", bytes.clone(), "image/webp").await.unwrap());
        assert!(
            !objects.put("media/ab/x.webp", bytes.clone(), "image/webp").await.unwrap(),
            "the second put is not sent"
        );
        objects.put("media/cd/y.avif", bytes.clone(), "image/avif").await.unwrap();
        objects.put("other/z", bytes.clone(), "text/plain").await.unwrap();
        assert_eq!(objects.get("media/ab/x.webp").await.unwrap(), Some(bytes));
        assert_eq!(objects.size("media/ab/x.webp").await.unwrap(), Some(6));
        let mut listed: Vec<_> = objects.list("media").map_ok(|entry| entry.key).try_collect().await.unwrap();
        listed.sort();
        assert_eq!(listed, ["media/ab/x.webp", "media/cd/y.avif"], "{}", objects.place());
        assert_eq!(objects.list("").try_collect::<Vec<_>>().await.unwrap().len(), 3);
        assert!(objects.list("nothing/here").try_collect::<Vec<_>>().await.unwrap().is_empty());
        objects.delete("media/ab/x.webp").await.unwrap();
        objects.delete("media/ab/x.webp").await.unwrap();
        assert!(!objects.exists("media/ab/x.webp").await.unwrap());
        objects.probe().await.unwrap();
    }
}

#[tokio::test]
async fn a_file_is_replaced_whole() {
    let data = tempfile::tempdir().unwrap();
    for objects in places(data.path()) {
        objects.replace("list.json", Bytes::from_static(b"one"), "application/json").await.unwrap();
        objects.replace("list.json", Bytes::from_static(b"second"), "application/json").await.unwrap();
        assert_eq!(objects.get("list.json").await.unwrap().unwrap(), "second");
    }
}

#[tokio::test]
async fn a_bucket_serves_files_with_their_type_and_for_ever() {
    let Some(s3) = s3::s3() else { return };
    let objects = Objects::open_with(&s3.spec(""), std::path::Path::new("/nonexistent"), &keys()).unwrap();
    objects.put("media/ab/x.webp", Bytes::from_static(b"pixels"), "image/webp").await.unwrap();
    let host = s3.endpoint.strip_prefix("http://").unwrap();
    let mut stream = std::net::TcpStream::connect(host).unwrap();
    write!(stream, "GET /{}/media/ab/x.webp HTTP/1.0\r\nHost: {host}\r\nAuthorization: AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0\r\n\r\n", s3.bucket).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let answer = answer.to_ascii_lowercase();
    assert!(answer.contains("content-type: image/webp"), "{answer}");
    assert!(answer.contains("cache-control: public, max-age=31536000, immutable"), "{answer}");
}

#[tokio::test]
async fn keys_with_dots_or_nulls_never_reach_the_disk() {
    let data = tempfile::tempdir().unwrap();
    let objects = Objects::open("", data.path()).unwrap();
    for key in ["../escape", "media/../../escape", "a\0b", "/abs", &"x".repeat(10_240)] {
        let error = objects.put(key, Bytes::from_static(b"x"), "text/plain").await.unwrap_err();
        assert!(matches!(error, ObjectsError::Key { .. }), "{error}");
    }
    assert_eq!(objects.list("").try_collect::<Vec<_>>().await.unwrap(), []);
    assert!(!data.path().join("escape").exists());
}

#[tokio::test]
async fn a_bucket_that_does_not_exist_is_named() {
    let Some(s3) = s3::s3() else { return };
    let spec = s3.spec("").replace(&s3.bucket, "nobody-made-this");
    let objects = Objects::open_with(&spec, std::path::Path::new("/nonexistent"), &keys()).unwrap();
    for error in [
        objects.put("a", Bytes::from_static(b"x"), "text/plain").await.unwrap_err(),
        objects.probe().await.unwrap_err(),
    ] {
        assert!(matches!(error, ObjectsError::NoBucket { .. }), "{error:?}");
        assert!(error.to_string().contains("nobody-made-this"), "{error}");
    }
}

#[tokio::test]
async fn refused_keys_and_unreachable_services_say_what_to_check() {
    let nowhere = std::path::Path::new("/nonexistent");
    let refusing = answering(
        "HTTP/1.1 403 Forbidden\r\nContent-Length: 78\r\nConnection: close\r\n\r\n<?xml version=\"1.0\"?><Error><Code>SignatureDoesNotMatch</Code></Error>        ",
    );
    let objects = Objects::open_with(&format!("s3://b?endpoint={refusing}"), nowhere, &keys()).unwrap();
    for error in [objects.put("a", Bytes::new(), "text/plain").await.unwrap_err(), objects.probe().await.unwrap_err()] {
        assert!(matches!(error, ObjectsError::Credentials { .. }), "{error:?}");
        assert!(error.to_string().contains("MASTHEAD_S3_SECRET_KEY"), "{error}");
    }
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let objects = Objects::open_with(&format!("s3://b?endpoint=http://{closed}"), nowhere, &keys()).unwrap();
    let error = objects.probe().await.unwrap_err();
    assert!(matches!(error, ObjectsError::Unreachable { .. }), "{error:?}");
    assert!(error.to_string().contains("check the endpoint"), "{error}");
}

#[test]
fn a_wrong_setting_is_named() {
    let data = tempfile::tempdir().unwrap();
    for (spec, hint) in [
        ("ftp://x", "file:FOLDER"),
        ("objects", "file:FOLDER"),
        ("s3:///x", "bucket's name"),
        ("s3://b?endpoint=example.org", "https://"),
        ("s3://b?regoin=x", "`regoin`"),
        ("s3://b?style=odd", "`style`"),
    ] {
        let error = Objects::open_with(spec, data.path(), &keys()).unwrap_err().to_string();
        assert!(error.contains(hint), "{spec}: {error}");
    }
    let error = Objects::open_with("s3://b", data.path(), &Credentials::default()).unwrap_err().to_string();
    assert!(error.contains("MASTHEAD_S3_ACCESS_KEY"), "{error}");
    std::fs::write(data.path().join("file"), "").unwrap();
    let error = Objects::open("file:file/below", data.path()).unwrap_err().to_string();
    assert!(error.contains("could not make the folder"), "{error}");
}

/// A server that gives every request the same answer; its address.
fn answering(answer: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut head = [0; 4096];
            assert_ne!(stream.read(&mut head).unwrap(), 0);
            stream.write_all(answer.as_bytes()).unwrap();
        }
    });
    format!("http://{address}")
}
