//! Channel e-mail: HTML that mail programs of every age show as it is meant.
//!
//! Mail programs drop style sheets, classes, ids and much of HTML, so every element carries its style, one column holds
//! everything, and what must stand apart (a quote, a box) is a table, which even Word's engine in Outlook draws. No colour
//! is set but that of lines, so that the reader's own light or dark choice holds. Text is 16 pixels or more. Nothing is
//! loaded but the newsroom's own photos, by their full address, and the text reads whole without them.

mod issue;
mod note;
mod page;

use model::document::{
    Block, BoxKind, CellAlign, Embed, EmbedKind, FileLink, Footnote, Inline, ListItem, Row, Table, Unknown,
};
use model::{Direction, Document, Language, PhotoUse, Rendition};

use crate::channel::Channel;
use crate::html::{push_close, push_element, push_open, push_text};
use crate::links::Address;
use crate::notes::Notes;
use crate::photos::Shown;
use crate::{Labels, Resources, links, photos, tables, walk};

pub use issue::{IssueItem, IssueMail, IssueWords, Scheme, issue_html, issue_text};
pub use note::{Note, NoteLine, note_html, note_text};
pub use page::{Mail, mail, mail_text};

/// Pixels of the one column.
const COLUMN: u32 = 600;
/// Lines and borders: a grey that shows on white and on black.
const LINE: &str = "#808080";
const PARAGRAPH: &str = "margin:0 0 18px;font-size:18px;line-height:1.55";
const SMALL: &str = "margin:0 0 18px;font-size:16px;line-height:1.45";
const LARGE: &str = "margin:0 0 12px;font-size:22px;line-height:1.4;font-style:italic";
const HEADING: [&str; 3] = [
    "margin:30px 0 12px;font-size:23px;line-height:1.3",
    "margin:26px 0 10px;font-size:20px;line-height:1.3",
    "margin:22px 0 8px;font-size:18px;line-height:1.3",
];
const IMAGE: &str = "display:block;width:100%;height:auto;border:0;margin:0 0 8px;font-size:16px;line-height:1.45";
const RULE: &str = "border:0;border-top:1px solid #808080;margin:28px 0";
const PRE: &str = "margin:0 0 18px;font-family:Consolas,Menlo,monospace;font-size:16px;line-height:1.45;white-space:pre-wrap;word-wrap:break-word";
const CODE: &str = "font-family:Consolas,Menlo,monospace";
const ISOLATE: &str = "unicode-bidi:embed";

/// The document as HTML for e-mail; [`Resources::root`] must be absolute in what is sent: `https://host/`.
#[must_use]
pub fn email(document: &Document, resources: &Resources<'_>) -> String {
    let notes = Notes::of(document);
    let mut email = Email { out: String::new(), resources, notes: Notes::of(document), in_link: false };
    walk::document(&mut email, document, &notes);
    email.out
}

/// A picture as wide as the column. Its alt text is set as captions are, for mailboxes that show no pictures.
fn image(out: &mut String, file: &Rendition, alt: &str, resources: &Resources<'_>) {
    let src = links::from_root(&file.key, resources);
    // Outlook draws a picture as wide as its attribute says, whatever its style. Without a height, one that a mailbox does
    // not show takes no more room than its words.
    let width = file.width.clamp(1, COLUMN).to_string();
    let attributes = [("src", src.as_str()), ("width", &width), ("alt", alt), ("style", IMAGE)];
    push_open(out, "img", &attributes);
}

struct Email<'a> {
    out: String,
    resources: &'a Resources<'a>,
    notes: Notes<'a>,
    in_link: bool,
}

