//! Restoring a backup.

use std::{
    fmt,
    io::{BufRead, BufReader, Read},
    path::{Component, Path},
    sync::Arc,
};

use bytes::Bytes;
use futures::{StreamExt, stream::FuturesUnordered};
use model::Clock;
use outside::Objects;
use serde::Serialize;
use sha2::{Digest, Sha256};
use store::{Store, dump};
use tokio::sync::mpsc;

use super::{
    End, FORMAT, Header,
    archive::{Hashing, Proof},
};
use crate::error::Error;

/// Rows handed over at a time.
const PAGE: usize = 500;
/// Files stored at the same time.
const AT_ONCE: usize = 16;
/// The largest single file in a backup: renditions are far below it.
const OBJECT_MAX: u64 = 64 << 20;

/// What a restore brought back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Restored {
    /// When the backup was made.
    pub made_at: String,
    /// Rows of all tables.
    pub rows: u64,
    /// Photos and other files.
    pub objects: u64,
}

impl fmt::Display for Restored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Restored the backup of {}: {} rows, {} files.", self.made_at, self.rows, self.objects)
    }
}

enum Piece {
    Header(Header),
    Rows(String, Vec<dump::Row>),
    Object(String, Bytes),
    Theme(String, Bytes),
    End { said: End, found: End },
}

/// Restores a backup into an empty database, an object store and a theme folder.
///
/// # Errors
/// [`Error::Refused`] when the file is no backup, was cut off or altered, was made by a newer schema version, or when
/// the database holds a newsroom already. Then no row has been written.
pub async fn restore(
    store: &Store,
    objects: &Objects,
    theme: &Path,
    backup: impl Read + Send + 'static,
    clock: Arc<dyn Clock>,
) -> Result<Restored, Error> {
    let (sender, mut pieces) = mpsc::channel(4);
    let reader = tokio::task::spawn_blocking(move || read_all(backup, &sender));
    let mut tx = store.begin().await?;
    if !dump::is_empty(&mut tx).await? {
        return Err(Error::Refused("this database holds a newsroom already; restore into an empty one".to_owned()));
    }
    let mut restored = Restored { made_at: String::new(), rows: 0, objects: 0 };
    let mut proved = false;
    let mut puts = FuturesUnordered::new();
    while let Some(piece) = pieces.recv().await {
        match piece {
            Piece::Header(header) => restored.made_at = check(&header, store.schema_version().await?)?,
            Piece::Rows(table, rows) => {
                restored.rows += rows.len() as u64;
                dump::load(&mut tx, &table, &rows).await?;
            }
            Piece::Object(key, bytes) => {
                restored.objects += 1;
                puts.push(async move { objects.put(&key, bytes, media_type_of(&key)).await });
                while puts.len() >= AT_ONCE {
                    puts.next().await.transpose()?;
                }
            }
            Piece::Theme(name, bytes) => put_theme(theme, &name, &bytes)?,
            Piece::End { said, found } => proved = said == found,
        }
    }
    while puts.next().await.transpose()?.is_some() {}
    reader.await??;
    if !proved {
        return Err(Error::Refused("the backup was altered or cut off; nothing was restored from it".to_owned()));
    }
    // Keys whose hour was to come when the backup was made are not to be destroyed now.
    store::setting_delete(&mut tx, crate::vault::BURN_PENDING).await?;
    // What was approved when the backup was made may have gone out since.
    store::issue_hold_restored(&mut tx).await?;
    // Issues went on being sent after the backup was made: nobody here knows to whom.
    crate::delivery::pause_restored_in_tx(&mut tx, clock.now()).await?;
    crate::support::reminders::pass_over_restored_in_tx(&mut tx, clock.now()).await?;
    let detail = serde_json::json!({ "made_at": restored.made_at }).to_string();
    store::audit_append(&mut tx, clock.now(), "command line", "restore", None, &detail).await?;
    tx.commit().await?;
    Ok(restored)
}

