//! Lists of subscribers in and out.
//!
//! **In**: a thread reads rows, checks each address and seals it at once; what goes on from there has no address in it. Batches go
//! to the database a transaction each. Who left, complained or whose mails came back elsewhere is kept as a keyed hash, so that
//! no list brings them back; who never confirmed is passed by. The same list again changes nothing, and one that was cut off in the
//! middle is begun anew. Memory is bounded: some twenty bytes a row are kept beside the batch, to tell an address that stands
//! there twice.
//!
//! **Out**: every address opened and written to a file that only its owner can read. It is noted in the log before the first one
//! is opened.

mod apply;
mod export;
mod import;
pub(crate) mod rejects;
mod report;

pub use export::{EXPORT_COLUMNS, Export, Written, export};
pub use import::{ListImport, OnProgress, import};
pub use intake::lists::{State, System};
pub use report::{Report, Stopped};
