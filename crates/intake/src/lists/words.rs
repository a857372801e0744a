//! Whose lists are read, and what they say of somebody, in our words.

/// Whose export it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum System {
    /// listmonk: Subscribers → Export.
    Listmonk,
    /// Mailchimp: the unpacked folder of Audience → Export, or one of its files.
    Mailchimp,
    /// Ghost: Members → Export.
    Ghost,
    /// Substack: `email_list.NAME.csv` of Settings → Exports, or the file of the subscribers' page.
    Substack,
    /// Another Masthead: `masthead list export`.
    Masthead,
}

impl System {
    /// Every one.
    pub const ALL: [Self; 5] = [Self::Listmonk, Self::Mailchimp, Self::Ghost, Self::Substack, Self::Masthead];

    /// The name in commands and in consents.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Listmonk => "listmonk",
            Self::Mailchimp => "mailchimp",
            Self::Ghost => "ghost",
            Self::Substack => "substack",
            Self::Masthead => "masthead",
        }
    }
}

/// What the other system says of somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// They signed up and get mail.
    Subscribed,
    /// They left.
    Unsubscribed,
    /// They called a mail spam.
    Complained,
    /// Nothing may be sent to them: somebody put them on a block list.
    Blocked,
    /// There is no such mailbox, or mails came back too often.
    Bounced,
    /// They never confirmed that it was they who signed up.
    Unconfirmed,
    /// They are known for another reason, such as a purchase, and never signed up.
    NeverAgreed,
    /// They asked to be deleted.
    Deleted,
}

impl State {
    /// Every one.
    pub const ALL: [Self; 8] = [
        Self::Subscribed,
        Self::Unsubscribed,
        Self::Complained,
        Self::Blocked,
        Self::Bounced,
        Self::Unconfirmed,
        Self::NeverAgreed,
        Self::Deleted,
    ];

    /// A short name for reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Subscribed => "subscribed",
            Self::Unsubscribed => "unsubscribed",
            Self::Complained => "complained",
            Self::Blocked => "blocked",
            Self::Bounced => "bounced",
            Self::Unconfirmed => "unconfirmed",
            Self::NeverAgreed => "never-agreed",
            Self::Deleted => "deleted",
        }
    }

    /// From its name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}
