//! The short form, with what it offers.

use model::{Currency, Frequency, Money, VariantId};
use theme::{
    Strings,
    context::{GiveBox, GiveFrequency, GivePreset},
};

/// The currency of the short form.
const CURRENCY: Currency = Currency::USD;
/// What is chosen at first.
const FREQUENCY: Frequency = Frequency::Monthly;

/// What is offered, in whole units, and which of it is chosen at first.
fn offered(frequency: Frequency) -> ([i64; 4], usize) {
    match frequency {
        Frequency::Once => ([5, 10, 25, 50], 1),
        Frequency::Monthly => ([2, 5, 10, 20], 1),
        Frequency::Annual => ([20, 50, 100, 200], 1),
    }
}

/// The short form that leads to `action`, for a variant of an appeal.
pub(crate) fn give_box(strings: &Strings, action: &str, id: &str, variant: Option<VariantId>, named: bool) -> GiveBox {
    let frequency = |frequency: &Frequency| {
        let (units, chosen) = offered(*frequency);
        let preset = |(at, units): (usize, i64)| {
            let money = Money::whole(units, CURRENCY);
            GivePreset { amount: money.decimal(), label: label(strings, money), chosen: at == chosen }
        };
        GiveFrequency {
            frequency: frequency.as_str().to_owned(),
            chosen: *frequency == FREQUENCY,
            presets: units.into_iter().enumerate().map(preset).collect(),
        }
    };
    GiveBox {
        action: action.to_owned(),
        currency: CURRENCY.code().to_owned(),
        variant: variant.map(|variant| variant.to_string()).unwrap_or_default(),
        named,
        id: id.to_owned(),
        frequencies: Frequency::ALL.iter().map(frequency).collect(),
    }
}

/// An amount in the digits of a language: `$5`, `12.50 CHF`.
pub(crate) fn label(strings: &Strings, money: Money) -> String {
    let unit = money.currency.unit();
    let number = if money.minor % unit == 0 { strings.number(money.minor / unit) } else { money.decimal() };
    match money.currency.code() {
        "USD" => format!("${number}"),
        "EUR" => format!("€{number}"),
        "GBP" => format!("£{number}"),
        code => format!("{number}\u{a0}{code}"),
    }
}
