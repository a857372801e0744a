//! Every address of the API, in one table. What is not here can't be reached; a test walks it, and the description and
//! its page are made of it.

use std::{fmt, sync::Arc};

use axum::body::Body;
use bytes::Bytes;
use futures::{FutureExt, future::BoxFuture};
use http::{Method, Response, Uri};
use model::Scope::{self, HouseRead, PhotosWrite, StoriesPublish, StoriesRead, StoriesWrite};
use schemars::{Schema, SchemaGenerator};

use super::{
    ask::Ask,
    handlers::{house, me, names, notes, photos, previews, revisions, stories, story, translations},
    problem::Problem,
    shape::{Input, Output, Query},
};
use crate::limits;

/// Whose token may pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Any token that works.
    Token,
    /// One with this scope, whose owner's role reaches so far.
    Scope(Scope),
}

/// What answers a request that the guard let through.
type Handler = Arc<dyn Fn(Ask, Uri, Bytes) -> BoxFuture<'static, Result<Response<Body>, Problem>> + Send + Sync>;

/// What a route's types say of themselves.
#[derive(Debug, Clone)]
pub(super) struct Described {
    pub(super) query: Schema,
    pub(super) body: Option<Schema>,
    pub(super) answer: Option<Schema>,
}

/// An address with a method.
#[derive(Clone)]
pub struct Route {
    /// The method.
    pub method: Method,
    /// The path; `{name}` stands for one part of it.
    pub path: &'static str,
    /// Its name, for programs that are made from the description.
    pub name: &'static str,
    /// What it does, in a sentence.
    pub about: &'static str,
    /// Whose token may pass.
    pub needs: Needs,
    /// The most bytes that its body may have.
    pub takes: usize,
    /// The media type of its body.
    pub kind: Option<&'static str>,
    /// The status of an answer that is no problem.
    pub status: u16,
    /// Statuses of problems beside those that follow from the rest.
    pub fails: &'static [u16],
    pub(super) handler: Handler,
    pub(super) described: fn(&mut SchemaGenerator) -> Described,
}

impl fmt::Debug for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {:?}", self.method, self.path, self.needs)
    }
}

impl Route {
    fn takes(self, takes: usize) -> Self {
        Self { takes, ..self }
    }

    fn fails(self, fails: &'static [u16]) -> Self {
        Self { fails, ..self }
    }
}

fn describe<Q: Query, I: Input, O: Output>(generator: &mut SchemaGenerator) -> Described {
    let query = Q::json_schema(generator);
    Described { query, body: I::schema(generator), answer: O::schema(generator) }
}

/// A route whose types are those of its handler.
fn route<Q, I, O, F, Fut>(
    method: Method,
    path: &'static str,
    needs: Needs,
    (name, about): (&'static str, &'static str),
    handler: F,
) -> Route
where
    Q: Query,
    I: Input,
    O: Output,
    F: Fn(Ask, Q, I) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = Result<O, Problem>> + Send + 'static,
{
    let answer = move |ask: Ask, uri: Uri, body: Bytes| {
        let handler = handler.clone();
        async move { Ok(handler(ask, Q::read(&uri)?, I::read(body)?).await?.answer()) }.boxed()
    };
    Route {
        method,
        path,
        name,
        about,
        needs,
        takes: if I::KIND.is_some() { limits::FORM_BYTES } else { 0 },
        kind: I::KIND,
        status: O::STATUS.as_u16(),
        fails: &[],
        handler: Arc::new(answer),
        described: describe::<Q, I, O>,
    }
}

const fn scope(scope: Scope) -> Needs {
    Needs::Scope(scope)
}

/// Every route.
#[must_use]
pub fn all() -> Vec<Route> {
    [own(), written(), flow(), beside(), pictures(), house_around()].concat()
}

const GET: Method = Method::GET;
const POST: Method = Method::POST;
const PATCH: Method = Method::PATCH;
const PUT: Method = Method::PUT;
const DELETE: Method = Method::DELETE;

