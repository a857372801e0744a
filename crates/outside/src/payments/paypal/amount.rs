//! Amounts as PayPal takes and gives them.

use model::{Currency, Money};
use serde_json::{Value, json};

use super::super::{decimal, values::text};

/// What PayPal takes: <https://developer.paypal.com/api/rest/reference/currency-codes/>.
const TAKEN: [&str; 24] = [
    "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "ILS", "JPY", "MXN", "MYR", "NOK",
    "NZD", "PHP", "PLN", "SEK", "SGD", "THB", "TWD", "USD",
];
/// Of these only whole units, whatever ISO 4217 says.
const WHOLE: [&str; 3] = ["HUF", "JPY", "TWD"];

/// Whether an amount is taken.
pub(in crate::payments) fn takes(money: Money) -> bool {
    to_paypal(money).is_some()
}

/// An amount as PayPal takes it; `None` where it does not.
pub(super) fn to_paypal(money: Money) -> Option<Value> {
    let code = money.currency.code();
    if !TAKEN.contains(&code) || money.minor <= 0 {
        return None;
    }
    let value = match WHOLE.contains(&code) {
        true if money.minor % money.currency.unit() == 0 => (money.minor / money.currency.unit()).to_string(),
        true => return None,
        false => money.decimal(),
    };
    Some(json!({"currency_code": code, "value": value}))
}

/// `{currency_code, value}`, as most of its API writes amounts.
pub(super) fn money(object: &Value) -> Option<Money> {
    decimal::exact(object.get("value")?, Currency::parse(text(object, "/currency_code"))?)
}

/// `{currency, total}` or `{currency, value}`, as its oldest API writes them.
pub(super) fn old_money(object: &Value) -> Option<Money> {
    let value = object.get("total").or_else(|| object.get("value"))?;
    decimal::exact(value, Currency::parse(text(object, "/currency"))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_as_paypal_takes_them_or_refused() {
        for (minor, code, value) in [
            (250, "USD", Some("2.50")),
            (300, "JPY", Some("300")),
            (100_000, "HUF", Some("1000")),
            (100_050, "HUF", None),
            (30_000, "TWD", Some("300")),
            (500, "ISK", None),
            (5_000, "KWD", None),
            (0, "USD", None),
        ] {
            let amount = Money::new(minor, Currency::parse(code).unwrap());
            let sent = to_paypal(amount);
            assert_eq!(sent.as_ref().map(|sent| text(sent, "/value")), value, "{minor} {code}");
            assert!(sent.is_none_or(|sent| money(&sent) == Some(amount)), "it is read back");
        }
        let old = json!({"total": "2.50", "currency": "USD"});
        assert_eq!(old_money(&old).map(|money| money.minor), Some(250));
    }
}
