//! The log of what was done (audit), of what readers can see (journal), and of work (jobs), as the desk shows them.

use std::collections::HashMap;

use model::{BylineId, Handle, Job, JobId, JournalRow, Role, Staff, StoryId, Timestamp, TopicId};
pub use store::{AuditBreak, AuditChain, AuditFilter, AuditRow};
use uuid::Uuid;

use crate::{Newsroom, error::Error, staff::Denial};

/// What a row's subject is by now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A story, by its headline.
    Story(String),
    /// A photo, by its caption or alt text.
    Photo(String),
    /// Somebody, by pen name.
    Staff(String),
    /// A section, by its slug.
    Section(String),
    /// A topic, by its slug.
    Topic(String),
    /// A byline, by its slug.
    Byline(String),
}

/// The moment that a row's detail names, such as when a story was to be published.
#[must_use]
pub fn moment(text: &str) -> Option<Timestamp> {
    text.parse::<jiff::Timestamp>().ok().map(Timestamp::from)
}

/// A page of the log.
#[derive(Debug, Clone)]
pub struct Deeds {
    /// The deeds, newest first.
    pub rows: Vec<AuditRow>,
    /// What was done something to, by id, as far as it is still there.
    pub subjects: HashMap<Uuid, Subject>,
    /// Whether there are older ones.
    pub more: bool,
    /// Everybody who stands in the log.
    pub actors: Vec<String>,
    /// Every kind of deed that stands in it.
    pub actions: Vec<String>,
}

/// Deeds before a `seq`, newest first.
///
/// # Errors
/// When the database fails.
pub async fn deeds(newsroom: &Newsroom, filter: &AuditFilter, before: i64, limit: i64) -> Result<Deeds, Error> {
    let mut tx = newsroom.store().read().await?;
    let mut rows = store::audit_search(&mut tx, filter, before, limit + 1).await?;
    let more = i64::try_from(rows.len()).unwrap_or_default() > limit;
    rows.truncate(usize::try_from(limit).unwrap_or_default());
    let mut ids: Vec<Uuid> = rows.iter().filter_map(|row| row.subject).collect();
    ids.sort_unstable();
    ids.dedup();
    let subjects = subjects(&mut tx, &ids).await?;
    let (actors, actions) = store::audit_names(&mut tx).await?;
    Ok(Deeds { rows, subjects, more, actors, actions })
}

async fn subjects(tx: &mut store::Tx, ids: &[Uuid]) -> Result<HashMap<Uuid, Subject>, Error> {
    let stories: Vec<StoryId> = ids.iter().copied().map(StoryId).collect();
    let heads = store::story_heads(tx, &stories).await?;
    let mut found: HashMap<Uuid, Subject> =
        heads.into_iter().map(|head| (head.id.0, Subject::Story(head.headline))).collect();
    let rest: Vec<Uuid> = ids.iter().copied().filter(|id| !found.contains_key(id)).collect();
    if rest.is_empty() {
        return Ok(found);
    }
    let photos = store::photo_labels(tx, &rest).await?;
    found.extend(photos.into_iter().map(|(id, label)| (id, Subject::Photo(label))));
    let staff = store::staff_all(tx).await?.into_iter().filter(|staff| rest.contains(&staff.id.0));
    let sections = store::section_all(tx).await?.into_iter().filter(|section| rest.contains(&section.id.0));
    found.extend(sections.map(|section| (section.id.0, Subject::Section(section.slug.to_string()))));
    for id in rest.iter().copied() {
        if let Some(topic) = store::topic_by_id(tx, TopicId(id)).await? {
            found.insert(id, Subject::Topic(topic.slug.to_string()));
        } else if let Some(byline) = store::byline_by_id(tx, BylineId(id)).await? {
            found.insert(id, Subject::Byline(byline.slug.to_string()));
        }
    }
    found.extend(staff.map(|staff| (staff.id.0, Subject::Staff(Handle::to_string(&staff.handle)))));
    Ok(found)
}

/// Whether the log still says what it said, and where a fingerprint that somebody wrote down stands in it.
///
/// # Errors
/// When the database fails.
pub async fn verify(newsroom: &Newsroom, fingerprint: Option<&str>) -> Result<(AuditChain, Option<i64>), Error> {
    let mut tx = newsroom.store().read().await?;
    let chain = store::audit_verify(&mut tx).await?;
    let found = match fingerprint {
        Some(fingerprint) => store::audit_by_fingerprint(&mut tx, &fingerprint.trim().to_lowercase()).await?,
        None => None,
    };
    Ok((chain, found))
}

/// Rows of the journal before a `seq`, newest first, with the headlines of stories they are about.
///
/// # Errors
/// When the database fails.
pub async fn journal(
    newsroom: &Newsroom,
    before: i64,
    limit: i64,
) -> Result<(Vec<JournalRow>, HashMap<Uuid, Subject>), Error> {
    let mut tx = newsroom.store().read().await?;
    let rows = store::journal_before(&mut tx, before, limit).await?;
    let mut ids: Vec<Uuid> = rows.iter().filter_map(|row| row.subject).collect();
    ids.sort_unstable();
    ids.dedup();
    let subjects = subjects(&mut tx, &ids).await?;
    Ok((rows, subjects))
}

/// Work that waits or was given up.
#[derive(Debug, Clone)]
pub struct Work {
    /// Waiting, or being done.
    pub open: Vec<Job>,
    /// Given up, with when.
    pub failed: Vec<(Job, Option<Timestamp>)>,
    /// How many were given up in all.
    pub failed_count: i64,
    /// Stories that jobs are about, by id: their headlines.
    pub stories: HashMap<Uuid, Subject>,
}

/// What workers do and could not do.
///
/// # Errors
/// When the database fails.
pub async fn work(newsroom: &Newsroom, limit: i64) -> Result<Work, Error> {
    let mut tx = newsroom.store().read().await?;
    let open = store::job_open(&mut tx, limit).await?;
    let failed = store::job_failed(&mut tx, limit).await?;
    let jobs = open.iter().chain(failed.iter().map(|(job, _)| job));
    let mut ids: Vec<Uuid> = jobs.filter_map(story_of).collect();
    ids.sort_unstable();
    ids.dedup();
    let stories = subjects(&mut tx, &ids).await?;
    Ok(Work { failed_count: store::job_failed_count(&mut tx).await?, open, failed, stories })
}

/// The story that a job is about, if it is about one.
#[must_use]
pub fn story_of(job: &Job) -> Option<Uuid> {
    Uuid::parse_str(job.payload.get("story")?.as_str()?).ok()
}

/// Has a job that was given up begin anew.
///
/// # Errors
/// [`Denial::Role`] for reporters; [`Denial::Gone`] when it was not given up, or somebody did so before.
pub async fn again(newsroom: &Newsroom, staff: &Staff, id: JobId) -> Result<(), Error> {
    if staff.role < Role::Editor {
        return Err(Denial::Role.into());
    }
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let job = store::job_by_id(&mut tx, id).await?.ok_or(Denial::Gone)?;
    if !store::job_again(&mut tx, id, now).await? {
        return Err(Denial::Gone.into());
    }
    let detail = serde_json::json!({ "kind": job.kind }).to_string();
    store::audit_append(&mut tx, now, staff.handle.as_str(), "job.again", story_of(&job), &detail).await?;
    tx.commit().await?;
    newsroom.wake_jobs();
    Ok(())
}
