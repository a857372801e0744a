//! Lists, nested or not, and lists of definitions.

use model::document::{Block, Inline, ListItem};
use scraper::{ElementRef, Node};

use super::element::attr;
use super::walk::{Flow, Walker};

/// `ul`, `ol`. What stands between items belongs to the item before it, as browsers show it.
pub(super) fn list<'a>(walker: &mut Walker<'a>, element: ElementRef<'a>, flow: &mut Flow) {
    let mut items: Vec<ListItem> = Vec::new();
    for child in element.children() {
        let Some(child_element) = ElementRef::wrap(child) else {
            if let Node::Text(text) = child.value()
                && !text.trim().is_empty()
            {
                items.push(ListItem { blocks: vec![Block::paragraph(super::words::collapse(text))] });
            }
            continue;
        };
        if child_element.value().name() == "li" {
            let blocks = walker.within(child_element, flow);
            if !blocks.is_empty() {
                items.push(ListItem { blocks });
            }
            continue;
        }
        let mut inner = Flow::new((flow.depth + 1).min(model::document::MAX_DEPTH), flow.line.lasting());
        walker.element(child_element, &mut inner);
        inner.cut();
        match items.last_mut() {
            Some(item) => item.blocks.extend(inner.blocks),
            None if inner.blocks.is_empty() => {}
            None => items.push(ListItem { blocks: inner.blocks }),
        }
    }
    let ordered = element.value().name() == "ol";
    let start = attr(element, "start").and_then(|n| n.trim().parse().ok()).filter(|n| *n > 0).unwrap_or(1);
    finish(items, ordered, start, flow);
}

/// `dl`: one item per term, the term strong, what is said about it below.
pub(super) fn definitions<'a>(walker: &mut Walker<'a>, element: ElementRef<'a>, flow: &mut Flow) {
    let mut items: Vec<ListItem> = Vec::new();
    let mut terms = false;
    let groups = element.children().filter_map(ElementRef::wrap).flat_map(|child| {
        let inner: Vec<_> = match child.value().name() {
            "div" => child.children().filter_map(ElementRef::wrap).collect(),
            _ => vec![child],
        };
        inner
    });
    for child in groups {
        let mut blocks = walker.within(child, flow);
        let is_term = child.value().name() == "dt";
        if is_term {
            for block in &mut blocks {
                if let Block::Paragraph { content } = block {
                    *content = strong(std::mem::take(content));
                }
            }
        }
        match items.last_mut() {
            Some(item) if !is_term || terms => item.blocks.extend(blocks),
            _ if blocks.is_empty() => {}
            _ => items.push(ListItem { blocks }),
        }
        terms = is_term;
    }
    finish(items, false, 1, flow);
}

fn strong(content: Vec<Inline>) -> Vec<Inline> {
    match content.as_slice() {
        [Inline::Strong { .. }] => content,
        _ => vec![Inline::Strong { content }],
    }
}

fn finish(items: Vec<ListItem>, ordered: bool, start: u32, flow: &mut Flow) {
    if items.is_empty() {
        return;
    }
    if flow.depth < model::document::MAX_DEPTH {
        flow.push(Block::List { ordered, start, items });
    } else {
        flow.cut();
        flow.blocks.extend(items.into_iter().flat_map(|item| item.blocks));
    }
}
