//! What the first pass learns: the site, people, terms, attachments, reusable blocks.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use model::Language;

use super::people::People;
use super::raw::Item;
use super::terms::Terms;
use super::wxr::Record;
use crate::html::plain;
use crate::{Error, FoundPhoto, Sink, Site, Skipped, photo_id};

/// Reusable blocks are kept up to this many bytes together.
const MAX_REUSABLE: usize = 4 * 1024 * 1024;

/// An attachment, as far as posts refer to it.
#[derive(Debug)]
pub(super) struct Attachment {
    pub(super) url: Box<str>,
    pub(super) parent: u64,
    pub(super) order: i64,
    pub(super) is_photo: bool,
}

#[derive(Debug, Default)]
pub(super) struct Index {
    pub(super) site: Site,
    site_told: bool,
    pub(super) is_wxr: bool,
    pub(super) base: String,
    pub(super) people: People,
    pub(super) terms: Terms,
    attachments: BTreeMap<u64, Attachment>,
    by_address: HashMap<Box<str>, u64>,
    /// Hashes of the addresses of attachments' own pages.
    photo_pages: HashSet<u64>,
    reusable: HashMap<u64, String>,
    reusable_bytes: usize,
    /// Items read in the first pass.
    pub(super) items: u64,
    /// Items gone through in the second pass.
    pub(super) delivered: u64,
    pub(super) comments: u64,
    /// Stories placed on the front so far.
    pub(super) sticky: i64,
    pub(super) passed_by: BTreeMap<(String, String), u64>,
}

impl Index {
    pub(super) fn learn(&mut self, record: Record, sink: &mut dyn Sink) -> Result<(), Error> {
        match record {
            Record::Field(name, text) => {
                self.field(name, text.trim());
                Ok(())
            }
            Record::Author(fields) => {
                self.people.user(&fields);
                Ok(())
            }
            Record::Term(taxonomy, fields) => {
                self.tell_site(sink)?;
                self.terms.define(taxonomy, &fields, &self.base, sink)
            }
            Record::Item(item) => {
                self.tell_site(sink)?;
                self.items += 1;
                self.item(&item, sink)
            }
        }
    }

    fn field(&mut self, name: &str, text: &str) {
        match name {
            "title" => self.site.title = plain(text),
            "link" if self.base.is_empty() => text.trim_end_matches('/').clone_into(&mut self.base),
            "wp:base_blog_url" if !text.is_empty() => text.trim_end_matches('/').clone_into(&mut self.base),
            "language" => self.site.language = Language::new(text).ok(),
            "wp:wxr_version" => self.is_wxr = true,
            _ => {}
        }
    }

    fn tell_site(&mut self, sink: &mut dyn Sink) -> Result<(), Error> {
        if std::mem::replace(&mut self.site_told, true) {
            return Ok(());
        }
        "wordpress".clone_into(&mut self.site.system);
        self.site.address = Some(self.base.clone()).filter(|base| base.starts_with("http"));
        self.site.key = if self.base.is_empty() { self.site.title.clone() } else { address_key(&self.base) };
        Ok(sink.item(crate::Item::Site(self.site.clone()))?)
    }

