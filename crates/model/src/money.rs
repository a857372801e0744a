//! Money: whole minor units with an ISO 4217 currency, and amounts as people type them.
//!
//! Nothing here is a floating-point number. How many decimals a currency has is ISO 4217's; what a payment processor makes
//! of it is that processor's adapter's.

use serde::{Deserialize, Serialize};

/// The most that one contribution may be, but for currencies of small units: eight digits, as with Stripe.
pub const MOST_MINOR: i64 = 99_999_999;
/// The most in currencies of which a dollar is a thousand units or more: twelve digits.
const MOST_MINOR_OF_SMALL: i64 = 999_999_999_999;

/// A currency of ISO 4217 that people pay with. Written as its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// US dollars.
    pub const USD: Self = Self(iso_currency::Currency::USD);
    /// Euros.
    pub const EUR: Self = Self(iso_currency::Currency::EUR);

    /// From its code, in any case; `None` for none, and for units that have no decimals of their own, such as gold.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        let currency = iso_currency::Currency::from_code(&code.trim().to_ascii_uppercase())?;
        currency.exponent().filter(|exponent| *exponent <= 3)?;
        Some(Self(currency))
    }

    /// Its code: `USD`.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// Its decimals: 2 for dollars, 0 for yen, 3 for dinars.
    #[must_use]
    pub fn exponent(self) -> u32 {
        self.0.exponent().map_or(2, u32::from)
    }

    /// Minor units of one: 100 for dollars, 1 for yen.
    #[must_use]
    pub fn unit(self) -> i64 {
        10_i64.pow(self.exponent())
    }

    /// The most of it that one contribution may be, in minor units. A gateway may take less.
    #[must_use]
    pub fn most(self) -> i64 {
        if self.scale() >= 1_000 { MOST_MINOR_OF_SMALL } else { MOST_MINOR }
    }
}

impl PartialOrd for Currency {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Currency {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.code().cmp(other.code())
    }
}

impl std::fmt::Display for Currency {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::parse(&code).ok_or_else(|| serde::de::Error::custom(format!("`{code}` is no currency of ISO 4217")))
    }
}

/// An amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Money {
    /// In minor units: cents, or yen.
    pub minor: i64,
    /// Of which currency.
    pub currency: Currency,
}

/// Why a text is no amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// There is nothing in it.
    #[error("no amount was given")]
    Empty,
    /// It is no number, or it could be two.
    #[error("this is no amount")]
    Unclear,
    /// It is below zero.
    #[error("the amount is below zero")]
    Negative,
    /// It has more decimals than the currency.
    #[error("the amount has more decimals than the currency")]
    TooFine,
    /// It is above [`Currency::most`].
    #[error("the amount is too large")]
    TooMuch,
}

impl Money {
    /// An amount in minor units.
    #[must_use]
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Whole units: five dollars.
    #[must_use]
    pub fn whole(units: i64, currency: Currency) -> Self {
        Self { minor: units.saturating_mul(currency.unit()), currency }
    }

