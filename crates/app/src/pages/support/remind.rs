//! "Remind me later": the form, as everybody gets it, and again with what was wrong.

use http::StatusCode;
use model::{
    Language,
    reminder::{self, DAYS, Day, EVERY},
};
use theme::{
    Arg, Page,
    context::{PauseChoice, RemindPage},
};

use crate::{
    Newsroom,
    cache::Prepared,
    error::Error,
    pages::{
        draft::Draft,
        readers,
        reading::Reading,
        shell::{everywhere, shell},
    },
    support::reminders::{self, AskForm, Entry, Plan, TIMES, Wrong, at},
};

/// What was typed into a form that can't be used.
#[derive(Debug, Clone)]
pub struct Typed(pub AskForm, pub Wrong);

/// The page; `None` where reminders are not offered.
pub(in crate::pages) async fn show(reading: &mut Reading) -> Result<Option<Draft>, Error> {
    if !reminders::offered(&mut reading.tx).await? {
        return Ok(None);
    }
    let title = reading.strings.text("remind", &[]);
    let elsewhere = everywhere(reading, at::PAGE);
    let shell = shell(reading, &title, &elsewhere).await?;
    let page = RemindPage { shell, ..form(reading, &AskForm::default()).await? };
    Ok(Some(Draft::of(move |press| press.print(StatusCode::OK, &Page::Remind(page)))))
}

/// The form again, with what was typed and what is wrong with it. `path` is where it was sent to.
///
/// # Errors
/// When the database or the theme fails.
pub async fn wrong(
    newsroom: &Newsroom,
    path: &str,
    language: Option<&Language>,
    Typed(typed, wrong): &Typed,
) -> Result<Prepared, Error> {
    let mut reading = readers::open(newsroom, path, language).await?;
    let title = reading.strings.text("remind", &[]);
    let shell = readers::shell(&mut reading, &title).await?;
    let said = reading.strings.text(wrong.key(), &[("most", Arg::from(254))]);
    let page = RemindPage { shell, wrong: Some(said), ..form(&mut reading, typed).await? };
    readers::print(reading, StatusCode::UNPROCESSABLE_ENTITY, Page::Remind(page)).await
}

async fn form(reading: &mut Reading, typed: &AskForm) -> Result<RemindPage, Error> {
    let today = Day::of(reading.now.date_in(&reading.zone));
    let policy = readers::policy(reading).await?;
    let say = |key: &str| reading.strings.text(key, &[]);
    let choice = |value: String, label: String, chosen: bool| PauseChoice { value, label, chosen };
    let offered = reminder::months(today.date()).map(|month| (month.to_string(), month));
    let known = offered.iter().any(|(value, _)| *value == typed.month);
    let months = offered.into_iter().enumerate().map(|(place, (value, month))| {
        let chosen = if known { value == typed.month } else { place == 0 };
        choice(value, reading.strings.month(month.year, month.month), chosen)
    });
    let days =
        DAYS.map(|day| choice(day.to_string(), say(&format!("remind-part-{day}")), typed.day == day.to_string()));
    let every = EVERY.map(|months| {
        let label = reading.strings.text("remind-months", &[("months", i64::from(months).into())]);
        choice(months.to_string(), label, typed.every == months.to_string())
    });
    let hours = TIMES.map(|hour| {
        choice(hour.to_string(), reading.strings.time(today.at(hour, &reading.zone), &reading.zone), false)
    });
    Ok(RemindPage {
        action: at::ASK.to_owned(),
        calendar_action: at::CALENDAR.to_owned(),
        months: months.collect(),
        days: days.to_vec(),
        intervals: [vec![choice(String::new(), say("remind-once"), typed.every.is_empty())], every.to_vec()].concat(),
        hours: [vec![choice(String::new(), say("remind-all-day"), true)], hours.to_vec()].concat(),
        neutral: typed.neutral,
        by_mail: !reading.seals_only,
        address: typed.address.clone(),
        device: device(reading)?,
        policy,
        ..RemindPage::default()
    })
}

/// What the built-in script keeps and says.
fn device(reading: &Reading) -> Result<String, Error> {
    let name = reading.site_name();
    let say = |key: &str| reading.strings.text(key, &[("newsroom", name.as_str().into())]);
    let support = format!("{}{}", reading.path.to_root(), reading.at("support/").trim_start_matches('/'));
    Ok(serde_json::to_string(&serde_json::json!({
        "label": say("remind-note-label"),
        "text": say("remind-note-text"),
        "support": say("remind-note-support"),
        "later": say("remind-note-later"),
        "forget": say("remind-note-forget"),
        "kept": say("remind-device-kept"),
        "forgotten": say("remind-device-forgotten"),
        "href": support,
    }))?)
}

/// What a calendar's entry says, in a language. `base` is where the site is.
///
/// # Errors
/// When the database fails.
pub async fn calendar_entry(
    newsroom: &Newsroom,
    language: Option<&Language>,
    plan: Plan,
    hour: Option<i8>,
    neutral: bool,
    base: Option<&str>,
) -> Result<(Entry, jiff::tz::TimeZone), Error> {
    let reading = readers::open(newsroom, "/", language).await?;
    let (name, zone) = (reading.site_name(), reading.zone.clone());
    let say = |key: &str| reading.strings.text(key, &[("newsroom", name.as_str().into())]);
    if neutral {
        let title = say("remind-calendar-neutral");
        let entry = Entry { plan, hour, title, text: String::new(), url: String::new(), host: String::new() };
        return Ok((entry, zone));
    }
    let base = reading.settings.address.as_deref().or(base).unwrap_or_default();
    let url = if base.is_empty() { String::new() } else { format!("{base}{}", reading.at("support/")) };
    let host = base.split_once("://").map_or(base, |(_, host)| host);
    let host = host.rsplit_once(':').map_or(host, |(host, _)| host).to_owned();
    let entry = Entry {
        plan,
        hour,
        title: say("remind-calendar-title"),
        text: format!("{}\n{url}", say("remind-calendar-about")),
        url,
        host,
    };
    Ok((entry, zone))
}
