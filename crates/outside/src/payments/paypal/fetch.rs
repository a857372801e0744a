//! Asking PayPal for an object, with what belongs to it; an order that was approved is captured on the way.

use model::{ContributionId, Timestamp};
use serde_json::Value;

use super::{
    super::{
        GatewayError, Object, SessionStanding, Standing,
        encode::{pairs, segment},
        values::{contribution, list, some, text},
        wire::Ask,
    },
    Paypal, amount, hooks, read,
};

/// The payments of a subscription: not an object of PayPal's, but what is asked for when nothing was told for long.
pub(super) const PAYMENTS: &str = "subscription.payments";
/// How far around its last payment others are looked for, in milliseconds.
const AROUND_MS: i64 = 70 * 86_400_000;

/// What an object says now.
pub(super) async fn fetch(paypal: &Paypal, object: &Object) -> Result<Option<Standing>, GatewayError> {
    let (id, of) = split(&object.id);
    match object.kind.as_str() {
        "order" => order(paypal, id, of).await,
        "subscription" => subscription(paypal, id, of).await,
        PAYMENTS => payments(paypal, id).await,
        "capture" => capture(paypal, id).await,
        "sale" => sale(paypal, id, None).await,
        "refund" => refund(paypal, id).await,
        "dispute" => dispute(paypal, id).await,
        _ => Ok(None),
    }
}

/// The name of a page, with which its contribution is kept: what PayPal forgot is known to be over.
pub(super) fn join(id: &str, of: ContributionId) -> String {
    format!("{id}:{of}")
}

fn split(name: &str) -> (&str, Option<ContributionId>) {
    let Some((id, of)) = name.split_once(':') else { return (name, None) };
    (id, uuid::Uuid::try_parse(of).ok().map(ContributionId))
}

/// A page that PayPal does not know any more was never paid: what is paid it keeps.
fn forgotten(of: Option<ContributionId>) -> Option<Standing> {
    of.map(|of| Standing { contribution: Some(of), session: Some(SessionStanding::Over), ..Standing::default() })
}

async fn order(paypal: &Paypal, id: &str, of: Option<ContributionId>) -> Result<Option<Standing>, GatewayError> {
    let path = format!("/v2/checkout/orders/{}", segment(id));
    let Some(mut found) = paypal.object(&path).await? else { return Ok(forgotten(of)) };
    let ours = contribution(&found, "/purchase_units/0/custom_id").is_some();
    if ours && text(&found, "/status") == "APPROVED" && text(&found, "/intent") == "CAPTURE" {
        take(paypal, id).await?;
        found = paypal.object(&path).await?.unwrap_or(found);
    }
    read::order(&found).map_err(|odd| paypal.wire.unclear(odd))
}

/// Captures an order. The same each time it is tried: the key is the order's.
async fn take(paypal: &Paypal, id: &str) -> Result<(), GatewayError> {
    let path = format!("/v2/checkout/orders/{}/capture", segment(id));
    let ask = Ask::post(path).json(&Value::Object(serde_json::Map::new())).key(super::KEY, &format!("capture-{id}"));
    let answer = paypal.send(ask).await?;
    match (answer.status, super::issue(&answer.json)) {
        (200..=299, _) | (_, "ORDER_ALREADY_CAPTURED") => Ok(()),
        // The payer is asked again on PayPal's page, and the order can still be paid.
        (422, "INSTRUMENT_DECLINED" | "PAYER_ACTION_REQUIRED" | "ORDER_NOT_APPROVED") => Ok(()),
        _ => Err(paypal.refused(&answer.json)),
    }
}

async fn subscription(paypal: &Paypal, id: &str, of: Option<ContributionId>) -> Result<Option<Standing>, GatewayError> {
    match paypal.subscription(id).await? {
        Some(found) => read::subscription(&found).map_err(|odd| paypal.wire.unclear(odd)),
        None => Ok(forgotten(of)),
    }
}

