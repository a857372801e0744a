//! Stripe, by its API `2026-09-30.endive`: Checkout, subscriptions, the customer portal.
//!
//! Stripe keeps the contribution's id as `client_reference_id` of a session and as `metadata.cid` of the subscription or the
//! payment intent. A payment is named by its payment intent whatever tells of it. Every request that does something has an
//! idempotency key of ours; the session has no end of our own, as a request with the same key must be the same, so it ends
//! after Stripe's 24 hours.
//!
//! | call | what it needs of a restricted key |
//! |---|---|
//! | start, close | Checkout Sessions: Write |
//! | change, pause, resume, cancel | Subscriptions: Write |
//! | method page | Customer portal: Write |
//! | refund | Charges and Refunds: Write |
//! | fetch, since | Read of these, of Invoices, PaymentIntents, Disputes, Events |
//! | held | Subscriptions: Read, Customers: Read |

mod amount;
mod fetch;
mod held;
mod hooks;
mod locale;
mod read;
mod rights;
mod since;
mod write;

pub(super) use amount::takes;

use http::{HeaderMap, HeaderName, HeaderValue, header};
use model::{Frequency, GatewayName, Money, Timestamp};
use serde_json::Value;
use url::Url;

use super::{
    Can, Event, Gateway, GatewayError, Happened, HeldPage, HookRefused, Object, Pledge, Secret, Standing, Start,
    Started, Which,
    values::text,
    wire::{Answer, Ask, Wire},
};

/// The version of the API that bodies are read by.
pub const VERSION: &str = "2026-09-30.endive";
/// Where Stripe is.
const ADDRESS: &str = "https://api.stripe.com";

/// What it can do.
pub(super) const CAN: Can = Can::ALL;

/// What tells how a contribution stands.
pub(super) fn objects(session: Option<&str>, pledge: Option<&str>) -> Vec<Object> {
    let of = |kind: &'static str, id: Option<&str>| id.map(|id| Object::new(kind, id));
    let all = [of("checkout.session", session), of("subscription", pledge), of(fetch::INVOICES, pledge)];
    all.into_iter().flatten().collect()
}

/// What is agreed with Stripe.
#[derive(Debug, Clone, Default)]
pub struct StripeOptions {
    /// A restricted key, `rk_…`.
    pub key: Secret,
    /// The signing secret of the webhook's endpoint, `whsec_…`, with its prefix.
    pub secret: Secret,
    /// The product that prices are of, `prod_…`; without one, each contribution makes its own.
    pub product: Option<String>,
    /// Another address than Stripe's, for tests.
    pub address: Option<Url>,
}

/// Stripe.
#[derive(Debug)]
pub struct Stripe {
    wire: Wire,
    key: Secret,
    secret: Secret,
    product: Option<String>,
    live: Option<bool>,
}

impl Stripe {
    /// With what is agreed. Asks nothing yet.
    ///
    /// # Errors
    /// When the address is none.
    pub fn new(options: StripeOptions) -> Result<Self, url::ParseError> {
        let address = options.address.map_or_else(|| Url::parse(ADDRESS), Ok)?;
        let live = mode(options.key.reveal());
        let wire = Wire::new(GatewayName::Stripe, address);
        Ok(Self { wire, key: options.key, secret: options.secret, product: options.product, live })
    }

    /// With another limit for one exchange than 20 seconds.
    #[must_use]
    pub fn within(self, timeout: std::time::Duration) -> Self {
        Self { wire: self.wire.within(timeout), ..self }
    }

    /// Asks with the key and the version.
    async fn send(&self, ask: Ask) -> Result<Answer, GatewayError> {
        let key = self.key.header("Bearer ").ok_or_else(|| self.wire.no_key())?;
        let version = (HeaderName::from_static("stripe-version"), HeaderValue::from_static(VERSION));
        self.wire.send(ask.header(header::AUTHORIZATION, key).header(version.0, version.1)).await
    }

    /// What was answered, where it is not a refusal.
    fn good(&self, answer: Answer) -> Result<Value, GatewayError> {
        match answer.status {
            200..=299 => Ok(answer.json),
            _ => Err(self.wire.refused(why(&answer))),
        }
    }
}

/// Whether a key moves money; `None` where it does not say.
fn mode(key: &str) -> Option<bool> {
    match key.split('_').nth(1) {
        Some("live") => Some(true),
        Some("test") => Some(false),
        _ => None,
    }
}

/// Stripe's code for a refusal, or else its kind, and the parameter: never its message, which may repeat what was sent.
fn why(answer: &Answer) -> String {
    let first = |names: [&str; 3]| names.iter().map(|name| text(&answer.json, name)).find(|said| !said.is_empty());
    let code = first(["/error/decline_code", "/error/code", "/error/type"]).unwrap_or("no reason given");
    match text(&answer.json, "/error/param") {
        "" => code.to_owned(),
        param => format!("{code} ({param})"),
    }
}

#[async_trait::async_trait]
impl Gateway for Stripe {
    fn name(&self) -> GatewayName {
        GatewayName::Stripe
    }

    fn can(&self) -> Can {
        CAN
    }

    fn objects(&self, session: Option<&str>, pledge: Option<&str>) -> Vec<Object> {
        objects(session, pledge)
    }

    async fn start(&self, ask: &Start) -> Result<Started, GatewayError> {
        write::start(self, ask).await
    }

    async fn fetch(&self, object: &Object) -> Result<Option<Standing>, GatewayError> {
        fetch::fetch(self, object).await
    }

    async fn close(&self, session: &str, key: &str) -> Result<(), GatewayError> {
        write::close(self, session, key).await
    }

    async fn verify(&self, now: Timestamp, headers: &HeaderMap, body: &[u8]) -> Result<Vec<Event>, HookRefused> {
        hooks::verify(&self.secret, self.live, now, headers, body)
    }

    async fn change(&self, pledge: &Pledge, money: Money, frequency: Frequency, key: &str) -> Result<(), GatewayError> {
        write::change(self, pledge, money, frequency, key).await
    }

    async fn pause(&self, pledge: &Pledge, key: &str) -> Result<(), GatewayError> {
        write::update(self, pledge, vec![("pause_collection[behavior]".into(), "void".into())], key).await
    }

    async fn resume(&self, pledge: &Pledge, key: &str) -> Result<(), GatewayError> {
        write::update(self, pledge, vec![("pause_collection".into(), String::new())], key).await
    }

    async fn cancel(&self, pledge: &Pledge, _: &str) -> Result<(), GatewayError> {
        write::cancel(self, pledge).await
    }

    async fn method_page(&self, pledge: &Pledge, back: &str) -> Result<String, GatewayError> {
        write::method_page(self, pledge, back).await
    }

    async fn refund(&self, payment: &str, money: Money, key: &str) -> Result<(), GatewayError> {
        write::refund(self, payment, money, key).await
    }

    async fn since(&self, place: Option<&str>) -> Result<Happened, GatewayError> {
        since::since(self, place).await
    }

    async fn held(&self, which: &Which, after: Option<&str>) -> Result<HeldPage, GatewayError> {
        held::held(self, which, after).await
    }

    async fn lacking(&self) -> Result<Vec<String>, GatewayError> {
        rights::lacking(self).await
    }
}
