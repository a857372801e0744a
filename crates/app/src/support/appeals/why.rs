//! "Why was this not shown?": every appeal that could stand on a story's page, with each of its steps.

use std::collections::BTreeSet;

use model::{
    Appeal, AppealKind, Language, SectionId, Staff, StoryId, Timestamp, TopicId,
    appeal::{Memory, Place, Verdict, judge},
};
use store::Tx;

use crate::{Newsroom, error::Error, staff::Denial, stories::desk::edits};

/// A reader in front of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The story.
    pub story: StoryId,
    /// The moment.
    pub at: Timestamp,
    /// What the reader's device knows.
    pub memory: Memory,
}

/// An appeal with its steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// The appeal.
    pub appeal: Appeal,
    /// Its steps, in order.
    pub verdicts: Vec<Verdict>,
    /// Whether all of them hold.
    pub holds: bool,
    /// Whether it is the one that is shown: the first of its kind that holds.
    pub shown: bool,
}

/// A section and those that it stands under.
pub(crate) fn with_those_above(sections: &[model::Section], own: Option<SectionId>) -> Vec<SectionId> {
    let mut above = Vec::new();
    let mut next = own;
    while let Some(id) = next.filter(|id| !above.contains(id)) {
        above.push(id);
        next = sections.iter().find(|section| section.id == id).and_then(|section| section.parent);
    }
    above
}

/// Judges every appeal for a reader.
///
/// # Errors
/// [`Denial::Role`]; [`Denial::Gone`] when there is no such story.
pub async fn why(newsroom: &Newsroom, staff: &Staff, asked: &Asked) -> Result<Vec<Judged>, Error> {
    edits(staff)?;
    let mut tx = newsroom.store().read().await?;
    let story = store::story_by_id(&mut tx, asked.story).await?.ok_or(Denial::Gone)?;
    let sections = store::section_all(&mut tx).await?;
    let sections = with_those_above(&sections, story.section);
    let topics: Vec<TopicId> = store::story_topics(&mut tx, story.id).await?.iter().map(|topic| topic.id).collect();
    let place = Place { sections: &sections, topics: &topics, language: &story.language };
    let all = store::appeal_all(&mut tx).await?;
    let mut taken = BTreeSet::new();
    let mut judged = Vec::with_capacity(all.len());
    for appeal in all {
        let said = says(&mut tx, &appeal, &story.language).await?;
        let verdicts = judge(&appeal, said, &place, asked.at, &asked.memory);
        let holds = verdicts.iter().all(|verdict| verdict.answer.holds);
        let shown = holds && taken.insert(appeal.kind);
        judged.push(Judged { appeal, verdicts, holds, shown });
    }
    judged.sort_by_key(|one| one.appeal.kind == AppealKind::End);
    Ok(judged)
}

/// Whether readers of a language get something of an appeal once it runs.
async fn says(tx: &mut Tx, appeal: &Appeal, language: &Language) -> Result<bool, Error> {
    let variants = store::appeal_variants(tx, appeal.id).await?;
    let active = |text: &model::AppealText| variants.iter().any(|one| one.id == text.variant && one.active);
    let texts = store::appeal_texts(tx, appeal.id).await?;
    Ok(texts.iter().any(|text| text.language == *language && text.shown.is_some() && active(text)))
}
