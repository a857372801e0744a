//! An issue on as many pages as it takes to fit the wire. Between stories is the best place to cut; a story that no page of
//! its own would hold is cut inside.
//!
//! Parts are cut so that each fits with everything that any part may carry: the same issue is cut the same way whichever
//! part is asked for. Each story stands whole on its page where it can.

use std::collections::HashMap;

use http::StatusCode;
use model::{Document, Language, Photo, PhotoId};
use render::{Labels, Resources};
use theme::{
    Page,
    context::{IssuePage, NamedLink, Pager},
};

use super::entries::Piece;
use crate::{
    error::Error,
    pages::{
        draft::Printed,
        parts::{fullest_pager, pager, path_of},
        press::Press,
    },
};

/// An issue ready to be printed.
pub(super) struct Told {
    /// The path of the first part.
    pub(super) first: String,
    /// Which part is asked for.
    pub(super) part: usize,
    pub(super) language: Language,
    pub(super) labels: Labels,
    pub(super) photos: HashMap<PhotoId, Photo>,
    pub(super) links: HashMap<String, String>,
    pub(super) pieces: Vec<Piece>,
    /// The page without its entries.
    pub(super) page: IssuePage,
}

/// Prints the part asked for, and the others with it; `None` when there are fewer.
pub(super) fn print(press: &Press, told: &Told) -> Result<Option<Printed>, Error> {
    let parts = told.cut(press)?;
    let mut wanted = None;
    let mut others = Vec::new();
    for part in 1..=parts.len() {
        let page = press.print(StatusCode::OK, &told.part(&parts, part))?;
        if part == told.part {
            wanted = Some(page);
        } else {
            others.push((path_of(&told.first, part).as_str().to_owned(), page));
        }
    }
    Ok(wanted.map(|page| Printed { page, others }))
}

impl Told {
    fn cut(&self, press: &Press) -> Result<Vec<Vec<Piece>>, Error> {
        let whole = vec![self.pieces.clone()];
        if press.fits(&self.part(&whole, 1))? {
            return Ok(whole);
        }
        let mut parts: Vec<Vec<Piece>> = Vec::new();
        let mut page: Vec<Piece> = Vec::new();
        for piece in &self.pieces {
            page.push(piece.clone());
            if press.fits(&self.fullest(&page, parts.is_empty()))? {
                continue;
            }
            page.pop();
            if !page.is_empty() {
                parts.push(std::mem::take(&mut page));
            }
            let mut within = self.within(press, piece, parts.is_empty())?;
            page.extend(within.pop());
            parts.extend(within.into_iter().map(|piece| vec![piece]));
        }
        parts.push(page);
        Ok(parts)
    }

    /// A piece in parts that each fit on a page.
    fn within(&self, press: &Press, piece: &Piece, first: bool) -> Result<Vec<Piece>, Error> {
        let mut failure = None;
        let texts = render::split(&piece.document, &mut |text| {
            let piece = Piece { document: text.clone(), ..piece.clone() };
            press.fits(&self.fullest(&[piece], first)).unwrap_or_else(|error| {
                failure.get_or_insert(error);
                true
            })
        });
        if let Some(error) = failure {
            return Err(error);
        }
        let last = texts.len().saturating_sub(1);
        let part = |(index, document): (usize, Document)| {
            let mut entry = piece.entry.clone();
            if index > 0 {
                entry.continued = true;
                (entry.anchor, entry.heading, entry.note, entry.standfirst) = Default::default();
                entry.bylines.clear();
                entry.published = None;
            }
            if index < last {
                entry.sources.clear();
                entry.corrections.clear();
            }
            Piece { entry, document, name: piece.name.clone() }
        };
        Ok(texts.into_iter().enumerate().map(part).collect())
    }

    /// A part as readers see it.
    fn part(&self, parts: &[Vec<Piece>], part: usize) -> Page {
        let here = parts.get(part - 1).map_or(&[][..], Vec::as_slice);
        let mut page = self.with(here, part, pager(&self.first, part, parts.len()));
        if part == 1 && parts.len() > 1 {
            page.contents = self.contents(parts);
        }
        if part < parts.len() {
            page.shell.slots.newsletter = None;
        }
        Page::Issue(page)
    }

    /// These pieces with everything that a part of many may carry, to be measured. The first part has the contents; later
    /// ones lie deeper, so that their addresses are longer.
    fn fullest(&self, pieces: &[Piece], first: bool) -> Page {
        let mut page = self.with(pieces, if first { 1 } else { 12 }, fullest_pager(&self.first));
        if first {
            page.contents = self.contents(std::slice::from_ref(&self.pieces));
        }
        Page::Issue(page)
    }

    fn with(&self, pieces: &[Piece], part: usize, parts: Pager) -> IssuePage {
        let path = path_of(&self.first, part);
        let mut page = self.page.clone();
        page.shell.root = path.to_root();
        page.shell.path = path.as_str().to_owned();
        if parts.pages > 1 {
            page.shell.previous_path.clone_from(&parts.previous);
            page.shell.next_path.clone_from(&parts.next);
        }
        page.parts = parts;
        let Self { language, photos, links, labels, .. } = self;
        let resources = Resources { root: &page.shell.root, language, photos, links, labels };
        let render = |piece: &Piece| {
            let mut entry = piece.entry.clone();
            entry.body_html = render::web_among_others(&piece.document, &resources, &piece.name);
            entry
        };
        page.entries = pieces.iter().map(render).collect();
        page
    }

    /// Where each story begins.
    fn contents(&self, parts: &[Vec<Piece>]) -> Vec<NamedLink> {
        let numbered = (1..).zip(parts).flat_map(|(part, pieces)| pieces.iter().map(move |piece| (part, &piece.entry)));
        let begun = numbered.filter(|(_, entry)| !entry.anchor.is_empty());
        begun
            .map(|(part, entry)| NamedLink {
                name: entry.headline.clone(),
                path: format!("{}#{}", path_of(&self.first, part), entry.anchor),
            })
            .collect()
    }
}
