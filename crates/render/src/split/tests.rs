//! Cutting: nothing lost, nothing twice, everything fits.

use model::Document;
use model::document::{Block, BoxKind, Cell, CellAlign, Footnote, Inline, ListItem, Row, Table, text, visit};
use proptest::prelude::*;

use super::split;
use crate::fixture::story;
use crate::tests::{any_line, any_words};

/// All characters of a document in order, without its footnotes and the rows that head its tables.
fn characters(blocks: &[Block]) -> String {
    let mut out = String::new();
    for block in blocks {
        match block {
            Block::List { items, .. } => items.iter().for_each(|item| out.push_str(&characters(&item.blocks))),
            Block::Quote { blocks, source } => {
                out.push_str(&characters(blocks));
                push_line(source, &mut out);
            }
            Block::Box { title, blocks, .. } => {
                push_line(title, &mut out);
                out.push_str(&characters(blocks));
            }
            Block::Table(table) => {
                push_line(&table.caption, &mut out);
                let body = &table.rows[crate::tables::head_rows(table)..];
                body.iter().flat_map(|row| &row.cells).for_each(|cell| push_line(&cell.content, &mut out));
            }
            Block::Code { text, .. } => out.push_str(text),
            Block::Unknown(unknown) => out.push_str(&format!("{}{}", unknown.raw, unknown.text)),
            Block::Gallery { photos, .. } => {
                photos.iter().for_each(|photo| out.push_str(&photo.photo.to_string()));
                visit::lines(block).into_iter().for_each(|line| push_line(line, &mut out));
            }
            other => visit::lines(other).into_iter().for_each(|line| push_line(line, &mut out)),
        }
    }
    out
}

fn push_line(line: &[Inline], out: &mut String) {
    for inline in line {
        match inline {
            Inline::Text { text } | Inline::Code { text } => out.push_str(text),
            Inline::Break => out.push('\n'),
            Inline::Footnote { id } => out.push_str(&format!("[{id}]")),
            other => push_line(other.children(), out),
        }
    }
}

fn joined(parts: &[Document]) -> String {
    parts.iter().map(|part| characters(&part.blocks)).collect()
}

/// What a part is measured by here: its characters and those of its footnotes, and 10 for each block.
fn size(part: &Document) -> usize {
    let mut blocks = 0;
    visit::blocks(part, &mut |_| blocks += 1);
    let notes: usize = part.footnotes.iter().map(|note| characters(&note.blocks).chars().count()).sum();
    characters(&part.blocks).chars().count() + notes + 10 * blocks
}

fn below(limit: usize) -> impl FnMut(&Document) -> bool {
    move |part| size(part) <= limit
}

fn item(words: &str) -> ListItem {
    ListItem { blocks: vec![Block::paragraph(words)] }
}

fn table_of(rows: usize) -> Table {
    let cell =
        |words: String, header| Cell { content: text(words), header, columns: 1, rows: 1, align: CellAlign::Start };
    let head = Row { cells: vec![cell("Year".to_owned(), true)] };
    let body = (0..rows).map(|n| Row { cells: vec![cell(format!("row {n:04}"), false)] });
    Table { caption: text("Visits"), rows: std::iter::once(head).chain(body).collect() }
}

#[test]
fn what_fits_is_left_whole() {
    assert_eq!(split(&story(), &mut |_| true), [story()]);
    assert_eq!(split(&Document::default(), &mut |_| false), [Document::default()]);
}

#[test]
fn cuts_fall_between_blocks() {
    let document = Document::new((0..30).map(|n| Block::paragraph(format!("{n:02} {}", "x".repeat(37)))).collect());
    let parts = split(&document, &mut below(500));
    assert_eq!(parts.iter().map(|part| part.blocks.len()).collect::<Vec<_>>(), [10, 10, 10]);
    assert_eq!(parts.iter().flat_map(|part| part.blocks.clone()).collect::<Vec<_>>(), document.blocks);
}

#[test]
fn a_nearly_empty_last_part_is_evened_out() {
    let document = Document::new((0..21).map(|n| Block::paragraph(format!("{n:02} {}", "x".repeat(37)))).collect());
    let parts = split(&document, &mut below(1_000));
    assert_eq!(parts.iter().map(|part| part.blocks.len()).collect::<Vec<_>>(), [11, 10]);
}

