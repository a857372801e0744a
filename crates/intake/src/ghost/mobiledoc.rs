//! Mobiledoc 0.3, the editor state of Ghost 1 to 4, as HTML.

use serde_json::Value;

use super::cards;
use crate::html::escape;

/// The state as HTML; empty when it is none.
pub(super) fn to_html(json: &str) -> String {
    let Ok(state) = serde_json::from_str::<Value>(json) else { return String::new() };
    let sections = state.get("sections").and_then(Value::as_array).into_iter().flatten();
    sections.map(|section| html(section, &state)).collect()
}

fn html(section: &Value, state: &Value) -> String {
    let text = |at: usize| section.get(at).and_then(Value::as_str).unwrap_or_default();
    match section.get(0).and_then(Value::as_u64) {
        Some(1) => {
            let tag = tag(text(1), &["p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "aside"], "p");
            format!("<{tag}>{}</{tag}>", markers(section.get(2), state))
        }
        Some(2) => format!("<figure><img src=\"{}\"></figure>", escape(text(1))),
        Some(3) => {
            let tag = tag(text(1), &["ul", "ol"], "ul");
            let items = section.get(2).and_then(Value::as_array).into_iter().flatten();
            let items: String = items.map(|item| format!("<li>{}</li>", markers(Some(item), state))).collect();
            format!("<{tag}>{items}</{tag}>")
        }
        Some(10) => {
            let card = section.get(1).and_then(Value::as_u64).and_then(|at| entry(state, "cards", at));
            let Some(card) = card else { return String::new() };
            let name = card.get(0).and_then(Value::as_str).unwrap_or_default();
            cards::card(name, card.get(1).unwrap_or(&Value::Null))
        }
        _ => cards::kept("mobiledoc section", section),
    }
}

fn tag<'t>(given: &'t str, known: &[&str], usual: &'t str) -> &'t str {
    if known.contains(&given) { given } else { usual }
}

fn entry<'s>(state: &'s Value, list: &str, at: u64) -> Option<&'s Value> {
    state.get(list)?.get(usize::try_from(at).ok()?)
}

/// Markers open marks, hold a text or an atom, and close as many marks as they say.
fn markers(list: Option<&Value>, state: &Value) -> String {
    let mut out = String::new();
    let mut open: Vec<String> = Vec::new();
    for marker in list.and_then(Value::as_array).into_iter().flatten() {
        for at in marker.get(1).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_u64) {
            let (tag, attributes) = markup(entry(state, "markups", at));
            out.push_str(&format!("<{tag}{attributes}>"));
            open.push(tag);
        }
        match (marker.get(0).and_then(Value::as_u64), marker.get(3)) {
            (Some(1), Some(atom)) => out.push_str(&self::atom(atom.as_u64().and_then(|at| entry(state, "atoms", at)))),
            (_, text) => out.push_str(&escape(text.and_then(Value::as_str).unwrap_or_default())),
        }
        for _ in 0..marker.get(2).and_then(Value::as_u64).unwrap_or(0) {
            if let Some(tag) = open.pop() {
                out.push_str(&format!("</{tag}>"));
            }
        }
    }
    out
}

fn markup(markup: Option<&Value>) -> (String, String) {
    let name = markup.and_then(|m| m.get(0)).and_then(Value::as_str).unwrap_or("span");
    let tag = tag(name, &["a", "b", "strong", "i", "em", "s", "u", "code", "sub", "sup", "mark"], "span").to_owned();
    let pairs = markup.and_then(|m| m.get(1)).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let href = pairs.chunks(2).find(|pair| pair[0].as_str() == Some("href")).and_then(|pair| pair.get(1)?.as_str());
    let attributes = href.map(|href| format!(" href=\"{}\"", escape(href))).unwrap_or_default();
    (tag, attributes)
}

fn atom(atom: Option<&Value>) -> String {
    match atom.and_then(|a| a.get(0)).and_then(Value::as_str) {
        Some("soft-return") => "<br>".to_owned(),
        _ => escape(atom.and_then(|a| a.get(1)).and_then(Value::as_str).unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_open_and_close_their_marks() {
        let state = r#"{"version":"0.3.1","atoms":[["soft-return","",{}]],"cards":[["hr",{}]],
            "markups":[["a",["href","https://example.org/"]],["strong"]],
            "sections":[[1,"p",[[0,[0,1],1,"a"],[0,[],1,"b"],[1,[],0,0],[0,[],0,"c"]]],[10,0],[3,"ul",[[[0,[],0,"x"]]]]]}"#;
        assert_eq!(
            to_html(state),
            "<p><a href=\"https://example.org/\"><strong>a</strong>b</a><br>c</p><hr><ul><li>x</li></ul>"
        );
    }
}
