//! What is counted: answers by status class, and how many came from the page cache. In memory only.

use std::sync::atomic::{AtomicU64, Ordering};

use http::StatusCode;

/// Numbers since the server started.
#[derive(Debug, Default)]
pub struct Counts {
    hits: AtomicU64,
    classes: [AtomicU64; 5],
}

impl Counts {
    pub(crate) fn hit(&self) {
        self.hits.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn answered(&self, status: StatusCode) {
        let class = usize::from(status.as_u16() / 100).saturating_sub(1);
        if let Some(count) = self.classes.get(class) {
            count.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Answers from the page cache.
    #[must_use]
    pub fn hits(&self) -> u64 {
        self.hits.load(Ordering::Relaxed)
    }

    /// Answers with a status of one class: 2 for 200 to 299.
    #[must_use]
    pub fn of_class(&self, class: usize) -> u64 {
        class.checked_sub(1).and_then(|at| self.classes.get(at)).map_or(0, |count| count.load(Ordering::Relaxed))
    }
}
