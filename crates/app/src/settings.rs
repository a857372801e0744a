//! What a newsroom says of itself: one set of rules for the desk and the command line.
//!
//! A change is one transaction: the setting, an audit row that names what was changed, and a journal row that touches
//! every page. Nothing is written when one value of several can't be used.

use model::{JournalKind, Language, NewJournalRow, Newsroom as Settings, Tag};
use store::Scope;

use crate::{Newsroom, error::Error, follow};

/// What can be set. `name` and `tagline` are set for a language: `name:ru`; without one, for the newsroom's own.
pub const KEYS: [&str; 8] = ["name", "tagline", "language", "languages", "time_zone", "address", "reserve", "contact"];

/// Characters of a name, a tagline or a contact at most.
const LONGEST: usize = 300;
/// Languages at most.
const LANGUAGES: usize = 40;
/// Reserve addresses at most: a mail that names more is not read.
const RESERVE: usize = 8;

/// Why a value can't be used, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// There is no such setting.
    #[error(
        "there is no setting `{0}`; there are name, tagline, language, languages, time_zone, address, reserve, contact"
    )]
    Key(String),
    /// A name is empty.
    #[error("a newsroom has a name; every page shows it")]
    NoName,
    /// A text is too long.
    #[error("{LONGEST} characters is the most")]
    TooLong,
    /// Not a language.
    #[error("`{0}` is no language tag; write it like en, pt-BR or zh-Hant")]
    Language(String),
    /// The first language is not among them.
    #[error(
        "{0} is the newsroom's first language and has to be among them; to begin with another, set `language` first"
    )]
    First(Language),
    /// Too many.
    #[error("{LANGUAGES} languages is the most")]
    TooMany,
    /// Stories are public in a language that would go.
    #[error("stories are public in {0}; withdraw them first, or keep the language")]
    InUse(Language),
    /// Not a time zone.
    #[error("there is no time zone `{0}`; use a name like Europe/Riga or UTC")]
    TimeZone(String),
    /// Not a site's address.
    #[error("`{0}` is not the address of a site; write it like https://news.example, without a path")]
    Address(String),
    /// Too many reserve addresses.
    #[error("{RESERVE} reserve addresses is the most")]
    Reserve,
    /// Nothing that readers could write to.
    #[error("`{0}` is no address that readers could write to; give an e-mail address or a web page")]
    Contact(String),
}

impl Wrong {
    /// The key of its text at the desk, and the value that it names.
    #[must_use]
    pub fn key(&self) -> (&'static str, String) {
        match self {
            Self::Key(key) => ("setting-wrong-key", key.clone()),
            Self::NoName => ("setting-wrong-name", String::new()),
            Self::TooLong => ("setting-wrong-long", LONGEST.to_string()),
            Self::Language(tag) => ("setting-wrong-language", tag.clone()),
            Self::First(language) => ("setting-wrong-first", language.to_string()),
            Self::TooMany => ("setting-wrong-many", LANGUAGES.to_string()),
            Self::InUse(language) => ("setting-wrong-in-use", language.to_string()),
            Self::TimeZone(name) => ("setting-wrong-zone", name.clone()),
            Self::Address(address) => ("setting-wrong-address", address.clone()),
            Self::Reserve => ("setting-wrong-reserve", RESERVE.to_string()),
            Self::Contact(contact) => ("setting-wrong-contact", contact.clone()),
        }
    }
}

/// The names of time zones that this machine knows, for a list to choose from.
#[must_use]
pub fn time_zones() -> Vec<String> {
    let names = jiff::tz::db().available().map(|name| name.to_string());
    // `Area/City`, and UTC: the others are abbreviations and older spellings of them.
    names.filter(|name| name == "UTC" || (name.contains('/') && !name.starts_with("Etc/"))).collect()
}

/// Sets one value in `settings`. Nothing is written.
///
/// # Errors
/// [`Wrong`]: the settings are as before.
pub fn set(settings: &mut Settings, key: &str, value: &str) -> Result<(), Wrong> {
    let value = value.trim();
    let (name, language) = match key.split_once(':') {
        Some((name, tag)) => (name, tag_of(tag)?),
        None => (key, settings.language.clone()),
    };
    if !matches!(name, "languages" | "reserve") && value.chars().count() > LONGEST {
        return Err(Wrong::TooLong);
    }
    match name {
        // The own language's name stands in for others, so it is the one that has to be there.
        "name" if value.is_empty() && language == settings.language => return Err(Wrong::NoName),
        "name" => put(&mut settings.name, language, value),
        "tagline" => put(&mut settings.tagline, language, value),
        "language" => {
            settings.language = tag_of(value)?;
            let own = settings.language.clone();
            settings.languages.retain(|other| *other != own);
            settings.languages.insert(0, own);
        }
        "languages" => settings.languages = languages(settings, value)?,
        "time_zone" if jiff::tz::TimeZone::get(value).is_err() => return Err(Wrong::TimeZone(value.to_owned())),
        "time_zone" => value.clone_into(&mut settings.time_zone),
        "address" => settings.address = address(value)?,
        "reserve" => settings.reserve = reserve(value)?,
        "contact" if !value.is_empty() && !value.contains(['@', '.']) => return Err(Wrong::Contact(value.to_owned())),
        "contact" => value.clone_into(&mut settings.contact),
        _ => return Err(Wrong::Key(key.to_owned())),
    }
    Ok(())
}

fn put(names: &mut model::Names, language: Language, value: &str) {
    if value.is_empty() {
        names.0.remove(&language);
    } else {
        names.0.insert(language, value.to_owned());
    }
}

fn tag_of(text: &str) -> Result<Language, Wrong> {
    text.trim().parse().map_err(|_| Wrong::Language(text.trim().to_owned()))
}

