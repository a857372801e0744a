//! Sample pages of giving.

use model::{Currency, Money};

use crate::{
    Page,
    context::{
        CurrencyChoice, GiveFrequency, GivePreset, GivingPage, MethodChoice, NamedLink, SandboxPage, SupportPage,
        ThanksPage, Work,
    },
};

use super::{Newsroom, Sample, shell::shell};

const TOKEN: &str = "4JQv0bqkQF2cV3m1sXbYgA";

pub(super) fn pages(newsroom: &Newsroom<'_>) -> Vec<Sample> {
    let sample = |name, page| Sample { name, page };
    let gate = SupportPage {
        gate: vec!["A".to_owned(), "B".to_owned()],
        go_path: newsroom.at("/support/usd/"),
        ..form(newsroom)
    };
    let work =
        Work { ticket: "1752235500000.x".to_owned(), bits: 17, patience: 2_000, without: text(newsroom, "give-step") };
    let again = SupportPage {
        wrong: Some(newsroom.strings.text("give-wrong-little", &[("least", dollars(newsroom, 2).into())])),
        other: "1".to_owned(),
        address: "anna@".to_owned(),
        message: newsroom.words.quote[0].to_owned(),
        variant: "0b9fe1c4-8f4f-4b57-9c0e-0a61f4a5d1aa".to_owned(),
        cover: true,
        work: Some(work),
        ..form(newsroom)
    };
    vec![
        sample("support", Page::Support(form(newsroom))),
        sample("support-gate", Page::Support(gate)),
        sample("support-again", Page::Support(again)),
        sample("support-shut", Page::Support(SupportPage { open: false, ..form(newsroom) })),
        sample("thanks", Page::Thanks(thanks(newsroom))),
        sample("thanks-going", Page::Thanks(going(newsroom))),
        sample("giving", Page::Giving(giving(newsroom))),
        sample("sandbox", Page::Sandbox(sandbox(newsroom))),
    ]
}

fn text(newsroom: &Newsroom<'_>, key: &str) -> String {
    newsroom.strings.text(key, &[])
}

fn dollars(newsroom: &Newsroom<'_>, units: i64) -> String {
    newsroom.strings.money(Money::whole(units, Currency::USD))
}

fn frequencies(newsroom: &Newsroom<'_>) -> Vec<GiveFrequency> {
    let frequency = |(index, name): (usize, &str)| GiveFrequency {
        frequency: name.to_owned(),
        chosen: index == 1,
        presets: [2, 5, 10, 20]
            .map(|units| GivePreset {
                amount: (units * 100).to_string(),
                label: dollars(newsroom, units),
                chosen: units == 5,
            })
            .to_vec(),
    };
    ["once", "monthly", "annual"].into_iter().enumerate().map(frequency).collect()
}

fn form(newsroom: &Newsroom<'_>) -> SupportPage {
    let method = |name: &str| MethodChoice {
        value: name.to_owned(),
        label: text(newsroom, &format!("method-{name}")),
        about: text(newsroom, &format!("method-{name}-about")),
        chosen: name == "stripe",
        only_once: name == "btcpay",
    };
    let currency = |code: &str| CurrencyChoice {
        code: code.to_owned(),
        path: newsroom.at(&format!("/support/{}/", code.to_lowercase())),
        chosen: code == "USD",
    };
    SupportPage {
        shell: shell(newsroom, "/support/", &text(newsroom, "support")),
        about: newsroom.words.quote[1].to_owned(),
        open: true,
        action: "/-/support/give".to_owned(),
        currency: "USD".to_owned(),
        currencies: ["USD", "EUR"].map(currency).to_vec(),
        frequencies: frequencies(newsroom),
        least: dollars(newsroom, 2),
        cover_percent: newsroom.strings.number(4),
        quiet: true,
        by_mail: true,
        methods: ["stripe", "paypal", "btcpay", "bank"].map(method).to_vec(),
        message_most: 500,
        policy: Some(NamedLink { name: newsroom.words.pages[1].to_owned(), path: newsroom.at("/page-1/") }),
        link_path: "/-/support/link".to_owned(),
        remind_path: newsroom.at("/support/remind/"),
        ..SupportPage::default()
    }
}

fn thanks(newsroom: &Newsroom<'_>) -> ThanksPage {
    let title = text(newsroom, "thanks-transfer");
    let amount = dollars(newsroom, 25);
    let transfer = vec![
        (text(newsroom, "transfer-to"), "LV80 BANK 0000 4351 9500 1".to_owned()),
        (text(newsroom, "transfer-amount"), amount.clone()),
        (text(newsroom, "transfer-reference"), "RF18 5390 0754 7034".to_owned()),
    ];
    let shell = shell(newsroom, "/-/support/thanks/x", &title);
    ThanksPage {
        shell: crate::context::Shell { marks_gift: true, ..shell },
        title,
        paragraphs: vec![newsroom.strings.text("thanks-transfer-text", &[("amount", amount.into())])],
        support_path: newsroom.at("/support/"),
        transfer,
        ..ThanksPage::default()
    }
}

fn going(newsroom: &Newsroom<'_>) -> ThanksPage {
    let title = text(newsroom, "give-going");
    ThanksPage {
        shell: shell(newsroom, "/-/support/give", &title),
        title,
        paragraphs: vec![text(newsroom, "give-going-text")],
        refresh: "4".to_owned(),
        go: Some(NamedLink { name: text(newsroom, "give-continue"), path: newsroom.at("/support/") }),
        ..ThanksPage::default()
    }
}

fn giving(newsroom: &Newsroom<'_>) -> GivingPage {
    let paid = |month: i8, state: &str| {
        let state = if state.is_empty() { String::new() } else { text(newsroom, state) };
        (newsroom.strings.month(2025, month), dollars(newsroom, 5), state)
    };
    GivingPage {
        shell: shell(newsroom, "/-/support/manage/x", &text(newsroom, "giving")),
        what: newsroom.strings.text("giving-monthly", &[("amount", dollars(newsroom, 5).into())]),
        state: text(newsroom, "giving-state-active"),
        address: Some("anna@reader.example".to_owned()),
        said: Some(text(newsroom, "giving-done-change")),
        wrong: Some(text(newsroom, "giving-away")),
        action: format!("/-/support/manage/{TOKEN}"),
        nameless: false,
        can_change: true,
        amount: "5.00".to_owned(),
        currency: "USD".to_owned(),
        frequencies: frequencies(newsroom).split_off(1),
        can_pause: true,
        can_resume: true,
        can_cancel: true,
        can_method: true,
        payments: vec![paid(7, ""), paid(6, "giving-payment-back"), paid(5, "giving-payment-failed")],
    }
}

fn sandbox(newsroom: &Newsroom<'_>) -> SandboxPage {
    SandboxPage {
        shell: shell(newsroom, "/-/support/sandbox/x/y", &text(newsroom, "sandbox")),
        what: newsroom.strings.text("giving-once", &[("amount", dollars(newsroom, 10).into())]),
        label: newsroom.words.pages[0].to_owned(),
        action: "/-/support/sandbox/x/y".to_owned(),
        open: true,
        said: Some(text(newsroom, "sandbox-refused")),
        back: newsroom.at("/support/"),
    }
}
