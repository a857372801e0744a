//! Columns by name, and what their values mean whoever wrote them.

use jiff::civil::Date;
use model::{Language, Timestamp, Week};
use zeroize::Zeroizing;

use super::System;

/// The names of a file's columns.
pub(crate) struct Header(Vec<String>);

impl Header {
    pub(crate) fn new(fields: &[Zeroizing<String>]) -> Self {
        Self(fields.iter().map(|field| field.trim().trim_matches('"').trim().to_lowercase()).collect())
    }

    /// The first column with one of these names, in their order.
    pub(crate) fn find(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.0.iter().position(|column| column == name))
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.find(&[name]).is_some()
    }

    /// What is there instead of what was looked for.
    pub(super) fn told(&self, wanted: System) -> String {
        let there = self.shown();
        match self.looks_like().filter(|system| *system != wanted) {
            Some(system) => format!("{there}; it looks like one of {}", system.as_str()),
            None => there,
        }
    }

    /// What columns there are.
    pub(crate) fn shown(&self) -> String {
        if self.0.iter().any(|name| name.contains('@')) {
            // An address among them: the file has no first line of names, and is not to be quoted.
            return "its first line is no list of columns".to_owned();
        }
        let columns: Vec<&str> = self.0.iter().take(12).map(|name| name.get(..40).unwrap_or(name)).collect();
        format!("its columns are {}", columns.join(", "))
    }

    /// The columns whose names have one of these words in them.
    pub(crate) fn with(&self, words: &[&str]) -> Vec<usize> {
        let named = self.0.iter().enumerate().filter(|(_, name)| words.iter().any(|word| name.contains(word)));
        named.map(|(index, _)| index).collect()
    }

    /// Whether the columns are those of another system.
    pub(super) fn is_of_another(&self, wanted: System) -> bool {
        self.looks_like().is_some_and(|system| system != wanted)
    }

    fn looks_like(&self) -> Option<System> {
        let has = |name: &str| self.has(name);
        Some(match () {
            () if has("subscribed_to_emails") => System::Ghost,
            () if has("email address") && has("member_rating") => System::Mailchimp,
            () if has("uuid") && has("attributes") => System::Listmonk,
            () if has("email_disabled") || has("subscription source (free)") => System::Substack,
            () if has("consent_week") => System::Masthead,
            () => return None,
        })
    }
}

/// The value of a column, trimmed; empty where there is none.
pub(crate) fn value(fields: &[Zeroizing<String>], column: Option<usize>) -> &str {
    column.and_then(|column| fields.get(column)).map_or("", |field| field.trim())
}

/// Yes or no, as programs write it.
pub(crate) fn flag(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "true" | "t" | "1" | "yes" => Some(true),
        "false" | "f" | "0" | "no" => Some(false),
        _ => None,
    }
}

/// The week of a moment that begins with an ISO date, whatever follows it: `2024-01-01 09:00:00`, `2024-01-01T09:00:00.000Z`,
/// `2024-01-01 09:00:00.123 +0000 UTC`. Nobody needs it more exactly than by the week.
pub(super) fn week(text: &str) -> Option<Week> {
    let date: Date = text.get(..10)?.parse().ok()?;
    let noon = jiff::tz::TimeZone::UTC.to_timestamp(date.at(12, 0, 0, 0)).ok()?;
    Some(Week::of(Timestamp::from(noon)))
}

/// A language, as a tag or as Mailchimp writes it (`pt_PT`). What is none is left out: nobody is rejected for it.
pub(super) fn language(text: &str) -> Option<Language> {
    if text.is_empty() { None } else { Language::new(&text.replace('_', "-")).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_languages_are_read_in_every_writing() {
        let monday = Timestamp::parse("2024-01-01T00:00:00Z").map(Week::of);
        for text in ["2024-01-01", "2024-01-01 23:59:59", "2024-01-07T23:00:00.000Z", "2024-01-03 1:2:3.4 +0000 UTC"] {
            assert_eq!(week(text), monday, "{text}");
        }
        for text in ["", "1/15/2024", "2024-13-01", "yesterday", "２０２４-01-01"] {
            assert_eq!(week(text), None, "{text}");
        }
        assert_eq!(language("pt_PT"), Language::new("pt-PT").ok());
        assert_eq!(language("fa"), Language::new("fa").ok());
        assert_eq!((language(""), language("I don't know!")), (None, None));
    }
}
