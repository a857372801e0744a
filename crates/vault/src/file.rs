//! The keyring as bytes: JSON, as it is or encrypted with a passphrase in age's format (age-encryption.org/v1), so that
//! another program can open it as well.

use std::io::Read as _;

use data_encoding::BASE64;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

use crate::{
    key::{Key, KeyId},
    keyring::{Custody, Keyring, Numbered, Sealing},
    lookup::Lookups,
};

const FORM: u32 = 1;
const AGE: &[u8] = b"age-encryption.org/";
/// scrypt with N = 2^17: 128 MB and about half a second, once at the start.
const WORK: u8 = 17;
/// What a keyring may ask for at most: another program may have encrypted it.
const WORK_MAX: u8 = 20;
/// No keyring is longer. It is a few hundred bytes, and a few hundred more with each rotation.
const LONGEST: u64 = 1 << 20;

/// Why bytes are not read as a keyring.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// It is encrypted.
    #[error("the keyring is encrypted: it needs its passphrase")]
    NeedsPassphrase,
    /// The passphrase is not the right one.
    #[error("the passphrase of the keyring is wrong")]
    WrongPassphrase,
    /// A newer form.
    #[error("the keyring is of form {0}, which this version does not know: it was written by a newer one")]
    Newer(u32),
    /// Not a keyring, or a part of one.
    #[error("the keyring is damaged: {0}")]
    Damaged(String),
}

