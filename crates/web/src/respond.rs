//! From a prepared page to the response for one request: encoding, 304, HEAD. A story that is sent is counted as read;
//! `app::reads` says what that is and is not.

use app::cache::{Form, Prepared};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use http_body_util::Full;

/// The headers that a 304 repeats (RFC 9110, section 15.4.5).
const WITH_304: [header::HeaderName; 3] = [header::ETAG, header::CACHE_CONTROL, header::VARY];

/// The response that `request` gets for a page.
pub(crate) fn respond(prepared: &Prepared, method: &Method, request: &HeaderMap) -> Response<Full<Bytes>> {
    let accept = request.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    let form = prepared.form(accept);
    if prepared.status() == StatusCode::OK && unchanged(request, form) {
        return not_modified(form);
    }
    let body = if method == Method::HEAD {
        Bytes::new()
    } else {
        prepared.read();
        form.body.clone()
    };
    let mut response = Response::new(Full::new(body));
    *response.status_mut() = prepared.status();
    *response.headers_mut() = form.headers.clone();
    response
}

/// Whether the reader has this very form already: `If-None-Match` compares weakly (RFC 9110, section 13.1.2).
fn unchanged(request: &HeaderMap, form: &Form) -> bool {
    request.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok()).any(|list| {
        list.split(',')
            .map(str::trim)
            .any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag).as_bytes() == form.tag.as_bytes())
    })
}

fn not_modified(form: &Form) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::default());
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    for name in WITH_304 {
        if let Some(value) = form.headers.get(&name) {
            response.headers_mut().insert(name, HeaderValue::clone(value));
        }
    }
    response
}
