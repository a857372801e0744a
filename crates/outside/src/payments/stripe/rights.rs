//! Which rights a restricted key lacks: no call of Stripe's tells them. Writing is tried on what is not there, in requests that
//! are whole otherwise: Stripe looks at the key first, and nothing can be made or changed.

use super::super::{GatewayError, wire::Ask};
use super::Stripe;

/// A right by Stripe's own name for it, and a request that it lets through.
const READ: [(&str, &str); 8] = [
    ("Checkout Sessions: Read", "/v1/checkout/sessions?limit=1"),
    ("Subscriptions: Read", "/v1/subscriptions?limit=1"),
    ("Invoices: Read", "/v1/invoices?limit=1"),
    ("PaymentIntents: Read", "/v1/payment_intents?limit=1"),
    ("Charges and Refunds: Read", "/v1/charges?limit=1"),
    ("Balance transaction sources: Read", "/v1/balance_transactions?limit=1"),
    ("Disputes: Read", "/v1/disputes?limit=1"),
    ("Events: Read", "/v1/events?limit=1"),
];
/// The fields of a request.
type Given = &'static [(&'static str, &'static str)];
/// The same with what is sent.
const WRITE: [(&str, &str, Given); 4] = [
    ("Checkout Sessions: Write", "/v1/checkout/sessions/cs_masthead_check/expire", &[]),
    ("Subscriptions: Write", "/v1/subscriptions/sub_masthead_check", &[("cancel_at_period_end", "false")]),
    ("Charges and Refunds: Write", "/v1/refunds", &[("payment_intent", "pi_masthead_check")]),
    ("Customer portal: Write", "/v1/billing_portal/sessions", &[("customer", "cus_masthead_check")]),
];

/// What the key may not do and should.
pub(super) async fn lacking(stripe: &Stripe) -> Result<Vec<String>, GatewayError> {
    // A key that is none at all is refused everywhere, and no single right is what it lacks.
    let (mut lacking, mut good) = (Vec::new(), false);
    let reads = READ.into_iter().map(|(right, path)| (right, Ask::get(path)));
    let writes = WRITE.into_iter().map(|(right, path, fields)| {
        let fields: Vec<_> = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        (right, Ask::post(path).form(&fields))
    });
    for (right, ask) in reads.chain(writes) {
        match stripe.send(ask).await {
            Ok(_) => good = true,
            Err(GatewayError::Key { .. }) => lacking.push(right.to_owned()),
            Err(error) => return Err(error),
        }
    }
    if good { Ok(lacking) } else { Err(stripe.wire.no_key()) }
}
