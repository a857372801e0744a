//! Every address of the desk, in one table. What is not here can't be reached; a test walks it.

use std::{fmt, sync::Arc};

use axum::body::Body;
use futures::{FutureExt, future::BoxFuture};
use http::{Method, Response};
use model::Role::{self, Publisher, Reporter};

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

/// Every route.
#[must_use]
pub fn all() -> Vec<Route> {
    use Needs::{Anyone, Proof};
    let staff = Needs::Role(Reporter);
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
        // People.
        get("/desk/people", Needs::Role(Publisher), people::show),
        post("/desk/people/invite", Proof(Publisher), people::invite),
        post("/desk/people/take-back", Proof(Publisher), people::take_back),
        post("/desk/people/{id}/role", Proof(Publisher), people::role),
        post("/desk/people/{id}/reset", Proof(Publisher), people::reset),
        post("/desk/people/{id}/withdraw", Proof(Publisher), people::withdraw),
    ]
}
