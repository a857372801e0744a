//! Keys change: addresses are sealed anew page by page, look-ups change together, and with the keys everything goes.

use std::collections::BTreeSet;

use model::{
    Consent, Language, Lookup, MailForm, NewsletterId, OutboxId, OutboxKind, OutboxMail, OutboxState, Sealed,
    Subscriber, SubscriberId, SubscriberState, Suppression, SuppressionReason, Week,
};
use store::*;
use uuid::Uuid;

use crate::{both_backends, noon};

fn subscriber(number: u128) -> Subscriber {
    let mut lookup = [0; 32];
    lookup[..16].copy_from_slice(&number.to_be_bytes());
    Subscriber {
        id: SubscriberId(Uuid::from_u128(number)),
        lookup: Lookup(lookup),
        address: Sealed(vec![1, 2, 3]),
        language: Language::english(),
        state: SubscriberState::Active,
        paused_until: None,
        form: MailForm::Full,
        neutral: false,
        consent: Consent { policy: "1".to_owned(), week: Week(2_896), source: "site".to_owned() },
        bounces: 0,
    }
}

fn turned(lookup: Lookup) -> Lookup {
    Lookup(lookup.0.map(|byte| !byte))
}

async fn fill(tx: &mut Tx, count: u128) {
    for number in 1..=count {
        assert!(subscriber_insert(tx, &subscriber(number)).await.unwrap());
    }
    for number in 1..=100u8 {
        let reason = if number % 2 == 0 { SuppressionReason::Bounce } else { SuppressionReason::Asked };
        let row = Suppression { lookup: Lookup([number; 32]), reason, week: Week(i64::from(number)) };
        suppression_insert(tx, &row).await.unwrap();
    }
    let mail = OutboxMail {
        id: OutboxId(Uuid::from_u128(1)),
        kind: OutboxKind::Confirm,
        lookup: Lookup([7; 32]),
        language: Language::english(),
        sealed: Sealed(vec![1]),
        state: OutboxState::Pending,
        tries: 0,
        at: noon(),
        reply: None,
    };
    assert!(outbox_add(tx, &mail).await.unwrap());
    assert!(unsubscribe_waiting_add(tx, "token", Week(1), 10).await.unwrap());
}

#[tokio::test]
async fn every_subscriber_is_on_one_page_and_can_be_sealed_anew() {
    both_backends(async |store| {
        let mut tx = store.begin().await.unwrap();
        fill(&mut tx, 25).await;
        let (mut seen, mut after) = (BTreeSet::new(), None);
        loop {
            let page = subscriber_page(&mut tx, after, 10).await.unwrap();
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            for row in page {
                assert!(seen.insert(row.id));
                let sealed = Sealed(row.id.0.as_bytes().to_vec());
                assert!(subscriber_reseal(&mut tx, row.id, &sealed, &turned(row.lookup)).await.unwrap());
            }
        }
        assert_eq!((seen.len(), subscriber_count(&mut tx).await.unwrap()), (25, 25));
        let third = subscriber(3);
        let found = subscriber_by_lookup(&mut tx, &turned(third.lookup)).await.unwrap().unwrap();
        assert_eq!(found.id, third.id);
        assert_eq!(found.address, Sealed(third.id.0.as_bytes().to_vec()));
        assert!(
            !subscriber_reseal(&mut tx, SubscriberId(Uuid::from_u128(99)), &found.address, &third.lookup)
                .await
                .unwrap()
        );
        let taken = subscriber_reseal(&mut tx, subscriber(4).id, &Sealed(vec![]), &found.lookup).await;
        assert!(matches!(taken, Err(Error::Taken { .. })), "{taken:?}");
    })
    .await;
}

