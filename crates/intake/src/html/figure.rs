//! Figures with their captions, galleries, quotes, pull quotes, details.

use model::document::{Block, BoxKind, Inline};
use model::{PhotoUse, photo::PhotoWidth};
use scraper::ElementRef;

use super::element::{attr, below, has_class, named};
use super::tidy;
use super::walk::{Flow, Walker};

const CAPTIONS: [&str; 3] = ["wp-caption-text", "gallery-caption", "image-caption"];
const CREDITS: [&str; 6] =
    ["image-credit", "media-credit", "photo-credit", "wp-media-credit", "credit", "navis-media-credit"];

/// `figure`, and what was one before HTML had figures (`div.wp-caption`).
pub(super) fn figure<'a>(walker: &mut Walker<'a>, element: ElementRef<'a>, flow: &mut Flow) {
    let caption_element = caption_of(element);
    let mut inner = Flow::new(flow.depth, flow.line.lasting());
    children_without(walker, element, caption_element, &mut inner);
    inner.cut();
    let (caption, credit) = caption_element.map_or_else(Default::default, |c| caption(walker, c, flow));
    let gallery = has_class(element, &["wp-block-gallery", "gallery", "kg-gallery-card", "blocks-gallery-grid"]);
    let mut blocks = inner.blocks;
    if gallery || photos_alone(&blocks) > 1 {
        return gallery_of(blocks, caption, flow);
    }
    let width = width_of(element);
    attach(&mut blocks, caption, credit, width);
    flow.cut();
    flow.blocks.extend(blocks);
}

/// A list, table or box of photos that is one gallery.
pub(super) fn gallery<'a>(walker: &mut Walker<'a>, element: ElementRef<'a>, flow: &mut Flow) {
    let blocks = walker.beside(element, flow);
    gallery_of(blocks, Vec::new(), flow);
}

fn gallery_of(blocks: Vec<Block>, caption: Vec<Inline>, flow: &mut Flow) {
    let mut photos = Vec::new();
    let mut rest = Vec::new();
    collect_photos(blocks, &mut photos, &mut rest);
    flow.cut();
    match photos.len() {
        0 if caption.is_empty() => {}
        0 => rest.push(Block::Paragraph { content: caption }),
        1 => {
            let mut photo = photos.remove(0);
            if photo.caption.is_empty() {
                photo.caption = caption;
            }
            flow.blocks.push(Block::Photo(photo));
        }
        _ => flow.blocks.push(Block::Gallery { photos, caption }),
    }
    flow.blocks.extend(rest);
}

/// Takes the photos out of blocks, whatever they stand in; a text right after a photo in a list item is its caption.
fn collect_photos(blocks: Vec<Block>, photos: &mut Vec<PhotoUse>, rest: &mut Vec<Block>) {
    let mut after_photo = false;
    for block in blocks {
        match block {
            Block::Photo(photo) => {
                photos.push(photo);
                after_photo = true;
                continue;
            }
            Block::Gallery { photos: more, caption } => {
                photos.extend(more);
                if !caption.is_empty() {
                    rest.push(Block::Paragraph { content: caption });
                }
            }
            Block::List { items, .. } => {
                for item in items {
                    collect_photos(item.blocks, photos, rest);
                }
            }
            Block::Paragraph { content } if after_photo && photos.last().is_some_and(|p| p.caption.is_empty()) => {
                if let Some(last) = photos.last_mut() {
                    last.caption = content;
                }
            }
            other => rest.push(other),
        }
        after_photo = false;
    }
}

/// How many photos there are when there is nothing else.
fn photos_alone(blocks: &[Block]) -> usize {
    if blocks.iter().all(|b| matches!(b, Block::Photo(_) | Block::Gallery { .. })) { blocks.len() } else { 0 }
}

/// Gives the caption to what it is about; where there is nothing, it becomes a paragraph.
fn attach(blocks: &mut Vec<Block>, mut said: Vec<Inline>, credit: Option<String>, width: PhotoWidth) {
    let mut about = blocks.iter_mut().rev();
    let taken = about.any(|block| match block {
        Block::Photo(photo) => {
            if !said.is_empty() {
                photo.caption = std::mem::take(&mut said);
            }
            if credit.is_some() {
                photo.credit.clone_from(&credit);
            }
            if width != PhotoWidth::Text {
                photo.width = width;
            }
            true
        }
        Block::Gallery { caption, .. } => put(caption, &mut said),
        Block::Embed(embed) => put(&mut embed.caption, &mut said),
        Block::Table(table) => put(&mut table.caption, &mut said),
        Block::Quote { source, .. } | Block::PullQuote { source, .. } => put(source, &mut said),
        _ => false,
    });
    if !taken || !said.is_empty() {
        let mut line = said;
        if let Some(credit) = credit.filter(|_| !taken) {
            line.push(Inline::text(format!(" {credit}")));
        }
        if !line.is_empty() {
            blocks.push(Block::Paragraph { content: line });
        }
    }
}

