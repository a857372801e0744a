//! Asking Stripe for an object, with what belongs to it.

use serde_json::Value;

use super::super::{
    Further, GatewayError, Object, PaymentStanding, Standing,
    encode::{pairs, segment},
    values::{contribution, is, list, name, seconds, text},
    wire::Ask,
};
use super::{Stripe, read};

/// The charge of an intent, and its line of the balance.
const CHARGE: &str = "latest_charge.balance_transaction";

/// The last invoices of a subscription: not an object of Stripe's, but what is asked for when nothing was told for long.
pub(super) const INVOICES: &str = "subscription.invoices";
/// How many of them at first, and of those before at a time.
const LAST: (&str, &str) = ("3", "12");
/// Times that those before are asked for at most: ten years of months.
const BACK_MOST: usize = 10;

/// What an object says now.
pub(super) async fn fetch(stripe: &Stripe, object: &Object) -> Result<Option<Standing>, GatewayError> {
    let id = object.id.as_str();
    match object.kind.as_str() {
        "checkout.session" => session(stripe, id).await,
        "subscription" => {
            let Some(found) = stripe.object("subscriptions", id, &[]).await? else { return Ok(None) };
            read::subscription(&found).map_err(|odd| stripe.wire.unclear(odd))
        }
        INVOICES => invoices(stripe, id).await,
        "invoice" => invoice(stripe, id).await,
        "payment_intent" => intent(stripe, id).await,
        "charge" => charge(stripe, id).await,
        "refund" | "dispute" | "radar.early_fraud_warning" => part(stripe, &object.kind, id).await,
        _ => Ok(None),
    }
}

async fn session(stripe: &Stripe, id: &str) -> Result<Option<Standing>, GatewayError> {
    let unfold = format!("payment_intent.{CHARGE}");
    let Some(found) = stripe.object("checkout/sessions", id, &[&unfold]).await? else { return Ok(None) };
    let open = text(&found, "/status") == "open";
    let payment = match found.pointer("/payment_intent").filter(|intent| intent.is_object()) {
        Some(intent) => payment(stripe, intent, open).await?,
        None => None,
    };
    Ok(read::session(&found, payment.into_iter().collect()))
}

async fn invoice(stripe: &Stripe, id: &str) -> Result<Option<Standing>, GatewayError> {
    let Some(found) = stripe.object("invoices", id, &["payments"]).await? else { return Ok(None) };
    let (contribution, of_pledge) = read::invoice_of(&found);
    let Some(pledge) = of_pledge else { return Ok(None) };
    let mut payments = Vec::new();
    for intent in read::invoice_intents(&found) {
        if let Some(intent) = stripe.object("payment_intents", &intent, &[CHARGE]).await? {
            payments.extend(payment(stripe, &intent, false).await?);
        }
    }
    let more = vec![Object::new("subscription", &pledge)];
    Ok(Some(Standing { contribution, of_pledge: Some(pledge), payments, more, ..Standing::default() }))
}

/// `sub_…` for the last, `sub_…:2:in_…` for those before an invoice, the second time that those before are asked for.
async fn invoices(stripe: &Stripe, id: &str) -> Result<Option<Standing>, GatewayError> {
    let (pledge, before) = id.split_once(':').map_or((id, None), |(pledge, rest)| (pledge, rest.split_once(':')));
    let times = before.and_then(|(times, _)| times.parse().ok()).unwrap_or(0_usize);
    let limit = if before.is_some() { LAST.1 } else { LAST.0 };
    let mut query = vec![("subscription", pledge), ("limit", limit), ("expand[]", "data.payments")];
    query.extend(before.map(|(_, invoice)| ("starting_after", invoice)));
    let found = stripe.list(&format!("/v1/invoices?{}", pairs(&query))).await?;
    let all = list(&found, "/data");
    let more = all.iter().filter_map(|invoice| name(invoice, "/id")).map(|id| Object::new("invoice", id)).collect();
    let last = all.last().filter(|_| is(&found, "/has_more") && times < BACK_MOST);
    let further = last.and_then(|last| {
        let object = Object::new(INVOICES, format!("{pledge}:{}:{}", times + 1, name(last, "/id")?));
        // Some invoices, such as those of nothing, were never paid with an intent.
        let oldest = all.iter().rev().flat_map(read::invoice_intents).next();
        Some(Further { oldest, at: seconds(last, "/created")?, object })
    });
    Ok(Some(Standing { of_pledge: Some(pledge.to_owned()), more, further, ..Standing::default() }))
}

