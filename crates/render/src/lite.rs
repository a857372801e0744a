//! Channel lite: the smallest HTML that still says everything. No pictures; a photo is a link to its small form.

use model::document::{Block, BoxKind, Embed, FileLink, Footnote, Inline, ListItem, Row, Table, Unknown};
use model::{Direction, Document, Language, PhotoUse};

use crate::channel::Channel;
use crate::html::{push_close, push_element, push_open, push_text};
use crate::notes::Notes;
use crate::outline::Outline;
use crate::photos::Shown;
use crate::{Labels, Resources, links, photos, tables, walk};

/// The document as the smallest HTML for a page at [`Resources::root`].
#[must_use]
pub fn lite(document: &Document, resources: &Resources<'_>) -> String {
    let notes = Notes::of(document);
    let mut lite =
        Lite { out: String::new(), resources, notes: Notes::of(document), outline: Outline::START, in_link: false };
    walk::document(&mut lite, document, &notes);
    lite.out
}

struct Lite<'a> {
    out: String,
    resources: &'a Resources<'a>,
    notes: Notes<'a>,
    outline: Outline,
    in_link: bool,
}

impl Lite<'_> {
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

    fn anchor(&mut self, href: &str, text: &str) {
        match links::resolve(href, self.resources) {
            Some(address) => {
                let (href, rel) = address.parts();
                push_element(&mut self.out, "a", &[("href", href), ("rel", rel)], text);
            }
            None => push_text(&mut self.out, text),
        }
    }

    fn row(&mut self, row: &Row, in_head: bool, rows_left: usize) {
        push_open(&mut self.out, "tr", &[]);
        for cell in &row.cells {
            let span = |count: u32| if count > 1 { count.to_string() } else { String::new() };
            let (columns, rows) = (span(tables::column_span(cell)), span(tables::row_span(cell, rows_left)));
            let (name, scope) = tables::cell_kind(cell, in_head);
            self.element(name, &[("scope", scope), ("colspan", &columns), ("rowspan", &rows)], &cell.content);
        }
        push_close(&mut self.out, "tr");
    }
}

