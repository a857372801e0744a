//! The form to give with: as everybody gets it, filled in by the short one, and again with what was wrong.

use http::StatusCode;
use model::{AmountError, Currency, Language, Money, Offer, SupportSettings, Tag};
use theme::{
    Arg, Page,
    context::{SupportPage, Work},
};

use super::choices::{currencies, frequencies, methods, other};
use crate::{
    Newsroom,
    cache::Prepared,
    error::Error,
    pages::{
        draft::Draft,
        readers,
        reading::Reading,
        shell::{everywhere, shell},
    },
    readers::Step,
    support::{
        self,
        contributions::{GiveForm, GiveWrong, MESSAGE_MOST, at},
        reminders,
    },
};

/// Why a form comes again.
#[derive(Debug, Clone)]
pub enum Refused {
    /// Nothing is wrong; it is filled in.
    Nothing,
    /// It is filled in, behind the question of who may give, if there is one; the path leads past the question.
    First(String),
    /// Something of it can't be used.
    Wrong(GiveWrong),
    /// It costs a sum.
    Step(Step),
}

/// A form that comes again.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// What is filled in.
    pub form: GiveForm,
    /// Why it comes again.
    pub refused: Refused,
}

/// The page. Without a currency, behind the question of who may give, if there is one.
pub(in crate::pages) async fn show(reading: &mut Reading, currency: Option<&str>) -> Result<Option<Draft>, Error> {
    let settings = settings(reading).await?;
    if !settings.open && currency.is_none() {
        // A page that was called so before.
        if let Some(page) = super::super::static_page::show(reading, "support", 1).await? {
            return Ok(Some(page));
        }
    }
    let offer = match currency {
        Some(code) => settings.offers.iter().find(|offer| offer.currency.code().eq_ignore_ascii_case(code)),
        None => settings.offers.first(),
    };
    let Some(offer) = offer.cloned() else { return Ok(None) };
    let title = reading.strings.text("support", &[]);
    let below = currency.map_or_else(|| "support/".to_owned(), |code| format!("support/{code}/"));
    let elsewhere = everywhere(reading, &below);
    let mut shell = shell(reading, &title, &elsewhere).await?;
    // Whoever is here need not be asked.
    shell.slots.banner = None;
    let wanted = Wanted { form: GiveForm { quiet: true, ..GiveForm::default() }, refused: Refused::Nothing };
    let mut page = SupportPage { shell, ..form(reading, &settings, &offer, &wanted).await? };
    if currency.is_none() {
        page.gate = gate(reading, &settings);
    }
    Ok(Some(Draft::of(move |press| press.print(StatusCode::OK, &Page::Support(page)))))
}

