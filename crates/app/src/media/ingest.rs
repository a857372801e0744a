//! An upload becomes stored files: prepared beside the server's own work, then stored, the manifest last.
//!
//! So many photos are prepared at once as there are cores, and together they take no more memory than [`MEMORY`];
//! others wait. An upload that was prepared before, on this machine or another one with the same objects, is not
//! encoded again. Killed half-way, nothing points to the files that were stored, and the next try finds them there.

use std::sync::LazyLock;

use bytes::Bytes;
use futures::StreamExt as _;
use futures::TryStreamExt as _;
use model::{FocalPoint, Rendition};
use outside::{Objects, ObjectsError};
use tokio::sync::Semaphore;

use super::manifest::Manifest;
use super::words::{FoundWords, words};
use super::{Prepared, Refused, decode, pixels};

/// Memory for decoded pictures at one time, in MiB.
const MEMORY: u32 = 512;
/// Files that are sent to the store at one time.
const SENDING: usize = 4;

static CORES: LazyLock<Semaphore> =
    LazyLock::new(|| Semaphore::new(std::thread::available_parallelism().map_or(1, usize::from)));
static MEBIBYTES: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(MEMORY as usize));

/// Why a photo was not stored.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The upload is not taken; the sentence is for the person who uploads.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The files could not be stored or read.
    #[error(transparent)]
    Objects(#[from] ObjectsError),
    /// A rendition that the database knows is not in the store.
    #[error("the photo's file {key} is missing from the store; restore it from a backup or upload the photo again")]
    Lost {
        /// Its key.
        key: String,
    },
    /// The photo has no pixels yet.
    #[error("this photo has no files to crop; fetch or upload it first")]
    NoSource,
    /// The manifest could not be written as JSON.
    #[error("could not write the photo's manifest")]
    Manifest {
        /// Why.
        source: serde_json::Error,
    },
    /// The worker thread ended early.
    #[error("preparing the photo was interrupted; try again")]
    Interrupted,
}

/// A photo whose files are stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ingested {
    /// Pixels across, upright.
    pub width: u32,
    /// Pixels down, upright.
    pub height: u32,
    /// Average colour, `#rrggbb`.
    pub colour: String,
    /// The stored files.
    pub renditions: Vec<Rendition>,
    /// Caption, credit and alt text found in the upload.
    pub found: FoundWords,
    /// SHA-256 of the upload, hex.
    pub source_hash: String,
}

/// Prepares an upload and stores its files.
pub async fn ingest(objects: &Objects, bytes: Bytes, focal: FocalPoint) -> Result<Ingested, Error> {
    decode::header(&bytes)?;
    let source_hash = pixels::hash(&bytes);
    if let Some(mut manifest) = Manifest::find(objects, &source_hash).await? {
        if manifest.focal != focal {
            manifest.renditions = super::crop(objects, &manifest.renditions, focal).await?;
        }
        let found = words(&bytes);
        return Ok(ingested(manifest, found, source_hash));
    }
    let prepared = on_worker(bytes, move |bytes| super::prepare(bytes, focal)).await?;
    let Prepared { width, height, colour, files, found, source_hash } = prepared;
    let renditions = store(objects, files).await?;
    let manifest = Manifest::new((width, height), colour, focal, renditions);
    manifest.write(objects, &source_hash).await?;
    Ok(ingested(manifest, found, source_hash))
}

fn ingested(manifest: Manifest, found: FoundWords, source_hash: String) -> Ingested {
    let Manifest { width, height, colour, renditions, .. } = manifest;
    Ingested { width, height, colour, renditions, found, source_hash }
}

/// Runs pixel work on a blocking thread when there is a core and memory for it.
pub(super) async fn on_worker<T: Send + 'static>(
    bytes: Bytes,
    work: impl FnOnce(&[u8]) -> Result<T, Refused> + Send + 'static,
) -> Result<T, Error> {
    let need = decode::header(&bytes)?.decoded / (1024 * 1024) * 2 + 16;
    let need = u32::try_from(need).unwrap_or(MEMORY).min(MEMORY);
    let _memory = MEBIBYTES.acquire_many(need).await.map_err(|_closed| Error::Interrupted)?;
    let _core = CORES.acquire().await.map_err(|_closed| Error::Interrupted)?;
    let done = tokio::task::spawn_blocking(move || work(&bytes)).await.map_err(|_panic| Error::Interrupted)?;
    Ok(done?)
}

/// Stores files; those that are there already are not sent.
pub(super) async fn store(objects: &Objects, files: Vec<(Rendition, Bytes)>) -> Result<Vec<Rendition>, Error> {
    let puts = files.into_iter().map(|(rendition, bytes)| async move {
        objects.put(&rendition.key, bytes, rendition.form.media_type()).await?;
        Ok::<_, Error>(rendition)
    });
    futures::stream::iter(puts).buffered(SENDING).try_collect().await
}