impl Channel for Lite<'_> {
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
        push_open(&mut self.out, name, &[("start", &first)]);
        for item in items {
            self.around("li", &item.blocks);
        }
        push_close(&mut self.out, name);
    }

    fn quote(&mut self, blocks: &[Block], source: &[Inline]) {
        self.around("blockquote", blocks);
        self.unless_blank("p", source);
    }

    /// As any other quote: what was imported as one need not stand in the story itself.
    fn pull_quote(&mut self, content: &[Inline], source: &[Inline]) {
        self.element("blockquote", &[], content);
        self.unless_blank("p", source);
    }

    /// A link to the small form: "\[Photo: alt — credit (12 KB)\]".
    fn photo(&mut self, photo: &PhotoUse) {
        let shown = Shown::new(photo, self.resources);
        let small = shown.ready.and_then(photos::small);
        if small.is_none() && shown.is_silent() {
            return;
        }
        let mut name = shown.described(self.resources.labels);
        if !shown.credit.is_empty() {
            name = format!("{name} — {}", shown.credit);
        }
        self.out.push_str("<p>[");
        match small {
            Some(file) => {
                let name = format!("{name} ({})", self.resources.labels.size(file.bytes));
                push_element(&mut self.out, "a", &[("href", &links::from_root(&file.key, self.resources))], &name);
            }
            None => push_text(&mut self.out, &name),
        }
        self.out.push(']');
        if !shown.alt.is_empty() && !shown.caption.is_empty() {
            self.out.push(' ');
            walk::line(self, &shown.caption);
        }
        push_close(&mut self.out, "p");
    }

    /// Each photo by itself, then what is said about all.
    fn gallery(&mut self, photos: &[PhotoUse], caption: &[Inline]) {
        photos.iter().for_each(|photo| self.photo(photo));
        self.unless_blank("p", caption);
    }

    fn embed(&mut self, embed: &Embed) {
        let title = match embed.title.trim() {
            "" => Labels::fill(&self.resources.labels.open_at, "source", &embed.source),
            title => format!("{title} ({})", embed.source),
        };
        self.out.push_str("<p>");
        match links::elsewhere(&embed.url, self.resources) {
            Some(address) => push_element(&mut self.out, "a", &[("href", &address), ("rel", links::REL)], &title),
            None => push_text(&mut self.out, &title),
        }
        if !walk::is_blank(&embed.caption) {
            self.out.push(' ');
            walk::line(self, &embed.caption);
        }
        push_close(&mut self.out, "p");
    }

    fn file(&mut self, file: &FileLink) {
        let labels = self.resources.labels;
        let size = file.bytes.map(|bytes| format!(" ({})", labels.size(bytes))).unwrap_or_default();
        let name = format!("{}{size}", Labels::fill(&labels.download, "name", &file.name));
        self.out.push_str("<p>");
        self.anchor(&file.href, &name);
        push_close(&mut self.out, "p");
    }

    /// The language of the code is not told.
    fn code_block(&mut self, _language: &str, text: &str) {
        let dir = if self.resources.language.direction() == Direction::Rtl { "ltr" } else { "" };
        push_open(&mut self.out, "pre", &[("dir", dir), ("tabindex", "0")]);
        push_element(&mut self.out, "code", &[], text);
        push_close(&mut self.out, "pre");
    }

    /// Without groups and alignment.
    fn table(&mut self, table: &Table) {
        if table.rows.iter().all(|row| row.cells.is_empty()) {
            return self.unless_blank("p", &table.caption);
        }
        // A wide one scrolls by itself, also with the keyboard.
        push_open(&mut self.out, "table", &[("tabindex", "0")]);
        self.unless_blank("caption", &table.caption);
        for (index, row) in table.rows.iter().enumerate().filter(|(_, row)| !row.cells.is_empty()) {
            self.row(row, index < tables::head_rows(table), table.rows.len() - index);
        }
        push_close(&mut self.out, "table");
    }

    fn rule(&mut self) {
        push_open(&mut self.out, "hr", &[]);
    }

    fn boxed(&mut self, kind: BoxKind, title: &[Inline], blocks: &[Block]) {
        let labels = self.resources.labels;
        let label = match kind {
            BoxKind::StorySoFar => &labels.story_so_far,
            BoxKind::Facts => &labels.facts,
            BoxKind::Note => &labels.note,
        };
        let before = self.outline;
        let heading = self.outline.enter_box();
        push_open(&mut self.out, "blockquote", &[]);
        if walk::is_blank(title) {
            push_element(&mut self.out, heading, &[], label);
        } else {
            self.element(heading, &[], title);
        }
        walk::blocks(self, blocks);
        push_close(&mut self.out, "blockquote");
        self.outline = before;
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
        self.element("b", &[], content);
    }

    fn emphasis(&mut self, content: &[Inline]) {
        self.element("i", &[], content);
    }

    /// A link to nowhere, or within another link, degrades to its text.
    fn link(&mut self, href: &str, content: &[Inline]) {
        let address = if self.in_link { None } else { links::resolve(href, self.resources) };
        let Some(address) = address else { return walk::line(self, content) };
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
        let direction = language.direction();
        let dir = if direction == self.resources.language.direction() { "" } else { direction.as_str() };
        self.element("span", &[("lang", language.as_str()), ("dir", dir)], content);
    }

    fn direction(&mut self, direction: Direction, content: &[Inline]) {
        self.element("bdi", &[("dir", direction.as_str())], content);
    }

    fn line_break(&mut self) {
        push_open(&mut self.out, "br", &[]);
    }

    fn footnote(&mut self, id: &str) {
        let Some(reference) = self.notes.refer(id) else { return };
        let number = format!("[{}]", self.resources.labels.number(reference.number as u64));
        let target = format!("#n{}", reference.number);
        if self.in_link {
            push_element(&mut self.out, "span", &[("id", &reference.id())], &number);
        } else {
            push_element(&mut self.out, "a", &[("href", &target), ("id", &reference.id())], &number);
        }
    }

    fn footnotes(&mut self, notes: &[&Footnote]) {
        push_element(&mut self.out, "h2", &[], &self.resources.labels.footnotes);
        push_open(&mut self.out, "ol", &[]);
        for (index, note) in notes.iter().enumerate() {
            push_open(&mut self.out, "li", &[("id", &format!("n{}", index + 1))]);
            walk::blocks(self, &note.blocks);
            if let Some(reference) = self.notes.references(index + 1).next() {
                let back = [("href", &*format!("#{}", reference.id())), ("aria-label", &self.resources.labels.back)];
                push_element(&mut self.out, "a", &back, "↩");
            }
            push_close(&mut self.out, "li");
        }
        push_close(&mut self.out, "ol");
    }
}
