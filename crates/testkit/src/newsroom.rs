//! A newsroom for one test: a folder of its own, a clock that stands still, a server on a free port.

use std::{collections::BTreeMap, path::Path, sync::Arc, time::Duration};

use anyhow::{Context, anyhow};
use app::{
    Newsroom, Parts,
    back::Ways,
    import::{Export, PhotoOptions, Report, System},
    mailer::Mailer,
    support::{Gateways, sandbox::Sandbox},
};
use model::{FixedClock, SeededChance, Timestamp};
use outside::{
    Hooks, Objects,
    mail::{Pool, Relay, Signer},
    mailback::Addresses,
};
use store::{Location, Store};
use tokio::{net::TcpListener, sync::watch};

use crate::{amazon::FakeAmazon, postgres::Database};

/// The moment at which tests begin: Friday 11 July 2025, 18:00 UTC.
pub const NOW: Timestamp = Timestamp::from_millis_const(1_752_256_800_000);

/// A database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// A file in the test's folder.
    Sqlite,
    /// A database of its own on the shared test server.
    Postgres,
}

/// A newsroom that lives as long as its test.
#[derive(Debug)]
pub struct TestNewsroom {
    /// The newsroom.
    pub newsroom: Newsroom,
    /// Its clock.
    pub clock: Arc<FixedClock>,
    /// Amazon, as this newsroom asks it.
    pub amazon: Arc<FakeAmazon>,
    /// Where its database is, as [`Location::parse`] reads it.
    pub location: String,
    dir: tempfile::TempDir,
    pub(crate) stop: watch::Sender<bool>,
    _database: Option<Database>,
}

impl TestNewsroom {
    /// A newsroom on a database, and a reader. On PostgreSQL this fails where there is none.
    ///
    /// # Errors
    /// When something it needs is not there.
    pub async fn new(backend: Backend) -> anyhow::Result<(Self, Anon)> {
        match backend {
            Backend::Sqlite => Self::open(None).await,
            Backend::Postgres => Self::on_postgres().await?.ok_or_else(|| anyhow!("there is no PostgreSQL here")),
        }
    }

    /// A newsroom on PostgreSQL; `None`, said loudly, where there is none and that is allowed (never in CI).
    ///
    /// # Errors
    /// When the server is there and does not work.
    pub async fn on_postgres() -> anyhow::Result<Option<(Self, Anon)>> {
        let database = Database::create().await.map_err(|error| anyhow!("{error}"))?;
        match database {
            Some(database) => Ok(Some(Self::open(Some(database)).await?)),
            None => Ok(None),
        }
    }

    async fn open(database: Option<Database>) -> anyhow::Result<(Self, Anon)> {
        let dir = tempfile::tempdir().context("could not make a folder")?;
        let clock = Arc::new(FixedClock::at(NOW));
        let location = match &database {
            Some(database) => database.url.clone(),
            None => format!("sqlite:{}", dir.path().join("newsroom.db").display()),
        };
        let store = Store::open(&Location::parse(&location)?, &*clock).await?;
        let keyring = dir.path().join("keys/keyring");
        app::vault::make(&keyring, None, app::vault::Custody::Server, None, &SeededChance::new(9))?;
        let objects = Objects::open("file:objects", dir.path())?;
        let amazon = Arc::new(FakeAmazon::default());
        let ways = Ways { amazon: Arc::<FakeAmazon>::clone(&amazon), ..ways() };
        let newsroom = Newsroom::new(Parts { ways, ..parts(store, objects, &clock, 7, keyring)? })?;
        app::vault::open(&newsroom, None).await?;
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let anon = Anon::at(format!("http://{}", listener.local_addr()?));
        let (stop, mut stopped) = watch::channel(false);
        let until = async move { drop(stopped.wait_for(|stop| *stop).await) };
        tokio::spawn(web::serve(newsroom.clone(), listener, web::Options::default(), until));
        Ok((Self { newsroom, clock, amazon, location, dir, stop, _database: database }, anon))
    }

    /// Another node of the same newsroom, with the same keyring. Its vault is locked until [`app::vault::open`].
    ///
    /// # Errors
    /// When the theme can't be read.
    pub fn another(&self) -> anyhow::Result<Newsroom> {
        let (store, objects) = (self.newsroom.store().clone(), self.newsroom.objects().clone());
        Ok(Newsroom::new(parts(store, objects, &self.clock, 8, self.keyring())?)?)
    }

