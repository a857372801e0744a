//! What PayPal says when it does not do what was asked.

use serde_json::json;

use crate::processors::http::Reply;

/// An answer that is none.
pub(super) type Refused = Box<Reply>;

/// 422 with an issue, in PayPal's own words for it.
pub(super) fn issue(issue: &str, description: &str) -> Refused {
    let message = "The requested action could not be performed, semantically incorrect, or failed business validation.";
    refused(422, "UNPROCESSABLE_ENTITY", message, issue, description)
}

/// 400 with the field that is wrong.
pub(super) fn malformed(field: &str, name: &str, description: &str) -> Refused {
    let message = "Request is not well-formed, syntactically incorrect, or violates schema.";
    let detail = json!({"field": field, "location": "body", "issue": name, "description": description});
    let body =
        json!({"name": "INVALID_REQUEST", "message": message, "debug_id": DEBUG, "details": [detail], "links": []});
    Box::new(Reply::json(400, &body))
}

/// 404.
pub(super) fn nowhere() -> Refused {
    let description = "Specified resource ID does not exist. Please check the resource ID and try again.";
    refused(404, "RESOURCE_NOT_FOUND", "The specified resource does not exist.", "INVALID_RESOURCE_ID", description)
}

/// The answer to a token that is none, or no longer one.
pub(super) fn unauthorised() -> Reply {
    let message = "Authentication failed due to missing authorization header, or invalid authentication credentials.";
    Reply::json(401, &json!({"name": "AUTHENTICATION_FAILURE", "message": message, "debug_id": DEBUG, "links": []}))
}

/// The weather's 429 and 500.
pub(super) fn weather(status: u16) -> Reply {
    let (name, message) = match status {
        429 => ("RATE_LIMIT_REACHED", "Too many requests. Blocked due to rate limiting."),
        _ => ("INTERNAL_SERVER_ERROR", "An internal server error has occurred."),
    };
    Reply::json(status, &json!({"name": name, "message": message, "debug_id": DEBUG, "links": []}))
}

const DEBUG: &str = "fake90957fca61718";

fn refused(status: u16, name: &str, message: &str, issue: &str, description: &str) -> Refused {
    let details = json!([{"issue": issue, "description": description}]);
    Box::new(Reply::json(
        status,
        &json!({"name": name, "message": message, "debug_id": DEBUG, "details": details, "links": []}),
    ))
}
