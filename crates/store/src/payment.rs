//! Payments: money that moved. A gateway's name for a payment makes it one row, however often it is told.

use model::{
    Contribution, ContributionId, Currency, Dispute, Frequency, GatewayName, Money, Month, Payment, PaymentId,
    PaymentState, VariantId,
};
use uuid::Uuid;

use crate::{
    Error, Tx,
    contribution::money,
    sql::{Fields, number},
};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, contribution, gateway, token, frequency, variant, minor, currency, fee, state, refunded, dispute, disputed, \
             came, late, month \
             FROM payment ",
            $rest
        )
    };
}

pub(crate) use select as select_payment;

/// The sum of what stays of paid payments, as `Payment::kept` says. `sum` of whole numbers is NUMERIC on PostgreSQL.
macro_rules! kept {
    () => {
        "CAST(sum(CASE WHEN dispute IS NULL OR dispute = 'won' THEN minor - refunded
                       WHEN minor - refunded > disputed THEN minor - refunded - disputed
                       ELSE 0 END) AS BIGINT)"
    };
}

pub(crate) fn payment<R: Fields>(row: &R) -> Result<Payment, Error> {
    let dispute: Option<String> = row.get("dispute")?;
    Ok(Payment {
        id: PaymentId(row.get::<Uuid>("id")?),
        contribution: row.get::<Option<Uuid>>("contribution")?.map(ContributionId),
        gateway: row.parsed("gateway", GatewayName::parse)?,
        token: row.get("token")?,
        frequency: row.parsed("frequency", Frequency::parse)?,
        variant: row.get::<Option<Uuid>>("variant")?.map(VariantId),
        amount: money(row)?,
        fee: row.get("fee")?,
        state: row.parsed("state", PaymentState::parse)?,
        refunded: row.get("refunded")?,
        dispute: dispute.map(|text| of_dispute(&text)).transpose()?,
        disputed: row.get("disputed")?,
        came: row.get("came")?,
        late: row.get("late")?,
        month: Month(row.get("month")?),
    })
}

fn of_dispute(text: &str) -> Result<Dispute, Error> {
    let unreadable = || Error::Unreadable { column: "dispute", why: format!("`{text}` is none of its values") };
    Dispute::parse(text).ok_or_else(unreadable)
}

/// Writes what is known of a payment now: a new row, or what changed of the one with its token. What it is for and when it was
/// made stay as they were first told.
///
/// # Errors
/// When the query fails.
pub async fn payment_put(tx: &mut Tx, put: &Payment) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO payment (id, contribution, gateway, token, frequency, variant, minor, currency, fee, state, refunded,
                              dispute, disputed, came, late, month)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
         ON CONFLICT (gateway, token) DO UPDATE
         SET minor = excluded.minor, currency = excluded.currency, fee = coalesce(excluded.fee, payment.fee),
             state = excluded.state, refunded = excluded.refunded, dispute = excluded.dispute,
             disputed = excluded.disputed, came = excluded.came, late = excluded.late",
        put.id.0,
        put.contribution.map(|id| id.0),
        put.gateway.as_str(),
        put.token.as_str(),
        put.frequency.as_str(),
        put.variant.map(|id| id.0),
        put.amount.minor,
        put.amount.currency.code(),
        put.fee,
        put.state.as_str(),
        put.refunded,
        put.dispute.map(Dispute::as_str),
        put.disputed,
        put.came,
        put.late,
        put.month.0,
    )?;
    Ok(())
}

/// A payment by its gateway's name for it.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn payment_by_token(tx: &mut Tx, gateway: GatewayName, token: &str) -> Result<Option<Payment>, Error> {
    fetch_optional!(tx, payment, select!("WHERE gateway = $1 AND token = $2"), gateway.as_str(), token)
}

/// A payment.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn payment_by_id(tx: &mut Tx, id: PaymentId) -> Result<Option<Payment>, Error> {
    fetch_optional!(tx, payment, select!("WHERE id = $1"), id.0)
}

/// A payment that nobody else changes until this transaction ends.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn payment_lock(tx: &mut Tx, id: PaymentId) -> Result<Option<Payment>, Error> {
    // On SQLite nobody else writes anyway.
    let sql = match tx {
        Tx::Sqlite(_) => select!("WHERE id = $1"),
        Tx::Postgres(_) => select!("WHERE id = $1 FOR UPDATE"),
    };
    fetch_optional!(tx, payment, sql, id.0)
}

