//! The public site as readers meet it, over real HTTP, on both databases. Files are named after what is asked for.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod caching;
mod elsewhere;
mod files;
mod ghost;
mod giving;
mod hooks;
mod laws;
mod newsletter;
mod pages;
mod past_issues;
mod protocol;
mod reading;
mod reminders;
mod seed;
mod support;
