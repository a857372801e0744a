//! The desk: where staff write, check, publish and correct.
//!
//! One request's way: [`routes`] has every address of the desk in one table, with the role that it needs. The [`guard`]
//! finds the route, says who asks (a session's cookie), refuses strangers, wrong roles and requests that another site
//! sent, reads the body up to the route's limit, and hands an [`ask::Ask`] to the route's handler, which calls one use
//! case and answers. A handler can't be reached any other way, and a test walks the table.
//!
//! The desk opens at one place only: the address that the configuration names, or `http://localhost` when it names
//! none. Elsewhere it answers as if nothing were there.

mod answer;
mod ask;
mod assets;
mod form;
mod guard;
mod pages;
mod place;
mod refused;
pub mod routes;

use std::sync::Arc;

use app::{
    Newsroom,
    staff::{Attempts, Passkeys},
    stories::desk::Links,
};
use axum::Router;
use tokio::sync::watch;

pub(crate) use answer::finish;
pub(crate) use form::Form;
pub(crate) use guard::filter;
pub use place::Place;
pub(crate) use place::{Asked, host};
use routes::Route;

/// What every handler may need. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Desk(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    newsroom: Newsroom,
    place: Place,
    attempts: Attempts,
    links: Links,
    pages: theme::desk::Desk,
    stopping: watch::Receiver<bool>,
}

impl Desk {
    pub(crate) fn new(newsroom: Newsroom, place: Place, stopping: watch::Receiver<bool>) -> Result<Self, theme::Error> {
        let pages = theme::desk::Desk::load()?;
        Ok(Self(Arc::new(Inner {
            newsroom,
            place,
            attempts: Attempts::default(),
            links: Links::default(),
            pages,
            stopping,
        })))
    }

    pub(crate) fn newsroom(&self) -> &Newsroom {
        &self.0.newsroom
    }

    pub(crate) fn place(&self) -> &Place {
        &self.0.place
    }

    fn attempts(&self) -> &Attempts {
        &self.0.attempts
    }

    /// What looks whether links are dead.
    fn links(&self) -> &Links {
        &self.0.links
    }

    /// The languages that the desk speaks, with what each calls itself.
    fn languages(&self) -> impl Iterator<Item = (model::Language, String)> {
        let pages = &self.0.pages;
        pages.languages().into_iter().map(|language| {
            let name = pages.strings(&language).own_name();
            (language, name)
        })
    }

    /// Passkeys for the host that was asked; another one has other keys.
    fn passkeys(&self, host: &str) -> Result<Passkeys, app::Error> {
        Passkeys::at(&self.0.place.origin(host), "Masthead")
    }

    /// Ends when the server is asked to stop: what streams events ends with it.
    fn stopping(&self) -> watch::Receiver<bool> {
        self.0.stopping.clone()
    }

    /// A page as HTML. In debug builds templates are read anew each time.
    fn render(
        &self,
        template: &str,
        shell: &theme::desk::Shell,
        page: impl serde::Serialize,
    ) -> Result<String, theme::Error> {
        if cfg!(debug_assertions) {
            return theme::desk::Desk::load()?.render(template, shell, page);
        }
        self.0.pages.render(template, shell, page)
    }
}

/// The address of the desk's styles.
pub(crate) fn style() -> String {
    assets::addresses().remove("desk.css").unwrap_or_default()
}

/// Whether a path belongs to the desk.
pub(crate) fn is_desk(path: &str) -> bool {
    path == "/desk" || path.starts_with("/desk/")
}

/// The desk's routes behind their guard.
pub(crate) fn router(desk: &Desk) -> Router {
    let mut router = Router::new();
    for route in routes::all() {
        let (path, method) = (route.path, guard::filter(&route.method));
        let (desk, route) = (desk.clone(), Arc::new(route));
        router = router.route(
            path,
            axum::routing::on(method, move |params: axum::extract::RawPathParams, request: axum::extract::Request| {
                guard::pass(desk.clone(), Arc::<Route>::clone(&route), params, request)
            }),
        );
    }
    let nothing = desk.clone();
    let wrong = desk.clone();
    router
        .fallback(move |request: axum::extract::Request| guard::missing(nothing.clone(), request))
        .method_not_allowed_fallback(move |request: axum::extract::Request| guard::missing(wrong.clone(), request))
}
