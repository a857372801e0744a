//! What goes between the newsroom and the till: one question in JSON, one answer.

use http::{HeaderMap, HeaderName, HeaderValue};
use model::{Frequency, GatewayName, Money, Timestamp};
use serde::{Deserialize, Serialize};

use super::super::{
    Event, GatewayError, Happened, HeldPage, HookRefused, Object, Pledge, Standing, Start, Started, Which,
};

/// The largest question and answer, in bytes: a webhook of one MiB, written as text.
pub(super) const MOST_BYTES: usize = 8 << 20;
/// Where it is asked.
pub(super) const PATH: &str = "/v1/till";
/// The beginnings of the headers that webhooks are verified by; nothing else of a request goes over.
const SIGNED: [&str; 3] = ["stripe-", "paypal-", "btcpay-"];

/// A question to one gateway.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Question {
    pub(super) gateway: GatewayName,
    pub(super) call: Call,
}

/// The calls of [`super::super::Gateway`], with what they are given.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Call {
    Start(Start),
    Fetch(Object),
    Take(Object),
    Close { session: String, key: String },
    Verify { now: Timestamp, headers: Vec<(String, String)>, body: String },
    Change { pledge: Pledge, money: Money, frequency: Frequency, key: String },
    Pause { pledge: Pledge, key: String },
    Resume { pledge: Pledge, key: String },
    Cancel { pledge: Pledge, key: String },
    MethodPage { pledge: Pledge, back: String },
    Refund { payment: String, money: Money, key: String },
    Since { place: Option<String> },
    Held { which: Which, after: Option<String> },
    Lacking,
}

/// What they give back.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Said {
    Started(Started),
    Standing(Box<Option<Standing>>),
    Events(Vec<Event>),
    Done,
    Page(String),
    Happened(Happened),
    Held(HeldPage),
    Lacking(Vec<String>),
}

/// Why they don't.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Failed {
    Gateway(GatewayError),
    Hook(HookRefused),
}

/// An answer.
pub(super) type Reply = Result<Said, Failed>;

/// The headers that a webhook is verified by, as text.
pub(super) fn signed(headers: &HeaderMap) -> Vec<(String, String)> {
    let own = headers.iter().filter(|(name, _)| SIGNED.iter().any(|start| name.as_str().starts_with(start)));
    own.filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned()))).collect()
}

/// The same as headers again.
pub(super) fn headers(signed: &[(String, String)]) -> HeaderMap {
    let own = signed.iter().filter_map(|(name, value)| {
        Some((HeaderName::from_bytes(name.as_bytes()).ok()?, HeaderValue::from_str(value).ok()?))
    });
    own.collect()
}