fn put(place: &mut Vec<Inline>, said: &mut Vec<Inline>) -> bool {
    if place.is_empty() {
        *place = std::mem::take(said);
    }
    true
}

fn caption_of(element: ElementRef<'_>) -> Option<ElementRef<'_>> {
    let own = |e: &ElementRef<'_>| e.value().name() == "figcaption" || has_class(*e, &CAPTIONS);
    let children = || element.children().filter_map(ElementRef::wrap);
    children().filter(own).last().or_else(|| {
        let mut nested = element.descendants().skip(1).filter_map(ElementRef::wrap);
        let figures = nested.clone().filter(|e| e.value().name() == "figure").count();
        nested.find(own).filter(|_| figures == 0)
    })
}

/// The caption's line and the credit that stands in it.
fn caption<'a>(walker: &mut Walker<'a>, element: ElementRef<'a>, flow: &mut Flow) -> (Vec<Inline>, Option<String>) {
    let Some(credit) = below(element, &CREDITS) else { return (walker.as_line(element, flow), None) };
    let mut inner = Flow::new(flow.depth, flow.line.lasting());
    children_without(walker, element, Some(credit), &mut inner);
    inner.cut();
    let (line, rest) = lines_of(inner.blocks);
    flow.blocks.extend(rest);
    let text = super::words::readable(credit);
    let text =
        ["Credit:", "Photo:", "Credit", "Фото:", "عکس:"].iter().find_map(|p| text.strip_prefix(p)).unwrap_or(&text);
    (line, Some(text.trim().to_owned()).filter(|t| !t.is_empty()))
}

/// Walks the children of an element, leaving out one element wherever it stands below.
fn children_without<'a>(
    walker: &mut Walker<'a>,
    element: ElementRef<'a>,
    without: Option<ElementRef<'a>>,
    flow: &mut Flow,
) {
    let Some(without) = without else { return walker.children(element, flow) };
    for child in element.children() {
        if child.id() == without.id() {
            continue;
        }
        match ElementRef::wrap(child) {
            Some(child) if child.descendants().any(|d| d.id() == without.id()) => {
                children_without(walker, child, Some(without), flow);
            }
            _ => walker.node(child, flow),
        }
    }
}

/// `blockquote`, with `cite` or `footer` as its source.
pub(super) fn quote<'a>(walker: &mut Walker<'a>, element: ElementRef<'a>, flow: &mut Flow) {
    let source_element = source_of(element);
    let mut inner = Flow::new((flow.depth + 1).min(model::document::MAX_DEPTH), flow.line.lasting());
    children_without(walker, element, source_element, &mut inner);
    inner.cut();
    let source = source_element.map(|s| plain_source(walker, s, flow)).unwrap_or_default();
    if inner.blocks.is_empty() && source.is_empty() {
        return;
    }
    if has_class(element, &["wp-block-pullquote", "pullquote", "has-text-align-pull", "kg-blockquote-alt"]) {
        return push_pull(inner.blocks, source, flow);
    }
    if flow.depth >= model::document::MAX_DEPTH && !source.is_empty() {
        inner.blocks.push(Block::Paragraph { content: source });
        flow.cut();
        return flow.blocks.extend(inner.blocks);
    }
    flow.contain(inner.blocks, |blocks| Block::Quote { blocks, source });
}

/// A pull quote in whatever element it stands.
pub(super) fn pull<'a>(walker: &mut Walker<'a>, element: ElementRef<'a>, flow: &mut Flow) {
    let quoted = named(element, &["blockquote"]).unwrap_or(element);
    let source_element = source_of(quoted).or_else(|| named(element, &["figcaption"]));
    let mut inner = Flow::new(flow.depth, flow.line.lasting());
    children_without(walker, quoted, source_element, &mut inner);
    inner.cut();
    let source = source_element.map(|s| plain_source(walker, s, flow)).unwrap_or_default();
    push_pull(inner.blocks, source, flow);
}

pub(super) fn push_pull(blocks: Vec<Block>, source: Vec<Inline>, flow: &mut Flow) {
    let (content, rest) = lines_of(blocks);
    if !content.is_empty() {
        flow.push(Block::PullQuote { content, source });
    }
    flow.cut();
    flow.blocks.extend(rest);
}

