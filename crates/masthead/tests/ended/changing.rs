//! Changing keys and destroying them, ended at each point that they pass.

use ::vault::{Address, Bind, Smtputf8, sealed_with};
use app::{
    Newsroom,
    vault::{self, Closed, Keyring},
};
use model::{Clock, SystemClock};

use crate::{
    house::{House, addresses},
    server::is_aborted,
};

/// More than are sealed anew in one transaction.
const READERS: usize = 620;
const HOUR: i64 = 3_600_000;

/// Every point that keys pass while they change.
const POINTS: [&str; 6] =
    ["rotate.written", "rotate.begun", "rotate.page", "rotate.resealed", "rotate.switched", "rotate.forgotten"];

/// Who is not found by their address, or does not open.
async fn lost(newsroom: &Newsroom) -> Vec<String> {
    let keys = newsroom.keys().unwrap();
    let mut tx = newsroom.store().read().await.unwrap();
    let mut lost = Vec::new();
    for address in addresses(READERS) {
        let lookup = keys.lookup(&Address::parse(&address, Smtputf8::Refused).unwrap());
        let found = store::subscriber_by_lookup(&mut tx, &lookup).await.unwrap();
        let opened = found.and_then(|row| keys.open(Bind::subscriber(row.id), &row.address).ok());
        if opened.is_none_or(|plain| plain.as_slice() != address.as_bytes()) {
            lost.push(address);
        }
    }
    lost
}

/// Whether everybody is sealed with the newest key, and with none that was there before.
async fn is_sealed_anew(newsroom: &Newsroom, before: &Keyring) -> bool {
    let keys = newsroom.keys().unwrap();
    let mut tx = newsroom.store().read().await.unwrap();
    let rows = store::subscriber_page(&mut tx, None, 10_000).await.unwrap();
    assert_eq!(rows.len(), READERS, "somebody is there twice, or gone");
    rows.iter().all(|row| {
        sealed_with(&row.address) == keys.current() && before.open(Bind::subscriber(row.id), &row.address).is_err()
    })
}

testkit::both_backends! {
    async fn keys_that_were_changed_by_half_open_everything_and_are_changed_in_the_end(newsroom: TestNewsroom, anon: Anon) {
        let mut house = House::of(newsroom, &anon, READERS).await;
        for (at, point) in POINTS.into_iter().enumerate() {
            let before = Keyring::parse(&std::fs::read(house.test.keyring()).unwrap(), None).unwrap();
            // Where a server runs it is the one that changes them.
            if at % 2 == 0 {
                house.start(Some(point)).await;
                let told = house.command(&["vault", "rotate"], None).await;
                assert!(!told.status.success(), "{point}: a server that died did it");
                house.aborted(point).await;
            } else {
                assert!(is_aborted(&house.command(&["vault", "rotate"], Some(point)).await), "{point}");
            }
            let lost = house.within(async |newsroom| lost(newsroom).await).await;
            assert!(lost.is_empty(), "{point}: {} are lost, {:?} first", lost.len(), lost.first());
            let again = house.command(&["vault", "rotate"], None).await;
            assert!(again.status.success(), "{point}: {}", String::from_utf8_lossy(&again.stderr));
            house.within(async |newsroom| {
                assert!(self::lost(newsroom).await.is_empty(), "{point}: somebody is lost in the end");
                assert!(is_sealed_anew(newsroom, &before).await, "{point}: an old key opens somebody");
                assert!(!vault::stored(newsroom).await.unwrap().rotating, "{point}");
            })
            .await;
        }
        house.nothing_is_found().await;
    }

    async fn keys_that_were_destroyed_by_half_are_destroyed_and_pages_stay(newsroom: TestNewsroom, anon: Anon) {
        let mut house = House::of(newsroom, &anon, READERS).await;
        house.within(async |newsroom| {
            house.test.clock.set(SystemClock.now().plus_millis(-3 * HOUR));
            vault::burn_ask(newsroom, &house.vera, 1).await.unwrap();
            vault::burn_agree(newsroom, &house.boris).await.unwrap();
        })
        .await;
        house.start(Some("burn.destroyed")).await;
        house.aborted("burn.destroyed").await;
        assert!(!house.test.keyring().exists());
        let anon = house.start(None).await;
        let stored = async |house: &House| {
            house.within(async |newsroom| {
                let closed = newsroom.keys().err();
                (vault::stored(newsroom).await.unwrap(), closed)
            })
            .await
        };
        house.until("the rows to go", async |house| stored(house).await.0.burned).await;
        let (stored, closed) = stored(&house).await;
        assert_eq!((stored.subscribers, closed), (0, Some(Closed::Burned)));
        assert_eq!(anon.get("/").await.status, 200);
        house.kill().await;
        house.nothing_is_found().await;
    }
}
