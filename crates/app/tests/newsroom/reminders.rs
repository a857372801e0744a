//! Readers who asked to be reminded: from the form to the mail on its day, and what is left of them then.

use ::vault::{Address, Smtputf8};
use app::{
    readers::{After, CALM_PER_MINUTE, Never, Wish},
    support::reminders::{self, AskForm, Asked, Confirmed, Confirming, Opened, Stopped, Stopping, WrongPlan},
    vault,
};
use jiff::civil::date;
use model::{
    Language, Reminder, Role, Timestamp,
    reminder::{Day, Every},
};
use testkit::{Mail, TestNewsroom, both_backends};

use crate::readers::{ANNA, Letters, SITE};

/// The test's clock stands at Friday, 11 July 2025.
const AUGUST: &str = "2025-08";

/// A newsroom that offers reminders.
async fn house(newsroom: TestNewsroom) -> Letters {
    let letters = Letters::of(newsroom).await;
    let mut tx = letters.newsroom().store().begin().await.unwrap();
    store::setting_set(&mut tx, "support.reminders", "true", letters.now()).await.unwrap();
    tx.commit().await.unwrap();
    letters
}

fn form(address: &str, month: &str, every: &str) -> AskForm {
    AskForm {
        address: address.to_owned(),
        month: month.to_owned(),
        every: every.to_owned(),
        language: Some(Language::english()),
        ..AskForm::default()
    }
}

fn link(mail: &Mail, what: &str) -> String {
    mail.token(&format!("{SITE}/-/support/remind/{what}/"))
}

async fn asked(letters: &Letters, form: &AskForm) -> Asked {
    reminders::ask(letters.newsroom(), form, None).await.unwrap()
}

/// Asks, and presses the button in the mail.
async fn confirmed(letters: &Letters, form: &AskForm) -> String {
    assert!(matches!(asked(letters, form).await, Asked::Sent { .. }));
    let token = link(&letters.sent().await[0], "confirm");
    let confirmed = reminders::confirm(letters.newsroom(), &token).await.unwrap();
    assert!(matches!(confirmed, Confirmed::Done(..)), "{confirmed:?}");
    token
}

/// Has somebody reminded from the next month on.
pub(crate) async fn reminded(letters: &Letters, address: &str) {
    let mut tx = letters.newsroom().store().begin().await.unwrap();
    store::setting_set(&mut tx, "support.reminders", "true", letters.now()).await.unwrap();
    tx.commit().await.unwrap();
    confirmed(letters, &form(address, AUGUST, "3")).await;
}

async fn rows(letters: &Letters) -> Vec<Reminder> {
    let mut tx = letters.newsroom().store().read().await.unwrap();
    store::reminder_page(&mut tx, None, 1_000).await.unwrap()
}

/// Sets the clock, and sends what is due by then.
async fn at(letters: &Letters, moment: &str) -> Vec<Mail> {
    letters.test.clock.set(Timestamp::parse(moment).unwrap());
    reminders::run_due(letters.newsroom()).await.unwrap();
    letters.sent().await
}

/// Every row of every table, and every file of the newsroom, as bytes.
async fn everything(letters: &Letters) -> Vec<u8> {
    // Folds what was deleted out of SQLite's log.
    letters.newsroom().store().optimize().await.unwrap();
    let mut all = Vec::new();
    let mut tx = letters.newsroom().store().read().await.unwrap();
    for table in store::schema::TABLES {
        let rows = store::dump::rows(&mut tx, table.name, None, 100_000).await.unwrap();
        all.extend(serde_json::to_vec(&rows).unwrap());
    }
    let mut folders = vec![letters.test.folder().to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path())
            } else {
                all.extend(std::fs::read(entry.path()).unwrap())
            }
        }
    }
    all
}

fn holds(all: &[u8], part: &[u8]) -> bool {
    all.windows(part.len()).any(|window| window == part)
}