#[test]
fn one_giant_text_is_cut_at_the_ends_of_sentences() {
    let giant = "A sentence of some length stands here. ".repeat(200);
    let parts = split(&Document::new(vec![Block::paragraph(&giant)]), &mut below(1_000));
    assert!(parts.len() >= 8);
    assert_eq!(joined(&parts), giant);
    assert!(parts.iter().all(|part| size(part) <= 1_000 && characters(&part.blocks).ends_with(". ")));
}

#[test]
fn one_giant_word_is_cut_too() {
    let giant = "ж".repeat(10_000);
    let parts = split(&Document::new(vec![Block::paragraph(&giant)]), &mut below(1_000));
    assert_eq!(joined(&parts), giant);
    assert!(parts.iter().all(|part| size(part) <= 1_000));
}

#[test]
fn a_table_repeats_the_rows_that_head_it() {
    let parts = split(&Document::new(vec![Block::Table(table_of(200))]), &mut below(500));
    assert!(parts.len() > 3);
    for part in &parts {
        let [Block::Table(table)] = part.blocks.as_slice() else { panic!("not a table: {part:?}") };
        assert_eq!(crate::tables::head_rows(table), 1);
    }
    assert_eq!(joined(&parts), characters(&[Block::Table(table_of(200))]));
}

#[test]
fn one_giant_cell_is_cut_within() {
    let mut table = table_of(3);
    table.rows[2].cells[0].content = text("Words and words. ".repeat(100));
    let document = Document::new(vec![Block::Table(table)]);
    let parts = split(&document, &mut below(500));
    assert_eq!(joined(&parts), characters(&document.blocks));
    assert!(parts.iter().all(|part| size(part) <= 500));
}

#[test]
fn a_list_goes_on_with_its_number() {
    let items = (1..=100).map(|n| item(&format!("item {n:03}"))).collect();
    let document = Document::new(vec![Block::List { ordered: true, start: 1, items }]);
    let parts = split(&document, &mut below(500));
    let mut next = 1;
    for part in &parts {
        let [Block::List { start, items, .. }] = part.blocks.as_slice() else { panic!("not a list: {part:?}") };
        assert_eq!(*start, next);
        next += u32::try_from(items.len()).unwrap();
    }
    assert_eq!(next, 101);
}

#[test]
fn boxes_and_quotes_are_cut_between_their_blocks() {
    let blocks: Vec<Block> = (0..50).map(|n| Block::paragraph(format!("Paragraph {n:02} of it."))).collect();
    let document = Document::new(vec![
        Block::Box { kind: BoxKind::Facts, title: text("Facts"), blocks: blocks.clone() },
        Block::Quote { blocks, source: text("Somebody") },
    ]);
    let parts = split(&document, &mut below(400));
    assert_eq!(joined(&parts), characters(&document.blocks));
    assert!(parts.iter().all(|part| size(part) <= 400));
}

#[test]
fn each_part_has_just_the_footnotes_it_refers_to() {
    let note = |n: usize| Footnote { id: format!("n{n}"), blocks: vec![Block::paragraph(format!("Note {n}."))] };
    let paragraph = |n: usize| Block::Paragraph {
        content: vec![Inline::text("x".repeat(80)), Inline::Footnote { id: format!("n{n}") }],
    };
    let blocks = (0..10).map(paragraph).collect();
    let document = Document { footnotes: (0..11).map(note).collect(), ..Document::new(blocks) };
    let parts = split(&document, &mut below(400));
    assert!(parts.len() > 2);
    let notes: Vec<&Footnote> = parts.iter().flat_map(|part| &part.footnotes).collect();
    assert_eq!(notes, document.footnotes.iter().collect::<Vec<_>>());
    for part in &parts[..parts.len() - 1] {
        assert_eq!(part.footnotes.len(), part.blocks.len());
    }
}

