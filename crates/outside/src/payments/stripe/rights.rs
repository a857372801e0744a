//! Which rights a restricted key lacks. Writing is tried with requests that Stripe refuses for what they lack, after it looked
//! at the key: nothing is made or changed.

use super::super::{GatewayError, wire::Ask};
use super::Stripe;

/// A right by Stripe's own name for it, and a request that it lets through.
const READ: [(&str, &str); 7] = [
    ("Checkout Sessions: Read", "/v1/checkout/sessions?limit=1"),
    ("Subscriptions: Read", "/v1/subscriptions?limit=1"),
    ("Invoices: Read", "/v1/invoices?limit=1"),
    ("PaymentIntents: Read", "/v1/payment_intents?limit=1"),
    ("Charges and Refunds: Read", "/v1/charges?limit=1"),
    ("Disputes: Read", "/v1/disputes?limit=1"),
    ("Events: Read", "/v1/events?limit=1"),
];
const WRITE: [(&str, &str); 4] = [
    ("Checkout Sessions: Write", "/v1/checkout/sessions"),
    ("Subscriptions: Write", "/v1/subscriptions/sub_masthead_check"),
    ("Charges and Refunds: Write", "/v1/refunds"),
    ("Customer portal: Write", "/v1/billing_portal/sessions"),
];

/// What the key may not do and should.
pub(super) async fn lacking(stripe: &Stripe) -> Result<Vec<String>, GatewayError> {
    // A key that is none at all is refused everywhere, and no single right is what it lacks.
    let (mut lacking, mut good) = (Vec::new(), false);
    let reads = READ.into_iter().map(|(right, path)| (right, Ask::get(path)));
    let wrong = [("masthead_check".to_owned(), "1".to_owned())];
    let writes = WRITE.into_iter().map(|(right, path)| (right, Ask::post(path).form(&wrong)));
    for (right, ask) in reads.chain(writes) {
        match stripe.send(ask).await {
            Ok(_) => good = true,
            Err(GatewayError::Key { .. }) => lacking.push(right.to_owned()),
            Err(error) => return Err(error),
        }
    }
    if good { Ok(lacking) } else { Err(stripe.wire.no_key()) }
}
