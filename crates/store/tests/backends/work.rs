//! Journal, followers, jobs, audit, import links.

use std::collections::BTreeSet;

use model::{Job, JobId, JobState, JournalKind, Language, NewJournalRow, Tag};
use store::*;

use crate::{Maker, both_backends, noon};

fn change() -> NewJournalRow {
    NewJournalRow { kind: JournalKind::FrontChanged, subject: None, tags: vec![Tag::front(&Language::english())] }
}

#[tokio::test]
async fn the_journal_is_read_back_in_order_by_its_followers() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        let story = make.story("a");
        let row = NewJournalRow {
            kind: JournalKind::StoryPublished,
            subject: Some(story.id.0),
            tags: vec![Tag::story(story.id), Tag::latest(&story.language)],
        };
        assert_eq!(journal_append(&mut tx, noon(), &row).await.unwrap(), 1);
        assert_eq!(journal_append(&mut tx, noon(), &change()).await.unwrap(), 2);
        let rows = journal_after(&mut tx, 0, 10).await.unwrap();
        assert_eq!((rows[0].seq, rows[0].kind, rows[0].subject), (1, row.kind, row.subject));
        assert_eq!((rows[0].at, rows[0].tags.clone()), (noon(), row.tags));
        assert_eq!(journal_after(&mut tx, 1, 10).await.unwrap().len(), 1);
        assert_eq!(follower_cursor(&mut tx, "pages").await.unwrap(), 0);
        follower_set(&mut tx, "pages", 1).await.unwrap();
        follower_set(&mut tx, "pages", 2).await.unwrap();
        assert_eq!(follower_cursor(&mut tx, "pages").await.unwrap(), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_follower_never_misses_a_row_however_many_write() {
    both_backends(async |store| {
        const WRITERS: usize = 8;
        const EACH: usize = 12;
        let mut writers = tokio::task::JoinSet::new();
        for writer in 0..WRITERS {
            let store = store.clone();
            writers.spawn(async move {
                for round in 0..EACH {
                    let mut tx = store.begin().await.unwrap();
                    // Some write the audit log first: both take the same lock, so that nobody waits for ever.
                    if (writer + round) % 2 == 0 {
                        audit_append(&mut tx, noon(), "anna", "front.set", None, "{}").await.unwrap();
                    }
                    journal_append(&mut tx, noon(), &change()).await.unwrap();
                    audit_append(&mut tx, noon(), "anna", "front.set", None, "{}").await.unwrap();
                    tokio::task::yield_now().await;
                    if round % 4 == 3 { drop(tx) } else { tx.commit().await.unwrap() }
                }
            });
        }
        let wanted = (WRITERS * EACH * 3 / 4) as i64;
        // A follower that moves its cursor to the last row it saw must see every row once.
        let (mut cursor, mut seen) = (0, Vec::new());
        while cursor < wanted {
            let mut tx = store.read().await.unwrap();
            for row in journal_after(&mut tx, cursor, 5).await.unwrap() {
                cursor = row.seq;
                seen.push(row.seq);
            }
            tokio::task::yield_now().await;
        }
        while let Some(done) = writers.join_next().await {
            done.unwrap();
        }
        assert_eq!(seen, (1..=wanted).collect::<Vec<_>>());
        assert_eq!(journal_last(&mut store.read().await.unwrap()).await.unwrap(), wanted);
    })
    .await;
}

fn work(make: &Maker, kind: &str) -> Job {
    Job {
        id: JobId::new(make.tick(), &make.chance),
        kind: kind.to_owned(),
        payload: serde_json::json!({ "photo": "pier" }),
        state: JobState::Waiting,
        run_at: noon(),
        attempts: 0,
        last_error: None,
    }
}

#[tokio::test]
async fn a_job_goes_through_its_life() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        let (photo, feed) = (work(&make, "photo"), Job { run_at: noon().plus_millis(50), ..work(&make, "feed") });
        job_enqueue(&mut tx, &photo).await.unwrap();
        job_enqueue(&mut tx, &feed).await.unwrap();
        assert_eq!(job_next_due(&mut tx).await.unwrap(), Some(noon()));
        assert_eq!(job_claim(&mut tx, &["photo"], noon().plus_millis(-1), 1_000).await.unwrap(), None, "too early");
        let claimed = job_claim(&mut tx, &["feed", "photo"], noon(), 1_000).await.unwrap().unwrap();
        assert_eq!((claimed.id, claimed.attempts, claimed.state), (photo.id, 1, JobState::Leased));
        assert_eq!(claimed.payload, photo.payload);
        assert_eq!(job_claim(&mut tx, &["photo"], noon(), 1_000).await.unwrap(), None, "leased by another");
        assert!(job_retry(&mut tx, photo.id, noon().plus_millis(500), "no answer").await.unwrap());
        assert_eq!(job_claim(&mut tx, &["photo"], noon(), 1_000).await.unwrap(), None, "waits for its retry");
        let again = job_claim(&mut tx, &["photo"], noon().plus_millis(500), 1_000).await.unwrap().unwrap();
        assert_eq!((again.attempts, again.last_error.as_deref()), (2, Some("no answer")));
        assert!(job_fail(&mut tx, photo.id, "gone for good", noon()).await.unwrap());
        assert!(!job_retry(&mut tx, photo.id, noon(), "late").await.unwrap(), "a late worker changes nothing");
        // Urgent kinds come first, whatever waits longest.
        job_enqueue(&mut tx, &work(&make, "photo")).await.unwrap();
        let urgent = job_claim(&mut tx, &["feed", "photo"], noon().plus_millis(60), 1_000).await.unwrap().unwrap();
        assert_eq!(urgent.id, feed.id);
        assert!(job_done(&mut tx, feed.id, noon()).await.unwrap());
        let counts = job_counts(&mut tx).await.unwrap();
        let wanted = [("feed", JobState::Done), ("photo", JobState::Failed), ("photo", JobState::Waiting)];
        assert_eq!(counts, wanted.map(|(kind, state)| (kind.to_owned(), state, 1)));
        assert_eq!(job_forget(&mut tx, noon()).await.unwrap(), 0);
        assert_eq!(job_forget(&mut tx, noon().plus_millis(1)).await.unwrap(), 1);
        assert_eq!(job_by_id(&mut tx, feed.id).await.unwrap(), None);
        assert_eq!(job_by_id(&mut tx, photo.id).await.unwrap().unwrap().last_error.as_deref(), Some("gone for good"));
        assert!(job_again(&mut tx, photo.id, noon()).await.unwrap());
        assert!(!job_again(&mut tx, photo.id, noon()).await.unwrap());
        let anew = job_by_id(&mut tx, photo.id).await.unwrap().unwrap();
        assert_eq!((anew.state, anew.attempts), (JobState::Waiting, 0));
    })
    .await;
}