/// Tags with commas between them, the newsroom's own first.
fn languages(settings: &Settings, value: &str) -> Result<Vec<Language>, Wrong> {
    let mut languages: Vec<Language> = Vec::new();
    for tag in value.split([',', '،']).map(str::trim).filter(|tag| !tag.is_empty()) {
        let language = tag_of(tag)?;
        if !languages.contains(&language) {
            languages.push(language);
        }
    }
    if languages.len() > LANGUAGES {
        return Err(Wrong::TooMany);
    }
    let own = languages.iter().position(|language| *language == settings.language);
    let own = own.ok_or_else(|| Wrong::First(settings.language.clone()))?;
    let first = languages.remove(own);
    languages.insert(0, first);
    Ok(languages)
}

/// `https://host`, without a path; empty takes it back.
fn address(value: &str) -> Result<Option<String>, Wrong> {
    if value.is_empty() {
        return Ok(None);
    }
    let plain = |url: &url::Url| {
        matches!(url.scheme(), "https" | "http")
            && (url.path(), url.query(), url.fragment()) == ("/", None, None)
            && url.username().is_empty()
            && url.password().is_none()
    };
    match url::Url::parse(value) {
        Ok(url) if plain(&url) => Ok(Some(url.as_str().trim_end_matches('/').to_owned())),
        _ => Err(Wrong::Address(value.to_owned())),
    }
}

/// Other addresses of the site, with commas or spaces between them.
fn reserve(value: &str) -> Result<Vec<String>, Wrong> {
    let mut all: Vec<String> = Vec::new();
    for text in value.split(|c: char| c.is_whitespace() || matches!(c, ',' | '،')).filter(|text| !text.is_empty()) {
        if let Some(one) = address(text)?
            && !all.contains(&one)
        {
            all.push(one);
        }
    }
    if all.len() > RESERVE { Err(Wrong::Reserve) } else { Ok(all) }
}

/// A change that was not made: each value that can't be used, by its key.
pub type Wrongs = Vec<(String, Wrong)>;

/// Sets several values together, `language` and `languages` before the names in them. With any that can't be used,
/// nothing is changed and all of them are told.
///
/// # Errors
/// When the database fails.
pub async fn change(
    newsroom: &Newsroom,
    actor: &str,
    values: &[(String, String)],
) -> Result<Result<Settings, Wrongs>, Error> {
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let before = store::newsroom_settings(&mut tx).await?;
    let (mut settings, mut changed, mut wrongs) = (before.clone(), Vec::new(), Wrongs::new());
    for (key, value) in values {
        let was = settings.clone();
        match set(&mut settings, key, value) {
            Ok(()) if settings != was => changed.push(key.as_str()),
            Ok(()) => {}
            Err(wrong) => wrongs.push((key.clone(), wrong)),
        }
    }
    for gone in before.languages.iter().filter(|language| !settings.languages.contains(language)) {
        if store::story_count(&mut tx, gone, &Scope::Latest).await? > 0 {
            wrongs.push(("languages".to_owned(), Wrong::InUse(gone.clone())));
        }
    }
    if !wrongs.is_empty() {
        return Ok(Err(wrongs));
    }
    if settings == before {
        return Ok(Ok(settings));
    }
    store::newsroom_settings_set(&mut tx, &settings, now).await?;
    let kind = JournalKind::SettingsChanged;
    let row = NewJournalRow { kind, subject: None, tags: vec![Tag::everything()] };
    store::journal_append(&mut tx, now, &row).await?;
    let detail = serde_json::json!({ "keys": changed }).to_string();
    store::audit_append(&mut tx, now, actor, kind.as_str(), None, &detail).await?;
    tx.commit().await?;
    follow::catch_up(newsroom).await?;
    Ok(Ok(settings))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_set_and_wrong_ones_refused() {
        let mut settings = Settings::default();
        set(&mut settings, "name:ru", " Меридиан ").unwrap();
        set(&mut settings, "languages", "ru, en, fa، fa").unwrap();
        assert_eq!(settings.name.get(&"ru".parse().unwrap()), Some("Меридиан"));
        let tags: Vec<&str> = settings.languages.iter().map(Language::as_str).collect();
        assert_eq!(tags, ["en", "ru", "fa"], "the newsroom's own language is not the first");
        set(&mut settings, "address", "https://news.example/").unwrap();
        assert_eq!(settings.address.as_deref(), Some("https://news.example"));
        set(&mut settings, "reserve", "https://mirror.example/, https://b.example\nhttps://b.example").unwrap();
        assert_eq!(settings.reserve, ["https://mirror.example", "https://b.example"]);
        let before = settings.clone();
        for (key, value, said) in [
            ("reserve", "mirror.example", "https://news.example"),
            ("reserve", &(0..9).map(|n| format!("https://m{n}.example ")).collect::<String>(), "8 reserve"),
            ("languages", "ru, fa", "first language"),
            ("languages", "english", "no language tag"),
            ("name", "", "has a name"),
            ("name", &"x".repeat(301), "300 characters"),
            ("name:english", "x", "no language tag"),
            ("contact", "nonsense", "write to"),
            ("adress", "x", "no setting `adress`"),
            ("address", "news.example", "https://news.example"),
            ("address", "https://news.example/path", "without a path"),
            ("address", "https://anna:secret@news.example", "without a path"),
            ("time_zone", "Mars/Base", "Europe/Riga"),
        ] {
            let wrong = set(&mut settings, key, value).unwrap_err().to_string();
            assert!(wrong.contains(said), "{key}={value}: {wrong}");
            assert_eq!(settings, before, "{key}={value} changed something");
        }
        set(&mut settings, "name:ru", "").unwrap();
        assert_eq!(settings.name.0.len(), 1, "a name in another language can't be taken back");
    }
}
