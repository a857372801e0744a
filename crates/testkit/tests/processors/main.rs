//! The fakes of the payment processors are judged by others: their official libraries and their API documents.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod async_stripe;
mod btcpay;
mod judges;
mod keys;
mod paypal;
mod paypal_hooks;
mod stripe;
mod walks;
