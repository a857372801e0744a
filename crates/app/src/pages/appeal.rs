//! Appeals in pages: the one that everybody gets, and what a device may choose from.
//!
//! A page holds the default variant of the first appeal whose rules hold for a reader of whom nothing is known: that is every
//! reader without script. Where another one could be shown to some (it stands before it and asks the device, or there are
//! variants), the page names all that may stand there, and where their texts are (`appeals_json`). Pages stay the same for
//! everybody, and are dropped when an appeal changes, begins or ends, by the tag of its kind and language.

use std::{collections::BTreeSet, sync::Arc};

use model::{
    Appeal, AppealKind, Document, Language, PhotoId, SectionId, Staff, Tag, TopicId, Variant, VariantId,
    appeal::{Place, Test},
    document::visit,
};
use render::Resources;
use store::{AppealShown, Listing, Scope};
use theme::context::{AppealInner, AppealSlot, GoalBar, ROOT};

use super::{press::Press, reading::Reading, story};
use crate::{
    Newsroom,
    cache::Prepared,
    error::Error,
    staff::Denial,
    stories::desk::edits,
    support::{
        appeals::{bar, give_box, raised},
        contributions, reminders,
    },
};

/// Appeals that may stand in one place.
const MOST: usize = 8;

/// An appeal to be shown whatever its rules.
pub(super) struct Forced {
    appeal: Appeal,
    document: Document,
}

/// The banner of a page in these sections, about these topics.
pub(super) async fn banner(
    reading: &mut Reading,
    sections: &[SectionId],
    topics: &[TopicId],
) -> Result<Option<AppealSlot>, Error> {
    slot(reading, AppealKind::Banner, sections, topics).await
}

/// What stands at the end of a story.
pub(super) async fn end(
    reading: &mut Reading,
    sections: &[SectionId],
    topics: &[TopicId],
) -> Result<Option<AppealSlot>, Error> {
    slot(reading, AppealKind::End, sections, topics).await
}

async fn slot(
    reading: &mut Reading,
    kind: AppealKind,
    sections: &[SectionId],
    topics: &[TopicId],
) -> Result<Option<AppealSlot>, Error> {
    let language = reading.language.clone();
    reading.shown.add(Tag::appeals(kind, &language));
    if let Some(Forced { appeal, document }) = reading.forced.take_if(|forced| forced.appeal.kind == kind) {
        let shown = inner(reading, &appeal, None, false, &document).await?;
        return Ok(Some(AppealSlot { kind: kind.as_str().to_owned(), shown: Some(shown), ..AppealSlot::default() }));
    }
    let may = candidates(reading, kind, &Place { sections, topics, language: &language }).await?;
    if may.is_empty() {
        return Ok(None);
    }
    let at = may.iter().position(|one| one.appeal.for_anybody());
    let shown = match at.and_then(|at| may.get(at)) {
        Some(own) => Some(default_of(reading, own).await?),
        None => None,
    };
    let alone = at == Some(0) && may[0].variants.len() == 1;
    let choice = !alone || may[0].appeal.asks_device();
    let asked = asked(&may);
    Ok(Some(AppealSlot {
        kind: kind.as_str().to_owned(),
        shown,
        may: may.iter().map(|one| one.appeal.id.to_string()).collect(),
        more_path: if choice { format!("/-/support/appeals/{language}.json") } else { String::new() },
        only_memory: alone,
        asks_read: asked.0,
        countries: asked.1.into_iter().collect(),
    }))
}

/// The appeals that may stand in a place, in the order in which they are asked.
async fn candidates(reading: &mut Reading, kind: AppealKind, place: &Place<'_>) -> Result<Vec<AppealShown>, Error> {
    let now = reading.now;
    let mut may = store::appeal_shown(&mut reading.tx, place.language).await?;
    may.retain(|one| one.appeal.kind == kind && one.appeal.fits(place, now));
    // Behind one that every device shows nothing is ever reached.
    if let Some(last) = may.iter().position(|one| !one.appeal.asks_device()) {
        may.truncate(last + 1);
    }
    may.truncate(MOST);
    Ok(may)
}

/// What rules ask of a device: whether it counts stories, and where the reader is.
fn asked(may: &[AppealShown]) -> (bool, BTreeSet<String>) {
    let (mut read, mut countries) = (false, BTreeSet::new());
    for rule in may.iter().flat_map(|one| &one.appeal.settings.rules) {
        match &rule.test {
            Test::Read { .. } => read = true,
            Test::Country { any, .. } => countries.extend(any.iter().cloned()),
            Test::Section { .. }
            | Test::Topic { .. }
            | Test::Language { .. }
            | Test::Dates { .. }
            | Test::Share { .. } => {}
        }
    }
    (read, countries)
}

