//! Sample appeals: everything that one may have.

use crate::context::{AppealInner, AppealSlot, GiveBox, GiveFrequency, GivePreset, GoalBar};

use super::Newsroom;

const VARIANT: &str = "0b9fe1c4-8f4f-4b57-9c0e-0a61f4a5d1aa";

fn inner(newsroom: &Newsroom<'_>, kind: &str, words: usize) -> AppealInner {
    AppealInner {
        appeal: "0198f3a0-0000-7000-8000-000000000000".to_owned(),
        variant: VARIANT.to_owned(),
        kind: kind.to_owned(),
        text_html: format!("<p>{}</p>", newsroom.words.quote[words]),
        named: true,
        give: None,
        goal: None,
        support_path: newsroom.at("/support/"),
        remind_path: newsroom.at("/support/remind/"),
        rest_days: 14,
    }
}

fn slot(inner: AppealInner) -> AppealSlot {
    AppealSlot {
        kind: inner.kind.clone(),
        may: vec![inner.appeal.clone()],
        more_path: "/-/support/appeals/en.json".to_owned(),
        only_memory: false,
        shown: Some(inner),
        asks_read: false,
        countries: Vec::new(),
    }
}

/// The banner above a page.
pub(super) fn banner(newsroom: &Newsroom<'_>) -> AppealSlot {
    slot(inner(newsroom, "banner", 0))
}

/// The message at a story's end, with the form, a goal, and what a device may remember.
pub(super) fn end(newsroom: &Newsroom<'_>) -> AppealSlot {
    let goal = GoalBar { percent: 24, raised: "$1,200".to_owned(), amount: "$5,000".to_owned() };
    let inner = AppealInner { give: Some(give(newsroom)), goal: Some(goal), ..inner(newsroom, "end", 1) };
    AppealSlot { asks_read: true, countries: vec!["DE".to_owned(), "FR".to_owned()], ..slot(inner) }
}

fn give(newsroom: &Newsroom<'_>) -> GiveBox {
    let frequency = |(index, name): (usize, &str)| GiveFrequency {
        frequency: name.to_owned(),
        chosen: index == 1,
        presets: [2, 5, 10, 20]
            .map(|units| GivePreset {
                amount: format!("{units}.00"),
                label: format!("${}", newsroom.strings.number(units)),
                chosen: units == 5,
            })
            .to_vec(),
    };
    GiveBox {
        action: newsroom.at("/support/"),
        currency: "USD".to_owned(),
        variant: VARIANT.to_owned(),
        named: true,
        id: "give".to_owned(),
        frequencies: ["once", "monthly", "annual"].into_iter().enumerate().map(frequency).collect(),
    }
}
