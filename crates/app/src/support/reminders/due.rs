//! What is due goes into the outbox.
//!
//! A page of rows is taken up in one transaction: for each, the mail is put into the outbox, and the row goes or is moved to
//! its next day. Killed before the commit, nothing happened; after it, the outbox has the mail. A mail to the same address
//! that still waits there is replaced, so that nobody gets two at once; while one is being sent, its reader's next reminder
//! waits for the next look.

use std::time::Duration;

use model::{
    OutboxKind, Reminder, ReminderId, Timestamp, Week,
    reminder::{self, Day, Month},
};
use store::Tx;
use tokio::sync::watch;
use vault::{Address, Bind, Keyring, Links, Reminding, Smtputf8};

use super::{OWN_WEEKS, mail::Content, stop_token, today};
use crate::{
    Newsroom,
    error::Error,
    readers::{base, outbox, this_week},
    stories::time_zone,
};

/// Rows of one transaction.
const PAGE: i64 = 100;
/// How often it is looked whether anything is due.
const PAUSE: Duration = Duration::from_secs(20);

/// Works until `stop` becomes true. Errors of the database are logged and tried again.
pub async fn run(newsroom: Newsroom, mut stop: watch::Receiver<bool>) {
    let mut offered = None;
    loop {
        if let Err(error) = turn_page(&newsroom, &mut offered).await {
            tracing::error!(%error, "it could not be seen which months are offered; trying again");
        }
        if let Err(error) = run_due(&newsroom).await {
            tracing::error!(%error, "reminders could not be taken up; trying again");
        }
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            changed = stop.changed() => if changed.is_err() || *stop.borrow() { break },
        }
    }
}

/// The page of reminders is kept in the cache and names months: when others are offered, twice a month, pages are made anew.
async fn turn_page(newsroom: &Newsroom, offered: &mut Option<[Month; 4]>) -> Result<(), Error> {
    let months = reminder::months(today(newsroom).await?.date());
    if offered.replace(months).is_some_and(|before| before != months) {
        newsroom.cache().clear();
    }
    Ok(())
}

/// Puts every reminder that is due into the outbox; how many. None while the keys are away, or the newsroom has not said where
/// its site is: they wait.
///
/// # Errors
/// When the database fails; what was not put into the outbox is due still.
pub async fn run_due(newsroom: &Newsroom) -> Result<usize, Error> {
    run_due_at(newsroom, newsroom.clock().now(), None).await
}

/// The same as of a moment, in a newsroom that is tried out. `host` stands in on this machine where the newsroom has not said
/// where its site is.
///
/// # Errors
/// As [`run_due`].
pub(crate) async fn run_due_at(newsroom: &Newsroom, now: Timestamp, host: Option<&str>) -> Result<usize, Error> {
    let Some(ring) = newsroom.keys().ok().filter(|ring| ring.can_open()) else { return Ok(0) };
    let mut tx = newsroom.store().read().await?;
    let settings = store::newsroom_settings(&mut tx).await?;
    let by = Day::due_by(now, &time_zone(&settings));
    let waits = store::reminder_waits(&mut tx, by).await?;
    drop(tx);
    let Some(base) = base(&settings, host).filter(|_| waits) else { return Ok(0) };
    let taking = Taking { newsroom, ring: &ring, base: &base, by };
    let (mut done, mut after) = (0, None);
    loop {
        let (some, last) = taking.page(after).await?;
        done += some;
        newsroom.wake_outbox();
        let Some(last) = last else { return Ok(done) };
        after = Some(last);
    }
}

/// In a newsroom that was restored, what was due before today may have gone out after the backup was made: nobody is written
/// to twice. What was asked for once goes, what recurs waits for its next day.
pub(crate) async fn pass_over_restored_in_tx(tx: &mut Tx, now: Timestamp) -> Result<(), Error> {
    let settings = store::newsroom_settings(tx).await?;
    let yesterday = Day(Day::of(now.date_in(&time_zone(&settings))).0 - 1);
    let mut after = None;
    loop {
        let rows = store::reminder_take(tx, yesterday, after, PAGE).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = Some((last.due, last.id));
        for row in &rows {
            match row.every {
                Some(every) => store::reminder_move(tx, row.id, every.next(row.due, yesterday)).await?,
                None => store::reminder_delete(tx, row.id).await?,
            };
        }
    }
}

/// What rows are taken up with.
struct Taking<'a> {
    newsroom: &'a Newsroom,
    ring: &'a Keyring,
    base: &'a str,
    by: Day,
}

impl Taking<'_> {
    /// One transaction: how many mails it made, and the last row that it looked at.
    async fn page(&self, after: Option<(Day, ReminderId)>) -> Result<(usize, Option<(Day, ReminderId)>), Error> {
        let mut tx = self.newsroom.store().begin().await?;
        let rows = store::reminder_take(&mut tx, self.by, after, PAGE).await?;
        let mut done = 0;
        for row in &rows {
            done += usize::from(self.one(&mut tx, row).await?);
        }
        self.newsroom.abort_point("remind.taken");
        tx.commit().await?;
        if done > 0 {
            self.newsroom.abort_point("remind.handed_over");
        }
        Ok((done, rows.last().map(|row| (row.due, row.id))))
    }

    /// One reminder; `false` when it waits.
    async fn one(&self, tx: &mut Tx, row: &Reminder) -> Result<bool, Error> {
        let Some(address) = self.address(row) else {
            tracing::warn!("a reminder can't be opened with the keys that are here; it is tried again tomorrow");
            store::reminder_move(tx, row.id, Day(self.by.0 + 1)).await?;
            return Ok(false);
        };
        let next = row.every.map(|every| every.next(row.due, self.by));
        let content = self.content(row, address, next);
        let (kind, ring) = (OutboxKind::Remind, self.ring);
        if !outbox::put_in_tx(self.newsroom, tx, ring, kind, row.lookup, &row.language, &content).await? {
            return Ok(false);
        }
        match next {
            Some(next) => store::reminder_move(tx, row.id, next).await?,
            None => store::reminder_delete(tx, row.id).await?,
        };
        Ok(true)
    }

    fn address(&self, row: &Reminder) -> Option<Address> {
        let plain = self.ring.open(Bind::reminder(row.id), &row.address).ok()?;
        Address::parse(std::str::from_utf8(&plain).ok()?, Smtputf8::Allowed).ok()
    }

    fn content(&self, row: &Reminder, address: Address, next: Option<Day>) -> Content {
        let to = address.as_str().to_owned();
        let own = Reminding {
            id: row.id,
            address,
            language: row.language.clone(),
            due: row.due,
            every: row.every,
            policy: row.policy.clone(),
            neutral: row.neutral,
            until: Week(this_week(self.newsroom).0 + OWN_WEEKS),
        };
        Content {
            to,
            base: self.base.to_owned(),
            own: Links(self.ring).remind(&own).url(),
            other: stop_token(self.newsroom, self.ring, row.id),
            due: next.unwrap_or(row.due),
            every: next.and(row.every),
            neutral: row.neutral,
            until: None,
        }
    }
}
