//! A photo on a page: every width and form on offer, the small form for those that choose none.

use model::{Document, Photo, PhotoForm, PhotoUse, document::plain, photo::PhotoWidth};

use super::Web;
use crate::html::push_element;
use crate::notes::Notes;
use crate::photos::Shown;
use crate::{Resources, links, photos, walk};

/// The photo on top of a story: as in the text, but loaded first. Empty when there is nothing to see or say.
#[must_use]
pub fn lead_photo(photo: &PhotoUse, resources: &Resources<'_>) -> String {
    let nothing = Document::default();
    let mut web = Web::new(resources, Notes::of(&nothing));
    // The theme gives the photo on top the whole width, whatever the story says of it.
    web.figure(photo, photos::sizes(PhotoWidth::Full), u32::MAX, Loading::First);
    web.out
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Loading {
    First,
    WhenNear,
}

impl Web<'_> {
    pub(super) fn figure(&mut self, photo: &PhotoUse, sizes: &str, up_to: u32, loading: Loading) {
        let shown = Shown::new(photo, self.resources);
        match shown.ready {
            Some(ready) => {
                self.open("figure", &[("class", photos::class(photo.width))]);
                self.picture(ready, &shown.alt, sizes, up_to, loading);
                self.caption(&shown);
            }
            None if shown.is_silent() => return,
            None => {
                self.open("figure", &[("class", "photo missing")]);
                if !shown.alt.is_empty() && shown.alt.trim() != plain::line(&shown.caption).trim() {
                    push_element(&mut self.out, "p", &[], &shown.described(self.resources.labels));
                }
                self.caption(&shown);
            }
        }
        self.close("figure");
    }

    fn picture(&mut self, photo: &Photo, alt: &str, sizes: &str, up_to: u32, loading: Loading) {
        self.open("picture", &[]);
        for form in [PhotoForm::Avif, PhotoForm::Webp] {
            let srcset = photos::srcset(photo, form, up_to, self.resources);
            if !srcset.is_empty() {
                self.open("source", &[("type", form.media_type()), ("srcset", &srcset), ("sizes", sizes)]);
            }
        }
        let src = photos::small(photo).map(|file| links::from_root(&file.key, self.resources)).unwrap_or_default();
        let (width, height) = (photo.width.to_string(), photo.height.to_string());
        let (lazy, priority) = match loading {
            Loading::First => ("", "high"),
            Loading::WhenNear => ("lazy", ""),
        };
        let image = [("src", src.as_str()), ("width", &width), ("height", &height), ("alt", alt)];
        let when = [("loading", lazy), ("fetchpriority", priority), ("decoding", "async")];
        self.open("img", &[image.as_slice(), &when].concat());
        self.close("picture");
    }

    fn caption(&mut self, shown: &Shown<'_>) {
        if shown.caption.is_empty() && shown.credit.is_empty() {
            return;
        }
        self.open("figcaption", &[]);
        walk::line(self, &shown.caption);
        if !shown.credit.is_empty() {
            let space = if shown.caption.is_empty() { "" } else { " " };
            self.out.push_str(space);
            push_element(&mut self.out, "span", &[("class", "credit")], &shown.credit_line(self.resources.labels));
        }
        self.close("figcaption");
    }
}
