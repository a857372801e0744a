//! Channel markdown: the newsroom's own form of Markdown, for taking texts elsewhere and bringing them back.
//!
//! `intake::markdown` reads it (docs/howto/import-markdown.md). What CommonMark and its usual extensions can say is said
//! so; the rest is the little HTML that the importer understands. Lost on the way are how wide a photo stands, marks within
//! captions and titles, and how cells align; nothing that can be read is.

use model::document::{Block, BoxKind, Cell, Embed, FileLink, Footnote, Inline, ListItem, Table, Unknown, plain};
use model::{Direction, Document, Language, PhotoUse};

use crate::channel::Channel;
use crate::html::{push_attribute, push_close, push_element, push_open};
use crate::notes::Notes;
use crate::photos::Shown;
use crate::{Resources, feed, links, photos, tables, walk};

/// The document as Markdown; photos are named below [`Resources::root`], most usefully `/`.
#[must_use]
pub fn markdown(document: &Document, resources: &Resources<'_>) -> String {
    let notes = Notes::of(document);
    let mut markdown = Markdown { out: String::new(), resources, notes: Notes::of(document), after_list: false };
    walk::document(&mut markdown, document, &notes);
    if !markdown.out.is_empty() {
        markdown.out.push('\n');
    }
    markdown.out
}

struct Markdown<'a> {
    out: String,
    resources: &'a Resources<'a>,
    notes: Notes<'a>,
    /// Whether the block before was a list with the usual marker: two with the same one would run together.
    after_list: bool,
}

impl Markdown<'_> {
    /// Writes a block, apart from the one before.
    fn block(&mut self, text: &str) {
        self.after_list = false;
        if text.is_empty() {
            return;
        }
        if !self.out.is_empty() {
            self.out.push_str("\n\n");
        }
        self.out.push_str(text);
    }

    fn paragraph_of(&mut self, content: &[Inline]) {
        if !walk::is_blank(content) {
            let line = self.line(content);
            self.block(&begun(&line));
        }
    }

    fn line(&mut self, content: &[Inline]) -> String {
        let before = std::mem::take(&mut self.out);
        walk::line(self, content);
        std::mem::replace(&mut self.out, before).trim().to_owned()
    }

    fn blocks(&mut self, blocks: &[Block]) -> String {
        let (before, after_list) = (std::mem::take(&mut self.out), std::mem::take(&mut self.after_list));
        walk::blocks(self, blocks);
        self.after_list = after_list;
        std::mem::replace(&mut self.out, before)
    }

    /// `**words**` where nothing can be misread, else the element.
    fn marked(&mut self, mark: &str, element: &str, content: &[Inline]) {
        let from = self.out.len();
        walk::line(self, content);
        let inner = self.out.split_off(from);
        let clear = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        if clear(inner.chars().next()) && clear(inner.chars().next_back()) {
            self.out.push_str(&format!("{mark}{inner}{mark}"));
        } else if !inner.is_empty() {
            self.out.push_str(&format!("<{element}>{inner}</{element}>"));
        }
    }

    fn within(&mut self, element: &str, attributes: &[(&str, &str)], content: &[Inline]) {
        push_open(&mut self.out, element, attributes);
        walk::line(self, content);
        push_close(&mut self.out, element);
    }

    /// `![alt](file "Caption | Credit")`; a photo without pixels is named where it came from, else told in words.
    fn image(&self, photo: &PhotoUse) -> String {
        let shown = Shown::new(photo, self.resources);
        let file = shown.ready.and_then(photos::universal).map(|file| links::from_root(&file.key, self.resources));
        let origin = || self.resources.photos.get(&photo.photo).and_then(|photo| photo.origin.clone());
        let Some(address) = file.or_else(|| links::elsewhere(&origin()?, self.resources)) else {
            let words = [shown.described(self.resources.labels), shown.credit_line(self.resources.labels)];
            return if shown.is_silent() { String::new() } else { begun(&escaped(words.join(" ").trim())) };
        };
        let caption = plain::line(&shown.caption);
        let title = match (caption.trim(), shown.credit.as_str()) {
            ("", "") => String::new(),
            (caption, "") if !caption.contains('|') => caption.to_owned(),
            (caption, credit) => format!("{caption} | {credit}"),
        };
        let title = title.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', " ");
        let title = if title.is_empty() { title } else { format!(" \"{title}\"") };
        format!("![{}](<{address}>{title})", escaped(&shown.alt))
    }

    fn is_simple(table: &Table) -> bool {
        let plain = table.rows.iter().flat_map(|row| &row.cells);
        walk::is_blank(&table.caption)
            && tables::head_rows(table) == 1
            && table.rows.iter().skip(1).flat_map(|row| &row.cells).all(|cell| !cell.header)
            && plain.clone().all(|cell| cell.columns == 1 && cell.rows == 1)
            && table.rows.iter().all(|row| row.cells.len() == table.rows[0].cells.len())
    }
}

