//! Signing up, and asking for the link to one's preferences.

use app::{
    Newsroom,
    pages::readers::Said,
    readers::{self, SignUpForm, SignedUp, at},
};
use axum::{
    body::Body,
    extract::{Request, State},
};
use http::Response;
use model::Language;

use super::{Ask, answer, redirect};

/// `GET /-/newsletter/sign-up`: somebody loaded the answer to their form anew.
pub(super) async fn show(State(newsroom): State<Newsroom>, request: Request) -> Response<Body> {
    answer(newsroom, request, "sign-up form", async move |ask| {
        let settings = ask.newsroom.settings().await?;
        let language = ask.language().await?.unwrap_or_else(|| settings.language.clone());
        Ok(redirect(&format!("{}/newsletter/", settings.prefix(&language))))
    })
    .await
}

/// `POST /-/newsletter/sign-up`.
pub(super) async fn take(State(newsroom): State<Newsroom>, request: Request) -> Response<Body> {
    answer(newsroom, request, "sign-up", async move |ask| {
        let form = form(&ask);
        let signed = readers::sign_up(&ask.newsroom, &form, ask.host().as_deref()).await?;
        let said = match signed {
            SignedUp::Sent { until } => Said::Sent(until),
            SignedUp::Step(step) => Said::Step(step, form, at::SIGN_UP),
            SignedUp::Busy => Said::Busy,
            SignedUp::Wrong(wrong) => Said::Wrong(wrong, form),
            SignedUp::Closed => Said::Closed,
            SignedUp::Unready => Said::Unready,
        };
        ask.told(None, said).await
    })
    .await
}

/// `GET /-/newsletter/link`.
pub(super) async fn show_link(State(newsroom): State<Newsroom>, request: Request) -> Response<Body> {
    answer(newsroom, request, "link form", async move |ask| ask.told(None, Said::AskLink).await).await
}

/// `POST /-/newsletter/link`.
pub(super) async fn take_link(State(newsroom): State<Newsroom>, request: Request) -> Response<Body> {
    answer(newsroom, request, "link", async move |ask| {
        let form = form(&ask);
        let said = match readers::ask_link(&ask.newsroom, &form, ask.host().as_deref()).await? {
            SignedUp::Sent { .. } => Said::LinkSent,
            SignedUp::Step(step) => Said::Step(step, form, at::LINK),
            SignedUp::Busy => Said::Busy,
            SignedUp::Wrong(wrong) => Said::WrongLink(wrong),
            SignedUp::Closed => Said::Closed,
            SignedUp::Unready => Said::Unready,
        };
        ask.told(None, said).await
    })
    .await
}

fn form(ask: &Ask) -> SignUpForm {
    let form = &ask.form;
    let carried = form.some("ticket").map(|ticket| (ticket.to_owned(), form.one("proof").trim().to_owned()));
    SignUpForm {
        address: form.one("address").to_owned(),
        newsletters: form.all("newsletter").map(str::to_owned).collect(),
        language: form.some("language").and_then(|tag| Language::new(tag).ok()),
        trap: form.one("website").to_owned(),
        carried,
    }
}
