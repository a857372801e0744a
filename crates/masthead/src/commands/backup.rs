//! `masthead backup`: the whole newsroom in one file, consistent while it is serving.

use std::process::ExitCode;

use super::Common;
use crate::{cli::Backup, open, progress};

pub(super) async fn run(common: &Common, args: Backup) -> anyhow::Result<ExitCode> {
    let config = common.config()?;
    let newsroom = open::newsroom(&common.data, &config).await?;
    let bar = progress::things(common.json);
    let on = |done: u64, total: u64| {
        bar.set_length(total);
        bar.set_position(done);
    };
    let made = app::backup::write(&newsroom, &args.file, &on).await?;
    bar.finish_and_clear();
    newsroom.store().close().await;
    common.print(&made)?;
    Ok(ExitCode::SUCCESS)
}
