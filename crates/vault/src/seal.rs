//! Sealing and opening.
//!
//! A sealed value is a header in the clear (form, kind, key), then what the kind needs (a nonce, or an encapsulated key), then
//! the padded bytes, encrypted and authenticated together with the header and the place that they belong to.

use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use hpke::{Deserializable as _, OpModeR, OpModeS, Serializable as _, aead::ChaCha20Poly1305, kdf::HkdfSha256};
use model::{Chance, Sealed};
use zeroize::Zeroizing;

use crate::{
    bind::Bind,
    key::{Key, KeyId, Random, fill},
    keyring::{Kem, Keyring, Numbered, Sealing},
    padding::{pad, unpad},
};

/// The form of what follows. Another one would be another way to seal.
const FORM: u8 = 1;
/// Form, kind, and the four bytes of the key's id.
const HEADER: usize = 6;
const NONCE: usize = 24;
const ENCAPSULATED: usize = 32;
/// What HPKE binds its keys to.
const INFO: &[u8] = b"masthead sealed 1";

/// What sealed a value. The byte stands in its header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// XChaCha20-Poly1305 with a key that the server has.
    Server = 1,
    /// HPKE (X25519, HKDF-SHA256, ChaCha20-Poly1305) for a key that another machine has.
    Offline = 2,
    /// XChaCha20-Poly1305 with the key for what waits to go out.
    Transient = 3,
}

/// Why something sealed was not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The private half is on another machine.
    #[error("what is sealed here opens on the machine that holds the private keyring")]
    Closed,
    /// The keyring does not hold the key: it is another newsroom's, or older than a rotation, or the key was forgotten.
    #[error("it was sealed with the key {0}, which this keyring does not hold")]
    UnknownKey(KeyId),
    /// It was changed, cut, or belongs elsewhere.
    #[error("it was changed, or it was sealed for another place")]
    Forged,
}

impl Keyring {
    /// Seals for a place with the current key.
    #[must_use]
    pub fn seal(&self, chance: &dyn Chance, bind: Bind, plain: &[u8]) -> Sealed {
        match self.sealing.first() {
            Some(Numbered { id, key: Sealing::Server(key) }) => symmetric(key, Kind::Server, *id, chance, bind, plain),
            Some(Numbered { id, key: Sealing::Offline { public, .. } }) => to_other(public, *id, chance, bind, plain),
            None => Sealed(Vec::new()),
        }
    }

    /// Opens what was sealed for a place. The bytes are wiped when they are dropped.
    ///
    /// # Errors
    /// Where the key is not here, or it was not sealed like that for this place.
    pub fn open(&self, bind: Bind, sealed: &Sealed) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        let (kind, id, rest) = taken_apart(sealed)?;
        let key = &numbered(&self.sealing, id)?.key;
        match (key, kind) {
            (Sealing::Server(key), Kind::Server) => open_symmetric(key, sealed, rest, bind),
            (Sealing::Offline { private: Some(key), .. }, Kind::Offline) => open_other(key, sealed, rest, bind),
            (Sealing::Offline { private: None, .. }, Kind::Offline) => Err(OpenError::Closed),
            (Sealing::Server(_) | Sealing::Offline { .. }, _) => Err(OpenError::Forged),
        }
    }

    /// Seals what the server has to open itself, whoever has custody: mails that wait to go out.
    #[must_use]
    pub fn seal_transient(&self, chance: &dyn Chance, bind: Bind, plain: &[u8]) -> Sealed {
        match self.transient.first() {
            Some(Numbered { id, key }) => symmetric(key, Kind::Transient, *id, chance, bind, plain),
            None => Sealed(Vec::new()),
        }
    }

    /// Opens what [`Keyring::seal_transient`] sealed.
    ///
    /// # Errors
    /// As [`Keyring::open`]; never [`OpenError::Closed`].
    pub fn open_transient(&self, bind: Bind, sealed: &Sealed) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        let (kind, id, rest) = taken_apart(sealed)?;
        let key = &numbered(&self.transient, id)?.key;
        if kind != Kind::Transient {
            return Err(OpenError::Forged);
        }
        open_symmetric(key, sealed, rest, bind)
    }

    /// Seals anew with the current key; `None` where it is already.
    ///
    /// # Errors
    /// As [`Keyring::open`].
    pub fn reseal(&self, chance: &dyn Chance, bind: Bind, sealed: &Sealed) -> Result<Option<Sealed>, OpenError> {
        let (_, id, _) = taken_apart(sealed)?;
        if self.current() == Some(id) {
            return Ok(None);
        }
        Ok(Some(self.seal(chance, bind, &self.open(bind, sealed)?)))
    }
}

