//! What the links of a reminder do: ask for another, stop one, erase all. Opening them changes nothing.
//!
//! The row of what was asked for once is gone by the time its mail is read, so that the link carries the address. Asking
//! twice by the same mail moves what the first made. A mailbox's own button (RFC 8058) stops, also while the keys are away:
//! then the token waits with those of newsletters.

use model::{
    Language, ReminderId,
    reminder::{Day, Every, LAST, Month},
};
use store::Tx;
use vault::{Keyring, Links, Reminding, TokenError};

use super::{confirm, forget_in_tx, offered, stop_token, today};
use crate::{
    Newsroom,
    error::Error,
    readers::{WAITING_MOST, may_leave, this_week},
};

/// Months after which one can be reminded another time.
pub const AGAIN: [i32; 2] = [3, 6];

/// Something that the link in a reminder leads to, or why it leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened<T> {
    /// This.
    Yes(T),
    /// The link is too old.
    Expired,
    /// It is none of ours, or cut.
    Broken,
    /// The keys are away.
    Closed,
}

/// What can be done about a reminder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// The language of its reader.
    pub language: Language,
    /// When it comes next, and how often; `None` for one that is over.
    pub next: Option<(Day, Option<Every>)>,
    /// The token that stops it.
    pub stop: String,
    /// Whether another can be asked for.
    pub offered: bool,
}

fn read(newsroom: &Newsroom, ring: &Keyring, token: &str) -> Opened<Reminding> {
    match Links(ring).read_remind(token, this_week(newsroom)) {
        Ok(reminding) => Opened::Yes(reminding),
        Err(TokenError::Expired) => Opened::Expired,
        Err(TokenError::Forged) => Opened::Broken,
    }
}

/// Leaves with what is not [`Opened::Yes`].
macro_rules! yes {
    ($opened:expr) => {
        match $opened {
            Opened::Yes(read) => read,
            Opened::Expired => return Ok(Opened::Expired),
            Opened::Broken => return Ok(Opened::Broken),
            Opened::Closed => return Ok(Opened::Closed),
        }
    };
}

/// Opens the link in a reminder.
///
/// # Errors
/// When the database fails.
pub async fn opened(newsroom: &Newsroom, token: &str) -> Result<Opened<Own>, Error> {
    let Ok(ring) = newsroom.keys() else { return Ok(Opened::Closed) };
    let reminding = yes!(read(newsroom, &ring, token));
    let mut tx = newsroom.store().read().await?;
    let row = store::reminder_by_id(&mut tx, reminding.id).await?;
    Ok(Opened::Yes(Own {
        next: row.map(|row| (row.due, row.every)),
        stop: stop_token(newsroom, &ring, reminding.id),
        language: reminding.language,
        offered: offered(&mut tx).await?,
    }))
}

/// When they are reminded again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Again {
    /// The day; `None` where reminders are not offered any more.
    pub due: Option<Day>,
    /// The language of its reader.
    pub language: Language,
}

/// Has a reminder come again in so many months ([`AGAIN`]): what recurs is put off, what is over comes once more.
///
/// # Errors
/// When the database fails.
pub async fn again(newsroom: &Newsroom, token: &str, months: i32) -> Result<Opened<Again>, Error> {
    let Ok(ring) = newsroom.keys() else { return Ok(Opened::Closed) };
    let reminding = yes!(read(newsroom, &ring, token));
    let months = AGAIN.into_iter().find(|one| *one == months).unwrap_or(AGAIN[0]);
    let due = later(today(newsroom).await?, reminding.due, months);
    let mut tx = newsroom.store().begin().await?;
    if !offered(&mut tx).await? {
        return Ok(Opened::Yes(Again { due: None, language: reminding.language }));
    }
    if !store::reminder_move(&mut tx, reminding.id, due).await? {
        let once = Reminding { due, every: None, ..reminding.clone() };
        store::reminder_put(&mut tx, &confirm::row(newsroom, &ring, &once)).await?;
    }
    tx.commit().await?;
    Ok(Opened::Yes(Again { due: Some(due), language: reminding.language }))
}

/// So many months from today, on the day of the month that was chosen.
fn later(today: Day, chosen: Day, months: i32) -> Day {
    let chosen = chosen.date();
    let day = if chosen.day() == chosen.days_in_month() { LAST } else { chosen.day() };
    Day::of(Month::of(today.date()).plus(months).day(day))
}

