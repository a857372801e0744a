//! Backup and restore: the whole newsroom in one file, across databases.
//!
//! The file is a zstd-compressed tar:
//!
//! ```text
//! masthead.json         format, program version, schema version, when it was made
//! tables/NAME.jsonl     one JSON object a row, in the order in which they can be loaded
//! objects/KEY           photos and other files
//! theme/PATH            the newsroom's own theme, when it has one
//! end.json              how many entries there are, and a SHA-256 over all their names and contents
//! ```
//!
//! All rows come from one snapshot, so a backup taken while the newsroom is serving and publishing is of one moment.
//! Files are named by their content and never change, so copying them after the rows is safe. Rows are in the same form
//! from both databases: a backup of SQLite restores into PostgreSQL and back. A file that was cut off or altered is
//! refused as a whole: the rows are loaded in one transaction, which is not committed before `end.json` has proved
//! them. Keys and passwords of `masthead.toml` are never in a backup, nor is the keyring: what is sealed stays sealed.

mod archive;
mod read;
mod write;

use serde::{Deserialize, Serialize};

pub use read::{Restored, restore};
pub use write::{Made, write};

/// The form of the file; a reader refuses what is newer.
pub const FORMAT: u32 = 1;

/// The first entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Header {
    format: u32,
    masthead: String,
    schema: i64,
    made_at: model::Timestamp,
}

/// The last entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct End {
    entries: u64,
    sha256: String,
}
