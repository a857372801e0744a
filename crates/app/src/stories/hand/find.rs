//! Stories by what a person types: an id, a path or a whole address, or a slug.

use model::{Language, Path, Story, StoryId, StoryState};
use store::{DeskFilter, DeskRow, Found, Tx};

use super::super::{desk, words};
use crate::{Newsroom, error::Error};

/// Which stories somebody wants to see.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// In this state.
    pub state: Option<StoryState>,
    /// In this language.
    pub language: Option<Language>,
    /// In the section with this slug.
    pub section: Option<String>,
    /// With these words, or beginnings of words, in headline or standfirst.
    pub text: String,
}

/// Stories, last changed first, and how many there are in all.
///
/// # Errors
/// [`Error::Refused`] when there is no such section.
pub async fn listed(newsroom: &Newsroom, wanted: &Wanted, limit: i64) -> Result<Found<DeskRow>, Error> {
    let words = words(&wanted.text);
    if !words.is_empty() {
        // An import made them just now, and no server has run since.
        desk::index_missing(newsroom).await?;
    }
    let mut tx = newsroom.store().read().await?;
    let section = match &wanted.section {
        None => None,
        Some(slug) => Some(section(&mut tx, slug).await?),
    };
    let filter = DeskFilter { state: wanted.state, language: wanted.language.clone(), section, owner: None, words };
    Ok(store::desk_list(&mut tx, &filter, limit, 0).await?)
}

async fn section(tx: &mut Tx, slug: &str) -> Result<model::SectionId, Error> {
    let all = store::section_all(tx).await?;
    let slugs: Vec<&str> = all.iter().map(|section| section.slug.as_str()).collect();
    let found = all.iter().find(|section| section.slug.as_str() == slug).map(|section| section.id);
    found.ok_or_else(|| match slugs.is_empty() {
        true => Error::Refused(format!("there is no section `{slug}`: the newsroom has none yet")),
        false => Error::Refused(format!("there is no section `{slug}`; there are {}", slugs.join(", "))),
    })
}

/// The story that somebody means.
///
/// # Errors
/// [`Error::Refused`] when there is none, with those that are alike, or when several are meant.
pub async fn find(newsroom: &Newsroom, named: &str) -> Result<Story, Error> {
    let mut tx = newsroom.store().read().await?;
    let id = match uuid::Uuid::parse_str(named) {
        Ok(id) => Some(StoryId(id)),
        Err(_) => match path_of(named) {
            Some(path) => return at_path(&mut tx, &path).await,
            None => by_slug(&mut tx, named).await?,
        },
    };
    let story = match id {
        Some(id) => store::story_by_id(&mut tx, id).await?,
        None => None,
    };
    drop(tx);
    match story {
        Some(story) => Ok(story),
        None => Err(Error::Refused(alike(newsroom, named).await?)),
    }
}

/// The path in `/2025/07/11/port/`, or in a whole address.
fn path_of(named: &str) -> Option<Path> {
    let path = match url::Url::parse(named) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => url.path().to_owned(),
        _ if named.starts_with('/') => named.to_owned(),
        _ => return None,
    };
    let path = percent_encoding::percent_decode_str(&path).decode_utf8_lossy().into_owned();
    Some(Path::new(format!("{}/", path.trim_end_matches('/'))))
}

async fn at_path(tx: &mut Tx, path: &Path) -> Result<Story, Error> {
    let found = store::story_by_path(tx, path.as_str()).await?;
    found.ok_or_else(|| {
        Error::Refused(format!("no story stands at {path}; `masthead story list --search WORDS` finds it"))
    })
}

async fn by_slug(tx: &mut Tx, slug: &str) -> Result<Option<StoryId>, Error> {
    let settings = store::newsroom_settings(tx).await?;
    let mut found = Vec::new();
    for language in &settings.languages {
        found.extend(store::story_by_slug(tx, language, slug).await?);
    }
    match found.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(one.id)),
        several => {
            let named = |head: &store::StoryHead| {
                let at = head.path.as_ref().map_or_else(|| head.id.to_string(), ToString::to_string);
                format!("{at} ({})", head.language)
            };
            let all: Vec<String> = several.iter().map(named).collect();
            Err(Error::Refused(format!("several stories are called `{slug}`; name one of {}", all.join(", "))))
        }
    }
}

/// What to say when there is no such story: those with the same words, if any.
async fn alike(newsroom: &Newsroom, named: &str) -> Result<String, Error> {
    let wanted = Wanted { text: named.replace('-', " "), ..Wanted::default() };
    let rows = if wanted.text.len() > 2 { listed(newsroom, &wanted, 3).await?.rows } else { Vec::new() };
    let named_so = |row: &DeskRow| row.head.path.as_ref().map_or_else(|| row.head.id.to_string(), ToString::to_string);
    let rows: Vec<String> = rows.iter().map(named_so).collect();
    Ok(match rows.is_empty() {
        true => format!("there is no story `{named}`; give its id, path or slug, which `masthead story list` shows"),
        false => format!("there is no story `{named}`; did you mean {}?", rows.join(" or ")),
    })
}

#[cfg(test)]
mod tests {
    use super::path_of;

    #[test]
    fn a_story_is_named_by_its_path_or_its_whole_address() {
        let path = |named| path_of(named).map(|path| path.to_string());
        assert_eq!(path("/2025/07/11/port"), Some("/2025/07/11/port/".to_owned()));
        assert_eq!(path("https://a.example/fa/2025/07/11/%D8%A7/?x=1"), Some("/fa/2025/07/11/ا/".to_owned()));
        assert_eq!(path("port-closes"), None);
    }
}