    /// As people type it: Latin, Arabic and Persian digits, a point or a comma before the decimals, either between
    /// thousands, with or without the currency's code or symbol.
    ///
    /// ```
    /// use model::{Currency, Money};
    /// for text in ["2.50", "2,50", "$2.50", "٢٫٥٠", "۲٫۵۰", "2,50 USD"] {
    ///     assert_eq!(Money::parse(text, Currency::USD).unwrap().minor, 250, "{text}");
    /// }
    /// ```
    ///
    /// # Errors
    /// [`AmountError`]. A text that could mean two amounts is refused rather than guessed.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, AmountError> {
        let plain = plain(text, currency);
        if plain.is_empty() {
            return Err(AmountError::Empty);
        }
        if plain.starts_with(['-', '−']) {
            return Err(AmountError::Negative);
        }
        let (whole, decimals) = parts(&plain, currency.exponent())?;
        let given = u32::try_from(decimals.len()).unwrap_or(u32::MAX);
        let exponent = currency.exponent();
        if given > exponent {
            // "2.00" yen is two yen.
            let spare = decimals.as_bytes().get(usize::try_from(exponent).unwrap_or(0)..).unwrap_or_default();
            if spare.iter().any(|digit| *digit != b'0') {
                return Err(AmountError::TooFine);
            }
        }
        let digits = format!("{whole}{decimals:0<width$.width$}", width = usize::try_from(exponent).unwrap_or(0));
        let digits = digits.trim_start_matches('0');
        if digits.len() > 15 {
            return Err(AmountError::TooMuch);
        }
        let minor = if digits.is_empty() { 0 } else { digits.parse().map_err(|_| AmountError::Unclear)? };
        if minor > currency.most() {
            return Err(AmountError::TooMuch);
        }
        Ok(Self { minor, currency })
    }

    /// The number with a point and all of the currency's decimals: `2.50`, `250`.
    #[must_use]
    pub fn decimal(self) -> String {
        let (sign, minor) = (if self.minor < 0 { "-" } else { "" }, self.minor.unsigned_abs());
        let unit = self.currency.unit().unsigned_abs();
        match usize::try_from(self.currency.exponent()).unwrap_or(0) {
            0 => format!("{sign}{minor}"),
            width => format!("{sign}{}.{:0width$}", minor / unit, minor % unit),
        }
    }
}

impl std::fmt::Display for Money {
    /// `2.50 USD`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.decimal(), self.currency)
    }
}

/// A typed text in ASCII: digits, separators and whatever does not belong there.
fn plain(text: &str, currency: Currency) -> String {
    let text = text.trim();
    let code = currency.code();
    let bare = text.strip_prefix(code).or_else(|| text.strip_suffix(code)).unwrap_or(text);
    let symbol = currency.0.symbol().symbol;
    let bare = bare.trim().trim_start_matches(symbol.as_str()).trim_end_matches(symbol.as_str());
    let bare = bare.trim_matches(['$', '€', '£', '¥', '₽', '﷼']);
    let character = |c: char| match c {
        '٠'..='٩' => char::from_digit(u32::from(c) - u32::from('٠'), 10),
        '۰'..='۹' => char::from_digit(u32::from(c) - u32::from('۰'), 10),
        '٫' => Some('.'),
        // The Arabic thousands separator, the apostrophes of Switzerland, spaces, and marks of direction.
        '٬' | '\'' | '’' | '\u{200E}' | '\u{200F}' | '\u{2066}'..='\u{2069}' | '\u{61C}' => None,
        c if c.is_whitespace() => None,
        '،' => Some(','),
        c => Some(c),
    };
    bare.chars().filter_map(character).collect()
}

