//! The variants of an appeal, side by side, with what each says in every language.

use app::support::appeals::{self, Opened};
use axum::body::Body;
use http::Response;
use model::{AppealId, Language, VariantId};
use serde::Serialize;
use uuid::Uuid;

use super::{appeal::stepped, stories::direction};
use crate::desk::{ask::Ask, refused::Refused};

/// A variant.
#[derive(Serialize)]
pub(super) struct VariantRow {
    id: VariantId,
    name: String,
    weight: i64,
    active: bool,
    texts: Vec<TextRow>,
}

/// What it says in a language.
#[derive(Serialize)]
struct TextRow {
    language: String,
    direction: &'static str,
    label: String,
    lines: Vec<String>,
    /// `none`, `changed` or `shown`: what readers see of it.
    state: &'static str,
}

pub(super) fn variants(ask: &Ask, opened: &Opened) -> Vec<VariantRow> {
    let mut languages = ask.settings().languages.clone();
    for text in &opened.texts {
        if !languages.contains(&text.language) {
            languages.push(text.language.clone());
        }
    }
    let text = |variant: VariantId, language: &Language| {
        let own = opened.texts.iter().find(|text| text.variant == variant && text.language == *language);
        TextRow {
            direction: direction(language),
            label: theme::Strings::for_language(language).own_name(),
            language: language.to_string(),
            lines: own.map(|text| app::static_pages::lines(&text.document)).unwrap_or_default(),
            state: match own {
                None => "none",
                Some(text) if text.published == Some(text.version) => "shown",
                Some(_) => "changed",
            },
        }
    };
    let row = |variant: &model::Variant| VariantRow {
        id: variant.id,
        name: variant.name.clone(),
        weight: variant.weight,
        active: variant.active,
        texts: languages.iter().map(|language| text(variant.id, language)).collect(),
    };
    opened.variants.iter().map(row).collect()
}

/// The variant that a path names.
pub(super) fn named(ask: &Ask) -> Result<VariantId, Refused> {
    Ok(VariantId(ask.id::<Uuid>("variant")?))
}

/// `POST /desk/appeals/{id}/variants`: one more.
pub(in crate::desk) async fn add(ask: Ask) -> Result<Response<Body>, Refused> {
    let outcome = appeals::add_variant(ask.newsroom(), ask.staff()?, ask.id::<AppealId>("id")?).await;
    stepped(&ask, outcome.map(drop).map_err(Refused::from), "variant-added", "variants").await
}

/// `POST /desk/appeals/{id}/variants/change`.
pub(in crate::desk) async fn change(ask: Ask) -> Result<Response<Body>, Refused> {
    appeals::open(ask.newsroom(), ask.staff()?, ask.id("id")?).await?;
    let form = ask.form();
    let variant = VariantId(form.read("variant", |text| Uuid::parse_str(text).ok())?);
    let weight = form.read("weight", |text| text.parse().ok())?;
    let (name, active) = (form.one("name"), form.ticked("active"));
    let outcome = appeals::change_variant(ask.newsroom(), ask.staff()?, variant, name, weight, active).await;
    stepped(&ask, outcome.map_err(Refused::from), "saved", "variants").await
}
