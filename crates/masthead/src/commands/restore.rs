//! `masthead restore`: a newsroom from a backup, on SQLite or PostgreSQL.

use std::{io::Read, path::Path, process::ExitCode, sync::Arc};

use anyhow::Context;
use app::backup::Restored;
use model::SystemClock;
use store::Store;

use super::Common;
use crate::{
    cli::Restore,
    config::{self, Config},
    logs, open,
};

pub(super) async fn run(common: &Common, args: Restore) -> anyhow::Result<ExitCode> {
    logs::start(common.log.as_deref().unwrap_or("warn"), "text");
    super::init::new_or_empty(&args.dir)?;
    let file = std::fs::File::open(&args.file).with_context(|| format!("could not open {}", args.file.display()))?;
    let restored = into_folder(std::io::BufReader::new(file), &args.dir, args.database.as_deref()).await?;
    common.print(&restored)?;
    if !common.json {
        println!("Serve it with `masthead serve --data {}`.", args.dir.display());
    }
    Ok(ExitCode::SUCCESS)
}

/// Restores a backup into a folder. The configuration is written last: until then the folder does not count as a
/// newsroom, and a restore that failed half-way can't be mistaken for one.
pub(super) async fn into_folder(
    backup: impl Read + Send + 'static,
    dir: &Path,
    database: Option<&str>,
) -> anyhow::Result<Restored> {
    super::init::make_folder(dir)?;
    let text = config::starter(database);
    let config = Config::parse(&text)?;
    let store = Store::open(&open::location(dir, &config)?, &SystemClock).await?;
    let objects = open::objects(dir, &config)?;
    let theme = dir.join(&config.theme);
    let restored = app::backup::restore(&store, &objects, &theme, backup, Arc::new(SystemClock)).await?;
    store.close().await;
    let file = dir.join(config::FILE);
    std::fs::write(&file, text).with_context(|| format!("could not write {}", file.display()))?;
    Ok(restored)
}
