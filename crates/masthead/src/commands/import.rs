//! `masthead import`: an export becomes stories, with a report that accounts for every item.

use std::{collections::HashSet, path::Path, process::ExitCode, sync::Arc};

use anyhow::bail;
use app::{
    Newsroom,
    import::{Export, Failed, Imported, OnProgress, PhotoOptions, System, bring_photos},
};
use model::{PhotoId, PhotoState};
use outside::{Fetch, FetchOptions};

use super::Common;
use crate::{cli, open, progress};

pub(super) async fn run(common: &Common, args: cli::Import) -> anyhow::Result<ExitCode> {
    let config = common.config()?;
    if !args.path.exists() {
        bail!("there is no {}; name the exported file or folder", args.path.display());
    }
    there_is(args.photos.as_deref())?;
    let newsroom = open::newsroom(&common.data, &config).await?;
    let system = system(args.system);
    let (imported, failed) = read(&newsroom, system, &args, common.json).await;
    let mut report = imported.report;
    let options = photo_options(&args, system);
    let done = photos(&newsroom, &options, Some(&imported.photos), common.json).await?;
    report.photos_stored = done.stored;
    report.photos_missing = done.missing;
    newsroom.store().close().await;
    if !report.source.is_empty() || failed.is_none() {
        common.print(&report)?;
    }
    match failed {
        None => Ok(ExitCode::SUCCESS),
        Some(error) if report.source.is_empty() => Err(error.into()),
        Some(error) => {
            let what = "the import did not come to its end; what the report counts stands, and running the same \
                        command again goes on from there";
            Err(anyhow::Error::from(error).context(what))
        }
    }
}

async fn read(newsroom: &Newsroom, system: System, args: &cli::Import, json: bool) -> (Imported, Option<app::Error>) {
    let bar = progress::bytes(json);
    let shown = bar.clone();
    let on: OnProgress = Arc::new(move |progress: intake::Progress, items| {
        shown.set_length(progress.total);
        shown.set_position(progress.done);
        shown.set_message(format!("{items} items"));
    });
    let export = Export { system, path: args.path.clone(), language: args.language.clone() };
    let outcome = app::import::run(newsroom, export, on).await;
    bar.finish_and_clear();
    match outcome {
        Ok(imported) => (imported, None),
        Err(Failed { error, imported }) => (*imported, Some(error)),
    }
}

/// A folder of photos that is not there is a slip of the pen, not a reason to find every photo missing.
pub(super) fn there_is(folder: Option<&Path>) -> anyhow::Result<()> {
    match folder {
        Some(folder) if !folder.is_dir() => {
            bail!("there is no folder {}; name the one with the photos", folder.display())
        }
        _ => Ok(()),
    }
}

/// Looks for photos with a progress bar.
pub(super) async fn photos(
    newsroom: &Newsroom,
    options: &PhotoOptions,
    only: Option<&HashSet<PhotoId>>,
    json: bool,
) -> anyhow::Result<app::import::PhotosDone> {
    let bar = progress::things(json);
    let mut tx = newsroom.store().read().await?;
    let counts = store::photo_count_by_state(&mut tx).await?;
    drop(tx);
    let missing = counts.iter().find(|(state, _)| *state == PhotoState::Missing).map_or(0, |(_, n)| *n);
    let most = only.map_or(u64::MAX, |only| only.len() as u64);
    bar.set_length(u64::try_from(missing).unwrap_or(0).min(most));
    let on = |seen: u64, stored: u64| {
        bar.set_position(seen);
        bar.set_message(format!("{stored} photos stored"));
    };
    let done = bring_photos(newsroom, options, only, &on).await?;
    bar.finish_and_clear();
    Ok(done)
}

fn photo_options(args: &cli::Import, system: System) -> PhotoOptions {
    let beside = match system {
        System::Markdown | System::Substack => Some(args.path.clone()),
        System::Wordpress | System::Ghost => None,
    };
    let fetch = (!args.no_fetch).then(|| Fetch::new(FetchOptions::default()));
    PhotoOptions { folder: args.photos.clone().or(beside), fetch }
}

fn system(system: cli::System) -> System {
    match system {
        cli::System::Wordpress => System::Wordpress,
        cli::System::Ghost => System::Ghost,
        cli::System::Substack => System::Substack,
        cli::System::Markdown => System::Markdown,
    }
}
