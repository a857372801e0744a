//! Decimal amounts, as PayPal and BTCPay write them.

/// Currencies without minor units, by ISO 4217.
const WHOLE: &[&str] =
    &["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"];
/// Currencies whose minor unit is a thousandth, by ISO 4217.
const THOUSANDTHS: &[&str] = &["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

fn places(currency: &str) -> usize {
    match currency {
        whole if WHOLE.contains(&whole) => 0,
        thousandths if THOUSANDTHS.contains(&thousandths) => 3,
        _ => 2,
    }
}

/// `2.50` USD → 250. Nothing if it is no decimal, or has more places than its currency.
pub(super) fn minor(text: &str, currency: &str) -> Option<i64> {
    let places = places(currency);
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(part) || part.trim_end_matches('0').len() > places {
        return None;
    }
    let part: String = part.chars().chain("000".chars()).take(places).collect();
    format!("{whole}{part}").parse().ok()
}

/// 250 USD → `2.50`.
pub(super) fn decimal(minor: i64, currency: &str) -> String {
    let places = places(currency);
    if places == 0 {
        return minor.to_string();
    }
    let unit = 10_i64.pow(u32::try_from(places).unwrap_or(2));
    let sign = if minor < 0 { "-" } else { "" };
    format!("{sign}{}.{:0places$}", minor.abs() / unit, minor.abs() % unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_and_written_by_their_currency() {
        assert_eq!(minor("2.5", "USD"), Some(250));
        assert_eq!(minor("2.50", "JPY"), None);
        assert_eq!(minor("200", "JPY"), Some(200));
        assert_eq!(minor("-1", "USD"), None);
        assert_eq!(decimal(250, "USD"), "2.50");
        assert_eq!(decimal(1, "KWD"), "0.001");
    }
}
