//! Stripe's objects in the newsroom's words. Pure: what an object says is a function of its JSON.
//!
//! A payment is named by its payment intent, which invoices, charges, refunds and disputes all lead to, and which stays the
//! same while a card is tried again. A charge without an intent (of an old account) is named by itself.

use model::{Currency, Dispute, Frequency, Money, PaymentState, Timestamp};
use serde_json::Value;

use super::super::{
    Contact, Held, Object, PaymentStanding, PledgeStanding, PledgeState, SessionStanding, Standing, Unfit,
    values::{contribution, is, list, name, seconds, some, text, whole},
};
use super::amount::from_stripe;

/// Something that Stripe's documents don't know.
pub(super) type Odd = &'static str;

/// A checkout session, with its payment intent unfolded where it has one.
pub(super) fn session(session: &Value, payments: Vec<PaymentStanding>) -> Option<Standing> {
    let whose = contribution(session, "/client_reference_id")?;
    let state = match text(session, "/status") {
        "complete" => SessionStanding::Complete,
        "expired" => SessionStanding::Over,
        _ => SessionStanding::Open,
    };
    let more = [("subscription", "/subscription"), ("invoice", "/invoice")];
    let more = more.into_iter().filter_map(|(kind, at)| Some(Object::new(kind, name(session, at)?)));
    let address = some(session, "/customer_details/email").or_else(|| some(session, "/customer_email"));
    let contact = address.map(|address| Contact {
        address: address.to_owned(),
        name: text(session, "/customer_details/name").to_owned(),
    });
    let more = if state == SessionStanding::Complete { more.collect() } else { Vec::new() };
    Some(Standing { contribution: Some(whose), session: Some(state), payments, contact, more, ..Standing::default() })
}

/// A subscription. `None` where it is nobody's and no pledge either.
pub(super) fn subscription(object: &Value) -> Result<Option<Standing>, Odd> {
    let whose = contribution(object, "/metadata/cid");
    let pledge = match pledge(object) {
        Ok(pledge) => pledge,
        Err(_) if whose.is_none() => return Ok(None),
        Err(odd) => return Err(odd),
    };
    let of_pledge = Some(pledge.token.clone());
    Ok(Some(Standing { contribution: whose, of_pledge, pledge: Some(pledge), ..Standing::default() }))
}

fn pledge(object: &Value) -> Result<PledgeStanding, Odd> {
    let token = some(object, "/id").ok_or("a subscription without an id")?.to_owned();
    let items = list(object, "/items/data");
    let first = items.first().ok_or("a subscription without items")?;
    let currency = currency_of(object, first).ok_or("an unknown currency")?;
    let mut amount = 0_i64;
    for item in items {
        let unit = whole(item, "/price/unit_amount").ok_or("a price without an amount")?;
        amount = amount.saturating_add(unit.saturating_mul(whole(item, "/quantity").unwrap_or(1)));
    }
    let minor = from_stripe(amount, currency).ok_or("an amount that the currency does not have")?;
    let frequency = frequency(first).ok_or("a subscription that is neither monthly nor annual")?;
    let state = state(object)?;
    let ending = is(object, "/cancel_at_period_end") || whole(object, "/cancel_at").is_some();
    let ending = ending && state != PledgeState::Cancelled;
    let money = Money::new(minor, currency);
    Ok(PledgeStanding { token, state, money, frequency, ending, paid_until: paid_until(object, first, state) })
}

fn frequency(item: &Value) -> Option<Frequency> {
    match (text(item, "/price/recurring/interval"), whole(item, "/price/recurring/interval_count")) {
        ("month", None | Some(1)) => Some(Frequency::Monthly),
        ("year", None | Some(1)) | ("month", Some(12)) => Some(Frequency::Annual),
        _ => None,
    }
}

fn currency_of(object: &Value, item: &Value) -> Option<Currency> {
    currency(object).or_else(|| currency(item.pointer("/price")?))
}

