//! Whether the links and sources of a story lead anywhere.
//!
//! Asking another site shows it that somebody takes an interest in it, from the newsroom's own machine. So nothing here
//! happens by itself: a person asks, the act is in the audit log, and only then other sites are asked, by
//! [`outside::Fetch::probe`], which says nothing about who asks. Links within the site are looked up here, without
//! the network. What was found is remembered in memory for some minutes and written nowhere.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use futures::{StreamExt as _, stream};
use http::{StatusCode, header};
use model::{
    Document, Draft, Staff, StoryId, Timestamp,
    document::{Block, visit},
};
use outside::{Fetch, FetchOptions};
use tokio::sync::Semaphore;

use super::{access::story_for, copy::working_copy};
use crate::{Newsroom, error::Error, pages};

/// Other sites that are asked at one time, for all stories together.
const AT_ONCE: usize = 6;
/// Links of one story that are looked at; further ones stay unknown.
const MOST: usize = 200;
/// What one link may take, redirects included.
const ONE: Duration = Duration::from_secs(8);
/// What all links of a story may take: less than a request may. Whoever asks again goes on with the rest.
const ALL: Duration = Duration::from_secs(22);
/// How long an answer is remembered.
const REMEMBERED_MS: i64 = 10 * 60_000;
/// Answers that are remembered at most.
const MOST_REMEMBERED: usize = 5_000;

/// How a link stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkState {
    /// Something is there.
    Ok,
    /// Nothing is there (any more).
    Dead,
    /// Nobody can say: no answer, one that refuses machines, or an address of another kind.
    Unknown,
}

/// A link of a story, and what was found.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Link {
    /// As the story has it.
    pub href: String,
    /// How it stands.
    pub state: LinkState,
    /// The HTTP status, where there was an answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
}

impl Link {
    fn of(href: &str, status: Option<u16>) -> Self {
        let state = match status {
            Some(404 | 410) => LinkState::Dead,
            Some(200..=399) => LinkState::Ok,
            _ => LinkState::Unknown,
        };
        Self { href: href.to_owned(), state, status }
    }
}

/// Looks at links, and remembers for a while what it found.
#[derive(Debug)]
pub struct Links {
    fetch: Fetch,
    free: Semaphore,
    found: Mutex<HashMap<String, (Timestamp, u16)>>,
}

impl Default for Links {
    fn default() -> Self {
        Self::new(FetchOptions::default())
    }
}

impl Links {
    /// With other limits of fetching than the usual ones.
    #[must_use]
    pub fn new(options: FetchOptions) -> Self {
        Self { fetch: Fetch::new(options), free: Semaphore::new(AT_ONCE), found: Mutex::default() }
    }

    /// Looks at every link and source of a story's working copy, in their order.
    ///
    /// # Errors
    /// [`crate::staff::Denial::Gone`], [`crate::staff::Denial::NotYours`].
    pub async fn check(&self, newsroom: &Newsroom, staff: &Staff, id: StoryId) -> Result<Vec<Link>, Error> {
        self.look(newsroom, asked(newsroom, staff, id).await?).await
    }

    /// Looks at links, in their order; whoever calls has put on record that somebody asked for it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn look(&self, newsroom: &Newsroom, hrefs: Vec<String>) -> Result<Vec<Link>, Error> {
        let hrefs: Vec<String> = hrefs.into_iter().filter(|href| leads_somewhere(href)).collect();
        let own = newsroom.settings().await?.address;
        let deadline = tokio::time::Instant::now() + ALL;
        let look = |(index, href): (usize, String)| {
            let within = within(&href, own.as_deref());
            async move {
                let status = match within {
                    Some(path) => inside(newsroom, &path).await?,
                    None if index >= MOST || !is_web(&href) => None,
                    None => tokio::time::timeout_at(deadline, self.outside(newsroom, &href)).await.unwrap_or(None),
                };
                Ok(Link::of(&href, status))
            }
        };
        let looked: Vec<_> = stream::iter(hrefs.into_iter().enumerate()).map(look).buffered(AT_ONCE).collect().await;
        looked.into_iter().collect()
    }

    /// The status of a page elsewhere; `None` where there is no answer in time.
    async fn outside(&self, newsroom: &Newsroom, href: &str) -> Option<u16> {
        let address = href.split('#').next().unwrap_or(href);
        let now = newsroom.clock().now();
        if let Some(known) = self.known(address, now) {
            return Some(known);
        }
        let _turn = self.free.acquire().await.ok()?;
        // Why there is no answer would name the address; nobody needs that in a log.
        let status = tokio::time::timeout(ONE, self.fetch.probe(address)).await.ok()?.ok()?;
        self.remember(address, now, status);
        Some(status)
    }

    fn remembered(&self) -> MutexGuard<'_, HashMap<String, (Timestamp, u16)>> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn known(&self, address: &str, now: Timestamp) -> Option<u16> {
        self.remembered().get(address).filter(|(at, _)| is_fresh(*at, now)).map(|(_, status)| *status)
    }

    fn remember(&self, address: &str, now: Timestamp, status: u16) {
        let mut found = self.remembered();
        found.retain(|_, (at, _)| is_fresh(*at, now));
        if found.len() < MOST_REMEMBERED {
            found.insert(address.to_owned(), (now, status));
        }
    }
}

