//! The newsroom in the shape of Ghost's Content API, so that front ends made for Ghost read from here unchanged.
//!
//! One request's way: [`Target`] reads what is asked for from the path; the key is checked; the parameters are read
//! ([`query`]), a filter with them ([`nql`]); one read transaction gathers what is told; texts are rendered where
//! blocking is allowed. Stories are posts, sections and topics are tags, bylines are authors, static pages are pages.
//!
//! The guarantee: what is told is what every reader can see. Only published stories and public pages are asked for,
//! whatever a filter says, and only tags and authors that a published story has. Who asks leaves no trace but the day on
//! which the key was last used.

mod filed;
mod ids;
mod nql;
mod pages;
mod posts;
mod query;
mod refusal;
mod rows;
mod select;
mod settings;
mod text;
mod told;

use model::Scope;
use serde_json::{Value, json};
use store::Tx;

use self::{filed::Kind, query::Query, told::Telling};
use crate::{Newsroom, connections, error::Error};
pub use refusal::Refusal;

/// A kind of things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Resource {
    Posts,
    Pages,
    Tags,
    Authors,
    Settings,
    /// Kinds that Ghost has and nobody here: an empty list each.
    Tiers,
    Newsletters,
}

impl Resource {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "posts" => Self::Posts,
            "pages" => Self::Pages,
            "tags" => Self::Tags,
            "authors" => Self::Authors,
            "settings" => Self::Settings,
            "tiers" => Self::Tiers,
            "newsletters" => Self::Newsletters,
            _ => return None,
        })
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Posts => "posts",
            Self::Pages => "pages",
            Self::Tags => "tags",
            Self::Authors => "authors",
            Self::Settings => "settings",
            Self::Tiers => "tiers",
            Self::Newsletters => "newsletters",
        }
    }

    /// What is done when one of them, or a list, is asked for; for refusals.
    fn doing(self, one: bool) -> &'static str {
        match (self, one) {
            (Self::Posts, true) => "read post",
            (Self::Posts, false) => "list posts",
            (Self::Pages, true) => "read page",
            (Self::Pages, false) => "list pages",
            (Self::Tags, true) => "read tag",
            (Self::Tags, false) => "list tags",
            (Self::Authors, true) => "read author",
            (Self::Authors, false) => "list authors",
            (Self::Settings, _) => "list settings",
            (Self::Tiers, _) => "list tiers",
            (Self::Newsletters, _) => "list newsletters",
        }
    }
}

/// By what one thing is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum By {
    Id(String),
    Slug(String),
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    resource: Resource,
    one: Option<By>,
}

impl Target {
    /// Reads the part of a path after `/content/`: `posts/`, `posts/slug/a-slug/`.
    ///
    /// # Errors
    /// [`Refusal::Resource`] when there is no such thing; [`Refusal::Invalid`] when an id can't be one.
    pub fn parse(path: &str) -> Result<Self, Refusal> {
        let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
        let resource = parts.first().and_then(|first| Resource::parse(first)).ok_or(Refusal::Resource)?;
        let listed = matches!(resource, Resource::Settings | Resource::Tiers | Resource::Newsletters);
        let one = match parts[1..] {
            [] => None,
            _ if listed => return Err(Refusal::Resource),
            [id] if ids::range(id).is_some() => Some(By::Id(id.to_owned())),
            [_] => {
                let context = "Validation (matches) failed for id".to_owned();
                return Err(Refusal::Invalid(resource.doing(true), context));
            }
            ["slug", slug] => Some(By::Slug(slug.to_owned())),
            _ => return Err(Refusal::Resource),
        };
        Ok(Self { resource, one })
    }
}

/// The answer to a request: `path` is what follows `/content/`, `query` its query string, and `host` the scheme and host
/// that it was sent to, for a newsroom without an address.
///
/// # Errors
/// [`Refusal`] in Ghost's words.
pub async fn answer(newsroom: &Newsroom, path: &str, query: &str, host: &str) -> Result<Value, Refusal> {
    let target = Target::parse(path)?;
    let query = Query::parse(query, target.resource.doing(target.one.is_some()), newsroom.clock().now())?;
    let key = query.key.as_deref().ok_or(Refusal::NoKey)?;
    let holder = connections::token_holder(newsroom, key).await?;
    if !holder.is_some_and(|holder| holder.may(Scope::ContentRead)) {
        return Err(Refusal::Key);
    }
    let mut tx = newsroom.store().read().await?;
    let settings = store::newsroom_settings(&mut tx).await?;
    let telling = Telling::new(newsroom, settings, host);
    let name = target.resource.as_str();
    match target.resource {
        Resource::Posts | Resource::Pages => texts(tx, target, query, telling).await,
        Resource::Tags => filed(&mut tx, Kind::Tags, &target, &query, &telling).await,
        Resource::Authors => filed(&mut tx, Kind::Authors, &target, &query, &telling).await,
        Resource::Settings => Ok(json!({ name: settings::settings(&mut tx, &telling).await?, "meta": {} })),
        Resource::Tiers | Resource::Newsletters => Ok(json!({ name: [], "meta": query.meta(0) })),
    }
}

/// Posts or pages: gathered in one transaction, rendered after it.
async fn texts(mut tx: Tx, target: Target, query: Query, telling: Telling) -> Result<Value, Refusal> {
    enum Texts {
        Posts(posts::Posts),
        Pages(pages::Pages),
    }
    let own = telling.settings.language.clone();
    let texts = match (target.resource, &target.one) {
        (Resource::Pages, Some(by)) => Texts::Pages(pages::one(&mut tx, by, &telling).await?),
        (Resource::Pages, None) => Texts::Pages(pages::list(&mut tx, &query, &telling).await?),
        (_, Some(by)) => Texts::Posts(posts::one(&mut tx, by, &query, &own).await?),
        (_, None) => Texts::Posts(posts::list(&mut tx, &query).await?),
    };
    drop(tx);
    let name = target.resource.as_str();
    let tell = move || {
        let (total, told) = match texts {
            Texts::Posts(posts) => (posts.total, posts.tell(&telling, &query)),
            Texts::Pages(pages) => (pages.total, pages.tell(&telling, &query)),
        };
        if target.one.is_some() { json!({ name: told }) } else { json!({ name: told, "meta": query.meta(total) }) }
    };
    Ok(tokio::task::spawn_blocking(tell).await.map_err(Error::from)?)
}

async fn filed(tx: &mut Tx, kind: Kind, target: &Target, query: &Query, telling: &Telling) -> Result<Value, Refusal> {
    let name = target.resource.as_str();
    match &target.one {
        Some(by) => Ok(json!({ name: [filed::one(tx, kind, by, query, telling).await?] })),
        None => {
            let (told, total) = filed::list(tx, kind, query, telling).await?;
            Ok(json!({ name: told, "meta": query.meta(total) }))
        }
    }
}
