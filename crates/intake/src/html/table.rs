//! Tables. One that only lays out a page is taken apart; what cannot stand in a cell follows the table.

use model::document::{Block, Cell, CellAlign, Row, Table};
use scraper::ElementRef;

use super::element::{attr, named};
use super::figure::lines_of;
use super::walk::{Flow, Walker};

/// A cell covers at most so many rows or columns.
const MAX_SPAN: u32 = 1000;

pub(super) fn table<'a>(walker: &mut Walker<'a>, element: ElementRef<'a>, flow: &mut Flow) {
    if lays_out(element) {
        for cell in rows(element).into_iter().flat_map(|(row, _)| cells(row)) {
            walker.children(cell, flow);
            flow.cut();
        }
        return;
    }
    let caption = children(element).find(|e| e.value().name() == "caption");
    let caption = caption.map(|c| walker.as_line(c, flow)).unwrap_or_default();
    let mut after = Vec::new();
    let mut out = Vec::new();
    for (row, head) in rows(element) {
        let mut line = Vec::new();
        for cell in cells(row) {
            let (content, rest) = lines_of(walker.beside(cell, flow));
            after.extend(rest);
            line.push(Cell {
                content,
                header: head || cell.value().name() == "th",
                columns: span(cell, "colspan"),
                rows: span(cell, "rowspan"),
                align: align(cell),
            });
        }
        if !line.is_empty() {
            out.push(Row { cells: line });
        }
    }
    let says = out.iter().any(|row| row.cells.iter().any(|cell| !cell.content.is_empty()));
    if says {
        flow.push(Block::Table(Table { caption, rows: out }));
    }
    flow.cut();
    flow.blocks.extend(after);
}

/// Whether a table has no header and holds what cells cannot.
fn lays_out(element: ElementRef<'_>) -> bool {
    let count = rows(element).iter().map(|(row, _)| cells(*row).count()).sum::<usize>();
    named(element, &["th"]).is_none()
        && (count <= 1 || named(element, &["table", "iframe", "figure", "img", "h2"]).is_some())
}

fn children(element: ElementRef<'_>) -> impl Iterator<Item = ElementRef<'_>> {
    element.children().filter_map(ElementRef::wrap)
}

/// The rows, and whether they stand in the head. The foot comes last wherever it stands.
fn rows(table: ElementRef<'_>) -> Vec<(ElementRef<'_>, bool)> {
    let mut out = Vec::new();
    for part in ["thead", "tbody", "tfoot"] {
        for group in children(table) {
            let name = group.value().name();
            if name == part {
                out.extend(children(group).filter(|e| e.value().name() == "tr").map(|row| (row, part == "thead")));
            } else if name == "tr" && part == "tbody" {
                out.push((group, false));
            }
        }
    }
    out
}

fn cells(row: ElementRef<'_>) -> impl Iterator<Item = ElementRef<'_>> {
    children(row).filter(|e| matches!(e.value().name(), "td" | "th"))
}

fn span(cell: ElementRef<'_>, name: &str) -> u32 {
    attr(cell, name).and_then(|n| n.trim().parse().ok()).unwrap_or(1).clamp(1, MAX_SPAN)
}

fn align(cell: ElementRef<'_>) -> CellAlign {
    let style = attr(cell, "style").unwrap_or_default().replace(' ', "").to_ascii_lowercase();
    let class = attr(cell, "class").unwrap_or_default();
    let from_style = style.split("text-align:").nth(1).and_then(|rest| rest.split(';').next());
    let from_class = class.split_ascii_whitespace().find_map(|c| c.strip_prefix("has-text-align-"));
    match from_style.or(from_class).or_else(|| attr(cell, "align")).unwrap_or_default() {
        "center" => CellAlign::Center,
        "right" | "end" => CellAlign::End,
        _ => CellAlign::Start,
    }
}
