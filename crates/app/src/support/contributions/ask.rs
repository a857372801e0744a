//! Asking for the link to what one gives, by one's address. The answer is the same whether anything is given.

use model::Contribution;

use super::{
    contact::Contact,
    mails::{self, Letter, put_in_tx},
};
use crate::{
    Newsroom,
    error::Error,
    readers::{SignUpForm, SignedUp, base, checked, spoken},
};

/// Pledges that a mail is sent for at most.
const MOST: usize = 5;

/// Takes a form; of it only the address and the language count. `host` is the scheme and host that it was sent to.
///
/// # Errors
/// When the database fails.
pub async fn ask_link(newsroom: &Newsroom, form: &SignUpForm, host: Option<&str>) -> Result<SignedUp, Error> {
    let now = newsroom.clock().now();
    let sent = SignedUp::Sent { until: model::Week::of(now) };
    if !form.trap.trim().is_empty() {
        return Ok(sent);
    }
    let Ok(ring) = newsroom.keys() else { return Ok(SignedUp::Closed) };
    let address = match checked(newsroom, form) {
        Ok(address) => address,
        Err(said) => return Ok(said),
    };
    let may_mail = newsroom.guard().may_mail(now, newsroom.chance(), &address);
    let lookup = ring.giver_lookup(&address);
    let mut tx = newsroom.store().begin().await?;
    let own = store::newsroom_settings(&mut tx).await?;
    let language = spoken(&own, form.language.as_ref());
    let Some(base) = base(&own, host) else { return Ok(SignedUp::Unready) };
    // Both are the same work, as far as the database is concerned: some rows are read, one or a few are written.
    let found = store::contribution_by_lookup(&mut tx, &lookup).await?;
    let given: Vec<&Contribution> = found.iter().filter(|one| one.state.is_open()).take(MOST).collect();
    if may_mail && !given.is_empty() {
        for one in given {
            // To the address that asked, which is the giver's: the look-ups are the same.
            let contact = Contact { address: address.as_str().to_owned(), name: String::new(), base: base.clone() };
            let one = Contribution { language: language.clone(), ..one.clone() };
            put_in_tx(newsroom, &mut tx, &ring, &one, &contact, Letter::Link).await?;
        }
    } else {
        mails::put_nothing_in_tx(newsroom, &mut tx, &ring, &address, &language).await?;
    }
    tx.commit().await?;
    newsroom.wake_outbox();
    Ok(sent)
}
