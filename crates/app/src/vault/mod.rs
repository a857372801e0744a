//! The vault: whether this program holds the newsroom's keys, and what it can't do without them.
//!
//! The keyring is a file beside the database, never in it and never in a backup. A row of settings says which keyring the rows
//! belong to, so that a wrong one is recognised before anything is sealed with it. Without the keys the newsroom publishes as
//! ever; [`Function`] lists what is closed.
//!
//! ```text
//!            open (at the start, or unlock)              rotate: new keys in front, rows sealed anew, old keys forgotten
//! Closed ───────────────────────────────────▶ Open ───┤
//!    ▲                 lock, burn                │        burn: two publishers, a delay; then the file is overwritten
//!    └───────────────────────────────────────────┘
//! ```
//!
//! Keys change in one program at a time (a lock in this process, and a file beside the keyring that is locked). Other nodes notice within seconds ([`run`]) and take up a keyring that was copied to them.

mod burn;
mod file;
mod make;
mod open;
mod reseal_contributions;
mod reseal_reminders;
mod rotate;
mod row;
mod run;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use tokio::sync::{Mutex, MutexGuard, watch};
pub use vault::{Custody, Keyring};
use zeroize::Zeroizing;

pub(crate) use burn::PENDING as BURN_PENDING;
pub use burn::{Burn, BurnRefused, HOURS_DEFAULT, HOURS_MAX, burn_agree, burn_ask, burn_cancel, burn_pending};
pub use make::{Made, begin_anew, make, passphrase, server_half};
pub use open::{lock, open, unlock};
pub use rotate::{OnRow, Rotated, rotate};
pub use row::{Stored, expected, stored};
pub use run::{look, run};

use crate::{Newsroom, error::Error};

/// Whether the keys are here.
#[derive(Debug, Clone)]
pub enum VaultState {
    /// They are.
    Open(Arc<Keyring>),
    /// They are not.
    Closed(Closed),
}

/// Why the keys are not here, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Closed {
    /// There is no keyring.
    #[error("there is no keyring; put it back, or make one with `masthead vault new`")]
    Missing,
    /// It was not opened since the start, or somebody locked it.
    #[error("the vault is locked; open it with `masthead vault unlock`")]
    Locked,
    /// It is encrypted, and nobody gave its passphrase.
    #[error("the keyring needs its passphrase; give it with `masthead vault unlock`")]
    Passphrase,
    /// The passphrase that was given is not its own.
    #[error("the passphrase of the keyring is wrong; try again with `masthead vault unlock`")]
    WrongPassphrase,
    /// The file can't be read.
    #[error("the keyring can't be used: {0}")]
    Unreadable(String),
    /// It is another newsroom's.
    #[error(
        "this keyring ({here}) is not the one that this newsroom's data was sealed with ({wanted}); put that one back"
    )]
    Foreign {
        /// The fingerprint of the keyring that is there.
        here: String,
        /// The fingerprint of the one that belongs there.
        wanted: String,
    },
    /// It is a copy from before keys were changed.
    #[error("this keyring is from before the keys were last changed; copy the present one here")]
    Outdated,
    /// The keys were destroyed.
    #[error("the keys were destroyed; begin anew with `masthead vault new`")]
    Burned,
}

impl Closed {
    /// The key of its text at the desk.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Missing => "vault-missing",
            Self::Locked => "vault-locked",
            Self::Passphrase => "vault-passphrase",
            Self::WrongPassphrase => "vault-wrong-passphrase",
            Self::Unreadable(_) => "vault-unreadable",
            Self::Foreign { .. } => "vault-foreign",
            Self::Outdated => "vault-outdated",
            Self::Burned => "vault-burned",
        }
    }
}

/// What can't be done without keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Function {
    /// Signing up and confirming.
    SignUp,
    /// Preferences, export and erasure by link.
    Preferences,
    /// Unsubscribing at once; without keys it is noted and done when they are back.
    Unsubscribe,
    /// Sending newsletters.
    Send,
    /// Sending confirmations and other mails to one person.
    Outbox,
    /// Learning from mails that come back.
    Bounces,
    /// Taking in lists.
    ListImport,
    /// Writing out addresses.
    Export,
    /// Receipts, and writing down what somebody gives who left an address.
    Receipts,
    /// Reminders by mail.
    Reminders,
    /// Opening who gave, and what they said.
    Givers,
}

impl Function {
    /// Every one.
    pub const ALL: [Self; 11] = [
        Self::SignUp,
        Self::Preferences,
        Self::Unsubscribe,
        Self::Send,
        Self::Outbox,
        Self::Bounces,
        Self::ListImport,
        Self::Export,
        Self::Receipts,
        Self::Reminders,
        Self::Givers,
    ];

