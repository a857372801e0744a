//! `masthead settings`: what the newsroom says of itself.

use std::process::ExitCode;

use anyhow::anyhow;
use app::settings::{self, KEYS, Wrong, Wrongs};
use model::{Language, Names, Newsroom as Settings};

use super::Common;
use crate::{cli, open, suggest::nearest};

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
            let changed = settings::change(&newsroom, "command line", &[(key.clone(), value)]).await?;
            let settings = changed.map_err(|wrongs| refused(&wrongs))?;
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
    println!("{:<12} {}", "reserve", settings.reserve.join(" "));
    println!("{:<12} {}", "contact", settings.contact);
}

/// Why nothing was set, and what to do.
fn refused(wrongs: &Wrongs) -> anyhow::Error {
    let lines = wrongs.iter().map(|(key, wrong)| match wrong {
        Wrong::Key(_) => match nearest(key, KEYS) {
            Some(right) => format!("there is no setting `{key}`; did you mean `{right}`?"),
            None => wrong.to_string(),
        },
        Wrong::First(own) => format!("{wrong}: masthead settings set language LANGUAGE (it is {own} now)"),
        _ => wrong.to_string(),
    });
    anyhow!(lines.collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_names_the_right_word_and_the_command_to_use() {
        let of = |key: &str, wrong| refused(&vec![(key.to_owned(), wrong)]).to_string();
        assert!(of("adress", Wrong::Key("adress".to_owned())).contains("`address`"));
        assert!(of("languages", Wrong::First(Language::english())).contains("settings set language"));
    }
}
