//! The world outside: object storage and fetching over HTTP, small adapters that know nothing of stories.
//!
//! [`Objects`] keeps files under keys, in a folder or an S3-compatible bucket. [`Fetch`] gets a file from the web
//! and cannot be talked into reaching the newsroom's own network. Both say in their errors what to do.

pub mod fetch;
pub mod objects;

pub use fetch::{Fetch, FetchError, FetchOptions, Fetched};
pub use objects::{Credentials, Objects, ObjectsError};
