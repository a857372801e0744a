//! Subscriptions that an account has, whoever began them. With their customers unfolded, which needs the right Customers: Read.

use super::super::{
    GatewayError, HeldPage, Which,
    encode::pairs,
    values::{is, list, text},
    wire::Ask,
};
use super::{Stripe, read};

/// Subscriptions on one page: the most there can be.
const PAGE: &str = "100";
/// Who pays, on a list and on one.
const LISTED_CUSTOMER: &str = "data.customer";
const CUSTOMER: &str = "customer";

/// A page of subscriptions, also of those that are over. A customer that the account does not have is refused.
pub(super) async fn held(stripe: &Stripe, which: &Which, after: Option<&str>) -> Result<HeldPage, GatewayError> {
    let mut query = vec![("limit", PAGE), ("status", "all"), ("expand[]", LISTED_CUSTOMER)];
    match which {
        Which::All => {}
        Which::Customer(customer) => query.push(("customer", customer)),
        Which::One(id) => {
            let found = stripe.object("subscriptions", id, &[CUSTOMER]).await?;
            return Ok(HeldPage::of(found.as_ref().and_then(read::held)));
        }
    }
    query.extend(after.map(|after| ("starting_after", after)));
    let answer = stripe.send(Ask::get(format!("/v1/subscriptions?{}", pairs(&query)))).await?;
    let found = stripe.good(answer)?;
    let data = list(&found, "/data");
    let after = data.last().filter(|_| is(&found, "/has_more")).map(|last| text(last, "/id").to_owned());
    Ok(HeldPage { held: data.iter().filter_map(read::held).collect(), after })
}