fn own() -> Vec<Route> {
    let about = ("me", "Whose token this is, and what it reaches.");
    vec![route(GET, "/api/v1/me", Needs::Token, about, me::read)]
}

/// Reading and writing stories.
fn written() -> Vec<Route> {
    let (read, write) = (scope(StoriesRead), scope(StoriesWrite));
    vec![
        route(GET, "/api/v1/stories", read, ("storyList", "Lists stories in every state, last touched first; `q` searches headlines and standfirsts. Reporters see their own."), stories::list),
        route(POST, "/api/v1/stories", write, ("storyCreate", "Begins an empty story; it belongs to the token's owner."), stories::create),
        route(GET, "/api/v1/stories/{id}", read, ("storyRead", "A story with its working copy, which is what its editors see."), story::read),
        route(PATCH, "/api/v1/stories/{id}", write, ("storyChange", "Saves changes to the working copy's version `version`; what is not named stays. Readers see nothing of it before it is published."), story::change).takes(limits::DRAFT_BYTES).fails(&[409, 423]),
        route(GET, "/api/v1/stories/{id}/check", read, ("storyCheck", "What is missing or odd in the working copy, as the checklist at the desk has it."), story::check),
        route(PUT, "/api/v1/stories/{id}/owners/{handle}", write, ("ownerAdd", "Makes a story somebody's as well. Editors only."), story::give),
        route(DELETE, "/api/v1/stories/{id}/owners/{handle}", write, ("ownerRemove", "Takes a story from somebody. Editors only."), story::take),
    ]
}

/// From state to state.
fn flow() -> Vec<Route> {
    let (write, publish) = (scope(StoriesWrite), scope(StoriesPublish));
    vec![
        route(
            POST,
            "/api/v1/stories/{id}/state",
            write,
            (
                "storyMove",
                "Moves a story that is not public to `draft`, `in_review` or `ready`, with a note if there is one.",
            ),
            story::state,
        ),
        route(
            POST,
            "/api/v1/stories/{id}/schedule",
            publish,
            ("storySchedule", "Sets the moment at which the story becomes public."),
            story::schedule,
        ),
        route(
            POST,
            "/api/v1/stories/{id}/publish",
            publish,
            ("storyPublish", "Makes the working copy what readers see, now: for the first time, or as an update."),
            story::publish,
        )
        .fails(&[409]),
        route(
            POST,
            "/api/v1/stories/{id}/correct",
            publish,
            (
                "storyCorrect",
                "Adds a correction to a public story. It stays with the story for ever and is shown everywhere.",
            ),
            story::correct,
        ),
        route(
            POST,
            "/api/v1/stories/{id}/withdraw",
            publish,
            (
                "storyWithdraw",
                "Withdraws a public story: it leaves every page and feed at once, and its address says that it was withdrawn.",
            ),
            story::withdraw,
        ),
    ]
}

