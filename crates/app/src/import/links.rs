//! What earlier imports left: links from foreign ids to rows here, and fingerprints of what was said then.

use std::collections::HashMap;

use intake::Item;
use model::{PhotoId, PhotoUse, document::visit};
use serde::Serialize;
use sha2::{Digest, Sha256};
use store::{ImportLink, Tx};

use crate::error::Error;

/// The links that a batch of items needs, fetched with one query a kind.
#[derive(Debug, Default)]
pub(super) struct Known {
    stories: HashMap<String, ImportLink>,
    pages: HashMap<String, ImportLink>,
    photos: HashMap<String, ImportLink>,
}

impl Known {
    pub(super) async fn load(tx: &mut Tx, source: &str, batch: &[Item]) -> Result<Self, Error> {
        let (mut stories, mut pages, mut photos) = (Vec::new(), Vec::new(), Vec::new());
        for item in batch {
            match item {
                Item::Story(story) => {
                    stories.push(story.foreign_id.as_str());
                    photos.extend(provisional(&story.document, story.lead_photo.as_ref()));
                    photos.extend(story.photos.iter().map(|photo| photo.id.to_string()));
                }
                Item::Page(page) => {
                    pages.push(page.foreign_id.as_str());
                    photos.extend(provisional(&page.document, None));
                    photos.extend(page.photos.iter().map(|photo| photo.id.to_string()));
                }
                Item::Photo(photo) => photos.push(photo.id.to_string()),
                Item::Site(_) | Item::Section(_) | Item::Topic(..) | Item::Byline(_) | Item::Skipped(_) => {}
            }
        }
        photos.sort_unstable();
        photos.dedup();
        let photos: Vec<&str> = photos.iter().map(String::as_str).collect();
        Ok(Self {
            stories: store::import_links(tx, source, "story", &stories).await?,
            pages: store::import_links(tx, source, "page", &pages).await?,
            photos: store::import_links(tx, source, "photo", &photos).await?,
        })
    }

    pub(super) fn story(&self, foreign_id: &str) -> Option<&ImportLink> {
        self.stories.get(foreign_id)
    }

    pub(super) fn page(&self, foreign_id: &str) -> Option<&ImportLink> {
        self.pages.get(foreign_id)
    }

    pub(super) fn photo(&self, provisional: PhotoId) -> Option<&ImportLink> {
        self.photos.get(&provisional.to_string())
    }

    pub(super) fn remember_photo(&mut self, provisional: PhotoId, link: ImportLink) {
        self.photos.insert(provisional.to_string(), link);
    }

    pub(super) fn remember_story(&mut self, foreign_id: &str, link: ImportLink) {
        self.stories.insert(foreign_id.to_owned(), link);
    }

    pub(super) fn remember_page(&mut self, foreign_id: &str, link: ImportLink) {
        self.pages.insert(foreign_id.to_owned(), link);
    }

    /// Puts lasting photo ids where the reader left provisional ones, and returns those in use, each once.
    pub(super) fn settle_photos(&self, document: &mut model::Document, lead: Option<&mut PhotoUse>) -> Vec<PhotoId> {
        let mut used = Vec::new();
        let mut settle = |photo: &mut PhotoUse| {
            if let Some(link) = self.photo(photo.photo) {
                photo.photo = PhotoId(link.entity);
            }
            if !used.contains(&photo.photo) {
                used.push(photo.photo);
            }
        };
        if let Some(lead) = lead {
            settle(lead);
        }
        visit::photos_mut(document, &mut settle);
        used
    }
}

fn provisional(document: &model::Document, lead: Option<&PhotoUse>) -> Vec<String> {
    visit::photos(document).into_iter().chain(lead).map(|photo| photo.photo.to_string()).collect()
}

/// A fingerprint of what an item said: 32 hex characters of the SHA-256 of its JSON.
pub(super) fn fingerprint(what: &impl Serialize) -> Result<String, Error> {
    let hash = Sha256::digest(serde_json::to_vec(what)?);
    Ok(data_encoding::HEXLOWER.encode(&hash[..16]))
}

/// The path (with query) that an old address has on this newsroom, for a redirect. `None` for what is no address.
pub(super) fn old_path(address: &str) -> Option<String> {
    let path = match url::Url::parse(address) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        },
        Ok(_) => return None,
        Err(_) if address.starts_with('/') => address.to_owned(),
        Err(_) => return None,
    };
    let trivial = path == "/" || path.len() > 2_000 || path.contains('\0') || path.contains("/../");
    if trivial { None } else { Some(path) }
}

#[cfg(test)]
mod tests {
    use super::old_path;

    #[test]
    fn old_addresses_become_paths() {
        for (given, wanted) in [
            ("https://old.example/2014/05/war/", Some("/2014/05/war/")),
            ("http://old.example/?p=12", Some("/?p=12")),
            ("/p/hello", Some("/p/hello")),
            ("https://old.example", None),
            ("mailto:someone@old.example", None),
            ("nonsense", None),
        ] {
            assert_eq!(old_path(given).as_deref(), wanted, "{given}");
        }
    }
}