impl Email<'_> {
    fn element(&mut self, name: &str, style: &str, content: &[Inline]) {
        push_open(&mut self.out, name, &[("style", style)]);
        walk::line(self, content);
        push_close(&mut self.out, name);
    }

    fn unless_blank(&mut self, name: &str, style: &str, content: &[Inline]) {
        if !walk::is_blank(content) {
            self.element(name, style, content);
        }
    }

    fn small(&mut self, text: &str) {
        if !text.is_empty() {
            push_element(&mut self.out, "p", &[("style", SMALL)], text);
        }
    }

    fn direction_here(&self) -> Direction {
        self.resources.language.direction()
    }

    /// `left` where the page's lines begin, for styles that know no other word.
    fn start(&self) -> &'static str {
        match self.direction_here() {
            Direction::Ltr => "left",
            Direction::Rtl => "right",
        }
    }

    /// Opens a table of one cell with a style.
    fn open_apart(&mut self, style: &str) {
        let table = [
            ("role", "presentation"),
            ("width", "100%"),
            ("cellpadding", "0"),
            ("cellspacing", "0"),
            ("border", "0"),
            ("style", "margin:0 0 18px"),
        ];
        push_open(&mut self.out, "table", &table);
        push_open(&mut self.out, "tr", &[]);
        let direction = self.direction_here().as_str();
        push_open(&mut self.out, "td", &[("dir", direction), ("style", style)]);
    }

    fn close_apart(&mut self) {
        for name in ["td", "tr", "table"] {
            push_close(&mut self.out, name);
        }
    }

    /// A line along the side where reading begins, and what stands beside it.
    fn open_quote(&mut self) {
        let start = self.start();
        self.open_apart(&format!("border-{start}:3px solid {LINE};padding-{start}:16px"));
        push_open(&mut self.out, "blockquote", &[("style", "margin:0")]);
    }

    fn close_quote(&mut self, source: &[Inline]) {
        push_close(&mut self.out, "blockquote");
        self.unless_blank("p", SMALL, source);
        self.close_apart();
    }

    fn items(&mut self, name: &str, first: &str, items: &[&[Block]]) {
        let style = format!("margin:0 0 18px;padding:0;padding-{}:28px;font-size:18px;line-height:1.55", self.start());
        push_open(&mut self.out, name, &[("start", first), ("style", &style)]);
        for blocks in items {
            push_open(&mut self.out, "li", &[("style", "margin:0 0 8px")]);
            match blocks {
                [Block::Paragraph { content }] => walk::line(self, content),
                blocks => walk::blocks(self, blocks),
            }
            push_close(&mut self.out, "li");
        }
        push_close(&mut self.out, name);
    }

    fn caption(&mut self, shown: &Shown<'_>) {
        if shown.caption.is_empty() && shown.credit.is_empty() {
            return;
        }
        push_open(&mut self.out, "p", &[("style", SMALL)]);
        walk::line(self, &shown.caption);
        if !shown.credit.is_empty() {
            let space = if shown.caption.is_empty() { "" } else { " " };
            self.out.push_str(space);
            push_element(&mut self.out, "em", &[], &shown.credit_line(self.resources.labels));
        }
        push_close(&mut self.out, "p");
    }

    fn row(&mut self, row: &Row, rows_left: usize, in_head: bool) {
        push_open(&mut self.out, "tr", &[]);
        for cell in &row.cells {
            let span = |count: u32| if count > 1 { count.to_string() } else { String::new() };
            let (columns, rows) = (span(tables::column_span(cell)), span(tables::row_span(cell, rows_left)));
            let (name, scope) = tables::cell_kind(cell, in_head);
            let align = match (cell.align, self.direction_here()) {
                (CellAlign::Center, _) => "center",
                (CellAlign::Start, Direction::Ltr) | (CellAlign::End, Direction::Rtl) => "left",
                (CellAlign::Start, Direction::Rtl) | (CellAlign::End, Direction::Ltr) => "right",
            };
            let style =
                format!("border:1px solid {LINE};padding:8px;font-size:16px;line-height:1.4;text-align:{align}");
            let attributes = [
                ("scope", scope),
                ("colspan", columns.as_str()),
                ("rowspan", &rows),
                ("align", align),
                ("style", &style),
            ];
            push_open(&mut self.out, name, &attributes);
            walk::line(self, &cell.content);
            push_close(&mut self.out, name);
        }
        push_close(&mut self.out, "tr");
    }

    fn linked(&mut self, href: &str, rel: &str, text: &str) {
        push_element(&mut self.out, "a", &[("href", href), ("rel", rel)], text);
    }
}

