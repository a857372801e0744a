//! What is sealed opens in its place, with its key, unchanged; and tells nothing.

use std::collections::BTreeSet;

use model::{OutboxId, Sealed};
use proptest::prelude::*;
use vault::{BUCKETS, Bind, Custody, Keyring, OpenError};

use crate::{address, keyring, somebody};

const BOTH: [Custody; 2] = [Custody::Server, Custody::Offline];

#[test]
fn what_was_sealed_opens_in_its_place() {
    for custody in BOTH {
        let (keyring, chance) = keyring(custody, 1);
        let place = somebody(&chance);
        let sealed = keyring.seal(&chance, place, b"anna@news.example");
        assert_eq!(&**keyring.open(place, &sealed).unwrap(), b"anna@news.example");
        assert_ne!(
            sealed,
            keyring.seal(&chance, place, b"anna@news.example"),
            "the same twice tells that it is the same"
        );
        assert_eq!(vault::sealed_with(&sealed), keyring.current());
    }
}

#[test]
fn another_row_field_or_noun_is_refused() {
    for custody in BOTH {
        let (keyring, chance) = keyring(custody, 2);
        let place = somebody(&chance);
        let sealed = keyring.seal(&chance, place, b"anna@news.example");
        for other in [
            somebody(&chance),
            Bind { field: "name", ..place },
            Bind { noun: "contributor", ..place },
            Bind { noun: "subscribera", field: "ddress", ..place },
        ] {
            assert_eq!(keyring.open(other, &sealed).unwrap_err(), OpenError::Forged, "{other:?}");
        }
    }
}

#[test]
fn lengths_tell_only_the_size_that_they_fall_into() {
    for (custody, more) in [(Custody::Server, 6 + 24 + 16), (Custody::Offline, 6 + 32 + 16)] {
        let (keyring, chance) = keyring(custody, 3);
        let len = |plain: usize| keyring.seal(&chance, somebody(&chance), &vec![b'a'; plain]).0.len();
        let seen: BTreeSet<_> = (0..=1020).step_by(5).map(len).collect();
        assert_eq!(seen, BUCKETS.into_iter().map(|bucket| bucket + more).collect());
        assert_eq!(len("a@b.cc".len()), len("christiane.muster@newsroom.example".len()));
    }
}

#[test]
fn a_machine_without_the_private_half_seals_and_does_not_open() {
    let (whole, chance) = keyring(Custody::Offline, 4);
    let server = whole.without_private();
    let place = somebody(&chance);
    let sealed = server.seal(&chance, place, b"anna@news.example");
    assert!(whole.can_open() && !server.can_open());
    assert_eq!(server.open(place, &sealed).unwrap_err(), OpenError::Closed);
    assert_eq!(&**whole.open(place, &sealed).unwrap(), b"anna@news.example");
    assert_eq!(server.fingerprint(), whole.fingerprint());
    let anna = address("anna@news.example");
    assert_eq!(server.lookup(&anna), whole.lookup(&anna), "a subscriber is found with either half");
}

#[test]
fn what_waits_to_go_out_opens_on_the_server_whoever_has_custody() {
    for custody in BOTH {
        let (whole, chance) = keyring(custody, 5);
        let server = whole.without_private();
        let place = Bind::outbox(OutboxId::new(&chance));
        let sealed = server.seal_transient(&chance, place, b"a whole mail");
        assert_eq!(&**server.open_transient(place, &sealed).unwrap(), b"a whole mail");
        assert!(matches!(server.open(place, &sealed), Err(OpenError::UnknownKey(_))));
        let address = server.seal(&chance, place, b"anna@news.example");
        assert!(matches!(server.open_transient(place, &address), Err(OpenError::UnknownKey(_))));
    }
}

#[test]
fn another_newsrooms_key_is_known_as_such() {
    for custody in BOTH {
        let (ours, chance) = keyring(custody, 6);
        let (theirs, _) = keyring(custody, 7);
        let place = somebody(&chance);
        let sealed = ours.seal(&chance, place, b"anna@news.example");
        let id = ours.current().unwrap();
        assert_eq!(theirs.open(place, &sealed).unwrap_err(), OpenError::UnknownKey(id));
        assert_ne!(ours.fingerprint(), theirs.fingerprint());
        let anna = address("anna@news.example");
        assert_ne!(ours.lookup(&anna), theirs.lookup(&anna));
    }
}

#[test]
fn nothing_secret_is_printed() {
    let (keyring, chance) = keyring(Custody::Server, 8);
    let text = format!("{keyring:?} {:#?} {:?}", keyring, address("anna@news.example"));
    assert!(!text.contains("anna"));
    let written = String::from_utf8(keyring.write(None).unwrap().to_vec()).unwrap();
    let secrets: Vec<_> = written.split('"').filter(|part| part.len() == 44).collect();
    assert_eq!(secrets.len(), 4, "a key of each kind");
    assert!(secrets.iter().all(|secret| !text.contains(secret)));
    let sealed = keyring.seal(&chance, somebody(&chance), b"anna@news.example");
    assert!(!sealed.0.windows(4).any(|bytes| bytes == b"anna"));
}

fn changed(sealed: &Sealed, at: usize, bit: u8) -> Sealed {
    let mut bytes = sealed.0.clone();
    let at = at % bytes.len();
    bytes[at] ^= 1 << bit;
    Sealed(bytes)
}

fn refuses(keyring: &Keyring, place: Bind, sealed: &Sealed) -> bool {
    keyring.open(place, sealed).is_err() && keyring.open_transient(place, sealed).is_err()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_sealed_comes_back(plain in proptest::collection::vec(any::<u8>(), 0..3000), offline: bool) {
        let (keyring, chance) = keyring(BOTH[usize::from(offline)], 9);
        let place = somebody(&chance);
        prop_assert_eq!(&**keyring.open(place, &keyring.seal(&chance, place, &plain)).unwrap(), &plain[..]);
        prop_assert_eq!(&**keyring.open_transient(place, &keyring.seal_transient(&chance, place, &plain)).unwrap(), &plain[..]);
    }

    #[test]
    fn one_changed_bit_is_refused(at: usize, bit in 0u8..8, offline: bool) {
        let (keyring, chance) = keyring(BOTH[usize::from(offline)], 10);
        let place = somebody(&chance);
        prop_assert!(refuses(&keyring, place, &changed(&keyring.seal(&chance, place, b"anna@news.example"), at, bit)));
        prop_assert!(refuses(&keyring, place, &changed(&keyring.seal_transient(&chance, place, b"a mail"), at, bit)));
    }

    #[test]
    fn what_was_cut_or_is_rubbish_is_refused(cut in 0usize..100, rubbish in proptest::collection::vec(any::<u8>(), 0..200), offline: bool) {
        let (keyring, chance) = keyring(BOTH[usize::from(offline)], 11);
        let place = somebody(&chance);
        let sealed = keyring.seal(&chance, place, b"anna@news.example");
        prop_assert!(refuses(&keyring, place, &Sealed(sealed.0[..cut].to_vec())));
        prop_assert!(refuses(&keyring, place, &Sealed([sealed.0.as_slice(), &[0]].concat())));
        prop_assert!(refuses(&keyring, place, &Sealed([&sealed.0[..6], &rubbish].concat())));
        prop_assert!(refuses(&keyring, place, &Sealed(rubbish)));
    }
}
