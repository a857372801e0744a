//! What is wrong with a database is named, and what was there is left as it was.

use model::FixedClock;
use store::{Location, OpenError, Store};

use crate::{Backend, Maker, noon};

async fn open(path: &std::path::Path) -> Result<Store, OpenError> {
    Store::open(&Location::Sqlite(path.to_owned()), &FixedClock::at(noon())).await
}

#[tokio::test]
async fn what_was_written_is_there_after_opening_again() {
    for backend in [Some(Backend::sqlite()), Backend::postgres().await].into_iter().flatten() {
        let story = Maker::new().story("a");
        let store = backend.open().await;
        let mut tx = store.begin().await.unwrap();
        store::story_insert(&mut tx, &story).await.unwrap();
        tx.commit().await.unwrap();
        store.close().await;
        let store = backend.open().await;
        let mut tx = store.read().await.unwrap();
        assert_eq!(store::story_by_id(&mut tx, story.id).await.unwrap(), Some(story));
        drop(tx);
        store.close().await;
    }
}

#[tokio::test]
async fn a_database_from_a_newer_version_is_refused_and_unchanged() {
    for backend in [Some(Backend::sqlite()), Backend::postgres().await].into_iter().flatten() {
        let store = backend.open().await;
        let mut tx = store.begin().await.unwrap();
        let sql = "INSERT INTO schema_version (version, at) VALUES (99, 0)";
        match &mut tx {
            store::Tx::Sqlite(tx) => sqlx::query(sql).execute(&mut **tx).await.map(drop).unwrap(),
            store::Tx::Postgres(tx) => sqlx::query(sql).execute(&mut **tx).await.map(drop).unwrap(),
        }
        tx.commit().await.unwrap();
        store.close().await;
        let before = files(&backend);
        let refused = Store::open(&backend.location(), &FixedClock::at(noon())).await.unwrap_err();
        assert!(matches!(refused, OpenError::Newer { found: 99, .. }), "{refused:?}");
        assert!(refused.to_string().contains("install that newer Masthead"), "{refused}");
        assert!(before == files(&backend), "the refused database was changed");
    }
}

/// Names and bytes of a SQLite database's files.
fn files(backend: &Backend) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let Backend::Sqlite(folder) = backend else { return Vec::new() };
    let mut files: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.clone(), std::fs::read(path).unwrap()))
        .collect();
    files.sort();
    files
}

#[tokio::test]
async fn a_wrong_place_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("notes.txt");
    std::fs::write(&file, "Not a database, but long enough to be read as the header of one. ".repeat(20)).unwrap();
    let refused = open(&folder.path().join("none/newsroom.db")).await.unwrap_err();
    assert!(matches!(refused, OpenError::NoFolder(_)), "{refused:?}");
    let refused = open(&file.join("newsroom.db")).await.unwrap_err();
    assert!(matches!(refused, OpenError::NotAFolder(_)), "{refused:?}");
    let refused = open(folder.path()).await.unwrap_err();
    assert!(matches!(refused, OpenError::IsFolder(_)), "{refused:?}");
    let before = std::fs::read(&file).unwrap();
    let refused = open(&file).await.unwrap_err();
    assert!(matches!(refused, OpenError::NotADatabase(_)), "{refused:?}");
    assert_eq!(std::fs::read(&file).unwrap(), before);
    // A file system that nobody may make a file in, not even root.
    let refused = open(std::path::Path::new("/proc/newsroom.db")).await.unwrap_err();
    assert!(matches!(refused, OpenError::Unwritable { .. }), "{refused:?}");
}

#[tokio::test]
async fn another_programs_database_is_refused() {
    for backend in [Some(Backend::sqlite()), Backend::postgres().await].into_iter().flatten() {
        let make = "CREATE TABLE wp_posts (id BIGINT)";
        match &backend {
            Backend::Sqlite(folder) => {
                let options = sqlx::sqlite::SqliteConnectOptions::new()
                    .filename(folder.path().join("newsroom.db"))
                    .create_if_missing(true);
                let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
                sqlx::query(make).execute(&pool).await.unwrap();
                pool.close().await;
            }
            Backend::Postgres(database) => {
                let pool = sqlx::PgPool::connect(&database.url).await.unwrap();
                sqlx::query(make).execute(&pool).await.unwrap();
                pool.close().await;
            }
        }
        let refused = Store::open(&backend.location(), &FixedClock::at(noon())).await.unwrap_err();
        assert!(matches!(refused, OpenError::OtherProgram(_)), "{refused:?}");
    }
}

#[tokio::test]
async fn a_locked_database_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("newsroom.db");
    open(&path).await.unwrap().close().await;
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(&path)
        .locking_mode(sqlx::sqlite::SqliteLockingMode::Exclusive);
    let pool = sqlx::sqlite::SqlitePoolOptions::new().max_connections(1).connect_with(options).await.unwrap();
    let holder = pool.begin_with("BEGIN EXCLUSIVE").await.unwrap();
    let refused = open(&path).await.unwrap_err();
    assert!(matches!(refused, OpenError::Locked(_)), "{refused:?}");
    drop(holder);
    pool.close().await;
    open(&path).await.unwrap();
}

#[tokio::test]
async fn a_damaged_database_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("newsroom.db");
    open(&path).await.unwrap().close().await;
    let mut bytes = std::fs::read(&path).unwrap();
    // The header stands; the schema behind it does not.
    bytes[100..4_096].fill(0xee);
    std::fs::write(&path, &bytes).unwrap();
    let refused = open(&path).await.unwrap_err();
    assert!(matches!(refused, OpenError::Damaged(_)), "{refused:?}");
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
}

#[tokio::test]
async fn a_server_that_is_not_there_or_has_no_such_database_is_named() {
    let nobody = Location::parse("postgres://news:s3cret@127.0.0.1:1/news").unwrap();
    let refused = Store::open(&nobody, &FixedClock::at(noon())).await.unwrap_err();
    assert!(matches!(refused, OpenError::Unreachable { .. }), "{refused:?}");
    assert!(!refused.to_string().contains("s3cret"));
    let Some(Backend::Postgres(database)) = Backend::postgres().await else { return };
    let astray = Location::parse(&format!("{}_none", database.url)).unwrap();
    let refused = Store::open(&astray, &FixedClock::at(noon())).await.unwrap_err();
    assert!(matches!(refused, OpenError::NoDatabase { .. }), "{refused:?}");
}

#[tokio::test]
async fn nodes_that_open_a_new_database_at_once_all_find_it_ready() {
    for backend in [Some(Backend::sqlite()), Backend::postgres().await].into_iter().flatten() {
        let stores = futures::future::join_all((0..4).map(|_| backend.open())).await;
        for store in stores {
            assert_eq!(store.schema_version().await.unwrap(), 7);
            store.close().await;
        }
    }
}
