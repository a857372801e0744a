//! Stripe's forms: `line_items[0][price_data][currency]=usd`, and which parameters each call knows.

use serde_json::{Map, Value};

use super::refusal::Refusal;

/// A form or a query as an object; what has only numbers for names becomes an array.
pub(super) fn parse(text: &str) -> Value {
    let mut root = Value::Object(Map::new());
    for (name, value) in url::form_urlencoded::parse(text.as_bytes()) {
        let mut place = &mut root;
        for key in name.split('[').map(|key| key.trim_end_matches(']')) {
            if !place.is_object() {
                *place = Value::Object(Map::new());
            }
            let Value::Object(fields) = place else { break };
            let key = if key.is_empty() { fields.len().to_string() } else { key.to_owned() };
            place = fields.entry(key).or_insert(Value::Null);
        }
        *place = Value::String(value.into_owned());
    }
    arrays(root)
}

fn arrays(value: Value) -> Value {
    let Value::Object(fields) = value else { return value };
    let numbers = !fields.is_empty() && fields.keys().all(|key| key.parse::<usize>().is_ok());
    let mut fields: Vec<(String, Value)> = fields.into_iter().map(|(key, value)| (key, arrays(value))).collect();
    if numbers {
        fields.sort_by_key(|(key, _)| key.parse::<usize>().unwrap_or_default());
        return fields.into_iter().map(|(_, value)| value).collect();
    }
    Value::Object(fields.into_iter().collect())
}

/// Refuses the first parameter that is not in a list of patterns as `line_items.*.quantity`; `a.**` is all below `a`.
pub(super) fn known(form: &Value, patterns: &[&str]) -> Result<(), Refusal> {
    let mut leaves = Vec::new();
    collect(form, "", &mut leaves);
    for leaf in leaves {
        if !patterns.iter().chain(&["expand.*", "expand"]).any(|pattern| fits(pattern, &leaf)) {
            let mut names = leaf.split('.');
            let first = names.next().unwrap_or_default().to_owned();
            let shown = names.fold(first, |shown, name| format!("{shown}[{name}]"));
            return Err(Refusal::unknown_parameter(&shown));
        }
    }
    Ok(())
}

fn collect(value: &Value, path: &str, leaves: &mut Vec<String>) {
    let join = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, value)| collect(value, &join(key), leaves)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, value)| collect(value, &join(&index.to_string()), leaves));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => leaves.push(path.to_owned()),
    }
}

fn fits(pattern: &str, leaf: &str) -> bool {
    let (mut pattern, mut leaf) = (pattern.split('.'), leaf.split('.'));
    loop {
        match (pattern.next(), leaf.next()) {
            (None, None) | (Some("**"), _) => return true,
            (Some("*"), Some(_)) => {}
            (Some(wanted), Some(found)) if wanted == found => {}
            _ => return false,
        }
    }
}

pub(super) const SESSION: &[&str] = &[
    "mode",
    "success_url",
    "cancel_url",
    "expires_at",
    "client_reference_id",
    "customer",
    "customer_creation",
    "customer_email",
    "submit_type",
    "locale",
    "ui_mode",
    "metadata.*",
    "payment_method_types.*",
    "payment_method_collection",
    "billing_address_collection",
    "line_items.*.quantity",
    "line_items.*.price",
    "line_items.*.price_data.currency",
    "line_items.*.price_data.unit_amount",
    "line_items.*.price_data.product",
    "line_items.*.price_data.product_data.name",
    "line_items.*.price_data.product_data.description",
    "line_items.*.price_data.product_data.metadata.*",
    "line_items.*.price_data.recurring.interval",
    "line_items.*.price_data.recurring.interval_count",
    "subscription_data.description",
    "subscription_data.metadata.*",
    "payment_intent_data.description",
    "payment_intent_data.metadata.*",
    "payment_intent_data.statement_descriptor_suffix",
    "custom_text.submit.message",
    "adaptive_pricing.enabled",
];

pub(super) const SUBSCRIPTION: &[&str] = &[
    "items.*.id",
    "items.*.price",
    "items.*.quantity",
    "items.*.price_data.currency",
    "items.*.price_data.unit_amount",
    "items.*.price_data.product",
    "items.*.price_data.recurring.interval",
    "items.*.price_data.recurring.interval_count",
    "proration_behavior",
    "trial_end",
    "payment_behavior",
    "cancel_at_period_end",
    "pause_collection",
    "pause_collection.behavior",
    "pause_collection.resumes_at",
    "default_payment_method",
    "description",
    "metadata",
    "metadata.*",
    "cancellation_details.comment",
    "cancellation_details.feedback",
];

pub(super) const CANCEL: &[&str] =
    &["invoice_now", "prorate", "cancellation_details.comment", "cancellation_details.feedback"];
pub(super) const CUSTOMER: &[&str] = &["email", "name", "description", "metadata.*", "preferred_locales.*"];
pub(super) const PRODUCT: &[&str] = &["name", "description", "active", "metadata.*", "statement_descriptor", "id"];
pub(super) const PRICE: &[&str] = &[
    "currency",
    "unit_amount",
    "product",
    "product_data.name",
    "recurring.interval",
    "recurring.interval_count",
    "nickname",
    "lookup_key",
    "metadata.*",
];
pub(super) const REFUND: &[&str] = &["charge", "payment_intent", "amount", "reason", "metadata.*"];
pub(super) const PORTAL: &[&str] = &[
    "customer",
    "return_url",
    "locale",
    "configuration",
    "flow_data.type",
    "flow_data.after_completion.type",
    "flow_data.after_completion.redirect.return_url",
    "flow_data.after_completion.hosted_confirmation.custom_message",
    "flow_data.subscription_cancel.subscription",
    "flow_data.subscription_update.subscription",
    "flow_data.subscription_update_confirm.subscription",
    "flow_data.subscription_update_confirm.items.*.id",
    "flow_data.subscription_update_confirm.items.*.price",
    "flow_data.subscription_update_confirm.items.*.quantity",
];
pub(super) const LIST: &[&str] = &[
    "limit",
    "starting_after",
    "ending_before",
    "created.gt",
    "created.gte",
    "created.lt",
    "created.lte",
    "type",
    "types.*",
    "delivery_success",
    "customer",
    "subscription",
    "status",
    "payment_intent",
    "charge",
    "invoice",
    "product",
    "active",
    "price",
    "source",
    "currency",
    "payment.type",
    "payment.payment_intent",
    "email",
    "customer_details.email",
];
