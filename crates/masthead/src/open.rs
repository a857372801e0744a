//! Wiring: from a folder and its configuration to a [`Newsroom`].

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context;
use app::{Newsroom, Parts, mailer::Mailer};
use model::{OsChance, SystemClock};
use outside::{
    Credentials, Objects,
    mail::{Pool, Settings},
};
use store::{Location, Store};

use crate::config::Config;

/// Opens the newsroom in a folder.
pub(crate) async fn newsroom(dir: &Path, config: &Config) -> anyhow::Result<Newsroom> {
    newsroom_with(dir, config, keyring(dir, config)?).await
}

/// Opens the newsroom in a folder, with a keyring that may lie elsewhere.
pub(crate) async fn newsroom_with(dir: &Path, config: &Config, keyring: PathBuf) -> anyhow::Result<Newsroom> {
    let store = Store::open(&location(dir, config)?, &SystemClock).await?;
    let objects = objects(dir, config)?;
    let theme = dir.join(&config.theme);
    let newsroom = Newsroom::new(Parts {
        store,
        objects,
        hooks: outside::Hooks::new(config.hooks_private),
        ways: config.bounces.ways(dir, &config.mail.bounce_domain)?,
        clock: Arc::new(SystemClock),
        chance: Arc::new(OsChance),
        keyring: Some(keyring),
        mailer: mailer(dir, config)?,
        theme_dir: theme.is_dir().then_some(theme),
        gateways: app::support::Gateways::default(),
        cache_bytes: config.cache_mib << 20,
        abort_at: abort_at()?,
    })?;
    Ok(newsroom)
}

/// How mails go out: over the relays that the configuration names, signed by its keys.
fn mailer(dir: &Path, config: &Config) -> anyhow::Result<Mailer> {
    let settings = Settings { hello: config.mail.hello().to_owned(), ..Settings::default() };
    let pool =
        Pool::new(config.mail.relays(dir)?, settings, Arc::new(SystemClock)).context("could not use `mail.relay`")?;
    let domain = config.mail.bounce_domain.trim();
    let returns = (!domain.is_empty()).then(|| domain.to_owned());
    Ok(Mailer { pool, signer: config.mail.signer(dir)?, returns })
}

/// Where the keyring is. Not within what is served or backed up.
pub(crate) fn keyring(dir: &Path, config: &Config) -> anyhow::Result<PathBuf> {
    let keyring = dir.join(&config.keyring);
    let objects = config.objects.strip_prefix("file:").map(|path| dir.join(path));
    for folder in std::iter::once(dir.join(&config.theme)).chain(objects) {
        anyhow::ensure!(
            !keyring.starts_with(&folder),
            "`keyring` is in {}, which backups hold; keep it elsewhere, such as keys/keyring",
            folder.display()
        );
    }
    Ok(keyring)
}

/// Where tests want the process to end at once: `MASTHEAD_ABORT_AT`.
fn abort_at() -> anyhow::Result<Option<String>> {
    let Ok(name) = std::env::var("MASTHEAD_ABORT_AT") else { return Ok(None) };
    anyhow::ensure!(app::abort::ALL.contains(&name.as_str()), "there is no abort point `{name}`");
    Ok(Some(name))
}

/// Where the configuration says the database is.
pub(crate) fn location(dir: &Path, config: &Config) -> anyhow::Result<Location> {
    let spec = match config.database.as_str() {
        "sqlite" => format!("sqlite:{}", dir.join("newsroom.db").display()),
        other => match other.strip_prefix("sqlite:") {
            Some(path) => format!("sqlite:{}", dir.join(path).display()),
            None => other.to_owned(),
        },
    };
    Location::parse(&spec).with_context(|| format!("could not use `database = \"{}\"`", shown(&config.database)))
}

/// The object store the configuration names.
pub(crate) fn objects(dir: &Path, config: &Config) -> anyhow::Result<Objects> {
    let mut credentials = Credentials::from_env();
    let s3 = config.s3.clone();
    credentials.access_key = credentials.access_key.or(s3.access_key);
    credentials.secret_key = credentials.secret_key.or(s3.secret_key);
    let mut spec = config.objects.clone();
    if spec.starts_with("s3://") && !spec.contains('?') {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in [("endpoint", s3.endpoint), ("region", s3.region)] {
            if let Some(value) = value {
                query.append_pair(name, &value);
            }
        }
        spec = format!("{spec}?{}", query.finish());
    }
    Objects::open_with(&spec, dir, &credentials).context("could not open the object store")
}

/// A database address without its password, for messages.
pub(crate) fn shown(database: &str) -> String {
    match url::Url::parse(database) {
        Ok(mut url) if url.password().is_some() => {
            // Setting a password fails only for addresses that cannot have one.
            if url.set_password(Some("…")).is_err() { "postgres://…".to_owned() } else { url.to_string() }
        }
        _ => database.to_owned(),
    }
}