#[test]
fn a_heading_never_ends_a_part() {
    let chapter = |n: usize| {
        [
            Block::Heading { level: 2, content: text(format!("Chapter {n}")) },
            Block::paragraph("word ".repeat(3 + n * 5)),
        ]
    };
    let document = Document::new((0..20).flat_map(chapter).collect());
    for limit in [60, 100, 150, 300, 700, 2_000] {
        let parts = split(&document, &mut below(limit));
        assert_eq!(joined(&parts), characters(&document.blocks));
        for part in &parts {
            assert!(!matches!(part.blocks.last(), Some(Block::Heading { .. })), "at {limit}: {part:?}");
        }
    }
}

#[test]
fn where_nothing_fits_every_part_still_makes_progress() {
    let parts = split(&story(), &mut |_| false);
    assert_eq!(joined(&parts), characters(&story().blocks));
    assert!(parts.len() >= 20);
    let headings = Document::new(vec![Block::Heading { level: 2, content: text("x") }; 5]);
    assert_eq!(split(&headings, &mut |_| false).len(), 5);
    assert_eq!(split(&headings, &mut |part| part.blocks.len() <= 2).len(), 3);
}

#[test]
fn a_long_document_is_measured_a_few_times_for_each_part() {
    let document = Document::new((0..5_000).map(|n| Block::paragraph(format!("Paragraph {n} of many."))).collect());
    let mut asked = 0;
    let parts = split(&document, &mut |part| {
        asked += 1;
        size(part) <= 5_000
    });
    assert!(parts.len() > 30);
    assert!(asked < parts.len() * 20, "{asked} questions for {} parts", parts.len());
}

fn any_block() -> impl Strategy<Value = Block> {
    let leaf = prop_oneof![
        4 => any_line().prop_map(|content| Block::Paragraph { content }),
        1 => any_words().prop_map(|words| Block::Heading { level: 2, content: text(words) }),
        1 => any_words().prop_map(|words| Block::Code { language: String::new(), text: words.replace('.', "\n") }),
        1 => (1_usize..9).prop_map(|rows| Block::Table(table_of(rows))),
        1 => any_words().prop_map(|words| Block::paragraph(words.repeat(30))),
        1 => Just(Block::Rule),
    ];
    leaf.prop_recursive(2, 12, 4, |inner| {
        let blocks = prop::collection::vec(inner, 1..4);
        prop_oneof![
            (blocks.clone(), any_words()).prop_map(|(blocks, source)| Block::Quote { blocks, source: text(source) }),
            blocks.clone().prop_map(|blocks| Block::Box { kind: BoxKind::Note, title: text("Title"), blocks }),
            blocks.prop_map(|blocks| Block::List {
                ordered: true,
                start: 1,
                items: blocks.into_iter().map(|block| ListItem { blocks: vec![block] }).collect(),
            }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn parts_hold_all_text_once_and_in_order_and_fit(
        blocks in prop::collection::vec(any_block(), 1..12),
        limit in 250_usize..900,
    ) {
        let footnotes = story().footnotes;
        let document = Document { footnotes, ..Document::new(blocks) };
        let parts = split(&document, &mut below(limit));
        prop_assert_eq!(joined(&parts), characters(&document.blocks));
        prop_assert_eq!(split(&document, &mut below(limit)), parts.clone());
        for part in &parts {
            prop_assert!(size(part) <= limit, "{} > {}: {:?}", size(part), limit, part);
            // Footnotes that nothing refers to may stand alone in a part behind the text's last.
            let last = parts.iter().rfind(|part| !part.blocks.is_empty()) == Some(part);
            prop_assert!(last || !matches!(part.blocks.last(), Some(Block::Heading { .. })), "{:?}", part);
        }
    }

    #[test]
    fn whatever_fits_says_every_part_makes_progress(
        blocks in prop::collection::vec(any_block(), 1..8),
        answers in prop::collection::vec(any::<bool>(), 1..40),
    ) {
        let document = Document::new(blocks);
        let mut asked = 0;
        let parts = split(&document, &mut |_| {
            asked += 1;
            answers[asked % answers.len()]
        });
        prop_assert_eq!(joined(&parts), characters(&document.blocks));
        prop_assert!(parts.iter().all(|part| !part.blocks.is_empty() || !part.footnotes.is_empty()));
    }
}
