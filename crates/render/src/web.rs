//! Channel web: the fragment of HTML that a page shows as its text.
//!
//! Valid, semantic HTML that needs no script, and nothing that loads from elsewhere. Class names are those that the
//! theme styles: `figure.photo` (`wide`, `full`, `start`, `end`, `missing`), `.credit`, `.gallery`, `figure.quote`,
//! `.pull`, `.embed` with `.embed-source`, `.file`, `.table` (cells `.center`, `.end`), `aside.box` (`so-far`, `facts`,
//! `note`), `.notes`, `.unknown`.

mod figure;

use model::document::{Block, Inline, plain};
use model::document::{BoxKind, Cell, CellAlign, Embed, EmbedKind, FileLink, Footnote, ListItem, Row, Table, Unknown};
use model::photo::PhotoWidth;
use model::{Direction, Document, Language, PhotoUse};

use crate::channel::Channel;
use crate::html::{push_attribute, push_close, push_element, push_open, push_text};
use crate::notes::Notes;
use crate::outline::Outline;
use crate::{Labels, Resources, links, photos, tables, walk};

use figure::Loading;
pub use figure::lead_photo;

/// Photos in a gallery are not offered wider than this.
const GALLERY_WIDTH: u32 = 800;

/// The document as HTML for a page at [`Resources::root`].
#[must_use]
pub fn web(document: &Document, resources: &Resources<'_>) -> String {
    let notes = Notes::of(document);
    let mut web = Web::new(resources, Notes::of(document));
    walk::document(&mut web, document, &notes);
    web.out
}

/// One of several texts on a page, below its headline, which is an `h2`: its headings stand deeper, and the `id`s in it begin
/// with `name`, so that no other text of the page has them.
#[must_use]
pub fn web_among_others(document: &Document, resources: &Resources<'_>, name: &str) -> String {
    let notes = Notes::of(document);
    let mut web = Web::new(resources, Notes::of(document));
    web.outline = Outline::AMONG_OTHERS;
    name.clone_into(&mut web.name);
    walk::document(&mut web, document, &notes);
    web.out
}

struct Web<'a> {
    out: String,
    /// What `id`s begin with.
    name: String,
    resources: &'a Resources<'a>,
    notes: Notes<'a>,
    outline: Outline,
    /// Which way the text runs here.
    direction: Direction,
    /// Links do not nest.
    in_link: bool,
    /// Names of the scrolling regions so far: each must be another.
    regions: Vec<String>,
}

