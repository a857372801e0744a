//! PayPal's webhooks: SHA256withRSA over `transmission id|time|webhook id|CRC-32 of the body`, and which object each is about.
//!
//! The webhook names the certificate's address itself, so that only addresses of PayPal's are fetched, over TLS; a certificate
//! has to be in PayPal's name and in date. PayPal sends a webhook again for three days, which is how old one may
//! be; what comes twice has the same id.

use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use http::HeaderMap;
use model::Timestamp;
use serde_json::Value;
use url::Url;
use x509_parser::prelude::X509Certificate;

use super::{
    super::{
        Event, HookRefused, Object,
        values::{list, some, text},
        wire::Wire,
    },
    certificates::Certificates,
};

/// The largest webhook that is read, in bytes.
const MOST_BYTES: usize = 1 << 20;
/// How old a webhook may be: a little more than the three days for which PayPal tries.
const WINDOW_MS: i64 = 73 * 3_600_000;
/// How far PayPal's clock may be ahead of ours.
const AHEAD_MS: i64 = 300_000;

/// Where a certificate may be: at PayPal's own hosts, or at a host that is given for tests.
pub(super) fn is_place(url: &Url, tested: Option<&Url>) -> bool {
    let host = url.host_str().unwrap_or_default();
    let paypals = url.scheme() == "https"
        && url.port().is_none()
        && url.username().is_empty()
        && url.password().is_none()
        && (host == "paypal.com" || host.ends_with(".paypal.com"));
    let tests = tested.is_some_and(|tested| tested.origin() == url.origin());
    (paypals || tests) && url.path().starts_with("/v1/notifications/certs/") && url.query().is_none()
}

/// What a webhook tells.
pub(super) async fn verify(
    (certificates, wire, tested): (&Certificates, &Wire, Option<&Url>),
    webhook: &str,
    now: Timestamp,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Vec<Event>, HookRefused> {
    let given = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if body.len() > MOST_BYTES {
        return Err(HookRefused::Unclear);
    }
    let url = Url::parse(given("paypal-cert-url")).ok().filter(|url| is_place(url, tested));
    let signature = BASE64.decode(given("paypal-transmission-sig")).ok().filter(|signature| !signature.is_empty());
    let (Some(url), Some(signature)) = (url, signature) else { return Err(HookRefused::Signature) };
    if webhook.is_empty() || given("paypal-auth-algo") != "SHA256withRSA" {
        return Err(HookRefused::Signature);
    }
    let sent = Timestamp::parse(given("paypal-transmission-time")).ok_or(HookRefused::Signature)?;
    let age = now.as_millis().saturating_sub(sent.as_millis());
    if !(-AHEAD_MS..=WINDOW_MS).contains(&age) {
        return Err(HookRefused::Time);
    }
    let (id, time) = (given("paypal-transmission-id"), given("paypal-transmission-time"));
    let signed = format!("{id}|{time}|{webhook}|{}", crc32fast::hash(body));
    let pem = certificates.get(wire, &url, now).await?;
    let key = key(&pem, now).ok_or(HookRefused::Signature)?;
    UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, &key)
        .verify(signed.as_bytes(), &signature)
        .map_err(|_| HookRefused::Signature)?;
    certificates.proved(&url, pem);
    let event: Value = serde_json::from_slice(body).map_err(|_| HookRefused::Unclear)?;
    some(&event, "/id").ok_or(HookRefused::Unclear)?;
    Ok(event_of(&event).into_iter().collect())
}

/// The public key of a certificate that is PayPal's and in date.
fn key(pem: &str, now: Timestamp) -> Option<Vec<u8>> {
    let (_, pem) = x509_parser::pem::parse_x509_pem(pem.as_bytes()).ok()?;
    let certificate: X509Certificate<'_> = pem.parse_x509().ok()?;
    let (seconds, validity) = (now.as_millis() / 1_000, certificate.validity());
    let in_date = validity.not_before.timestamp() <= seconds && seconds <= validity.not_after.timestamp();
    let mut names = certificate.subject().iter_common_name().filter_map(|name| name.as_str().ok());
    let named = names.any(|name| name == "paypal.com" || name.ends_with(".paypal.com"));
    (in_date && named).then(|| certificate.public_key().subject_public_key.data.to_vec())
}

/// What an event is about; `None` where it is nothing that matters here.
pub(super) fn event_of(event: &Value) -> Option<Event> {
    let resource = event.get("resource")?;
    let own = |kind: &str| some(resource, "/id").map(|id| Object::new(kind, id));
    let kind = text(event, "/event_type");
    let object = match kind {
        "CHECKOUT.ORDER.APPROVED" | "CHECKOUT.ORDER.COMPLETED" => own("order"),
        "PAYMENT.CAPTURE.COMPLETED"
        | "PAYMENT.CAPTURE.PENDING"
        | "PAYMENT.CAPTURE.DENIED"
        | "PAYMENT.CAPTURE.DECLINED" => own("capture"),
        // These bring a refund, which leads up to its capture.
        "PAYMENT.CAPTURE.REFUNDED" | "PAYMENT.CAPTURE.REVERSED" => {
            up(resource).map(|id| Object::new("capture", id)).or_else(|| own("capture"))
        }
        "PAYMENT.SALE.COMPLETED" | "PAYMENT.SALE.PENDING" | "PAYMENT.SALE.DENIED" => own("sale"),
        "PAYMENT.SALE.REVERSED" => some(resource, "/sale_id").map(|id| Object::new("sale", id)).or_else(|| own("sale")),
        "PAYMENT.SALE.REFUNDED" => own("refund"),
        "CUSTOMER.DISPUTE.CREATED" | "CUSTOMER.DISPUTE.UPDATED" | "CUSTOMER.DISPUTE.RESOLVED" => {
            some(resource, "/dispute_id").map(|id| Object::new("dispute", id))
        }
        _ if kind.starts_with("BILLING.SUBSCRIPTION.") => own("subscription"),
        _ => None,
    };
    Some(Event { id: some(event, "/id")?.to_owned(), object: object? })
}

/// The transaction that a refund was made of.
pub(super) fn up(refund: &Value) -> Option<&str> {
    let links = list(refund, "/links").iter().filter(|link| text(link, "/rel") == "up");
    let mut ids = links.filter_map(|link| text(link, "/href").rsplit('/').next());
    ids.find(|id| !id.is_empty())
}
