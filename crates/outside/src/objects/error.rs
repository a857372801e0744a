//! What can go wrong with stored files, and what to do about it.

use std::error::Error;
use std::io;

use object_store::Error as StoreError;
use object_store::client::{HttpError, HttpErrorKind};

/// Why a file could not be stored, read or listed. What was there before is still there.
#[derive(Debug, thiserror::Error)]
pub enum ObjectsError {
    /// The setting names no place.
    #[error("the setting objects = {spec:?} names no place: {why}")]
    Spec {
        /// The setting.
        spec: String,
        /// What is wrong and what to write instead.
        why: String,
    },
    /// A key that is not allowed.
    #[error("the object key {key:?} is not allowed: {why}")]
    Key {
        /// The key's beginning.
        key: String,
        /// Which rule it breaks.
        why: String,
    },
    /// No keys for the bucket.
    #[error("{place} needs keys: set MASTHEAD_S3_ACCESS_KEY and MASTHEAD_S3_SECRET_KEY in the environment")]
    NoCredentials {
        /// The place in words.
        place: String,
    },
    /// The service refused the keys.
    #[error(
        "{place} refused the keys: check MASTHEAD_S3_ACCESS_KEY, MASTHEAD_S3_SECRET_KEY and that they may {verb} files there"
    )]
    Credentials {
        /// The place in words.
        place: String,
        /// What was tried.
        verb: &'static str,
        /// The service's answer.
        source: Box<StoreError>,
    },
    /// The service cannot be reached.
    #[error("could not reach {place}: check the endpoint in the setting `objects` and the network")]
    Unreachable {
        /// The place in words.
        place: String,
        /// How far it came.
        source: Box<StoreError>,
    },
    /// The bucket does not exist.
    #[error("{place} does not exist: make the bucket, or correct its name in the setting `objects`")]
    NoBucket {
        /// The place in words.
        place: String,
        /// The service's answer.
        source: Box<StoreError>,
    },
    /// No space is left.
    #[error(
        "the disk is full: could not {verb} {key} in {place}. Free some space and try again; nothing stored is lost"
    )]
    Full {
        /// The place in words.
        place: String,
        /// What was tried.
        verb: &'static str,
        /// The key.
        key: String,
        /// The system's answer.
        source: Box<StoreError>,
    },
    /// The folder does not let us.
    #[error(
        "could not {verb} {key} in {place}: it is read-only, or belongs to another user. Give the user that runs masthead the right to write there"
    )]
    Denied {
        /// The place in words.
        place: String,
        /// What was tried.
        verb: &'static str,
        /// The key.
        key: String,
        /// The system's answer.
        source: Box<dyn Error + Send + Sync>,
    },
    /// The file is not there. Only inside this module: to others, missing is `None`.
    #[error("{key} is not in {place}")]
    Missing {
        /// The place in words.
        place: String,
        /// The key.
        key: String,
    },
    /// The folder cannot be made.
    #[error("could not make {place}: correct the setting `objects`, or make the folder")]
    Folder {
        /// The place in words.
        place: String,
        /// The system's answer.
        source: io::Error,
    },
    /// Anything else.
    #[error("could not {verb} {key} in {place}")]
    Other {
        /// The place in words.
        place: String,
        /// What was tried.
        verb: &'static str,
        /// The key.
        key: String,
        /// The answer.
        source: Box<StoreError>,
    },
}

impl ObjectsError {
    /// The store's error in our words.
    pub(crate) fn from_store(place: &str, verb: &'static str, key: &str, source: StoreError) -> Self {
        let (place, key) = (place.to_owned(), key.to_owned());
        let full = [io::ErrorKind::StorageFull, io::ErrorKind::QuotaExceeded, io::ErrorKind::FileTooLarge];
        let denied = [io::ErrorKind::PermissionDenied, io::ErrorKind::ReadOnlyFilesystem];
        let kind = cause::<io::Error>(&source).map(io::Error::kind);
        if says(&source, "NoSuchBucket") {
            return Self::NoBucket { place, source: Box::new(source) };
        }
        match &source {
            StoreError::NotFound { .. } => return Self::Missing { place, key },
            StoreError::PermissionDenied { .. } | StoreError::Unauthenticated { .. } => {
                return Self::Credentials { place, verb, source: Box::new(source) };
            }
            _other => {}
        }
        if says(&source, "SignatureDoesNotMatch")
            || says(&source, "InvalidAccessKeyId")
            || says(&source, "AccessDenied")
        {
            return Self::Credentials { place, verb, source: Box::new(source) };
        }
        if cause::<HttpError>(&source).is_some_and(unreachable) {
            return Self::Unreachable { place, source: Box::new(source) };
        }
        match kind {
            Some(kind) if full.contains(&kind) => Self::Full { place, verb, key, source: Box::new(source) },
            Some(kind) if denied.contains(&kind) => Self::Denied { place, verb, key, source: Box::new(source) },
            Some(_) | None => Self::Other { place, verb, key, source: Box::new(source) },
        }
    }
}

fn unreachable(error: &HttpError) -> bool {
    matches!(error.kind(), HttpErrorKind::Connect | HttpErrorKind::Timeout | HttpErrorKind::Request)
}

/// The first error of a type in a chain of causes.
pub(crate) fn cause<'a, E: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a E> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref::<E>() {
            return Some(found);
        }
        next = error.source();
    }
    None
}

/// S3's error codes are only to be had as words in the answer's body.
fn says(error: &StoreError, code: &str) -> bool {
    error.to_string().contains(code)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    /// A device that is always full stands for a full disk.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_named() {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full");
        let source = full.and_then(|mut full| full.write_all(b"x")).unwrap_err();
        let source = StoreError::Generic { store: "LocalFileSystem", source: Box::new(source) };
        let error = ObjectsError::from_store("the folder /srv", "store", "media/x", source);
        assert!(matches!(error, ObjectsError::Full { .. }), "{error:?}");
        assert!(error.to_string().contains("Free some space"), "{error}");
    }
}
