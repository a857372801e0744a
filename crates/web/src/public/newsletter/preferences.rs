//! Preferences by the link in every mail: what comes, a pause, everything that is kept, being forgotten.

use app::{
    Error, Newsroom,
    pages::readers::{Said, Told, preferences},
    readers::{self, After, Change, Opened, PAUSES, Pause, Saved, at},
};
use axum::{
    body::Body,
    extract::{Path, Request, State},
};
use http::{HeaderName, HeaderValue, Response, header};
use model::{Language, MailForm, Week};

use super::{Ask, answer, redirect};

/// `GET /-/newsletter/preferences/{token}`.
pub(super) async fn show(
    State(newsroom): State<Newsroom>,
    Path(token): Path<String>,
    request: Request,
) -> Response<Body> {
    answer(newsroom, request, "preferences", async move |ask| page(&ask, &token, Told::Nothing).await).await
}

async fn page(ask: &Ask, token: &str, told: Told) -> Result<Response<Body>, Error> {
    match readers::preferences(&ask.newsroom, token).await? {
        Opened::Yes(opened) => {
            let path = at::preferences(token);
            Ok(ask.page(&preferences(&ask.newsroom, &path, token, &opened, told).await?))
        }
        other => not(ask, &other).await,
    }
}

/// What is said when there is nothing to open.
async fn not<T>(ask: &Ask, opened: &Opened<T>) -> Result<Response<Body>, Error> {
    let said = match opened {
        Opened::Expired => Said::PreferencesExpired,
        Opened::Broken => Said::Broken,
        Opened::Closed => Said::Closed,
        Opened::Gone | Opened::Yes(_) => Said::Gone,
    };
    ask.told(None, said).await
}

/// `POST /-/newsletter/preferences/{token}`.
pub(super) async fn save(
    State(newsroom): State<Newsroom>,
    Path(token): Path<String>,
    request: Request,
) -> Response<Body> {
    answer(newsroom, request, "preferences", async move |ask| {
        let change = change(&ask);
        match readers::save(&ask.newsroom, &token, &change).await? {
            Opened::Yes(Saved::Changed(saved)) => {
                let path = at::preferences(&token);
                Ok(ask.page(&preferences(&ask.newsroom, &path, &token, &saved, Told::Saved).await?))
            }
            Opened::Yes(Saved::Left(language)) => ask.told(Some(&language), Said::Erased(After::Fingerprint)).await,
            other => not(&ask, &other).await,
        }
    })
    .await
}

fn change(ask: &Ask) -> Change {
    let form = &ask.form;
    let now = Week::of(ask.newsroom.clock().now());
    let pause = match form.one("pause") {
        "none" => Some(Pause::None),
        "open" => Some(Pause::Open),
        weeks => {
            let weeks = weeks.parse().ok().filter(|weeks| PAUSES.contains(weeks));
            // It ends with the beginning of a week: so many whole ones pass.
            weeks.map(|weeks| Pause::Until(Week(now.0 + weeks)))
        }
    };
    Change {
        newsletters: form.all("newsletter").map(str::to_owned).collect(),
        language: form.some("language").and_then(|tag| Language::new(tag).ok()),
        form: MailForm::parse(form.one("form")).unwrap_or(MailForm::Full),
        neutral: form.ticked("neutral"),
        pause,
    }
}

/// `GET /-/newsletter/preferences/{token}/…`: somebody loaded the answer to a form anew.
pub(super) async fn back(Path(token): Path<String>) -> Response<Body> {
    redirect(&at::preferences(&token))
}

/// `POST /-/newsletter/preferences/{token}/export`: a file.
pub(super) async fn export(
    State(newsroom): State<Newsroom>,
    Path(token): Path<String>,
    request: Request,
) -> Response<Body> {
    answer(newsroom, request, "export", async move |ask| match readers::export(&ask.newsroom, &token).await? {
        Opened::Yes(told) => {
            let mut response = Response::new(Body::from(serde_json::to_vec_pretty(&told)?));
            for (name, value) in [
                (header::CONTENT_TYPE, "application/json"),
                (header::CACHE_CONTROL, "no-store"),
                (header::CONTENT_DISPOSITION, "attachment; filename=\"newsletter.json\""),
                (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
                (header::REFERRER_POLICY, "no-referrer"),
                (HeaderName::from_static("x-robots-tag"), "noindex"),
            ] {
                response.headers_mut().insert(name, HeaderValue::from_static(value));
            }
            Ok(response)
        }
        other => not(&ask, &other).await,
    })
    .await
}

/// `POST /-/newsletter/preferences/{token}/erase`.
pub(super) async fn erase(
    State(newsroom): State<Newsroom>,
    Path(token): Path<String>,
    request: Request,
) -> Response<Body> {
    answer(newsroom, request, "erase", async move |ask| {
        if !ask.form.ticked("sure") {
            return page(&ask, &token, Told::NotSure).await;
        }
        let after = After::parse(ask.form.one("after")).unwrap_or(After::Fingerprint);
        match readers::erase(&ask.newsroom, &token, after, ask.host().as_deref()).await? {
            Opened::Yes(erased) => ask.told(Some(&erased.language), Said::Erased(erased.after)).await,
            other => not(&ask, &other).await,
        }
    })
    .await
}
