//! What stops a newsletter or an issue on its way, so that pages can say it in the desk's language.

use model::IssueState;

/// Why something was not done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Stop {
    /// A newsletter without a name.
    #[error("give the newsletter a name; readers see it")]
    NoName,
    /// A text with more characters than it may have.
    #[error("{0} characters is the most")]
    TooLong(usize),
    /// An address with other characters than it may have.
    #[error("write an address with letters a to z, digits and hyphens")]
    Slug,
    /// Another newsletter's address.
    #[error("another newsletter has this address; choose another")]
    SlugTaken,
    /// The address stands in mails that were sent.
    #[error("issues were sent, and their links have this address in them: it can't be changed any more")]
    SlugSent,
    /// The newsroom does not publish in the language.
    #[error("the newsroom does not publish in `{0}`; add it in the settings")]
    Language(String),
    /// No mail address.
    #[error("`{0}` is no e-mail address; write it like letter@news.example")]
    Address(String),
    /// No time zone.
    #[error("there is no time zone `{0}`; use a name like Europe/Riga or UTC")]
    Zone(String),
    /// No day or time of day.
    #[error("that is no day and time; choose a weekday and write the time like 09:00")]
    Time,
    /// A number out of its range.
    #[error("`{0}` is not a number from {1} to {2}")]
    Number(String, i64, i64),
    /// The second subject is the first.
    #[error("the two subjects are the same; write another one, or take the second away")]
    SameSubject,
    /// More stories than an issue may have.
    #[error("an issue has {0} stories at most; take one away first")]
    TooMany(usize),
    /// A story that readers can't see.
    #[error("only stories that are public, or will be, can be in an issue")]
    NotPublic,
    /// Somebody saved the issue since it was looked at.
    #[error("somebody changed the issue since you looked; look at it again")]
    ChangedSince,
    /// Its state does not lead there.
    #[error("an issue that is {} can't do this", .0.as_str())]
    State(IssueState),
    /// Who changed it last would approve it.
    #[error("somebody else than the last one to change it has to approve it")]
    SecondPerson,
    /// The checks found something that must not go out.
    #[error("the checks found something that must not go out so; mend it first")]
    Blocked,
    /// It has no time, or its time has passed.
    #[error("its time has passed, or it has none; set a time, or send it now")]
    NoTime,
    /// The time that was chosen has passed.
    #[error("this time has passed; choose a later one")]
    TimePassed,
    /// The newsletter is over.
    #[error("this newsletter is over; let it go on first")]
    Over,
    /// The site has no address, so that links in a mail would lead nowhere.
    #[error("say in the settings where the site is; links in a mail need that")]
    NoAddress,
    /// It comes from nobody.
    #[error("say in the newsletter's settings who it comes from")]
    NoSender,
    /// There is no relay to send a test over.
    #[error("no relay is set, so nothing can be sent: add [[mail.relay]] to masthead.toml and start the server again")]
    NoRelay,
    /// No addresses for a test, or too many.
    #[error("give one to {0} addresses for a test")]
    TestAddresses(usize),
}

impl Stop {
    /// The key of its text at the desk, and the values that it names.
    #[must_use]
    pub fn key(&self) -> (&'static str, Vec<(&'static str, String)>) {
        let bare = |key| (key, Vec::new());
        let one = |key, value: String| (key, vec![("value", value)]);
        match self {
            Self::NoName => bare("letter-stop-name"),
            Self::TooLong(most) => one("letter-stop-long", most.to_string()),
            Self::Slug => bare("letter-stop-slug"),
            Self::SlugTaken => bare("letter-stop-slug-taken"),
            Self::SlugSent => bare("letter-stop-slug-sent"),
            Self::Language(tag) => one("letter-stop-language", tag.clone()),
            Self::Address(address) => one("letter-stop-address", address.clone()),
            Self::Zone(name) => one("letter-stop-zone", name.clone()),
            Self::Time => bare("letter-stop-time"),
            Self::Number(value, least, most) => (
                "letter-stop-number",
                vec![("value", value.clone()), ("least", least.to_string()), ("most", most.to_string())],
            ),
            Self::SameSubject => bare("letter-stop-same-subject"),
            Self::TooMany(most) => one("letter-stop-many", most.to_string()),
            Self::NotPublic => bare("letter-stop-not-public"),
            Self::ChangedSince => bare("letter-stop-changed"),
            Self::State(_) => bare("letter-stop-state"),
            Self::SecondPerson => bare("letter-stop-second"),
            Self::Blocked => bare("letter-stop-blocked"),
            Self::NoTime => bare("letter-stop-no-time"),
            Self::TimePassed => bare("letter-stop-passed"),
            Self::Over => bare("letter-stop-over"),
            Self::NoAddress => bare("letter-stop-no-address"),
            Self::NoSender => bare("check-letter-no-sender"),
            Self::NoRelay => bare("letter-stop-no-relay"),
            Self::TestAddresses(most) => one("letter-stop-test", most.to_string()),
        }
    }
}
