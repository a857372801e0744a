//! Settings: what the newsroom says of itself. What was typed stays when something in it can't be used.

use std::collections::BTreeMap;

use app::settings::{self, Wrongs};
use axum::body::Body;
use http::{Response, StatusCode};
use model::{Language, Newsroom as Settings};
use serde::Serialize;

use super::stories::direction;
use crate::desk::{answer::done, ask::Ask, form::Form, refused::Refused};

#[derive(Serialize)]
struct Page {
    /// Values by key, as they are or as they were typed.
    values: BTreeMap<String, String>,
    /// What is wrong with a value, by its key.
    wrong: BTreeMap<String, String>,
    languages: Vec<Tongue>,
    zones: Vec<String>,
    /// Languages of publication in which the interface has no texts.
    unspoken: Vec<String>,
}

/// A language that has names of its own.
#[derive(Serialize)]
struct Tongue {
    tag: String,
    direction: &'static str,
    own: bool,
}

/// `GET /desk/settings`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    let settings = ask.settings();
    let languages = settings.languages.clone();
    page(&ask, values(settings), languages, &Wrongs::new())
}

fn values(settings: &Settings) -> BTreeMap<String, String> {
    let tags: Vec<&str> = settings.languages.iter().map(Language::as_str).collect();
    let mut values = BTreeMap::from([
        ("language".to_owned(), settings.language.to_string()),
        ("languages".to_owned(), tags.join(", ")),
        ("time_zone".to_owned(), settings.time_zone.clone()),
        ("address".to_owned(), settings.address.clone().unwrap_or_default()),
        ("reserve".to_owned(), settings.reserve.join("\n")),
        ("contact".to_owned(), settings.contact.clone()),
    ]);
    for language in &settings.languages {
        let of = |names: &model::Names| names.0.get(language).cloned().unwrap_or_default();
        values.insert(format!("name:{language}"), of(&settings.name));
        values.insert(format!("tagline:{language}"), of(&settings.tagline));
    }
    values
}

fn page(
    ask: &Ask,
    values: BTreeMap<String, String>,
    languages: Vec<Language>,
    wrongs: &Wrongs,
) -> Result<Response<Body>, Refused> {
    let strings = ask.strings();
    let said = wrongs.iter().map(|(key, wrong)| {
        let (text, value) = wrong.key();
        (key.clone(), strings.text(text, &[("value", value.into())]))
    });
    let spoken = ask.newsroom().theme().languages();
    let speaks = |language: &&Language| !spoken.iter().any(|one| one.primary() == language.primary());
    let page = Page {
        wrong: said.collect(),
        unspoken: languages.iter().filter(speaks).map(ToString::to_string).collect(),
        languages: languages
            .iter()
            .map(|language| Tongue {
                tag: language.to_string(),
                direction: direction(language),
                own: *language == ask.settings().language,
            })
            .collect(),
        zones: settings::time_zones(),
        values,
    };
    let mut response = ask.render("settings.html", "settings", page)?;
    if !wrongs.is_empty() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// `POST /desk/settings`.
pub(in crate::desk) async fn save(ask: Ask) -> Result<Response<Body>, Refused> {
    let typed = typed(&ask.form());
    let changed = settings::change(ask.newsroom(), ask.staff()?.handle.as_str(), &typed).await?;
    let Err(wrongs) = changed else { return Ok(done("/desk/settings", "saved")) };
    let languages = ask.settings().languages.clone();
    let mut values = values(ask.settings());
    values.extend(typed);
    page(&ask, values, languages, &wrongs)
}

/// What was typed, in the order in which it has to be set: the newsroom's own language is added to those typed, so that
/// it need not be typed twice.
fn typed(form: &Form) -> Vec<(String, String)> {
    let mut typed = Vec::new();
    for key in ["language", "languages", "time_zone", "address", "reserve", "contact"] {
        if form.ticked(key) {
            typed.push((key.to_owned(), form.one(key).trim().to_owned()));
        }
    }
    for kind in ["name", "tagline"] {
        let prefix = format!("{kind}:");
        let of = form.by(&prefix).map(|(language, value)| (format!("{kind}:{language}"), value.trim().to_owned()));
        typed.extend(of);
    }
    typed
}
