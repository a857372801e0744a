//! `masthead.toml`: how the program runs on this machine. What the newsroom says of itself is in the database.
//!
//! Order: command line, then environment (`MASTHEAD_LISTEN`, `MASTHEAD_DATABASE`, `MASTHEAD_OBJECTS`, `MASTHEAD_KEYRING`, …), then the file,
//! then the defaults. An unknown key is an error that names the key and the line and suggests the right one.

mod bounces;
mod mail;
mod payments;

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use serde::Deserialize;
use web::desk::Place;

use crate::suggest::nearest;

/// The file's name within the newsroom's folder.
pub(crate) const FILE: &str = "masthead.toml";

/// Where the keyring is unless said otherwise.
const KEYRING: &str = "keys/keyring";

/// How the program runs.
#[derive(Debug, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Config {
    /// Address and port of the public site.
    pub(crate) listen: String,
    /// Where the desk is: `https://desk.example`. Empty: `http://localhost` at the port of `listen`.
    pub(crate) desk: String,
    /// Address and port of the desk alone. Empty: the desk answers at `listen`, beside the site.
    pub(crate) desk_listen: String,
    /// `sqlite` (newsroom.db in the folder), `sqlite:PATH` or `postgres://…`.
    pub(crate) database: String,
    /// `file:PATH` (below the newsroom's folder; `file:objects` unless said otherwise) or `s3://bucket/prefix`.
    pub(crate) objects: String,
    /// The S3-compatible service, when `objects` names one.
    pub(crate) s3: S3,
    /// How mails leave this machine.
    pub(crate) mail: mail::Mail,
    /// How what comes back of them reaches the newsroom.
    pub(crate) bounces: bounces::Bounces,
    /// Who moves the money of contributions.
    pub(crate) payments: payments::Payments,
    /// Whether webhooks may go to addresses of this machine and its network.
    pub(crate) hooks_private: bool,
    /// The folder whose files override the built-in theme.
    pub(crate) theme: PathBuf,
    /// The newsroom's keys: a file that is in no backup.
    pub(crate) keyring: PathBuf,
    /// Memory for prepared pages, in MiB.
    pub(crate) cache_mib: usize,
    /// What to log.
    pub(crate) log: String,
    /// `text` or `json`.
    pub(crate) log_format: String,
}

/// An S3-compatible service. Keys are better given in the environment.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct S3 {
    pub(crate) endpoint: Option<String>,
    pub(crate) region: Option<String>,
    pub(crate) access_key: Option<String>,
    pub(crate) secret_key: Option<String>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:8080".to_owned(),
            desk: String::new(),
            desk_listen: String::new(),
            database: "sqlite".to_owned(),
            objects: "file:objects".to_owned(),
            s3: S3::default(),
            mail: mail::Mail::default(),
            bounces: bounces::Bounces::default(),
            payments: payments::Payments::default(),
            hooks_private: false,
            theme: PathBuf::from("theme"),
            keyring: PathBuf::from(KEYRING),
            cache_mib: 64,
            log: "info".to_owned(),
            log_format: "text".to_owned(),
        }
    }
}

const KEYS: [&str; 15] = [
    "listen",
    "desk",
    "desk_listen",
    "database",
    "objects",
    "s3",
    "mail",
    "bounces",
    "payments",
    "hooks_private",
    "theme",
    "keyring",
    "cache_mib",
    "log",
    "log_format",
];
const S3_KEYS: [&str; 4] = ["endpoint", "region", "access_key", "secret_key"];

