//! Dumps: the same rows from either database, and taken in by either.

use model::{
    Correction, Document, Job, JobId, JobState, JournalKind, Language, NewJournalRow, Newsroom, Page, PageId, Revision,
    RevisionId, document::Block,
};
use store::{
    dump::{self, Row},
    *,
};

use crate::{Backend, Maker, noon};

/// A newsroom with a row in every table.
async fn fill(store: &Store) {
    let make = Maker::new();
    let mut tx = store.begin().await.unwrap();
    let world = make.section("world");
    // Its parent has the later id: a dump in the order of ids loads the child first.
    let parent = make.section("abroad");
    section_insert(&mut tx, &parent).await.unwrap();
    section_insert(&mut tx, &model::Section { parent: Some(parent.id), ..world.clone() }).await.unwrap();
    let (topic, byline, photo) = (make.topic("korea"), make.byline("anna"), make.photo("https://old.example/1.jpg"));
    topic_insert(&mut tx, &topic).await.unwrap();
    byline_insert(&mut tx, &byline).await.unwrap();
    photo_insert(&mut tx, &photo).await.unwrap();
    let mut stories = Vec::new();
    for number in 0..150 {
        let story = model::Story { section: Some(world.id), ..make.story(&format!("story-{number}")) };
        story_insert(&mut tx, &story).await.unwrap();
        story_set_topics(&mut tx, story.id, &[topic.id]).await.unwrap();
        stories.push(story);
    }
    story_insert(&mut tx, &make.draft("draft")).await.unwrap();
    let story = &stories[0];
    story_set_bylines(&mut tx, story.id, &[byline.id]).await.unwrap();
    story_set_photos(&mut tx, story.id, &[photo.id]).await.unwrap();
    story_set_picks(&mut tx, story.id, &[stories[149].id]).await.unwrap();
    front_set(&mut tx, &Language::english(), &[story.id]).await.unwrap();
    let document = Document::new(vec![Block::paragraph("\u{0}\u{1F9ED} سلام \"quoted\" \\ and more")]);
    let revision = Revision {
        id: RevisionId::new(noon(), &make.chance),
        story: story.id,
        version: 1,
        headline: "Headline".to_owned(),
        standfirst: String::new(),
        document: document.clone(),
        at: noon(),
        by: "import".to_owned(),
    };
    revision_insert(&mut tx, &revision).await.unwrap();
    correction_insert(&mut tx, &Correction { story: story.id, at: noon(), text: "It was Friday.".to_owned() })
        .await
        .unwrap();
    let page = Page {
        id: PageId::new(noon(), &make.chance),
        language: Language::english(),
        slug: model::Slug::new("privacy").unwrap(),
        public: true,
        menu: None,
        title: "Privacy".to_owned(),
        document,
        version: 1,
        updated_at: noon(),
    };
    page_insert(&mut tx, &page).await.unwrap();
    redirect_set(&mut tx, &Redirect { from: "/?p=1".to_owned(), to: RedirectTo::Story(story.id) }, noon())
        .await
        .unwrap();
    newsroom_settings_set(&mut tx, &Newsroom::default(), noon()).await.unwrap();
    let row = NewJournalRow { kind: JournalKind::StoryPublished, subject: Some(story.id.0), tags: vec![] };
    journal_append(&mut tx, noon(), &row).await.unwrap();
    audit_append(&mut tx, noon(), "anna", "story.publish", Some(story.id.0), "{}").await.unwrap();
    follower_set(&mut tx, "pages", 1).await.unwrap();
    let job = Job {
        id: JobId::new(noon(), &make.chance),
        kind: "photo".to_owned(),
        payload: serde_json::json!({}),
        state: JobState::Waiting,
        run_at: noon(),
        attempts: 0,
        last_error: None,
    };
    job_enqueue(&mut tx, &job).await.unwrap();
    let anna = model::Staff {
        id: model::StaffId::new(noon(), &make.chance),
        handle: model::Handle::parse("anna").unwrap(),
        role: model::Role::Publisher,
        active: true,
        language: Language::english(),
        created_at: noon(),
    };
    staff_insert(&mut tx, &anna).await.unwrap();
    let passkey = model::Passkey {
        id: anna.id.0,
        staff: anna.id,
        credential: "c".to_owned(),
        name: "phone".to_owned(),
        created_at: noon(),
        used_at: None,
        data: "{}".to_owned(),
    };
    passkey_insert(&mut tx, &passkey).await.unwrap();
    recovery_set(&mut tx, anna.id, &["hash".to_owned()]).await.unwrap();
    import_link_set(&mut tx, "wordpress:old.example", "story", "1", story.id.0, "f", noon()).await.unwrap();
    let (of, by) = (story.id.0.to_string(), anna.id.0.to_string());
    for (table, row) in [
        (
            "story_draft",
            serde_json::json!({ "story": of, "version": 3, "published": 2, "saved_at": 1, "saved_by": "anna", "content": "{}" }),
        ),
        ("story_staff", serde_json::json!({ "story": of, "staff": by })),
        (
            "story_note",
            serde_json::json!({ "id": of, "story": of, "at": 1, "author": "anna", "done_at": null, "done_by": null, "text": "@anna?" }),
        ),
        ("mention", serde_json::json!({ "staff": by, "note": of, "seen_at": null })),
        (
            "story_translation",
            serde_json::json!({ "story": of, "original": stories[1].id.0.to_string(), "seen_version": 1 }),
        ),
        ("saved_filter", serde_json::json!({ "id": of, "staff": by, "name": "mine", "query": "state=draft" })),
        (
            "webhook",
            serde_json::json!({ "id": of, "url": "https://hook.example", "secret": "s", "events": "[]", "active": true,
                "made_by": "anna", "made_at": 1, "last_at": null, "last": null, "failing_since": null }),
        ),
        (
            "webhook_delivery",
            serde_json::json!({ "id": of, "webhook": of, "event": "ping", "made_at": 1, "state": "waiting", "attempts": 0,
                "last_at": null, "last": null, "body": "{}" }),
        ),
        (
            "page_draft",
            serde_json::json!({ "page": page.id.0.to_string(), "version": 2, "published": 1, "saved_at": 1,
                "saved_by": "anna", "content": "{}" }),
        ),
        ("read_day", serde_json::json!({ "day": 20_000, "story": of, "count": 7 })),
        (
            "newsletter",
            serde_json::json!({ "id": of, "slug": "weekly", "language": "en", "position": 0, "active": true, "made_at": 1,
                "settings": "{}" }),
        ),
        (
            "issue",
            serde_json::json!({ "id": of, "newsletter": of, "number": 1, "state": "paused", "why": "restored", "slot": 1, "due_at": 1, "version": 2,
                "saved_at": 1, "saved_by": "anna", "approved_at": 1, "approved_by": "anna", "frozen_at": 1, "frozen": 1,
                "ended_at": null, "path": "/newsletter/weekly/1/", "content": "{}" }),
        ),
        ("issue_mail", serde_json::json!({ "issue": of, "form": "full.own", "bytes": "AP/+" })),
        ("issue_count", serde_json::json!({ "issue": of, "what": "accepted", "count": 1 })),
        (
            "subscriber",
            serde_json::json!({ "id": of, "lookup": "AQI=", "address": "AwT/", "language": "fa", "state": "active",
                "paused_until": null, "form": "full", "neutral": false, "policy": "3", "consent_week": 1, "source": "site",
                "bounces": 0 }),
        ),
        ("subscription", serde_json::json!({ "newsletter": of, "subscriber": of, "week": 1 })),
        ("newsletter_week", serde_json::json!({ "newsletter": of, "week": 1, "came": 3, "gone": 1 })),
        ("suppression", serde_json::json!({ "lookup": "AQM=", "reason": "bounce", "week": 1 })),
        ("unsubscribe_waiting", serde_json::json!({ "token": "t", "week": 1 })),
        (
            "delivery",
            serde_json::json!({ "issue": of, "number": 1, "subscriber": of, "form": "full.own", "state": "failed", "tries": 1,
                "doubts": 0, "at": 1, "reply": "550 5.1.1 no such mailbox", "bounce": null }),
        ),
        (
            "contribution",
            serde_json::json!({ "id": of, "gateway": "stripe", "frequency": "monthly", "minor": 200, "currency": "USD",
                "cover": 0, "state": "active", "ending": false, "month": 680, "paid_until": 681, "ended": null, "session": "cs_1",
                "token": "sub_1", "language": "fa", "variant": by, "policy": "privacy/fa/3", "lookup": "AQI=", "contact": "AwT/",
                "message": null, "erased": false }),
        ),
        (
            "payment",
            serde_json::json!({ "id": of, "contribution": of, "gateway": "stripe", "token": "in_1", "frequency": "monthly",
                "variant": null, "minor": 200, "currency": "USD", "fee": 36, "state": "paid", "refunded": 0, "dispute": "won",
                "disputed": 200, "came": null, "late": false, "month": 680 }),
        ),
        ("contribution_link", serde_json::json!({ "hash": "h", "contribution": of, "until": 700 })),
        ("contribution_import", serde_json::json!({ "contribution": of, "source": "ghost", "imported": 1 })),
        (
            "gateway",
            serde_json::json!({ "name": "stripe", "place": "evt_1", "swept_at": 1, "trouble": null, "since": null }),
        ),
        (
            "reminder",
            serde_json::json!({ "id": of, "lookup": "AQI=", "address": "AwT/", "language": "fa", "due": 20_800, "every": 3,
                "policy": "privacy/fa/2", "neutral": true }),
        ),
        (
            "appeal",
            serde_json::json!({ "id": of, "kind": "end", "position": 1, "state": "started", "made_at": 1, "settings": "{}" }),
        ),
        (
            "appeal_variant",
            serde_json::json!({ "id": of, "appeal": of, "position": 0, "name": "A", "weight": 1, "active": true }),
        ),
        (
            "appeal_text",
            serde_json::json!({ "variant": of, "language": "fa", "version": 2, "published": 1, "saved_at": 1,
                "saved_by": "anna", "document": "{}", "shown": null }),
        ),
        ("appeal_day", serde_json::json!({ "variant": of, "day": 20_000, "seen": 7, "cut": 0 })),
    ] {
        let row = row.as_object().unwrap().clone();
        dump::load(&mut tx, table, &[row]).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// Everything, read in pages of seven rows.
async fn dumped(store: &Store) -> Vec<(&'static str, Vec<Row>)> {
    let mut tx = store.read().await.unwrap();
    let mut tables = Vec::new();
    for table in dump::TABLES {
        let mut rows: Vec<Row> = Vec::new();
        loop {
            let page = dump::rows(&mut tx, table, rows.last(), 7).await.unwrap();
            if page.is_empty() {
                break;
            }
            rows.extend(page);
        }
        tables.push((table, rows));
    }
    tables
}

async fn loaded(store: &Store, tables: &[(&'static str, Vec<Row>)]) {
    let mut tx = store.begin().await.unwrap();
    assert!(dump::is_empty(&mut tx).await.unwrap());
    for (table, rows) in tables {
        dump::load(&mut tx, table, rows).await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn goes_through(from: Backend, to: Backend) {
    let (source, target) = (from.open().await, to.open().await);
    fill(&source).await;
    let before = dumped(&source).await;
    for (table, rows) in &before {
        assert!(!rows.is_empty(), "`fill` makes no row of {table}");
    }
    loaded(&target, &before).await;
    assert!(before == dumped(&target).await, "the dumps differ");
    assert_eq!(target.integrity().await.unwrap(), Vec::<String>::new());
    let mut tx = target.begin().await.unwrap();
    assert!(!dump::is_empty(&mut tx).await.unwrap());
    let row = NewJournalRow { kind: JournalKind::ThemeChanged, subject: None, tags: vec![] };
    assert_eq!(journal_append(&mut tx, noon(), &row).await.unwrap(), 2, "the journal goes on");
    drop(tx);
    source.close().await;
    target.close().await;
}

#[tokio::test]
async fn a_dump_of_one_database_loads_into_the_other_and_back() {
    goes_through(Backend::sqlite(), Backend::sqlite()).await;
    if let (Some(one), Some(two)) = (Backend::postgres().await, Backend::postgres().await) {
        goes_through(Backend::sqlite(), one).await;
        goes_through(two, Backend::sqlite()).await;
    }
}

#[tokio::test]
async fn the_same_newsroom_gives_the_same_dump_from_both() {
    let Some(postgres) = Backend::postgres().await else { return };
    let mut dumps = Vec::new();
    for backend in [Backend::sqlite(), postgres] {
        let store = backend.open().await;
        fill(&store).await;
        dumps.push(serde_json::to_string(&dumped(&store).await).unwrap());
        store.close().await;
    }
    assert!(dumps[0] == dumps[1], "the dumps differ");
}

#[tokio::test]
async fn a_row_that_does_not_fit_is_refused_by_name() {
    crate::both_backends(async |store| {
        let mut tx = store.begin().await.unwrap();
        let row = |json: serde_json::Value| vec![json.as_object().unwrap().clone()];
        for (table, rows) in [
            ("subscriber", row(serde_json::json!({}))),
            ("follower", row(serde_json::json!({ "name": "pages" }))),
            ("follower", row(serde_json::json!({ "name": "pages", "seq": "1" }))),
            ("follower", row(serde_json::json!({ "name": "pages", "seq": 1, "lag": 2 }))),
        ] {
            let refused = dump::load(&mut tx, table, &rows).await;
            assert!(matches!(refused, Err(Error::Row { .. })), "{table} {rows:?}: {refused:?}");
        }
    })
    .await;
}
