//! Deliveries that come back, and what that makes of subscribers.

use model::{Bounce, IssueId, NewsletterId, SeededChance, SubscriberId, SubscriberState, Timestamp};
use serde_json::{Value, json};
use store::*;

use crate::{both_backends, noon};

/// A newsletter, and somebody who gets it.
struct Letter {
    newsletter: NewsletterId,
    reader: SubscriberId,
    chance: SeededChance,
}

async fn load(store: &Store, table: &str, row: Value) {
    let mut tx = store.begin().await.unwrap();
    dump::load(&mut tx, table, &[row.as_object().unwrap().clone()]).await.unwrap();
    tx.commit().await.unwrap();
}

impl Letter {
    async fn new(store: &Store) -> Self {
        let chance = SeededChance::new(5);
        let (newsletter, reader) = (NewsletterId::new(noon(), &chance), SubscriberId::new(&chance));
        let row = json!({ "id": newsletter, "slug": "weekly", "language": "en", "position": 0, "active": true, "made_at": 1,
            "settings": "{}" });
        load(store, "newsletter", row).await;
        let row = json!({ "id": reader, "lookup": data_encoding::BASE64.encode(&[1; 32]), "address": "AwT/", "language": "en", "state": "paused",
            "paused_until": 9_000, "form": "full", "neutral": false, "policy": "1", "consent_week": 2800, "source": "site",
            "bounces": 0 });
        load(store, "subscriber", row).await;
        Self { newsletter, reader, chance }
    }

    /// An issue that ended some hours after noon, with their delivery in it.
    async fn issue(&self, store: &Store, number: i64, hours: i64, state: &str, tries: i64) -> IssueId {
        let issue = IssueId::new(noon(), &self.chance);
        let row = json!({ "id": issue, "newsletter": self.newsletter, "number": number, "state": "sent", "why": null,
            "due_at": null, "slot": null, "version": 1, "saved_at": 1, "saved_by": "anna", "approved_at": 1,
            "approved_by": "anna", "frozen_at": 1, "frozen": 1, "ended_at": hour(hours).as_millis(), "path": null,
            "content": "{}" });
        load(store, "issue", row).await;
        let row = json!({ "issue": issue, "number": 1, "subscriber": self.reader, "form": "full.own", "state": state,
            "tries": tries, "doubts": 0, "at": 1, "reply": null, "bounce": null });
        load(store, "delivery", row).await;
        issue
    }

    async fn bounces(&self, store: &Store) -> i64 {
        let mut tx = store.read().await.unwrap();
        subscriber_by_id(&mut tx, self.reader).await.unwrap().unwrap().bounces
    }
}

fn hour(hours: i64) -> Timestamp {
    noon().plus_millis(hours * 3_600_000)
}

#[tokio::test]
async fn a_delivery_comes_back_once_in_each_way() {
    both_backends(async |store| {
        let letter = Letter::new(&store).await;
        let issue = letter.issue(&store, 1, 0, "accepted", 1).await;
        let mut tx = store.begin().await.unwrap();
        for (bounce, expected) in [
            (Bounce::Soft, Some(None)),
            (Bounce::Soft, None),
            (Bounce::Hard, Some(Some(Bounce::Soft))),
            (Bounce::Soft, None),
            (Bounce::Hard, None),
            (Bounce::Complaint, Some(Some(Bounce::Hard))),
            (Bounce::Complaint, None),
            (Bounce::Hard, None),
        ] {
            let came_back = delivery_bounced(&mut tx, issue, 1, bounce).await.unwrap();
            let expected = expected.map(|before| CameBack { subscriber: letter.reader, before });
            assert_eq!(came_back, expected, "{bounce:?}");
        }
        assert_eq!(delivery_by_number(&mut tx, issue, 1).await.unwrap().unwrap().bounce, Some(Bounce::Complaint));
    })
    .await;
}

#[tokio::test]
async fn what_was_never_sent_and_what_is_not_there_comes_back_in_no_way() {
    both_backends(async |store| {
        let letter = Letter::new(&store).await;
        let pending = letter.issue(&store, 1, 0, "pending", 0).await;
        let uncertain = letter.issue(&store, 2, 0, "uncertain", 1).await;
        let mut tx = store.begin().await.unwrap();
        assert_eq!(delivery_bounced(&mut tx, pending, 1, Bounce::Hard).await.unwrap(), None);
        assert_eq!(delivery_bounced(&mut tx, pending, 2, Bounce::Hard).await.unwrap(), None);
        let nobody = IssueId::new(noon(), &letter.chance);
        assert_eq!(delivery_bounced(&mut tx, nobody, 1, Bounce::Hard).await.unwrap(), None);
        assert!(delivery_bounced(&mut tx, uncertain, 1, Bounce::Hard).await.unwrap().is_some(), "it had arrived");
    })
    .await;
}

#[tokio::test]
async fn bounces_in_a_row_are_counted_until_a_mail_comes_through() {
    both_backends(async |store| {
        let letter = Letter::new(&store).await;
        let first = letter.issue(&store, 1, 0, "accepted", 1).await;
        letter.issue(&store, 2, 24, "accepted", 1).await;
        letter.issue(&store, 3, 48, "failed", 1).await;
        let mut tx = store.begin().await.unwrap();
        delivery_bounced(&mut tx, first, 1, Bounce::Soft).await.unwrap();
        assert_eq!(subscriber_bounce_count(&mut tx, letter.reader).await.unwrap(), 1);
        assert_eq!(subscriber_bounce_count(&mut tx, letter.reader).await.unwrap(), 2);
        tx.commit().await.unwrap();
        for (after, until, ended) in [(-1, 23, 0), (24, 48, 0), (23, 24, 1), (23, 24, 0)] {
            let mut tx = store.begin().await.unwrap();
            let done = subscriber_bounces_end(&mut tx, hour(after), hour(until)).await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(done, ended, "{after} to {until}");
        }
        assert_eq!(letter.bounces(&store).await, 0);
        let mut tx = store.begin().await.unwrap();
        assert_eq!(subscriber_bounce_count(&mut tx, SubscriberId::new(&letter.chance)).await.unwrap(), 0, "nobody");
    })
    .await;
}

#[tokio::test]
async fn who_is_given_up_stays_so() {
    both_backends(async |store| {
        let letter = Letter::new(&store).await;
        letter.issue(&store, 1, 0, "accepted", 1).await;
        let mut tx = store.begin().await.unwrap();
        subscriber_bounce_count(&mut tx, letter.reader).await.unwrap();
        assert!(subscriber_bounced(&mut tx, letter.reader).await.unwrap());
        assert!(!subscriber_bounced(&mut tx, SubscriberId::new(&letter.chance)).await.unwrap());
        assert_eq!(subscriber_bounces_end(&mut tx, hour(-1), hour(1)).await.unwrap(), 0);
        let reader = subscriber_by_id(&mut tx, letter.reader).await.unwrap().unwrap();
        assert_eq!((reader.state, reader.paused_until), (SubscriberState::Bounced, None));
    })
    .await;
}
