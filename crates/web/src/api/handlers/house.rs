//! The house around the stories: journal, log, jobs, webhooks.

use app::connections::{logs, webhooks as hooks};
use model::{JobState, JournalKind, WebhookEvent, WebhookId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::api::{
    ask::Ask,
    problem::Problem,
    shape::{Json, Moment, NoQuery, Whole},
};

/// From where on, and how many.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct JournalQuery {
    /// Rows after this `seq`; from the beginning unless said otherwise.
    after: Option<Whole<0, { i64::MAX }>>,
    /// Rows at most; 100 unless said otherwise.
    limit: Option<Whole<1, 500>>,
}

/// Rows of the journal.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::api) struct Journal {
    /// In the order in which it happened.
    items: Vec<JournalLine>,
}

/// Something that readers can see changed.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct JournalLine {
    /// Its place: strictly increasing.
    seq: i64,
    /// When.
    at: Moment,
    /// What happened.
    kind: JournalKind,
    /// To what: the id of a story, page, section …
    subject: Option<Uuid>,
}

/// `GET /api/v1/journal`.
pub(in crate::api) async fn journal(ask: Ask, query: JournalQuery, (): ()) -> Result<Json<Journal>, Problem> {
    let (after, limit) = (query.after.map_or(0, |after| after.0), query.limit.map_or(100, |limit| limit.0));
    let rows = logs::journal(&ask.newsroom, ask.staff(), after, limit).await?;
    let line =
        |row: model::JournalRow| JournalLine { seq: row.seq, at: row.at.into(), kind: row.kind, subject: row.subject };
    Ok(Json(Journal { items: rows.into_iter().map(line).collect() }))
}

/// From where back, and how many.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct AuditQuery {
    /// Deeds before this `seq`; from the end unless said otherwise.
    before: Option<Whole<0, { i64::MAX }>>,
    /// Deeds at most; 100 unless said otherwise.
    limit: Option<Whole<1, 500>>,
}

/// Who did what.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::api) struct Audit {
    /// The newest first.
    items: Vec<Deed>,
}

/// A deed.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Deed {
    /// Its place.
    seq: i64,
    /// When.
    at: Moment,
    /// Pen name of who did it, or what did it.
    actor: String,
    /// What, such as `story.publish`.
    action: String,
    /// To what.
    subject: Option<Uuid>,
    /// More about it, as JSON in a text.
    detail: String,
}

/// `GET /api/v1/audit`.
pub(in crate::api) async fn audit(ask: Ask, query: AuditQuery, (): ()) -> Result<Json<Audit>, Problem> {
    let (before, limit) = (query.before.map_or(i64::MAX, |before| before.0), query.limit.map_or(100, |limit| limit.0));
    let rows = logs::deeds(&ask.newsroom, ask.staff(), before, limit).await?;
    let deeds = rows.into_iter().map(|row| Deed {
        seq: row.seq,
        at: row.at.into(),
        actor: row.actor,
        action: row.action,
        subject: row.subject,
        detail: row.detail,
    });
    Ok(Json(Audit { items: deeds.collect() }))
}

/// How many jobs there are.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::api) struct JobCounts {
    /// By kind and state.
    items: Vec<JobCount>,
}

/// How many jobs of a kind are in a state.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct JobCount {
    /// What they do.
    kind: String,
    /// Where they stand.
    state: JobState,
    /// How many.
    count: i64,
}

/// `GET /api/v1/jobs`.
pub(in crate::api) async fn jobs(ask: Ask, _: NoQuery, (): ()) -> Result<Json<JobCounts>, Problem> {
    let counts = logs::jobs(&ask.newsroom, ask.staff()).await?;
    let items = counts.into_iter().map(|(kind, state, count)| JobCount { kind, state, count });
    Ok(Json(JobCounts { items: items.collect() }))
}

/// Who is told of changes.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::api) struct WebhookList {
    /// The oldest first.
    items: Vec<Webhook>,
}

/// An address that is told of changes.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Webhook {
    /// Its id.
    id: WebhookId,
    /// Where messages are sent.
    url: String,
    /// What it is told of.
    events: Vec<WebhookEvent>,
    /// Whether anything is sent.
    active: bool,
    /// Pen name of who made it.
    made_by: String,
    /// When it was made.
    made_at: Moment,
    /// When something was last sent.
    last_at: Option<Moment>,
    /// What came of it.
    last: Option<String>,
    /// Since when nothing has arrived.
    failing_since: Option<Moment>,
}

/// `GET /api/v1/webhooks`.
pub(in crate::api) async fn webhooks(ask: Ask, _: NoQuery, (): ()) -> Result<Json<WebhookList>, Problem> {
    let all = hooks::list(&ask.newsroom, ask.staff()).await?;
    let items = all.into_iter().map(|shown| shown.webhook).map(|webhook| Webhook {
        id: webhook.id,
        url: webhook.url,
        events: webhook.events,
        active: webhook.active,
        made_by: webhook.made_by,
        made_at: webhook.made_at.into(),
        last_at: webhook.last_at.map(Moment),
        last: webhook.last,
        failing_since: webhook.failing_since.map(Moment),
    });
    Ok(Json(WebhookList { items: items.collect() }))
}
