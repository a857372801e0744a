//! The headers of every answer. They count towards the 12 KiB that a page may take on the wire, so each earns its place.

use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::{cache::value, error::Error};

/// A page is asked for again after a minute; meanwhile an intermediary may answer with it, and go on doing so for ten
/// minutes while it asks.
const PAGES: &str = "public, max-age=60, stale-while-revalidate=600";
/// Files whose name changes with their content.
pub(super) const FOREVER: &str = "public, max-age=31536000, immutable";
/// What feed readers and crawlers come back to.
pub(super) const FEEDS: &str = "public, max-age=300";
/// Where nothing stands something may soon.
pub(super) const SHORTLY: &str = "public, max-age=10";

/// Headers of an HTML page. Its policy is the one that the page's head carries too, and `frame-ancestors`, which only a
/// header can say.
pub(super) fn of_page(rendered: &theme::Rendered) -> Result<HeaderMap, Error> {
    let mut headers = of("text/html; charset=utf-8", PAGES);
    let policy = format!("{}; frame-ancestors 'none'", rendered.policy());
    headers.insert(header::CONTENT_SECURITY_POLICY, value(&policy)?);
    set(&mut headers, header::REFERRER_POLICY, "no-referrer");
    set(&mut headers, HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(&mut headers, HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(&mut headers, HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()");
    Ok(headers)
}

/// Headers of anything else: its type, how long it lasts. Compressed answers vary by `Accept-Encoding`.
pub(super) fn of(media_type: &'static str, lasts: &'static str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    set(&mut headers, header::CONTENT_TYPE, media_type);
    set(&mut headers, header::CACHE_CONTROL, lasts);
    set(&mut headers, header::VARY, "accept-encoding");
    set(&mut headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    headers
}

/// Headers of a photo or font: never compressed again, and readable from other sites, because feed readers show them.
pub(super) fn of_file(media_type: &str) -> Result<HeaderMap, Error> {
    let mut headers = of("application/octet-stream", FOREVER);
    headers.insert(header::CONTENT_TYPE, value(media_type)?);
    headers.remove(header::VARY);
    set(&mut headers, HeaderName::from_static("cross-origin-resource-policy"), "cross-origin");
    set(&mut headers, header::CONTENT_SECURITY_POLICY, "default-src 'none'");
    Ok(headers)
}

pub(super) fn set(headers: &mut HeaderMap, name: HeaderName, text: &'static str) {
    headers.insert(name, HeaderValue::from_static(text));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pages_headers_are_short_and_let_nothing_in() {
        let style_hashes = vec!["sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=".to_owned()];
        let rendered = theme::Rendered::styled(style_hashes);
        let headers = of_page(&rendered).unwrap();
        let bytes = crate::cache::head_bytes(http::StatusCode::OK, &headers);
        assert!(bytes < 800, "the headers take {bytes} bytes");
        assert!(headers.get(header::SET_COOKIE).is_none() && headers.get(header::SERVER).is_none());
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
        assert!(!policy.contains("unsafe") && !policy.contains("script") && !policy.contains("http"), "{policy}");
    }
}
