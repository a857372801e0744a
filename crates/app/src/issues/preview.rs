//! An issue as it would arrive, to be looked at. Nothing of it is kept.

use model::{Issue, IssueId, IssueState, Language, MailForm, Newsletter};
use render::Scheme;
use store::Tx;

use super::{
    Stop, found,
    letter::{Letter, Rendering, gather},
};
use crate::{Newsroom, error::Error};

/// In which form an issue is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// HTML.
    Html,
    /// Plain text.
    Text,
}

/// How an issue is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// HTML or plain text.
    pub form: Form,
    /// Whole, or headlines alone.
    pub mail: MailForm,
    /// With the dark colours.
    pub dark: bool,
    /// As it would run in a language of the other direction.
    pub turned: bool,
}

/// An issue as it would arrive; its personal links lead nowhere.
///
/// # Errors
/// [`crate::staff::Denial::Gone`].
pub async fn preview(newsroom: &Newsroom, id: IssueId, look: Look) -> Result<String, Error> {
    let letter = letter(newsroom, id, look).await?;
    let body = match look.form {
        // Links open beside the preview, not within it.
        Form::Html => letter.html.replacen("<head>", "<head><base target=\"_blank\">", 1),
        Form::Text => letter.text,
    };
    Ok(body)
}

async fn letter(newsroom: &Newsroom, id: IssueId, look: Look) -> Result<Letter, Error> {
    let mut tx = newsroom.store().read().await?;
    let (newsletter, issue) = found(&mut tx, id).await?;
    let gathered = gather(newsroom, &mut tx, &newsletter, &issue).await?;
    let other = match newsletter.language.direction() {
        model::Direction::Ltr => Language::new("fa").ok(),
        model::Direction::Rtl => Some(Language::english()),
    };
    // Pictures come from where it is looked at; a plain text shows the addresses that readers will see.
    let site = gathered.settings.address.as_ref().map(|address| format!("{address}/"));
    let root = match look.form {
        Form::Html => "/",
        Form::Text => site.as_deref().unwrap_or("/"),
    };
    let how = Rendering {
        form: look.mail,
        neutral: false,
        root,
        scheme: if look.dark { Scheme::Dark } else { Scheme::Light },
        language: other.filter(|_| look.turned),
        early: true,
        doors: ("#", "#"),
    };
    Ok(gathered.letter(&how))
}

/// An issue's mail as it would arrive at this moment, also with stories that become public only later. `doors` are marks as
/// those of [`super::letters`].
///
/// # Errors
/// [`crate::staff::Denial::Gone`]; [`Stop`] when it is past that, has no sender, or the newsroom has no site.
pub(crate) async fn sample(
    newsroom: &Newsroom,
    tx: &mut Tx,
    id: IssueId,
    form: MailForm,
    doors: (&str, &str),
) -> Result<(Newsletter, Issue, Letter), Error> {
    let (newsletter, issue) = found(tx, id).await?;
    if issue.state != IssueState::Approved && !issue.state.is_open() {
        return Err(Stop::State(issue.state).into());
    }
    let gathered = gather(newsroom, tx, &newsletter, &issue).await?;
    let root = format!("{}/", gathered.settings.address.clone().ok_or(Stop::NoAddress)?);
    let scheme = Scheme::Reader;
    let how = Rendering { form, neutral: false, root: &root, scheme, language: None, early: true, doors };
    let letter = gathered.letter(&how);
    if letter.sender.is_empty() {
        return Err(Stop::NoSender.into());
    }
    Ok((newsletter, issue, letter))
}
