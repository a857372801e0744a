//! Whose token it is.

use model::Scope;
use schemars::JsonSchema;
use serde::Serialize;

use crate::api::{
    ask::Ask,
    problem::Problem,
    shape::{Json, NoQuery},
};

/// Whose token it is, and what it reaches.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::api) struct Me {
    /// The pen name of the account that it belongs to.
    handle: String,
    /// The account's role.
    role: String,
    /// What the token may be used for now: those of its scopes that the role reaches.
    scopes: Vec<String>,
    /// The languages that the newsroom publishes in, its own first.
    languages: Vec<model::Language>,
    /// The newsroom's time zone (IANA).
    time_zone: String,
}

/// `GET /api/v1/me`.
pub(in crate::api) async fn read(ask: Ask, _: NoQuery, (): ()) -> Result<Json<Me>, Problem> {
    let settings = ask.newsroom.settings().await?;
    Ok(Json(Me {
        handle: ask.staff().handle.to_string(),
        role: ask.staff().role.as_str().to_owned(),
        scopes: ask.holder.scopes.iter().copied().map(Scope::as_str).map(str::to_owned).collect(),
        languages: settings.languages,
        time_zone: settings.time_zone,
    }))
}
