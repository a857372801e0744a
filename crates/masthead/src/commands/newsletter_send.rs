//! `masthead newsletter send`: an approved issue goes out now.
//!
//! By the servers that run, which hold the keys: this command hands the issue over, and may watch. Or with `--keyring` from
//! this process, where addresses are opened by a key that no server has: it freezes the audience, delivers as a server does
//! ([`delivery::run`]) until everybody is accounted for, and shows how it goes. Stopped in the middle it ends what is under
//! way; run again it goes on. Killed, it leaves at most as many in doubt as it had connections.

use std::{fmt, path::Path, process::ExitCode};

use anyhow::{bail, ensure};
use app::{
    Newsroom,
    delivery::{self, Report},
    issues, vault as app_vault,
};
use model::{Issue, IssueState, Newsletter};
use serde::Serialize;
use tokio::sync::watch;

use super::{
    Common,
    newsletter::name_of,
    newsletter_status::{self, Shown},
    serve, vault,
};
use crate::{
    cli,
    config::Config,
    control::{self, Ask},
    open,
};

pub(super) async fn run(common: &Common, args: cli::Send) -> anyhow::Result<ExitCode> {
    let config = common.config()?;
    ensure!(
        config.mail.has_relay(),
        "no relay is set, so that no mail can leave; name one in masthead.toml, under [[mail.relay]]"
    );
    match &args.keyring {
        Some(file) => from_here(common, &config, &args.issue, file).await,
        None => by_server(common, &config, &args).await,
    }
}

async fn by_server(common: &Common, config: &Config, args: &cli::Send) -> anyhow::Result<ExitCode> {
    let newsroom = open::newsroom(&common.data, config).await?;
    let (newsletter, issue) = issues::find(&newsroom, &args.issue, &[IssueState::Approved]).await?;
    let name = name_of(&newsletter, &issue);
    fits(&name, &issue)?;
    ensure!(
        app_vault::stored(&newsroom).await?.custody != Some(app_vault::Custody::Offline),
        "addresses are opened with the private keyring, which no server has: run this on the machine that has it, with \
         --keyring FILE"
    );
    let server: Option<vault::State> = control::ask(&common.data, &Ask::State, &|_, _| {}).await?;
    issues::send_by_hand(&newsroom, issue.id).await?;
    let waits = match server {
        None => Some("No server runs on this folder: it goes out when one does.".to_owned()),
        Some(state) if !state.open => Some(format!(
            "The vault of the server is closed: it goes out when it is open. {}",
            state.why.unwrap_or_default()
        )),
        Some(_) => None,
    };
    if args.watch && waits.is_none() {
        let report = newsletter_status::watch(common, &newsroom, issue.id).await?;
        newsroom.store().close().await;
        return ended(common, &report);
    }
    newsroom.store().close().await;
    common.print(&HandedOver { issue: name, id: issue.id.to_string(), waits })?;
    Ok(ExitCode::SUCCESS)
}

/// Refuses an issue that was named by its number and is not to be sent.
fn fits(name: &str, issue: &Issue) -> anyhow::Result<()> {
    match issue.state {
        IssueState::Approved => Ok(()),
        IssueState::Draft => bail!("{name} is a draft; somebody has to approve it at the desk first"),
        IssueState::Held => bail!("{name} is held; somebody has to look at it at the desk, and approve it, first"),
        IssueState::Sending => {
            bail!("{name} is being sent already; `masthead newsletter status {name} --watch` shows how it goes")
        }
        IssueState::Paused => bail!("{name} is paused; `masthead newsletter resume {name}` goes on with it"),
        IssueState::Sent => bail!("{name} was sent; `masthead newsletter status {name}` tells to how many"),
        IssueState::Cancelled => bail!("{name} was given up; nothing of it is sent any more"),
    }
}

/// What was handed over.
#[derive(Debug, Serialize)]
struct HandedOver {
    issue: String,
    id: String,
    /// What it waits for.
    waits: Option<String>,
}

impl fmt::Display for HandedOver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.issue;
        match &self.waits {
            Some(waits) => write!(f, "{name} is to be sent now. {waits}"),
            None => write!(f, "{name} goes out now; `masthead newsletter status {name} --watch` shows how it goes."),
        }
    }
}

async fn from_here(common: &Common, config: &Config, named: &str, keyring: &Path) -> anyhow::Result<ExitCode> {
    let newsroom = vault::opened(common, config, Some(keyring)).await?;
    ensure!(
        newsroom.vault().keys()?.can_open(),
        "{} is the server's half: it seals addresses and can't open them. Name the private keyring",
        keyring.display()
    );
    let (newsletter, issue) = issues::find(&newsroom, named, &[IssueState::Approved, IssueState::Sending]).await?;
    begin(&newsroom, &newsletter, &issue).await?;
    let (stop, stopped) = watch::channel(false);
    let worker = tokio::spawn(delivery::run(newsroom.clone(), stopped));
    let watched = tokio::select! {
        watched = newsletter_status::watch(common, &newsroom, issue.id) => Some(watched),
        asked = serve::asked_to_stop() => {
            asked?;
            eprintln!("Stopping; what is under way ends first. The same command again goes on.");
            None
        }
    };
    if stop.send(true).is_err() {
        tracing::debug!("the sender had stopped before");
    }
    worker.await?;
    let report = match watched {
        Some(Err(error)) => return Err(error),
        Some(Ok(_)) | None => delivery::report(&newsroom, issue.id).await?,
    };
    newsroom.store().close().await;
    ended(common, &report)
}

/// Freezes the audience, unless that was done before.
async fn begin(newsroom: &Newsroom, newsletter: &Newsletter, issue: &Issue) -> anyhow::Result<()> {
    match issue.state {
        IssueState::Sending => Ok(()),
        IssueState::Approved => {
            issues::begin_by_hand(newsroom, issue.id).await?;
            Ok(())
        }
        IssueState::Draft | IssueState::Held | IssueState::Paused | IssueState::Sent | IssueState::Cancelled => {
            fits(&name_of(newsletter, issue), issue)
        }
    }
}

/// Prints how it ended; a failure unless everything was sent.
fn ended(common: &Common, report: &Report) -> anyhow::Result<ExitCode> {
    common.print(&Shown::of(report))?;
    Ok(if report.sending.state == IssueState::Sent { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
