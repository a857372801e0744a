//! Addresses of before: imported ones, renamed ones, and those that only lack their last slash.

use std::sync::Arc;

use super::{
    address::Address,
    draft::{Draft, redirect},
    reading::Reading,
    route::{self, Route},
};
use crate::{
    Newsroom,
    cache::{Keep, Made},
    error::Error,
};

/// The first keys of queries by which other systems told their pages apart.
const OLD_KEYS: [&str; 12] =
    ["p", "page_id", "attachment_id", "cat", "tag", "author", "m", "id", "post", "article", "name", "feed"];

/// Whether a query may be part of an old address, rather than what a network added to a link (`fbclid=…`).
pub(super) fn may_be_old(query: &str) -> bool {
    let key = query.split(['=', '&']).next().unwrap_or_default();
    OLD_KEYS.contains(&key)
}

/// Where an address with a query leads now; `None` when its query means nothing.
pub(super) async fn from_query(newsroom: &Newsroom, address: &Address) -> Result<Option<Made>, Error> {
    let mut reading = Reading::open(newsroom, &address.decoded).await?;
    reading.shown.path(&address.target);
    let query = address.query.as_deref().unwrap_or_default();
    let first = query.split('&').next().unwrap_or_default();
    let spellings = [address.target.clone(), format!("{}?{first}", address.path), format!("/?{first}")];
    let Some(to) = lookup(&mut reading, &spellings).await? else { return Ok(None) };
    reading.shown.path(&to);
    let prepared = Arc::new(redirect(http::StatusCode::MOVED_PERMANENTLY, &to)?);
    let (tags, seq) = reading.close();
    Ok(Some(Made { prepared, tags, seq, keep: Keep::Missing, also: Vec::new() }))
}

/// Where an address without a page leads now, if anywhere.
pub(super) async fn find(reading: &mut Reading, address: &Address) -> Result<Option<Draft>, Error> {
    let spellings = address.spellings();
    for spelling in &spellings {
        reading.shown.path(spelling);
    }
    if let Some(to) = lookup(reading, &spellings).await?
        && to != address.decoded
    {
        reading.shown.path(&to);
        return Draft::moved(&to).map(Some);
    }
    if let Some(to) = below(reading, &address.decoded).await? {
        reading.shown.path(&to);
        return Draft::moved(&to).map(Some);
    }
    if let Some(to) = old_feed(reading, &address.decoded).await? {
        reading.shown.path(&to);
        return Draft::moved(&to).map(Some);
    }
    if address.is_folder() {
        return Ok(None);
    }
    let with_slash = format!("{}/", address.decoded);
    if stands(reading, &with_slash).await? { Draft::moved(&with_slash).map(Some) } else { Ok(None) }
}

/// Where a further page or a feed of a section, topic or byline is whose address changed.
async fn below(reading: &mut Reading, path: &str) -> Result<Option<String>, Error> {
    let Some((base, rest)) = split_filed(path) else { return Ok(None) };
    reading.shown.path(base);
    let to = lookup(reading, &[base.to_owned()]).await?;
    Ok(to.filter(|to| to.ends_with('/')).map(|to| format!("{to}{rest}")))
}

/// The address of a section, topic or byline, and what stands below it.
fn split_filed(path: &str) -> Option<(&str, &str)> {
    let (at, folder) =
        ["/sections/", "/topics/", "/bylines/"].into_iter().find_map(|folder| Some((path.find(folder)?, folder)))?;
    let slug = at + folder.len();
    let end = slug + path.get(slug..)?.find('/')? + 1;
    Some((path.get(..end)?, path.get(end..)?)).filter(|(_, rest)| !rest.is_empty())
}

/// Where a feed is that stood where WordPress, Ghost, Substack, Blogger, Hugo and Jekyll keep theirs: of the whole
/// newsroom, or of a section. Readers of feeds follow a redirect and never come back to say that there was none.
async fn old_feed(reading: &mut Reading, path: &str) -> Result<Option<String>, Error> {
    let Some((before, file)) = split_feed(path) else { return Ok(None) };
    let language = (reading.settings.languages.iter()).find(|language| reading.settings.prefix(language) == before);
    if before.is_empty() || language.is_some() {
        return Ok(Some(format!("{before}/{file}")));
    }
    let spellings = [format!("{before}/"), before.to_owned()];
    for spelling in &spellings {
        reading.shown.path(spelling);
    }
    let of = lookup(reading, &spellings).await?.unwrap_or_else(|| format!("{before}/"));
    let Route::Section(slug, _) = route::route(&of, &reading.settings).route else { return Ok(None) };
    let known = reading.sections.iter().any(|section| section.slug.as_str() == slug);
    Ok(known.then(|| format!("{of}{file}")))
}

