//! HTML fragments.

use intake::html::{Nowhere, convert};
use model::Document;
use model::document::{Block, MAX_DEPTH};
use proptest::prelude::*;

use crate::common;

fn written(html: &str) -> String {
    let converted = convert(html, &Nowhere);
    let mut out = String::new();
    common::document(&converted.document, &mut out);
    for note in converted.notes {
        out.push_str(&format!("note {note:?}\n"));
    }
    out
}

#[test]
fn every_element_becomes_a_block_or_an_inline() {
    insta::assert_snapshot!(written(include_str!("../fixtures/elements.html")));
}

#[test]
fn cards_and_widgets_of_other_systems_are_understood() {
    insta::assert_snapshot!(written(include_str!("../fixtures/widgets.html")));
}

#[test]
fn scripts_and_handlers_never_survive_outside_of_what_is_kept_raw() {
    let html = "<p onclick=evil()>a<a href=\"jAvAsCrIpT:evil()\">b</a><img src=x onerror=evil()><svg onload=evil()></svg>\
        <style>evil{}</style><iframe srcdoc=\"<script>evil()</script>\"></iframe><a href=\"data:text/html,evil\">c</a></p>";
    let mut document = convert(html, &Nowhere).document;
    for block in &mut document.blocks {
        if let Block::Unknown(unknown) = block {
            unknown.raw.clear();
        }
    }
    assert!(!document.to_json().unwrap().contains("evil"), "{document:?}");
}

fn depth(blocks: &[Block]) -> usize {
    let inner = blocks.iter().map(|block| match block {
        Block::List { items, .. } => items.iter().map(|item| depth(&item.blocks)).max().unwrap_or(0),
        Block::Quote { blocks, .. } | Block::Box { blocks, .. } => depth(blocks),
        _ => 0,
    });
    if blocks.is_empty() { 0 } else { 1 + inner.max().unwrap_or(0) }
}

#[test]
fn deep_nesting_is_lifted_out_and_nothing_of_the_text_is_lost() {
    for (open, close) in [
        ("<blockquote>", "</blockquote>"),
        ("<ul><li>", "</li></ul>"),
        ("<div>", "</div>"),
        ("<b>", "</b>"),
        ("<table><tr><td>", "</td></tr></table>"),
    ] {
        let html = format!("{}deep{}", open.repeat(20_000), close.repeat(20_000));
        let document = convert(&html, &Nowhere).document;
        let json = document.to_json().unwrap();
        assert!(depth(&document.blocks) <= MAX_DEPTH, "{open}");
        assert!(json.contains("deep"), "{open}");
        assert_eq!(model::document::read(&json).unwrap(), document);
    }
}

#[test]
fn marks_that_are_never_closed_do_not_multiply() {
    let html = format!("{}{}", (0..90).map(|n| format!("<b class=x{n}>")).collect::<String>(), "<p>x".repeat(50_000));
    let document = convert(&html, &Nowhere).document;
    assert!(document.to_json().unwrap().len() < 40_000_000);
}

fn markup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zа-яآ-ی <>&\"'=/\\-\\[\\]!]{0,12}",
        Just("<p>".to_owned()),
        Just("</p>".to_owned()),
        Just("<ul><li>".to_owned()),
        Just("</ul>".to_owned()),
        Just("<blockquote>".to_owned()),
        Just("<table><td>".to_owned()),
        Just("<figure><img src=a><figcaption>".to_owned()),
        Just("<b>".to_owned()),
        Just("</b>".to_owned()),
        Just("<a href='https://example.org/'>".to_owned()),
        Just("<details><summary>".to_owned()),
        Just("<pre>\n".to_owned()),
        Just("<dl><dt>x<dd>".to_owned()),
        Just("<div class='footnotes'><li id=a>".to_owned()),
        Just("<a href='#a'>1</a>".to_owned()),
        Just("<span dir=rtl>".to_owned()),
        Just("<!-- wp:x -->".to_owned()),
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_markup_gives_a_document_that_is_read_back_and_is_not_too_deep(html in markup()) {
        let document: Document = convert(&html, &Nowhere).document;
        prop_assert!(depth(&document.blocks) <= MAX_DEPTH);
        let json = document.to_json().unwrap();
        prop_assert_eq!(model::document::read(&json).unwrap(), document);
    }

    #[test]
    fn a_document_has_no_empty_paragraphs_and_no_texts_side_by_side(html in markup()) {
        let document = convert(&html, &Nowhere).document;
        model::document::visit::blocks(&document, &mut |block| {
            if let Block::Paragraph { content } = block {
                assert!(!content.is_empty());
            }
            for line in model::document::visit::lines(block) {
                assert!(!line.windows(2).any(|pair| matches!(pair, [model::document::Inline::Text { .. }, model::document::Inline::Text { .. }])), "{line:?}");
            }
        });
    }
}