    /// What is closed where addresses can be sealed and not opened.
    pub const NEED_OPENING: [Self; 5] = [Self::Send, Self::Export, Self::Receipts, Self::Reminders, Self::Givers];

    /// In words, for the command line.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::SignUp => "signing up and confirming",
            Self::Preferences => "preferences, export and erasure by link",
            Self::Unsubscribe => "unsubscribing at once (it is noted, and done when the keys are back)",
            Self::Send => "sending newsletters",
            Self::Outbox => "sending confirmations and links",
            Self::Bounces => "learning from mails that come back",
            Self::ListImport => "taking in lists",
            Self::Export => "writing out addresses",
            Self::Receipts => "receipts of contributions, and mails about pledges",
            Self::Reminders => "reminders by mail",
            Self::Givers => "opening who gave, and what they said",
        }
    }

    /// The key of its text at the desk.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::SignUp => "vault-function-sign-up",
            Self::Preferences => "vault-function-preferences",
            Self::Unsubscribe => "vault-function-unsubscribe",
            Self::Send => "vault-function-send",
            Self::Outbox => "vault-function-outbox",
            Self::Bounces => "vault-function-bounces",
            Self::ListImport => "vault-function-list-import",
            Self::Export => "vault-function-export",
            Self::Receipts => "vault-function-receipts",
            Self::Reminders => "vault-function-reminders",
            Self::Givers => "vault-function-givers",
        }
    }
}

impl VaultState {
    /// The keys.
    ///
    /// # Errors
    /// Why they are not here.
    pub fn keys(&self) -> Result<Arc<Keyring>, Closed> {
        match self {
            Self::Open(keyring) => Ok(Arc::clone(keyring)),
            Self::Closed(why) => Err(why.clone()),
        }
    }

    /// What can't be done now.
    #[must_use]
    pub fn closed_functions(&self) -> &'static [Function] {
        match self {
            Self::Open(keyring) if keyring.can_open() => &[],
            Self::Open(_) => &Function::NEED_OPENING,
            Self::Closed(_) => &Function::ALL,
        }
    }
}

/// The vault of a newsroom: where its keyring is, and what was read from it.
#[derive(Debug)]
pub(crate) struct Vault {
    file: Option<PathBuf>,
    state: watch::Sender<Arc<VaultState>>,
    /// Held by who changes keys.
    changing: Mutex<()>,
}

impl Vault {
    /// Locked, until somebody opens it.
    pub(crate) fn new(file: Option<PathBuf>) -> Self {
        let why = if file.is_some() { Closed::Locked } else { Closed::Missing };
        let (state, _) = watch::channel(Arc::new(VaultState::Closed(why)));
        Self { file, state, changing: Mutex::new(()) }
    }

    pub(crate) fn state(&self) -> Arc<VaultState> {
        Arc::clone(&self.state.borrow())
    }

    pub(crate) fn changes(&self) -> watch::Receiver<Arc<VaultState>> {
        self.state.subscribe()
    }

    fn set(&self, state: VaultState) {
        self.state.send_replace(Arc::new(state));
    }

    fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }
}

/// Keeps every other task and program from changing the keys, until it is dropped.
pub(crate) struct Changing<'a> {
    _task: MutexGuard<'a, ()>,
    _program: Option<std::fs::File>,
}

impl Changing<'_> {
    pub(crate) async fn of(newsroom: &Newsroom) -> Result<Changing<'_>, Error> {
        let vault = newsroom.vault_inner();
        let task = vault.changing.lock().await;
        let program = match vault.file() {
            None => None,
            Some(path) => match file::hold(path).map_err(|source| Error::io(path, source))? {
                Some(held) => Some(held),
                None => {
                    let what = "another program is changing the keys just now; try again when it is done";
                    return Err(Error::Refused(what.to_owned()));
                }
            },
        };
        Ok(Changing { _task: task, _program: program })
    }
}

/// What a passphrase is held in: wiped when it is dropped.
pub type Passphrase = Zeroizing<String>;

/// Characters of a passphrase at least. A keyring that was stolen can be tried against millions of words a day.
pub const PASSPHRASE_MIN: usize = 12;

/// Where a vault's keyring is meant to be.
pub(crate) fn file_of(newsroom: &Newsroom) -> Result<PathBuf, Closed> {
    newsroom.vault_inner().file().map(Path::to_path_buf).ok_or(Closed::Missing)
}
