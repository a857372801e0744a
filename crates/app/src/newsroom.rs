//! The newsroom handle: everything a use case needs, passed as one value.

use std::{
    path::PathBuf,
    sync::{Arc, PoisonError, RwLock},
};

use model::{Chance, Clock};
use outside::{Hooks, Objects};
use store::Store;
use theme::Theme;
use tokio::sync::watch;
use vault::Keyring;

use crate::{
    back::Ways,
    cache::PageCache,
    delivery::Deliveries,
    error::Error,
    follow::Following,
    mailer::Mailer,
    readers::Guard,
    reads::Reads,
    stories::Notices,
    support::{Gateways, appeals::Seen, contributions::Hearing},
    vault::{Closed, Vault, VaultState},
};

/// What a newsroom is put together from.
#[derive(Debug)]
pub struct Parts {
    /// Its database.
    pub store: Store,
    /// Its photos and other files.
    pub objects: Objects,
    /// How it tells others of what it does.
    pub hooks: Hooks,
    /// Its time.
    pub clock: Arc<dyn Clock>,
    /// Its randomness.
    pub chance: Arc<dyn Chance>,
    /// The folder whose files override the built-in theme; `None` for the built-in theme alone.
    pub theme_dir: Option<PathBuf>,
    /// How what comes back of its mails reaches it.
    pub ways: Ways,
    /// Where its keyring is; `None` where it can't have one. It is read by [`crate::vault::open`].
    pub keyring: Option<PathBuf>,
    /// How its mails go out.
    pub mailer: Mailer,
    /// Who moves the money that readers give.
    pub gateways: Gateways,
    /// Memory for prepared pages, in bytes.
    pub cache_bytes: usize,
    /// Where to end the process at once, for tests of what survives that: one of [`crate::abort::ALL`].
    pub abort_at: Option<String>,
}

/// One newsroom: its settings, people, keys and data. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Newsroom(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    store: Store,
    objects: Objects,
    hooks: Hooks,
    ways: Ways,
    telling: Following,
    clock: Arc<dyn Clock>,
    chance: Arc<dyn Chance>,
    theme: RwLock<Arc<Theme>>,
    theme_dir: Option<PathBuf>,
    cache: PageCache,
    notices: Notices,
    reads: Reads,
    appeals_seen: Seen,
    jobs: tokio::sync::Notify,
    vault: Vault,
    mailer: Mailer,
    outbox: tokio::sync::Notify,
    guard: Guard,
    deliveries: Deliveries,
    gateways: Gateways,
    hearing: Hearing,
    gateways_woken: tokio::sync::Notify,
    giving: Guard,
    abort_at: Option<String>,
}

impl Newsroom {
    /// Puts a newsroom together and loads its theme.
    ///
    /// # Errors
    /// When the theme folder cannot be read.
    pub fn new(parts: Parts) -> Result<Self, Error> {
        let theme = Theme::load(parts.theme_dir.as_deref())?;
        Ok(Self(Arc::new(Inner {
            store: parts.store,
            objects: parts.objects,
            hooks: parts.hooks,
            ways: parts.ways,
            telling: Following::default(),
            clock: parts.clock,
            chance: parts.chance,
            theme: RwLock::new(Arc::new(theme)),
            theme_dir: parts.theme_dir,
            cache: PageCache::new(parts.cache_bytes),
            notices: Notices::default(),
            reads: Reads::default(),
            appeals_seen: Seen::default(),
            jobs: tokio::sync::Notify::new(),
            vault: Vault::new(parts.keyring),
            mailer: parts.mailer,
            outbox: tokio::sync::Notify::new(),
            guard: Guard::default(),
            deliveries: Deliveries::default(),
            gateways: parts.gateways,
            hearing: Hearing::default(),
            gateways_woken: tokio::sync::Notify::new(),
            giving: Guard::default(),
            abort_at: parts.abort_at,
        })))
    }

    /// Its database.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// Its photos and other files.
    #[must_use]
    pub fn objects(&self) -> &Objects {
        &self.0.objects
    }

    /// How it tells others of what it does.
    #[must_use]
    pub fn hooks(&self) -> &Hooks {
        &self.0.hooks
    }

    /// How what comes back of its mails reaches it.
    #[must_use]
    pub fn ways(&self) -> &Ways {
        &self.0.ways
    }

    /// How far webhooks have come in the journal.
    pub(crate) fn telling(&self) -> &Following {
        &self.0.telling
    }

