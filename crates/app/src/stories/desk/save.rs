//! Saving a working copy: one transaction that checks the lock and the version, keeps what it replaces where that may be
//! missed, and writes.

use model::{
    BylineId, Document, Draft, DraftFields, PhotoId, PhotoUse, Revision, RevisionId, SectionId, Slug, Source, Staff,
    Story, StoryId, Timestamp, TopicId, document::visit,
};
use serde::{Deserialize, Deserializer};
use store::Tx;

use super::{
    super::{NoticeKind, keep::keep},
    access::story_to_change,
    copy::{Copy, is_public, working_copy},
    create::is_nameless,
    links::held,
    lock::LOCK_MS,
};
use crate::{Newsroom, error::Error};

/// What a save changes; what is not named stays.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Changes {
    /// The headline.
    pub headline: Option<String>,
    /// The standfirst.
    pub standfirst: Option<String>,
    /// The last part of the path; an empty one follows the headline.
    pub slug: Option<String>,
    /// The body.
    pub document: Option<serde_json::Value>,
    /// The photo on top.
    #[serde(deserialize_with = "named")]
    pub lead_photo: Option<Option<PhotoUse>>,
    /// The section.
    #[serde(deserialize_with = "named")]
    pub section: Option<Option<SectionId>>,
    /// The topics.
    pub topics: Option<Vec<TopicId>>,
    /// The bylines.
    pub bylines: Option<Vec<BylineId>>,
    /// The sources.
    pub sources: Option<Vec<Source>>,
}

fn named<'de, D: Deserializer<'de>, T: Deserialize<'de>>(input: D) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(input).map(Some)
}

/// A save that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The working copy's version by now.
    pub version: i64,
    /// When it was saved.
    pub saved_at: Timestamp,
}

/// What a document or a field may not exceed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit;

impl Limit {
    /// Bytes of a document as JSON.
    pub const DOCUMENT_BYTES: usize = 6 << 20;
    /// Blocks of a document, also those within others.
    pub const BLOCKS: usize = 20_000;
    /// Characters of a headline.
    pub const HEADLINE: usize = 300;
    /// Characters of a standfirst.
    pub const STANDFIRST: usize = 2_000;
    /// Topics, bylines or sources.
    pub const LIST: usize = 200;
}