impl Channel for Email<'_> {
    fn paragraph(&mut self, content: &[Inline]) {
        self.unless_blank("p", PARAGRAPH, content);
    }

    fn heading(&mut self, level: u8, content: &[Inline]) {
        let (name, style) = match level {
            0..=2 => ("h2", HEADING[0]),
            3 => ("h3", HEADING[1]),
            _ => ("h4", HEADING[2]),
        };
        self.unless_blank(name, style, content);
    }

    fn list(&mut self, ordered: bool, start: u32, items: &[ListItem]) {
        let first = if ordered && start != 1 { start.to_string() } else { String::new() };
        let items: Vec<&[Block]> = items.iter().map(|item| item.blocks.as_slice()).collect();
        self.items(if ordered { "ol" } else { "ul" }, &first, &items);
    }

    fn quote(&mut self, blocks: &[Block], source: &[Inline]) {
        self.open_quote();
        walk::blocks(self, blocks);
        self.close_quote(source);
    }

    fn pull_quote(&mut self, content: &[Inline], source: &[Inline]) {
        self.open_quote();
        self.unless_blank("p", LARGE, content);
        self.close_quote(source);
    }

    /// One JPEG as wide as the column; a missing photo degrades to its words.
    fn photo(&mut self, photo: &PhotoUse) {
        let shown = Shown::new(photo, self.resources);
        match shown.ready.and_then(photos::universal) {
            Some(file) => {
                image(&mut self.out, file, &shown.alt, self.resources);
            }
            None if shown.alt.is_empty() => {}
            None => self.small(&shown.described(self.resources.labels)),
        }
        self.caption(&shown);
    }

    /// Degrades to one photo below the other.
    fn gallery(&mut self, photos: &[PhotoUse], caption: &[Inline]) {
        photos.iter().for_each(|photo| self.photo(photo));
        self.unless_blank("p", SMALL, caption);
    }

    /// Degrades to a link that says what is there and who holds it.
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
            "" => source,
            title => format!("{title} ({source})"),
        };
        push_open(&mut self.out, "p", &[("style", PARAGRAPH)]);
        match links::elsewhere(&embed.url, self.resources) {
            Some(address) => self.linked(&address, links::REL, &title),
            None => push_text(&mut self.out, &title),
        }
        push_close(&mut self.out, "p");
        self.unless_blank("p", SMALL, &embed.caption);
    }

    fn file(&mut self, file: &FileLink) {
        let labels = self.resources.labels;
        let size = file.bytes.map(|bytes| format!(" ({})", labels.size(bytes))).unwrap_or_default();
        push_open(&mut self.out, "p", &[("style", PARAGRAPH)]);
        match links::resolve(&file.href, self.resources) {
            Some(address) => {
                let (href, rel) = address.parts();
                self.linked(href, rel, &Labels::fill(&labels.download, "name", &file.name));
            }
            None => push_text(&mut self.out, &file.name),
        }
        push_text(&mut self.out, &size);
        push_close(&mut self.out, "p");
    }

    /// The language of the code is not told.
    fn code_block(&mut self, _language: &str, text: &str) {
        push_open(&mut self.out, "pre", &[("dir", "ltr"), ("style", PRE)]);
        push_element(&mut self.out, "code", &[("style", CODE)], text);
        push_close(&mut self.out, "pre");
    }

    fn table(&mut self, table: &Table) {
        let style = "border-collapse:collapse;margin:0 0 18px";
        let attributes =
            [("width", "100%"), ("cellpadding", "8"), ("cellspacing", "0"), ("border", "0"), ("style", style)];
        push_open(&mut self.out, "table", &attributes);
        self.unless_blank("caption", SMALL, &table.caption);
        let head = tables::head_rows(table);
        for (index, row) in table.rows.iter().enumerate() {
            self.row(row, table.rows.len() - index, index < head);
        }
        push_close(&mut self.out, "table");
    }

    fn rule(&mut self) {
        push_open(&mut self.out, "hr", &[("style", RULE)]);
    }

    fn boxed(&mut self, kind: BoxKind, title: &[Inline], blocks: &[Block]) {
        let labels = self.resources.labels;
        let label = match kind {
            BoxKind::StorySoFar => &labels.story_so_far,
            BoxKind::Facts => &labels.facts,
            BoxKind::Note => &labels.note,
        };
        self.open_apart(&format!("border:1px solid {LINE};padding:18px 18px 0"));
        let style = "margin:0 0 12px;font-size:20px;line-height:1.3";
        if walk::is_blank(title) {
            push_element(&mut self.out, "h3", &[("style", style)], label);
        } else {
            self.element("h3", style, title);
        }
        walk::blocks(self, blocks);
        self.close_apart();
    }

    /// Foreign content degrades to the text that could be read in it.
    fn unknown(&mut self, unknown: &Unknown) {
        for line in unknown.text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            push_element(&mut self.out, "p", &[("style", PARAGRAPH)], line);
        }
    }

    fn text(&mut self, text: &str) {
        push_text(&mut self.out, text);
    }

    fn strong(&mut self, content: &[Inline]) {
        self.element("strong", "", content);
    }

    fn emphasis(&mut self, content: &[Inline]) {
        self.element("em", "", content);
    }

    /// A link to nowhere, to a place on the same page (mail programs drop ids), or within another link, degrades to its
    /// text.
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
        push_element(&mut self.out, "code", &[("style", CODE)], text);
    }

    fn strike(&mut self, content: &[Inline]) {
        self.element("s", "", content);
    }

    fn sub(&mut self, content: &[Inline]) {
        self.element("sub", "", content);
    }

    fn sup(&mut self, content: &[Inline]) {
        self.element("sup", "", content);
    }

    fn language(&mut self, language: &Language, content: &[Inline]) {
        let attributes = [("lang", language.as_str()), ("dir", language.direction().as_str()), ("style", ISOLATE)];
        push_open(&mut self.out, "span", &attributes);
        walk::line(self, content);
        push_close(&mut self.out, "span");
    }

    fn direction(&mut self, direction: Direction, content: &[Inline]) {
        push_open(&mut self.out, "span", &[("dir", direction.as_str()), ("style", ISOLATE)]);
        walk::line(self, content);
        push_close(&mut self.out, "span");
    }

    fn line_break(&mut self) {
        push_open(&mut self.out, "br", &[]);
    }

    /// Degrades to a number in brackets, for there is no place to jump to.
    fn footnote(&mut self, id: &str) {
        if let Some(reference) = self.notes.refer(id) {
            let number = format!("[{}]", self.resources.labels.number(reference.number as u64));
            push_element(&mut self.out, "sup", &[], &number);
        }
    }

    fn footnotes(&mut self, notes: &[&Footnote]) {
        push_open(&mut self.out, "hr", &[("style", RULE)]);
        push_element(&mut self.out, "h2", &[("style", HEADING[1])], &self.resources.labels.footnotes);
        let items: Vec<&[Block]> = notes.iter().map(|note| note.blocks.as_slice()).collect();
        self.items("ol", "", &items);
    }
}