impl Config {
    /// Reads the folder's configuration and the environment.
    pub(crate) fn read(dir: &Path) -> anyhow::Result<Self> {
        let file = dir.join(FILE);
        let text = match std::fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => bail!(
                "{} is not a newsroom: it has no {FILE}\n  Make one with `masthead init {}`, or name another folder \
                 with --data DIR.",
                dir.display(),
                dir.display()
            ),
            Err(error) => return Err(error).with_context(|| format!("could not read {}", file.display())),
        };
        let mut config = Self::parse(&text).with_context(|| format!("could not use {}", file.display()))?;
        config.environment();
        config.check()?;
        Ok(config)
    }

    /// Reads the text of a configuration file.
    pub(crate) fn parse(text: &str) -> anyhow::Result<Self> {
        let table: toml::Table = toml::from_str(text).context("it is not valid TOML")?;
        known(text, &table, "", &KEYS)?;
        if let Some(toml::Value::Table(s3)) = table.get("s3") {
            known(text, s3, "s3.", &S3_KEYS)?;
        }
        if let Some(toml::Value::Table(mail)) = table.get("mail") {
            mail::Mail::known(text, mail)?;
        }
        if let Some(toml::Value::Table(bounces)) = table.get("bounces") {
            bounces::Bounces::known(text, bounces)?;
        }
        if let Some(toml::Value::Table(payments)) = table.get("payments") {
            payments::Payments::known(text, payments)?;
        }
        let config: Self = toml::from_str(text).context("a value has the wrong kind")?;
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> anyhow::Result<()> {
        if self.listen.parse::<std::net::SocketAddr>().is_err() {
            bail!("`listen` is `{}`; write an address and a port, like 127.0.0.1:8080 or [::]:80", self.listen);
        }
        self.place()?;
        if !self.desk_listen.is_empty() && self.desk_listen.parse::<std::net::SocketAddr>().is_err() {
            bail!("`desk_listen` is `{}`; write an address and a port, like 127.0.0.1:8081", self.desk_listen);
        }
        if !matches!(self.log_format.as_str(), "text" | "json") {
            bail!("`log_format` is `{}`; it can be `text` or `json`", self.log_format);
        }
        if !(1..=65_536).contains(&self.cache_mib) {
            bail!("`cache_mib` is {}; it can be 1 to 65536", self.cache_mib);
        }
        self.mail.check()?;
        self.payments.check()?;
        self.bounces.check(&self.mail.bounce_domain)
    }

    /// Where the desk is.
    pub(crate) fn place(&self) -> anyhow::Result<Place> {
        if self.desk.is_empty() {
            return Ok(Place::Localhost);
        }
        Place::parse(&self.desk).map_err(|why| anyhow::anyhow!("`desk` can't be used: {why}"))
    }

    fn environment(&mut self) {
        let set = |name: &str, value: &mut String| {
            if let Ok(given) = std::env::var(name) {
                *value = given;
            }
        };
        set("MASTHEAD_LISTEN", &mut self.listen);
        set("MASTHEAD_DESK", &mut self.desk);
        set("MASTHEAD_DESK_LISTEN", &mut self.desk_listen);
        set("MASTHEAD_DATABASE", &mut self.database);
        set("MASTHEAD_OBJECTS", &mut self.objects);
        set("MASTHEAD_LOG_FORMAT", &mut self.log_format);
        if let Some(given) = std::env::var_os("MASTHEAD_KEYRING") {
            self.keyring = PathBuf::from(given);
        }
        self.mail.environment();
        self.bounces.environment();
        self.payments.environment();
    }
}

