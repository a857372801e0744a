//! Asking to be reminded, by mail or by a calendar file, and what the links of a reminder open. A mailbox's own button
//! (RFC 8058) stops one: its POST has no cookie, and is answered with 200 at once.

use app::{
    Error, Newsroom,
    pages::support::{Said, Typed, calendar_entry, note, wrong},
    support::reminders::{
        self, AskForm, Asked, Calendar, Confirmed, Confirming, Opened, Plan, Stopped, Stopping, TIMES, Wrong, at,
    },
};
use axum::{
    body::Body,
    extract::{Path, Request, State},
};
use http::{HeaderName, HeaderValue, Response, header};
use model::Language;

use crate::public::newsletter::{Ask, answer, redirect};

/// `GET /-/support/remind`: somebody loaded the answer to their form anew.
pub(super) async fn show(State(newsroom): State<Newsroom>, request: Request) -> Response<Body> {
    answer(newsroom, request, "reminder form", async move |ask| {
        let settings = ask.newsroom.settings().await?;
        let language = ask.language().await?.unwrap_or_else(|| settings.language.clone());
        Ok(redirect(&format!("{}/{}", settings.prefix(&language), at::PAGE)))
    })
    .await
}

/// `POST /-/support/remind`.
pub(super) async fn take(State(newsroom): State<Newsroom>, request: Request) -> Response<Body> {
    answer(newsroom, request, "reminder", async move |ask| {
        let form = form(&ask);
        let said = match reminders::ask(&ask.newsroom, &form, ask.host().as_deref()).await? {
            Asked::Sent { until } => Said::Sent(until),
            Asked::Step(step) => Said::Step(step, form),
            Asked::Busy => Said::Busy,
            Asked::Wrong(why) => return again_with(&ask, form, why).await,
            Asked::Closed => Said::Closed,
            Asked::Elsewhere => Said::Elsewhere,
            Asked::Unready => Said::Unready,
            Asked::Withdrawn => Said::Withdrawn,
        };
        told(&ask, None, said).await
    })
    .await
}

/// The form again, with what was typed.
async fn again_with(ask: &Ask, form: AskForm, why: Wrong) -> Result<Response<Body>, Error> {
    let language = ask.language().await?;
    let prepared = wrong(&ask.newsroom, ask.uri.path(), language.as_ref(), &Typed(form, why)).await?;
    Ok(ask.page(&prepared))
}

/// A page that tells what came of it.
async fn told(ask: &Ask, language: Option<&Language>, said: Said) -> Result<Response<Body>, Error> {
    let own = match language {
        Some(language) => Some(language.clone()),
        None => ask.language().await?,
    };
    let prepared = note(&ask.newsroom, ask.uri.path(), own.as_ref(), said).await?;
    Ok(ask.page(&prepared))
}

fn form(ask: &Ask) -> AskForm {
    let form = &ask.form;
    let carried = form.some("ticket").map(|ticket| (ticket.to_owned(), form.one("proof").trim().to_owned()));
    AskForm {
        address: form.one("address").to_owned(),
        month: form.one("month").to_owned(),
        day: form.one("day").to_owned(),
        every: form.one("every").to_owned(),
        language: form.some("language").and_then(|tag| Language::new(tag).ok()),
        neutral: form.ticked("neutral"),
        trap: form.one("website").to_owned(),
        carried,
    }
}

/// `POST /-/support/remind/calendar`: a file. An address that was typed beside it is not read.
pub(super) async fn calendar(State(newsroom): State<Newsroom>, request: Request) -> Response<Body> {
    answer(newsroom, request, "calendar file", async move |ask| {
        let form = AskForm { address: String::new(), ..form(&ask) };
        if !reminders::offered(&mut ask.newsroom.store().read().await?).await? {
            return told(&ask, None, Said::Withdrawn).await;
        }
        let today = reminders::today(&ask.newsroom).await?;
        let plan = match Plan::parse(&form.month, &form.day, &form.every, today) {
            Ok(plan) => plan,
            Err(why) => return again_with(&ask, form, Wrong::Plan(why)).await,
        };
        let hour = ask.form.some("hour").and_then(|hour| hour.parse().ok()).filter(|hour| TIMES.contains(hour));
        let (host, language) = (ask.host(), ask.language().await?);
        let (entry, zone) =
            calendar_entry(&ask.newsroom, language.as_ref(), plan, hour, form.neutral, host.as_deref()).await?;
        let now = ask.newsroom.clock().now();
        Ok(file(Calendar { entry: &entry, zone: &zone, now }.write()))
    })
    .await
}

fn file(text: String) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    for (name, value) in [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"reminder.ics\""),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("x-robots-tag"), "noindex"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// The language that somebody chose when they asked.
fn chosen(confirming: &Confirming) -> Option<Language> {
    match confirming {
        Confirming::Ask { language, .. } | Confirming::Expired(language) => Some(language.clone()),
        Confirming::Broken | Confirming::Closed | Confirming::Withdrawn => None,
    }
}

