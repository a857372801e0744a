//! Slugs: the readable part of a URL.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// Lower-case words joined by single hyphens, 1 to 80 bytes of `a-z`, `0-9` and `-`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

impl JsonSchema for Slug {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Slug".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "The readable part of an address: lower-case words joined by single hyphens.",
            "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
            "maxLength": Slug::MAX,
        })
    }
}

/// What is wrong with a slug.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a slug; use lower-case letters a to z, digits and single hyphens, 80 characters at most")]
pub struct InvalidSlug(pub String);

impl Slug {
    /// The longest slug, in bytes.
    pub const MAX: usize = 80;

    /// Checks a slug as it stands.
    ///
    /// # Errors
    /// When it is empty, too long, or has anything but `a-z`, `0-9` and single inner hyphens.
    pub fn new(text: &str) -> Result<Self, InvalidSlug> {
        let fits = !text.is_empty()
            && text.len() <= Self::MAX
            && !text.starts_with('-')
            && !text.ends_with('-')
            && !text.contains("--")
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if fits { Ok(Self(text.to_owned())) } else { Err(InvalidSlug(text.chars().take(100).collect())) }
    }

    /// Makes a slug of any text in any script, by transliteration. `None` when nothing readable is left.
    ///
    /// ```
    /// # use model::Slug;
    /// assert_eq!(Slug::from_text("Сергей Лавров прибыл в Вонсан!").unwrap().as_str(), "sergei-lavrov-pribyl-v-vonsan");
    /// assert_eq!(Slug::from_text("…"), None);
    /// ```
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let mut out = String::new();
        let plain = deunicode::deunicode_with_tofu(&text.chars().take(400).collect::<String>(), "");
        for word in plain.split(|c: char| !c.is_ascii_alphanumeric() && c != '\'' && c != '`') {
            let word: String =
                word.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
            if word.is_empty() {
                continue;
            }
            let room = Self::MAX - out.len() - usize::from(!out.is_empty()).min(Self::MAX - out.len());
            if word.len() > room {
                if out.is_empty() {
                    out.push_str(&word[..Self::MAX]);
                }
                break;
            }
            if !out.is_empty() {
                out.push('-');
            }
            out.push_str(&word);
        }
        if out.is_empty() { None } else { Some(Self(out)) }
    }

    /// The same slug with a number, for when it is taken: `war` → `war-2`. Stays within [`Slug::MAX`].
    #[must_use]
    pub fn numbered(&self, number: u32) -> Self {
        let suffix = format!("-{number}");
        let keep = self.0.len().min(Self::MAX - suffix.len());
        Self(format!("{}{suffix}", self.0[..keep].trim_end_matches('-')))
    }

    /// The slug's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Slug {
    type Error = InvalidSlug;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::new(&text)
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

impl std::fmt::Display for Slug {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_taken_slug_gets_a_number_and_stays_short() {
        let long = Slug::new(&"a".repeat(80)).unwrap();
        assert_eq!(long.numbered(12).as_str().len(), 80);
        assert!(Slug::new(long.numbered(12).as_str()).is_ok());
    }

    proptest! {
        #[test]
        fn every_slug_made_from_text_is_a_valid_slug(text in "\\PC{0,200}") {
            if let Some(slug) = Slug::from_text(&text) {
                prop_assert!(Slug::new(slug.as_str()).is_ok(), "{slug}");
            }
        }
    }
}
