//! From a form to a subscriber, and everything that must not make one.

use app::readers::{self, Confirmed, Confirming, MailedWish, Never, SignedUp, Wish, Wrong};
use model::{Language, MailForm, Role, SubscriberState, Suppression, SuppressionReason, Week};
use testkit::{Do, Smtp, Stage, both_backends};
use vault::{Address, AddressError, Bind, Smtputf8};

use super::{ANNA, Letters, form, link};
use crate::{denied, refused};

const WEEK_MS: i64 = 7 * 24 * 3_600_000;

both_backends! {
    async fn a_mail_asks_and_only_its_button_makes_a_subscriber(newsroom: TestNewsroom, anon: Anon) {
        let letters = Letters::of(newsroom).await;
        letters.policy().await;
        let week = Week::of(letters.now());
        assert_eq!(letters.sign_up(ANNA, &["weekly"]).await, SignedUp::Sent { until: Week(week.0 + 1) });
        assert_eq!(letters.found(ANNA).await, None, "something was stored before the confirmation");
        let mails = letters.sent().await;
        assert_eq!((mails.len(), mails[0].to.as_str(), mails[0].from.as_str()), (1, ANNA, "letter@news.example"));
        assert_eq!(mails[0].header("auto-submitted"), "auto-generated");
        assert!(mails[0].header("content-type").starts_with("multipart/alternative"));
        assert!(mails[0].header("subject").starts_with("Please confirm"), "{}", mails[0].text());
        assert!(mails[0].plain().contains("The weekly"), "{}", mails[0].plain());
        let token = link(&mails[0], "confirm");
        let asked = readers::confirming(letters.newsroom(), &token).await.unwrap();
        let Confirming::Ask { address, names, language } = asked else { panic!("{asked:?}") };
        assert_eq!((address.as_str(), names, language.as_str()), (ANNA, vec!["The weekly".to_owned()], "en"));
        assert_eq!(letters.found(ANNA).await, None, "a program that follows links signs people up");
        let confirmed = readers::confirm(letters.newsroom(), &token).await.unwrap();
        assert!(matches!(confirmed, Confirmed::Done { ref sender, .. } if sender == "letter@news.example"));
        let anna = letters.found(ANNA).await.unwrap();
        assert_eq!((anna.state, anna.form, anna.consent.week), (SubscriberState::Active, MailForm::Full, week));
        assert_eq!((anna.consent.policy.as_str(), anna.consent.source.as_str()), ("privacy/en/1", "site"));
        assert_eq!(letters.gets(anna.id).await, ["weekly"]);
        assert_eq!(&*letters.keys().open(Bind::subscriber(anna.id), &anna.address).unwrap(), ANNA.as_bytes());
        assert_eq!(letters.sent().await.len(), 0, "a mail went out twice");
    }

    async fn pressing_the_button_again_changes_nothing(newsroom: TestNewsroom, anon: Anon) {
        let letters = Letters::of(newsroom).await;
        letters.sign_up(ANNA, &["weekly"]).await;
        let token = link(&letters.sent().await[0], "confirm");
        readers::confirm(letters.newsroom(), &token).await.unwrap();
        let first = letters.found(ANNA).await;
        let (one, two) =
            tokio::join!(readers::confirm(letters.newsroom(), &token), readers::confirm(letters.newsroom(), &token));
        assert!(matches!(one.unwrap(), Confirmed::Done { .. }) && matches!(two.unwrap(), Confirmed::Done { .. }));
        assert_eq!(letters.found(ANNA).await, first);
        let mut tx = letters.newsroom().store().read().await.unwrap();
        assert_eq!(store::subscriber_counts(&mut tx).await.unwrap()[0].count, 1);
        let weeks = store::newsletter_week_list(&mut tx, Week(0)).await.unwrap();
        assert_eq!((weeks[0].came, weeks[0].gone), (1, 0), "somebody was counted twice");
    }

    async fn an_old_link_says_so_and_offers_a_new_start(newsroom: TestNewsroom, anon: Anon) {
        let letters = Letters::of(newsroom).await;
        letters.sign_up(ANNA, &["weekly"]).await;
        let token = link(&letters.sent().await[0], "confirm");
        letters.test.clock.advance_millis(2 * WEEK_MS);
        let wanted = Confirming::Expired {
            address: ANNA.to_owned(),
            newsletters: vec!["weekly".to_owned()],
            language: Language::english(),
        };
        assert_eq!(readers::confirming(letters.newsroom(), &token).await.unwrap(), wanted);
        assert_eq!(readers::confirm(letters.newsroom(), &token).await.unwrap(), Confirmed::Not(wanted));
        assert_eq!(letters.found(ANNA).await, None);
    }

    async fn a_forged_or_cut_link_tells_nothing(newsroom: TestNewsroom, anon: Anon) {
        let letters = Letters::of(newsroom).await;
        let anna = letters.subscriber(ANNA, &["weekly"]).await;
        letters.sign_up("bert@reader.example", &["weekly"]).await;
        let token = link(&letters.sent().await[0], "confirm");
        let other = letters.preferences(anna.id);
        for bad in ["", "x", &token[..token.len() - 1], &format!("{token}A"), &other, &"A".repeat(8000)] {
            assert_eq!(readers::confirming(letters.newsroom(), bad).await.unwrap(), Confirming::Broken, "{bad}");
            let confirmed = readers::confirm(letters.newsroom(), bad).await.unwrap();
            assert_eq!(confirmed, Confirmed::Not(Confirming::Broken), "{bad}");
        }
    }

    async fn the_answer_and_the_work_are_the_same_whoever_is_asked_for(newsroom: TestNewsroom, anon: Anon) {
        let letters = Letters::of(newsroom).await;
        letters.subscriber(ANNA, &["weekly"]).await;
        letters.test.clock.advance_millis(3_600_000);
        suppress(&letters, "carla@reader.example", SuppressionReason::Asked).await;
        suppress(&letters, "dora@reader.example", SuppressionReason::Complaint).await;
        suppress(&letters, "emil@reader.example", SuppressionReason::Bounce).await;
        let mut rows = Vec::new();
        let week = Week::of(letters.now());
        for (address, subject) in [
            (ANNA, "You get it already"),
            ("bert@reader.example", "Please confirm"),
            ("carla@reader.example", ""),
            ("dora@reader.example", ""),
            ("emil@reader.example", "Please confirm"),
        ] {
            let said = letters.sign_up(address, &["weekly"]).await;
            assert_eq!(said, SignedUp::Sent { until: Week(week.0 + 1) }, "{address}");
            rows.push(outbox_sizes(&letters).await);
            let mails = letters.sent().await;
            let subjects: String = mails.iter().map(|mail| mail.header("subject")).collect();
            assert!(subjects.starts_with(subject) && subjects.is_empty() == subject.is_empty(), "{address}: {subjects}");
            assert_eq!(outbox_sizes(&letters).await, Vec::<usize>::new(), "a row outlived its mail");
        }
        assert!(rows.iter().all(|sizes| sizes.len() == 1 && sizes == &rows[0]), "rows tell addresses apart: {rows:?}");
    }

    async fn who_gets_one_newsletter_is_asked_for_another_and_keeps_both(newsroom: TestNewsroom, anon: Anon) {
        let letters = Letters::of(newsroom).await;
        let anna = letters.subscriber(ANNA, &["weekly"]).await;
        letters.sign_up(ANNA, &["weekly", "utro"]).await;
        let token = link(&letters.sent().await[0], "confirm");
        readers::confirm(letters.newsroom(), &token).await.unwrap();
        assert_eq!(letters.found(ANNA).await.unwrap().id, anna.id);
        assert_eq!(letters.gets(anna.id).await, ["utro", "weekly"]);
    }

    async fn what_cannot_be_used_is_named(newsroom: TestNewsroom, anon: Anon) {
        let letters = Letters::of(newsroom).await;
        letters.newsletter("over", "en", 2).await;
        for (address, newsletters, wrong) in [
            ("", &["weekly"][..], Wrong::Address(AddressError::Empty)),
            ("anna", &["weekly"], Wrong::Address(AddressError::At)),
            ("anna@localhost", &["weekly"], Wrong::Address(AddressError::Domain)),
            ("анна@reader.example", &["weekly"], Wrong::Address(AddressError::LocalNotAscii)),
            ("anna@reader.example\r\nBcc: b@c.example", &["weekly"], Wrong::Address(AddressError::Control)),
            (&format!("{}@reader.example", "a".repeat(320)), &["weekly"], Wrong::Address(AddressError::Long)),
            (ANNA, &[], Wrong::Newsletter),
            (ANNA, &["over"], Wrong::Newsletter),
            (ANNA, &["none"], Wrong::Newsletter),
        ] {
            assert_eq!(letters.sign_up(address, newsletters).await, SignedUp::Wrong(wrong), "{address}");
        }
        assert_eq!(letters.sent().await.len(), 0);
        for good in ["anna+letters@reader.example", "\"anna b\"@reader.example", "anna@пример.рф"] {
            assert!(matches!(letters.sign_up(good, &["weekly"]).await, SignedUp::Sent { .. }), "{good}");
        }
        assert_eq!(letters.sent().await.len(), 3);
    }

    async fn a_machine_that_fills_in_every_field_is_answered_and_nothing_is_sent(newsroom: TestNewsroom, anon: Anon) {
        let letters = Letters::of(newsroom).await;
        let mut filled = form(ANNA, &["weekly"]);
        filled.trap = "https://spam.example".to_owned();
        let said = readers::sign_up(letters.newsroom(), &filled, None).await.unwrap();
        assert!(matches!(said, SignedUp::Sent { .. }));
        assert_eq!(letters.sent().await.len(), 0);
    }

    async fn without_keys_or_address_nobody_is_signed_up_and_it_says_so(newsroom: TestNewsroom, anon: Anon) {
        let letters = Letters::of(newsroom).await;
        letters.sign_up(ANNA, &["weekly"]).await;
        let token = link(&letters.sent().await[0], "confirm");
        letters.lock().await;
        assert_eq!(letters.sign_up(ANNA, &["weekly"]).await, SignedUp::Closed);
        assert_eq!(readers::confirming(letters.newsroom(), &token).await.unwrap(), Confirming::Closed);
        letters.unlock().await;
        assert!(matches!(readers::confirming(letters.newsroom(), &token).await.unwrap(), Confirming::Ask { .. }));
        let mut tx = letters.newsroom().store().begin().await.unwrap();
        store::newsroom_settings_set(&mut tx, &model::Newsroom::default(), letters.now()).await.unwrap();
        tx.commit().await.unwrap();
        let asked = |host| { let form = form(ANNA, &["weekly"]); let newsroom = letters.newsroom().clone();
            async move { readers::sign_up(&newsroom, &form, host).await.unwrap() } };
        assert_eq!(asked(Some("https://evil.example")).await, SignedUp::Unready);
        assert!(matches!(asked(Some("http://localhost:8080")).await, SignedUp::Sent { .. }));
        assert!(letters.sent().await[0].plain().contains("http://localhost:8080/-/newsletter/confirm/"));
    }

    async fn never_write_again_is_heeded_until_a_publisher_lets_them_in(newsroom: TestNewsroom, anon: Anon) {
        let publisher = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap().staff;
        let editor = newsroom.person(&anon, Role::NewsletterEditor, "bert").await.unwrap().staff;
        let letters = Letters::of(newsroom).await;
        let anna = letters.subscriber(ANNA, &["weekly"]).await;
        letters.sign_up(ANNA, &["weekly", "utro"]).await;
        let token = link(&letters.sent().await[0], "never");
        assert!(matches!(readers::confirming(letters.newsroom(), &token).await.unwrap(), Confirming::Ask { .. }));
        assert!(letters.found(ANNA).await.is_some(), "opening the link did it");
        assert_eq!(readers::never(letters.newsroom(), &token).await.unwrap(), Never::Done(Language::english()));
        assert_eq!(letters.found(ANNA).await, None);
        assert_eq!(letters.gets(anna.id).await, Vec::<String>::new());
        assert_eq!(letters.suppressed(ANNA).await, Some(SuppressionReason::Asked));
        letters.test.clock.advance_millis(3_600_000);
        letters.sign_up(ANNA, &["weekly"]).await;
        assert_eq!(letters.sent().await.len(), 0, "who said never was written to");
        denied(readers::on_request(letters.newsroom(), &editor, ANNA, Wish::LetIn).await);
        assert!(refused(readers::on_request(letters.newsroom(), &publisher, "anna", Wish::LetIn).await).contains('@'));
        readers::on_request(letters.newsroom(), &publisher, " Anna@Reader.example ", Wish::LetIn).await.unwrap();
        letters.test.clock.advance_millis(3_600_000);
        letters.sign_up(ANNA, &["weekly"]).await;
        assert_eq!(letters.sent().await.len(), 1);
        let mut tx = letters.newsroom().store().read().await.unwrap();
        let log = format!("{:?}", store::audit_list(&mut tx, i64::MAX, 10).await.unwrap());
        assert!(log.contains("subscriber.let_in") && !log.to_lowercase().contains("reader.example"), "{log}");
    }

    async fn whoever_confirms_is_written_to_again_after_a_bounce(newsroom: TestNewsroom, anon: Anon) {
        let letters = Letters::of(newsroom).await;
        suppress(&letters, ANNA, SuppressionReason::Bounce).await;
        letters.subscriber(ANNA, &["weekly"]).await;
        assert_eq!(letters.suppressed(ANNA).await, None);
    }

    async fn a_mail_signs_up_like_a_form_and_has_to_be_confirmed(newsroom: TestNewsroom, anon: Anon) {
        let letters = Letters::of(newsroom).await;
        let russian = Language::new("ru").unwrap();
        let wish = readers::mail_sign_up(letters.newsroom(), ANNA, &[], Some(&russian)).await.unwrap();
        assert_eq!(wish, MailedWish::Taken);
        let mails = letters.sent().await;
        assert!(mails[0].plain().contains("The utro"), "{}", mails[0].plain());
        readers::confirm(letters.newsroom(), &link(&mails[0], "confirm")).await.unwrap();
        let anna = letters.found(ANNA).await.unwrap();
        assert_eq!((anna.consent.source.as_str(), anna.language.as_str()), ("mail", "ru"));
        let none = readers::mail_sign_up(letters.newsroom(), "mailer-daemon", &[], None).await.unwrap();
        assert_eq!(none, MailedWish::Unusable);
        letters.lock().await;
        let closed = readers::mail_sign_up(letters.newsroom(), ANNA, &[], None).await.unwrap();
        assert_eq!(closed, MailedWish::Later);
    }

    async fn a_relay_that_is_busy_gets_the_mail_later_under_the_same_name(newsroom: TestNewsroom, anon: Anon) {
        let smtp = Smtp::that(|moment| match moment.stage {
            Stage::End if moment.count == 0 => Do::TakeAndHangUp,
            Stage::To if moment.count == 1 => Do::Say("451 4.7.1 come back later"),
            Stage::To if moment.to.starts_with("gone@") => Do::Say("550 5.1.1 no such user"),
            _ => Do::Go,
        });
        let letters = Letters::with(newsroom, smtp.await.unwrap()).await;
        letters.sign_up(ANNA, &["weekly"]).await;
        let uncertain = letters.sent().await;
        assert_eq!(letters.sent().await.len(), 0, "it was tried again at once");
        letters.test.clock.advance_millis(60_000);
        // A relay that broke a connection rests a moment before it is tried again.
        until(&letters, "451 4.7.1 come back later").await;
        letters.test.clock.advance_millis(5 * 60_000);
        let mails = letters.sent().await;
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0].header("message-id"), uncertain[0].header("message-id"));
        assert_eq!(outbox_sizes(&letters).await.len(), 0);
        letters.sign_up("gone@reader.example", &["weekly"]).await;
        letters.sent().await;
        assert_eq!(outbox_sizes(&letters).await.len(), 0, "a mail to nobody is kept");
    }

    async fn mails_that_nobody_takes_are_given_up_and_those_without_a_relay_wait(newsroom: TestNewsroom, anon: Anon) {
        let smtp = Smtp::that(|moment| match moment.stage {
            Stage::To => Do::Say("451 4.7.1 come back later"),
            _ => Do::Go,
        });
        let letters = Letters::with(newsroom, smtp.await.unwrap()).await;
        letters.sign_up(ANNA, &["weekly"]).await;
        readers::outbox::run_due(letters.newsroom()).await.unwrap();
        let mut tx = letters.newsroom().store().read().await.unwrap();
        let (stuck, reply) = store::outbox_stuck(&mut tx).await.unwrap();
        drop(tx);
        assert_eq!(stuck, 1);
        assert!(reply.unwrap().contains("no relay is set"), "a missing relay counts as a try");
        letters.test.clock.advance_millis(3_600_000);
        for pause in readers::outbox::PAUSES {
            letters.sent().await;
            assert_eq!(outbox_sizes(&letters).await.len(), 1);
            letters.test.clock.advance_millis(pause);
        }
        letters.sent().await;
        assert_eq!(outbox_sizes(&letters).await.len(), 0);
    }
}

