//! Webhooks: whom the newsroom tells what became of a story, and how that went.

use app::connections::webhooks::{self, NewWebhook, OFF_AFTER_DAYS, Shown};
use axum::body::Body;
use http::{Response, StatusCode};
use model::{Timestamp, WebhookEvent, WebhookId, WebhookMessageId};
use serde::Serialize;

use crate::desk::{answer::done, ask::Ask, refused::Refused};

const HERE: &str = "/desk/connections/webhooks";

#[derive(Serialize)]
struct Page {
    hooks: Vec<Hook>,
    events: Vec<&'static str>,
    /// After so many days without an answer a webhook is switched off.
    days: i64,
    /// One that was just made: its secret is shown once.
    made: Option<Made>,
    /// What was typed into a form that was refused.
    wrong: Option<String>,
    url: String,
    chosen: Vec<&'static str>,
}

#[derive(Serialize)]
struct Made {
    url: String,
    secret: String,
}

#[derive(Serialize)]
struct Hook {
    id: WebhookId,
    url: String,
    events: Vec<&'static str>,
    active: bool,
    made_by: String,
    made_at: i64,
    failing_since: Option<i64>,
    last: Option<String>,
    messages: Vec<Message>,
}

#[derive(Serialize)]
struct Message {
    id: WebhookMessageId,
    event: &'static str,
    state: &'static str,
    attempts: i64,
    made_at: i64,
    last_at: Option<i64>,
    last: Option<String>,
}

fn hook(shown: Shown) -> Hook {
    let Shown { webhook, messages } = shown;
    let message = |one: model::WebhookMessage| Message {
        id: one.id,
        event: one.event.as_str(),
        state: one.state.as_str(),
        attempts: one.attempts,
        made_at: one.made_at.as_millis(),
        last_at: one.last_at.map(Timestamp::as_millis),
        last: one.last,
    };
    Hook {
        id: webhook.id,
        url: webhook.url,
        events: webhook.events.into_iter().map(WebhookEvent::as_str).collect(),
        active: webhook.active,
        made_by: webhook.made_by,
        made_at: webhook.made_at.as_millis(),
        failing_since: webhook.failing_since.map(Timestamp::as_millis),
        last: webhook.last,
        messages: messages.into_iter().map(message).collect(),
    }
}

/// What the form for a new one shows.
#[derive(Default)]
struct Typed {
    url: String,
    events: Vec<WebhookEvent>,
    wrong: Option<String>,
}

/// `GET /desk/connections/webhooks`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    let typed = Typed { events: WebhookEvent::STORIES.to_vec(), ..Typed::default() };
    page(&ask, None, typed).await
}

async fn page(ask: &Ask, made: Option<Made>, typed: Typed) -> Result<Response<Body>, Refused> {
    let all = webhooks::list(ask.newsroom(), ask.staff()?).await?;
    let refused = typed.wrong.is_some();
    let page = Page {
        hooks: all.into_iter().map(hook).collect(),
        events: WebhookEvent::STORIES.into_iter().map(WebhookEvent::as_str).collect(),
        days: OFF_AFTER_DAYS,
        made,
        wrong: typed.wrong,
        url: typed.url,
        chosen: typed.events.into_iter().map(WebhookEvent::as_str).collect(),
    };
    let mut response = ask.render("webhooks.html", "api", page)?;
    if refused {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// `POST /desk/connections/webhooks`: the secret is shown on the page that answers, and nowhere again.
pub(in crate::desk) async fn make(ask: Ask) -> Result<Response<Body>, Refused> {
    let form = ask.form();
    let events: Vec<WebhookEvent> = form.all("event").filter_map(WebhookEvent::parse).collect();
    let new = NewWebhook { url: form.one("url").trim().to_owned(), events };
    let all = WebhookEvent::STORIES.to_vec();
    match webhooks::make(ask.newsroom(), ask.staff()?, &new).await {
        Ok(webhook) => {
            let made = Made { url: webhook.url, secret: webhook.secret.reveal().to_owned() };
            page(&ask, Some(made), Typed { events: all, ..Typed::default() }).await
        }
        Err(app::Error::Refused(why)) => {
            page(&ask, None, Typed { url: new.url, events: new.events, wrong: Some(why) }).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /desk/connections/webhooks/{id}/ping`.
pub(in crate::desk) async fn ping(ask: Ask) -> Result<Response<Body>, Refused> {
    webhooks::ping(ask.newsroom(), ask.staff()?, ask.id("id")?).await?;
    Ok(done(HERE, "ping-sent"))
}

/// `POST /desk/connections/webhooks/{id}/switch`: on with `on=1`, else off.
pub(in crate::desk) async fn switch(ask: Ask) -> Result<Response<Body>, Refused> {
    let on = ask.form().one("on") == "1";
    webhooks::switch(ask.newsroom(), ask.staff()?, ask.id("id")?, on).await?;
    Ok(done(HERE, if on { "webhook-on" } else { "webhook-off" }))
}

/// `POST /desk/connections/webhooks/{id}/remove`.
pub(in crate::desk) async fn remove(ask: Ask) -> Result<Response<Body>, Refused> {
    webhooks::remove(ask.newsroom(), ask.staff()?, ask.id("id")?).await?;
    Ok(done(HERE, "webhook-removed"))
}

/// `POST /desk/connections/webhooks/messages/{id}/again`.
pub(in crate::desk) async fn again(ask: Ask) -> Result<Response<Body>, Refused> {
    webhooks::again(ask.newsroom(), ask.staff()?, ask.id("id")?).await?;
    Ok(done(HERE, "message-again"))
}
