//! Lists: transactions of a subscription, events, disputes; and what PayPal holds to be true.

use model::Timestamp;
use serde_json::{Value, json};

use super::{
    refusal::{Refused, malformed, nowhere},
    state::{Kind, Resource, State, money, read},
};
use crate::processors::{
    http::Asked,
    json::text,
    standing::{Paid, Pledge, Standing},
};

fn query(text: &str, name: &str) -> Option<String> {
    url::form_urlencoded::parse(text.as_bytes()).find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

fn moment(text: &str, name: &str) -> Result<Option<Timestamp>, Refused> {
    let Some(given) = query(text, name) else { return Ok(None) };
    let read = Timestamp::parse(&given);
    if read.is_none() {
        return Err(malformed(
            name,
            "INVALID_PARAMETER_SYNTAX",
            "The value of a field does not conform to the expected format.",
        ));
    }
    Ok(read)
}

fn between(json: &Value, from: Option<Timestamp>, to: Option<Timestamp>) -> bool {
    let made = Timestamp::parse(&text(json, "create_time"));
    made.is_some_and(|made| from.is_none_or(|from| made >= from) && to.is_none_or(|to| made <= to))
}

impl State {
    /// `GET …/transactions?start_time=&end_time=`: both are required.
    pub(super) fn transactions(&self, id: &str, asked: &str) -> Result<Value, Refused> {
        if self.get(Kind::Subscription, id).is_null() {
            return Err(nowhere());
        }
        let (from, to) = (moment(asked, "start_time")?, moment(asked, "end_time")?);
        if from.is_none() || to.is_none() {
            return Err(malformed("start_time", "MISSING_REQUIRED_PARAMETER", "A required parameter is missing."));
        }
        let own = |sale: &&Resource| sale.inner["subscription"] == id && between(&sale.json, from, to);
        let all: Vec<Value> = self.all(Kind::Sale).filter(own).map(transaction).collect();
        let links = [self.link(&format!("/v1/billing/subscriptions/{id}/transactions"), "self", "GET")];
        let pages = i32::from(!all.is_empty());
        Ok(json!({"total_items": all.len(), "total_pages": pages, "transactions": all, "links": links}))
    }

    /// `GET /v1/notifications/webhooks-events`, newest first, in pages that link to the next.
    pub(super) fn events(&self, asked: &Asked) -> Result<Value, Refused> {
        let (from, to) = (moment(&asked.query, "start_time")?, moment(&asked.query, "end_time")?);
        let kind = query(&asked.query, "event_type");
        let transaction = query(&asked.query, "transaction_id");
        let number =
            |name: &str, usual: usize| query(&asked.query, name).and_then(|text| text.parse().ok()).unwrap_or(usual);
        let (size, page): (usize, usize) = (number("page_size", 10).clamp(1, 300), number("page", 1).max(1));
        let wanted = |event: &&Resource| {
            between(&event.json, from, to)
                && kind.as_ref().is_none_or(|kind| event.json["event_type"] == **kind)
                && transaction.as_ref().is_none_or(|id| event.json["resource"]["id"] == **id)
        };
        let all: Vec<&Value> = self.all(Kind::Event).rev().filter(wanted).map(|event| &event.json).collect();
        let shown: Vec<&&Value> = all.iter().skip((page - 1) * size).take(size).collect();
        let mut links = vec![self.link(&format!("/v1/notifications/webhooks-events?{}", asked.query), "self", "GET")];
        if all.len() > page * size {
            let kept = url::form_urlencoded::parse(asked.query.as_bytes()).filter(|(key, _)| key != "page");
            let next = url::form_urlencoded::Serializer::new(String::new())
                .extend_pairs(kept)
                .append_pair("page", &(page + 1).to_string())
                .finish();
            links.push(self.link(&format!("/v1/notifications/webhooks-events?{next}"), "next", "GET"));
        }
        Ok(json!({"count": shown.len(), "events": shown, "links": links}))
    }

    /// `GET /v1/billing/plans?product_id=&page=&page_size=`, newest first.
    pub(super) fn plans(&self, asked: &str) -> Value {
        let number = |name: &str, usual: usize| query(asked, name).and_then(|text| text.parse().ok()).unwrap_or(usual);
        let (size, page): (usize, usize) = (number("page_size", 10).clamp(1, 20), number("page", 1).max(1));
        let product = query(asked, "product_id");
        let fits = |plan: &&Resource| product.as_ref().is_none_or(|id| plan.json["product_id"] == **id);
        let plans = self.all(Kind::Plan).rev().filter(fits).map(|plan| &plan.json);
        let plans: Vec<&Value> = plans.skip((page - 1) * size).take(size).collect();
        json!({"plans": plans, "links": [self.link("/v1/billing/plans", "self", "GET")]})
    }

    /// `GET /v1/customer/disputes?disputed_transaction_id=`.
    pub(super) fn disputes(&self, asked: &str) -> Value {
        let wanted = query(asked, "disputed_transaction_id");
        let fits = |dispute: &&Resource| wanted.as_ref().is_none_or(|id| dispute.inner["of"] == **id);
        let items: Vec<&Value> = self.all(Kind::Dispute).rev().filter(fits).map(|dispute| &dispute.json).collect();
        json!({"items": items, "links": [self.link("/v1/customer/disputes", "self", "GET")]})
    }

    pub(super) fn standing(&self) -> Standing {
        let mut standing = Standing::default();
        for subscription in self.all(Kind::Subscription) {
            if subscription.json["status"] != "APPROVAL_PENDING" {
                let id = text(&subscription.json, "id");
                let own = Some(text(&subscription.inner, "own")).filter(|own| !own.is_empty());
                standing.gifts.entry(own.unwrap_or_else(|| id.clone())).or_default().pledge =
                    Some(pledge(subscription));
            }
        }
        for moved in self.resources.values() {
            let paid = match moved.kind {
                Kind::Capture => moved.json["seller_receivable_breakdown"].is_object(),
                Kind::Sale => true,
                _ => false,
            };
            if paid {
                let id = text(&moved.json, "id");
                let own = Some(text(&moved.inner, "own")).filter(|own| !own.is_empty());
                let gift = standing.gifts.entry(own.unwrap_or_else(|| id.clone())).or_default();
                gift.payments.push(self.paid(id, &moved.inner));
            }
        }
        for (currency, amount, fee) in &self.lines {
            let balance = standing.balance.entry(currency.clone()).or_default();
            balance.gross += amount;
            balance.fees += fee;
        }
        standing
    }

    fn paid(&self, id: String, inner: &Value) -> Paid {
        let number = |key: &str| inner[key].as_i64().unwrap_or_default();
        let (amount, refunded) = (number("amount"), number("refunded"));
        Paid {
            id,
            amount,
            currency: text(inner, "currency"),
            fee: State::fee(amount),
            refunded,
            disputed: self.disputed(inner),
            taken: self.taken(inner),
        }
    }
}

fn pledge(subscription: &Resource) -> Pledge {
    let (amount, currency) = read(&subscription.inner["price"]).unwrap_or_default();
    let (id, state) = (text(&subscription.json, "id"), text(&subscription.json, "status"));
    let interval = text(&subscription.inner, "cycle.frequency.interval_unit").to_lowercase();
    Pledge { id, paused: state == "SUSPENDED", state, amount, currency, interval, ending: false }
}

fn transaction(sale: &Resource) -> Value {
    let (amount, currency) = (sale.inner["amount"].as_i64().unwrap_or_default(), text(&sale.inner, "currency"));
    let fee = State::fee(amount);
    let status = match &*text(&sale.json, "state") {
        "refunded" | "reversed" => "REFUNDED",
        "partially_refunded" => "PARTIALLY_REFUNDED",
        _ => "COMPLETED",
    };
    json!({"id": sale.json["id"], "status": status, "payer_email": "payer@example.org",
        "payer_name": {"given_name": "John", "surname": "Doe"}, "time": sale.json["create_time"],
        "amount_with_breakdown": {"gross_amount": money(amount, &currency), "fee_amount": money(fee, &currency),
            "net_amount": money(amount - fee, &currency)}})
}