/// The payments of a contribution, the newest month first.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn payment_of(tx: &mut Tx, contribution: ContributionId) -> Result<Vec<Payment>, Error> {
    fetch_all!(tx, payment, select!("WHERE contribution = $1 ORDER BY month DESC, id"), contribution.0)
}

/// Payments of the months from one to another, both among them, by month and id, from after one.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn payment_in(
    tx: &mut Tx,
    months: (Month, Month),
    after: Option<(Month, PaymentId)>,
    limit: i64,
) -> Result<Vec<Payment>, Error> {
    let (month, id) = after.map_or((i64::MIN, Uuid::nil()), |(month, id)| (month.0, id.0));
    const SQL: &str = select!("WHERE month BETWEEN $1 AND $2 AND (month, id) > ($3, $4) ORDER BY month, id LIMIT $5");
    fetch_all!(tx, payment, SQL, months.0.0, months.1.0, month, id, limit)
}

/// The last payments that came after everything was stopped, and of which something stays.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn payment_late(tx: &mut Tx, limit: i64) -> Result<Vec<Payment>, Error> {
    const SQL: &str = select!("WHERE late AND state = 'paid' AND refunded < minor ORDER BY month DESC, id LIMIT $1");
    fetch_all!(tx, payment, SQL, limit)
}

/// Takes the giver off their payments, which stay.
///
/// # Errors
/// When the query fails.
pub async fn payment_let_go(tx: &mut Tx, contribution: ContributionId) -> Result<u64, Error> {
    execute!(tx, "UPDATE payment SET contribution = NULL WHERE contribution = $1", contribution.0)
}

/// What came in, in a month: one sum for each frequency, currency and appeal variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentSum {
    /// The month.
    pub month: Month,
    /// How often it was given.
    pub frequency: Frequency,
    /// For which variant of an appeal.
    pub variant: Option<VariantId>,
    /// How much stays of it, before fees.
    pub kept: Money,
    /// Fees of it that are known, in minor units.
    pub fees: i64,
    /// How many payments.
    pub count: i64,
}

/// What came in, in the months from one to another, both among them.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn payment_sums(tx: &mut Tx, from: Month, to: Month) -> Result<Vec<PaymentSum>, Error> {
    const SQL: &str = concat!(
        "SELECT month, frequency, variant, currency, count(*) AS n, ",
        kept!(),
        " AS minor, CAST(sum(coalesce(fee, 0)) AS BIGINT) AS fees
         FROM payment WHERE state = 'paid' AND month BETWEEN $1 AND $2
         GROUP BY month, frequency, variant, currency ORDER BY month, currency, frequency, variant"
    );
    fetch_all!(tx, sum, SQL, from.0, to.0)
}

fn sum<R: Fields>(row: &R) -> Result<PaymentSum, Error> {
    Ok(PaymentSum {
        month: Month(row.get("month")?),
        frequency: row.parsed("frequency", Frequency::parse)?,
        variant: row.get::<Option<Uuid>>("variant")?.map(VariantId),
        kept: money(row)?,
        fees: row.get("fees")?,
        count: number(row)?,
    })
}

/// What a gateway holds for the newsroom, by its currencies: everything paid, less what went back or was lost.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn payment_balance(tx: &mut Tx, gateway: GatewayName) -> Result<Vec<Money>, Error> {
    const SQL: &str = concat!(
        "SELECT currency, ",
        kept!(),
        " AS minor FROM payment WHERE state = 'paid' AND gateway = $1 GROUP BY currency ORDER BY currency"
    );
    fetch_all!(tx, money, SQL, gateway.as_str())
}

/// How much came in of a currency from one month to another, both among them, before fees; in minor units.
///
/// # Errors
/// When the query fails.
pub async fn payment_raised(tx: &mut Tx, currency: Currency, from: Month, to: Month) -> Result<i64, Error> {
    const SQL: &str = concat!(
        "SELECT coalesce(",
        kept!(),
        ", 0) AS n FROM payment WHERE state = 'paid' AND currency = $1 AND month BETWEEN $2 AND $3"
    );
    fetch_one!(tx, number, SQL, currency.code(), from.0, to.0)
}

/// A payment of a contribution that is told for the first time.
#[must_use]
pub fn payment_new(id: PaymentId, of: &Contribution, token: &str, amount: Money, month: Month) -> Payment {
    Payment {
        id,
        contribution: (!of.erased).then_some(of.id),
        gateway: of.gateway,
        token: token.to_owned(),
        frequency: of.frequency,
        variant: of.variant,
        amount,
        fee: None,
        state: PaymentState::Pending,
        refunded: 0,
        dispute: None,
        disputed: 0,
        came: None,
        late: false,
        month,
    }
}
