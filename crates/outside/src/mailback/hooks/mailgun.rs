//! Mailgun: `failed`, `complained` and `unsubscribed` webhooks.
//!
//! Mailgun signs a timestamp and a random token, and not what it says. So a signature counts once: with the same body again
//! it is the same message, sent again because our answer was lost; with another body it is a theft.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

use hmac::{Hmac, KeyInit, Mac};
use http::HeaderMap;
use model::Timestamp;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{Addresses, Cause, Heard, Notice, Refused, bounced, json, text, token};

/// How long after it was signed a message counts. Mailgun tries for eight hours.
pub const WINDOW_MS: i64 = 9 * 3_600_000;
/// How far its clock may be ahead of ours.
const AHEAD_MS: i64 = 5 * 60_000;
/// Signatures that are remembered.
const SEEN: usize = 10_000;

/// What is agreed with Mailgun.
#[derive(Debug, Clone, Copy)]
pub struct Config<'a> {
    /// Our addresses.
    pub ours: &'a Addresses,
    /// The signing key of webhooks (not the one that sends).
    pub key: &'a str,
    /// What came before.
    pub seen: &'a Seen,
}

/// Signatures that came, and what with. In memory alone.
#[derive(Debug, Default)]
pub struct Seen(Mutex<VecDeque<([u8; 32], [u8; 32])>>);

impl Seen {
    /// Remembers a signature; `false` when it came before with another body.
    fn is_fresh(&self, signature: &str, body: &[u8]) -> bool {
        let entry: ([u8; 32], [u8; 32]) = (Sha256::digest(signature.as_bytes()).into(), Sha256::digest(body).into());
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, before)) = seen.iter().find(|(signature, _)| *signature == entry.0) {
            return *before == entry.1;
        }
        if seen.len() >= SEEN {
            seen.pop_front();
        }
        seen.push_back(entry);
        true
    }
}

/// What Mailgun says, if it is Mailgun.
///
/// # Errors
/// [`Refused`] when the signature does not fit, is old, or was used for something else.
pub fn verify_and_parse(
    _headers: &HeaderMap,
    body: &[u8],
    config: &Config<'_>,
    now: Timestamp,
) -> Result<Heard, Refused> {
    let value = json(body)?;
    let (at, random, signature) =
        (text(&value, "/signature/timestamp"), text(&value, "/signature/token"), text(&value, "/signature/signature"));
    if at.is_empty() || random.is_empty() || signature.is_empty() {
        return Err(Refused::Shape("no signature; use Mailgun's webhooks of version 3, which send JSON"));
    }
    let parent = text(&value, "/signature/parent-signature");
    if ![signature, parent].iter().any(|signature| signed(config.key, at, random, signature)) {
        return Err(Refused::Signature);
    }
    let seconds: i64 = at.parse().map_err(|_| Refused::Shape("no timestamp"))?;
    let age = now.as_millis().saturating_sub(seconds.saturating_mul(1000));
    if !(-AHEAD_MS..=WINDOW_MS).contains(&age) {
        return Err(Refused::Stale);
    }
    if !config.seen.is_fresh(&format!("{at}{random}"), body) {
        return Err(Refused::Replayed);
    }
    Ok(Heard::Notices(notice(&value, config.ours).into_iter().collect()))
}

fn signed(key: &str, at: &str, random: &str, signature: &str) -> bool {
    let Ok(given) = data_encoding::HEXLOWER_PERMISSIVE.decode(signature.as_bytes()) else { return false };
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.as_bytes()) else { return false };
    mac.update(at.as_bytes());
    mac.update(random.as_bytes());
    !key.is_empty() && mac.verify_slice(&given).is_ok()
}

fn notice(value: &Value, ours: &Addresses) -> Option<Notice> {
    let event = value.pointer("/event-data")?;
    let token = token(text(event, "/user-variables/masthead"), text(event, "/envelope/sender"), ours)?;
    match text(event, "/event") {
        "complained" => Some(Notice::Complaint { token, message_id: None }),
        "unsubscribed" => Some(Notice::Unsubscribe { token }),
        // `temporary`: it is tried again.
        "failed" if text(event, "/severity") == "permanent" => Some(failed(event, token)),
        _ => None,
    }
}

fn failed(event: &Value, token: super::Token) -> Notice {
    let said = [text(event, "/delivery-status/message"), text(event, "/delivery-status/description")].join(" ");
    let status = text(event, "/delivery-status/enhanced-code");
    match text(event, "/reason") {
        "suppress-complaint" => Notice::Complaint { token, message_id: None },
        "suppress-unsubscribe" => Notice::Unsubscribe { token },
        "suppress-bounce" => bounced(token, true, "", "", Cause::NoMailbox),
        // Tried for as long as it is.
        "old" => bounced(token, false, "", &said, Cause::Expired),
        "espblock" => bounced(token, false, status, &said, Cause::Blocked),
        _ => bounced(token, text(event, "/delivery-status/bounce-type") != "soft", status, &said, Cause::Other),
    }
}
