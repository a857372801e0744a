//! What mail services tell over HTTP of mails that they took: bounces, complaints, unsubscribing.
//!
//! Each service has a file with `verify_and_parse`: pure over headers, body, configuration and time. Nothing is parsed
//! further than verifying needs before it is verified; what a service says of other things (opened, clicked, delivered) is
//! nothing here. Which mail it is about is told by a token that we gave it along ([`fields`]), sealed like that of the
//! address that bounces go to: who could forge a service's word could still speak of no delivery but one whose mail they
//! have.

pub mod amazon;
pub mod mailgun;
pub mod postmark;
pub mod ses;
mod sns;

use http::HeaderMap;
use model::Bounce;
use serde_json::Value;
use url::Url;

use super::{
    addresses::{Addresses, Place, is_token},
    notice::{Cause, Notice, Token},
    status::Status,
    why::{Why, judge},
};

/// The largest body that is read, in bytes. Postmark sends the whole report along.
pub const BODY_BYTES: usize = 1 << 20;

/// What a service calls the value that tells which mail it is.
const NAME: &str = "masthead";

/// A mail service that tells of mails over HTTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Service {
    /// Amazon SES, through SNS.
    Ses,
    /// Postmark.
    Postmark,
    /// Mailgun.
    Mailgun,
}

impl Service {
    /// Every service.
    pub const ALL: [Self; 3] = [Self::Ses, Self::Postmark, Self::Mailgun];

    /// Its part of the address that it tells: `/-/hooks/mail/ses`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ses => "ses",
            Self::Postmark => "postmark",
            Self::Mailgun => "mailgun",
        }
    }

    /// From its part of the address.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|service| service.as_str() == text)
    }
}

/// Fields of a mail's head that have a service tell us the token of its delivery when it speaks of it. They are put above
/// the signed mail, for a relay of that service, and taken away by it.
#[must_use]
pub fn fields(service: Service, token: &str) -> Vec<(&'static str, String)> {
    match service {
        Service::Ses => vec![("X-SES-MESSAGE-TAGS", format!("{NAME}={token}"))],
        Service::Postmark => vec![("X-PM-Metadata-masthead", token.to_owned()), ("X-PM-KeepID", "true".to_owned())],
        Service::Mailgun => vec![("X-Mailgun-Variables", format!("{{\"{NAME}\": \"{token}\"}}"))],
    }
}

/// What a service said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// Of mails; an empty list when it is nothing that matters here.
    Notices(Vec<Notice>),
    /// It asks whether it may speak; whoever wants it fetches this address once.
    Confirm(Url),
}

/// Why a request is not believed. None of them repeats anything of the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Not what the service sends.
    #[error("this is not what the service sends: {0}")]
    Shape(&'static str),
    /// Neither the password nor the path that was agreed.
    #[error("the password of this hook is wrong or missing")]
    Password,
    /// A signature that does not fit.
    #[error("the signature does not fit")]
    Signature,
    /// A certificate that is not the service's.
    #[error("the certificate is not one of Amazon SNS")]
    Certificate,
    /// From another topic than the one of the configuration.
    #[error("this is another topic than `bounces.ses.topic`")]
    Topic,
    /// Too old, or from the future.
    #[error("this was signed too long ago, or the clocks differ")]
    Stale,
    /// A signature that came before, with something else in it.
    #[error("this signature was used before for something else")]
    Replayed,
}

fn json(body: &[u8]) -> Result<Value, Refused> {
    if body.len() > BODY_BYTES {
        return Err(Refused::Shape("more than 1 MiB"));
    }
    serde_json::from_slice(body).map_err(|_| Refused::Shape("no JSON"))
}

/// A text within JSON, by its pointer (RFC 6901); empty when there is none.
fn text<'v>(value: &'v Value, pointer: &str) -> &'v str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

/// The token of a delivery: the value that we gave along, or else the sender's address that the mail had.
fn token(given: &str, sender: &str, ours: &Addresses) -> Option<Token> {
    let given = given.trim().to_ascii_lowercase();
    if is_token(&given) {
        return Some(Token::Delivery(given));
    }
    match ours.place(sender) {
        Some(Place::Bounce(token)) => Some(Token::Delivery(token)),
        _ => None,
    }
}

/// A bounce as a service judged it, and why, by our own tables. A full mailbox and a blocked sender are never for good.
fn bounced(token: Token, permanent: bool, status: &str, said: &str, fallback: Cause) -> Notice {
    let Why { cause, status, .. } = judge(Status::parse(status), said, "");
    let cause = if cause == Cause::Other { fallback } else { cause };
    let passes = matches!(cause, Cause::Full | Cause::Blocked | Cause::TooLarge | Cause::Expired | Cause::Loop);
    let bounce = if permanent && !passes { Bounce::Hard } else { Bounce::Soft };
    Notice::Bounced { token, bounce, cause, status, message_id: None }
}

/// A header as text; empty when it is missing or no text.
fn header<'h>(headers: &'h HeaderMap, name: &str) -> &'h str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}
