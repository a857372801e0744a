//! Stripe's official library drives the fake, over HTTP, with its own checks of signatures.

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
    sync::Arc,
};

use model::{Clock, FixedClock, Timestamp};
use testkit::processors::FakeStripe;

/// 31 January 2026, noon.
const START: Timestamp = Timestamp::from_millis_const(1_769_860_800_000);

#[tokio::test(flavor = "multi_thread")]
async fn stripes_own_library_is_content_with_the_fake() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    if !root.join("e2e/node_modules/stripe").is_dir() {
        assert!(std::env::var_os("CI").is_none(), "Stripe's library is not installed in CI: cargo xtask setup");
        eprintln!("\n*** SKIPPED: Stripe's library is not installed: cargo xtask setup ***\n");
        return;
    }
    let clock = Arc::new(FixedClock::at(START));
    let stripe = FakeStripe::start(Arc::clone(&clock)).await.unwrap();
    let restricted = stripe.restricted_key(&["checkout_session_write"]);
    let mut node = Command::new("node")
        .arg(root.join("e2e/judges/stripe.js"))
        .envs([("FAKE_ADDRESS", &stripe.address), ("FAKE_KEY", &stripe.key)])
        .envs([("FAKE_RESTRICTED", &restricted), ("FAKE_SECRET", &stripe.secret)])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = node.stdin.take().unwrap();
    for line in BufReader::new(node.stdout.take().unwrap()).lines() {
        let line = line.unwrap();
        let (word, rest) = line.split_once(' ').unwrap_or((&line, ""));
        match word {
            "webhooks" => stripe.webhooks_to(rest),
            "move" => stripe.move_to(Timestamp::from_millis(rest.parse::<i64>().unwrap() * 1000)),
            "dispute" => drop(stripe.dispute(rest)),
            "deliver" => drop(stripe.deliver_all().await),
            "done" => break,
            other => panic!("the judge says {other}"),
        }
        writeln!(said, "{}", clock.now().as_millis() / 1000).unwrap();
    }
    assert!(node.wait().unwrap().success(), "the judge is not content, see above");
}
