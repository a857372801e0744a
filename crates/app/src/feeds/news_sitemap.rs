//! The sitemap of the latest news, as Google News reads it: the last two days, at most a thousand stories.

use model::{Language, Timestamp};

use super::escaped;

/// Stories older than this are left out.
pub const NEWS_HOURS: i64 = 48;

/// At most this many stories are listed, the newest.
pub const NEWS_MOST: usize = 1_000;

/// A story in the news sitemap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewsEntry {
    /// Absolute address.
    pub url: String,
    /// Headline.
    pub title: String,
    /// Name of the newsroom in the story's language.
    pub publication: String,
    /// Language of the story.
    pub language: Language,
    /// First publication.
    pub published: Timestamp,
}

/// The sitemap of those entries that were published within [`NEWS_HOURS`] before `now`, newest first.
#[must_use]
pub fn news_sitemap(entries: &[NewsEntry], now: Timestamp) -> String {
    let oldest = now.plus_millis(-NEWS_HOURS * 3_600_000);
    let mut news: Vec<&NewsEntry> =
        entries.iter().filter(|entry| entry.published >= oldest && entry.published <= now).collect();
    news.sort_by_key(|entry| std::cmp::Reverse(entry.published));
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\">\n",
    );
    for entry in news.into_iter().take(NEWS_MOST) {
        out.push_str(&url(entry));
    }
    out.push_str("</urlset>\n");
    out
}

fn url(entry: &NewsEntry) -> String {
    format!(
        "<url><loc>{}</loc><news:news><news:publication><news:name>{}</news:name><news:language>{}</news:language>\
         </news:publication><news:publication_date>{}</news:publication_date><news:title>{}</news:title></news:news></url>\n",
        escaped(&entry.url),
        escaped(&entry.publication),
        language(&entry.language),
        entry.published,
        escaped(&entry.title),
    )
}

/// ISO 639 without region or script; only Chinese is told apart by its script.
fn language(language: &Language) -> &str {
    match language.as_str() {
        "zh-Hant" | "zh-TW" | "zh-HK" | "zh-Hant-TW" | "zh-Hant-HK" => "zh-tw",
        _ if language.primary() == "zh" => "zh-cn",
        _ => language.primary(),
    }
}