/// Why a keyring was not encrypted.
#[derive(Debug, thiserror::Error)]
#[error("could not encrypt the keyring")]
pub struct WriteError(#[source] std::io::Error);

#[derive(Serialize, Deserialize)]
struct Written {
    masthead_keyring: u32,
    custody: Custody,
    lookup: Vec<Secret>,
    lookup_in_use: u32,
    link: Vec<Secret>,
    transient: Vec<WrittenKey>,
    sealing: Vec<WrittenKey>,
}

#[derive(Serialize, Deserialize)]
struct WrittenKey {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    key: Option<Secret>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    public: Option<Secret>,
}

/// Text of a key, wiped when it is dropped.
#[derive(Serialize, Deserialize, Zeroize)]
#[serde(transparent)]
struct Secret(String);

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl Keyring {
    /// Reads a keyring, which may be encrypted.
    ///
    /// # Errors
    /// Where the passphrase is missing or wrong, or the bytes are not a keyring.
    pub fn parse(bytes: &[u8], passphrase: Option<&str>) -> Result<Self, ParseError> {
        if !bytes.starts_with(AGE) {
            return from_json(bytes);
        }
        from_json(&decrypted(bytes, passphrase.ok_or(ParseError::NeedsPassphrase)?)?)
    }

    /// Whether bytes are an encrypted keyring.
    #[must_use]
    pub fn is_encrypted(bytes: &[u8]) -> bool {
        bytes.starts_with(AGE)
    }

    /// The bytes of its file, encrypted where there is a passphrase. Write them with mode 0600, and never into a backup.
    ///
    /// # Errors
    /// When the encryption fails.
    pub fn write(&self, passphrase: Option<&str>) -> Result<Zeroizing<Vec<u8>>, WriteError> {
        let written = Written {
            masthead_keyring: FORM,
            custody: self.custody,
            lookup: std::iter::once(&self.lookups.first).chain(&self.lookups.further).map(secret).collect(),
            lookup_in_use: self.lookups.in_use,
            link: self.links.iter().map(secret).collect(),
            transient: self.transient.iter().map(|key| written_key(key.id, Some(&key.key), None)).collect(),
            sealing: self.sealing.iter().map(written_sealing).collect(),
        };
        let mut plain = Zeroizing::new(Vec::with_capacity(8192));
        serde_json::to_writer_pretty(&mut *plain, &written).map_err(|error| WriteError(error.into()))?;
        plain.push(b'\n');
        match passphrase {
            Some(passphrase) => encrypted(&plain, passphrase).map(Zeroizing::new).map_err(WriteError),
            None => Ok(plain),
        }
    }
}

fn from_json(bytes: &[u8]) -> Result<Keyring, ParseError> {
    #[derive(Deserialize)]
    struct Form {
        masthead_keyring: u32,
    }
    // serde's messages quote what they did not expect: only the place is told on.
    let place = |error: serde_json::Error| damaged(format!("line {}, column {}", error.line(), error.column()));
    let form: Form = serde_json::from_slice(bytes).map_err(place)?;
    if form.masthead_keyring != FORM {
        return Err(ParseError::Newer(form.masthead_keyring));
    }
    keyring(serde_json::from_slice(bytes).map_err(place)?)
}

fn keyring(written: Written) -> Result<Keyring, ParseError> {
    let mut lookups = written.lookup.iter().map(|key| read_secret(key, "lookup"));
    let first = lookups.next().ok_or_else(|| damaged("there is no lookup key"))??;
    let further = lookups.collect::<Result<Vec<_>, _>>()?;
    let links = written.link.iter().map(|key| read_secret(key, "link")).collect::<Result<Vec<_>, _>>()?;
    let transient = written.transient.iter().map(read_transient).collect::<Result<Vec<_>, _>>()?;
    let sealing =
        written.sealing.iter().map(|key| read_sealing(written.custody, key)).collect::<Result<Vec<_>, _>>()?;
    for (name, empty) in
        [("link", links.is_empty()), ("transient", transient.is_empty()), ("sealing", sealing.is_empty())]
    {
        if empty {
            return Err(damaged(format!("there is no {name} key")));
        }
    }
    let lookups = Lookups { first, further, in_use: 1 };
    let mut keyring = Keyring { custody: written.custody, lookups, links, transient, sealing };
    if !keyring.use_lookup_generation(written.lookup_in_use) {
        return Err(damaged("it uses more lookup keys than it has"));
    }
    Ok(keyring)
}

fn read_transient(key: &WrittenKey) -> Result<Numbered<Key>, ParseError> {
    let secret = key.key.as_ref().ok_or_else(|| damaged("a transient key is missing"))?;
    Ok(Numbered { id: read_id(key)?, key: read_secret(secret, "transient")? })
}

fn read_sealing(custody: Custody, written: &WrittenKey) -> Result<Numbered<Sealing>, ParseError> {
    let secret = written.key.as_ref().map(|key| read_secret(key, "sealing")).transpose()?;
    let public = written.public.as_ref().map(|key| read_secret(key, "public")).transpose()?;
    let key = match (custody, secret, public) {
        (Custody::Server, Some(key), None) => Sealing::Server(key),
        (Custody::Offline, Some(private), Some(public)) => match Sealing::pair(private) {
            Some(Sealing::Offline { public: its, private }) if its == *public.bytes() => {
                Sealing::Offline { public: its, private }
            }
            _ => return Err(damaged("the two halves of a sealing key do not belong together")),
        },
        (Custody::Offline, None, Some(public)) => {
            Sealing::public(*public.bytes()).ok_or_else(|| damaged("a public key is none"))?
        }
        _ => return Err(damaged("a sealing key does not fit the custody")),
    };
    Ok(Numbered { id: read_id(written)?, key })
}

fn read_id(key: &WrittenKey) -> Result<KeyId, ParseError> {
    key.id.parse().map_err(|_| damaged("a key has no proper id"))
}

fn read_secret(secret: &Secret, name: &str) -> Result<Key, ParseError> {
    let bytes = BASE64.decode(secret.0.as_bytes()).map(Zeroizing::new);
    bytes.ok().and_then(|bytes| Key::from_slice(&bytes)).ok_or_else(|| damaged(format!("a {name} key is cut short")))
}

fn damaged(what: impl Into<String>) -> ParseError {
    ParseError::Damaged(what.into())
}

fn secret(key: &Key) -> Secret {
    Secret(BASE64.encode(key.bytes()))
}

fn written_key(id: KeyId, key: Option<&Key>, public: Option<&[u8; 32]>) -> WrittenKey {
    WrittenKey { id: id.to_string(), key: key.map(secret), public: public.map(|public| Secret(BASE64.encode(public))) }
}

fn written_sealing(numbered: &Numbered<Sealing>) -> WrittenKey {
    match &numbered.key {
        Sealing::Server(key) => written_key(numbered.id, Some(key), None),
        Sealing::Offline { public, private } => written_key(numbered.id, private.as_ref(), Some(public)),
    }
}

fn encrypted(plain: &[u8], passphrase: &str) -> std::io::Result<Vec<u8>> {
    let mut recipient = age::scrypt::Recipient::new(passphrase.to_owned().into());
    recipient.set_work_factor(WORK);
    age::encrypt(&recipient, plain).map_err(std::io::Error::other)
}

fn decrypted(bytes: &[u8], passphrase: &str) -> Result<Zeroizing<Vec<u8>>, ParseError> {
    let mut identity = age::scrypt::Identity::new(passphrase.to_owned().into());
    identity.set_max_work_factor(WORK_MAX);
    let unreadable = |error: age::DecryptError| match error {
        age::DecryptError::DecryptionFailed | age::DecryptError::KeyDecryptionFailed => ParseError::WrongPassphrase,
        age::DecryptError::NoMatchingKeys => damaged("it is encrypted to a key, not with a passphrase"),
        other => damaged(other.to_string()),
    };
    let decryptor = age::Decryptor::new(bytes).map_err(unreadable)?;
    let reader = decryptor.decrypt(std::iter::once(&identity as &dyn age::Identity)).map_err(unreadable)?;
    let mut plain = Zeroizing::new(Vec::with_capacity(bytes.len()));
    reader.take(LONGEST).read_to_end(&mut plain).map_err(|_| damaged("its end is missing, or it was changed"))?;
    Ok(plain)
}
