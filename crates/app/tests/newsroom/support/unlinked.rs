//! Nothing says that who gives also reads, subscribes or is reminded.

use std::collections::BTreeSet;

use app::support::sandbox::How;
use model::Role;
use serde_json::Value;
use store::schema::{Kind, TABLES};
use testkit::both_backends;

use super::{GIVER, Till, monthly, once};

/// What somebody gives.
const GIVES: [&str; 3] = ["contribution", "payment", "contribution_link"];
/// What a newsroom keeps of somebody who reads.
const READS: [&str; 5] = ["subscriber", "subscription", "suppression", "delivery", "reminder"];

/// Every value of some tables that could tell one row from others: ids, bytes, longer texts, and numbers that are as exact as a
/// time. The policy that somebody agreed to is everybody's.
async fn telling(till: &Till, tables: &[&str]) -> BTreeSet<String> {
    let mut tx = till.newsroom().store().read().await.unwrap();
    let mut all = BTreeSet::new();
    for table in tables {
        for row in store::dump::rows(&mut tx, table, None, 1_000).await.unwrap() {
            let row = serde_json::to_value(&row).unwrap();
            let values: Vec<Value> = match row {
                Value::Object(row) => row.into_iter().map(|(_, value)| value).collect(),
                Value::Array(row) => row,
                other => vec![other],
            };
            all.extend(values.iter().filter(|value| tells(value)).map(Value::to_string));
        }
    }
    all
}

fn tells(value: &Value) -> bool {
    match value {
        Value::String(text) => text.len() >= 8 && !text.starts_with("privacy/"),
        Value::Number(number) => number.as_i64().is_some_and(|number| number >= 100_000),
        _ => false,
    }
}

both_backends! {
    async fn one_person_who_reads_and_gives_is_two_that_nobody_can_match(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        till.letters.policy().await;
        till.letters.subscriber(GIVER, &["weekly"]).await;
        till.letters.test.person(&anon, Role::Publisher, "anna").await.unwrap();
        crate::reminders::reminded(&till.letters, GIVER).await;
        let pledge = till.give(&monthly(), How::Pay).await;
        till.give(&once(), How::Later).await;
        till.days(31).await;
        assert!(pledge.lookup.is_some() && pledge.contact.is_some());
        let (gives, reads) = (telling(&till, &GIVES).await, telling(&till, &READS).await);
        assert!(gives.len() > 12 && reads.len() >= 6, "there is nothing to compare: {gives:?} {reads:?}");
        let shared: Vec<&String> = gives.intersection(&reads).collect();
        assert!(shared.is_empty(), "both have {shared:?}");
        // No time of a giver is finer than a month.
        let exact: Vec<&String> = gives.iter().filter(|value| !value.starts_with('"')).collect();
        assert!(exact.is_empty(), "as exact as a time: {exact:?}");
        till.balanced().await;
    }
}

#[test]
fn no_table_refers_to_who_gives_and_to_who_reads_or_what() {
    let gives = ["contribution", "payment", "giver", "pledge"];
    let reads = [
        "subscriber",
        "subscription",
        "newsletter",
        "issue",
        "delivery",
        "reminder",
        "story",
        "path",
        "page",
        "referrer",
        "section",
        "topic",
        "address",
        "agent",
        "at",
    ];
    for table in TABLES {
        let names: Vec<&str> = table.columns.iter().map(|(name, _)| *name).chain([table.name]).collect();
        let of = |words: &[&str]| names.iter().any(|name| words.contains(name));
        assert!(!(of(&gives) && of(&reads)), "{} refers to both: {names:?}", table.name);
    }
    // Every number of theirs is known: none of them is a time of day.
    let known = ["minor", "cover", "month", "paid_until", "ended", "fee", "refunded", "disputed", "came", "until"];
    for table in TABLES.iter().filter(|table| GIVES.contains(&table.name)) {
        for (name, kind) in table.columns {
            assert!(*kind != Kind::Int || known.contains(name), "{}.{name} is a number of its own", table.name);
        }
        let bytes: Vec<&str> =
            table.columns.iter().filter(|(_, kind)| *kind == Kind::Bytes).map(|(name, _)| *name).collect();
        assert!(bytes.iter().all(|name| ["lookup", "contact", "message"].contains(name)), "{}: {bytes:?}", table.name);
    }
}