/// Why a save was not done. Nothing was written then; the editor keeps what it has.
#[derive(Debug, thiserror::Error)]
pub enum SaveRefused {
    /// Somebody saved since; all fields as they are now.
    #[error("somebody saved this story since")]
    Conflict(Box<Draft>),
    /// Somebody else is writing.
    #[error("{by} is writing")]
    Locked {
        /// Pen name.
        by: String,
        /// Since when.
        since: Timestamp,
    },
    /// Something is larger than its limit; the text names it.
    #[error("{0}")]
    TooLarge(String),
    /// Something can't be what it is; the text says what.
    #[error("{0}")]
    Invalid(String),
    /// Anything else.
    #[error(transparent)]
    App(#[from] Error),
}

impl From<store::Error> for SaveRefused {
    fn from(error: store::Error) -> Self {
        Self::App(error.into())
    }
}

/// Saves changes to the working copy's version `base`.
///
/// # Errors
/// [`SaveRefused`].
pub async fn save(
    newsroom: &Newsroom,
    staff: &Staff,
    id: StoryId,
    base: i64,
    changes: Changes,
) -> Result<Saved, SaveRefused> {
    // Before the transaction: reading a long document takes longer than writing it.
    let changes = read(changes)?;
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let story = story_to_change(&mut tx, staff, id).await?;
    if !store::lock_take(&mut tx, id, staff.id, now, now.plus_millis(LOCK_MS), false).await? {
        let held = store::lock_of(&mut tx, id, now).await?;
        let (by, since) = held.map_or((String::new(), now), |held| (held.handle, held.since));
        return Err(SaveRefused::Locked { by, since });
    }
    let Copy { draft, stored } = working_copy(&mut tx, &story).await?;
    if draft.version != base {
        return Err(SaveRefused::Conflict(Box::new(draft)));
    }
    let fields = changes.onto(&draft.fields, !is_public(&story));
    if fields == draft.fields {
        return Ok(Saved { version: draft.version, saved_at: draft.saved_at });
    }
    let version = draft.version + 1;
    write(newsroom, &mut tx, staff, &story, &draft, stored, fields).await?;
    tx.commit().await.map_err(Error::from)?;
    newsroom.notices().tell(id, NoticeKind::Saved { version, by: staff.handle.to_string() });
    Ok(Saved { version, saved_at: now })
}

/// Writes new fields over a working copy, as its next version.
pub(super) async fn write(
    newsroom: &Newsroom,
    tx: &mut Tx,
    staff: &Staff,
    story: &Story,
    draft: &Draft,
    stored: i64,
    mut fields: DraftFields,
) -> Result<(), SaveRefused> {
    let now = newsroom.clock().now();
    leave_out_gone(tx, &mut fields).await?;
    keep_replaced(newsroom, tx, staff, story, draft).await?;
    let next = Draft {
        story: story.id,
        version: draft.version + 1,
        published: draft.published,
        saved_at: now,
        saved_by: staff.handle.to_string(),
        fields,
    };
    if !store::draft_save(tx, &next, stored).await? {
        return Err(SaveRefused::Conflict(Box::new(draft.clone())));
    }
    if is_public(story) {
        return Ok(store::story_touch(tx, story.id, now, staff.handle.as_str()).await?);
    }
    let mut row = story.clone();
    next.fields.put_into(&mut row);
    row.version += 1;
    keep(tx, &row, story.version, now, staff.handle.as_str()).await?;
    hang(tx, &row, &next.fields).await
}

/// Leaves out the section, topics and bylines that were removed since an editor chose them: none comes back by a save.
pub(super) async fn leave_out_gone(tx: &mut Tx, fields: &mut DraftFields) -> Result<(), Error> {
    if let Some(id) = fields.section {
        fields.section = store::section_by_id(tx, id).await?.map(|section| section.id);
    }
    fields.topics = store::topics(tx, &fields.topics).await?.into_iter().map(|topic| topic.id).collect();
    let mut bylines = Vec::with_capacity(fields.bylines.len());
    for id in &fields.bylines {
        bylines.extend(store::byline_by_id(tx, *id).await?.map(|byline| byline.id));
    }
    fields.bylines = bylines;
    Ok(())
}

/// Hangs topics, bylines and photos on a story.
pub(super) async fn hang(tx: &mut Tx, story: &Story, fields: &DraftFields) -> Result<(), SaveRefused> {
    store::story_set_topics(tx, story.id, &fields.topics).await?;
    store::story_set_bylines(tx, story.id, &fields.bylines).await?;
    let used: Vec<PhotoId> = photos(fields);
    let there = store::photos(tx, &used).await?;
    let used: Vec<PhotoId> = used.into_iter().filter(|id| there.contains_key(id)).collect();
    Ok(store::story_set_photos(tx, story.id, &used).await?)
}

/// The photos that a working copy shows.
pub(super) fn photos(fields: &DraftFields) -> Vec<PhotoId> {
    let within = visit::photos(&fields.document).into_iter().chain(fields.lead_photo.as_ref());
    within.map(|photo| photo.photo).collect()
}

/// How old a text is when a save keeps it before writing over it.
const KEEP_MS: i64 = 10 * 60_000;

/// Keeps what is written over, when it was somebody else's or nothing was kept for a while.
async fn keep_replaced(
    newsroom: &Newsroom,
    tx: &mut Tx,
    staff: &Staff,
    story: &Story,
    draft: &Draft,
) -> Result<(), Error> {
    let now = newsroom.clock().now();
    let empty = draft.fields.headline.is_empty() && draft.fields.document.is_empty();
    // Those that a clock which was ahead has dated to the future say nothing about when to keep the next one.
    let last = store::revision_list(tx, story.id).await?.iter().map(|kept| kept.at).filter(|at| *at <= now).max();
    let due = last.is_none_or(|last| now.as_millis() - last.as_millis() >= KEEP_MS);
    let foreign = draft.saved_by != staff.handle.as_str();
    // What readers see stands in the story's row, and is kept when it is published over.
    let stands = is_public(story) && draft.is_clean();
    if empty || stands || !(due || foreign) {
        return Ok(());
    }
    Ok(store::revision_insert(tx, &revision(newsroom, story, draft, now)).await?)
}

/// A working copy as a revision.
pub(super) fn revision(newsroom: &Newsroom, story: &Story, draft: &Draft, now: Timestamp) -> Revision {
    Revision {
        id: RevisionId::new(now, newsroom.chance()),
        story: story.id,
        version: story.version,
        headline: draft.fields.headline.clone(),
        standfirst: draft.fields.standfirst.clone(),
        document: draft.fields.document.clone(),
        at: now,
        by: draft.saved_by.clone(),
    }
}

/// Changes that were read and found sound.
struct Sound {
    changes: Changes,
    document: Option<Document>,
    slug: Option<Slug>,
}

fn read(mut changes: Changes) -> Result<Sound, SaveRefused> {
    let long = |what: &str, most: usize, unit: &str| {
        SaveRefused::TooLarge(format!("the {what} is too long: {most} {unit} is the most"))
    };
    let over = |text: &Option<String>, most| text.as_ref().is_some_and(|text| text.chars().count() > most);
    if over(&changes.headline, Limit::HEADLINE) {
        return Err(long("headline", Limit::HEADLINE, "characters"));
    }
    if over(&changes.standfirst, Limit::STANDFIRST) {
        return Err(long("standfirst", Limit::STANDFIRST, "characters"));
    }
    let lists = [
        ("list of topics", changes.topics.as_ref().map_or(0, Vec::len)),
        ("list of bylines", changes.bylines.as_ref().map_or(0, Vec::len)),
        ("list of sources", changes.sources.as_ref().map_or(0, Vec::len)),
    ];
    if let Some((what, _)) = lists.into_iter().find(|(_, length)| *length > Limit::LIST) {
        return Err(long(what, Limit::LIST, "entries"));
    }
    for source in changes.sources.iter().flatten() {
        source_is_sound(source)?;
    }
    let document = changes.document.take().map(document).transpose()?;
    let slug = changes.slug.take().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let slug = slug.map(|text| Slug::new(&text)).transpose();
    let slug = slug.map_err(|error| SaveRefused::Invalid(error.to_string()))?;
    Ok(Sound { changes, document, slug })
}

fn source_is_sound(source: &Source) -> Result<(), SaveRefused> {
    let Some(address) = &source.url else { return Ok(()) };
    let sound = url::Url::parse(address).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    if sound {
        return Ok(());
    }
    Err(SaveRefused::Invalid(format!("the source's address `{address}` does not begin with https:// or http://")))
}

/// A document that was sent, read and found sound.
pub(crate) fn document(json: serde_json::Value) -> Result<Document, SaveRefused> {
    // A list would be read as its fields in their order: an empty one as a story without text.
    if !json.is_object() {
        return Err(SaveRefused::Invalid("the document can't be read: it is no object".to_owned()));
    }
    let text = json.to_string();
    if text.len() > Limit::DOCUMENT_BYTES {
        let most = Limit::DOCUMENT_BYTES >> 20;
        return Err(SaveRefused::TooLarge(format!("the story is too long: {most} MiB is the most; split it")));
    }
    let document = model::document::read(&text)
        .map_err(|error| SaveRefused::Invalid(format!("the document can't be read: {error}")))?;
    let mut blocks = 0;
    visit::blocks(&document, &mut |_| blocks += 1);
    if blocks > Limit::BLOCKS {
        let text = format!("the story has {blocks} blocks; {} is the most: split it", Limit::BLOCKS);
        return Err(SaveRefused::TooLarge(text));
    }
    addresses_are_safe("a link", &visit::links(&document))?;
    addresses_are_safe("an embed or file", &held(&document))?;
    Ok(document)
}

fn addresses_are_safe(what: &str, addresses: &[&str]) -> Result<(), SaveRefused> {
    let Some(address) = addresses.iter().find(|address| !is_safe(address)) else { return Ok(()) };
    let shown: String = address.chars().take(60).collect();
    Err(SaveRefused::Invalid(format!(
        "{what} leads to `{shown}`; addresses begin with https://, http://, mailto:, tel: or /"
    )))
}

/// Whether a link leads somewhere that a page may lead to; never to script.
fn is_safe(href: &str) -> bool {
    let scheme = href.split([':', '/', '?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    let has_scheme = href.as_bytes().get(scheme.len()) == Some(&b':');
    !has_scheme || matches!(scheme.as_str(), "http" | "https" | "mailto" | "tel" | "geo" | "xmpp" | "magnet" | "ipfs")
}

impl Sound {
    /// The fields with the changes in them. `follows`: a slug that nobody chose follows the headline.
    fn onto(self, fields: &DraftFields, follows: bool) -> DraftFields {
        let mut next = fields.clone();
        let Changes { headline, standfirst, lead_photo, section, topics, bylines, sources, .. } = self.changes;
        if let Some(headline) = headline {
            next.headline = headline;
        }
        if let Some(standfirst) = standfirst {
            next.standfirst = standfirst;
        }
        if let Some(document) = self.document {
            next.document = document;
        }
        next.lead_photo = lead_photo.unwrap_or(next.lead_photo);
        next.section = section.unwrap_or(next.section);
        next.topics = topics.unwrap_or(next.topics);
        next.bylines = bylines.unwrap_or(next.bylines);
        next.sources = sources.unwrap_or(next.sources);
        if let Some(slug) = self.slug {
            next.slug = slug;
        } else if follows
            && (is_nameless(&fields.slug) || Slug::from_text(&fields.headline).as_ref() == Some(&fields.slug))
        {
            next.slug = Slug::from_text(&next.headline).unwrap_or(next.slug);
        }
        next
    }
}

#[cfg(test)]
mod tests {
    use super::is_safe;

    #[test]
    fn links_lead_to_pages_and_never_to_script() {
        for good in
            ["https://a.example", "/2025/07/11/a/", "#note", "mailto:a@b.example", "?q=a:b", "docs/a:b", "tel:1"]
        {
            assert!(is_safe(good), "{good}");
        }
        for bad in
            ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd"]
        {
            assert!(!is_safe(bad), "{bad}");
        }
    }
}
