//! What stops a story on its way, so that pages can say it in the desk's language.

use model::StoryState;

/// Why a story does not go the way that somebody wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Stop {
    /// It has no headline.
    #[error("the story has no headline; write one first")]
    NoHeadline,
    /// Somebody saved it since it was looked at.
    #[error("somebody changed the story since you looked; look at it again")]
    ChangedSince,
    /// Readers see all of it.
    #[error("readers see all of this already; there is nothing to publish")]
    NothingNew,
    /// The time to publish at has passed.
    #[error("this time has passed; choose a later one, or publish now")]
    TimePassed,
    /// The clock jumps over the time, when summer time begins.
    #[error("the time does not exist in the newsroom's time zone: the clock jumps over it; choose another")]
    ClockJumps,
    /// What was typed is no time.
    #[error("that is no date and time; write it like 2026-03-29T07:30")]
    NoTime,
    /// Its state does not lead there.
    #[error("a story that is {} can't do this", .0.as_str())]
    State(StoryState),
    /// A correction that says nothing.
    #[error("say what was wrong and what is right")]
    EmptyCorrection,
    /// A note that says nothing.
    #[error("the note says nothing; write something")]
    EmptyNote,
    /// There is a translation into that language.
    #[error("there is a translation into this language already")]
    Translated,
}
