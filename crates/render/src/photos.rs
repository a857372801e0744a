//! What is to be said about a photo, and which of its files to name.

use model::document::{Inline, plain, text};
use model::photo::{PhotoState, PhotoWidth, Rendition, RenditionRole};
use model::{Photo, PhotoForm, PhotoUse};

use crate::{Labels, Resources, links, walk};

/// A photo as one story shows it, with its words settled.
#[derive(Debug)]
pub(crate) struct Shown<'a> {
    /// The photo, when its pixels are here.
    pub(crate) ready: Option<&'a Photo>,
    /// Alt text; may be empty.
    pub(crate) alt: String,
    /// Caption; may be empty.
    pub(crate) caption: Vec<Inline>,
    /// Credit as it came; may be empty.
    pub(crate) credit: String,
}

impl<'a> Shown<'a> {
    /// The story's own words where it has some, else the photo's.
    pub(crate) fn new(photo_use: &PhotoUse, resources: &Resources<'a>) -> Self {
        let photo = resources.photos.get(&photo_use.photo);
        let choose = |own: &Option<String>, of: fn(&Photo) -> &String| -> String {
            let own = own.as_deref().map(str::trim).filter(|own| !own.is_empty());
            own.map_or_else(|| photo.map(|photo| of(photo).trim().to_owned()).unwrap_or_default(), str::to_owned)
        };
        let caption = match photo {
            _ if !walk::is_blank(&photo_use.caption) => photo_use.caption.clone(),
            Some(photo) if !photo.caption.trim().is_empty() => text(photo.caption.trim()),
            Some(_) | None => Vec::new(),
        };
        Self {
            ready: photo.filter(|photo| photo.state == PhotoState::Ready && !photo.renditions.is_empty()),
            alt: Some(choose(&photo_use.alt, |photo| &photo.alt)).filter(|alt| !is_file_name(alt)).unwrap_or_default(),
            caption,
            credit: choose(&photo_use.credit, |photo| &photo.credit),
        }
    }

    /// Whether a reader who sees no pixels would learn anything.
    pub(crate) fn is_silent(&self) -> bool {
        self.alt.is_empty() && self.caption.is_empty() && self.credit.is_empty()
    }

    /// The credit as it is shown: "Photo: Name / Agency", or as it came when it says so itself.
    pub(crate) fn credit_line(&self, labels: &Labels) -> String {
        if self.credit.is_empty() || self.credit.contains([':', '©']) {
            return self.credit.clone();
        }
        Labels::fill(&labels.photo_credit, "credit", &self.credit)
    }

    /// The photo in words: alt text, else the caption's, else nothing but that there is one.
    pub(crate) fn described(&self, labels: &Labels) -> String {
        let words = if self.alt.is_empty() { plain::line(&self.caption) } else { self.alt.clone() };
        let described = Labels::fill(&labels.photo, "alt", words.trim());
        described.trim_end_matches([' ', ':']).to_owned()
    }
}

/// Whether a text is what a camera called its file ("dsc20050727_091048"), which tells nobody anything.
fn is_file_name(text: &str) -> bool {
    !text.contains(char::is_whitespace) && text.chars().filter(char::is_ascii_digit).count() >= 4
}

/// A `srcset` of the whole photo in one form, up to a width; empty when there is no such file.
pub(crate) fn srcset(photo: &Photo, form: PhotoForm, up_to: u32, resources: &Resources<'_>) -> String {
    let mut files: Vec<&Rendition> = photo.of(RenditionRole::Whole, form).collect();
    files.sort_by_key(|file| file.width);
    let narrow = files.iter().filter(|file| file.width <= up_to).count().max(1);
    let named = |file: &&Rendition| format!("{} {}w", links::from_root(&file.key, resources), file.width);
    files.iter().take(narrow).map(named).collect::<Vec<_>>().join(", ")
}

/// The file for `src`: the small form, else the narrowest that is the whole photo.
pub(crate) fn small(photo: &Photo) -> Option<&Rendition> {
    let whole =
        || photo.renditions.iter().filter(|file| file.role == RenditionRole::Whole).min_by_key(|file| file.width);
    photo.small().or_else(whole)
}

/// The file that everything can show: the widest whole JPEG up to 1200, else the small form.
#[must_use]
pub fn universal(photo: &Photo) -> Option<&Rendition> {
    let jpegs = photo.of(RenditionRole::Whole, PhotoForm::Jpeg).filter(|file| file.width <= 1_200);
    jpegs.max_by_key(|file| file.width).or_else(|| small(photo))
}

/// `class` of a figure.
pub(crate) fn class(width: PhotoWidth) -> &'static str {
    match width {
        PhotoWidth::Text => "photo",
        PhotoWidth::Wide => "photo wide",
        PhotoWidth::Full => "photo full",
        PhotoWidth::Start => "photo start",
        PhotoWidth::End => "photo end",
    }
}

/// `sizes`: how much of the window a photo takes, as the theme's columns stand. Em, for text and columns grow together.
pub(crate) fn sizes(width: PhotoWidth) -> &'static str {
    match width {
        PhotoWidth::Text => "(min-width: 62em) 38em, 100vw",
        PhotoWidth::Wide => "(min-width: 62em) 49em, 100vw",
        PhotoWidth::Full => "(min-width: 62em) 64em, 100vw",
        PhotoWidth::Start | PhotoWidth::End => "(min-width: 62em) 17em, (min-width: 46em) 45vw, 100vw",
    }
}

/// `sizes` of a photo in a gallery, which stands in as many columns as there is room for.
pub(crate) const GALLERY_SIZES: &str = "(min-width: 34em) 20em, 100vw";
