//! What a story said before: listed, compared, brought back.

use model::{
    Document, DraftFields, Revision, RevisionId, Staff, StoryId,
    document::{Block, plain, visit},
};
use similar::{ChangeTag, DiffOp, TextDiff, capture_diff_slices};
use store::{RevisionHead, Tx};

use super::{
    access::{story_for, story_to_change},
    copy::working_copy,
    save::{SaveRefused, write},
};
use crate::{Newsroom, error::Error, staff::Denial};

/// A piece of a line that changed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Span {
    /// `same`, `gone` or `new`.
    pub kind: &'static str,
    /// Its text.
    pub text: String,
}

/// What became of a paragraph, or of another block's text.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Change {
    /// `same`, `gone`, `new` or `changed`.
    pub kind: &'static str,
    /// Its text, in pieces.
    pub spans: Vec<Span>,
}

/// Two texts side by side in one.
#[derive(Debug, Clone)]
pub struct Compared {
    /// The older one.
    pub before: Revision,
    /// What the newer one is; `None` for the working copy.
    pub after: Option<RevisionHead>,
    /// Headline, standfirst and body, in order.
    pub changes: Vec<Change>,
}

/// A story's revisions, newest first.
///
/// # Errors
/// [`Denial::Gone`], [`Denial::NotYours`].
pub async fn revisions(newsroom: &Newsroom, staff: &Staff, id: StoryId) -> Result<Vec<RevisionHead>, Error> {
    let mut tx = newsroom.store().read().await?;
    story_for(&mut tx, staff, id).await?;
    Ok(store::revision_list(&mut tx, id).await?)
}

async fn revision_for(tx: &mut Tx, id: StoryId, revision: RevisionId) -> Result<Revision, Error> {
    let found = store::revision_by_id(tx, revision).await?.filter(|revision| revision.story == id);
    found.ok_or_else(|| Denial::Gone.into())
}

/// What changed from a revision to the next one, or with `now` to the working copy.
///
/// # Errors
/// [`Denial::Gone`], [`Denial::NotYours`].
pub async fn compare(
    newsroom: &Newsroom,
    staff: &Staff,
    id: StoryId,
    revision: RevisionId,
    now: bool,
) -> Result<Compared, Error> {
    let mut tx = newsroom.store().read().await?;
    let story = story_for(&mut tx, staff, id).await?;
    let before = revision_for(&mut tx, id, revision).await?;
    let all = store::revision_list(&mut tx, id).await?;
    let at = all.iter().position(|head| head.id == revision).unwrap_or_default();
    let next = at.checked_sub(1).and_then(|at| all.get(at)).filter(|_| !now).cloned();
    let lines = match &next {
        Some(next) => {
            let next = revision_for(&mut tx, id, next.id).await?;
            lines(&next.headline, &next.standfirst, &next.document)
        }
        None => {
            let DraftFields { headline, standfirst, document, .. } = working_copy(&mut tx, &story).await?.draft.fields;
            self::lines(&headline, &standfirst, &document)
        }
    };
    let old = self::lines(&before.headline, &before.standfirst, &before.document);
    Ok(Compared { changes: changes(&old, &lines), before, after: next })
}

/// Puts a revision's headline, standfirst and body into the working copy; the present ones become a revision.
///
/// # Errors
/// [`Denial::Gone`], [`Denial::NotYours`]; [`Error::Refused`] while somebody else is writing.
pub async fn restore(newsroom: &Newsroom, staff: &Staff, id: StoryId, revision: RevisionId) -> Result<(), Error> {
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let story = story_to_change(&mut tx, staff, id).await?;
    if let Some(lock) = store::lock_of(&mut tx, id, now).await?.filter(|lock| lock.staff != staff.id) {
        return Err(Error::Refused(format!("{} is writing in this story; ask them to close it first", lock.handle)));
    }
    let old = revision_for(&mut tx, id, revision).await?;
    let copy = working_copy(&mut tx, &story).await?;
    let present = super::save::revision(newsroom, &story, &copy.draft, now);
    store::revision_insert(&mut tx, &present).await?;
    let fields = DraftFields {
        headline: old.headline,
        standfirst: old.standfirst,
        document: old.document,
        ..copy.draft.fields.clone()
    };
    let written = write(newsroom, &mut tx, staff, &story, &copy.draft, copy.stored, fields).await;
    written.map_err(|refused| match refused {
        SaveRefused::App(error) => error,
        other => Error::Refused(other.to_string()),
    })?;
    let detail = serde_json::json!({ "revision": revision }).to_string();
    store::audit_append(&mut tx, now, staff.handle.as_str(), "story.restore", Some(id.0), &detail).await?;
    tx.commit().await?;
    let kind = super::super::NoticeKind::Saved { version: copy.draft.version + 1, by: staff.handle.to_string() };
    newsroom.notices().tell(id, kind);
    Ok(())
}