/// Sends what waits until that is what is said of it.
async fn until(letters: &Letters, wanted: &str) {
    for _ in 0..500 {
        letters.sent().await;
        let mut tx = letters.newsroom().store().read().await.unwrap();
        let (_, reply) = store::outbox_stuck(&mut tx).await.unwrap();
        if reply.as_deref() == Some(wanted) {
            return;
        }
        letters.test.clock.advance_millis(1_000);
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("{wanted} was never said");
}

async fn suppress(letters: &Letters, address: &str, reason: SuppressionReason) {
    let lookup = letters.keys().lookup(&Address::parse(address, Smtputf8::Refused).unwrap());
    let mut tx = letters.newsroom().store().begin().await.unwrap();
    let suppression = Suppression { lookup, reason, week: Week::of(letters.now()) };
    store::suppression_insert(&mut tx, &suppression).await.unwrap();
    tx.commit().await.unwrap();
}

/// How long the sealed mails are that wait.
async fn outbox_sizes(letters: &Letters) -> Vec<usize> {
    let mut tx = letters.newsroom().store().read().await.unwrap();
    let rows = store::dump::rows(&mut tx, "outbox", None, 100).await.unwrap();
    rows.iter().map(|row| row["sealed"].as_str().unwrap_or_default().len()).collect()
}
