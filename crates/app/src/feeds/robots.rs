//! `robots.txt` (RFC 9309).

/// Everything may be read, but the addresses that only pass a reader on to a social network. `sitemaps` are absolute
/// addresses.
#[must_use]
pub fn robots(sitemaps: &[String]) -> String {
    let mut out = String::from("User-agent: *\nDisallow: /share/\n");
    for url in sitemaps {
        out.push_str("Sitemap: ");
        out.extend(url.chars().filter(|c| !c.is_control() && !c.is_whitespace()));
        out.push('\n');
    }
    out
}
