//! A document as Ghost's clients take it: HTML as in feeds, and its plain text.

use model::{
    Document, Language,
    document::{Block, Inline, plain, visit},
};
use render::{Labels, Resources};
use serde_json::{Value, json};

use super::{query::Query, rows::Row, told::Photos};

/// Characters of the excerpt that stands in for a standfirst, as in Ghost.
const EXCERPT: usize = 500;
/// Words that are read in a minute, as Ghost's readers read them.
const WORDS_A_MINUTE: usize = 275;

/// What texts of one language are told with.
pub(super) struct Voice<'a> {
    /// `https://host/`.
    pub(super) root: &'a str,
    pub(super) language: &'a Language,
    pub(super) photos: &'a Photos,
    pub(super) labels: &'a Labels,
}

impl Voice<'_> {
    /// The document as HTML, the same as in feeds.
    fn html(&self, document: &Document) -> String {
        // Old links in a text are redirected by this site itself, so they need no looking up here.
        let links = std::collections::HashMap::new();
        let Self { root, language, photos, labels } = *self;
        render::feed(document, &Resources { root, language, photos, links: &links, labels })
    }

    /// A line as HTML, without a paragraph around it.
    pub(super) fn line(&self, line: &[Inline]) -> Option<String> {
        if line.is_empty() {
            return None;
        }
        let blocks = vec![Block::Paragraph { content: line.to_vec() }];
        let html = self.html(&Document { blocks, ..Document::default() });
        Some(html.trim_start_matches("<p>").trim_end_matches("</p>").to_owned())
    }

    /// Puts into a row what is told of its text.
    pub(super) fn tell(&self, row: &mut Row, document: &Document, standfirst: &str, query: &Query) {
        let own = Some(standfirst).filter(|text| !text.is_empty());
        row.insert("custom_excerpt".to_owned(), json!(own));
        if query.tells("html") {
            row.insert("html".to_owned(), Value::String(self.html(document)));
        }
        let measured = query.wants("reading_time") || query.wants("excerpt");
        if !measured && !query.tells("plaintext") {
            return;
        }
        let text = plaintext(document);
        let minutes = text.split_whitespace().count().div_ceil(WORDS_A_MINUTE).max(1);
        let excerpt = own.map_or_else(|| text.chars().take(EXCERPT).collect(), str::to_owned);
        row.insert("reading_time".to_owned(), json!(minutes));
        row.insert("excerpt".to_owned(), Value::String(excerpt));
        if query.tells("plaintext") {
            row.insert("plaintext".to_owned(), Value::String(text));
        }
    }
}

/// The characters of a document, an empty line between its blocks.
fn plaintext(document: &Document) -> String {
    let mut lines: Vec<String> = Vec::new();
    visit::blocks(document, &mut |block| {
        lines.extend(visit::lines(block).into_iter().map(plain::line).filter(|line| !line.trim().is_empty()));
    });
    lines.join("\n\n")
}
