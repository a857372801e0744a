//! Several nodes, nodes that die, clocks that jump, backups.

use std::{collections::HashMap, time::Duration};

use model::IssueState;
use outside::mail::{Relay, Signer};
use testkit::{
    TestNewsroom,
    smtp::{Do, Mail, Smtp, Stage},
};

use super::{
    Running, Weekly,
    letter::{addresses, node},
};

fn times(mails: &[Mail]) -> HashMap<String, usize> {
    let mut times = HashMap::new();
    for mail in mails {
        *times.entry(mail.to.clone()).or_default() += 1;
    }
    times
}

/// A newsroom that was made of a backup.
async fn restored(test: &TestNewsroom, dir: &std::path::Path, file: &std::path::Path) -> app::Newsroom {
    let target = crate::backup::empty_newsroom_with(dir, Some(test.keyring())).await;
    let backup = std::fs::File::open(file).unwrap();
    let clock = std::sync::Arc::<model::FixedClock>::clone(&test.clock);
    app::backup::restore(target.store(), target.objects(), &dir.join("theme"), backup, clock).await.unwrap();
    target
}

testkit::both_backends! {
    async fn two_nodes_share_the_work(newsroom: TestNewsroom, anon: Anon) {
        let act = |moment: &testkit::smtp::Moment| match moment.stage {
            Stage::End => Do::GoSlowly(Duration::from_millis(5)),
            _ => Do::Go,
        };
        let (one, two) = (Smtp::that(act).await.unwrap(), Smtp::that(act).await.unwrap());
        let weekly = Weekly::new(&newsroom).await;
        weekly.readers(&newsroom, addresses(400)).await;
        weekly.start(&newsroom.newsroom).await;
        let first = Running::start(&newsroom, &[&one], 4).await;
        let second = Running::start(&newsroom, &[&two], 4).await;
        weekly.until_sent(&newsroom.newsroom).await;
        let (a, b) = (one.mails(), two.mails());
        assert!(a.len() > 40 && b.len() > 40, "one did it all: {} and {}", a.len(), b.len());
        let all = times(&[a, b].concat());
        assert_eq!((all.len(), all.values().sum::<usize>()), (400, 400));
        first.stop().await;
        second.stop().await;
    }

    async fn what_a_dead_node_had_begun_is_taken_up_by_another_and_nothing_else_comes_twice(newsroom: TestNewsroom, anon: Anon) {
        // It takes mails, and the answers never arrive.
        let hangs = Smtp::that(|moment| match moment.stage {
            Stage::End if moment.count >= 10 => Do::Hang,
            _ => Do::Go,
        });
        let hangs = hangs.await.unwrap();
        let weekly = Weekly::new(&newsroom).await;
        weekly.readers(&newsroom, addresses(60)).await;
        weekly.start(&newsroom.newsroom).await;
        let dead = node(&newsroom, &[&hangs], 3).await;
        let (_stop, stopped) = tokio::sync::watch::channel(false);
        let task = tokio::spawn(app::delivery::run(dead.clone(), stopped));
        weekly.until(&dead, |report| report.standing.accepted == 10 && report.standing.attempting == 3).await;
        task.abort();
        let good = Smtp::start().await.unwrap();
        let alive = Running::start(&newsroom, &[&good], 3).await;
        weekly.until(&alive.newsroom, |report| report.standing.attempting == 3 && report.standing.accepted >= 11).await;
        // Their leases end. What was reserved comes back with them.
        newsroom.clock.advance_millis(61_000);
        let report = weekly.until(&alive.newsroom, |report| report.standing.attempting == 0).await;
        assert_eq!(report.doubts.again, 3, "{report:#?}");
        newsroom.clock.advance_millis(10 * 60_000);
        let report = weekly.until_sent(&alive.newsroom).await;
        assert_eq!((report.standing.accepted, report.doubts.accepted), (60, 3));
        alive.stop().await;
        let all = times(&[hangs.mails(), good.mails()].concat());
        assert_eq!((all.len(), all.values().sum::<usize>()), (60, 60));
    }

    async fn a_clock_that_jumps_an_hour_ahead_makes_nothing_come_twice(newsroom: TestNewsroom, anon: Anon) {
        let server = Smtp::that(|moment| match moment.stage {
            Stage::End => Do::GoSlowly(Duration::from_millis(700)),
            _ => Do::Go,
        });
        let server = server.await.unwrap();
        let weekly = Weekly::new(&newsroom).await;
        weekly.readers(&newsroom, addresses(24)).await;
        weekly.start(&newsroom.newsroom).await;
        let sender = Running::start(&newsroom, &[&server], 6).await;
        for jump in [3_600_000, 3_600_000, -7_200_000] {
            weekly.until(&sender.newsroom, |report| report.standing.attempting > 3).await;
            newsroom.clock.advance_millis(jump);
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
        newsroom.clock.advance_millis(120_000);
        let report = weekly.until_sent(&sender.newsroom).await;
        sender.stop().await;
        assert_eq!((report.standing.accepted, report.doubts.again), (24, 0));
        assert_eq!(server.mails().len(), 24);
    }

    async fn two_issues_go_out_side_by_side(newsroom: TestNewsroom, anon: Anon) {
        let server = Smtp::that(|moment| match moment.stage {
            Stage::End => Do::GoSlowly(Duration::from_millis(5)),
            _ => Do::Go,
        });
        let server = server.await.unwrap();
        let weekly = Weekly::new(&newsroom).await;
        weekly.readers(&newsroom, addresses(200)).await;
        let daily = weekly.another(&newsroom).await;
        weekly.start(&newsroom.newsroom).await;
        daily.start(&newsroom.newsroom).await;
        let sender = Running::start(&newsroom, &[&server], 2).await;
        let half = daily.until(&sender.newsroom, |report| report.standing.accepted >= 60).await;
        let other = weekly.report(&sender.newsroom).await;
        let apart = (half.standing.accepted - other.standing.accepted).abs();
        assert!(apart < 60, "one waited for the other: {:?} and {:?}", half.standing, other.standing);
        weekly.until_sent(&sender.newsroom).await;
        daily.until_sent(&sender.newsroom).await;
        assert_eq!(server.mails().len(), 400);
        sender.stop().await;
    }

    async fn a_restored_backup_sends_nothing_until_somebody_says_so(newsroom: TestNewsroom, anon: Anon) {
        let hangs = Smtp::that(|moment| match moment.stage {
            Stage::End if moment.count >= 10 => Do::Hang,
            _ => Do::Go,
        });
        let hangs = hangs.await.unwrap();
        let weekly = Weekly::new(&newsroom).await;
        weekly.readers(&newsroom, addresses(40)).await;
        weekly.start(&newsroom.newsroom).await;
        let node = node(&newsroom, &[&hangs], 2).await;
        let (_stop, stopped) = tokio::sync::watch::channel(false);
        let task = tokio::spawn(app::delivery::run(node.clone(), stopped));
        weekly.until(&node, |report| report.standing.accepted == 10 && report.standing.attempting == 2).await;
        let file = newsroom.folder().join("backup.tar.zst");
        app::backup::write(&node, &file, &|_, _| {}).await.unwrap();
        task.abort();
        let elsewhere = tempfile::tempdir().unwrap();
        let target = restored(&newsroom, elsewhere.path(), &file).await;
        let report = weekly.report(&target).await;
        assert_eq!((report.sending.state, report.sending.why.as_deref()), (IssueState::Paused, Some("restored")));
        assert_eq!((report.standing.uncertain, report.standing.accepted, report.standing.pending), (2, 10, 28));
        let good = Smtp::start().await.unwrap();
        let relays = vec![Relay::new("good", &good.address).unwrap()];
        let node = newsroom.mailing_at(target.store().clone(), relays, Signer::default()).await.unwrap();
        let sender = Running::of(node);
        tokio::time::sleep(Duration::from_millis(900)).await;
        assert!(good.mails().is_empty(), "it was sent on by itself");
        weekly.resume(&target).await;
        newsroom.clock.advance_millis(61_000);
        let report = weekly.until_sent(&sender.newsroom).await;
        assert_eq!((good.mails().len(), report.standing.uncertain), (28, 2));
        sender.stop().await;
    }

    async fn what_a_relay_took_today_is_known_after_a_restart_and_to_the_other_servers(newsroom: TestNewsroom, anon: Anon) {
        let server = Smtp::start().await.unwrap();
        let (news, weekly) = (&newsroom.newsroom, Weekly::new(&newsroom).await);
        weekly.readers(&newsroom, addresses(30)).await;
        weekly.start(news).await;
        let process = async || {
            let relay = Relay { per_day: 20, ..Relay::new("main", &server.address).unwrap() };
            Running::of(newsroom.mailing(vec![relay], Signer::default()).await.unwrap())
        };
        let first = process().await;
        weekly.until(news, |report| report.standing.accepted == 20).await;
        first.stop().await;
        let second = process().await;
        tokio::time::sleep(Duration::from_millis(1_500)).await;
        assert_eq!(server.mails().len(), 20, "the day began anew with the process");
        second.stop().await;
        newsroom.clock.advance_millis(24 * 3_600_000);
        let third = process().await;
        weekly.until_sent(news).await;
        assert_eq!(server.mails().len(), 30);
        third.stop().await;
    }
}
