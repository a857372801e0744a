//! Stripe's webhooks: who signed them, and which object each event is about.
//!
//! `Stripe-Signature: t=…,v1=hex[,v1=…]` is HMAC-SHA256 of `t.body` with the endpoint's whole `whsec_…` text; while a secret is
//! being replaced there are two `v1`. What concerns one payment is told as that payment intent, whichever of its charge,
//! refunds or disputes changed, so that it is looked at under one lock.

use hmac::{Hmac, KeyInit, Mac};
use http::HeaderMap;
use model::Timestamp;
use serde_json::Value;
use sha2::Sha256;

use super::super::{
    Event, HookRefused, Object, Secret,
    values::{is, name, some, text},
};

/// The largest webhook that is read, in bytes.
const MOST_BYTES: usize = 1 << 20;
/// How far the moment of a signature may be from ours, either way.
const WINDOW_MS: i64 = 300_000;
/// More signatures than this are not looked at.
const MOST_SIGNATURES: usize = 8;

/// The events that matter. At most twenty: it is what a list of events can be narrowed to.
pub(super) const KINDS: [&str; 20] = [
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "checkout.session.expired",
    "invoice.paid",
    "invoice.payment_failed",
    "invoice.payment_action_required",
    "customer.subscription.created",
    "customer.subscription.updated",
    "customer.subscription.deleted",
    "customer.subscription.paused",
    "customer.subscription.resumed",
    "charge.refunded",
    "refund.updated",
    "refund.failed",
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.dispute.closed",
    "charge.dispute.funds_reinstated",
    "radar.early_fraud_warning.created",
];

/// What a webhook tells.
pub(super) fn verify(
    secret: &Secret,
    live: Option<bool>,
    now: Timestamp,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Vec<Event>, HookRefused> {
    if body.len() > MOST_BYTES {
        return Err(HookRefused::Unclear);
    }
    let given = headers.get("stripe-signature").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let signed = signed_at(secret, given, body).ok_or(HookRefused::Signature)?;
    if now.as_millis().abs_diff(signed.saturating_mul(1_000)) > WINDOW_MS.unsigned_abs() {
        return Err(HookRefused::Time);
    }
    let event: Value = serde_json::from_slice(body).map_err(|_| HookRefused::Unclear)?;
    if text(&event, "/object") != "event" || text(&event, "/id").is_empty() {
        return Err(HookRefused::Unclear);
    }
    if live.is_some_and(|live| live != is(&event, "/livemode")) {
        return Err(HookRefused::Mode);
    }
    Ok(event_of(&event).into_iter().collect())
}

/// When a body was signed, in seconds; `None` where no signature is the secret's.
fn signed_at(secret: &Secret, given: &str, body: &[u8]) -> Option<i64> {
    if secret.is_empty() {
        return None;
    }
    let fields = || given.split(',').filter_map(|field| field.trim().split_once('='));
    let at = fields().find_map(|(name, value)| (name == "t").then_some(value))?;
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.reveal().as_bytes()).ok()?;
    mac.update(at.as_bytes());
    mac.update(b".");
    mac.update(body);
    let signatures = fields().filter(|(name, _)| *name == "v1").take(MOST_SIGNATURES);
    let decoded = signatures.filter_map(|(_, hex)| data_encoding::HEXLOWER_PERMISSIVE.decode(hex.as_bytes()).ok());
    // Every one is compared, in constant time, so that nothing tells which was near.
    let right = decoded.fold(false, |right, signature| mac.clone().verify_slice(&signature).is_ok() | right);
    let at = at.parse().ok()?;
    right.then_some(at)
}

/// What an event is about; `None` where it is nothing that matters here.
pub(super) fn event_of(event: &Value) -> Option<Event> {
    let kind = text(event, "/type");
    if !KINDS.contains(&kind) {
        return None;
    }
    let object = event.pointer("/data/object")?;
    let whole = |kind: &str| some(object, "/id").map(|id| Object::new(kind, id));
    let object = match kind.split('.').next().unwrap_or_default() {
        "checkout" => whole("checkout.session"),
        "invoice" => whole("invoice"),
        "customer" => whole("subscription"),
        _ => of_payment(object, text(object, "/object") == "charge"),
    }?;
    Some(Event { id: text(event, "/id").to_owned(), object })
}

/// The payment that a charge, a refund, a dispute or a warning is about.
fn of_payment(object: &Value, is_charge: bool) -> Option<Object> {
    let intent = name(object, "/payment_intent").map(|id| Object::new("payment_intent", id));
    let charge = || name(object, if is_charge { "/id" } else { "/charge" }).map(|id| Object::new("charge", id));
    intent.or_else(charge)
}
