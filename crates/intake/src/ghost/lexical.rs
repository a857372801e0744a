//! Lexical, the editor state of Ghost 5 and 6, as HTML.

use serde_json::Value;

use super::cards;
use crate::html::escape;

/// The state as HTML; empty when it is none.
pub(super) fn to_html(json: &str) -> String {
    let Ok(state) = serde_json::from_str::<Value>(json) else { return String::new() };
    state.get("root").map(children).unwrap_or_default()
}

fn children(node: &Value) -> String {
    node.get("children").and_then(Value::as_array).into_iter().flatten().map(html).collect()
}

fn html(node: &Value) -> String {
    let field = |name: &str| node.get(name).and_then(Value::as_str).unwrap_or_default();
    let inner = || children(node);
    match field("type") {
        "text" | "extended-text" => text(field("text"), node.get("format").and_then(Value::as_u64).unwrap_or(0)),
        "linebreak" => "<br>".to_owned(),
        "tab" => " ".to_owned(),
        "paragraph" => format!("<p{}>{}</p>", direction(node), inner()),
        "heading" | "extended-heading" => {
            let tag = if matches!(field("tag"), "h1" | "h2" | "h3" | "h4" | "h5" | "h6") { field("tag") } else { "h2" };
            format!("<{tag}{}>{}</{tag}>", direction(node), inner())
        }
        "link" | "autolink" | "at-link" => format!("<a href=\"{}\">{}</a>", escape(field("url")), inner()),
        "list" => {
            let tag = if field("tag") == "ol" || field("listType") == "number" { "ol" } else { "ul" };
            let start = node.get("start").and_then(Value::as_u64).unwrap_or(1);
            format!("<{tag} start=\"{start}\">{}</{tag}>", inner())
        }
        "listitem" => format!("<li>{}</li>", inner()),
        "quote" | "extended-quote" => format!("<blockquote>{}</blockquote>", inner()),
        "aside" => format!("<blockquote class=\"kg-blockquote-alt\">{}</blockquote>", inner()),
        "root" => inner(),
        // A node of an editor's plugin that holds text.
        _ if node.get("children").is_some() => format!("<div>{}</div>", inner()),
        other => cards::card(other, node),
    }
}

fn direction(node: &Value) -> &'static str {
    match node.get("direction").and_then(Value::as_str) {
        Some("rtl") => " dir=\"rtl\"",
        _ => "",
    }
}

/// The bits of a text's format, lowest first.
const MARKS: [&str; 7] = ["strong", "em", "s", "u", "code", "sub", "sup"];

fn text(text: &str, format: u64) -> String {
    let marks = MARKS.iter().enumerate().filter(|(bit, _)| format & (1 << bit) != 0);
    marks.fold(escape(text), |inner, (_, mark)| format!("<{mark}>{inner}</{mark}>"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_bits() {
        assert_eq!(text("a<b", 3), "<em><strong>a&lt;b</strong></em>");
        assert_eq!(to_html("{\"root\":{\"children\":[{\"type\":\"horizontalrule\"}]}}"), "<hr>");
        assert_eq!(to_html("not json"), "");
    }
}