/// What stands before an old feed's last words, and the feed here that takes its place.
fn split_feed(path: &str) -> Option<(&str, &'static str)> {
    const OLD: [(&str, &str); 11] = [
        ("/feed/rss", "feed.xml"),
        ("/feed/rss2", "feed.xml"),
        ("/feed/rdf", "feed.xml"),
        ("/feed/atom", "atom.xml"),
        ("/feeds/posts/default", "atom.xml"),
        ("/feed", "feed.xml"),
        ("/rss", "feed.xml"),
        ("/rss.xml", "feed.xml"),
        ("/rss2.xml", "feed.xml"),
        ("/index.xml", "feed.xml"),
        ("/atom", "atom.xml"),
    ];
    let path = path.strip_suffix('/').unwrap_or(path);
    OLD.iter().find_map(|(old, file)| Some((path.strip_suffix(old)?, *file)))
}

async fn lookup(reading: &mut Reading, spellings: &[String]) -> Result<Option<String>, Error> {
    let asked: Vec<&str> = spellings.iter().map(String::as_str).collect();
    let mut found = store::redirect_many(&mut reading.tx, &asked).await?;
    Ok(spellings.iter().find_map(|spelling| found.remove(spelling)))
}

/// Whether a page stands at a path. Its part or list page may still be missing: then the next answer says so.
async fn stands(reading: &mut Reading, path: &str) -> Result<bool, Error> {
    reading.shown.path(path);
    let routed = route::route(path, &reading.settings);
    Ok(match routed.route {
        Route::Other
        | Route::Feed(..)
        | Route::LetterFeed(..)
        | Route::Sitemap(_)
        | Route::NewsSitemap
        | Route::Robots
        | Route::Appeals(_)
        | Route::Media(_)
        | Route::Asset(_) => false,
        Route::Front
        | Route::LiteFront
        | Route::Topics(_)
        | Route::Archive
        | Route::Month(..)
        | Route::Latest(_)
        | Route::Newsletters
        | Route::Remind
        | Route::Share(..) => true,
        Route::Story { path, .. } => store::story_path_taken(&mut reading.tx, &path).await?,
        Route::Section(slug, _) => reading.sections.iter().any(|section| section.slug.as_str() == slug),
        Route::Topic(slug, _) => store::topic_by_slug(&mut reading.tx, &slug).await?.is_some(),
        Route::Letter(slug, _) => store::newsletter_by_slug(&mut reading.tx, &slug).await?.is_some(),
        Route::Issue(..) => store::issue_by_path(&mut reading.tx, path).await?.is_some(),
        Route::Byline(slug, _) => store::byline_by_slug(&mut reading.tx, &slug).await?.is_some(),
        Route::Static(slug, _) => {
            store::page_by_slug(&mut reading.tx, &routed.language, &slug).await?.is_some_and(|page| page.public)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::{may_be_old, split_feed, split_filed};

    #[test]
    fn pages_and_feeds_stand_below_a_section_topic_or_byline() {
        for (path, wanted) in [
            ("/sections/world/feed.xml", Some(("/sections/world/", "feed.xml"))),
            ("/ru/topics/wonsan/page/2/", Some(("/ru/topics/wonsan/", "page/2/"))),
            ("/bylines/ada/", None),
            ("/sections/", None),
            ("/2025/07/11/wonsan/", None),
        ] {
            assert_eq!(split_filed(path), wanted, "{path}");
        }
    }

    #[test]
    fn feeds_are_known_by_the_names_they_had_elsewhere() {
        for (path, wanted) in [
            ("/feed/", Some(("", "feed.xml"))),
            ("/feed", Some(("", "feed.xml"))),
            ("/en/rss/", Some(("/en", "feed.xml"))),
            ("/category/world/feed/", Some(("/category/world", "feed.xml"))),
            ("/feed/atom/", Some(("", "atom.xml"))),
            ("/index.xml", Some(("", "feed.xml"))),
            ("/feedback/", None),
            ("/about/", None),
        ] {
            assert_eq!(split_feed(path), wanted, "{path}");
        }
    }

    #[test]
    fn what_a_network_adds_to_a_link_is_no_old_address() {
        for query in ["p=12", "page_id=3&x=1", "cat=7", "id=9"] {
            assert!(may_be_old(query), "{query}");
        }
        for query in ["fbclid=abc", "utm_source=x&p=1", "", "="] {
            assert!(!may_be_old(query), "{query}");
        }
    }
}
