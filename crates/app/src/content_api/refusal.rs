//! Refusals in Ghost's words: its clients look at `type`, `message` and `context`.

use http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::error::Error;

/// Why a request has no answer.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// No key came with it.
    #[error("Authorization failed")]
    NoKey,
    /// The key is unknown, has ended, or is for something else.
    #[error("Unknown Content API Key")]
    Key,
    /// There is no such kind of thing.
    #[error("Resource not found")]
    Resource,
    /// There is no such thing of this kind.
    #[error("Resource not found error, cannot read {0}.")]
    Missing(&'static str),
    /// The filter can't be read.
    #[error("Error parsing filter")]
    Filter(String),
    /// A parameter has a value that it can't have, or a filter asks for what there is not.
    #[error("Validation error, cannot {0}.")]
    Invalid(&'static str, String),
    /// Something broke here.
    #[error("An unexpected error occurred, please try again.")]
    Failed(#[from] Error),
}

impl From<store::Error> for Refusal {
    fn from(error: store::Error) -> Self {
        Self::Failed(error.into())
    }
}

impl Refusal {
    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NoKey => StatusCode::FORBIDDEN,
            Self::Key => StatusCode::UNAUTHORIZED,
            Self::Resource | Self::Missing(_) => StatusCode::NOT_FOUND,
            Self::Filter(_) => StatusCode::BAD_REQUEST,
            Self::Invalid(..) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Failed(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Ghost's name of the kind of error.
    fn kind(&self) -> &'static str {
        match self {
            Self::NoKey => "NoPermissionError",
            Self::Key => "UnauthorizedError",
            Self::Resource | Self::Missing(_) => "NotFoundError",
            Self::Filter(_) => "BadRequestError",
            Self::Invalid(..) => "ValidationError",
            Self::Failed(_) => "InternalServerError",
        }
    }

    fn context(&self) -> Option<String> {
        match self {
            Self::NoKey => Some("Add `?key=` with a content key; a publisher makes one at the desk.".to_owned()),
            Self::Missing(what) => {
                let (first, rest) = what.split_at(1);
                Some(format!("{}{rest} not found.", first.to_uppercase()))
            }
            Self::Filter(context) | Self::Invalid(_, context) => Some(context.clone()),
            Self::Key | Self::Resource | Self::Failed(_) => None,
        }
    }

    /// The body of the answer; `id` names this one error.
    #[must_use]
    pub fn body(&self, id: Uuid) -> Value {
        let code = matches!(self, Self::Key).then_some("UNKNOWN_CONTENT_API_KEY");
        json!({ "errors": [{
            "message": self.to_string(), "context": self.context(), "type": self.kind(), "details": null,
            "property": null, "help": null, "code": code, "id": id, "ghostErrorCode": null,
        }] })
    }
}
