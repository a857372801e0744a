//! Languages and the direction they are written in.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// A BCP 47 language tag in its usual case: `en`, `ru`, `fa`, `pt-BR`, `zh-Hant`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Language(String);

/// What is wrong with a language tag.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a language tag; write it like `en`, `ru` or `pt-BR`")]
pub struct InvalidLanguage(pub String);

impl Language {
    /// Reads a tag such as `en`, `en_US` or `zh-Hant-TW` and puts it into its usual case.
    ///
    /// # Errors
    /// When the tag is not letters and digits in groups of at most eight, beginning with two or three letters.
    pub fn new(tag: &str) -> Result<Self, InvalidLanguage> {
        let wrong = || InvalidLanguage(tag.chars().take(40).collect());
        let mut out = String::with_capacity(tag.len().min(35));
        for (index, part) in tag.trim().split(['-', '_']).enumerate() {
            let letters = part.chars().all(|c| c.is_ascii_alphabetic());
            let fits = match index {
                0 => letters && (2..=3).contains(&part.len()),
                _ => (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric()),
            };
            if !fits || out.len() > 30 {
                return Err(wrong());
            }
            if index > 0 {
                out.push('-');
            }
            match (index, part.len(), letters) {
                (0, ..) => out.push_str(&part.to_ascii_lowercase()),
                (_, 2, true) => out.push_str(&part.to_ascii_uppercase()),
                (_, 4, true) => {
                    out.push_str(&part[..1].to_ascii_uppercase());
                    out.push_str(&part[1..].to_ascii_lowercase());
                }
                _ => out.push_str(&part.to_ascii_lowercase()),
            }
        }
        Ok(Self(out))
    }

    /// English, the language of last resort.
    #[must_use]
    pub fn english() -> Self {
        Self("en".to_owned())
    }

    /// The tag, for `lang` attributes and URLs.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The language without script, region or variant: `pt` of `pt-BR`.
    #[must_use]
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }

    /// Which way the language runs. A script subtag decides (`az-Arab`), else the language itself.
    #[must_use]
    pub fn direction(&self) -> Direction {
        const RTL_SCRIPTS: [&str; 8] = ["Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg", "Mand"];
        const RTL_LANGUAGES: [&str; 14] =
            ["ar", "fa", "he", "iw", "ur", "ps", "ckb", "dv", "sd", "ug", "yi", "ks", "prs", "azb"];
        if let Some(script) =
            self.0.split('-').skip(1).find(|p| p.len() == 4 && !p.starts_with(|c: char| c.is_ascii_digit()))
        {
            return if RTL_SCRIPTS.contains(&script) { Direction::Rtl } else { Direction::Ltr };
        }
        if RTL_LANGUAGES.contains(&self.primary()) { Direction::Rtl } else { Direction::Ltr }
    }
}

impl TryFrom<String> for Language {
    type Error = InvalidLanguage;
    fn try_from(tag: String) -> Result<Self, Self::Error> {
        Self::new(&tag)
    }
}

impl From<Language> for String {
    fn from(language: Language) -> Self {
        language.0
    }
}

impl std::str::FromStr for Language {
    type Err = InvalidLanguage;
    fn from_str(tag: &str) -> Result<Self, Self::Err> {
        Self::new(tag)
    }
}

impl std::fmt::Display for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::borrow::Borrow<str> for Language {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl JsonSchema for Language {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Language".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "A BCP 47 language tag: `en`, `ru`, `pt-BR`.",
            "pattern": "^[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8}){0,3}$",
        })
    }
}

/// The direction of writing, as HTML's `dir` attribute names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

impl Direction {
    /// `ltr` or `rtl`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_put_into_their_usual_case() {
        for (given, wanted) in [("EN", "en"), ("en_us", "en-US"), ("ZH-hant-tw", "zh-Hant-TW"), ("fa", "fa")] {
            assert_eq!(Language::new(given).map(String::from), Ok(wanted.to_owned()));
        }
    }

    #[test]
    fn what_is_no_tag_is_refused() {
        for given in ["", "e", "english", "en--us", "en-toolongpart", "12", "../en"] {
            assert!(Language::new(given).is_err(), "{given} was accepted");
        }
    }

    #[test]
    fn a_script_decides_the_direction_before_the_language_does() {
        assert_eq!(Language::new("fa").map(|l| l.direction()), Ok(Direction::Rtl));
        assert_eq!(Language::new("az-Arab").map(|l| l.direction()), Ok(Direction::Rtl));
        assert_eq!(Language::new("ru").map(|l| l.direction()), Ok(Direction::Ltr));
    }
}