/// The last payments of a subscription, to be looked at one by one.
async fn payments(paypal: &Paypal, id: &str) -> Result<Option<Standing>, GatewayError> {
    let Some(found) = paypal.subscription(id).await? else { return Ok(None) };
    let last = Timestamp::parse(text(&found, "/billing_info/last_payment/time"));
    let Some(last) = last else { return Ok(None) };
    let (from, to) = (last.plus_millis(-AROUND_MS).to_string(), last.plus_millis(86_400_000).to_string());
    let query = pairs(&[("start_time", from), ("end_time", to)]);
    let path = format!("/v1/billing/subscriptions/{}/transactions?{query}", segment(id));
    let listed = paypal.good(Ask::get(path)).await?;
    let more = list(&listed, "/transactions").iter().filter_map(|one| some(one, "/id"));
    let more = more.map(|id| Object::new("sale", id)).collect();
    let contribution = contribution(&found, "/custom_id");
    Ok(Some(Standing { contribution, of_pledge: Some(id.to_owned()), more, ..Standing::default() }))
}

async fn capture(paypal: &Paypal, id: &str) -> Result<Option<Standing>, GatewayError> {
    let Some(found) = paypal.object(&format!("/v2/payments/captures/{}", segment(id))).await? else { return Ok(None) };
    let Some(whose) = contribution(&found, "/custom_id") else { return Ok(None) };
    let order = match order_of(&found).filter(|_| read::needs_order(&found)) {
        Some(order) => paypal.object(&format!("/v2/checkout/orders/{}", segment(order))).await?,
        None => None,
    };
    let payment = read::capture(&found, order.as_ref()).map_err(|odd| paypal.wire.unclear(odd))?;
    Ok(Some(Standing { contribution: Some(whose), payments: vec![payment], ..Standing::default() }))
}

fn order_of(capture: &Value) -> Option<&str> {
    some(capture, "/supplementary_data/related_ids/order_id").or_else(|| hooks::up(capture))
}

async fn sale(paypal: &Paypal, id: &str, refunded: Option<model::Money>) -> Result<Option<Standing>, GatewayError> {
    let Some(found) = paypal.object(&format!("/v1/payments/sale/{}", segment(id))).await? else { return Ok(None) };
    let (whose, of_pledge) = (contribution(&found, "/custom"), some(&found, "/billing_agreement_id"));
    if whose.is_none() && of_pledge.is_none() {
        return Ok(None);
    }
    let payment = read::sale(&found, refunded).map_err(|odd| paypal.wire.unclear(odd))?;
    let of_pledge = of_pledge.map(str::to_owned);
    let more = of_pledge.iter().map(|pledge| Object::new("subscription", pledge)).collect();
    let payments = payment.into_iter().collect();
    Ok(Some(Standing { contribution: whose, of_pledge, payments, more, ..Standing::default() }))
}

/// A refund of a sale, which alone tells how much of it went back.
async fn refund(paypal: &Paypal, id: &str) -> Result<Option<Standing>, GatewayError> {
    let Some(found) = paypal.object(&format!("/v2/payments/refunds/{}", segment(id))).await? else { return Ok(None) };
    let Some(of) = hooks::up(&found) else { return Ok(None) };
    let total = found.pointer("/seller_payable_breakdown/total_refunded_amount").and_then(amount::money);
    let total = total.or_else(|| found.get("amount").and_then(amount::money));
    match sale(paypal, of, total).await? {
        Some(standing) => Ok(Some(standing)),
        None => capture(paypal, of).await,
    }
}

async fn dispute(paypal: &Paypal, id: &str) -> Result<Option<Standing>, GatewayError> {
    let Some(found) = paypal.object(&format!("/v1/customer/disputes/{}", segment(id))).await? else { return Ok(None) };
    let Some(of) = some(&found, "/disputed_transactions/0/seller_transaction_id") else { return Ok(None) };
    let standing = match capture(paypal, of).await? {
        Some(standing) => Some(standing),
        None => sale(paypal, of, None).await?,
    };
    Ok(standing.map(|mut standing| {
        for payment in &mut standing.payments {
            payment.dispute = Some(read::dispute(&found));
        }
        standing
    }))
}
