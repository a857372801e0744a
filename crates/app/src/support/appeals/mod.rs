//! Appeals as editors keep them, and how often they were seen.
//!
//! The flow: editors write a variant's text in the desk's editor; a save reaches no reader. Starting an appeal, or showing what
//! changed since, carries the texts over, and the journal's row drops every page of those languages. Its dates are jobs
//! (`turn`) that write such a row at their moment; no page that is put together from then on shows it, whether the job has run or
//! not. Withdrawing is at once.
//!
//! The guarantee to readers: which appeal a page holds depends on the page and the day alone; what depends on a reader is decided
//! on the reader's device (`theme/scripts/appeal.js`) and never sent. What comes back is that a variant was seen ([`seen`]): a
//! number for a day. A contribution knows its variant, and nothing else of where it came from.

mod change;
mod give;
mod goal;
mod list;
mod numbers;
mod rules;
mod run;
mod seen;
mod settle;
mod sound;
mod text;
mod variants;
mod why;

pub use change::{Settings, create, step};
pub(crate) use give::give_box;
pub(crate) use goal::{bar, raised};
pub use list::{Listed, Opened, list, open};
pub use numbers::{Arm, Day, Numbers, Outcome, POWER_WORDS, numbers};
pub use rules::RuleChange;
pub use run::{delete, show, start, withdraw};
pub(crate) use run::{tend, turn};
pub use seen::{MOST_PER_MINUTE, Seen, flush, seen};
pub use sound::{BANNER_CHARS, END_CHARS};
pub use text::{OpenedText, Unsaved, open as open_text, save as save_text};
pub use variants::{add as add_variant, change as change_variant};
pub(crate) use why::with_those_above;
pub use why::{Asked, Judged, why};
