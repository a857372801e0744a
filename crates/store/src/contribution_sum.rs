//! Pledges in numbers.

use model::{ContributionState, Frequency, Money, Month};

use crate::{
    Error, Tx,
    contribution::money,
    sql::{Fields, number},
};

/// The pledges of a currency that are given so often, in a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PledgeSum {
    /// How often.
    pub frequency: Frequency,
    /// Where they stand.
    pub state: ContributionState,
    /// Whether they end when what was paid for is over.
    pub ending: bool,
    /// What they bring together, each time.
    pub amount: Money,
    /// How many.
    pub count: i64,
}

/// Every pledge, in sums.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn contribution_pledges(tx: &mut Tx) -> Result<Vec<PledgeSum>, Error> {
    const SQL: &str = "SELECT currency, frequency, state, ending, count(*) AS n, CAST(sum(minor) AS BIGINT) AS minor
                       FROM contribution WHERE frequency <> 'once'
                       GROUP BY currency, frequency, state, ending ORDER BY currency, frequency, state, ending";
    fetch_all!(tx, sum, SQL)
}

fn sum<R: Fields>(row: &R) -> Result<PledgeSum, Error> {
    Ok(PledgeSum {
        frequency: row.parsed("frequency", Frequency::parse)?,
        state: row.parsed("state", ContributionState::parse)?,
        ending: row.get("ending")?,
        amount: money(row)?,
        count: number(row)?,
    })
}

/// Pledges that began in a month, and ended in one or run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PledgeLives {
    /// When they began.
    pub began: Month,
    /// When they ended; `None` while they run.
    pub ended: Option<Month>,
    /// How many.
    pub count: i64,
}

/// When the pledges began and ended that ever ran.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn contribution_lives(tx: &mut Tx) -> Result<Vec<PledgeLives>, Error> {
    // What was never paid for any time has not run.
    const SQL: &str = "SELECT month, ended, count(*) AS n FROM contribution
                       WHERE frequency <> 'once' AND paid_until IS NOT NULL
                         AND (state IN ('active', 'past_due', 'paused') OR ended IS NOT NULL)
                       GROUP BY month, ended ORDER BY month, ended";
    fetch_all!(tx, lives, SQL)
}

fn lives<R: Fields>(row: &R) -> Result<PledgeLives, Error> {
    Ok(PledgeLives {
        began: Month(row.get("month")?),
        ended: row.get::<Option<i64>>("ended")?.map(Month),
        count: number(row)?,
    })
}