/// Who is forgotten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erased {
    /// The language to say so in.
    pub language: Language,
}

/// Forgets every reminder of the address that a mail went to.
///
/// # Errors
/// When the database fails.
pub async fn erase(newsroom: &Newsroom, token: &str) -> Result<Opened<Erased>, Error> {
    let Ok(ring) = newsroom.keys() else { return Ok(Opened::Closed) };
    let reminding = yes!(read(newsroom, &ring, token));
    let mut tx = newsroom.store().begin().await?;
    forget_in_tx(&mut tx, &ring, &reminding.address).await?;
    tx.commit().await?;
    Ok(Opened::Yes(Erased { language: reminding.language }))
}

/// What a link that stops leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stopping {
    /// The question, in this language, if it is known.
    Ask(Option<Language>),
    /// There is nothing to stop any more.
    Gone,
    /// It is too old.
    Expired,
    /// It is none of ours, or cut.
    Broken,
}

/// Opens a link that stops. Nothing is written.
///
/// # Errors
/// When the database fails.
pub async fn stopping(newsroom: &Newsroom, token: &str) -> Result<Stopping, Error> {
    let Ok(ring) = newsroom.keys() else {
        return Ok(if may_leave(token) { Stopping::Ask(None) } else { Stopping::Broken });
    };
    let id = match Links(&ring).read_remind_stop(token, this_week(newsroom)) {
        Ok(id) => id,
        Err(TokenError::Expired) => return Ok(Stopping::Expired),
        Err(TokenError::Forged) => return Ok(Stopping::Broken),
    };
    let row = store::reminder_by_id(&mut newsroom.store().read().await?, id).await?;
    Ok(row.map_or(Stopping::Gone, |row| Stopping::Ask(Some(row.language))))
}

/// What came of pressing the button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stopped {
    /// It comes no more. Told in this language, if it is known.
    Done(Option<Language>),
    /// The keys are away: it is done when they are back.
    Noted,
    /// So many wait already that no more can be kept.
    Full,
    /// It is too old.
    Expired,
    /// It is none of ours, or cut.
    Broken,
}

/// Stops one reminder.
///
/// # Errors
/// When the database fails.
pub async fn stop(newsroom: &Newsroom, token: &str) -> Result<Stopped, Error> {
    let Ok(ring) = newsroom.keys() else { return note(newsroom, token).await };
    let mut tx = newsroom.store().begin().await?;
    let stopped = match Links(&ring).read_remind_stop(token, this_week(newsroom)) {
        Ok(id) => stop_in_tx(&mut tx, id).await?,
        Err(TokenError::Expired) => Stopped::Expired,
        Err(TokenError::Forged) => Stopped::Broken,
    };
    tx.commit().await?;
    Ok(stopped)
}

async fn stop_in_tx(tx: &mut Tx, id: ReminderId) -> Result<Stopped, Error> {
    let row = store::reminder_by_id(tx, id).await?;
    store::reminder_delete(tx, id).await?;
    Ok(Stopped::Done(row.map(|row| row.language)))
}

async fn note(newsroom: &Newsroom, token: &str) -> Result<Stopped, Error> {
    if !may_leave(token) {
        return Ok(Stopped::Broken);
    }
    let mut tx = newsroom.store().begin().await?;
    let kept = store::unsubscribe_waiting_add(&mut tx, token, this_week(newsroom), WAITING_MOST).await?;
    tx.commit().await?;
    Ok(if kept { Stopped::Noted } else { Stopped::Full })
}

/// Stops what a token that waited for the keys names, if it is one of a reminder.
pub(crate) async fn stop_waiting_in_tx(
    newsroom: &Newsroom,
    tx: &mut Tx,
    ring: &Keyring,
    token: &str,
) -> Result<(), Error> {
    if let Ok(id) = Links(ring).read_remind_stop(token, this_week(newsroom)) {
        store::reminder_delete(tx, id).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn another_time_is_on_the_same_day_of_the_month() {
        let later = |today, chosen, months| later(Day::of(today), Day::of(chosen), months).date();
        assert_eq!(later(date(2027, 1, 1), date(2027, 1, 1), 3), date(2027, 4, 1));
        assert_eq!(later(date(2027, 3, 2), date(2027, 2, 28), 6), date(2027, 9, 30));
        assert_eq!(later(date(2027, 9, 30), date(2027, 9, 15), 6), date(2028, 3, 15));
    }
}
