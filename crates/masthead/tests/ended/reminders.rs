//! Reminders that are due, when the server ends before and after they were handed to the outbox.

use model::{
    Language, Reminder, ReminderId,
    reminder::{Day, Every},
};
use vault::{Address, Bind, Smtputf8};

use crate::{
    house::{DOMAIN, House},
    taken::Taken,
};

/// Two readers whose day was long ago: one is reminded once, the other every three months.
async fn due(house: &House, point: &str) {
    house
        .within(async |newsroom| {
            let keys = newsroom.keys().unwrap();
            let mut tx = newsroom.store().begin().await.unwrap();
            for every in [None, Some(Every(3))] {
                let who = format!("{}-{}@{DOMAIN}", point.replace('.', "-"), every.is_some());
                let address = Address::parse(&who, Smtputf8::Refused).unwrap();
                let id = ReminderId::new(&model::OsChance);
                let row = Reminder {
                    id,
                    lookup: keys.reminder_lookup(&address),
                    address: keys.seal(&model::OsChance, Bind::reminder(id), who.as_bytes()),
                    language: Language::english(),
                    due: Day(19_000),
                    every,
                    policy: String::new(),
                    neutral: false,
                };
                store::reminder_put(&mut tx, &row).await.unwrap();
            }
            tx.commit().await.unwrap();
        })
        .await;
}

testkit::both_backends! {
    async fn a_reminder_comes_once_wherever_its_server_died(newsroom: TestNewsroom, anon: Anon) {
        let mut house = House::of(newsroom, &anon, 0).await;
        for (round, point) in (1..).zip(["remind.taken", "remind.handed_over"]) {
            let before = house.sink.taken();
            due(&house, point).await;
            house.start(Some(point)).await;
            house.aborted(point).await;
            let (due, waiting) = (house.rows("reminder").await, house.rows("outbox").await);
            let sent = house.sink.taken() - before;
            match point {
                "remind.taken" => assert_eq!((due, waiting, sent), (2, 0, 0), "{point}: it is half done"),
                _ => assert!(due == round && waiting + sent >= 2, "{point}: {due} due, {waiting} wait, {sent} sent"),
            }
            house.minutes_pass(15).await;
            house.start(None).await;
            house.until("both to come", async |house| Taken::from(house, before).by.len() == 2).await;
            house.until("their rows to go", async |house| house.rows("outbox").await == 0).await;
            house.kill().await;
            assert!(Taken::from(&house, before).doubles() <= sent, "{point}: somebody was reminded twice");
            assert_eq!(house.rows("reminder").await, round, "{point}: what recurs stays, and what does not goes");
        }
        house.nothing_is_found().await;
    }
}
