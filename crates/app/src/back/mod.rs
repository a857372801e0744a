//! What comes back of mails: bounces, complaints, and what readers ask for by mail.
//!
//! The flow: a mail comes in by one of the newsroom's ways ([`Ways`]: a listener, a mailbox, a mail service's hook), is read
//! (`outside::mailback`) and becomes a [`Notice`], which [`apply`] carries out in one transaction:
//!
//! ```text
//! hard       the mailbox is gone: nothing is sent there any more, also when a list with it is imported
//! soft       counted; after five issues in a row nothing is sent there, until they sign up again
//! complaint  they are taken off every newsletter, and never written to again
//! ```
//!
//! The guarantees:
//! - Which delivery it is about is said by a sealed token. One that is forged, or of no delivery that was sent, changes nothing;
//!   nor does a report that returns a mail of ours which is another one. Whom a report claims to be about is never read.
//! - The same notice twice is one: a mailbox that is asked again, a service that repeats itself, two nodes at a time.
//! - While the keys are away nothing can be told apart: mails wait where they are, and whoever brings one is asked to come
//!   again. Nothing is kept here meanwhile.
//! - No mail, address or token is stored or logged; what stays are sums by issue.

mod apply;
mod hooks;
mod run;
mod settle;
mod taker;
mod ways;

pub use apply::{Applied, IN_A_ROW, Unmoved, apply};
pub use hooks::{Told, told};
pub use outside::mailback::{
    Notice,
    hooks::{BODY_BYTES as HOOK_BYTES, Service},
};
pub use run::{Door, run};
pub use settle::{QUIET_DAYS, settle};
pub use taker::Taker;
pub use ways::Ways;
