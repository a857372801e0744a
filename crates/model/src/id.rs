//! Typed ids: UUIDv7 in a newtype each, so that a photo's id never stands where a story's belongs.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{chance::Chance, time::Timestamp};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id, sortable by `now`.
            #[must_use]
            pub fn new(now: Timestamp, chance: &dyn Chance) -> Self {
                Self(chance.uuid_v7(now))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )*};
}

ids! {
    /// One story in one language.
    StoryId,
    /// What a story and its translations share.
    StoryGroupId,
    /// Where a story stands.
    SectionId,
    /// What or whom a story is about.
    TopicId,
    /// Who signs a story: a pen name, never an account.
    BylineId,
    /// One image.
    PhotoId,
    /// What a story said before.
    RevisionId,
    /// A static page.
    PageId,
    /// An account at the desk.
    StaffId,
    /// A piece of work to do after a transaction.
    JobId,
    /// An address that is told of changes.
    WebhookId,
    /// One message to one webhook.
    WebhookMessageId,
    /// A recurring letter.
    NewsletterId,
    /// One sending of a newsletter.
    IssueId,
    /// A message that asks for support.
    AppealId,
}

/// Ids of readers' rows: UUIDv4, which don't tell when they were made.
macro_rules! random_ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new random id.
            #[must_use]
            pub fn new(chance: &dyn Chance) -> Self {
                Self(chance.uuid_v4())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

random_ids! {
    /// A sealed address that gets newsletters.
    SubscriberId,
    /// A mail to one person that waits to go out.
    OutboxId,
    /// A gift or a pledge.
    ContributionId,
    /// Money that moved.
    PaymentId,
    /// One wording of an appeal.
    VariantId,
    /// A sealed address that is to be reminded.
    ReminderId,
}
