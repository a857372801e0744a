//! The sandbox: a payment processor that moves no money, with books in the newsroom's own database.
//!
//! It is there to try everything out: its page has a button for each thing that can happen, and its clock is moved forward to
//! the next renewals. It tells the newsroom of its doings as a processor does, by events that are noted and worked on, and it
//! keeps a record of them that sweeps read; so what a newsroom sees in it is what it will see with a real one.

mod act;
mod book;
mod clock;
mod desk;
mod gateway;

pub use act::{Becomes, How, REFUSED_MOST, act, dispute, pay, refuse_next, shown};
pub use book::{Page, PageState};
pub use clock::{DAYS_MOST, advance, clock};
pub use desk::{Books, Control, SHOWN_MOST, ShownPayment, ShownPledge, books, control};
pub use gateway::Sandbox;
