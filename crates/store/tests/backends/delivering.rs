//! Deliveries: a frozen audience, and every way from pending to settled.

use std::collections::HashSet;

use model::{
    DeliveryState, Exclusion, IssueForm, IssueId, IssueState, MailForm, NewsletterId, SeededChance, SubjectLine,
    SubscriberId, Timestamp, Week,
};
use serde_json::{Value, json};
use store::*;

use crate::{both_backends, noon};

const WEEK: Week = Week(2_895);

/// A newsletter with an approved issue, and who gets it.
struct Letter {
    newsletter: NewsletterId,
    issue: IssueId,
    chance: SeededChance,
}

impl Letter {
    async fn new(store: &Store) -> Self {
        let chance = SeededChance::new(5);
        let (newsletter, issue) = (NewsletterId::new(noon(), &chance), IssueId::new(noon(), &chance));
        let mut tx = store.begin().await.unwrap();
        let row = json!({ "id": newsletter, "slug": format!("n{newsletter}"), "language": "en", "position": 0, "active": true,
            "made_at": 1, "settings": "{}" });
        load(&mut tx, "newsletter", vec![row]).await;
        let made = model::Issue {
            id: issue,
            newsletter,
            number: 1,
            state: IssueState::Approved,
            why: None,
            due_at: None,
            slot: None,
            version: 3,
            saved: (noon(), "anna".to_owned()),
            approved: Some((noon(), "ben".to_owned())),
            frozen_at: None,
            frozen: 0,
            ended_at: None,
            path: None,
            content: model::IssueContent::default(),
        };
        assert!(issue_insert(&mut tx, &made).await.unwrap());
        tx.commit().await.unwrap();
        Self { newsletter, issue, chance }
    }

    /// Somebody who gets it; `change` says what is different about them.
    async fn reader(&self, tx: &mut Tx, change: Value) -> SubscriberId {
        let id = SubscriberId::new(&self.chance);
        let lookup = data_encoding::BASE64.encode(id.0.as_bytes());
        let mut row = json!({ "id": id, "lookup": lookup, "address": lookup, "language": "en", "state": "active",
            "paused_until": null, "form": "full", "neutral": false, "policy": "1", "consent_week": 2800, "source": "site",
            "bounces": 0 });
        row.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        load(tx, "subscriber", vec![row]).await;
        load(tx, "subscription", vec![json!({ "newsletter": self.newsletter, "subscriber": id, "week": 2800 })]).await;
        id
    }

    async fn readers(&self, store: &Store, count: usize) -> Vec<SubscriberId> {
        let mut tx = store.begin().await.unwrap();
        let mut ids = Vec::new();
        for _ in 0..count {
            ids.push(self.reader(&mut tx, json!({})).await);
        }
        tx.commit().await.unwrap();
        ids
    }

    async fn suppress(&self, tx: &mut Tx, id: SubscriberId) {
        let lookup = data_encoding::BASE64.encode(id.0.as_bytes());
        load(tx, "suppression", vec![json!({ "lookup": lookup, "reason": "complaint", "week": 1 })]).await;
    }

    fn audience(&self) -> Audience {
        Audience { newsletter: self.newsletter, week: WEEK, share: Share::NOBODY }
    }

    async fn freeze(&self, store: &Store) -> i64 {
        let mut tx = store.begin().await.unwrap();
        assert!(sending_start(&mut tx, self.issue, 3, noon()).await.unwrap());
        let frozen = delivery_freeze(&mut tx, self.issue, &self.audience()).await.unwrap();
        sending_frozen(&mut tx, self.issue, frozen).await.unwrap();
        tx.commit().await.unwrap();
        frozen
    }

    async fn reserve(&self, tx: &mut Tx, state: DeliveryState, now: Timestamp, limit: i64) -> Vec<Reserved> {
        let until = now.plus_millis(60_000);
        let wanted = Reserve { state, now, until, after: (Timestamp::from_millis(-1), 0), limit };
        delivery_reserve(tx, self.issue, &wanted).await.unwrap()
    }

