//! The world outside: object storage, fetching and telling over HTTP, small adapters that know nothing of stories.
//!
//! [`Objects`] keeps files under keys, in a folder or an S3-compatible bucket. [`Fetch`] gets a file from the web
//! and cannot be talked into reaching the newsroom's own network; [`Hooks`] tells an address something, and neither can
//! it; [`mail`] gives mails to the newsroom's relays. All say in their errors what to do.

mod addresses;
pub mod dns;
pub mod fetch;
pub mod hooks;
pub mod mail;
pub mod mailback;
pub mod objects;
pub mod payments;
pub mod receive;
pub mod standing;
pub mod tls;

pub use fetch::{Fetch, FetchError, FetchOptions, Fetched};
pub use hooks::{HookError, Hooks};
pub use objects::{Credentials, Objects, ObjectsError};
