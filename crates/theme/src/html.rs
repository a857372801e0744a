//! What must not stand in a page: script, addresses elsewhere that a browser would fetch, style attributes (the content
//! security policy refuses them), and what did not get filled in.

/// Something that must not stand in a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Forbidden {
    pub(crate) what: String,
    pub(crate) advice: &'static str,
}

/// Everything forbidden in the page. Links (`<a>`) may lead elsewhere: they fetch nothing.
pub(crate) fn forbidden(html: &str) -> Vec<Forbidden> {
    let mut found: Vec<Forbidden> = tags(html).filter_map(|(name, attributes)| in_tag(name, attributes)).collect();
    for css in html.split("<style").skip(1).filter_map(|rest| rest.split("</style>").next()) {
        if css.contains("//") || css.contains("@import") {
            let what = "a style sheet points elsewhere".to_owned();
            found.push(Forbidden { what, advice: "Put the file into assets/ and write url(asset:NAME)" });
        }
    }
    if html.contains(crate::engine::POLICY) {
        let what = "the content security policy stands more than once".to_owned();
        found.push(Forbidden { what, advice: "Write {{ csp }} once, in the <meta http-equiv> of the head" });
    }
    found
}

fn in_tag(name: &str, attributes: &str) -> Option<Forbidden> {
    let shown = || format!("<{name}{}>", attributes.chars().take(80).collect::<String>());
    let data_script = name == "script" && attributes.contains("application/ld+json");
    if ["script", "iframe", "object", "embed", "frame"].contains(&name) && !data_script {
        let what = format!("{} is not allowed in a page", shown());
        return Some(Forbidden { what, advice: "Pages work without script and load nothing from elsewhere" });
    }
    if name != "a" && (attributes.contains("://") || attributes.contains("=\"//")) {
        let what = format!("{} names a host", shown());
        return Some(Forbidden { what, advice: "Use the url filter or asset(), so that the page works on any host" });
    }
    let has = |start: &str| attributes.split_whitespace().any(|part| part.to_ascii_lowercase().starts_with(start));
    if has("style=") {
        let what = format!("{} has a style attribute", shown());
        return Some(Forbidden {
            what,
            advice: "Give it a class: the content security policy refuses style attributes",
        });
    }
    if has("onclick=") || has("onload=") || has("onerror=") || attributes.contains("javascript:") {
        let what = format!("{} has script in an attribute", shown());
        return Some(Forbidden { what, advice: "Take it away: pages work without script" });
    }
    None
}

/// Opening tags with their attributes; the content of `<style>` and `<script>` is passed over.
fn tags(html: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = html;
    std::iter::from_fn(move || {
        loop {
            let (_, after) = rest.split_once('<')?;
            let end = tag_end(after);
            let tag = &after[..end];
            rest = after.get(end..).unwrap_or_default();
            let length = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
            let (name, attributes) = tag.split_at(length);
            if name == "style" || name == "script" {
                rest = rest.split_once(&format!("</{name}")).map_or("", |(_, rest)| rest);
            }
            if !name.is_empty() {
                return Some((name, attributes));
            }
        }
    })
}

/// Where a tag ends: the first `>` outside of quotes.
fn tag_end(tag: &str) -> usize {
    let mut quoted = false;
    tag.char_indices()
        .find(|(_, c)| {
            quoted ^= *c == '"';
            *c == '>' && !quoted
        })
        .map_or(tag.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn script_hosts_and_style_attributes_are_found_and_links_are_not() {
        let fine = r#"<a href="https://example.org/">x</a><script type="application/ld+json">{"a":"https://schema.org"}</script><img alt="a > b" src="x.png">"#;
        assert_eq!(forbidden(fine), []);
        for bad in [
            "<script>1</script>",
            r#"<img src="https://example.org/x.png">"#,
            r#"<link href="//example.org/x.css">"#,
            r#"<p style="color:red">"#,
            r#"<p onclick="x()">"#,
            r#"<a href="javascript:x()">"#,
            "<style>@import 'x'</style>",
            "<iframe></iframe>",
        ] {
            assert_eq!(forbidden(bad).len(), 1, "{bad}");
        }
    }
}
