//! A text in as many pages as it takes to fit the wire: stories, their lite form, static pages.
//!
//! Parts are cut so that each fits with everything that any part may carry, so that the same text is cut the same way
//! whichever part is asked for. All of them are printed at once: cutting costs more than printing. What stands around a
//! text comes in plainer and plainer versions: a part gets the fullest one that it has room for.

use http::StatusCode;
use model::{Document, Path};
use theme::{Page, context::Pager};

use super::{draft::Printed, press::Press};
use crate::{cache::Prepared, error::Error};

/// Parts printed beside the one asked for, at most; the others are printed when they are asked for.
const AT_ONCE: usize = 64;

/// A text and the page around it.
pub(super) trait InParts {
    /// The whole text.
    fn document(&self) -> &Document;
    /// The path of the first part.
    fn first(&self) -> &str;
    /// One of several parts, as readers see it.
    fn page(&self, text: &Document, part: usize, parts: usize) -> Page;
    /// The same at level 0, then plainer and plainer; `None` when there is no plainer one.
    fn version(&self, text: &Document, part: usize, parts: usize, level: usize) -> Option<Page> {
        (level == 0).then(|| self.page(text, part, parts))
    }
    /// The page with everything that a part of many may carry, to be measured.
    fn fullest(&self, text: &Document) -> Page;
}

/// Prints the part asked for, and the others with it; `None` when there are fewer.
pub(super) fn print(press: &Press, told: &dyn InParts, asked: usize) -> Result<Option<Printed>, Error> {
    if asked > most(told.document()) {
        return Ok(None);
    }
    let parts = cut(press, told)?;
    let print = |part: usize| -> Result<Option<Prepared>, Error> {
        let Some(text) = part.checked_sub(1).and_then(|at| parts.get(at)) else { return Ok(None) };
        press.print_fitting(StatusCode::OK, |level| told.version(text, part, parts.len(), level)).map(Some)
    };
    let Some(page) = print(asked)? else { return Ok(None) };
    let mut others = Vec::new();
    for part in (1..=parts.len()).filter(|part| *part != asked).take(AT_ONCE) {
        let path = path_of(told.first(), part).as_str().to_owned();
        others.extend(print(part)?.map(|prepared| (path, prepared)));
    }
    Ok(Some(Printed { page, others }))
}

/// More parts than a text can have: what asks for a later one is not worth cutting the text for.
fn most(document: &Document) -> usize {
    2 + document.to_json().map_or(0, |json| json.len()) / 500
}

fn cut(press: &Press, told: &dyn InParts) -> Result<Vec<Document>, Error> {
    let whole = told.document();
    for page in (0..).map_while(|level| told.version(whole, 1, 1, level)) {
        if press.fits(&page)? {
            return Ok(vec![whole.clone()]);
        }
    }
    let mut failure = None;
    let parts = render::split(whole, &mut |text| {
        press.fits(&told.fullest(text)).unwrap_or_else(|error| {
            failure.get_or_insert(error);
            true
        })
    });
    failure.map_or(Ok(parts), Err)
}

/// The path of a part of what begins at `first`.
pub(super) fn path_of(first: &str, part: usize) -> Path {
    if part <= 1 { Path::new(first) } else { Path::new(format!("{first}{part}/")) }
}

/// The pager below one of several parts.
pub(super) fn pager(first: &str, part: usize, parts: usize) -> Pager {
    Pager::new(part, parts, |number| path_of(first, number).as_str().to_owned())
}

/// A pager with as many links as any has.
pub(super) fn fullest_pager(first: &str) -> Pager {
    pager(first, 12, 24)
}
