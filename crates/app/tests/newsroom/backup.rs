//! Backups: the same newsroom from either database into either.

use std::sync::Arc;

use app::{Newsroom, Parts, backup, import::System, pages};
use model::{FixedClock, SeededChance};
use outside::Objects;
use store::{Location, Store, dump};
use testkit::{TestNewsroom, both_backends, newsroom::NOW};

use crate::write_site;

async fn empty_newsroom(dir: &std::path::Path) -> Newsroom {
    empty_newsroom_with(dir, None).await
}

pub(crate) async fn empty_newsroom_with(dir: &std::path::Path, keyring: Option<std::path::PathBuf>) -> Newsroom {
    empty_newsroom_at(dir, keyring, Arc::new(FixedClock::at(NOW))).await
}

pub(crate) async fn empty_newsroom_at(
    dir: &std::path::Path,
    keyring: Option<std::path::PathBuf>,
    clock: Arc<FixedClock>,
) -> Newsroom {
    let location = format!("sqlite:{}", dir.join("newsroom.db").display());
    Newsroom::new(Parts {
        store: Store::open(&Location::parse(&location).unwrap(), &*clock).await.unwrap(),
        objects: Objects::open("file:objects", dir).unwrap(),
        hooks: outside::Hooks::default(),
        ways: app::back::Ways::default(),
        mailer: app::mailer::Mailer::none(Arc::<FixedClock>::clone(&clock)).unwrap(),
        clock,
        chance: Arc::new(SeededChance::new(9)),
        theme_dir: None,
        keyring,
        gateways: app::support::Gateways::default(),
        cache_bytes: 1 << 20,
        abort_at: None,
    })
    .unwrap()
}

async fn all_rows(newsroom: &Newsroom) -> Vec<(String, Vec<dump::Row>)> {
    let mut tx = newsroom.store().read().await.unwrap();
    let mut tables = Vec::new();
    for table in dump::TABLES {
        // The restore itself is on record in the log and its chain, and followers go on while the backup is written.
        if !["audit", "audit_hash", "follower"].contains(&table) {
            tables.push((table.to_owned(), dump::rows(&mut tx, table, None, 10_000).await.unwrap()));
        }
    }
    tables
}

async fn backed_up(newsroom: &TestNewsroom) -> std::path::PathBuf {
    let site = tempfile::tempdir().unwrap();
    write_site(site.path());
    newsroom.import(System::Markdown, site.path(), None).await.unwrap();
    let file = newsroom.folder().join("backup.tar.zst");
    let made = backup::write(&newsroom.newsroom, &file, &|_, _| {}).await.unwrap();
    assert!(made.rows > 10, "{made}");
    file
}

pub(crate) async fn restore(
    into: &Newsroom,
    bytes: Vec<u8>,
    dir: &std::path::Path,
) -> Result<backup::Restored, app::Error> {
    let clock = Arc::new(FixedClock::at(NOW));
    backup::restore(into.store(), into.objects(), &dir.join("theme"), std::io::Cursor::new(bytes), clock).await
}

both_backends! {
    async fn a_backup_restores_every_row(newsroom: TestNewsroom, anon: Anon) {
        let file = backed_up(&newsroom).await;
        let dir = tempfile::tempdir().unwrap();
        let restored = empty_newsroom(dir.path()).await;
        restore(&restored, std::fs::read(&file).unwrap(), dir.path()).await.unwrap();
        assert_eq!(all_rows(&newsroom.newsroom).await, all_rows(&restored).await);
        assert!(pages::answer(&restored, "/2025/07/01/first-ferry/", None).await.is_ok());
    }

    async fn a_backup_that_was_cut_off_restores_nothing(newsroom: TestNewsroom, anon: Anon) {
        let file = backed_up(&newsroom).await;
        let whole = std::fs::read(&file).unwrap();
        let dir = tempfile::tempdir().unwrap();
        let restored = empty_newsroom(dir.path()).await;
        for keep in [0, 10, whole.len() / 2, whole.len() - 9] {
            let cut = whole.get(..keep).unwrap().to_vec();
            assert!(restore(&restored, cut, dir.path()).await.is_err(), "{keep} bytes were taken for a backup");
            let mut tx = restored.store().read().await.unwrap();
            assert!(dump::is_empty(&mut tx).await.unwrap(), "{keep} bytes left rows behind");
        }
    }

    async fn a_newsroom_is_never_restored_over_another(newsroom: TestNewsroom, anon: Anon) {
        let file = backed_up(&newsroom).await;
        let dir = tempfile::tempdir().unwrap();
        let bytes = std::fs::read(&file).unwrap();
        let refused = restore(&newsroom.newsroom, bytes, dir.path()).await.unwrap_err();
        assert!(refused.to_string().contains("holds a newsroom already"), "{refused}");
    }
}
