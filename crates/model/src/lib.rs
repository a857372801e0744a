//! Masthead's nouns: ids, states, the document. No I/O, no async.
//!
//! Everything the other crates speak about is named here once, in the words of `docs/ARCHITECTURE.md`.
//! Nothing in this crate reads a clock, draws a random number or touches a disk: time and chance come in
//! as a [`Clock`] and a [`Chance`].

pub mod api_token;
pub mod appeal;
pub mod breaking;
pub mod chance;
pub mod contribution;
pub mod delivery;
pub mod document;
pub mod draft;
pub mod id;
pub mod issue;
pub mod job;
pub mod journal;
pub mod language;
pub mod money;
pub mod names;
pub mod newsletter;
pub mod newsroom;
pub mod outbox;
pub mod page;
pub mod path;
pub mod photo;
pub mod reminder;
mod scale;
pub mod slug;
pub mod staff;
pub mod story;
pub mod subscriber;
pub mod support;
pub mod time;
pub mod webhook;

pub use api_token::{ApiToken, Scope};
pub use appeal::{Appeal, AppealKind, AppealSettings, AppealStanding, AppealState, AppealText, Variant};
pub use breaking::{Breaking, BreakingLink};
pub use chance::{Chance, OsChance, SeededChance};
pub use contribution::{
    Contribution, ContributionState, Dispute, Frequency, GatewayName, Month, Payment, PaymentState,
};
pub use delivery::{Bounce, Delivery, DeliveryState, Exclusion, IssueForm, SubjectLine};
pub use document::Document;
pub use draft::{Draft, DraftFields, Note};
pub use id::{
    AppealId, BylineId, ContributionId, IssueId, JobId, NewsletterId, OutboxId, PageId, PaymentId, PhotoId, ReminderId,
    RevisionId, SectionId, StaffId, StoryGroupId, StoryId, SubscriberId, TopicId, VariantId, WebhookId,
    WebhookMessageId,
};
pub use issue::{Extent, Issue, IssueContent, IssueState, OtherSubject, Pick, Reason};
pub use job::{Job, JobState};
pub use journal::{JournalKind, JournalRow, NewJournalRow, Tag};
pub use language::{Direction, Language};
pub use money::{AmountError, Currency, Money};
pub use names::{Byline, Names, Section, Topic, TopicKind};
pub use newsletter::{Newsletter, NewsletterSettings, Schedule, Suggestion, Template, Uncertain};
pub use newsroom::Newsroom;
pub use outbox::{OutboxKind, OutboxMail, OutboxState};
pub use page::{Page, PageDraft, PageFields, PageVersion};
pub use path::Path;
pub use photo::{FocalPoint, Photo, PhotoForm, PhotoState, PhotoUse, Rendition};
pub use reminder::Reminder;
pub use slug::Slug;
pub use staff::{AccessLink, Handle, LinkPurpose, Passkey, Role, Session, Staff};
pub use story::{Correction, Revision, Source, Story, StoryState};
pub use subscriber::{
    Consent, Lookup, MailForm, Sealed, Subscriber, SubscriberState, Subscription, Suppression, SuppressionReason, Week,
};
pub use support::{Offer, SupportSettings};
pub use time::{Clock, FixedClock, SystemClock, Timestamp};
pub use webhook::{Webhook, WebhookEvent, WebhookMessage, WebhookMessageState, WebhookSecret};
