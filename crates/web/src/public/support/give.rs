//! Giving: the form filled in, taken, and coming back from the gateway.

use app::{
    Error, Newsroom,
    pages::giving::{self, Hindrance, Refused, Wanted},
    readers::{SignUpForm, SignedUp},
    support::contributions::{self, Begun, GiveForm},
};
use axum::{
    body::Body,
    extract::{Path, Request, State},
};
use http::Response;
use model::{Frequency, Language, Money, VariantId};

use crate::{
    desk::Form,
    public::newsletter::{Ask, answer, redirect},
};

/// `GET /-/support/form/LANGUAGE`: what the short form chose, in the long one, behind the question of who may give.
pub(super) async fn form(
    State(newsroom): State<Newsroom>,
    Path(language): Path<String>,
    request: Request,
) -> Response<Body> {
    answer(newsroom, request, "support form", async move |ask| {
        let query = ask.uri.query().unwrap_or_default();
        let fields = Form::parse(query.as_bytes());
        let spoken = ask.newsroom.settings().await?.languages;
        let language = spoken.into_iter().find(|one| one.as_str().eq_ignore_ascii_case(&language));
        let form = GiveForm { language, ..short(&fields) };
        let refused = if fields.one("gate") == "no" {
            Refused::Nothing
        } else {
            let joint = if query.is_empty() { "" } else { "&" };
            Refused::First(format!("{}?{query}{joint}gate=no", ask.uri.path()))
        };
        page(&ask, Wanted { form, refused }).await
    })
    .await
}

/// `GET /-/support/give`: somebody loaded the answer to their form anew.
pub(super) async fn back(State(newsroom): State<Newsroom>, request: Request) -> Response<Body> {
    answer(newsroom, request, "support form", async move |ask| {
        let settings = ask.newsroom.settings().await?;
        let language = ask.language().await?.unwrap_or_else(|| settings.language.clone());
        Ok(redirect(&format!("{}/support/", settings.prefix(&language))))
    })
    .await
}

/// The short form's fields: its amount is written with decimals, as people write it.
fn short(query: &Form) -> GiveForm {
    let typed = read(query);
    let currency = model::Currency::parse(&typed.currency);
    let amount = currency.and_then(|currency| Money::parse(query.one("amount"), currency).ok());
    // One that the long form does not offer is typed in as another.
    GiveForm {
        chosen: amount.map(|money| money.minor.to_string()).unwrap_or_default(),
        other: String::new(),
        quiet: true,
        ..typed
    }
}

/// `POST /-/support/give`.
pub(super) async fn give(State(newsroom): State<Newsroom>, request: Request) -> Response<Body> {
    answer(newsroom, request, "contribution", async move |ask| {
        let form = read(&ask.form);
        let begun = contributions::begin(&ask.newsroom, &form, ask.host().as_deref()).await?;
        let language = ask.language().await?;
        let path = ask.uri.path();
        Ok(match begun {
            Begun::At(page) if page.starts_with('/') => redirect(&page),
            Begun::At(page) => ask.page(&giving::going(&ask.newsroom, path, language.as_ref(), &page).await?),
            Begun::Step(step) => return self::page(&ask, Wanted { form, refused: Refused::Step(step) }).await,
            Begun::Wrong(wrong) => return self::page(&ask, Wanted { form, refused: Refused::Wrong(wrong) }).await,
            Begun::Shut => return self::page(&ask, Wanted { form, refused: Refused::Nothing }).await,
            Begun::Busy => crate::refuse::busy(),
            Begun::Closed => away(&ask, Hindrance::Keys).await?,
            Begun::Away => away(&ask, Hindrance::Gateway).await?,
            Begun::Unready => away(&ask, Hindrance::Address).await?,
        })
    })
    .await
}

async fn away(ask: &Ask, hindrance: Hindrance) -> Result<Response<Body>, Error> {
    let language = ask.language().await?;
    Ok(ask.page(&giving::away(&ask.newsroom, ask.uri.path(), language.as_ref(), hindrance).await?))
}

async fn page(ask: &Ask, wanted: Wanted) -> Result<Response<Body>, Error> {
    let language = match &wanted.form.language {
        Some(language) => Some(language.clone()),
        None => ask.language().await?,
    };
    Ok(ask.page(&giving::filled(&ask.newsroom, ask.uri.path(), language.as_ref(), &wanted).await?))
}

fn read(form: &Form) -> GiveForm {
    let frequency = form.one("frequency").to_owned();
    let known = Frequency::parse(&frequency).map(Frequency::as_str).unwrap_or_default();
    let carried = form.some("ticket").map(|ticket| (ticket.to_owned(), form.one("proof").trim().to_owned()));
    GiveForm {
        chosen: form.one(&format!("amount-{known}")).to_owned(),
        frequency,
        currency: form.one("currency").to_owned(),
        other: form.one("other").to_owned(),
        cover: form.ticked("cover"),
        quiet: form.ticked("quiet"),
        gateway: form.one("gateway").to_owned(),
        address: form.one("address").to_owned(),
        message: form.one("message").to_owned(),
        language: form.some("language").and_then(|tag| Language::new(tag).ok()),
        variant: form.some("variant").and_then(|id| id.parse().ok()).map(VariantId),
        trap: form.one("website").to_owned(),
        carried,
    }
}

/// `GET /-/support/thanks/TOKEN`: coming back proves nothing; what the gateway said is told.
pub(super) async fn thanks(
    State(newsroom): State<Newsroom>,
    Path(token): Path<String>,
    request: Request,
) -> Response<Body> {
    answer(newsroom, request, "coming back", async move |ask| {
        match contributions::came_back(&ask.newsroom, &token).await? {
            Some(back) => {
                // Gateways add words of their own.
                let quiet = Form::parse(ask.uri.query().unwrap_or_default().as_bytes()).one("quiet") == "1";
                Ok(ask.page(&giving::thanks(&ask.newsroom, ask.uri.path(), &back, quiet).await?))
            }
            None => super::manage::gone(&ask).await,
        }
    })
    .await
}

/// `GET /-/support/link`.
pub(super) async fn show_link(State(newsroom): State<Newsroom>, request: Request) -> Response<Body> {
    answer(newsroom, request, "giver's link form", async move |ask| {
        super::manage::told(&ask, app::pages::readers::Said::AskGiverLink).await
    })
    .await
}

/// `POST /-/support/link`.
pub(super) async fn take_link(State(newsroom): State<Newsroom>, request: Request) -> Response<Body> {
    use app::pages::readers::Said;
    answer(newsroom, request, "giver's link", async move |ask| {
        let carried = ask.form.some("ticket").map(|at| (at.to_owned(), ask.form.one("proof").trim().to_owned()));
        let form = SignUpForm {
            address: ask.form.one("address").to_owned(),
            language: ask.language().await?,
            trap: ask.form.one("website").to_owned(),
            carried,
            ..SignUpForm::default()
        };
        let said = match contributions::ask_link(&ask.newsroom, &form, ask.host().as_deref()).await? {
            SignedUp::Sent { .. } => Said::LinkSent,
            SignedUp::Step(step) => Said::Step(step, form, contributions::at::LINK),
            SignedUp::Busy => Said::Busy,
            SignedUp::Wrong(wrong) => Said::WrongGiverLink(wrong),
            SignedUp::Closed => Said::Closed,
            SignedUp::Unready => Said::Unready,
        };
        super::manage::told(&ask, said).await
    })
    .await
}
