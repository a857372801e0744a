//! `[mail]` and `[[mail.relay]]` in masthead.toml, and `MASTHEAD_SMTP_URLS`: how mails leave this machine.
//!
//! Relays in the environment take the place of those in the file, so that passwords need not be in it:
//! `MASTHEAD_SMTP_URLS="starttls://user:password@mail.example.org:587 smtp://localhost"`. Files are named from the
//! newsroom's folder.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use outside::{
    mail::{DkimKey, Relay, Signature, Signer, WarmUp},
    mailback::hooks::Service,
};
use serde::Deserialize;

use super::known;

/// Relays, separated by spaces or commas.
const RELAYS: &str = "MASTHEAD_SMTP_URLS";

/// How mails leave this machine.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Mail {
    /// The domain that mails return to which can't be delivered; empty for none.
    pub(crate) bounce_domain: String,
    /// How this machine calls itself to relays: a name that leads to it. Empty: the bounce domain, or `localhost`.
    pub(crate) hello: String,
    /// The keys that sign.
    dkim: Vec<Dkim>,
    /// Where mails go.
    relay: Vec<RelayTable>,
}

/// A key that signs.
#[derive(Debug, Clone, Deserialize)]
struct Dkim {
    domain: String,
    selector: String,
    key: PathBuf,
    #[serde(default)]
    unsigned: Vec<String>,
}

/// A relay. What is not said is as [`Relay::new`] has it.
#[derive(Clone, Deserialize)]
struct RelayTable {
    name: Option<String>,
    url: String,
    user: Option<String>,
    password: Option<String>,
    weight: Option<u32>,
    connections: Option<usize>,
    per_minute: Option<u32>,
    per_day: Option<u64>,
    warm_up: Option<WarmUpTable>,
    trusted: Option<PathBuf>,
    service: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
struct WarmUpTable {
    from: String,
    first: u64,
    growth: u32,
}

const KEYS: [&str; 4] = ["bounce_domain", "hello", "dkim", "relay"];
const DKIM_KEYS: [&str; 4] = ["domain", "selector", "key", "unsigned"];
const RELAY_KEYS: [&str; 11] = [
    "name",
    "url",
    "user",
    "password",
    "weight",
    "connections",
    "per_minute",
    "per_day",
    "warm_up",
    "trusted",
    "service",
];
const WARM_UP_KEYS: [&str; 3] = ["from", "first", "growth"];

impl Mail {
    /// Refuses keys that do not exist.
    pub(super) fn known(text: &str, table: &toml::Table) -> anyhow::Result<()> {
        known(text, table, "mail.", &KEYS)?;
        let tables = |key: &str| table.get(key).and_then(toml::Value::as_array).into_iter().flatten();
        for dkim in tables("dkim").filter_map(toml::Value::as_table) {
            known(text, dkim, "mail.dkim.", &DKIM_KEYS)?;
        }
        for relay in tables("relay").filter_map(toml::Value::as_table) {
            known(text, relay, "mail.relay.", &RELAY_KEYS)?;
            if let Some(warm_up) = relay.get("warm_up").and_then(toml::Value::as_table) {
                known(text, warm_up, "mail.relay.warm_up.", &WARM_UP_KEYS)?;
            }
        }
        Ok(())
    }

    /// Takes relays from the environment.
    pub(super) fn environment(&mut self) {
        if let Ok(given) = std::env::var(RELAYS) {
            self.relays_from(&given);
        }
    }

    fn relays_from(&mut self, given: &str) {
        let urls = given.split([' ', ',', '\n']).filter(|url| !url.is_empty());
        self.relay = urls.map(RelayTable::at).collect();
    }

    /// What can be said to be wrong without looking at files.
    pub(super) fn check(&self) -> anyhow::Result<()> {
        for (key, name) in [("bounce_domain", &self.bounce_domain), ("hello", &self.hello)] {
            let word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
            ensure!(
                name.is_empty() || (name.len() <= 253 && name.split('.').all(word)),
                "`mail.{key}` is `{name}`; write the name of a domain, like mail.example.org"
            );
        }
        self.named().try_for_each(|(name, relay)| relay.read(&name, None).map(drop))
    }

    /// Whether mails can leave this machine.
    pub(crate) fn has_relay(&self) -> bool {
        !self.relay.is_empty()
    }

