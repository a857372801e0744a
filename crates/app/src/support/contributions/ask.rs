//! Asking for the link to what one gives, by one's address. The answer is the same whether anything is given.

use model::{Contribution, ContributionState, GatewayName};

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
    let given = wanted(&found);
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

/// What a link is sent for, the newest month first: what runs, what is on its way, and then transfers that are waited for. Forms
/// that nobody paid are not among it, so that whoever sends some with another's address hides nothing from them.
fn wanted(found: &[Contribution]) -> Vec<&Contribution> {
    let mut all: Vec<(u8, &Contribution)> = found.iter().filter_map(|one| Some((rank(one)?, one))).collect();
    all.sort_by_key(|(rank, _)| *rank);
    all.into_iter().take(MOST).map(|(_, one)| one).collect()
}

fn rank(of: &Contribution) -> Option<u8> {
    use ContributionState as State;
    match of.state {
        State::Active | State::PastDue | State::Paused => Some(0),
        State::Pending => Some(1),
        State::Started => (of.gateway == GatewayName::Bank && of.session.is_some()).then_some(2),
        State::Paid | State::Cancelled | State::Failed => None,
    }
}
