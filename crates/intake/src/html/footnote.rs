//! Footnotes: links to a place in a list of notes become references, the notes go to the document's end.
//!
//! Understood as WordPress, Substack, Ghost, Markdown renderers and the usual plugins write them: a link to `#id` where
//! `id` is an item of something with the class `footnotes`, or Substack's `div.footnote`, or given from outside the text.

use std::collections::{HashMap, HashSet};

use ego_tree::NodeId;
use model::document::Footnote;
use scraper::{ElementRef, Html};

use super::element::{attr, below, has_class};
use super::walk::{Flow, Walker};

const CONTAINERS: [&str; 6] = [
    "footnotes",
    "wp-block-footnotes",
    "footnotes-list",
    "easy-footnotes-wrapper",
    "footnote-definition",
    "footnote-list",
];

/// The notes of a fragment, and which were referred to so far.
pub(super) struct Notes<'a> {
    by_target: HashMap<String, ElementRef<'a>>,
    elements: HashSet<NodeId>,
    containers: HashSet<NodeId>,
    order: Vec<String>,
}

impl<'a> Notes<'a> {
    pub(super) fn find(html: &'a Html, outside: &'a [(String, Html)]) -> Self {
        let mut notes =
            Self { by_target: HashMap::new(), elements: HashSet::new(), containers: HashSet::new(), order: Vec::new() };
        for (id, html) in outside {
            notes.by_target.insert(id.clone(), html.root_element());
        }
        let elements = || html.root_element().descendants().filter_map(ElementRef::wrap);
        for element in elements().filter(|e| attr(*e, "class").is_some_and(|c| c.contains("footnote"))) {
            if has_class(element, &["footnote"]) && element.value().name() == "div" {
                let number = below(element, &["footnote-number"]).and_then(|a| attr(a, "id"));
                let content = below(element, &["footnote-content"]).unwrap_or(element);
                if let Some(id) = number.or_else(|| attr(element, "id")) {
                    notes.add(id, content, element);
                }
            } else if has_class(element, &CONTAINERS) {
                notes.add_container(element);
            }
        }
        let targets: HashSet<&str> =
            elements().filter(|e| e.value().name() == "a").filter_map(|a| attr(a, "href")?.strip_prefix('#')).collect();
        notes.by_target.retain(|id, _| targets.contains(id.as_str()));
        let left: HashSet<NodeId> = notes.by_target.values().map(|e| e.id()).collect();
        notes.containers.retain(|_| !left.is_empty());
        notes
    }

    fn add_container(&mut self, container: ElementRef<'a>) {
        let items = container.descendants().filter_map(ElementRef::wrap);
        let mut found = false;
        for item in items.filter(|e| matches!(e.value().name(), "li" | "p" | "div")) {
            let id = attr(item, "id").or_else(|| {
                item.children()
                    .filter_map(ElementRef::wrap)
                    .find(|e| e.value().name() == "a")
                    .and_then(|a| attr(a, "id"))
            });
            if let Some(id) = id.filter(|id| !id.is_empty()) {
                self.add(id, item, item);
                found = true;
            }
        }
        if found {
            self.containers.insert(container.id());
        }
    }

    fn add(&mut self, id: &str, content: ElementRef<'a>, element: ElementRef<'a>) {
        self.by_target.entry(id.to_owned()).or_insert(content);
        self.elements.insert(element.id());
    }

    /// The note's id when a link leads to a note. The first reference gives it its number.
    pub(super) fn referred(&mut self, href: &str) -> Option<String> {
        let target = href.strip_prefix('#').filter(|target| self.by_target.contains_key(*target))?;
        let at = self.order.iter().position(|t| t == target).unwrap_or_else(|| {
            self.order.push(target.to_owned());
            self.order.len() - 1
        });
        Some((at + 1).to_string())
    }

    /// Whether a link within a note leads back to its reference.
    pub(super) fn is_way_back(&self, link: ElementRef<'_>, href: &str) -> bool {
        if !href.starts_with('#') || self.by_target.is_empty() {
            return false;
        }
        let words = super::words::readable(link);
        let in_note =
            link.ancestors().any(|a| self.elements.contains(&a.id())) || has_class(link, &["footnote-backref"]);
        let outside = link.ancestors().last().is_some_and(|root| {
            self.by_target.values().any(|n| n.ancestors().last().is_some_and(|r| r.id() == root.id()))
        });
        (in_note || outside) && !words.chars().any(char::is_alphabetic)
    }

    /// Whether an element is where notes stand, so that the walk over the text passes it by.
    pub(super) fn is_apart(&self, element: ElementRef<'_>) -> bool {
        if self.by_target.is_empty() {
            return false;
        }
        let written = |id| self.by_target.values().any(|note| note.id() == id);
        if self.elements.contains(&element.id()) {
            let content = below(element, &["footnote-content"]).map_or(element.id(), |e| e.id());
            return written(content) || written(element.id());
        }
        // A container goes whole when each of its notes is referred to.
        self.containers.contains(&element.id())
            && element.descendants().filter(|d| self.elements.contains(&d.id())).all(|d| written(d.id()))
    }
}

impl Walker<'_> {
    /// The notes that were referred to, in the order of their first reference.
    pub(super) fn written_footnotes(&mut self) -> Vec<Footnote> {
        let mut out = Vec::new();
        while let Some(target) = self.footnotes.order.get(out.len()).cloned() {
            let mut flow = Flow::new(1, Vec::new());
            if let Some(note) = self.footnotes.by_target.get(&target).copied() {
                self.children(note, &mut flow);
                flow.cut();
            }
            out.push(Footnote { id: (out.len() + 1).to_string(), blocks: flow.blocks });
        }
        out
    }
}
