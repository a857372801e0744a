//! The vault: opened, locked, with a wrong key, while keys change, and after they were destroyed.

use std::{
    os::unix::fs::PermissionsExt,
    sync::{Arc, Mutex},
};

use ::vault::{Address, Bind, Links, OpenError, Smtputf8};
use app::{
    Error, Newsroom, pages,
    vault::{self, Closed, Custody, Function, Keyring, VaultState},
};
use model::{
    Consent, Language, Lookup, MailForm, Role, SeededChance, Subscriber, SubscriberId, SubscriberState, Suppression,
    SuppressionReason, Week,
};
use testkit::both_backends;

use crate::{denied, refused, write_site};

const HOUR: i64 = 3_600_000;

fn address(number: usize) -> Address {
    Address::parse(&format!("reader-{number}@canary.example"), Smtputf8::Refused).unwrap()
}

/// Somebody who signed up.
async fn subscriber(newsroom: &Newsroom, number: usize) -> SubscriberId {
    let keys = newsroom.keys().unwrap();
    let (id, address) = (SubscriberId::new(newsroom.chance()), address(number));
    let row = Subscriber {
        id,
        lookup: keys.lookup(&address),
        address: keys.seal(newsroom.chance(), Bind::subscriber(id), address.as_str().as_bytes()),
        language: Language::english(),
        state: SubscriberState::Active,
        paused_until: None,
        form: MailForm::Full,
        neutral: false,
        consent: Consent { policy: "1".to_owned(), week: Week(2_896), source: "site".to_owned() },
        bounces: 0,
    };
    let mut tx = newsroom.store().begin().await.unwrap();
    assert!(store::subscriber_insert(&mut tx, &row).await.unwrap());
    tx.commit().await.unwrap();
    id
}

async fn subscribers(newsroom: &Newsroom, count: usize) {
    for number in 0..count {
        subscriber(newsroom, number).await;
    }
}

/// Whether everybody is found and opens with the present keys.
async fn all_open(newsroom: &Newsroom, count: usize) -> bool {
    let keys = newsroom.keys().unwrap();
    let mut tx = newsroom.store().read().await.unwrap();
    for number in 0..count {
        let Some(row) = store::subscriber_by_lookup(&mut tx, &keys.lookup(&address(number))).await.unwrap() else {
            return false;
        };
        let opened = keys.open(Bind::subscriber(row.id), &row.address);
        if !opened.is_ok_and(|plain| plain.as_slice() == address(number).as_str().as_bytes()) {
            return false;
        }
    }
    true
}

fn why(newsroom: &Newsroom) -> Closed {
    match &*newsroom.vault() {
        VaultState::Closed(why) => why.clone(),
        VaultState::Open(_) => panic!("the vault is open"),
    }
}

async fn actions(newsroom: &Newsroom) -> Vec<(String, String)> {
    let filter = store::AuditFilter::default();
    let mut tx = newsroom.store().read().await.unwrap();
    let rows = store::audit_search(&mut tx, &filter, i64::MAX, 50).await.unwrap();
    let rows = rows.into_iter().rev().filter(|row| row.action.starts_with("vault."));
    rows.map(|row| (row.actor, row.action)).collect()
}

