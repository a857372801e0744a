//! What editors of the same story are told while they work. Nothing depends on a notice: whoever missed one sees the
//! same in the database.

use model::StoryId;
use tokio::sync::broadcast;

/// Something that happened to a story's working copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Which story.
    pub story: StoryId,
    /// What.
    pub kind: NoticeKind,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoticeKind {
    /// Somebody began or ended editing.
    Lock,
    /// Somebody saved this version.
    Saved {
        /// The version.
        version: i64,
        /// Pen name.
        by: String,
    },
    /// The story is in another state.
    State,
}

/// The notices of one process.
#[derive(Debug)]
pub struct Notices(broadcast::Sender<Notice>);

impl Default for Notices {
    fn default() -> Self {
        Self(broadcast::channel(256).0)
    }
}

impl Notices {
    /// Hears everything from now on.
    #[must_use]
    pub fn listen(&self) -> broadcast::Receiver<Notice> {
        self.0.subscribe()
    }

    /// Tells whoever listens.
    pub(crate) fn tell(&self, story: StoryId, kind: NoticeKind) {
        // Without listeners there is nobody to tell.
        drop(self.0.send(Notice { story, kind }));
    }
}
