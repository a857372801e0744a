//! Footnotes: their numbers, and how often each is referred to.

use std::collections::HashMap;

use model::Document;
use model::document::{Footnote, Inline, visit};

/// The footnotes of a document in the order of their first reference; those nobody refers to come last.
#[derive(Debug)]
pub(crate) struct Notes<'d> {
    notes: Vec<Note<'d>>,
    numbers: HashMap<&'d str, usize>,
}

#[derive(Debug)]
struct Note<'d> {
    footnote: &'d Footnote,
    references: usize,
    seen: usize,
}

/// One reference to a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reference {
    /// The note's number, from 1.
    pub(crate) number: usize,
    /// Which reference to it this is, from 1.
    pub(crate) occurrence: usize,
}

impl Reference {
    /// The `id` of the place that refers.
    pub(crate) fn id(self) -> String {
        match self.occurrence {
            1 => format!("r{}", self.number),
            more => format!("r{}-{more}", self.number),
        }
    }
}

impl<'d> Notes<'d> {
    /// Reads the references of a document.
    pub(crate) fn of(document: &'d Document) -> Self {
        let by_id: HashMap<&str, &Footnote> = document.footnotes.iter().map(|n| (n.id.as_str(), n)).collect();
        let mut notes = Self { notes: Vec::new(), numbers: HashMap::new() };
        visit::inlines(document, &mut |inline| {
            if let Inline::Footnote { id } = inline
                && let Some(footnote) = by_id.get(id.as_str())
            {
                let index = notes.add(footnote);
                notes.notes[index].references += 1;
            }
        });
        for footnote in &document.footnotes {
            notes.add(footnote);
        }
        notes
    }

    fn add(&mut self, footnote: &'d Footnote) -> usize {
        let next = self.notes.len();
        let index = *self.numbers.entry(footnote.id.as_str()).or_insert(next);
        if index == next {
            self.notes.push(Note { footnote, references: 0, seen: 0 });
        }
        index
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.notes.is_empty()
    }

    pub(crate) fn in_order(&self) -> Vec<&'d Footnote> {
        self.notes.iter().map(|note| note.footnote).collect()
    }

    /// The next reference to a note; `None` when there is no such note.
    pub(crate) fn refer(&mut self, id: &str) -> Option<Reference> {
        let index = *self.numbers.get(id)?;
        let note = &mut self.notes[index];
        note.seen += 1;
        Some(Reference { number: index + 1, occurrence: note.seen })
    }

    /// All references to the note with this number.
    pub(crate) fn references(&self, number: usize) -> impl Iterator<Item = Reference> + use<> {
        let count = self.notes.get(number - 1).map_or(0, |note| note.references);
        (1..=count).map(move |occurrence| Reference { number, occurrence })
    }
}
