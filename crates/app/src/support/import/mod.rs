//! Running pledges that another system began, taken in from whoever charges for them.
//!
//! Stripe is asked for every subscription of the account ([`account`]); files of Donorbox and Ghost only name subscriptions and
//! customers, which are asked for at the gateway ([`rows`]). What the gateway says is what a pledge of ours is made of, and only
//! what runs there becomes one. At the gateway nothing is changed and nobody is charged; here no payment is written down, and
//! nobody is written to. Pledges that a gateway does not hold can't be kept running from here: they are counted, and their lines
//! written into a file, so that people can be asked anew.
//!
//! The guarantees: a pledge is taken in once however often this is run, because the gateway's name for it is unique here. A page,
//! or some rows, are one transaction, and how far the list of an account was read is in it: killed in the middle, the same again
//! goes on. Addresses are sealed as they are read; no error, log or file that is written has any.

mod account;
mod ask;
mod report;
mod rows;
mod take;

pub use account::account;
pub use intake::pledges::System;
pub use report::Report;
pub use rows::{RowsImport, rows};

pub use crate::lists::OnProgress;
