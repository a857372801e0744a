//! The desk's list of stories, and search as one types.

use std::collections::BTreeMap;

use model::{Role, SectionId, Staff, StoryState};
use store::{DeskFilter, DeskRow, Total};

use super::super::words::words;
use crate::{Newsroom, error::Error};

/// A page of the list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its lines, last touched first.
    pub rows: Vec<DeskRow>,
    /// How many there are on all pages.
    pub total: Total,
    /// How many stories are in each state, whatever the filter.
    pub states: BTreeMap<String, i64>,
}

/// A page of the list; `text` is what somebody typed to search. Reporters see their own.
///
/// # Errors
/// When the database fails.
pub async fn list(
    newsroom: &Newsroom,
    staff: &Staff,
    filter: &Filter,
    limit: i64,
    offset: i64,
) -> Result<Listed, Error> {
    let mine = filter.mine || staff.role < Role::Editor;
    let filter = DeskFilter {
        state: filter.state,
        language: filter.language.clone(),
        section: filter.section,
        owner: mine.then_some(staff.id),
        words: words(&filter.text),
    };
    let mut tx = newsroom.store().read().await?;
    let store::Found { rows, total } = store::desk_list(&mut tx, &filter, limit, offset).await?;
    Ok(Listed { rows, total, states: store::desk_states(&mut tx).await? })
}

/// What somebody wants to see.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// In this state.
    pub state: Option<StoryState>,
    /// In this language.
    pub language: Option<model::Language>,
    /// In this section.
    pub section: Option<SectionId>,
    /// Only one's own.
    pub mine: bool,
    /// With these words.
    pub text: String,
}

/// Stories by the beginnings of words, for links and picks.
///
/// # Errors
/// When the database fails.
pub async fn search(newsroom: &Newsroom, staff: &Staff, text: &str, limit: i64) -> Result<Vec<DeskRow>, Error> {
    let filter = Filter { text: text.to_owned(), ..Filter::default() };
    Ok(list(newsroom, staff, &filter, limit, 0).await?.rows)
}
