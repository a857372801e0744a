//! What went wrong, in one shape: `application/problem+json` (RFC 9457).

use app::{Error, staff::Denial, stories::desk::SaveRefused};
use axum::body::Body;
use http::{HeaderValue, Response, StatusCode, header};
use model::Scope;
use schemars::JsonSchema;
use serde::Serialize;

/// A problem, as it is sent. Which one it is says `type`; what to do says `detail`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Problem")]
pub(super) struct Shown {
    /// Which problem: the address of a paragraph about it.
    #[serde(rename = "type")]
    pub(super) kind: String,
    /// Its name.
    pub(super) title: String,
    /// The status of the answer.
    pub(super) status: u16,
    /// What was wrong, and what to do.
    pub(super) detail: String,
    /// For `conflict`: the version that the working copy has by now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) version: Option<i64>,
    /// For `conflict` and `locked`: the pen name of who saved it, or is writing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) by: Option<String>,
}

/// The problems there are. A new one is a variant here and a paragraph in [`Kind::about`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Malformed,
    NoToken,
    Forbidden,
    Missing,
    Method,
    Conflict,
    TooLarge,
    MediaType,
    Refused,
    Locked,
    TooMany,
    Failed,
    Slow,
}

impl Kind {
    pub(super) const ALL: [Self; 13] = [
        Self::Malformed,
        Self::NoToken,
        Self::Forbidden,
        Self::Missing,
        Self::Method,
        Self::Conflict,
        Self::TooLarge,
        Self::MediaType,
        Self::Refused,
        Self::Locked,
        Self::TooMany,
        Self::Failed,
        Self::Slow,
    ];

    pub(super) fn status(self) -> StatusCode {
        match self {
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::NoToken => StatusCode::UNAUTHORIZED,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::Missing => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Conflict => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Refused => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Locked => StatusCode::LOCKED,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Failed => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Slow => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::NoToken => "no-token",
            Self::Forbidden => "forbidden",
            Self::Missing => "missing",
            Self::Method => "method",
            Self::Conflict => "conflict",
            Self::TooLarge => "too-large",
            Self::MediaType => "media-type",
            Self::Refused => "refused",
            Self::Locked => "locked",
            Self::TooMany => "too-many",
            Self::Failed => "failed",
            Self::Slow => "slow",
        }
    }

    pub(super) fn about(self) -> &'static str {
        match self {
            Self::Malformed => "The query or the JSON can't be read, or does not have the described shape.",
            Self::NoToken => "No token came with the request, or it does not work any more.",
            Self::Forbidden => {
                "The token's scopes, or the role of the account that it belongs to, do not reach so far; or the story is \
                 somebody else's."
            }
            Self::Missing => "There is nothing at this address (any more).",
            Self::Method => "The address does not take this method; `Allow` names those that it takes.",
            Self::Conflict => {
                "The story was saved by somebody since the version that you named. Read it again, put the two texts \
                 together, and save with the new version."
            }
            Self::TooLarge => "The body, or a text in it, is larger than the limit that `detail` names.",
            Self::MediaType => "The body is not of the media type that the address takes.",
            Self::Refused => "The request was understood, and can't be done; `detail` says why and what to do.",
            Self::Locked => "Somebody is writing in the story at this moment. Try again when they have closed it.",
            Self::TooMany => "Too many requests of this account are open at one time. Wait for some of them to end.",
            Self::Failed => "Something went wrong in the newsroom. It is not your fault; try again later.",
            Self::Slow => "The answer took too long. Try again shortly.",
        }
    }
}

/// A problem with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    kind: Kind,
    detail: String,
    version: Option<i64>,
    by: Option<String>,
}

impl Problem {
    pub(super) fn new(kind: Kind, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into(), version: None, by: None }
    }

    /// The general words about a kind.
    pub(super) fn of(kind: Kind) -> Self {
        Self::new(kind, kind.about())
    }

    pub(super) fn scope(scope: Scope) -> Self {
        Self::new(Kind::Forbidden, format!("this needs a token with the scope {}", scope.as_str()))
    }

    pub(super) fn answer(self) -> Response<Body> {
        let shown = Shown {
            kind: format!("{}docs#{}", super::BASE, self.kind.name()),
            title: self.kind.name().replace('-', " "),
            status: self.kind.status().as_u16(),
            detail: self.detail,
            version: self.version,
            by: self.by,
        };
        let body = serde_json::to_vec(&shown).unwrap_or_default();
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = self.kind.status();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        match self.kind {
            Kind::NoToken => {
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            // The rest of the body was not read, so nothing more can be asked on this connection.
            Kind::TooLarge => {
                headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
            }
            Kind::TooMany | Kind::Slow => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
            }
            Kind::Malformed
            | Kind::Forbidden
            | Kind::Missing
            | Kind::Method
            | Kind::Conflict
            | Kind::MediaType
            | Kind::Refused
            | Kind::Locked
            | Kind::Failed => {}
        }
        response
    }
}

impl From<Denial> for Problem {
    fn from(denial: Denial) -> Self {
        let kind = match denial {
            Denial::Gone | Denial::Link => Kind::Missing,
            Denial::Role | Denial::NotYours => Kind::Forbidden,
            Denial::TooOften(_) => Kind::TooMany,
            Denial::Handle
            | Denial::HandleTaken
            | Denial::Code
            | Denial::Key
            | Denial::LastPublisher
            | Denial::LastKey => Kind::Refused,
        };
        Self::new(kind, denial.to_string())
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Denied(denial) => denial.into(),
            Error::Refused(text) => Self::new(Kind::Refused, text),
            Error::Stopped(stop) => Self::new(Kind::Refused, stop.to_string()),
            Error::Letter(stop) => Self::new(Kind::Refused, stop.to_string()),
            Error::Closed(why) => Self::new(Kind::Refused, why.to_string()),
            Error::Media(error @ app::media::Error::Refused(_)) => Self::new(Kind::Refused, error.to_string()),
            other => {
                tracing::error!(error = &other as &dyn std::error::Error, "the API could not do what it was asked");
                Self::of(Kind::Failed)
            }
        }
    }
}

impl From<SaveRefused> for Problem {
    fn from(refused: SaveRefused) -> Self {
        let text = refused.to_string();
        match refused {
            SaveRefused::Conflict(draft) => Self::conflict(draft.version, draft.saved_by),
            SaveRefused::Locked { by, .. } => Self { by: Some(by), ..Self::of(Kind::Locked) },
            SaveRefused::TooLarge(_) => Self::new(Kind::TooLarge, text),
            SaveRefused::Invalid(_) => Self::new(Kind::Refused, text),
            SaveRefused::App(error) => error.into(),
        }
    }
}

impl Problem {
    /// Somebody saved since.
    pub(super) fn conflict(version: i64, by: String) -> Self {
        Self { version: Some(version), by: Some(by), ..Self::of(Kind::Conflict) }
    }
}
