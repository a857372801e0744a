//! Which texts are addresses, and what is said of those that are not.

use proptest::prelude::*;
use vault::{Address, AddressError, Custody, Provider, Smtputf8};

use crate::{address, keyring};

fn refused(text: &str) -> AddressError {
    Address::parse(text, Smtputf8::Refused).expect_err(text)
}

#[test]
fn addresses_that_people_have_are_taken_in_one_form() {
    for (text, wanted) in [
        ("anna@news.example", "anna@news.example"),
        (" anna@News.EXAMPLE\t", "anna@news.example"),
        ("Anna.Bell@news.example", "Anna.Bell@news.example"),
        ("anna+letters@news.example", "anna+letters@news.example"),
        ("o'hara_{x}/=?^`|~!#$%&*-@news.example", "o'hara_{x}/=?^`|~!#$%&*-@news.example"),
        ("anna@BÜCHER.example", "anna@xn--bcher-kva.example"),
        ("anna@xn--bcher-kva.example", "anna@xn--bcher-kva.example"),
        ("anna@почта.рф", "anna@xn--80a1acny.xn--p1ai"),
        ("anna@مثال.example", "anna@xn--mgbh0fb.example"),
        ("anna@ｎｅｗｓ。example", "anna@news.example"),
        ("\"anna\"@news.example", "anna@news.example"),
        ("\"an\\na\"@news.example", "anna@news.example"),
        ("\"anna bell\"@news.example", "\"anna bell\"@news.example"),
        ("\"anna@home\"@news.example", "\"anna@home\"@news.example"),
        ("\"a\\\"b\\\\c\"@news.example", "\"a\\\"b\\\\c\"@news.example"),
        ("\"<a>(b),;\"@news.example", "\"<a>(b),;\"@news.example"),
        ("a@b.cc", "a@b.cc"),
        ("anna@sub.sub.news.example", "anna@sub.sub.news.example"),
        ("anna@1and1.example", "anna@1and1.example"),
    ] {
        let parsed = Address::parse(text, Smtputf8::Refused).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(parsed.as_str(), wanted);
        assert_eq!(format!("{}@{}", parsed.local(), parsed.domain()), wanted);
        assert_eq!(address(parsed.as_str()), parsed, "a second time changes nothing");
    }
}

#[test]
fn headers_can_not_be_injected() {
    for text in [
        "anna@news.example\r\nBcc: all@news.example",
        "anna\n@news.example",
        "anna@news.example\0",
        "\"anna\r\n bell\"@news.example",
        "anna@news.example\u{2028}Bcc: x@y.example",
        "anna\u{200b}@news.example",
        "\u{feff}anna@news.example",
        "anna@news\u{202e}.example",
        "anna\u{7f}@news.example",
        "anna\u{85}@news.example",
    ] {
        assert_eq!(refused(text), AddressError::Control, "{text:?}");
    }
}

#[test]
fn what_is_no_address_is_told_why() {
    for (text, wanted) in [
        ("", AddressError::Empty),
        ("  ", AddressError::Empty),
        ("anna", AddressError::At),
        ("@news.example", AddressError::At),
        ("anna@", AddressError::At),
        ("anna@home@news.example", AddressError::At),
        ("\"anna\"news.example", AddressError::At),
        ("Anna <anna@news.example>", AddressError::NotAlone),
        ("<anna@news.example>", AddressError::NotAlone),
        ("\"Anna Bell\" <anna@news.example>", AddressError::NotAlone),
        ("anna@news.example, boris@news.example", AddressError::NotAlone),
        ("anna,boris@news.example", AddressError::NotAlone),
        ("anna@news.example;", AddressError::NotAlone),
        ("anna(home)@news.example", AddressError::Comment),
        ("anna@(home)news.example", AddressError::Comment),
        ("anna@news.example (Anna)", AddressError::Comment),
        ("anna bell@news.example", AddressError::Local),
        (".anna@news.example", AddressError::Local),
        ("anna.@news.example", AddressError::Local),
        ("an..na@news.example", AddressError::Local),
        ("anna\\@news.example", AddressError::Local),
        ("\"anna@news.example", AddressError::Local),
        ("\"\"@news.example", AddressError::Local),
        ("анна@news.example", AddressError::LocalNotAscii),
        ("anna@localhost", AddressError::Domain),
        ("anna@news example", AddressError::Domain),
        ("anna@news..example", AddressError::Domain),
        ("anna@.example", AddressError::Domain),
        ("anna@news.example.", AddressError::Domain),
        ("anna@-news.example", AddressError::Domain),
        ("anna@ne_ws.example", AddressError::Domain),
        ("anna@xn--a.example", AddressError::Domain),
        ("anna@[192.0.2.1]", AddressError::Literal),
        ("anna@192.0.2.1", AddressError::Literal),
        ("anna@[IPv6:2001:db8::1]", AddressError::Literal),
    ] {
        assert_eq!(refused(text), wanted, "{text:?}");
        assert!(wanted.to_string().len() > 20);
    }
}

