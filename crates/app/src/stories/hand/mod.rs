//! What the technical person does with stories by hand, at the command line: finding, showing, and taking them out.
//!
//! Whoever can run commands on the machine may do everything; the audit log calls them [`crate::staff::COMMAND_LINE`].
//! Running servers follow the journal, so that they show a change at once.

mod export;
mod find;

pub use export::{Exported, Lists, export, lists};
pub use find::{Wanted, find, listed};
