//! The fake PayPal's webhooks are checked as PayPal's documentation says it, with other libraries than it signs with.

use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use serde_json::Value;
use testkit::{
    Received, Receiver,
    processors::{FakePaypal, Mode, Plan},
};

use crate::paypal::client;

/// Whether a delivery is PayPal's, checked as PayPal's documentation says it.
async fn genuine(fake: &FakePaypal, one: &Received) -> bool {
    assert_eq!(one.header("paypal-cert-url"), fake.certificate_url);
    let pem = reqwest::get(&fake.certificate_url).await.unwrap().text().await.unwrap();
    let (_, pem) = x509_parser::pem::parse_x509_pem(pem.as_bytes()).unwrap();
    let key = pem.parse_x509().unwrap().public_key().subject_public_key.data.to_vec();
    let mut checksum = flate2::Crc::new();
    checksum.update(one.body.as_bytes());
    let signed = format!(
        "{}|{}|{}|{}",
        one.header("paypal-transmission-id"),
        one.header("paypal-transmission-time"),
        fake.webhook,
        checksum.sum()
    );
    let signature = data_encoding::BASE64.decode(one.header("paypal-transmission-sig").as_bytes()).unwrap();
    let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key);
    key.verify(signed.as_bytes(), &signature).is_ok()
}

#[tokio::test]
async fn webhooks_are_signed_and_events_are_listed() {
    let (client, fake, _) = client().await;
    let receiver = Receiver::start().await.unwrap();
    fake.webhooks_to(&format!("{}/hook", receiver.address));
    fake.webhooks(Plan::calm(1).with(Mode::BadSignature));
    let id = client.subscription("pledge", "3.00").await;
    assert!(fake.subscribe(&id));
    let tried = fake.deliver_all().await;
    let received = receiver.received();
    assert_eq!(received.len(), 6);
    for (tried, received) in tried.iter().zip(&received) {
        assert_eq!(genuine(&fake, received).await, !tried.forged);
        let event: Value = serde_json::from_str(&received.body).unwrap();
        if let Some(document) = &client.document {
            assert_eq!(document.named("event", &event), Vec::<String>::new());
        }
    }
    let first = client.get("/v1/notifications/webhooks-events?page_size=2").await;
    assert_eq!(first["events"][0]["event_type"], "PAYMENT.SALE.COMPLETED");
    let next = first["links"][1]["href"].as_str().unwrap().strip_prefix(&fake.address).unwrap().to_owned();
    let second = client.get(&next).await;
    assert_eq!(second["events"][0]["event_type"], "BILLING.SUBSCRIPTION.CREATED");
    assert_eq!(second["events"].as_array().unwrap().len(), 1);
}
