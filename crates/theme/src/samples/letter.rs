//! Sample pages of past issues of a newsletter.

use crate::{
    Page,
    context::{IssueEntry, IssueLine, IssuePage, LetterPage, NamedLink, Pager, SignUpBox, Slots},
};

use super::{Newsroom, Sample, body, card_photo, reader, shell::shell, story};

const HOME: &str = "/newsletter/n0/";

pub(super) fn pages(newsroom: &Newsroom<'_>) -> Vec<Sample> {
    let sample = |name, page| Sample { name, page };
    let over = LetterPage { issues: Vec::new(), over: true, pager: Pager::default(), ..letter(newsroom) };
    vec![
        sample("newsletter", Page::Letter(letter(newsroom))),
        sample("newsletter-over", Page::Letter(over)),
        sample("issue", Page::Issue(issue(newsroom))),
        sample("issue-2-of-2", Page::Issue(part(newsroom))),
    ]
}

fn slots(newsroom: &Newsroom<'_>) -> Slots {
    Slots { newsletter: Some(reader::sign_up(newsroom)), ..Slots::default() }
}

fn letter(newsroom: &Newsroom<'_>) -> LetterPage {
    let words = newsroom.words;
    let name = words.sections[0].to_owned();
    let mut shell = shell(newsroom, HOME, &name);
    shell.slots.newsletter = Some(SignUpBox { about: String::new(), ..reader::sign_up(newsroom) });
    let line = |number: i64| {
        let story = words.stories[usize::try_from(number).unwrap_or(0) % words.stories.len()];
        IssueLine {
            title: story.0.to_owned(),
            preview: story.1.to_owned(),
            number,
            path: newsroom.at(&format!("{HOME}{number}/")),
            sent: newsroom.moment((12 - number) * 24 * 7),
        }
    };
    let issues = (1..=12).rev().map(line).collect();
    let pager = Pager::new(1, 3, |page| newsroom.at(&format!("{HOME}page/{page}/")));
    LetterPage { shell, name, about: words.tagline.to_owned(), over: false, issues, pager }
}

fn link(newsroom: &Newsroom<'_>, index: usize, path: &str) -> NamedLink {
    NamedLink { name: newsroom.words.stories[index].0.to_owned(), path: newsroom.at(path) }
}

fn issue(newsroom: &Newsroom<'_>) -> IssuePage {
    let words = newsroom.words;
    let title = words.stories[0].0.to_owned();
    let path = format!("{HOME}12/");
    let mut shell = shell(newsroom, &path, &title);
    shell.slots = slots(newsroom);
    let said = IssueEntry { body_html: format!("<p>{}</p>", words.paragraphs[0]), ..IssueEntry::default() };
    let withdrawn = IssueEntry { withdrawn: true, ..IssueEntry::default() };
    let entries = vec![said, whole(newsroom, &shell.root), brief(newsroom, 1), withdrawn, brief(newsroom, 2)];
    IssuePage {
        title,
        newsletter: NamedLink { name: words.sections[0].to_owned(), path: newsroom.at(HOME) },
        number: 12,
        dated: newsroom.strings.weekday_date(model::Timestamp::from_millis(super::NOW), &jiff::tz::TimeZone::UTC),
        sent: newsroom.moment(0),
        contents: (0..3).map(|index| link(newsroom, index, &path)).collect(),
        entries,
        parts: Pager::new(1, 1, |_| String::new()),
        previous: Some(link(newsroom, 3, &format!("{HOME}11/"))),
        next: Some(link(newsroom, 4, &format!("{HOME}13/"))),
        shell,
    }
}

/// A story of which all is in the issue.
fn whole(newsroom: &Newsroom<'_>, root: &str) -> IssueEntry {
    let card = newsroom.card(0);
    IssueEntry {
        anchor: "s1".to_owned(),
        headline: card.headline,
        path: card.path,
        section: card.section,
        note: newsroom.words.quote[0].to_owned(),
        standfirst: card.standfirst,
        bylines: vec![newsroom.byline(0), newsroom.byline(1)],
        published: Some(card.published),
        body_html: body::story(newsroom, root),
        sources: story::sources(newsroom),
        corrections: story::corrections(newsroom),
        ..IssueEntry::default()
    }
}

fn brief(newsroom: &Newsroom<'_>, index: usize) -> IssueEntry {
    let card = newsroom.card(index);
    IssueEntry {
        anchor: format!("s{}", index + 1),
        headline: card.headline,
        path: card.path,
        section: card.section,
        standfirst: card.standfirst,
        photo: Some(card_photo(index, newsroom.words)),
        read_on: true,
        ..IssueEntry::default()
    }
}

/// The second of two parts; it goes by section.
fn part(newsroom: &Newsroom<'_>) -> IssuePage {
    let path = |number: usize| newsroom.at(&if number == 1 { format!("{HOME}12/") } else { format!("{HOME}12/2/") });
    let issue = issue(newsroom);
    let mut shell = issue.shell.clone();
    (shell.path, shell.root) = (path(2), format!("../{}", shell.root));
    let whole = IssueEntry { continued: true, ..whole(newsroom, &shell.root) };
    let headed = IssueEntry { heading: newsroom.section(1).name, section: None, ..brief(newsroom, 1) };
    IssuePage { contents: Vec::new(), entries: vec![whole, headed], parts: Pager::new(2, 2, path), shell, ..issue }
}
