//! Files under keys: a folder on disk, or a bucket at any S3-compatible service.
//!
//! A write is all or nothing: in a folder it goes to a staging file that is synced and renamed, in a bucket it is
//! one request. [`Objects::put`] is meant for keys that name their content: if the key is there, its bytes are, and
//! nothing is sent. Reading what is not there is `Ok(None)`.

mod error;
mod key;
mod place;

use std::path::Path as FilePath;
use std::sync::Arc;

use bytes::Bytes;
use futures::stream::{BoxStream, StreamExt};
use object_store::{
    Attribute, Attributes, Error as StoreError, ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload,
};

pub use error::ObjectsError;
pub(crate) use error::cause;
pub use place::Credentials;

/// What browsers and proxies may do with a file whose name is the hash of its bytes.
const CACHE_CONTROL: &str = "public, max-age=31536000, immutable";

/// Where files are kept. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Objects {
    store: Arc<dyn ObjectStore>,
    place: Arc<str>,
    headers: bool,
}

/// One file in a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its key.
    pub key: String,
    /// Its size in bytes.
    pub bytes: u64,
}

impl Objects {
    /// Opens what `spec` names: nothing (the folder `objects` in the data folder), `file:DIR` (relative to the
    /// data folder) or `s3://bucket/prefix?endpoint=https://…&region=…`, with keys from the environment.
    /// A folder is made if it is not there; a bucket is not contacted before the first request.
    pub fn open(spec: &str, data: &FilePath) -> Result<Self, ObjectsError> {
        Self::open_with(spec, data, &Credentials::from_env())
    }

    /// [`Objects::open`] with given keys.
    pub fn open_with(spec: &str, data: &FilePath, credentials: &Credentials) -> Result<Self, ObjectsError> {
        place::open(spec, data, credentials)
    }

    /// The place in words, for messages: `the folder /srv/news/objects`.
    #[must_use]
    pub fn place(&self) -> &str {
        &self.place
    }

    /// Stores a file under a key that names its content; does nothing if it is there. Says whether it was new.
    pub async fn put(&self, key: &str, bytes: Bytes, media_type: &str) -> Result<bool, ObjectsError> {
        if self.size(key).await? == Some(bytes.len() as u64) {
            return Ok(false);
        }
        self.replace(key, bytes, media_type).await?;
        Ok(true)
    }

    /// Stores a file, over the old one if there is one.
    pub async fn replace(&self, key: &str, bytes: Bytes, media_type: &str) -> Result<(), ObjectsError> {
        let path = key::path(key)?;
        let mut attributes = Attributes::new();
        if self.headers {
            attributes.insert(Attribute::ContentType, media_type.to_owned().into());
            attributes.insert(Attribute::CacheControl, CACHE_CONTROL.into());
        }
        let options = PutOptions { mode: PutMode::Overwrite, attributes, ..PutOptions::default() };
        let put = self.store.put_opts(&path, PutPayload::from_bytes(bytes), options).await;
        put.map(drop).map_err(|source| self.error("store", key, source))
    }

    /// A whole file.
    pub async fn get(&self, key: &str) -> Result<Option<Bytes>, ObjectsError> {
        let path = key::path(key)?;
        let found = match self.store.get(&path).await {
            Ok(found) => found,
            Err(source) => return self.missing_is_none("read", key, source),
        };
        found.bytes().await.map(Some).map_err(|source| self.error("read", key, source))
    }

    /// Whether a file is there.
    pub async fn exists(&self, key: &str) -> Result<bool, ObjectsError> {
        Ok(self.size(key).await?.is_some())
    }

    /// The bytes that a file has, `None` if it is not there.
    pub async fn size(&self, key: &str) -> Result<Option<u64>, ObjectsError> {
        match self.store.head(&key::path(key)?).await {
            Ok(meta) => Ok(Some(meta.size)),
            Err(source) => self.missing_is_none("look for", key, source),
        }
    }

    /// Removes a file. One that is not there is fine.
    pub async fn delete(&self, key: &str) -> Result<(), ObjectsError> {
        match self.store.delete(&key::path(key)?).await {
            Ok(()) => Ok(()),
            Err(source) => self.missing_is_none::<()>("delete", key, source).map(drop),
        }
    }

    /// All files whose keys start with a folder (`media`, or empty for all), page by page, in no order.
    pub fn list(&self, folder: &str) -> BoxStream<'_, Result<Entry, ObjectsError>> {
        let folder = folder.trim_end_matches('/').to_owned();
        let prefix = match folder.as_str() {
            "" => None,
            some => match key::path(some) {
                Ok(path) => Some(path),
                Err(error) => return futures::stream::once(async { Err(error) }).boxed(),
            },
        };
        let entries = self.store.list(prefix.as_ref());
        entries
            .map(move |meta| match meta {
                Ok(meta) => Ok(Entry { key: meta.location.to_string(), bytes: meta.size }),
                Err(source) => Err(self.error("list", &folder, source)),
            })
            .boxed()
    }

    /// Asks the place for its first file, so that wrong keys or an unreachable service are known before they matter.
    pub async fn probe(&self) -> Result<(), ObjectsError> {
        match self.store.list(None).next().await {
            None | Some(Ok(_)) => Ok(()),
            Some(Err(source)) => Err(self.error("list", "", source)),
        }
    }

    fn new(store: Arc<dyn ObjectStore>, place: String, headers: bool) -> Self {
        Self { store, place: place.into(), headers }
    }

    fn missing_is_none<T>(&self, verb: &'static str, key: &str, source: StoreError) -> Result<Option<T>, ObjectsError> {
        let error = self.error(verb, key, source);
        if matches!(error, ObjectsError::Missing { .. }) { Ok(None) } else { Err(error) }
    }

    fn error(&self, verb: &'static str, key: &str, source: StoreError) -> ObjectsError {
        ObjectsError::from_store(&self.place, verb, key, source)
    }
}
