//! HTTP to a gateway: one request, one answer in JSON, and a plain word for what went wrong.
//!
//! Connecting and the whole exchange have a limit, so has the size of an answer; redirects are not followed. Only requests that
//! may be made twice are made twice, once more and at once, and only when the first seems not to have come through. An answer
//! that is no JSON is not the gateway's but of something between it and us, and is [`GatewayError::Away`]. A failure that the
//! gateway remembers under the request's key is [`GatewayError::Spent`].

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use model::GatewayName;
use reqwest::{Client, redirect};
use serde_json::Value;
use tokio::sync::OnceCell;
use url::Url;

use super::{
    GatewayError,
    encode::{key_value, pairs},
    values::text,
};

/// Waiting for a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// The whole exchange.
const TIMEOUT: Duration = Duration::from_secs(20);
/// The largest answer that is read, in bytes: a hundred events of Stripe with their objects are about two million.
const MOST_BYTES: usize = 8 << 20;
/// With which Stripe says that an answer is the one that it remembers under the request's key.
const REPLAYED: &str = "idempotent-replayed";
/// Before a request is made once more.
const AGAIN: Duration = Duration::from_millis(250);

/// The way to one gateway.
#[derive(Debug)]
pub(super) struct Wire {
    gateway: GatewayName,
    base: Url,
    timeout: Duration,
    client: OnceCell<Client>,
}

/// A request.
#[derive(Debug, Clone)]
pub(super) struct Ask {
    method: Method,
    path: String,
    headers: HeaderMap,
    body: Bytes,
    twice: bool,
}

/// What was answered: any status but those that [`Wire::send`] makes errors of.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    /// Null where the body was empty.
    pub(super) json: Value,
}

impl Ask {
    /// Reads; may be made twice.
    pub(super) fn get(path: impl Into<String>) -> Self {
        Self::new(Method::GET, path.into(), true)
    }

    /// Does something; is made once, unless [`Ask::twice`] says that the gateway knows it again.
    pub(super) fn post(path: impl Into<String>) -> Self {
        Self::new(Method::POST, path.into(), false)
    }

    /// Ends something; ending it twice is ending it.
    pub(super) fn delete(path: impl Into<String>) -> Self {
        Self::new(Method::DELETE, path.into(), true)
    }

    fn new(method: Method, path: String, twice: bool) -> Self {
        Self { method, path, headers: HeaderMap::new(), body: Bytes::new(), twice }
    }

    /// With a header.
    pub(super) fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// With the key under which the gateway knows the same request again.
    pub(super) fn key(mut self, name: &'static str, key: &str) -> Self {
        self.headers.insert(HeaderName::from_static(name), key_value(key));
        self.twice = true;
        self
    }

    /// Made twice it does no harm.
    pub(super) fn harmless(mut self) -> Self {
        self.twice = true;
        self
    }

    /// With a form as its body.
    pub(super) fn form(mut self, fields: &[(String, String)]) -> Self {
        self.body = pairs(fields).into();
        let kind = HeaderValue::from_static("application/x-www-form-urlencoded");
        self.header(header::CONTENT_TYPE, kind)
    }

    /// With JSON as its body.
    pub(super) fn json(mut self, value: &Value) -> Self {
        self.body = value.to_string().into();
        self.header(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))
    }
}

impl Wire {
    /// To a gateway at an address.
    pub(super) fn new(gateway: GatewayName, base: Url) -> Self {
        Self { gateway, base, timeout: TIMEOUT, client: OnceCell::new() }
    }

