//! What editors do with a story, from its first word to its withdrawal.
//!
//! Editors see and change a story's *working copy*, whose version counts saves and never goes back. While a story is not
//! public, a save changes the story's row too, so that lists and search show it. Once it is public, the row says what
//! readers see, and only *publishing* carries the working copy into it: state, revision, audit, journal in one
//! transaction.
//!
//! The guarantees: a save names the version that it changes, so that nobody writes over what they have not seen; a save
//! while somebody else holds the edit lock is refused; what a save replaces is kept as a revision when it was somebody
//! else's or is ten minutes old; what readers saw is always kept.

mod access;
mod beside;
mod check;
mod copy;
mod create;
mod filters;
mod flow;
mod index;
mod links;
mod list;
mod lock;
mod names;
mod notes;
mod open;
mod preview;
mod publish;
mod revisions;
mod save;
mod schedule;

pub(crate) use access::edits;
pub use beside::{Beside, beside, caught_up, translate};
pub use check::{Finding, Level, check};
pub use create::{create, is_nameless};
pub use filters::{remove_filter, save_filter, saved_filters};
pub use flow::{move_to, republish_allowed, withdraw};
pub use index::{INDEX_BATCH, index_missing};
pub use links::{Link, LinkState, Links};
pub use list::{Filter, Listed, list, search};
pub use lock::{LOCK_MS, Locked, lock, unlock};
pub use names::{Named, bylines, topics};
pub use notes::{Mention, assign, mentions, note, seen, settle, unassign};
pub use open::{Opened, PhotoShown, Stands, open, photo_shown, sections, stands};
pub use preview::{PREVIEW_HOURS, preview_link, preview_links, preview_open, preview_revoke};
pub use publish::{as_published_in_tx, correct, publish, publish_by, publish_due_in_tx};
pub(crate) use revisions::lines;
pub use revisions::{Change, Compared, Span, compare, restore, revisions};
pub(crate) use save::document;
pub use save::{Changes, Limit, SaveRefused, Saved, save};
pub use schedule::{local_time, schedule};
