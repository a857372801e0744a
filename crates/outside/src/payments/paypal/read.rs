//! PayPal's objects in the newsroom's words. Pure.
//!
//! A payment is named by its transaction: the capture of an order, the sale of a subscription. A capture that was given back
//! in part says so and not how much; its order has the refunds.

use model::{Currency, Dispute, Frequency, Money, PaymentState, Timestamp};
use serde_json::Value;

use super::{
    super::{
        Contact, Held, PaymentStanding, PledgeStanding, PledgeState, SessionStanding, Standing, Unfit,
        values::{contribution, list, some, text, whole},
    },
    amount::{money, old_money},
    hooks::up,
};

/// Something that PayPal's documents don't know.
pub(super) type Odd = &'static str;

/// An order; `None` where it is not the newsroom's.
pub(super) fn order(object: &Value) -> Result<Option<Standing>, Odd> {
    let Some(whose) = contribution(object, "/purchase_units/0/custom_id") else { return Ok(None) };
    let session = match text(object, "/status") {
        "COMPLETED" => SessionStanding::Complete,
        "VOIDED" => SessionStanding::Over,
        "CREATED" | "SAVED" | "APPROVED" | "PAYER_ACTION_REQUIRED" => SessionStanding::Open,
        _ => return Err("an order in an unknown state"),
    };
    let captures = list(object, "/purchase_units/0/payments/captures").iter();
    let payments = captures.map(|one| capture(one, Some(object))).collect::<Result<_, _>>()?;
    let contact = contact(object, "/payment_source/paypal").or_else(|| contact(object, "/payer"));
    let contact = contact.filter(|_| session == SessionStanding::Complete);
    let waits = text(object, "/status") == "APPROVED" && text(object, "/intent") == "CAPTURE";
    let (contribution, session) = (Some(whose), Some(session));
    Ok(Some(Standing { contribution, session, waits, payments, contact, ..Standing::default() }))
}

fn contact(object: &Value, at: &str) -> Option<Contact> {
    let who = object.pointer(at)?;
    let name = format!("{} {}", text(who, "/name/given_name"), text(who, "/name/surname"));
    Some(Contact { address: some(who, "/email_address")?.to_owned(), name: name.trim().to_owned() })
}

/// A capture. `order`: the order with its refunds, needed where it was given back in part.
pub(super) fn capture(object: &Value, order: Option<&Value>) -> Result<PaymentStanding, Odd> {
    let money = object.get("amount").and_then(money).ok_or("a capture without an amount")?;
    let (state, refunded) = match text(object, "/status") {
        "COMPLETED" => (PaymentState::Paid, 0),
        "PENDING" => (PaymentState::Pending, 0),
        "DECLINED" | "FAILED" => (PaymentState::Failed, 0),
        "REFUNDED" => (PaymentState::Paid, money.minor),
        "PARTIALLY_REFUNDED" => {
            let order = order.ok_or("a capture that was given back in part, without its order")?;
            (PaymentState::Paid, given_back(order, text(object, "/id"), money)?)
        }
        _ => return Err("a capture in an unknown state"),
    };
    let token = some(object, "/id").ok_or("a capture without an id")?.to_owned();
    let fee = fee(object.pointer("/seller_receivable_breakdown/paypal_fee").and_then(self::money), money);
    let at = moment(object, "/create_time").ok_or("a capture without a time")?;
    Ok(PaymentStanding {
        token,
        money,
        fee,
        state,
        refunded: Some(refunded),
        dispute: None,
        disputed: None,
        came: None,
        at,
    })
}

/// Whether a capture's order has to be looked at for how much of it went back.
pub(super) fn needs_order(capture: &Value) -> bool {
    text(capture, "/status") == "PARTIALLY_REFUNDED"
}

fn given_back(order: &Value, capture: &str, paid: Money) -> Result<i64, Odd> {
    let refunds = list(order, "/purchase_units/0/payments/refunds").iter();
    let mut own = refunds
        .filter(|refund| up(refund).is_none_or(|of| of == capture))
        .filter(|refund| matches!(text(refund, "/status"), "COMPLETED" | "PENDING"));
    let sum = own.try_fold(0_i64, |sum, refund| {
        let amount = refund.get("amount").and_then(money).filter(|amount| amount.currency == paid.currency)?;
        Some(sum.saturating_add(amount.minor))
    });
    sum.filter(|sum| *sum > 0).ok_or("an order that does not say what was given back")
}

fn fee(fee: Option<Money>, paid: Money) -> Option<i64> {
    fee.filter(|fee| fee.currency == paid.currency).map(|fee| fee.minor)
}

