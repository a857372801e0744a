//! Reminders: sealed addresses with the day on which a mail goes to them.
//!
//! Whoever takes up what is due moves or deletes the row in the transaction that puts the mail into the outbox; rows that
//! are being taken up are passed over by other nodes. Rows are deleted for good (`secure_delete`).

use model::{
    Language, Lookup, Reminder, ReminderId, Sealed,
    reminder::{Day, Every},
};
use uuid::Uuid;

use crate::{
    Error, Tx,
    sql::{Fields, number},
    subscriber::lookup,
};

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT id, lookup, address, language, due, every, policy, neutral FROM reminder ", $rest)
    };
}

fn reminder<R: Fields>(row: &R) -> Result<Reminder, Error> {
    let every = row.get::<Option<i64>>("every")?;
    let known = |months: i64| {
        let every = u8::try_from(months).ok().and_then(Every::of);
        every.ok_or_else(|| Error::Unreadable {
            column: "every",
            why: format!("nobody is reminded every {months} months"),
        })
    };
    Ok(Reminder {
        id: ReminderId(row.get::<Uuid>("id")?),
        lookup: lookup(row)?,
        address: Sealed(row.get("address")?),
        language: row.language("language")?,
        due: Day(row.get("due")?),
        every: every.map(known).transpose()?,
        policy: row.get("policy")?,
        neutral: row.get("neutral")?,
    })
}

/// Writes a reminder down; the one with the same id becomes as this one.
///
/// # Errors
/// When the query fails.
pub async fn reminder_put(tx: &mut Tx, new: &Reminder) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO reminder (id, lookup, address, language, due, every, policy, neutral)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (id) DO UPDATE
         SET lookup = excluded.lookup, address = excluded.address, language = excluded.language, due = excluded.due,
             every = excluded.every, policy = excluded.policy, neutral = excluded.neutral",
        new.id.0,
        &new.lookup.0[..],
        &new.address.0[..],
        new.language.as_str(),
        new.due.0,
        new.every.map(|every| i64::from(every.0)),
        new.policy.as_str(),
        new.neutral,
    )?;
    Ok(())
}

/// A reminder by its id.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn reminder_by_id(tx: &mut Tx, id: ReminderId) -> Result<Option<Reminder>, Error> {
    fetch_optional!(tx, reminder, select!("WHERE id = $1"), id.0)
}

/// The reminders of an address, the next one first.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn reminder_by_lookup(tx: &mut Tx, lookup: &Lookup) -> Result<Vec<Reminder>, Error> {
    fetch_all!(tx, reminder, select!("WHERE lookup = $1 ORDER BY due, id"), &lookup.0[..])
}

/// Takes up what is due on a day or was before, the oldest first and after `after`; an empty list at the end. Until the
/// transaction ends nobody else takes these up.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn reminder_take(
    tx: &mut Tx,
    by: Day,
    after: Option<(Day, ReminderId)>,
    limit: i64,
) -> Result<Vec<Reminder>, Error> {
    let (day, id) = after.map_or((i64::MIN, Uuid::nil()), |(day, id)| (day.0, id.0));
    // SKIP LOCKED: another node takes up others instead of waiting for these.
    let sql = match tx {
        Tx::Sqlite(_) => select!("WHERE due <= $1 AND (due, id) > ($2, $3) ORDER BY due, id LIMIT $4"),
        Tx::Postgres(_) => {
            select!("WHERE due <= $1 AND (due, id) > ($2, $3) ORDER BY due, id LIMIT $4 FOR UPDATE SKIP LOCKED")
        }
    };
    fetch_all!(tx, reminder, sql, by.0, day, id, limit)
}

/// Whether anything is due on a day or was before.
///
/// # Errors
/// When the query fails.
pub async fn reminder_waits(tx: &mut Tx, by: Day) -> Result<bool, Error> {
    Ok(fetch_one!(tx, number, "SELECT count(*) AS n FROM (SELECT 1 FROM reminder WHERE due <= $1 LIMIT 1) t", by.0)?
        > 0)
}

/// Has a reminder come on another day; `false` when it is gone.
///
/// # Errors
/// When the query fails.
pub async fn reminder_move(tx: &mut Tx, id: ReminderId, due: Day) -> Result<bool, Error> {
    Ok(execute!(tx, "UPDATE reminder SET due = $2 WHERE id = $1", id.0, due.0)? > 0)
}

/// Deletes a reminder; `false` when it is gone already.
///
/// # Errors
/// When the query fails.
pub async fn reminder_delete(tx: &mut Tx, id: ReminderId) -> Result<bool, Error> {
    Ok(execute!(tx, "DELETE FROM reminder WHERE id = $1", id.0)? > 0)
}

/// Deletes every reminder of an address; how many.
///
/// # Errors
/// When the query fails.
pub async fn reminder_forget(tx: &mut Tx, lookup: &Lookup) -> Result<u64, Error> {
    execute!(tx, "DELETE FROM reminder WHERE lookup = $1", &lookup.0[..])
}

/// Deletes every reminder, and every mail of one that waits; how many reminders there were.
///
/// # Errors
/// When a statement fails.
pub async fn reminder_delete_all(tx: &mut Tx) -> Result<u64, Error> {
    execute!(tx, "DELETE FROM outbox WHERE kind IN ('remind', 'remind_confirm')")?;
    execute!(tx, "DELETE FROM reminder")
}

/// The next reminders after one (`None`: from the start), by id; an empty list at the end.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn reminder_page(tx: &mut Tx, after: Option<ReminderId>, limit: i64) -> Result<Vec<Reminder>, Error> {
    match after {
        Some(after) => fetch_all!(tx, reminder, select!("WHERE id > $2 ORDER BY id LIMIT $1"), limit, after.0),
        None => fetch_all!(tx, reminder, select!("ORDER BY id LIMIT $1"), limit),
    }
}

/// Replaces the sealed address and what it is found by; `false` when the reminder is gone.
///
/// # Errors
/// When the query fails.
pub async fn reminder_reseal(tx: &mut Tx, id: ReminderId, address: &Sealed, lookup: &Lookup) -> Result<bool, Error> {
    const SQL: &str = "UPDATE reminder SET address = $2, lookup = $3 WHERE id = $1";
    Ok(execute!(tx, SQL, id.0, &address.0[..], &lookup.0[..])? > 0)
}

/// How many reminders there are.
///
/// # Errors
/// When the query fails.
pub async fn reminder_count(tx: &mut Tx) -> Result<i64, Error> {
    fetch_one!(tx, number, "SELECT count(*) AS n FROM reminder")
}

/// How many are due on each day in each language, the next day first.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn reminder_counts(tx: &mut Tx) -> Result<Vec<(Day, Language, i64)>, Error> {
    const SQL: &str = "SELECT due, language, count(*) AS n FROM reminder GROUP BY due, language ORDER BY due, language";
    fetch_all!(tx, counted, SQL)
}

fn counted<R: Fields>(row: &R) -> Result<(Day, Language, i64), Error> {
    Ok((Day(row.get("due")?), row.language("language")?, number(row)?))
}
