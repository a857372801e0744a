//! Postmark.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use http::{HeaderMap, HeaderValue};
use model::Bounce;
use outside::mailback::{
    Cause,
    hooks::{Heard, Refused, postmark},
};

use crate::{bounced, complaint, fixture, left, now, ours};

fn of_postmark(name: &str, authorization: &str, path: Option<&str>) -> Result<Heard, Refused> {
    let mut headers = HeaderMap::new();
    headers.insert("authorization", HeaderValue::from_str(authorization).unwrap());
    let config = postmark::Config { ours: &ours(), secret: "a long secret word", path };
    postmark::verify_and_parse(&headers, fixture(name).to_string().as_bytes(), &config, now())
}

#[test]
fn postmark_speaks_with_a_password_in_one_of_two_places() {
    let basic = |password: &str| format!("Basic {}", STANDARD.encode(format!("masthead:{password}")));
    for (name, expected) in [
        ("postmark-hard", Some(bounced(Bounce::Hard, Cause::NoMailbox, Some("5.1.1")))),
        ("postmark-hard-but-full", Some(bounced(Bounce::Soft, Cause::Full, Some("5.2.2")))),
        ("postmark-soft", Some(bounced(Bounce::Soft, Cause::Full, Some("4.2.2")))),
        ("postmark-blocked", Some(bounced(Bounce::Soft, Cause::Blocked, None))),
        ("postmark-complaint", Some(complaint())),
        ("postmark-unsubscribe", Some(left())),
        ("postmark-away", None),
        ("postmark-transient", None),
        ("postmark-no-token", None),
    ] {
        let heard = of_postmark(name, &basic("a long secret word"), None);
        assert_eq!(heard, Ok(Heard::Notices(expected.into_iter().collect())), "{name}");
    }
    assert!(of_postmark("postmark-hard", "", Some("a long secret word")).is_ok());
    for (authorization, path) in [
        (basic("a long secret"), None),
        (basic(""), None),
        ("Basic !".to_owned(), None),
        ("Bearer a long secret word".to_owned(), None),
        (String::new(), Some("a long secret wor")),
        (String::new(), Some("")),
        (String::new(), None),
    ] {
        assert_eq!(
            of_postmark("postmark-hard", &authorization, path),
            Err(Refused::Password),
            "{authorization} {path:?}"
        );
    }
    let config = postmark::Config { ours: &ours(), secret: "", path: Some("") };
    let body = fixture("postmark-hard").to_string();
    let heard = postmark::verify_and_parse(&HeaderMap::new(), body.as_bytes(), &config, now());
    assert_eq!(heard, Err(Refused::Password), "without a password nobody is Postmark");
}
