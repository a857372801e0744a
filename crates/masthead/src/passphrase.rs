//! Passphrases: from the environment, typed without being shown, or from standard input; never from the command line, which every
//! user of a machine can read.

use std::io::{BufRead, IsTerminal};

use anyhow::{Context, ensure};
use app::vault::Passphrase;

/// What the environment calls it.
pub(crate) const VARIABLE: &str = "MASTHEAD_VAULT_PASSPHRASE";

/// From the environment.
pub(crate) fn given() -> Option<Passphrase> {
    std::env::var(VARIABLE).ok().filter(|text| !text.is_empty()).map(Passphrase::new)
}

/// As the functions that need it take it.
pub(crate) fn text(passphrase: Option<&Passphrase>) -> Option<&str> {
    passphrase.map(|passphrase| passphrase.as_str())
}

/// From the environment, or asked for.
pub(crate) fn ask(what: &str) -> anyhow::Result<Passphrase> {
    match given() {
        Some(passphrase) => Ok(passphrase),
        None => typed(what),
    }
}

/// Asked for, by somebody who may leave it empty.
pub(crate) fn ask_typed(what: &str) -> anyhow::Result<Passphrase> {
    let typed = typed(what)?;
    ensure!(!typed.is_empty(), "nothing was typed");
    Ok(typed)
}

/// A new one: asked for twice where somebody types it.
pub(crate) fn ask_new(what: &str) -> anyhow::Result<Passphrase> {
    let new = typed(what)?;
    if is_typed() {
        ensure!(typed("Once more: ")?.as_str() == new.as_str(), "the two are not the same; nothing was changed");
    }
    Ok(new)
}

/// Whether somebody sits in front of it.
pub(crate) fn is_typed() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// Typed without being shown, or the next line of standard input.
fn typed(what: &str) -> anyhow::Result<Passphrase> {
    if is_typed() {
        return rpassword::prompt_password(what).map(Passphrase::new).context("could not read what was typed");
    }
    let mut line = Passphrase::new(String::new());
    std::io::stdin().lock().read_line(&mut line).context("could not read standard input")?;
    let text = line.trim_end_matches(['\r', '\n']);
    ensure!(!text.is_empty(), "a passphrase is needed: set {VARIABLE}, or write it to standard input");
    Ok(Passphrase::new(text.to_owned()))
}