    /// Has mails go to one address and nowhere else.
    pub(crate) fn only(&mut self, url: &str) {
        self.relay = vec![RelayTable::at(url)];
    }

    /// The relays. Reads the files that they name.
    pub(crate) fn relays(&self, dir: &Path) -> anyhow::Result<Vec<Relay>> {
        self.named().map(|(name, relay)| relay.read(&name, Some(dir))).collect()
    }

    /// What signs mails. Reads the keys.
    pub(crate) fn signer(&self, dir: &Path) -> anyhow::Result<Signer> {
        Signer::new(self.signatures(dir)?).context("could not use `mail.dkim`")
    }

    /// In whose names and with which keys mails are signed. Reads the keys.
    pub(crate) fn signatures(&self, dir: &Path) -> anyhow::Result<Vec<Signature>> {
        let signatures = self.dkim.iter().map(|dkim| {
            let file = dir.join(&dkim.key);
            let pem =
                std::fs::read(&file).with_context(|| format!("could not read the DKIM key {}", file.display()))?;
            let key =
                DkimKey::from_pem(&pem).with_context(|| format!("could not use the DKIM key {}", file.display()))?;
            let Dkim { domain, selector, unsigned, .. } = dkim.clone();
            Ok(Signature { domain, selector, key, unsigned })
        });
        signatures.collect()
    }

    /// How this machine calls itself.
    pub(crate) fn hello(&self) -> &str {
        match (self.hello.as_str(), self.bounce_domain.as_str()) {
            ("", "") => "localhost",
            ("", domain) => domain,
            (hello, _) => hello,
        }
    }

    /// The relays with their names: what they are called, or where they are.
    fn named(&self) -> impl Iterator<Item = (String, &RelayTable)> {
        self.relay.iter().map(|relay| {
            let host = url::Url::parse(&relay.url).ok().and_then(|url| url.host_str().map(str::to_owned));
            (relay.name.clone().or(host).unwrap_or_default(), relay)
        })
    }
}

impl RelayTable {
    fn at(url: &str) -> Self {
        Self {
            name: None,
            url: url.to_owned(),
            user: None,
            password: None,
            weight: None,
            connections: None,
            per_minute: None,
            per_day: None,
            warm_up: None,
            trusted: None,
            service: None,
        }
    }

    /// The relay. Without a folder, files are left unread.
    fn read(&self, name: &str, dir: Option<&Path>) -> anyhow::Result<Relay> {
        let wrong = || format!("could not use the relay `{name}`");
        let mut relay = Relay::new(name, &self.url).with_context(wrong)?;
        match (&self.user, &self.password) {
            (Some(user), Some(password)) => relay.login = Some((user.clone(), password.clone())),
            (None, None) => {}
            _ => bail!("the relay `{name}` has only one of `user` and `password`; it needs both or neither"),
        }
        relay.weight = self.weight.unwrap_or(relay.weight);
        relay.connections = self.connections.unwrap_or(relay.connections);
        relay.per_minute = self.per_minute.unwrap_or(relay.per_minute);
        relay.per_day = self.per_day.unwrap_or(relay.per_day);
        relay.warm_up = self.warm_up.as_ref().map(WarmUpTable::read).transpose().with_context(wrong)?;
        relay.service = self.service.as_deref().map(service).transpose().with_context(wrong)?;
        relay.check().with_context(wrong)?;
        if let (Some(dir), Some(trusted)) = (dir, &self.trusted) {
            let file = dir.join(trusted);
            let pem = std::fs::read_to_string(&file).with_context(|| format!("could not read {}", file.display()));
            relay.trusted = Some(pem.with_context(wrong)?);
        }
        Ok(relay)
    }
}

/// A service that tells by a hook what became of the mails it relays.
fn service(name: &str) -> anyhow::Result<Service> {
    let names = || Service::ALL.map(Service::as_str).join(", ");
    Service::parse(name).with_context(|| format!("`service` is `{name}`; write one of {}, or nothing", names()))
}

impl WarmUpTable {
    fn read(&self) -> anyhow::Result<WarmUp> {
        let date: jiff::civil::Date = self
            .from
            .parse()
            .ok()
            .with_context(|| format!("`warm_up.from` is `{}`; write its first day as 2026-11-02", self.from))?;
        let from_day = i64::from((date - jiff::civil::date(1970, 1, 1)).get_days());
        Ok(WarmUp { from_day, first: self.first, growth: self.growth })
    }
}

impl std::fmt::Debug for RelayTable {
    /// Without the password, which may be in the address too.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RelayTable").field("name", &self.name).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Config;
    use super::*;

