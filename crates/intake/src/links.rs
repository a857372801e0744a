//! Which addresses a document may hold.

/// The address when it may stand in a document: `http:`, `https:`, `mailto:`, `tel:`, `#fragment` or `/path`.
pub(crate) fn allowed(href: &str) -> Option<String> {
    // Browsers ignore control characters and line breaks within addresses; `java\nscript:` is a script.
    let clean: String = href.trim().chars().filter(|c| !c.is_control()).collect();
    if let Some(rest) = clean.strip_prefix("//") {
        return (!rest.is_empty() && !rest.starts_with('/')).then(|| format!("https://{rest}"));
    }
    if clean.starts_with("/\\") || clean.len() > 8192 {
        return None;
    }
    if clean.starts_with('/') || (clean.starts_with('#') && clean.len() > 1) {
        return Some(clean);
    }
    let (scheme, rest) = clean.split_once(':')?;
    let known = ["http", "https", "mailto", "tel"].iter().find(|s| scheme.eq_ignore_ascii_case(s))?;
    let web = known.starts_with("http");
    if rest.is_empty() || (web && !rest.trim_start_matches('/').contains(|c: char| c.is_alphanumeric())) {
        return None;
    }
    Some(format!("{known}:{rest}").replace(' ', "%20"))
}

/// The `http(s)` address, for embeds and photos; `None` when it is none.
#[must_use]
pub fn web(href: &str) -> Option<String> {
    allowed(href).filter(|href| href.starts_with("http"))
}

/// Text with `%41` read as `A`; left as it is where that makes no UTF-8.
pub(crate) fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(|byte| *byte != 0) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_that_cannot_run_anything_are_allowed() {
        for bad in [
            "javascript:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "page.html",
            "",
            "#",
            "/\\evil.example",
            "file:///etc/passwd",
        ] {
            assert_eq!(allowed(bad), None, "{bad}");
        }
        assert_eq!(allowed(" HTTPS://example.org/a b ").as_deref(), Some("https://example.org/a%20b"));
        assert_eq!(allowed("//cdn.example/x").as_deref(), Some("https://cdn.example/x"));
        assert_eq!(allowed("/2013/a/").as_deref(), Some("/2013/a/"));
        assert_eq!(allowed("mailto:a@example.org").as_deref(), Some("mailto:a@example.org"));
    }
}