#[test]
fn mailboxes_end_at_254_characters_and_at_64_before_the_at() {
    let domain = |len: usize| format!("{}.example", vec!["a".repeat(49); 5].join(".")[..len - 8].to_owned());
    assert_eq!(address(&format!("{}@{}", "a".repeat(64), domain(189))).as_str().len(), 254);
    assert_eq!(refused(&format!("{}@{}", "a".repeat(64), domain(190))), AddressError::Long);
    assert_eq!(refused(&format!("{}@news.example", "a".repeat(65))), AddressError::Long);
    assert_eq!(refused(&format!("{}@{}", "a".repeat(64), "a".repeat(255))), AddressError::Long, "320 characters");
    assert_eq!(refused(&"a@".repeat(100_000)), AddressError::Long);
    assert_eq!(refused(&format!("a@{}.example", "a".repeat(64))), AddressError::Domain, "a label has 63 at most");
}

#[test]
fn other_letters_before_the_at_need_relays_that_take_them() {
    let anna = Address::parse("анна@почта.рф", Smtputf8::Allowed).unwrap();
    assert_eq!(anna.as_str(), "анна@xn--80a1acny.xn--p1ai");
    assert!(anna.needs_smtputf8() && !address("anna@почта.рф").needs_smtputf8());
    assert_eq!(refused("анна@почта.рф"), AddressError::LocalNotAscii);
    let spaced = Address::parse("ан\u{3000}на@почта.рф", Smtputf8::Allowed);
    assert_eq!(spaced, Err(AddressError::Local));
}

#[test]
fn one_mailbox_is_found_however_it_is_written() {
    let (keyring, _) = keyring(Custody::Server, 1);
    let lookup = |text| keyring.lookup(&address(text));
    let anna = lookup("anna@bücher.example");
    for same in ["Anna@BÜCHER.example", "\"anna\"@xn--bcher-kva.example", " ANNA@xn--BCHER-kva.EXAMPLE "] {
        assert!(lookup(same) == anna, "{same}");
    }
    for other in ["anna+a@bücher.example", "an.na@bücher.example", "anna@buecher.example"] {
        assert!(lookup(other) != anna, "{other}");
    }
}

#[test]
fn providers_are_told_by_the_domain() {
    assert_eq!(address("anna@GMAIL.com").provider(), Provider::Gmail);
    assert_eq!(address("\"anna@gmail.com\"@news.example").provider(), Provider::Other);
}

proptest! {
    #[test]
    fn nothing_that_is_taken_can_break_a_line_or_an_envelope(text in "\\PC{0,20}@\\PC{1,20}", bytes in "[ -~]{1,30}@[a-z.-]{1,20}") {
        for text in [text, bytes] {
            if let Ok(address) = Address::parse(&text, Smtputf8::Allowed) {
                prop_assert!(!address.as_str().chars().any(|c| c.is_control()));
                prop_assert!(address.domain().is_ascii() && address.domain().contains('.'));
                prop_assert!(address.as_str().len() <= 254 && address.local().len() <= 64);
                prop_assert_eq!(Address::parse(address.as_str(), Smtputf8::Allowed), Ok(address));
            }
        }
    }
}
