//! What tests need: a newsroom on either database, a reader who asks it over real HTTP, real servers beside it.
//!
//! ```ignore
//! testkit::both_backends! {
//!     async fn a_withdrawn_story_answers_410(newsroom: TestNewsroom, anon: Anon) { … }
//! }
//! ```

#[cfg(feature = "newsroom")]
pub mod amazon;
pub mod dns;
#[cfg(unix)]
pub mod dovecot;
#[cfg(feature = "newsroom")]
pub mod newsroom;
#[cfg(feature = "newsroom")]
pub mod person;
#[cfg(unix)]
pub mod postfix;
pub mod postgres;
pub mod processors;
pub mod receiver;
pub mod s3;
pub mod smtp;
pub mod sns;
#[cfg(feature = "newsroom")]
mod taking;

#[cfg(feature = "newsroom")]
pub use newsroom::{Anon, Answer, Backend, TestNewsroom, back};
#[cfg(feature = "newsroom")]
pub use person::Person;
pub use postfix::Postfix;
pub use receiver::{Received, Receiver};
pub use smtp::{Do, Encryption, Mail, Moment, Smtp, Stage};
pub use tokio;

/// Makes two tests of one: on SQLite and on PostgreSQL. The names of the arguments are the test's own.
#[macro_export]
macro_rules! both_backends {
    ($($(#[doc = $doc:literal])* async fn $name:ident($newsroom:ident: TestNewsroom, $anon:ident: Anon) $body:block)*) => {$(
        mod $name {
            use super::*;

            #[expect(clippy::allow_attributes, reason = "whether a reader is used differs from test to test")]
            #[allow(unused_variables, reason = "not every test needs a reader")]
            async fn on_either($newsroom: $crate::TestNewsroom, $anon: $crate::Anon) $body

            #[$crate::tokio::test(flavor = "multi_thread", crate = "testkit::tokio")]
            async fn on_sqlite() {
                let (newsroom, anon) = $crate::TestNewsroom::new($crate::Backend::Sqlite).await.expect("a newsroom on SQLite");
                on_either(newsroom, anon).await;
            }

            #[$crate::tokio::test(flavor = "multi_thread", crate = "testkit::tokio")]
            async fn on_postgres() {
                if let Some((newsroom, anon)) = $crate::TestNewsroom::on_postgres().await.expect("a newsroom on PostgreSQL") {
                    on_either(newsroom, anon).await;
                }
            }
        }
    )*};
}
