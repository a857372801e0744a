//! The vault: whether the keys are here, what rests without them, locking, and destroying them together.

use app::vault::{self, Burn, Closed, Custody, HOURS_DEFAULT, HOURS_MAX, VaultState};
use axum::body::Body;
use http::Response;
use serde::Serialize;

use crate::desk::{answer::done, ask::Ask, refused::Refused};

#[derive(Serialize)]
struct Page {
    /// The key of the text that says why it is closed; `None` where it is open.
    closed: Option<&'static str>,
    /// Whether the keys are here and open nothing.
    seals_only: bool,
    /// Keys of what rests.
    rests: Vec<&'static str>,
    custody: Option<&'static str>,
    fingerprint: Option<String>,
    subscribers: i64,
    rotating: bool,
    burn: Option<Pending>,
    hours: u32,
    hours_max: u32,
}

#[derive(Serialize)]
struct Pending {
    asked_by: String,
    hours: u32,
    agreed_by: Option<String>,
    due: Option<i64>,
    /// Whether whoever looks can agree.
    may_agree: bool,
}

/// `GET /desk/vault`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    let state = ask.newsroom().vault();
    let stored = vault::stored(ask.newsroom()).await?;
    let me = ask.staff()?.handle.to_string();
    let page = Page {
        closed: match &*state {
            VaultState::Open(_) => None,
            VaultState::Closed(why) => Some(Closed::key(why)),
        },
        seals_only: state.keys().is_ok_and(|keys| !keys.can_open()),
        rests: state.closed_functions().iter().map(|function| function.key()).collect(),
        custody: stored.custody.map(Custody::as_str),
        fingerprint: stored.fingerprint,
        subscribers: stored.subscribers,
        rotating: stored.rotating,
        burn: vault::burn_pending(ask.newsroom()).await?.map(|burn| pending(burn, &me)),
        hours: HOURS_DEFAULT,
        hours_max: HOURS_MAX,
    };
    ask.render("vault.html", "vault", page)
}

fn pending(burn: Burn, me: &str) -> Pending {
    Pending {
        may_agree: burn.agreed.is_none() && burn.asked_by != me,
        asked_by: burn.asked_by,
        hours: burn.hours,
        due: burn.agreed.as_ref().map(|(_, due)| due.as_millis()),
        agreed_by: burn.agreed.map(|(who, _)| who),
    }
}

/// `POST /desk/vault/lock`.
pub(in crate::desk) async fn lock(ask: Ask) -> Result<Response<Body>, Refused> {
    vault::lock(ask.newsroom(), ask.staff()?.handle.as_str()).await?;
    Ok(done("/desk/vault", "vault-locked"))
}

/// `POST /desk/vault/burn`: asks for it.
pub(in crate::desk) async fn burn_ask(ask: Ask) -> Result<Response<Body>, Refused> {
    let hours = ask.form().read("hours", |text| text.trim().parse::<u32>().ok())?;
    vault::burn_ask(ask.newsroom(), ask.staff()?, hours).await?;
    Ok(done("/desk/vault", "burn-asked"))
}

/// `POST /desk/vault/burn/agree`.
pub(in crate::desk) async fn burn_agree(ask: Ask) -> Result<Response<Body>, Refused> {
    vault::burn_agree(ask.newsroom(), ask.staff()?).await?;
    Ok(done("/desk/vault", "burn-agreed"))
}

/// `POST /desk/vault/burn/cancel`.
pub(in crate::desk) async fn burn_cancel(ask: Ask) -> Result<Response<Body>, Refused> {
    vault::burn_cancel(ask.newsroom(), ask.staff()?).await?;
    Ok(done("/desk/vault", "burn-cancelled"))
}
