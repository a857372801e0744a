//! What a follower is promised.

use std::sync::Mutex as Lock;

use model::{FixedClock, JournalKind, NewJournalRow, Tag, Timestamp};
use store::Location;

use super::*;

/// Notes what it is told; fails as often as it was asked to.
struct Noting {
    place: Place,
    started: Lock<Option<i64>>,
    told: Lock<Vec<i64>>,
    failures: Lock<u32>,
}

impl Noting {
    fn new(place: Place, failures: u32) -> Self {
        Self { place, started: Lock::new(None), told: Lock::new(Vec::new()), failures: Lock::new(failures) }
    }

    fn told(&self) -> Vec<i64> {
        self.told.lock().unwrap().clone()
    }
}

#[async_trait]
impl Follower for Noting {
    fn name(&self) -> &'static str {
        "noting"
    }

    fn place(&self) -> Place {
        self.place
    }

    async fn start(&self, seq: i64) -> Result<(), Error> {
        *self.started.lock().unwrap() = Some(seq);
        Ok(())
    }

    async fn apply(&self, rows: &[JournalRow]) -> Result<(), Error> {
        self.told.lock().unwrap().extend(rows.iter().map(|row| row.seq));
        let mut failures = self.failures.lock().unwrap();
        if *failures > 0 {
            *failures -= 1;
            return Err(Error::Refused("not now".to_owned()));
        }
        Ok(())
    }
}

async fn store_in(dir: &tempfile::TempDir) -> Store {
    let location = format!("sqlite:{}", dir.path().join("newsroom.db").display());
    Store::open(&Location::parse(&location).unwrap(), &FixedClock::at(Timestamp::from_millis(0))).await.unwrap()
}

async fn write(store: &Store, rows: usize) {
    let mut tx = store.begin().await.unwrap();
    for _ in 0..rows {
        let row = NewJournalRow { kind: JournalKind::ThemeChanged, subject: None, tags: vec![Tag::menus()] };
        store::journal_append(&mut tx, Timestamp::from_millis(0), &row).await.unwrap();
    }
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn every_row_is_told_once_and_in_order_however_many_there_are() {
    let dir = tempfile::tempdir().unwrap();
    let store = store_in(&dir).await;
    let (follower, following) = (Noting::new(Place::Database, 0), Following::default());
    write(&store, 1_234).await;
    assert_eq!(following.catch_up(&follower, &store).await.unwrap(), 1_234);
    write(&store, 1).await;
    assert_eq!(following.catch_up(&follower, &store).await.unwrap(), 1_235);
    assert_eq!(follower.told(), (1..=1_235).collect::<Vec<_>>());
}

#[tokio::test]
async fn what_lives_in_this_process_starts_at_the_journals_end() {
    let dir = tempfile::tempdir().unwrap();
    let store = store_in(&dir).await;
    write(&store, 3).await;
    let (follower, following) = (Noting::new(Place::Process, 0), Following::default());
    following.catch_up(&follower, &store).await.unwrap();
    assert_eq!((*follower.started.lock().unwrap(), follower.told()), (Some(3), vec![]));
    write(&store, 2).await;
    following.catch_up(&follower, &store).await.unwrap();
    assert_eq!(follower.told(), [4, 5]);
}

#[tokio::test]
async fn what_is_kept_in_the_database_goes_on_where_it_stopped() {
    let dir = tempfile::tempdir().unwrap();
    let store = store_in(&dir).await;
    write(&store, 3).await;
    let first = Noting::new(Place::Database, 0);
    Following::default().catch_up(&first, &store).await.unwrap();
    assert_eq!(first.told(), [1, 2, 3]);
    write(&store, 1).await;
    let restarted = Noting::new(Place::Database, 0);
    Following::default().catch_up(&restarted, &store).await.unwrap();
    assert_eq!((*restarted.started.lock().unwrap(), restarted.told()), (Some(3), vec![4]));
}

#[tokio::test]
async fn a_follower_that_failed_is_told_again_and_misses_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let store = store_in(&dir).await;
    write(&store, 2).await;
    let (follower, following) = (Noting::new(Place::Database, 1), Following::default());
    assert!(following.catch_up(&follower, &store).await.is_err());
    write(&store, 1).await;
    assert_eq!(following.catch_up(&follower, &store).await.unwrap(), 3);
    assert_eq!(follower.told(), [1, 2, 1, 2, 3]);
}