/// Readers who asked and did not confirm, who will be reminded, who were, and who had everything erased: for the search through
/// everything that can be taken.
pub(crate) async fn canaries(letters: &Letters, domain: &str) {
    let mut tx = letters.newsroom().store().begin().await.unwrap();
    store::setting_set(&mut tx, "support.reminders", "true", letters.now()).await.unwrap();
    tx.commit().await.unwrap();
    let month = model::reminder::first_month(letters.now().date_in(&jiff::tz::TimeZone::UTC));
    for number in 0..12 {
        letters.test.clock.advance_millis(30_000);
        let every = if number % 2 == 0 { "" } else { "3" };
        let form = form(&format!("canaryr{number}x@{domain}"), &month.to_string(), every);
        asked(letters, &form).await;
        let mails = letters.sent().await;
        if number % 4 == 3 {
            continue;
        }
        let token = link(mails.last().unwrap(), "confirm");
        reminders::confirm(letters.newsroom(), &token).await.unwrap();
    }
    asked(letters, &form(&format!("canaryr0y@{domain}"), "never", "")).await;
    // Half of them are taken up on their day, and their mails wait while everything is taken.
    let day = rows(letters).await.iter().map(|row| row.due).min().unwrap();
    let before = letters.now();
    letters.test.clock.set(day.morning(&jiff::tz::TimeZone::UTC));
    reminders::run_due(letters.newsroom()).await.unwrap();
    letters.test.clock.set(before);
}

