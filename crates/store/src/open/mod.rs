//! Opening a database: looked at first without changing anything, then brought up to date.

pub(crate) mod postgres;
pub(crate) mod sqlite;

use crate::{OpenError, migrate};

/// Refuses what another program or a newer Masthead made; else the version that is there, 0 when empty.
fn accepted(found: migrate::Found, location: impl std::fmt::Display) -> Result<i64, OpenError> {
    match found {
        migrate::Found::Empty => Ok(0),
        migrate::Found::Foreign => Err(OpenError::OtherProgram(location.to_string())),
        migrate::Found::Version(version) if version > migrate::KNOWN => {
            Err(OpenError::Newer { location: location.to_string(), found: version, known: migrate::KNOWN })
        }
        migrate::Found::Version(version) => Ok(version),
    }
}
