//! Refusals of the server itself: short texts that name what was wrong. Pages of the newsroom (404, 410) are made by
//! its theme and are not here.

use axum::body::Body;
use http::{HeaderName, HeaderValue, Response, StatusCode, header};

/// A refusal in plain text.
pub(crate) fn refusal(status: StatusCode, text: &str) -> Response<Body> {
    let mut response = Response::new(Body::from(format!("{text}\n")));
    *response.status_mut() = status;
    let fixed: [(HeaderName, &'static str); 3] = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    for (name, value) in fixed {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// 405: public pages are read, never written.
pub(crate) fn method() -> Response<Body> {
    let mut response = refusal(StatusCode::METHOD_NOT_ALLOWED, "This address is read with GET or HEAD.");
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    response
}

/// 413: the body is larger than what is taken at its address.
pub(crate) fn body(limit: u64) -> Response<Body> {
    let text = format!("The request's body is too large; {limit} bytes is the most.");
    let mut response = refusal(StatusCode::PAYLOAD_TOO_LARGE, &text);
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}

/// 413: a reader's form is larger than any of theirs is.
pub(crate) fn form() -> Response<Body> {
    let text = format!("The form is too large; {} bytes is the most.", crate::limits::READER_FORM_BYTES);
    refusal(StatusCode::PAYLOAD_TOO_LARGE, &text)
}

/// 414: the address is longer than any of this site's.
pub(crate) fn address() -> Response<Body> {
    let text = format!("The address is too long; {} bytes is the most.", crate::limits::ADDRESS_BYTES);
    refusal(StatusCode::URI_TOO_LONG, &text)
}

/// 500: what went wrong is in the log, not here.
pub(crate) fn failure() -> Response<Body> {
    refusal(
        StatusCode::INTERNAL_SERVER_ERROR,
        "Something went wrong here. It is not your fault; please try again later.",
    )
}

/// 503: the answer took too long.
pub(crate) fn busy() -> Response<Body> {
    let mut response = refusal(StatusCode::SERVICE_UNAVAILABLE, "This is taking too long; please try again shortly.");
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    response
}
