//! Donorbox: Recurring Donations → Export.
//!
//! Donorbox publishes no list of the columns, and they have changed: they are found by the words in their names, as its API calls
//! the same things (`type`, `payment_method`, `status`, `next_donation_date`). A plan may stand on a subscription of the newsroom's
//! own Stripe or PayPal account, or, as most are, be charged by Donorbox itself from a card that it keeps; the first kind is told by
//! its name, `sub_…` or `I-…`, wherever it stands. The export of donations has a row for each payment and is refused.

use model::GatewayName;
use zeroize::Zeroizing;

use super::{Left, Missing, Named};
use crate::lists::{
    Rejected,
    columns::{Header, flag, value},
};

const HOW: &str = "there must be columns for the donor's address (Email, Donor Email) and for how the plan stands (Status, Plan \
                   Status); export the recurring plans, not a report";

const DONATIONS: &str = "this is a list of donations, a row for each payment; export the recurring plans instead";

/// Columns that only an export of donations has.
const OF_DONATIONS: &[&str] = &["donated at", "receipt id", "stripe charge id", "donation date"];
const EMAIL: &[&str] = &["donor email", "email", "email address", "supporter email", "donor e-mail", "e-mail"];
const STATUS: &[&str] = &["plan status", "status", "recurring status", "subscription status"];
const OFTEN: &[&str] =
    &["frequency", "recurring interval", "interval", "donation interval", "plan type", "type", "recurring frequency"];
const RECURRING: &[&str] = &["recurring", "recurring donation", "is recurring", "recurring?"];
/// Words in the names of columns that may hold the name of a subscription.
const MAY_NAME: &[&str] =
    &["subscription", "agreement", "profile", "plan", "stripe", "paypal", "pay pal", "transaction", "processor"];

const OVER: &[&str] = &["cancelled", "canceled", "ended", "expired", "completed", "inactive", "failed", "deleted"];
const ONCE: &[&str] = &["once", "one-time", "one time", "onetime", "single"];

pub(super) struct Columns {
    pub(super) email: usize,
    status: usize,
    often: Option<usize>,
    recurring: Option<usize>,
    may_name: Vec<usize>,
}

impl Columns {
    pub(super) fn find(fields: &[Zeroizing<String>]) -> Result<Self, Missing> {
        let plain: Vec<_> = fields.iter().map(|field| Zeroizing::new(field.replace('_', " "))).collect();
        let header = Header::new(&plain);
        if header.find(OF_DONATIONS).is_some() {
            return Err(DONATIONS);
        }
        let (email, status) = (header.find(EMAIL).ok_or(HOW)?, header.find(STATUS).ok_or(HOW)?);
        let (often, recurring) = (header.find(OFTEN), header.find(RECURRING));
        Ok(Self { email, status, often, recurring, may_name: header.with(MAY_NAME) })
    }

    pub(super) fn read(&self, fields: &[Zeroizing<String>]) -> Result<Named, Left> {
        if fields.len() <= self.email.max(self.status) {
            return Err(Left::Rejected(Rejected::Short));
        }
        let is = |column, words: &[&str]| words.contains(&value(fields, column).to_lowercase().as_str());
        if flag(value(fields, self.recurring)) == Some(false) || is(self.often, ONCE) {
            return Err(Left::Once);
        }
        if is(Some(self.status), OVER) {
            return Err(Left::Ended);
        }
        self.may_name.iter().find_map(|column| named(value(fields, Some(*column)))).ok_or(Left::Alone)
    }
}

/// The subscription that a field names, by itself or at the end of an address.
fn named(field: &str) -> Option<Named> {
    let name = field.rsplit('/').next().unwrap_or_default();
    let fits = |rest: &str| (8..=64).contains(&rest.len()) && rest.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is = |start: &str| name.strip_prefix(start).is_some_and(fits);
    if is("sub_") {
        return Some(Named::Subscription(GatewayName::Stripe, name.to_owned()));
    }
    is("I-").then(|| Named::Subscription(GatewayName::Paypal, name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subscription_is_known_by_its_shape() {
        let stripe = |name: &str| Some(Named::Subscription(GatewayName::Stripe, name.to_owned()));
        assert_eq!(named("sub_1MowQVLkdIwHu7ix"), stripe("sub_1MowQVLkdIwHu7ix"));
        assert_eq!(
            named("https://dashboard.stripe.com/subscriptions/sub_1MowQVLkdIwHu7ix"),
            stripe("sub_1MowQVLkdIwHu7ix")
        );
        let paypal = Named::Subscription(GatewayName::Paypal, "I-BW452GLLEP1G".to_owned());
        assert_eq!(named("I-BW452GLLEP1G"), Some(paypal));
        for other in
            ["", "ch_1BF94aBku99FiTp3", "sub_", "sub_12 45678", "I-12", "I-BW452GLLEP1G?x=1", "4711", "I-ВW452GLLEP1G"]
        {
            assert_eq!(named(other), None, "{other}");
        }
    }
}
