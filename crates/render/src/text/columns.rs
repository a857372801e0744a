//! Tables in plain text.

use model::document::{CellAlign, Table};

use super::wrap::width;
use crate::tables;

const GAP: &str = "  ";

/// The rows in columns, with a line below those that head the table; `None` when they are wider than the page.
pub(super) fn aligned(table: &Table, rows: &[Vec<String>], page: usize) -> Option<Vec<String>> {
    let widths = widths(table, rows);
    let total = widths.iter().sum::<usize>() + GAP.len() * widths.len().saturating_sub(1);
    if total > page {
        return None;
    }
    let heads = tables::head_rows(table);
    let mut lines = Vec::new();
    for (index, (row, texts)) in table.rows.iter().zip(rows).enumerate() {
        if index > 0 && index == heads {
            lines.push(widths.iter().map(|width| "-".repeat(*width)).collect::<Vec<_>>().join(GAP));
        }
        let mut line = String::new();
        let mut column = 0;
        for (cell, text) in row.cells.iter().zip(texts) {
            let covered = covered(column, cell.columns, widths.len());
            let room = widths[covered.clone()].iter().sum::<usize>() + GAP.len() * covered.len().saturating_sub(1);
            if column > 0 {
                line.push_str(GAP);
            }
            push_cell(&mut line, text, room, cell.align);
            column = covered.end;
        }
        lines.push(line.trim_end().to_owned());
    }
    Some(lines)
}

/// One entry for each cell, named by the cell that heads its column.
pub(super) fn one_by_one(table: &Table, rows: &[Vec<String>]) -> Vec<String> {
    let heads = tables::head_rows(table);
    let names = heads.checked_sub(1).and_then(|last| rows.get(last));
    let mut entries = Vec::new();
    for texts in rows.iter().skip(heads) {
        if !entries.is_empty() {
            entries.push("\u{2014}".to_owned());
        }
        for (column, text) in texts.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            let name = names.and_then(|names| names.get(column)).filter(|name| !name.is_empty());
            entries.push(name.map_or_else(|| text.clone(), |name| format!("{name}: {text}")));
        }
    }
    entries
}

fn covered(column: usize, columns: u32, all: usize) -> std::ops::Range<usize> {
    let end = column.saturating_add(usize::try_from(columns.max(1)).unwrap_or(usize::MAX));
    column.min(all)..end.min(all)
}

/// Widths by the cells that cover one column only; what a wider cell lacks goes to its last column.
fn widths(table: &Table, rows: &[Vec<String>]) -> Vec<usize> {
    let count = |row: &model::document::Row| row.cells.iter().map(|cell| cell.columns.clamp(1, 100) as usize).sum();
    let columns: usize = table.rows.iter().map(count).max().unwrap_or(0);
    let mut widths = vec![0; columns];
    for wide in [false, true] {
        for (row, texts) in table.rows.iter().zip(rows) {
            let mut column = 0;
            for (cell, text) in row.cells.iter().zip(texts) {
                let covered = covered(column, cell.columns.clamp(1, 100), columns);
                column = covered.end;
                let room = widths[covered.clone()].iter().sum::<usize>() + GAP.len() * covered.len().saturating_sub(1);
                if (covered.len() > 1) == wide && !covered.is_empty() && width(text) > room {
                    widths[covered.end - 1] += width(text) - room;
                }
            }
        }
    }
    widths
}

fn push_cell(line: &mut String, text: &str, room: usize, align: CellAlign) {
    let spare = room.saturating_sub(width(text));
    let before = match align {
        CellAlign::Start => 0,
        CellAlign::Center => spare / 2,
        CellAlign::End => spare,
    };
    line.push_str(&" ".repeat(before));
    line.push_str(text);
    line.push_str(&" ".repeat(spare - before));
}
