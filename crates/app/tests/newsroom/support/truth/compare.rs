//! What the newsroom believes beside what its processor holds to be true.

use std::collections::{BTreeMap, BTreeSet};

use model::{Contribution, ContributionState as State, Dispute, Frequency, GatewayName, Month, Payment, PaymentState};
use testkit::processors::{Gift, Standing, standing};

use super::{super::books, house::House};

/// Nothing, or what does not agree.
pub(super) async fn agrees(house: &House) -> Result<(), String> {
    let standing = house.stripe.standing();
    let mut tx = house.node.store().read().await.unwrap();
    let (name, all) = (GatewayName::Stripe, State::ALL);
    let given = store::contribution_in_states(&mut tx, name, all, None, 1_000).await.unwrap();
    let payments = store::payment_in(&mut tx, (Month(0), Month(99_999)), None, 10_000).await.unwrap();
    let balance = store::payment_balance(&mut tx, name).await.unwrap();
    drop(tx);
    for of in &given {
        stands(house, &standing, of)?;
    }
    paid(house, &standing, &given, &payments)?;
    sums(house, &standing).await?;
    let said: BTreeMap<&str, i64> = balance.iter().map(|money| (money.currency.code(), money.minor)).collect();
    let own = by_currency(&payments, Payment::kept);
    same("what the database adds up", &said, &own.iter().map(|(code, sum)| (code.as_str(), *sum)).collect())
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, ours: &T, theirs: &T) -> Result<(), String> {
    if ours == theirs {
        Ok(())
    } else {
        Err(format!("{what}: believed {ours:#?}, and the processor holds {theirs:#?}"))
    }
}

/// Where a gift or pledge stands.
fn stands(house: &House, standing: &Standing, of: &Contribution) -> Result<(), String> {
    let id = of.id.to_string();
    let gift = standing.gifts.get(&id);
    if let Some(pledge) = gift.and_then(|gift| gift.pledge.as_ref()) {
        let frequency = if pledge.interval == "year" { Frequency::Annual } else { Frequency::Monthly };
        let theirs = (pledge_state(pledge), pledge.amount, pledge.currency.as_str(), frequency);
        same(&id, &(of.state, of.amount.minor, of.amount.currency.code(), of.frequency), &theirs)?;
        return if of.erased { Ok(()) } else { same(&id, &of.token.as_deref(), &Some(pledge.id.as_str())) };
    }
    let session = house.stripe.objects("checkout.session");
    let session = session.iter().find(|session| session["client_reference_id"] == id.as_str());
    let may_be = match (session.and_then(|session| session["status"].as_str()), gift) {
        (_, Some(gift)) if !gift.payments.is_empty() => [State::Paid].as_slice(),
        // No page was made, or nobody went through it; who has it erased does not wait.
        (None | Some("open"), _) if of.erased => &[State::Started, State::Failed],
        (None, _) => &[State::Started, State::Failed],
        (Some("open"), _) => &[State::Started],
        (Some("expired"), _) => &[State::Failed],
        (Some(_), _) => match intent_of(house, session.unwrap_or(&serde_json::Value::Null)).as_str() {
            "processing" => &[State::Pending],
            _ => &[State::Failed],
        },
    };
    if may_be.contains(&of.state) {
        Ok(())
    } else {
        Err(format!("{id} is {:?}, and may be {may_be:?}: {gift:?}", of.state))
    }
}

fn intent_of(house: &House, session: &serde_json::Value) -> String {
    let intent = house.stripe.object(session["payment_intent"].as_str().unwrap_or_default());
    intent["status"].as_str().unwrap_or_default().to_owned()
}

fn pledge_state(pledge: &standing::Pledge) -> State {
    match pledge.state.as_str() {
        "canceled" => State::Cancelled,
        "incomplete" => State::Pending,
        "incomplete_expired" => State::Failed,
        _ if pledge.paused => State::Paused,
        "active" | "trialing" => State::Active,
        _ => State::PastDue,
    }
}

/// Whose gifts are the newsroom's: another program takes money by the same account.
fn ours(standing: &Standing) -> impl Iterator<Item = (&String, &Gift)> {
    standing.gifts.iter().filter(|(id, _)| !id.starts_with("cs_"))
}

/// A payment in what can be compared: its name, how much, how much went back, and how a dispute stands.
type Line = (String, i64, String, i64, Option<Dispute>);

/// Each payment is there once, none is missing, and each belongs to whom it should.
fn paid(house: &House, standing: &Standing, given: &[Contribution], payments: &[Payment]) -> Result<(), String> {
    let intent = |charge: &str| house.stripe.object(charge)["payment_intent"].as_str().unwrap_or_default().to_owned();
    let dispute = |word: &str| match word {
        "won" => Dispute::Won,
        "lost" => Dispute::Lost,
        _ => Dispute::Open,
    };
    let mut theirs: BTreeMap<Option<String>, BTreeSet<Line>> = BTreeMap::new();
    for (id, gift) in ours(standing) {
        let erased = given.iter().any(|of| of.erased && of.id.to_string() == *id);
        for one in &gift.payments {
            let disputed = one.disputed.as_deref().map(dispute);
            let line = (intent(&one.id), one.amount, one.currency.clone(), one.refunded, disputed);
            theirs.entry(Some(id.clone()).filter(|_| !erased)).or_default().insert(line);
        }
    }
    let mut believed: BTreeMap<Option<String>, BTreeSet<Line>> = BTreeMap::new();
    for one in payments.iter().filter(|one| one.state == PaymentState::Paid) {
        let (amount, code) = (one.amount.minor, one.amount.currency.code().to_owned());
        let line = (one.token.clone(), amount, code, one.refunded, one.dispute);
        believed.entry(one.contribution.map(|id| id.to_string())).or_default().insert(line);
    }
    same("payments", &believed, &theirs)
}

fn by_currency(payments: &[Payment], each: impl Fn(&Payment) -> i64) -> BTreeMap<String, i64> {
    let mut sums = BTreeMap::new();
    for one in payments.iter().filter(|one| one.state == PaymentState::Paid) {
        *sums.entry(one.amount.currency.code().to_owned()).or_insert(0) += each(one);
    }
    sums
}

/// The file for the accounts adds up to the processor's balance, and the fees are those that it took.
async fn sums(house: &House, standing: &Standing) -> Result<(), String> {
    let mut held = standing.balance.clone();
    // What the other program took, and what its disputes cost.
    for one in standing.gifts.iter().filter(|(id, _)| id.starts_with("cs_")).flat_map(|(_, gift)| &gift.payments) {
        let disputes = house.stripe.objects("dispute");
        let disputed = disputes.iter().filter(|dispute| dispute["charge"] == one.id.as_str());
        let lines =
            disputed.flat_map(|dispute| dispute["balance_transactions"].as_array().cloned().unwrap_or_default());
        let extra: i64 = lines.filter_map(|line| line["fee"].as_i64()).sum();
        let sum = held.entry(one.currency.clone()).or_default();
        sum.gross -= one.left();
        sum.fees -= one.fee + extra;
    }
    let said = books::exported(&house.node, GatewayName::Stripe).await;
    same("the file for the accounts", &said, &books::some(held))
}
