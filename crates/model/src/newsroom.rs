//! The newsroom's own settings, as readers see them.

use serde::{Deserialize, Serialize};

use crate::{Language, Names};

/// What a newsroom says of itself. Kept in the database (`setting` row `newsroom`), edited on the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Newsroom {
    /// Its name in each language.
    pub name: Names,
    /// One line below the name.
    pub tagline: Names,
    /// The language whose pages stand at the root; others stand below `/language/`.
    pub language: Language,
    /// All languages of publication, its own first.
    pub languages: Vec<Language>,
    /// IANA name of the time zone that dates in paths and pages follow.
    pub time_zone: String,
    /// Where the public site is: `https://host`, without a path or a slash at the end. Used by feeds, sitemaps and share
    /// links only, never inside pages (law 5). `None` until it is set: then the host of the request stands in.
    pub address: Option<String>,
    /// Other addresses that lead to the site, for readers whose networks block the first: `https://host` each. Mails name
    /// them.
    pub reserve: Vec<String>,
    /// How readers can write to it: an address or a sentence.
    pub contact: String,
}

impl Default for Newsroom {
    fn default() -> Self {
        let language = Language::english();
        Self {
            name: Names::one(language.clone(), "Masthead"),
            tagline: Names::default(),
            languages: vec![language.clone()],
            language,
            time_zone: "UTC".to_owned(),
            address: None,
            reserve: Vec::new(),
            contact: String::new(),
        }
    }
}

impl Newsroom {
    /// What leads to the pages of a language: empty for the newsroom's own, else `/ru`.
    #[must_use]
    pub fn prefix(&self, language: &Language) -> String {
        if *language == self.language { String::new() } else { format!("/{}", language.as_str().to_ascii_lowercase()) }
    }

    /// The language whose pages stand below this first part of a path.
    #[must_use]
    pub fn language_of_prefix(&self, part: &str) -> Option<&Language> {
        self.languages.iter().find(|l| **l != self.language && l.as_str().eq_ignore_ascii_case(part))
    }
}
