//! Webhooks: whom we tell of what readers can see, and how each telling went.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{JournalKind, Timestamp, WebhookId, WebhookMessageId};

/// What a webhook is told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub enum WebhookEvent {
    /// A story became public.
    #[serde(rename = "story.published")]
    StoryPublished,
    /// A public story says something else now, or stands elsewhere.
    #[serde(rename = "story.updated")]
    StoryUpdated,
    /// A public story got a correction.
    #[serde(rename = "story.corrected")]
    StoryCorrected,
    /// A public story is no more.
    #[serde(rename = "story.withdrawn")]
    StoryWithdrawn,
    /// Nothing happened; somebody tries whether the webhook works.
    #[serde(rename = "ping")]
    Ping,
}

impl WebhookEvent {
    /// What can be chosen.
    pub const STORIES: [Self; 4] =
        [Self::StoryPublished, Self::StoryUpdated, Self::StoryCorrected, Self::StoryWithdrawn];

    /// The name in the database and in what is sent.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::StoryPublished => "story.published",
            Self::StoryUpdated => "story.updated",
            Self::StoryCorrected => "story.corrected",
            Self::StoryWithdrawn => "story.withdrawn",
            Self::Ping => "ping",
        }
    }

    /// From the name in the database.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::STORIES.into_iter().chain([Self::Ping]).find(|event| event.as_str() == text)
    }

    /// What a journal row is to a webhook, if anything.
    #[must_use]
    pub fn of(kind: JournalKind) -> Option<Self> {
        match kind {
            JournalKind::StoryPublished => Some(Self::StoryPublished),
            JournalKind::StoryChanged => Some(Self::StoryUpdated),
            JournalKind::StoryCorrected => Some(Self::StoryCorrected),
            JournalKind::StoryWithdrawn => Some(Self::StoryWithdrawn),
            JournalKind::PageChanged
            | JournalKind::SectionChanged
            | JournalKind::TopicChanged
            | JournalKind::BylineChanged
            | JournalKind::PhotoChanged
            | JournalKind::FrontChanged
            | JournalKind::RedirectChanged
            | JournalKind::SettingsChanged
            | JournalKind::ThemeChanged
            | JournalKind::NewsletterChanged
            | JournalKind::AppealChanged => None,
        }
    }
}

/// What a webhook's messages are signed with: `whsec_` and base64. Says nothing in `Debug`, so that it reaches no log.
#[derive(Clone, PartialEq, Eq)]
pub struct WebhookSecret(pub String);

impl WebhookSecret {
    /// The secret itself.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for WebhookSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("WebhookSecret(…)")
    }
}

/// An address that is told of changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// Its id.
    pub id: WebhookId,
    /// Where messages are sent.
    pub url: String,
    /// What they are signed with.
    pub secret: WebhookSecret,
    /// What it is told of.
    pub events: Vec<WebhookEvent>,
    /// Whether anything is sent.
    pub active: bool,
    /// Pen name of who made it.
    pub made_by: String,
    /// When it was made; it is told of nothing older.
    pub made_at: Timestamp,
    /// When something was last sent.
    pub last_at: Option<Timestamp>,
    /// What came of it.
    pub last: Option<String>,
    /// Since when nothing has arrived; `None` while it works.
    pub failing_since: Option<Timestamp>,
}

/// Where a message stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WebhookMessageState {
    /// To be sent, or sent again.
    Waiting,
    /// It arrived.
    Delivered,
    /// Given up; a person can have it sent again.
    GivenUp,
}

impl WebhookMessageState {
    /// The name in the database and in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Delivered => "delivered",
            Self::GivenUp => "given_up",
        }
    }

    /// From the name in the database.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Waiting, Self::Delivered, Self::GivenUp].into_iter().find(|state| state.as_str() == text)
    }
}

/// One message to one webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookMessage {
    /// Its id, the same at each attempt: receivers drop what they have seen.
    pub id: WebhookMessageId,
    /// To which webhook.
    pub webhook: WebhookId,
    /// What of.
    pub event: WebhookEvent,
    /// The message, byte for byte.
    pub body: String,
    /// When it was written.
    pub made_at: Timestamp,
    /// Where it stands.
    pub state: WebhookMessageState,
    /// Times it was sent.
    pub attempts: i64,
    /// When it was last sent.
    pub last_at: Option<Timestamp>,
    /// What came of it.
    pub last: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back_and_secrets_hide_themselves() {
        for event in WebhookEvent::STORIES {
            assert_eq!(WebhookEvent::parse(event.as_str()), Some(event));
            assert_eq!(serde_json::to_value(event).unwrap(), event.as_str());
        }
        assert_eq!(WebhookEvent::parse("ping"), Some(WebhookEvent::Ping));
        assert!(!format!("{:?}", WebhookSecret("whsec_canary".to_owned())).contains("canary"));
    }
}
