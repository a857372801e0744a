//! Why somebody is not let in, or may not do something. The desk says it in its own language.

/// A refusal. None of them tells whether an account exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Denial {
    /// The link was used, taken back, has ended, or never was.
    #[error("this link does not work any more; ask for a new one")]
    Link,
    /// The pen name is too short, too long, or has characters that it can't have.
    #[error("a pen name has 2 to 40 letters, digits, dots, dashes or underscores")]
    Handle,
    /// The pen name is somebody else's.
    #[error("this pen name is taken; choose another")]
    HandleTaken,
    /// Pen name, access key or code are not right together.
    #[error("pen name, access key or code is wrong, or the code was used before")]
    Code,
    /// The passkey is not known here, or did not answer in time.
    #[error("this passkey does not open this desk; try again, or use another way in")]
    Key,
    /// Too many attempts; so many minutes to wait.
    #[error("too many attempts; try again in {0} minutes")]
    TooOften(i64),
    /// The newsroom would be left without a publisher.
    #[error("a newsroom needs a publisher; make somebody else one first")]
    LastPublisher,
    /// An account would be left without a key.
    #[error("this is the last key of the account; add another one first")]
    LastKey,
    /// The role does not reach so far.
    #[error("your role does not reach so far")]
    Role,
    /// The story is somebody else's.
    #[error("this story is not yours")]
    NotYours,
    /// There is no such account, key or story.
    #[error("it is not there any more")]
    Gone,
}
