//! The settings of support: what is taken, by whom, and in which words. What was typed stays when something in it can't be used.

use std::collections::{BTreeMap, BTreeSet};

use app::support::{
    self,
    settings::{Typed, TypedOffer, Wrongs, change},
    takes_currency,
};
use axum::body::Body;
use http::{Response, StatusCode};
use model::{Currency, Frequency, GatewayName, Language, Names};
use serde::Serialize;
use theme::Arg;

use super::{stories::direction, support::has_sandbox};
use crate::desk::{answer::done, ask::Ask, form::Form, refused::Refused};

/// This page.
const HERE: &str = "/desk/support/settings";

#[derive(Serialize)]
struct Page {
    /// Whether the sandbox is set up.
    sandbox: bool,
    open: bool,
    offers: Vec<OfferRow>,
    frequencies: Vec<&'static str>,
    first: String,
    gateways: Vec<GatewayRow>,
    places: Vec<String>,
    label: String,
    cover: String,
    bank: String,
    sender: String,
    tongues: Vec<Tongue>,
    /// What is wrong, by the field's key.
    wrong: BTreeMap<String, String>,
}

#[derive(Serialize)]
struct OfferRow {
    currency: String,
    least: String,
    once: String,
    monthly: String,
    annual: String,
    chosen: String,
    shown_first: bool,
}

#[derive(Serialize)]
struct GatewayRow {
    name: &'static str,
    place: String,
    set_up: bool,
    /// Currencies of the form that it doesn't take, by their codes.
    untaken: String,
}

/// What is said in a language.
#[derive(Serialize)]
struct Tongue {
    tag: String,
    direction: &'static str,
    /// What it calls itself.
    label: String,
    about: String,
    failed: String,
    countries: String,
}

/// `GET /desk/support/settings`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    let settings = support::settings_at_desk(ask.newsroom(), ask.staff()?).await?;
    page(&ask, &Typed::of(&settings), &Wrongs::new())
}

fn page(ask: &Ask, typed: &Typed, wrongs: &Wrongs) -> Result<Response<Body>, Refused> {
    let strings = ask.strings();
    let said = wrongs.iter().map(|(field, wrong)| {
        let (key, values) = wrong.key();
        let given: Vec<_> = values.into_iter().map(|(name, value)| (name, Arg::from(value))).collect();
        (field.clone(), strings.text(key, &given))
    });
    // One more line, for another currency; those before keep their numbers, which say where something is wrong.
    let used = typed.offers.iter().rposition(|offer| *offer != TypedOffer::default()).map_or(0, |last| last + 1);
    let lines = typed.offers.iter().take(used).enumerate();
    let mut offers: Vec<OfferRow> = lines.map(|(at, one)| offer(one, at == typed.shown_first)).collect();
    offers.push(offer(&TypedOffer::default(), false));
    let gateway = |(name, place): &(GatewayName, String)| GatewayRow {
        name: name.as_str(),
        place: place.clone(),
        set_up: ask.newsroom().gateways().get(*name).is_some(),
        untaken: untaken(typed, *name),
    };
    let page = Page {
        sandbox: has_sandbox(ask),
        open: typed.open,
        offers,
        frequencies: Frequency::ALL.iter().map(|frequency| frequency.as_str()).collect(),
        first: typed.first.clone(),
        gateways: typed.gateways.iter().map(gateway).collect(),
        places: (1..=GatewayName::ALL.len()).map(|place| place.to_string()).collect(),
        label: typed.label.clone(),
        cover: typed.cover.clone(),
        bank: typed.bank.clone(),
        sender: typed.sender.clone(),
        tongues: tongues(ask, typed),
        wrong: said.collect(),
    };
    let mut response = ask.render("support_settings.html", "support", page)?;
    if !wrongs.is_empty() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

fn untaken(typed: &Typed, name: GatewayName) -> String {
    let currencies = typed.offers.iter().filter_map(|offer| Currency::parse(&offer.currency));
    let codes: Vec<_> = currencies.filter(|one| !takes_currency(name, *one)).map(Currency::code).collect();
    codes.join(" ")
}

fn offer(typed: &TypedOffer, shown_first: bool) -> OfferRow {
    OfferRow {
        currency: typed.currency.clone(),
        least: typed.least.clone(),
        once: typed.once.clone(),
        monthly: typed.monthly.clone(),
        annual: typed.annual.clone(),
        chosen: typed.chosen.clone(),
        shown_first,
    }
}

/// The newsroom's languages, and those in which something is said already.
fn tongues(ask: &Ask, typed: &Typed) -> Vec<Tongue> {
    let mut languages = ask.settings().languages.clone();
    let said = [&typed.about, &typed.failed, &typed.countries];
    let more: BTreeSet<&Language> = said.iter().flat_map(|names| names.0.keys()).collect();
    languages.extend(more.into_iter().filter(|language| !ask.settings().languages.contains(language)).cloned());
    let text = |names: &Names, language: &Language| names.0.get(language).cloned().unwrap_or_default();
    let tongue = |language: &Language| Tongue {
        direction: direction(language),
        label: theme::Strings::for_language(language).own_name(),
        about: text(&typed.about, language),
        failed: text(&typed.failed, language),
        countries: text(&typed.countries, language),
        tag: language.to_string(),
    };
    languages.iter().map(tongue).collect()
}

/// `POST /desk/support/settings`.
pub(in crate::desk) async fn save(ask: Ask) -> Result<Response<Body>, Refused> {
    let typed = typed(&ask.form())?;
    match change(ask.newsroom(), ask.staff()?, &typed).await? {
        Ok(()) => Ok(done(HERE, "saved")),
        Err(wrongs) => page(&ask, &typed, &wrongs),
    }
}

fn typed(form: &Form) -> Result<Typed, Refused> {
    let names = |prefix: &'static str| -> Result<Names, Refused> {
        let mut names = Names::default();
        for (tag, text) in form.by(prefix) {
            let language = Language::new(tag).map_err(|error| Refused::Bad(error.to_string()))?;
            names.0.insert(language, text.to_owned());
        }
        Ok(names)
    };
    let places: BTreeMap<&str, &str> = form.by("gateway:").collect();
    let place = |name: &GatewayName| (*name, places.get(name.as_str()).map_or(String::new(), |at| (*at).to_owned()));
    Ok(Typed {
        open: form.one("open") == "yes",
        offers: offers(form),
        shown_first: form.one("shown_first").parse().unwrap_or(0),
        first: form.one("first").to_owned(),
        gateways: GatewayName::ALL.iter().map(place).collect(),
        label: form.one("label").to_owned(),
        cover: form.one("cover").to_owned(),
        about: names("about:")?,
        failed: names("failed:")?,
        countries: names("countries:")?,
        bank: form.one("bank").to_owned(),
        sender: form.one("sender").to_owned(),
    })
}

/// Each line of the form sends all of its fields, so that those of a name are in the order of the lines.
fn offers(form: &Form) -> Vec<TypedOffer> {
    let nth = |name: &str, at: usize| form.all(name).nth(at).unwrap_or_default().trim().to_owned();
    let line = |(at, currency): (usize, &str)| TypedOffer {
        currency: currency.trim().to_owned(),
        least: nth("least", at),
        once: nth("once", at),
        monthly: nth("monthly", at),
        annual: nth("annual", at),
        chosen: nth("chosen", at),
    };
    form.all("currency").take(40).enumerate().map(line).collect()
}
