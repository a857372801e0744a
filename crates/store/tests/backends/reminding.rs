//! Reminders: taken up in the order in which they are due, moved, forgotten.

use model::{
    Language, Lookup, OutboxId, OutboxKind, OutboxMail, OutboxState, Reminder, ReminderId, Sealed,
    reminder::{Day, Every},
};
use store::*;
use uuid::Uuid;

use crate::{both_backends, noon};

fn reminder(number: u8, due: i64, every: Option<u8>) -> Reminder {
    Reminder {
        id: ReminderId(Uuid::from_u128(u128::from(number))),
        lookup: Lookup([number % 3; 32]),
        address: Sealed(vec![number]),
        language: Language::new(if number.is_multiple_of(2) { "fa" } else { "en" }).unwrap(),
        due: Day(due),
        every: every.map(Every),
        policy: "privacy/en/1".to_owned(),
        neutral: number == 1,
    }
}

#[tokio::test]
async fn what_is_due_is_taken_up_page_by_page_and_what_is_not_stays() {
    both_backends(async |store| {
        let mut tx = store.begin().await.unwrap();
        for (number, due) in [(1, 20), (2, 10), (3, 10), (4, 30)] {
            reminder_put(&mut tx, &reminder(number, due, (number == 4).then_some(3))).await.unwrap();
        }
        assert!(!reminder_waits(&mut tx, Day(9)).await.unwrap() && reminder_waits(&mut tx, Day(10)).await.unwrap());
        let first = reminder_take(&mut tx, Day(20), None, 2).await.unwrap();
        assert_eq!(first, [reminder(2, 10, None), reminder(3, 10, None)]);
        let next = reminder_take(&mut tx, Day(20), Some((first[1].due, first[1].id)), 2).await.unwrap();
        assert_eq!(next, [reminder(1, 20, None)]);
        assert!(reminder_move(&mut tx, next[0].id, Day(40)).await.unwrap());
        assert!(reminder_delete(&mut tx, first[0].id).await.unwrap());
        assert!(!reminder_delete(&mut tx, first[0].id).await.unwrap(), "it is gone already");
        assert!(!reminder_move(&mut tx, first[0].id, Day(40)).await.unwrap());
        tx.commit().await.unwrap();
        let mut tx = store.read().await.unwrap();
        let (english, persian) = (Language::english(), Language::new("fa").unwrap());
        let counts = reminder_counts(&mut tx).await.unwrap();
        assert_eq!(counts, [(Day(10), english.clone(), 1), (Day(30), persian, 1), (Day(40), english, 1)]);
    })
    .await;
}

#[tokio::test]
async fn a_transaction_that_is_dropped_leaves_a_reminder_due() {
    both_backends(async |store| {
        let mut tx = store.begin().await.unwrap();
        reminder_put(&mut tx, &reminder(1, 10, None)).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = store.begin().await.unwrap();
        reminder_delete(&mut tx, reminder(1, 10, None).id).await.unwrap();
        tx.rollback().await.unwrap();
        assert!(reminder_waits(&mut store.read().await.unwrap(), Day(10)).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn the_same_id_is_written_once_and_an_address_is_forgotten_whole() {
    both_backends(async |store| {
        let mut tx = store.begin().await.unwrap();
        for (number, due) in [(1, 10), (4, 30), (2, 20), (1, 50)] {
            reminder_put(&mut tx, &reminder(number, due, Some(12))).await.unwrap();
        }
        let of = reminder_by_lookup(&mut tx, &Lookup([1; 32])).await.unwrap();
        assert_eq!(of, [reminder(4, 30, Some(12)), reminder(1, 50, Some(12))]);
        assert_eq!(reminder_by_id(&mut tx, of[0].id).await.unwrap().as_ref(), of.first());
        let (sealed, lookup) = (Sealed(vec![9]), Lookup([9; 32]));
        assert!(reminder_reseal(&mut tx, of[0].id, &sealed, &lookup).await.unwrap());
        let page = reminder_page(&mut tx, Some(of[1].id), 10).await.unwrap();
        assert_eq!(page.iter().map(|row| row.address.0[0]).collect::<Vec<_>>(), [2, 9]);
        assert_eq!(reminder_forget(&mut tx, &Lookup([1; 32])).await.unwrap(), 1);
        assert_eq!(reminder_count(&mut tx).await.unwrap(), 2);
    })
    .await;
}

#[tokio::test]
async fn withdrawn_all_go_with_the_mails_that_wait_and_no_others() {
    both_backends(async |store| {
        let mut tx = store.begin().await.unwrap();
        reminder_put(&mut tx, &reminder(1, 10, None)).await.unwrap();
        for (number, kind) in (1..).zip([OutboxKind::Remind, OutboxKind::RemindConfirm, OutboxKind::Confirm]) {
            let mail = OutboxMail {
                id: OutboxId(Uuid::from_u128(number)),
                kind,
                lookup: Lookup([1; 32]),
                language: Language::english(),
                sealed: Sealed(vec![1]),
                state: OutboxState::Pending,
                tries: 0,
                at: noon(),
                reply: None,
            };
            outbox_add(&mut tx, &mail).await.unwrap();
        }
        assert_eq!(reminder_delete_all(&mut tx).await.unwrap(), 1);
        assert_eq!(reminder_count(&mut tx).await.unwrap(), 0);
        assert_eq!(outbox_forget(&mut tx, &Lookup([1; 32])).await.unwrap(), 1, "a newsletter's mail went, too");
        // With the keys everything about readers goes.
        reminder_put(&mut tx, &reminder(1, 10, None)).await.unwrap();
        assert_eq!(lookup_change_all(&mut tx, &|_| Lookup([8; 32])).await.unwrap(), 1);
        assert_eq!(reminder_by_lookup(&mut tx, &Lookup([8; 32])).await.unwrap().len(), 1);
        readers_delete(&mut tx).await.unwrap();
        assert_eq!(reminder_count(&mut tx).await.unwrap(), 0);
    })
    .await;
}
