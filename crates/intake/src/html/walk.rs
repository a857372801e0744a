//! The walk over the parsed fragment.
//!
//! A [`Flow`] holds the blocks written so far and the [`Line`] being written. Inline elements open and close marks on the
//! line; a block cuts the line into a paragraph first. So a photo within a link within a sentence becomes a paragraph, a
//! photo and a paragraph, as a reader sees it.

use ego_tree::NodeRef;
use html5ever::driver::{ParseOpts, parse_fragment};
use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{QualName, local_name, ns};
use indexmap::IndexMap;
use model::document::{Block, Inline, MAX_DEPTH, Unknown};
use model::{Direction, Document, Language};
use scraper::{ElementRef, Html, HtmlTreeSink, Node};

use super::element::{attr, contains_blocks, is_inline, level, mark_of, short};
use super::footnote::Notes;
use super::line::{Line, Mark};
use super::{Around, Converted, bounds, cards, embed, figure, list, media, table, words};
use crate::links;
use crate::{FoundPhoto, Note};

/// More notes than this about one item say nothing new.
const MAX_NOTES: usize = 200;

/// What a cut line becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Becomes {
    Paragraph,
    Heading(u8),
}

/// Blocks written so far, and the line being written.
pub(super) struct Flow {
    pub(super) blocks: Vec<Block>,
    pub(super) line: Line,
    pub(super) becomes: Becomes,
    /// At which depth the blocks stand; 1 is the document itself.
    pub(super) depth: usize,
}

impl Flow {
    pub(super) fn new(depth: usize, marks: Vec<Mark>) -> Self {
        Self { blocks: Vec::new(), line: Line::within(marks), becomes: Becomes::Paragraph, depth }
    }

    /// Cuts the line: what was written becomes a block.
    pub(super) fn cut(&mut self) {
        let content = self.line.take();
        if content.is_empty() {
            return;
        }
        let block = match self.becomes {
            Becomes::Heading(level) => Block::Heading { level, content },
            Becomes::Paragraph => match embed::alone(&content) {
                Some(embed) => Block::Embed(embed),
                None => Block::Paragraph { content },
            },
        };
        self.blocks.push(block);
    }

    pub(super) fn push(&mut self, block: Block) {
        self.cut();
        self.blocks.push(block);
    }

    /// Puts blocks into a container, or in its place where it would stand too deep.
    pub(super) fn contain(&mut self, blocks: Vec<Block>, container: impl FnOnce(Vec<Block>) -> Block) {
        self.cut();
        if self.depth < MAX_DEPTH {
            self.blocks.push(container(blocks));
        } else {
            self.blocks.extend(blocks);
        }
    }
}

/// The walk's memory.
pub(super) struct Walker<'a> {
    pub(super) around: &'a dyn Around,
    pub(super) photos: IndexMap<String, FoundPhoto>,
    pub(super) notes: Vec<Note>,
    pub(super) footnotes: Notes<'a>,
}

pub(super) fn convert(html: &str, around: &dyn Around) -> Converted {
    let (bounded, was_cut) = bounds::within(html);
    let parsed = parse(&bounded);
    let outside: Vec<(String, Html)> =
        around.footnotes().iter().map(|(id, html)| (id.clone(), parse(&bounds::within(html).0))).collect();
    let mut walker =
        Walker { around, photos: IndexMap::new(), notes: Vec::new(), footnotes: Notes::find(&parsed, &outside) };
    if was_cut {
        let reason = format!("the text is longer than {} MiB", bounds::MAX_BYTES / 1024 / 1024);
        walker.dropped("the end of the text", &reason);
    }
    let mut flow = Flow::new(1, Vec::new());
    walker.children(parsed.root_element(), &mut flow);
    flow.cut();
    // A rule parts what comes after it; what came after may have been a sign-up box.
    while matches!(flow.blocks.last(), Some(Block::Rule)) {
        flow.blocks.pop();
    }
    let mut document = Document::new(flow.blocks);
    document.footnotes = walker.written_footnotes();
    Converted { document, photos: walker.photos.into_values().collect(), notes: walker.notes }
}

