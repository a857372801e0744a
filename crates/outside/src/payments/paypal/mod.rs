//! PayPal: orders for gifts, subscriptions for pledges.
//!
//! PayPal keeps the contribution's id as `custom_id`, which the payer does not see. An order is only taken once its payer said
//! yes, when that is asked for: as often as that happens, once. A page can't be closed; an order that is not taken is forgotten. A pledge can be put on hold, go on and be ended from
//! here; another amount needs the subscriber's own consent at PayPal, and another card is chosen there too, so that neither is
//! offered. Requests that do something carry `PayPal-Request-Id`, which PayPal remembers for six hours with orders and for three
//! days with subscriptions.

mod amount;
mod certificates;
mod fetch;
mod hooks;
mod plans;
mod read;
mod since;
mod token;
mod write;

pub(super) use amount::takes;

use std::collections::BTreeMap;

use http::{HeaderMap, HeaderName, HeaderValue, header};
use model::{GatewayName, Money, Timestamp};
use serde_json::Value;
use tokio::sync::Mutex;
use url::Url;

use super::{
    Can, Event, Gateway, GatewayError, Happened, HeldPage, HookRefused, Object, Pledge, Secret, Standing, Start,
    Started, Which,
    encode::segment,
    values::some,
    wire::{Answer, Ask, Wire},
};

/// Where PayPal is.
const ADDRESS: &str = "https://api-m.paypal.com";
/// Where money is only played with.
pub const SANDBOX: &str = "https://api-m.sandbox.paypal.com";
/// The header under which PayPal knows a request again.
const KEY: &str = "paypal-request-id";
/// What a token is good for where subscriptions are allowed.
const SUBSCRIPTIONS: &str = "/services/subscriptions";

/// What it can do.
pub(super) const CAN: Can = Can::ALL.without_change().without_method_page();

/// What tells how a contribution stands.
pub(super) fn objects(session: Option<&str>, pledge: Option<&str>) -> Vec<Object> {
    if let Some(pledge) = pledge {
        return vec![Object::new("subscription", pledge), Object::new(fetch::PAYMENTS, pledge)];
    }
    let kind = |name: &str| if name.starts_with("I-") { "subscription" } else { "order" };
    session.map(|name| Object::new(kind(name), name)).into_iter().collect()
}

/// What is agreed with PayPal.
#[derive(Debug, Clone, Default)]
pub struct PaypalOptions {
    /// The client's id.
    pub client: String,
    /// Its secret.
    pub key: Secret,
    /// The webhook's id, a part of what PayPal signs.
    pub webhook: String,
    /// Another address than PayPal's: [`SANDBOX`], or a test's.
    pub address: Option<Url>,
    /// Where, besides PayPal's own hosts, the certificates of webhooks may be: for tests.
    pub certificates: Option<Url>,
}

/// PayPal.
#[derive(Debug)]
pub struct Paypal {
    wire: Wire,
    options: PaypalOptions,
    token: token::Kept,
    certificates: certificates::Certificates,
    plans: Mutex<BTreeMap<String, String>>,
}

impl Paypal {
    /// With what is agreed. Asks nothing yet.
    ///
    /// # Errors
    /// When the address is none.
    pub fn new(options: PaypalOptions) -> Result<Self, url::ParseError> {
        let address = options.address.clone().map_or_else(|| Url::parse(ADDRESS), Ok)?;
        let wire = Wire::new(GatewayName::Paypal, address);
        let (token, certificates, plans) = Default::default();
        Ok(Self { wire, options, token, certificates, plans })
    }

    /// Asks with a token; one that is not taken any more is replaced once.
    async fn send(&self, ask: Ask) -> Result<Answer, GatewayError> {
        let prefer = HeaderValue::from_static("return=representation");
        let ask = ask.header(HeaderName::from_static("prefer"), prefer);
        for again in [true, false] {
            let token = self.token.get(&self.wire, &self.options.client, &self.options.key).await?;
            match self.wire.send(ask.clone().header(header::AUTHORIZATION, token.header.clone())).await {
                Err(GatewayError::Key { .. }) if again => self.token.drop(&token).await,
                answer => return answer,
            }
        }
        Err(self.wire.no_key())
    }

    /// What was answered, where it is not a refusal.
    async fn good(&self, ask: Ask) -> Result<Value, GatewayError> {
        let answer = self.send(ask).await?;
        match answer.status {
            200..=299 => Ok(answer.json),
            _ => Err(self.refused(&answer.json)),
        }
    }

    /// An object; `None` where there is none.
    async fn object(&self, path: &str) -> Result<Option<Value>, GatewayError> {
        let answer = self.send(Ask::get(path)).await?;
        match answer.status {
            200..=299 => Ok(Some(answer.json)),
            404 => Ok(None),
            _ => Err(self.refused(&answer.json)),
        }
    }

    /// A subscription with the plan that it follows, its own price in it.
    async fn subscription(&self, id: &str) -> Result<Option<Value>, GatewayError> {
        self.object(&format!("/v1/billing/subscriptions/{}?fields=plan", segment(id))).await
    }

    fn refused(&self, body: &Value) -> GatewayError {
        self.wire.refused(issue(body))
    }
}

/// PayPal's word for what is wrong: never its sentence, which may repeat what was sent.
fn issue(body: &Value) -> &str {
    some(body, "/details/0/issue").or_else(|| some(body, "/name")).unwrap_or("no reason given")
}

#[async_trait::async_trait]
impl Gateway for Paypal {
    fn name(&self) -> GatewayName {
        GatewayName::Paypal
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

    async fn take(&self, object: &Object) -> Result<Option<Standing>, GatewayError> {
        fetch::take(self, object).await
    }

    async fn verify(&self, now: Timestamp, headers: &HeaderMap, body: &[u8]) -> Result<Vec<Event>, HookRefused> {
        let with = (&self.certificates, &self.wire, self.options.certificates.as_ref());
        hooks::verify(with, &self.options.webhook, now, headers, body).await
    }

    async fn pause(&self, pledge: &Pledge, key: &str) -> Result<(), GatewayError> {
        write::become_of(self, pledge, "suspend", &["SUSPENDED"], key).await
    }

    async fn resume(&self, pledge: &Pledge, key: &str) -> Result<(), GatewayError> {
        write::become_of(self, pledge, "activate", &["ACTIVE"], key).await
    }

    async fn cancel(&self, pledge: &Pledge, key: &str) -> Result<(), GatewayError> {
        write::become_of(self, pledge, "cancel", &["CANCELLED", "EXPIRED"], key).await
    }

    async fn refund(&self, payment: &str, money: Money, key: &str) -> Result<(), GatewayError> {
        write::refund(self, payment, money, key).await
    }

    async fn since(&self, place: Option<&str>) -> Result<Happened, GatewayError> {
        since::since(self, place).await
    }

    async fn held(&self, which: &Which, _: Option<&str>) -> Result<HeldPage, GatewayError> {
        // PayPal names subscriptions one by one.
        let Which::One(id) = which else { return Err(self.wire.cannot()) };
        Ok(HeldPage::of(self.subscription(id).await?.as_ref().and_then(read::held)))
    }

    async fn lacking(&self) -> Result<Vec<String>, GatewayError> {
        let token = self.token.get(&self.wire, &self.options.client, &self.options.key).await?;
        let has = token.scope.split_whitespace().any(|scope| scope.ends_with(SUBSCRIPTIONS));
        Ok(if has { Vec::new() } else { vec!["Subscriptions".to_owned()] })
    }
}
