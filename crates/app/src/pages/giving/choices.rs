//! What there is to choose from on the form: currencies, how often and how much, ways to pay.

use model::{Currency, Frequency, GatewayName, Money, Offer, SupportSettings};
use outside::payments::AnyGateway;
use theme::context::{CurrencyChoice, GiveFrequency, GivePreset, MethodChoice};

use crate::{
    pages::reading::Reading,
    support::contributions::{GiveForm, at},
};

pub(super) fn currencies(
    reading: &Reading,
    settings: &SupportSettings,
    offer: &Offer,
    typed: &GiveForm,
) -> Vec<CurrencyChoice> {
    if settings.offers.len() < 2 {
        return Vec::new();
    }
    let choice = |one: &Offer| CurrencyChoice {
        code: one.currency.code().to_owned(),
        path: in_currency(reading, one.currency, typed),
        chosen: one.currency == offer.currency,
    };
    settings.offers.iter().map(choice).collect()
}

/// The form in a currency, with what the short one chose and what led to it. Amounts are another currency's, and what names somebody
/// does not belong into an address.
fn in_currency(reading: &Reading, currency: Currency, typed: &GiveForm) -> String {
    let code = currency.code();
    let frequency = Frequency::parse(&typed.frequency).map(|frequency| format!("&frequency={}", frequency.as_str()));
    let variant = typed.variant.map(|id| format!("&variant={id}"));
    let carried: String = frequency.into_iter().chain(variant).collect();
    match carried.as_str() {
        "" => reading.at(&format!("support/{}/", code.to_ascii_lowercase())),
        carried => {
            let language = reading.language.as_str().to_ascii_lowercase();
            // Who sees the form was asked already whether they may give.
            format!("{}/{language}?gate=no&currency={code}{carried}", at::FORM)
        }
    }
}

/// The amount in the field for another one: as typed, or the short form's, where this one does not offer that.
pub(super) fn other(typed: &GiveForm, offer: &Offer) -> String {
    if !typed.other.is_empty() {
        return typed.other.clone();
    }
    let Some(frequency) = Frequency::parse(&typed.frequency) else { return String::new() };
    let minor = typed.chosen.parse::<i64>().ok().filter(|minor| *minor > 0);
    let strange = minor.filter(|minor| !offer.amounts(frequency).contains(minor));
    strange.map(|minor| Money::new(minor, offer.currency).decimal()).unwrap_or_default()
}

pub(super) fn frequencies(
    reading: &Reading,
    settings: &SupportSettings,
    offer: &Offer,
    typed: &GiveForm,
) -> Vec<GiveFrequency> {
    let chosen = Frequency::parse(&typed.frequency).unwrap_or(settings.first);
    let each = |frequency: &Frequency| {
        let amounts = offer.amounts(*frequency);
        let own = *frequency == chosen;
        let known = typed.chosen.parse::<i64>().ok().filter(|minor| own && amounts.contains(minor));
        let other = own && !other(typed, offer).is_empty();
        let preset = |(at, minor): (usize, &i64)| GivePreset {
            amount: minor.to_string(),
            label: reading.strings.money(Money::new(*minor, offer.currency)),
            chosen: !other && known.map_or(at == offer.chosen, |known| known == *minor),
        };
        GiveFrequency {
            frequency: frequency.as_str().to_owned(),
            chosen: own,
            presets: amounts.iter().enumerate().map(preset).collect(),
        }
    };
    Frequency::ALL.iter().map(each).collect()
}

pub(super) fn methods(offered: &[&AnyGateway], typed: &GiveForm, say: &dyn Fn(&str) -> String) -> Vec<MethodChoice> {
    let wanted = GatewayName::parse(&typed.gateway).filter(|name| offered.iter().any(|one| one.name() == *name));
    let choice = |(place, gateway): (usize, &&AnyGateway)| {
        let name = gateway.name();
        MethodChoice {
            value: name.as_str().to_owned(),
            label: say(&format!("method-{}", name.as_str())),
            about: say(&format!("method-{}-about", name.as_str())),
            chosen: wanted.map_or(place == 0, |wanted| wanted == name),
            only_once: !gateway.can().take(Frequency::Monthly),
        }
    };
    offered.iter().enumerate().map(choice).collect()
}
