//! `[payments]` and `[[payments.gateway]]` in masthead.toml: who moves the money of contributions, and where their keys are.
//!
//! ```toml
//! [payments]
//! till = "unix:/run/masthead-till/till.sock"   # the keys are in a process of their own
//! till_secret_file = "keys/till"
//!
//! sandbox = true                               # for trying out: no money moves
//!
//! [[payments.gateway]]
//! kind = "stripe"
//! key_file = "keys/stripe"                     # or key = "rk_…", or MASTHEAD_STRIPE_KEY in the environment
//! secret_file = "keys/stripe-webhook"          # or secret = "whsec_…", or MASTHEAD_STRIPE_SECRET
//! ```
//!
//! The till's folder and the newsroom's have a file of the same form. The newsroom's says which gateways there are and where the
//! till is; the till's says that and the keys. The environment comes before the file. Files are named from the folder.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, bail, ensure};
use model::GatewayName;
use outside::payments::{
    AnyGateway, Secret,
    bank::Bank,
    btcpay::{Btcpay, BtcpayOptions},
    paypal::{Paypal, PaypalOptions, SANDBOX},
    remote::{Place, Remote, SECRET_LEAST},
    stripe::{Stripe, StripeOptions},
};
use serde::Deserialize;
use url::{Host, Url};
use zeroize::Zeroizing;

use super::known;

/// The secret of newsroom and till.
const TILL_SECRET: &str = "MASTHEAD_TILL_SECRET";
/// The largest file of a key, in bytes.
const MOST_BYTES: u64 = 4_096;

/// Who moves the money of contributions.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Payments {
    /// Where the till is; empty where the newsroom has the keys itself.
    till: String,
    till_secret: Secret,
    till_secret_file: Option<PathBuf>,
    /// Whether the sandbox is offered, which moves no money.
    pub(crate) sandbox: bool,
    gateway: Vec<Table>,
}

/// A gateway.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Table {
    kind: String,
    key: Secret,
    key_file: Option<PathBuf>,
    secret: Secret,
    secret_file: Option<PathBuf>,
    address: Option<String>,
    product: Option<String>,
    store: Option<String>,
    client: Option<String>,
    webhook: Option<String>,
    sandbox: bool,
}

const KEYS: [&str; 5] = ["till", "till_secret", "till_secret_file", "sandbox", "gateway"];
const GATEWAY_KEYS: [&str; 11] =
    ["kind", "key", "key_file", "secret", "secret_file", "address", "product", "store", "client", "webhook", "sandbox"];
/// The kinds of gateways that can be set up here.
const KINDS: [GatewayName; 4] = [GatewayName::Stripe, GatewayName::Paypal, GatewayName::Btcpay, GatewayName::Bank];

impl Payments {
    /// Refuses keys that do not exist.
    pub(super) fn known(text: &str, table: &toml::Table) -> anyhow::Result<()> {
        known(text, table, "payments.", &KEYS)?;
        let gateways = table.get("gateway").and_then(toml::Value::as_array).into_iter().flatten();
        gateways
            .filter_map(toml::Value::as_table)
            .try_for_each(|gateway| known(text, gateway, "payments.gateway.", &GATEWAY_KEYS))
    }

    /// Takes keys and secrets from the environment.
    pub(super) fn environment(&mut self) {
        let take = |name: &str, value: &mut Secret| {
            if let Ok(given) = std::env::var(name) {
                *value = Secret::new(&Zeroizing::new(given));
            }
        };
        take(TILL_SECRET, &mut self.till_secret);
        for table in &mut self.gateway {
            let name = table.kind.to_ascii_uppercase();
            take(&format!("MASTHEAD_{name}_KEY"), &mut table.key);
            take(&format!("MASTHEAD_{name}_SECRET"), &mut table.secret);
        }
    }

    /// What can be said to be wrong without looking at files.
    pub(super) fn check(&self) -> anyhow::Result<()> {
        if !self.till.is_empty() {
            self.place()?;
        }
        let mut seen = Vec::new();
        for table in &self.gateway {
            let name = table.name()?;
            ensure!(!seen.contains(&name), "there are two gateways of the kind `{}`", table.kind);
            seen.push(name);
            table.address()?;
        }
        Ok(())
    }

    /// Where the till is.
    pub(crate) fn place(&self) -> anyhow::Result<Place> {
        Place::parse(&self.till).with_context(|| {
            format!(
                "`payments.till` is `{}`; write a socket as unix:/run/masthead-till/till.sock, or a port of this machine as \
                 127.0.0.1:8099",
                self.till
            )
        })
    }

    /// Whether gateways are at a till.
    pub(crate) fn has_till(&self) -> bool {
        !self.till.is_empty()
    }

    /// The secret of newsroom and till. Reads its file.
    pub(crate) fn till_secret(&self, dir: &Path) -> anyhow::Result<Secret> {
        let secret = secret(dir, &self.till_secret, self.till_secret_file.as_deref(), TILL_SECRET)?;
        ensure!(
            secret.len() >= SECRET_LEAST,
            "`payments.till_secret` is too short to be safe; make one with `openssl rand -hex 32`, the same for newsroom and till"
        );
        Ok(secret)
    }

