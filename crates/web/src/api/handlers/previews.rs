//! Links that show a story before it is published.

use app::stories::desk::{self, PREVIEW_HOURS};
use model::StoryId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::{
    ask::Ask,
    problem::Problem,
    shape::{Created, Json, Moment, NoQuery, Whole},
};

/// The links that work.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::api) struct PreviewList {
    /// The one that ends last first.
    items: Vec<PreviewLine>,
}

/// A link; where it leads was said when it was made.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct PreviewLine {
    /// What it is ended by.
    link: String,
    /// Pen name of who made it.
    made_by: String,
    /// When it was made.
    made_at: Moment,
    /// When it ends.
    ends_at: Moment,
}

/// `GET /api/v1/stories/{id}/previews`.
pub(in crate::api) async fn list(ask: Ask, _: NoQuery, (): ()) -> Result<Json<PreviewList>, Problem> {
    let all = desk::preview_links(&ask.newsroom, ask.staff(), ask.id("id")?).await?;
    let items = all.into_iter().map(|link| PreviewLine {
        link: link.hash,
        made_by: link.made_by,
        made_at: link.made_at.into(),
        ends_at: link.ends_at.into(),
    });
    Ok(Json(PreviewList { items: items.collect() }))
}

/// A link to be made.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct NewPreview {
    /// Hours until it ends; three days unless said otherwise.
    #[serde(default)]
    hours: Option<Whole<1, 720>>,
}

/// A link that was just made.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::api) struct Preview {
    /// Its address. It is not given out again.
    url: String,
    /// What it is ended by.
    link: String,
}

/// `POST /api/v1/stories/{id}/previews`.
pub(in crate::api) async fn make(
    ask: Ask,
    _: NoQuery,
    Json(new): Json<NewPreview>,
) -> Result<Created<Preview>, Problem> {
    let id: StoryId = ask.id("id")?;
    let hours = new.hours.map_or(PREVIEW_HOURS, |hours| hours.0);
    let token = desk::preview_link(&ask.newsroom, ask.staff(), id, hours).await?;
    let (url, link) = (format!("{}desk/preview/{}/", ask.origin, token.reveal()), token.hash());
    Ok(Created { at: format!("/api/v1/stories/{id}/previews/{link}"), value: Preview { url, link } })
}

/// `DELETE /api/v1/stories/{id}/previews/{link}`.
pub(in crate::api) async fn end(ask: Ask, _: NoQuery, (): ()) -> Result<(), Problem> {
    Ok(desk::preview_revoke(&ask.newsroom, ask.staff(), ask.id("id")?, ask.param("link")).await?)
}
