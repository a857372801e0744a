//! Channel text: plain characters, wrapped, for the text part of an e-mail and for terminals.
//!
//! Addresses are numbered in the text and listed at its end. A wrapped line is a paragraph of its own to whatever
//! shows it, so every line is made to run the way the text runs: one that begins with a letter of the other
//! direction is led by a mark (U+200E, U+200F), and what runs the other way is isolated (U+2066 to U+2069).

mod columns;
mod wrap;

use model::document::{Block, BoxKind, Embed, FileLink, Footnote, Inline, ListItem, Table, Unknown};
use model::{Direction, Document, Language, PhotoUse};

use crate::channel::Channel;
use crate::links::Address;
use crate::notes::Notes;
use crate::photos::Shown;
use crate::{Labels, Resources, links, photos, walk};

/// Columns of a line.
const WIDTH: usize = 72;

/// No block is squeezed narrower than this, however deep it stands.
const NARROWEST: usize = 24;

/// The document as plain text, ending with one newline; empty for an empty document. For addresses that can be
/// opened [`Resources::root`] must be absolute: `https://host/`.
#[must_use]
pub fn text(document: &Document, resources: &Resources<'_>) -> String {
    let notes = Notes::of(document);
    let mut text = Text {
        lines: Vec::new(),
        line: String::new(),
        width: WIDTH,
        addresses: Vec::new(),
        direction: resources.language.direction(),
        notes: Notes::of(document),
        resources,
    };
    walk::document(&mut text, document, &notes);
    text.addresses();
    let mut out = text.lines.join("\n");
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// A text in lines that run as the language does.
pub(crate) fn wrapped(text: &str, direction: Direction) -> Vec<String> {
    wrap::wrap(text, WIDTH, direction)
}

struct Text<'a> {
    lines: Vec<String>,
    /// The line of inlines being gathered; `\n` is a break.
    line: String,
    width: usize,
    addresses: Vec<String>,
    direction: Direction,
    notes: Notes<'a>,
    resources: &'a Resources<'a>,
}

impl Text<'_> {
    /// Adds a block, with an empty line before it.
    fn add(&mut self, lines: Vec<String>) {
        if lines.is_empty() {
            return;
        }
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
        self.lines.extend(lines);
    }

    /// The characters of a line of inlines.
    fn gather(&mut self, content: &[Inline]) -> String {
        let outer = std::mem::take(&mut self.line);
        walk::line(self, content);
        std::mem::replace(&mut self.line, outer)
    }

    fn wrapped(&mut self, content: &[Inline]) -> Vec<String> {
        let gathered = self.gather(content);
        self.wrap(&gathered)
    }

    fn wrap(&self, text: &str) -> Vec<String> {
        wrap::wrap(text, self.width, self.resources.language.direction())
    }

    /// What `fill` adds, with something before its first and its other lines.
    fn indented(&mut self, first: &str, others: &str, fill: impl FnOnce(&mut Self)) -> Vec<String> {
        let outer = std::mem::take(&mut self.lines);
        let width = self.width;
        self.width = width.saturating_sub(wrap::width(others)).max(NARROWEST);
        fill(self);
        self.width = width;
        let inner = std::mem::replace(&mut self.lines, outer);
        let lead = |(index, line): (usize, String)| {
            let lead = if index == 0 { first } else { others };
            format!("{lead}{line}").trim_end().to_owned()
        };
        inner.into_iter().enumerate().map(lead).collect()
    }

    fn marked(&mut self, before: &str, content: &[Inline], after: &str) {
        self.line.push_str(before);
        walk::line(self, content);
        self.line.push_str(after);
    }

    /// What runs the other way is isolated, so that it does not pull its neighbours along.
    fn isolated(&mut self, direction: Direction, content: &[Inline]) {
        let before = std::mem::replace(&mut self.direction, direction);
        let isolate = match direction {
            Direction::Ltr => "\u{2066}",
            Direction::Rtl => "\u{2067}",
        };
        if before == direction {
            walk::line(self, content);
        } else {
            self.marked(isolate, content, "\u{2069}");
        }
        self.direction = before;
    }

    /// The number under which an address is listed.
    fn address(&mut self, address: &str) -> String {
        let known = self.addresses.iter().position(|known| known == address);
        let index = known.unwrap_or_else(|| {
            self.addresses.push(address.to_owned());
            self.addresses.len() - 1
        });
        format!("[{}]", index + 1)
    }

    fn addresses(&mut self) {
        if self.addresses.is_empty() {
            return;
        }
        let heading = self.wrap(&format!("{}:", self.resources.labels.links));
        self.add(heading);
        let list = std::mem::take(&mut self.addresses);
        self.lines.extend(list.iter().enumerate().map(|(index, address)| format!("[{}] {address}", index + 1)));
    }

    fn with_source(&mut self, source: &[Inline]) {
        if !walk::is_blank(source) {
            let source = format!("— {}", self.gather(source));
            let lines = self.wrap(&source);
            self.lines.extend(lines);
        }
    }

    /// `Label: text [1]`, and what is said about it below.
    fn pointer(&mut self, text: &str, address: Option<String>, caption: &[Inline]) {
        let number = address.map(|address| format!(" {}", self.address(&address))).unwrap_or_default();
        let mut lines = self.wrap(&format!("{text}{number}"));
        lines.extend(self.wrapped(caption));
        self.add(lines);
    }
}

