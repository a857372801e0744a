//! Channel feed: HTML for RSS, Atom and JSON Feed, where addresses are absolute and nothing is styled.
//!
//! Readers of feeds keep little: no classes, no roles, no `<picture>`, no places to jump to. A photo is one JPEG of at
//! most 1200 pixels, which every reader shows; notes are numbered in brackets.

use model::document::{Block, BoxKind, Embed, FileLink, Footnote, Inline, ListItem, Row, Table, Unknown};
use model::{Direction, Document, Language, PhotoUse};

use crate::channel::Channel;
use crate::html::{push_close, push_element, push_open, push_text};
use crate::links::Address;
use crate::notes::Notes;
use crate::photos::Shown;
use crate::{Labels, Resources, links, photos, tables, walk};

/// The document as HTML for feeds; [`Resources::root`] must be absolute: `https://host/`.
#[must_use]
pub fn feed(document: &Document, resources: &Resources<'_>) -> String {
    let notes = Notes::of(document);
    let mut feed = Feed { out: String::new(), resources, notes: Notes::of(document), in_link: false };
    walk::document(&mut feed, document, &notes);
    feed.out
}

struct Feed<'a> {
    out: String,
    resources: &'a Resources<'a>,
    notes: Notes<'a>,
    in_link: bool,
}

impl Feed<'_> {
    fn element(&mut self, name: &str, attributes: &[(&str, &str)], content: &[Inline]) {
        push_open(&mut self.out, name, attributes);
        walk::line(self, content);
        push_close(&mut self.out, name);
    }

    fn unless_blank(&mut self, name: &str, content: &[Inline]) {
        if !walk::is_blank(content) {
            self.element(name, &[], content);
        }
    }

    fn around(&mut self, name: &str, blocks: &[Block]) {
        push_open(&mut self.out, name, &[]);
        match blocks {
            [Block::Paragraph { content }] => walk::line(self, content),
            blocks => walk::blocks(self, blocks),
        }
        push_close(&mut self.out, name);
    }

    fn caption(&mut self, shown: &Shown<'_>) {
        if shown.caption.is_empty() && shown.credit.is_empty() {
            return;
        }
        push_open(&mut self.out, "figcaption", &[]);
        walk::line(self, &shown.caption);
        if !shown.credit.is_empty() {
            let space = if shown.caption.is_empty() { "" } else { " " };
            self.out.push_str(space);
            push_element(&mut self.out, "small", &[], &shown.credit_line(self.resources.labels));
        }
        push_close(&mut self.out, "figcaption");
    }

    fn row(&mut self, row: &Row, rows_left: usize) {
        push_open(&mut self.out, "tr", &[]);
        for cell in &row.cells {
            let span = |count: u32| if count > 1 { count.to_string() } else { String::new() };
            let (columns, rows) = (span(tables::column_span(cell)), span(tables::row_span(cell, rows_left)));
            let name = if cell.header { "th" } else { "td" };
            self.element(name, &[("colspan", &columns), ("rowspan", &rows)], &cell.content);
        }
        push_close(&mut self.out, "tr");
    }
}