/// What hangs on a story.
fn beside() -> Vec<Route> {
    let (read, write) = (scope(StoriesRead), scope(StoriesWrite));
    vec![
        route(
            GET,
            "/api/v1/stories/{id}/notes",
            read,
            ("noteList", "The notes on a story, oldest first."),
            notes::list,
        ),
        route(
            POST,
            "/api/v1/stories/{id}/notes",
            write,
            ("noteAdd", "Writes a note; every `@name` of somebody who may see the story calls them."),
            notes::add,
        ),
        route(
            POST,
            "/api/v1/stories/{id}/notes/{note}/settle",
            write,
            ("noteSettle", "Settles a note; one that is settled stays as it is."),
            notes::settle,
        ),
        route(
            GET,
            "/api/v1/stories/{id}/revisions",
            read,
            ("revisionList", "What the story said before, newest first."),
            revisions::list,
        ),
        route(
            GET,
            "/api/v1/stories/{id}/revisions/{revision}",
            read,
            ("revisionRead", "A revision, and what changed from it to the working copy."),
            revisions::read,
        ),
        route(
            POST,
            "/api/v1/stories/{id}/revisions/{revision}/restore",
            write,
            ("revisionRestore", "Brings a revision's headline, standfirst and body back into the working copy."),
            revisions::restore,
        ),
        route(
            GET,
            "/api/v1/stories/{id}/previews",
            read,
            ("previewList", "The preview links that work."),
            previews::list,
        ),
        route(
            POST,
            "/api/v1/stories/{id}/previews",
            write,
            (
                "previewMake",
                "Makes a link that shows the story as it would be published. It is given out here and never again.",
            ),
            previews::make,
        ),
        route(
            DELETE,
            "/api/v1/stories/{id}/previews/{link}",
            write,
            ("previewEnd", "Ends a preview link."),
            previews::end,
        ),
        route(
            POST,
            "/api/v1/stories/{id}/translations",
            write,
            (
                "translationBegin",
                "Begins a translation: a draft in another language that begins with the story's text.",
            ),
            translations::begin,
        ),
        route(
            GET,
            "/api/v1/stories/{id}/original",
            read,
            ("translationOriginal", "What a translation was translated from, and whether it is behind."),
            translations::original,
        ),
        route(
            POST,
            "/api/v1/stories/{id}/caught-up",
            write,
            ("translationCaughtUp", "Says that a translation has caught up with its original."),
            translations::caught_up,
        ),
    ]
}

fn pictures() -> Vec<Route> {
    let (read, write) = (scope(StoriesRead), scope(PhotosWrite));
    vec![
        route(GET, "/api/v1/photos", read, ("photoList", "Photos, the newest first; `q` searches alt text, caption and credit."), photos::list),
        route(POST, "/api/v1/photos", write, ("photoUpload", "Stores a picture, without any of its metadata; the file itself is the body. The same file twice is one photo."), photos::upload).takes(limits::PHOTO_BYTES).fails(&[422]),
        route(GET, "/api/v1/photos/{id}", read, ("photoRead", "A photo, and the stories that show it."), photos::read),
        route(PATCH, "/api/v1/photos/{id}", write, ("photoDescribe", "Changes what is said of a photo, or the point that stays visible in crops; what is not named stays."), photos::describe),
        route(PUT, "/api/v1/photos/{id}/file", write, ("photoReplace", "Puts another picture under a photo: every story that shows it shows that."), photos::replace).takes(limits::PHOTO_BYTES).fails(&[422]),
        route(DELETE, "/api/v1/photos/{id}", write, ("photoRemove", "Removes a photo that no story shows. Editors only."), photos::remove).fails(&[422]),
    ]
}

fn house_around() -> Vec<Route> {
    let (read, house) = (scope(StoriesRead), scope(HouseRead));
    vec![
        route(
            GET,
            "/api/v1/sections",
            read,
            ("sectionList", "Every section, in the order of the menu."),
            names::sections,
        ),
        route(
            GET,
            "/api/v1/topics",
            read,
            ("topicList", "Topics by the beginnings of words of their names."),
            names::topics,
        ),
        route(
            GET,
            "/api/v1/bylines",
            read,
            ("bylineList", "Bylines by the beginnings of words of their names."),
            names::bylines,
        ),
        route(
            GET,
            "/api/v1/journal",
            house,
            (
                "journalRead",
                "What readers can see changed, in order. Ask again with the last `seq` as `after` to follow it.",
            ),
            house::journal,
        ),
        route(GET, "/api/v1/audit", house, ("auditRead", "Who did what, the newest first."), house::audit),
        route(
            GET,
            "/api/v1/jobs",
            house,
            ("jobCounts", "How many jobs there are of each kind and state."),
            house::jobs,
        ),
        route(
            GET,
            "/api/v1/webhooks",
            house,
            (
                "webhookList",
                "Who is told of changes. Webhooks are made at the desk, because their secret is shown there once.",
            ),
            house::webhooks,
        ),
    ]
}