/// As a browser without scripts reads it: what stands in `noscript` is there.
pub(super) fn parse(html: &str) -> Html {
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let options = ParseOpts { tree_builder, ..ParseOpts::default() };
    let body = QualName::new(None, ns!(html), local_name!("body"));
    parse_fragment(HtmlTreeSink::new(Html::new_fragment()), options, body, Vec::new(), false).one(html)
}

impl<'a> Walker<'a> {
    pub(super) fn children(&mut self, element: ElementRef<'a>, flow: &mut Flow) {
        for child in element.children() {
            self.node(child, flow);
        }
    }

    pub(super) fn node(&mut self, node: NodeRef<'a, Node>, flow: &mut Flow) {
        match node.value() {
            Node::Text(text) => flow.line.text(text),
            Node::Element(_) => {
                if let Some(element) = ElementRef::wrap(node) {
                    self.element(element, flow);
                }
            }
            Node::Document | Node::Fragment | Node::Doctype(_) | Node::Comment(_) | Node::ProcessingInstruction(_) => {}
        }
    }

    pub(super) fn element(&mut self, element: ElementRef<'a>, flow: &mut Flow) {
        if cards::handled(self, element, flow) {
            return;
        }
        let name = element.value().name();
        if is_inline(name) { self.inline(element, flow) } else { self.block(element, flow) }
    }

    /// The blocks within an element, as they stand one level deeper than `flow`.
    pub(super) fn within(&mut self, element: ElementRef<'a>, flow: &Flow) -> Vec<Block> {
        let mut inner = Flow::new((flow.depth + 1).min(MAX_DEPTH), flow.line.lasting());
        self.children(element, &mut inner);
        inner.cut();
        inner.blocks
    }

    /// The blocks within an element, as they stand at the level of `flow`.
    pub(super) fn beside(&mut self, element: ElementRef<'a>, flow: &Flow) -> Vec<Block> {
        let mut inner = Flow::new(flow.depth, flow.line.lasting());
        self.children(element, &mut inner);
        inner.cut();
        inner.blocks
    }

    /// An element's text as one line; what is no text is left in `flow`.
    pub(super) fn as_line(&mut self, element: ElementRef<'a>, flow: &mut Flow) -> Vec<Inline> {
        let (lines, rest) = super::figure::lines_of(self.beside(element, flow));
        flow.blocks.extend(rest);
        lines
    }

    fn inline(&mut self, element: ElementRef<'a>, flow: &mut Flow) {
        let name = element.value().name();
        let ambient = self.open_ambient(element, flow);
        match name {
            "br" => flow.line.push(Inline::Break),
            "wbr" | "rp" => {}
            "a" => self.link(element, flow),
            "code" | "kbd" | "samp" | "tt" => flow.line.push(Inline::Code { text: element.text().collect() }),
            "q" => self.between(element, "“", "”", flow),
            "rt" => self.between(element, " (", ")", flow),
            _ => {
                flow.line.open(mark_of(name, attr(element, "style")));
                self.children(element, flow);
                flow.line.close();
            }
        }
        for _ in 0..ambient {
            flow.line.close();
        }
    }

    fn between(&mut self, element: ElementRef<'a>, before: &str, after: &str, flow: &mut Flow) {
        flow.line.text(before);
        self.children(element, flow);
        flow.line.text(after);
    }

    fn link(&mut self, element: ElementRef<'a>, flow: &mut Flow) {
        let href = attr(element, "href").unwrap_or_default();
        if let Some(id) = self.footnotes.referred(href) {
            flow.line.push(Inline::Footnote { id });
            return;
        }
        if self.footnotes.is_way_back(element, href) {
            return;
        }
        let mark = match links::allowed(&self.around.link(href)) {
            Some(href) => Mark::Link(href),
            None if href.trim().is_empty() || href.trim() == "#" => Mark::Nothing,
            None => {
                self.dropped(
                    &format!("link to {}", short(href)),
                    "only web, mail and telephone addresses are taken over",
                );
                Mark::Nothing
            }
        };
        flow.line.open(mark);
        self.children(element, flow);
        flow.line.close();
    }

