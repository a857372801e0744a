//! Ghost: Members → Export. `stripe_customer_id` names the member's customer at the newsroom's own Stripe account; it is empty for
//! whoever never paid, and may be there for somebody whose subscription is long over.

use zeroize::Zeroizing;

use super::{Left, Missing, Named};
use crate::lists::{
    Rejected,
    columns::{Header, value},
};

const HOW: &str =
    "the columns email and stripe_customer_id must be there; export the members in Ghost (Members → Export)";

pub(super) struct Columns {
    pub(super) email: usize,
    customer: usize,
}

impl Columns {
    pub(super) fn find(fields: &[Zeroizing<String>]) -> Result<Self, Missing> {
        let header = Header::new(fields);
        let (email, customer) = (header.find(&["email"]), header.find(&["stripe_customer_id"]));
        Ok(Self { email: email.ok_or(HOW)?, customer: customer.ok_or(HOW)? })
    }

    pub(super) fn read(&self, fields: &[Zeroizing<String>]) -> Result<Named, Left> {
        if fields.len() <= self.email.max(self.customer) {
            return Err(Left::Rejected(Rejected::Short));
        }
        match value(fields, Some(self.customer)) {
            "" => Err(Left::Free),
            customer => Ok(Named::Customer(customer.to_owned())),
        }
    }
}
