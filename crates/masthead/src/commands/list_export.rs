//! `masthead list export` and `masthead vault export`: addresses, readable. Whoever does it shows that they mean this newsroom's
//! by a part of its vault's fingerprint, and the log says so before the first address is opened.

use std::{fmt, io::BufRead, process::ExitCode};

use anyhow::{Context, ensure};
use app::{
    lists::{self, Written},
    staff::COMMAND_LINE,
};
use serde::Serialize;

use super::{Common, vault};
use crate::{cli, passphrase, progress};

/// Characters of the fingerprint that confirm.
const CONFIRMING: usize = 4;

pub(super) async fn run(
    common: &Common,
    args: &cli::Export,
    action: &'static str,
    newsletter: Option<&str>,
) -> anyhow::Result<ExitCode> {
    let config = common.config()?;
    let newsroom = vault::opened(common, &config, args.keyring.as_deref()).await?;
    let keys = newsroom.vault().keys()?;
    ensure!(
        keys.can_open(),
        "this keyring seals addresses and can't open them; run this where the private one is, with --keyring FILE"
    );
    confirm(&keys.fingerprint(), args)?;
    let bar = progress::things(common.json);
    let on = |done, total| {
        bar.set_length(total);
        bar.set_position(done);
    };
    let what = lists::Export { file: &args.file, newsletter, action };
    let written = lists::export(&newsroom, COMMAND_LINE, &what, &on).await;
    bar.finish_and_clear();
    newsroom.store().close().await;
    common.print(&Told(written?))?;
    Ok(ExitCode::SUCCESS)
}

/// Asks for the beginning of the fingerprint, unless it was given.
fn confirm(fingerprint: &str, args: &cli::Export) -> anyhow::Result<()> {
    let typed = match &args.confirm {
        Some(given) => given.clone(),
        None => {
            ensure!(
                passphrase::is_typed(),
                "this writes addresses that anybody can read; confirm it with --confirm and the first {CONFIRMING} characters \
                 of the vault's fingerprint, which `masthead vault status` shows"
            );
            eprintln!("This writes addresses that anybody can read to {}.", args.file.display());
            eprint!(
                "To go on, type the first {CONFIRMING} characters of the vault's fingerprint (masthead vault status): "
            );
            let mut line = String::new();
            std::io::stdin().lock().read_line(&mut line).context("could not read what was typed")?;
            line
        }
    };
    let wanted: String = fingerprint.chars().take(CONFIRMING).collect();
    ensure!(
        typed.trim().to_lowercase() == wanted,
        "these are not the first {CONFIRMING} characters of this vault's fingerprint; nothing was written. \
         `masthead vault status` shows it"
    );
    Ok(())
}

#[derive(Debug, Serialize)]
#[serde(transparent)]
struct Told(Written);

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Written { file, addresses, dead } = &self.0;
        write!(f, "{addresses} addresses are in {file}, which only you can read. Delete it when it has served.")?;
        match dead {
            0 => Ok(()),
            dead => write!(f, "\n{dead} rows open with no key of this keyring; they are not in it."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_beginning_of_this_vaults_fingerprint_confirms() {
        let args =
            |confirm: &str| cli::Export { file: "out.csv".into(), confirm: Some(confirm.to_owned()), keyring: None };
        for right in ["k3f7", " K3F7\n"] {
            assert!(confirm("k3f7-aaaa-bbbb", &args(right)).is_ok(), "{right}");
        }
        for wrong in ["", "k3f", "k3f7-", "aaaa", "yes"] {
            let refused = confirm("k3f7-aaaa-bbbb", &args(wrong)).unwrap_err().to_string();
            assert!(refused.contains("masthead vault status") && !refused.contains("k3f7"), "{wrong}: {refused}");
        }
    }
}
