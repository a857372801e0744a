//! Requests to Stripe that do something.

use model::{Frequency, Money};
use serde_json::Value;

use super::super::{
    GatewayError, Pledge, Start, Started,
    encode::segment,
    values::{list, name, some, text, whole},
    wire::Ask,
};
use super::{Stripe, amount::to_stripe, locale};

/// Fields of a form.
type Fields = Vec<(String, String)>;

/// The header under which Stripe knows a request again.
const KEY: &str = "idempotency-key";

fn field(name: impl Into<String>, value: impl Into<String>) -> (String, String) {
    (name.into(), value.into())
}

impl Stripe {
    fn amount(&self, money: Money) -> Result<String, GatewayError> {
        let amount = to_stripe(money).ok_or_else(|| self.wire.refused(format!("{money} can't be charged exactly")))?;
        Ok(amount.to_string())
    }

    async fn post(&self, path: String, fields: &Fields, key: &str) -> Result<Value, GatewayError> {
        let answer = self.send(Ask::post(path).form(fields).key(KEY, key)).await?;
        self.good(answer)
    }
}

/// Makes a checkout session.
pub(super) async fn start(stripe: &Stripe, ask: &Start) -> Result<Started, GatewayError> {
    let fields = session(stripe, ask)?;
    let session = stripe.post("/v1/checkout/sessions".to_owned(), &fields, &ask.key).await?;
    match (some(&session, "/id"), some(&session, "/url")) {
        (Some(id), Some(url)) => Ok(Started { session: id.to_owned(), page: url.to_owned() }),
        _ => Err(stripe.wire.unclear("a session without a page")),
    }
}

fn session(stripe: &Stripe, ask: &Start) -> Result<Fields, GatewayError> {
    let cid = ask.contribution.to_string();
    let price = "line_items[0][price_data]";
    let mut fields = vec![
        field("client_reference_id", &cid),
        field("success_url", &ask.done),
        field("cancel_url", &ask.back),
        field("locale", locale::of(&ask.language)),
        field("line_items[0][quantity]", "1"),
        field(format!("{price}[currency]"), ask.money.currency.code().to_ascii_lowercase()),
        field(format!("{price}[unit_amount]"), stripe.amount(ask.money)?),
        // What is paid is what was asked for, in the currency in which it was asked.
        field("adaptive_pricing[enabled]", "false"),
    ];
    fields.push(match &stripe.product {
        Some(product) => field(format!("{price}[product]"), product),
        None => field(format!("{price}[product_data][name]"), &ask.label),
    });
    match interval(ask.frequency) {
        None => fields.extend([
            field("mode", "payment"),
            field("submit_type", "donate"),
            field("customer_creation", "if_required"),
            field("payment_intent_data[metadata][cid]", &cid),
        ]),
        Some(interval) => fields.extend([
            field("mode", "subscription"),
            field(format!("{price}[recurring][interval]"), interval),
            field("subscription_data[metadata][cid]", &cid),
        ]),
    }
    Ok(fields)
}

fn interval(frequency: Frequency) -> Option<&'static str> {
    match frequency {
        Frequency::Once => None,
        Frequency::Monthly => Some("month"),
        Frequency::Annual => Some("year"),
    }
}

