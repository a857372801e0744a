//! BTCPay Server, by its Greenfield API: invoices, and nothing that recurs.
//!
//! The invoice keeps the contribution's id as `metadata.orderId`, and the key with which it was asked for as `metadata.key`:
//! Greenfield has no idempotency keys, so an invoice of the same key is looked for first. A webhook's signature says nothing
//! of when it was made, which does no harm: it only has the invoice looked at, and its delivery's id is known again.
//! There is no record of what happened; the newest invoices are told with their states, each once.

mod hooks;
mod read;

use http::{HeaderMap, header};
use model::{GatewayName, Timestamp};
use serde_json::{Value, json};
use url::Url;

use super::{
    Can, Event, Gateway, GatewayError, Happened, HookRefused, Object, Pledge, Secret, Standing, Start, Started, cannot,
    encode::{pairs, segment},
    values::{list, some, text},
    wire::{Answer, Ask, Wire},
};

/// The kind of its one object.
const INVOICE: &str = "invoice";
/// Minutes for which a page can be paid.
const OPEN_MINUTES: u32 = 60;
/// Minutes after that for which a payment that comes late is still seen: a week.
const WATCHED_MINUTES: u32 = 10_080;
/// Invoices that are told of when nothing was told.
const NEWEST: &str = "250";
/// The rights of a key.
const RIGHTS: [&str; 2] = ["btcpay.store.cancreateinvoice", "btcpay.store.canviewinvoices"];
/// Rights that have them within.
const WIDER: [&str; 3] = ["unrestricted", "btcpay.store.canmodifystoresettings", "btcpay.store.canmodifyinvoices"];

/// What tells how a contribution stands.
pub(super) fn objects(session: Option<&str>) -> Vec<Object> {
    session.map(|id| Object::new(INVOICE, id)).into_iter().collect()
}

/// What is agreed with a BTCPay Server.
#[derive(Debug, Clone)]
pub struct BtcpayOptions {
    /// Where it is: `https://pay.example.org`.
    pub address: Url,
    /// The store's id.
    pub store: String,
    /// A key with the rights to make and see invoices of that store. With the one to modify them besides, the emergency stop
    /// closes pages that are open; without, they end by themselves within the hour.
    pub key: Secret,
    /// The webhook's secret.
    pub secret: Secret,
}

/// A BTCPay Server.
#[derive(Debug)]
pub struct Btcpay {
    wire: Wire,
    store: String,
    key: Secret,
    secret: Secret,
}

impl Btcpay {
    /// With what is agreed. Asks nothing yet.
    #[must_use]
    pub fn new(options: BtcpayOptions) -> Self {
        let BtcpayOptions { address, store, key, secret } = options;
        Self { wire: Wire::new(GatewayName::Btcpay, address), store, key, secret }
    }

    async fn send(&self, ask: Ask) -> Result<Answer, GatewayError> {
        let key = self.key.header("token ").ok_or_else(|| self.wire.no_key())?;
        self.wire.send(ask.header(header::AUTHORIZATION, key)).await
    }

    async fn good(&self, ask: Ask) -> Result<Value, GatewayError> {
        let answer = self.send(ask).await?;
        match answer.status {
            200..=299 => Ok(answer.json),
            _ => Err(self.wire.refused(why(&answer.json))),
        }
    }

    fn invoices(&self) -> String {
        format!("/api/v1/stores/{}/invoices", segment(&self.store))
    }

    /// The invoice that was made with a key, if it was.
    async fn made(&self, ask: &Start) -> Result<Option<Value>, GatewayError> {
        let query = pairs(&[("orderId", ask.contribution.to_string())]);
        let found = self.good(Ask::get(format!("{}?{query}", self.invoices()))).await?;
        let own = |invoice: &&Value| text(invoice, "/metadata/key") == ask.key;
        Ok(list(&found, "").iter().find(own).cloned())
    }

    /// An invoice. Where it is looked for differs between versions.
    async fn invoice(&self, id: &str) -> Result<Option<Value>, GatewayError> {
        for place in ["/api/v1/invoices".to_owned(), self.invoices()] {
            let answer = self.send(Ask::get(format!("{place}/{}", segment(id)))).await?;
            match answer.status {
                200..=299 => return Ok(Some(answer.json)),
                404 | 405 => {}
                _ => return Err(self.wire.refused(why(&answer.json))),
            }
        }
        Ok(None)
    }
}

