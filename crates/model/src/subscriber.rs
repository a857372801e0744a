//! Subscribers: a sealed address with a language, a state and a consent record. Nothing here names anybody.

use serde::{Deserialize, Serialize};

use crate::{Language, NewsletterId, SubscriberId};

/// Whole weeks since 5 January 1970, a Monday: as exact as times of readers are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Week(pub i64);

const WEEK_MS: i64 = 7 * 24 * 3_600_000;
/// From 1 January 1970, a Thursday, to the Monday after it.
const FIRST_MONDAY_MS: i64 = 4 * 24 * 3_600_000;

impl Week {
    /// The week that a moment is in (UTC).
    #[must_use]
    pub fn of(at: crate::Timestamp) -> Self {
        Self((at.as_millis() - FIRST_MONDAY_MS).div_euclid(WEEK_MS))
    }

    /// Its first moment: Monday, 00:00 UTC.
    #[must_use]
    pub fn start(self) -> crate::Timestamp {
        crate::Timestamp::from_millis(self.0 * WEEK_MS + FIRST_MONDAY_MS)
    }
}

/// What an address is found by: a keyed hash of it. Without the key it says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Lookup(pub [u8; 32]);

/// A value that only a key outside of the database opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed(pub Vec<u8>);

/// Who gets newsletters. Who unsubscribes from the last one is deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscriber {
    /// Random: it doesn't tell when somebody signed up.
    pub id: SubscriberId,
    /// What the address is found by.
    pub lookup: Lookup,
    /// The address, sealed for this row.
    pub address: Sealed,
    /// The language of what is written to them beside newsletters.
    pub language: Language,
    /// Whether anything is sent.
    pub state: SubscriberState,
    /// When a pause ends; `None` for one without an end.
    pub paused_until: Option<Week>,
    /// How much of an issue they want.
    pub form: MailForm,
    /// Whether subject and sender are to say nothing of the newsroom.
    pub neutral: bool,
    /// What they agreed to.
    pub consent: Consent,
    /// Mails that came back one after the other for a reason that may pass.
    pub bounces: i64,
}

/// What somebody agreed to: which text, in which week, and how. Never an IP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// The version of the Privacy Policy page.
    pub policy: String,
    /// The week in which they did.
    pub week: Week,
    /// How: `site`, `mail`, or `import:` and from where.
    pub source: String,
}

/// Whether anything is sent to a subscriber.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubscriberState {
    /// They get what they signed up for.
    Active,
    /// They asked for a pause.
    Paused,
    /// Their mailbox does not take mails.
    Bounced,
}

impl SubscriberState {
    /// The name in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Paused => "paused",
            Self::Bounced => "bounced",
        }
    }

    /// From the name in the database.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Active, Self::Paused, Self::Bounced].into_iter().find(|state| state.as_str() == text)
    }
}

/// How much of an issue a subscriber wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailForm {
    /// As the editor made it, whole stories in it.
    Full,
    /// Headlines and links.
    Headlines,
}

impl MailForm {
    /// The name in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Headlines => "headlines",
        }
    }

    /// From the name in the database.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Full, Self::Headlines].into_iter().find(|form| form.as_str() == text)
    }
}

/// One newsletter that a subscriber gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subscription {
    /// Which.
    pub newsletter: NewsletterId,
    /// Who.
    pub subscriber: SubscriberId,
    /// The week in which they began to get it.
    pub week: Week,
}

/// Why nothing is sent to an address any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SuppressionReason {
    /// They left the last newsletter that they got.
    Unsubscribed,
    /// Whoever reads mail there asked never to be written to.
    Asked,
    /// They called a mail spam.
    Complaint,
    /// There is no such mailbox.
    Bounce,
    /// A list that was imported said so.
    Import,
}

impl SuppressionReason {
    /// Every reason.
    pub const ALL: [Self; 5] = [Self::Unsubscribed, Self::Asked, Self::Complaint, Self::Bounce, Self::Import];

    /// The name in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unsubscribed => "unsubscribed",
            Self::Asked => "asked",
            Self::Complaint => "complaint",
            Self::Bounce => "bounce",
            Self::Import => "import",
        }
    }

    /// From the name in the database.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == text)
    }

    /// Whether signing up anew may still be answered with a mail, and confirming it undoes this: people come back, and a
    /// mailbox that was not there may be by now. Who asked never to be written to is not written to.
    #[must_use]
    pub fn may_sign_up(self) -> bool {
        match self {
            Self::Unsubscribed | Self::Bounce | Self::Import => true,
            Self::Asked | Self::Complaint => false,
        }
    }
}

/// An address that nothing is sent to any more, as a keyed hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Suppression {
    /// Which address.
    pub lookup: Lookup,
    /// Why.
    pub reason: SuppressionReason,
    /// Since when.
    pub week: Week,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Timestamp;

    #[test]
    fn only_who_said_no_is_not_even_asked() {
        let silent = SuppressionReason::ALL.into_iter().filter(|reason| !reason.may_sign_up());
        assert_eq!(silent.collect::<Vec<_>>(), [SuppressionReason::Asked, SuppressionReason::Complaint]);
        for reason in SuppressionReason::ALL {
            assert_eq!(SuppressionReason::parse(reason.as_str()), Some(reason));
        }
    }

    #[test]
    fn a_week_begins_on_monday_and_holds_seven_days() {
        let monday = Timestamp::from_millis(1_763_942_400_000); // 2025-11-24T00:00Z, a Monday
        assert_eq!(Week::of(monday).start(), monday);
        assert_eq!(Week::of(monday.plus_millis(WEEK_MS - 1)), Week::of(monday));
        assert_eq!(Week::of(monday.plus_millis(-1)).0, Week::of(monday).0 - 1);
        assert_eq!(Week::of(Timestamp::from_millis(-1)).0, -1, "before the first Monday");
    }
}
