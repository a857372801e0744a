//! A story: reading and writing its working copy, and every step from state to state.

use app::stories::desk::{self, Changes, Level, Limit, Opened};
use model::{
    BylineId, Document, DraftFields, Language, PhotoUse, SectionId, Source, StoryGroupId, StoryId, StoryState, TopicId,
};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use crate::api::{
    ask::Ask,
    problem::Problem,
    shape::{Json, Moment, NoQuery, Object, Text, Whole},
};

/// A version of a working copy.
pub(in crate::api) type Version = Whole<0, { i64::MAX }>;

/// A story with its working copy.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::api) struct Story {
    /// Its id.
    id: StoryId,
    /// What it shares with its translations.
    group: StoryGroupId,
    /// Its language.
    language: Language,
    /// Its state.
    state: StoryState,
    /// Where readers find it; kept for ever once it was published.
    path: Option<String>,
    /// First publication, or the time it is scheduled for.
    published_at: Option<Moment>,
    /// Last change that readers were told of.
    updated_at: Option<Moment>,
    /// When it was begun.
    created_at: Moment,
    /// The working copy's version: counts saves and never goes back. A save names the version that it changes.
    version: i64,
    /// Whether the working copy says something that readers don't see yet.
    pending: bool,
    /// When the working copy was saved.
    saved_at: Moment,
    /// By whom; empty when nobody saved it.
    saved_by: String,
    /// The working copy.
    fields: DraftFields,
    /// Whose it is: pen names.
    owners: Vec<String>,
    /// Who is writing in it at this moment.
    writing: Option<String>,
    /// Its corrections, oldest first.
    corrections: Vec<Correction>,
}

/// What was wrong and is now right.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Correction {
    /// When it was corrected.
    at: Moment,
    /// What was wrong and what is right.
    text: String,
}

pub(super) fn shown(opened: Opened) -> Story {
    let Opened { story, draft, owners, lock, corrections, .. } = opened;
    Story {
        id: story.id,
        group: story.group,
        language: story.language,
        state: story.state,
        path: story.path.map(|path| path.to_string()),
        published_at: story.published_at.map(Moment),
        updated_at: story.updated_at.map(Moment),
        created_at: story.created_at.into(),
        version: draft.version,
        pending: story.state == StoryState::Published && !draft.is_clean(),
        saved_at: draft.saved_at.into(),
        saved_by: draft.saved_by,
        fields: draft.fields,
        owners,
        writing: lock.map(|lock| lock.handle),
        corrections: corrections.into_iter().map(|one| Correction { at: one.at.into(), text: one.text }).collect(),
    }
}

async fn opened(ask: &Ask) -> Result<Json<Story>, Problem> {
    Ok(Json(shown(desk::open(&ask.newsroom, ask.staff(), ask.id("id")?).await?)))
}

/// `GET /api/v1/stories/{id}`.
pub(in crate::api) async fn read(ask: Ask, _: NoQuery, (): ()) -> Result<Json<Story>, Problem> {
    opened(&ask).await
}

/// Changes to a working copy.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct StoryChange {
    /// The version that they change.
    version: Version,
    /// What changes.
    fields: Object<StoryFields>,
}

/// What changes; what is not named stays.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(in crate::api) struct StoryFields {
    /// The headline. Plain characters.
    headline: Option<Text<0, { Limit::HEADLINE }>>,
    /// The standfirst: one or two sentences below the headline.
    standfirst: Option<Text<0, { Limit::STANDFIRST }>>,
    /// The last part of the path; an empty one follows the headline.
    slug: Option<String>,
    /// The body.
    #[schemars(with = "Option<Document>")]
    document: Option<serde_json::Value>,
    /// The photo on top and in lists; `null` for none.
    #[serde(deserialize_with = "named")]
    #[schemars(with = "Option<PhotoUse>")]
    lead_photo: Option<Option<Object<PhotoUse>>>,
    /// The section; `null` for none.
    #[serde(deserialize_with = "named")]
    #[schemars(with = "Option<SectionId>")]
    section: Option<Option<SectionId>>,
    /// The topics, the main one first.
    #[schemars(length(max = 200))]
    topics: Option<Vec<TopicId>>,
    /// The bylines, in order.
    #[schemars(length(max = 200))]
    bylines: Option<Vec<BylineId>>,
    /// Where its statements come from.
    #[schemars(length(max = 200))]
    sources: Option<Vec<Object<Source>>>,
}

/// `null` is a value of its own, other than nothing.
fn named<'de, D: Deserializer<'de>, T: Deserialize<'de>>(input: D) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(input).map(Some)
}

impl From<StoryFields> for Changes {
    fn from(fields: StoryFields) -> Self {
        Self {
            headline: fields.headline.map(|text| text.0),
            standfirst: fields.standfirst.map(|text| text.0),
            slug: fields.slug,
            document: fields.document,
            lead_photo: fields.lead_photo.map(|photo| photo.map(|Object(photo)| photo)),
            section: fields.section,
            topics: fields.topics,
            bylines: fields.bylines,
            sources: fields.sources.map(|all| all.into_iter().map(|Object(source)| source).collect()),
        }
    }
}

/// A save that was done.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::api) struct Saved {
    /// The working copy's version by now.
    version: i64,
    /// When it was saved.
    saved_at: Moment,
}

/// `PATCH /api/v1/stories/{id}`. A program does not sit in a story: it gives back the edit lock that saving took.
pub(in crate::api) async fn change(
    ask: Ask,
    _: NoQuery,
    Json(change): Json<StoryChange>,
) -> Result<Json<Saved>, Problem> {
    let (newsroom, staff, id) = (&ask.newsroom, ask.staff(), ask.id::<StoryId>("id")?);
    let before = desk::stands(newsroom, staff, id).await?;
    let saved = desk::save(newsroom, staff, id, change.version.0, change.fields.0.into()).await;
    if before.lock.as_deref() != Some(staff.handle.as_str()) {
        desk::unlock(newsroom, staff, id).await?;
    }
    let saved = saved?;
    Ok(Json(Saved { version: saved.version, saved_at: saved.saved_at.into() }))
}

