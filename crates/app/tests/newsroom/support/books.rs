//! The accounts: what the file for them adds up to is what the processor holds, at the end of every test that has one.

use std::collections::BTreeMap;

use app::{
    Newsroom,
    support::{accounts::Pages, contributions},
};
use model::{Currency, GatewayName, Money, Month};
use serde_json::Value;
use testkit::processors::standing::Balance;

/// What is there of each currency. Those of which nothing is are left out.
pub(super) type Sums = BTreeMap<String, Balance>;

/// What the file says stays of a gateway's payments, and what was kept of them.
pub(super) async fn exported(node: &Newsroom, gateway: GatewayName) -> Sums {
    let mut sums = Sums::new();
    let mut pages = Pages::of(Month(0), Month(9_999)).unwrap();
    while let Some((lines, next)) = pages.next(node).await.unwrap() {
        for line in lines.lines() {
            // What a gateway named may have commas in it; what is behind it has none.
            let [kept, _, fee, _, _, code, state] = line.rsplitn(8, ',').take(7).collect::<Vec<_>>()[..] else {
                panic!("{line}")
            };
            if line.split(',').nth(2) != Some(gateway.as_str()) {
                continue;
            }
            let minor = |cell: &str| Money::parse(cell, Currency::parse(code).unwrap()).map_or(0, |money| money.minor);
            let sum = sums.entry(code.to_owned()).or_default();
            sum.gross += minor(kept);
            sum.fees += if state == "paid" { minor(fee) } else { 0 };
        }
        pages = next;
    }
    some(sums)
}

/// Those of which there is anything.
pub(super) fn some(sums: Sums) -> Sums {
    sums.into_iter().filter(|(_, sum)| *sum != Balance::default()).collect()
}

/// After what was told was worked on, and what was not is found: the file and the database say what the processor holds.
pub(super) async fn balanced(node: &Newsroom, gateway: GatewayName, held: Sums) {
    contributions::sweep(node).await.unwrap();
    contributions::run_due(node).await.unwrap();
    agree(node, gateway, held).await;
}

/// The file and the database say what the processor holds.
pub(super) async fn agree(node: &Newsroom, gateway: GatewayName, held: Sums) {
    let (exported, held) = (exported(node, gateway).await, some(held));
    assert_eq!(exported, held, "the file for the accounts, and what {} holds", gateway.as_str());
    let mut tx = node.store().read().await.unwrap();
    let added = store::payment_balance(&mut tx, gateway).await.unwrap();
    let added: BTreeMap<String, i64> = added.iter().map(|sum| (sum.currency.code().to_owned(), sum.minor)).collect();
    let kept = held.iter().map(|(code, sum)| (code.clone(), sum.gross)).filter(|(_, sum)| *sum != 0);
    assert_eq!(added.into_iter().filter(|(_, sum)| *sum != 0).collect::<BTreeMap<_, _>>(), kept.collect());
}

/// What the sandbox holds, from its own books.
pub(super) async fn sandbox(node: &Newsroom) -> Sums {
    let mut tx = node.store().read().await.unwrap();
    let mut sums = Sums::new();
    for row in store::sandbox_all(&mut tx, "payment").await.unwrap() {
        let of: Value = serde_json::from_str(&row.object).unwrap();
        let number = |value: &Value| value.as_i64().unwrap();
        // What is disputed is held back until it is decided.
        let back = of["dispute"] == "open" || of["dispute"] == "lost";
        if of["state"] == "paid" {
            let sum = sums.entry(of["money"]["currency"].as_str().unwrap().to_owned()).or_default();
            sum.gross += if back { 0 } else { number(&of["money"]["minor"]) - number(&of["refunded"]) };
            sum.fees += number(&of["fee"]);
        }
    }
    sums
}
