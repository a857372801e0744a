//! Stories as lists show them. Whatever a list needs beside its stories is read in three queries, however long it is.

use std::collections::{BTreeMap, HashMap, HashSet};

use model::{Byline, Language, Photo, PhotoId, StoryId, Timestamp};
use store::{Listing, Scope, StoryHead};
use theme::context::{Card, CardPhoto, Day, Moment, NamedLink, Pager};

use super::reading::Reading;
use crate::error::Error;

/// Stories on one page of a list.
pub(super) const PAGE: usize = 24;

/// The cards of these stories, in their order. A story without a path is left out: it has no page to lead to.
pub(super) async fn cards(reading: &mut Reading, heads: &[StoryHead]) -> Result<Vec<Card>, Error> {
    let ids: Vec<StoryId> = heads.iter().map(|head| head.id).collect();
    let photo_ids: Vec<PhotoId> = heads.iter().filter_map(|head| head.lead_photo.as_ref()).map(|p| p.photo).collect();
    let bylines = store::story_bylines(&mut reading.tx, &ids).await?;
    let photos = store::photos(&mut reading.tx, &photo_ids).await?;
    reading.shown.photos(&photo_ids);
    let mut cards = Vec::with_capacity(heads.len());
    for head in heads {
        reading.shown.story(head.id);
        let signed = bylines.get(&head.id).map_or(&[][..], Vec::as_slice);
        reading.shown.bylines(signed);
        if let Some(id) = head.section {
            reading.shown.section(id);
        }
        cards.extend(card(reading, head, signed, &photos));
    }
    Ok(cards)
}

fn card(reading: &Reading, head: &StoryHead, bylines: &[Byline], photos: &HashMap<PhotoId, Photo>) -> Option<Card> {
    let path = head.path.as_ref()?.as_str().to_owned();
    let photo = head
        .lead_photo
        .as_ref()
        .and_then(|shown| CardPhoto::new(photos.get(&shown.photo)?, shown.alt.as_deref(), shown.credit.as_deref()));
    Some(Card {
        path,
        headline: head.headline.clone(),
        standfirst: head.standfirst.clone(),
        section: head.section.and_then(|id| reading.section_link(id)),
        bylines: byline_links(reading, bylines),
        published: head.published_at.map(|at| reading.moment(at)).unwrap_or_default(),
        photo,
        language: if head.language == reading.language { String::new() } else { head.language.to_string() },
    })
}

pub(super) fn byline_links(reading: &Reading, bylines: &[Byline]) -> Vec<NamedLink> {
    bylines
        .iter()
        .map(|byline| NamedLink {
            name: reading.named(&byline.names, &byline.slug),
            path: reading.at(&format!("bylines/{}/", byline.slug)),
        })
        .collect()
}

/// One page of a list and the pager below it; `None` when the list has no such page. The first page is there even when
/// the list is empty. `base` is the path of the first page below the language, `sections/world/`.
pub(super) async fn listed(
    reading: &mut Reading,
    scope: Scope,
    oldest_first: bool,
    page: usize,
    base: &str,
) -> Result<Option<(Vec<StoryHead>, Pager, i64)>, Error> {
    let language = reading.language.clone();
    let count = store::story_count(&mut reading.tx, &language, &scope).await?;
    let pages = usize::try_from(count).unwrap_or(0).div_ceil(PAGE).max(1);
    if page == 0 || page > pages {
        return Ok(None);
    }
    let offset = i64::try_from((page - 1) * PAGE).unwrap_or(i64::MAX);
    let listing = Listing { language, scope, oldest_first, limit: PAGE as i64, offset };
    let heads = store::story_list(&mut reading.tx, &listing).await?;
    Ok(Some((heads, pager(reading, page, pages, base), count)))
}

/// The pager of a list whose first page is at `base` below the language.
pub(super) fn pager(reading: &Reading, page: usize, pages: usize, base: &str) -> Pager {
    Pager::new(page, pages, |number| match number {
        1 => reading.at(base),
        _ => reading.at(&format!("{base}page/{number}/")),
    })
}

/// The newest stories of a language, without those in `besides`.
pub(super) async fn newest(
    reading: &mut Reading,
    scope: Scope,
    limit: usize,
    besides: &HashSet<StoryId>,
) -> Result<Vec<StoryHead>, Error> {
    let limit_with = i64::try_from(limit + besides.len()).unwrap_or(i64::MAX);
    let language = reading.language.clone();
    let listing = Listing { language, scope, oldest_first: false, limit: limit_with, offset: 0 };
    let mut heads = store::story_list(&mut reading.tx, &listing).await?;
    heads.retain(|head| !besides.contains(&head.id));
    heads.truncate(limit);
    Ok(heads)
}

/// Cards by the day they were published, in their order.
pub(super) fn by_day(reading: &Reading, heads: &[StoryHead], cards: Vec<Card>) -> Vec<Day> {
    let times: BTreeMap<&str, Timestamp> =
        heads.iter().filter_map(|head| Some((head.path.as_ref()?.as_str(), head.published_at?))).collect();
    let mut days: Vec<Day> = Vec::new();
    for card in cards {
        let Some(at) = times.get(card.path.as_str()).copied() else { continue };
        let iso = at.date_in(&reading.zone).to_string();
        if days.last().is_none_or(|day| day.iso != iso) {
            days.push(Day { label: reading.strings.weekday_date(at, &reading.zone), iso, cards: Vec::new() });
        }
        if let Some(day) = days.last_mut() {
            day.cards.push(card);
        }
    }
    days
}

/// The tag in a head's language for the newest stories, noted as shown.
pub(super) fn note_latest(reading: &mut Reading) {
    let language: Language = reading.language.clone();
    reading.shown.latest(&language);
}

/// Takes from cards what is not needed to read them, a little more at each level, so that a long list of long
/// headlines still fits the wire: standfirsts of the second half, all standfirsts, bylines and sections, photos.
pub(super) fn thin<'c>(cards: impl Iterator<Item = &'c mut Card>, level: usize) {
    let cards: Vec<&mut Card> = cards.collect();
    let half = cards.len() / 2;
    for (at, card) in cards.into_iter().enumerate() {
        if level >= 2 || (level == 1 && at >= half) {
            card.standfirst.clear();
        }
        if level >= 3 {
            card.bylines.clear();
            card.section = None;
        }
        if level >= 4 {
            card.photo = None;
        } else if level >= 2
            && let Some(photo) = &mut card.photo
        {
            photo.sizes.clear();
        }
    }
}

/// An empty moment is no moment.
pub(super) fn some_moment(reading: &Reading, at: Option<Timestamp>) -> Option<Moment> {
    at.map(|at| reading.moment(at))
}
