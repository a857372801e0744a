//! Lists of subscribers in and out.

use std::{
    collections::BTreeSet,
    fmt::Write as _,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use ::vault::{Address, Bind, Smtputf8};
use app::{
    Error, Newsroom,
    lists::{self, Export, ListImport, Report, State, System},
    vault::{self, Closed},
};
use model::{
    Consent, Language, MailForm, Newsletter, NewsletterId, NewsletterSettings, Slug, Subscriber, SubscriberId,
    SubscriberState, Subscription, Suppression, SuppressionReason, Week,
};
use testkit::both_backends;

use crate::{refused, vault::contains};

/// Makes a newsletter.
async fn newsletter(newsroom: &Newsroom, slug: &str, language: &str) -> NewsletterId {
    let id = NewsletterId::new(newsroom.clock().now(), newsroom.chance());
    let newsletter = Newsletter {
        id,
        slug: Slug::new(slug).unwrap(),
        language: Language::new(language).unwrap(),
        position: 0,
        active: true,
        made_at: newsroom.clock().now(),
        settings: NewsletterSettings::default(),
    };
    let mut tx = newsroom.store().begin().await.unwrap();
    store::newsletter_insert(&mut tx, &newsletter).await.unwrap();
    tx.commit().await.unwrap();
    id
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../intake/tests/fixtures/lists").join(name)
}

fn of(system: System, path: &Path) -> ListImport {
    ListImport::new(system, vec![path.to_path_buf()])
}

async fn import(newsroom: &Newsroom, list: &ListImport) -> Result<Report, Error> {
    let report = lists::import(newsroom, "anna", list, Arc::new(|_, _, _| {})).await?;
    assert_eq!(report.accounted(), report.rows, "{report:#?}");
    Ok(report)
}

async fn subscriber(newsroom: &Newsroom, name: &str) -> Option<Subscriber> {
    let address = Address::parse(&format!("{name}@canary.example"), Smtputf8::Refused).unwrap();
    let lookup = newsroom.keys().unwrap().lookup(&address);
    store::subscriber_by_lookup(&mut newsroom.store().read().await.unwrap(), &lookup).await.unwrap()
}

async fn suppressed(newsroom: &Newsroom, name: &str) -> Option<SuppressionReason> {
    let address = Address::parse(&format!("{name}@canary.example"), Smtputf8::Refused).unwrap();
    let lookup = newsroom.keys().unwrap().lookup(&address);
    let mut tx = newsroom.store().read().await.unwrap();
    store::suppression_by_lookup(&mut tx, &lookup).await.unwrap().map(|found| found.reason)
}

/// Somebody who signed up on the site.
async fn sign_up(newsroom: &Newsroom, name: &str, newsletter: NewsletterId) -> SubscriberId {
    let keys = newsroom.keys().unwrap();
    let (id, address) = (
        SubscriberId::new(newsroom.chance()),
        Address::parse(&format!("{name}@canary.example"), Smtputf8::Refused).unwrap(),
    );
    let row = Subscriber {
        id,
        lookup: keys.lookup(&address),
        address: keys.seal(newsroom.chance(), Bind::subscriber(id), address.as_str().as_bytes()),
        language: Language::english(),
        state: SubscriberState::Active,
        paused_until: None,
        form: MailForm::Headlines,
        neutral: true,
        consent: Consent { policy: "privacy/en/3".to_owned(), week: Week(2_890), source: "site".to_owned() },
        bounces: 0,
    };
    let mut tx = newsroom.store().begin().await.unwrap();
    assert!(store::subscriber_insert(&mut tx, &row).await.unwrap());
    store::subscription_insert(&mut tx, &Subscription { newsletter, subscriber: id, week: Week(2_890) }).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn gets(newsroom: &Newsroom, name: &str) -> usize {
    let id = subscriber(newsroom, name).await.unwrap().id;
    store::subscription_of(&mut newsroom.store().read().await.unwrap(), id).await.unwrap().len()
}

both_backends! {
    async fn mailchimps_lists_come_in_and_who_left_complained_or_bounced_there_stays_away(newsroom: TestNewsroom, anon: Anon) {
        let room = &newsroom.newsroom;
        newsletter(room, "weekly", "ru").await;
        let report = import(room, &of(System::Mailchimp, &fixture("mailchimp"))).await.unwrap();
        assert_eq!((report.rows, report.imported, report.skipped["never-agreed"]), (6, 2, 1));
        let stopped = report.stopped;
        assert_eq!((stopped.unsubscribed, stopped.complained, stopped.bounced, stopped.blocked), (1, 1, 1, 0));
        assert_eq!(report.passed_by, ["sms_only_audience_export_3f2a.csv"]);
        let anna = subscriber(room, "anna").await.unwrap();
        assert_eq!((anna.language.as_str(), anna.state, gets(room, "anna").await), ("pt-PT", SubscriberState::Active, 1));
        assert_eq!(anna.consent.source, "import:mailchimp");
        assert_eq!(anna.consent.week.start().to_string(), "2023-05-08T00:00:00Z", "the week in which she confirmed");
        assert_eq!(subscriber(room, "boris").await.unwrap().language.as_str(), "ru", "the newsletter's own language");
        let keys = room.keys().unwrap();
        assert_eq!(keys.open(Bind::subscriber(anna.id), &anna.address).unwrap().as_slice(), b"anna@canary.example");
        assert_eq!(suppressed(room, "clara").await, Some(SuppressionReason::Import));
        assert_eq!(suppressed(room, "dora").await, Some(SuppressionReason::Complaint));
        assert_eq!(suppressed(room, "egon").await, Some(SuppressionReason::Bounce));
        assert_eq!((subscriber(room, "fanny").await, suppressed(room, "fanny").await), (None, None));
        let again = import(room, &of(System::Mailchimp, &fixture("mailchimp"))).await.unwrap();
        assert_eq!((again.imported, again.known, again.stopped_before), (0, 2, 3), "{again}");
        let mut tx = room.store().read().await.unwrap();
        let filter = store::AuditFilter::default();
        let rows = store::audit_search(&mut tx, &filter, i64::MAX, 20).await.unwrap();
        let deeds: Vec<&str> = rows.iter().map(|row| row.action.as_str()).filter(|deed| deed.starts_with("list.")).collect();
        assert_eq!(deeds, ["list.imported", "list.import", "list.imported", "list.import"]);
        assert!(rows.iter().all(|row| !row.detail.contains("canary") && !row.detail.contains("csv")));
    }

    async fn every_other_system_comes_in_as_well(newsroom: TestNewsroom, anon: Anon) {
        let room = &newsroom.newsroom;
        newsletter(room, "weekly", "en").await;
        let words = refused(import(room, &of(System::Listmonk, &fixture("listmonk.csv"))).await);
        assert!(words.contains("--state subscribed"), "{words}");
        let confirmed = ListImport { said: Some(State::Subscribed), ..of(System::Listmonk, &fixture("listmonk.csv")) };
        let report = import(room, &confirmed).await.unwrap();
        assert_eq!((report.imported, report.stopped.unsubscribed, report.stopped.blocked), (2, 1, 1));
        assert_eq!(suppressed(room, "dora").await, Some(SuppressionReason::Asked));
        assert_eq!(subscriber(room, "anna").await.unwrap().language.as_str(), "ru");
        let ghost = import(room, &of(System::Ghost, &fixture("ghost.csv"))).await.unwrap();
        assert_eq!((ghost.known, ghost.stopped_before, ghost.skipped["deleted"]), (1, 1, 1));
        let substack = import(room, &of(System::Substack, &fixture("substack"))).await.unwrap();
        assert_eq!((substack.known, substack.stopped_before, substack.skipped["deleted"]), (2, 1, 1));
        assert_eq!(subscriber(room, "anna").await.unwrap().consent.source, "import:listmonk", "whoever is there stays");
    }

    async fn nobody_comes_back_who_left_here_and_nobody_goes_who_signed_up_here(newsroom: TestNewsroom, anon: Anon) {
        let room = &newsroom.newsroom;
        let weekly = newsletter(room, "weekly", "en").await;
        let lookup = {
            let anna = Address::parse("ANNA@canary.example", Smtputf8::Refused).unwrap();
            room.keys().unwrap().lookup(&anna)
        };
        let mut tx = room.store().begin().await.unwrap();
        let left = Suppression { lookup, reason: SuppressionReason::Unsubscribed, week: Week(1) };
        store::suppression_insert(&mut tx, &left).await.unwrap();
        tx.commit().await.unwrap();
        let clara = sign_up(room, "clara", weekly).await;
        let report = import(room, &of(System::Ghost, &fixture("ghost.csv"))).await.unwrap();
        assert_eq!((report.imported, report.suppressed, report.stayed), (0, 1, 1));
        assert_eq!(subscriber(room, "anna").await, None);
        let found = subscriber(room, "clara").await.unwrap();
        assert_eq!((found.id, found.form, suppressed(room, "clara").await), (clara, MailForm::Headlines, None));
    }

    async fn a_list_that_was_taken_in_by_mistake_is_undone_by_the_one_that_says_who_left(newsroom: TestNewsroom, anon: Anon) {
        let room = &newsroom.newsroom;
        newsletter(room, "weekly", "en").await;
        let whole = ListImport { said: Some(State::Subscribed), ..of(System::Listmonk, &fixture("listmonk.csv")) };
        import(room, &whole).await.unwrap();
        let left = ListImport { said: Some(State::Unsubscribed), ..whole };
        let report = import(room, &left).await.unwrap();
        assert_eq!((report.removed, report.stopped.unsubscribed, report.stopped_before), (2, 2, 2));
        assert_eq!((subscriber(room, "anna").await, suppressed(room, "anna").await), (None, Some(SuppressionReason::Import)));
        let within = newsroom.folder().join("members.csv");
        let lines = "email,subscribed_to_emails\nida@canary.example,true\nIDA@canary.example,true\nida@canary.example,false\nida@canary.example,true\n";
        std::fs::write(&within, lines).unwrap();
        let report = import(room, &of(System::Ghost, &within)).await.unwrap();
        assert_eq!((report.imported, report.twice, report.removed, report.suppressed), (0, 2, 1, 1), "{report:?}");
        assert_eq!(subscriber(room, "ida").await, None);
    }

    async fn a_second_newsletter_gets_those_who_are_known_only_when_that_is_said(newsroom: TestNewsroom, anon: Anon) {
        let room = &newsroom.newsroom;
        newsletter(room, "weekly", "en").await;
        newsletter(room, "daily", "en").await;
        let none = refused(import(room, &of(System::Substack, &fixture("substack"))).await);
        assert!(none.contains("--newsletter") && none.contains("weekly") && none.contains("daily"), "{none}");
        let list = |slug: &str| ListImport { newsletter: Some(slug.to_owned()), ..of(System::Substack, &fixture("substack")) };
        assert!(refused(import(room, &list("monthly")).await).contains("no newsletter `monthly`"));
        import(room, &list("weekly")).await.unwrap();
        assert_eq!(import(room, &list("daily")).await.unwrap().known, 2);
        assert_eq!(gets(room, "anna").await, 1);
        let also = ListImport { also_known: true, ..list("daily") };
        let counted = import(room, &ListImport { dry_run: true, ..also.clone() }).await.unwrap();
        assert_eq!((counted.added, gets(room, "anna").await), (2, 1));
        assert_eq!(import(room, &also).await.unwrap().added, 2);
        assert_eq!((gets(room, "anna").await, import(room, &also).await.unwrap().known), (2, 2));
    }

    async fn who_left_one_of_two_newsletters_is_signed_up_for_it_by_no_list(newsroom: TestNewsroom, anon: Anon) {
        let room = &newsroom.newsroom;
        newsletter(room, "weekly", "en").await;
        let daily = newsletter(room, "daily", "en").await;
        let list = |slug: &str| ListImport {
            newsletter: Some(slug.to_owned()),
            also_known: true,
            ..of(System::Substack, &fixture("substack"))
        };
        import(room, &list("weekly")).await.unwrap();
        assert_eq!(import(room, &list("daily")).await.unwrap().added, 2);
        let anna = subscriber(room, "anna").await.unwrap().id;
        let mut tx = room.store().begin().await.unwrap();
        assert!(store::subscription_delete(&mut tx, daily, anna, Week(2_900)).await.unwrap());
        tx.commit().await.unwrap();
        for dry_run in [true, false] {
            let report = import(room, &ListImport { dry_run, ..list("daily") }).await.unwrap();
            assert_eq!((report.added, report.suppressed, report.known), (0, 1, 1), "{report}");
        }
        assert_eq!(gets(room, "anna").await, 1, "a list signed her up for what she left");
        let mut tx = room.store().begin().await.unwrap();
        let own_wish = Subscription { newsletter: daily, subscriber: anna, week: Week(2_901) };
        assert!(store::subscription_insert(&mut tx, &own_wish).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!((gets(room, "anna").await, import(room, &list("daily")).await.unwrap().known), (2, 2));
    }

    async fn a_list_with_a_third_of_rubbish_is_counted_first_taken_in_and_its_rejects_written_down(newsroom: TestNewsroom, anon: Anon) {
        let room = &newsroom.newsroom;
        newsletter(room, "weekly", "en").await;
        let (path, good) = rubbish(newsroom.folder(), 3_000);
        let rejects = newsroom.folder().join("rejects.csv");
        let list = ListImport { rejects: Some(rejects.clone()), ..of(System::Ghost, &path) };
        let counted = import(room, &ListImport { dry_run: true, rejects: None, ..list.clone() }).await.unwrap();
        assert_eq!(vault::stored(room).await.unwrap().subscribers, 0, "a dry run wrote something");
        let seen = Arc::new(Mutex::new(Vec::new()));
        let note = Arc::clone(&seen);
        let on: lists::OnProgress = Arc::new(move |done, total, rows| note.lock().unwrap().push((done, total, rows)));
        let report = lists::import(room, "anna", &list, on).await.unwrap();
        assert_eq!(report.accounted(), report.rows);
        assert_eq!(Report { dry_run: true, ..report.clone() }, counted, "a dry run counted otherwise");
        assert_eq!(report.imported, good as u64);
        assert!(report.rejected.len() >= 8 && report.twice > 100, "{report}");
        assert_eq!(vault::stored(room).await.unwrap().subscribers, i64::try_from(good).unwrap());
        let (done, total, rows) = *seen.lock().unwrap().last().unwrap();
        assert!(done == total && rows == report.rows && seen.lock().unwrap().len() >= 6);
        let text = std::fs::read_to_string(&rejects).unwrap();
        assert_eq!(text.lines().next(), Some("file,line,reason"));
        let wanted = report.rejected.values().sum::<u64>() + report.skipped.values().sum::<u64>();
        assert_eq!(text.lines().count() as u64, 1 + wanted);
        assert!(text.contains("members-rubbish.csv,") && !text.contains('@'), "an address is in the rejects");
        assert_eq!(std::fs::metadata(&rejects).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(refused(import(room, &list).await).contains("is there already"));
        let asked = newsroom.folder().join("asked.csv");
        let list = ListImport { rejects: Some(asked.clone()), rejects_with_addresses: true, ..list };
        let again = import(room, &list).await.unwrap();
        assert_eq!((again.imported, again.known), (0, good as u64));
        assert!(std::fs::read_to_string(&asked).unwrap().contains("Anna <rubbish-"), "what was asked for is missing");
    }

    async fn addresses_of_a_list_are_nowhere_in_the_newsrooms_folder(newsroom: TestNewsroom, anon: Anon) {
        let room = &newsroom.newsroom;
        newsletter(room, "weekly", "en").await;
        let outside = tempfile::tempdir().unwrap();
        let (path, _) = rubbish(outside.path(), 500);
        let rejects = newsroom.folder().join("rejects.csv");
        import(room, &ListImport { rejects: Some(rejects), ..of(System::Ghost, &path) }).await.unwrap();
        import(room, &of(System::Mailchimp, &fixture("mailchimp"))).await.unwrap();
        let backup = newsroom.folder().join("backup.tar.zst");
        app::backup::write(room, &backup, &|_, _| {}).await.unwrap();
        let unpacked = zstd::decode_all(std::io::Cursor::new(std::fs::read(&backup).unwrap())).unwrap();
        for word in [b"canary.example".as_slice(), b"rubbish-1@", b"Riga"] {
            assert!(!contains(&unpacked, word), "{} is in the backup", String::from_utf8_lossy(word));
            for entry in walk(newsroom.folder()) {
                let bytes = std::fs::read(&entry).unwrap();
                assert!(!contains(&bytes, word), "{} holds {}", entry.display(), String::from_utf8_lossy(word));
            }
        }
    }

    async fn without_the_keys_nothing_comes_in_and_nothing_goes_out(newsroom: TestNewsroom, anon: Anon) {
        let room = &newsroom.newsroom;
        newsletter(room, "weekly", "en").await;
        vault::lock(room, "anna").await.unwrap();
        let list = of(System::Ghost, &fixture("ghost.csv"));
        assert!(matches!(import(room, &list).await, Err(Error::Closed(Closed::Locked))));
        let file = newsroom.folder().join("out.csv");
        let what = Export { file: &file, newsletter: None, action: "vault.export" };
        assert!(matches!(lists::export(room, "anna", &what, &|_, _| {}).await, Err(Error::Closed(Closed::Locked))));
        assert!(!file.exists());
    }

    async fn with_offline_custody_lists_come_in_and_go_out_on_the_other_machine(newsroom: TestNewsroom, anon: Anon) {
        let room = &newsroom.newsroom;
        newsletter(room, "weekly", "en").await;
        let private = newsroom.folder().join("stick/keyring");
        std::fs::remove_file(newsroom.keyring()).unwrap();
        vault::begin_anew(room, "anna", vault::Custody::Offline, Some(&private), None, true).await.unwrap();
        import(room, &of(System::Substack, &fixture("substack"))).await.unwrap();
        let file = newsroom.folder().join("out.csv");
        let what = Export { file: &file, newsletter: None, action: "vault.export" };
        assert!(refused(lists::export(room, "anna", &what, &|_, _| {}).await).contains("private keyring"));
        assert!(!file.exists());
        std::fs::copy(&private, newsroom.keyring()).unwrap();
        let machine = newsroom.another().unwrap();
        vault::open(&machine, None).await.unwrap();
        assert_eq!(lists::export(&machine, "boris", &what, &|_, _| {}).await.unwrap().addresses, 2);
    }

    async fn what_goes_out_comes_in_again_and_the_log_knows(newsroom: TestNewsroom, anon: Anon) {
        let room = &newsroom.newsroom;
        let weekly = newsletter(room, "weekly", "en").await;
        newsletter(room, "daily", "ru").await;
        sign_up(room, "clara", weekly).await;
        let daily = ListImport { newsletter: Some("daily".to_owned()), ..of(System::Mailchimp, &fixture("mailchimp")) };
        import(room, &ListImport { also_known: true, ..daily.clone() }).await.unwrap();
        let file = newsroom.folder().join("out.csv");
        let what = Export { file: &file, newsletter: None, action: "vault.export" };
        let written = lists::export(room, "boris", &what, &|_, _| {}).await.unwrap();
        assert_eq!((written.addresses, written.dead), (3, 0));
        let text = std::fs::read_to_string(&file).unwrap();
        let lines: BTreeSet<&str> = text.lines().collect();
        assert!(lines.contains("email,state,language,newsletters,policy,consent_week,source"));
        assert!(lines.contains("anna@canary.example,active,pt-PT,daily,,2023-05-08,import:mailchimp"), "{text}");
        assert!(lines.iter().any(|line| line.starts_with("clara@canary.example,active,en,weekly,privacy/en/3,")));
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(refused(lists::export(room, "boris", &what, &|_, _| {}).await).contains("is there already"));
        let only = newsroom.folder().join("weekly.csv");
        let what = Export { file: &only, newsletter: Some("weekly"), action: "list.export" };
        assert_eq!(lists::export(room, "boris", &what, &|_, _| {}).await.unwrap().addresses, 1);
        let mut tx = room.store().read().await.unwrap();
        let filter = store::AuditFilter { actor: Some("boris".to_owned()), ..store::AuditFilter::default() };
        let deeds = store::audit_search(&mut tx, &filter, i64::MAX, 9).await.unwrap();
        assert_eq!(deeds.iter().map(|row| row.action.as_str()).collect::<Vec<_>>(), ["list.export", "vault.export"]);
        drop(tx);
        let (other, _) = testkit::TestNewsroom::new(testkit::Backend::Sqlite).await.unwrap();
        newsletter(&other.newsroom, "weekly", "en").await;
        let report = import(&other.newsroom, &of(System::Masthead, &file)).await.unwrap();
        assert_eq!(report.imported, 3);
        let clara = subscriber(&other.newsroom, "clara").await.unwrap();
        assert_eq!((clara.consent.policy.as_str(), clara.consent.week), ("privacy/en/3", Week(2_890)));
    }
}

/// A list of Ghost's of which some third can't be used, and how many of it can.
fn rubbish(dir: &Path, rows: usize) -> (PathBuf, usize) {
    let mut text = "\u{feff}email,name,subscribed_to_emails,created_at,deleted_at\r\n".to_owned();
    let mut good = 0;
    for number in 0..rows {
        let line = match number % 20 {
            0 => format!("Anna <rubbish-{number}@canary.example>,,true,,"),
            1 => format!("rubbish-{number},,true,,"),
            2 => format!("rubbish {number}@canary.example,,true,,"),
            3 => ",nobody,true,,".to_owned(),
            4 => format!("\"rubbish-{number}@canary.example\r\nBcc: x@canary.example\",,true,,"),
            5 => format!("rubbish-{number}@canary.example,\"never closed {},true,,", "x".repeat(number % 50)),
            6 => format!("{}@canary.example,,true,,", "r".repeat(320)),
            7 => format!("rubbish-{number}@canary.example,,perhaps,,"),
            8 => format!("rubbish-{number}@canary.example,,true,,2024-01-01"),
            9 => format!("{},,true,,", if number % 40 == 9 { "anna@[192.0.2.1]" } else { "анна@canary.example" }),
            10 => "twice@canary.example,,true,,".to_owned(),
            _ => {
                good += 1;
                format!("good+{number}@canary.example,\"Name, {number}\",true,2024-02-0{}T00:00:00Z,", number % 9 + 1)
            }
        };
        writeln!(text, "{line}\r").unwrap();
    }
    let path = dir.join("members-rubbish.csv");
    std::fs::write(&path, text).unwrap();
    (path, good + 1)
}

fn walk(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(walk(&path))
        } else if path.is_file() {
            found.push(path)
        }
    }
    found
}
