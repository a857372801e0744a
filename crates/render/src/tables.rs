//! Tables: which rows head a table, and cells that never reach beyond their group.

use model::document::{Cell, Row, Table};

/// How many rows at the top consist of header cells only; the table's own last row is never one of them.
pub(crate) fn head_rows(table: &Table) -> usize {
    let heads = |row: &&Row| !row.cells.is_empty() && row.cells.iter().all(|cell| cell.header);
    let count = table.rows.iter().take_while(heads).count();
    if count == table.rows.len() { 0 } else { count }
}

/// Rows covered by a cell, cut at the end of its group of rows.
pub(crate) fn row_span(cell: &Cell, rows_left: usize) -> u32 {
    cell.rows.clamp(1, u32::try_from(rows_left.max(1)).unwrap_or(u32::MAX))
}

/// Columns covered by a cell, within what HTML allows.
pub(crate) fn column_span(cell: &Cell) -> u32 {
    cell.columns.clamp(1, 1_000)
}

/// The element of a cell, and what a heading cell heads: its column in the rows on top, its row below them.
pub(crate) fn cell_kind(cell: &Cell, in_head: bool) -> (&'static str, &'static str) {
    match (cell.header, in_head) {
        (true, true) => ("th", "col"),
        (true, false) => ("th", "row"),
        (false, _) => ("td", ""),
    }
}
