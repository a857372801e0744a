//! Taking a backup.

use std::{fmt, io::Write, path::Path};

use bytes::Bytes;
use futures::TryStreamExt;
use serde::Serialize;
use store::dump;
use tokio::sync::mpsc;

use super::{
    FORMAT, Header,
    archive::{Entry, is_backup, part_of, write_all},
};
use crate::{Newsroom, error::Error};

/// Rows read at a time.
const PAGE: i64 = 500;

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Made {
    /// The file.
    pub file: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Rows of all tables.
    pub rows: u64,
    /// Photos and other files.
    pub objects: u64,
}

impl fmt::Display for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mib = self.bytes as f64 / f64::from(1 << 20);
        write!(f, "{}: {} rows, {} files, {mib:.1} MiB", self.file, self.rows, self.objects)
    }
}

/// Writes a backup of the newsroom as it stands at this moment. `on` is told entries done and expected.
///
/// # Errors
/// [`Error::Refused`] when a file of that name is no backup. Else when the database or an object cannot be read, or the
/// file cannot be written; an earlier backup of that name is then still there.
pub async fn write(newsroom: &Newsroom, file: &Path, on: &(dyn Fn(u64, u64) + Send + Sync)) -> Result<Made, Error> {
    if file.exists() && !is_backup(file) {
        let shown = file.display();
        return Err(Error::Refused(format!("{shown} is there already and is no backup; choose another name")));
    }
    let (sender, receiver) = mpsc::channel(4);
    let target = file.to_path_buf();
    let writer = tokio::task::spawn_blocking(move || write_all(&target, receiver));
    let sent = send_all(newsroom, file, sender, on).await;
    let written = writer.await?;
    let outcome = match (sent, written) {
        (Ok((rows, objects)), Ok(bytes)) => Ok(Made { file: file.display().to_string(), bytes, rows, objects }),
        // The writer's own failure is the cause; the sender only noticed that it was gone.
        (_, Err(error)) | (Err(error), Ok(_)) => Err(error),
    };
    if outcome.is_err() {
        let unfinished = part_of(file);
        match std::fs::remove_file(&unfinished) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => tracing::warn!(%error, file = %unfinished.display(), "could not remove an unfinished backup"),
        }
    }
    outcome
}

async fn send_all(
    newsroom: &Newsroom,
    file: &Path,
    sender: mpsc::Sender<Entry>,
    on: &(dyn Fn(u64, u64) + Send + Sync),
) -> Result<(u64, u64), Error> {
    let mut tx = newsroom.store().read().await?;
    let header = Header {
        format: FORMAT,
        masthead: env!("CARGO_PKG_VERSION").to_owned(),
        schema: newsroom.store().schema_version().await?,
        made_at: newsroom.clock().now(),
    };
    send(&sender, Entry::Bytes("masthead.json".to_owned(), serde_json::to_vec_pretty(&header)?.into())).await?;
    let folder = file.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut rows = 0;
    for table in dump::TABLES {
        let (spool, count) = spool(&mut tx, table, folder).await?;
        rows += count;
        send(&sender, Entry::Spool(format!("tables/{table}.jsonl"), spool)).await?;
    }
    drop(tx);
    let entries: Vec<outside::objects::Entry> = newsroom.objects().list("media").try_collect().await?;
    let total = entries.len() as u64;
    for (done, entry) in entries.iter().enumerate() {
        if let Some(bytes) = newsroom.objects().get(&entry.key).await? {
            send(&sender, Entry::Bytes(format!("objects/{}", entry.key), bytes)).await?;
        }
        on(done as u64 + 1, total);
    }
    for (name, bytes) in theme_files(newsroom.theme_dir())? {
        send(&sender, Entry::Bytes(name, bytes)).await?;
    }
    Ok((rows, total))
}

async fn send(sender: &mpsc::Sender<Entry>, entry: Entry) -> Result<(), Error> {
    sender.send(entry).await.map_err(|_| Error::Refused("the backup file could not be written".to_owned()))
}

/// A table's rows in a file without a name, beside the backup: a tar entry must know its size first.
async fn spool(tx: &mut store::Tx, table: &str, folder: &Path) -> Result<(std::fs::File, u64), Error> {
    let mut spool = tempfile::tempfile_in(folder).map_err(|source| Error::io(folder, source))?;
    let mut after: Option<dump::Row> = None;
    let mut count = 0;
    loop {
        let mut page = dump::rows(tx, table, after.as_ref(), PAGE).await?;
        let mut text = Vec::new();
        for row in &page {
            serde_json::to_writer(&mut text, row)?;
            text.push(b'\n');
        }
        spool.write_all(&text).map_err(|source| Error::io(folder, source))?;
        count += page.len() as u64;
        match page.pop() {
            Some(last) => after = Some(last),
            None => return Ok((spool, count)),
        }
    }
}

/// The files of the newsroom's own theme; links out of it are not followed.
fn theme_files(dir: Option<&Path>) -> Result<Vec<(String, Bytes)>, Error> {
    let mut files = Vec::new();
    let mut folders: Vec<std::path::PathBuf> = dir.map(Path::to_path_buf).into_iter().collect();
    while let Some(folder) = folders.pop() {
        let named = |source| Error::io(&folder, source);
        for entry in std::fs::read_dir(&folder).map_err(named)? {
            let entry = entry.map_err(named)?;
            let kind = entry.file_type().map_err(named)?;
            let path = entry.path();
            if kind.is_dir() {
                folders.push(path);
            } else if let (true, Some(Ok(name))) = (kind.is_file(), dir.map(|dir| path.strip_prefix(dir))) {
                let bytes = std::fs::read(&path).map_err(|source| Error::io(&path, source))?;
                files.push((format!("theme/{}", name.display()), bytes.into()));
            }
        }
    }
    files.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(files)
}
