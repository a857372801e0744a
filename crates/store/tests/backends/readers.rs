//! Subscribers, what they get, whom nothing is sent to, and the outbox.

use model::{
    Consent, Language, Lookup, MailForm, NewsletterId, OutboxId, OutboxKind, OutboxMail, OutboxState, Sealed,
    Subscriber, SubscriberId, SubscriberState, Subscription, Suppression, SuppressionReason, Timestamp, Week,
};
use store::*;
use uuid::Uuid;

use crate::{both_backends, noon};

const WEEK: Week = Week(2_896);
const MINUTE: i64 = 60_000;

fn newsletter(number: u128) -> NewsletterId {
    NewsletterId(Uuid::from_u128(number))
}

/// Newsletters to refer to, as a backup would bring them.
async fn newsletters(tx: &mut Tx, numbers: &[u128]) {
    for number in numbers {
        let row = serde_json::json!({ "id": newsletter(*number).0.to_string(), "slug": format!("n{number}"),
            "language": "en", "position": 0, "active": true, "made_at": 1, "settings": "{}" });
        dump::load(tx, "newsletter", &[row.as_object().unwrap().clone()]).await.unwrap();
    }
}

fn subscriber(number: u8) -> Subscriber {
    Subscriber {
        id: SubscriberId(Uuid::from_u128(u128::from(number))),
        lookup: Lookup([number; 32]),
        address: Sealed(vec![number, 0, 255]),
        language: Language::english(),
        state: SubscriberState::Active,
        paused_until: None,
        form: MailForm::Full,
        neutral: false,
        consent: Consent { policy: "privacy en 3".to_owned(), week: WEEK, source: "site".to_owned() },
        bounces: 0,
    }
}

fn gets(number: u128, who: &Subscriber) -> Subscription {
    Subscription { newsletter: newsletter(number), subscriber: who.id, week: WEEK }
}

fn mail(number: u8, kind: OutboxKind, to: u8) -> OutboxMail {
    OutboxMail {
        id: OutboxId(Uuid::from_u128(u128::from(number))),
        kind,
        lookup: Lookup([to; 32]),
        language: Language::english(),
        sealed: Sealed(vec![number]),
        state: OutboxState::Pending,
        tries: 0,
        at: noon(),
        reply: None,
    }
}

#[tokio::test]
async fn a_subscriber_is_found_by_the_hash_of_the_address_and_changed() {
    both_backends(async |store| {
        let mut tx = store.begin().await.unwrap();
        let mut anna = subscriber(1);
        assert!(subscriber_insert(&mut tx, &anna).await.unwrap());
        let again = Subscriber { id: SubscriberId(Uuid::from_u128(9)), ..anna.clone() };
        assert!(!subscriber_insert(&mut tx, &again).await.unwrap(), "one address is there twice");
        assert_eq!(subscriber_by_lookup(&mut tx, &anna.lookup).await.unwrap(), Some(anna.clone()));
        assert_eq!(subscriber_by_id(&mut tx, again.id).await.unwrap(), None);
        anna.language = Language::new("fa").unwrap();
        (anna.state, anna.paused_until) = (SubscriberState::Paused, Some(Week(WEEK.0 + 4)));
        (anna.form, anna.neutral, anna.bounces) = (MailForm::Headlines, true, 2);
        anna.consent = Consent { policy: "privacy fa 1".to_owned(), week: WEEK, source: "mail".to_owned() };
        assert!(subscriber_update(&mut tx, &anna).await.unwrap());
        assert_eq!(subscriber_by_id(&mut tx, anna.id).await.unwrap(), Some(anna.clone()));
        assert_eq!(subscriber_resume(&mut tx, Week(WEEK.0 + 3)).await.unwrap(), 0, "a pause ended too early");
        assert_eq!(subscriber_resume(&mut tx, Week(WEEK.0 + 4)).await.unwrap(), 1);
        let back = subscriber_by_id(&mut tx, anna.id).await.unwrap().unwrap();
        assert_eq!((back.state, back.paused_until), (SubscriberState::Active, None));
        assert!(subscriber_delete(&mut tx, anna.id).await.unwrap());
        assert!(!subscriber_delete(&mut tx, anna.id).await.unwrap());
        assert!(!subscriber_update(&mut tx, &anna).await.unwrap(), "somebody who is gone was changed");
    })
    .await;
}

