//! An issue: gathered here, printed in parts by [`super::cut`].

use model::{Issue, Newsletter};
use theme::context::{IssuePage, NamedLink, Shell};

use super::{cut, entries, gather::gather, home::own_feed, newsletter, sent};
use crate::{
    error::Error,
    issues,
    pages::{
        draft::Draft,
        gone,
        readers::box_of,
        reading::Reading,
        shell::{share_image, shell},
    },
    readers::name_of,
};

/// A part of an issue; the page that says that it is in the archive no more; or nothing.
pub(in crate::pages) async fn show(
    reading: &mut Reading,
    slug: &str,
    number: usize,
    part: usize,
) -> Result<Option<Draft>, Error> {
    let rest = if part == 1 { format!("{number}/") } else { format!("{number}/{part}/") };
    let newsletter = match newsletter(reading, slug, &rest).await? {
        None => return Ok(None),
        Some(Err(elsewhere)) => return Ok(Some(elsewhere)),
        Some(Ok(newsletter)) => newsletter,
    };
    let number = i64::try_from(number).unwrap_or(i64::MAX);
    let Some(issue) = store::issue_by_number(&mut reading.tx, newsletter.id, number).await? else { return Ok(None) };
    match &issue.path {
        Some(path) => {
            reading.shown.path(path);
            page(reading, &newsletter, issue, part).await.map(Some)
        }
        None if issue.frozen_at.is_some() => gone::issue(reading).await.map(Some),
        None => Ok(None),
    }
}

async fn page(reading: &mut Reading, newsletter: &Newsletter, issue: Issue, part: usize) -> Result<Draft, Error> {
    let gathered = gather(reading, &issue).await?;
    let mut shell = issue_shell(reading, newsletter, &issue).await?;
    let lead = gathered.told().find_map(|(_, told)| told.story.lead_photo.as_ref());
    let photo = lead.and_then(|lead| Some((lead, gathered.photos.get(&lead.photo)?)));
    share_image(&mut shell, photo.map(|(_, photo)| photo), photo.and_then(|(lead, _)| lead.alt.as_deref()));
    let (before, after) = store::issue_neighbours(&mut reading.tx, newsletter.id, issue.number).await?;
    let link = |other: Option<Issue>| other.and_then(|o| Some(NamedLink { path: o.path?, name: o.content.subject }));
    let home = issues::home(&reading.settings, newsletter);
    let page = IssuePage {
        title: issue.content.subject.clone(),
        newsletter: NamedLink { name: name_of(newsletter).to_owned(), path: home },
        number: issue.number,
        dated: reading.strings.weekday_date(sent(&issue), &reading.zone),
        sent: reading.moment(sent(&issue)),
        previous: link(before),
        next: link(after),
        shell,
        ..IssuePage::default()
    };
    let told = cut::Told {
        // Not the path that it was given: that has the language's prefix of then, and leads here.
        first: issues::path(&reading.settings, newsletter, issue.number),
        part,
        language: reading.language.clone(),
        labels: reading.strings.labels(),
        pieces: entries::pieces(reading, newsletter.settings.template, &gathered),
        photos: gathered.photos,
        links: gathered.links,
        page,
    };
    Ok(Draft::printed(move |press| cut::print(press, &told)))
}

async fn issue_shell(reading: &mut Reading, newsletter: &Newsletter, issue: &Issue) -> Result<Shell, Error> {
    let mut shell = shell(reading, &issue.content.subject, &Vec::new()).await?;
    shell.description.clone_from(&issue.content.preview);
    shell.og_type = "article".to_owned();
    shell.feeds.insert(0, own_feed(reading, newsletter));
    shell.slots.newsletter = box_of(reading, newsletter).await?;
    Ok(shell)
}
