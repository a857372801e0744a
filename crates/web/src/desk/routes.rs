//! Every address of the desk, in one table. What is not here can't be reached; a test walks it.

mod appeals;
mod connections;
mod content;
mod house;
mod letters;
mod own;
mod readers;
mod stories;
mod support;
mod support_acts;

use std::{fmt, sync::Arc};

use axum::body::Body;
use futures::{FutureExt, future::BoxFuture};
use http::{Method, Response};
use model::Role::{self, Editor, NewsletterEditor, Publisher, Reporter};

use super::{ask::Ask, refused::Refused};
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

/// Reporters and more.
const STAFF: Needs = Needs::Role(Reporter);
/// Editors and more.
const EDITOR: Needs = Needs::Role(Editor);
/// Newsletter editors and more.
const SENDS: Needs = Needs::Role(NewsletterEditor);
/// Publishers.
const PUBLISHER: Needs = Needs::Role(Publisher);

/// Every route.
#[must_use]
pub fn all() -> Vec<Route> {
    [
        own::routes(),
        stories::routes(),
        content::routes(),
        house::routes(),
        letters::routes(),
        readers::routes(),
        support::routes(),
        support_acts::routes(),
        connections::routes(),
        appeals::routes(),
    ]
    .concat()
}
