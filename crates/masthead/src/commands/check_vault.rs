//! `masthead check`, of the keys.

use std::{os::unix::fs::PermissionsExt, path::Path};

use app::{
    Newsroom,
    vault::{self, Closed, VaultState},
};

use super::{Common, check::Findings, vault::State};
use crate::{
    config::Config,
    control::{self, Ask},
    open,
    passphrase::{self, text},
};

pub(super) async fn look(
    common: &Common,
    config: &Config,
    newsroom: &Newsroom,
    findings: &mut Findings,
) -> anyhow::Result<()> {
    let keyring = open::keyring(&common.data, config)?;
    mode(&keyring, findings);
    let stored = vault::stored(newsroom).await?;
    if stored.rotating {
        findings.wrong("the keys were changed and not every address is sealed anew", "masthead vault rotate");
    }
    let server: Option<State> = control::ask(&common.data, &Ask::State, &|_, _| {}).await?;
    if let Some(why) = server.as_ref().and_then(|state| state.why.as_ref()) {
        findings.wrong(format!("the keys are not in the server's memory: {why}"), "masthead vault unlock");
    }
    let given = passphrase::given();
    match &*vault::open(newsroom, text(given.as_ref())).await? {
        VaultState::Open(keys) => findings.good(format!("the keyring {} fits the database", keys.fingerprint())),
        // It is as it should be: only whoever knows the passphrase opens it.
        VaultState::Closed(Closed::Passphrase) if server.is_some_and(|state| state.open) => {
            findings.good("the keyring has a passphrase, and the server has the keys");
        }
        VaultState::Closed(Closed::Passphrase) => findings.worth(
            "the keyring has a passphrase, and no server with the keys runs on this folder",
            format!("Set {} to have the keyring looked at here as well.", passphrase::VARIABLE),
        ),
        VaultState::Closed(why) if stored.subscribers > 0 => {
            findings.wrong(
                format!("{} subscribers can't be written to: {why}", stored.subscribers),
                "masthead vault status",
            );
        }
        VaultState::Closed(why) => {
            findings.worth(format!("nobody can sign up for newsletters: {why}"), "masthead vault status")
        }
    }
    Ok(())
}

/// Whether others of this machine can read the keys.
fn mode(keyring: &Path, findings: &mut Findings) {
    let open = |path: &Path| std::fs::metadata(path).is_ok_and(|meta| meta.permissions().mode() & 0o077 != 0);
    if open(keyring) && keyring.parent().is_none_or(open) {
        findings.wrong(
            format!("the keys in {} can be read by other users of this machine", keyring.display()),
            format!("chmod 600 {}", keyring.display()),
        );
    }
}