#[tokio::test]
async fn a_pause_without_an_end_lasts() {
    both_backends(async |store| {
        let mut tx = store.begin().await.unwrap();
        let anna = Subscriber { state: SubscriberState::Paused, ..subscriber(1) };
        subscriber_insert(&mut tx, &anna).await.unwrap();
        assert_eq!(subscriber_resume(&mut tx, Week(i64::MAX)).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn who_leaves_is_gone_from_the_rows_and_stays_in_the_sums_of_the_week() {
    both_backends(async |store| {
        let mut tx = store.begin().await.unwrap();
        newsletters(&mut tx, &[1, 2]).await;
        let (anna, bert) = (subscriber(1), Subscriber { language: Language::new("ru").unwrap(), ..subscriber(2) });
        for who in [&anna, &bert] {
            subscriber_insert(&mut tx, who).await.unwrap();
            assert!(subscription_insert(&mut tx, &gets(1, who)).await.unwrap());
        }
        assert!(subscription_insert(&mut tx, &gets(2, &anna)).await.unwrap());
        assert!(!subscription_insert(&mut tx, &gets(2, &anna)).await.unwrap());
        assert_eq!(subscription_of(&mut tx, anna.id).await.unwrap(), [gets(1, &anna), gets(2, &anna)]);
        let counts = subscriber_counts(&mut tx).await.unwrap();
        let told: Vec<_> = counts.iter().map(|c| (c.newsletter.0.as_u128(), c.language.as_str(), c.count)).collect();
        assert_eq!(told, [(1, "en", 1), (1, "ru", 1), (2, "en", 1)]);
        assert_eq!(subscriber_states(&mut tx).await.unwrap(), [(SubscriberState::Active, 2)]);
        let next = Week(WEEK.0 + 1);
        assert!(subscription_delete(&mut tx, newsletter(1), anna.id, next).await.unwrap());
        assert!(!subscription_delete(&mut tx, newsletter(1), anna.id, next).await.unwrap(), "counted twice");
        assert_eq!(subscription_of(&mut tx, anna.id).await.unwrap(), [gets(2, &anna)]);
        let left = Subscription { week: next, ..gets(1, &anna) };
        assert_eq!(subscription_left_of(&mut tx, anna.id).await.unwrap(), [left]);
        assert_eq!(newsletter_sizes(&mut tx).await.unwrap().get(&newsletter(1)), Some(&1), "who left is counted");
        assert_eq!(subscriber_counts(&mut tx).await.unwrap().len(), 2, "who left is counted");
        let between = subscription_between(&mut tx, anna.id, anna.id).await.unwrap();
        assert_eq!(between, [gets(2, &anna)], "who left is written out");
        subscriber_delete(&mut tx, anna.id).await.unwrap();
        assert_eq!(subscription_of(&mut tx, anna.id).await.unwrap(), [], "the subscription outlived the subscriber");
        let weeks = newsletter_week_list(&mut tx, WEEK).await.unwrap();
        let told: Vec<_> = weeks.iter().map(|w| (w.week, w.newsletter.0.as_u128(), w.came, w.gone)).collect();
        assert_eq!(told, [(WEEK, 1, 2, 0), (WEEK, 2, 1, 0), (next, 1, 0, 1)]);
        let dangling = subscription_insert(&mut tx, &gets(1, &anna)).await;
        assert!(matches!(dangling, Err(Error::Dangling(_))), "{dangling:?}");
    })
    .await;
}

#[tokio::test]
async fn who_said_never_is_not_written_to_because_of_a_milder_reason_later() {
    both_backends(async |store| {
        let mut tx = store.begin().await.unwrap();
        let lookup = Lookup([7; 32]);
        let because = |reason| Suppression { lookup, reason, week: WEEK };
        for (reason, stands) in [
            (SuppressionReason::Unsubscribed, SuppressionReason::Unsubscribed),
            (SuppressionReason::Bounce, SuppressionReason::Bounce),
            (SuppressionReason::Asked, SuppressionReason::Asked),
            (SuppressionReason::Import, SuppressionReason::Asked),
            (SuppressionReason::Complaint, SuppressionReason::Complaint),
            (SuppressionReason::Unsubscribed, SuppressionReason::Complaint),
        ] {
            suppression_insert(&mut tx, &because(reason)).await.unwrap();
            assert_eq!(suppression_by_lookup(&mut tx, &lookup).await.unwrap(), Some(because(stands)), "{reason:?}");
        }
        assert_eq!(suppression_counts(&mut tx).await.unwrap(), [(SuppressionReason::Complaint, 1)]);
        assert!(suppression_delete(&mut tx, &lookup).await.unwrap());
        assert!(!suppression_delete(&mut tx, &lookup).await.unwrap());
        assert_eq!(suppression_by_lookup(&mut tx, &lookup).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn sign_offs_wait_once_each_and_no_more_than_there_is_room_for() {
    both_backends(async |store| {
        let mut tx = store.begin().await.unwrap();
        assert!(unsubscribe_waiting_add(&mut tx, "a", WEEK, 2).await.unwrap());
        assert!(unsubscribe_waiting_add(&mut tx, "b", WEEK, 2).await.unwrap());
        assert!(unsubscribe_waiting_add(&mut tx, "a", WEEK, 2).await.unwrap(), "one that waits was refused");
        assert!(!unsubscribe_waiting_add(&mut tx, "c", WEEK, 2).await.unwrap());
        assert_eq!(unsubscribe_waiting_list(&mut tx, 10).await.unwrap(), ["a", "b"]);
        unsubscribe_waiting_delete(&mut tx, "a").await.unwrap();
        assert_eq!(unsubscribe_waiting_count(&mut tx).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_mail_that_is_asked_for_ten_times_goes_out_once_as_it_was_asked_for_last() {
    both_backends(async |store| {
        let mut tx = store.begin().await.unwrap();
        for number in 1..=10 {
            assert!(outbox_add(&mut tx, &mail(number, OutboxKind::Confirm, 1)).await.unwrap());
        }
        assert!(outbox_add(&mut tx, &mail(11, OutboxKind::Already, 1)).await.unwrap(), "another kind was not added");
        assert_eq!(outbox_stuck(&mut tx).await.unwrap(), (0, None));
        let claimed = outbox_claim(&mut tx, noon(), MINUTE).await.unwrap().unwrap();
        let wanted = OutboxMail {
            state: OutboxState::Attempting,
            tries: 1,
            at: noon().plus_millis(MINUTE),
            ..mail(10, OutboxKind::Confirm, 1)
        };
        assert_eq!(claimed, wanted);
        assert!(!outbox_add(&mut tx, &mail(12, OutboxKind::Confirm, 1)).await.unwrap(), "a mail changed on its way");
        outbox_delete(&mut tx, claimed.id).await.unwrap();
        assert!(outbox_add(&mut tx, &mail(12, OutboxKind::Confirm, 1)).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_mail_whose_worker_died_is_taken_up_when_its_lease_ends() {
    both_backends(async |store| {
        let mut tx = store.begin().await.unwrap();
        outbox_add(&mut tx, &mail(1, OutboxKind::Confirm, 1)).await.unwrap();
        let at = |minutes: i64| noon().plus_millis(minutes * MINUTE);
        assert_eq!(outbox_next_due(&mut tx).await.unwrap(), Some(noon()));
        let first = outbox_claim(&mut tx, noon(), MINUTE).await.unwrap().unwrap();
        assert_eq!(outbox_claim(&mut tx, noon(), MINUTE).await.unwrap(), None, "two workers have one mail");
        let second = outbox_claim(&mut tx, at(1), MINUTE).await.unwrap().unwrap();
        assert_eq!((first.id, second.tries), (second.id, 2));
        let late = outbox_defer(&mut tx, first.id, first.tries, at(9), "451 busy").await.unwrap();
        assert!(!late, "a worker whose lease had ended settled what another has");
        assert!(outbox_defer(&mut tx, second.id, second.tries, at(5), "451 busy").await.unwrap());
        assert_eq!(outbox_stuck(&mut tx).await.unwrap(), (1, Some("451 busy".to_owned())));
        assert_eq!(outbox_claim(&mut tx, at(4), MINUTE).await.unwrap(), None, "it was tried before its time");
        let third = outbox_claim(&mut tx, at(5), MINUTE).await.unwrap().unwrap();
        assert_eq!((third.tries, third.reply.as_deref()), (3, Some("451 busy")));
        // A clock that was put back by a day doesn't hold the mail up for a day.
        let back = Timestamp::from_millis(noon().as_millis() - 24 * 60 * MINUTE);
        assert_eq!(outbox_claim(&mut tx, back, MINUTE).await.unwrap().unwrap().tries, 4);
        assert!(outbox_put_back(&mut tx, first.id, 4, at(6), "no relay").await.unwrap());
        assert!(!outbox_put_back(&mut tx, first.id, 4, at(6), "no relay").await.unwrap());
        assert_eq!(outbox_claim(&mut tx, at(6), MINUTE).await.unwrap().unwrap().tries, 4, "what was not tried counts");
    })
    .await;
}

#[tokio::test]
async fn mails_to_who_was_erased_are_forgotten() {
    both_backends(async |store| {
        let mut tx = store.begin().await.unwrap();
        outbox_add(&mut tx, &mail(1, OutboxKind::Confirm, 1)).await.unwrap();
        outbox_add(&mut tx, &mail(2, OutboxKind::Preferences, 1)).await.unwrap();
        outbox_add(&mut tx, &mail(3, OutboxKind::Confirm, 2)).await.unwrap();
        assert_eq!(outbox_forget(&mut tx, &Lookup([1; 32])).await.unwrap(), 2);
        assert_eq!(outbox_claim(&mut tx, noon(), MINUTE).await.unwrap().unwrap().lookup, Lookup([2; 32]));
    })
    .await;
}

#[tokio::test]
async fn workers_on_several_nodes_never_have_the_same_mail() {
    both_backends(async |store| {
        let mut tx = store.begin().await.unwrap();
        for number in 0..40 {
            outbox_add(&mut tx, &mail(number, OutboxKind::Confirm, number)).await.unwrap();
        }
        tx.commit().await.unwrap();
        let mut workers = tokio::task::JoinSet::new();
        for _ in 0..4 {
            let store = store.clone();
            workers.spawn(async move {
                let mut had = Vec::new();
                loop {
                    let mut tx = store.begin().await.unwrap();
                    let claimed = outbox_claim(&mut tx, noon(), MINUTE).await.unwrap();
                    tx.commit().await.unwrap();
                    let Some(mail) = claimed else { return had };
                    had.push(mail.id);
                }
            });
        }
        let mut had: Vec<OutboxId> = workers.join_all().await.concat();
        let all = had.len();
        had.sort();
        had.dedup();
        assert_eq!((all, had.len()), (40, 40));
    })
    .await;
}