async fn intent(stripe: &Stripe, id: &str) -> Result<Option<Standing>, GatewayError> {
    let Some(found) = stripe.object("payment_intents", id, &[CHARGE]).await? else { return Ok(None) };
    // Where one gives once, the session says whether a declined card was the end; here it can't be known.
    let own = contribution(&found, "/metadata/cid");
    let (contribution, of_pledge) = match own {
        Some(own) => (Some(own), None),
        None => of_invoice(stripe, id).await?,
    };
    if contribution.is_none() && of_pledge.is_none() {
        return Ok(None);
    }
    let payments = payment(stripe, &found, own.is_some()).await?.into_iter().collect();
    Ok(Some(Standing { contribution, of_pledge, payments, ..Standing::default() }))
}

/// Whose an intent is that an invoice made.
async fn of_invoice(
    stripe: &Stripe,
    intent: &str,
) -> Result<(Option<model::ContributionId>, Option<String>), GatewayError> {
    let query = pairs(&[("payment[type]", "payment_intent"), ("payment[payment_intent]", intent), ("limit", "1")]);
    let found = stripe.list(&format!("/v1/invoice_payments?{query}")).await?;
    let Some(invoice) = list(&found, "/data").first().and_then(|payment| name(payment, "/invoice")) else {
        return Ok((None, None));
    };
    let invoice = stripe.object("invoices", invoice, &[]).await?;
    Ok(invoice.as_ref().map(read::invoice_of).unwrap_or_default())
}

async fn charge(stripe: &Stripe, id: &str) -> Result<Option<Standing>, GatewayError> {
    let Some(found) = stripe.object("charges", id, &["balance_transaction"]).await? else { return Ok(None) };
    if let Some(of) = name(&found, "/payment_intent") {
        return intent(stripe, of).await;
    }
    let Some(contribution) = contribution(&found, "/metadata/cid") else { return Ok(None) };
    let disputes = disputes(stripe, "charge", &found).await?;
    let payment = read::charge(&found, &disputes).map_err(|odd| stripe.wire.unclear(odd))?;
    Ok(Some(Standing { contribution: Some(contribution), payments: vec![payment], ..Standing::default() }))
}

/// A refund, a dispute or a warning: what it says is said by its payment.
async fn part(stripe: &Stripe, kind: &str, id: &str) -> Result<Option<Standing>, GatewayError> {
    let place = match kind {
        "refund" => "refunds",
        "dispute" => "disputes",
        _ => "radar/early_fraud_warnings",
    };
    let Some(found) = stripe.object(place, id, &[]).await? else { return Ok(None) };
    match (name(&found, "/payment_intent"), name(&found, "/charge")) {
        (Some(of), _) => intent(stripe, of).await,
        (None, Some(of)) => charge(stripe, of).await,
        (None, None) => Ok(None),
    }
}

async fn payment(stripe: &Stripe, intent: &Value, open: bool) -> Result<Option<PaymentStanding>, GatewayError> {
    let disputes = match intent.pointer("/latest_charge") {
        Some(charge) if is(charge, "/disputed") => disputes(stripe, "payment_intent", intent).await?,
        _ => Vec::new(),
    };
    read::payment(intent, &disputes, open).map_err(|odd| stripe.wire.unclear(odd))
}

/// The disputes of an intent or a charge, where it says that there are any.
async fn disputes(stripe: &Stripe, of: &str, object: &Value) -> Result<Vec<Value>, GatewayError> {
    if of == "charge" && !is(object, "/disputed") {
        return Ok(Vec::new());
    }
    let query = pairs(&[(of, text(object, "/id")), ("limit", "20")]);
    let found = stripe.list(&format!("/v1/disputes?{query}")).await?;
    Ok(list(&found, "/data").to_vec())
}

impl Stripe {
    /// An object with parts of it unfolded; `None` where there is none of that name, or it is of the other mode.
    pub(super) async fn object(&self, place: &str, id: &str, unfold: &[&str]) -> Result<Option<Value>, GatewayError> {
        let fields: Vec<(&str, &str)> = unfold.iter().map(|path| ("expand[]", *path)).collect();
        let query = if fields.is_empty() { String::new() } else { format!("?{}", pairs(&fields)) };
        let answer = self.send(Ask::get(format!("/v1/{place}/{}{query}", segment(id)))).await?;
        match answer.status {
            404 => Ok(None),
            _ => self.good(answer).map(Some),
        }
    }

    /// A list.
    pub(super) async fn list(&self, path: &str) -> Result<Value, GatewayError> {
        let answer = self.send(Ask::get(path)).await?;
        self.good(answer)
    }
}