    fn item(&mut self, item: &Item, sink: &mut dyn Sink) -> Result<(), Error> {
        self.comments += item.comments;
        match item.get("wp:post_type") {
            "attachment" => self.attachment(item, sink)?,
            "guest-author" => self.people.guest(item),
            "wp_block" => {
                let content = item.get("content:encoded");
                if self.reusable_bytes + content.len() <= MAX_REUSABLE {
                    self.reusable_bytes += content.len();
                    self.reusable.insert(item.id(), content.to_owned());
                }
            }
            "post" => {
                for category in &item.categories {
                    self.terms.seen(category, &self.base, sink)?;
                }
                // People whose only posts are private or in the trash are nobody's business.
                if super::story::reason_to_skip(item).is_none() {
                    self.people.note(item, &self.base);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn attachment(&mut self, item: &Item, sink: &mut dyn Sink) -> Result<(), Error> {
        let url = item.get("wp:attachment_url");
        if url.is_empty() || item.get("wp:status") == "trash" {
            return Ok(());
        }
        let is_photo = is_photo(url);
        let id = item.id();
        let number = |name| item.get(name).parse().unwrap_or(0);
        let parent = item.get("wp:post_parent").parse().unwrap_or(0);
        let order = number("wp:menu_order");
        self.attachments.insert(id, Attachment { url: url.into(), parent, order, is_photo });
        self.by_address.entry(address_key(url).into()).or_insert(id);
        if !is_photo {
            return Ok(());
        }
        self.photo_pages.insert(hashed(item.get("link")));
        let photo = FoundPhoto {
            id: photo_id(url),
            url: url.to_owned(),
            alt: plain(item.meta("_wp_attachment_image_alt")),
            caption: plain(item.get("excerpt:encoded")),
            credit: credit(item),
        };
        Ok(sink.item(crate::Item::Photo(photo))?)
    }

    /// Everything that posts refer to is known now; delivers the bylines.
    pub(super) fn finish(&mut self, path: &Path, sink: &mut dyn Sink) -> Result<(), Error> {
        if !self.is_wxr {
            let why = "it is an RSS feed without WordPress's own elements; export under Tools → Export".to_owned();
            return Err(Error::WrongKind { path: path.display().to_string(), wanted: "a WordPress export (WXR)", why });
        }
        self.tell_site(sink)?;
        self.people.deliver(sink)
    }

    /// Accounts for what was passed by in numbers.
    pub(super) fn account(&mut self, replaced: u64, sink: &mut dyn Sink) -> Result<(), Error> {
        self.terms.account(sink)?;
        for ((kind, reason), count) in std::mem::take(&mut self.passed_by) {
            skip(sink, &kind, reason, count)?;
        }
        if self.comments > 0 {
            skip(sink, "comment", "comments, and who wrote them, are not taken over".to_owned(), self.comments)?;
        }
        if replaced > 0 {
            let reason = "bytes that are no characters in the file's encoding were replaced by �".to_owned();
            skip(sink, "damaged text", reason, replaced)?;
        }
        Ok(())
    }

    pub(super) fn by_id(&self, id: u64) -> Option<&Attachment> {
        self.attachments.get(&id)
    }

    /// The photos whose parent is a post, in the order WordPress shows them.
    pub(super) fn photos_of(&self, post: u64) -> Vec<u64> {
        let of_post = self.attachments.iter().filter(|(_, a)| a.parent == post && a.is_photo);
        let mut photos: Vec<_> = of_post.map(|(id, a)| (a.order, *id)).collect();
        photos.sort_unstable();
        photos.into_iter().map(|(_, id)| id).collect()
    }

    pub(super) fn reusable(&self, id: u64) -> Option<&str> {
        self.reusable.get(&id).map(String::as_str)
    }

    /// The attachment behind the address of an image, whatever its size.
    pub(super) fn by_url(&self, url: &str) -> Option<&Attachment> {
        let key = address_key(url);
        let found = |key: &str| self.by_address.get(key).and_then(|id| self.attachments.get(id));
        if let Some(attachment) = found(&key) {
            return Some(attachment);
        }
        let (stem, ending) = key.rsplit_once('.')?;
        let original = without_size(stem)?;
        found(&format!("{original}.{ending}")).or_else(|| found(&format!("{original}-scaled.{ending}")))
    }

    /// Whether an address is an attachment's own page.
    pub(super) fn is_photo_page(&self, address: &str) -> bool {
        self.photo_pages.contains(&hashed(address))
    }

    /// Whether an attachment is listed as a photo at exactly this address.
    pub(super) fn lists(&self, url: &str) -> bool {
        let id = self.by_address.get(address_key(url).as_str());
        id.and_then(|id| self.attachments.get(id)).is_some_and(|a| a.is_photo && &*a.url == url)
    }
}

fn skip(sink: &mut dyn Sink, kind: &str, reason: String, count: u64) -> Result<(), Error> {
    let (foreign_id, title) = Default::default();
    Ok(sink.item(crate::Item::Skipped(Skipped { kind: kind.to_owned(), foreign_id, title, reason, count }))?)
}

/// `photo-300x200` → `photo`.
pub(super) fn without_size(stem: &str) -> Option<&str> {
    let (original, size) = stem.rsplit_once('-')?;
    let (width, height) = size.split_once('x')?;
    let number = |n: &str| !n.is_empty() && n.len() <= 5 && n.bytes().all(|b| b.is_ascii_digit());
    (number(width) && number(height)).then_some(original)
}

/// An address without what does not tell photos apart: scheme, `www.`, query; Jetpack's proxy is seen through.
pub(super) fn address_key(url: &str) -> String {
    let bare = url.split_once("://").map_or(url.trim_start_matches('/'), |(_, rest)| rest);
    let bare = bare.split(['?', '#']).next().unwrap_or_default();
    let bare = ["i0.wp.com/", "i1.wp.com/", "i2.wp.com/", "i3.wp.com/"]
        .iter()
        .find_map(|p| bare.strip_prefix(p))
        .unwrap_or(bare);
    bare.strip_prefix("www.").unwrap_or(bare).trim_end_matches('/').to_owned()
}

fn hashed(address: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    address_key(address).hash(&mut hasher);
    hasher.finish()
}

pub(super) fn is_photo(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    let endings = [".jpg", ".jpeg", ".jpe", ".png", ".gif", ".webp", ".avif", ".bmp", ".tif", ".tiff", ".heic"];
    endings.iter().any(|ending| path.ends_with(ending))
}

/// Newspack's and Navis's credit, other plugins', else what the camera's file said.
fn credit(item: &Item) -> String {
    let own =
        ["_media_credit", "media_credit", "credit", "_credit", "photo_credit", "_photo_credit", "media_photographer"];
    let name = own.iter().map(|key| plain(item.meta(key))).find(|c| !c.is_empty());
    let organisation = plain(item.meta("_navis_media_credit_org"));
    match (name, organisation.is_empty()) {
        (Some(name), false) if !name.contains(&organisation) => format!("{name} / {organisation}"),
        (Some(name), _) => name,
        (None, false) => organisation,
        (None, true) => plain(&in_metadata(item.meta("_wp_attachment_metadata"), "credit")),
    }
}

/// A text of PHP-serialised metadata. Lengths are not believed: search-and-replace in dumps breaks them.
fn in_metadata(data: &str, name: &str) -> String {
    let after = data.split(&format!("\"{name}\";s:")).nth(1).and_then(|rest| rest.split_once(":\""));
    after.and_then(|(_, text)| text.split("\";").next()).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resized_photo_leads_to_its_original() {
        assert_eq!(without_size("a/photo-300x200"), Some("a/photo"));
        assert_eq!(without_size("a/photo-2x"), None);
        assert_eq!(address_key("https://i0.wp.com/www.example.org/a.jpg?w=300"), "example.org/a.jpg");
        assert_eq!(address_key("http://www.example.org/a.jpg"), "example.org/a.jpg");
    }

    #[test]
    fn a_serialised_length_that_does_not_fit_is_not_believed() {
        let data = r#"a:1:{s:10:"image_meta";a:1:{s:6:"credit";s:99:"Anna Petrova";s:6:"camera";s:0:"";}}"#;
        assert_eq!(in_metadata(data, "credit"), "Anna Petrova");
        assert_eq!(in_metadata("a:1:{broken", "credit"), "");
    }
}
