//! Who signs: display names of users and guest authors. Logins only tell whose posts are whose, and leave as a hash.

use std::collections::HashMap;

use indexmap::IndexMap;
use sha2::{Digest, Sha256};

use super::raw::{Fields, Item};
use crate::html::plain;
use crate::{Error, Filed, Sink};

/// Users and guest authors of the export.
#[derive(Debug, Default)]
pub(super) struct People {
    /// Display name by login or nicename, lower case.
    names: HashMap<String, String>,
    about: HashMap<String, String>,
    /// Who signs something: foreign id to name, slug and old address.
    signing: IndexMap<String, Filed>,
}

impl People {
    /// A `wp:author`.
    pub(super) fn user(&mut self, fields: &Fields) {
        let login = fields.get("wp:author_login");
        let full = [fields.get("wp:author_first_name"), fields.get("wp:author_last_name")].join(" ");
        let name = printable(fields.get("wp:author_display_name")).or_else(|| printable(&full));
        if let Some(name) = name.or_else(|| printable(login)) {
            self.names.entry(key(login)).or_insert(name);
        }
    }

    /// A `guest-author` item of Co-Authors Plus; its profile wins over a user's.
    pub(super) fn guest(&mut self, item: &Item) {
        let full = [item.meta("cap-first_name"), item.meta("cap-last_name")].join(" ");
        let name = printable(item.meta("cap-display_name"))
            .or_else(|| printable(item.get("title")))
            .or_else(|| printable(&full));
        let Some(name) = name else { return };
        let about = plain(item.meta("cap-description"));
        for called in [item.meta("cap-user_login"), item.get("wp:post_name")] {
            if !called.is_empty() {
                self.names.insert(key(called), name.clone());
                if !about.is_empty() {
                    self.about.insert(key(called), about.clone());
                }
            }
        }
    }

    /// The foreign ids of who signs an item, in the order of the file, each once.
    pub(super) fn of(&self, item: &Item) -> Vec<String> {
        self.who(item).into_iter().fold(Vec::new(), |mut ids, (id, ..)| {
            if !ids.contains(&id) {
                ids.push(id);
            }
            ids
        })
    }

    /// Remembers who signs an item.
    pub(super) fn note(&mut self, item: &Item, base: &str) {
        for (id, name, called) in self.who(item) {
            if self.signing.contains_key(&id) {
                continue;
            }
            let about = self.about.get(&called).map(|about| vec![(None, about.clone())]).unwrap_or_default();
            // Only the nicename of a co-author is known to be the one in addresses.
            let slug = model::Slug::from_text(&name).map(String::from).unwrap_or_default();
            let old_url = (!called.is_empty() && !called.contains('@') && !base.is_empty())
                .then(|| format!("{base}/author/{called}/"));
            let filed =
                Filed { foreign_id: id.clone(), slug, names: vec![(None, name)], about, old_url, ..Filed::default() };
            self.signing.insert(id, filed);
        }
    }

    /// Delivers the bylines.
    pub(super) fn deliver(&mut self, sink: &mut dyn Sink) -> Result<(), Error> {
        for (_, filed) in std::mem::take(&mut self.signing) {
            sink.item(crate::Item::Byline(filed))?;
        }
        Ok(())
    }

    /// Foreign id, printed name, and what the system calls them.
    fn who(&self, item: &Item) -> Vec<(String, String, String)> {
        let co_authors = item.categories.iter().filter(|c| c.domain == "author");
        let named: Vec<_> = co_authors
            .filter_map(|c| {
                let called = key(&c.nicename);
                let name = self.names.get(&called).cloned().or_else(|| printable(&c.name))?;
                Some((id(&called), name, called))
            })
            .collect();
        if !named.is_empty() {
            return named;
        }
        let called = key(item.get("dc:creator"));
        let name = self.names.get(&called).cloned().or_else(|| printable(item.get("dc:creator")));
        name.filter(|_| !called.is_empty()).map(|name| (id(&called), name, called)).into_iter().collect()
    }
}

/// `cap-alice` and `Alice` are the same person.
fn key(called: &str) -> String {
    let called = called.trim().to_lowercase();
    called.strip_prefix("cap-").map(str::to_owned).unwrap_or(called)
}

/// A login can be an e-mail address: what leaves is a hash of it.
fn id(called: &str) -> String {
    let hash = Sha256::digest(called.as_bytes());
    let hex: String = hash.iter().take(8).map(|b| format!("{b:02x}")).collect();
    format!("author-{hex}")
}

/// A name that may be printed: not empty, no e-mail address.
fn printable(name: &str) -> Option<String> {
    let name = plain(name);
    (!name.is_empty() && !name.contains('@')).then_some(name)
}
