//! The settings of support as people type them: currencies, percentages, countries by the line. What can't be used is told field
//! by field.

use std::collections::BTreeMap;

use model::{
    AmountError, Currency, Frequency, GatewayName, Language, Money, Names, Offer, SupportSettings,
    support::CURRENCIES_MOST,
};
use vault::{Address, Smtputf8};

use super::{
    offers::TypedOffer,
    wrong::{COUNTRIES_MOST, COVER_MOST, Wrong, Wrongs, shown},
};
use crate::support::Gateways;

/// Characters of the label at most: banks print few of them.
const LABEL_MOST: usize = 60;
/// Characters of a text of a language, and of the lines of a bank account, at most.
const TEXT_MOST: usize = 1_000;
/// The form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    /// Whether contributions are taken.
    pub open: bool,
    /// A line for each currency. One without a currency is left out.
    pub offers: Vec<TypedOffer>,
    /// Which of the lines is shown first, from 0.
    pub shown_first: usize,
    /// The frequency that is chosen at first.
    pub first: String,
    /// The place of each gateway, from 1; empty where it is not offered.
    pub gateways: Vec<(GatewayName, String)>,
    /// What payers read it is for.
    pub label: String,
    /// What covers the fee, in percent.
    pub cover: String,
    /// Words above the form.
    pub about: Names,
    /// Words where a payment failed.
    pub failed: Names,
    /// Countries, one a line; the same line in each language is the same country.
    pub countries: Names,
    /// Where transfers go.
    pub bank: String,
    /// Who receipts come from.
    pub sender: String,
}

impl Typed {
    /// The form as it opens.
    #[must_use]
    pub fn of(settings: &SupportSettings) -> Self {
        let place = |name: &GatewayName| settings.gateways.iter().position(|one| one == name);
        let place = |name: &GatewayName| place(name).map(|at| (at + 1).to_string()).unwrap_or_default();
        let languages = settings.closed_countries.iter().flat_map(|names| names.0.keys());
        let lines = |language: &Language| {
            let line = |names: &Names| names.0.get(language).cloned().unwrap_or_default();
            settings.closed_countries.iter().map(line).collect::<Vec<_>>().join("\n")
        };
        let countries: BTreeMap<Language, String> = languages.map(|tag| (tag.clone(), lines(tag))).collect();
        Self {
            open: settings.open,
            offers: settings.offers.iter().map(TypedOffer::of).collect(),
            shown_first: 0,
            first: settings.first.as_str().to_owned(),
            gateways: GatewayName::ALL.iter().map(|name| (*name, place(name))).collect(),
            label: settings.label.clone(),
            cover: shown(Money::new(settings.cover_basis_points, Currency::USD)),
            about: settings.about.clone(),
            failed: settings.failed.clone(),
            countries: Names(countries),
            bank: settings.bank.clone(),
            sender: settings.sender.clone(),
        }
    }

    /// What it says.
    pub(super) fn read(&self, set_up: &Gateways) -> Result<SupportSettings, Wrongs> {
        let mut wrongs = Wrongs::new();
        let settings = SupportSettings {
            open: self.open,
            offers: self.offers(&mut wrongs),
            first: Frequency::parse(&self.first).unwrap_or_else(|| {
                wrongs.push(("first".to_owned(), Wrong::Frequency));
                Frequency::Monthly
            }),
            gateways: self.places(),
            label: text(&mut wrongs, "label", &self.label, LABEL_MOST),
            cover_basis_points: self.basis_points(&mut wrongs),
            about: texts(&mut wrongs, "about", &self.about),
            failed: texts(&mut wrongs, "failed", &self.failed),
            closed_countries: self.closed(&mut wrongs),
            bank: text(&mut wrongs, "bank", &self.bank, TEXT_MOST),
            sender: text(&mut wrongs, "sender", &self.sender, 254),
        };
        check(&settings, set_up, &mut wrongs);
        self.check_currencies(&settings, set_up, &mut wrongs);
        if wrongs.is_empty() { Ok(settings) } else { Err(wrongs) }
    }

    /// While contributions are taken, each currency has a gateway that takes it.
    fn check_currencies(&self, settings: &SupportSettings, set_up: &Gateways, wrongs: &mut Wrongs) {
        if !settings.open || set_up.offered(settings).is_empty() {
            return;
        }
        for (place, typed) in self.offers.iter().enumerate() {
            let currency = Currency::parse(typed.currency.trim());
            if let Some(currency) = currency.filter(|currency| set_up.offered_in(settings, *currency).is_empty()) {
                wrongs.push((format!("currency-{place}"), Wrong::Untaken(currency)));
            }
        }
    }