/// Headline, standfirst, and the text of each block that has some.
pub(crate) fn lines(headline: &str, standfirst: &str, document: &Document) -> Vec<String> {
    let mut lines = vec![headline.to_owned(), standfirst.to_owned()];
    visit::blocks(document, &mut |block: &Block| {
        lines.extend(visit::lines(block).into_iter().map(plain::line));
    });
    lines.retain(|line| !line.trim().is_empty());
    lines
}

fn whole(kind: &'static str, text: &str) -> Change {
    Change { kind, spans: vec![Span { kind, text: text.to_owned() }] }
}

/// Lines that stayed, went, came; one that was replaced by one is compared word by word.
fn changes(old: &[String], new: &[String]) -> Vec<Change> {
    let mut changes = Vec::new();
    for op in capture_diff_slices(similar::Algorithm::Patience, old, new) {
        match op {
            DiffOp::Equal { old_index, len, .. } => {
                changes.extend(old[old_index..old_index + len].iter().map(|line| whole("same", line)));
            }
            DiffOp::Delete { old_index, old_len, .. } => {
                changes.extend(old[old_index..old_index + old_len].iter().map(|line| whole("gone", line)));
            }
            DiffOp::Insert { new_index, new_len, .. } => {
                changes.extend(new[new_index..new_index + new_len].iter().map(|line| whole("new", line)));
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                replaced(&old[old_index..old_index + old_len], &new[new_index..new_index + new_len], &mut changes);
            }
        }
    }
    changes
}

fn replaced(old: &[String], new: &[String], changes: &mut Vec<Change>) {
    let pairs = old.len().min(new.len());
    for (before, after) in old.iter().zip(new) {
        let diff = TextDiff::from_unicode_words(before, after);
        if kept_share(&diff) < 0.35 {
            changes.extend([whole("gone", before), whole("new", after)]);
            continue;
        }
        let mut spans: Vec<Span> = Vec::new();
        for change in diff.iter_all_changes() {
            let kind = match change.tag() {
                ChangeTag::Equal => "same",
                ChangeTag::Delete => "gone",
                ChangeTag::Insert => "new",
            };
            match spans.last_mut().filter(|last| last.kind == kind) {
                Some(last) => last.text.push_str(change.value()),
                None => spans.push(Span { kind, text: change.value().to_owned() }),
            }
        }
        changes.push(Change { kind: "changed", spans });
    }
    changes.extend(old[pairs..].iter().map(|line| whole("gone", line)));
    changes.extend(new[pairs..].iter().map(|line| whole("new", line)));
}

/// How much of two paragraphs is the same, 0 to 1, by the letters of their words: spaces and full stops, which any two
/// paragraphs share, don't make them alike.
fn kept_share<'text>(diff: &TextDiff<'text, 'text, 'text, str>) -> f64 {
    let (mut kept, mut all) = (0_u32, 0_u32);
    for change in diff.iter_all_changes() {
        let letters: u32 = change.value().chars().map(|c| u32::from(c.is_alphanumeric())).sum();
        // What stayed stands in both.
        let weight = if change.tag() == ChangeTag::Equal { 2 * letters } else { letters };
        all += weight;
        if change.tag() == ChangeTag::Equal {
            kept += weight;
        }
    }
    if all == 0 { 1.0 } else { f64::from(kept) / f64::from(all) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_paragraph_is_shown_word_by_word() {
        let old = ["Headline".to_owned(), "He arrived on Friday.".to_owned(), "Old end.".to_owned()];
        let new = ["Headline".to_owned(), "He arrived on Saturday.".to_owned()];
        let found = changes(&old, &new);
        let kinds: Vec<&str> = found.iter().map(|change| change.kind).collect();
        assert_eq!(kinds, ["same", "changed", "gone"]);
        let spans: Vec<(&str, &str)> = found[1].spans.iter().map(|span| (span.kind, span.text.as_str())).collect();
        assert_eq!(spans, [("same", "He arrived on "), ("gone", "Friday"), ("new", "Saturday"), ("same", ".")]);
    }

    #[test]
    fn a_paragraph_that_became_another_one_is_not_mixed_with_it() {
        let found = changes(&["One two three four.".to_owned()], &["Quite other words here now.".to_owned()]);
        assert_eq!(found.iter().map(|change| change.kind).collect::<Vec<_>>(), ["gone", "new"]);
    }
}
