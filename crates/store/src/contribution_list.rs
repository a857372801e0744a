//! Contributions and payments as lists: filtered, the newest month first, a page at a time. Nobody's lookup is a filter.

use model::{Contribution, ContributionState, Currency, Frequency, GatewayName, Payment, PaymentState};
use uuid::Uuid;

use crate::{
    Error, Tx,
    contribution::{contribution, select_contribution},
    payment::{payment, select_payment},
    sql::{Fields, number},
};

/// The ids that begin with some digits: what a short reference can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ids {
    /// The first.
    pub first: Uuid,
    /// The last.
    pub last: Uuid,
}

impl Ids {
    /// Every id.
    pub const ALL: Self = Self { first: Uuid::nil(), last: Uuid::max() };
}

/// Which contributions a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContributionFilter {
    /// Those in a state.
    pub state: Option<ContributionState>,
    /// Those given so often.
    pub frequency: Option<Frequency>,
    /// Those of a gateway.
    pub gateway: Option<GatewayName>,
    /// Those in a currency.
    pub currency: Option<Currency>,
    /// Those with such an id, or with a payment that has one.
    pub ids: Ids,
}

/// A page of contributions, the newest month first.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn contribution_list(
    tx: &mut Tx,
    filter: &ContributionFilter,
    limit: i64,
    offset: i64,
) -> Result<Vec<Contribution>, Error> {
    const SQL: &str = select_contribution!(
        "WHERE ($1 = '' OR state = $1) AND ($2 = '' OR frequency = $2) AND ($3 = '' OR gateway = $3)
           AND ($4 = '' OR currency = $4)
           AND (id BETWEEN $5 AND $6 OR id IN (SELECT contribution FROM payment WHERE id BETWEEN $5 AND $6))
         ORDER BY month DESC, id LIMIT $7 OFFSET $8"
    );
    let [state, frequency, gateway, currency] = filter.texts();
    let Ids { first, last } = filter.ids;
    fetch_all!(tx, contribution, SQL, state, frequency, gateway, currency, first, last, limit, offset)
}

/// How many contributions a list has.
///
/// # Errors
/// When the query fails.
pub async fn contribution_count(tx: &mut Tx, filter: &ContributionFilter) -> Result<i64, Error> {
    const SQL: &str = "SELECT count(*) AS n FROM contribution
         WHERE ($1 = '' OR state = $1) AND ($2 = '' OR frequency = $2) AND ($3 = '' OR gateway = $3)
           AND ($4 = '' OR currency = $4)
           AND (id BETWEEN $5 AND $6 OR id IN (SELECT contribution FROM payment WHERE id BETWEEN $5 AND $6))";
    let [state, frequency, gateway, currency] = filter.texts();
    let Ids { first, last } = filter.ids;
    fetch_one!(tx, number, SQL, state, frequency, gateway, currency, first, last)
}

impl ContributionFilter {
    /// As text, empty where any will do.
    fn texts(&self) -> [&'static str; 4] {
        [
            self.state.map_or("", ContributionState::as_str),
            self.frequency.map_or("", Frequency::as_str),
            self.gateway.map_or("", GatewayName::as_str),
            self.currency.map_or("", Currency::code),
        ]
    }
}

/// Which payments a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaymentFilter {
    /// Those in a state.
    pub state: Option<PaymentState>,
    /// Those given so often.
    pub frequency: Option<Frequency>,
    /// Those of a gateway.
    pub gateway: Option<GatewayName>,
    /// Those in a currency.
    pub currency: Option<Currency>,
    /// Only those that were asked back, the open ones first.
    pub disputed: bool,
    /// Those with such an id.
    pub ids: Ids,
}

/// A page of payments, the newest month first.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn payment_list(tx: &mut Tx, filter: &PaymentFilter, limit: i64, offset: i64) -> Result<Vec<Payment>, Error> {
    const SQL: &str = select_payment!(
        "WHERE ($1 = '' OR state = $1) AND ($2 = '' OR frequency = $2) AND ($3 = '' OR gateway = $3)
           AND ($4 = '' OR currency = $4) AND ($5 = '' OR dispute IS NOT NULL) AND id BETWEEN $6 AND $7
         ORDER BY CASE WHEN $5 <> '' AND dispute = 'open' THEN 0 ELSE 1 END, month DESC, id LIMIT $8 OFFSET $9"
    );
    let [state, frequency, gateway, currency, disputed] = filter.texts();
    let Ids { first, last } = filter.ids;
    fetch_all!(tx, payment, SQL, state, frequency, gateway, currency, disputed, first, last, limit, offset)
}

/// How many payments a list has.
///
/// # Errors
/// When the query fails.
pub async fn payment_count(tx: &mut Tx, filter: &PaymentFilter) -> Result<i64, Error> {
    const SQL: &str = "SELECT count(*) AS n FROM payment
         WHERE ($1 = '' OR state = $1) AND ($2 = '' OR frequency = $2) AND ($3 = '' OR gateway = $3)
           AND ($4 = '' OR currency = $4) AND ($5 = '' OR dispute IS NOT NULL) AND id BETWEEN $6 AND $7";
    let [state, frequency, gateway, currency, disputed] = filter.texts();
    let Ids { first, last } = filter.ids;
    fetch_one!(tx, number, SQL, state, frequency, gateway, currency, disputed, first, last)
}

impl PaymentFilter {
    fn texts(&self) -> [&'static str; 5] {
        [
            self.state.map_or("", PaymentState::as_str),
            self.frequency.map_or("", Frequency::as_str),
            self.gateway.map_or("", GatewayName::as_str),
            self.currency.map_or("", Currency::code),
            if self.disputed { "yes" } else { "" },
        ]
    }
}

/// The currencies in which anything was given, or was to be.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn contribution_currencies(tx: &mut Tx) -> Result<Vec<Currency>, Error> {
    const SQL: &str = "SELECT currency FROM contribution UNION SELECT currency FROM payment ORDER BY currency";
    fetch_all!(tx, currency, SQL)
}

fn currency<R: Fields>(row: &R) -> Result<Currency, Error> {
    row.parsed("currency", Currency::parse)
}
