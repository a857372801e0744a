//! The types of `async-stripe`, generated from Stripe's API document of the same version, read the fake's objects.

use serde_json::Value;
use stripe_shared as theirs;

use crate::stripe::lived;

fn read(object: &Value) -> Option<&'static str> {
    fn of<T: miniserde::Deserialize>(object: &Value) -> bool {
        miniserde::json::from_str::<T>(&object.to_string()).is_ok()
    }
    let (good, name) = match object["object"].as_str()? {
        "checkout.session" => (of::<theirs::CheckoutSession>(object), "CheckoutSession"),
        "customer" => (of::<theirs::Customer>(object), "Customer"),
        "payment_intent" => (of::<theirs::PaymentIntent>(object), "PaymentIntent"),
        "charge" => (of::<theirs::Charge>(object), "Charge"),
        "balance_transaction" => (of::<theirs::BalanceTransaction>(object), "BalanceTransaction"),
        "invoice" => (of::<theirs::Invoice>(object), "Invoice"),
        "invoice_payment" => (of::<theirs::InvoicePayment>(object), "InvoicePayment"),
        "subscription" => (of::<theirs::Subscription>(object), "Subscription"),
        "price" => (of::<theirs::Price>(object), "Price"),
        "product" => (of::<theirs::Product>(object), "Product"),
        "refund" => (of::<theirs::Refund>(object), "Refund"),
        "dispute" => (of::<theirs::Dispute>(object), "Dispute"),
        "event" => (of::<theirs::Event>(object), "Event"),
        "payment_method" => (of::<theirs::PaymentMethod>(object), "PaymentMethod"),
        "billing_portal.session" => (of::<stripe_billing::BillingPortalSession>(object), "BillingPortalSession"),
        "balance" => (of::<stripe_core::Balance>(object), "Balance"),
        "radar.early_fraud_warning" => return None,
        other => panic!("nobody reads {other}"),
    };
    (!good).then_some(name)
}

#[tokio::test]
async fn the_types_of_async_stripe_read_every_object() {
    let (_stripe, objects) = lived().await;
    let unread: std::collections::BTreeSet<&str> = objects.iter().filter_map(read).collect();
    assert!(unread.is_empty(), "{unread:?}");
    let strict =
        |object: &&Value| ["charge", "subscription", "checkout.session"].contains(&object["object"].as_str().unwrap());
    for object in objects.iter().filter(strict) {
        let mut wrong = object.clone();
        wrong["livemode"] = "perhaps".into();
        assert!(read(&wrong).is_some(), "{}", wrong["object"]);
    }
}
