//! Sitemaps: an index, one list of everything that is no story, and the stories in lists of [`STORIES`] in the order of
//! their paths; the news of the last two days; `robots.txt`.

use std::collections::{HashMap, HashSet};

use model::{Language, StoryGroupId, Tag, Timestamp};
use store::Scope;

use super::{cards::newest, draft::Draft, headers, reading::Reading};
use crate::{
    cache::Keep,
    error::Error,
    feeds::{self, NEWS_HOURS, NEWS_MOST, NewsEntry, SitemapEntry},
    issues,
};

/// Stories in one sitemap: some 600 KB, where the format allows 50,000.
const STORIES: usize = 5_000;
/// Issues of a newsletter in it: twenty years of a weekly one.
const ISSUES: i64 = 1_000;
/// Stories of a language looked at for the news sitemap.
const NEWS: usize = 300;

const XML: &str = "application/xml; charset=utf-8";

/// The index, or one list; `None` when there are not so many.
pub(super) async fn show(reading: &mut Reading, number: Option<usize>, base: &str) -> Result<Option<Draft>, Error> {
    for language in reading.settings.languages.clone() {
        reading.shown.latest(&language);
    }
    let text = match number {
        None => index(reading, base).await?,
        Some(1) => feeds::sitemap(&besides(reading, base).await?),
        Some(number) => match stories(reading, number - 2, base).await? {
            entries if entries.is_empty() => return Ok(None),
            entries => feeds::sitemap(&entries),
        },
    };
    Ok(Some(Draft::text(XML, headers::FEEDS, text)))
}

async fn index(reading: &mut Reading, base: &str) -> Result<String, Error> {
    let mut stories = 0;
    for language in reading.settings.languages.clone() {
        stories += store::story_count(&mut reading.tx, &language, &Scope::Latest).await?;
    }
    let lists = 1 + usize::try_from(stories).unwrap_or(0).div_ceil(STORIES);
    let lists: Vec<_> = (1..=lists).map(|number| (format!("{base}/sitemap-{number}.xml"), None)).collect();
    Ok(feeds::sitemap_index(&lists))
}

/// Fronts, sections, archives and static pages.
async fn besides(reading: &mut Reading, base: &str) -> Result<Vec<SitemapEntry>, Error> {
    let mut entries = Vec::new();
    let mut rests: Vec<String> = ["", "latest/", "topics/", "archive/"].map(str::to_owned).to_vec();
    rests.extend(reading.sections.iter().map(|section| format!("sections/{}/", section.slug)));
    let at = |language: &Language, rest: &str| format!("{base}{}/{rest}", reading.settings.prefix(language));
    for rest in rests {
        let everywhere = reading.settings.languages.iter().map(|l| (l.clone(), at(l, &rest), None)).collect();
        together(everywhere, &mut entries);
    }
    let pages = store::page_public(&mut reading.tx).await?;
    // A page's translations have its slug.
    for same in pages.chunk_by(|(_, one, _), (_, other, _)| one == other) {
        let page = |(language, slug, updated): &(Language, String, Timestamp)| {
            let url = format!("{base}{}/{slug}/", reading.settings.prefix(language));
            (language.clone(), url, Some(*updated))
        };
        together(same.iter().map(page).collect(), &mut entries);
    }
    letters(reading, base, &mut entries).await?;
    Ok(entries)
}

/// The page of all newsletters where there is one, and the past issues of each.
async fn letters(reading: &mut Reading, base: &str, entries: &mut Vec<SitemapEntry>) -> Result<(), Error> {
    let newsletters = store::newsletter_all(&mut reading.tx).await?;
    if newsletters.iter().any(|newsletter| newsletter.active) {
        let at = |language: &Language| format!("{base}{}/newsletter/", reading.settings.prefix(language));
        together(reading.settings.languages.iter().map(|l| (l.clone(), at(l), None)).collect(), entries);
    }
    for newsletter in newsletters {
        reading.shown.add(Tag::newsletter(newsletter.id));
        let issues = store::issue_public(&mut reading.tx, newsletter.id, ISSUES, 0).await?;
        if issues.is_empty() {
            continue;
        }
        let alone =
            |path: &str, updated| SitemapEntry { url: format!("{base}{path}"), updated, alternates: Vec::new() };
        entries.push(alone(&issues::home(&reading.settings, &newsletter), None));
        entries.extend(issues.iter().filter_map(|issue| Some(alone(issue.path.as_ref()?, issue.frozen_at))));
    }
    Ok(())
}

