//! Every object of the fake Stripe has the keys of Stripe's own fixture of its kind, and no other.

use std::path::PathBuf;

use serde_json::Value;

use crate::stripe::lived;

/// Keys that Stripe sends in some states only; the fixture shows another state.
const SOMETIMES: &[(&str, &[&str])] = &[("refund", &["failure_reason", "failure_balance_transaction"])];
/// Where the fixture shows one of several shapes.
const ONE_OF_SEVERAL: &[&str] = &[
    "metadata",
    "data",
    "next_action",
    "last_payment_error",
    "payment_method_details",
    "parent",
    "pricing",
    "payment",
    "destination_details",
    "payment_settings",
];

/// The folder of public files of the processors. Nothing, said loudly, where it is not at hand.
pub(crate) fn documents() -> Option<PathBuf> {
    let Some(folder) = std::env::var_os("MASTHEAD_REAL_DATA") else {
        eprintln!("SKIPPED: MASTHEAD_REAL_DATA is not set, so no document of a processor was read");
        return None;
    };
    Some(PathBuf::from(folder).join("payments"))
}

fn compare(kind: &str, path: &str, ours: &Value, theirs: &Value, wrong: &mut Vec<String>) {
    match (ours, theirs) {
        (Value::Object(own), Value::Object(fixture)) if !fixture.is_empty() => {
            let sometimes = SOMETIMES.iter().find(|(own, _)| *own == kind).map_or(&[][..], |(_, keys)| *keys);
            for (key, value) in own {
                if fixture.get(key).is_none() && !(path.is_empty() && sometimes.contains(&&**key)) {
                    wrong.push(format!("{kind}: {path}.{key} is not in the fixture"));
                } else if !ONE_OF_SEVERAL.contains(&&**key) {
                    compare(kind, &format!("{path}.{key}"), value, fixture.get(key).unwrap_or(&Value::Null), wrong);
                }
            }
            for key in fixture.keys().filter(|key| !own.contains_key(*key)) {
                wrong.push(format!("{kind}: {path}.{key} is missing"));
            }
        }
        (Value::Array(own), Value::Array(fixture)) => {
            let Some(first) = fixture.first() else { return };
            own.iter().for_each(|one| compare(kind, &format!("{path}[]"), one, first, wrong));
        }
        _ => {}
    }
}

#[tokio::test]
async fn objects_have_the_keys_of_stripes_fixtures() {
    let Some(folder) = documents() else { return };
    let fixtures = std::fs::read_to_string(folder.join("stripe-fixtures3.json")).unwrap();
    let fixtures: Value = serde_json::from_str(&fixtures).unwrap();
    let (stripe, objects) = lived().await;
    let (mut wrong, mut kinds) = (Vec::new(), std::collections::BTreeSet::new());
    for object in &objects {
        let kind = object["object"].as_str().unwrap();
        kinds.insert(kind.to_owned());
        compare(kind, "", object, &fixtures["resources"][kind], &mut wrong);
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(kinds.len(), 17, "{kinds:?}");
    drop(stripe);
}
