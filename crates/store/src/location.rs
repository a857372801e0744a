//! Where the database is.

use std::path::{Path, PathBuf};

/// Where the database is: a file, or a PostgreSQL server.
#[derive(Clone, PartialEq, Eq)]
pub enum Location {
    /// A SQLite file.
    Sqlite(PathBuf),
    /// A `postgres://user:password@host:port/database` address.
    Postgres(String),
}

/// What is wrong with a location.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` names no database; write `sqlite:PATH` or `postgres://user@host/database`")]
pub struct InvalidLocation(pub String);

impl Location {
    /// Reads `sqlite:PATH`, `postgres://…` or `postgresql://…`.
    ///
    /// # Errors
    /// When it is neither, or has no path.
    pub fn parse(text: &str) -> Result<Self, InvalidLocation> {
        let text = text.trim();
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        match text.strip_prefix("sqlite:") {
            Some(path) if !path.is_empty() => Ok(Self::Sqlite(PathBuf::from(path.strip_prefix("//").unwrap_or(path)))),
            _ => Err(InvalidLocation(without_password(text))),
        }
    }

    /// The location with a relative path taken from `folder`.
    #[must_use]
    pub fn within(self, folder: &Path) -> Self {
        match self {
            Self::Sqlite(path) => Self::Sqlite(folder.join(path)),
            Self::Postgres(url) => Self::Postgres(url),
        }
    }
}

/// For people and logs: never shows a password.
impl std::fmt::Display for Location {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "{}", path.display()),
            Self::Postgres(url) => f.write_str(&without_password(url)),
        }
    }
}

impl std::fmt::Debug for Location {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}

/// An address without its password and without its options, which may hold one.
fn without_password(url: &str) -> String {
    let url = url.split('?').next().unwrap_or(url);
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    match rest.rsplit_once('@') {
        Some((user, host)) => format!("{scheme}://{}@{host}", user.split(':').next().unwrap_or_default()),
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_is_a_file_or_a_server() {
        assert_eq!(Location::parse("sqlite:data/newsroom.db"), Ok(Location::Sqlite("data/newsroom.db".into())));
        assert_eq!(Location::parse("sqlite:///var/lib/n.db"), Ok(Location::Sqlite("/var/lib/n.db".into())));
        assert!(matches!(Location::parse("postgresql://localhost/news"), Ok(Location::Postgres(_))));
        for wrong in ["", "sqlite:", "mysql://localhost/news", "newsroom.db"] {
            assert!(Location::parse(wrong).is_err(), "{wrong} was taken");
        }
    }

    #[test]
    fn a_password_is_never_shown() {
        for url in
            ["postgres://news:s3cr@t@host:5432/news", "postgres://host/news?password=s3cr@t", "mysql://a:s3cr@t@host/x"]
        {
            let shown = match Location::parse(url) {
                Ok(location) => format!("{location} {location:?}"),
                Err(error) => error.to_string(),
            };
            assert!(!shown.contains("s3cr"), "{shown}");
            assert!(shown.contains("host"), "{shown}");
        }
    }
}
