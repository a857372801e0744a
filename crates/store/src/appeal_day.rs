//! How often variants of appeals were seen on a day: numbers, and nothing about readers. Several nodes add up.

use std::collections::HashMap;

use model::{AppealId, VariantId};

use crate::{
    Error, Tx,
    sql::{Fields, number},
};

/// What a variant's day has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AppealDay {
    /// Which variant.
    pub variant: VariantId,
    /// Days since 1970.
    pub day: i64,
    /// Views that were counted.
    pub seen: i64,
    /// What came in bursts and was not.
    pub cut: i64,
}

/// Adds to a day. A variant that is not there any more is passed over.
///
/// # Errors
/// When the query fails.
pub async fn appeal_day_add(tx: &mut Tx, more: &AppealDay) -> Result<(), Error> {
    const SQL: &str = "INSERT INTO appeal_day (variant, day, seen, cut) SELECT id, $2, $3, $4 FROM appeal_variant WHERE id = $1
        ON CONFLICT (variant, day) DO UPDATE SET seen = appeal_day.seen + excluded.seen, cut = appeal_day.cut + excluded.cut";
    execute!(tx, SQL, more.variant.0, more.day, more.seen, more.cut)?;
    Ok(())
}

/// Every day of an appeal's variants, the earliest first.
///
/// # Errors
/// When the query fails.
pub async fn appeal_days(tx: &mut Tx, appeal: AppealId) -> Result<Vec<AppealDay>, Error> {
    const SQL: &str =
        "SELECT d.variant, d.day, d.seen, d.cut FROM appeal_day d JOIN appeal_variant v ON v.id = d.variant
                       WHERE v.appeal = $1 ORDER BY d.day, v.position, v.id";
    fetch_all!(tx, appeal_day, SQL, appeal.0)
}

/// How many contributions that were paid at least once each variant of an appeal brought; those with none are left out.
///
/// # Errors
/// When the query fails.
pub async fn appeal_gifts(tx: &mut Tx, appeal: AppealId) -> Result<HashMap<VariantId, i64>, Error> {
    // A pledge has a month until which it is paid; a single gift is paid or it is not.
    const SQL: &str = "SELECT c.variant, count(*) AS n FROM contribution c JOIN appeal_variant v ON v.id = c.variant
                       WHERE v.appeal = $1 AND (c.state = 'paid' OR c.paid_until IS NOT NULL) GROUP BY c.variant";
    Ok(fetch_all!(tx, gifts, SQL, appeal.0)?.into_iter().collect())
}

fn gifts<R: Fields>(row: &R) -> Result<(VariantId, i64), Error> {
    Ok((VariantId(row.get("variant")?), number(row)?))
}

fn appeal_day<R: Fields>(row: &R) -> Result<AppealDay, Error> {
    Ok(AppealDay {
        variant: VariantId(row.get("variant")?),
        day: row.get("day")?,
        seen: row.get("seen")?,
        cut: row.get("cut")?,
    })
}
