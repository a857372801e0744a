//! `masthead contributions import`: running pledges that another system began.

use std::sync::Arc;

use app::{
    Newsroom,
    staff::COMMAND_LINE,
    support::import::{OnProgress, Report, RowsImport, System, account, rows},
};

use super::Common;
use crate::{cli, progress};

pub(super) async fn import(common: &Common, newsroom: &Newsroom, args: cli::ContributionImport) -> anyhow::Result<()> {
    match args {
        cli::ContributionImport::Stripe { dry_run } => {
            let bar = progress::things(common.json);
            let shown = bar.clone();
            let on: OnProgress = Arc::new(move |_, _, looked| shown.set_message(format!("{looked} subscriptions")));
            let report = account(newsroom, COMMAND_LINE, dry_run, on).await;
            bar.finish_and_clear();
            common.print(&report?)
        }
        cli::ContributionImport::Donorbox(file) => of_file(common, newsroom, System::Donorbox, file).await,
        cli::ContributionImport::Ghost(file) => of_file(common, newsroom, System::Ghost, file).await,
    }
}

async fn of_file(common: &Common, newsroom: &Newsroom, system: System, args: cli::PledgeFile) -> anyhow::Result<()> {
    let bar = progress::bytes(common.json);
    let cli::PledgeFile { file: path, dry_run, rejects } = args;
    let import = RowsImport { system, path, dry_run, rejects };
    let report = rows(newsroom, COMMAND_LINE, &import, progress::rows(&bar)).await;
    bar.finish_and_clear();
    let report: Report = report?;
    common.print(&report)?;
    if let Some(rejects) = import.rejects.filter(|_| !common.json) {
        println!("{:>9}  where the rows stand that are no pledges now, and why: {}", "", rejects.display());
    }
    Ok(())
}
