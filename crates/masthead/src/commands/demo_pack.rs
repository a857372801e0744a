//! `masthead demo-pack`: the demo newsroom's backup from its sources, the same bytes from the same sources.

use std::{path::Path, process::ExitCode, sync::Arc};

use anyhow::{Context, bail};
use app::{
    Newsroom, Parts,
    import::{Export, Failed, PhotoOptions, System},
};
use model::{FixedClock, SeededChance, Timestamp};
use store::Store;

use super::Common;
use crate::{config::Config, logs, open};

/// The evening of the newest story, in UTC: the demo was "made" then.
const MADE_AT: Timestamp = Timestamp::from_millis_const(1_752_264_000_000);

pub(super) async fn run(common: &Common, source: &Path, file: &Path) -> anyhow::Result<ExitCode> {
    logs::start(common.log.as_deref().unwrap_or("warn"), "text");
    let dir = tempfile::tempdir().context("could not make a folder")?;
    let newsroom = reproducible(dir.path()).await?;
    introduce(&newsroom, source).await?;
    let quiet = Arc::new(|_: intake::Progress, _: u64| {});
    let export = Export { system: System::Markdown, path: source.to_path_buf(), language: None };
    let outcome = app::import::run(&newsroom, export, quiet).await;
    let report = match outcome {
        Ok(imported) => imported.report,
        Err(Failed { error, .. }) => return Err(error.into()),
    };
    let options = PhotoOptions { folder: Some(source.to_path_buf()), fetch: None };
    let photos = super::import::photos(&newsroom, &options, None, common.json).await?;
    super::demo_letters::pack(&newsroom).await?;
    eprintln!("{report}");
    if !photos.missing.is_empty() {
        bail!("the demo lacks photos: {:?}", photos.missing);
    }
    common.print(&app::backup::write(&newsroom, file, &|_, _| {}).await?)?;
    Ok(ExitCode::SUCCESS)
}

/// What the newsroom says of itself, from `newsroom.yaml`.
async fn introduce(newsroom: &Newsroom, source: &Path) -> anyhow::Result<()> {
    let settings = intake::markdown::newsroom(source)?.context("the demo has no newsroom.yaml")?;
    let mut tx = newsroom.store().begin().await?;
    store::newsroom_settings_set(&mut tx, &settings, MADE_AT).await?;
    Ok(tx.commit().await?)
}

async fn reproducible(dir: &Path) -> anyhow::Result<Newsroom> {
    let config = Config::default();
    let clock = Arc::new(FixedClock::at(MADE_AT));
    let store = Store::open(&open::location(dir, &config)?, &*clock).await?;
    let parts = Parts {
        store,
        objects: open::objects(dir, &config)?,
        hooks: outside::Hooks::default(),
        ways: app::back::Ways::default(),
        mailer: app::mailer::Mailer::none(Arc::<FixedClock>::clone(&clock))?,
        clock,
        chance: Arc::new(SeededChance::new(2_025)),
        theme_dir: None,
        keyring: None,
        gateways: app::support::Gateways::default(),
        cache_bytes: 1 << 20,
        abort_at: None,
    };
    Ok(Newsroom::new(parts)?)
}
