//! What Stripe says when it does not do what was asked: <https://docs.stripe.com/api/errors>.

use serde_json::json;

use crate::processors::http::Reply;

/// An error object on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: u16,
    kind: &'static str,
    code: Option<&'static str>,
    message: String,
    param: Option<String>,
}

impl Refusal {
    fn of(status: u16, kind: &'static str, message: impl Into<String>) -> Self {
        Self { status, kind, code: None, message: message.into(), param: None }
    }

    /// 400: a parameter is wrong.
    pub(super) fn bad(param: &str, code: &'static str, message: impl Into<String>) -> Self {
        let refusal = Self::of(400, "invalid_request_error", message);
        Self { code: Some(code).filter(|code| !code.is_empty()), param: Some(param.to_owned()), ..refusal }
    }

    pub(super) fn missing_parameter(param: &str) -> Self {
        Self::bad(param, "parameter_missing", format!("Missing required param: {param}."))
    }

    pub(super) fn unknown_parameter(param: &str) -> Self {
        Self::bad(param, "parameter_unknown", format!("Received unknown parameter: {param}"))
    }

    pub(super) fn no_such(what: &str, id: &str) -> Self {
        let refusal = Self::bad("id", "resource_missing", format!("No such {what}: '{id}'"));
        Self { status: 404, ..refusal }
    }

    pub(super) fn no_such_address(method: &str, path: &str) -> Self {
        Self::of(404, "invalid_request_error", format!("Unrecognized request URL ({method}: {path})."))
    }

    pub(super) fn unauthorised(key: &str) -> Self {
        let message = if key.is_empty() {
            "You did not provide an API key.".to_owned()
        } else {
            format!("Invalid API Key provided: {}***", key.get(..8).unwrap_or_default())
        };
        Self::of(401, "invalid_request_error", message)
    }

    pub(super) fn not_allowed(right: &str) -> Self {
        let message = format!(
            "The provided key does not have the required permissions for this endpoint. \
             Having the '{right}' permission would allow this request to continue."
        );
        Self { code: Some("more_permissions_required"), ..Self::of(403, "invalid_request_error", message) }
    }

    pub(super) fn other_parameters() -> Self {
        let message =
            "Keys for idempotent requests can only be used with the same parameters they were first used with.";
        Self::of(400, "idempotency_error", message)
    }

    pub(super) fn version(version: &str) -> Self {
        let message = format!("This fake speaks {} and not {version}.", super::VERSION);
        Self::of(400, "invalid_request_error", message)
    }

    pub(super) fn weather(status: u16) -> Self {
        if status == 429 {
            return Self {
                code: Some("rate_limit"),
                ..Self::of(429, "invalid_request_error", "Request rate limit exceeded.")
            };
        }
        Self::of(status, "api_error", "An unknown error occurred.")
    }

    pub(super) fn reply(&self) -> Reply {
        let mut error = json!({"type": self.kind, "message": self.message});
        if let Some(code) = self.code {
            error["code"] = code.into();
            error["doc_url"] = format!("https://stripe.com/docs/error-codes/{}", code.replace('_', "-")).into();
        }
        if let Some(param) = &self.param {
            error["param"] = param.as_str().into();
        }
        Reply::json(self.status, &json!({"error": error}))
    }
}