/// `GET /-/support/remind/confirm/{token}`: the question.
pub(super) async fn show_confirm(
    State(newsroom): State<Newsroom>,
    Path(token): Path<String>,
    request: Request,
) -> Response<Body> {
    answer(newsroom, request, "reminder confirm", async move |ask| {
        let confirming = reminders::confirming(&ask.newsroom, &token).await?;
        told(&ask, chosen(&confirming).as_ref(), Said::Confirming(confirming, token)).await
    })
    .await
}

/// `POST /-/support/remind/confirm/{token}`: yes.
pub(super) async fn take_confirm(
    State(newsroom): State<Newsroom>,
    Path(token): Path<String>,
    request: Request,
) -> Response<Body> {
    answer(newsroom, request, "reminder confirm", async move |ask| {
        let confirmed = reminders::confirm(&ask.newsroom, &token).await?;
        let language = match &confirmed {
            Confirmed::Done(_, language) | Confirmed::Many(language) => Some(language.clone()),
            Confirmed::Not(confirming) => chosen(confirming),
        };
        told(&ask, language.as_ref(), Said::Confirmed(confirmed)).await
    })
    .await
}

/// What is said where a link opens nothing.
fn not<T>(opened: &Opened<T>) -> Said {
    match opened {
        Opened::Expired => Said::Expired,
        Opened::Closed => Said::Closed,
        Opened::Broken | Opened::Yes(_) => Said::Broken,
    }
}

/// `GET /-/support/remind/own/{token}`: what can be done about a reminder.
pub(super) async fn show_own(
    State(newsroom): State<Newsroom>,
    Path(token): Path<String>,
    request: Request,
) -> Response<Body> {
    answer(newsroom, request, "own reminder", async move |ask| match reminders::opened(&ask.newsroom, &token).await? {
        Opened::Yes(own) => {
            let language = own.language.clone();
            told(&ask, Some(&language), Said::Own(own, token)).await
        }
        other => told(&ask, None, not(&other)).await,
    })
    .await
}

/// `GET /-/support/remind/own/{token}/…`: somebody loaded the answer to a form anew.
pub(super) async fn back(Path(token): Path<String>) -> Response<Body> {
    redirect(&at::own(&token))
}

/// `POST /-/support/remind/own/{token}/again`.
pub(super) async fn again(
    State(newsroom): State<Newsroom>,
    Path(token): Path<String>,
    request: Request,
) -> Response<Body> {
    answer(newsroom, request, "reminder again", async move |ask| {
        let months = ask.form.one("months").trim().parse().unwrap_or_default();
        match reminders::again(&ask.newsroom, &token, months).await? {
            Opened::Yes(again) => {
                let language = again.language.clone();
                told(&ask, Some(&language), Said::Again(again)).await
            }
            other => told(&ask, None, not(&other)).await,
        }
    })
    .await
}

/// `POST /-/support/remind/own/{token}/erase`.
pub(super) async fn erase(
    State(newsroom): State<Newsroom>,
    Path(token): Path<String>,
    request: Request,
) -> Response<Body> {
    answer(newsroom, request, "reminder erase", async move |ask| {
        match reminders::erase(&ask.newsroom, &token).await? {
            Opened::Yes(erased) => told(&ask, Some(&erased.language), Said::Erased).await,
            other => told(&ask, None, not(&other)).await,
        }
    })
    .await
}

/// `GET /-/support/remind/stop/{token}`: the question. Programs that follow every link get no further.
pub(super) async fn show_stop(
    State(newsroom): State<Newsroom>,
    Path(token): Path<String>,
    request: Request,
) -> Response<Body> {
    answer(newsroom, request, "reminder stop", async move |ask| {
        let stopping = reminders::stopping(&ask.newsroom, &token).await?;
        let language = match &stopping {
            Stopping::Ask(language) => language.clone(),
            Stopping::Gone | Stopping::Expired | Stopping::Broken => None,
        };
        told(&ask, language.as_ref(), Said::Stopping(stopping, token)).await
    })
    .await
}

/// `POST /-/support/remind/stop/{token}`. Whatever the form holds, it stops.
pub(super) async fn take_stop(
    State(newsroom): State<Newsroom>,
    Path(token): Path<String>,
    request: Request,
) -> Response<Body> {
    answer(newsroom, request, "reminder stop", async move |ask| {
        let stopped = reminders::stop(&ask.newsroom, &token).await?;
        let language = match &stopped {
            Stopped::Done(language) => language.clone(),
            Stopped::Noted | Stopped::Full | Stopped::Expired | Stopped::Broken => None,
        };
        told(&ask, language.as_ref(), Said::Stopped(stopped)).await
    })
    .await
}
