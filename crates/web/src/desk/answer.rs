//! Answers of the desk, with the headers that all of them carry.

use axum::body::Body;
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use serde::Serialize;

/// What pages may load: our own script and styles, our own pictures, and those just chosen from the device.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; \
    connect-src 'self'; font-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'";

fn fixed(headers: &mut HeaderMap, secure: bool) {
    let all: [(HeaderName, &'static str); 8] = [
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), microphone=(), geolocation=(), payment=(), publickey-credentials-get=(self), publickey-credentials-create=(self)",
        ),
        (HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
    ];
    for (name, value) in all {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if secure {
        let year = HeaderValue::from_static("max-age=31536000");
        headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert(year);
    }
}

/// Puts on what every answer carries; what the answer says itself stands.
pub(crate) fn finish(mut response: Response<Body>, secure: bool) -> Response<Body> {
    fixed(response.headers_mut(), secure);
    response
}

fn typed(status: StatusCode, kind: &'static str, body: impl Into<Body>) -> Response<Body> {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

/// A page.
pub(super) fn html(text: String) -> Response<Body> {
    typed(StatusCode::OK, "text/html; charset=utf-8", text)
}

/// JSON.
pub(super) fn json(status: StatusCode, value: &impl Serialize) -> Response<Body> {
    match serde_json::to_vec(value) {
        Ok(bytes) => typed(status, "application/json", bytes),
        Err(_) => crate::refuse::failure(),
    }
}

/// Nothing to say.
pub(super) fn nothing() -> Response<Body> {
    typed(StatusCode::NO_CONTENT, "text/plain", Body::empty())
}

/// A file for the browser to keep.
pub(super) fn file(kind: &'static str, bytes: impl Into<Body>) -> Response<Body> {
    typed(StatusCode::OK, kind, bytes)
}

/// To another page of the desk, with GET.
pub(super) fn redirect(to: &str) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    let to = HeaderValue::from_str(to).unwrap_or(HeaderValue::from_static("/desk/"));
    response.headers_mut().insert(header::LOCATION, to);
    response
}

/// Back to a page, with a line that says what was done: `said` is the key of a text.
pub(super) fn done(to: &str, said: &str) -> Response<Body> {
    let joint = if to.contains('?') { '&' } else { '?' };
    redirect(&format!("{to}{joint}said={said}"))
}

/// Text within a query.
pub(super) fn escaped(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// Where to go on after signing in: a page of this desk, never another site's.
pub(super) fn onward(next: &str) -> &str {
    let sane = next.starts_with("/desk/") && !next.contains("//") && !next.contains(['\\', '\n', '\r', '\0']);
    if sane && next.bytes().all(|b| b.is_ascii_graphic()) { next } else { "/desk/" }
}

#[cfg(test)]
mod tests {
    use super::onward;

    #[test]
    fn nobody_is_sent_to_another_site() {
        assert_eq!(onward("/desk/stories?state=draft"), "/desk/stories?state=draft");
        for bad in
            ["", "https://evil.example", "//evil.example", "/desk//evil.example", "/desk/\\evil", "/desk/\r\nX: 1"]
        {
            assert_eq!(onward(bad), "/desk/", "{bad:?}");
        }
    }
}
