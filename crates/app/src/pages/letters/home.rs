//! A newsletter: what it is, the form to sign up, and its past issues.

use http::StatusCode;
use model::{Issue, Newsletter};
use theme::{
    Page,
    context::{FeedLink, IssueLine, LetterPage},
};

use super::{newsletter, sent};
use crate::{
    error::Error,
    pages::{
        cards::pager,
        draft::Draft,
        readers::box_of,
        reading::Reading,
        shell::{feed, neighbours, shell},
    },
    readers::name_of,
};

/// Issues on one page of the list.
const PAGE: usize = 24;

/// The page; `None` when there is no such newsletter, or no such page of its list.
pub(in crate::pages) async fn show(reading: &mut Reading, slug: &str, page: usize) -> Result<Option<Draft>, Error> {
    let rest = if page == 1 { String::new() } else { format!("page/{page}/") };
    let newsletter = match newsletter(reading, slug, &rest).await? {
        None => return Ok(None),
        Some(Err(elsewhere)) => return Ok(Some(elsewhere)),
        Some(Ok(newsletter)) => newsletter,
    };
    let count = usize::try_from(store::issue_public_count(&mut reading.tx, newsletter.id).await?).unwrap_or(0);
    let pages = count.div_ceil(PAGE).max(1);
    if page == 0 || page > pages || (count == 0 && !newsletter.active) {
        return Ok(None);
    }
    let offset = i64::try_from((page - 1) * PAGE).unwrap_or(i64::MAX);
    let issues = store::issue_public(&mut reading.tx, newsletter.id, PAGE as i64, offset).await?;
    let name = name_of(&newsletter).to_owned();
    let mut shell = shell(reading, &name, &Vec::new()).await?;
    shell.description.clone_from(&newsletter.settings.about);
    shell.feeds.insert(0, own_feed(reading, &newsletter));
    if page == 1 {
        let own = box_of(reading, &newsletter).await?;
        // The page has said what it is.
        shell.slots.newsletter = own.map(|own| theme::context::SignUpBox { about: String::new(), ..own });
    }
    let pager = pager(reading, page, pages, &format!("newsletter/{slug}/"));
    neighbours(&mut shell, &pager);
    let issues = issues.into_iter().filter_map(|issue| line(reading, issue)).collect();
    let about = newsletter.settings.about.clone();
    let page = LetterPage { shell, name, about, over: !newsletter.active, issues, pager };
    Ok(Some(Draft::fitting(StatusCode::OK, Page::Letter(page), 2, plainer)))
}

/// The feed of a newsletter's past issues.
pub(super) fn own_feed(reading: &Reading, newsletter: &Newsletter) -> FeedLink {
    feed(reading, &format!("newsletter/{}/feed.xml", newsletter.slug), name_of(newsletter).to_owned())
}

fn line(reading: &Reading, issue: Issue) -> Option<IssueLine> {
    Some(IssueLine {
        number: issue.number,
        sent: reading.moment(sent(&issue)),
        path: issue.path?,
        title: issue.content.subject,
        preview: issue.content.preview,
    })
}

fn plainer(page: &mut Page, level: usize) {
    let Page::Letter(letter) = page else { return };
    let kept = if level == 1 { letter.issues.len() / 3 } else { 0 };
    letter.issues.iter_mut().skip(kept).for_each(|issue| issue.preview.clear());
}