impl<'a> Web<'a> {
    fn new(resources: &'a Resources<'a>, notes: Notes<'a>) -> Self {
        Self {
            out: String::new(),
            name: String::new(),
            resources,
            notes,
            outline: Outline::START,
            direction: resources.language.direction(),
            in_link: false,
            regions: Vec::new(),
        }
    }

    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        push_open(&mut self.out, name, attributes);
    }

    fn close(&mut self, name: &str) {
        push_close(&mut self.out, name);
    }

    fn element(&mut self, name: &str, attributes: &[(&str, &str)], content: &[Inline]) {
        self.open(name, attributes);
        walk::line(self, content);
        self.close(name);
    }

    /// Like [`Self::element`], but nothing at all when there is nothing to show.
    fn unless_blank(&mut self, name: &str, content: &[Inline]) {
        if !walk::is_blank(content) {
            self.element(name, &[], content);
        }
    }

    fn turned(&mut self, direction: Direction, language: &str, content: &[Inline]) {
        let before = std::mem::replace(&mut self.direction, direction);
        let dir = if before == direction { "" } else { direction.as_str() };
        self.element("span", &[("lang", language), ("dir", dir)], content);
        self.direction = before;
    }

    /// Items and notes that are one paragraph need no `<p>`.
    fn tight(&mut self, blocks: &[Block]) {
        match blocks {
            [Block::Paragraph { content }] => walk::line(self, content),
            [Block::Paragraph { content }, list @ Block::List { .. }] => {
                walk::line(self, content);
                walk::blocks(self, std::slice::from_ref(list));
            }
            blocks => walk::blocks(self, blocks),
        }
    }

    /// A name for a scrolling region that no other region on the page has.
    fn region(&mut self, caption: &str) -> String {
        let number = self.resources.labels.number(self.regions.len() as u64 + 1);
        let numbered = Labels::fill(&self.resources.labels.table, "number", &number);
        let name = match caption.trim() {
            "" => numbered,
            caption if self.regions.iter().any(|known| known == caption) => format!("{caption} ({numbered})"),
            caption => caption.to_owned(),
        };
        self.regions.push(name.clone());
        name
    }

    fn rows(&mut self, group: &str, rows: &[Row]) {
        if rows.iter().all(|row| row.cells.is_empty()) {
            return;
        }
        self.open(group, &[]);
        for (index, row) in rows.iter().enumerate().filter(|(_, row)| !row.cells.is_empty()) {
            self.open("tr", &[]);
            for cell in &row.cells {
                self.cell(cell, group == "thead", rows.len() - index);
            }
            self.close("tr");
        }
        self.close(group);
    }

    fn cell(&mut self, cell: &Cell, in_head: bool, rows_left: usize) {
        let span = |count: u32| if count > 1 { count.to_string() } else { String::new() };
        let (columns, rows) = (span(tables::column_span(cell)), span(tables::row_span(cell, rows_left)));
        let class = match cell.align {
            CellAlign::Start => "",
            CellAlign::Center => "center",
            CellAlign::End => "end",
        };
        let (name, scope) = tables::cell_kind(cell, in_head);
        let attributes = [("scope", scope), ("class", class), ("colspan", &columns), ("rowspan", &rows)];
        self.element(name, &attributes, &cell.content);
    }

    fn note(&mut self, number: usize, note: &Footnote) {
        self.open("li", &[("id", &format!("{}n{number}", self.name))]);
        let (last, before) = match note.blocks.split_last() {
            Some((Block::Paragraph { content }, before)) => (Some(content), before),
            Some(_) | None => (None, note.blocks.as_slice()),
        };
        walk::blocks(self, before);
        self.open("p", &[]);
        if let Some(content) = last {
            walk::line(self, content);
        }
        for reference in self.notes.references(number) {
            let target = format!("#{}{}", self.name, reference.id());
            let label =
                [("href", target.as_str()), ("role", "doc-backlink"), ("aria-label", &self.resources.labels.back)];
            self.out.push(' ');
            push_element(&mut self.out, "a", &label, "↩");
        }
        self.close("p");
        self.close("li");
    }
}

