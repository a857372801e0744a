//! Confirming, and never wanting to be written to: the two links of the mail that asks.

use app::{
    Newsroom,
    pages::readers::Said,
    readers::{self, Confirmed, Confirming, Never},
};
use axum::{
    body::Body,
    extract::{Path, Request, State},
};
use http::Response;
use model::Language;

use super::answer;

/// The language that somebody chose when they signed up.
fn chosen(confirming: &Confirming) -> Option<Language> {
    match confirming {
        Confirming::Ask { language, .. } | Confirming::Expired { language, .. } => Some(language.clone()),
        Confirming::Broken | Confirming::Closed => None,
    }
}

/// `GET /-/newsletter/confirm/{token}`: the question.
pub(super) async fn show(
    State(newsroom): State<Newsroom>,
    Path(token): Path<String>,
    request: Request,
) -> Response<Body> {
    answer(newsroom, request, "confirm", async move |ask| {
        let confirming = readers::confirming(&ask.newsroom, &token).await?;
        ask.told(chosen(&confirming).as_ref(), Said::Confirming(confirming, token)).await
    })
    .await
}

/// `POST /-/newsletter/confirm/{token}`: yes.
pub(super) async fn take(
    State(newsroom): State<Newsroom>,
    Path(token): Path<String>,
    request: Request,
) -> Response<Body> {
    answer(newsroom, request, "confirm", async move |ask| {
        let confirmed = readers::confirm(&ask.newsroom, &token).await?;
        let language = match &confirmed {
            Confirmed::Done { language, .. } => Some(language.clone()),
            Confirmed::Not(confirming) => chosen(confirming),
        };
        ask.told(language.as_ref(), Said::Confirmed(confirmed)).await
    })
    .await
}

/// `GET /-/newsletter/never/{token}`: the question.
pub(super) async fn show_never(
    State(newsroom): State<Newsroom>,
    Path(token): Path<String>,
    request: Request,
) -> Response<Body> {
    answer(newsroom, request, "never", async move |ask| {
        let confirming = readers::confirming(&ask.newsroom, &token).await?;
        ask.told(chosen(&confirming).as_ref(), Said::AskNever(confirming, token)).await
    })
    .await
}

/// `POST /-/newsletter/never/{token}`: yes, never.
pub(super) async fn take_never(
    State(newsroom): State<Newsroom>,
    Path(token): Path<String>,
    request: Request,
) -> Response<Body> {
    answer(newsroom, request, "never", async move |ask| {
        let never = readers::never(&ask.newsroom, &token).await?;
        let language = match &never {
            Never::Done(language) => Some(language.clone()),
            Never::Not(confirming) => chosen(confirming),
        };
        ask.told(language.as_ref(), Said::Never(never)).await
    })
    .await
}
