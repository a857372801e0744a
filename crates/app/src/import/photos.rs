//! Photos after the text: pixels for the photos whose address is known but whose pixels are not here.
//!
//! Each photo is looked for in a local folder first, then fetched where that is allowed. One that is not to be had
//! stays `missing`, with the reason in the report, and can be looked for again at any time.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    path::{Component, Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use bytes::Bytes;
use futures::StreamExt;
use model::{JournalKind, NewJournalRow, Photo, PhotoId, PhotoState, Tag};
use outside::Fetch;

use crate::{
    Newsroom,
    error::Error,
    follow,
    media::{self, library},
};

/// After so many failures in a row a host is not asked again in this run.
const HOST_FAILURES: u32 = 3;
/// The largest file that is looked at.
const UPLOAD: u64 = media::MAX_UPLOAD as u64;
/// Photos prepared at the same time.
const AT_ONCE: usize = 2;

/// Where to look for photos.
#[derive(Debug, Clone, Default)]
pub struct PhotoOptions {
    /// A folder, such as a copy of `wp-content/uploads`, or the folder of a Markdown import.
    pub folder: Option<PathBuf>,
    /// How to fetch what is not in the folder; `None` to fetch nothing.
    pub fetch: Option<Fetch>,
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PhotosDone {
    /// Photos whose pixels are here now.
    pub stored: u64,
    /// Photos not to be had, by address, with the reason.
    pub missing: BTreeMap<String, String>,
}

/// Looks for the pixels of every missing photo, or of those among `only`.
///
/// # Errors
/// When the database or the object store fails. A photo that is not to be had is no error.
pub async fn bring(
    newsroom: &Newsroom,
    options: &PhotoOptions,
    only: Option<&HashSet<PhotoId>>,
    on: &(dyn Fn(u64, u64) + Send + Sync),
) -> Result<PhotosDone, Error> {
    let mut done = PhotosDone::default();
    let hosts = Hosts::default();
    let mut after: Option<PhotoId> = None;
    let mut seen = 0;
    loop {
        let mut tx = newsroom.store().read().await?;
        let batch = store::photo_missing(&mut tx, after, 100).await?;
        drop(tx);
        let Some(last) = batch.last() else { break };
        after = Some(last.id);
        let wanted = batch.into_iter().filter(|photo| only.is_none_or(|only| only.contains(&photo.id)));
        let mut results = futures::stream::iter(wanted)
            .map(|photo| bring_one(newsroom, options, &hosts, photo))
            .buffer_unordered(AT_ONCE);
        while let Some(result) = results.next().await {
            seen += 1;
            match result? {
                (_, Ok(())) => done.stored += 1,
                (origin, Err(why)) => drop(done.missing.insert(origin, why)),
            }
            on(seen, done.stored);
        }
    }
    follow::catch_up(newsroom).await?;
    Ok(done)
}

type Outcome = (String, Result<(), String>);

async fn bring_one(newsroom: &Newsroom, options: &PhotoOptions, hosts: &Hosts, photo: Photo) -> Result<Outcome, Error> {
    let origin = photo.origin.clone().unwrap_or_default();
    let bytes = match find(options, hosts, &origin).await {
        Ok(bytes) => bytes,
        Err(why) => return Ok((origin, Err(why))),
    };
    match media::ingest(newsroom.objects(), bytes, photo.focal).await {
        Ok(prepared) => {
            store_pixels(newsroom, photo, prepared).await?;
            Ok((origin, Ok(())))
        }
        Err(media::Error::Refused(refused)) => Ok((origin, Err(refused.to_string()))),
        Err(other) => Err(other.into()),
    }
}

async fn find(options: &PhotoOptions, hosts: &Hosts, origin: &str) -> Result<Bytes, String> {
    let mut why = "its address leads nowhere".to_owned();
    if let Some(folder) = &options.folder {
        match in_folder(folder, origin).await {
            Ok(bytes) => return Ok(bytes),
            Err(reason) => why = reason,
        }
    }
    let Ok(url) = url::Url::parse(origin) else { return Err(why) };
    let Some(fetch) = &options.fetch else {
        return Err(if options.folder.is_some() { why } else { "not fetched, as asked".to_owned() });
    };
    let host = url.host_str().unwrap_or_default().to_owned();
    if hosts.given_up(&host) {
        return Err(format!("{host} did not answer; not asked again"));
    }
    match fetch.get(origin).await {
        Ok(fetched) => {
            hosts.answered(&host);
            Ok(fetched.bytes)
        }
        Err(error) => {
            hosts.failed(&host);
            Err(error.to_string())
        }
    }
}

/// Looks for a photo below a folder: by its whole path, then by ever shorter ends of it, so that `…/uploads/2014/05/a.jpg`
/// is found in a copy of `uploads` as well as in one of the whole site. Nothing outside the folder is ever read.
async fn in_folder(folder: &Path, origin: &str) -> Result<Bytes, String> {
    let path = match url::Url::parse(origin) {
        Ok(url) => percent_encoding::percent_decode_str(url.path()).decode_utf8_lossy().into_owned(),
        Err(_) => origin.to_owned(),
    };
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    let safe = Path::new(&path).components().all(|c| !matches!(c, Component::ParentDir | Component::Prefix(_)));
    if !safe || path.contains('\0') || path.len() > 2_000 {
        return Err("its path leads outside the folder".to_owned());
    }
    for start in 0..parts.len() {
        let candidate: PathBuf = parts.iter().skip(start).fold(folder.to_path_buf(), |at, part| at.join(part));
        match tokio::fs::metadata(&candidate).await {
            Ok(meta) if meta.is_file() && meta.len() <= UPLOAD => {
                return match tokio::fs::read(&candidate).await {
                    Ok(bytes) => Ok(bytes.into()),
                    Err(error) => Err(format!("{} could not be read: {error}", candidate.display())),
                };
            }
            Ok(meta) if meta.is_file() => {
                return Err(format!("{} is larger than {UPLOAD} bytes", candidate.display()));
            }
            Ok(_) | Err(_) => {}
        }
    }
    Err(format!("not in {}", folder.display()))
}

/// The pixels' row and its journal row, in one transaction. Words found in the file fill what nobody wrote.
async fn store_pixels(newsroom: &Newsroom, mut photo: Photo, prepared: media::Ingested) -> Result<(), Error> {
    let now = newsroom.clock().now();
    photo.state = PhotoState::Ready;
    photo.width = prepared.width;
    photo.height = prepared.height;
    photo.colour = prepared.colour;
    photo.renditions = prepared.renditions;
    photo.source_hash = Some(prepared.source_hash);
    for (ours, found) in [
        (&mut photo.alt, prepared.found.alt),
        (&mut photo.caption, prepared.found.caption),
        (&mut photo.credit, prepared.found.credit),
    ] {
        if ours.is_empty() {
            *ours = found;
        }
    }
    let mut tx = newsroom.store().begin().await?;
    store::photo_update(&mut tx, &photo).await?;
    library::find(&mut tx, &photo).await?;
    let row =
        NewJournalRow { kind: JournalKind::PhotoChanged, subject: Some(photo.id.0), tags: vec![Tag::photo(photo.id)] };
    store::journal_append(&mut tx, now, &row).await?;
    Ok(tx.commit().await?)
}

/// Hosts that failed, so that an export of a site that is gone does not take hours.
#[derive(Debug, Clone, Default)]
struct Hosts(Arc<Mutex<HashMap<String, u32>>>);

impl Hosts {
    fn given_up(&self, host: &str) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(host).is_some_and(|n| *n >= HOST_FAILURES)
    }

    fn failed(&self, host: &str) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(host.to_owned()).or_default() += 1;
    }

    fn answered(&self, host: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(host);
    }
}
