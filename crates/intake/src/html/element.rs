//! What an element is by its name, class, style and attributes.

use scraper::ElementRef;

use super::line::Mark;
use super::words;

/// Elements that stand within a line.
const INLINE: [&str; 38] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong",
    "sub", "sup", "time", "tt", "u", "var", "wbr",
];

/// Whether an element stands within a line of text.
pub(super) fn is_inline(name: &str) -> bool {
    INLINE.contains(&name)
}

/// Elements that hold blocks and say nothing else by their name, or are written by [`super::walk`].
const HOLDERS: [&str; 48] = [
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "menu",
    "dir",
    "dl",
    "blockquote",
    "figure",
    "table",
    "details",
    "div",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "nav",
    "aside",
    "address",
    "center",
    "li",
    "dt",
    "dd",
    "figcaption",
    "summary",
    "hgroup",
    "fieldset",
    "legend",
    "noscript",
    "picture",
    "search",
    "caption",
    "tbody",
    "thead",
    "tr",
    "td",
    "th",
    "multicol",
    "optgroup",
    "option",
    "html",
    "body",
];

/// Whether an element holds blocks.
pub(super) fn contains_blocks(name: &str) -> bool {
    HOLDERS.contains(&name)
}

/// The mark that an inline element is, by its name or its style.
pub(super) fn mark_of(name: &str, style: Option<&str>) -> Mark {
    match name {
        "strong" | "b" => Mark::Strong,
        "em" | "i" | "cite" | "dfn" | "var" => Mark::Emphasis,
        "s" | "del" | "strike" => Mark::Strike,
        "sub" => Mark::Sub,
        "sup" => Mark::Sup,
        _ => style.map_or(Mark::Nothing, |style| {
            let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
            let has = |what: &str| style.contains(what);
            if has("font-weight:bold") || has("font-weight:7") || has("font-weight:6") {
                Mark::Strong
            } else if has("font-style:italic") {
                Mark::Emphasis
            } else if has("line-through") {
                Mark::Strike
            } else {
                Mark::Nothing
            }
        }),
    }
}

/// A heading's level in a document, whose headline is the only 1.
pub(super) fn level(name: &str) -> u8 {
    match name {
        "h1" | "h2" => 2,
        "h3" => 3,
        _ => 4,
    }
}

/// An attribute's value.
pub(super) fn attr<'a>(element: ElementRef<'a>, name: &str) -> Option<&'a str> {
    element.value().attrs().find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// Whether an element has one of the classes.
pub(super) fn has_class(element: ElementRef<'_>, classes: &[&str]) -> bool {
    attr(element, "class").is_some_and(|list| list.split_ascii_whitespace().any(|class| classes.contains(&class)))
}

/// The first element below with one of the classes.
pub(super) fn below<'a>(element: ElementRef<'a>, classes: &[&str]) -> Option<ElementRef<'a>> {
    element.descendants().skip(1).filter_map(ElementRef::wrap).find(|e| has_class(*e, classes))
}

/// The first element below with one of the names.
pub(super) fn named<'a>(element: ElementRef<'a>, names: &[&str]) -> Option<ElementRef<'a>> {
    element.descendants().skip(1).filter_map(ElementRef::wrap).find(|e| names.contains(&e.value().name()))
}

/// A name short enough for a report.
pub(super) fn short(text: &str) -> String {
    let text = words::collapse(text);
    if text.chars().count() <= 120 { text } else { text.chars().take(119).chain(['…']).collect() }
}
