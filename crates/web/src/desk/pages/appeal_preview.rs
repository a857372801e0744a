//! An appeal in its place: the newest story with it, as a phone and as a desktop show it.

use app::support::appeals;
use axum::body::Body;
use http::Response;
use model::{AppealId, VariantId};
use serde::Serialize;

use super::{appeal_text::language, appeal_variants::named, preview::private};
use crate::{
    desk::{ask::Ask, refused::Refused},
    respond::respond,
};

#[derive(Serialize)]
struct Page {
    id: AppealId,
    name: String,
    kind: &'static str,
    /// Every text: variant, its name, language, what that calls itself.
    texts: Vec<Text>,
    /// Those that are looked at, side by side.
    shown: Vec<Text>,
    look: &'static str,
    language: String,
}

#[derive(Serialize, Clone)]
struct Text {
    variant: VariantId,
    name: String,
    language: String,
    label: String,
}

/// `GET /desk/appeals/{id}/preview`: every variant in a language, on a phone or a desktop.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    let id: AppealId = ask.id("id")?;
    let opened = appeals::open(ask.newsroom(), ask.staff()?, id).await?;
    let name = |variant: VariantId| opened.variants.iter().find(|one| one.id == variant && one.active);
    let text = |text: &model::AppealText| {
        let variant = name(text.variant)?;
        let label = theme::Strings::for_language(&text.language).own_name();
        Some(Text { variant: variant.id, name: variant.name.clone(), language: text.language.to_string(), label })
    };
    let texts: Vec<Text> = opened.texts.iter().filter_map(text).collect();
    let query = ask.query();
    let own = ask.settings().language.to_string();
    let wanted = query.some("language").unwrap_or(&own);
    let chosen = texts.iter().find(|text| text.language == wanted).or_else(|| texts.first());
    let language = chosen.map(|text| text.language.clone()).unwrap_or_default();
    let page = Page {
        id,
        name: opened.appeal.settings.name,
        kind: opened.appeal.kind.as_str(),
        shown: texts.iter().filter(|text| text.language == language).cloned().collect(),
        texts,
        look: if query.one("look") == "desktop" { "desktop" } else { "phone" },
        language,
    };
    ask.render("appeal_preview.html", "appeals", page)
}

/// `GET /desk/appeals/{id}/as/{variant}/{language}`: the story's page itself.
pub(in crate::desk) async fn page(ask: Ask) -> Result<Response<Body>, Refused> {
    let (variant, language) = (named(&ask)?, language(&ask)?);
    let prepared = app::pages::appeal_preview(ask.newsroom(), ask.staff()?, variant, &language).await?;
    Ok(private(respond(&prepared, &ask.method, &ask.headers).map(Body::new), ""))
}
