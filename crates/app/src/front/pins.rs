//! The stories on top of the front page, in the editors' order; the newest fill up what is left.

use model::{Breaking, JournalKind, Language, NewJournalRow, Staff, StoryId, StoryState, Tag};
use serde_json::json;
use store::StoryHead;

use super::spoken;
use crate::{Newsroom, error::Error, follow, staff::Denial, stories::desk::edits};

/// Stories that may be pinned in a language.
pub const PINS: usize = 8;
/// How many of them stand on top of the front page; its text-only form shows all.
pub const ON_TOP: usize = 4;

/// The front page of a language as its editors see it.
#[derive(Debug, Clone)]
pub struct Front {
    /// Pinned stories in order, also those that readers don't see.
    pub pinned: Vec<StoryHead>,
    /// Its banner.
    pub breaking: Option<Breaking>,
}

/// The front page of a language.
///
/// # Errors
/// When the database fails.
pub async fn open(newsroom: &Newsroom, language: &Language) -> Result<Front, Error> {
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().read().await?;
    let pinned = store::front_pinned(&mut tx, language).await?;
    let breaking = store::breaking(&mut tx, language).await?.filter(|breaking| breaking.until > now);
    Ok(Front { pinned, breaking })
}

/// What an editor does to the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Puts a story on top of all.
    Pin(StoryId),
    /// Takes one away.
    Unpin(StoryId),
    /// Moves one before its neighbour.
    Up(StoryId),
    /// Moves one behind its neighbour.
    Down(StoryId),
}

impl Change {
    fn story(self) -> StoryId {
        match self {
            Self::Pin(id) | Self::Unpin(id) | Self::Up(id) | Self::Down(id) => id,
        }
    }

    fn action(self) -> &'static str {
        match self {
            Self::Pin(_) => "front.pin",
            Self::Unpin(_) => "front.unpin",
            Self::Up(_) => "front.up",
            Self::Down(_) => "front.down",
        }
    }

    /// The order after it.
    fn onto(self, mut order: Vec<StoryId>) -> Vec<StoryId> {
        let at = order.iter().position(|id| *id == self.story());
        match (self, at) {
            (Self::Pin(id), None) => order.insert(0, id),
            (Self::Unpin(_), Some(at)) => drop(order.remove(at)),
            (Self::Up(_), Some(at)) if at > 0 => order.swap(at - 1, at),
            (Self::Down(_), Some(at)) if at + 1 < order.len() => order.swap(at, at + 1),
            (Self::Pin(_) | Self::Unpin(_) | Self::Up(_) | Self::Down(_), _) => {}
        }
        order
    }
}

/// Changes the order on top of the front page of a language. What is so already changes nothing.
///
/// # Errors
/// [`Denial::Role`], [`Denial::Gone`]; [`Error::Refused`] when the story is in another language or withdrawn, or as many
/// are pinned as may be.
pub async fn change(newsroom: &Newsroom, staff: &Staff, language: &Language, change: Change) -> Result<(), Error> {
    edits(staff)?;
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    store::journal_turn(&mut tx).await?;
    spoken(&store::newsroom_settings(&mut tx).await?, language)?;
    if let Change::Pin(id) = change {
        let story = store::story_by_id(&mut tx, id).await?.ok_or(Denial::Gone)?;
        if story.language != *language {
            return Err(Error::Refused(format!("the story is in `{}`; pin it on that front page", story.language)));
        }
        if story.state == StoryState::Withdrawn {
            return Err(Error::Refused("the story is withdrawn; readers would not see it".to_owned()));
        }
    }
    let before: Vec<StoryId> = store::front_pinned(&mut tx, language).await?.iter().map(|head| head.id).collect();
    let after = change.onto(before.clone());
    if after == before {
        return Ok(());
    }
    if after.len() > PINS {
        return Err(Error::Refused(format!("{PINS} stories are pinned, which is the most; take one away first")));
    }
    store::front_set(&mut tx, language, &after).await?;
    let row = NewJournalRow { kind: JournalKind::FrontChanged, subject: None, tags: vec![Tag::front(language)] };
    store::journal_append(&mut tx, now, &row).await?;
    let (actor, detail) = (staff.handle.as_str(), json!({ "language": language }).to_string());
    store::audit_append(&mut tx, now, actor, change.action(), Some(change.story().0), &detail).await?;
    tx.commit().await?;
    follow::catch_up(newsroom).await
}
