//! What is said to who goes to a gateway, comes back from it, or was let down by it.

use http::StatusCode;
use model::{ContributionState, Language, Money};
use theme::{
    Page,
    context::{NamedLink, ThanksPage},
};

use crate::{
    Newsroom,
    cache::Prepared,
    error::Error,
    pages::{readers, reading::Reading},
    support::{
        self,
        contributions::{Managed, at},
    },
};

/// Seconds after which the page of who waits looks again.
const AGAIN: &str = "4";

/// The way to a gateway's page: a form may not lead there by itself, because pages allow forms to this site only.
///
/// # Errors
/// When the database or the theme fails.
pub async fn going(newsroom: &Newsroom, path: &str, language: Option<&Language>, to: &str) -> Result<Prepared, Error> {
    let mut reading = readers::open(newsroom, path, language).await?;
    let title = reading.strings.text("give-going", &[]);
    let go = NamedLink { name: reading.strings.text("give-continue", &[]), path: to.to_owned() };
    let page = ThanksPage {
        paragraphs: vec![reading.strings.text("give-going-text", &[])],
        refresh: format!("0;url={to}"),
        go: Some(go),
        ..titled(&mut reading, title).await?
    };
    readers::print(reading, StatusCode::OK, Page::Thanks(page)).await
}

/// Why a page could not be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hindrance {
    /// The gateway.
    Gateway,
    /// The keys, which are away.
    Keys,
    /// The newsroom's address, which is not set.
    Address,
}

/// A page that could not be made.
///
/// # Errors
/// When the database or the theme fails.
pub async fn away(
    newsroom: &Newsroom,
    path: &str,
    language: Option<&Language>,
    hindrance: Hindrance,
) -> Result<Prepared, Error> {
    let mut reading = readers::open(newsroom, path, language).await?;
    let (title, text) = match hindrance {
        Hindrance::Gateway => ("give-away", "give-away-text"),
        Hindrance::Keys => ("note-closed", "give-closed-text"),
        Hindrance::Address => ("note-unready", "give-unready-text"),
    };
    let title = reading.strings.text(title, &[]);
    let page = ThanksPage {
        paragraphs: vec![reading.strings.text(text, &[])],
        support_path: reading.at("support/"),
        ..titled(&mut reading, title).await?
    };
    readers::print(reading, StatusCode::SERVICE_UNAVAILABLE, Page::Thanks(page)).await
}

async fn titled(reading: &mut Reading, title: String) -> Result<ThanksPage, Error> {
    let shell = readers::shell(reading, &title).await?;
    Ok(ThanksPage { shell, title, ..ThanksPage::default() })
}

/// What is known of a contribution when somebody comes back. Their device is left alone where their form asked for it (`quiet`).
///
/// # Errors
/// When the database or the theme fails.
pub async fn thanks(
    newsroom: &Newsroom,
    path: &str,
    token: &str,
    managed: &Managed,
    quiet: bool,
) -> Result<Prepared, Error> {
    let of = &managed.contribution;
    let mut reading = readers::open(newsroom, path, Some(&of.language)).await?;
    if of.gateway == model::GatewayName::Bank && of.state == ContributionState::Started {
        let mut page = ThanksPage { quiet, ..transfer(&mut reading, managed).await? };
        page.shell.marks_gift = quiet;
        return readers::print(reading, StatusCode::OK, Page::Thanks(page)).await;
    }
    let amount = reading.strings.money(of.amount);
    let frequency = of.frequency.as_str();
    let (key, pledge) = match of.state {
        ContributionState::Started => ("thanks-wait", false),
        ContributionState::Pending => ("thanks-pending", false),
        ContributionState::Failed | ContributionState::Cancelled => ("thanks-failed", false),
        ContributionState::Paid => ("thanks-paid", false),
        ContributionState::Active | ContributionState::PastDue | ContributionState::Paused => ("thanks-paid", true),
    };
    let title = reading.strings.text(key, &[]);
    let args = [("amount", amount.as_str().into()), ("frequency", frequency.into())];
    let text = if pledge { "thanks-pledge-text".to_owned() } else { format!("{key}-text") };
    let mut page = ThanksPage {
        paragraphs: vec![reading.strings.text(&text, &args)],
        refresh: if of.state == ContributionState::Started { AGAIN.to_owned() } else { String::new() },
        manage_path: if of.state.runs() { at::manage(token) } else { String::new() },
        quiet,
        support_path: if key == "thanks-failed" { reading.at("support/") } else { String::new() },
        ..titled(&mut reading, title).await?
    };
    page.shell.marks_gift = matches!(key, "thanks-paid" | "thanks-pending");
    readers::print(reading, StatusCode::OK, Page::Thanks(page)).await
}

/// What a transfer needs.
async fn transfer(reading: &mut Reading, managed: &Managed) -> Result<ThanksPage, Error> {
    let settings = support::settings(&mut reading.tx).await?;
    let of = &managed.contribution;
    let money = |money: Money| reading.strings.money(money);
    let say = |key: &str| reading.strings.text(key, &[]);
    let mut lines: Vec<(String, String)> = settings
        .bank
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .enumerate()
        .map(|(at, line)| (if at == 0 { say("transfer-to") } else { String::new() }, line.to_owned()))
        .collect();
    lines.push((say("transfer-amount"), money(of.amount)));
    lines.push((say("transfer-reference"), of.session.clone().unwrap_or_default()));
    let text = reading.strings.text("thanks-transfer-text", &[("amount", money(of.amount).into())]);
    let title = say("thanks-transfer");
    Ok(ThanksPage { paragraphs: vec![text], transfer: lines, ..titled(reading, title).await? })
}
