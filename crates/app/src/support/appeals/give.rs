//! The short form, with what the newsroom offers in its first currency.

use model::{Frequency, Money, SupportSettings, VariantId};
use theme::{
    Strings,
    context::{GiveBox, GiveFrequency, GivePreset},
};

/// The short form that leads to `action`, for a variant of an appeal; `None` where nothing is offered.
pub(crate) fn give_box(
    strings: &Strings,
    settings: &SupportSettings,
    action: &str,
    id: &str,
    variant: Option<VariantId>,
    named: bool,
) -> Option<GiveBox> {
    let offer = settings.offers.first()?;
    let frequency = |frequency: &Frequency| {
        let preset = |(at, minor): (usize, &i64)| {
            let money = Money::new(*minor, offer.currency);
            GivePreset { amount: money.decimal(), label: strings.money(money), chosen: at == offer.chosen }
        };
        GiveFrequency {
            frequency: frequency.as_str().to_owned(),
            chosen: *frequency == settings.first,
            presets: offer.amounts(*frequency).iter().enumerate().map(preset).collect(),
        }
    };
    let frequencies: Vec<GiveFrequency> = Frequency::ALL.iter().map(frequency).collect();
    Some(GiveBox {
        action: action.to_owned(),
        currency: offer.currency.code().to_owned(),
        variant: variant.map(|variant| variant.to_string()).unwrap_or_default(),
        named,
        id: id.to_owned(),
        frequencies: frequencies.into_iter().filter(|one| !one.presets.is_empty()).collect(),
    })
    .filter(|own| !own.frequencies.is_empty())
}

#[cfg(test)]
mod tests {
    use model::{Currency, Language, support::Offer};

    use super::*;

    #[test]
    fn what_is_offered_stands_in_the_first_currency_with_the_chosen_amount_marked() {
        let yen = Currency::parse("JPY").unwrap();
        let settings = SupportSettings { offers: vec![Offer::usual(yen)], ..SupportSettings::default() };
        let strings = Strings::for_language(&Language::english());
        let own = give_box(&strings, &settings, "/support/", "give", None, false).unwrap();
        let monthly = own.frequencies.iter().find(|one| one.chosen).unwrap();
        assert_eq!((own.currency.as_str(), monthly.frequency.as_str()), ("JPY", "monthly"));
        let shown: Vec<_> =
            monthly.presets.iter().map(|one| (one.amount.as_str(), one.label.as_str(), one.chosen)).collect();
        assert_eq!(shown[..2], [("200", "¥200", false), ("500", "¥500", true)]);
        let none = SupportSettings { offers: Vec::new(), ..settings };
        assert_eq!(give_box(&strings, &none, "/support/", "give", None, false), None);
    }
}