/// A sale: a payment of a subscription. `refunded`: how much went back, where a refund told. Where it went back in part and
/// nothing tells how much, its refund will.
pub(super) fn sale(object: &Value, refunded: Option<Money>) -> Result<PaymentStanding, Odd> {
    let money = object.get("amount").and_then(old_money).ok_or("a sale without an amount")?;
    let (state, refunded) = match (text(object, "/state"), refunded) {
        ("completed", _) => (PaymentState::Paid, Some(0)),
        ("pending", _) => (PaymentState::Pending, Some(0)),
        ("denied", _) => (PaymentState::Failed, Some(0)),
        ("refunded" | "reversed", _) => (PaymentState::Paid, Some(money.minor)),
        ("partially_refunded", back) => {
            (PaymentState::Paid, back.filter(|back| back.currency == money.currency).map(|back| back.minor))
        }
        _ => return Err("a sale in an unknown state"),
    };
    let token = some(object, "/id").ok_or("a sale without an id")?.to_owned();
    let fee = fee(object.get("transaction_fee").and_then(old_money), money);
    let at = moment(object, "/create_time").ok_or("a sale without a time")?;
    Ok(PaymentStanding { token, money, fee, state, refunded, dispute: None, disputed: None, came: None, at })
}

/// A subscription, with its plan; `None` where it is neither the newsroom's nor a pledge.
pub(super) fn subscription(object: &Value) -> Result<Option<Standing>, Odd> {
    let whose = contribution(object, "/custom_id");
    let id = some(object, "/id").ok_or("a subscription without an id")?;
    let session = match text(object, "/status") {
        "APPROVAL_PENDING" => SessionStanding::Open,
        _ => SessionStanding::Complete,
    };
    let pledge = match pledge(object, id) {
        Ok(pledge) => pledge,
        Err(_) if whose.is_none() => return Ok(None),
        Err(odd) => return Err(odd),
    };
    // What nobody said yes to is no pledge yet.
    let pledge = pledge.filter(|_| session == SessionStanding::Complete);
    let contact = contact(object, "/subscriber").filter(|_| session == SessionStanding::Complete);
    let (of_pledge, session) = (Some(id.to_owned()), Some(session));
    Ok(Some(Standing { contribution: whose, of_pledge, session, pledge, contact, ..Standing::default() }))
}

/// A subscription, whoever began it. One that nobody said yes to is none.
pub(super) fn held(object: &Value) -> Option<Held> {
    let token = some(object, "/id")?;
    let pledge = match pledge(object, token) {
        Ok(pledge) => Ok(pledge?),
        Err(_) => Err(unfit(object)),
    };
    let contact = contact(object, "/subscriber");
    Some(Held { token: token.to_owned(), contribution: contribution(object, "/custom_id"), pledge, contact })
}

/// Why a subscription is no pledge.
fn unfit(object: &Value) -> Unfit {
    match regular(object) {
        None => Unfit::Unclear,
        Some(cycle) if frequency(cycle).is_none() => Unfit::Interval,
        Some(_) => Unfit::Amount,
    }
}

fn regular(object: &Value) -> Option<&Value> {
    list(object, "/plan/billing_cycles").iter().find(|cycle| text(cycle, "/tenure_type") == "REGULAR")
}

fn frequency(cycle: &Value) -> Option<Frequency> {
    match (text(cycle, "/frequency/interval_unit"), whole(cycle, "/frequency/interval_count")) {
        ("MONTH", None | Some(1)) => Some(Frequency::Monthly),
        ("YEAR", None | Some(1)) | ("MONTH", Some(12)) => Some(Frequency::Annual),
        _ => None,
    }
}

fn pledge(object: &Value, id: &str) -> Result<Option<PledgeStanding>, Odd> {
    let failing = whole(object, "/billing_info/failed_payments_count").unwrap_or_default() > 0;
    let state = match text(object, "/status") {
        "APPROVAL_PENDING" => return Ok(None),
        "APPROVED" => PledgeState::Pending,
        "ACTIVE" if failing => PledgeState::PastDue,
        "ACTIVE" => PledgeState::Active,
        // Whoever put it on hold, its giver or PayPal after the last payment that failed: nothing is tried until somebody lets it go on.
        "SUSPENDED" => PledgeState::Paused,
        "CANCELLED" | "EXPIRED" => PledgeState::Cancelled,
        _ => return Err("a subscription in an unknown state"),
    };
    let cycle = regular(object).ok_or("a subscription without a plan")?;
    let price = cycle.pointer("/pricing_scheme/fixed_price").and_then(money);
    let frequency = frequency(cycle).ok_or("a subscription that is neither monthly nor annual")?;
    Ok(Some(PledgeStanding {
        token: id.to_owned(),
        state,
        money: price.ok_or("a subscription without a price")?,
        frequency,
        ending: false,
        paid_until: moment(object, "/billing_info/next_billing_time").filter(|_| state == PledgeState::Active),
    }))
}

/// How a dispute stands.
pub(super) fn dispute(object: &Value) -> Dispute {
    if text(object, "/status") != "RESOLVED" {
        return Dispute::Open;
    }
    match text(object, "/dispute_outcome/outcome_code") {
        "RESOLVED_SELLER_FAVOUR" | "RESOLVED_WITH_PAYOUT" | "CANCELED_BY_BUYER" | "DENIED" => Dispute::Won,
        _ => Dispute::Lost,
    }
}

/// How much a dispute asks back; not known in another currency.
pub(super) fn disputed(object: &Value, currency: Currency) -> Option<i64> {
    let asked = object.get("dispute_amount").and_then(money)?;
    (asked.currency == currency).then_some(asked.minor)
}

fn moment(object: &Value, at: &str) -> Option<Timestamp> {
    Timestamp::parse(text(object, at))
}
