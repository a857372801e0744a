//! BTCPay Server's webhooks: `BTCPay-Sig: sha256=hex`, HMAC-SHA256 of the body with the webhook's secret.

use hmac::{Hmac, KeyInit, Mac};
use http::HeaderMap;
use serde_json::Value;
use sha2::Sha256;

use super::{
    super::{
        Event, HookRefused, Object, Secret,
        values::{some, text},
    },
    INVOICE,
};

/// The largest webhook that is read, in bytes.
const MOST_BYTES: usize = 1 << 20;
/// What can change how an invoice stands.
const KINDS: [&str; 6] = [
    "InvoiceReceivedPayment",
    "InvoicePaymentSettled",
    "InvoiceProcessing",
    "InvoiceExpired",
    "InvoiceSettled",
    "InvoiceInvalid",
];

/// What a webhook tells.
pub(super) fn verify(
    secret: &Secret,
    store: &str,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Vec<Event>, HookRefused> {
    if body.len() > MOST_BYTES {
        return Err(HookRefused::Unclear);
    }
    let given = headers.get("btcpay-sig").and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !signed(secret, given, body).unwrap_or_default() {
        return Err(HookRefused::Signature);
    }
    let told: Value = serde_json::from_slice(body).map_err(|_| HookRefused::Unclear)?;
    let delivery = some(&told, "/originalDeliveryId").or_else(|| some(&told, "/deliveryId"));
    let delivery = delivery.ok_or(HookRefused::Unclear)?;
    if !KINDS.contains(&text(&told, "/type")) || text(&told, "/storeId") != store {
        return Ok(Vec::new());
    }
    let invoice = some(&told, "/invoiceId").ok_or(HookRefused::Unclear)?;
    Ok(vec![Event { id: delivery.to_owned(), object: Object::new(INVOICE, invoice) }])
}

fn signed(secret: &Secret, given: &str, body: &[u8]) -> Option<bool> {
    if secret.is_empty() {
        return None;
    }
    let hex = given.strip_prefix("sha256=")?;
    let signature = data_encoding::HEXLOWER_PERMISSIVE.decode(hex.as_bytes()).ok()?;
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.reveal().as_bytes()).ok()?;
    mac.update(body);
    Some(mac.verify_slice(&signature).is_ok())
}