/// Adds pages that are translations of each other.
fn together(pages: Vec<(Language, String, Option<Timestamp>)>, entries: &mut Vec<SitemapEntry>) {
    let named = |(language, url, _): &(Language, String, Option<Timestamp>)| (language.clone(), url.clone());
    let alternates: Vec<_> = if pages.len() > 1 { pages.iter().map(named).collect() } else { Vec::new() };
    for (_, url, updated) in pages {
        entries.push(SitemapEntry { url, updated, alternates: alternates.clone() });
    }
}

/// The stories of the list with this number, from 0: walked to in steps, because only crawlers come here.
async fn stories(reading: &mut Reading, number: usize, base: &str) -> Result<Vec<SitemapEntry>, Error> {
    let mut after: Option<String> = None;
    let limit = i64::try_from(STORIES).unwrap_or(i64::MAX);
    for _ in 0..number {
        let passed = store::story_public_paths(&mut reading.tx, after.as_deref(), limit).await?;
        let Some((last, ..)) = passed.into_iter().next_back() else { return Ok(Vec::new()) };
        after = Some(last);
    }
    let found = store::story_public_paths(&mut reading.tx, after.as_deref(), limit).await?;
    let translated = store::story_translated_paths(&mut reading.tx).await?;
    let mut groups: HashMap<StoryGroupId, Vec<(Language, String)>> = HashMap::new();
    for (group, language, path) in &translated {
        groups.entry(*group).or_default().push((language.clone(), format!("{base}{path}")));
    }
    let of: HashMap<&str, StoryGroupId> = translated.iter().map(|(group, _, path)| (path.as_str(), *group)).collect();
    let entry = |(path, _, updated): (String, Language, Timestamp)| SitemapEntry {
        alternates: of.get(path.as_str()).and_then(|group| groups.get(group)).cloned().unwrap_or_default(),
        url: format!("{base}{path}"),
        updated: Some(updated),
    };
    Ok(found.into_iter().map(entry).collect())
}

/// The stories of the last two days. Not kept: it changes as time goes by.
pub(super) async fn news(reading: &mut Reading, base: &str) -> Result<Draft, Error> {
    let since = reading.now.plus_millis(-NEWS_HOURS * 3_600_000);
    let mut entries = Vec::new();
    for language in reading.settings.languages.clone() {
        reading.speak(&language);
        let publication = reading.site_name();
        for head in newest(reading, Scope::Latest, NEWS, &HashSet::new()).await? {
            let (Some(path), Some(published)) = (head.path, head.published_at.filter(|at| *at >= since)) else {
                continue;
            };
            entries.push(NewsEntry {
                url: format!("{base}{path}"),
                title: head.headline,
                publication: publication.clone(),
                language: language.clone(),
                published,
            });
        }
    }
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.published));
    entries.truncate(NEWS_MOST);
    let text = feeds::news_sitemap(&entries, reading.now);
    Ok(Draft { keep: Keep::Never, ..Draft::text(XML, headers::FEEDS, text) })
}

/// What crawlers may do, and where the sitemaps are.
pub(super) fn robots(base: &str) -> Draft {
    let sitemaps = ["sitemap.xml", "news-sitemap.xml"].map(|name| format!("{base}/{name}"));
    Draft::text("text/plain; charset=utf-8", headers::FEEDS, feeds::robots(&sitemaps))
}
