//! What mail services tell over HTTP: `fixtures/mailback/hooks`, signed as they sign.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod mailgun;
mod postmark;
mod ses;

use std::{collections::BTreeSet, path::PathBuf};

use http::HeaderMap;
use model::{Bounce, Timestamp};
use outside::mailback::{
    Addresses, Cause, Notice, Token,
    hooks::{self, BODY_BYTES, Refused, Service, fields},
};
use serde_json::Value;

const TOKEN: &str = "mfzwizltoqqgc3tbnrqxe43fnzsa2345";

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/mailback/hooks")
}

fn fixture(name: &str) -> Value {
    let path = folder().join(format!("{name}.json"));
    serde_json::from_slice(&std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))).unwrap()
}

fn ours() -> Addresses {
    Addresses::at("bounces.news.example").unwrap()
}

/// 11 July 2025, 18:00 UTC.
fn now() -> Timestamp {
    Timestamp::from_millis(1_752_256_800_000)
}

fn hour(hours: i64) -> Timestamp {
    now().plus_millis(hours * 3_600_000)
}

fn bounced(bounce: Bounce, cause: Cause, status: Option<&str>) -> Notice {
    let status = status.and_then(outside::mailback::Status::parse);
    Notice::Bounced { token: Token::Delivery(TOKEN.to_owned()), bounce, cause, status, message_id: None }
}

fn complaint() -> Notice {
    Notice::Complaint { token: Token::Delivery(TOKEN.to_owned()), message_id: None }
}

fn left() -> Notice {
    Notice::Unsubscribe { token: Token::Delivery(TOKEN.to_owned()) }
}

#[test]
fn what_is_no_json_or_too_large_is_refused() {
    let seen = hooks::mailgun::Seen::default();
    let config = hooks::mailgun::Config { ours: &ours(), key: "k", seen: &seen };
    let deep = "[".repeat(100_000);
    let large = vec![b' '; BODY_BYTES + 1];
    for body in [b"".as_slice(), b"hello", b"\xff", deep.as_bytes(), &large] {
        let heard = hooks::mailgun::verify_and_parse(&HeaderMap::new(), body, &config, now());
        assert!(matches!(heard, Err(Refused::Shape(_))), "{heard:?}");
    }
}

#[test]
fn every_service_is_given_the_token_in_a_form_that_it_gives_back() {
    assert_eq!(fields(Service::Ses, TOKEN), [("X-SES-MESSAGE-TAGS", format!("masthead={TOKEN}"))]);
    assert_eq!(fields(Service::Mailgun, TOKEN)[0].1, format!("{{\"masthead\": \"{TOKEN}\"}}"));
    assert_eq!(fields(Service::Postmark, TOKEN)[0], ("X-PM-Metadata-masthead", TOKEN.to_owned()));
    for service in Service::ALL {
        assert_eq!(Service::parse(service.as_str()), Some(service));
    }
}

#[test]
fn every_fixture_is_spoken_of() {
    let own = [include_str!("ses.rs"), include_str!("postmark.rs"), include_str!("mailgun.rs")].concat();
    let names: BTreeSet<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    assert!(names.len() > 20);
    for name in names {
        assert!(own.contains(&format!("\"{name}\"")), "no test says what {name} is");
    }
}
