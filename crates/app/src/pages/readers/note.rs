//! What a form or a link led to, in words.

mod words;

use http::StatusCode;
use model::{Language, Week};
use theme::{
    Page,
    context::{NotePage, SignUpBox},
};

use super::{open, print, shell, sign_up::whole};
use crate::{
    Newsroom,
    cache::Prepared,
    error::Error,
    pages::reading::Reading,
    readers::{After, Confirmed, Confirming, Leaving, Left, Never, SignUpForm, Step, Wrong, at},
    support::contributions::at as giving,
};
pub(in crate::pages) use words::Words;

/// What is to be told.
#[derive(Debug, Clone)]
pub enum Said {
    /// A mail that asks to confirm is on its way, if one may be.
    Sent(Week),
    /// A mail with a link is on its way, if one may be.
    LinkSent,
    /// The form has to come again.
    Step(Step, SignUpForm, &'static str),
    /// Nobody is signed up for some minutes.
    Busy,
    /// Something of the form can't be used.
    Wrong(Wrong, SignUpForm),
    /// Something of the form that asks for a link can't be used.
    WrongLink(Wrong),
    /// The form that asks for a link.
    AskLink,
    /// The form that asks for the link to what one gives.
    AskGiverLink,
    /// Something of that form can't be used.
    WrongGiverLink(Wrong),
    /// A link to what one gives opens nothing.
    GivingGone,
    /// Somebody comes back from the page on which they change how they pay.
    GivingBack,
    /// Everything about a giver is erased.
    GivingErased,
    /// The keys are away.
    Closed,
    /// The newsroom has not said where it is.
    Unready,
    /// A link to confirm was opened.
    Confirming(Confirming, String),
    /// Its button was pressed.
    Confirmed(Confirmed),
    /// A link never to be written to was opened.
    AskNever(Confirming, String),
    /// Its button was pressed.
    Never(Never),
    /// A link to leave was opened.
    Leaving(Leaving, String),
    /// Its button was pressed.
    Left(Left, String),
    /// The link to preferences is too old.
    PreferencesExpired,
    /// Nobody has these preferences any more.
    Gone,
    /// A link is none of ours, or cut.
    Broken,
    /// Everything is deleted.
    Erased(After),
}

/// The page that tells it. `path` is where it stands, and `language` the one that the reader is known to read.
///
/// # Errors
/// When the database or the theme fails.
pub async fn note(newsroom: &Newsroom, path: &str, language: Option<&Language>, said: Said) -> Result<Prepared, Error> {
    let mut reading = open(newsroom, path, language).await?;
    let (status, page) = write(&mut reading, said).await?;
    let shell = shell(&mut reading, &page.title).await?;
    print(reading, status, Page::Note(NotePage { shell, ..page })).await
}

/// The page but for what stands around it, and its status.
async fn write(reading: &mut Reading, said: Said) -> Result<Answer, Error> {
    let words = Words { reading };
    Ok(match said {
        Said::Sent(until) => fine(words.sent(until)),
        Said::LinkSent => fine(words.link_sent()),
        Said::Step(step, form, action) => fine(words.step(&step, &form, action)),
        Said::Busy => (StatusCode::TOO_MANY_REQUESTS, words.busy()),
        Said::Wrong(wrong, form) => (StatusCode::UNPROCESSABLE_ENTITY, wrong_form(reading, wrong, form).await?),
        Said::WrongLink(wrong) => (StatusCode::UNPROCESSABLE_ENTITY, words.wrong_link(wrong)),
        Said::AskLink => fine(words.ask_link("note-link", "note-link-text", at::LINK)),
        Said::AskGiverLink => fine(words.ask_link("giving-link", "giving-link-text", giving::LINK)),
        Said::WrongGiverLink(wrong) => (StatusCode::UNPROCESSABLE_ENTITY, words.wrong_giver_link(wrong)),
        Said::GivingGone => (StatusCode::NOT_FOUND, words.ask_link("giving-gone", "giving-gone-text", giving::LINK)),
        Said::GivingBack => fine(words.ask_link("giving-back", "giving-back-text", giving::LINK)),
        Said::GivingErased => fine(words.plain("giving-erased")),
        Said::PreferencesExpired => fine(words.ask_link("note-expired", "note-preferences-expired-text", at::LINK)),
        Said::Closed => words.closed(),
        Said::Unready => (StatusCode::SERVICE_UNAVAILABLE, words.plain("note-unready")),
        Said::Gone => fine(words.plain("note-gone")),
        Said::Broken => words.broken(),
        Said::Confirming(confirming, token) => confirming_page(reading, confirming, &token).await?,
        Said::Confirmed(Confirmed::Done { names, sender, .. }) => fine(words.confirmed(&names, &sender)),
        Said::Confirmed(Confirmed::Not(confirming)) => confirming_page(reading, confirming, "").await?,
        Said::AskNever(confirming, token) => words.ask_never(confirming, &token),
        Said::Never(Never::Done(_)) => fine(words.plain("note-never-done")),
        Said::Never(Never::Not(confirming)) => words.ask_never(confirming, ""),
        Said::Leaving(leaving, token) => words.leaving(leaving, &token),
        Said::Left(left, token) => words.left(left, &token),
        Said::Erased(after) => fine(words.erased(after)),
    })
}

/// A page with its status.
type Answer = (StatusCode, NotePage);

fn fine(page: NotePage) -> Answer {
    (StatusCode::OK, page)
}

/// The form again, with what was typed and what is wrong with it.
async fn wrong_form(reading: &mut Reading, wrong: Wrong, form: SignUpForm) -> Result<NotePage, Error> {
    let all = store::newsletter_all(&mut reading.tx).await?;
    let sign_up = whole(reading, &all, &form.newsletters).await?;
    let words = Words { reading };
    let said = Some(words.wrong(wrong));
    let sign_up = sign_up.map(|sign_up| SignUpBox { wrong: said, address: form.address, ..sign_up });
    Ok(NotePage { sign_up, ..words.page("sign-up", Vec::new()) })
}

async fn confirming_page(reading: &mut Reading, confirming: Confirming, token: &str) -> Result<Answer, Error> {
    match confirming {
        Confirming::Ask { address, names, .. } => Ok(fine(Words { reading }.confirm(address, &names, token))),
        Confirming::Expired { address, newsletters, .. } => {
            let all = store::newsletter_all(&mut reading.tx).await?;
            let sign_up = whole(reading, &all, &newsletters).await?;
            let sign_up = sign_up.map(|sign_up| SignUpBox { address, ..sign_up });
            Ok(fine(NotePage { sign_up, ..Words { reading }.plain("note-expired") }))
        }
        Confirming::Broken => Ok(Words { reading }.broken()),
        Confirming::Closed => Ok(Words { reading }.closed()),
    }
}
