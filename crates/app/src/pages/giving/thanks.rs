//! What is said to who goes to a gateway, comes back from it, or was let down by it.

use http::StatusCode;
use model::{Contribution, ContributionState, Language, Money, PaymentState};
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
        contributions::{CameBack, at::LINK},
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
pub async fn thanks(newsroom: &Newsroom, path: &str, back: &CameBack, quiet: bool) -> Result<Prepared, Error> {
    let of = &back.contribution;
    let mut reading = readers::open(newsroom, path, Some(&of.language)).await?;
    if of.gateway == model::GatewayName::Bank && of.state == ContributionState::Started {
        let mut page = ThanksPage { quiet, ..transfer(&mut reading, of).await? };
        page.shell.marks_gift = quiet;
        return readers::print(reading, StatusCode::OK, Page::Thanks(page)).await;
    }
    let (title, text) = words(back);
    let amount = reading.strings.money(of.amount);
    let args = [("amount", amount.as_str().into()), ("frequency", of.frequency.as_str().into())];
    let mut paragraphs = vec![reading.strings.text(text, &args)];
    let manage = managed(back);
    paragraphs.extend(manage.map(|key| reading.strings.text(key, &[])));
    let asks = manage == Some("thanks-manage-ask");
    let go = asks.then(|| NamedLink { name: reading.strings.text("support-manage", &[]), path: LINK.to_owned() });
    let title_text = reading.strings.text(title, &[]);
    let mut page = ThanksPage {
        paragraphs,
        refresh: if of.state == ContributionState::Started { AGAIN.to_owned() } else { String::new() },
        quiet,
        go,
        support_path: if title == "thanks-failed" { reading.at("support/") } else { String::new() },
        ..titled(&mut reading, title_text).await?
    };
    page.shell.marks_gift = matches!(title, "thanks-paid" | "thanks-pending");
    readers::print(reading, StatusCode::OK, Page::Thanks(page)).await
}

/// Title and text. A pledge that ended or failed later is not told that nothing was taken when something was, and one whose first
/// payment failed has not begun.
fn words(back: &CameBack) -> (&'static str, &'static str) {
    let paid = back.payments.iter().any(|payment| payment.state == PaymentState::Paid);
    match (back.contribution.state, paid) {
        (ContributionState::Started, _) => ("thanks-wait", "thanks-wait-text"),
        (ContributionState::Pending, _) => ("thanks-pending", "thanks-pending-text"),
        (ContributionState::Paid, _) => ("thanks-paid", "thanks-paid-text"),
        (ContributionState::Active, _) => ("thanks-paid", "thanks-pledge-text"),
        (ContributionState::Paused, _) => ("thanks-paid", "thanks-paused-text"),
        (ContributionState::PastDue, true) => ("thanks-late", "thanks-late-text"),
        (ContributionState::PastDue, false) => ("thanks-late", "thanks-first-late-text"),
        (ContributionState::Cancelled | ContributionState::Failed, true) => ("thanks-ended", "thanks-ended-text"),
        (ContributionState::Cancelled | ContributionState::Failed, false) => ("thanks-failed", "thanks-failed-text"),
    }
}

/// How a pledge that runs is managed. Its link is not here: whoever reads this page's address at the gateway must not end it.
fn managed(back: &CameBack) -> Option<&'static str> {
    let of = &back.contribution;
    match (back.by_mail, of.lookup.is_some()) {
        _ if !of.state.runs() => None,
        (true, _) => Some("thanks-manage-mail"),
        // No mail can be written from here, but who asks with the address gets one.
        (false, true) => Some("thanks-manage-ask"),
        (false, false) => Some("thanks-manage-write"),
    }
}

/// What a transfer needs.
async fn transfer(reading: &mut Reading, of: &Contribution) -> Result<ThanksPage, Error> {
    let settings = support::settings(&mut reading.tx).await?;
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

#[cfg(test)]
mod tests {
    use model::{ContributionId, Currency, Frequency, GatewayName, Month, PaymentId, SeededChance};

    use super::*;

    #[test]
    fn what_is_said_is_true_of_what_was_taken() {
        use ContributionState as State;
        let chance = SeededChance::new(1);
        let gift = (Frequency::Monthly, Money::new(200, Currency::USD));
        let id = ContributionId::new(&chance);
        let new = store::contribution_new(id, GatewayName::Paypal, gift, Month(666), &Language::english());
        for (state, paid, failed) in [
            (State::Cancelled, "thanks-ended-text", "thanks-failed-text"),
            (State::PastDue, "thanks-late-text", "thanks-first-late-text"),
            (State::Failed, "thanks-ended-text", "thanks-failed-text"),
        ] {
            let text = |payment| {
                let of = Contribution { state, ..new.clone() };
                let one = store::payment_new(PaymentId::new(&chance), &of, "one", of.amount, Month(666));
                let payments = vec![model::Payment { state: payment, ..one }];
                words(&CameBack { contribution: of, payments, by_mail: true }).1
            };
            assert_eq!((text(PaymentState::Paid), text(PaymentState::Failed)), (paid, failed), "{state:?}");
        }
    }
}
