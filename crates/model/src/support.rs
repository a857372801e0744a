//! How a newsroom asks for support: what it takes, in which currencies, and what it says.

use serde::{Deserialize, Serialize};

use crate::{Currency, Frequency, GatewayName, Money, Names};

/// Currencies on a form at most.
pub const CURRENCIES_MOST: usize = 12;
/// Preset amounts of a currency and frequency at most.
pub const PRESETS_MOST: usize = 6;

/// What a newsroom says of contributions. Kept in the database (`setting` row `support`), edited on the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SupportSettings {
    /// Whether contributions are taken.
    pub open: bool,
    /// Currencies, the first one shown first.
    pub offers: Vec<Offer>,
    /// The frequency that is chosen when the form opens.
    pub first: Frequency,
    /// Gateways that are offered, the first one chosen; those that are not set up are left out.
    pub gateways: Vec<GatewayName>,
    /// What payers read it is for, at the gateway and on statements: as neutral as the newsroom wants.
    pub label: String,
    /// What is added when somebody covers the fee: hundredths of a percent of the whole.
    pub cover_basis_points: i64,
    /// A sentence or two above the form.
    pub about: Names,
    /// What a mail says when a payment failed, above what can be done; the built-in words where it is empty.
    pub failed: Names,
    /// Names of countries: whoever lives there, has a card from there or travels there is asked not to give. Empty for no
    /// question.
    pub closed_countries: Vec<Names>,
    /// Where transfers go: account, bank and receiver, in lines. Empty for none.
    pub bank: String,
    /// The address that receipts come from; the newsletter's where it is empty.
    pub sender: String,
}

/// A currency on the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Which.
    pub currency: Currency,
    /// The least that is taken, in minor units.
    pub least: i64,
    /// Amounts to choose from for one gift, in minor units; the chosen one is named by `chosen`.
    pub once: Vec<i64>,
    /// For each month.
    pub monthly: Vec<i64>,
    /// For each year.
    pub annual: Vec<i64>,
    /// Which of the amounts is chosen when the form opens, from 0.
    pub chosen: usize,
}

impl Offer {
    /// What is offered when nothing was set: from two dollars, and its like elsewhere.
    #[must_use]
    pub fn usual(currency: Currency) -> Self {
        let scale = currency.scale();
        let of = |units: &[i64]| units.iter().map(|units| Money::whole(units * scale, currency).minor).collect();
        Self {
            currency,
            least: Money::whole(2 * scale, currency).minor,
            once: of(&[10, 25, 50, 100]),
            monthly: of(&[2, 5, 10, 20]),
            annual: of(&[20, 50, 100, 200]),
            chosen: 1,
        }
    }

    /// The amounts to choose from.
    #[must_use]
    pub fn amounts(&self, frequency: Frequency) -> &[i64] {
        match frequency {
            Frequency::Once => &self.once,
            Frequency::Monthly => &self.monthly,
            Frequency::Annual => &self.annual,
        }
    }
}

impl Default for SupportSettings {
    fn default() -> Self {
        Self {
            open: false,
            offers: vec![Offer::usual(Currency::USD), Offer::usual(Currency::EUR)],
            first: Frequency::Monthly,
            gateways: GatewayName::ALL.to_vec(),
            label: String::new(),
            cover_basis_points: 400,
            about: Names::default(),
            failed: Names::default(),
            closed_countries: Vec::new(),
            bank: String::new(),
            sender: String::new(),
        }
    }
}

impl SupportSettings {
    /// What is offered in a currency.
    #[must_use]
    pub fn offer(&self, currency: Currency) -> Option<&Offer> {
        self.offers.iter().find(|offer| offer.currency == currency)
    }

    /// What is added to an amount so that about the whole of it stays after the fee; rounded up.
    #[must_use]
    pub fn cover(&self, amount: Money) -> i64 {
        let points = i128::from(self.cover_basis_points.clamp(0, 2_000));
        // The fee is taken of the whole, so that it is divided by what stays.
        let added = (i128::from(amount.minor) * points).div_euclid(10_000 - points);
        let exact = (i128::from(amount.minor) * points).rem_euclid(10_000 - points) == 0;
        i64::try_from(added + i128::from(!exact)).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_covers_the_fee_leaves_the_whole() {
        let settings = SupportSettings { cover_basis_points: 400, ..SupportSettings::default() };
        for minor in [1, 99, 200, 2_500, 123_457] {
            let cover = settings.cover(Money::new(minor, Currency::USD));
            let whole = minor + cover;
            let fee = whole * 400 / 10_000;
            assert!((minor..=minor + 1).contains(&(whole - fee)), "{minor}: {cover}");
        }
        let none = SupportSettings { cover_basis_points: 0, ..settings };
        assert_eq!(none.cover(Money::new(2_500, Currency::USD)), 0);
    }

    #[test]
    fn two_dollars_and_their_like_are_the_least() {
        for (code, least) in [
            ("USD", 200),
            ("EUR", 200),
            ("JPY", 200),
            ("KRW", 2_000),
            ("SEK", 2_000),
            ("VND", 40_000),
            ("IDR", 4_000_000),
        ] {
            assert_eq!(Offer::usual(Currency::parse(code).unwrap()).least, least, "{code}");
        }
    }

    #[test]
    fn settings_that_know_less_are_read() {
        let read: SupportSettings = serde_json::from_str(r#"{"open":true}"#).unwrap();
        assert_eq!(read, SupportSettings { open: true, ..SupportSettings::default() });
    }
}
