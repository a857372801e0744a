//! New keyrings, and their passphrase.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use model::Chance;
use serde::Serialize;
use vault::{Custody, Keyring};

use super::{Changing, PASSPHRASE_MIN, Passphrase, file, file_of, open, row};
use crate::{Newsroom, error::Error};

/// A keyring that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Made {
    /// Where the server's is.
    pub keyring: PathBuf,
    /// Where the one with the private half is, to be taken to another machine.
    pub private: Option<PathBuf>,
    /// Who can open what is sealed with it.
    pub custody: Custody,
    /// What it is known by.
    pub fingerprint: String,
}

impl fmt::Display for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "The keyring is {}; its fingerprint is {}.", self.keyring.display(), self.fingerprint)?;
        if let Some(private) = &self.private {
            writeln!(f, "Take {} to the machine that is to open addresses, and remove it here.", private.display())?;
        }
        write!(
            f,
            "Keep a copy of it apart from the backups, which never hold it: without it nobody can open what is sealed."
        )
    }
}

/// Makes a keyring. With custody by another machine the whole of it goes to `private`, encrypted where there is a passphrase,
/// and the server gets the half that seals; else the passphrase is the server's.
///
/// # Errors
/// [`Error::Refused`] when there is a file already, or the passphrase is too short; else when it can't be written.
pub fn make(
    keyring: &Path,
    private: Option<&Path>,
    custody: Custody,
    passphrase: Option<&str>,
    chance: &dyn Chance,
) -> Result<Made, Error> {
    long_enough(passphrase)?;
    for path in std::iter::once(keyring).chain(private) {
        if path.exists() {
            let shown = path.display();
            return Err(Error::Refused(format!(
                "{shown} is there already; a keyring is never written over: move it first"
            )));
        }
    }
    let whole = Keyring::generate(custody, chance);
    match (custody, private) {
        (Custody::Server, None) => write(keyring, &whole, passphrase)?,
        (Custody::Offline, Some(private)) => {
            write(private, &whole, passphrase)?;
            write(keyring, &whole.without_private(), None)?;
        }
        (Custody::Server, Some(_)) => {
            return Err(Error::Refused(
                "with custody by the server there is no private half to write elsewhere".to_owned(),
            ));
        }
        (Custody::Offline, None) => {
            let what = "name a file for the private half, such as one on a stick that leaves with you";
            return Err(Error::Refused(what.to_owned()));
        }
    }
    Ok(Made {
        keyring: keyring.to_path_buf(),
        private: private.map(Path::to_path_buf),
        custody,
        fingerprint: whole.fingerprint(),
    })
}

pub(super) fn write(path: &Path, keyring: &Keyring, passphrase: Option<&str>) -> Result<(), Error> {
    let bytes = keyring.write(passphrase).map_err(|error| Error::Refused(error.to_string()))?;
    file::write(path, &bytes).map_err(|source| Error::io(path, source))
}

/// As [`write`], on a thread of its own where a passphrase makes it slow.
pub(super) async fn write_apart(
    path: &Path,
    keyring: Keyring,
    passphrase: Option<Passphrase>,
) -> Result<Keyring, Error> {
    let path = path.to_path_buf();
    let writing = tokio::task::spawn_blocking(move || {
        write(&path, &keyring, passphrase.as_deref().map(String::as_str))?;
        Ok(keyring)
    });
    writing.await?
}

fn long_enough(passphrase: Option<&str>) -> Result<(), Error> {
    match passphrase {
        Some(passphrase) if passphrase.chars().count() < PASSPHRASE_MIN => Err(Error::Refused(format!(
            "a passphrase of a keyring has at least {PASSPHRASE_MIN} characters; five or six words by chance are good"
        ))),
        _ => Ok(()),
    }
}

/// Gives a newsroom a keyring that has none. Where there was one, all that is sealed with it is deleted: only with `give_up`.
///
/// # Errors
/// [`Error::Refused`] when rows belong to another keyring and `give_up` is not set; else as [`make`].
pub async fn begin_anew(
    newsroom: &Newsroom,
    actor: &str,
    custody: Custody,
    private: Option<&Path>,
    passphrase: Option<&str>,
    give_up: bool,
) -> Result<Made, Error> {
    let path = file_of(newsroom)?;
    let _changing = Changing::of(newsroom).await?;
    let mut tx = newsroom.store().begin().await?;
    if let (Some(row), false) = (row::get(&mut tx).await?, give_up) {
        let (count, print) = (store::subscriber_count(&mut tx).await?, row.fingerprint);
        return Err(Error::Refused(format!(
            "this newsroom has a keyring with the fingerprint {print}: put it back. If it is lost for good, --give-up \
             deletes the {count} subscribers whom nobody can open any more"
        )));
    }
    let made = make(&path, private, custody, passphrase, newsroom.chance())?;
    let passphrase = if custody == Custody::Server { passphrase } else { None };
    let (gone, now) = (store::readers_delete(&mut tx).await?, newsroom.clock().now());
    row::set(&mut tx, &row::Row::of(&open::read(Some(&path), passphrase).await?), now).await?;
    let detail = serde_json::json!({ "custody": custody, "fingerprint": made.fingerprint, "deleted": gone });
    store::audit_append(&mut tx, now, actor, "vault.new", None, &detail.to_string()).await?;
    tx.commit().await?;
    open::open_in(newsroom, passphrase).await?;
    Ok(made)
}

/// Encrypts the keyring with another passphrase, or with none any more.
///
/// # Errors
/// [`Error::Closed`] when it can't be opened with the old one; [`Error::Refused`] when the new one is too short.
pub async fn passphrase(newsroom: &Newsroom, actor: &str, old: Option<&str>, new: Option<&str>) -> Result<(), Error> {
    long_enough(new)?;
    let path = file_of(newsroom)?;
    let _changing = Changing::of(newsroom).await?;
    let keyring = open::read(Some(&path), old).await?;
    write_apart(&path, keyring, new.map(|new| Passphrase::new(new.to_owned()))).await?;
    let detail = serde_json::json!({ "encrypted": new.is_some() }).to_string();
    let mut tx = newsroom.store().begin().await?;
    store::audit_append(&mut tx, newsroom.clock().now(), actor, "vault.passphrase", None, &detail).await?;
    Ok(tx.commit().await?)
}

/// Writes the half of the keyring that the server gets, where this one holds the private half.
///
/// # Errors
/// [`Error::Closed`] when the keyring can't be opened; [`Error::Refused`] when the file is there already.
pub async fn server_half(newsroom: &Newsroom, passphrase: Option<&str>, to: &Path) -> Result<(), Error> {
    if to.exists() {
        return Err(Error::Refused(format!("{} is there already; name a new file", to.display())));
    }
    let keyring = open::read(Some(&file_of(newsroom)?), passphrase).await?;
    write(to, &keyring.without_private(), None)
}
