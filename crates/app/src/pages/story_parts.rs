//! A story's pages: the first part has the photo on top, the last what stands at a story's end.

use std::collections::HashMap;

use model::{Document, Language, Path, Photo, PhotoId, PhotoUse};
use render::{Labels, Resources};
use theme::{Page, context::StoryPage};

use super::{
    cards::thin,
    draft::Printed,
    parts::{self, InParts, fullest_pager, pager, path_of},
    press::Press,
};
use crate::error::Error;

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
    /// The same plainer and plainer, until it leaves room for a text.
    pub(super) plainer: Vec<StoryPage>,
}

/// Prints the part asked for; `None` when the story has fewer.
pub(super) fn print(press: &Press, mut told: Told) -> Result<Option<Printed>, Error> {
    told.plainer = furniture(press, &told)?;
    parts::print(press, &told, told.part)
}

impl Told {
    /// A part of the text in its page.
    fn filled(&self, page: &StoryPage, text: &Document, part: usize, parts: usize) -> Page {
        let path = path_of(&self.path, part);
        let mut page = page.clone();
        page.body_html = render::web(text, &resources(self, &path.to_root()));
        page.parts = pager(&self.path, part, parts);
        page.shell.root = path.to_root();
        page.shell.path = path.as_str().to_owned();
        page.shell.lite_path = Some(lite_path(&self.path, 1));
        page.shell.previous_path.clone_from(&page.parts.previous);
        page.shell.next_path.clone_from(&page.parts.next);
        if part == 1 {
            page.lead_photo_html = lead(self, &path);
        } else {
            page.json_ld.clear();
            page.shell.alternates.clear();
        }
        if part < parts {
            page.shell.slots.appeal = None;
            page.sources.clear();
            page.topics.clear();
            page.share.clear();
            page.read_more.clear();
        }
        Page::Story(page)
    }
}

impl InParts for Told {
    fn document(&self) -> &Document {
        &self.document
    }

    fn first(&self) -> &str {
        &self.path
    }

    fn page(&self, text: &Document, part: usize, parts: usize) -> Page {
        self.filled(&self.page, text, part, parts)
    }

    fn version(&self, text: &Document, part: usize, parts: usize, level: usize) -> Option<Page> {
        let mut versions = std::iter::once(&self.page).chain(&self.plainer);
        versions.nth(level).map(|page| self.filled(page, text, part, parts))
    }

    fn fullest(&self, text: &Document) -> Page {
        // Parts after the first lie deeper, so their addresses are the longest.
        let deep = path_of(&self.path, 12);
        let mut page = self.plainer.last().unwrap_or(&self.page).clone();
        page.parts = fullest_pager(&self.path);
        // As on the last part: what stands at a story's end counts.
        page.parts.page = page.parts.pages;
        page.lead_photo_html = lead(self, &deep);
        page.body_html = render::web(text, &resources(self, &deep.to_root()));
        page.shell.root = deep.to_root();
        page.shell.lite_path = Some(lite_path(&self.path, 1));
        page.shell.previous_path.clone_from(&page.parts.previous);
        page.shell.next_path.clone_from(&page.parts.next);
        Page::Story(page)
    }
}

/// The page around the text, plainer and plainer, until it leaves the text room enough; none where it does so whole.
fn furniture(press: &Press, told: &Told) -> Result<Vec<StoryPage>, Error> {
    const PLAINEST: usize = 9;
    let deep = path_of(&told.path, 2);
    let lead = lead(told, &deep);
    let mut page = told.page.clone();
    let mut pages = Vec::new();
    for level in 1..=PLAINEST {
        let measured = StoryPage { lead_photo_html: lead.clone(), ..page.clone() };
        if press.leaves_room(&Page::Story(measured))? {
            break;
        }
        plainer(&mut page, level);
        pages.push(page.clone());
    }
    Ok(pages)
}

fn plainer(page: &mut StoryPage, level: usize) {
    match level {
        1 => thin(page.read_more.iter_mut(), 2),
        2 => thin(page.read_more.iter_mut(), 4),
        3 => page.read_more.truncate(3),
        4 => {
            // The box is still one to sign up with.
            if let Some(form) = &mut page.shell.slots.newsletter {
                form.about.clear();
                (form.preview, form.mail) = (None, String::new());
            }
        }
        5 => page.topics.truncate(12),
        6 => page.read_more.clear(),
        7 => page.json_ld.clear(),
        8 => {
            // The link to the long form is still there.
            if let Some(shown) = page.shell.slots.appeal.as_mut().and_then(|slot| slot.shown.as_mut()) {
                shown.give = None;
            }
        }
        _ => page.sources.truncate(40),
    }
}

/// The photo on top, if there is something to see.
fn lead(told: &Told, path: &Path) -> Option<String> {
    let html = render::lead_photo(told.lead.as_ref()?, &resources(told, &path.to_root()));
    (!html.is_empty()).then_some(html)
}

pub(super) fn resources<'a>(told: &'a Told, root: &'a str) -> Resources<'a> {
    Resources { root, language: &told.language, photos: &told.photos, links: &told.links, labels: &told.labels }
}

/// The lite form's path: `lite/` before the date.
pub(super) fn lite_path(path: &str, part: usize) -> String {
    let at = path.find(|c: char| c.is_ascii_digit()).unwrap_or(path.len());
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