fn plain_source<'a>(walker: &mut Walker<'a>, element: ElementRef<'a>, flow: &mut Flow) -> Vec<Inline> {
    let mut line = walker.as_line(element, flow);
    // The dash before a name belongs to the theme.
    if let Some(Inline::Text { text }) = line.first_mut() {
        *text = text.trim_start_matches(['—', '–', '-', '―', ' ']).to_owned();
        if text.is_empty() {
            line.remove(0);
        }
    }
    if let [Inline::Emphasis { content }] = line.as_mut_slice() {
        return std::mem::take(content);
    }
    line
}

/// `cite` or `footer` that stands in the quote itself, or alone on the last line of its last paragraph.
fn source_of(quote: ElementRef<'_>) -> Option<ElementRef<'_>> {
    let is_source = |e: &ElementRef<'_>| matches!(e.value().name(), "cite" | "footer");
    let last = quote.children().filter_map(ElementRef::wrap).last()?;
    if is_source(&last) {
        return Some(last);
    }
    let words = |node: &ego_tree::NodeRef<'_, scraper::Node>| match node.value() {
        scraper::Node::Text(text) => !text.trim().is_empty(),
        scraper::Node::Element(_) => true,
        _ => false,
    };
    let said: Vec<_> = last.children().filter(words).collect();
    let source = said.last().copied().and_then(ElementRef::wrap).filter(is_source)?;
    let before = said.len().checked_sub(2).and_then(|at| said.get(at)).copied().map(ElementRef::wrap);
    let own_line = before.is_none_or(|before| before.is_some_and(|e| e.value().name() == "br"));
    own_line.then_some(source)
}

/// `details`: a box under the words that open it.
pub(super) fn details<'a>(walker: &mut Walker<'a>, element: ElementRef<'a>, flow: &mut Flow) {
    let summary = element.children().filter_map(ElementRef::wrap).find(|e| e.value().name() == "summary");
    boxed(walker, element, summary, BoxKind::Note, flow);
}

/// A box whose title stands in `title`.
pub(super) fn boxed<'a>(
    walker: &mut Walker<'a>,
    element: ElementRef<'a>,
    title: Option<ElementRef<'a>>,
    kind: BoxKind,
    flow: &mut Flow,
) {
    let heading = title.map(|t| walker.as_line(t, flow)).unwrap_or_default();
    let mut inner = Flow::new((flow.depth + 1).min(model::document::MAX_DEPTH), flow.line.lasting());
    children_without(walker, element, title, &mut inner);
    inner.cut();
    if flow.depth >= model::document::MAX_DEPTH {
        flow.cut();
        if !heading.is_empty() {
            flow.blocks.push(Block::Paragraph { content: heading });
        }
        return flow.blocks.extend(inner.blocks);
    }
    if !inner.blocks.is_empty() || !heading.is_empty() {
        flow.push(Block::Box { kind, title: heading, blocks: inner.blocks });
    }
}

/// The text of blocks as one line, and the blocks that are no text.
pub(super) fn lines_of(blocks: Vec<Block>) -> (Vec<Inline>, Vec<Block>) {
    let mut lines = Vec::new();
    let mut rest = Vec::new();
    split(blocks, &mut lines, &mut rest);
    let mut line = tidy::join(lines);
    tidy::line(&mut line);
    (line, rest)
}

fn split(blocks: Vec<Block>, lines: &mut Vec<Vec<Inline>>, rest: &mut Vec<Block>) {
    for block in blocks {
        match block {
            Block::Paragraph { content } | Block::Heading { content, .. } => lines.push(content),
            Block::List { items, .. } => {
                for item in items {
                    let before = lines.len();
                    split(item.blocks, lines, rest);
                    let bulleted =
                        |line: &[Inline]| matches!(line.first(), Some(Inline::Text { text }) if text.starts_with('•'));
                    if let Some(first) = lines.get_mut(before).filter(|line| !bulleted(line)) {
                        first.insert(0, Inline::text("• "));
                    }
                }
            }
            Block::Quote { blocks, source } => {
                split(blocks, lines, rest);
                lines.push(source);
            }
            other => rest.push(other),
        }
    }
}

/// How wide a figure's classes set it.
pub(super) fn width_of(element: ElementRef<'_>) -> PhotoWidth {
    width_in(attr(element, "class").unwrap_or_default())
}

pub(super) fn width_in(classes: &str) -> PhotoWidth {
    for class in classes.split_ascii_whitespace() {
        match class {
            "alignleft" | "float-left" => return PhotoWidth::Start,
            "alignright" | "float-right" => return PhotoWidth::End,
            "alignwide" | "kg-width-wide" => return PhotoWidth::Wide,
            "alignfull" | "kg-width-full" => return PhotoWidth::Full,
            _ => {}
        }
    }
    PhotoWidth::Text
}