    /// With another limit for the whole exchange.
    pub(super) fn within(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Asks, and reads the answer.
    pub(super) async fn send(&self, ask: Ask) -> Result<Answer, GatewayError> {
        match self.once(&ask).await {
            Err(Missed { soon: true, .. }) if ask.twice => {
                tokio::time::sleep(AGAIN).await;
                self.once(&ask).await.map_err(|missed| missed.error)
            }
            done => done.map_err(|missed| missed.error),
        }
    }

    /// What is read of an address elsewhere, such as a certificate.
    pub(super) async fn text(&self, url: Url) -> Result<String, GatewayError> {
        let client = self.client().await?;
        let answer = client.get(url).send().await.map_err(|error| self.broken(&error).error)?;
        let status = answer.status().as_u16();
        let body = self.body(answer).await.map_err(|missed| missed.error)?;
        match status {
            200 => String::from_utf8(body.to_vec()).map_err(|_| self.away("answered no text")),
            other => Err(self.away(format!("answered {other}"))),
        }
    }

    async fn once(&self, ask: &Ask) -> Result<Answer, Missed> {
        let client = self.client().await.map_err(Missed::for_now)?;
        let place = format!("{}{}", self.base.as_str().trim_end_matches('/'), ask.path);
        let url = Url::parse(&place).map_err(|_| Missed::for_now(self.unclear("its address is none")))?;
        let mut request = client.request(ask.method.clone(), url).headers(ask.headers.clone());
        if ask.method == Method::POST || ask.method == Method::PATCH {
            request = request.body(ask.body.clone());
        }
        let answer = request.send().await.map_err(|error| self.broken(&error))?;
        let status = answer.status().as_u16();
        let replayed = answer.headers().get(REPLAYED).is_some_and(|value| value == "true");
        let body = self.body(answer).await?;
        if replayed && status >= 400 {
            return Err(Missed::for_now(GatewayError::Spent { gateway: self.name() }));
        }
        self.judge(status, &body)
    }

    fn judge(&self, status: u16, body: &[u8]) -> Result<Answer, Missed> {
        let said = || self.away(format!("answered {status}"));
        match status {
            502..=504 => return Err(Missed { error: said(), soon: true }),
            300..=399 | 408 | 409 | 425 | 429 | 500..=599 => return Err(Missed::for_now(said())),
            _ => {}
        }
        let json = match body.trim_ascii() {
            b"" => Value::Null,
            text => serde_json::from_slice(text)
                .map_err(|_| Missed::for_now(self.away(format!("answered {status} with something that is no JSON"))))?,
        };
        match status {
            401 | 403 => Err(Missed::for_now(GatewayError::Key { gateway: self.name(), lacks: lacks(&json) })),
            _ => Ok(Answer { status, json }),
        }
    }

    async fn body(&self, mut answer: reqwest::Response) -> Result<Bytes, Missed> {
        let mut body = BytesMut::new();
        while let Some(chunk) = answer.chunk().await.map_err(|error| self.broken(&error))? {
            if body.len() + chunk.len() > MOST_BYTES {
                return Err(Missed::for_now(self.unclear(format!("an answer of more than {} MiB", MOST_BYTES >> 20))));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body.freeze())
    }

    /// What stopped a request, without its address, in which names of objects stand.
    fn broken(&self, error: &reqwest::Error) -> Missed {
        if error.is_timeout() && !error.is_connect() {
            return Missed::for_now(self.away(format!("no answer in {} s", self.timeout.as_secs().max(1))));
        }
        let why = if error.is_connect() { "no connection" } else { "the connection broke off" };
        Missed { error: self.away(why), soon: true }
    }

    async fn client(&self) -> Result<&Client, GatewayError> {
        let make = || async {
            let builder = Client::builder()
                .user_agent("Masthead")
                .referer(false)
                .no_proxy()
                .redirect(redirect::Policy::none())
                .connect_timeout(CONNECT_TIMEOUT.min(self.timeout))
                .timeout(self.timeout);
            builder.build().map_err(|_| self.away("this machine has no root certificates (package ca-certificates)"))
        };
        self.client.get_or_try_init(make).await
    }

    fn name(&self) -> String {
        title(self.gateway).to_owned()
    }

    /// It is not to be reached.
    pub(super) fn away(&self, why: impl Into<String>) -> GatewayError {
        GatewayError::Away { gateway: self.name(), why: why.into() }
    }

    /// It says no.
    pub(super) fn refused(&self, why: impl Into<String>) -> GatewayError {
        GatewayError::Refused { gateway: self.name(), why: why.into() }
    }

    /// It says what its documents don't know.
    pub(super) fn unclear(&self, why: impl Into<String>) -> GatewayError {
        GatewayError::Unclear { gateway: self.name(), why: why.into() }
    }

    /// It is not made for that.
    pub(super) fn cannot(&self) -> GatewayError {
        GatewayError::Cannot { gateway: self.name() }
    }

    /// It takes no key that can't even be sent.
    pub(super) fn no_key(&self) -> GatewayError {
        GatewayError::Key { gateway: self.name(), lacks: String::new() }
    }
}

/// The rights that Stripe names where it refuses a key. Of what else it says nothing is kept.
fn lacks(said: &Value) -> String {
    let words = text(said, "/error/message").split(|c: char| !(c.is_ascii_lowercase() || c == '_'));
    let mut rights: Vec<&str> = words.filter(|word| word.starts_with("rak_") && word.len() < 60).take(3).collect();
    rights.dedup();
    rights.join(" or ")
}

/// What people call a gateway.
pub(super) fn title(gateway: GatewayName) -> &'static str {
    match gateway {
        GatewayName::Stripe => "Stripe",
        GatewayName::Paypal => "PayPal",
        GatewayName::Btcpay => "BTCPay Server",
        GatewayName::Bank => "the bank",
        GatewayName::Sandbox => "the sandbox",
    }
}

/// A request that brought nothing.
struct Missed {
    error: GatewayError,
    /// Whether it may go well a moment later.
    soon: bool,
}

impl Missed {
    fn for_now(error: GatewayError) -> Self {
        Self { error, soon: false }
    }
}
