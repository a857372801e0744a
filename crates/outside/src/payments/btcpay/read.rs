//! An invoice in the newsroom's words.
//!
//! | BTCPay Server | its page | the payment |
//! |---|---|---|
//! | New | open | none |
//! | Processing | gone through | pending |
//! | Settled | gone through | paid: what was asked, or more where more came (PaidOver, PaidLate) |
//! | Expired | over | none; failed with PaidPartial, and what came is told; pending with PaidLate, until it is confirmed |
//! | Invalid | over | failed |

use model::{Currency, Money, PaymentState};
use serde_json::Value;

use super::{
    super::{
        Event, Object, PaymentStanding, SessionStanding, Standing, decimal,
        values::{contribution, seconds, some, text},
    },
    INVOICE,
};

/// What an invoice says; `None` where it is not the newsroom's.
pub(super) fn invoice(object: &Value) -> Result<Option<Standing>, &'static str> {
    let Some(whose) = contribution(object, "/metadata/orderId") else { return Ok(None) };
    let currency = Currency::parse(text(object, "/currency")).ok_or("an unknown currency")?;
    let asked = amount(object, "/amount", decimal::exact, currency).ok_or("an invoice without an amount")?;
    let came = amount(object, "/paidAmount", decimal::rounded, currency);
    let additional = text(object, "/additionalStatus");
    let (session, state) = match (text(object, "/status"), additional) {
        ("New", _) => (SessionStanding::Open, None),
        ("Processing", _) => (SessionStanding::Complete, Some(PaymentState::Pending)),
        ("Settled", _) => (SessionStanding::Complete, Some(PaymentState::Paid)),
        ("Expired", "PaidLate") => (SessionStanding::Over, Some(PaymentState::Pending)),
        ("Expired", "PaidPartial") | ("Invalid", _) => (SessionStanding::Over, Some(PaymentState::Failed)),
        ("Expired", _) => (SessionStanding::Over, None),
        _ => return Err("an invoice in an unknown state"),
    };
    let payment = state.map(|state| payment(object, asked, came, state)).transpose()?;
    let (contribution, session) = (Some(whose), Some(session));
    Ok(Some(Standing { contribution, session, payments: payment.into_iter().collect(), ..Standing::default() }))
}

fn payment(
    object: &Value,
    asked: Money,
    came: Option<Money>,
    state: PaymentState,
) -> Result<PaymentStanding, &'static str> {
    // What was settled is what was asked for, and more where more came.
    let money = came.filter(|came| state == PaymentState::Paid && came.minor > asked.minor).unwrap_or(asked);
    Ok(PaymentStanding {
        token: some(object, "/id").ok_or("an invoice without an id")?.to_owned(),
        money,
        // Whoever sends it pays the network; the server is the newsroom's own.
        fee: (state == PaymentState::Paid).then_some(0),
        state,
        refunded: Some(0),
        dispute: None,
        disputed: None,
        came: came.map(|came| came.minor).filter(|came| is_uneven(object, *came, money, state)),
        at: seconds(object, "/createdTime").ok_or("an invoice without a time")?,
    })
}

/// Whether what came is not what counts: too little came in time, or the newsroom marked the invoice by hand. It has the money.
fn is_uneven(object: &Value, came: i64, money: Money, state: PaymentState) -> bool {
    let turned_down = state == PaymentState::Failed && text(object, "/additionalStatus") == "Marked";
    came > 0 && state != PaymentState::Pending && (came != money.minor || turned_down)
}

fn amount(object: &Value, at: &str, read: fn(&Value, Currency) -> Option<Money>, currency: Currency) -> Option<Money> {
    read(object.pointer(at)?, currency)
}

/// An invoice of ours as something that happened: the same in the same state. What waits for its payer says nothing.
pub(super) fn event(object: &Value) -> Option<Event> {
    let (id, state) = (some(object, "/id")?, text(object, "/status"));
    contribution(object, "/metadata/orderId")?;
    let told = format!("{id}:{state}:{}", text(object, "/additionalStatus"));
    (state != "New").then(|| Event { id: told, object: Object::new(INVOICE, id) })
}