/// The key that something is sealed with, as its header says; `None` where it has no header.
#[must_use]
pub fn sealed_with(sealed: &Sealed) -> Option<KeyId> {
    taken_apart(sealed).ok().map(|(_, id, _)| id)
}

fn numbered<T>(keys: &[Numbered<T>], id: KeyId) -> Result<&Numbered<T>, OpenError> {
    keys.iter().find(|key| key.id == id).ok_or(OpenError::UnknownKey(id))
}

fn header(kind: Kind, id: KeyId) -> [u8; HEADER] {
    let [a, b, c, d] = id.0.to_be_bytes();
    [FORM, kind as u8, a, b, c, d]
}

fn taken_apart(sealed: &Sealed) -> Result<(Kind, KeyId, &[u8]), OpenError> {
    let Some(([FORM, kind, a, b, c, d], rest)) = sealed.0.split_first_chunk::<HEADER>() else {
        return Err(OpenError::Forged);
    };
    let kinds = [Kind::Server, Kind::Offline, Kind::Transient];
    let kind = kinds.into_iter().find(|known| *known as u8 == *kind).ok_or(OpenError::Forged)?;
    Ok((kind, KeyId(u32::from_be_bytes([*a, *b, *c, *d])), rest))
}

fn symmetric(key: &Key, kind: Kind, id: KeyId, chance: &dyn Chance, bind: Bind, plain: &[u8]) -> Sealed {
    let header = header(kind, id);
    let mut nonce = [0; NONCE];
    fill(chance, &mut nonce);
    let padded = pad(plain);
    let payload = Payload { msg: &padded, aad: &bind.associated(&header) };
    // It fails for more than 256 GiB alone.
    let bytes = cipher(key).encrypt(&XNonce::from(nonce), payload).unwrap_or_default();
    Sealed([header.as_slice(), &nonce, &bytes].concat())
}

fn open_symmetric(key: &Key, sealed: &Sealed, rest: &[u8], bind: Bind) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let (nonce, bytes) = rest.split_first_chunk::<NONCE>().ok_or(OpenError::Forged)?;
    let payload = Payload { msg: bytes, aad: &bind.associated(&sealed.0[..HEADER]) };
    let padded = cipher(key).decrypt(&XNonce::from(*nonce), payload).map_err(|_| OpenError::Forged)?;
    unpadded(&Zeroizing::new(padded))
}

fn to_other(public: &[u8; 32], id: KeyId, chance: &dyn Chance, bind: Bind, plain: &[u8]) -> Sealed {
    let header = header(Kind::Offline, id);
    let sealed = <Kem as hpke::Kem>::PublicKey::from_bytes(public).and_then(|public| {
        hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, Kem>(
            &OpModeS::Base,
            &public,
            INFO,
            &pad(plain),
            &bind.associated(&header),
            &mut Random(chance),
        )
    });
    // Which public keys can be sealed to is checked when a keyring is read.
    sealed.map_or(Sealed(Vec::new()), |(encapsulated, bytes)| {
        Sealed([header.as_slice(), &encapsulated.to_bytes(), &bytes].concat())
    })
}

fn open_other(key: &Key, sealed: &Sealed, rest: &[u8], bind: Bind) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let (encapsulated, bytes) = rest.split_first_chunk::<ENCAPSULATED>().ok_or(OpenError::Forged)?;
    let aad = bind.associated(&sealed.0[..HEADER]);
    let open = || {
        let private = <Kem as hpke::Kem>::PrivateKey::from_bytes(key.bytes())?;
        let encapsulated = <Kem as hpke::Kem>::EncappedKey::from_bytes(encapsulated)?;
        hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, Kem>(
            &OpModeR::Base,
            &private,
            &encapsulated,
            INFO,
            bytes,
            &aad,
        )
    };
    unpadded(&Zeroizing::new(open().map_err(|_| OpenError::Forged)?))
}

fn unpadded(padded: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    unpad(padded).map(|plain| Zeroizing::new(plain.to_vec())).ok_or(OpenError::Forged)
}

fn cipher(key: &Key) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(key.bytes().into())
}
