//! The till: gateways with their keys in a process of their own, and the newsroom's side of it.
//!
//! The newsroom asks the till over a Unix socket, or over TCP on this machine, with a secret that both know. It has neither a
//! gateway's key nor the secret of its webhooks: a webhook's body and its signature's headers go to the till, and what is
//! believed comes back. What the till can be asked is the trait [`Gateway`], no more. The one question that lists givers,
//! [`Gateway::held`], it answers only while it was started for an import. Of a gateway's answers it passes on what [`Standing`]
//! holds.

mod call;
mod serve;

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use http::{HeaderMap, header};
use model::{Frequency, GatewayName, Money, Timestamp};
use reqwest::{Client, redirect};
use tokio::sync::OnceCell;

use self::call::{Call, Failed, MOST_BYTES, PATH, Question, Reply, Said};
pub use self::serve::{Lists, Open, serve};
use super::{
    Can, Event, Gateway, GatewayError, Happened, HeldPage, HookRefused, Object, Pledge, Secret, Standing, Start,
    Started, Which, btcpay, paypal, stripe, wire::title,
};

/// Longer than the till itself waits for a gateway, shorter than the newsroom waits for the till.
const TIMEOUT: Duration = Duration::from_secs(28);
/// Waiting for the till to take a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);
/// The shortest secret that is taken.
pub const SECRET_LEAST: usize = 24;

/// Where the till is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A socket in the file system.
    Unix(PathBuf),
    /// A port of this machine.
    Tcp(SocketAddr),
}

impl Place {
    /// From `unix:/run/masthead-till/till.sock` or `127.0.0.1:8099`. `None` where it is neither, or of another machine: what goes
    /// over is not encrypted.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.strip_prefix("unix:") {
            Some(path) => (path.starts_with('/') && path.len() <= 100).then(|| Self::Unix(PathBuf::from(path))),
            None => text.parse::<SocketAddr>().ok().filter(|address| address.ip().is_loopback()).map(Self::Tcp),
        }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unix(path) => write!(f, "unix:{}", path.display()),
            Self::Tcp(address) => address.fmt(f),
        }
    }
}

/// A gateway at the till.
#[derive(Debug)]
pub struct Remote {
    gateway: GatewayName,
    place: Place,
    secret: Secret,
    client: OnceCell<Client>,
}

impl Remote {
    /// A gateway that the till at a place has. Asks nothing yet, so that the newsroom starts while the till is away. `None` for
    /// one that has no key and is at no till.
    #[must_use]
    pub fn new(gateway: GatewayName, place: Place, secret: Secret) -> Option<Self> {
        match gateway {
            GatewayName::Stripe | GatewayName::Paypal | GatewayName::Btcpay => {
                Some(Self { gateway, place, secret, client: OnceCell::new() })
            }
            GatewayName::Bank | GatewayName::Sandbox => None,
        }
    }

    fn away(&self, why: impl std::fmt::Display) -> GatewayError {
        GatewayError::Away { gateway: title(self.gateway).to_owned(), why: format!("the till {why}") }
    }

    async fn ask(&self, call: Call) -> Reply {
        let question = Question { gateway: self.gateway, call };
        self.reply(&question).await.map_err(|why| Failed::Gateway(self.away(why)))?
    }

    /// Asks, and reads the answer; what stands in the way, in words.
    async fn reply(&self, question: &Question) -> Result<Reply, String> {
        let client = self.client.get_or_try_init(|| async { self.client() }).await?;
        let secret = self.secret.header("Bearer ").ok_or("is not asked: its secret can't be sent")?;
        let base = match &self.place {
            Place::Unix(_) => "till.localhost".to_owned(),
            Place::Tcp(address) => address.to_string(),
        };
        let body = serde_json::to_vec(question).map_err(|_| "is not asked: the question can't be written")?;
        let request = client.post(format!("http://{base}{PATH}")).header(header::AUTHORIZATION, secret).body(body);
        let mut answer = request.send().await.map_err(|error| broken(&error))?;
        match answer.status().as_u16() {
            200 => {}
            401 => return Err("has another secret than this newsroom".to_owned()),
            404 => return Err("does not have this gateway".to_owned()),
            other => return Err(format!("answered {other}")),
        }
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|error| broken(&error))? {
            if body.len() + chunk.len() > MOST_BYTES {
                return Err("answered too much".to_owned());
            }
            body.extend_from_slice(&chunk);
        }
        serde_json::from_slice(&body).map_err(|_| "speaks another version than this newsroom".to_owned())
    }

    fn client(&self) -> Result<Client, String> {
        let builder = Client::builder()
            .no_proxy()
            .redirect(redirect::Policy::none())
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(TIMEOUT);
        let builder = match &self.place {
            Place::Unix(path) => builder.unix_socket(path.as_path()),
            Place::Tcp(_) => builder,
        };
        builder.build().map_err(|_| "is not asked: this machine has no root certificates".to_owned())
    }

    async fn done(&self, call: Call) -> Result<(), GatewayError> {
        match self.ask(call).await {
            Ok(Said::Done) => Ok(()),
            other => Err(self.odd(other)),
        }
    }

    /// What is wrong with an answer that is not the one which belongs to its question.
    fn odd(&self, reply: Reply) -> GatewayError {
        match reply {
            Err(Failed::Gateway(error)) => error,
            Ok(_) | Err(Failed::Hook(_)) => self.away("answered another question"),
        }
    }
}