/// An older backup is taken in: its rows fit, because every step of the schema so far only added tables, and those
/// begin empty. A step that changes a column has to say in `store::dump` what becomes of an older row.
fn check(header: &Header, ours: i64) -> Result<String, Error> {
    if header.format > FORMAT || header.schema > ours {
        return Err(Error::Refused(format!(
            "the backup was made by Masthead {}, which is newer than this one; install that version first",
            header.masthead
        )));
    }
    Ok(header.made_at.to_string())
}

fn media_type_of(key: &str) -> &'static str {
    match key.rsplit('.').next() {
        Some("avif") => "image/avif",
        Some("webp") => "image/webp",
        Some("jpg") => "image/jpeg",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    }
}

fn put_theme(theme: &Path, name: &str, bytes: &[u8]) -> Result<(), Error> {
    let inside = Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    if !inside {
        return Err(Error::Refused(format!("the backup names a theme file outside the theme: {name}")));
    }
    let path = theme.join(name);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|source| Error::io(folder, source))?;
    }
    std::fs::write(&path, bytes).map_err(|source| Error::io(&path, source))
}

/// Reads the archive on a thread of its own and hands its pieces over.
fn read_all(backup: impl Read, sender: &mpsc::Sender<Piece>) -> Result<(), Error> {
    let mut backup = BufReader::new(backup);
    if !backup.fill_buf().map_err(broken)?.starts_with(&ZSTD) {
        return Err(Error::Refused(
            "this is no Masthead backup; name the file that `masthead backup` wrote".to_owned(),
        ));
    }
    let mut tar = tar::Archive::new(zstd::Decoder::with_buffer(backup).map_err(broken)?);
    let mut proof = Proof::default();
    for entry in tar.entries().map_err(broken)? {
        let entry = entry.map_err(broken)?;
        let name = entry.path().map_err(broken)?.display().to_string();
        let size = entry.size();
        let mut content = Hashing { inner: entry, hash: Sha256::new() };
        let piece = match name.split_once('/') {
            None if name == "masthead.json" => Piece::Header(serde_json::from_slice(&all(&mut content, size)?)?),
            None if name == "end.json" => {
                let said = serde_json::from_slice(&all(&mut content, size)?)?;
                Piece::End { said, found: proof.end() }
            }
            Some(("tables", file)) => {
                let table = file.trim_end_matches(".jsonl").to_owned();
                rows(&mut content, &table, sender).map_err(broken)?;
                proof.add(&name, content.hash);
                continue;
            }
            Some(("objects", key)) => Piece::Object(key.to_owned(), all(&mut content, size)?.into()),
            Some(("theme", file)) => Piece::Theme(file.to_owned(), all(&mut content, size)?.into()),
            _ => return Err(Error::Refused(format!("this is not a Masthead backup: it holds {name}"))),
        };
        proof.add(&name, content.hash);
        if sender.blocking_send(piece).is_err() {
            return Ok(());
        }
    }
    Ok(())
}

/// The first bytes of what zstd compressed (RFC 8878, section 3.1.1).
const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// The decompressor's own words ("incomplete frame") help nobody.
fn broken(_: std::io::Error) -> Error {
    let what = "the backup breaks off or is damaged; copy it again, and compare its size with the original's";
    Error::Refused(what.to_owned())
}

fn all(content: &mut impl Read, size: u64) -> Result<Vec<u8>, Error> {
    if size > OBJECT_MAX {
        return Err(Error::Refused(format!("the backup holds a file of {size} bytes; the most is {OBJECT_MAX}")));
    }
    let mut bytes = Vec::new();
    content.read_to_end(&mut bytes).map_err(broken)?;
    Ok(bytes)
}

fn rows(content: &mut impl Read, table: &str, sender: &mpsc::Sender<Piece>) -> std::io::Result<()> {
    let mut page = Vec::with_capacity(PAGE);
    for line in BufReader::new(content).lines() {
        page.push(serde_json::from_str(&line?)?);
        if page.len() == PAGE && sender.blocking_send(Piece::Rows(table.to_owned(), std::mem::take(&mut page))).is_err()
        {
            return Ok(());
        }
    }
    if !page.is_empty() && sender.blocking_send(Piece::Rows(table.to_owned(), page)).is_err() {
        return Ok(());
    }
    Ok(())
}