    /// Gateways by their places; those with the same one as they stand in the form.
    fn places(&self) -> Vec<GatewayName> {
        let mut places: Vec<(u32, GatewayName)> =
            self.gateways.iter().filter_map(|(name, place)| Some((place.trim().parse().ok()?, *name))).collect();
        places.sort_by_key(|(place, _)| *place);
        places.into_iter().map(|(_, name)| name).collect()
    }

    /// `4`, `2,5`: hundredths of a percent are read as cents are.
    fn basis_points(&self, wrongs: &mut Wrongs) -> i64 {
        let typed = self.cover.trim().trim_matches(['%', '٪']);
        let points = match Money::parse(typed, Currency::USD) {
            Err(AmountError::Empty) => Some(0),
            Ok(money) => Some(money.minor).filter(|points| *points <= COVER_MOST),
            Err(_) => None,
        };
        points.unwrap_or_else(|| {
            wrongs.push(("cover".to_owned(), Wrong::Cover));
            0
        })
    }

    fn offers(&self, wrongs: &mut Wrongs) -> Vec<Offer> {
        let mut offers: Vec<Offer> = Vec::new();
        for (place, typed) in self.offers.iter().enumerate() {
            let code = typed.currency.trim();
            if code.is_empty() {
                continue;
            }
            let field = format!("currency-{place}");
            match Currency::parse(code) {
                None => wrongs.push((field, Wrong::Currency(code.to_owned()))),
                Some(currency) if offers.iter().any(|offer| offer.currency == currency) => {
                    wrongs.push((field, Wrong::Twice(currency)));
                }
                Some(currency) => {
                    let offer = typed.read(currency, place, wrongs);
                    let at = if place == self.shown_first { 0 } else { offers.len() };
                    offers.insert(at, offer);
                }
            }
        }
        if offers.len() > CURRENCIES_MOST {
            wrongs.push((format!("currency-{}", self.offers.len() - 1), Wrong::Currencies));
        }
        if offers.is_empty() && wrongs.is_empty() {
            wrongs.push(("currency-0".to_owned(), Wrong::NoCurrency));
        }
        offers
    }

    /// The same line in each language is the same country.
    fn closed(&self, wrongs: &mut Wrongs) -> Vec<Names> {
        let mut countries: Vec<Names> = Vec::new();
        for (language, lines) in &self.countries.0 {
            let lines: Vec<&str> = lines.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
            if lines.is_empty() {
                continue;
            }
            let field = format!("countries-{language}");
            if lines.len() > COUNTRIES_MOST || lines.iter().any(|line| line.chars().count() > 100) {
                wrongs.push((field, Wrong::Countries));
            } else if !countries.is_empty() && countries.len() != lines.len() {
                wrongs.push((field, Wrong::Lines));
            } else {
                countries.resize(lines.len(), Names::default());
                for (names, line) in countries.iter_mut().zip(lines) {
                    names.0.insert(language.clone(), line.to_owned());
                }
            }
        }
        countries
    }
}

/// What the fields say together.
fn check(settings: &SupportSettings, set_up: &Gateways, wrongs: &mut Wrongs) {
    let offered = set_up.offered(settings);
    if settings.open && offered.is_empty() {
        wrongs.push(("gateways".to_owned(), Wrong::NothingSetUp));
    }
    let by_bank = offered.iter().any(|gateway| gateway.name() == GatewayName::Bank);
    if settings.open && by_bank && settings.bank.is_empty() {
        wrongs.push(("bank".to_owned(), Wrong::NoAccount));
    }
    if !settings.sender.is_empty()
        && let Err(error) = Address::parse(&settings.sender, Smtputf8::Refused)
    {
        wrongs.push(("sender".to_owned(), Wrong::Address(error)));
    }
}

fn text(wrongs: &mut Wrongs, field: &str, typed: &str, most: usize) -> String {
    let text = typed.trim().replace("\r\n", "\n");
    if text.chars().count() > most {
        wrongs.push((field.to_owned(), Wrong::TooLong(most)));
    }
    text
}

fn texts(wrongs: &mut Wrongs, field: &str, typed: &Names) -> Names {
    let each =
        typed.0.iter().map(|(tag, said)| (tag.clone(), text(wrongs, &format!("{field}-{tag}"), said, TEXT_MOST)));
    Names(each.filter(|(_, said)| !said.is_empty()).collect())
}

#[cfg(test)]
mod tests;
