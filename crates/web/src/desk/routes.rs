//! Every address of the desk, in one table. What is not here can't be reached; a test walks it.

use std::{fmt, sync::Arc};

use axum::body::Body;
use futures::{FutureExt, future::BoxFuture};
use http::{Method, Response};
use model::Role::{self, Editor, Publisher, Reporter};

use super::{ask::Ask, assets, pages::*, refused::Refused};
use crate::limits;

/// Who may pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Whoever knows the address: signing in, and the files of those pages.
    Anyone,
    /// Somebody signed in with this role or more.
    Role(Role),
    /// The same, who has proved within five minutes to hold a key.
    Proof(Role),
}

type Answer = Result<Response<Body>, Refused>;

/// What answers a request that the guard let through.
type Handler = Arc<dyn Fn(Ask) -> BoxFuture<'static, Answer> + Send + Sync>;

/// An address with a method.
#[derive(Clone)]
pub struct Route {
    /// The method.
    pub method: Method,
    /// The path; `{name}` stands for one part of it.
    pub path: &'static str,
    /// Who may pass.
    pub needs: Needs,
    /// The most bytes that its body may have.
    pub takes: usize,
    pub(super) handler: Handler,
}

impl fmt::Debug for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {:?}", self.method, self.path, self.needs)
    }
}

impl Route {
    fn new<F, Fut>(method: Method, path: &'static str, needs: Needs, handler: F) -> Self
    where
        F: Fn(Ask) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Answer> + Send + 'static,
    {
        let takes = if method == Method::GET { 0 } else { limits::FORM_BYTES };
        Self { method, path, needs, takes, handler: Arc::new(move |ask| handler(ask).boxed()) }
    }

    fn takes(self, takes: usize) -> Self {
        Self { takes, ..self }
    }
}

/// `GET`.
fn get<F, Fut>(path: &'static str, needs: Needs, handler: F) -> Route
where
    F: Fn(Ask) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Answer> + Send + 'static,
{
    Route::new(Method::GET, path, needs, handler)
}

/// `POST`.
fn post<F, Fut>(path: &'static str, needs: Needs, handler: F) -> Route
where
    F: Fn(Ask) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Answer> + Send + 'static,
{
    Route::new(Method::POST, path, needs, handler)
}

/// Any other method.
fn route<F, Fut>(method: Method, path: &'static str, needs: Needs, handler: F) -> Route
where
    F: Fn(Ask) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Answer> + Send + 'static,
{
    Route::new(method, path, needs, handler)
}

/// Every route.
#[must_use]
pub fn all() -> Vec<Route> {
    use Needs::{Anyone, Proof};
    let staff = Needs::Role(Reporter);
    let editor = Needs::Role(Editor);
    vec![
        get("/desk/assets/{name}", Anyone, assets::show),
        // Getting in.
        get("/desk/sign-in", Anyone, sign_in::show),
        post("/desk/sign-in/code", Anyone, sign_in::code),
        post("/desk/sign-in/recovery", Anyone, sign_in::recovery),
        post("/desk/api/sign-in/begin", Anyone, sign_in::begin),
        post("/desk/api/sign-in/finish", Anyone, sign_in::finish),
        get("/desk/join/{link}", Anyone, join::show),
        post("/desk/join/{link}", Anyone, join::with_code),
        post("/desk/api/join/begin", Anyone, join::begin),
        post("/desk/api/join/finish", Anyone, join::finish),
        post("/desk/sign-out", staff, sign_in::out),
        get("/desk/prove", staff, prove::show),
        post("/desk/prove", staff, prove::code),
        post("/desk/api/prove/finish", staff, prove::finish),
        // One's own account.
        get("/desk/account", staff, account::show),
        post("/desk/account/language", staff, account::language),
        post("/desk/account/sessions/end", staff, account::end),
        post("/desk/account/sessions/end-others", staff, account::end_others),
        post("/desk/account/passkeys/remove", Proof(Reporter), account::remove_key),
        post("/desk/account/codes", Proof(Reporter), account::codes),
        post("/desk/api/passkeys/begin", Proof(Reporter), account::add_begin),
        post("/desk/api/passkeys/finish", Proof(Reporter), account::add_finish),
        // Today.
        get("/desk/", staff, home::show),
        // Stories.
        get("/desk/stories", staff, stories::show),
        post("/desk/stories", staff, stories::create),
        post("/desk/stories/many", staff, stories::many),
        get("/desk/stories/{id}", staff, editor::show),
        get("/desk/stories/{id}/check", staff, story::show),
        post("/desk/stories/{id}/state", staff, story::state),
        post("/desk/stories/{id}/schedule", editor, story::schedule),
        post("/desk/stories/{id}/publish", editor, story::publish),
        post("/desk/stories/{id}/correct", editor, story::correct),
        post("/desk/stories/{id}/withdraw", editor, story::withdraw),
        post("/desk/stories/{id}/note", staff, story::note),
        post("/desk/stories/{id}/settle", staff, story::settle),
        post("/desk/stories/{id}/people", editor, story::people),
        post("/desk/stories/{id}/translate", staff, story::translate),
        post("/desk/stories/{id}/caught-up", staff, story::caught_up),
        post("/desk/stories/{id}/links", staff, story::link),
        post("/desk/stories/{id}/unlink", staff, story::unlink),
        get("/desk/stories/{id}/history", staff, history::show),
        get("/desk/stories/{id}/history/{revision}", staff, history::show),
        post("/desk/stories/{id}/history/{revision}/restore", staff, history::restore),
        get("/desk/stories/{id}/beside", staff, history::beside),
        get("/desk/stories/{id}/as/{form}", staff, preview::own),
        get("/desk/stories/{id}/as/{form}/{*rest}", staff, preview::own),
        get("/desk/preview/{link}/", Anyone, preview::linked),
        get("/desk/preview/{link}/{form}", Anyone, preview::linked),
        get("/desk/preview/{link}/{form}/{*rest}", Anyone, preview::linked),
        route(Method::PUT, "/desk/api/stories/{id}/draft", staff, editor::save).takes(limits::DRAFT_BYTES),
        post("/desk/api/stories/{id}/lock", staff, editor::lock),
        route(Method::DELETE, "/desk/api/stories/{id}/lock", staff, editor::unlock),
        get("/desk/api/stories/{id}/events", staff, editor::events),
        post("/desk/api/photos", staff, photo_api::upload).takes(limits::PHOTO_BYTES),
        route(Method::PATCH, "/desk/api/photos/{id}", staff, photo_api::describe),
        get("/desk/api/search", staff, photo_api::search),
        // People.
        get("/desk/people", Needs::Role(Publisher), people::show),
        post("/desk/people/invite", Proof(Publisher), people::invite),
        post("/desk/people/take-back", Proof(Publisher), people::take_back),
        post("/desk/people/{id}/role", Proof(Publisher), people::role),
        post("/desk/people/{id}/reset", Proof(Publisher), people::reset),
        post("/desk/people/{id}/withdraw", Proof(Publisher), people::withdraw),
    ]
}
