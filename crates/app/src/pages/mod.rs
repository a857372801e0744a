//! Every public page, put together and printed.
//!
//! The flow of one that is not in the cache: the address is checked ([`address`]) and read ([`route`]); one read transaction
//! gathers what the page shows, each file of this folder one kind of page, and records the tags of all of it; the
//! transaction ends; the press prints the page on a blocking thread and measures it; the cache keeps it.
//!
//! The guarantee: what is printed comes from one snapshot of the database, carries no address with a host (law 5; feeds,
//! sitemaps and share redirects excepted), and no page is larger than [`WIRE`] bytes on the wire.

pub mod address;
mod appeal;
mod appeals_json;
mod archive;
mod assets;
mod byline;
mod cards;
mod corrections;
mod draft;
mod feed;
mod front;
mod gone;
mod headers;
mod json_ld;
mod latest;
mod letters;
mod lite;
mod mail;
mod media;
mod missing;
mod moved;
mod parts;
mod press;
mod preview;
mod read_more;
pub mod readers;
mod reading;
pub mod route;
mod section;
mod share;
mod shell;
mod shown;
mod sitemaps;
mod static_page;
mod story;
mod story_parts;
pub mod support;
mod topic;

use std::sync::Arc;

use http::StatusCode;

use crate::{
    Newsroom,
    cache::{Keep, Made, Prepared},
    error::Error,
};
pub use address::{Address, BadAddress, MAX_TARGET};
pub use appeal::preview as appeal_preview;
pub(crate) use corrections::Corrections;
use draft::Draft;
pub(crate) use feed::universal_photo;
use press::Press;
pub use press::WIRE;
pub use preview::{Form, Preview, preview};
use reading::Reading;
pub use route::{RESERVED, Route};

/// The answer to a request for `target` (path and query): a page, a file, a redirect, or a page that says that there is
/// none. `host` is the scheme and host that the reader used, for feeds and sitemaps of a newsroom without an address.
///
/// # Errors
/// When the database or the theme fails; everything a reader can do wrong has an answer of its own.
pub async fn answer(newsroom: &Newsroom, target: &str, host: Option<&str>) -> Result<Arc<Prepared>, Arc<Error>> {
    let address = match Address::parse(target) {
        Ok(address) => address,
        Err(wrong) => return refused(wrong).map(Arc::new).map_err(Arc::new),
    };
    if let Some(key) = address.decoded.strip_prefix('/')
        && key.starts_with("media/")
        && let Some(file) = media::file(newsroom, key).await.map_err(Arc::new)?
    {
        return Ok(Arc::new(file));
    }
    if let Some(query) = &address.query
        && moved::may_be_old(query)
        && let Some(elsewhere) = old_address(newsroom, &address).await?
    {
        return Ok(elsewhere);
    }
    let cache = newsroom.cache();
    if let Some(prepared) = cache.get(&address.path) {
        return Ok(prepared);
    }
    let (newsroom, host) = (newsroom.clone(), host.map(str::to_owned));
    // What depends on the host is not shared among those who wait for the same path under different hosts.
    let key = if is_absolute(&address.decoded) {
        format!("{} {}", host.as_deref().unwrap_or_default(), address.path)
    } else {
        address.path.clone()
    };
    cache.get_or_make(&key, || make(newsroom, address, host)).await
}

/// What is wrong with an address, in a line.
fn refused(wrong: BadAddress) -> Result<Prepared, Error> {
    let status = if wrong == BadAddress::TooLong { StatusCode::URI_TOO_LONG } else { StatusCode::BAD_REQUEST };
    let headers = headers::of("text/plain; charset=utf-8", headers::SHORTLY);
    Prepared::plain(status, &headers, format!("{wrong}\n"))
}

/// Whether a path names something with absolute addresses in it. Read without the settings: a path that only looks so
/// is at worst rendered for its host alone.
fn is_absolute(path: &str) -> bool {
    if path.starts_with("/-/") {
        return false;
    }
    path.starts_with("/share/") || path.ends_with(".xml") || path.ends_with(".json") || path == "/robots.txt"
}

/// An old address whose query told pages apart, such as `/?p=12`.
async fn old_address(newsroom: &Newsroom, address: &Address) -> Result<Option<Arc<Prepared>>, Arc<Error>> {
    if let Some(kept) = newsroom.cache().get(&address.target) {
        return Ok(Some(kept));
    }
    let made = moved::from_query(newsroom, address).await.map_err(Arc::new)?;
    Ok(made.map(|made| {
        newsroom.cache().insert(&address.target, &made);
        made.prepared
    }))
}