    async fn begin(&self, tx: &mut Tx, now: Timestamp, reserved: &[Reserved]) -> Begun {
        let begin = Begin { newsletter: self.newsletter, week: WEEK, until: now.plus_millis(60_000) };
        let held: Vec<_> = reserved.iter().map(|one| (one.number, one.until)).collect();
        let mut begun = delivery_begin(tx, self.issue, &begin, &held).await.unwrap();
        begun.begun.sort_unstable();
        begun.excluded.sort_by_key(|(number, _)| *number);
        begun
    }

    async fn counts(&self, store: &Store) -> Vec<(DeliveryState, i64)> {
        let counts = delivery_counts(&mut store.read().await.unwrap(), self.issue).await.unwrap();
        DeliveryState::ALL
            .into_iter()
            .filter_map(|state| counts.iter().find(|(found, _)| *found == state).copied())
            .collect()
    }
}

async fn load(tx: &mut Tx, table: &str, rows: Vec<Value>) {
    let rows: Vec<dump::Row> = rows.into_iter().map(|row| row.as_object().unwrap().clone()).collect();
    dump::load(tx, table, &rows).await.unwrap();
}

fn settled(number: i64, tries: i64, state: DeliveryState) -> Settled {
    Settled { number, tries, state, at: noon(), doubt: false, untried: false, reply: None }
}

#[tokio::test]
async fn the_audience_is_who_wants_it_in_the_order_of_random_ids() {
    both_backends(async |store| {
        let letter = Letter::new(&store).await;
        let mut tx = store.begin().await.unwrap();
        let mut wanted = Vec::new();
        for change in [
            json!({}),
            json!({ "form": "headlines" }),
            json!({ "neutral": true }),
            json!({ "state": "paused", "paused_until": WEEK.0 }),
        ] {
            wanted.push(letter.reader(&mut tx, change).await);
        }
        letter.reader(&mut tx, json!({ "state": "paused" })).await;
        letter.reader(&mut tx, json!({ "state": "paused", "paused_until": WEEK.0 + 1 })).await;
        letter.reader(&mut tx, json!({ "state": "bounced" })).await;
        let complained = letter.reader(&mut tx, json!({})).await;
        letter.suppress(&mut tx, complained).await;
        tx.commit().await.unwrap();
        assert_eq!(letter.freeze(&store).await, 4);
        let mut tx = store.begin().await.unwrap();
        let mut sorted = wanted.clone();
        sorted.sort();
        for (number, id) in (1..).zip(&sorted) {
            let delivery = delivery_by_number(&mut tx, letter.issue, number).await.unwrap().unwrap();
            assert_eq!((delivery.subscriber, delivery.state), (*id, DeliveryState::Pending));
            assert_eq!(delivery_by_subscriber(&mut tx, letter.issue, *id).await.unwrap(), Some(delivery));
        }
        let form = async |tx: &mut Tx, index: usize| {
            delivery_by_subscriber(tx, letter.issue, wanted[index]).await.unwrap().unwrap().form
        };
        let own = IssueForm { form: MailForm::Full, subject: SubjectLine::Own };
        assert_eq!(form(&mut tx, 0).await, own);
        assert_eq!(form(&mut tx, 1).await, IssueForm { form: MailForm::Headlines, ..own });
        assert_eq!(form(&mut tx, 2).await, IssueForm { subject: SubjectLine::Neutral, ..own });
        let sending = sending_by_id(&mut tx, letter.issue).await.unwrap().unwrap();
        assert_eq!((sending.state, sending.frozen, sending.frozen_at), (IssueState::Sending, 4, Some(noon())));
        assert!(!sending_start(&mut tx, letter.issue, 3, noon()).await.unwrap(), "it was started twice");
        let again = delivery_freeze(&mut tx, letter.issue, &letter.audience()).await;
        assert!(matches!(again, Err(Error::Taken(_))), "{again:?}");
    })
    .await;
}

