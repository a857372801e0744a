//! `[bounces]` in masthead.toml: how what comes back to `mail.bounce_domain` reaches the newsroom.
//!
//! Passwords and keys are better given in the environment: `MASTHEAD_BOUNCES_PASSWORD`, `MASTHEAD_POSTMARK_SECRET`,
//! `MASTHEAD_MAILGUN_KEY`. Files are named from the newsroom's folder.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, ensure};
use app::back::Ways;
use outside::{
    mailback::Addresses,
    receive::{Mailbox, Protocol},
    standing::Returns,
    tls::{self, TlsAcceptor},
};
use serde::Deserialize;

use super::known;

/// The shortest password of a hook: it stands in an address that the internet can guess at.
const SECRET_LEAST: usize = 16;

/// How what comes back reaches the newsroom.
#[derive(Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Bounces {
    /// Address and port at which mail servers bring it; empty for none.
    pub(crate) listen: String,
    /// `lmtp` (a mail server of the newsroom's own) or `smtp` (anybody's).
    protocol: String,
    /// A certificate and its key in PEM, so that what is brought is encrypted.
    certificate: Option<PathBuf>,
    key: Option<PathBuf>,
    /// A mailbox that is asked: `imaps://user@mail.example.org/INBOX`; empty for none.
    mailbox: String,
    password: String,
    /// Certificates in PEM that are trusted besides the system's.
    trusted: Option<PathBuf>,
    /// Seconds between two times.
    every: u64,
    ses: Ses,
    postmark: Postmark,
    mailgun: Mailgun,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Ses {
    topic: String,
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Postmark {
    secret: String,
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Mailgun {
    key: String,
}

const KEYS: [&str; 11] = [
    "listen",
    "protocol",
    "certificate",
    "key",
    "mailbox",
    "password",
    "trusted",
    "every",
    "ses",
    "postmark",
    "mailgun",
];

impl Default for Bounces {
    fn default() -> Self {
        Self {
            listen: String::new(),
            protocol: "lmtp".to_owned(),
            certificate: None,
            key: None,
            mailbox: String::new(),
            password: String::new(),
            trusted: None,
            every: 300,
            ses: Ses::default(),
            postmark: Postmark::default(),
            mailgun: Mailgun::default(),
        }
    }
}

impl std::fmt::Debug for Bounces {
    /// Without passwords and keys, one of which may be in the mailbox's address.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Bounces")
            .field("listen", &self.listen)
            .field("protocol", &self.protocol)
            .finish_non_exhaustive()
    }
}

impl Bounces {
    /// Refuses keys that do not exist.
    pub(super) fn known(text: &str, table: &toml::Table) -> anyhow::Result<()> {
        known(text, table, "bounces.", &KEYS)?;
        for (service, key) in [("ses", "topic"), ("postmark", "secret"), ("mailgun", "key")] {
            if let Some(toml::Value::Table(own)) = table.get(service) {
                known(text, own, &format!("bounces.{service}."), &[key])?;
            }
        }
        Ok(())
    }

    /// Takes passwords and keys from the environment.
    pub(super) fn environment(&mut self) {
        for (name, value) in [
            ("MASTHEAD_BOUNCES_PASSWORD", &mut self.password),
            ("MASTHEAD_POSTMARK_SECRET", &mut self.postmark.secret),
            ("MASTHEAD_MAILGUN_KEY", &mut self.mailgun.key),
        ] {
            if let Ok(given) = std::env::var(name) {
                *value = given;
            }
        }
    }

    /// What can be said to be wrong without looking at files.
    pub(super) fn check(&self, domain: &str) -> anyhow::Result<()> {
        ensure!(
            self.listen.is_empty() || self.listen.parse::<SocketAddr>().is_ok(),
            "`bounces.listen` is `{}`; write an address and a port, like 127.0.0.1:8024",
            self.listen
        );
        ensure!(self.spoken().is_some(), "`bounces.protocol` is `{}`; it can be `lmtp` or `smtp`", self.protocol);
        ensure!(
            self.certificate.is_some() == self.key.is_some(),
            "`bounces.certificate` and `bounces.key` belong together; name both or neither"
        );
        ensure!(
            (10..=86_400).contains(&self.every),
            "`bounces.every` is {}; it can be 10 to 86400 seconds",
            self.every
        );
        let secret = &self.postmark.secret;
        ensure!(
            secret.is_empty() || secret.len() >= SECRET_LEAST,
            "`bounces.postmark.secret` is too short to be safe; give it {SECRET_LEAST} characters or more"
        );
        if !self.mailbox.is_empty() {
            Mailbox::new(&self.mailbox, Some(&self.password), None).context("could not use `bounces.mailbox`")?;
        }
        ensure!(
            !self.returns().any() || Addresses::at(domain).is_some(),
            "`[bounces]` needs the domain that mails come back to: set `bounce_domain` under [mail]"
        );
        Ok(())
    }

    fn spoken(&self) -> Option<Protocol> {
        Protocol::parse(&self.protocol)
    }

    /// How what comes back reaches the newsroom.
    pub(crate) fn returns(&self) -> Returns {
        let listens = !self.listen.is_empty();
        Returns {
            smtp: listens && self.spoken() == Some(Protocol::Smtp),
            lmtp: listens && self.spoken() == Some(Protocol::Lmtp),
            mailbox: !self.mailbox.is_empty(),
            hooks: [&self.ses.topic, &self.postmark.secret, &self.mailgun.key]
                .into_iter()
                .any(|given| !given.is_empty()),
        }
    }

    /// The ways. Reads the files that they name.
    pub(crate) fn ways(&self, dir: &Path, domain: &str) -> anyhow::Result<Ways> {
        Ok(Ways {
            addresses: if self.returns().any() { Addresses::at(domain) } else { None },
            mailbox: self.mailbox(dir)?,
            every: Duration::from_secs(self.every),
            ses_topic: self.ses.topic.clone(),
            postmark_secret: self.postmark.secret.clone(),
            mailgun_key: self.mailgun.key.clone(),
            ..Ways::default()
        })
    }

    /// The mailbox that is asked.
    pub(crate) fn mailbox(&self, dir: &Path) -> anyhow::Result<Option<Mailbox>> {
        if self.mailbox.is_empty() {
            return Ok(None);
        }
        let trusted = self.trusted.as_ref().map(|file| read(dir, file)).transpose()?;
        let mailbox = Mailbox::new(&self.mailbox, Some(&self.password), trusted.as_deref());
        mailbox.map(Some).context("could not use `bounces.mailbox`")
    }

    /// What mail servers are listened to with: the protocol, and encryption where there is a certificate.
    pub(crate) fn door(&self, dir: &Path) -> anyhow::Result<Option<(Protocol, Option<TlsAcceptor>)>> {
        let (Some(protocol), false) = (self.spoken(), self.listen.is_empty()) else { return Ok(None) };
        let tls = match (&self.certificate, &self.key) {
            (Some(certificate), Some(key)) => {
                let acceptor = tls::acceptor(&read(dir, certificate)?, &read(dir, key)?);
                Some(acceptor.context("could not use `bounces.certificate`")?)
            }
            _ => None,
        };
        Ok(Some((protocol, tls)))
    }
}

fn read(dir: &Path, file: &Path) -> anyhow::Result<String> {
    let file = dir.join(file);
    std::fs::read_to_string(&file).with_context(|| format!("could not read {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::super::Config;
    use super::*;

    const WHOLE: &str = r#"
[mail]
bounce_domain = "bounces.news.example"

[bounces]
listen = "127.0.0.1:8024"
mailbox = "imaps://back@mail.example.org/INBOX"
password = "hidden words"
postmark.secret = "a password of more than sixteen"
ses.topic = "arn:aws:sns:eu-west-1:123456789012:bounces"
"#;

    #[test]
    fn the_ways_are_read_and_hide_their_passwords() {
        let config = Config::parse(WHOLE).unwrap();
        let ways = config.bounces.ways(Path::new("/nowhere"), &config.mail.bounce_domain).unwrap();
        assert_eq!(ways.addresses.as_ref().map(Addresses::domain), Some("bounces.news.example"));
        assert!(ways.mailbox.is_some() && ways.hooks());
        let returns = config.bounces.returns();
        assert!(returns.lmtp && returns.mailbox && returns.hooks && !returns.smtp);
        let shown = format!("{config:?}");
        assert!(!shown.contains("hidden words") && !shown.contains("sixteen"), "{shown}");
        assert!(Config::parse("").unwrap().bounces.door(Path::new("/nowhere")).unwrap().is_none());
    }

    #[test]
    fn what_is_wrong_is_named_with_what_to_do() {
        let domain = "[mail]\nbounce_domain = \"b.example\"\n";
        for (text, words) in [
            ("[bounces]\nlisten = \"127.0.0.1:8024\"\n".to_owned(), "set `bounce_domain` under [mail]"),
            (format!("{domain}[bounces]\nlisten = \"8024\"\n"), "127.0.0.1:8024"),
            (format!("{domain}[bounces]\nprotocol = \"uucp\"\n"), "`lmtp` or `smtp`"),
            (format!("{domain}[bounces]\nmailbox = \"mail.example.org\"\n"), "imaps://user@mail.example.org/INBOX"),
            (format!("{domain}[bounces]\nevery = 1\n"), "10 to 86400"),
            (format!("{domain}[bounces]\nkey = \"x\"\n"), "both or neither"),
            (format!("{domain}[bounces]\npostmark.secret = \"short\"\n"), "16 characters"),
            (format!("{domain}[bounces]\nmailbx = \"x\"\n"), "did you mean `bounces.mailbox`"),
            (format!("{domain}[bounces]\nses.topik = \"x\"\n"), "did you mean `bounces.ses.topic`"),
        ] {
            let said = format!("{:#}", Config::parse(&text).unwrap_err());
            assert!(said.contains(words), "{text}: {said}");
        }
    }
}
