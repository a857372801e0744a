//! Refusals: one place turns them into pages, or into JSON for what the editor asks.

use app::{Error, staff::Denial, stories::Stop};
use axum::body::Body;
use http::{HeaderValue, Response, StatusCode, header};
use serde::Serialize;

use super::{answer, ask::Ask};

/// Why a request of the desk is not done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refused {
    /// Nobody is signed in.
    #[error("sign in first")]
    SignIn,
    /// The role does not reach so far.
    #[error("your role does not reach so far")]
    Role,
    /// The last proof is too old for this.
    #[error("prove again that it is you")]
    Prove,
    /// Another site may have sent it, or the page was open too long.
    #[error("the form did not come from a page of this desk; load the page again")]
    Forged,
    /// Nothing is there.
    #[error("there is nothing at this address")]
    Missing,
    /// The body has more bytes than the route takes.
    #[error("this is too large; {0} bytes is the most")]
    TooLarge(usize),
    /// The body broke off before its announced end.
    #[error("the upload broke off before its end; nothing of it was kept. Send it again")]
    CutOff,
    /// Something in it can't be read.
    #[error("{0}")]
    Bad(String),
    /// A use case refused, or failed.
    #[error(transparent)]
    App(#[from] Error),
}

impl From<Denial> for Refused {
    fn from(denial: Denial) -> Self {
        Self::App(denial.into())
    }
}

impl From<theme::Error> for Refused {
    fn from(error: theme::Error) -> Self {
        Self::App(error.into())
    }
}

