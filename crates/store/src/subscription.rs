//! Who gets which newsletter, and how many came and went in each week.
//!
//! The sums of weeks are kept apart from the rows: who leaves takes their rows along, and stays counted.
//!
//! Who leaves one newsletter and still gets another keeps a row of the one that they left, with its week below zero, so that no
//! list that is imported signs them up again. It goes with the subscriber. Every query here and elsewhere that asks who gets
//! something asks for weeks from zero on.

use model::{NewsletterId, SubscriberId, Subscription, Week};

use crate::{Error, Tx, sql::Fields};

fn subscription<R: Fields>(row: &R) -> Result<Subscription, Error> {
    Ok(Subscription {
        newsletter: NewsletterId(row.get("newsletter")?),
        subscriber: SubscriberId(row.get("subscriber")?),
        week: Week(row.get("week")?),
    })
}

/// Has somebody get a newsletter, and counts them; `false` when they do already. Who left it before gets it again: ask
/// [`subscription_left_of`] first where that is not their own wish.
///
/// # Errors
/// [`Error::Dangling`] when the newsletter or the subscriber is gone.
pub async fn subscription_insert(tx: &mut Tx, new: &Subscription) -> Result<bool, Error> {
    const SQL: &str = "INSERT INTO subscription (newsletter, subscriber, week) VALUES ($1, $2, $3)
                       ON CONFLICT (newsletter, subscriber) DO UPDATE SET week = excluded.week
                       WHERE subscription.week < 0";
    let written = execute!(tx, SQL, new.newsletter.0, new.subscriber.0, new.week.0)? > 0;
    if written {
        newsletter_week_add(tx, new.newsletter, new.week, 1, 0).await?;
    }
    Ok(written)
}

/// Has somebody get a newsletter no more, and counts them; `false` when they don't get it. That they left it is kept as long as
/// the subscriber is.
///
/// # Errors
/// When the query fails.
pub async fn subscription_delete(
    tx: &mut Tx,
    newsletter: NewsletterId,
    subscriber: SubscriberId,
    now: Week,
) -> Result<bool, Error> {
    const SQL: &str = "UPDATE subscription SET week = $3 WHERE newsletter = $1 AND subscriber = $2 AND week >= 0";
    let left = execute!(tx, SQL, newsletter.0, subscriber.0, below_zero(now))? > 0;
    if left {
        newsletter_week_add(tx, newsletter, now, 0, 1).await?;
    }
    Ok(left)
}

/// The week in which somebody left, as its row has it; and back.
fn below_zero(week: Week) -> i64 {
    -1 - week.0
}

/// What somebody gets.
///
/// # Errors
/// When the query fails.
pub async fn subscription_of(tx: &mut Tx, subscriber: SubscriberId) -> Result<Vec<Subscription>, Error> {
    const SQL: &str = "SELECT newsletter, subscriber, week FROM subscription WHERE subscriber = $1 AND week >= 0
                       ORDER BY newsletter";
    fetch_all!(tx, subscription, SQL, subscriber.0)
}

/// What somebody left, each with the week in which they did.
///
/// # Errors
/// When the query fails.
pub async fn subscription_left_of(tx: &mut Tx, subscriber: SubscriberId) -> Result<Vec<Subscription>, Error> {
    const SQL: &str = "SELECT newsletter, subscriber, week FROM subscription WHERE subscriber = $1 AND week < 0
                       ORDER BY newsletter";
    let left = fetch_all!(tx, subscription, SQL, subscriber.0)?;
    Ok(left.into_iter().map(|one| Subscription { week: Week(below_zero(one.week)), ..one }).collect())
}

/// What became of a newsletter's readers in a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewsletterWeek {
    /// Which newsletter.
    pub newsletter: NewsletterId,
    /// Which week.
    pub week: Week,
    /// How many began to get it.
    pub came: i64,
    /// How many left it.
    pub gone: i64,
}

/// Counts readers who came or went in a week.
///
/// # Errors
/// [`Error::Dangling`] when the newsletter is gone.
pub async fn newsletter_week_add(
    tx: &mut Tx,
    newsletter: NewsletterId,
    week: Week,
    came: i64,
    gone: i64,
) -> Result<(), Error> {
    const SQL: &str = "INSERT INTO newsletter_week (newsletter, week, came, gone) VALUES ($1, $2, $3, $4)
                       ON CONFLICT (newsletter, week) DO UPDATE
                       SET came = newsletter_week.came + excluded.came, gone = newsletter_week.gone + excluded.gone";
    execute!(tx, SQL, newsletter.0, week.0, came, gone)?;
    Ok(())
}

/// Who came and went, from a week on, the oldest week first.
///
/// # Errors
/// When the query fails.
pub async fn newsletter_week_list(tx: &mut Tx, from: Week) -> Result<Vec<NewsletterWeek>, Error> {
    const SQL: &str = "SELECT newsletter, week, came, gone FROM newsletter_week WHERE week >= $1
                       ORDER BY week, newsletter";
    fetch_all!(tx, in_week, SQL, from.0)
}

fn in_week<R: Fields>(row: &R) -> Result<NewsletterWeek, Error> {
    Ok(NewsletterWeek {
        newsletter: NewsletterId(row.get("newsletter")?),
        week: Week(row.get("week")?),
        came: row.get("came")?,
        gone: row.get("gone")?,
    })
}