impl Channel for Feed<'_> {
    fn paragraph(&mut self, content: &[Inline]) {
        self.unless_blank("p", content);
    }

    fn heading(&mut self, level: u8, content: &[Inline]) {
        let name = match level {
            0..=2 => "h2",
            3 => "h3",
            _ => "h4",
        };
        self.unless_blank(name, content);
    }

    fn list(&mut self, ordered: bool, start: u32, items: &[ListItem]) {
        let name = if ordered { "ol" } else { "ul" };
        let first = if ordered && start != 1 { start.to_string() } else { String::new() };
        push_open(&mut self.out, name, &[("start", &first)]);
        for item in items {
            self.around("li", &item.blocks);
        }
        push_close(&mut self.out, name);
    }

    fn quote(&mut self, blocks: &[Block], source: &[Inline]) {
        push_open(&mut self.out, "blockquote", &[]);
        walk::blocks(self, blocks);
        push_close(&mut self.out, "blockquote");
        self.unless_blank("p", source);
    }

    /// Degrades to a quote.
    fn pull_quote(&mut self, content: &[Inline], source: &[Inline]) {
        push_open(&mut self.out, "blockquote", &[]);
        self.unless_blank("p", content);
        push_close(&mut self.out, "blockquote");
        self.unless_blank("p", source);
    }

    /// One JPEG; a missing photo degrades to its words.
    fn photo(&mut self, photo: &PhotoUse) {
        let shown = Shown::new(photo, self.resources);
        let file = shown.ready.and_then(photos::universal);
        if file.is_none() && shown.is_silent() {
            return;
        }
        push_open(&mut self.out, "figure", &[]);
        match file {
            Some(file) => {
                let (src, width) = (links::from_root(&file.key, self.resources), file.width.to_string());
                let size = [("width", width.as_str()), ("height", &file.height.to_string())];
                push_open(&mut self.out, "img", &[[("src", src.as_str()), ("alt", &shown.alt)], size].concat());
            }
            None if shown.alt.is_empty() => {}
            None => push_element(&mut self.out, "p", &[], &shown.described(self.resources.labels)),
        }
        self.caption(&shown);
        push_close(&mut self.out, "figure");
    }

    /// Degrades to one photo below the other.
    fn gallery(&mut self, photos: &[PhotoUse], caption: &[Inline]) {
        photos.iter().for_each(|photo| self.photo(photo));
        self.unless_blank("p", caption);
    }

    /// Degrades to a link that names its source.
    fn embed(&mut self, embed: &Embed) {
        let title = match embed.title.trim() {
            "" => Labels::fill(&self.resources.labels.open_at, "source", &embed.source),
            title => format!("{title} ({})", embed.source),
        };
        push_open(&mut self.out, "p", &[]);
        match links::elsewhere(&embed.url, self.resources) {
            Some(address) => push_element(&mut self.out, "a", &[("href", &address), ("rel", links::REL)], &title),
            None => push_text(&mut self.out, &title),
        }
        push_close(&mut self.out, "p");
        self.unless_blank("p", &embed.caption);
    }

    fn file(&mut self, file: &FileLink) {
        let labels = self.resources.labels;
        let size = file.bytes.map(|bytes| format!(" ({})", labels.size(bytes))).unwrap_or_default();
        push_open(&mut self.out, "p", &[]);
        match links::resolve(&file.href, self.resources) {
            Some(address) => {
                let (href, rel) = address.parts();
                let name = Labels::fill(&labels.download, "name", &file.name);
                push_element(&mut self.out, "a", &[("href", href), ("rel", rel)], &name);
            }
            None => push_text(&mut self.out, &file.name),
        }
        push_text(&mut self.out, &size);
        push_close(&mut self.out, "p");
    }

    /// The language of the code is not told.
    fn code_block(&mut self, _language: &str, text: &str) {
        push_open(&mut self.out, "pre", &[("dir", "ltr")]);
        push_element(&mut self.out, "code", &[], text);
        push_close(&mut self.out, "pre");
    }

    fn table(&mut self, table: &Table) {
        push_open(&mut self.out, "table", &[]);
        self.unless_blank("caption", &table.caption);
        for (index, row) in table.rows.iter().enumerate() {
            self.row(row, table.rows.len() - index);
        }
        push_close(&mut self.out, "table");
    }

    fn rule(&mut self) {
        push_open(&mut self.out, "hr", &[]);
    }

    /// Degrades to a heading and a quote-like block, which every reader sets apart.
    fn boxed(&mut self, kind: BoxKind, title: &[Inline], blocks: &[Block]) {
        let labels = self.resources.labels;
        let label = match kind {
            BoxKind::StorySoFar => &labels.story_so_far,
            BoxKind::Facts => &labels.facts,
            BoxKind::Note => &labels.note,
        };
        push_open(&mut self.out, "blockquote", &[]);
        if walk::is_blank(title) {
            push_element(&mut self.out, "h3", &[], label);
        } else {
            self.element("h3", &[], title);
        }
        walk::blocks(self, blocks);
        push_close(&mut self.out, "blockquote");
    }

    /// Foreign content degrades to the text that could be read in it.
    fn unknown(&mut self, unknown: &Unknown) {
        for line in unknown.text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            push_element(&mut self.out, "p", &[], line);
        }
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

    /// A link to nowhere, to a place on the same page, or within another link, degrades to its text.
    fn link(&mut self, href: &str, content: &[Inline]) {
        let address = if self.in_link { None } else { links::resolve(href, self.resources) };
        let Some(address @ (Address::Here(_) | Address::Elsewhere(_) | Address::Contact(_))) = address else {
            return walk::line(self, content);
        };
        let (href, rel) = address.parts();
        self.in_link = true;
        push_open(&mut self.out, "a", &[("href", href), ("rel", rel)]);
        walk::line(self, content);
        if walk::is_blank(content) {
            push_text(&mut self.out, href);
        }
        push_close(&mut self.out, "a");
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
        self.element("span", &[("lang", language.as_str()), ("dir", language.direction().as_str())], content);
    }

    fn direction(&mut self, direction: Direction, content: &[Inline]) {
        self.element("bdi", &[("dir", direction.as_str())], content);
    }

    fn line_break(&mut self) {
        push_open(&mut self.out, "br", &[]);
    }

    /// Degrades to a number in brackets: feed readers rename or drop ids.
    fn footnote(&mut self, id: &str) {
        if let Some(reference) = self.notes.refer(id) {
            let number = format!("[{}]", self.resources.labels.number(reference.number as u64));
            push_element(&mut self.out, "sup", &[], &number);
        }
    }

    fn footnotes(&mut self, notes: &[&Footnote]) {
        push_open(&mut self.out, "hr", &[]);
        push_open(&mut self.out, "ol", &[]);
        for note in notes {
            self.around("li", &note.blocks);
        }
        push_close(&mut self.out, "ol");
    }
}
