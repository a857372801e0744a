//! Tags (sections, then topics) and authors (bylines): those that a published story has. What only drafts have is not
//! told, for it says what is being written about.

use serde_json::{Value, json};
use store::{Filed, Tx};
use uuid::Uuid;

use super::{
    By,
    ids::means,
    query::Query,
    refusal::Refusal,
    rows::{self, Row},
    told::Telling,
};

/// What a filter may ask of tags and authors.
const NAMES: [&str; 8] = ["id", "slug", "name", "visibility", "description", "bio", "count.posts", "url"];

/// Tags or authors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Tags,
    Authors,
}

impl Kind {
    fn one(self) -> &'static str {
        match self {
            Self::Tags => "tag",
            Self::Authors => "author",
        }
    }

    fn listing(self) -> &'static str {
        match self {
            Self::Tags => "list tags",
            Self::Authors => "list authors",
        }
    }
}

/// A page of them, and how many there are.
pub(super) async fn list(
    tx: &mut Tx,
    kind: Kind,
    query: &Query,
    telling: &Telling,
) -> Result<(Vec<Value>, i64), Refusal> {
    rows::check(query.filter.as_ref(), &NAMES, kind.listing())?;
    let counted = query.includes("count.posts") || query.ordered_by("count.posts") || query.filter.is_some();
    let rows = all(tx, kind, telling, counted).await?.into_iter().map(|(_, row)| row).collect();
    let (rows, total) = rows::page(rows, query, &[("name", false), ("id", false)]);
    Ok((rows.into_iter().map(|row| told(row, query)).collect(), total))
}

/// One of them.
pub(super) async fn one(tx: &mut Tx, kind: Kind, by: &By, query: &Query, telling: &Telling) -> Result<Value, Refusal> {
    let all = all(tx, kind, telling, query.includes("count.posts")).await?;
    let found = all.into_iter().find(|(id, row)| match by {
        By::Id(text) => means(text, *id),
        By::Slug(slug) => row.get("slug").and_then(Value::as_str) == Some(slug),
    });
    Ok(told(found.ok_or(Refusal::Missing(kind.one()))?.1, query))
}

fn told(mut row: Row, query: &Query) -> Value {
    if !query.includes("count.posts") {
        row.remove("count");
    }
    query.cut(row)
}

/// All of them, with the numbers of their stories if those are needed.
async fn all(tx: &mut Tx, kind: Kind, telling: &Telling, counted: bool) -> Result<Vec<(Uuid, Row)>, Refusal> {
    let language = &telling.settings.language;
    let mut all = Vec::new();
    match kind {
        Kind::Tags => {
            let sections = store::section_all(tx).await?;
            let rows = sections.iter().map(|section| (section.id.0, telling.section(section, language)));
            all.extend(in_use(tx, Filed::Section, counted, rows.collect()).await?);
            let topics = store::topic_all(tx).await?;
            let rows = topics.iter().map(|topic| (topic.id.0, telling.topic(topic, language)));
            all.extend(in_use(tx, Filed::Topic, counted, rows.collect()).await?);
        }
        Kind::Authors => {
            let bylines = store::byline_all(tx).await?;
            let rows = bylines.iter().map(|byline| (byline.id.0, telling.author(byline, language)));
            all.extend(in_use(tx, Filed::Byline, counted, rows.collect()).await?);
        }
    }
    Ok(all)
}

async fn in_use(
    tx: &mut Tx,
    by: Filed,
    counted: bool,
    mut rows: Vec<(Uuid, Row)>,
) -> Result<Vec<(Uuid, Row)>, Refusal> {
    if !counted {
        let used = store::story_filed(tx, by).await?;
        rows.retain(|(id, _)| used.contains(id));
        return Ok(rows);
    }
    let counts = store::story_counts(tx, by).await?;
    rows.retain_mut(|(id, row)| {
        let Some(posts) = counts.get(id) else { return false };
        row.insert("count".to_owned(), json!({ "posts": posts }));
        true
    });
    Ok(rows)
}