async fn make(newsroom: Newsroom, address: Address, host: Option<String>) -> Result<Made, Error> {
    let mut reading = Reading::open(&newsroom, &address.decoded).await?;
    let routed = route::route(&address.decoded, &reading.settings);
    reading.speak(&routed.language);
    let base = reading.settings.address.clone();
    let from_host = routed.route.is_absolute() && base.is_none();
    let base = base.or(host).unwrap_or_default();
    let found = match routed.route {
        // One spelling for each page, so that the cache holds it once.
        _ if routed.route != Route::Other && address.decoded != address.path => Some(Draft::moved(&address.decoded)?),
        Route::Other => moved::find(&mut reading, &address).await?,
        ref route => match page(&mut reading, route, &base).await? {
            Some(draft) => Some(draft),
            None => moved::find(&mut reading, &address).await?,
        },
    };
    let Some(draft) = found else { return missing::answer(&newsroom, reading, &address).await };
    let press = Press::new(Arc::clone(&reading.theme));
    let (tags, seq) = reading.close();
    let Draft { keep, work, reads } = draft;
    let Some(printed) = tokio::task::spawn_blocking(move || work(&press)).await?? else {
        let mut reading = Reading::open(&newsroom, &address.decoded).await?;
        reading.speak(&routed.language);
        return missing::answer(&newsroom, reading, &address).await;
    };
    let counted = |path: &str, page: Prepared| match reads.as_ref().filter(|(_, first)| first == path) {
        Some((story, _)) => Arc::new(page.counted(newsroom.reads().tally(*story))),
        None => Arc::new(page),
    };
    let prepared = counted(&address.decoded, printed.page);
    let others = printed.others.into_iter();
    let also = others
        .map(|(path, page)| {
            let page = counted(&path, page);
            (path, page)
        })
        .collect();
    let made = Made { prepared, tags, seq, keep, also };
    if from_host {
        return Ok(Made { keep: Keep::Never, ..made });
    }
    if is_absolute(&address.decoded) {
        // Rendered under a key of its host; the newsroom has an address, so it is the same for every host.
        newsroom.cache().insert(&address.path, &made);
        return Ok(Made { keep: Keep::Never, ..made });
    }
    Ok(made)
}

/// The page that a route names, if it is there. `base` is the newsroom's address, for what has to be absolute.
async fn page(reading: &mut Reading, route: &Route, base: &str) -> Result<Option<Draft>, Error> {
    match route {
        Route::Front => front::show(reading).await.map(Some),
        Route::LiteFront => lite::front(reading).await.map(Some),
        Route::Story { path, part, lite } => story::show(reading, path, *part, *lite).await,
        Route::Section(slug, page) => section::show(reading, slug, *page).await,
        Route::Topics(page) => topic::all(reading, *page).await,
        Route::Topic(slug, page) => topic::show(reading, slug, *page).await,
        Route::Byline(slug, page) => byline::show(reading, slug, *page).await,
        Route::Archive => archive::all(reading).await.map(Some),
        Route::Month(year, month, page) => archive::month(reading, *year, *month, *page).await,
        Route::Latest(page) => latest::show(reading, *page).await,
        Route::Static(slug, part) => static_page::show(reading, slug, *part).await,
        Route::Feed(form, section) => feed::show(reading, *form, section.as_deref(), base).await,
        Route::Sitemap(number) => sitemaps::show(reading, *number, base).await,
        Route::NewsSitemap => sitemaps::news(reading, base).await.map(Some),
        Route::Robots => Ok(Some(sitemaps::robots(base))),
        Route::Newsletters => readers::show(reading).await.map(Some),
        Route::Remind => support::show(reading).await,
        Route::Letter(slug, page) => letters::home(reading, slug, *page).await,
        Route::Issue(slug, number, part) => letters::issue(reading, slug, *number, *part).await,
        Route::LetterFeed(form, slug) => letters::feed(reading, *form, slug, base).await,
        Route::Appeals(language) => appeals_json::show(reading, language).await,
        Route::Share(service, story) => share::show(reading, *service, story, base).await,
        Route::Asset(name) => assets::show(reading, name),
        Route::Media(_) | Route::Other => Ok(None),
    }
}
