//! Confirming: what a link carried becomes a reminder, when the button behind it is pressed. Pressing it twice is pressing
//! it once.

use model::{Language, Reminder, Week};
use vault::{Bind, Keyring, Links, Reminding};

use super::{CONFIRM_WEEKS, Plan, offered, today};
use crate::{Newsroom, error::Error, readers::this_week};

/// Reminders of one address at most.
pub const MOST: usize = 12;

/// What a link to confirm leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Confirming {
    /// The question.
    Ask {
        /// The address.
        address: String,
        /// When.
        plan: Plan,
        /// The language that was chosen.
        language: Language,
    },
    /// It is too old, or the day has come.
    Expired(Language),
    /// It is none of ours, or cut.
    Broken,
    /// The keys are away.
    Closed,
    /// Reminders are not offered any more.
    Withdrawn,
}

/// What came of pressing the button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Confirmed {
    /// They will be reminded.
    Done(Plan, Language),
    /// There are [`MOST`] already.
    Many(Language),
    /// As when the link was opened.
    Not(Confirming),
}

/// Opens a link to confirm. Nothing is written.
///
/// # Errors
/// When the database fails.
pub async fn confirming(newsroom: &Newsroom, token: &str) -> Result<Confirming, Error> {
    Ok(match read(newsroom, token).await? {
        Ok((_, reminding)) => Confirming::Ask {
            address: reminding.address.as_str().to_owned(),
            plan: Plan { due: reminding.due, every: reminding.every },
            language: reminding.language,
        },
        Err(not) => not,
    })
}

async fn read(
    newsroom: &Newsroom,
    token: &str,
) -> Result<Result<(std::sync::Arc<Keyring>, Reminding), Confirming>, Error> {
    let Ok(ring) = newsroom.keys() else { return Ok(Err(Confirming::Closed)) };
    let Ok(reminding) = Links(&ring).read_remind_confirm(token) else { return Ok(Err(Confirming::Broken)) };
    if !offered(&mut newsroom.store().read().await?).await? {
        return Ok(Err(Confirming::Withdrawn));
    }
    Ok(if is_good(reminding.until, this_week(newsroom)) && reminding.due > today(newsroom).await? {
        Ok((ring, reminding))
    } else {
        Err(Confirming::Expired(reminding.language))
    })
}

fn is_good(until: Week, now: Week) -> bool {
    // A week ahead is one node's clock before another's.
    (until.0 - CONFIRM_WEEKS - 1..=until.0).contains(&now.0)
}

/// Writes the reminder down.
///
/// # Errors
/// When the database fails.
pub async fn confirm(newsroom: &Newsroom, token: &str) -> Result<Confirmed, Error> {
    let (ring, reminding) = match read(newsroom, token).await? {
        Ok(read) => read,
        Err(not) => return Ok(Confirmed::Not(not)),
    };
    let plan = Plan { due: reminding.due, every: reminding.every };
    let new = row(newsroom, &ring, &reminding);
    let mut tx = newsroom.store().begin().await?;
    let known = store::reminder_by_lookup(&mut tx, &new.lookup).await?;
    let same = |one: &Reminder| one.id != new.id && (one.due, one.every) == (new.due, new.every);
    if !known.iter().any(same) {
        if known.len() >= MOST && known.iter().all(|one| one.id != new.id) {
            return Ok(Confirmed::Many(reminding.language));
        }
        store::reminder_put(&mut tx, &new).await?;
    }
    tx.commit().await?;
    Ok(Confirmed::Done(plan, reminding.language))
}

/// The row of what a link carries.
pub(super) fn row(newsroom: &Newsroom, ring: &Keyring, reminding: &Reminding) -> Reminder {
    let bind = Bind::reminder(reminding.id);
    Reminder {
        id: reminding.id,
        lookup: ring.reminder_lookup(&reminding.address),
        address: ring.seal(newsroom.chance(), bind, reminding.address.as_str().as_bytes()),
        language: reminding.language.clone(),
        due: reminding.due,
        every: reminding.every,
        policy: reminding.policy.clone(),
        neutral: reminding.neutral,
    }
}
