//! `masthead mail`: a key that signs, and whether the relays take a mail.

use std::fmt;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, bail};
use model::{Chance as _, Clock as _, OsChance, SystemClock};
use outside::mail::{
    Algorithm, DkimKey, Envelope, Kind, Letter, Mailbox, Outcome, Personal, Pool, Priority, Settings, Template,
};
use serde::Serialize;

use super::Common;
use crate::cli;

pub(super) async fn run(common: &Common, args: cli::Mail) -> anyhow::Result<ExitCode> {
    match args {
        cli::Mail::Dkim { domain, selector, ed25519 } => {
            let algorithm = if ed25519 { Algorithm::Ed25519 } else { Algorithm::Rsa };
            common.print(&make(&common.data, &domain, &selector, algorithm)?)?;
            Ok(ExitCode::SUCCESS)
        }
        cli::Mail::Test { to, from } => test(common, &to, from.as_deref()).await,
    }
}

/// A key that was made.
#[derive(Debug, Serialize)]
struct Made {
    file: String,
    record: String,
    value: String,
    #[serde(skip)]
    config: String,
    #[serde(skip)]
    zone: String,
}

impl fmt::Display for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "The key is in {}. Whoever has it can write as the newsroom.\n", self.file)?;
        writeln!(f, "Publish it as a TXT record of {}:\n\n{}\n", self.record, self.zone)?;
        write!(f, "Then let it sign, in masthead.toml:\n\n[mail]\ndkim = [{}]", self.config)
    }
}

fn make(dir: &Path, domain: &str, selector: &str, algorithm: Algorithm) -> anyhow::Result<Made> {
    let key = DkimKey::generate(algorithm)?;
    let name = format!("keys/dkim-{selector}-{domain}.pem");
    let file = dir.join(&name);
    let zone = key.dns_record(domain, selector)?;
    // Whether these can be a domain and a selector is what a signer checks.
    let (domain, selector) = (domain.to_owned(), selector.to_owned());
    let made = Made {
        record: format!("{selector}._domainkey.{domain}"),
        value: key.dns_value()?,
        config: format!("{{ domain = \"{domain}\", selector = \"{selector}\", key = \"{name}\" }}"),
        file: file.display().to_string(),
        zone,
    };
    let pem = key.to_pem()?;
    outside::mail::Signer::new(vec![outside::mail::Signature { domain, selector, key, unsigned: Vec::new() }])?;
    write_secret(&file, &pem)?;
    Ok(made)
}

/// Writes a file that only its owner can read, and none that is there already.
fn write_secret(file: &Path, text: &str) -> anyhow::Result<()> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).with_context(|| format!("could not make {}", folder.display()))?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(file) {
        Ok(mut open) => open.write_all(text.as_bytes()).with_context(|| format!("could not write {}", file.display())),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            bail!("{} is there already; choose another --selector, or move it away", file.display())
        }
        Err(error) => Err(error).with_context(|| format!("could not write {}", file.display())),
    }
}

/// What became of a mail that tries the relays.
#[derive(Debug, Serialize)]
struct Tried {
    relay: Option<String>,
    sent: bool,
    said: String,
}

impl fmt::Display for Tried {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.relay {
            Some(relay) => write!(f, "{relay}: {}", self.said),
            None => f.write_str(&self.said),
        }
    }
}

async fn test(common: &Common, to: &str, from: Option<&str>) -> anyhow::Result<ExitCode> {
    let config = common.config()?;
    let signer = config.mail.signer(&common.data)?;
    let from = match (from, signer.domains().next()) {
        (Some(from), _) => from.to_owned(),
        (None, Some(domain)) => format!("news@{domain}"),
        (None, None) => bail!("nobody is set to send it; name an address with --from"),
    };
    let settings = Settings { hello: config.mail.hello().to_owned(), ..Settings::default() };
    let pool = Pool::new(config.mail.relays(&common.data)?, settings, Arc::new(SystemClock))?;
    let envelope = Envelope::new(&from, to).context("could not write to this address")?;
    let mut mail = Vec::new();
    let domain = from.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
    let message_id = format!("{}@{domain}", OsChance.uuid_v4().simple());
    letter(&from)?.copy(&Personal { to, message_id: &message_id, ..Personal::default() }, &signer, &mut mail)?;
    let tried = match pool.seat(Priority::Personal).await {
        Err((why, _)) => Tried { relay: None, sent: false, said: why.to_string() },
        Ok(seat) => {
            let relay = Some(seat.relay().to_owned());
            let outcome = seat.send(&envelope, &mail).await;
            Tried { relay, sent: matches!(outcome, Outcome::Accepted { .. }), said: said(&outcome) }
        }
    };
    pool.close().await;
    common.print(&tried)?;
    Ok(if tried.sent { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn letter(from: &str) -> anyhow::Result<Template> {
    let letter = Letter {
        from: Mailbox { name: "Masthead", address: from },
        reply_to: None,
        date: SystemClock.now(),
        subject: "Mail leaves this newsroom",
        text: "Somebody at this newsroom wanted to know whether its mails arrive.\nThis one did.\n",
        html: None,
        kind: Kind::Personal,
    };
    Ok(Template::whole(&letter, &OsChance)?)
}

fn said(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Accepted { reply } => format!("taken: {reply}"),
        Outcome::Deferred { reply, .. } => format!("not taken now: {reply}"),
        Outcome::Refused { reply, .. } => format!("refused: {reply}"),
        Outcome::Uncertain { why } => format!("perhaps taken: {why} after the whole mail was sent"),
        Outcome::NotSent { why, .. } => format!("not sent: {why}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_for_its_owner_alone() {
        let dir = tempfile::tempdir().unwrap();
        let made = make(dir.path(), "news.example", "letter", Algorithm::Ed25519).unwrap();
        assert!(
            made.to_string().contains("letter._domainkey.news.example. IN TXT ( \"v=DKIM1; k=ed25519; p="),
            "{made}"
        );
        let pem = std::fs::read(dir.path().join("keys/dkim-letter-news.example.pem")).unwrap();
        assert!(made.value.ends_with(&DkimKey::from_pem(&pem).unwrap().dns_value().unwrap()));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = std::fs::metadata(&made.file).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        let again = make(dir.path(), "news.example", "letter", Algorithm::Ed25519).unwrap_err();
        assert!(again.to_string().contains("--selector"), "{again}");
        assert!(make(dir.path(), "../x", "letter", Algorithm::Ed25519).is_err());
    }
}