impl Channel for Text<'_> {
    fn paragraph(&mut self, content: &[Inline]) {
        let lines = self.wrapped(content);
        self.add(lines);
    }

    /// Underlined: doubly on level 2, simply on level 3, not below.
    fn heading(&mut self, level: u8, content: &[Inline]) {
        let mut lines = self.wrapped(content);
        let longest = lines.iter().map(|line| wrap::width(line)).max().unwrap_or(0);
        match level {
            0..=2 if longest > 0 => lines.push("=".repeat(longest)),
            3 if longest > 0 => lines.push("-".repeat(longest)),
            _ => {}
        }
        self.add(lines);
    }

    fn list(&mut self, ordered: bool, start: u32, items: &[ListItem]) {
        let tight = items.iter().all(|item| matches!(item.blocks.as_slice(), [] | [Block::Paragraph { .. }]));
        let mut list: Vec<String> = Vec::new();
        for (number, item) in (u64::from(start)..).zip(items) {
            let mark = if ordered { format!("{}. ", self.resources.labels.number(number)) } else { "- ".to_owned() };
            let space = " ".repeat(wrap::width(&mark));
            let lines = self.indented(&mark, &space, |text| walk::blocks(text, &item.blocks));
            if !tight && !list.is_empty() {
                list.push(String::new());
            }
            list.extend(lines);
        }
        self.add(list);
    }

    fn quote(&mut self, blocks: &[Block], source: &[Inline]) {
        let lines = self.indented("> ", "> ", |text| {
            walk::blocks(text, blocks);
            text.with_source(source);
        });
        self.add(lines);
    }

    /// Degrades to a quote.
    fn pull_quote(&mut self, content: &[Inline], source: &[Inline]) {
        let lines = self.indented("> ", "> ", |text| {
            text.paragraph(content);
            text.with_source(source);
        });
        self.add(lines);
    }

    /// Degrades to its words and the address of its file.
    fn photo(&mut self, photo: &PhotoUse) {
        let shown = Shown::new(photo, self.resources);
        let file = shown.ready.and_then(photos::universal);
        if file.is_none() && shown.is_silent() {
            return;
        }
        let mut name = shown.described(self.resources.labels);
        if !shown.credit.is_empty() {
            name = format!("{name} — {}", shown.credit);
        }
        let address = file.map(|file| links::from_root(&file.key, self.resources));
        let caption = if shown.alt.is_empty() { Vec::new() } else { shown.caption };
        self.pointer(&format!("[{name}]"), address, &caption);
    }

    /// Degrades to one photo after the other.
    fn gallery(&mut self, photos: &[PhotoUse], caption: &[Inline]) {
        photos.iter().for_each(|photo| self.photo(photo));
        self.paragraph(caption);
    }

    fn embed(&mut self, embed: &Embed) {
        let title = match embed.title.trim() {
            "" => Labels::fill(&self.resources.labels.open_at, "source", &embed.source),
            title => format!("{title} ({})", embed.source),
        };
        let address = links::elsewhere(&embed.url, self.resources);
        self.pointer(&title, address, &embed.caption);
    }

    fn file(&mut self, file: &FileLink) {
        let labels = self.resources.labels;
        let size = file.bytes.map(|bytes| format!(" ({})", labels.size(bytes))).unwrap_or_default();
        let name = format!("{}{size}", Labels::fill(&labels.download, "name", &file.name));
        let address = links::resolve(&file.href, self.resources).map(|address| address.parts().0.to_owned());
        self.pointer(&name, address, &[]);
    }

    /// Indented, never wrapped.
    fn code_block(&mut self, _language: &str, text: &str) {
        self.add(text.lines().map(|line| format!("    {}", wrap::printable(line)).trim_end().to_owned()).collect());
    }

    /// In columns where they fit, else cell by cell.
    fn table(&mut self, table: &Table) {
        let mut lines = self.wrapped(&table.caption);
        let cells = |text: &mut Self, row: &model::document::Row| -> Vec<String> {
            row.cells
                .iter()
                .map(|cell| text.gather(&cell.content).split_whitespace().collect::<Vec<_>>().join(" "))
                .collect()
        };
        let rows: Vec<Vec<String>> = table.rows.iter().map(|row| cells(self, row)).collect();
        match columns::aligned(table, &rows, self.width) {
            Some(aligned) => lines.extend(aligned),
            None => {
                for entry in columns::one_by_one(table, &rows) {
                    lines.extend(self.wrap(&entry));
                }
            }
        }
        self.add(lines);
    }

    fn rule(&mut self) {
        self.add(vec!["* * *".to_owned()]);
    }

    fn boxed(&mut self, kind: BoxKind, title: &[Inline], blocks: &[Block]) {
        let labels = self.resources.labels;
        let label = match kind {
            BoxKind::StorySoFar => &labels.story_so_far,
            BoxKind::Facts => &labels.facts,
            BoxKind::Note => &labels.note,
        };
        let own = [Inline::text(label)];
        let title = if walk::is_blank(title) { &own } else { title };
        let lines = self.indented("| ", "| ", |text| {
            text.heading(4, title);
            walk::blocks(text, blocks);
        });
        self.add(lines);
    }

    /// Foreign content degrades to the text that could be read in it.
    fn unknown(&mut self, unknown: &Unknown) {
        for line in unknown.text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let lines = self.wrap(line);
            self.add(lines);
        }
    }

    /// Spaces and new lines in it are one space, as in HTML.
    fn text(&mut self, text: &str) {
        for c in wrap::printable(text).chars() {
            self.line.push(if c == '\n' { ' ' } else { c });
        }
    }

    fn strong(&mut self, content: &[Inline]) {
        self.marked("*", content, "*");
    }

    fn emphasis(&mut self, content: &[Inline]) {
        self.marked("_", content, "_");
    }

    /// A number behind the words; an address that is itself the words is not repeated.
    fn link(&mut self, href: &str, content: &[Inline]) {
        let words = self.gather(content);
        self.line.push_str(&words);
        let address = match links::resolve(href, self.resources) {
            Some(Address::Here(address) | Address::Elsewhere(address) | Address::Contact(address)) => address,
            Some(Address::Fragment(_)) | None => return,
        };
        let bare = |address: &str| {
            let no_scheme = address.trim_start_matches("mailto:").trim_start_matches("tel:");
            no_scheme.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/').to_owned()
        };
        if bare(&address) != bare(words.trim()) {
            let number = self.address(&address);
            let space = if words.is_empty() { "" } else { " " };
            self.line.push_str(&format!("{space}{number}"));
        }
    }

    fn code(&mut self, text: &str) {
        self.line.push_str(&wrap::printable(text).replace('\n', " "));
    }

    fn strike(&mut self, content: &[Inline]) {
        self.marked("~", content, "~");
    }

    /// Degrades to the characters: H2O.
    fn sub(&mut self, content: &[Inline]) {
        walk::line(self, content);
    }

    fn sup(&mut self, content: &[Inline]) {
        self.marked("^", content, "");
    }

    fn language(&mut self, language: &Language, content: &[Inline]) {
        self.isolated(language.direction(), content);
    }

    fn direction(&mut self, direction: Direction, content: &[Inline]) {
        self.isolated(direction, content);
    }

    fn line_break(&mut self) {
        self.line.push('\n');
    }

    fn footnote(&mut self, id: &str) {
        if let Some(reference) = self.notes.refer(id) {
            let number = self.resources.labels.number(reference.number as u64);
            let name = Labels::fill(&self.resources.labels.footnote, "number", &number);
            self.line.push_str(&format!(" [{}]", name.replace(' ', "\u{A0}")));
        }
    }

    fn footnotes(&mut self, notes: &[&Footnote]) {
        let heading = [Inline::text(&self.resources.labels.footnotes)];
        self.heading(3, &heading);
        for (number, note) in (1..).zip(notes) {
            let mark = format!("{}. ", self.resources.labels.number(number));
            let space = " ".repeat(wrap::width(&mark));
            let lines = self.indented(&mark, &space, |text| walk::blocks(text, &note.blocks));
            self.add(lines);
        }
    }
}