async fn default_of(reading: &mut Reading, own: &AppealShown) -> Result<AppealInner, Error> {
    let Some((variant, document)) = own.variants.first() else { return Err(Denial::Gone.into()) };
    inner(reading, &own.appeal, Some(variant), own.variants.len() == 1, document).await
}

/// An appeal in a variant. Without script it names the variant only where it is the only one: who was not counted as having seen
/// it must not make one of several look better.
pub(super) async fn inner(
    reading: &mut Reading,
    appeal: &Appeal,
    variant: Option<&Variant>,
    named: bool,
    document: &Document,
) -> Result<AppealInner, Error> {
    let text_html = text(reading, document).await?;
    // Nothing leads to a form that is closed.
    reading.shown.add(Tag::support());
    let support = crate::support::settings(&mut reading.tx).await?;
    let reminded = reminders::offered(&mut reading.tx).await?;
    let at = |open: bool, rest: &str| if open { reading.at(rest) } else { String::new() };
    let long = format!("{}/{}", contributions::at::FORM, reading.language.as_str().to_ascii_lowercase());
    let (support_path, remind_path) =
        (if support.open { long } else { String::new() }, at(reminded, "support/remind/"));
    let goal = goal(reading, appeal).await?;
    let id: Option<VariantId> = variant.map(|variant| variant.id);
    let kind = appeal.kind.as_str();
    let form = appeal.settings.form && support.open;
    let give = if form {
        give_box(&reading.strings, &support, &support_path, &format!("give-{kind}"), id, named)
    } else {
        None
    };
    Ok(AppealInner {
        appeal: appeal.id.to_string(),
        variant: id.map(|id| id.to_string()).unwrap_or_default(),
        kind: kind.to_owned(),
        text_html,
        named,
        give,
        goal,
        remind_path,
        support_path,
        rest_days: i64::from(appeal.settings.rest_days),
    })
}

/// What an appeal says, as markup for a page anywhere.
async fn text(reading: &mut Reading, document: &Document) -> Result<String, Error> {
    let used: Vec<PhotoId> = visit::photos(document).into_iter().map(|photo| photo.photo).collect();
    reading.shown.photos(&used);
    let photos = store::photos(&mut reading.tx, &used).await?;
    let links = story::present_links(reading, visit::links(document)).await?;
    let (language, labels) = (reading.language.clone(), reading.strings.labels());
    let resources = Resources { root: ROOT, language: &language, photos: &photos, links: &links, labels: &labels };
    Ok(render::web(document, &resources))
}

/// How far its goal is; `None` without one, and while there is nothing to count from.
async fn goal(reading: &mut Reading, appeal: &Appeal) -> Result<Option<GoalBar>, Error> {
    let Some(goal) = &appeal.settings.goal else { return Ok(None) };
    let sum = raised(&mut reading.tx, goal.amount.currency, goal.from, goal.until).await?;
    Ok(sum.and_then(|sum| bar(&reading.strings, goal, sum)))
}

/// The newest story of a language with an appeal in it, as editors have it now.
///
/// # Errors
/// [`Denial::Role`], [`Denial::Gone`]; [`Error::Refused`] when no story is public in that language.
pub async fn preview(
    newsroom: &Newsroom,
    staff: &Staff,
    id: VariantId,
    language: &Language,
) -> Result<Prepared, Error> {
    edits(staff)?;
    let mut reading = Reading::open(newsroom, "/").await?;
    let variant = store::appeal_variant_by_id(&mut reading.tx, id).await?.ok_or(Denial::Gone)?;
    let appeal = store::appeal_by_id(&mut reading.tx, variant.appeal).await?.ok_or(Denial::Gone)?;
    let text = store::appeal_text_of(&mut reading.tx, id, language).await?.ok_or(Denial::Gone)?;
    let newest = Listing { language: language.clone(), scope: Scope::Latest, oldest_first: false, limit: 1, offset: 0 };
    let head = store::story_list(&mut reading.tx, &newest).await?.into_iter().next();
    let path = head.and_then(|head| head.path).map(|path| path.to_string());
    let path = path.ok_or_else(|| {
        Error::Refused(format!("no story is public in `{language}`; publish one, to see the appeal in its place"))
    })?;
    let mut reading = Reading::within(newsroom, reading.tx, &path).await?;
    reading.speak(language);
    let at_end = appeal.kind == AppealKind::End;
    reading.forced = Some(Forced { appeal, document: text.document });
    let draft = story::show(&mut reading, &path, 1, false).await?.ok_or(Denial::Gone)?;
    let press = Press::new(Arc::clone(&reading.theme));
    drop(reading.close());
    let printed = tokio::task::spawn_blocking(move || (draft.work)(&press)).await??.ok_or(Denial::Gone)?;
    // A long story ends on its last page.
    let last = printed.others.into_iter().map(|(_, page)| page).next_back().filter(|_| at_end);
    Ok(last.unwrap_or(printed.page))
}
