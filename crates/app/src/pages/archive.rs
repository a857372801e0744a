//! The archive: every month that has stories, and each month day by day.

use http::StatusCode;
use model::Tag;
use store::Scope;
use theme::{
    Page,
    context::{ArchiveMonthLink, ArchiveMonthPage, ArchivePage, ArchiveYear, NamedLink},
};

use super::{
    cards::{by_day, cards, listed, note_latest, thin},
    draft::Draft,
    reading::Reading,
    shell::{everywhere, neighbours, shell},
};
use crate::error::Error;

/// All months.
pub(super) async fn all(reading: &mut Reading) -> Result<Draft, Error> {
    let language = reading.language.clone();
    let months = store::story_months(&mut reading.tx, &language).await?;
    note_latest(reading);
    let mut years: Vec<ArchiveYear> = Vec::new();
    let mut count = 0;
    for (year, month, stories) in months {
        // An older story that is published later changes its month only.
        reading.shown.add(Tag::month(&language, year, month));
        count += stories;
        let label = reading.strings.year(year);
        if years.last().is_none_or(|last| last.label != label) {
            years.push(ArchiveYear { label, months: Vec::new() });
        }
        let link = ArchiveMonthLink {
            label: reading.strings.month_name(year, month),
            path: reading.at(&place(year, month)),
            count: stories,
        };
        if let Some(last) = years.last_mut() {
            last.months.push(link);
        }
    }
    let title = reading.strings.text("archive", &[]);
    let elsewhere = everywhere(reading, "archive/");
    let shell = shell(reading, &title, &elsewhere).await?;
    let page = Page::Archive(ArchivePage { shell, count, years });
    Ok(Draft::fitting(StatusCode::OK, page, 1, |page, _| {
        if let Page::Archive(archive) = page {
            archive.years.iter_mut().flat_map(|year| &mut year.months).for_each(|month| month.count = 0);
        }
    }))
}

fn place(year: i16, month: i8) -> String {
    format!("archive/{year:04}/{month:02}/")
}

/// One month.
pub(super) async fn month(reading: &mut Reading, year: i16, month: i8, page: usize) -> Result<Option<Draft>, Error> {
    let language = reading.language.clone();
    reading.shown.add(Tag::month(&language, year, month));
    let base = place(year, month);
    let Some((heads, pager, count)) = listed(reading, Scope::Month { year, month }, false, page, &base).await? else {
        return Ok(None);
    };
    if count == 0 {
        return Ok(None);
    }
    let (previous, next) = around(reading, year, month).await?;
    let label = reading.strings.month(year, month);
    let mut shell = shell(reading, &label, &Vec::new()).await?;
    neighbours(&mut shell, &pager);
    let cards = cards(reading, &heads).await?;
    let days = by_day(reading, &heads, cards);
    let page = ArchiveMonthPage { shell, label, days, previous, next, pager };
    Ok(Some(Draft::fitting(StatusCode::OK, Page::ArchiveMonth(page), 4, |page, level| {
        if let Page::ArchiveMonth(month) = page {
            thin(month.days.iter_mut().flat_map(|day| &mut day.cards), level);
        }
    })))
}

/// The months with stories before and after this one.
async fn around(reading: &mut Reading, year: i16, month: i8) -> Result<(Option<NamedLink>, Option<NamedLink>), Error> {
    let language = reading.language.clone();
    let months = store::story_months(&mut reading.tx, &language).await?;
    note_latest(reading);
    // Newest first.
    let at = months.iter().position(|(y, m, _)| (*y, *m) == (year, month));
    let neighbour = |index: Option<usize>| index.and_then(|index| months.get(index)).copied();
    let (older, newer) = (neighbour(at.map(|at| at + 1)), neighbour(at.and_then(|at| at.checked_sub(1))));
    let mut link = |found: Option<(i16, i8, i64)>| {
        found.map(|(year, month, _)| {
            reading.shown.add(Tag::month(&language, year, month));
            NamedLink { name: reading.strings.month(year, month), path: reading.at(&place(year, month)) }
        })
    };
    Ok((link(older), link(newer)))
}
