//! Payments for the accounts: a CSV with a row for each, written page by page, however many there are.
//!
//! Amounts have a decimal point and all of the currency's decimals. `kept` is what stays before the fee: nothing of what never
//! came, or was asked back and lost. Added up by currency over all months it is what the gateways hold. Who gave is not in it. What
//! a gateway named is text from outside, and is kept from being a formula of whoever opens the file.

use std::fmt::Write as _;

use model::{Dispute, Money, Month, Payment, PaymentId};

use super::{ledger::reference, settings::publishes};
use crate::{Newsroom, error::Error};

/// The first line.
pub const HEAD: &str =
    "month,reference,gateway,gateway_token,frequency,state,currency,amount,refunded,fee,dispute,kept\r\n";
/// Payments of a page.
const PAGE: i64 = 500;

/// Months from one to another, both among them, and where to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pages {
    months: (Month, Month),
    after: Option<(Month, PaymentId)>,
}

impl Pages {
    /// From a month to another; `None` when the second is before the first.
    #[must_use]
    pub fn of(from: Month, to: Month) -> Option<Self> {
        (from <= to).then_some(Self { months: (from, to), after: None })
    }

    /// The next lines, and where to go on; `None` after the last.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next(self, newsroom: &Newsroom) -> Result<Option<(String, Self)>, Error> {
        let mut tx = newsroom.store().read().await?;
        let payments = store::payment_in(&mut tx, self.months, self.after, PAGE).await?;
        let Some(last) = payments.last() else { return Ok(None) };
        let after = Some((last.month, last.id));
        Ok(Some((payments.iter().map(line).collect(), Self { after, ..self })))
    }
}

/// Puts on record that payments are written down. `actor` is the pen name of who does it.
///
/// # Errors
/// When the database fails; then nothing may be written.
pub async fn on_record(newsroom: &Newsroom, actor: &str, months: (Month, Month)) -> Result<(), Error> {
    let detail = serde_json::json!({ "from": months.0.to_string(), "to": months.1.to_string() }).to_string();
    let mut tx = newsroom.store().begin().await?;
    store::audit_append(&mut tx, newsroom.clock().now(), actor, "contribution.export", None, &detail).await?;
    Ok(tx.commit().await?)
}

/// The same for somebody at the desk.
///
/// # Errors
/// [`crate::staff::Denial::Role`] for anybody but publishers.
pub async fn on_record_at_desk(newsroom: &Newsroom, staff: &model::Staff, months: (Month, Month)) -> Result<(), Error> {
    publishes(staff)?;
    on_record(newsroom, staff.handle.as_str(), months).await
}

/// A payment's row.
fn line(of: &Payment) -> String {
    let money = |minor: i64| Money::new(minor, of.amount.currency).decimal();
    let mut line = String::with_capacity(128);
    let cells = [
        of.month.to_string(),
        reference(of.id.0),
        of.gateway.as_str().to_owned(),
        text(&of.token),
        of.frequency.as_str().to_owned(),
        of.state.as_str().to_owned(),
        of.amount.currency.code().to_owned(),
        of.amount.decimal(),
        money(of.refunded),
        of.fee.map(money).unwrap_or_default(),
        of.dispute.map(Dispute::as_str).unwrap_or_default().to_owned(),
        money(of.kept()),
    ];
    for (place, cell) in cells.iter().enumerate() {
        let comma = if place == 0 { "" } else { "," };
        // Writing into a String does not fail.
        if write!(line, "{comma}{cell}").is_err() {
            break;
        }
    }
    line.push_str("\r\n");
    line
}

/// Text from outside as a cell: a spreadsheet takes what begins with these for a formula, unless an apostrophe stands before.
fn text(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\n', '\r', ';']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
mod tests {
    use model::{Currency, Frequency, GatewayName, PaymentState, SeededChance};

    use super::*;

    #[test]
    fn a_row_has_decimal_points_and_no_formula() {
        let of = Payment {
            id: PaymentId(uuid::Uuid::parse_str("4f0c21aa-9d3e-4c6b-8f11-0123456789ab").unwrap()),
            contribution: None,
            gateway: GatewayName::Stripe,
            token: "=HYPERLINK(\"https://evil.example\",\"x\")".to_owned(),
            frequency: Frequency::Monthly,
            variant: None,
            amount: Money::new(1_050, Currency::EUR),
            fee: Some(61),
            state: PaymentState::Paid,
            refunded: 50,
            dispute: Some(Dispute::Open),
            disputed: 600,
            came: None,
            late: false,
            month: Month::parse("2026-11").unwrap(),
        };
        assert_eq!(
            line(&of),
            "2026-11,4F0C21AA,stripe,\"'=HYPERLINK(\"\"https://evil.example\"\",\"\"x\"\")\",monthly,paid,EUR,10.50,0.50,0.61,\
             open,4.00\r\n"
        );
        let id = PaymentId::new(&SeededChance::new(1));
        let yen = Money::new(500, Currency::parse("JPY").unwrap());
        let lost =
            Payment { id, amount: yen, refunded: 0, fee: None, dispute: Some(Dispute::Lost), disputed: 500, ..of };
        assert!(line(&lost).ends_with(",JPY,500,0,,lost,0\r\n"), "{}", line(&lost));
        for risky in ["+1", "-1", "@sum", "\t=1"] {
            assert!(text(risky).starts_with('\''), "{risky}");
        }
        assert_eq!(HEAD.split(',').count(), line(&lost).split(',').count() - 1, "the token has one comma");
    }
}
