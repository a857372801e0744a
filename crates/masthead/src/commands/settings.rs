//! `masthead settings`: what the newsroom says of itself.

use std::process::ExitCode;

use anyhow::bail;
use model::{JournalKind, Language, Names, NewJournalRow, Newsroom as Settings, Tag};

use super::Common;
use crate::{cli, open, suggest::nearest};

const KEYS: [&str; 7] = ["name", "tagline", "language", "languages", "time_zone", "address", "contact"];

pub(super) async fn run(common: &Common, args: cli::Settings) -> anyhow::Result<ExitCode> {
    let config = common.config()?;
    let newsroom = open::newsroom(&common.data, &config).await?;
    match args {
        cli::Settings::Show => {
            let mut tx = newsroom.store().read().await?;
            let settings = store::newsroom_settings(&mut tx).await?;
            if common.json {
                println!("{}", serde_json::to_string_pretty(&settings)?);
            } else {
                show(&settings);
            }
        }
        cli::Settings::Set { key, value } => {
            let now = newsroom.clock().now();
            let mut tx = newsroom.store().begin().await?;
            let mut settings = store::newsroom_settings(&mut tx).await?;
            set(&mut settings, &key, value.trim())?;
            store::newsroom_settings_set(&mut tx, &settings, now).await?;
            let kind = JournalKind::SettingsChanged;
            let row = NewJournalRow { kind, subject: None, tags: vec![Tag::everything()] };
            store::journal_append(&mut tx, now, &row).await?;
            let detail = serde_json::json!({ "key": key }).to_string();
            store::audit_append(&mut tx, now, "command line", kind.as_str(), None, &detail).await?;
            tx.commit().await?;
            newsroom.store().close().await;
            if common.json {
                println!("{}", serde_json::to_string_pretty(&settings)?);
            } else {
                println!("{key} is set; running servers show it at once.");
                strange(&newsroom, &settings);
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Says which languages the interface does not speak.
fn strange(newsroom: &app::Newsroom, settings: &Settings) {
    let spoken = newsroom.theme().languages();
    for language in
        settings.languages.iter().filter(|language| !spoken.iter().any(|s| s.primary() == language.primary()))
    {
        println!(
            "There are no interface texts in {language} yet: English stands in. docs/howto/add-a-language.md says how."
        );
    }
}

fn show(settings: &Settings) {
    let names = |key: &str, names: &Names| {
        names.0.iter().for_each(|(language, name)| println!("{:<12} {name}", format!("{key}:{language}")));
    };
    names("name", &settings.name);
    names("tagline", &settings.tagline);
    let languages: Vec<&str> = settings.languages.iter().map(Language::as_str).collect();
    println!("{:<12} {}", "language", settings.language);
    println!("{:<12} {}", "languages", languages.join(", "));
    println!("{:<12} {}", "time_zone", settings.time_zone);
    println!(
        "{:<12} {}",
        "address",
        settings.address.as_deref().unwrap_or("(not set: `masthead settings set address https://…`)")
    );
    println!("{:<12} {}", "contact", settings.contact);
}

fn set(settings: &mut Settings, key: &str, value: &str) -> anyhow::Result<()> {
    let (key, language) = match key.split_once(':') {
        Some((key, language)) => (key, language.parse()?),
        None => (key, settings.language.clone()),
    };
    match key {
        "name" if value.is_empty() => bail!("a newsroom has a name; every page shows it"),
        "name" => drop(settings.name.0.insert(language, value.to_owned())),
        "tagline" => drop(settings.tagline.0.insert(language, value.to_owned())),
        "language" => {
            settings.language = value.parse()?;
            let own = settings.language.clone();
            settings.languages.retain(|other| *other != own);
            settings.languages.insert(0, own);
        }
        "languages" => {
            let mut languages: Vec<Language> = Vec::new();
            for tag in value.split(',').map(str::trim).filter(|tag| !tag.is_empty()) {
                let language: Language = tag.parse()?;
                if !languages.contains(&language) {
                    languages.push(language);
                }
            }
            if !languages.contains(&settings.language) {
                bail!(
                    "{} is the newsroom's first language and has to be among them; to begin with another: masthead \
                     settings set language {}",
                    settings.language,
                    languages.first().map_or("LANGUAGE", Language::as_str)
                );
            }
            settings.languages = languages;
        }
        "time_zone" => {
            if jiff::tz::TimeZone::get(value).is_err() {
                bail!("there is no time zone `{value}`; use a name like Europe/Riga or UTC");
            }
            value.clone_into(&mut settings.time_zone);
        }
        "address" => settings.address = address(value)?,
        "contact" if !value.is_empty() && !value.contains(['@', '.']) => {
            bail!("`{value}` is no address that readers could write to; give an e-mail address or a web page")
        }
        "contact" => value.clone_into(&mut settings.contact),
        other => match nearest(other, KEYS) {
            Some(right) => bail!("there is no setting `{other}`; did you mean `{right}`?"),
            None => bail!("there is no setting `{other}`; there are {}", KEYS.join(", ")),
        },
    }
    Ok(())
}

/// `https://host`, without a path; empty takes it back.
fn address(value: &str) -> anyhow::Result<Option<String>> {
    if value.is_empty() {
        return Ok(None);
    }
    match url::Url::parse(value) {
        Ok(url) if matches!(url.scheme(), "https" | "http") && url.path() == "/" && url.query().is_none() => {
            Ok(Some(url.as_str().trim_end_matches('/').to_owned()))
        }
        _ => bail!("`{value}` is not the address of a site; write it like https://news.example, without a path"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_set_and_wrong_ones_refused() {
        let mut settings = Settings::default();
        set(&mut settings, "name:ru", "Меридиан").unwrap();
        set(&mut settings, "languages", "en, ru, fa").unwrap();
        let refused = set(&mut settings, "languages", "ru, fa").unwrap_err().to_string();
        assert!(refused.contains("settings set language ru"), "{refused}");
        assert!(set(&mut settings, "name", "").is_err());
        assert!(set(&mut settings, "contact", "nonsense").is_err());
        set(&mut settings, "address", "https://news.example/").unwrap();
        assert_eq!(settings.name.get(&"ru".parse().unwrap()), Some("Меридиан"));
        assert_eq!(settings.languages.len(), 3);
        assert_eq!(settings.address.as_deref(), Some("https://news.example"));
        assert!(set(&mut settings, "adress", "x").unwrap_err().to_string().contains("`address`"));
        assert!(set(&mut settings, "address", "news.example").is_err());
        assert!(set(&mut settings, "time_zone", "Mars/Base").is_err());
    }
}
