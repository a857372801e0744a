//! Keys change while everything goes on, and old ones go when nothing needs them.

use vault::{Custody, Links, OpenError, RotateError, TokenError};

use crate::{address, keyring, somebody};

#[test]
fn old_rows_open_until_they_were_sealed_anew() {
    for custody in [Custody::Server, Custody::Offline] {
        let (mut keyring, chance) = keyring(custody, 1);
        let place = somebody(&chance);
        let old = keyring.seal(&chance, place, b"anna@news.example");
        let waiting = keyring.seal_transient(&chance, place, b"a mail");
        let before = keyring.current();
        assert!(!keyring.has_old());
        let now = keyring.rotate(&chance).unwrap();
        assert!(keyring.has_old() && keyring.current() == Some(now) && before != Some(now));
        assert_eq!(&**keyring.open(place, &old).unwrap(), b"anna@news.example");
        assert_eq!(&**keyring.open_transient(place, &waiting).unwrap(), b"a mail");
        let new = keyring.reseal(&chance, place, &old).unwrap().expect("it is sealed with the old key");
        assert_eq!(keyring.reseal(&chance, place, &new).unwrap(), None, "it is sealed with the new key");
        keyring.forget_old();
        assert!(!keyring.has_old());
        assert_eq!(&**keyring.open(place, &new).unwrap(), b"anna@news.example");
        assert_eq!(keyring.open(place, &old).unwrap_err(), OpenError::UnknownKey(before.unwrap()));
        assert_eq!(&**keyring.open_transient(place, &waiting).unwrap(), b"a mail", "it may wait for days");
        keyring.rotate(&chance).unwrap();
        keyring.forget_old();
        assert!(keyring.open_transient(place, &waiting).is_err());
    }
}

#[test]
fn a_server_without_the_private_half_makes_no_new_keys() {
    let (mut whole, chance) = keyring(Custody::Offline, 2);
    assert_eq!(whole.without_private().rotate(&chance), Err(RotateError::Closed));
    let place = somebody(&chance);
    let now = whole.rotate(&chance).unwrap();
    let server = whole.without_private();
    assert!(server.knows(now));
    assert_eq!(&**whole.open(place, &server.seal(&chance, place, b"anna@news.example")).unwrap(), b"anna@news.example");
}

#[test]
fn lookups_are_carried_over_without_the_address() {
    let (mut keyring, chance) = keyring(Custody::Server, 3);
    let anna = address("anna@news.example");
    let old = keyring.lookup(&anna);
    keyring.rotate(&chance).unwrap();
    assert_eq!(keyring.lookup(&anna), old, "rows are found as before until all were carried over");
    assert_eq!((keyring.lookup_generation(), keyring.lookup_generations()), (1, 2));
    let new = keyring.lookup_after(1, old).unwrap();
    assert_ne!(new, old);
    assert_eq!(keyring.with_lookup_generation(2).unwrap().lookup(&anna), new);
    assert!(keyring.with_lookup_generation(3).is_none());
    assert!(keyring.use_lookup_generation(2));
    assert_eq!(keyring.lookup(&anna), new);
    assert_eq!(keyring.lookup_after(2, new), None);
    assert!(!keyring.use_lookup_generation(3) && !keyring.use_lookup_generation(0));
    keyring.forget_old();
    assert_eq!(keyring.lookup(&anna), new, "the keys of look-ups stay: one is put around the other");
}

#[test]
fn the_fingerprint_and_message_ids_outlive_a_rotation() {
    let (mut keyring, chance) = keyring(Custody::Server, 4);
    let issue = model::IssueId(model::Chance::uuid_v4(&chance));
    let before = (keyring.fingerprint(), keyring.message_name(issue, 7));
    keyring.rotate(&chance).unwrap();
    assert_eq!((keyring.fingerprint(), keyring.message_name(issue, 7)), before);
    assert_ne!(keyring.message_name(issue, 8), before.1);
    assert_eq!(before.1.len(), 32);
}

#[test]
fn old_letters_still_unsubscribe_but_old_links_show_no_preferences() {
    let (mut keyring, chance) = keyring(Custody::Server, 5);
    let (issue, subscriber) = (model::IssueId(model::Chance::uuid_v4(&chance)), model::SubscriberId::new(&chance));
    let (leave, bounce) = (Links(&keyring).unsubscribe(issue, subscriber), Links(&keyring).bounce(issue, 1));
    let preferences = Links(&keyring).preferences(subscriber, model::Week(3000));
    for _ in 0..3 {
        keyring.rotate(&chance).unwrap();
        keyring.forget_old();
    }
    assert_eq!(Links(&keyring).read_unsubscribe(&leave.url()).unwrap().subscriber, subscriber);
    assert_eq!(Links(&keyring).read_bounce(&bounce.mail()).unwrap(), (issue, 1));
    let read = Links(&keyring).read_preferences(&preferences.url(), model::Week(2900));
    assert_eq!(read.unwrap_err(), TokenError::Forged);
}
