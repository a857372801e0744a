//! What somebody gives, by the link in their mails, and the sandbox's page.

use app::{
    Error, Newsroom,
    pages::{
        giving::{self, Did},
        readers::Said,
    },
    support::{
        contributions::{self, Managing, Wish, at},
        sandbox::{self, How, PageState},
    },
};
use axum::{
    body::Body,
    extract::{Path, Request, State},
};
use http::{HeaderValue, Response, StatusCode, header};
use model::Frequency;

use crate::{
    public::newsletter::{Ask, answer, redirect},
    refuse,
};

/// A page that tells what came of something.
pub(super) async fn told(ask: &Ask, said: Said) -> Result<Response<Body>, Error> {
    ask.told(None, said).await
}

/// The page for a link that opens nothing.
pub(super) async fn gone(ask: &Ask) -> Result<Response<Body>, Error> {
    told(ask, Said::GivingGone).await
}

/// `GET /-/support/manage/TOKEN`: changes nothing.
pub(super) async fn show(
    State(newsroom): State<Newsroom>,
    Path(token): Path<String>,
    request: Request,
) -> Response<Body> {
    answer(newsroom, request, "giving", async move |ask| page(&ask, &token, &Did::Nothing).await).await
}

async fn page(ask: &Ask, token: &str, did: &Did) -> Result<Response<Body>, Error> {
    let Some(managed) = contributions::open(&ask.newsroom, token).await? else { return gone(ask).await };
    Ok(ask.page(&giving::managing(&ask.newsroom, ask.uri.path(), token, &managed, did).await?))
}

/// `POST /-/support/manage/TOKEN`: `do` says what.
pub(super) async fn act(
    State(newsroom): State<Newsroom>,
    Path(token): Path<String>,
    request: Request,
) -> Response<Body> {
    answer(newsroom, request, "a giver's wish", async move |ask| match ask.form.one("do") {
        "change" => {
            let frequency = Frequency::parse(ask.form.one("frequency")).unwrap_or(Frequency::Monthly);
            let amount = ask.form.one("amount").to_owned();
            wish(&ask, &token, "change", &Wish::Change { amount, frequency }).await
        }
        "pause" => wish(&ask, &token, "pause", &Wish::Pause).await,
        "resume" => wish(&ask, &token, "resume", &Wish::Resume).await,
        "cancel" => wish(&ask, &token, "cancel", &Wish::Cancel).await,
        "method" => method(&ask, &token).await,
        "export" => export(&ask, &token).await,
        "erase" => erase(&ask, &token).await,
        _ => page(&ask, &token, &Did::Cannot).await,
    })
    .await
}

async fn wish(ask: &Ask, token: &str, name: &'static str, wish: &Wish) -> Result<Response<Body>, Error> {
    let did = match contributions::wish(&ask.newsroom, token, wish).await? {
        Managing::Done(()) => Did::Done(name),
        Managing::Gone => return gone(ask).await,
        Managing::Wrong(wrong) => Did::Wrong(wrong),
        Managing::Cannot => Did::Cannot,
        Managing::Away => Did::Away,
    };
    page(ask, token, &did).await
}

async fn method(ask: &Ask, token: &str) -> Result<Response<Body>, Error> {
    match contributions::method_page(&ask.newsroom, token, &ask.host().unwrap_or_default()).await? {
        Managing::Done(to) => {
            let language = ask.language().await?;
            Ok(ask.page(&giving::going(&ask.newsroom, ask.uri.path(), language.as_ref(), &to).await?))
        }
        Managing::Gone => gone(ask).await,
        Managing::Away => page(ask, token, &Did::Away).await,
        Managing::Wrong(_) | Managing::Cannot => page(ask, token, &Did::Cannot).await,
    }
}

/// `GET /-/support/back/LANGUAGE`: from the gateway's page on which a giver changes how they pay.
pub(super) async fn back(
    State(newsroom): State<Newsroom>,
    Path(language): Path<String>,
    request: Request,
) -> Response<Body> {
    answer(newsroom, request, "coming back from a change", async move |ask| {
        let spoken = ask.newsroom.settings().await?.languages;
        let language = spoken.into_iter().find(|one| one.as_str().eq_ignore_ascii_case(&language));
        ask.told(language.as_ref(), Said::GivingBack).await
    })
    .await
}

async fn export(ask: &Ask, token: &str) -> Result<Response<Body>, Error> {
    let Some(kept) = contributions::export(&ask.newsroom, token).await? else { return gone(ask).await };
    let mut response = Response::new(Body::from(serde_json::to_vec_pretty(&kept)?));
    for (name, value) in [
        (header::CONTENT_TYPE, "application/json; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"contribution.json\""),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}

async fn erase(ask: &Ask, token: &str) -> Result<Response<Body>, Error> {
    if !ask.form.ticked("sure") {
        return page(ask, token, &Did::Cannot).await;
    }
    match contributions::erase(&ask.newsroom, token).await? {
        Managing::Done(()) => told(ask, Said::GivingErased).await,
        Managing::Gone => gone(ask).await,
        Managing::Away => page(ask, token, &Did::Away).await,
        Managing::Wrong(_) | Managing::Cannot => page(ask, token, &Did::Cannot).await,
    }
}

/// `GET /-/support/sandbox/TOKEN/PAGE`; the token is the one with which the payer comes back.
pub(super) async fn show_sandbox(
    State(newsroom): State<Newsroom>,
    Path((_, id)): Path<(String, String)>,
    request: Request,
) -> Response<Body> {
    answer(newsroom, request, "sandbox", async move |ask| {
        let Some(page) = sandbox::shown(&ask.newsroom, &id).await? else { return Ok(nothing()) };
        Ok(ask.page(&giving::sandbox(&ask.newsroom, ask.uri.path(), &page, false).await?))
    })
    .await
}

/// `POST /-/support/sandbox/TOKEN/PAGE`.
pub(super) async fn take_sandbox(
    State(newsroom): State<Newsroom>,
    Path((thanks, id)): Path<(String, String)>,
    request: Request,
) -> Response<Body> {
    answer(newsroom, request, "sandbox", async move |ask| {
        let how = match ask.form.one("how") {
            "pay" => How::Pay,
            "later" => How::Later,
            _ => How::Refuse,
        };
        let Some(page) = sandbox::pay(&ask.newsroom, &id, how).await? else { return Ok(nothing()) };
        if page.state == PageState::Complete {
            return Ok(at::back_from_sandbox(&thanks).map_or_else(nothing, |back| redirect(&back)));
        }
        Ok(ask.page(&giving::sandbox(&ask.newsroom, ask.uri.path(), &page, how == How::Refuse).await?))
    })
    .await
}

fn nothing() -> Response<Body> {
    refuse::refusal(StatusCode::NOT_FOUND, "There is nothing at this address.")
}
