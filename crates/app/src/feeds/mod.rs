//! What machines read: feeds, sitemaps, `robots.txt`, JSON-LD.
//!
//! Pure functions from typed values to text. Whoever calls them has read the stories and made their addresses: absolute
//! in feeds and sitemaps, relative to the page in JSON-LD. Each output is well-formed whatever the stories say:
//! characters that XML forbids are left out, the rest is escaped.

mod atom;
mod json_feed;
mod json_ld;
mod news_sitemap;
mod robots;
mod rss;
mod sitemap;

use model::{Language, Timestamp};

pub use atom::atom;
pub use json_feed::json_feed;
pub use json_ld::{Article, Author, json_ld};
pub use news_sitemap::{NEWS_HOURS, NEWS_MOST, NewsEntry, news_sitemap};
pub use robots::robots;
pub use rss::rss;
pub use sitemap::{SITEMAP_MOST, SitemapEntry, sitemap, sitemap_index};

/// The latest stories of a newsroom, a section or a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedChannel {
    /// "The Harbour", "The Harbour: World".
    pub title: String,
    /// One line about it; may be empty.
    pub description: String,
    /// Absolute address of the page that shows the same.
    pub home_url: String,
    /// Absolute address of the feed itself.
    pub feed_url: String,
    /// Language of all its stories.
    pub language: Language,
    /// When the latest of its stories changed. Never the time of asking: the same stories make the same bytes.
    pub updated: Timestamp,
    /// The stories, newest first.
    pub items: Vec<FeedItem>,
}

/// One story in a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedItem {
    /// `urn:uuid:…` of the story: stays when its address changes.
    pub id: String,
    /// Absolute address of its page.
    pub url: String,
    /// Its headline. Plain characters.
    pub title: String,
    /// Its standfirst; may be empty. Plain characters.
    pub summary: String,
    /// Its whole text, from [`render::feed`].
    pub html: String,
    /// Names of its bylines, in the order they sign.
    pub authors: Vec<String>,
    /// First publication.
    pub published: Timestamp,
    /// Last change that readers were told of, else as published.
    pub updated: Timestamp,
    /// Names of its section and topics.
    pub categories: Vec<String>,
    /// The photo on top.
    pub image: Option<FeedImage>,
}

/// A photo of a story in a feed: the JPEG that everything can show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedImage {
    /// Absolute address.
    pub url: String,
    /// Size of the file.
    pub bytes: u64,
    /// `image/jpeg`.
    pub media_type: String,
}

/// The characters without those that XML 1.0 forbids.
fn clean(text: &str) -> String {
    let allowed = |c: char| match c {
        '\t' | '\n' | '\r' => true,
        c => !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}'),
    };
    text.chars().filter(|c| allowed(*c)).collect()
}

/// The characters as XML or HTML text, or the value of an attribute in double quotes.
fn escaped(text: &str) -> String {
    clean(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests;
