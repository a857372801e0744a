//! Asking PayPal for an object, with what belongs to it, and capturing an order that was approved.

use model::{ContributionId, Timestamp};
use serde_json::Value;

use super::{
    super::{
        Further, GatewayError, Object, SessionStanding, Standing,
        encode::{pairs, segment},
        values::{contribution, list, some, text},
        wire::Ask,
    },
    Paypal, amount, hooks, read,
};

/// The payments of a subscription: not an object of PayPal's, but what is asked for when nothing was told for long.
pub(super) const PAYMENTS: &str = "subscription.payments";
const DAY_MS: i64 = 86_400_000;
/// How far before its last payment others are looked for at first, and at a time before that.
const BACK_MS: (i64, i64) = (70 * DAY_MS, 430 * DAY_MS);
/// Times that those before are asked for at most: more than ten years.
const BACK_MOST: usize = 10;

/// What an object says now.
pub(super) async fn fetch(paypal: &Paypal, object: &Object) -> Result<Option<Standing>, GatewayError> {
    let (id, of) = split(&object.id);
    match object.kind.as_str() {
        "order" => order(paypal, id, of).await,
        "subscription" => subscription(paypal, id, of).await,
        PAYMENTS => payments(paypal, &object.id).await,
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
    let Some(found) = paypal.object(&path).await? else { return Ok(forgotten(of)) };
    read::order(&found).map_err(|odd| paypal.wire.unclear(odd))
}

/// Captures an order that its payer has approved; what it says then.
pub(super) async fn take(paypal: &Paypal, object: &Object) -> Result<Option<Standing>, GatewayError> {
    let before = fetch(paypal, object).await?;
    if object.kind != "order" || !before.as_ref().is_some_and(|standing| standing.waits) {
        return Ok(before);
    }
    capture_order(paypal, split(&object.id).0).await?;
    fetch(paypal, object).await
}

/// The same each time it is tried: the key is the order's.
async fn capture_order(paypal: &Paypal, id: &str) -> Result<(), GatewayError> {
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

/// The last payments of a subscription, to be looked at one by one; `I-…:2:1752256800000` for those before a moment, the second
/// time that those before are asked for.
async fn payments(paypal: &Paypal, name: &str) -> Result<Option<Standing>, GatewayError> {
    let (id, before) = name.split_once(':').map_or((name, None), |(id, rest)| (id, rest.split_once(':')));
    let Some(found) = paypal.subscription(id).await? else { return Ok(None) };
    let times = before.and_then(|(times, _)| times.parse().ok()).unwrap_or(0_usize);
    let (from, to) = match before.and_then(|(_, at)| at.parse().ok()).map(Timestamp::from_millis) {
        Some(before) => (before.plus_millis(-BACK_MS.1), before),
        None => {
            let last = Timestamp::parse(text(&found, "/billing_info/last_payment/time"));
            let Some(last) = last else { return Ok(None) };
            (last.plus_millis(-BACK_MS.0), last.plus_millis(DAY_MS))
        }
    };
    let query = pairs(&[("start_time", from.to_string()), ("end_time", to.to_string())]);
    let path = format!("/v1/billing/subscriptions/{}/transactions?{query}", segment(id));
    let listed = paypal.good(Ask::get(path)).await?;
    let all = list(&listed, "/transactions");
    let more = all.iter().filter_map(|one| some(one, "/id")).map(|id| Object::new("sale", id)).collect();
    let oldest = all.iter().min_by_key(|one| Timestamp::parse(text(one, "/time")));
    let further = (times < BACK_MOST).then(|| Further {
        oldest: oldest.and_then(|one| some(one, "/id")).map(str::to_owned),
        at: from,
        object: Object::new(PAYMENTS, format!("{id}:{}:{}", times + 1, from.as_millis())),
    });
    let contribution = contribution(&found, "/custom_id");
    Ok(Some(Standing { contribution, of_pledge: Some(id.to_owned()), more, further, ..Standing::default() }))
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
    let payments = vec![payment];
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
            payment.disputed = read::disputed(&found, payment.money.currency);
        }
        standing
    }))
}
