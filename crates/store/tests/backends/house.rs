//! The log's chain, read counts, saved filters, the library's list, and what a person has to look at.

use model::{Handle, Job, JobId, JobState, Language, PhotoState, Role, Staff, StaffId};
use store::*;
use uuid::Uuid;

use crate::{Maker, both_backends, noon};

fn staff(number: u128, handle: &str) -> Staff {
    Staff {
        id: StaffId(Uuid::from_u128(number)),
        handle: Handle::parse(handle).unwrap(),
        role: Role::Editor,
        active: true,
        language: Language::english(),
        created_at: noon(),
    }
}

/// Statements that no function of ours has: what somebody does behind the program's back.
async fn behind_the_back(tx: &mut Tx, sql: &'static str) {
    match tx {
        Tx::Sqlite(tx) => drop(sqlx::query(sql).execute(&mut **tx).await.unwrap()),
        Tx::Postgres(tx) => drop(sqlx::query(sql).execute(&mut **tx).await.unwrap()),
    }
}

async fn appended(tx: &mut Tx, rows: usize) {
    for _ in 0..rows {
        audit_append(tx, noon(), "anna", "story.create", Some(Uuid::from_u128(7)), "{}").await.unwrap();
    }
}

#[tokio::test]
async fn a_log_that_nobody_touched_is_whole_and_its_fingerprint_is_found() {
    both_backends(async |store| {
        let mut tx = store.begin().await.unwrap();
        let none = audit_verify(&mut tx).await.unwrap();
        assert_eq!((none.rows, none.fingerprint.as_str(), none.broken), (0, "", None));
        appended(&mut tx, 3).await;
        let early = audit_verify(&mut tx).await.unwrap();
        assert_eq!((early.rows, early.broken), (3, None));
        appended(&mut tx, 2).await;
        let late = audit_verify(&mut tx).await.unwrap();
        assert_eq!((late.rows, late.broken), (5, None));
        assert_ne!(early.fingerprint, late.fingerprint);
        assert_eq!(audit_by_fingerprint(&mut tx, &early.fingerprint).await.unwrap(), Some(3));
        assert_eq!(audit_by_fingerprint(&mut tx, "00").await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_row_of_the_log_that_was_changed_or_cut_is_found() {
    both_backends(async |store| {
        for (sql, wanted) in [
            ("UPDATE audit SET actor = 'bert' WHERE seq = 2", AuditBreak::Changed(2)),
            ("UPDATE audit SET at = at + 1 WHERE seq = 3", AuditBreak::Changed(3)),
            ("UPDATE audit SET subject = NULL WHERE seq = 4", AuditBreak::Changed(4)),
            ("UPDATE audit SET detail = '{\"a\":1}' WHERE seq = 1", AuditBreak::Changed(1)),
            ("UPDATE audit_hash SET hash = '00' WHERE seq = 2", AuditBreak::Changed(2)),
            ("DELETE FROM audit WHERE seq = 3", AuditBreak::Cut(3)),
            ("DELETE FROM audit WHERE seq = 1", AuditBreak::Cut(1)),
            ("DELETE FROM audit_hash WHERE seq = 3", AuditBreak::Unhashed(3)),
        ] {
            let mut tx = store.begin().await.unwrap();
            appended(&mut tx, 5).await;
            behind_the_back(&mut tx, sql).await;
            assert_eq!(audit_verify(&mut tx).await.unwrap().broken, Some(wanted), "{sql}");
            // Going on does not hide it.
            appended(&mut tx, 2).await;
            assert_eq!(audit_verify(&mut tx).await.unwrap().broken, Some(wanted), "{sql}, and two rows more");
            tx.rollback().await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn an_end_that_was_cut_off_is_missed_by_its_fingerprint() {
    both_backends(async |store| {
        let mut tx = store.begin().await.unwrap();
        appended(&mut tx, 5).await;
        let written_down = audit_verify(&mut tx).await.unwrap().fingerprint;
        behind_the_back(&mut tx, "DELETE FROM audit_hash WHERE seq > 3").await;
        appended(&mut tx, 1).await;
        assert_eq!(audit_verify(&mut tx).await.unwrap().broken, Some(AuditBreak::Unhashed(4)));
        behind_the_back(&mut tx, "DELETE FROM audit WHERE seq > 3").await;
        appended(&mut tx, 2).await;
        assert_eq!(audit_verify(&mut tx).await.unwrap().broken, None);
        let found = audit_by_fingerprint(&mut tx, &written_down).await.unwrap();
        // The same deeds at the same time have the same hashes: here two were done anew, word for word.
        assert_eq!(found, Some(5));
        behind_the_back(&mut tx, "DELETE FROM audit WHERE seq > 4").await;
        audit_append(&mut tx, noon(), "bert", "story.create", None, "{}").await.unwrap();
        assert_eq!(audit_by_fingerprint(&mut tx, &written_down).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn rows_from_before_the_chain_are_taken_up_at_its_start() {
    both_backends(async |store| {
        let mut tx = store.begin().await.unwrap();
        appended(&mut tx, 1_203).await;
        let whole = audit_verify(&mut tx).await.unwrap();
        behind_the_back(&mut tx, "DELETE FROM audit_hash").await;
        let before = audit_verify(&mut tx).await.unwrap();
        assert_eq!((before.rows, before.broken), (1_203, None), "an older log counts as broken");
        appended(&mut tx, 1).await;
        let after = audit_verify(&mut tx).await.unwrap();
        assert_eq!((after.rows, after.broken), (1_204, None));
        assert_eq!(audit_by_fingerprint(&mut tx, &whole.fingerprint).await.unwrap(), Some(1_203));
        behind_the_back(&mut tx, "UPDATE audit SET actor = 'bert' WHERE seq = 700").await;
        assert_eq!(audit_verify(&mut tx).await.unwrap().broken, Some(AuditBreak::Changed(700)));
    })
    .await;
}

#[tokio::test]
async fn the_log_is_filtered_by_who_what_and_to_what() {
    both_backends(async |store| {
        let mut tx = store.begin().await.unwrap();
        let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
        for (actor, action, subject) in [
            ("anna", "story.create", one),
            ("bert", "story.create", two),
            ("anna", "story.state", two),
            ("bert", "story.state", one),
        ] {
            audit_append(&mut tx, noon(), actor, action, Some(subject), "{}").await.unwrap();
        }
        let found = async |tx: &mut Tx, actor: Option<&str>, action: Option<&str>, subject| {
            let filter = AuditFilter { actor: actor.map(str::to_owned), action: action.map(str::to_owned), subject };
            let rows = audit_search(tx, &filter, i64::MAX, 10).await.unwrap();
            rows.iter().map(|row| row.seq).collect::<Vec<_>>()
        };
        assert_eq!(found(&mut tx, None, None, None).await, [4, 3, 2, 1]);
        assert_eq!(found(&mut tx, Some("anna"), None, None).await, [3, 1]);
        assert_eq!(found(&mut tx, None, Some("story.state"), None).await, [4, 3]);
        assert_eq!(found(&mut tx, None, None, Some(two)).await, [3, 2]);
        assert_eq!(found(&mut tx, Some("bert"), Some("story.state"), Some(one)).await, [4]);
        assert_eq!(found(&mut tx, Some("bert"), None, Some(one)).await, [4]);
        let (actors, actions) = audit_names(&mut tx).await.unwrap();
        assert_eq!(
            (actors, actions),
            (vec!["anna".into(), "bert".into()], vec!["story.create".into(), "story.state".into()])
        );
    })
    .await;
}

#[tokio::test]
async fn reads_of_several_nodes_add_up_and_a_story_that_is_gone_breaks_nothing() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        let (a, b, gone) = (make.story("a"), make.story("b"), make.story("gone"));
        story_insert(&mut tx, &a).await.unwrap();
        story_insert(&mut tx, &b).await.unwrap();
        read_day_add(&mut tx, 20_280, &[(a.id, 3), (b.id, 1), (gone.id, 9)]).await.unwrap();
        read_day_add(&mut tx, 20_280, &[(a.id, 4)]).await.unwrap();
        read_day_add(&mut tx, 20_281, &[(b.id, 5)]).await.unwrap();
        assert_eq!(read_day_total(&mut tx, 20_280).await.unwrap(), 8);
        assert_eq!(read_day_total(&mut tx, 20_279).await.unwrap(), 0);
        assert_eq!(read_day_top(&mut tx, 20_280, 5).await.unwrap(), [(a.id, 7), (b.id, 1)]);
        assert_eq!(read_day_top(&mut tx, 20_280, 1).await.unwrap(), [(a.id, 7)]);
    })
    .await;
}

#[tokio::test]
async fn a_saved_filter_is_its_owner_s_alone() {
    both_backends(async |store| {
        let mut tx = store.begin().await.unwrap();
        let (anna, bert) = (staff(1, "anna"), staff(2, "bert"));
        staff_insert(&mut tx, &anna).await.unwrap();
        staff_insert(&mut tx, &bert).await.unwrap();
        let filter = |number, name: &str, query: &str| SavedFilter {
            id: Uuid::from_u128(number),
            name: name.to_owned(),
            query: query.to_owned(),
        };
        saved_filter_set(&mut tx, anna.id, &filter(1, "Mine", "mine=1")).await.unwrap();
        saved_filter_set(&mut tx, anna.id, &filter(2, "Drafts", "state=draft")).await.unwrap();
        saved_filter_set(&mut tx, bert.id, &filter(3, "Mine", "mine=1")).await.unwrap();
        saved_filter_set(&mut tx, anna.id, &filter(4, "Mine", "mine=1&state=draft")).await.unwrap();
        let names = |list: Vec<SavedFilter>| list.into_iter().map(|f| (f.name, f.query)).collect::<Vec<_>>();
        let of_anna = names(saved_filter_list(&mut tx, anna.id).await.unwrap());
        assert_eq!(of_anna, [("Drafts".into(), "state=draft".into()), ("Mine".into(), "mine=1&state=draft".into())]);
        assert_eq!(saved_filter_count(&mut tx, bert.id).await.unwrap(), 1);
        assert!(
            !saved_filter_delete(&mut tx, anna.id, Uuid::from_u128(3)).await.unwrap(),
            "somebody else's was removed"
        );
        assert!(saved_filter_delete(&mut tx, bert.id, Uuid::from_u128(3)).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn photos_are_found_by_words_and_by_what_they_lack() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        let mut pier = make.photo("https://a.example/pier.jpg");
        pier.state = PhotoState::Ready;
        let mut bare = make.photo("https://a.example/bare.jpg");
        bare.credit = String::new();
        photo_insert(&mut tx, &pier).await.unwrap();
        photo_insert(&mut tx, &bare).await.unwrap();
        assert_eq!(photo_unindexed(&mut tx, None, 10).await.unwrap().len(), 2);
        photo_words_set(&mut tx, pier.id, &["пирс".into(), "утро".into()]).await.unwrap();
        photo_words_set(&mut tx, bare.id, &[]).await.unwrap();
        assert!(photo_unindexed(&mut tx, None, 10).await.unwrap().is_empty());
        let found = async |tx: &mut Tx, search: PhotoSearch| {
            let found = photo_search(tx, &search, 10, 0).await.unwrap();
            assert_eq!(found.total, Total::Exactly(found.rows.len() as i64));
            found.rows.iter().map(|photo| photo.id).collect::<Vec<_>>()
        };
        let words = |words: &[&str]| words.iter().map(ToString::to_string).collect();
        assert_eq!(found(&mut tx, PhotoSearch::default()).await, [bare.id, pier.id]);
        assert_eq!(
            found(&mut tx, PhotoSearch { words: words(&["пир", "утро"]), ..PhotoSearch::default() }).await,
            [pier.id]
        );
        assert_eq!(found(&mut tx, PhotoSearch { words: words(&["ирс"]), ..PhotoSearch::default() }).await, []);
        assert_eq!(found(&mut tx, PhotoSearch { incomplete: true, ..PhotoSearch::default() }).await, [bare.id]);
        assert_eq!(found(&mut tx, PhotoSearch { missing: true, ..PhotoSearch::default() }).await, [bare.id]);
        let labels = photo_labels(&mut tx, &[pier.id.0, Uuid::from_u128(9)]).await.unwrap();
        assert_eq!(labels, [(pier.id.0, "A pier".to_owned())]);
    })
    .await;
}

#[tokio::test]
async fn work_that_was_given_up_is_listed_until_somebody_tries_it_again() {
    both_backends(async |store| {
        let make = Maker::new();
        let mut tx = store.begin().await.unwrap();
        let job = Job {
            id: JobId::new(noon(), &make.chance),
            kind: "story_publish".to_owned(),
            payload: serde_json::json!({}),
            state: JobState::Waiting,
            run_at: noon(),
            attempts: 0,
            last_error: None,
        };
        job_enqueue(&mut tx, &job).await.unwrap();
        assert_eq!(job_open(&mut tx, 5).await.unwrap().len(), 1);
        job_claim(&mut tx, &["story_publish"], noon(), 1_000).await.unwrap().unwrap();
        assert_eq!(job_open(&mut tx, 5).await.unwrap()[0].state, JobState::Leased);
        job_fail(&mut tx, job.id, "no answer", noon()).await.unwrap();
        let failed = job_failed(&mut tx, 5).await.unwrap();
        assert_eq!((failed[0].0.last_error.as_deref(), failed[0].1), (Some("no answer"), Some(noon())));
        assert_eq!((job_failed_count(&mut tx).await.unwrap(), job_open(&mut tx, 5).await.unwrap().len()), (1, 0));
        assert!(job_again(&mut tx, job.id, noon()).await.unwrap());
        assert_eq!(job_failed_count(&mut tx).await.unwrap(), 0);
    })
    .await;
}

/// The plan of a query on SQLite, in lines.
async fn plan(tx: &mut Tx, sql: &str) -> String {
    let Tx::Sqlite(inner) = tx else { return String::new() };
    let explain = format!("EXPLAIN QUERY PLAN {sql}");
    let rows = sqlx::query(sqlx::AssertSqlSafe(explain)).fetch_all(&mut **inner).await.unwrap();
    let lines: Vec<String> = rows.iter().map(|row| sqlx::Row::get::<String, _>(row, "detail")).collect();
    lines.join("\n")
}

#[tokio::test]
async fn what_every_page_of_the_desk_asks_is_read_from_indexes() {
    both_backends(async |store| {
        let mut tx = store.begin().await.unwrap();
        for (sql, wanted) in [
            ("SELECT count(*) FROM mention WHERE staff = x'01' AND seen_at IS NULL", "PRIMARY KEY (staff=?)"),
            ("SELECT count(*) FROM job WHERE state = 'failed'", "job_failed"),
            ("SELECT id FROM job WHERE state = 'failed' ORDER BY ended_at DESC, id DESC LIMIT 5", "job_failed"),
            ("SELECT seq FROM audit WHERE seq < 9 AND actor = 'anna' ORDER BY seq DESC LIMIT 5", "audit_by_actor"),
            ("SELECT seq FROM audit WHERE seq < 9 AND action = 'a' ORDER BY seq DESC LIMIT 5", "audit_by_action"),
            ("SELECT seq FROM audit WHERE seq < 9 AND subject = x'01' ORDER BY seq DESC LIMIT 5", "audit_of"),
            ("SELECT count(*) FROM photo WHERE TRUE AND (alt = '' OR credit = '')", "photo_incomplete"),
            ("SELECT id FROM photo WHERE TRUE AND state = 'missing' ORDER BY id DESC LIMIT 5", "photo_by_state"),
            ("SELECT count(*) FROM story_desk d WHERE TRUE AND d.state = 'in_review'", "story_desk_state"),
            ("SELECT sum(count) FROM read_day WHERE day = 7", "PRIMARY KEY"),
            (
                "SELECT s.id FROM story s WHERE s.state = 'scheduled' ORDER BY s.published_at, s.id LIMIT 6",
                "story_scheduled",
            ),
        ] {
            let plan = plan(&mut tx, sql).await;
            let scans = plan.contains("SCAN") && !plan.contains("USING");
            assert!(plan.is_empty() || (plan.contains(wanted) && !scans), "{sql}\n{plan}");
        }
    })
    .await;
}