/// The form with what was typed, and what is wrong with it. `path` is where it was sent to.
///
/// # Errors
/// When the database or the theme fails.
pub async fn filled(
    newsroom: &Newsroom,
    path: &str,
    language: Option<&Language>,
    wanted: &Wanted,
) -> Result<Prepared, Error> {
    let mut reading = readers::open(newsroom, path, language).await?;
    let settings = settings(&mut reading).await?;
    let currency = Currency::parse(&wanted.form.currency);
    let offer = currency.and_then(|currency| settings.offer(currency)).or_else(|| settings.offers.first()).cloned();
    let offer = offer.unwrap_or_else(|| Offer::usual(Currency::USD));
    let title = reading.strings.text("support", &[]);
    let shell = readers::shell(&mut reading, &title).await?;
    let mut page = SupportPage { shell, ..form(&mut reading, &settings, &offer, wanted).await? };
    if let Refused::First(past) = &wanted.refused {
        page.gate = gate(&reading, &settings);
        page.go_path.clone_from(past);
    }
    let status = match wanted.refused {
        Refused::Wrong(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Refused::Nothing | Refused::First(_) | Refused::Step(_) => StatusCode::OK,
    };
    readers::print(reading, status, Page::Support(page)).await
}

/// The settings; nobody is asked for anything where nothing is offered to pay with, or they can't be read.
async fn settings(reading: &mut Reading) -> Result<SupportSettings, Error> {
    reading.shown.add(Tag::support());
    let settings = match support::settings(&mut reading.tx).await {
        Ok(settings) => settings,
        Err(Error::Json(error)) => {
            tracing::error!(%error, "the settings of support can't be read; the form stays closed");
            SupportSettings::default()
        }
        Err(error) => return Err(error),
    };
    // A currency that nobody takes is not asked for.
    let taken = |offer: &Offer| !reading.gateways.offered_in(&settings, offer.currency).is_empty();
    let offers: Vec<Offer> = settings.offers.iter().filter(|offer| taken(offer)).cloned().collect();
    Ok(match offers.is_empty() {
        true => SupportSettings { open: false, ..settings },
        false => SupportSettings { offers, ..settings },
    })
}

fn gate(reading: &Reading, settings: &SupportSettings) -> Vec<String> {
    let name = |names: &model::Names| names.get(&reading.language).map(str::to_owned);
    settings.closed_countries.iter().filter_map(name).collect()
}

async fn form(
    reading: &mut Reading,
    settings: &SupportSettings,
    offer: &Offer,
    wanted: &Wanted,
) -> Result<SupportPage, Error> {
    let typed = &wanted.form;
    let policy = readers::policy(reading).await?;
    let reminds = reminders::offered(&mut reading.tx).await?;
    let say = |key: &str| reading.strings.text(key, &[]);
    let wrong = match &wanted.refused {
        Refused::Wrong(wrong) => Some(said(reading, wrong, offer)),
        Refused::Nothing | Refused::First(_) | Refused::Step(_) => None,
    };
    let work = match &wanted.refused {
        Refused::Step(step) => Some(work(reading, step)),
        Refused::Nothing | Refused::First(_) | Refused::Wrong(_) => None,
    };
    let gateways = reading.gateways.clone();
    Ok(SupportPage {
        about: settings.about.get(&reading.language).unwrap_or_default().to_owned(),
        open: settings.open,
        go_path: reading.at(&format!("support/{}/", offer.currency.code().to_ascii_lowercase())),
        action: at::GIVE.to_owned(),
        currency: offer.currency.code().to_owned(),
        currencies: currencies(reading, settings, offer, typed),
        frequencies: frequencies(reading, settings, offer, typed),
        least: reading.strings.money(Money::new(offer.least, offer.currency)),
        other: other(typed, offer),
        cover_percent: percent(reading, settings.cover_basis_points),
        cover: typed.cover,
        quiet: typed.quiet,
        methods: methods(&gateways.offered_in(settings, offer.currency), typed, &say),
        by_mail: !reading.seals_only,
        address: typed.address.clone(),
        message: typed.message.clone(),
        message_most: i64::try_from(MESSAGE_MOST).unwrap_or(i64::MAX),
        policy,
        wrong,
        variant: typed.variant.map(|id| id.to_string()).unwrap_or_default(),
        link_path: at::LINK.to_owned(),
        remind_path: if reminds { reading.at("support/remind/") } else { String::new() },
        work,
        ..SupportPage::default()
    })
}

/// `4`, `2.5`; empty where nothing is added.
fn percent(reading: &Reading, basis_points: i64) -> String {
    match basis_points {
        ..=0 => String::new(),
        points if points % 100 == 0 => reading.strings.number(points / 100),
        points => format!("{}.{:02}", points / 100, points % 100).trim_end_matches('0').to_owned(),
    }
}

/// What is wrong, in words.
pub(super) fn said(reading: &Reading, wrong: &GiveWrong, offer: &Offer) -> String {
    let example = Money::whole(5, offer.currency).decimal();
    let say = |key: &str, args: &[(&str, Arg<'_>)]| reading.strings.text(key, args);
    let currency = offer.currency.code();
    match wrong {
        GiveWrong::Form => say("give-wrong-form", &[]),
        GiveWrong::Amount(AmountError::Empty) => say("give-wrong-empty", &[]),
        GiveWrong::Amount(AmountError::Unclear) => say("give-wrong-unclear", &[("example", example.into())]),
        GiveWrong::Amount(AmountError::Negative) => say("give-wrong-negative", &[]),
        GiveWrong::Amount(AmountError::TooFine) => {
            say("give-wrong-fine", &[("example", example.into()), ("currency", currency.into())])
        }
        GiveWrong::Amount(AmountError::TooMuch) => say("give-wrong-much", &[]),
        GiveWrong::TooLittle(least) => say("give-wrong-little", &[("least", reading.strings.money(*least).into())]),
        GiveWrong::OnlyOnce(name) => {
            let method = say(&format!("method-{}", name.as_str()), &[]);
            say("give-wrong-once", &[("method", method.into())])
        }
        GiveWrong::Currency(name) => {
            let method = say(&format!("method-{}", name.as_str()), &[]);
            say("give-wrong-currency", &[("method", method.into()), ("currency", currency.into())])
        }
        GiveWrong::Address(error) => say(crate::readers::Wrong::Address(*error).key(), &[("most", Arg::from(254))]),
        GiveWrong::Message => {
            say("give-wrong-message", &[("most", i64::try_from(MESSAGE_MOST).unwrap_or(i64::MAX).into())])
        }
    }
}

fn work(reading: &Reading, step: &Step) -> Work {
    let seconds = step.too_soon.unwrap_or(step.plain_seconds);
    Work {
        ticket: step.ticket.clone(),
        bits: step.bits,
        patience: step.patience,
        without: reading.strings.text("note-step-without", &[("seconds", seconds.into())]),
    }
}
