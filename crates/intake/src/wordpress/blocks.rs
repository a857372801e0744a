//! Block comments: `<!-- wp:name {json} -->…<!-- /wp:name -->`.
//!
//! A block whose HTML says everything is unwrapped; text between blocks is classic text. Blocks that WordPress fills in
//! when it shows a page (latest posts, a calendar) have nothing of their own: they are kept, with what they say.

use serde_json::Value;

use super::content::{Writer, classic};
use super::shortcodes;
use crate::html::{escape, plain};

/// Blocks kept whole, whatever stands in them.
const WHOLE: [&str; 16] = [
    "query",
    "navigation",
    "comments",
    "template-part",
    "form",
    "search",
    "calendar",
    "archives",
    "tag-cloud",
    "rss",
    "latest-posts",
    "latest-comments",
    "categories",
    "loginout",
    "login",
    "page-list",
];
/// Marks within a text that a page needs no more.
const MARKS: [&str; 4] = ["more", "nextpage", "spacer", "footnotes"];
/// Reusable blocks written out in one post.
const MAX_REUSED: usize = 50;

/// A delimiter.
struct Delimiter<'a> {
    start: usize,
    end: usize,
    name: &'a str,
    attributes: &'a str,
    kind: Kind,
}

#[derive(PartialEq, Eq, Clone, Copy)]
enum Kind {
    Opens,
    Closes,
    Alone,
}

/// Writes content with blocks as HTML.
pub(super) fn write(content: &str, writer: &mut Writer<'_>) -> String {
    let delimiters = find(content);
    let mut out = String::with_capacity(content.len());
    let mut at = 0;
    let mut open: Vec<&str> = Vec::new();
    let mut next = 0;
    while let Some(delimiter) = delimiters.get(next) {
        text(&content[at..delimiter.start], &open, writer, &mut out);
        at = delimiter.end;
        match delimiter.kind {
            Kind::Closes => {
                if let Some(place) = open.iter().rposition(|name| *name == delimiter.name) {
                    open.truncate(place);
                }
            }
            Kind::Alone => alone(delimiter, &content[delimiter.start..delimiter.end], writer, &mut out),
            Kind::Opens => {
                let close = closing(&delimiters, next);
                let whole =
                    close.filter(|close| kept_whole(delimiter, &content[delimiter.end..delimiters[*close].start]));
                if let Some(close) = whole {
                    let (from, to) = (delimiter.start, delimiters[close].end);
                    let inner = &content[delimiter.end..delimiters[close].start];
                    out.push_str(&Writer::kept(&format!("wp:{}", delimiter.name), &content[from..to], &plain(inner)));
                    at = to;
                    next = close;
                } else {
                    opened(delimiter, writer, &mut out);
                    open.push(delimiter.name);
                }
            }
        }
        next += 1;
    }
    text(&content[at..], &open, writer, &mut out);
    out
}

/// Text between delimiters: classic outside of blocks, as it is within them.
fn text(text: &str, open: &[&str], writer: &mut Writer<'_>, out: &mut String) {
    match open.last() {
        None | Some(&"freeform" | &"core/freeform") => out.push_str(&classic(text, writer)),
        Some(&("code" | "preformatted" | "html")) => out.push_str(text),
        Some(_) if MARKS.contains(open.last().unwrap_or(&"")) => {}
        Some(_) => out.push_str(&shortcodes::write(text, writer)),
    }
}

/// Whether a block with content is kept as a whole.
fn kept_whole(delimiter: &Delimiter<'_>, inner: &str) -> bool {
    if WHOLE.contains(&delimiter.name) {
        return true;
    }
    let of_a_plugin = delimiter.name.contains('/') && !delimiter.name.starts_with("core");
    of_a_plugin && (delimiter.name.contains("form") || (plain(inner).is_empty() && !inner.contains("<img")))
}

