//! What the pages of sections, topics and bylines share: fields in every language, and a form that was refused.

use std::collections::BTreeSet;

use app::{Error, filing::Said};
use axum::body::Body;
use http::{Response, StatusCode};
use model::{Language, Names};
use serde::Serialize;

use super::stories::direction;
use crate::desk::{ask::Ask, form::Form, refused::Refused};

/// The fields of one language.
#[derive(Serialize)]
pub(super) struct Field {
    language: String,
    direction: &'static str,
    /// What the language calls itself.
    label: String,
    name: String,
    about: String,
}

/// Fields for what is said, in each language of the newsroom and each in which something is said.
pub(super) fn fields(ask: &Ask, said: &Said) -> Vec<Field> {
    let mut languages = ask.settings().languages.clone();
    let more: BTreeSet<Language> = said.names.0.keys().chain(said.about.0.keys()).cloned().collect();
    languages.extend(more.into_iter().filter(|language| !ask.settings().languages.contains(language)));
    let text = |names: &Names, language: &Language| names.0.get(language).cloned().unwrap_or_default();
    let field = |language: &Language| Field {
        direction: direction(language),
        label: theme::Strings::for_language(language).own_name(),
        name: text(&said.names, language),
        about: text(&said.about, language),
        language: language.to_string(),
    };
    languages.iter().map(field).collect()
}

/// What a form says.
pub(super) fn said(form: &Form) -> Result<Said, Refused> {
    let texts = |prefix: &'static str| -> Result<Names, Refused> {
        let mut names = Names::default();
        for (tag, text) in form.by(prefix) {
            let language = Language::new(tag).map_err(|error| Refused::Bad(error.to_string()))?;
            names.0.insert(language, text.to_owned());
        }
        Ok(names)
    };
    Ok(Said { names: texts("name:")?, about: texts("about:")?, slug: form.one("slug").to_owned() })
}

/// A page that shows again what was typed into a form, and why that was refused.
pub(super) fn again(mut page: Response<Body>) -> Response<Body> {
    *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    page
}

/// What a use case says when it refuses a form; anything else is no matter of the form.
pub(super) fn wrong(error: Error) -> Result<String, Refused> {
    match error {
        Error::Refused(text) => Ok(text),
        other => Err(other.into()),
    }
}