/// A subscription, whoever began it, with its customer unfolded; `None` for one without an id.
pub(super) fn held(object: &Value) -> Option<Held> {
    let pledge = pledge(object).map_err(|_| unfit(object));
    let address = some(object, "/customer/email");
    let contact =
        address.map(|address| Contact { address: address.to_owned(), name: text(object, "/customer/name").to_owned() });
    let contribution = contribution(object, "/metadata/cid");
    Some(Held { token: some(object, "/id")?.to_owned(), contribution, pledge, contact })
}

/// Why a subscription is no pledge.
fn unfit(object: &Value) -> Unfit {
    let items = list(object, "/items/data");
    match items.first() {
        None => Unfit::Unclear,
        Some(first) if frequency(first).is_none() => Unfit::Interval,
        Some(first) if currency_of(object, first).is_none() => Unfit::Currency,
        Some(_) if state(object).is_err() => Unfit::Unclear,
        Some(_) => Unfit::Amount,
    }
}

fn state(object: &Value) -> Result<PledgeState, Odd> {
    let held = object.pointer("/pause_collection").is_some_and(Value::is_object);
    Ok(match text(object, "/status") {
        "incomplete" => PledgeState::Pending,
        "incomplete_expired" => PledgeState::Failed,
        "canceled" => PledgeState::Cancelled,
        "paused" => PledgeState::Paused,
        "active" | "trialing" | "past_due" | "unpaid" if held => PledgeState::Paused,
        "active" | "trialing" => PledgeState::Active,
        "past_due" | "unpaid" => PledgeState::PastDue,
        _ => return Err("a subscription in an unknown state"),
    })
}

/// Until when it is paid for: while a payment is late that is the beginning of the period, not its end.
fn paid_until(object: &Value, item: &Value, state: PledgeState) -> Option<Timestamp> {
    let period = |at: &str| seconds(item, at).or_else(|| seconds(object, at));
    match state {
        PledgeState::Pending | PledgeState::Failed => None,
        PledgeState::PastDue => period("/current_period_start"),
        PledgeState::Active | PledgeState::Paused | PledgeState::Cancelled => period("/current_period_end"),
    }
}

/// Whose an invoice is: the contribution where the pledge was begun here, and the pledge.
pub(super) fn invoice_of(invoice: &Value) -> (Option<model::ContributionId>, Option<String>) {
    let details = "/parent/subscription_details";
    let pledge = name(invoice, &format!("{details}/subscription")).or_else(|| name(invoice, "/subscription"));
    (contribution(invoice, &format!("{details}/metadata/cid")), pledge.map(str::to_owned))
}

/// The intents with which an invoice was paid, or was to be.
pub(super) fn invoice_intents(invoice: &Value) -> Vec<String> {
    let payments = list(invoice, "/payments/data").iter();
    payments.filter_map(|payment| name(payment, "/payment/payment_intent").map(str::to_owned)).collect()
}

/// A payment intent with its last charge and that one's line of the balance unfolded; `None` while nobody tried to pay.
/// `open`: whether its page can still be paid, so that a card which was declined is no end.
pub(super) fn payment(intent: &Value, disputes: &[Value], open: bool) -> Result<Option<PaymentStanding>, Odd> {
    let charge = intent.pointer("/latest_charge").unwrap_or(&Value::Null);
    let tried = !charge.is_null() || intent.pointer("/last_payment_error").is_some_and(Value::is_object);
    let state = match text(intent, "/status") {
        "succeeded" => PaymentState::Paid,
        "processing" | "requires_capture" => PaymentState::Pending,
        "canceled" if tried => PaymentState::Failed,
        "requires_payment_method" | "requires_action" | "requires_confirmation" if tried && !open => {
            PaymentState::Failed
        }
        "canceled" | "requires_payment_method" | "requires_action" | "requires_confirmation" => return Ok(None),
        _ => return Err("a payment in an unknown state"),
    };
    let token = some(intent, "/id").ok_or("a payment without an id")?;
    let amount = if state == PaymentState::Paid { whole(intent, "/amount_received") } else { None };
    let amount = amount.or_else(|| whole(intent, "/amount")).ok_or("a payment without an amount")?;
    let at = seconds(charge, "/created").or_else(|| seconds(intent, "/created")).ok_or("a payment without a time")?;
    standing(token, (amount, currency(intent)), state, charge, disputes, at).map(Some)
}