#[tokio::test]
async fn another_subject_goes_to_its_share_and_to_other_people_each_time() {
    both_backends(async |store| {
        let letter = Letter::new(&store).await;
        letter.readers(&store, 2_000).await;
        let mut tx = store.begin().await.unwrap();
        for _ in 0..50 {
            letter.reader(&mut tx, json!({ "neutral": true })).await;
        }
        tx.commit().await.unwrap();
        let mut drawn: Vec<HashSet<SubscriberId>> = Vec::new();
        for key in [(771_231, 99), (1_900_000_000, 7)] {
            let mut tx = store.begin().await.unwrap();
            let audience = Audience { share: Share { percent: 20, key }, ..letter.audience() };
            assert_eq!(delivery_freeze(&mut tx, letter.issue, &audience).await.unwrap(), 2_050);
            let mut others = HashSet::new();
            for number in 1..=2_050 {
                let delivery = delivery_by_number(&mut tx, letter.issue, number).await.unwrap().unwrap();
                if delivery.form.subject == SubjectLine::Other {
                    others.insert(delivery.subscriber);
                }
            }
            assert!((320..480).contains(&others.len()), "{} of 2,000 got it", others.len());
            let counts = delivery_form_counts(&mut tx, letter.issue).await.unwrap();
            let neutral = counts.iter().find(|(form, _, _)| form.subject == SubjectLine::Neutral);
            assert_eq!(neutral.map(|(_, _, count)| *count), Some(50));
            drawn.push(others);
            // Undone: the next draw is of the same audience.
            tx.rollback().await.unwrap();
        }
        let both = drawn[0].intersection(&drawn[1]).count();
        assert!(both < 160, "{both} people were drawn twice");
    })
    .await;
}

#[tokio::test]
async fn who_left_after_the_freezing_is_found_out_when_their_mail_is_begun() {
    both_backends(async |store| {
        let letter = Letter::new(&store).await;
        letter.readers(&store, 6).await;
        letter.freeze(&store).await;
        let mut tx = store.begin().await.unwrap();
        let reserved = letter.reserve(&mut tx, DeliveryState::Pending, noon(), 10).await;
        assert_eq!(reserved.iter().map(|one| one.number).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6]);
        assert!(reserved.iter().all(|one| one.address.is_some() && one.tries == 0));
        let who = |index: usize| reserved[index].subscriber;
        for (sql, id) in [
            ("DELETE FROM subscription WHERE subscriber = $1", who(0)),
            ("DELETE FROM subscriber WHERE id = $1", who(1)),
            ("UPDATE subscriber SET state = 'bounced' WHERE id = $1", who(3)),
            ("UPDATE subscriber SET state = 'paused' WHERE id = $1", who(4)),
        ] {
            execute(&mut tx, sql, id).await;
        }
        letter.suppress(&mut tx, who(2)).await;
        let begun = letter.begin(&mut tx, noon(), &reserved).await;
        tx.commit().await.unwrap();
        assert_eq!(begun.begun, [6]);
        let why = [
            (1, Exclusion::Unsubscribed),
            (2, Exclusion::Unsubscribed),
            (3, Exclusion::Suppressed),
            (4, Exclusion::Bounced),
            (5, Exclusion::Paused),
        ];
        assert_eq!(begun.excluded, why);
        assert_eq!(letter.counts(&store).await, [(DeliveryState::Attempting, 1), (DeliveryState::Excluded, 5)]);
        let mut tx = store.read().await.unwrap();
        let replies = delivery_replies(&mut tx, letter.issue, DeliveryState::Excluded, 9).await.unwrap();
        assert_eq!(replies[0], ("unsubscribed".to_owned(), 2));
    })
    .await;
}

async fn execute(tx: &mut Tx, sql: &'static str, id: SubscriberId) {
    match tx {
        Tx::Sqlite(tx) => drop(sqlx::query(sql).bind(id.0).execute(&mut **tx).await.unwrap()),
        Tx::Postgres(tx) => drop(sqlx::query(sql).bind(id.0).execute(&mut **tx).await.unwrap()),
    }
}

