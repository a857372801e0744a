//! A story in as many parts as it takes to fit the wire.
//!
//! The first part has the photo on top, the last what stands at a story's end. A part is measured as if it had both, so
//! that it fits wherever it comes to stand; the same text splits the same way each time.

use std::collections::HashMap;

use http::StatusCode;
use model::{Document, Language, Path, Photo, PhotoId, PhotoUse};
use render::{Labels, Resources};
use theme::{
    Page,
    context::{Pager, StoryPage},
};

use super::{cards::thin, press::Press};
use crate::{cache::Prepared, error::Error};

/// A story ready to be printed: everything that the transaction had to give.
pub(super) struct Told {
    /// The path of the first part.
    pub(super) path: String,
    /// Which part is asked for.
    pub(super) part: usize,
    pub(super) language: Language,
    pub(super) labels: Labels,
    pub(super) document: Document,
    pub(super) lead: Option<PhotoUse>,
    pub(super) photos: HashMap<PhotoId, Photo>,
    pub(super) links: HashMap<String, String>,
    /// The page without its text.
    pub(super) page: StoryPage,
}

/// Prints the part asked for; `None` when the story has fewer.
pub(super) fn print(press: &Press, told: &Told) -> Result<Option<Prepared>, Error> {
    let furniture = furniture(press, told)?;
    let mut failure = None;
    // Parts after the first lie deeper, so their addresses are the longest.
    let deep = path_of(&told.path, 2);
    let whole = |document: &Document| {
        let mut page = furniture.clone();
        page.parts = pager(&told.path, 1, 2);
        page.lead_photo_html = lead(told, &deep);
        page.body_html = render::web(document, &resources(told, &deep.to_root()));
        page.shell.root = deep.to_root();
        Page::Story(page)
    };
    let parts = render::split(&told.document, &mut |document| match press.fits(&whole(document)) {
        Ok(fits) => fits,
        Err(error) => {
            failure.get_or_insert(error);
            true
        }
    });
    if let Some(error) = failure {
        return Err(error);
    }
    let Some(text) = told.part.checked_sub(1).and_then(|at| parts.get(at)) else { return Ok(None) };
    let page = part(told, furniture, text, parts.len());
    press.print(StatusCode::OK, &Page::Story(page)).map(Some)
}

/// The page around the text, made plainer until it leaves the text room enough.
fn furniture(press: &Press, told: &Told) -> Result<StoryPage, Error> {
    const PLAINEST: usize = 6;
    let deep = path_of(&told.path, 2);
    let mut page = told.page.clone();
    page.lead_photo_html = lead(told, &deep);
    for level in 0..=PLAINEST {
        plainer(&mut page, level);
        if press.leaves_room(&Page::Story(page.clone()))? {
            break;
        }
    }
    page.lead_photo_html = None;
    Ok(page)
}

fn plainer(page: &mut StoryPage, level: usize) {
    match level {
        0 => {}
        1 => thin(page.read_more.iter_mut(), 2),
        2 => thin(page.read_more.iter_mut(), 4),
        3 => page.read_more.truncate(3),
        4 => page.json_ld.clear(),
        5 => page.topics.truncate(12),
        _ => page.sources.truncate(40),
    }
}

/// One part of the story as readers see it.
fn part(told: &Told, furniture: StoryPage, text: &Document, parts: usize) -> StoryPage {
    let path = path_of(&told.path, told.part);
    let mut page = furniture;
    page.body_html = render::web(text, &resources(told, &path.to_root()));
    page.parts = pager(&told.path, told.part, parts);
    page.shell.root = path.to_root();
    page.shell.path = path.as_str().to_owned();
    page.shell.lite_path = Some(lite_path(&told.path, 1));
    page.shell.previous_path.clone_from(&page.parts.previous);
    page.shell.next_path.clone_from(&page.parts.next);
    if told.part == 1 {
        page.lead_photo_html = lead(told, &path);
    } else {
        page.json_ld.clear();
        page.shell.alternates.clear();
    }
    if told.part < parts {
        page.sources.clear();
        page.topics.clear();
        page.share.clear();
        page.read_more.clear();
    }
    page
}

/// The photo on top, if there is something to see.
fn lead(told: &Told, path: &Path) -> Option<String> {
    let html = render::lead_photo(told.lead.as_ref()?, &resources(told, &path.to_root()));
    (!html.is_empty()).then_some(html)
}

pub(super) fn resources<'a>(told: &'a Told, root: &'a str) -> Resources<'a> {
    Resources { root, language: &told.language, photos: &told.photos, links: &told.links, labels: &told.labels }
}

pub(super) fn path_of(first: &str, part: usize) -> Path {
    if part <= 1 { Path::new(first) } else { Path::new(format!("{first}{part}/")) }
}

/// The pager of something whose parts lie below its first one.
pub(super) fn pager(first: &str, part: usize, parts: usize) -> Pager {
    Pager::new(part, parts, |number| path_of(first, number).as_str().to_owned())
}

/// The lite form's path: `lite/` before the date.
pub(super) fn lite_path(path: &str, part: usize) -> String {
    let prefix = path.len() - path.trim_start_matches('/').len();
    let at = path[prefix..].find(|c: char| c.is_ascii_digit()).map_or(prefix, |at| at + prefix);
    path_of(&format!("{}lite/{}", &path[..at], &path[at..]), part).as_str().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lite_form_stands_below_its_language() {
        assert_eq!(lite_path("/2025/07/11/wonsan/", 1), "/lite/2025/07/11/wonsan/");
        assert_eq!(lite_path("/ru/2025/07/11/wonsan/", 2), "/ru/lite/2025/07/11/wonsan/2/");
    }
}
