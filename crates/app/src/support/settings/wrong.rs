//! Why a field of the settings of support can't be used, so that the desk can say it in its own language.

use model::{
    AmountError, Currency, Money,
    support::{CURRENCIES_MOST, PRESETS_MOST},
};
use vault::AddressError;

/// Countries at most.
pub(super) const COUNTRIES_MOST: usize = 40;
/// The most that is added to cover the fee, in hundredths of a percent.
pub(super) const COVER_MOST: i64 = 2_000;

/// Why a field can't be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// Contributions can't be taken: no gateway that is offered is set up.
    NothingSetUp,
    /// No currency.
    NoCurrency,
    /// No currency of ISO 4217.
    Currency(String),
    /// A currency a second time.
    Twice(Currency),
    /// A currency that no gateway takes which is offered and set up.
    Untaken(Currency),
    /// Too many currencies.
    Currencies,
    /// An amount that can't be read, and how one is written.
    Amount(AmountError, String, Money),
    /// The least has to be something.
    Nothing,
    /// An amount that is below the least.
    Below(Money),
    /// An amount that is there already.
    Same(Money),
    /// Too many amounts.
    Amounts,
    /// The chosen amount is none of them.
    Chosen,
    /// No frequency.
    Frequency,
    /// No percentage, or more than the most.
    Cover,
    /// A text is too long.
    TooLong(usize),
    /// The languages don't name as many countries.
    Lines,
    /// Too many countries.
    Countries,
    /// Transfers are offered, and nobody learns where to.
    NoAccount,
    /// No address that mail can come from.
    Address(AddressError),
}

/// Each field that can't be used, with why: `least-0`, `about-ru`.
pub type Wrongs = Vec<(String, Wrong)>;

impl Wrong {
    /// The key of its text at the desk, and the values that it names.
    #[must_use]
    pub fn key(&self) -> (&'static str, Vec<(&'static str, String)>) {
        let bare = |key| (key, Vec::new());
        let one = |key, value: String| (key, vec![("value", value)]);
        match self {
            Self::NothingSetUp => bare("money-wrong-gateways"),
            Self::NoCurrency => bare("money-wrong-no-currency"),
            Self::Currency(code) => one("money-wrong-currency", code.clone()),
            Self::Twice(currency) => one("money-wrong-twice", currency.code().to_owned()),
            Self::Untaken(currency) => one("money-wrong-untaken", currency.code().to_owned()),
            Self::Currencies => one("money-wrong-currencies", CURRENCIES_MOST.to_string()),
            Self::Amount(error, typed, example) => {
                (unread(*error), vec![("value", typed.clone()), ("example", shown(*example))])
            }
            Self::Nothing => bare("money-wrong-nothing"),
            Self::Below(money) => one("money-wrong-below", shown(*money)),
            Self::Same(money) => one("money-wrong-same", shown(*money)),
            Self::Amounts => one("money-wrong-amounts", PRESETS_MOST.to_string()),
            Self::Chosen => bare("money-wrong-chosen"),
            Self::Frequency => bare("money-wrong-frequency"),
            Self::Cover => one("money-wrong-cover", (COVER_MOST / 100).to_string()),
            Self::TooLong(most) => one("money-wrong-long", most.to_string()),
            Self::Lines => bare("money-wrong-lines"),
            Self::Countries => one("money-wrong-countries", COUNTRIES_MOST.to_string()),
            Self::NoAccount => bare("money-wrong-account"),
            Self::Address(_) => bare("money-wrong-address"),
        }
    }
}

fn unread(error: AmountError) -> &'static str {
    match error {
        AmountError::Empty | AmountError::Unclear => "money-wrong-unclear",
        AmountError::Negative => "money-wrong-negative",
        AmountError::TooFine => "money-wrong-fine",
        AmountError::TooMuch => "money-wrong-much",
    }
}

/// An amount as it stands in a field: `2`, `2.50`.
pub(super) fn shown(money: Money) -> String {
    let text = money.decimal();
    match text.split_once('.') {
        Some((whole, decimals)) if decimals.bytes().all(|digit| digit == b'0') => whole.to_owned(),
        _ => text,
    }
}
