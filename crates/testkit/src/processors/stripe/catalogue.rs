//! Products, prices, customers and cards.

use serde_json::{Value, json};

use super::{api::metadata, refusal::Refusal, state::State};
use crate::processors::json::{int, text};

/// The smallest charge by currency, from <https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts>; others 50.
const SMALLEST: &[(&str, i64)] = &[
    ("aed", 200),
    ("czk", 1500),
    ("dkk", 250),
    ("gbp", 30),
    ("hkd", 400),
    ("huf", 17500),
    ("jpy", 50),
    ("mxn", 1000),
    ("myr", 200),
    ("nok", 300),
    ("pln", 200),
    ("sek", 300),
    ("thb", 1000),
];

/// Currencies without minor units, from <https://docs.stripe.com/currencies#zero-decimal>.
pub(super) const ZERO_DECIMAL: &[&str] =
    &["bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "vnd", "vuv", "xaf", "xof", "xpf"];

/// An amount as Stripe writes it for people: `$`-less, `2.00 usd`.
pub(super) fn shown(amount: i64, currency: &str) -> String {
    if ZERO_DECIMAL.contains(&currency) {
        return format!("{amount} {currency}");
    }
    format!("{}.{:02} {currency}", amount / 100, amount % 100)
}

/// Refuses an amount that no card is charged with.
pub(super) fn chargeable(amount: i64, currency: &str) -> Result<(), Refusal> {
    let smallest = SMALLEST.iter().find(|(own, _)| *own == currency).map_or(50, |(_, smallest)| *smallest);
    if amount < smallest {
        let message =
            format!("The Checkout Session's total amount due must add up to at least {}", shown(smallest, currency));
        return Err(Refusal::bad("line_items", "amount_too_small", message));
    }
    if amount > 99_999_999 {
        let message = format!("The total amount due must be no more than {}", shown(99_999_999, currency));
        return Err(Refusal::bad("line_items", "amount_too_large", message));
    }
    Ok(())
}

fn currency(form: &Value, path: &str) -> Result<String, Refusal> {
    let currency = text(form, "currency").to_lowercase();
    if currency.is_empty() {
        return Err(Refusal::missing_parameter(&format!("{path}[currency]")));
    }
    if currency.len() != 3 || !currency.chars().all(|c| c.is_ascii_lowercase()) {
        let message = format!("Invalid currency: {currency}.");
        return Err(Refusal::bad(&format!("{path}[currency]"), "", message));
    }
    Ok(currency)
}

fn whole(form: &Value, key: &str, path: &str) -> Result<i64, Refusal> {
    let given = text(form, key);
    if given.is_empty() {
        return Err(Refusal::missing_parameter(&format!("{path}[{key}]")));
    }
    given.parse().ok().filter(|whole| *whole >= 0).ok_or_else(|| {
        Refusal::bad(&format!("{path}[{key}]"), "parameter_invalid_integer", format!("Invalid integer: {given}"))
    })
}

impl State {
    /// A price that exists, or one made from `price_data`.
    pub(super) fn price_of(&mut self, item: &Value, path: &str) -> Result<Value, Refusal> {
        if let Some(id) = item["price"].as_str() {
            let found = self.get(id);
            return if found["object"] == "price" { Ok(found) } else { Err(Refusal::no_such("price", id)) };
        }
        if item["price_data"].is_null() {
            return Err(Refusal::missing_parameter(&format!("{path}[price]")));
        }
        self.price(&item["price_data"], &format!("{path}[price_data]"))
    }

    /// `POST /v1/prices`, and inline prices.
    pub(super) fn price(&mut self, form: &Value, path: &str) -> Result<Value, Refusal> {
        let currency = currency(form, path)?;
        let amount = whole(form, "unit_amount", path)?;
        let product = self.product_of(form, path)?;
        let interval = text(form, "recurring.interval");
        let recurring = if interval.is_empty() {
            Value::Null
        } else if ["day", "week", "month", "year"].contains(&&*interval) {
            json!({"interval": interval, "interval_count": int(form, "recurring.interval_count").max(1), "meter": null,
                "trial_period_days": null, "usage_type": "licensed"})
        } else {
            let message =
                format!("Invalid recurring[interval]: must be one of day, month, week, or year; was {interval}");
            return Err(Refusal::bad(&format!("{path}[recurring][interval]"), "", message));
        };
        let kind = if recurring.is_null() { "one_time" } else { "recurring" };
        let id = self.make(
            "price",
            "price",
            json!({"currency": currency, "unit_amount": amount, "unit_amount_decimal": amount.to_string(), "product": product,
                "recurring": recurring, "type": kind, "metadata": metadata(&Value::Null, form), "nickname": form["nickname"],
                "lookup_key": form["lookup_key"], "active": true}),
        );
        Ok(self.get(&id))
    }

    fn product_of(&mut self, form: &Value, path: &str) -> Result<String, Refusal> {
        if let Some(id) = form["product"].as_str() {
            let known = self.get(id)["object"] == "product";
            return if known { Ok(id.to_owned()) } else { Err(Refusal::no_such("product", id)) };
        }
        let data = &form["product_data"];
        if text(data, "name").is_empty() {
            return Err(Refusal::missing_parameter(&format!("{path}[product]")));
        }
        Ok(text(&self.product(data)?, "id"))
    }

    /// `POST /v1/products`.
    pub(super) fn product(&mut self, form: &Value) -> Result<Value, Refusal> {
        let name = text(form, "name");
        if name.is_empty() {
            return Err(Refusal::missing_parameter("name"));
        }
        let now = self.now();
        let fields = json!({"name": name, "description": form["description"], "updated": now, "active": true,
            "metadata": metadata(&Value::Null, form), "statement_descriptor": form["statement_descriptor"]});
        let mut product = self.blank("product", "prod", fields);
        if let Some(id) = form["id"].as_str() {
            if self.objects.contains_key(id) {
                return Err(Refusal::bad("id", "resource_already_exists", "Product already exists."));
            }
            product["id"] = id.into();
        }
        self.keep(product.clone());
        Ok(product)
    }

    /// `POST /v1/customers`.
    pub(super) fn customer(&mut self, form: &Value) -> String {
        let locales = form["preferred_locales"].as_array().cloned().unwrap_or_default();
        let id = self.make(
            "customer",
            "cus",
            json!({"email": form["email"], "name": form["name"], "description": form["description"],
                "metadata": metadata(&Value::Null, form), "preferred_locales": locales}),
        );
        let prefix = id.get(id.len() - 7..).unwrap_or_default().to_uppercase();
        self.change(&id, json!({"invoice_prefix": prefix}));
        self.tell("customer.created", &id);
        id
    }

    /// A card that a giver typed in, kept for renewals where there is a customer.
    pub(super) fn card(&mut self, customer: &Value, email: &Value) -> String {
        let id = self.make("payment_method", "pm", json!({"customer": customer, "type": "card"}));
        if let Some(method) = self.objects.get_mut(&id) {
            method["billing_details"]["email"] = email.clone();
        }
        if !customer.is_null() {
            self.tell("payment_method.attached", &id);
        }
        id
    }
}