#[tokio::test]
async fn a_killed_workers_job_is_taken_up_by_the_next() {
    both_backends(async |store| {
        let make = Maker::new();
        let job = work(&make, "photo");
        let mut tx = store.begin().await.unwrap();
        job_enqueue(&mut tx, &job).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = store.begin().await.unwrap();
        assert!(job_claim(&mut tx, &["photo"], noon(), 1_000).await.unwrap().is_some());
        tx.commit().await.unwrap();
        // The worker is never heard of again.
        for (after, wanted) in [(999, None), (1_000, Some((job.id, 2)))] {
            let mut tx = store.begin().await.unwrap();
            let taken = job_claim(&mut tx, &["photo"], noon().plus_millis(after), 1_000).await.unwrap();
            assert_eq!(taken.map(|job| (job.id, job.attempts)), wanted);
            tx.commit().await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn a_lease_given_by_a_clock_that_was_ahead_is_over_when_that_is_put_right() {
    both_backends(async |store| {
        let make = Maker::new();
        let job = work(&make, "photo");
        let mut tx = store.begin().await.unwrap();
        job_enqueue(&mut tx, &job).await.unwrap();
        let tomorrow = noon().plus_millis(86_400_000);
        assert!(job_claim(&mut tx, &["photo"], tomorrow, 1_000).await.unwrap().is_some());
        assert_eq!(job_claim(&mut tx, &["photo"], tomorrow.plus_millis(-900), 1_000).await.unwrap(), None);
        let taken = job_claim(&mut tx, &["photo"], noon(), 1_000).await.unwrap();
        assert_eq!(taken.map(|job| (job.id, job.attempts)), Some((job.id, 2)));
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_job_is_leased_to_two_workers() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        let jobs: BTreeSet<JobId> = (0..40)
            .map(|_| work(&make, "photo"))
            .map(|job| (job.id, job))
            .collect::<Vec<_>>()
            .iter()
            .map(|(id, _)| *id)
            .collect();
        for id in &jobs {
            job_enqueue(&mut tx, &Job { id: *id, ..work(&make, "photo") }).await.unwrap();
        }
        tx.commit().await.unwrap();
        let mut workers = tokio::task::JoinSet::new();
        for _ in 0..6 {
            let store = store.clone();
            workers.spawn(async move {
                let mut taken = Vec::new();
                loop {
                    let mut tx = store.begin().await.unwrap();
                    let job = job_claim(&mut tx, &["photo"], noon(), 60_000).await.unwrap();
                    tokio::task::yield_now().await;
                    tx.commit().await.unwrap();
                    match job {
                        Some(job) => taken.push(job.id),
                        None => return taken,
                    }
                }
            });
        }
        let mut taken = Vec::new();
        while let Some(done) = workers.join_next().await {
            taken.extend(done.unwrap());
        }
        assert_eq!(taken.len(), jobs.len());
        assert_eq!(taken.into_iter().collect::<BTreeSet<_>>(), jobs);
    })
    .await;
}

#[tokio::test]
async fn workers_on_other_nodes_do_not_wait_for_a_claimed_job() {
    let Some(backend) = crate::Backend::postgres().await else { return };
    let store = backend.open().await;
    let make = Maker::new();
    let mut tx = store.begin().await.unwrap();
    let (one, two) = (work(&make, "photo"), work(&make, "photo"));
    job_enqueue(&mut tx, &one).await.unwrap();
    job_enqueue(&mut tx, &two).await.unwrap();
    tx.commit().await.unwrap();
    let (mut here, mut there) = (store.begin().await.unwrap(), store.begin().await.unwrap());
    let first = job_claim(&mut here, &["photo"], noon(), 1_000).await.unwrap().unwrap();
    let second = job_claim(&mut there, &["photo"], noon(), 1_000).await.unwrap().unwrap();
    assert_eq!((first.id, second.id), (one.id, two.id));
    drop((here, there));
    store.close().await;
}

#[tokio::test]
async fn deeds_are_logged_and_read_newest_first() {
    both_backends(async |store| {
        let make = Maker::new();
        let story = make.story("a");
        let mut tx = store.begin().await.unwrap();
        audit_append(&mut tx, noon(), "anna", "story.publish", Some(story.id.0), "{}").await.unwrap();
        audit_append(&mut tx, noon(), "boris", "settings.set", None, r#"{"key":"theme"}"#).await.unwrap();
        let deeds = audit_list(&mut tx, i64::MAX, 10).await.unwrap();
        assert_eq!(deeds.iter().map(|deed| deed.actor.as_str()).collect::<Vec<_>>(), ["boris", "anna"]);
        assert_eq!(audit_list(&mut tx, deeds[0].seq, 10).await.unwrap(), [deeds[1].clone()]);
        assert_eq!(deeds[1].subject, Some(story.id.0));
    })
    .await;
}

#[tokio::test]
async fn an_import_remembers_what_became_of_each_item() {
    both_backends(async |store| {
        let make = Maker::new();
        let (a, b) = (make.story("a").id.0, make.story("b").id.0);
        let mut tx = store.begin().await.unwrap();
        import_link_set(&mut tx, "wordpress:old.example", "story", "12", a, "f1", noon()).await.unwrap();
        import_link_set(&mut tx, "wordpress:old.example", "story", "13", b, "f1", noon()).await.unwrap();
        import_link_set(&mut tx, "wordpress:old.example", "page", "12", b, "f9", noon()).await.unwrap();
        import_link_set(&mut tx, "wordpress:old.example", "story", "12", a, "f2", noon()).await.unwrap();
        let link = import_link(&mut tx, "wordpress:old.example", "story", "12").await.unwrap();
        assert_eq!(link, Some(ImportLink { entity: a, fingerprint: "f2".to_owned() }));
        assert_eq!(import_link(&mut tx, "ghost:old.example", "story", "12").await.unwrap(), None);
        let many: Vec<String> = (0..1_500).map(|n| n.to_string()).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let links = import_links(&mut tx, "wordpress:old.example", "story", &many).await.unwrap();
        assert_eq!(links.len(), 2);
        assert_eq!(links["13"].entity, b);
        assert!(import_links(&mut tx, "wordpress:old.example", "story", &[]).await.unwrap().is_empty());
        let endless = "x".repeat(5_000);
        let refused = import_link_set(&mut tx, "wordpress:old.example", "story", &endless, a, "f", noon()).await;
        assert!(matches!(refused, Err(Error::TooLong { .. })));
    })
    .await;
}

#[tokio::test]
async fn what_is_written_for_many_at_once_is_what_is_written_one_by_one() {
    // More than one statement takes.
    const MANY: usize = 150;
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        let (byline, topics) = (make.byline("ada"), [make.topic("harbour"), make.topic("ferry")]);
        byline_insert(&mut tx, &byline).await.unwrap();
        for topic in &topics {
            topic_insert(&mut tx, topic).await.unwrap();
        }
        let stories: Vec<_> = (0..MANY).map(|number| make.story(&format!("story-{number}"))).collect();
        let mut parts = Vec::new();
        for story in &stories {
            story_insert(&mut tx, story).await.unwrap();
            parts.push(NewParts {
                story: story.id,
                language: story.language.clone(),
                listed_at: story.published_at,
                bylines: vec![byline.id],
                topics: vec![topics[0].id, topics[1].id, topics[0].id],
                photos: Vec::new(),
            });
        }
        let twin = make.story("twin");
        story_insert(&mut tx, &twin).await.unwrap();
        story_set_bylines(&mut tx, twin.id, &[byline.id]).await.unwrap();
        story_set_topics(&mut tx, twin.id, &[topics[0].id, topics[1].id]).await.unwrap();
        story_add_parts(&mut tx, &parts).await.unwrap();

        let links: Vec<_> = (stories.iter().enumerate())
            .map(|(n, story)| ("story", n.to_string(), ImportLink { entity: story.id.0, fingerprint: n.to_string() }))
            .collect();
        import_link_set_all(&mut tx, "ghost:x", &links, noon()).await.unwrap();
        let redirects: Vec<_> = stories.iter().enumerate().map(|(n, story)| (format!("/?p={n}"), story.id)).collect();
        redirect_set_all(&mut tx, &redirects, noon()).await.unwrap();
        let rows: Vec<_> = (stories.iter())
            .map(|story| NewJournalRow {
                kind: JournalKind::StoryPublished,
                subject: Some(story.id.0),
                tags: vec![Tag::story(story.id)],
            })
            .collect();
        let before = journal_append(&mut tx, noon(), &rows[0]).await.unwrap();
        journal_append_all(&mut tx, noon(), &rows).await.unwrap();
        tx.commit().await.unwrap();

        let mut tx = store.read().await.unwrap();
        for story in [&stories[0], &stories[MANY - 1], &twin] {
            let ids = story_topic_ids(&mut tx, story.id).await.unwrap();
            assert_eq!(ids, [topics[0].id, topics[1].id]);
            assert_eq!(story_byline_ids(&mut tx, story.id).await.unwrap(), [byline.id]);
        }
        let listed = story_count(&mut tx, &Language::english(), &Scope::Topic(topics[1].id)).await.unwrap();
        assert_eq!(listed, MANY as i64 + 1);
        for (n, story) in stories.iter().enumerate() {
            let link = import_link(&mut tx, "ghost:x", "story", &n.to_string()).await.unwrap().unwrap();
            assert_eq!((link.entity, link.fingerprint), (story.id.0, n.to_string()));
            let path = story.path.as_ref().unwrap().to_string();
            assert_eq!(redirect_get(&mut tx, &format!("/?p={n}")).await.unwrap(), Some(path));
        }
        let journal = journal_after(&mut tx, before, 1_000).await.unwrap();
        assert!(journal.iter().map(|row| row.seq).eq(before + 1..=before + MANY as i64), "seqs have gaps");
        assert!(journal.iter().map(|row| row.subject).eq(stories.iter().map(|story| Some(story.id.0))));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_stops_waiting_for_a_transaction_leaves_none_open() {
    both_backends(async |store| {
        for wait in 0..40_u64 {
            // As a request does whose reader hangs up, a little later each time.
            let patience = std::time::Duration::from_micros(wait * 40);
            drop(tokio::time::timeout(patience, store.read()).await);
            drop(tokio::time::timeout(patience, store.begin()).await);
        }
        for _ in 0..40 {
            let mut tx = store.begin().await.unwrap();
            journal_append(&mut tx, noon(), &change()).await.unwrap();
            tx.commit().await.unwrap();
        }
    })
    .await;
}
