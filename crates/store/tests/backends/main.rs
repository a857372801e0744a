//! Every store function on both databases.

#[path = "../../../testkit/src/postgres.rs"]
pub mod postgres;

#[cfg(test)]
mod appeals;
#[cfg(test)]
mod backends;
#[cfg(test)]
mod bouncing;
#[cfg(test)]
mod content;
#[cfg(test)]
mod delivering;
#[cfg(test)]
mod dumping;
#[cfg(test)]
mod filing;
#[cfg(test)]
mod house;
#[cfg(test)]
mod keys;
#[cfg(test)]
mod letters;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod opening;
#[cfg(test)]
mod parity;
#[cfg(test)]
mod people;
#[cfg(test)]
mod readers;
#[cfg(test)]
mod redirects;
#[cfg(test)]
mod reminding;
#[cfg(test)]
mod search;
#[cfg(test)]
mod support;
#[cfg(test)]
mod work;

#[cfg(test)]
pub(crate) use backends::{Backend, Maker, both_backends, noon};
