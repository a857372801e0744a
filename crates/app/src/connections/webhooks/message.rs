//! What a webhook is told: little, and only what readers can see. Whoever wants more asks the API, or the site.

use model::{JournalRow, Newsroom as Settings, Story, StoryId, StoryState, WebhookEvent};
use schemars::JsonSchema;
use serde::Serialize;
use store::Tx;

use crate::error::Error;

/// A message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Message {
    /// What happened: `story.published`, `story.updated`, `story.corrected`, `story.withdrawn`, or `ping`.
    #[serde(rename = "type")]
    pub event: String,
    /// When it happened (RFC 3339).
    pub timestamp: String,
    /// To what.
    pub data: MessageData,
}

/// To what it happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MessageData {
    /// Its place in the journal: what has the greater number happened later. 0 for `ping`.
    pub seq: i64,
    /// The story, as it was when the message was written.
    pub story: Option<MessageStory>,
}

/// A story, as it was when the message was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MessageStory {
    /// Its id.
    pub id: String,
    /// What it shares with its translations.
    pub group: String,
    /// Its language.
    pub language: String,
    /// `published` or `withdrawn`.
    pub state: String,
    /// Its path on every address of the site.
    pub path: Option<String>,
    /// Its address, when the newsroom has set its own.
    pub url: Option<String>,
    /// Its headline; nothing is repeated of what was withdrawn.
    pub headline: Option<String>,
    /// Its standfirst.
    pub standfirst: Option<String>,
    /// When it was first published (RFC 3339).
    pub published_at: Option<String>,
    /// When readers were last told of a change.
    pub updated_at: Option<String>,
    /// The correction, for `story.corrected`.
    pub correction: Option<String>,
}

/// The message of a journal row; `None` when the story is gone altogether.
pub(super) async fn of_row(
    tx: &mut Tx,
    settings: &Settings,
    row: &JournalRow,
    event: WebhookEvent,
) -> Result<Option<Message>, Error> {
    let Some(id) = row.subject.map(StoryId) else { return Ok(None) };
    let Some(story) = store::story_by_id(tx, id).await? else { return Ok(None) };
    let correction = match event {
        WebhookEvent::StoryCorrected => {
            let all = store::correction_list(tx, id).await?;
            all.into_iter().rev().find(|correction| correction.at == row.at).map(|correction| correction.text)
        }
        WebhookEvent::StoryPublished
        | WebhookEvent::StoryUpdated
        | WebhookEvent::StoryWithdrawn
        | WebhookEvent::Ping => None,
    };
    let story = MessageStory { correction, ..shown(settings, &story) };
    let data = MessageData { seq: row.seq, story: Some(story) };
    Ok(Some(Message { event: event.as_str().to_owned(), timestamp: row.at.to_string(), data }))
}

fn shown(settings: &Settings, story: &Story) -> MessageStory {
    let public = story.state == StoryState::Published;
    let path = story.path.as_ref().map(ToString::to_string);
    let address = settings.address.as_ref().zip(path.as_ref());
    MessageStory {
        id: story.id.to_string(),
        group: story.group.to_string(),
        language: story.language.to_string(),
        state: story.state.as_str().to_owned(),
        url: address.map(|(address, path)| format!("{address}{path}")),
        headline: public.then(|| story.headline.clone()),
        standfirst: public.then(|| story.standfirst.clone()),
        published_at: story.published_at.map(|at| at.to_string()),
        updated_at: story.updated_at.map(|at| at.to_string()),
        correction: None,
        path,
    }
}

/// The message of somebody who tries whether a webhook works.
pub(super) fn ping(now: model::Timestamp) -> Message {
    let data = MessageData { seq: 0, story: None };
    Message { event: WebhookEvent::Ping.as_str().to_owned(), timestamp: now.to_string(), data }
}
