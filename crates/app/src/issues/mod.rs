//! Newsletters and the making of their issues.
//!
//! The flow: a newsletter has a weekly time ([`schedule`]). Some hours before, a job makes the draft of the issue, filled
//! with a suggestion from the week ([`draft`], [`suggest`]). Newsletter editors change it ([`change`]), look at it as it
//! will arrive ([`preview`]), and approve it ([`steps`]). In its second ([`due`]) an approved issue is handed to delivery;
//! one that nobody approved is held, and every page of the desk says so.
//!
//! The guarantees: there is one draft for each time of the schedule, however many servers run and whatever they were doing
//! when they were killed. Nothing goes out that nobody approved, that was changed after it was approved, that holds a story
//! readers may not see, or that is more than a day late. Each step is one transaction with its audit row and its jobs.

mod archive;
mod change;
pub mod check;
mod draft;
mod due;
mod hand;
mod letter;
mod newsletters;
mod open;
mod preview;
mod schedule;
mod share;
mod sound;
mod steps;
mod stop;
mod suggest;
pub mod text;

pub use archive::{hide, home, latest_path, path, place_in_tx};
pub use change::{Change, Picked, Saved, save};
pub(crate) use draft::note;
pub use draft::{ahead as draft_ahead, create, tend};
pub use due::{LATE_MS, Why, come_due};
pub use hand::{begin_by_hand, cancel_by_hand, find, mail_to, nearest, newsletter as newsletter_named, send_by_hand};
pub use letter::{Letter, letters};
pub use newsletters::{Listed, New, Settings, change as change_newsletter, list, make, move_up, newsletter};
pub(crate) use open::held_in_tx;
pub use open::{Held, Offer, Opened, PickShown, held, issue, issues, may_change, offers, open, under_way};
pub(crate) use preview::sample;
pub use preview::{Form, Look, preview};
pub use schedule::next_due;
pub use share::{found_for_link, link, linked, unlink};
pub use steps::{approve, cancel, reopen, send_now, set_time};
pub use stop::Stop;

use model::{Issue, IssueId, Newsletter, Role, Staff};
use store::Tx;

use crate::{error::Error, staff::Denial};

/// Only newsletter editors and more.
///
/// # Errors
/// [`Denial::Role`].
pub(crate) fn sends(staff: &Staff) -> Result<(), Error> {
    if staff.role < Role::NewsletterEditor { Err(Denial::Role.into()) } else { Ok(()) }
}

/// An issue and its newsletter.
async fn found(tx: &mut Tx, id: IssueId) -> Result<(Newsletter, Issue), Error> {
    let issue = store::issue_by_id(tx, id).await?.ok_or(Denial::Gone)?;
    let newsletter = store::newsletter_by_id(tx, issue.newsletter).await?.ok_or(Denial::Gone)?;
    Ok((newsletter, issue))
}

/// An issue that is still open and is as somebody saw it, and its newsletter: what they do to it is meant for this text.
async fn open_as_seen(tx: &mut Tx, id: IssueId, seen: i64) -> Result<(Newsletter, Issue), Error> {
    let (newsletter, issue) = found(tx, id).await?;
    if !issue.state.is_open() {
        return Err(Stop::State(issue.state).into());
    }
    if issue.version != seen {
        return Err(Stop::ChangedSince.into());
    }
    Ok((newsletter, issue))
}