impl Refused {
    fn status(&self) -> StatusCode {
        match self {
            Self::SignIn => StatusCode::UNAUTHORIZED,
            Self::Role | Self::Prove | Self::Forged => StatusCode::FORBIDDEN,
            Self::Missing => StatusCode::NOT_FOUND,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::CutOff | Self::Bad(_) => StatusCode::BAD_REQUEST,
            Self::App(Error::Denied(Denial::TooOften(_))) => StatusCode::TOO_MANY_REQUESTS,
            Self::App(Error::Denied(Denial::Gone | Denial::Link)) => StatusCode::NOT_FOUND,
            Self::App(Error::Denied(Denial::Role | Denial::NotYours)) => StatusCode::FORBIDDEN,
            Self::App(Error::Denied(_)) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::App(Error::Refused(_) | Error::Stopped(_) | Error::Letter(_) | Error::Media(_) | Error::Burn(_)) => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Self::App(Error::Closed(_)) => StatusCode::SERVICE_UNAVAILABLE,
            Self::App(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The key of its text, and the text of a use case that says more.
    fn words(&self) -> (&'static str, Option<String>) {
        match self {
            Self::SignIn => ("refused-sign-in", None),
            Self::Role => ("refused-role", None),
            Self::Prove => ("refused-prove", None),
            Self::Forged => ("refused-forged", None),
            Self::Missing => ("refused-missing", None),
            Self::TooLarge(_) => ("refused-too-large", Some(self.to_string())),
            Self::CutOff => ("refused-cut-off", None),
            Self::Bad(text) => ("refused-bad", Some(text.clone())),
            Self::App(Error::Denied(denial)) => (denied(*denial), None),
            Self::App(Error::Stopped(stop)) => (stopped(*stop), None),
            Self::App(Error::Letter(_)) => ("refused-said", None),
            Self::App(Error::Refused(text)) => ("refused-said", Some(text.clone())),
            Self::App(Error::Media(error)) => ("refused-said", Some(error.to_string())),
            Self::App(Error::Burn(refused)) => (refused.key(), None),
            Self::App(Error::Closed(why)) => (why.key(), None),
            Self::App(_) => ("refused-failed", None),
        }
    }

    /// As JSON `{message}`, for what scripts ask.
    pub(super) fn json(&self) -> Response<Body> {
        self.note();
        let message = match self {
            // Why, in the words of what looked at the file.
            Self::App(Error::Media(error)) => error.to_string(),
            Self::App(
                Error::Denied(_)
                | Error::Refused(_)
                | Error::Stopped(_)
                | Error::Letter(_)
                | Error::Burn(_)
                | Error::Closed(_),
            ) => self.to_string(),
            Self::App(_) => "something went wrong here; what you wrote is not lost, try again".to_owned(),
            other => other.to_string(),
        };
        answer::json(self.status(), &serde_json::json!({ "message": message }))
    }

    /// As a page of the desk, or the way to where one signs in.
    pub(super) fn page(&self, ask: &Ask) -> Response<Body> {
        self.note();
        let back = ask.uri.path_and_query().map_or("/desk/", |target| target.as_str());
        let next = answer::escaped(back);
        match self {
            Self::SignIn => return answer::redirect(&format!("/desk/sign-in?next={next}")),
            // A form that was sent can't be sent again by a redirect: its page is shown again after the proof.
            Self::Prove if ask.method == http::Method::GET => {
                return answer::redirect(&format!("/desk/prove?next={next}"));
            }
            _ => {}
        }
        #[derive(Serialize)]
        struct Page {
            key: &'static str,
            said: Option<String>,
            /// Whether that is in English whatever the desk speaks.
            english: bool,
            minutes: i64,
        }
        let minutes = match self {
            Self::App(Error::Denied(Denial::TooOften(minutes))) => *minutes,
            _ => 0,
        };
        let (key, said) = self.words();
        let (said, english) = match self {
            Self::App(Error::Letter(stop)) => (Some(letter(ask, stop)), false),
            _ => (said, true),
        };
        let page = Page { key, said, english, minutes };
        let mut response = ask.render("refused.html", "", page).unwrap_or_else(|_| crate::refuse::failure());
        *response.status_mut() = self.status();
        if let Self::App(Error::Denied(Denial::TooOften(minutes))) = self
            && let Ok(seconds) = HeaderValue::from_str(&(minutes * 60).to_string())
        {
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        response
    }

    /// What broke here goes to the log; what somebody may not do does not.
    fn note(&self) {
        if let Self::App(error) = self
            && self.status() == StatusCode::INTERNAL_SERVER_ERROR
        {
            tracing::error!(error = error as &dyn std::error::Error, "the desk could not do what it was asked");
        }
    }
}

/// The text of what stops a story; `web` says it in the desk's language.
fn stopped(stop: Stop) -> &'static str {
    match stop {
        Stop::NoHeadline => "stop-no-headline",
        Stop::ChangedSince => "stop-changed-since",
        Stop::NothingNew => "stop-nothing-new",
        Stop::TimePassed => "stop-time-passed",
        Stop::ClockJumps => "stop-clock-jumps",
        Stop::NoTime => "stop-no-time",
        Stop::State(_) => "stop-state",
        Stop::EmptyCorrection => "stop-empty-correction",
        Stop::EmptyNote => "stop-empty-note",
        Stop::Translated => "stop-translated",
    }
}

/// The text of what stops a newsletter or an issue.
fn letter(ask: &Ask, stop: &app::issues::Stop) -> String {
    let (key, values) = stop.key();
    let given: Vec<_> = values.into_iter().map(|(name, value)| (name, theme::Arg::from(value))).collect();
    ask.strings().text(key, &given)
}

/// Why something was not done, to be shown beside what was typed.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Why {
    text: String,
    /// Whether it is in English whatever the desk speaks.
    english: bool,
}

impl Why {
    /// Why a use case refused; `None` when it failed.
    pub(super) fn of(ask: &Ask, error: &Error) -> Option<Self> {
        let strings = ask.strings();
        let spoken = |key: &str| Self { text: strings.text(key, &[]), english: false };
        match error {
            Error::Stopped(stop) => Some(spoken(stopped(*stop))),
            Error::Letter(stop) => Some(Self { text: letter(ask, stop), english: false }),
            Error::Denied(denial) => Some(spoken(denied(*denial))),
            Error::Refused(text) => Some(Self { text: text.clone(), english: true }),
            Error::Burn(refused) => Some(spoken(refused.key())),
            Error::Closed(why) => Some(spoken(why.key())),
            _ => None,
        }
    }
}

/// The text of a denial; `web` says it in the desk's language.
pub(super) fn denied(denial: Denial) -> &'static str {
    match denial {
        Denial::Link => "denied-link",
        Denial::Handle => "denied-handle",
        Denial::HandleTaken => "denied-handle-taken",
        Denial::Code => "denied-code",
        Denial::Key => "denied-key",
        Denial::TooOften(_) => "denied-too-often",
        Denial::LastPublisher => "denied-last-publisher",
        Denial::LastKey => "denied-last-key",
        Denial::Role => "refused-role",
        Denial::NotYours => "denied-not-yours",
        Denial::Gone => "denied-gone",
    }
}
