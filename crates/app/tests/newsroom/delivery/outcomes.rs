//! Every answer that a relay can give, and what becomes of a delivery.

use model::{DeliveryState, IssueState, Uncertain};
use testkit::smtp::{Do, Moment, Smtp, Stage};

use super::{
    Running, Weekly,
    letter::{addresses, ticking},
};

/// A server that says something when a mail to `name@…` is to be taken, the first `times` times.
async fn server(says: &'static [(&'static str, Stage, usize, Do)]) -> Smtp {
    let counts = std::sync::Mutex::new(std::collections::HashMap::<&str, usize>::new());
    Smtp::that(move |moment: &Moment| {
        for (name, stage, times, act) in says {
            if moment.stage == *stage && moment.to.starts_with(&format!("{name}@")) {
                let mut counts = counts.lock().unwrap();
                let count = counts.entry(name).or_default();
                *count += 1;
                if *count <= *times {
                    return act.clone();
                }
            }
        }
        Do::Go
    })
    .await
    .unwrap()
}

const ALWAYS: usize = usize::MAX;

testkit::both_backends! {
    async fn every_reply_code_ends_where_it_should(newsroom: TestNewsroom, anon: Anon) {
        let server = server(&[
            ("gone", Stage::To, ALWAYS, Do::Say("550 5.1.1 no such user")),
            ("full", Stage::To, 2, Do::Say("452 4.2.2 mailbox full")),
            ("grey", Stage::To, 1, Do::Say("450 4.7.1 greylisted")),
            ("busy", Stage::From, 0, Do::Go),
            ("later", Stage::End, 1, Do::Say("451 try again")),
            ("never", Stage::To, ALWAYS, Do::Say("451 try again")),
            ("spam", Stage::End, ALWAYS, Do::Say("554 5.7.1 rejected as spam")),
            ("filter", Stage::End, 1, Do::Say("554 5.7.1 rejected as spam")),
            ("dropped", Stage::End, 1, Do::TakeAndHangUp),
        ])
        .await;
        let weekly = Weekly::new(&newsroom).await;
        let names = ["gone", "full", "grey", "busy", "later", "never", "spam", "filter", "dropped", "fine"];
        weekly.readers(&newsroom, names.map(|name| format!("{name}@example.org"))).await;
        weekly.start(&newsroom.newsroom).await;
        let sender = Running::start(&newsroom, &[&server], 2).await;
        let report = weekly.until_sent_in_time(&newsroom).await;
        sender.stop().await;
        assert_eq!((report.standing.accepted, report.standing.failed), (7, 3), "{report:#?}");
        let said: Vec<&str> = report.failures.iter().map(|(reply, _)| reply.as_str()).collect();
        assert!(said.contains(&"550 5.1.1 no such user") && said.contains(&"451 try again"), "{said:?}");
        assert_eq!(said.iter().filter(|said| said.starts_with("554 5.7.1")).count(), 1);
        // The one that was in doubt came twice, under one identity.
        let twice: Vec<_> = server.mails().into_iter().filter(|mail| mail.to.starts_with("dropped")).collect();
        assert_eq!(twice.len(), 2);
        assert_eq!(twice[0].header("Message-ID"), twice[1].header("Message-ID"));
        assert_eq!((report.doubts.again, report.doubts.accepted), (1, 1));
        let shown = format!("{report:?}");
        assert!(!names.iter().any(|name| shown.contains(&format!("{name}@"))), "an address was kept");
    }

    async fn a_relay_that_misbehaves_at_any_moment_skips_nobody_and_doubles_only_what_was_in_doubt(newsroom: TestNewsroom, anon: Anon) {
        let server = server(&[
            ("closing", Stage::To, 1, Do::Say("421 4.3.2 closing")),
            ("closing-late", Stage::End, 1, Do::Say("421 4.7.0 try later")),
            ("storage", Stage::End, 1, Do::Say("452 4.3.1 insufficient system storage")),
            ("twice-asked", Stage::To, 1, Do::GoTwice),
            ("twice-sent", Stage::End, 1, Do::GoTwice),
            ("cut-early", Stage::To, 1, Do::HangUp),
            ("cut-before", Stage::Data, 1, Do::HangUp),
            ("cut-within", Stage::Body, 1, Do::HangUp),
            ("cut-after", Stage::End, 1, Do::HangUp),
            ("taken-and-cut", Stage::End, 1, Do::TakeAndHangUp),
            ("nonsense", Stage::End, 1, Do::Say("250-so\r\n354 what")),
            ("large", Stage::End, ALWAYS, Do::Say("552 5.3.4 too big")),
        ])
        .await;
        let weekly = Weekly::new(&newsroom).await;
        let names = [
            "closing", "closing-late", "storage", "twice-asked", "twice-sent", "cut-early", "cut-before", "cut-within",
            "cut-after", "taken-and-cut", "nonsense", "large", "fine", "fine-too",
        ];
        weekly.readers(&newsroom, names.map(|name| format!("{name}@example.org"))).await;
        weekly.start(&newsroom.newsroom).await;
        let sender = Running::start(&newsroom, &[&server], 2).await;
        let report = weekly.until_sent_in_time(&newsroom).await;
        sender.stop().await;
        assert_eq!((report.standing.accepted, report.standing.failed), (13, 1), "{report:#?}");
        assert_eq!(report.failures, [("552 5.3.4 too big".to_owned(), 1)]);
        // Whether it had them, nobody could know of four: so short a mail is whole before the other side can have cut it.
        assert_eq!((report.doubts.again, report.doubts.accepted), (4, 4), "{report:#?}");
        let mails = server.mails();
        for name in names {
            let came: Vec<_> = mails.iter().filter(|mail| mail.to == format!("{name}@example.org")).collect();
            let wanted = match name {
                "large" => 0,
                "taken-and-cut" => 2,
                _ => 1,
            };
            assert_eq!(came.len(), wanted, "{name}");
            assert!(came.windows(2).all(|two| two[0].header("Message-ID") == two[1].header("Message-ID")), "{name}");
        }
    }

    async fn what_nobody_knows_about_is_left_to_a_person_if_the_newsletter_says_so(newsroom: TestNewsroom, anon: Anon) {
        let server = server(&[("dropped", Stage::End, 1, Do::TakeAndHangUp)]).await;
        let weekly = Weekly::with(&newsroom, Uncertain::Hold, None).await;
        weekly.readers(&newsroom, ["dropped@example.org".to_owned(), "fine@example.org".to_owned()]).await;
        weekly.start(&newsroom.newsroom).await;
        let sender = Running::start(&newsroom, &[&server], 1).await;
        let report = weekly.until_sent(&sender.newsroom).await;
        assert_eq!((report.standing.accepted, report.standing.uncertain), (1, 1));
        assert_eq!(server.mails().len(), 2, "it was sent again by itself");
        // Somebody looks at the report, and decides.
        let by = app::delivery::By::CommandLine;
        assert_eq!(app::delivery::again(&sender.newsroom, by, weekly.issue).await.unwrap(), 1);
        let report = weekly.until_sent(&sender.newsroom).await;
        assert_eq!((report.standing.accepted, report.standing.uncertain), (2, 0));
        let none = app::delivery::again(&sender.newsroom, by, weekly.issue).await;
        assert!(crate::refused(none).contains("nothing of this issue is uncertain"));
        sender.stop().await;
    }

    async fn a_mail_that_always_hangs_up_does_not_go_round_for_ever(newsroom: TestNewsroom, anon: Anon) {
        let server = server(&[("dropped", Stage::End, ALWAYS, Do::TakeAndHangUp)]).await;
        let weekly = Weekly::new(&newsroom).await;
        weekly.reader(&newsroom, "dropped@example.org").await;
        weekly.start(&newsroom.newsroom).await;
        let sender = Running::start(&newsroom, &[&server], 1).await;
        let report = weekly.until_sent_in_time(&newsroom).await;
        sender.stop().await;
        assert_eq!(report.standing.uncertain, 1);
        assert_eq!(server.mails().len(), usize::try_from(app::delivery::DOUBTS_MAX).unwrap());
    }

    async fn a_relay_that_is_down_is_waited_for_and_the_issue_says_so(newsroom: TestNewsroom, anon: Anon) {
        let down = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true));
        let is_down = std::sync::Arc::clone(&down);
        let server = Smtp::that(move |moment| match moment.stage {
            Stage::Connect if is_down.load(std::sync::atomic::Ordering::SeqCst) => Do::Say("421 4.3.2 maintenance"),
            _ => Do::Go,
        });
        let server = server.await.unwrap();
        let weekly = Weekly::new(&newsroom).await;
        weekly.readers(&newsroom, addresses(10)).await;
        weekly.start(&newsroom.newsroom).await;
        let sender = Running::start(&newsroom, &[&server], 2).await;
        let clock = ticking(&newsroom, 100);
        let report = weekly.until(&sender.newsroom, |report| report.sending.why.is_some()).await;
        assert_eq!((report.sending.state, report.sending.why.as_deref()), (IssueState::Sending, Some("relay-resting")));
        assert_eq!(report.standing.open(), 10);
        down.store(false, std::sync::atomic::Ordering::SeqCst);
        let report = weekly.until_sent(&sender.newsroom).await;
        clock.abort();
        assert_eq!((report.standing.accepted, report.sending.why), (10, None));
        assert_eq!(server.mails().len(), 10);
        sender.stop().await;
    }

    async fn a_provider_that_refuses_everything_pauses_the_issue_and_nobody_is_given_up(newsroom: TestNewsroom, anon: Anon) {
        let server = Smtp::that(|moment| match moment.stage {
            Stage::End if moment.to.ends_with("@gmail.com") => Do::Say("550 5.7.26 this mail is unauthenticated"),
            _ => Do::Go,
        });
        let server = server.await.unwrap();
        let weekly = Weekly::new(&newsroom).await;
        weekly.readers(&newsroom, (0..80).map(|at| format!("reader{at}@gmail.com"))).await;
        weekly.readers(&newsroom, (0..80).map(|at| format!("reader{at}@example.org"))).await;
        weekly.start(&newsroom.newsroom).await;
        let sender = Running::start(&newsroom, &[&server], 2).await;
        let report = weekly.until(&sender.newsroom, |report| report.sending.state == IssueState::Paused).await;
        assert_eq!(report.sending.why.as_deref(), Some("refused"));
        let report = weekly.until(&sender.newsroom, |report| report.standing.attempting == 0).await;
        assert_eq!(report.standing.failed, 0);
        assert!(report.standing.deferred >= 50, "{:?}", report.standing);
        sender.stop().await;
        let mut tx = newsroom.newsroom.store().read().await.unwrap();
        let log = store::audit_list(&mut tx, i64::MAX, 5).await.unwrap();
        assert!(log.iter().any(|row| row.action == "issue.halt"), "{log:?}");
    }

    async fn an_address_that_does_not_open_fails_and_stops_nobody_else(newsroom: TestNewsroom, anon: Anon) {
        let server = Smtp::start().await.unwrap();
        let weekly = Weekly::new(&newsroom).await;
        let ids = weekly.readers(&newsroom, addresses(5)).await;
        let mut tx = newsroom.newsroom.store().begin().await.unwrap();
        // Somebody put one reader's sealed address onto another's row.
        let other = store::subscriber_by_id(&mut tx, ids[1]).await.unwrap().unwrap();
        match &mut tx {
            store::Tx::Sqlite(tx) => drop(
                sqlx::query("UPDATE subscriber SET address = $2 WHERE id = $1")
                    .bind(ids[0].0)
                    .bind(&other.address.0)
                    .execute(&mut **tx)
                    .await
                    .unwrap(),
            ),
            store::Tx::Postgres(tx) => drop(
                sqlx::query("UPDATE subscriber SET address = $2 WHERE id = $1")
                    .bind(ids[0].0)
                    .bind(&other.address.0)
                    .execute(&mut **tx)
                    .await
                    .unwrap(),
            ),
        }
        tx.commit().await.unwrap();
        weekly.start(&newsroom.newsroom).await;
        let sender = Running::start(&newsroom, &[&server], 2).await;
        let report = weekly.until_sent(&sender.newsroom).await;
        assert_eq!((report.standing.accepted, report.standing.failed), (4, 1));
        assert_eq!(report.failures, [("the sealed address does not open".to_owned(), 1)]);
        let mut tx = newsroom.newsroom.store().read().await.unwrap();
        let row = store::delivery_by_subscriber(&mut tx, weekly.issue, ids[0]).await.unwrap().unwrap();
        assert_eq!((row.state, row.tries), (DeliveryState::Failed, 0));
        sender.stop().await;
    }

    async fn a_provider_that_asks_for_less_holds_up_nobody_else(newsroom: TestNewsroom, anon: Anon) {
        let server = Smtp::that(|moment| match moment.stage {
            Stage::To if moment.to.ends_with("@gmail.com") && moment.count < 6 => Do::Say("450 4.2.1 receiving mail at a rate that prevents more"),
            _ => Do::Go,
        });
        let server = server.await.unwrap();
        let weekly = Weekly::new(&newsroom).await;
        weekly.readers(&newsroom, addresses(60)).await;
        weekly.start(&newsroom.newsroom).await;
        let sender = Running::start(&newsroom, &[&server], 2).await;
        let others = weekly.until(&sender.newsroom, |report| {
            report.providers.iter().filter(|line| line.provider != "gmail").map(|line| line.accepted).sum::<i64>() == 48
        });
        let report = others.await;
        assert!(report.standing.open() > 0, "nobody was slowed down: {:?}", report.standing);
        let clock = ticking(&newsroom, 1_000);
        let report = weekly.until_sent(&sender.newsroom).await;
        clock.abort();
        assert_eq!(report.standing.accepted, 60);
        sender.stop().await;
    }
}
