//! What a reader can see and change by the link in every mail.

use http::StatusCode;
use model::{Consent, Language};
use theme::{
    Arg, Page,
    context::{PauseChoice, PreferencesPage},
};

use super::{
    open, print, shell,
    sign_up::{choice, languages},
};
use crate::{
    Newsroom,
    cache::Prepared,
    error::Error,
    pages::reading::Reading,
    readers::{PAUSES, Pause, Preferences, at},
};

/// What is told beside the preferences themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Nothing.
    Nothing,
    /// They were saved.
    Saved,
    /// Erasing has to be wanted twice.
    NotSure,
}

/// The page with the forms, at `path`.
///
/// # Errors
/// When the database or the theme fails.
pub async fn preferences(
    newsroom: &Newsroom,
    path: &str,
    token: &str,
    preferences: &Preferences,
    told: Told,
) -> Result<Prepared, Error> {
    let mut reading = open(newsroom, path, Some(&preferences.language)).await?;
    let title = reading.strings.text("preferences", &[]);
    let shell = shell(&mut reading, &title).await?;
    let mut newsletters = Vec::with_capacity(preferences.newsletters.len());
    for (newsletter, gets) in &preferences.newsletters {
        newsletters.push(choice(&mut reading, newsletter, *gets).await?);
    }
    let say = |key: &str| reading.strings.text(key, &[]);
    let page = PreferencesPage {
        shell,
        action: at::preferences(token),
        export_action: at::export(token),
        erase_action: at::erase(token),
        said: (told == Told::Saved).then(|| say("preferences-saved")),
        wrong: (told == Told::NotSure).then(|| say("erase-wrong-sure")),
        address: preferences.address.clone(),
        newsletters,
        languages: all_languages(&reading, &preferences.language),
        headlines: preferences.form == model::MailForm::Headlines,
        neutral: preferences.neutral,
        pauses: pauses(&reading, preferences.pause),
        consent: consent(&reading, &preferences.consent),
    };
    let status = if told == Told::NotSure { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    print(reading, status, Page::Preferences(page)).await
}

/// The languages to choose from; the reader's own alone where there is no choice.
fn all_languages(reading: &Reading, chosen: &Language) -> Vec<theme::context::LanguageChoice> {
    let all = languages(reading, chosen);
    if !all.is_empty() {
        return all;
    }
    let label = reading.theme.strings(chosen).own_name();
    vec![theme::context::LanguageChoice { language: chosen.to_string(), label, chosen: true }]
}

fn pauses(reading: &Reading, now: Pause) -> Vec<PauseChoice> {
    let choice = |value: &str, label: String, chosen: bool| PauseChoice { value: value.to_owned(), label, chosen };
    let say = |key: &str, args: &[(&str, Arg<'_>)]| reading.strings.text(key, args);
    let mut all = vec![choice("none", say("preferences-pause-none", &[]), now == Pause::None)];
    if let Pause::Until(week) = now {
        let date = reading.strings.date(week.start(), &reading.zone);
        all.push(choice("keep", say("preferences-pause-until", &[("date", date.into())]), true));
    }
    let weeks = PAUSES
        .map(|weeks| choice(&weeks.to_string(), say("preferences-pause-weeks", &[("weeks", weeks.into())]), false));
    all.extend(weeks);
    all.push(choice("open", say("preferences-pause-open", &[]), now == Pause::Open));
    all
}

/// What was agreed to, in a sentence. `privacy/en/3` is the third version.
fn consent(reading: &Reading, consent: &Consent) -> String {
    let date = reading.strings.date(consent.week.start(), &reading.zone);
    let version = consent.policy.rsplit('/').next().and_then(|version| version.parse::<i64>().ok());
    match version {
        _ if consent.source.starts_with("import") => {
            reading.strings.text("preferences-consent-import", &[("date", date.into())])
        }
        Some(version) => {
            reading.strings.text("preferences-consent", &[("version", version.into()), ("date", date.into())])
        }
        None => reading.strings.text("preferences-consent-plain", &[("date", date.into())]),
    }
}
