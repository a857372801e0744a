//! The words of the sample pages, in the three languages that the theme is tried in.

use model::TopicKind;

/// A story as lists show it: headline, standfirst, section, days and hours before the newest.
pub(super) type Line = (&'static str, &'static str, usize);

/// One language's words.
pub(super) struct Words {
    pub(super) site: &'static str,
    pub(super) tagline: &'static str,
    pub(super) sections: [&'static str; 7],
    pub(super) pages: [&'static str; 3],
    pub(super) bylines: [&'static str; 3],
    pub(super) topics: [(TopicKind, &'static str); 7],
    pub(super) stories: &'static [Line],
    pub(super) about: &'static str,
    pub(super) paragraphs: [&'static str; 8],
    pub(super) heading: &'static str,
    pub(super) quote: [&'static str; 2],
    pub(super) pull: &'static str,
    pub(super) so_far: [&'static str; 3],
    pub(super) caption: &'static str,
    pub(super) credit: &'static str,
    pub(super) alt: &'static str,
    pub(super) sources: [(&'static str, &'static str); 3],
    pub(super) correction: &'static str,
    pub(super) table: [&'static str; 7],
    pub(super) contact: &'static str,
}

/// English, Russian or Persian; English for any other language.
pub(super) fn words(language: &str) -> &'static Words {
    match language {
        "ru" => &super::russian::WORDS,
        "fa" => &super::persian::WORDS,
        _ => &super::english::WORDS,
    }
}
