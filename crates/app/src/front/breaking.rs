//! The breaking banner. It is gone at its time to the millisecond of the worker: setting it enqueues the job that takes
//! it away, and the journal row of that drops every page that shows it. No page that is put together from that time on
//! shows it, whether the job has run or not.

use model::{
    Breaking, BreakingLink, JournalKind, Language, NewJournalRow, Newsroom as Settings, Staff, StoryState, Tag,
    Timestamp,
};
use serde_json::json;
use store::Tx;

use super::spoken;
use crate::{
    Newsroom,
    error::Error,
    follow,
    jobs::{self, Kind},
    stories::desk::edits,
};

/// Characters of the banner: one line on a phone, two at most, and little of the 12 KiB of a page.
pub const BREAKING_TEXT: usize = 140;
/// Days that it may stand.
pub const BREAKING_DAYS: i64 = 7;

/// Sets the banner of a language, in place of the one that stands. `link` is a path of this site, or an address that
/// begins with the newsroom's own; empty for none. A story's path leads to the story wherever it stands later.
///
/// # Errors
/// [`crate::staff::Denial::Role`]; [`Error::Refused`] when text, link or time can't be used.
pub async fn set(
    newsroom: &Newsroom,
    staff: &Staff,
    language: &Language,
    text: &str,
    link: &str,
    until: Timestamp,
) -> Result<(), Error> {
    edits(staff)?;
    let now = newsroom.clock().now();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() || text.chars().count() > BREAKING_TEXT {
        return Err(Error::Refused(format!("the banner needs a text of {BREAKING_TEXT} characters at most")));
    }
    if until <= now {
        return Err(Error::Refused("this time has passed; choose a later one".to_owned()));
    }
    if until > now.plus_millis(BREAKING_DAYS * 86_400_000) {
        return Err(Error::Refused(format!("a banner stands for {BREAKING_DAYS} days at most; set it again then")));
    }
    let mut tx = newsroom.store().begin().await?;
    let settings = store::newsroom_settings(&mut tx).await?;
    spoken(&settings, language)?;
    let to = read_link(&mut tx, &settings, link).await?;
    store::breaking_set(&mut tx, language, &Breaking { text, to, until }, now).await?;
    store::job_enqueue(&mut tx, &jobs::job(newsroom, Kind::BreakingEnd, json!({ "language": language }), until))
        .await?;
    settle(newsroom, tx, language, staff.handle.as_str(), "front.breaking", json!({ "until": until.to_string() }))
        .await?;
    newsroom.wake_jobs();
    Ok(())
}

/// Takes the banner of a language away; without one nothing happens.
///
/// # Errors
/// [`crate::staff::Denial::Role`].
pub async fn clear(newsroom: &Newsroom, staff: &Staff, language: &Language) -> Result<(), Error> {
    edits(staff)?;
    let mut tx = newsroom.store().begin().await?;
    if !store::breaking_delete(&mut tx, language).await? {
        return Ok(());
    }
    settle(newsroom, tx, language, staff.handle.as_str(), "front.breaking_end", json!({})).await
}

/// Takes the banner away if its time has come. One that was set anew meanwhile has a job of its own.
///
/// # Errors
/// When the database fails.
pub(crate) async fn end(newsroom: &Newsroom, language: &Language) -> Result<(), Error> {
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    store::journal_turn(&mut tx).await?;
    let over = store::breaking(&mut tx, language).await?.is_some_and(|breaking| breaking.until <= now);
    if !over {
        return Ok(());
    }
    store::breaking_delete(&mut tx, language).await?;
    settle(newsroom, tx, language, "schedule", "front.breaking_end", json!({})).await
}

async fn settle(
    newsroom: &Newsroom,
    mut tx: Tx,
    language: &Language,
    actor: &str,
    action: &str,
    mut detail: serde_json::Value,
) -> Result<(), Error> {
    let now = newsroom.clock().now();
    detail["language"] = json!(language);
    let row = NewJournalRow { kind: JournalKind::FrontChanged, subject: None, tags: vec![Tag::breaking(language)] };
    store::journal_append(&mut tx, now, &row).await?;
    store::audit_append(&mut tx, now, actor, action, None, &detail.to_string()).await?;
    tx.commit().await?;
    follow::catch_up(newsroom).await
}

async fn read_link(tx: &mut Tx, settings: &Settings, link: &str) -> Result<Option<BreakingLink>, Error> {
    let link = link.trim();
    if link.is_empty() {
        return Ok(None);
    }
    let own = settings.address.as_deref().and_then(|address| link.strip_prefix(address));
    let path = own.unwrap_or(link);
    let sound = path.starts_with('/') && !path.starts_with("//") && path.len() <= 300;
    if !sound || path.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\') {
        let text = "the banner leads to a page of this site: write its path, such as /2025/07/11/story/";
        return Err(Error::Refused(text.to_owned()));
    }
    Ok(Some(match store::story_by_path(tx, path).await? {
        Some(story) => BreakingLink::Story(story.id),
        None => BreakingLink::Path(path.to_owned()),
    }))
}

/// The banner that stands at a time: its text, and the path that it leads to, with the tags of what that depends on.
///
/// # Errors
/// When the database fails.
pub(crate) async fn shown(
    tx: &mut Tx,
    language: &Language,
    now: Timestamp,
) -> Result<(Option<(String, Option<String>)>, Vec<Tag>), Error> {
    let mut tags = vec![Tag::breaking(language)];
    let Some(breaking) = store::breaking(tx, language).await?.filter(|breaking| breaking.until > now) else {
        return Ok((None, tags));
    };
    let path = match breaking.to {
        Some(BreakingLink::Story(id)) => {
            tags.push(Tag::story(id));
            let heads = store::story_heads(tx, &[id]).await?;
            let public = heads.into_iter().find(|head| head.state == StoryState::Published);
            public.and_then(|head| head.path).map(|path| path.to_string())
        }
        Some(BreakingLink::Path(path)) => Some(path),
        None => None,
    };
    Ok((Some((breaking.text, path)), tags))
}