    fn block(&mut self, element: ElementRef<'a>, flow: &mut Flow) {
        let name = element.value().name();
        if !contains_blocks(name) {
            return self.special(element, name, flow);
        }
        flow.cut();
        let ambient = self.open_ambient(element, flow);
        match name {
            "p" => media::paragraph(self, element, flow),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let before = std::mem::replace(&mut flow.becomes, Becomes::Heading(level(name)));
                self.children(element, flow);
                flow.cut();
                flow.becomes = before;
            }
            "ul" | "ol" | "menu" | "dir" => list::list(self, element, flow),
            "dl" => list::definitions(self, element, flow),
            "blockquote" => figure::quote(self, element, flow),
            "figure" => figure::figure(self, element, flow),
            "table" => table::table(self, element, flow),
            "details" => figure::details(self, element, flow),
            _ => self.children(element, flow),
        }
        flow.cut();
        for _ in 0..ambient {
            flow.line.close();
        }
    }

    /// Elements that are something else than text.
    fn special(&mut self, element: ElementRef<'a>, name: &str, flow: &mut Flow) {
        match name {
            "img" => media::image(self, element, flow),
            "iframe" => media::frame(self, element, flow),
            "video" | "audio" => media::player(self, element, flow),
            "object" | "embed" => media::object(self, element, flow),
            "pre" | "listing" | "xmp" | "plaintext" => media::code(self, element, flow),
            "hr" => flow.push(Block::Rule),
            "script" => media::script(self, element, flow),
            "style" => self.dropped("style sheet", "the theme sets the type"),
            "meta" | "link" | "base" | "head" | "title" | "source" | "track" | "param" | "area" | "col"
            | "colgroup" => {}
            "input" => media::input(self, element, flow),
            "masthead-kept" => self.kept_elsewhere(element, flow),
            "form" | "select" | "textarea" | "button" | "canvas" | "svg" | "math" | "map" | "applet" | "dialog"
            | "template" | "frameset" | "marquee" => self.keep(element, name, flow),
            _ if name.contains('-') => self.keep(element, name, flow),
            // An element that no browser knows marks nothing: `<o:p>` of a word processor.
            _ => self.children(element, flow),
        }
    }

    /// Keeps an element that is not understood.
    pub(super) fn keep(&mut self, element: ElementRef<'a>, name: &str, flow: &mut Flow) {
        self.keep_raw(name, element.html(), words::readable(element), flow);
    }

    fn kept_elsewhere(&mut self, element: ElementRef<'a>, flow: &mut Flow) {
        let value = |name| attr(element, name).unwrap_or_default();
        self.keep_raw(value("data-name"), value("data-raw").to_owned(), value("data-text").to_owned(), flow);
    }

    pub(super) fn keep_raw(&mut self, name: &str, raw: String, text: String, flow: &mut Flow) {
        let name = short(name);
        self.note(Note::Kept { name: name.clone() });
        flow.push(Block::Unknown(Unknown { system: self.around.system().to_owned(), name, raw, text }));
    }

    pub(super) fn dropped(&mut self, name: &str, reason: &str) {
        self.note(Note::Dropped { name: name.to_owned(), reason: reason.to_owned() });
    }

    fn note(&mut self, note: Note) {
        if self.notes.len() < MAX_NOTES && !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// Opens the marks of `lang` and `dir`; how many.
    fn open_ambient(&mut self, element: ElementRef<'a>, flow: &mut Flow) -> usize {
        let mut opened = 0;
        let around = self.around.language();
        let language = attr(element, "lang").and_then(|tag| Language::new(tag).ok());
        let direction = match attr(element, "dir").map(str::to_ascii_lowercase).as_deref() {
            Some("rtl") => Some(Direction::Rtl),
            Some("ltr") => Some(Direction::Ltr),
            _ => None,
        };
        let usual = flow.line.lasting().iter().rev().find_map(|mark| match mark {
            Mark::Direction(direction) => Some(*direction),
            _ => None,
        });
        let usual = usual.unwrap_or_else(|| around.map_or(Direction::Ltr, Language::direction));
        if let Some(language) = language.filter(|language| around != Some(language)) {
            flow.line.open(Mark::Language(language));
            opened += 1;
        }
        if let Some(direction) = direction.filter(|direction| *direction != usual || element.value().name() == "bdo") {
            flow.line.open(Mark::Direction(direction));
            opened += 1;
        }
        opened
    }
}