    /// Gateways as the newsroom asks them: those at the till through it, others itself. Reads keys; asks nobody.
    pub(crate) fn gateways(&self, dir: &Path) -> anyhow::Result<Vec<AnyGateway>> {
        if !self.has_till() {
            return self.own(dir);
        }
        let (place, secret) = (self.place()?, self.till_secret(dir)?);
        let gateways = self.gateway.iter().map(|table| {
            let remote = Remote::new(table.name()?, place.clone(), secret.clone());
            remote.map_or_else(|| table.open(dir), |remote| Ok(Arc::new(remote) as AnyGateway))
        });
        gateways.collect()
    }

    /// Gateways with the keys that are here: what the till serves.
    pub(crate) fn own(&self, dir: &Path) -> anyhow::Result<Vec<AnyGateway>> {
        self.gateway.iter().map(|table| table.open(dir)).collect()
    }

    /// Gateways whose keys are in this file or the environment, though the till should have them.
    pub(crate) fn misplaced(&self) -> Vec<&str> {
        let with_key = |table: &&Table| !table.key.is_empty() || table.key_file.is_some();
        let misplaced = self.gateway.iter().filter(|_| self.has_till()).filter(with_key);
        misplaced.map(|table| table.kind.as_str()).collect()
    }
}

impl Table {
    fn name(&self) -> anyhow::Result<GatewayName> {
        GatewayName::parse(&self.kind).filter(|name| KINDS.contains(name)).with_context(|| {
            let kinds = KINDS.map(GatewayName::as_str).join(", ");
            format!("`payments.gateway.kind` is `{}`; write one of {kinds}", self.kind)
        })
    }

    /// Where it is, if that is said. What goes there has to be encrypted, unless it stays on this machine.
    fn address(&self) -> anyhow::Result<Option<Url>> {
        let Some(text) = &self.address else { return Ok(None) };
        let url =
            Url::parse(text).with_context(|| format!("`payments.gateway.address` is `{text}`, which is no address"))?;
        let here = match url.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(ip)) => ip.is_loopback(),
            Some(Host::Ipv6(ip)) => ip.is_loopback(),
            None => false,
        };
        ensure!(
            url.scheme() == "https" || (url.scheme() == "http" && here),
            "`payments.gateway.address` is `{text}`; it must begin with https://"
        );
        Ok(Some(url))
    }

    fn open(&self, dir: &Path) -> anyhow::Result<AnyGateway> {
        let name = self.name()?;
        let kind = &self.kind;
        let read = |given: &Secret, file: &Option<PathBuf>, what: &str| {
            let variable = format!("MASTHEAD_{}_{}", kind.to_ascii_uppercase(), what.to_ascii_uppercase());
            secret(dir, given, file.as_deref(), &variable)
                .with_context(|| format!("the gateway `{kind}` needs its {what}"))
        };
        Ok(match name {
            GatewayName::Stripe => {
                let (key, secret) =
                    (read(&self.key, &self.key_file, "key")?, read(&self.secret, &self.secret_file, "secret")?);
                let options = StripeOptions { key, secret, product: self.product.clone(), address: self.address()? };
                Arc::new(Stripe::new(options)?)
            }
            GatewayName::Btcpay => {
                let (key, secret) =
                    (read(&self.key, &self.key_file, "key")?, read(&self.secret, &self.secret_file, "secret")?);
                let (Some(address), Some(store)) = (self.address()?, self.store.clone()) else {
                    bail!("the gateway `btcpay` needs the `address` of its server and the id of its `store`");
                };
                Arc::new(Btcpay::new(BtcpayOptions { address, store, key, secret }))
            }
            GatewayName::Paypal => {
                let key = read(&self.key, &self.key_file, "key")?;
                let (Some(client), Some(webhook)) = (self.client.clone(), self.webhook.clone()) else {
                    bail!("the gateway `paypal` needs the id of its `client` and of its `webhook`");
                };
                let sandbox = || self.sandbox.then(|| Url::parse(SANDBOX)).transpose();
                let address = self.address()?.map_or_else(sandbox, |address| Ok(Some(address)))?;
                Arc::new(Paypal::new(PaypalOptions { client, key, webhook, address, certificates: None })?)
            }
            GatewayName::Bank => Arc::new(Bank),
            GatewayName::Sandbox => bail!("the gateway `{kind}` can't be set up here"),
        })
    }
}

/// A secret that was given, or else what is in its file.
fn secret(dir: &Path, given: &Secret, file: Option<&Path>, variable: &str) -> anyhow::Result<Secret> {
    if !given.is_empty() {
        return Ok(given.clone());
    }
    let Some(file) = file else { bail!("give it as {variable} in the environment, or name a file") };
    let file = dir.join(file);
    let shown = || format!("could not read {}", file.display());
    let size = std::fs::metadata(&file).with_context(shown)?.len();
    ensure!(size <= MOST_BYTES, "{} is too large to be a key", file.display());
    let secret = Secret::new(&Zeroizing::new(std::fs::read_to_string(&file).with_context(shown)?));
    ensure!(!secret.is_empty(), "{} is empty", file.display());
    Ok(secret)
}

#[cfg(test)]
mod tests;