/// Refuses keys that do not exist, with the line and the nearest that does.
fn known(text: &str, table: &toml::Table, prefix: &str, keys: &[&'static str]) -> anyhow::Result<()> {
    let Some(key) = table.keys().find(|key| !keys.contains(&key.as_str())) else { return Ok(()) };
    let line = text.lines().position(|line| line.trim_start().starts_with(key.as_str())).map_or(0, |at| at + 1);
    match nearest(key, keys.iter().copied()) {
        Some(right) => bail!("line {line}: there is no key `{prefix}{key}`; did you mean `{prefix}{right}`?"),
        None => bail!("line {line}: there is no key `{prefix}{key}`; the keys are {}", keys.join(", ")),
    }
}

/// The configuration that `init` writes.
pub(crate) fn starter(database: Option<&str>) -> String {
    let database = match database {
        Some(url) => format!("database = {}", toml::Value::String(url.to_owned())),
        None => "# database = \"postgres://user@host/name\"   # default: newsroom.db in this folder".to_owned(),
    };
    format!(
        r#"# How Masthead runs on this machine. Every key is optional; `masthead check` says what is wrong.
# What the newsroom says of itself (name, languages, address) is in the database: `masthead settings show`.

listen = "127.0.0.1:8080"
# desk = "https://desk.example"    # where editors work; default: http://localhost at that port, on this machine only
# desk_listen = "127.0.0.1:8081"   # a port for the desk alone; default: beside the site
{database}
# objects = "s3://bucket/prefix"   # default: "file:objects", in this folder
# hooks_private = true             # lets webhooks reach addresses of this machine and its network
# theme = "theme"                  # files here override the built-in theme
# keyring = "keys/keyring"         # the keys to readers' addresses; in no backup, so keep a copy of it elsewhere
# cache_mib = 64                   # memory for prepared pages
# log = "info"
# log_format = "text"              # or "json"

# [s3]
# endpoint = "https://s3.example.org"
# region = "us-east-1"
# Keys are best given as MASTHEAD_S3_ACCESS_KEY and MASTHEAD_S3_SECRET_KEY in the environment.

# How mails leave; `masthead mail test you@example.org` tries it, `masthead mail dkim` makes the key.
# [mail]
# bounce_domain = "bounce.example.org"
# dkim = [{{ domain = "example.org", selector = "letter", key = "keys/dkim-letter.pem" }}]
# [[mail.relay]]
# url = "starttls://mail.example.org:587"   # or smtps://, or smtp:// on this machine; with user and password, or all of
# weight = 1                                # it as MASTHEAD_SMTP_URLS in the environment
# connections = 8
# per_minute = 600
# per_day = 50000
# warm_up = {{ from = "2026-11-02", first = 200, growth = 50 }}

# How what comes back to mail.bounce_domain reaches the newsroom: one of these ways, or several.
# [bounces]
# listen = "127.0.0.1:8024"                # a mail server brings it; protocol = "lmtp", or "smtp" for anybody's
# certificate = "keys/mail.pem"            # with key = "keys/mail.key": what is brought is encrypted
# mailbox = "imaps://user@mail.example.org/INBOX"   # or pop3s://; the password as MASTHEAD_BOUNCES_PASSWORD
# every = 300                              # seconds between two looks into it
# ses.topic = "arn:aws:sns:…"              # Amazon SES tells /-/hooks/mail/ses
# Postmark tells /-/hooks/mail/postmark (MASTHEAD_POSTMARK_SECRET is its password), Mailgun /-/hooks/mail/mailgun
# (MASTHEAD_MAILGUN_KEY is the key that it signs with).

# Who moves the money of contributions; docs/guide/till.md says which rights their keys need.
# [payments]
# till = "unix:/run/masthead-till/till.sock"   # keys in a process of their own, `masthead till`; then no key stands here
# till_secret_file = "keys/till"               # what newsroom and till both know; or MASTHEAD_TILL_SECRET
# sandbox = true                               # for trying out: no money moves; readers see it only while it is the only one
# [[payments.gateway]]
# kind = "stripe"                              # or paypal, with client and webhook; btcpay, with address and store; bank
# key_file = "keys/stripe"                     # or MASTHEAD_STRIPE_KEY: a restricted key, rk_…
# secret_file = "keys/stripe-webhook"          # or MASTHEAD_STRIPE_SECRET: of the webhook's endpoint, whsec_…
"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typo_is_named_with_its_line_and_the_right_key() {
        let error = Config::parse("listen = \"127.0.0.1:1\"\ndatabse = \"sqlite\"\n").unwrap_err();
        let text = format!("{error:#}");
        assert!(text.contains("line 2") && text.contains("`databse`") && text.contains("`database`"), "{text}");
    }

    #[test]
    fn a_typo_in_a_table_is_named_too() {
        let error = Config::parse("[s3]\nendpont = \"x\"\n").unwrap_err();
        assert!(format!("{error:#}").contains("did you mean `s3.endpoint`"), "{error:#}");
    }

    #[test]
    fn the_starter_is_valid_and_says_the_defaults() {
        assert!(Config::parse(&starter(None)).is_ok());
        let postgres = Config::parse(&starter(Some("postgres://me@here/news"))).unwrap();
        assert_eq!(postgres.database, "postgres://me@here/news");
    }

    #[test]
    fn an_address_without_a_port_is_refused_with_an_example() {
        let error = Config::parse("listen = \"localhost\"").unwrap_err();
        assert!(format!("{error:#}").contains("127.0.0.1:8080"), "{error:#}");
    }
}