impl Channel for Web<'_> {
    fn paragraph(&mut self, content: &[Inline]) {
        self.unless_blank("p", content);
    }

    fn heading(&mut self, level: u8, content: &[Inline]) {
        if !walk::is_blank(content) {
            let name = self.outline.enter(level);
            self.element(name, &[], content);
        }
    }

    fn list(&mut self, ordered: bool, start: u32, items: &[ListItem]) {
        if items.is_empty() {
            return;
        }
        let name = if ordered { "ol" } else { "ul" };
        let first = if ordered && start != 1 { start.to_string() } else { String::new() };
        self.open(name, &[("start", &first)]);
        for item in items {
            self.open("li", &[]);
            self.tight(&item.blocks);
            self.close("li");
        }
        self.close(name);
    }

    fn quote(&mut self, blocks: &[Block], source: &[Inline]) {
        let named = !walk::is_blank(source);
        if named {
            self.open("figure", &[("class", "quote")]);
        }
        self.open("blockquote", &[]);
        walk::blocks(self, blocks);
        self.close("blockquote");
        if named {
            self.element("figcaption", &[], source);
            self.close("figure");
        }
    }

    fn pull_quote(&mut self, content: &[Inline], source: &[Inline]) {
        self.open("aside", &[("class", "pull"), ("role", "doc-pullquote")]);
        self.unless_blank("p", content);
        self.unless_blank("footer", source);
        self.close("aside");
    }

    fn photo(&mut self, photo: &PhotoUse) {
        self.figure(photo, photos::sizes(photo.width), u32::MAX, Loading::WhenNear);
    }

    fn gallery(&mut self, photos: &[PhotoUse], caption: &[Inline]) {
        self.open("figure", &[("class", "gallery")]);
        for photo in photos {
            let within = PhotoUse { width: PhotoWidth::Text, ..photo.clone() };
            self.figure(&within, photos::GALLERY_SIZES, GALLERY_WIDTH, Loading::WhenNear);
        }
        self.unless_blank("figcaption", caption);
        self.close("figure");
    }

    /// A card that names its source; what lies there is never loaded from here.
    fn embed(&mut self, embed: &Embed) {
        let labels = self.resources.labels;
        let pattern = match embed.kind {
            EmbedKind::Video => &labels.video,
            EmbedKind::Audio => &labels.audio,
            EmbedKind::Post => &labels.post,
            EmbedKind::Link => &labels.link,
        };
        let source = Labels::fill(pattern, "source", &embed.source);
        let title = match embed.title.trim() {
            "" => Labels::fill(&labels.open_at, "source", &embed.source),
            title => title.to_owned(),
        };
        let captioned = !walk::is_blank(&embed.caption);
        if captioned {
            self.open("figure", &[]);
        }
        let address = links::elsewhere(&embed.url, self.resources);
        let name = if address.is_some() { "a" } else { "p" };
        let (href, rel) = address.as_deref().map_or(("", ""), |address| (address, links::REL));
        self.open(name, &[("class", "embed"), ("href", href), ("rel", rel)]);
        push_element(&mut self.out, "span", &[("class", "embed-source")], &source);
        self.out.push(' ');
        push_text(&mut self.out, &title);
        self.close(name);
        if captioned {
            self.element("figcaption", &[], &embed.caption);
            self.close("figure");
        }
    }

    fn file(&mut self, file: &FileLink) {
        let labels = self.resources.labels;
        self.open("p", &[("class", "file")]);
        match links::resolve(&file.href, self.resources) {
            Some(address) => {
                let (href, rel) = address.parts();
                let name = Labels::fill(&labels.download, "name", &file.name);
                push_element(&mut self.out, "a", &[("href", href), ("rel", rel)], &name);
            }
            None => push_text(&mut self.out, &file.name),
        }
        if let Some(bytes) = file.bytes {
            push_text(&mut self.out, &format!(" ({})", labels.size(bytes)));
        }
        self.close("p");
    }

    /// The language of the code is not told: nothing colours it.
    fn code_block(&mut self, _language: &str, text: &str) {
        let dir = if self.direction == Direction::Rtl { "ltr" } else { "" };
        self.open("pre", &[("dir", dir), ("tabindex", "0")]);
        push_element(&mut self.out, "code", &[], text);
        self.close("pre");
    }

    fn table(&mut self, table: &Table) {
        if table.rows.iter().all(|row| row.cells.is_empty()) {
            return self.unless_blank("p", &table.caption);
        }
        let name = self.region(&plain::line(&table.caption));
        self.open("div", &[("class", "table"), ("role", "region"), ("tabindex", "0"), ("aria-label", &name)]);
        self.open("table", &[]);
        self.unless_blank("caption", &table.caption);
        let (head, body) = table.rows.split_at(tables::head_rows(table));
        self.rows("thead", head);
        self.rows("tbody", body);
        self.close("table");
        self.close("div");
    }

    fn rule(&mut self) {
        self.open("hr", &[]);
    }

    fn boxed(&mut self, kind: BoxKind, title: &[Inline], blocks: &[Block]) {
        let labels = self.resources.labels;
        let (class, label) = match kind {
            BoxKind::StorySoFar => ("box so-far", &labels.story_so_far),
            BoxKind::Facts => ("box facts", &labels.facts),
            BoxKind::Note => ("box note", &labels.note),
        };
        let before = self.outline;
        let heading = self.outline.enter_box();
        self.open("aside", &[("class", class), ("role", "note")]);
        if walk::is_blank(title) {
            push_element(&mut self.out, heading, &[], label);
        } else {
            self.element(heading, &[], title);
        }
        walk::blocks(self, blocks);
        self.close("aside");
        self.outline = before;
    }

    /// Foreign content degrades to the text that could be read in it.
    fn unknown(&mut self, unknown: &Unknown) {
        let lines: Vec<&str> = unknown.text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        if lines.is_empty() {
            return;
        }
        self.open("div", &[("class", "unknown")]);
        for line in lines {
            push_element(&mut self.out, "p", &[], line);
        }
        self.close("div");
    }

    fn text(&mut self, text: &str) {
        push_text(&mut self.out, text);
    }

    fn strong(&mut self, content: &[Inline]) {
        self.element("strong", &[], content);
    }

    fn emphasis(&mut self, content: &[Inline]) {
        self.element("em", &[], content);
    }

    /// A link to nowhere, or within another link, degrades to its text.
    fn link(&mut self, href: &str, content: &[Inline]) {
        let address = if self.in_link { None } else { links::resolve(href, self.resources) };
        let Some(address) = address else { return walk::line(self, content) };
        let (href, rel) = address.parts();
        self.in_link = true;
        self.open("a", &[("href", href), ("rel", rel)]);
        walk::line(self, content);
        if walk::is_blank(content) {
            push_text(&mut self.out, href);
        }
        self.close("a");
        self.in_link = false;
    }

    fn code(&mut self, text: &str) {
        push_element(&mut self.out, "code", &[], text);
    }

    fn strike(&mut self, content: &[Inline]) {
        self.element("s", &[], content);
    }

    fn sub(&mut self, content: &[Inline]) {
        self.element("sub", &[], content);
    }

    fn sup(&mut self, content: &[Inline]) {
        self.element("sup", &[], content);
    }

    fn language(&mut self, language: &Language, content: &[Inline]) {
        self.turned(language.direction(), language.as_str(), content);
    }

    fn direction(&mut self, direction: Direction, content: &[Inline]) {
        self.open("bdi", &[("dir", direction.as_str())]);
        let before = std::mem::replace(&mut self.direction, direction);
        walk::line(self, content);
        self.direction = before;
        self.close("bdi");
    }

    fn line_break(&mut self) {
        self.open("br", &[]);
    }

    fn footnote(&mut self, id: &str) {
        let Some(reference) = self.notes.refer(id) else { return };
        let number = self.resources.labels.number(reference.number as u64);
        let id = format!("{}{}", self.name, reference.id());
        self.out.push_str("<sup");
        if self.in_link {
            push_attribute(&mut self.out, "id", &id);
            self.out.push('>');
            push_text(&mut self.out, &number);
        } else {
            self.out.push('>');
            let target = format!("#{}n{}", self.name, reference.number);
            let attributes = [("href", target.as_str()), ("id", &id), ("role", "doc-noteref")];
            push_element(&mut self.out, "a", &attributes, &number);
        }
        self.close("sup");
    }

    fn footnotes(&mut self, notes: &[&Footnote]) {
        self.open("section", &[("class", "notes"), ("role", "doc-endnotes")]);
        push_element(&mut self.out, self.outline.first(), &[], &self.resources.labels.footnotes);
        self.open("ol", &[]);
        for (index, note) in notes.iter().enumerate() {
            self.note(index + 1, note);
        }
        self.close("ol");
        self.close("section");
    }
}