both_backends! {
    async fn without_its_keys_a_newsroom_publishes_and_says_what_is_closed(newsroom: TestNewsroom, anon: Anon) {
        let site = tempfile::tempdir().unwrap();
        write_site(site.path());
        newsroom.import(app::import::System::Markdown, site.path(), None).await.unwrap();
        let room = &newsroom.newsroom;
        assert_eq!(room.vault().closed_functions(), []);
        subscriber(room, 1).await;
        std::fs::rename(newsroom.keyring(), newsroom.folder().join("away")).unwrap();
        let node = newsroom.another().unwrap();
        assert_eq!(why(&node), Closed::Locked, "nobody opened it yet");
        vault::open(&node, None).await.unwrap();
        assert_eq!(why(&node), Closed::Missing);
        assert_eq!(node.vault().closed_functions(), Function::ALL);
        assert!(matches!(node.keys().map_err(Error::from), Err(Error::Closed(Closed::Missing))));
        assert!(pages::answer(&node, "/2025/07/01/first-ferry/", None).await.is_ok());
        std::fs::rename(newsroom.folder().join("away"), newsroom.keyring()).unwrap();
        vault::look(&node).await.unwrap();
        assert!(all_open(&node, 0).await && node.vault().closed_functions().is_empty(), "put back, it is taken up");
    }

    async fn a_wrong_keyring_is_recognised_and_nothing_is_sealed_with_it(newsroom: TestNewsroom, anon: Anon) {
        let room = &newsroom.newsroom;
        let ours = room.keys().unwrap().fingerprint();
        std::fs::remove_file(newsroom.keyring()).unwrap();
        let made = vault::make(&newsroom.keyring(), None, Custody::Server, None, &SeededChance::new(77)).unwrap();
        vault::open(room, None).await.unwrap();
        assert_eq!(why(room), Closed::Foreign { here: made.fingerprint, wanted: ours.clone() });
        for rubbish in ["", "no keyring", "{\"masthead_keyring\": 1}"] {
            std::fs::write(newsroom.keyring(), rubbish).unwrap();
            vault::open(room, None).await.unwrap();
            assert!(matches!(why(room), Closed::Unreadable(_)), "{rubbish}");
        }
        assert_eq!(vault::stored(room).await.unwrap().fingerprint, Some(ours));
    }

    async fn a_passphrase_opens_it_at_run_time_and_lock_closes_it(newsroom: TestNewsroom, anon: Anon) {
        let room = &newsroom.newsroom;
        let id = subscriber(room, 1).await;
        assert!(refused(vault::passphrase(room, "anna", None, Some("too short")).await).contains("12 characters"));
        vault::passphrase(room, "anna", None, Some("six words chosen by chance")).await.unwrap();
        let node = newsroom.another().unwrap();
        vault::open(&node, None).await.unwrap();
        assert_eq!(why(&node), Closed::Passphrase);
        let mut changes = node.vault_changes();
        changes.mark_unchanged();
        vault::unlock(&node, "command line", Some("not the right one")).await.unwrap();
        assert_eq!(why(&node), Closed::WrongPassphrase);
        vault::unlock(&node, "command line", Some("six words chosen by chance")).await.unwrap();
        assert!(changes.has_changed().unwrap() && all_open(&node, 0).await);
        assert!(node.keys().unwrap().open(Bind::subscriber(id), &sealed(room, id).await).is_ok());
        for slip in [Some("not the right one"), None] {
            let words = refused(vault::unlock(&node, "command line", slip).await);
            assert!(words.contains("stays open") && all_open(&node, 0).await, "a slip closed it: {words}");
        }
        vault::lock(&node, "boris").await.unwrap();
        assert_eq!(why(&node), Closed::Locked);
        vault::look(&node).await.unwrap();
        assert_eq!(why(&node), Closed::Locked, "what somebody locked opens by itself");
        let pairs = [("anna", "vault.passphrase"), ("command line", "vault.unlock"), ("boris", "vault.lock")];
        assert_eq!(actions(room).await, pairs.map(|(who, what)| (who.to_owned(), what.to_owned())));
    }

    async fn with_offline_custody_the_server_seals_and_another_machine_opens(newsroom: TestNewsroom, anon: Anon) {
        let room = &newsroom.newsroom;
        let private = newsroom.folder().join("stick/keyring");
        std::fs::remove_file(newsroom.keyring()).unwrap();
        let words = refused(vault::begin_anew(room, "anna", Custody::Offline, Some(&private), None, false).await);
        assert!(words.contains("put it back") && words.contains("--give-up"), "{words}");
        let lost = vault::begin_anew(room, "anna", Custody::Offline, None, None, true).await;
        assert!(refused(lost).contains("private half"));
        vault::begin_anew(room, "anna", Custody::Offline, Some(&private), None, true).await.unwrap();
        assert_eq!(room.vault().closed_functions(), Function::NEED_OPENING);
        for rests in [Function::Receipts, Function::Reminders, Function::Givers] {
            assert!(Function::NEED_OPENING.contains(&rests) && Function::ALL.contains(&rests), "{rests:?}");
        }
        let id = subscriber(room, 3).await;
        let (keys, bind) = (room.keys().unwrap(), Bind::subscriber(id));
        let sealed = sealed(room, id).await;
        assert_eq!(keys.open(bind, &sealed).unwrap_err(), OpenError::Closed);
        assert!(refused(vault::rotate(room, "anna", None, false, &|_, _| {}).await).contains("private keyring"));
        let mode = |path| std::fs::metadata(path).map(|meta| meta.permissions().mode() & 0o777).unwrap();
        assert_eq!((mode(&private), mode(&newsroom.keyring())), (0o600, 0o600));
        std::fs::copy(&private, newsroom.keyring()).unwrap();
        let machine = newsroom.another().unwrap();
        vault::open(&machine, None).await.unwrap();
        assert_eq!(machine.vault().closed_functions(), []);
        assert_eq!(machine.keys().unwrap().open(bind, &sealed).unwrap().as_slice(), b"reader-3@canary.example");
    }

    async fn keys_change_and_every_row_follows(newsroom: TestNewsroom, anon: Anon) {
        let room = &newsroom.newsroom;
        subscribers(room, 30).await;
        let stopped = room.keys().unwrap().lookup(&address(99));
        let suppression = Suppression { lookup: stopped, reason: SuppressionReason::Asked, week: Week(1) };
        let mut tx = room.store().begin().await.unwrap();
        store::suppression_insert(&mut tx, &suppression).await.unwrap();
        tx.commit().await.unwrap();
        let before = room.keys().unwrap();
        let id = subscriber(room, 31).await;
        let sealed_before = sealed(room, id).await;
        let link = Links(&before).unsubscribe(model::IssueId(id.0), id).url();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let note = Arc::clone(&seen);
        let on = move |done, total| note.lock().unwrap().push((done, total));
        let rotated = vault::rotate(room, "anna", None, false, &on).await.unwrap();
        assert_eq!((rotated.resealed, rotated.dead, rotated.lookups, rotated.forgotten), (31, 0, 32, true));
        assert_eq!(seen.lock().unwrap().first(), Some(&(31, 31)));
        let after = room.keys().unwrap();
        assert_eq!(after.fingerprint(), before.fingerprint());
        assert!(all_open(room, 30).await);
        assert!(after.open(Bind::subscriber(id), &sealed_before).is_err(), "an older backup is dead");
        assert!(before.open(Bind::subscriber(id), &sealed(room, id).await).is_err(), "the old keys open the new rows");
        let mut tx = room.store().read().await.unwrap();
        assert!(store::suppression_by_lookup(&mut tx, &stopped).await.unwrap().is_none());
        let found = store::suppression_by_lookup(&mut tx, &after.lookup(&address(99))).await.unwrap().unwrap();
        assert_eq!(found.reason, SuppressionReason::Asked);
        drop(tx);
        assert_eq!(Links(&after).read_unsubscribe(&link).unwrap().subscriber, id, "an old letter unsubscribes no more");
        assert!(!vault::stored(room).await.unwrap().rotating);
        let deeds = actions(room).await.into_iter().map(|(_, action)| action).collect::<Vec<_>>();
        assert_eq!(deeds, ["vault.rotate", "vault.rotated"]);
        let again = vault::rotate(room, "anna", None, true, &|_, _| {}).await.unwrap();
        assert_eq!((again.resealed, again.forgotten), (31, false));
        assert!(after.open(Bind::subscriber(id), &sealed(room, id).await).is_err());
        assert!(room.keys().unwrap().has_old() && all_open(room, 30).await);
    }

    async fn other_nodes_take_up_changed_keys_and_refuse_to_go_on_with_old_ones(newsroom: TestNewsroom, anon: Anon) {
        let room = &newsroom.newsroom;
        subscribers(room, 3).await;
        let node = newsroom.another().unwrap();
        vault::open(&node, None).await.unwrap();
        let old = std::fs::read(newsroom.keyring()).unwrap();
        vault::rotate(room, "anna", None, false, &|_, _| {}).await.unwrap();
        vault::look(&node).await.unwrap();
        assert!(all_open(&node, 3).await, "the file is on the same machine, so that the node reads it");
        let new = std::fs::read(newsroom.keyring()).unwrap();
        std::fs::write(newsroom.keyring(), &old).unwrap();
        let third = newsroom.another().unwrap();
        vault::open(&third, None).await.unwrap();
        assert_eq!(why(&third), Closed::Outdated);
        std::fs::write(newsroom.keyring(), &new).unwrap();
        vault::look(&third).await.unwrap();
        assert!(all_open(&third, 3).await);
    }

    async fn somebody_who_signs_up_twice_while_lookups_change_is_there_once(newsroom: TestNewsroom, anon: Anon) {
        let room = &newsroom.newsroom;
        subscribers(room, 2).await;
        vault::rotate(room, "anna", None, false, &|_, _| {}).await.unwrap();
        // As a request would that drew the look-up just before they changed.
        let old = room.keys().unwrap().with_lookup_generation(1).unwrap().lookup(&address(0));
        let id = SubscriberId::new(room.chance());
        let mut tx = room.store().begin().await.unwrap();
        let mut row = store::subscriber_by_lookup(&mut tx, &room.keys().unwrap().lookup(&address(0))).await.unwrap().unwrap();
        let sealed = room.keys().unwrap().seal(room.chance(), Bind::subscriber(id), b"reader-0@canary.example");
        (row.id, row.lookup, row.address) = (id, old, sealed);
        assert!(store::subscriber_insert(&mut tx, &row).await.unwrap());
        let lone = SubscriberId::new(room.chance());
        let sealed = room.keys().unwrap().seal(room.chance(), Bind::subscriber(lone), b"reader-2@canary.example");
        (row.id, row.lookup, row.address) = (lone, Lookup([7; 32]), sealed);
        assert!(store::subscriber_insert(&mut tx, &row).await.unwrap());
        tx.commit().await.unwrap();
        vault::rotate(room, "anna", None, false, &|_, _| {}).await.unwrap();
        assert_eq!(vault::stored(room).await.unwrap().subscribers, 3);
        assert!(all_open(room, 3).await, "whoever was found by no key is found again");
    }

    async fn rows_that_nothing_opens_are_counted_and_left(newsroom: TestNewsroom, anon: Anon) {
        let room = &newsroom.newsroom;
        subscribers(room, 2).await;
        let id = subscriber(room, 2).await;
        let mut tx = room.store().begin().await.unwrap();
        let lookup = room.keys().unwrap().lookup(&address(2));
        store::subscriber_reseal(&mut tx, id, &model::Sealed(vec![1, 2, 3]), &lookup).await.unwrap();
        tx.commit().await.unwrap();
        let rotated = vault::rotate(room, "anna", None, false, &|_, _| {}).await.unwrap();
        assert_eq!((rotated.resealed, rotated.dead), (2, 1));
        assert_eq!(vault::stored(room).await.unwrap().subscribers, 3);
    }

    async fn two_publishers_and_a_delay_destroy_the_keys_and_pages_stay(newsroom: TestNewsroom, anon: Anon) {
        let site = tempfile::tempdir().unwrap();
        write_site(site.path());
        newsroom.import(app::import::System::Markdown, site.path(), None).await.unwrap();
        let room = &newsroom.newsroom;
        subscribers(room, 3).await;
        let node = newsroom.another().unwrap();
        vault::open(&node, None).await.unwrap();
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap().staff;
        let boris = newsroom.person(&anon, Role::Publisher, "boris").await.unwrap().staff;
        let editor = newsroom.person(&anon, Role::Editor, "clara").await.unwrap().staff;
        assert_eq!(denied(vault::burn_ask(room, &editor, 2).await), app::staff::Denial::Role);
        for hours in [0, 169] {
            assert!(matches!(vault::burn_ask(room, &anna, hours).await, Err(Error::Burn(vault::BurnRefused::Hours))));
        }
        assert!(matches!(vault::burn_agree(room, &boris).await, Err(Error::Burn(vault::BurnRefused::NotAsked))));
        vault::burn_ask(room, &anna, 2).await.unwrap();
        assert!(matches!(vault::burn_agree(room, &anna).await, Err(Error::Burn(vault::BurnRefused::Alone))));
        assert!(matches!(vault::burn_ask(room, &boris, 2).await, Err(Error::Burn(vault::BurnRefused::Asked(_)))));
        vault::burn_cancel(room, &boris).await.unwrap();
        vault::burn_ask(room, &anna, 2).await.unwrap();
        newsroom.clock.advance_millis(73 * HOUR);
        assert!(matches!(vault::burn_agree(room, &boris).await, Err(Error::Burn(vault::BurnRefused::NotAsked))), "it lapsed");
        vault::burn_ask(room, &anna, 2).await.unwrap();
        let burn = vault::burn_agree(room, &boris).await.unwrap();
        assert_eq!(burn.agreed.unwrap().1, room.clock().now().plus_millis(2 * HOUR));
        newsroom.clock.advance_millis(2 * HOUR - 1);
        vault::look(room).await.unwrap();
        assert!(all_open(room, 3).await, "it burned too early");
        newsroom.clock.advance_millis(1);
        vault::look(room).await.unwrap();
        assert_eq!(why(room), Closed::Burned);
        assert!(!newsroom.keyring().exists());
        assert_eq!(vault::stored(room).await.unwrap().subscribers, 0);
        vault::look(&node).await.unwrap();
        assert_eq!(why(&node), Closed::Burned, "another node goes on with the keys");
        assert!(pages::answer(room, "/2025/07/01/first-ferry/", None).await.is_ok());
        let deeds = actions(room).await;
        assert_eq!(deeds.last().unwrap(), &("masthead".to_owned(), "vault.burn".to_owned()));
        vault::begin_anew(room, "anna", Custody::Server, None, None, false).await.unwrap();
        subscribers(room, 1).await;
        assert!(all_open(room, 1).await);
    }

    async fn a_restored_backup_holds_no_keys_and_burns_nothing(newsroom: TestNewsroom, anon: Anon) {
        let room = &newsroom.newsroom;
        subscribers(room, 5).await;
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap().staff;
        let boris = newsroom.person(&anon, Role::Publisher, "boris").await.unwrap().staff;
        vault::burn_ask(room, &anna, 1).await.unwrap();
        vault::burn_agree(room, &boris).await.unwrap();
        let file = newsroom.folder().join("backup.tar.zst");
        app::backup::write(room, &file, &|_, _| {}).await.unwrap();
        let bytes = std::fs::read(&file).unwrap();
        let whole = zstd::decode_all(std::io::Cursor::new(&bytes)).unwrap();
        let text = String::from_utf8_lossy(&std::fs::read(newsroom.keyring()).unwrap()).into_owned();
        let keys: Vec<&str> = text.split('"').filter(|part| part.len() == 44).collect();
        assert!(keys.len() >= 4);
        for key in keys {
            let raw = data_encoding::BASE64.decode(key.as_bytes()).unwrap();
            assert!(!contains(&whole, key.as_bytes()) && !contains(&whole, &raw), "a key is in the backup");
        }
        assert!(!contains(&whole, b"canary.example"), "an address is in the backup");
        let dir = tempfile::tempdir().unwrap();
        let other = crate::backup::empty_newsroom_with(dir.path(), Some(newsroom.keyring())).await;
        crate::backup::restore(&other, bytes, dir.path()).await.unwrap();
        vault::open(&other, None).await.unwrap();
        assert!(all_open(&other, 5).await, "with the keyring, a restored backup opens");
        assert_eq!(vault::burn_pending(&other).await.unwrap(), None);
        assert!(vault::burn_pending(room).await.unwrap().is_some());
    }
}

async fn sealed(newsroom: &Newsroom, id: SubscriberId) -> model::Sealed {
    let mut tx = newsroom.store().read().await.unwrap();
    store::subscriber_by_id(&mut tx, id).await.unwrap().unwrap().address
}

pub(crate) fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn a_keyring_is_never_written_over() {
    let dir = tempfile::tempdir().unwrap();
    let (path, chance) = (dir.path().join("keyring"), SeededChance::new(1));
    let make = |private: Option<&std::path::Path>, custody| vault::make(&path, private, custody, None, &chance);
    let made = make(None, Custody::Server).unwrap();
    assert!(made.to_string().contains(&made.fingerprint));
    assert!(refused(make(None, Custody::Server)).contains("never written over"));
    let other = dir.path().join("other");
    let both = vault::make(&other, Some(&other.with_extension("x")), Custody::Server, None, &chance);
    assert!(refused(both).contains("no private half"));
    let read = Keyring::parse(&std::fs::read(&path).unwrap(), None).unwrap();
    assert_eq!(read.fingerprint(), made.fingerprint);
}
