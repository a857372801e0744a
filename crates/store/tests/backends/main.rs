//! Every store function on both databases.

#[path = "../../../testkit/src/postgres.rs"]
pub mod postgres;

#[cfg(test)]
mod backends;
#[cfg(test)]
mod content;
#[cfg(test)]
mod dumping;
#[cfg(test)]
mod filing;
#[cfg(test)]
mod house;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod opening;
#[cfg(test)]
mod parity;
mod people;
#[cfg(test)]
mod redirects;
#[cfg(test)]
mod search;
#[cfg(test)]
mod work;

#[cfg(test)]
pub(crate) use backends::{Backend, Maker, both_backends, noon};