    const WHOLE: &str = r#"
[mail]
bounce_domain = "bounce.news.example"
dkim = [{ domain = "news.example", selector = "letter", key = "keys/letter.pem", unsigned = ["Date"] }]

[[mail.relay]]
name = "main"
url = "starttls://mail.example.org"
user = "news"
password = "hidden words"
weight = 3
connections = 4
per_minute = 600
per_day = 50000
warm_up = { from = "2026-11-02", first = 200, growth = 50 }

[[mail.relay]]
url = "smtp://localhost"
"#;

    fn refused(text: &str) -> String {
        format!("{:#}", Config::parse(text).unwrap_err())
    }

    #[test]
    fn relays_are_read_with_everything_that_is_said_of_them() {
        let config = Config::parse(WHOLE).unwrap();
        let relays = config.mail.relays(Path::new("/nowhere")).unwrap();
        assert_eq!((relays[0].name.as_str(), relays[1].name.as_str()), ("main", "localhost"));
        assert_eq!((relays[0].weight, relays[0].connections, relays[0].per_day), (3, 4, 50_000));
        assert_eq!(relays[0].warm_up, Some(WarmUp { from_day: 20_759, first: 200, growth: 50 }));
        assert_eq!(config.mail.hello(), "bounce.news.example");
        assert!(!format!("{config:?}").contains("hidden words"), "the password is in a log");
    }

    #[test]
    fn relays_of_the_environment_take_the_place_of_the_files() {
        let mut config = Config::parse(WHOLE).unwrap();
        config.mail.relays_from("smtps://a:b@one.example, smtp://localhost:2525");
        let relays = config.mail.relays(Path::new("/nowhere")).unwrap();
        let places: Vec<_> = relays.iter().map(|relay| relay.place.to_string()).collect();
        assert_eq!(places, ["smtps://one.example:465", "smtp://localhost:2525"]);
    }

    #[test]
    fn what_is_wrong_is_named_with_what_to_do() {
        for (text, words) in [
            ("[mail]\nbounce = \"x\"\n", "did you mean `mail.bounce_domain`"),
            ("[[mail.relay]]\nurl = \"smtp://localhost\"\nwieght = 2\n", "did you mean `mail.relay.weight`"),
            ("[[mail.relay]]\nurl = \"mail.example.org\"\n", "starttls://mail.example.org:587"),
            ("[[mail.relay]]\nurl = \"smtp://localhost\"\nuser = \"x\"\n", "both or neither"),
            ("[[mail.relay]]\nurl = \"smtp://localhost\"\nconnections = 0\n", "`connections` can be 1 to 256"),
            ("[[mail.relay]]\nurl = \"smtp://mail.example\"\nuser = \"x\"\npassword = \"y\"\n", "unencrypted"),
            ("[mail]\nbounce_domain = \"b@news.example\"\n", "name of a domain"),
            (
                "[[mail.relay]]\nurl = \"smtp://localhost\"\nwarm_up = { from = \"soon\", first = 1, growth = 1 }\n",
                "2026-11-02",
            ),
        ] {
            let said = refused(text);
            assert!(said.contains(words), "{text}: {said}");
        }
    }

    #[test]
    fn a_key_that_is_not_there_or_none_is_named() {
        let config = Config::parse(WHOLE).unwrap();
        let dir = tempfile::tempdir().unwrap();
        let said = format!("{:#}", config.mail.signer(dir.path()).unwrap_err());
        assert!(said.contains("letter.pem"), "{said}");
        std::fs::create_dir(dir.path().join("keys")).unwrap();
        std::fs::write(dir.path().join("keys/letter.pem"), "no key").unwrap();
        let said = format!("{:#}", config.mail.signer(dir.path()).unwrap_err());
        assert!(said.contains("masthead mail dkim"), "{said}");
    }
}
