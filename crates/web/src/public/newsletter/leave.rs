//! Leaving by the link in a mail, or by a mailbox's own button (RFC 8058): its POST has no cookie, may be
//! `multipart/form-data`, and is answered with 200 at once.

use app::{
    Newsroom,
    pages::readers::Said,
    readers::{self, Leaving, Left},
};
use axum::{
    body::Body,
    extract::{Path, Request, State},
};
use http::Response;

use super::answer;

/// `GET /-/newsletter/unsubscribe/{token}`: the question. Programs that follow every link get no further.
pub(super) async fn show(
    State(newsroom): State<Newsroom>,
    Path(token): Path<String>,
    request: Request,
) -> Response<Body> {
    answer(newsroom, request, "unsubscribe", async move |ask| {
        let leaving = readers::leaving(&ask.newsroom, &token).await?;
        let language = match &leaving {
            Leaving::Ask { language, .. } => language.clone(),
            Leaving::Broken => None,
        };
        ask.told(language.as_ref(), Said::Leaving(leaving, token)).await
    })
    .await
}

/// `POST /-/newsletter/unsubscribe/{token}`. Whatever the form holds, it leaves; `all` leaves the others, too.
pub(super) async fn take(
    State(newsroom): State<Newsroom>,
    Path(token): Path<String>,
    request: Request,
) -> Response<Body> {
    answer(newsroom, request, "unsubscribe", async move |ask| {
        let left = readers::leave(&ask.newsroom, &token, ask.form.one("all") == "yes").await?;
        let language = match &left {
            Left::Done { language, .. } => language.clone(),
            Left::Noted | Left::Full | Left::Broken => None,
        };
        ask.told(language.as_ref(), Said::Left(left, token)).await
    })
    .await
}
