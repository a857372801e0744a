//! The keyring's file: read again as it was written; whatever else it is, an error says so.

use vault::{Custody, Keyring, ParseError};

use crate::{address, keyring, somebody};

#[test]
fn a_keyring_is_read_as_it_was_written() {
    for custody in [Custody::Server, Custody::Offline] {
        let (mut keyring, chance) = keyring(custody, 1);
        let place = somebody(&chance);
        let old = keyring.seal(&chance, place, b"anna@news.example");
        keyring.rotate(&chance).unwrap();
        assert!(keyring.use_lookup_generation(2));
        for ring in [&keyring, &keyring.without_private()] {
            let read = Keyring::parse(&ring.write(None).unwrap(), None).unwrap();
            assert_eq!(read.fingerprint(), keyring.fingerprint());
            assert_eq!((read.custody(), read.can_open()), (custody, ring.can_open()));
            assert_eq!(read.lookup(&address("anna@news.example")), keyring.lookup(&address("anna@news.example")));
            assert_eq!(read.open(place, &old), ring.open(place, &old));
            assert_eq!(*read.write(None).unwrap(), *ring.write(None).unwrap());
        }
    }
}

#[test]
fn the_servers_half_does_not_hold_the_private_key() {
    let (keyring, _) = keyring(Custody::Offline, 2);
    let count = |ring: &Keyring| String::from_utf8_lossy(&ring.write(None).unwrap()).matches("\"key\"").count();
    assert_eq!((count(&keyring), count(&keyring.without_private())), (2, 1), "the transient key is all that stays");
}

#[test]
fn an_encrypted_keyring_opens_with_its_passphrase_alone() {
    let (keyring, _) = keyring(Custody::Server, 3);
    let bytes = keyring.write(Some("correct horse battery staple")).unwrap();
    assert!(Keyring::is_encrypted(&bytes) && !Keyring::is_encrypted(&keyring.write(None).unwrap()));
    let read = Keyring::parse(&bytes, Some("correct horse battery staple")).unwrap();
    assert_eq!(read.fingerprint(), keyring.fingerprint());
    assert_eq!(Keyring::parse(&bytes, None).unwrap_err(), ParseError::NeedsPassphrase);
    assert_eq!(Keyring::parse(&bytes, Some("wrong")).unwrap_err(), ParseError::WrongPassphrase);
    for cut in [30, bytes.len() / 2, bytes.len() - 1] {
        let error = Keyring::parse(&bytes[..cut], Some("correct horse battery staple")).unwrap_err();
        assert!(matches!(error, ParseError::Damaged(_)), "{cut}: {error}");
    }
}

#[test]
fn what_is_no_keyring_says_what_is_wrong_and_quotes_nothing() {
    let (keyring, _) = keyring(Custody::Server, 4);
    let text = String::from_utf8(keyring.write(None).unwrap().to_vec()).unwrap();
    let secret = text.split('"').find(|part| part.len() == 44).unwrap().to_owned();
    for (bytes, part) in [
        (String::new(), "line 1"),
        ("{}".to_owned(), "line 1"),
        (text[..text.len() - 20].to_owned(), "line "),
        (text.replace("\"masthead_keyring\": 1", "\"masthead_keyring\": 9"), "form 9"),
        (text.replacen(&secret, "AAAA", 1), "cut short"),
        (text.replace("\"server\"", "\"offline\""), "custody"),
        (text.replace("\"lookup_in_use\": 1", "\"lookup_in_use\": 2"), "lookup keys"),
        (text.replace(&format!("\"{secret}\""), ""), "no lookup key"),
    ] {
        let error = Keyring::parse(bytes.as_bytes(), None).unwrap_err().to_string();
        assert!(error.contains(part), "{error}");
        assert!(!error.contains(&secret), "{error}");
    }
}

#[test]
fn halves_that_do_not_belong_together_are_refused() {
    let text = |seed| String::from_utf8(keyring(Custody::Offline, seed).0.write(None).unwrap().to_vec()).unwrap();
    let public = |text: &str| text.split("\"public\": \"").nth(1).unwrap()[..44].to_owned();
    let (ours, theirs) = (text(5), text(6));
    let mixed = ours.replace(&public(&ours), &public(&theirs));
    assert!(Keyring::parse(mixed.as_bytes(), None).unwrap_err().to_string().contains("belong together"));
    let zero = data_encoding_zero();
    let (whole, _) = keyring(Custody::Offline, 5);
    let server = String::from_utf8(whole.without_private().write(None).unwrap().to_vec()).unwrap();
    let weak = server.replace(&public(&server), &zero);
    assert!(Keyring::parse(weak.as_bytes(), None).unwrap_err().to_string().contains("public key"));
}

/// Thirty-two zero bytes: a point that nothing should be sealed to.
fn data_encoding_zero() -> String {
    format!("{}=", "A".repeat(43))
}