fn broken(error: &reqwest::Error) -> String {
    if error.is_connect() {
        return "does not run: no connection".to_owned();
    }
    if error.is_timeout() {
        return format!("gave no answer in {} s", TIMEOUT.as_secs());
    }
    "broke off".to_owned()
}

#[async_trait::async_trait]
impl Gateway for Remote {
    fn name(&self) -> GatewayName {
        self.gateway
    }

    fn can(&self) -> Can {
        match self.gateway {
            GatewayName::Stripe => stripe::CAN,
            GatewayName::Paypal => paypal::CAN,
            GatewayName::Btcpay | GatewayName::Bank | GatewayName::Sandbox => Can::ONCE,
        }
    }

    fn objects(&self, session: Option<&str>, pledge: Option<&str>) -> Vec<Object> {
        match self.gateway {
            GatewayName::Stripe => stripe::objects(session, pledge),
            GatewayName::Btcpay => btcpay::objects(session),
            GatewayName::Paypal => paypal::objects(session, pledge),
            GatewayName::Bank | GatewayName::Sandbox => Vec::new(),
        }
    }

    async fn start(&self, ask: &Start) -> Result<Started, GatewayError> {
        match self.ask(Call::Start(ask.clone())).await {
            Ok(Said::Started(started)) => Ok(started),
            other => Err(self.odd(other)),
        }
    }

    async fn fetch(&self, object: &Object) -> Result<Option<Standing>, GatewayError> {
        match self.ask(Call::Fetch(object.clone())).await {
            Ok(Said::Standing(standing)) => Ok(*standing),
            other => Err(self.odd(other)),
        }
    }

    async fn take(&self, object: &Object) -> Result<Option<Standing>, GatewayError> {
        match self.ask(Call::Take(object.clone())).await {
            Ok(Said::Standing(standing)) => Ok(*standing),
            other => Err(self.odd(other)),
        }
    }

    async fn close(&self, session: &str, key: &str) -> Result<(), GatewayError> {
        self.done(Call::Close { session: session.to_owned(), key: key.to_owned() }).await
    }

    async fn verify(&self, now: Timestamp, headers: &HeaderMap, body: &[u8]) -> Result<Vec<Event>, HookRefused> {
        // Base64 makes four bytes of three; what would not fit is not the gateway's.
        if body.len() > MOST_BYTES / 2 {
            return Err(HookRefused::Unclear);
        }
        let call = Call::Verify { now, headers: call::signed(headers), body: BASE64.encode(body) };
        match self.ask(call).await {
            Ok(Said::Events(events)) => Ok(events),
            Err(Failed::Hook(refused)) => Err(refused),
            Ok(_) | Err(Failed::Gateway(_)) => Err(HookRefused::Later),
        }
    }

    async fn change(&self, pledge: &Pledge, money: Money, frequency: Frequency, key: &str) -> Result<(), GatewayError> {
        self.done(Call::Change { pledge: pledge.clone(), money, frequency, key: key.to_owned() }).await
    }

    async fn pause(&self, pledge: &Pledge, key: &str) -> Result<(), GatewayError> {
        self.done(Call::Pause { pledge: pledge.clone(), key: key.to_owned() }).await
    }

    async fn resume(&self, pledge: &Pledge, key: &str) -> Result<(), GatewayError> {
        self.done(Call::Resume { pledge: pledge.clone(), key: key.to_owned() }).await
    }

    async fn cancel(&self, pledge: &Pledge, key: &str) -> Result<(), GatewayError> {
        self.done(Call::Cancel { pledge: pledge.clone(), key: key.to_owned() }).await
    }

    async fn method_page(&self, pledge: &Pledge, back: &str) -> Result<String, GatewayError> {
        match self.ask(Call::MethodPage { pledge: pledge.clone(), back: back.to_owned() }).await {
            Ok(Said::Page(page)) => Ok(page),
            other => Err(self.odd(other)),
        }
    }

    async fn refund(&self, payment: &str, money: Money, key: &str) -> Result<(), GatewayError> {
        self.done(Call::Refund { payment: payment.to_owned(), money, key: key.to_owned() }).await
    }

    async fn since(&self, place: Option<&str>) -> Result<Happened, GatewayError> {
        match self.ask(Call::Since { place: place.map(str::to_owned) }).await {
            Ok(Said::Happened(happened)) => Ok(happened),
            other => Err(self.odd(other)),
        }
    }

    async fn held(&self, which: &Which, after: Option<&str>) -> Result<HeldPage, GatewayError> {
        match self.ask(Call::Held { which: which.clone(), after: after.map(str::to_owned) }).await {
            Ok(Said::Held(page)) => Ok(page),
            other => Err(self.odd(other)),
        }
    }

    async fn lacking(&self) -> Result<Vec<String>, GatewayError> {
        match self.ask(Call::Lacking).await {
            Ok(Said::Lacking(lacking)) => Ok(lacking),
            other => Err(self.odd(other)),
        }
    }
}
