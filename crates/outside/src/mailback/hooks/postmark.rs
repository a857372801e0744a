//! Postmark: `Bounce`, `SpamComplaint` and `SubscriptionChange` webhooks.
//!
//! Postmark signs nothing. The hook's address has a password in it, as user and password or as its last part, which comes
//! over TLS alone.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use http::HeaderMap;
use model::Timestamp;
use serde_json::Value;
use subtle::ConstantTimeEq;

use super::{Addresses, Cause, Heard, Notice, Refused, bounced, header, json, text, token};

/// What is agreed with Postmark.
#[derive(Clone, Copy)]
pub struct Config<'a> {
    /// Our addresses.
    pub ours: &'a Addresses,
    /// The password of the hook.
    pub secret: &'a str,
    /// The last part of the address that was asked for, when there is one.
    pub path: Option<&'a str>,
}

/// What Postmark says, if it is Postmark.
///
/// # Errors
/// [`Refused`] when the password is wrong or it is not what Postmark sends.
pub fn verify_and_parse(
    headers: &HeaderMap,
    body: &[u8],
    config: &Config<'_>,
    _now: Timestamp,
) -> Result<Heard, Refused> {
    let given = [config.path.map(str::to_owned), password(headers)];
    let same = |given: &String| bool::from(given.as_bytes().ct_eq(config.secret.as_bytes()));
    if config.secret.is_empty() || !given.iter().flatten().any(same) {
        return Err(Refused::Password);
    }
    let value = json(body)?;
    Ok(Heard::Notices(notice(&value, config.ours)?.into_iter().collect()))
}

/// The password of `Authorization: Basic …`.
fn password(headers: &HeaderMap) -> Option<String> {
    let encoded = header(headers, "authorization").strip_prefix("Basic ")?;
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    Some(decoded.split_once(':')?.1.to_owned())
}

fn notice(value: &Value, ours: &Addresses) -> Result<Option<Notice>, Refused> {
    let Some(token) = token(text(value, "/Metadata/masthead"), "", ours) else { return Ok(None) };
    Ok(match text(value, "/RecordType") {
        "SpamComplaint" => Some(Notice::Complaint { token, message_id: None }),
        "Bounce" => bounce(value, token),
        "SubscriptionChange" => {
            let left = value.pointer("/SuppressSending").and_then(Value::as_bool) == Some(true)
                && text(value, "/Origin") == "Recipient"
                && text(value, "/SuppressionReason") == "ManualSuppression";
            left.then_some(Notice::Unsubscribe { token })
        }
        "" => return Err(Refused::Shape("no RecordType")),
        // Delivered, opened, clicked.
        _ => None,
    })
}

/// The types of <https://postmarkapp.com/developer/api/bounce-api#bounce-types>.
fn bounce(value: &Value, token: super::Token) -> Option<Notice> {
    let said = text(value, "/Details");
    match text(value, "/Type") {
        "HardBounce" | "BadEmailAddress" | "ManuallyDeactivated" => {
            Some(bounced(token, true, "", said, Cause::NoMailbox))
        }
        "SpamComplaint" => Some(Notice::Complaint { token, message_id: None }),
        "Unsubscribe" => Some(Notice::Unsubscribe { token }),
        "SpamNotification" | "Blocked" | "DMARCPolicy" | "VirusNotification" => {
            Some(bounced(token, false, "", "", Cause::Blocked))
        }
        "DnsError" => Some(bounced(token, false, "", said, Cause::NoDomain)),
        "SoftBounce" | "Undeliverable" | "Unknown" => Some(bounced(token, false, "", said, Cause::Other)),
        // It is tried again (Transient), somebody is away (AutoResponder), or it is not about a mailbox.
        _ => None,
    }
}
