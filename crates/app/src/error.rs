//! What can go wrong in a use case, in domain words.

/// A use case's failure. `web` turns refusals into pages and everything else into a 500 with nothing in it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database.
    #[error("the database did not answer as it should")]
    Store(#[from] store::Error),
    /// Photos and other files.
    #[error("the object store did not answer as it should")]
    Objects(#[from] outside::ObjectsError),
    /// A photo.
    #[error("a photo could not be stored")]
    Media(#[from] crate::media::Error),
    /// The theme.
    #[error("the theme could not make the page")]
    Theme(#[from] theme::Error),
    /// A stored document.
    #[error("a stored document could not be read")]
    Document(#[from] model::document::ReadError),
    /// Something is not as the use case needs it; the text says what and what to do.
    #[error("{0}")]
    Refused(String),
    /// A story does not go the way that somebody wanted.
    #[error(transparent)]
    Stopped(#[from] crate::stories::Stop),
    /// A newsletter or an issue does not go the way that somebody wanted.
    #[error(transparent)]
    Letter(#[from] crate::issues::Stop),
    /// Somebody is not let in, or may not do something.
    #[error(transparent)]
    Denied(#[from] crate::staff::Denial),
    /// It needs the keys, and they are not here.
    #[error(transparent)]
    Closed(#[from] crate::vault::Closed),
    /// The keys are not destroyed like that.
    #[error(transparent)]
    Burn(#[from] crate::vault::BurnRefused),
    /// An export could not be read to its end.
    #[error("the import stopped: {0}")]
    Import(#[from] intake::Error),
    /// A file or folder.
    #[error("could not use {path}")]
    Io {
        /// Which.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// A piece of work on another thread broke down.
    #[error("a worker thread broke down")]
    Worker(#[from] tokio::task::JoinError),
    /// JSON that this program wrote itself could not be read or written.
    #[error("a stored value is not the JSON it should be")]
    Json(#[from] serde_json::Error),
}

impl Error {
    /// A file error that names its file.
    pub fn io(path: &std::path::Path, source: std::io::Error) -> Self {
        Self::Io { path: path.display().to_string(), source }
    }
}
