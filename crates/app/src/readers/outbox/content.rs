//! What a mail in the outbox holds, sealed.

use model::NewsletterId;
use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

/// Everything that the mail needs. Both links are there whatever the mail is, so that all of them look alike from outside.
#[derive(Clone, Serialize, Deserialize)]
pub(in crate::readers) struct Content {
    /// The address.
    pub(in crate::readers) to: String,
    /// What links begin with: `https://news.example`.
    pub(in crate::readers) base: String,
    /// Which newsletters it is about: whose sender it has.
    pub(in crate::readers) newsletters: Vec<NewsletterId>,
    /// Their names.
    pub(in crate::readers) names: Vec<String>,
    /// The token that confirms.
    pub(in crate::readers) confirm: String,
    /// The token that opens preferences.
    pub(in crate::readers) preferences: String,
    /// The week in which it was asked for.
    pub(in crate::readers) week: i64,
    /// Whether subject and sender are to say nothing of the newsroom.
    pub(in crate::readers) neutral: bool,
}

impl std::fmt::Debug for Content {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Content(…)")
    }
}

impl Drop for Content {
    fn drop(&mut self) {
        self.to.zeroize();
        self.confirm.zeroize();
        self.preferences.zeroize();
    }
}
