//! What somebody gives, and what they can do about it.

use http::StatusCode;
use model::{Dispute, Frequency, Payment, PaymentState};
use theme::{
    Page,
    context::{GiveFrequency, GivingPage},
};

use super::what;
use crate::{
    Newsroom,
    cache::Prepared,
    error::Error,
    pages::{readers, reading::Reading},
    support::contributions::{GiveWrong, Managed, at},
};

/// What came of a button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Did {
    /// Nothing was pressed.
    Nothing,
    /// It is done: `change`, `pause`, `resume`, `cancel`.
    Done(&'static str),
    /// What was typed can't be used.
    Wrong(GiveWrong),
    /// It can't be done.
    Cannot,
    /// The gateway did not answer.
    Away,
}

/// The page.
///
/// # Errors
/// When the database or the theme fails.
pub async fn managing(
    newsroom: &Newsroom,
    path: &str,
    token: &str,
    managed: &Managed,
    did: &Did,
) -> Result<Prepared, Error> {
    let of = &managed.contribution;
    let mut reading = readers::open(newsroom, path, Some(&of.language)).await?;
    let title = reading.strings.text("giving", &[]);
    let shell = readers::shell(&mut reading, &title).await?;
    let say = |key: &str| reading.strings.text(key, &[]);
    let runs = of.state.runs();
    let paused = of.state == model::ContributionState::Paused;
    let can = |ability: fn(outside::payments::Can) -> bool| runs && managed.can.is_some_and(ability);
    let page = GivingPage {
        shell,
        what: what(&reading.strings, of.amount, of.frequency),
        state: say(&format!("giving-state-{}", of.state.as_str())),
        address: managed.address.clone(),
        said: match did {
            Did::Done(what) => Some(say(&format!("giving-done-{what}"))),
            Did::Nothing | Did::Wrong(_) | Did::Cannot | Did::Away => None,
        },
        wrong: wrong(&reading, managed, did),
        action: at::manage(token),
        nameless: of.contact.is_none(),
        can_change: can(outside::payments::Can::change),
        amount: of.amount.decimal(),
        currency: of.amount.currency.code().to_owned(),
        frequencies: [Frequency::Monthly, Frequency::Annual].map(|each| frequency(each, of.frequency)).to_vec(),
        can_pause: can(outside::payments::Can::pause) && !paused,
        can_resume: can(outside::payments::Can::pause) && paused,
        can_cancel: runs && managed.can.is_some(),
        can_method: can(outside::payments::Can::method_page),
        payments: managed.payments.iter().map(|payment| paid(&reading, payment)).collect(),
    };
    let status = match did {
        Did::Nothing | Did::Done(_) => StatusCode::OK,
        Did::Wrong(_) | Did::Cannot => StatusCode::UNPROCESSABLE_ENTITY,
        Did::Away => StatusCode::SERVICE_UNAVAILABLE,
    };
    readers::print(reading, status, Page::Giving(page)).await
}

fn frequency(each: Frequency, chosen: Frequency) -> GiveFrequency {
    GiveFrequency { frequency: each.as_str().to_owned(), chosen: each == chosen, presets: Vec::new() }
}

fn wrong(reading: &Reading, managed: &Managed, did: &Did) -> Option<String> {
    let say = |key: &str| reading.strings.text(key, &[]);
    let currency = managed.contribution.amount.currency;
    match did {
        Did::Nothing | Did::Done(_) => None,
        Did::Cannot => Some(say("giving-cannot")),
        Did::Away => Some(say("giving-away")),
        Did::Wrong(wrong) => Some(super::form::said(reading, wrong, &model::Offer::usual(currency))),
    }
}

fn paid(reading: &Reading, payment: &Payment) -> (String, String, String) {
    let key = match (payment.state, payment.dispute) {
        (PaymentState::Pending, _) => "giving-payment-pending",
        (PaymentState::Failed, _) => "giving-payment-failed",
        (PaymentState::Paid, Some(Dispute::Open | Dispute::Lost)) => "giving-payment-disputed",
        (PaymentState::Paid, _) if payment.refunded > 0 => "giving-payment-back",
        (PaymentState::Paid, _) => "",
    };
    let state = if key.is_empty() { String::new() } else { reading.strings.text(key, &[]) };
    (reading.strings.month_of(payment.month), reading.strings.money(payment.amount), state)
}
