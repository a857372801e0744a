//! Sitemaps (<https://www.sitemaps.org/protocol.html>) with the translations of each page.

use model::{Language, Timestamp};

use super::escaped;

/// A sitemap lists at most this many pages; more go into further ones, listed by the index.
pub const SITEMAP_MOST: usize = 50_000;

/// A page in a sitemap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SitemapEntry {
    /// Absolute address.
    pub url: String,
    /// Last change.
    pub updated: Option<Timestamp>,
    /// Absolute addresses of the same page in all its languages, its own among them; empty when it has no translation.
    pub alternates: Vec<(Language, String)>,
}

/// One sitemap, of the first [`SITEMAP_MOST`] entries: pass them in chunks of that size.
#[must_use]
pub fn sitemap(entries: &[SitemapEntry]) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    for entry in entries.iter().take(SITEMAP_MOST) {
        out.push_str(&format!("<url><loc>{}</loc>", escaped(&entry.url)));
        push_updated(&mut out, entry.updated);
        for (language, url) in &entry.alternates {
            let (language, url) = (language.as_str(), escaped(url));
            out.push_str(&format!("<xhtml:link rel=\"alternate\" hreflang=\"{language}\" href=\"{url}\"/>"));
        }
        out.push_str("</url>\n");
    }
    out.push_str("</urlset>\n");
    out
}

/// The index of several sitemaps: their absolute addresses and last changes.
#[must_use]
pub fn sitemap_index(sitemaps: &[(String, Option<Timestamp>)]) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex \
         xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for (url, updated) in sitemaps.iter().take(SITEMAP_MOST) {
        out.push_str(&format!("<sitemap><loc>{}</loc>", escaped(url)));
        push_updated(&mut out, *updated);
        out.push_str("</sitemap>\n");
    }
    out.push_str("</sitemapindex>\n");
    out
}

fn push_updated(out: &mut String, updated: Option<Timestamp>) {
    if let Some(updated) = updated {
        out.push_str(&format!("<lastmod>{updated}</lastmod>"));
    }
}
