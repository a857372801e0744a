//! What stands above and below the stories, as editors type it: Markdown.
//!
//! The document is what is kept. It is shown as Markdown to be changed, and read again only when what comes back differs
//! from what was shown; so a save that left it alone changes nothing in it, whatever Markdown can't say.

use std::collections::HashMap;

use model::{Document, Language};
use render::{Labels, Resources};

/// A document as Markdown, to be changed by hand.
#[must_use]
pub fn written(document: &Document, language: &Language) -> String {
    let (photos, links, labels) = (HashMap::new(), HashMap::new(), Labels::english());
    let resources = Resources { root: "/", language, photos: &photos, links: &links, labels: &labels };
    render::markdown(document, &resources).trim_end().to_owned()
}

/// The document of what came back; `before` itself when that is what was shown.
#[must_use]
pub fn read(typed: &str, before: &Document, language: &Language) -> Document {
    let typed = typed.replace("\r\n", "\n");
    if typed.trim() == written(before, language).trim() {
        return before.clone();
    }
    intake::markdown::document(&typed, language)
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::document::{Block, BoxKind, Inline};

    #[test]
    fn what_is_typed_becomes_a_document_and_is_shown_so_that_it_says_the_same() {
        let english = Language::english();
        let typed = "Dear readers,\n\nthis week **nine** boats and [a tram](https://tram.example/).\n\n- one\n- two";
        let document = read(typed, &Document::default(), &english);
        assert_eq!(document.blocks.len(), 3);
        // Links are shown with brackets, so that any address can stand in them.
        assert_eq!(written(&document, &english), typed.replace("(https://tram.example/)", "(<https://tram.example/>)"));
        assert_eq!(read(&written(&document, &english), &Document::default(), &english), document);
        assert_eq!(read(&typed.replace('\n', "\r\n"), &document, &english), document);
        assert!(read(" \r\n", &document, &english).is_empty());
    }

    #[test]
    fn what_markdown_can_not_say_stays_when_nobody_touches_it() {
        let english = Language::english();
        let boxed = Block::Box { kind: BoxKind::Facts, title: vec![Inline::text("In figures")], blocks: vec![] };
        let document = Document::new(vec![boxed, Block::paragraph("Words.")]);
        assert_eq!(read(&written(&document, &english), &document, &english), document);
    }

    #[test]
    fn script_stays_outside() {
        let document =
            read("<script>alert(1)</script>\n\n[x](javascript:alert(1))", &Document::default(), &Language::english());
        let html = render::email(
            &document,
            &Resources {
                root: "/",
                language: &Language::english(),
                photos: &HashMap::new(),
                links: &HashMap::new(),
                labels: &Labels::english(),
            },
        );
        assert!(!html.contains("script"), "{html}");
    }
}