    /// Its time.
    #[must_use]
    pub fn clock(&self) -> &dyn Clock {
        &*self.0.clock
    }

    /// Its randomness.
    #[must_use]
    pub fn chance(&self) -> &dyn Chance {
        &*self.0.chance
    }

    /// What it says of itself.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn settings(&self) -> Result<model::Newsroom, Error> {
        let mut tx = self.0.store.read().await?;
        Ok(store::newsroom_settings(&mut tx).await?)
    }

    /// Its prepared pages.
    #[must_use]
    pub fn cache(&self) -> &PageCache {
        &self.0.cache
    }

    /// What editors tell each other while they work.
    #[must_use]
    pub fn notices(&self) -> &Notices {
        &self.0.notices
    }

    /// How often its stories are read.
    #[must_use]
    pub fn reads(&self) -> &Reads {
        &self.0.reads
    }

    /// How often its appeals are seen.
    pub(crate) fn appeals_seen(&self) -> &Seen {
        &self.0.appeals_seen
    }

    /// How its mails go out.
    #[must_use]
    pub fn mailer(&self) -> &Mailer {
        &self.0.mailer
    }

    /// What keeps strangers from being signed up in masses.
    pub(crate) fn guard(&self) -> &Guard {
        &self.0.guard
    }

    /// Tells the outbox that a mail may be due sooner than it thought.
    pub(crate) fn wake_outbox(&self) {
        self.0.outbox.notify_one();
    }

    /// Waits until somebody calls [`Newsroom::wake_outbox`].
    pub(crate) async fn outbox_woken(&self) {
        self.0.outbox.notified().await;
    }

    /// Who moves the money that readers give.
    #[must_use]
    pub fn gateways(&self) -> &Gateways {
        &self.0.gateways
    }

    /// What gateways told and is not written down yet.
    pub(crate) fn hearing(&self) -> &Hearing {
        &self.0.hearing
    }

    /// What keeps stolen cards from being tried out in masses.
    pub(crate) fn giving(&self) -> &Guard {
        &self.0.giving
    }

    /// Tells the worker that a gateway told something.
    pub(crate) fn wake_gateways(&self) {
        self.0.gateways_woken.notify_one();
    }

    /// Waits until somebody calls [`Newsroom::wake_gateways`].
    pub(crate) async fn gateways_woken(&self) {
        self.0.gateways_woken.notified().await;
    }

    /// What is known of issues that are being sent.
    #[must_use]
    pub fn deliveries(&self) -> &Deliveries {
        &self.0.deliveries
    }

    /// Whether its keys are here, and what can't be done without them.
    #[must_use]
    pub fn vault(&self) -> Arc<VaultState> {
        self.0.vault.state()
    }

    /// Its keys.
    ///
    /// # Errors
    /// Why they are not here.
    pub fn keys(&self) -> Result<Arc<Keyring>, Closed> {
        self.0.vault.state().keys()
    }

    /// Tells when the vault is opened or closed.
    #[must_use]
    pub fn vault_changes(&self) -> watch::Receiver<Arc<VaultState>> {
        self.0.vault.changes()
    }

    pub(crate) fn vault_inner(&self) -> &Vault {
        &self.0.vault
    }

    /// Tells the worker that a job may be due sooner than it thought.
    pub(crate) fn wake_jobs(&self) {
        self.0.jobs.notify_one();
    }

    /// Waits until somebody calls [`Newsroom::wake_jobs`].
    pub(crate) async fn jobs_woken(&self) {
        self.0.jobs.notified().await;
    }

    /// Ends the process here and now if it was started to end here.
    pub(crate) fn abort_point(&self, name: &str) {
        if self.0.abort_at.as_deref() == Some(name) {
            std::process::abort();
        }
    }

    /// Its theme as loaded last.
    #[must_use]
    pub fn theme(&self) -> Arc<Theme> {
        Arc::clone(&self.0.theme.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The folder that overrides the built-in theme.
    #[must_use]
    pub fn theme_dir(&self) -> Option<&std::path::Path> {
        self.0.theme_dir.as_deref()
    }

    /// Loads the theme anew and drops every prepared page. A theme that cannot be read leaves the present one in place.
    ///
    /// # Errors
    /// When the theme folder cannot be read.
    pub fn reload_theme(&self) -> Result<(), Error> {
        let theme = Theme::load(self.0.theme_dir.as_deref())?;
        *self.0.theme.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(theme);
        self.0.cache.clear();
        Ok(())
    }
}