/// Also a clock that was set back makes nothing last.
fn is_fresh(at: Timestamp, now: Timestamp) -> bool {
    (0..REMEMBERED_MS).contains(&(now.as_millis() - at.as_millis()))
}

/// The links of a story, each once, when somebody asks to have them looked at.
async fn asked(newsroom: &Newsroom, staff: &Staff, id: StoryId) -> Result<Vec<String>, Error> {
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let story = story_for(&mut tx, staff, id).await?;
    let hrefs = hrefs(&working_copy(&mut tx, &story).await?.draft);
    let detail = serde_json::json!({ "links": hrefs.len() }).to_string();
    store::audit_append(&mut tx, now, staff.handle.as_str(), "story.check_links", Some(id.0), &detail).await?;
    tx.commit().await?;
    Ok(hrefs)
}

fn hrefs(draft: &Draft) -> Vec<String> {
    let fields = &draft.fields;
    let mut all: Vec<&str> = visit::links(&fields.document);
    all.extend(held(&fields.document));
    all.extend(fields.sources.iter().filter_map(|source| source.url.as_deref()));
    let mut out: Vec<String> = Vec::new();
    for href in all.into_iter().map(str::trim).filter(|href| leads_somewhere(href)) {
        if !out.iter().any(|known| known == href) {
            out.push(href.to_owned());
        }
    }
    out
}

/// Addresses of embeds and files.
pub(super) fn held(document: &Document) -> Vec<&str> {
    let mut found = Vec::new();
    visit::blocks(document, &mut |block| match block {
        Block::Embed(embed) => found.push(embed.url.as_str()),
        Block::File(file) => found.push(file.href.as_str()),
        Block::Paragraph { .. }
        | Block::Heading { .. }
        | Block::List { .. }
        | Block::Quote { .. }
        | Block::PullQuote { .. }
        | Block::Photo(_)
        | Block::Gallery { .. }
        | Block::Code { .. }
        | Block::Table(_)
        | Block::Rule
        | Block::Box { .. }
        | Block::Unknown(_) => {}
    });
    found
}

/// Not to a place on the same page, to a mailbox or a telephone.
fn leads_somewhere(href: &str) -> bool {
    let scheme = href.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase()).unwrap_or_default();
    !href.is_empty() && !href.starts_with('#') && !matches!(scheme.as_str(), "mailto" | "tel" | "geo" | "xmpp")
}

fn is_web(href: &str) -> bool {
    url::Url::parse(href).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

/// The path of a link that stays on this site.
fn within(href: &str, own: Option<&str>) -> Option<String> {
    let rest = own.and_then(|own| href.strip_prefix(own)).unwrap_or(href);
    let path = if rest.is_empty() { "/" } else { rest };
    let stays = path.starts_with('/') && !path.starts_with("//");
    stays.then(|| path.split('#').next().unwrap_or(path).to_owned())
}

/// The status that a reader would get for a path of this site.
async fn inside(newsroom: &Newsroom, path: &str) -> Result<Option<u16>, Error> {
    let mut path = path.to_owned();
    // An old address leads to a newer one, and that one may be gone.
    for _hop in 0..3 {
        let Ok(answer) = pages::answer(newsroom, &path, None).await else { return Ok(None) };
        let to = answer.form(None).headers.get(header::LOCATION).and_then(|to| to.to_str().ok());
        match to.filter(|_| answer.status().is_redirection()) {
            Some(to) if to.starts_with('/') => to.clone_into(&mut path),
            _ => return Ok(Some(answer.status().as_u16()).filter(|status| *status != StatusCode::BAD_REQUEST)),
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_not_there_is_dead() {
        let state = |status| Link::of("https://a.example", status).state;
        for status in [404, 410] {
            assert_eq!(state(Some(status)), LinkState::Dead, "{status}");
        }
        for status in [None, Some(401), Some(403), Some(429), Some(451), Some(500), Some(503)] {
            assert_eq!(state(status), LinkState::Unknown, "{status:?}");
        }
        assert_eq!(state(Some(200)), LinkState::Ok);
    }

    #[test]
    fn links_of_the_own_site_stay_on_it() {
        let own = Some("https://news.example");
        assert_eq!(within("/a/#b", own).as_deref(), Some("/a/"));
        assert_eq!(within("https://news.example/a/", own).as_deref(), Some("/a/"));
        assert_eq!(within("https://news.example", own).as_deref(), Some("/"));
        for other in ["https://news.example.evil/a", "//evil.example/a", "https://other.example/", "a/b"] {
            assert_eq!(within(other, own), None, "{other}");
        }
    }

    #[test]
    fn what_has_no_page_is_not_looked_at() {
        for href in ["", "#note", "mailto:a@b.example", "TEL:1"] {
            assert!(!leads_somewhere(href), "{href}");
        }
        assert!(leads_somewhere("https://a.example/x:y") && leads_somewhere("/a/"));
    }
}
