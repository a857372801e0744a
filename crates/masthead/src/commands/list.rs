//! `masthead list`: subscribers come in from other systems, with a report that accounts for every row.

use std::process::ExitCode;

use app::{
    Error,
    lists::{self, ListImport, State, System},
    staff::COMMAND_LINE,
};

use super::{Common, list_export, vault};
use crate::{cli, progress};

pub(super) async fn run(common: &Common, args: cli::List) -> anyhow::Result<ExitCode> {
    match args {
        cli::List::Import(args) => import(common, args).await,
        cli::List::Export(args) => {
            list_export::run(common, &args.export, "list.export", args.newsletter.as_deref()).await
        }
    }
}

async fn import(common: &Common, args: cli::ListImport) -> anyhow::Result<ExitCode> {
    let config = common.config()?;
    let newsroom = vault::opened(common, &config, None).await?;
    let rejects = args.rejects.clone();
    let bar = progress::bytes(common.json);
    let outcome = lists::import(&newsroom, COMMAND_LINE, &list(args), progress::rows(&bar)).await;
    bar.finish_and_clear();
    newsroom.store().close().await;
    match outcome {
        Ok(report) => common.print(&report)?,
        Err(error @ (Error::Refused(_) | Error::Closed(_))) => return Err(error.into()),
        Err(error) => {
            let what =
                "the list was not taken in to its end; what was taken in stays, and the same command again goes on";
            return Err(anyhow::Error::from(error).context(what));
        }
    }
    if let Some(rejects) = rejects.filter(|_| !common.json) {
        println!("{:>9}  where the rows that can't be used stand, and why: {}", "", rejects.display());
    }
    Ok(ExitCode::SUCCESS)
}

fn list(args: cli::ListImport) -> ListImport {
    ListImport {
        system: match args.system {
            cli::ListSystem::Listmonk => System::Listmonk,
            cli::ListSystem::Mailchimp => System::Mailchimp,
            cli::ListSystem::Ghost => System::Ghost,
            cli::ListSystem::Substack => System::Substack,
            cli::ListSystem::Masthead => System::Masthead,
        },
        paths: args.files,
        newsletter: args.newsletter,
        language: args.language,
        said: args.state.map(|state| match state {
            cli::ListState::Subscribed => State::Subscribed,
            cli::ListState::Unsubscribed => State::Unsubscribed,
            cli::ListState::Bounced => State::Bounced,
            cli::ListState::Complained => State::Complained,
            cli::ListState::Blocked => State::Blocked,
        }),
        dry_run: args.dry_run,
        also_known: args.also_known,
        rejects: args.rejects,
        rejects_with_addresses: args.rejects_with_addresses,
    }
}
