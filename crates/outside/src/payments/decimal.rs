//! Amounts as decimal texts, as PayPal and BTCPay Server write them: `2.50`.

use model::{Currency, Money};
use serde_json::Value;

/// Digits of a whole number that are read.
const MOST_DIGITS: usize = 15;

/// An amount of minor units; `None` where it is none, or where it has more decimals than the currency.
pub(super) fn exact(value: &Value, currency: Currency) -> Option<Money> {
    let (minor, rest) = minor(value, currency)?;
    (!rest.iter().any(|digit| *digit != b'0')).then_some(Money::new(minor, currency))
}

/// An amount rounded to the currency's minor units, half up: what was paid in another unit is not to the penny.
pub(super) fn rounded(value: &Value, currency: Currency) -> Option<Money> {
    let (minor, rest) = minor(value, currency)?;
    let up = rest.first().is_some_and(|digit| *digit >= b'5');
    Some(Money::new(if minor < 0 { minor - i64::from(up) } else { minor + i64::from(up) }, currency))
}

/// Minor units, and the digits behind them.
fn minor(value: &Value, currency: Currency) -> Option<(i64, Vec<u8>)> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    let (sign, text) = text.strip_prefix('-').map_or((1, text.as_str()), |text| (-1, text));
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > MOST_DIGITS || !digits(whole) || !digits(decimals) {
        return None;
    }
    let width = usize::try_from(currency.exponent()).ok()?;
    let kept: String = decimals.chars().chain(std::iter::repeat('0')).take(width).collect();
    let minor: i64 = format!("{whole}{kept}").parse().ok()?;
    let rest = decimals.as_bytes().get(width..).unwrap_or_default().to_vec();
    Some((sign * minor, rest))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn decimal_texts_are_read_exactly_or_rounded() {
        let of = |code: &str| Currency::parse(code).unwrap();
        for (text, code, read, near) in [
            ("2.50", "USD", Some(250), Some(250)),
            ("2.5", "USD", Some(250), Some(250)),
            ("2", "USD", Some(200), Some(200)),
            ("2.5000", "USD", Some(250), Some(250)),
            ("2.505", "USD", None, Some(251)),
            ("2.50499999", "USD", None, Some(250)),
            ("-1.30", "USD", Some(-130), Some(-130)),
            ("200", "JPY", Some(200), Some(200)),
            ("200.00", "JPY", Some(200), Some(200)),
            ("1.5", "KWD", Some(1_500), Some(1_500)),
            ("", "USD", None, None),
            ("1e3", "USD", None, None),
            ("1,000.00", "USD", None, None),
            ("9999999999999999", "USD", None, None),
        ] {
            let value = json!(text);
            assert_eq!(exact(&value, of(code)).map(|money| money.minor), read, "{text} {code}");
            assert_eq!(rounded(&value, of(code)).map(|money| money.minor), near, "{text} {code}");
        }
        assert_eq!(exact(&json!(5), of("USD")).map(|money| money.minor), Some(500));
    }
}
