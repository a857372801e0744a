//! `[payments]` as it is read.

use super::super::Config;
use super::*;

const WHOLE: &str = r#"
[payments]
till_secret = "hidden words that both of them know"

[[payments.gateway]]
kind = "stripe"
key = "rk_test_canary"
secret = "whsec_canary"

[[payments.gateway]]
kind = "paypal"
client = "AClient"
key = "paypal-canary"
webhook = "8PT597110X687430LKGECATA"
sandbox = true

[[payments.gateway]]
kind = "btcpay"
address = "https://pay.example.org"
store = "9CiNzKo"
key = "token-canary"
secret = "hook-canary"

[[payments.gateway]]
kind = "bank"
"#;

fn names(gateways: &[AnyGateway]) -> Vec<&str> {
    gateways.iter().map(|gateway| gateway.name().as_str()).collect()
}

#[test]
fn gateways_are_read_and_hide_their_keys() {
    let config = Config::parse(WHOLE).unwrap();
    let gateways = config.payments.gateways(Path::new("/nowhere")).unwrap();
    assert_eq!(names(&gateways), ["stripe", "paypal", "btcpay", "bank"]);
    let shown = format!("{config:?} {gateways:?}");
    assert!(!shown.contains("canary") && !shown.contains("hidden words"), "{shown}");
    assert!(Config::parse("").unwrap().payments.gateways(Path::new("/nowhere")).unwrap().is_empty());
}

#[test]
fn with_a_till_the_newsroom_needs_no_key() {
    let text = "[payments]\ntill = \"unix:/run/t.sock\"\ntill_secret = \"hidden words that both of them know\"\n\
                [[payments.gateway]]\nkind = \"stripe\"\n[[payments.gateway]]\nkind = \"bank\"\n";
    let config = Config::parse(text).unwrap();
    let gateways = config.payments.gateways(Path::new("/nowhere")).unwrap();
    assert_eq!(names(&gateways), ["stripe", "bank"]);
    assert!(format!("{gateways:?}").contains("/run/t.sock"));
    assert!(config.payments.misplaced().is_empty());
    let whole = WHOLE.replace("[payments]\n", "[payments]\ntill = \"127.0.0.1:8099\"\n");
    assert_eq!(Config::parse(&whole).unwrap().payments.misplaced(), ["stripe", "paypal", "btcpay"]);
}

#[test]
fn keys_are_read_from_files() {
    let dir = tempfile::tempdir().unwrap();
    let text = "[[payments.gateway]]\nkind = \"stripe\"\nkey_file = \"k\"\nsecret_file = \"s\"\n";
    let config = Config::parse(text).unwrap();
    let said = format!("{:#}", config.payments.own(dir.path()).unwrap_err());
    assert!(said.contains("needs its key") && said.contains("could not read"), "{said}");
    std::fs::write(dir.path().join("k"), "rk_test_1\n").unwrap();
    std::fs::write(dir.path().join("s"), "").unwrap();
    let said = format!("{:#}", config.payments.own(dir.path()).unwrap_err());
    assert!(said.contains("is empty"), "{said}");
    std::fs::write(dir.path().join("s"), "whsec_1\n").unwrap();
    assert_eq!(config.payments.own(dir.path()).unwrap().len(), 1);
}

#[test]
fn what_is_wrong_is_named_with_what_to_do() {
    for (text, words) in [
        ("[payments]\ntil = \"x\"\n", "did you mean `payments.till`"),
        ("[payments]\ntill = \"192.0.2.1:80\"\n", "unix:/run/masthead-till/till.sock"),
        ("[[payments.gateway]]\nkind = \"strip\"\n", "write one of stripe"),
        ("[[payments.gateway]]\nkind = \"stripe\"\nkeyfile = \"x\"\n", "did you mean `payments.gateway.key_file`"),
        ("[[payments.gateway]]\nkind = \"bank\"\n[[payments.gateway]]\nkind = \"bank\"\n", "two gateways"),
        ("[[payments.gateway]]\nkind = \"paypal\"\nclinet = \"x\"\n", "did you mean `payments.gateway.client`"),
        ("[[payments.gateway]]\nkind = \"btcpay\"\naddress = \"http://pay.example\"\n", "https://"),
    ] {
        let said = format!("{:#}", Config::parse(text).unwrap_err());
        assert!(said.contains(words), "{text}: {said}");
    }
    let short = Config::parse("[payments]\ntill = \"127.0.0.1:1\"\ntill_secret = \"short\"\n").unwrap();
    let said = format!("{:#}", short.payments.gateways(Path::new("/")).unwrap_err());
    assert!(said.contains("openssl rand"), "{said}");
    let bare = Config::parse("[[payments.gateway]]\nkind = \"stripe\"\n").unwrap();
    let said = format!("{:#}", bare.payments.gateways(Path::new("/")).unwrap_err());
    assert!(said.contains("MASTHEAD_STRIPE_KEY"), "{said}");
}
