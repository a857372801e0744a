//! The keyring: every key of a newsroom, and who holds which.
//!
//! A key that was replaced stays in it until nothing needs it any more (`rotate.rs` says how). Of the keys for tokens the old
//! ones stay for good, because a reader may unsubscribe by a mail of three years ago.

use hpke::{Deserializable as _, Kem as _, Serializable as _};
use model::Chance;
use serde::{Deserialize, Serialize};

use crate::{
    key::{Key, KeyId, Random},
    lookup::Lookups,
};

/// X25519, HKDF-SHA256 (RFC 9180): what seals for another machine.
pub(crate) type Kem = hpke::kem::X25519HkdfSha256;

/// Who can open what is sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Custody {
    /// The server, while it runs: newsletters go out by themselves.
    Server,
    /// A machine elsewhere that holds the private half: the server can seal and cannot open.
    Offline,
}

impl Custody {
    /// The name in the keyring and in settings.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::Offline => "offline",
        }
    }

    /// From the name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Server, Self::Offline].into_iter().find(|custody| custody.as_str() == text)
    }
}

/// A key that seals, and what it is known by.
#[derive(Clone)]
pub(crate) struct Numbered<T> {
    pub(crate) id: KeyId,
    pub(crate) key: T,
}

/// What seals addresses.
#[derive(Clone)]
pub(crate) enum Sealing {
    /// Seals and opens.
    Server(Key),
    /// Seals with the public half; opens where the private one is.
    Offline { public: [u8; 32], private: Option<Key> },
}

impl Sealing {
    pub(crate) fn generate(custody: Custody, chance: &dyn Chance) -> Self {
        match custody {
            Custody::Server => Self::Server(Key::generate(chance)),
            Custody::Offline => {
                let (private, public) = Kem::gen_keypair_with_rng(&mut Random(chance));
                let private = zeroize::Zeroizing::new(<[u8; 32]>::from(private.to_bytes()));
                Self::Offline { public: public.to_bytes().into(), private: Key::from_slice(&*private) }
            }
        }
    }

    /// The public half alone; `None` for bytes that can't be sealed to.
    pub(crate) fn public(public: [u8; 32]) -> Option<Self> {
        let half = <Kem as hpke::Kem>::PublicKey::from_bytes(&public).ok()?;
        // A point of low order is refused when something is sealed to it, not before.
        hpke::setup_sender_with_rng::<hpke::aead::ChaCha20Poly1305, hpke::kdf::HkdfSha256, Kem>(
            &hpke::OpModeS::Base,
            &half,
            b"",
            &mut Random(&model::SeededChance::new(0)),
        )
        .ok()?;
        Some(Self::Offline { public, private: None })
    }

    /// The pair that belongs to a private half.
    pub(crate) fn pair(private: Key) -> Option<Self> {
        let half = <Kem as hpke::Kem>::PrivateKey::from_bytes(private.bytes()).ok()?;
        Some(Self::Offline { public: Kem::sk_to_pk(&half).to_bytes().into(), private: Some(private) })
    }
}

/// Every key of a newsroom. The first of a kind is the current one.
pub struct Keyring {
    pub(crate) custody: Custody,
    pub(crate) lookups: Lookups,
    pub(crate) links: Vec<Key>,
    pub(crate) transient: Vec<Numbered<Key>>,
    pub(crate) sealing: Vec<Numbered<Sealing>>,
}

impl std::fmt::Debug for Keyring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keyring").field("custody", &self.custody).field("fingerprint", &self.fingerprint()).finish()
    }
}

impl Keyring {
    /// New keys. With offline custody this is the whole keyring, for the other machine: the server's is its
    /// [`Keyring::without_private`].
    #[must_use]
    pub fn generate(custody: Custody, chance: &dyn Chance) -> Self {
        let sealing = KeyId::generate(chance, |_| false);
        let transient = KeyId::generate(chance, |id| id == sealing);
        Self {
            custody,
            lookups: Lookups::generate(chance),
            links: vec![Key::generate(chance)],
            transient: vec![Numbered { id: transient, key: Key::generate(chance) }],
            sealing: vec![Numbered { id: sealing, key: Sealing::generate(custody, chance) }],
        }
    }

    /// Who can open what is sealed with it.
    #[must_use]
    pub fn custody(&self) -> Custody {
        self.custody
    }

    /// Whether this keyring can open addresses: always with custody by the server, and where the private half is otherwise.
    #[must_use]
    pub fn can_open(&self) -> bool {
        self.sealing.iter().all(|sealing| !matches!(sealing.key, Sealing::Offline { private: None, .. }))
    }

    /// Tells a newsroom's keyring from every other: the same for both halves, and after a rotation. Not a secret.
    /// Thirty-two characters in groups of four: `k7mw-…`.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        self.lookups.fingerprint(self.custody)
    }

    /// The key that seals addresses now.
    #[must_use]
    pub fn current(&self) -> Option<KeyId> {
        self.sealing.first().map(|sealing| sealing.id)
    }

    /// Whether it holds a key: one that doesn't know the newsroom's current key is a copy from before a rotation.
    #[must_use]
    pub fn knows(&self, id: KeyId) -> bool {
        self.sealing.iter().any(|sealing| sealing.id == id)
    }

    /// The keyring for the server: of keys with two halves only the public one. The same as before with custody by the server.
    #[must_use]
    pub fn without_private(&self) -> Self {
        let mut server = self.copy();
        for sealing in &mut server.sealing {
            if let Sealing::Offline { private, .. } = &mut sealing.key {
                *private = None;
            }
        }
        server
    }

    /// The same keys, with look-ups of another generation; `None` where there is no key for it.
    #[must_use]
    pub fn with_lookup_generation(&self, generation: u32) -> Option<Self> {
        let mut other = self.copy();
        other.use_lookup_generation(generation).then_some(other)
    }

    /// Not `Clone`: keys are not copied by accident.
    fn copy(&self) -> Self {
        Self {
            custody: self.custody,
            lookups: self.lookups.clone(),
            links: self.links.clone(),
            transient: self.transient.clone(),
            sealing: self.sealing.clone(),
        }
    }
}
