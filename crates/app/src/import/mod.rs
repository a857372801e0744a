//! Imports: what a reader of `intake` finds becomes stories, pages, sections, topics, bylines and photos.
//!
//! The reader runs on a thread of its own and hands items over a short channel; this side applies them in
//! transactions of up to [`BATCH`] items, so that a file of any size runs in constant memory and an import that is cut
//! off (a full disk, a lost connection, Ctrl-C) keeps what was committed. Running it again goes on where it stopped:
//! each item is known by its source and its id there (`import_link`), with a fingerprint of what it said, so the same
//! file twice changes nothing and a newer file updates. What somebody changed here since is not overwritten but
//! reported. Photos come after the text: from a local folder, or fetched; one that is not to be had is reported and
//! can be fetched later, and its story stands.

mod apply;
mod filed;
mod links;
mod page;
mod photos;
mod report;
mod story;

use std::{collections::HashSet, path::PathBuf, sync::Arc};

use intake::{Item, Progress, Sink, Stop};
use model::{Language, Newsroom as Settings, PhotoId};
use tokio::sync::mpsc;

pub use photos::{PhotoOptions, PhotosDone, bring as bring_photos};
pub use report::{Count, Report};

use crate::{Newsroom, error::Error};

/// Items applied in one transaction.
pub const BATCH: usize = 200;

/// The systems that can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum System {
    /// A WordPress export (WXR).
    Wordpress,
    /// A Ghost export (JSON).
    Ghost,
    /// A Substack export (folder).
    Substack,
    /// A folder of Markdown files.
    Markdown,
}

/// Where an import stands; told to whoever draws the progress bar.
pub type OnProgress = Arc<dyn Fn(Progress, u64) + Send + Sync>;

/// An export to be read.
#[derive(Debug, Clone)]
pub struct Export {
    /// What wrote it.
    pub system: System,
    /// The file, or the folder.
    pub path: PathBuf,
    /// The language of texts that do not say theirs; `None` for the newsroom's own.
    pub language: Option<Language>,
}

/// Reads an export and applies it.
///
/// # Errors
/// [`Error::Import`] when the file cannot be read to its end: what was read before stands, and the report of it is in
/// the database's own state, so the same command can be run again.
pub async fn run(newsroom: &Newsroom, export: Export, on: OnProgress) -> Result<Imported, Failed> {
    let Export { system, path, language } = export;
    let (sender, mut items) = mpsc::channel::<Item>(BATCH);
    let told = Arc::clone(&on);
    let reader = tokio::task::spawn_blocking(move || {
        let mut sink = Channel { sender, told, count: 0 };
        match system {
            System::Wordpress => intake::wordpress::read(&path, &mut sink),
            System::Ghost => intake::ghost::read(&path, &mut sink),
            System::Substack => intake::substack::read(&path, &mut sink),
            System::Markdown => intake::markdown::read(&path, &mut sink),
        }
    });
    let mut import = apply::Import::new(newsroom.clone(), language);
    let mut batch = Vec::with_capacity(BATCH);
    while items.recv_many(&mut batch, BATCH).await > 0 {
        if let Err(error) = import.apply(&mut batch).await {
            return Err(Failed { error, imported: Box::new(import.imported()) });
        }
    }
    drop(items);
    let read = reader.await.map_err(Error::from).and_then(|read| read.map_err(Error::from));
    let finished = import.finish().await;
    let finished = match finished {
        Ok(()) => crate::stories::desk::index_missing(newsroom).await.map(drop),
        Err(error) => Err(error),
    };
    match read.and(finished) {
        Ok(()) => Ok(import.imported()),
        Err(error) => Err(Failed { error, imported: Box::new(import.imported()) }),
    }
}

/// What an import did.
#[derive(Debug, Clone, Default)]
pub struct Imported {
    /// Its report.
    pub report: Report,
    /// The photos it names, whether their pixels are here or not.
    pub photos: HashSet<PhotoId>,
}

/// An import that did not come to its end, with what stands.
#[derive(Debug)]
pub struct Failed {
    /// Why.
    pub error: Error,
    /// What was done before.
    pub imported: Box<Imported>,
}

struct Channel {
    sender: mpsc::Sender<Item>,
    told: OnProgress,
    count: u64,
}

impl Sink for Channel {
    fn item(&mut self, item: Item) -> Result<(), Stop> {
        self.count += 1;
        self.sender.blocking_send(item).map_err(|_| Stop)
    }

    fn progress(&mut self, progress: Progress) {
        (self.told)(progress, self.count);
    }
}

/// What an import needs to know of the newsroom and the site it reads.
#[derive(Debug, Clone)]
struct Context {
    settings: Settings,
    /// `wordpress:https://example.org`.
    source: String,
    /// The site's language.
    language: Language,
    /// The site's address, to tell its own links.
    address: Option<String>,
}
