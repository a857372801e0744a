//! Signing up and leaving by mail, for those whom no form reaches: what the newsroom's mailbox reads is handed in here.
//!
//! Whoever reads the mailbox leaves out what machines sent (RFC 3834) and what came back.

use model::Language;
use vault::{Address, Smtputf8};

use super::{
    Left, base, leave,
    sign_up::{Wish, chosen, put},
    spoken,
};
use crate::{Newsroom, error::Error};

/// What came of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailedWish {
    /// The mail that asks to confirm is on its way, if one may be.
    Taken,
    /// It names no address that can be written to, or nothing that can be signed up for.
    Unusable,
    /// The keys are away, or the newsroom has not said where it is: hand it in again later.
    Later,
}

/// Signs the sender of a mail up. `from` is what its `From` names, alone. `newsletters` are slugs that it asks for; without
/// any, the newsletters of its language, else the first one. Anybody can write a mail in another's name, so that it has to be
/// confirmed like a form; the mails that an address gets in an hour are counted together.
///
/// # Errors
/// When the database fails.
pub async fn mail_sign_up(
    newsroom: &Newsroom,
    from: &str,
    newsletters: &[String],
    language: Option<&Language>,
) -> Result<MailedWish, Error> {
    let Ok(address) = Address::parse(from, Smtputf8::Refused) else { return Ok(MailedWish::Unusable) };
    let Ok(ring) = newsroom.keys() else { return Ok(MailedWish::Later) };
    let mut tx = newsroom.store().read().await?;
    let settings = store::newsroom_settings(&mut tx).await?;
    let all = store::newsletter_all(&mut tx).await?;
    drop(tx);
    let Some(base) = base(&settings, None) else { return Ok(MailedWish::Later) };
    let mut newsletters = chosen(&all, newsletters);
    if newsletters.is_empty() {
        let active = || all.iter().filter(|newsletter| newsletter.active);
        let own = active().find(|newsletter| language == Some(&newsletter.language));
        newsletters.extend(own.or_else(|| active().next()).map(|newsletter| newsletter.id));
    }
    let Some(first) = all.iter().find(|newsletter| newsletters.contains(&newsletter.id)) else {
        return Ok(MailedWish::Unusable);
    };
    let language = spoken(&settings, language.or(Some(&first.language)));
    let wish = Wish { address, language, newsletters, by_mail: true };
    put(newsroom, &ring, &base, wish, &all).await?;
    Ok(MailedWish::Taken)
}

/// Leaves a newsletter by the token in the address that a mail was sent to, or in its subject: of a link or of an address,
/// in any case. Nobody is answered.
///
/// # Errors
/// When the database fails.
pub async fn mail_unsubscribe(newsroom: &Newsroom, token: &str) -> Result<Left, Error> {
    leave(newsroom, token.trim(), false).await
}
