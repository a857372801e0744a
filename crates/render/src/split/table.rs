//! Cutting a table between rows, repeating those that head it; and a row that is too large, within its cells.

use model::document::{Block, Cell, Inline, Row, Table};

use super::measure::{Measure, largest};
use super::{Cut, line};
use crate::tables;

/// Cuts a table so that its first piece fits in its place.
pub(super) fn cut(measure: &mut Measure<'_>, table: &Table, place: &dyn Fn(Table) -> Vec<Block>) -> Option<Cut<Table>> {
    let (head, body) = table.rows.split_at(tables::head_rows(table));
    let made = |caption: &[Inline], rows: &[Row]| Table { caption: caption.to_vec(), rows: [head, rows].concat() };
    let stops = stops(body);
    let found = largest(stops.len(), &mut |n| measure.holds(&place(made(&table.caption, &body[..stops[n - 1]]))));
    if let Some(last) = found.checked_sub(1) {
        let (first, rest) = body.split_at(stops[last]);
        return Some(Cut { first: made(&table.caption, first), rest: made(&[], rest) });
    }
    if !measure.forced {
        return None;
    }
    let (large, others) = body.split_first()?;
    if let Some(cut) = cut_row(measure, large, &|row| place(made(&table.caption, &[row]))) {
        let rest = [&[cut.rest], others].concat();
        return Some(Cut { first: made(&table.caption, &[cut.first]), rest: made(&[], &rest) });
    }
    let (first, rest) = body.split_at(*stops.first()?);
    Some(Cut { first: made(&table.caption, first), rest: made(&[], rest) })
}

/// Numbers of rows after which no cell reaches further down; all of them when cells reach across everywhere.
fn stops(body: &[Row]) -> Vec<usize> {
    let mut reach = 0;
    let mut clean = Vec::new();
    for (index, row) in body.iter().enumerate() {
        let spans = row.cells.iter().map(|cell| index + cell.rows.max(1) as usize);
        reach = spans.chain([reach]).max().unwrap_or(reach);
        if reach <= index + 1 && index + 1 < body.len() {
            clean.push(index + 1);
        }
    }
    if clean.is_empty() { (1..body.len()).collect() } else { clean }
}

/// Cuts between the cells of a row, else inside the first that does not fit. Empty cells keep the columns in place.
fn cut_row(measure: &mut Measure<'_>, row: &Row, place: &dyn Fn(Row) -> Vec<Block>) -> Option<Cut<Row>> {
    let cells = &row.cells;
    let empty =
        |cells: &[Cell]| cells.iter().map(|cell| Cell { content: Vec::new(), ..cell.clone() }).collect::<Vec<_>>();
    let first = |done: usize, piece: &[Cell]| {
        let after = (done + piece.len()).min(cells.len());
        Row { cells: [&cells[..done], piece, &empty(&cells[after..])].concat() }
    };
    let most = cells.len().saturating_sub(1);
    let done = largest(most, &mut |done| measure.holds(&place(first(done, &[]))));
    let next = cells.get(done)?;
    let with = |content: Vec<Inline>| Cell { content, ..next.clone() };
    if let Some(cut) = line::cut(measure, &next.content, &|piece| place(first(done, &[with(piece)]))) {
        let rest = [empty(&cells[..done]), vec![with(cut.rest)], cells[done + 1..].to_vec()].concat();
        return Some(Cut { first: first(done, &[with(cut.first)]), rest: Row { cells: rest } });
    }
    let says_something = cells[..done].iter().any(|cell| line::length(&cell.content) > 0);
    let rest = [empty(&cells[..done]), cells[done..].to_vec()].concat();
    says_something.then(|| Cut { first: first(done, &[]), rest: Row { cells: rest } })
}
