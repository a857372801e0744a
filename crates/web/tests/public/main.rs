//! The public site as readers meet it, over real HTTP, on both databases. Files are named after what is asked for.

mod caching;
mod elsewhere;
mod files;
mod laws;
mod pages;
mod protocol;
mod reading;
mod seed;