/// What to look at before a story is published.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::api) struct Checklist {
    /// Whether it can be published.
    publishable: bool,
    /// What is missing or odd.
    findings: Vec<Finding>,
}

/// Something to look at.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Finding {
    /// What: `no-headline`, `no-alt`, `no-credit` …
    key: String,
    /// Whether the story can't be published so.
    stops: bool,
    /// How many, where there can be several.
    count: i64,
}

/// `GET /api/v1/stories/{id}/check`.
pub(in crate::api) async fn check(ask: Ask, _: NoQuery, (): ()) -> Result<Json<Checklist>, Problem> {
    let opened = desk::open(&ask.newsroom, ask.staff(), ask.id("id")?).await?;
    let finding =
        |one: desk::Finding| Finding { key: one.key.to_owned(), stops: one.level == Level::Stop, count: one.count };
    let findings: Vec<Finding> = desk::check(&opened).into_iter().map(finding).collect();
    Ok(Json(Checklist { publishable: !findings.iter().any(|finding| finding.stops), findings }))
}

/// Where a story that is not public is moved to.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct StoryMove {
    /// The state.
    to: Within,
    /// A note, if there is something to say.
    #[serde(default)]
    note: Option<Text<1, 4_000>>,
}

/// States of a story that is not public.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Within {
    /// Being written.
    Draft,
    /// Being read by another.
    InReview,
    /// May be published.
    Ready,
}

/// `POST /api/v1/stories/{id}/state`.
pub(in crate::api) async fn state(ask: Ask, _: NoQuery, Json(to): Json<StoryMove>) -> Result<Json<Story>, Problem> {
    let state = match to.to {
        Within::Draft => StoryState::Draft,
        Within::InReview => StoryState::InReview,
        Within::Ready => StoryState::Ready,
    };
    let note = to.note.as_ref().map(|note| note.0.as_str());
    desk::move_to(&ask.newsroom, ask.staff(), ask.id("id")?, state, note).await?;
    opened(&ask).await
}

/// When a story becomes public.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct StorySchedule {
    /// The moment, with its offset: `2026-03-29T07:30:00+02:00`.
    at: Moment,
}

/// `POST /api/v1/stories/{id}/schedule`.
pub(in crate::api) async fn schedule(
    ask: Ask,
    _: NoQuery,
    Json(when): Json<StorySchedule>,
) -> Result<Json<Story>, Problem> {
    desk::schedule(&ask.newsroom, ask.staff(), ask.id("id")?, when.at.0).await?;
    opened(&ask).await
}

/// What is published.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct StoryPublish {
    /// The version of the working copy that was looked at: nothing newer is published.
    version: Version,
}

/// `POST /api/v1/stories/{id}/publish`.
pub(in crate::api) async fn publish(
    ask: Ask,
    _: NoQuery,
    Json(what): Json<StoryPublish>,
) -> Result<Json<Story>, Problem> {
    let (newsroom, staff, id) = (&ask.newsroom, ask.staff(), ask.id::<StoryId>("id")?);
    // The use case refuses a version that is not the latest, too; this says it as the conflict that it is.
    let stands = desk::stands(newsroom, staff, id).await?;
    if stands.version != what.version.0 {
        return Err(Problem::conflict(stands.version, stands.saved_by));
    }
    desk::publish(newsroom, staff, id, Some(what.version.0)).await?;
    opened(&ask).await
}

/// A correction.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct StoryCorrect {
    /// What was wrong and what is right.
    text: Text<1, 2_000>,
}

/// `POST /api/v1/stories/{id}/correct`.
pub(in crate::api) async fn correct(
    ask: Ask,
    _: NoQuery,
    Json(what): Json<StoryCorrect>,
) -> Result<Json<Story>, Problem> {
    desk::stands(&ask.newsroom, ask.staff(), ask.id("id")?).await?;
    desk::correct(&ask.newsroom, ask.staff(), ask.id("id")?, &what.text.0).await?;
    opened(&ask).await
}

/// Why a story is withdrawn.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct StoryWithdraw {
    /// For the log, not for readers.
    #[serde(default)]
    reason: Option<Text<0, 500>>,
}

/// `POST /api/v1/stories/{id}/withdraw`.
pub(in crate::api) async fn withdraw(
    ask: Ask,
    _: NoQuery,
    Json(why): Json<StoryWithdraw>,
) -> Result<Json<Story>, Problem> {
    let reason = why.reason.map(|reason| reason.0).unwrap_or_default();
    // Whoever has no such story learns that before it is looked at for its state.
    desk::stands(&ask.newsroom, ask.staff(), ask.id("id")?).await?;
    desk::withdraw(&ask.newsroom, ask.staff(), ask.id("id")?, &reason).await?;
    opened(&ask).await
}

/// `PUT /api/v1/stories/{id}/owners/{handle}`.
pub(in crate::api) async fn give(ask: Ask, _: NoQuery, (): ()) -> Result<(), Problem> {
    Ok(desk::assign(&ask.newsroom, ask.staff(), ask.id("id")?, ask.param("handle")).await?)
}

/// `DELETE /api/v1/stories/{id}/owners/{handle}`.
pub(in crate::api) async fn take(ask: Ask, _: NoQuery, (): ()) -> Result<(), Problem> {
    Ok(desk::unassign(&ask.newsroom, ask.staff(), ask.id("id")?, ask.param("handle")).await?)
}
