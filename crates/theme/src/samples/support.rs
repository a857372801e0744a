//! A sample page of reminders.

use crate::{
    Page,
    context::{NamedLink, PauseChoice, RemindPage, Shell},
};

use super::{Newsroom, Sample, shell::shell};

pub(super) fn remind(newsroom: &Newsroom<'_>) -> Sample {
    let text = |key: &str| newsroom.strings.text(key, &[]);
    let choice =
        |value: &str, label: String| PauseChoice { value: value.to_owned(), label, chosen: value == "2025-08" };
    let month = |month: i8| choice(&format!("2025-{month:02}"), newsroom.strings.month(2025, month));
    let page = RemindPage {
        shell: Shell { reminds: true, ..shell(newsroom, "/support/remind/", &text("remind")) },
        action: "/-/support/remind".to_owned(),
        calendar_action: "/-/support/remind/calendar".to_owned(),
        months: [8, 10].map(month).to_vec(),
        days: ["1", "15", "31"].map(|day| choice(day, text(&format!("remind-part-{day}")))).to_vec(),
        intervals: vec![choice("", text("remind-once"))],
        hours: vec![choice("", text("remind-all-day"))],
        neutral: true,
        by_mail: true,
        address: "anna@".to_owned(),
        wrong: Some(text("sign-up-wrong-shape")),
        policy: Some(NamedLink { name: newsroom.words.pages[1].to_owned(), path: newsroom.at("/page-1/") }),
        device: "{}".to_owned(),
    };
    Sample { name: "remind", page: Page::Remind(page) }
}
