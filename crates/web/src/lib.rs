//! HTTP: the public site, the desk, and the API.
//!
//! One request's way: a connection is accepted within [`limits`], hyper reads a request, and the [`front`] looks its
//! path up in the page cache. A hit is answered there and then, with headers and body as they were prepared. A miss
//! goes to the router, whose handlers call one use case each.
//!
//! The guarantee (law 1): nothing here writes down who asked. No address of a peer, user agent or referrer reaches a log,
//! a counter or an error; what is counted are answers by status ([`Counts`]), in memory.

pub mod api;
mod count;
pub mod desk;
mod front;
mod ghost;
mod hooks;
pub mod limits;
mod public;
mod refuse;
mod respond;
mod serve;
mod stall;

pub use count::Counts;
pub use serve::{Error, Options, Serving, serve};