fn opened(delimiter: &Delimiter<'_>, writer: &mut Writer<'_>, out: &mut String) {
    let of_a_plugin = delimiter.name.contains('/') && !delimiter.name.starts_with("core");
    if of_a_plugin {
        writer
            .dropped(&format!("wp:{}", delimiter.name), "its text was taken over; what the plugin did with it was not");
    }
    // Old covers keep their photo in the attributes only.
    if delimiter.name == "cover" && delimiter.attributes.contains("\"url\"") && out.is_empty() {
        out.push(' ');
    }
}

fn alone(delimiter: &Delimiter<'_>, raw: &str, writer: &mut Writer<'_>, out: &mut String) {
    let data: Value = serde_json::from_str(delimiter.attributes).unwrap_or(Value::Null);
    let value = |name: &str| data.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    match delimiter.name {
        name if MARKS.contains(&name) => {}
        "paragraph" | "group" | "column" | "columns" | "heading" | "list" | "list-item" | "button" | "buttons"
        | "separator" => {}
        "block" => reused(&data, raw, writer, out),
        "social-link" => {
            let (url, service) = (value("url"), value("service"));
            if url.is_empty() {
                return;
            }
            let said = if value("label").is_empty() { service } else { value("label") };
            out.push_str(&format!("<p><a href=\"{}\">{}</a></p>", escape(&url), escape(&said)));
        }
        name if name.starts_with("embed") || name.starts_with("core-embed/") => match value("url") {
            url if url.is_empty() => out.push_str(&Writer::kept(&format!("wp:{name}"), raw, "")),
            url => out.push_str(&Writer::embed(&url)),
        },
        "image" | "cover" if !value("url").is_empty() => {
            out.push_str(&format!(
                "<figure><img src=\"{}\" alt=\"{}\"></figure>",
                escape(&value("url")),
                escape(&value("alt"))
            ));
        }
        name => out.push_str(&Writer::kept(&format!("wp:{name}"), raw, &value("title"))),
    }
}

/// A reusable block is written out where it is used.
fn reused(data: &Value, raw: &str, writer: &mut Writer<'_>, out: &mut String) {
    let content = data.get("ref").and_then(Value::as_u64).and_then(|id| writer.index.reusable(id));
    match content {
        Some(content) if writer.reused < MAX_REUSED => {
            writer.reused += 1;
            let html = write(content, writer);
            out.push_str(&html);
        }
        _ => out.push_str(&Writer::kept("wp:block", raw, "")),
    }
}

/// The delimiter that closes the one at `open`.
fn closing(delimiters: &[Delimiter<'_>], open: usize) -> Option<usize> {
    let name = delimiters[open].name;
    let mut depth = 0usize;
    for (at, delimiter) in delimiters.iter().enumerate().skip(open) {
        if delimiter.name == name {
            match delimiter.kind {
                Kind::Opens => depth += 1,
                Kind::Closes => depth -= 1,
                Kind::Alone => {}
            }
            if depth == 0 {
                return Some(at);
            }
        } else if depth == 0 {
            return None;
        }
    }
    None
}

fn find(content: &str) -> Vec<Delimiter<'_>> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(found) = content[at..].find("<!--") {
        let start = at + found;
        let Some(length) = content[start..].find("-->") else { break };
        let end = start + length + 3;
        at = end;
        let inner = content[start + 4..end - 3].trim();
        let (kind, rest) = match (inner.strip_prefix("/wp:"), inner.strip_prefix("wp:")) {
            (Some(rest), _) => (Kind::Closes, rest),
            (None, Some(rest)) if rest.ends_with('/') => (Kind::Alone, rest[..rest.len() - 1].trim_end()),
            (None, Some(rest)) => (Kind::Opens, rest),
            (None, None) => continue,
        };
        let (name, attributes) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let name = name.strip_prefix("core/").unwrap_or(name);
        out.push(Delimiter { start, end, name, attributes: attributes.trim(), kind });
    }
    out
}
