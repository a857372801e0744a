//! Preferences: seeing and changing them, pausing, taking them along, being forgotten.

use app::readers::{self, After, Change, Erased, Opened, Pause, Saved, SignedUp};
use model::{Language, MailForm, Role, SubscriberState, SuppressionReason, Week};
use testkit::both_backends;
use vault::{Custody, Keyring, Links};

use super::{ANNA, Letters, form, link};

const WEEK_MS: i64 = 7 * 24 * 3_600_000;

fn change(newsletters: &[&str]) -> Change {
    Change {
        newsletters: newsletters.iter().map(|slug| (*slug).to_owned()).collect(),
        language: None,
        form: MailForm::Full,
        neutral: false,
        pause: None,
    }
}

async fn save(letters: &Letters, token: &str, change: &Change) -> Opened<Saved> {
    readers::save(letters.newsroom(), token, change).await.unwrap()
}

both_backends! {
    async fn everything_can_be_changed_by_the_link_and_is_told_back(newsroom: TestNewsroom, anon: Anon) {
        let letters = Letters::of(newsroom).await;
        letters.policy().await;
        let anna = letters.subscriber(ANNA, &["weekly"]).await;
        let token = letters.preferences(anna.id);
        let Opened::Yes(before) = readers::preferences(letters.newsroom(), &token).await.unwrap() else { panic!() };
        assert_eq!((before.address.as_deref(), before.pause), (Some(ANNA), Pause::None));
        let shown: Vec<_> = before.newsletters.iter().map(|(one, gets)| (one.slug.as_str(), *gets)).collect();
        assert_eq!(shown, [("weekly", true), ("utro", false)]);
        let week = Week::of(letters.now());
        let changed = Change {
            language: Some(Language::new("fa").unwrap()),
            form: MailForm::Headlines,
            neutral: true,
            pause: Some(Pause::Until(Week(week.0 + 4))),
            ..change(&["utro"])
        };
        let Opened::Yes(Saved::Changed(after)) = save(&letters, &token, &changed).await else { panic!() };
        assert_eq!((after.form, after.neutral, after.pause), (MailForm::Headlines, true, changed.pause.unwrap()));
        let kept = letters.found(ANNA).await.unwrap();
        assert_eq!((kept.state, kept.language.as_str()), (SubscriberState::Paused, "fa"));
        assert_eq!(letters.gets(anna.id).await, ["utro"]);
        letters.test.clock.advance_millis(3 * WEEK_MS);
        assert_eq!(readers::outbox::end_pauses(letters.newsroom()).await.unwrap(), 0);
        letters.test.clock.advance_millis(WEEK_MS);
        assert_eq!(readers::outbox::end_pauses(letters.newsroom()).await.unwrap(), 1);
        assert_eq!(letters.found(ANNA).await.unwrap().state, SubscriberState::Active);
        let token = letters.preferences(anna.id);
        let unspoken = Change { language: Some(Language::new("de").unwrap()), ..change(&["utro"]) };
        save(&letters, &token, &unspoken).await;
        assert_eq!(letters.found(ANNA).await.unwrap().language.as_str(), "en", "nobody can write German here");
    }

    async fn unticking_everything_deletes_everything(newsroom: TestNewsroom, anon: Anon) {
        let letters = Letters::of(newsroom).await;
        let anna = letters.subscriber(ANNA, &["weekly", "utro"]).await;
        let token = letters.preferences(anna.id);
        let left = save(&letters, &token, &change(&["none of these"])).await;
        assert_eq!(left, Opened::Yes(Saved::Left(Language::english())));
        assert_eq!(letters.found(ANNA).await, None);
        assert_eq!(letters.suppressed(ANNA).await, Some(SuppressionReason::Unsubscribed));
        assert_eq!(readers::preferences(letters.newsroom(), &token).await.unwrap(), Opened::Gone);
    }

    async fn a_mailbox_that_took_nothing_is_tried_again_when_its_owner_comes(newsroom: TestNewsroom, anon: Anon) {
        let letters = Letters::of(newsroom).await;
        let anna = letters.subscriber(ANNA, &["weekly"]).await;
        let bounced = model::Subscriber { state: SubscriberState::Bounced, bounces: 3, ..anna.clone() };
        let mut tx = letters.newsroom().store().begin().await.unwrap();
        store::subscriber_update(&mut tx, &bounced).await.unwrap();
        tx.commit().await.unwrap();
        save(&letters, &letters.preferences(anna.id), &change(&["weekly"])).await;
        let back = letters.found(ANNA).await.unwrap();
        assert_eq!((back.state, back.bounces), (SubscriberState::Active, 0));
    }

    async fn old_forged_and_foreign_links_open_nothing(newsroom: TestNewsroom, anon: Anon) {
        let letters = Letters::of(newsroom).await;
        let anna = letters.subscriber(ANNA, &["weekly"]).await;
        let token = letters.preferences(anna.id);
        let leaving = letters.unsubscribe(letters.issue("weekly").await, anna.id).url();
        let other = Keyring::generate(Custody::Server, &model::SeededChance::new(99));
        let foreign = Links(&other).preferences(anna.id, Week(i64::from(u32::MAX))).url();
        for bad in ["", "x", &token[1..], &leaving, &foreign] {
            assert_eq!(readers::preferences(letters.newsroom(), bad).await.unwrap(), Opened::Broken, "{bad}");
            assert_eq!(save(&letters, bad, &change(&[])).await, Opened::Broken);
            assert_eq!(readers::export(letters.newsroom(), bad).await.unwrap(), Opened::Broken);
            let erased = readers::erase(letters.newsroom(), bad, After::Nothing, None).await.unwrap();
            assert_eq!(erased, Opened::Broken);
        }
        letters.lock().await;
        assert_eq!(readers::preferences(letters.newsroom(), &token).await.unwrap(), Opened::Closed);
        letters.unlock().await;
        letters.test.clock.advance_millis(3 * WEEK_MS);
        assert_eq!(readers::preferences(letters.newsroom(), &token).await.unwrap(), Opened::Expired);
        assert_eq!(save(&letters, &token, &change(&[])).await, Opened::Expired);
        assert_eq!(letters.gets(anna.id).await, ["weekly"]);
    }

    async fn what_is_kept_can_be_taken_along_whole(newsroom: TestNewsroom, anon: Anon) {
        let letters = Letters::of(newsroom).await;
        letters.policy().await;
        let anna = letters.subscriber(ANNA, &["weekly"]).await;
        letters.issue("weekly").await;
        let token = letters.preferences(anna.id);
        let Opened::Yes(told) = readers::export(letters.newsroom(), &token).await.unwrap() else { panic!() };
        assert_eq!(told["address"], ANNA);
        assert_eq!(told["newsletters"][0]["newsletter"], "weekly");
        assert_eq!(told["consent"]["privacy_policy"], "privacy/en/1");
        // Friday, 11 July 2025.
        assert_eq!(told["consent"]["week"]["from"], "2025-07-07T00:00:00Z");
        assert_eq!(told["state"], "active");
        assert_eq!(told["issues_sent"], serde_json::json!([]));
    }

    async fn erasing_leaves_what_was_chosen_and_says_goodbye_once(newsroom: TestNewsroom, anon: Anon) {
        let letters = Letters::of(newsroom).await;
        for (after, kept) in [
            (After::Fingerprint, Some(SuppressionReason::Unsubscribed)),
            (After::Nothing, None),
            (After::Never, Some(SuppressionReason::Asked)),
        ] {
            let anna = letters.subscriber(ANNA, &["weekly"]).await;
            let token = letters.preferences(anna.id);
            let erased = readers::erase(letters.newsroom(), &token, after, None).await.unwrap();
            assert_eq!(erased, Opened::Yes(Erased { after, language: Language::english() }));
            assert_eq!(letters.found(ANNA).await, None);
            assert_eq!(letters.suppressed(ANNA).await, kept, "{after:?}");
            let mails = letters.sent().await;
            assert_eq!(mails.len(), 1);
            assert!(mails[0].header("subject").starts_with("You get no more mails"), "{}", mails[0].text());
            assert!(mails[0].plain().contains("https://news.example/newsletter/"), "{}", mails[0].plain());
            let again = readers::erase(letters.newsroom(), &token, after, None).await.unwrap();
            assert_eq!(again, Opened::Gone);
            assert_eq!(letters.sent().await.len(), 0);
            letters.test.clock.advance_millis(3_600_000);
        }
    }

    async fn a_link_is_sent_to_who_is_there_and_nobody_else_learns_of_it(newsroom: TestNewsroom, anon: Anon) {
        let letters = Letters::of(newsroom).await;
        let anna = letters.subscriber(ANNA, &["weekly"]).await;
        save(&letters, &letters.preferences(anna.id), &Change { neutral: true, ..change(&["weekly"]) }).await;
        let ask = async |address: &str| readers::ask_link(letters.newsroom(), &form(address, &[]), None).await.unwrap();
        let (known, unknown) = (ask(ANNA).await, ask("bert@reader.example").await);
        assert!(matches!(known, SignedUp::Sent { .. }));
        assert_eq!(known, unknown);
        let mails = letters.sent().await;
        assert_eq!((mails.len(), mails[0].to.as_str()), (1, ANNA));
        assert_eq!(mails[0].header("subject"), "Your notes", "it tells of the newsroom though it was not to");
        assert_eq!(mails[0].header("from"), "Notes <letter@news.example>");
        let token = link(&mails[0], "preferences");
        assert!(matches!(readers::preferences(letters.newsroom(), &token).await.unwrap(), Opened::Yes(_)));
        assert!(matches!(ask("anna").await, SignedUp::Wrong(_)));
    }

    async fn with_keys_on_another_machine_everything_works_but_showing_the_address(newsroom: TestNewsroom, anon: Anon) {
        let letters = Letters::of(newsroom).await;
        let private = letters.test.folder().join("private");
        std::fs::remove_file(letters.test.keyring()).unwrap();
        let (newsroom, offline) = (letters.newsroom(), app::vault::Custody::Offline);
        app::vault::begin_anew(newsroom, "test", offline, Some(&private), None, true).await.unwrap();
        app::vault::open(&letters.sending, None).await.unwrap();
        let whole = Keyring::parse(&std::fs::read(&private).unwrap(), None).unwrap();
        letters.sign_up(ANNA, &["weekly"]).await;
        let token = link(&letters.sent().await[0], "confirm");
        readers::confirm(letters.newsroom(), &token).await.unwrap();
        let lookup = whole.lookup(&vault::Address::parse(ANNA, vault::Smtputf8::Refused).unwrap());
        let mut tx = letters.newsroom().store().read().await.unwrap();
        let anna = store::subscriber_by_lookup(&mut tx, &lookup).await.unwrap().unwrap();
        drop(tx);
        assert_eq!(&*whole.open(vault::Bind::subscriber(anna.id), &anna.address).unwrap(), ANNA.as_bytes());
        let token = Links(&whole).preferences(anna.id, Week(Week::of(letters.now()).0 + 1)).url();
        let Opened::Yes(opened) = readers::preferences(letters.newsroom(), &token).await.unwrap() else { panic!() };
        assert_eq!(opened.address, None);
        let Opened::Yes(told) = readers::export(letters.newsroom(), &token).await.unwrap() else { panic!() };
        assert_eq!(told["address"], serde_json::Value::Null);
        readers::erase(letters.newsroom(), &token, After::Nothing, None).await.unwrap();
        assert_eq!(letters.sent().await.len(), 0, "a goodbye to an address that nobody here can read");
    }

    async fn a_publisher_erases_who_asked_by_letter(newsroom: TestNewsroom, anon: Anon) {
        let publisher = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap().staff;
        let letters = Letters::of(newsroom).await;
        letters.subscriber(ANNA, &["weekly"]).await;
        letters.sign_up(ANNA, &["utro"]).await;
        let wish = readers::Wish::parse("fingerprint").unwrap();
        readers::on_request(letters.newsroom(), &publisher, ANNA, wish).await.unwrap();
        assert_eq!(letters.found(ANNA).await, None);
        assert_eq!(letters.suppressed(ANNA).await, Some(SuppressionReason::Unsubscribed));
        assert_eq!(letters.sent().await.len(), 0, "a mail that waited went out after all");
        // Nobody learns whether somebody was there.
        readers::on_request(letters.newsroom(), &publisher, "bert@reader.example", wish).await.unwrap();
    }

    async fn readers_are_told_in_numbers(newsroom: TestNewsroom, anon: Anon) {
        let letters = Letters::of(newsroom).await;
        letters.newsletter("over", "en", 2).await;
        let anna = letters.subscriber(ANNA, &["weekly", "utro"]).await;
        letters.subscriber("bert@reader.example", &["weekly"]).await;
        letters.test.clock.advance_millis(WEEK_MS);
        let token = letters.unsubscribe(letters.issue("weekly").await, anna.id).url();
        readers::leave(letters.newsroom(), &token, false).await.unwrap();
        let numbers = readers::numbers(letters.newsroom(), None).await.unwrap();
        assert_eq!(numbers.states, [(SubscriberState::Active, 2)]);
        let told: Vec<_> =
            numbers.newsletters.iter().map(|one| (one.newsletter.slug.as_str(), one.active, one.languages.len())).collect();
        assert_eq!(told, [("weekly", 1, 1), ("utro", 1, 1), ("over", 0, 0)]);
        let weeks: Vec<_> = numbers.weeks[24..].iter().map(|week| (week.came, week.gone, week.total)).collect();
        assert_eq!(weeks, [(3, 0, 3), (0, 1, 2)]);
        assert_eq!((numbers.weeks.len(), numbers.weeks[23].total), (26, 0));
        assert_eq!((numbers.waiting, numbers.stuck.0, numbers.open, numbers.without_policy.len()), (0, 0, true, 3));
        let weekly = numbers.newsletters[0].newsletter.id;
        let one = readers::numbers(letters.newsroom(), Some(weekly)).await.unwrap();
        let weeks: Vec<_> = one.weeks[24..].iter().map(|week| (week.came, week.gone, week.total)).collect();
        assert_eq!(weeks, [(2, 0, 2), (0, 1, 1)]);
    }
}
