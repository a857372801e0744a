//! Topics and bylines by the beginnings of words, as one types.

use model::{BylineId, Language, Names, Slug, TopicId};

use super::super::words::words;
use crate::{Newsroom, error::Error};

/// A topic or byline that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named<Id> {
    /// Its id.
    pub id: Id,
    /// Its name in the desk's language.
    pub name: String,
    /// Its place in URLs.
    pub slug: Slug,
}

/// Topics whose names have words that begin so.
///
/// # Errors
/// When the database fails.
pub async fn topics(
    newsroom: &Newsroom,
    language: &Language,
    text: &str,
    most: usize,
) -> Result<Vec<Named<TopicId>>, Error> {
    let mut tx = newsroom.store().read().await?;
    let all = store::topic_all(&mut tx).await?.into_iter().map(|topic| (topic.id, topic.names, topic.slug));
    Ok(matching(all, language, text, most))
}

/// Bylines whose names have words that begin so.
///
/// # Errors
/// When the database fails.
pub async fn bylines(
    newsroom: &Newsroom,
    language: &Language,
    text: &str,
    most: usize,
) -> Result<Vec<Named<BylineId>>, Error> {
    let mut tx = newsroom.store().read().await?;
    let all = store::byline_all(&mut tx).await?.into_iter().map(|byline| (byline.id, byline.names, byline.slug));
    Ok(matching(all, language, text, most))
}

fn matching<Id>(
    all: impl Iterator<Item = (Id, Names, Slug)>,
    language: &Language,
    text: &str,
    most: usize,
) -> Vec<Named<Id>> {
    let typed = words(text);
    let fits = |names: &Names| {
        let own: Vec<String> = names.0.values().flat_map(|name| words(name)).collect();
        typed.iter().all(|typed| own.iter().any(|word| word.starts_with(typed.as_str())))
    };
    let found = all.filter(|(_, names, _)| fits(names)).take(most);
    found
        .map(|(id, names, slug)| Named { id, name: names.get(language).unwrap_or(slug.as_str()).to_owned(), slug })
        .collect()
}