/// Gives a subscription another price, from its next payment on.
pub(super) async fn change(
    stripe: &Stripe,
    pledge: &Pledge,
    money: Money,
    frequency: Frequency,
    key: &str,
) -> Result<(), GatewayError> {
    let subscription = subscription(stripe, pledge).await?;
    let item = list(&subscription, "/items/data").first().ok_or_else(|| stripe.wire.unclear("no items"))?;
    let (Some(id), Some(product)) = (some(item, "/id"), name(item, "/price/product")) else {
        return Err(stripe.wire.unclear("an item without a product"));
    };
    let interval = interval(frequency).ok_or_else(|| stripe.wire.refused("a pledge can't become one gift"))?;
    let price = "items[0][price_data]";
    let mut fields = vec![
        field("items[0][id]", id),
        field("items[0][quantity]", "1"),
        field(format!("{price}[currency]"), money.currency.code().to_ascii_lowercase()),
        field(format!("{price}[unit_amount]"), stripe.amount(money)?),
        field(format!("{price}[product]"), product),
        field(format!("{price}[recurring][interval]"), interval),
        field("proration_behavior", "none"),
    ];
    // Another interval would be charged at once; a trial until the end of what is paid for puts that off.
    let end = whole(item, "/current_period_end").or_else(|| whole(&subscription, "/current_period_end"));
    if text(item, "/price/recurring/interval") != interval
        && let Some(end) = end
    {
        fields.push(field("trial_end", end.to_string()));
    }
    update(stripe, pledge, fields, key).await
}

/// Changes a subscription.
pub(super) async fn update(stripe: &Stripe, pledge: &Pledge, fields: Fields, key: &str) -> Result<(), GatewayError> {
    stripe.post(format!("/v1/subscriptions/{}", segment(&pledge.token)), &fields, key).await.map(drop)
}

/// Has a page expire. One that was gone through, or has expired by itself, is refused by Stripe and can't be paid either.
pub(super) async fn close(stripe: &Stripe, session: &str, key: &str) -> Result<(), GatewayError> {
    let refused =
        match stripe.post(format!("/v1/checkout/sessions/{}/expire", segment(session)), &Fields::new(), key).await {
            Ok(_) => return Ok(()),
            Err(error) => error,
        };
    match stripe.object("checkout/sessions", session, &[]).await? {
        Some(found) if text(&found, "/status") == "open" => Err(refused),
        _ => Ok(()),
    }
}

/// Ends a subscription at once.
pub(super) async fn cancel(stripe: &Stripe, pledge: &Pledge) -> Result<(), GatewayError> {
    let ask = Ask::delete(format!("/v1/subscriptions/{}", segment(&pledge.token)));
    let answer = stripe.send(ask).await?;
    if (200..300).contains(&answer.status) {
        return Ok(());
    }
    // One that is ended is not there to be ended, but can be looked at.
    match stripe.object("subscriptions", &pledge.token, &[]).await? {
        Some(found) if matches!(text(&found, "/status"), "canceled" | "incomplete_expired") => Ok(()),
        _ => stripe.good(answer).map(drop),
    }
}

/// The portal's page for another card.
pub(super) async fn method_page(stripe: &Stripe, pledge: &Pledge, back: &str) -> Result<String, GatewayError> {
    let subscription = subscription(stripe, pledge).await?;
    let customer = name(&subscription, "/customer").ok_or_else(|| stripe.wire.unclear("no customer"))?;
    let fields = vec![
        field("customer", customer),
        field("return_url", back),
        field("flow_data[type]", "payment_method_update"),
        field("flow_data[after_completion][type]", "redirect"),
        field("flow_data[after_completion][redirect][return_url]", back),
    ];
    let answer = stripe.send(Ask::post("/v1/billing_portal/sessions").form(&fields)).await?;
    let session = stripe.good(answer)?;
    some(&session, "/url").map(str::to_owned).ok_or_else(|| stripe.wire.unclear("a portal without a page"))
}

/// Gives back of a payment.
pub(super) async fn refund(stripe: &Stripe, payment: &str, money: Money, key: &str) -> Result<(), GatewayError> {
    let of = if payment.starts_with("pi_") { "payment_intent" } else { "charge" };
    let fields = vec![field(of, payment), field("amount", stripe.amount(money)?)];
    stripe.post("/v1/refunds".to_owned(), &fields, key).await.map(drop)
}

async fn subscription(stripe: &Stripe, pledge: &Pledge) -> Result<Value, GatewayError> {
    let found = stripe.object("subscriptions", &pledge.token, &[]).await?;
    found.ok_or_else(|| stripe.wire.refused("resource_missing"))
}