/// Its code for a refusal, or the value that it does not take; never its words.
fn why(body: &Value) -> String {
    some(body, "/code").or_else(|| some(body, "/0/path")).unwrap_or("no reason given").to_owned()
}

fn request(ask: &Start) -> Value {
    json!({
        "amount": ask.money.decimal(),
        "currency": ask.money.currency.code(),
        "metadata": {"orderId": ask.contribution.to_string(), "itemDesc": ask.label, "key": ask.key},
        "checkout": {
            "expirationMinutes": OPEN_MINUTES,
            "monitoringMinutes": WATCHED_MINUTES,
            "paymentTolerance": 0.0,
            "redirectURL": ask.done,
            "redirectAutomatically": true,
            "defaultLanguage": ask.language.as_str(),
        },
    })
}

#[async_trait::async_trait]
impl Gateway for Btcpay {
    fn name(&self) -> GatewayName {
        GatewayName::Btcpay
    }

    fn can(&self) -> Can {
        Can::ONCE
    }

    fn objects(&self, session: Option<&str>, _: Option<&str>) -> Vec<Object> {
        objects(session)
    }

    async fn start(&self, ask: &Start) -> Result<Started, GatewayError> {
        if ask.frequency.is_pledge() {
            return cannot(self.name());
        }
        let invoice = match self.made(ask).await? {
            Some(made) => made,
            None => self.good(Ask::post(self.invoices()).json(&request(ask))).await?,
        };
        match (some(&invoice, "/id"), some(&invoice, "/checkoutLink")) {
            (Some(id), Some(page)) => Ok(Started { session: id.to_owned(), page: page.to_owned() }),
            _ => Err(self.wire.unclear("an invoice without a page")),
        }
    }

    async fn fetch(&self, object: &Object) -> Result<Option<Standing>, GatewayError> {
        if object.kind != INVOICE {
            return Ok(None);
        }
        let Some(found) = self.invoice(&object.id).await? else { return Ok(None) };
        if text(&found, "/storeId") != self.store {
            return Ok(None);
        }
        read::invoice(&found).map_err(|odd| self.wire.unclear(odd))
    }

    async fn close(&self, session: &str, _: &str) -> Result<(), GatewayError> {
        // One that somebody has paid already is left as it is: what came has to be seen.
        let found = self.invoice(session).await?;
        if found.is_none_or(|found| text(&found, "/status") != "New") {
            return Ok(());
        }
        let path = format!("{}/{}/status", self.invoices(), segment(session));
        match self.good(Ask::post(path).json(&json!({"status": "Invalid"}))).await {
            Ok(_) => Ok(()),
            Err(GatewayError::Key { .. }) => cannot(self.name()),
            Err(error) => Err(error),
        }
    }

    async fn verify(&self, _: Timestamp, headers: &HeaderMap, body: &[u8]) -> Result<Vec<Event>, HookRefused> {
        hooks::verify(&self.secret, &self.store, headers, body)
    }

    async fn cancel(&self, _: &Pledge, _: &str) -> Result<(), GatewayError> {
        cannot(self.name())
    }

    async fn since(&self, _: Option<&str>) -> Result<Happened, GatewayError> {
        let found = self.good(Ask::get(format!("{}?{}", self.invoices(), pairs(&[("take", NEWEST)])))).await?;
        let events = list(&found, "").iter().rev().filter_map(read::event).collect();
        Ok(Happened { events, ..Happened::unrecorded() })
    }

    async fn lacking(&self) -> Result<Vec<String>, GatewayError> {
        let answer = self.send(Ask::get("/api/v1/api-keys/current")).await?;
        if !(200..300).contains(&answer.status) {
            // It does not tell; that invoices can be seen is what can be tried without making one.
            return self.good(Ask::get(format!("{}?take=1", self.invoices()))).await.map(|_| Vec::new());
        }
        let has = |right: &str| {
            list(&answer.json, "/permissions").iter().filter_map(Value::as_str).any(|own| {
                let (own, store) = own.split_once(':').unwrap_or((own, &self.store));
                store == self.store && (own == right || WIDER.contains(&own))
            })
        };
        Ok(RIGHTS.into_iter().filter(|right| !has(right)).map(str::to_owned).collect())
    }
}