/// A line that begins a block, and begins no other block than a paragraph.
fn begun(line: &str) -> String {
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let numbered = digits > 0 && line[digits..].starts_with(['.', ')']);
    if numbered {
        return format!("{}\\{}", &line[..digits], &line[digits..]);
    }
    if line.starts_with(['-', '+', '=', ':']) { format!("\\{line}") } else { line.to_owned() }
}

/// Characters that mean only themselves.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '&' | '~' | '|' | '!' | '{' | '}' | '^' | '$' => {
                out.push('\\');
                out.push(c);
            }
            '\n' | '\r' | '\t' => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    // A bare address would become a link.
    out.replace("://", "&#58;//").replace("www.", "www&#46;")
}

/// Puts `first` before the first line and `rest` before the others that are not empty.
fn prefixed(text: &str, first: &str, rest: &str) -> String {
    let lines = text.lines().enumerate().map(|(index, line)| match (index, line) {
        (0, line) => format!("{first}{line}"),
        (_, "") => rest.trim_end().to_owned(),
        (_, line) => format!("{rest}{line}"),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A run of a character that is longer than any within a text, and than `least`.
fn fence(text: &str, least: usize) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    "`".repeat((longest + 1).max(least))
}

impl Channel for Markdown<'_> {
    fn paragraph(&mut self, content: &[Inline]) {
        self.paragraph_of(content);
    }

    fn heading(&mut self, level: u8, content: &[Inline]) {
        if !walk::is_blank(content) {
            let line = self.line(content);
            self.block(&format!("{} {line}", "#".repeat(usize::from(level.clamp(2, 4)))));
        }
    }

    fn list(&mut self, ordered: bool, start: u32, items: &[ListItem]) {
        let other = self.after_list;
        let mut written = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let marker = match (ordered, other) {
                (true, _) => {
                    let number = u64::from(start) + index as u64;
                    format!("{number}{} ", if other { ')' } else { '.' })
                }
                (false, true) => "* ".to_owned(),
                (false, false) => "- ".to_owned(),
            };
            let text = self.blocks(&item.blocks);
            written.push(prefixed(if text.is_empty() { " " } else { &text }, &marker, &" ".repeat(marker.len())));
        }
        self.block(&written.join("\n"));
        self.after_list = !other;
    }

    fn quote(&mut self, blocks: &[Block], source: &[Inline]) {
        let mut text = self.blocks(blocks);
        if !walk::is_blank(source) {
            let source = self.line(source);
            text.push_str(&format!("\n\n<cite>{source}</cite>"));
        }
        self.block(&prefixed(text.trim_start(), "> ", "> "));
    }

    fn pull_quote(&mut self, content: &[Inline], source: &[Inline]) {
        let (content, source) = (self.line(content), self.line(source));
        let source = if source.is_empty() { source } else { format!(" — {source}") };
        self.block(&format!("> [!pull]{source}\n> {}", begun(&content)));
    }

    fn photo(&mut self, photo: &PhotoUse) {
        let image = self.image(photo);
        self.block(&image);
    }

    /// What is said about all of them degrades to a paragraph below.
    fn gallery(&mut self, photos: &[PhotoUse], caption: &[Inline]) {
        let images: Vec<String> = photos.iter().map(|photo| self.image(photo)).filter(|i| !i.is_empty()).collect();
        self.block(&images.join("\n"));
        self.paragraph_of(caption);
    }

    /// A link that stands alone, which is read back as a card where its source is known.
    fn embed(&mut self, embed: &Embed) {
        let title = if embed.title.trim().is_empty() { &embed.source } else { &embed.title };
        match links::elsewhere(&embed.url, self.resources) {
            Some(address) => self.block(&format!("[{}](<{address}>)", escaped(title.trim()))),
            None => self.block(&begun(&escaped(title.trim()))),
        }
        self.paragraph_of(&embed.caption);
    }

    fn file(&mut self, file: &FileLink) {
        let mut out = String::from("<div class=\"wp-block-file\">");
        match links::resolve(&file.href, self.resources) {
            Some(address) => push_element(&mut out, "a", &[("href", address.parts().0)], &file.name),
            None => crate::html::push_text(&mut out, &file.name),
        }
        push_close(&mut out, "div");
        self.block(&one_line(&out));
    }

    fn code_block(&mut self, language: &str, text: &str) {
        let fence = fence(text, 3);
        let language: String = language.chars().filter(|c| c.is_alphanumeric() || "-+#.".contains(*c)).collect();
        let text: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
        self.block(&format!("{fence}{language}\n{}\n{fence}", text.trim_end_matches('\n')));
    }

    /// Cells that reach over others, captions and headings at the side need HTML.
    fn table(&mut self, table: &Table) {
        let code = |cell: &Cell| plain::line(&cell.content).contains('|');
        if !Self::is_simple(table) || table.rows.iter().flat_map(|row| &row.cells).any(code) {
            let alone = Document::new(vec![Block::Table(table.clone())]);
            return self.block(&one_line(&feed(&alone, self.resources)));
        }
        let mut lines = Vec::new();
        for row in &table.rows {
            let cells: Vec<String> = row.cells.iter().map(|cell| self.line(&cell.content)).collect();
            lines.push(format!("| {} |", cells.join(" | ")));
            if lines.len() == 1 {
                lines.push(format!("|{}", " --- |".repeat(row.cells.len())));
            }
        }
        self.block(&lines.join("\n"));
    }

    fn rule(&mut self) {
        self.block("***");
    }

    fn boxed(&mut self, kind: BoxKind, title: &[Inline], blocks: &[Block]) {
        let kind = match kind {
            BoxKind::StorySoFar => "so-far",
            BoxKind::Facts => "facts",
            BoxKind::Note => "note",
        };
        let (title, text) = (self.line(title), self.blocks(blocks));
        let head = format!("[!{kind}] {title}");
        self.block(&prefixed(&format!("{}\n{text}", head.trim_end()), "> ", "> "));
    }

    /// Kept as it came, in the importer's own element.
    fn unknown(&mut self, unknown: &Unknown) {
        let mut out = String::from("<div><masthead-kept");
        for (name, value) in [("data-name", &unknown.name), ("data-raw", &unknown.raw), ("data-text", &unknown.text)] {
            push_attribute(&mut out, name, value);
        }
        out.push_str("></masthead-kept></div>");
        self.block(&out.replace('\n', "&#10;"));
    }

    fn text(&mut self, text: &str) {
        self.out.push_str(&escaped(text));
    }

    fn strong(&mut self, content: &[Inline]) {
        self.marked("**", "strong", content);
    }

    fn emphasis(&mut self, content: &[Inline]) {
        self.marked("*", "em", content);
    }

    /// A link that may not leave degrades to its text.
    fn link(&mut self, href: &str, content: &[Inline]) {
        let Some(address) = links::resolve(href, self.resources) else { return walk::line(self, content) };
        self.out.push('[');
        walk::line(self, content);
        self.out.push_str(&format!("](<{}>)", address.parts().0));
    }

    fn code(&mut self, text: &str) {
        let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let fence = fence(&text, 1);
        let space = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
        if !text.is_empty() {
            self.out.push_str(&format!("{fence}{space}{text}{space}{fence}"));
        }
    }

    fn strike(&mut self, content: &[Inline]) {
        self.marked("~~", "s", content);
    }

    fn sub(&mut self, content: &[Inline]) {
        self.within("sub", &[], content);
    }

    fn sup(&mut self, content: &[Inline]) {
        self.within("sup", &[], content);
    }

    fn language(&mut self, language: &Language, content: &[Inline]) {
        self.within("span", &[("lang", language.as_str())], content);
    }

    fn direction(&mut self, direction: Direction, content: &[Inline]) {
        self.within("bdi", &[("dir", direction.as_str())], content);
    }

    fn line_break(&mut self) {
        self.out.push_str("<br>");
    }

    fn footnote(&mut self, id: &str) {
        if let Some(reference) = self.notes.refer(id) {
            self.out.push_str(&format!("[^{}]", reference.number));
        }
    }

    fn footnotes(&mut self, notes: &[&Footnote]) {
        for (index, note) in notes.iter().enumerate() {
            let text = self.blocks(&note.blocks);
            self.block(&prefixed(&text, &format!("[^{}]: ", index + 1), "    "));
        }
    }
}

/// HTML in Markdown ends at an empty line.
fn one_line(html: &str) -> String {
    html.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}