/// A charge that no intent stands behind, with its line of the balance unfolded.
pub(super) fn charge(charge: &Value, disputes: &[Value]) -> Result<PaymentStanding, Odd> {
    let state = match text(charge, "/status") {
        "succeeded" => PaymentState::Paid,
        "pending" => PaymentState::Pending,
        "failed" => PaymentState::Failed,
        _ => return Err("a charge in an unknown state"),
    };
    let token = some(charge, "/id").ok_or("a charge without an id")?;
    let amount = whole(charge, "/amount").ok_or("a charge without an amount")?;
    let at = seconds(charge, "/created").ok_or("a charge without a time")?;
    standing(token, (amount, currency(charge)), state, charge, disputes, at)
}

fn standing(
    token: &str,
    (amount, currency): (i64, Option<Currency>),
    state: PaymentState,
    charge: &Value,
    disputes: &[Value],
    at: Timestamp,
) -> Result<PaymentStanding, Odd> {
    let currency = currency.ok_or("an unknown currency")?;
    let minor = |amount| from_stripe(amount, currency).ok_or("an amount that the currency does not have");
    let refunded = Some(minor(whole(charge, "/amount_refunded").unwrap_or_default())?);
    let fee = if state == PaymentState::Paid { fee(charge, disputes, currency) } else { None };
    let money = Money::new(minor(amount)?, currency);
    let (dispute, disputed) = (dispute(disputes), disputed(disputes, currency));
    let token = token.to_owned();
    Ok(PaymentStanding { token, money, fee, state, refunded, dispute, disputed, came: None, at })
}

/// What Stripe kept of a charge, and for disputes of it. Not known where it is settled in another currency.
fn fee(charge: &Value, disputes: &[Value], currency: Currency) -> Option<i64> {
    let own = charge.pointer("/balance_transaction").filter(|line| line.is_object())?;
    let disputed = disputes.iter().flat_map(|dispute| list(dispute, "/balance_transactions"));
    std::iter::once(own).chain(disputed).try_fold(0_i64, |sum, line| {
        let same = text(line, "/currency").eq_ignore_ascii_case(currency.code());
        let fee = if same { from_stripe(whole(line, "/fee")?, currency) } else { None };
        sum.checked_add(fee?)
    })
}

/// How the disputes of a payment stand together: what is lost is lost, what is open may still be.
fn dispute(disputes: &[Value]) -> Option<Dispute> {
    let each = disputes.iter().map(|dispute| match text(dispute, "/status") {
        "lost" => Dispute::Lost,
        // An inquiry that was closed, or one that was headed off, took no money.
        "won" | "warning_closed" | "prevented" => Dispute::Won,
        _ => Dispute::Open,
    });
    each.max_by_key(|dispute| match dispute {
        Dispute::Won => 0,
        Dispute::Open => 1,
        Dispute::Lost => 2,
    })
}

/// How much disputes took that were not won. Not known where they are in another currency. An inquiry takes nothing.
fn disputed(disputes: &[Value], currency: Currency) -> Option<i64> {
    let took = |one: &&Value| match text(one, "/status") {
        "won" | "prevented" => false,
        status => !status.starts_with("warning"),
    };
    disputes.iter().filter(took).try_fold(0_i64, |sum, one| {
        let same = text(one, "/currency").eq_ignore_ascii_case(currency.code());
        let amount = if same { from_stripe(whole(one, "/amount")?, currency) } else { None };
        sum.checked_add(amount?)
    })
}

fn currency(object: &Value) -> Option<Currency> {
    Currency::parse(text(object, "/currency"))
}