/// The digits before and after the decimal separator.
fn parts(plain: &str, exponent: u32) -> Result<(String, String), AmountError> {
    let separators: Vec<char> = plain.chars().filter(|c| matches!(c, '.' | ',')).collect();
    let decimal = match separators.as_slice() {
        [] => None,
        // One alone stands before three digits only between thousands, but where the currency has three decimals.
        [one] => {
            let after = plain.rsplit(*one).next().map_or(0, str::len);
            if after == 3 && exponent == 3 {
                return Err(AmountError::Unclear);
            }
            (after != 3).then_some(*one)
        }
        [first, .., last] => (first != last).then_some(*last),
    };
    let (whole, decimals) = match decimal {
        Some(decimal) => plain.rsplit_once(decimal).ok_or(AmountError::Unclear)?,
        None => (plain, ""),
    };
    let groups: Vec<&str> = whole.split(['.', ',']).collect();
    let grouped = groups.len() == 1 || (groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let whole = groups.concat();
    let some = !(whole.is_empty() && decimals.is_empty()) && (decimal.is_none() || !decimals.is_empty());
    if !grouped || !digits(&whole) || !digits(decimals) || !some {
        return Err(AmountError::Unclear);
    }
    Ok((whole, decimals.to_owned()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn minor(text: &str, code: &str) -> Result<i64, AmountError> {
        Money::parse(text, Currency::parse(code).unwrap()).map(|money| money.minor)
    }

    #[test]
    fn amounts_are_read_as_people_type_them() {
        for (text, code, wanted) in [
            ("2", "USD", 200),
            ("0", "USD", 0),
            (" 2.5 ", "USD", 250),
            ("2,50", "EUR", 250),
            ("1,000", "USD", 100_000),
            ("1.000", "EUR", 100_000),
            ("1,234.56", "USD", 123_456),
            ("1.234,56", "EUR", 123_456),
            ("1 234,56", "RUB", 123_456),
            ("1’234.50", "CHF", 123_450),
            ("۱۲٬۳۴۵٫۶۷", "USD", 1_234_567),
            ("٥", "USD", 500),
            ("500", "JPY", 500),
            ("500.00", "JPY", 500),
            ("¥500", "JPY", 500),
            ("EUR 7", "EUR", 700),
            (".50", "USD", 50),
            ("2.505", "USD", 250_500),
            ("2.5", "KWD", 2_500),
            ("00012", "USD", 1_200),
            ("5.000.000", "IDR", 500_000_000),
            ("500.000.000", "VND", 500_000_000),
        ] {
            assert_eq!(minor(text, code), Ok(wanted), "{text} {code}");
        }
    }

    #[test]
    fn what_is_no_amount_says_why() {
        use AmountError::{Empty, Negative, TooFine, TooMuch, Unclear};
        for (text, code, wanted) in [
            ("", "USD", Empty),
            ("  $ ", "USD", Empty),
            ("-5", "USD", Negative),
            ("−5", "USD", Negative),
            ("1e9", "USD", Unclear),
            ("NaN", "USD", Unclear),
            ("five", "USD", Unclear),
            ("1,2,3", "USD", Unclear),
            ("12,34,567", "USD", Unclear),
            ("5.", "USD", Unclear),
            (".", "USD", Unclear),
            ("1.000", "KWD", Unclear),
            ("2.5", "JPY", TooFine),
            ("2.5055", "USD", TooFine),
            ("1000000000", "USD", TooMuch),
            ("1000000.00", "USD", TooMuch),
            ("10000000000", "IDR", TooMuch),
            ("99999999999999999999999999", "USD", TooMuch),
        ] {
            assert_eq!(minor(text, code), Err(wanted), "{text} {code}");
        }
    }

    #[test]
    fn a_currency_is_known_by_its_code_alone() {
        assert_eq!(Currency::parse("usd").map(Currency::code), Some("USD"));
        for none in ["", "US", "XAU", "XXX", "ABC", "dollars"] {
            assert_eq!(Currency::parse(none), None, "{none}");
        }
        let decimals = ["USD", "JPY", "KWD", "ISK", "HUF"].map(|code| Currency::parse(code).unwrap().exponent());
        assert_eq!(decimals, [2, 0, 3, 0, 2]);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(minor in 0..=MOST_MINOR, code in prop::sample::select(vec!["USD", "JPY", "EUR"])) {
            let money = Money::new(minor, Currency::parse(code).unwrap());
            prop_assert_eq!(Money::parse(&money.decimal(), money.currency), Ok(money));
            let persian: String = money.decimal().chars().map(|c| match c {
                '0'..='9' => char::from_u32(u32::from('۰') + c.to_digit(10).unwrap()).unwrap(),
                '.' => '٫',
                c => c,
            }).collect();
            prop_assert_eq!(Money::parse(&persian, money.currency), Ok(money));
        }

        #[test]
        fn no_text_breaks_it(text in ".{0,40}") {
            if let Ok(money) = Money::parse(&text, Currency::USD) {
                prop_assert!((0..=MOST_MINOR).contains(&money.minor));
            }
        }
    }
}