#[tokio::test]
async fn a_reservation_is_one_worker_s_until_it_ends_and_loses_nothing() {
    both_backends(async |store| {
        let letter = Letter::new(&store).await;
        letter.readers(&store, 3).await;
        letter.freeze(&store).await;
        let mut tx = store.begin().await.unwrap();
        let first = letter.reserve(&mut tx, DeliveryState::Pending, noon(), 2).await;
        let second = letter.reserve(&mut tx, DeliveryState::Pending, noon(), 2).await;
        assert_eq!(second.iter().map(|one| one.number).collect::<Vec<_>>(), [3]);
        // The worker of the first two dies; a minute later another one takes them up.
        let later = noon().plus_millis(60_000);
        let third = letter.reserve(&mut tx, DeliveryState::Pending, later, 2).await;
        assert_eq!(third.iter().map(|one| one.number).collect::<Vec<_>>(), [1, 2]);
        // It was not dead after all: what it holds is no more its own.
        assert_eq!(letter.begin(&mut tx, later, &first).await, Begun::default());
        assert_eq!(letter.begin(&mut tx, later, &third).await.begun, [1, 2]);
        assert_eq!(letter.begin(&mut tx, later, &third).await, Begun::default(), "they were begun twice");
        // Put off by hand, and let go again.
        delivery_put_off(&mut tx, letter.issue, &[(3, later.plus_millis(9_000))]).await.unwrap();
        assert_eq!(delivery_next(&mut tx, letter.issue).await.unwrap(), Some(later.plus_millis(9_000)));
        assert_eq!(letter.reserve(&mut tx, DeliveryState::Pending, later, 2).await, []);
        let free = [1, 2, 3].map(|number| (number, Timestamp::from_millis(0)));
        delivery_put_off(&mut tx, letter.issue, &free).await.unwrap();
        assert_eq!(letter.reserve(&mut tx, DeliveryState::Pending, later, 9).await.len(), 1, "what is sent stays so");
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_answer_settles_the_try_that_it_is_to_and_no_other() {
    both_backends(async |store| {
        let letter = Letter::new(&store).await;
        letter.readers(&store, 5).await;
        letter.freeze(&store).await;
        let mut tx = store.begin().await.unwrap();
        let reserved = letter.reserve(&mut tx, DeliveryState::Pending, noon(), 5).await;
        letter.begin(&mut tx, noon(), &reserved).await;
        let said = Some("450 4.2.1 come later".to_owned());
        let answers = [
            settled(1, 1, DeliveryState::Accepted),
            Settled { at: noon().plus_millis(5), reply: said.clone(), ..settled(2, 1, DeliveryState::Deferred) },
            Settled { doubt: true, ..settled(3, 1, DeliveryState::Uncertain) },
            settled(4, 2, DeliveryState::Failed),
            settled(77, 1, DeliveryState::Accepted),
        ];
        let mut done = delivery_settle(&mut tx, letter.issue, &answers).await.unwrap();
        done.sort_unstable();
        assert_eq!(done, [1, 2, 3], "an answer to a try that never was settled something");
        let twice = delivery_settle(&mut tx, letter.issue, &answers).await.unwrap();
        assert!(twice.is_empty(), "they were settled twice");
        let second = delivery_by_number(&mut tx, letter.issue, 2).await.unwrap().unwrap();
        assert_eq!((second.state, second.at, second.reply), (DeliveryState::Deferred, noon().plus_millis(5), said));
        assert_eq!(delivery_by_number(&mut tx, letter.issue, 3).await.unwrap().unwrap().doubts, 1);
        // The one that waits is due again, and begun a second time.
        assert_eq!(letter.reserve(&mut tx, DeliveryState::Deferred, noon(), 5).await, []);
        let later = noon().plus_millis(5);
        let again = letter.reserve(&mut tx, DeliveryState::Deferred, later, 5).await;
        assert_eq!(again.iter().map(|one| (one.number, one.tries)).collect::<Vec<_>>(), [(2, 1)]);
        letter.begin(&mut tx, later, &again).await;
        let done = delivery_settle(&mut tx, letter.issue, &[settled(2, 2, DeliveryState::Accepted)]).await.unwrap();
        assert_eq!(done, [2]);
        assert_eq!(delivery_again(&mut tx, letter.issue, later).await.unwrap(), 1, "somebody sends what is uncertain");
        tx.commit().await.unwrap();
        let counts = [(DeliveryState::Attempting, 2), (DeliveryState::Accepted, 2), (DeliveryState::Deferred, 1)];
        assert_eq!(letter.counts(&store).await, counts);
    })
    .await;
}

#[tokio::test]
async fn what_was_in_flight_is_sent_again_or_held_as_the_newsletter_says() {
    both_backends(async |store| {
        let letter = Letter::new(&store).await;
        letter.readers(&store, 4).await;
        letter.freeze(&store).await;
        let mut tx = store.begin().await.unwrap();
        let reserved = letter.reserve(&mut tx, DeliveryState::Pending, noon(), 4).await;
        letter.begin(&mut tx, noon(), &reserved).await;
        let lapse = async |tx: &mut Tx, now: Timestamp, doubts: i64| {
            let lapse = Lapse { now, horizon: now.plus_millis(120_000), doubts };
            delivery_lapse(tx, letter.issue, &lapse).await.unwrap()
        };
        assert_eq!(lapse(&mut tx, noon(), 3).await, Lapsed::default(), "leases that hold were taken away");
        let end = noon().plus_millis(60_000);
        delivery_renew(&mut tx, letter.issue, &[1], end.plus_millis(1)).await.unwrap();
        assert_eq!(lapse(&mut tx, end, 3).await, Lapsed { again: 3, uncertain: 0 });
        assert_eq!(lapse(&mut tx, end.plus_millis(1), 0).await, Lapsed { again: 0, uncertain: 1 });
        // In doubt a second time, where two are too many.
        let again = letter.reserve(&mut tx, DeliveryState::Deferred, end, 1).await;
        assert_eq!((again[0].tries, again[0].doubts), (1, 1));
        letter.begin(&mut tx, end, &again).await;
        assert_eq!(lapse(&mut tx, end.plus_millis(60_000), 1).await, Lapsed { again: 0, uncertain: 1 });
        // Of a backup nobody knows anything.
        let again = letter.reserve(&mut tx, DeliveryState::Deferred, end, 1).await;
        letter.begin(&mut tx, end, &again).await;
        assert_eq!(delivery_doubt_all(&mut tx, letter.issue, end).await.unwrap(), 1);
        tx.commit().await.unwrap();
        assert_eq!(letter.counts(&store).await, [(DeliveryState::Deferred, 1), (DeliveryState::Uncertain, 3)]);
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_was_put_back_stops_nothing_for_long() {
    both_backends(async |store| {
        let letter = Letter::new(&store).await;
        letter.readers(&store, 3).await;
        letter.freeze(&store).await;
        let mut tx = store.begin().await.unwrap();
        let year = 365 * 24 * 3_600_000;
        let ahead = noon().plus_millis(year);
        let reserved = letter.reserve(&mut tx, DeliveryState::Pending, ahead, 3).await;
        letter.begin(&mut tx, ahead, &reserved[..2]).await;
        let waits = Settled { at: ahead.plus_millis(1_000), ..settled(1, 1, DeliveryState::Deferred) };
        delivery_settle(&mut tx, letter.issue, &[waits]).await.unwrap();
        // Then it shows the right year again.
        let horizon = noon().plus_millis(120_000);
        let lapse = Lapse { now: noon(), horizon, doubts: 3 };
        assert_eq!(delivery_lapse(&mut tx, letter.issue, &lapse).await.unwrap().again, 1);
        assert_eq!(delivery_mend(&mut tx, letter.issue, (horizon, horizon)).await.unwrap(), 2);
        assert_eq!(letter.reserve(&mut tx, DeliveryState::Pending, noon(), 9).await.len(), 1);
        assert_eq!(letter.reserve(&mut tx, DeliveryState::Deferred, noon(), 9).await.len(), 2);
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn two_nodes_share_the_work_without_waiting_for_each_other() {
    both_backends(async |store| {
        if !store.is_postgres() {
            return;
        }
        let letter = Letter::new(&store).await;
        letter.readers(&store, 6).await;
        letter.freeze(&store).await;
        let (mut one, mut two) = (store.begin().await.unwrap(), store.begin().await.unwrap());
        let first = letter.reserve(&mut one, DeliveryState::Pending, noon(), 3).await;
        let second = letter.reserve(&mut two, DeliveryState::Pending, noon(), 6).await;
        let numbers = |list: &[Reserved]| list.iter().map(|one| one.number).collect::<Vec<_>>();
        assert_eq!((numbers(&first), numbers(&second)), (vec![1, 2, 3], vec![4, 5, 6]));
        two.commit().await.unwrap();
        one.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn sums_stay_when_rows_are_forgotten() {
    both_backends(async |store| {
        let letter = Letter::new(&store).await;
        letter.readers(&store, 5).await;
        letter.freeze(&store).await;
        let mut tx = store.begin().await.unwrap();
        issue_mail_set(&mut tx, letter.issue, IssueForm::ALL[0].as_str(), b"Subject: x\r\n").await.unwrap();
        let sums = [("accepted.gmail".to_owned(), 2), ("accepted.gmail".to_owned(), 1), ("failed.other".to_owned(), 1)];
        issue_count_add(&mut tx, letter.issue, sums).await.unwrap();
        issue_count_add(&mut tx, letter.issue, [("accepted.gmail".to_owned(), 4)]).await.unwrap();
        assert!(sending_is_on(&mut tx, letter.issue).await.unwrap());
        let cancelled = IssueState::Cancelled;
        assert!(issue_move(&mut tx, letter.issue, IssueState::Sending, cancelled, None, noon()).await.unwrap());
        assert_eq!(sending_open(&mut tx, noon()).await.unwrap(), []);
        assert_eq!(sending_open(&mut tx, noon().plus_millis(-1)).await.unwrap().len(), 1);
        let later = noon().plus_millis(1);
        assert_eq!(sending_to_forget(&mut tx, noon()).await.unwrap(), []);
        assert_eq!(sending_to_forget(&mut tx, later).await.unwrap(), [letter.issue]);
        assert_eq!(delivery_forget(&mut tx, letter.issue, 3).await.unwrap(), 3);
        assert_eq!(delivery_forget(&mut tx, letter.issue, 3).await.unwrap(), 2);
        assert_eq!(delivery_forget(&mut tx, letter.issue, 3).await.unwrap(), 0);
        issue_mail_forget(&mut tx, letter.issue).await.unwrap();
        assert_eq!(sending_to_forget(&mut tx, later).await.unwrap(), []);
        let kept = issue_counts(&mut tx, letter.issue).await.unwrap();
        assert_eq!(kept, [("accepted.gmail".to_owned(), 7), ("failed.other".to_owned(), 1)]);
    })
    .await;
}

/// The promise is 400 bytes of database a row, with its indexes. `cargo xtask bench --letters` measures a million.
#[tokio::test]
async fn a_delivery_takes_less_than_400_bytes_of_database() {
    both_backends(async |store| {
        let letter = Letter::new(&store).await;
        letter.readers(&store, 5_000).await;
        let before = size(&store).await;
        letter.freeze(&store).await;
        let each = (size(&store).await - before) / 5_000;
        assert!((50..400).contains(&each), "{each} bytes a row");
    })
    .await;
}

async fn size(store: &Store) -> i64 {
    match store.read().await.unwrap() {
        Tx::Sqlite(mut tx) => {
            let sql = "SELECT (SELECT page_count FROM pragma_page_count) * (SELECT page_size FROM pragma_page_size)";
            sqlx::query_scalar(sql).fetch_one(&mut *tx).await.unwrap()
        }
        Tx::Postgres(mut tx) => {
            sqlx::query_scalar("SELECT pg_total_relation_size('delivery')").fetch_one(&mut *tx).await.unwrap()
        }
    }
}