both_backends! {
    async fn a_reminder_comes_on_its_day_and_the_address_goes_with_it(newsroom: TestNewsroom, anon: Anon) {
        let letters = house(newsroom).await;
        letters.policy().await;
        assert!(matches!(asked(&letters, &form(ANNA, AUGUST, "")).await, Asked::Sent { .. }));
        assert_eq!(rows(&letters).await, [], "something is kept before they confirmed");
        let question = letters.sent().await.remove(0);
        assert_eq!((question.to.as_str(), question.header("Subject").as_str()), (ANNA, "Please confirm: Masthead"));
        assert!(question.plain().contains("August 1, 2025") && question.plain().contains("Two mails come at most"));
        let token = link(&question, "confirm");
        let opened = reminders::confirming(letters.newsroom(), &token).await.unwrap();
        assert!(matches!(opened, Confirming::Ask { ref address, .. } if address == ANNA), "{opened:?}");
        assert_eq!(rows(&letters).await, [], "opening the link keeps something");
        for _ in 0..2 {
            reminders::confirm(letters.newsroom(), &token).await.unwrap();
        }
        let row = rows(&letters).await.remove(0);
        assert_eq!((row.due.date(), row.every, row.policy.as_str()), (date(2025, 8, 1), None, "privacy/en/1"));
        assert_eq!(rows(&letters).await.len(), 1);
        assert_eq!(at(&letters, "2025-08-01T08:59:59Z").await.len(), 0, "it is not morning yet");
        let mails = at(&letters, "2025-08-01T09:00:00Z").await;
        let reminder = mails.first().unwrap();
        assert_eq!((mails.len(), reminder.to.as_str()), (1, ANNA));
        let text = reminder.plain();
        assert!(text.contains(&format!("{SITE}/support/")) && text.contains("This is the last mail."), "{text}");
        assert_eq!(reminder.header("List-Unsubscribe"), "", "there is nothing to leave");
        assert_eq!(at(&letters, "2025-09-01T12:00:00Z").await.len(), 0);
        let (all, keys) = (everything(&letters).await, letters.keys());
        let address = Address::parse(ANNA, Smtputf8::Refused).unwrap();
        for part in [ANNA.as_bytes(), &row.address.0, &keys.reminder_lookup(&address).0, row.id.0.as_bytes()] {
            assert!(!holds(&all, part), "something of the address is left");
        }
    }

    async fn what_recurs_names_the_next_and_stops_by_one_click(newsroom: TestNewsroom, anon: Anon) {
        let letters = house(newsroom).await;
        confirmed(&letters, &AskForm { day: "31".to_owned(), ..form(ANNA, AUGUST, "3") }).await;
        let mail = at(&letters, "2025-08-31T09:00:00Z").await.remove(0);
        assert!(mail.plain().contains("The next reminder comes on November 30, 2025."), "{}", mail.plain());
        let token = link(&mail, "stop");
        assert_eq!(mail.header("List-Unsubscribe"), format!("<{SITE}/-/support/remind/stop/{token}>"));
        assert_eq!(mail.header("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
        // The server was off for a year: one mail, not four.
        let mails = at(&letters, "2026-09-02T12:00:00Z").await;
        assert_eq!(mails.len(), 1);
        assert_eq!(rows(&letters).await[0].due.date(), date(2026, 11, 30));
        let room = letters.newsroom();
        assert_eq!(reminders::stopping(room, &token).await.unwrap(), Stopping::Ask(Some(Language::english())));
        assert_eq!(rows(&letters).await.len(), 1);
        assert_eq!(reminders::stop(room, &token).await.unwrap(), Stopped::Done(Some(Language::english())));
        assert_eq!(reminders::stop(room, &token).await.unwrap(), Stopped::Done(None), "pressed twice");
        assert_eq!(reminders::stopping(room, &token).await.unwrap(), Stopping::Gone);
        assert_eq!(rows(&letters).await, []);
        assert_eq!(at(&letters, "2027-01-01T12:00:00Z").await.len(), 0);
    }

    async fn by_the_mail_one_asks_again_and_erases_all(newsroom: TestNewsroom, anon: Anon) {
        let letters = house(newsroom).await;
        confirmed(&letters, &form(ANNA, AUGUST, "")).await;
        confirmed(&letters, &form(ANNA, "2025-10", "12")).await;
        let own = link(&at(&letters, "2025-08-01T09:00:00Z").await[0], "own");
        let room = letters.newsroom();
        let Opened::Yes(opened) = reminders::opened(room, &own).await.unwrap() else { panic!("it is not opened") };
        assert!(opened.next.is_none() && opened.offered);
        for (months, wanted) in [(3, date(2025, 11, 1)), (6, date(2026, 2, 1))] {
            let Opened::Yes(again) = reminders::again(room, &own, months).await.unwrap() else { panic!("not again") };
            assert_eq!(again.due.unwrap().date(), wanted);
            assert_eq!(rows(&letters).await.len(), 2, "asked twice, it is moved");
        }
        let erased = reminders::erase(room, &own).await.unwrap();
        assert!(matches!(erased, Opened::Yes(_)));
        assert_eq!(rows(&letters).await, []);
        letters.test.clock.advance_millis(27 * 7 * 86_400_000);
        assert_eq!(reminders::again(room, &own, 3).await.unwrap(), Opened::Expired);
        assert_eq!(reminders::opened(room, &own[1..]).await.unwrap(), Opened::Broken);
    }

    async fn what_was_put_off_recurs_from_there(newsroom: TestNewsroom, anon: Anon) {
        let letters = house(newsroom).await;
        confirmed(&letters, &form(ANNA, AUGUST, "1")).await;
        let own = link(&at(&letters, "2025-08-01T09:00:00Z").await[0], "own");
        reminders::again(letters.newsroom(), &own, 6).await.unwrap();
        let row = rows(&letters).await.remove(0);
        assert_eq!((row.due.date(), row.every), (date(2026, 2, 1), Some(Every(1))));
    }

    async fn while_the_keys_are_away_reminders_wait_and_stops_are_noted(newsroom: TestNewsroom, anon: Anon) {
        let letters = house(newsroom).await;
        confirmed(&letters, &form(ANNA, AUGUST, "1")).await;
        let stop = link(&at(&letters, "2025-08-01T09:00:00Z").await[0], "stop");
        confirmed(&letters, &form("boris@reader.example", "2025-09", "")).await;
        letters.lock().await;
        let room = letters.newsroom();
        assert_eq!(asked(&letters, &form(ANNA, "2025-10", "")).await, Asked::Closed);
        assert_eq!(reminders::stopping(room, &stop).await.unwrap(), Stopping::Ask(None));
        assert_eq!(reminders::stop(room, &stop).await.unwrap(), Stopped::Noted);
        letters.test.clock.set(Timestamp::parse("2025-09-05T09:00:00Z").unwrap());
        assert_eq!(reminders::run_due(room).await.unwrap(), 0);
        letters.unlock().await;
        app::readers::work_off_waiting(room).await.unwrap();
        let mails = at(&letters, "2025-09-05T09:00:01Z").await;
        assert_eq!(mails.iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(), ["boris@reader.example"]);
    }

    async fn nobody_is_told_what_is_known_and_few_mails_go_to_an_address(newsroom: TestNewsroom, anon: Anon) {
        let letters = house(newsroom).await;
        let mut answers = vec![asked(&letters, &form(ANNA, AUGUST, "")).await];
        let mail = letters.sent().await.remove(0);
        let never = mail.token(&format!("{SITE}/-/newsletter/never/"));
        reminders::confirm(letters.newsroom(), &link(&mail, "confirm")).await.unwrap();
        // Whoever never wants to be written to is not reminded either.
        let done = app::readers::never(letters.newsroom(), &never).await.unwrap();
        assert_eq!(done, Never::Done(Language::english()));
        assert_eq!(rows(&letters).await, []);
        answers.push(asked(&letters, &form(ANNA, AUGUST, "")).await);
        assert_eq!(letters.sent().await.len(), 0);
        for _ in 0..3 {
            answers.push(asked(&letters, &form("boris@reader.example", AUGUST, "")).await);
            letters.sent().await;
        }
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
        assert_eq!(letters.smtp.mails().len(), 3);
        for number in 0..CALM_PER_MINUTE {
            asked(&letters, &form(&format!("reader{number}@reader.example"), AUGUST, "")).await;
        }
        assert!(matches!(asked(&letters, &form(ANNA, AUGUST, "")).await, Asked::Step(_)));
    }

    async fn what_cannot_be_used_is_named(newsroom: TestNewsroom, anon: Anon) {
        let letters = house(newsroom).await;
        let plan = |why| Asked::Wrong(reminders::Wrong::Plan(why));
        assert_eq!(asked(&letters, &form(ANNA, "", "")).await, plan(WrongPlan::Month));
        assert_eq!(asked(&letters, &form(ANNA, "2025-07", "")).await, plan(WrongPlan::Past));
        assert_eq!(asked(&letters, &form(ANNA, AUGUST, "5")).await, plan(WrongPlan::Every));
        assert!(matches!(asked(&letters, &form("anna", AUGUST, "")).await, Asked::Wrong(reminders::Wrong::Address(_))));
        // The link is opened when the day has come.
        asked(&letters, &form(ANNA, AUGUST, "")).await;
        let token = link(&letters.sent().await[0], "confirm");
        letters.test.clock.set(Timestamp::parse("2025-08-01T00:00:00Z").unwrap());
        let expired = Confirmed::Not(Confirming::Expired(Language::english()));
        assert_eq!(reminders::confirm(letters.newsroom(), &token).await.unwrap(), expired);
        assert_eq!(reminders::confirm(letters.newsroom(), "x").await.unwrap(), Confirmed::Not(Confirming::Broken));
    }

    async fn keys_change_and_reminders_follow(newsroom: TestNewsroom, anon: Anon) {
        let letters = house(newsroom).await;
        confirmed(&letters, &form(ANNA, AUGUST, "1")).await;
        let before = rows(&letters).await.remove(0);
        let (stop, own) = {
            let mail = at(&letters, "2025-08-01T09:00:00Z").await.remove(0);
            (link(&mail, "stop"), link(&mail, "own"))
        };
        vault::rotate(letters.newsroom(), "anna", None, false, &|_, _| {}).await.unwrap();
        let after = rows(&letters).await.remove(0);
        let address = Address::parse(ANNA, Smtputf8::Refused).unwrap();
        assert!(after.address != before.address && after.lookup != before.lookup);
        assert_eq!(after.lookup, letters.keys().reminder_lookup(&address));
        assert_ne!(after.lookup, letters.keys().lookup(&address), "it is found by what a subscriber is found by");
        assert_eq!(reminders::opened(letters.newsroom(), &own).await.unwrap(), Opened::Broken);
        assert_eq!(reminders::stop(letters.newsroom(), &stop).await.unwrap(), Stopped::Done(Some(Language::english())));
    }

    async fn a_publisher_offers_and_withdraws_everything_at_once(newsroom: TestNewsroom, anon: Anon) {
        let letters = house(newsroom).await;
        let room = letters.newsroom();
        let boris = letters.test.person(&anon, Role::Publisher, "boris").await.unwrap().staff;
        let eve = letters.test.person(&anon, Role::Editor, "eve").await.unwrap().staff;
        assert!(reminders::offer(room, &eve, false).await.is_err());
        let token = confirmed(&letters, &form(ANNA, AUGUST, "1")).await;
        confirmed(&letters, &AskForm { language: Language::new("fa").ok(), ..form("b@reader.example", AUGUST, "") }).await;
        let numbers = reminders::numbers(room).await.unwrap();
        assert_eq!((numbers.all, numbers.overdue, numbers.months.len()), (2, 0, 1));
        assert_eq!((numbers.months[0].all, numbers.months[0].languages.as_slice()), (2, [1, 1].as_slice()));
        // No longer offered, what was asked for still comes.
        reminders::offer(room, &boris, false).await.unwrap();
        assert_eq!(asked(&letters, &form(ANNA, AUGUST, "")).await, Asked::Withdrawn);
        assert_eq!(at(&letters, "2025-08-01T09:00:00Z").await.len(), 2);
        reminders::offer(room, &boris, true).await.unwrap();
        asked(&letters, &form("c@reader.example", "2025-10", "")).await;
        assert_eq!(reminders::withdraw_all(room, "boris").await.unwrap(), 1);
        assert_eq!((rows(&letters).await.len(), letters.sent().await.len()), (0, 0));
        let withdrawn = Confirmed::Not(Confirming::Withdrawn);
        assert_eq!(reminders::confirm(room, &token).await.unwrap(), withdrawn);
    }

    async fn who_asked_by_letter_is_forgotten_here_too(newsroom: TestNewsroom, anon: Anon) {
        let letters = house(newsroom).await;
        let boris = letters.test.person(&anon, Role::Publisher, "boris").await.unwrap().staff;
        confirmed(&letters, &form(ANNA, AUGUST, "1")).await;
        let wish = Wish::Erase(After::Nothing);
        app::readers::on_request(letters.newsroom(), &boris, ANNA, wish).await.unwrap();
        assert_eq!(rows(&letters).await, []);
    }

    async fn it_is_morning_where_the_newsroom_is(newsroom: TestNewsroom, anon: Anon) {
        let letters = house(newsroom).await;
        for zone in ["Pacific/Kiritimati", "Pacific/Pago_Pago"] {
            app::settings::change(letters.newsroom(), "anna", &[("time_zone".to_owned(), zone.to_owned())])
                .await.unwrap().unwrap();
            letters.test.clock.set(Timestamp::parse("2025-07-11T18:00:00Z").unwrap());
            confirmed(&letters, &form(&format!("{}@reader.example", zone.len()), AUGUST, "")).await;
            let morning = Day::of(date(2025, 8, 1)).morning(&jiff::tz::TimeZone::get(zone).unwrap());
            let (before, morning) = (morning.plus_millis(-1).to_jiff().to_string(), morning.to_string());
            assert_eq!((at(&letters, &before).await.len(), at(&letters, &morning).await.len()), (0, 1), "{zone}");
        }
    }

    async fn a_newsroom_that_was_restored_writes_to_nobody_twice(newsroom: TestNewsroom, anon: Anon) {
        let letters = house(newsroom).await;
        confirmed(&letters, &form(ANNA, AUGUST, "")).await;
        confirmed(&letters, &form("b@reader.example", AUGUST, "1")).await;
        let file = letters.test.folder().join("backup.tar.zst");
        app::backup::write(letters.newsroom(), &file, &|_, _| {}).await.unwrap();
        let dir = tempfile::tempdir().unwrap();
        let restored = crate::backup::empty_newsroom_with(dir.path(), Some(letters.test.keyring())).await;
        let clock = std::sync::Arc::new(model::FixedClock::at(Timestamp::parse("2025-08-03T00:00:00Z").unwrap()));
        let (bytes, theme) = (std::io::Cursor::new(std::fs::read(file).unwrap()), dir.path().join("theme"));
        app::backup::restore(restored.store(), restored.objects(), &theme, bytes, clock).await.unwrap();
        let mut tx = restored.store().read().await.unwrap();
        let left = store::reminder_page(&mut tx, None, 10).await.unwrap();
        assert_eq!(left.iter().map(|row| row.due.date()).collect::<Vec<_>>(), [date(2025, 9, 1)]);
    }
}
