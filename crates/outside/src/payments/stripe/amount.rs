//! Amounts as Stripe counts them, which is not everywhere as ISO 4217 does.
//!
//! Stripe's tables: <https://docs.stripe.com/currencies>. What can't be said exactly is refused rather than rounded.

use model::{Currency, Money};

/// Whole units only, as a number of units, though ISO 4217 knows two decimals of it.
const WITHOUT_DECIMALS: [&str; 1] = ["MGA"];
/// Whole units only, as a number of hundredths, though ISO 4217 knows no decimals of them.
const IN_HUNDREDTHS: [&str; 2] = ["ISK", "UGX"];
/// The most that Stripe takes, in its own counting: twelve digits of rupiah, and eight of everything else.
const MOST: i64 = 99_999_999;
const MOST_IDR: i64 = 999_999_999_999;
/// Hundredths which are only paid out in whole units.
const PAID_OUT_WHOLE: [&str; 2] = ["HUF", "TWD"];

/// How Stripe counts a currency: its decimals there, and what an amount must be a multiple of.
fn counted(currency: Currency) -> (u32, i64) {
    let code = currency.code();
    match currency.exponent() {
        _ if WITHOUT_DECIMALS.contains(&code) => (0, 1),
        _ if IN_HUNDREDTHS.contains(&code) || PAID_OUT_WHOLE.contains(&code) => (2, 100),
        3 => (3, 10),
        other => (other, 1),
    }
}

/// Whether an amount is taken.
pub(in crate::payments) fn takes(money: Money) -> bool {
    to_stripe(money).is_some()
}

/// An amount as Stripe takes it; `None` where it has none for it.
pub(super) fn to_stripe(money: Money) -> Option<i64> {
    let (decimals, multiple) = counted(money.currency);
    let amount = scale(money.minor, money.currency.exponent(), decimals)?;
    let most = if money.currency.code() == "IDR" { MOST_IDR } else { MOST };
    ((0..=most).contains(&amount) && amount % multiple == 0).then_some(amount)
}

/// An amount as Stripe gives it; `None` where the currency has no minor units for it.
pub(super) fn from_stripe(amount: i64, currency: Currency) -> Option<i64> {
    scale(amount, counted(currency).0, currency.exponent())
}

fn scale(amount: i64, from: u32, to: u32) -> Option<i64> {
    if to >= from {
        return amount.checked_mul(10_i64.checked_pow(to - from)?);
    }
    let unit = 10_i64.checked_pow(from - to)?;
    (amount % unit == 0).then(|| amount / unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(minor: i64, code: &str) -> Option<i64> {
        to_stripe(Money::new(minor, Currency::parse(code).unwrap()))
    }

    #[test]
    fn amounts_are_counted_as_stripe_counts_them_or_refused() {
        for (minor, code, amount) in [
            (250, "USD", Some(250)),
            (500, "JPY", Some(500)),
            (5, "ISK", Some(500)),
            (5, "UGX", Some(500)),
            (500, "MGA", Some(5)),
            (550, "MGA", None),
            (1_000, "HUF", Some(1_000)),
            (1_050, "HUF", None),
            (30_000, "TWD", Some(30_000)),
            (30_001, "TWD", None),
            (5_120, "KWD", Some(5_120)),
            (5_124, "KWD", None),
            (-1, "USD", None),
            (99_999_999, "USD", Some(99_999_999)),
            (100_000_000, "VND", None),
            (100_000_000, "IDR", Some(100_000_000)),
            (1_000_000_000_000, "IDR", None),
        ] {
            assert_eq!(sent(minor, code), amount, "{minor} {code}");
        }
    }

    #[test]
    fn what_was_sent_is_read_back() {
        for (minor, code) in [(250, "USD"), (500, "JPY"), (5, "ISK"), (7, "UGX"), (500, "MGA"), (5_120, "KWD")] {
            let currency = Currency::parse(code).unwrap();
            let amount = to_stripe(Money::new(minor, currency)).unwrap();
            assert_eq!(from_stripe(amount, currency), Some(minor), "{code}");
        }
        assert_eq!(from_stripe(550, Currency::parse("UGX").unwrap()), None, "half a shilling");
    }
}