    /// Another node of the same newsroom, with its keys, that moves money by these gateways.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn paying(&self, gateways: Gateways) -> anyhow::Result<Newsroom> {
        let (store, objects) = (self.newsroom.store().clone(), self.newsroom.objects().clone());
        let parts = parts(store, objects, &self.clock, 10, self.keyring())?;
        let newsroom = Newsroom::new(Parts { gateways, ..parts })?;
        app::vault::open(&newsroom, None).await?;
        Ok(newsroom)
    }

    /// Where its keyring is.
    #[must_use]
    pub fn keyring(&self) -> std::path::PathBuf {
        self.dir.path().join("keys/keyring")
    }

    /// Another node of the same newsroom, with its keys, whose mails go out over these relays.
    ///
    /// # Errors
    /// When one of them is no relay, or the database fails.
    pub async fn mailing(&self, relays: Vec<Relay>, signer: Signer) -> anyhow::Result<Newsroom> {
        self.mailing_at(self.newsroom.store().clone(), relays, signer).await
    }

    /// As [`Self::mailing`], on another database of the same newsroom: a backup that was restored.
    ///
    /// # Errors
    /// As there.
    pub async fn mailing_at(&self, store: Store, relays: Vec<Relay>, signer: Signer) -> anyhow::Result<Newsroom> {
        let objects = self.newsroom.objects().clone();
        let settings = outside::mail::Settings {
            rest: (Duration::from_millis(200), Duration::from_secs(1)),
            ..outside::mail::Settings::default()
        };
        let pool = Pool::new(relays, settings, Arc::<FixedClock>::clone(&self.clock))?;
        let parts = parts(store, objects, &self.clock, 9, self.keyring())?;
        let newsroom = Newsroom::new(Parts { mailer: Mailer { pool, signer, returns: None }, ..parts })?;
        app::vault::open(&newsroom, None).await?;
        Ok(newsroom)
    }

    /// The newsroom's folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.dir.path()
    }

    /// Imports an export, with photos from a folder when one is given, and returns its report.
    ///
    /// # Errors
    /// When the import does not come to its end.
    pub async fn import(&self, system: System, path: &Path, photos: Option<&Path>) -> anyhow::Result<Report> {
        let quiet = Arc::new(|_, _| {});
        let export = Export { system, path: path.to_path_buf(), language: None };
        let outcome = app::import::run(&self.newsroom, export, quiet).await;
        let imported = outcome.map_err(|failed| failed.error)?;
        let mut report = imported.report;
        if let Some(folder) = photos {
            let options = PhotoOptions { folder: Some(folder.to_path_buf()), fetch: None };
            let done = app::import::bring_photos(&self.newsroom, &options, Some(&imported.photos), &|_, _| {}).await?;
            report.photos_stored = done.stored;
            report.photos_missing = done.missing;
        }
        Ok(report)
    }
}

pub(crate) fn parts(
    store: Store,
    objects: Objects,
    clock: &Arc<FixedClock>,
    seed: u64,
    keyring: std::path::PathBuf,
) -> anyhow::Result<Parts> {
    let sandbox = Sandbox::new(store.clone(), Arc::<FixedClock>::clone(clock));
    Ok(Parts {
        store,
        objects,
        // What tests tell something listens on this machine.
        hooks: Hooks::new(true),
        ways: ways(),
        clock: Arc::<FixedClock>::clone(clock),
        chance: Arc::new(SeededChance::new(seed)),
        theme_dir: None,
        keyring: Some(keyring),
        gateways: Gateways::new(vec![Arc::new(sandbox)]),
        cache_bytes: 16 << 20,
        abort_at: None,
        mailer: Mailer::none(Arc::<FixedClock>::clone(clock))?,
    })
}

/// How mails come back to a test's newsroom.
pub mod back {
    /// The domain.
    pub const DOMAIN: &str = "bounces.news.example";
    /// The password of Postmark's hook.
    pub const POSTMARK_SECRET: &str = "the-password-of-the-hook";
    /// The key of Mailgun's hooks.
    pub const MAILGUN_KEY: &str = "key-of-webhooks";
}

fn ways() -> Ways {
    Ways {
        addresses: Addresses::at(back::DOMAIN),
        ses_topic: crate::sns::TOPIC.to_owned(),
        postmark_secret: back::POSTMARK_SECRET.to_owned(),
        mailgun_key: back::MAILGUN_KEY.to_owned(),
        ..Ways::default()
    }
}

impl Drop for TestNewsroom {
    fn drop(&mut self) {
        // Unlike `send`, this cannot fail: a server that is gone already needs no telling.
        self.stop.send_replace(true);
    }
}

/// Somebody who reads, and is nobody.
#[derive(Debug, Clone)]
pub struct Anon {
    /// `http://127.0.0.1:PORT`.
    pub address: String,
    client: reqwest::Client,
}

/// What a reader got.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers, names in lower case; of a repeated one the last.
    pub headers: BTreeMap<String, String>,
    /// The body as it came.
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// A header, or nothing.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(String::as_str).unwrap_or_default()
    }
}

impl Anon {
    /// A reader of the newsroom at an address.
    #[must_use]
    pub fn at(address: String) -> Self {
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build();
        Self { address, client: client.unwrap_or_default() }
    }

    /// Asks for a path.
    ///
    /// # Panics
    /// When the server does not answer.
    pub async fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[]).await
    }

    /// Asks for a path with headers.
    ///
    /// # Panics
    /// When the server does not answer.
    pub async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = self.client.get(format!("{}{path}", self.address));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        answer(request, path).await
    }
}

impl Anon {
    /// Sends a form.
    ///
    /// # Panics
    /// When the server does not answer.
    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        self.send(path, &[("content-type", "application/x-www-form-urlencoded")], body).await
    }

    /// Sends a body with headers.
    ///
    /// # Panics
    /// When the server does not answer.
    pub async fn send(&self, path: &str, headers: &[(&str, &str)], body: impl Into<reqwest::Body>) -> Answer {
        let mut request = self.client.post(format!("{}{path}", self.address)).body(body);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        answer(request, path).await
    }
}

/// Sends a request and takes its answer whole.
///
/// # Panics
/// When the server does not answer.
pub async fn answer(request: reqwest::RequestBuilder, path: &str) -> Answer {
    let response = request.send().await.unwrap_or_else(|error| panic!("{path} was not answered: {error}"));
    let status = response.status().as_u16();
    let headers = response
        .headers()
        .iter()
        .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect();
    let bytes = response.bytes().await.unwrap_or_else(|error| panic!("{path} broke off: {error}")).to_vec();
    Answer { status, headers, bytes }
}