#[tokio::test]
async fn lookups_change_everywhere_or_nowhere() {
    both_backends(async |store| {
        let mut tx = store.begin().await.unwrap();
        fill(&mut tx, 1_100).await;
        tx.commit().await.unwrap();
        let mut tx = store.begin().await.unwrap();
        assert_eq!(lookup_change_all(&mut tx, &turned).await.unwrap(), 1_100 + 100 + 1);
        tx.rollback().await.unwrap();
        let mut tx = store.begin().await.unwrap();
        assert!(subscriber_by_lookup(&mut tx, &subscriber(1_100).lookup).await.unwrap().is_some());
        lookup_change_all(&mut tx, &turned).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = store.read().await.unwrap();
        for number in [1, 64, 65, 1_024, 1_025, 1_100] {
            let who = subscriber(number);
            assert_eq!(subscriber_by_lookup(&mut tx, &who.lookup).await.unwrap(), None);
            let found = subscriber_by_lookup(&mut tx, &turned(who.lookup)).await.unwrap().unwrap();
            assert_eq!((found.id, found.address), (who.id, who.address));
        }
        for number in [1u8, 2, 100] {
            assert_eq!(suppression_by_lookup(&mut tx, &Lookup([number; 32])).await.unwrap(), None);
            let found = suppression_by_lookup(&mut tx, &turned(Lookup([number; 32]))).await.unwrap().unwrap();
            assert_eq!(found.week, Week(i64::from(number)));
            assert_eq!(found.reason == SuppressionReason::Bounce, number % 2 == 0);
        }
        drop(tx);
        let mut tx = store.begin().await.unwrap();
        assert_eq!(outbox_forget(&mut tx, &turned(Lookup([7; 32]))).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn with_the_keys_everything_about_readers_goes() {
    both_backends(async |store| {
        let mut tx = store.begin().await.unwrap();
        fill(&mut tx, 3).await;
        assert_eq!(readers_delete(&mut tx).await.unwrap(), 3);
        assert_eq!(subscriber_count(&mut tx).await.unwrap(), 0);
        assert!(suppression_counts(&mut tx).await.unwrap().is_empty());
        assert_eq!(outbox_next_due(&mut tx).await.unwrap(), None);
        assert_eq!(unsubscribe_waiting_count(&mut tx).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_list_is_taken_in_at_once_and_whoever_is_there_stays_as_they_are() {
    both_backends(async |store| {
        let mut tx = store.begin().await.unwrap();
        let weekly = NewsletterId(Uuid::from_u128(77));
        let row = serde_json::json!({ "id": weekly.0.to_string(), "slug": "weekly", "language": "en", "position": 0,
            "active": true, "made_at": 1, "settings": "{}" });
        dump::load(&mut tx, "newsletter", &[row.as_object().unwrap().clone()]).await.unwrap();
        fill(&mut tx, 3).await;
        let listed: Vec<Subscriber> = (1..=700)
            .map(|number| {
                // Three of them are there already, under other ids.
                let mut row = subscriber(number);
                row.id = SubscriberId(Uuid::from_u128(10_000 + number));
                row.consent.source = "import:ghost".to_owned();
                row
            })
            .collect();
        let added = subscriber_insert_all(&mut tx, weekly, Week(2_900), &listed).await.unwrap();
        assert_eq!((added.len(), subscriber_count(&mut tx).await.unwrap()), (697, 700));
        let lookups: Vec<Lookup> = [1, 4, 9_999].map(|number| subscriber(number).lookup).to_vec();
        let known = subscriber_known(&mut tx, &lookups).await.unwrap();
        assert_eq!(known.len(), 2);
        assert_eq!((known[&lookups[0]].source.as_str(), known[&lookups[1]].source.as_str()), ("site", "import:ghost"));
        let stopped = suppression_known(&mut tx, &[Lookup([1; 32]), Lookup([9; 32]), Lookup([250; 32])]).await.unwrap();
        assert_eq!(stopped.len(), 2);
        let between = subscription_between(&mut tx, listed[3].id, listed[5].id).await.unwrap();
        assert_eq!(between.iter().map(|one| one.subscriber).collect::<Vec<_>>(), [4, 5, 6].map(|n| listed[n - 1].id));
    })
    .await;
}
