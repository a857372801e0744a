//! Staff, their keys, sessions and one-time links.

use model::{AccessLink, Handle, Language, LinkPurpose, Passkey, Role, Session, Staff, StaffId, Timestamp};
use store::*;
use uuid::Uuid;

use crate::{both_backends, noon};

const HOUR: i64 = 3_600_000;

fn later(hours: i64) -> Timestamp {
    Timestamp::from_millis(noon().as_millis() + hours * HOUR)
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn person(number: u128, handle: Handle, role: Role) -> Staff {
    Staff { id: StaffId(id(number)), handle, role, active: true, language: Language::english(), created_at: noon() }
}

fn passkey(number: u128, of: &Staff) -> Passkey {
    Passkey {
        id: id(number),
        staff: of.id,
        credential: format!("credential-{number}"),
        name: "phone".to_owned(),
        created_at: noon(),
        used_at: None,
        data: "{}".to_owned(),
    }
}

fn session(number: u128, of: &Staff, at: Timestamp) -> Session {
    Session { id: id(number), hash: format!("hash-{number}"), staff: of.id, made_at: at, seen_at: at, proved_at: at }
}

#[tokio::test]
async fn an_account_is_a_pen_name_that_nobody_else_has() {
    both_backends(async |store| {
        let mut tx = store.begin().await.unwrap();
        let (anna, mut bert) = (
            person(1, Handle::parse("anna").unwrap(), Role::Publisher),
            person(2, Handle::parse("bert").unwrap(), Role::Reporter),
        );
        staff_insert(&mut tx, &anna).await.unwrap();
        staff_insert(&mut tx, &bert).await.unwrap();
        bert.role = Role::Editor;
        bert.active = false;
        assert!(staff_update(&mut tx, &bert).await.unwrap());
        tx.commit().await.unwrap();

        let mut tx = store.begin().await.unwrap();
        assert_eq!(staff_all(&mut tx).await.unwrap(), [anna.clone(), bert.clone()]);
        assert_eq!(staff_by_id(&mut tx, bert.id).await.unwrap(), Some(bert));
        assert_eq!(staff_by_handle(&mut tx, &anna.handle).await.unwrap(), Some(anna.clone()));
        assert_eq!(staff_count(&mut tx, Role::Publisher).await.unwrap(), 1);
        assert_eq!(staff_count(&mut tx, Role::Editor).await.unwrap(), 0, "a withdrawn account counts");
        let double =
            staff_insert(&mut tx, &person(3, Handle::parse("ANNA").unwrap(), Role::Reporter)).await.unwrap_err();
        assert!(matches!(double, Error::Taken { .. }), "{double}");
    })
    .await;
}

#[tokio::test]
async fn forgotten_keys_open_nothing_and_leave_the_account() {
    both_backends(async |store| {
        let mut tx = store.begin().await.unwrap();
        let (anna, bert) = (
            person(1, Handle::parse("anna").unwrap(), Role::Editor),
            person(2, Handle::parse("bert").unwrap(), Role::Editor),
        );
        for staff in [&anna, &bert] {
            staff_insert(&mut tx, staff).await.unwrap();
        }
        passkey_insert(&mut tx, &passkey(10, &anna)).await.unwrap();
        passkey_insert(&mut tx, &passkey(11, &bert)).await.unwrap();
        passkey_used(&mut tx, id(10), "{\"counter\":1}", later(1)).await.unwrap();
        let kept = passkey_list(&mut tx, anna.id).await.unwrap();
        assert_eq!((kept.len(), kept[0].used_at, kept[0].data.as_str()), (1, Some(later(1)), "{\"counter\":1}"));
        let totp = Totp { key_hash: "k".to_owned(), secret: "s".to_owned(), step: None };
        totp_set(&mut tx, anna.id, Some(&totp)).await.unwrap();
        assert_eq!(totp_of(&mut tx, anna.id).await.unwrap(), Some(totp));
        recovery_set(&mut tx, anna.id, &["a".to_owned(), "b".to_owned()]).await.unwrap();
        session_insert(&mut tx, &session(20, &anna, noon())).await.unwrap();
        session_insert(&mut tx, &session(21, &bert, noon())).await.unwrap();

        staff_forget_keys(&mut tx, anna.id).await.unwrap();
        assert_eq!(passkey_list(&mut tx, anna.id).await.unwrap(), []);
        assert_eq!(totp_of(&mut tx, anna.id).await.unwrap(), None);
        assert_eq!(recovery_left(&mut tx, anna.id).await.unwrap(), 0);
        assert_eq!(session_list(&mut tx, anna.id).await.unwrap(), []);
        assert!(staff_by_id(&mut tx, anna.id).await.unwrap().is_some());
        assert_eq!(passkey_list(&mut tx, bert.id).await.unwrap().len(), 1, "somebody else lost a key");
        assert_eq!(session_list(&mut tx, bert.id).await.unwrap().len(), 1);
        assert!(!passkey_remove(&mut tx, anna.id, id(11)).await.unwrap(), "a key of somebody else was removed");
    })
    .await;
}

#[tokio::test]
async fn a_code_works_once() {
    both_backends(async |store| {
        let mut tx = store.begin().await.unwrap();
        let anna = person(1, Handle::parse("anna").unwrap(), Role::Reporter);
        staff_insert(&mut tx, &anna).await.unwrap();
        recovery_set(&mut tx, anna.id, &(0..10).map(|n| n.to_string()).collect::<Vec<_>>()).await.unwrap();
        assert!(recovery_use(&mut tx, anna.id, "3", noon()).await.unwrap());
        assert!(!recovery_use(&mut tx, anna.id, "3", noon()).await.unwrap());
        assert!(!recovery_use(&mut tx, anna.id, "unknown", noon()).await.unwrap());
        assert_eq!(recovery_left(&mut tx, anna.id).await.unwrap(), 9);
        assert!(totp_use(&mut tx, anna.id, 100).await.unwrap());
        assert!(!totp_use(&mut tx, anna.id, 100).await.unwrap(), "the same code again");
        assert!(!totp_use(&mut tx, anna.id, 99).await.unwrap(), "an older code");
        assert!(totp_use(&mut tx, anna.id, 101).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn sessions_end_one_by_one_all_together_and_by_themselves() {
    both_backends(async |store| {
        let mut tx = store.begin().await.unwrap();
        let anna = person(1, Handle::parse("anna").unwrap(), Role::Reporter);
        staff_insert(&mut tx, &anna).await.unwrap();
        for (number, at) in [(20, noon()), (21, later(1)), (22, later(2)), (23, later(3))] {
            session_insert(&mut tx, &session(number, &anna, at)).await.unwrap();
        }
        let mut used = session_by_hash(&mut tx, "hash-20").await.unwrap().unwrap();
        (used.seen_at, used.proved_at) = (later(4), later(4));
        session_seen(&mut tx, &used).await.unwrap();
        assert_eq!(session_list(&mut tx, anna.id).await.unwrap()[0], used, "the last used is not first");
        assert!(session_end(&mut tx, anna.id, id(23)).await.unwrap());
        assert!(!session_end(&mut tx, StaffId(id(9)), id(22)).await.unwrap());
        // Idle too long: 21. Begun too long ago, though used since: 20.
        assert_eq!(session_sweep(&mut tx, later(2), later(1)).await.unwrap(), 2);
        session_insert(&mut tx, &session(24, &anna, later(4))).await.unwrap();
        assert_eq!(session_end_others(&mut tx, anna.id, Some(id(24))).await.unwrap(), 1);
        assert_eq!(session_list(&mut tx, anna.id).await.unwrap().len(), 1);
        assert_eq!(session_end_others(&mut tx, anna.id, None).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn links_and_ceremonies_work_once() {
    both_backends(async |store| {
        let mut tx = store.begin().await.unwrap();
        let anna = person(1, Handle::parse("anna").unwrap(), Role::Reporter);
        staff_insert(&mut tx, &anna).await.unwrap();
        let link = |hash: &str, purpose| AccessLink {
            hash: hash.to_owned(),
            purpose,
            made_by: "bert".to_owned(),
            made_at: noon(),
            ends_at: later(24),
        };
        let (invite, reset) = (link("i", LinkPurpose::Invite(Role::Editor)), link("r", LinkPurpose::Reset(anna.id)));
        access_link_insert(&mut tx, &invite).await.unwrap();
        access_link_insert(&mut tx, &reset).await.unwrap();
        assert_eq!(access_link_by_hash(&mut tx, "i").await.unwrap(), Some(invite));
        assert_eq!(access_link_list(&mut tx, noon()).await.unwrap().len(), 2);
        assert_eq!(access_link_list(&mut tx, later(25)).await.unwrap(), []);
        assert!(access_link_remove(&mut tx, "i").await.unwrap());
        assert!(!access_link_remove(&mut tx, "i").await.unwrap());

        ceremony_insert(&mut tx, id(30), "state", noon(), later(1)).await.unwrap();
        assert_eq!(ceremony_take(&mut tx, id(30), noon()).await.unwrap().as_deref(), Some("state"));
        assert_eq!(ceremony_take(&mut tx, id(30), noon()).await.unwrap(), None);
        ceremony_insert(&mut tx, id(31), "late", noon(), later(1)).await.unwrap();
        assert_eq!(ceremony_take(&mut tx, id(31), later(2)).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn what_opens_a_door_for_a_while_does_not_travel() {
    for table in ["session", "access_link", "ceremony"] {
        assert!(!dump::TABLES.contains(&table), "{table} lies in backups");
    }
    assert!(dump::TABLES.contains(&"staff") && dump::TABLES.contains(&"passkey"));
}
