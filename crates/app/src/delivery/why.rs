//! Why an issue stands still, or does not go on just now. Each reason is stored as its name, and the desk has a sentence for
//! each.

/// Why an issue whose audience is frozen does not go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// Somebody paused it.
    Staff,
    /// A backup was restored: what went out after it was made is not known.
    Restored,
    /// A mailbox provider refuses whatever it is given of it.
    Refused,
    /// Not everybody is accounted for.
    Accounts,
    /// Its mails can't be read, or nobody says where the site is.
    Unreadable,
    /// There is no relay.
    NoRelay,
    /// Every relay rests after failing.
    RelaysRest,
    /// Every relay has taken as much as it may today.
    DayLimit,
}

impl Why {
    /// Every reason.
    pub const ALL: [Self; 8] = [
        Self::Staff,
        Self::Restored,
        Self::Refused,
        Self::Accounts,
        Self::Unreadable,
        Self::NoRelay,
        Self::RelaysRest,
        Self::DayLimit,
    ];

    /// The name in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::Restored => "restored",
            Self::Refused => "refused",
            Self::Accounts => "accounts",
            Self::Unreadable => "unreadable",
            Self::NoRelay => "relay-none",
            Self::RelaysRest => "relay-resting",
            Self::DayLimit => "relay-day",
        }
    }

    /// From the name in the database.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.as_str() == text)
    }

    /// Whether a person has to do something before it goes on.
    #[must_use]
    pub fn is_alarm(self) -> bool {
        match self {
            Self::Restored | Self::Refused | Self::Accounts | Self::Unreadable | Self::NoRelay => true,
            Self::Staff | Self::RelaysRest | Self::DayLimit => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Why;

    #[test]
    fn names_in_the_database_are_read_back() {
        for why in Why::ALL {
            assert_eq!(Why::parse(why.as_str()), Some(why));
        }
        assert_eq!(Why::parse("unapproved"), None);
    }
}
