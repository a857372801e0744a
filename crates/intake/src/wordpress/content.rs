//! A post's content as HTML: blocks are unwrapped, shortcodes written out, classic text gets its paragraphs.

use super::index::Index;
use super::{autop, blocks, shortcodes};
use crate::Note;
use crate::html::escape;

/// The content as HTML, and what of it was left out.
pub(super) fn to_html(content: &str, post: u64, index: &Index) -> (String, Vec<Note>) {
    let mut writer = Writer { index, post, notes: Vec::new(), reused: 0 };
    let html =
        if content.contains("<!-- wp:") { blocks::write(content, &mut writer) } else { classic(content, &mut writer) };
    (html, writer.notes)
}

/// Text of the classic editor.
pub(super) fn classic(text: &str, writer: &mut Writer<'_>) -> String {
    if text.trim().is_empty() {
        return String::new();
    }
    autop::paragraphs(&shortcodes::write(text, writer))
}

/// What is known while content is written as HTML.
pub(super) struct Writer<'a> {
    pub(super) index: &'a Index,
    pub(super) post: u64,
    pub(super) notes: Vec<Note>,
    /// How many reusable blocks were written out: they may hold each other.
    pub(super) reused: usize,
}

impl Writer<'_> {
    /// The element that `html` turns into `Unknown`.
    pub(super) fn kept(name: &str, raw: &str, text: &str) -> String {
        let (name, raw, text) = (escape(name), escape(raw), escape(text));
        format!("<masthead-kept data-name=\"{name}\" data-raw=\"{raw}\" data-text=\"{text}\"></masthead-kept>")
    }

    pub(super) fn dropped(&mut self, name: &str, reason: &str) {
        let note = Note::Dropped { name: name.to_owned(), reason: reason.to_owned() };
        if !self.notes.contains(&note) && self.notes.len() < 100 {
            self.notes.push(note);
        }
    }

    /// An attachment's photo as a figure.
    pub(super) fn figure(&self, id: u64) -> Option<String> {
        let attachment = self.index.by_id(id).filter(|a| a.is_photo)?;
        Some(format!("<figure><img class=\"wp-image-{id}\" src=\"{}\"></figure>", escape(&attachment.url)))
    }

    /// An address that was meant as an embed.
    pub(super) fn embed(url: &str) -> String {
        format!(
            "<figure class=\"wp-block-embed\"><div class=\"wp-block-embed__wrapper\">{}</div></figure>",
            escape(url.trim())
        )
    }
}
