//! `masthead contributions`: gifts, pledges and payments without the desk. Everything that names a giver stays sealed.

use std::{fmt, io::Write, process::ExitCode};

use anyhow::{Context, ensure};
use app::{
    Newsroom,
    staff::COMMAND_LINE,
    support::{
        accounts,
        ledger::{ContributionFilter, Ids, reference},
    },
};
use model::{Contribution, Month};
use serde::Serialize;

use super::{Common, contributions_import, vault};
use crate::{cli, open};

pub(super) async fn run(common: &Common, args: cli::Contributions) -> anyhow::Result<ExitCode> {
    let config = common.config()?;
    let newsroom = match &args {
        // Addresses are sealed as they are read.
        cli::Contributions::Import(_) => vault::opened(common, &config, None).await?,
        cli::Contributions::List(_) | cli::Contributions::Export(_) => open::newsroom(&common.data, &config).await?,
    };
    let outcome = match args {
        cli::Contributions::List(args) => list(common, &newsroom, &args).await,
        cli::Contributions::Export(args) => export(common, &newsroom, &args).await,
        cli::Contributions::Import(args) => contributions_import::import(common, &newsroom, args).await,
    };
    newsroom.store().close().await;
    outcome.map(|()| ExitCode::SUCCESS)
}

async fn list(common: &Common, newsroom: &Newsroom, args: &cli::ContributionList) -> anyhow::Result<()> {
    let filter = ContributionFilter {
        state: args.state,
        frequency: args.frequency,
        gateway: args.gateway,
        currency: args.currency,
        ids: Ids::ALL,
    };
    let mut tx = newsroom.store().read().await?;
    let rows = store::contribution_list(&mut tx, &filter, i64::from(args.limit), 0).await?;
    let total = store::contribution_count(&mut tx, &filter).await?;
    common.print(&Listed { contributions: rows.iter().map(one).collect(), total })
}

#[derive(Debug, Serialize)]
struct Listed {
    contributions: Vec<One>,
    /// How many there are in all.
    total: i64,
}

#[derive(Debug, Serialize)]
struct One {
    id: String,
    reference: String,
    state: &'static str,
    frequency: &'static str,
    amount: String,
    currency: &'static str,
    gateway: &'static str,
    since: String,
    paid_until: Option<String>,
}

fn one(of: &Contribution) -> One {
    One {
        id: of.id.to_string(),
        reference: reference(of.id.0),
        state: of.state.as_str(),
        frequency: of.frequency.as_str(),
        amount: of.amount.decimal(),
        currency: of.amount.currency.code(),
        gateway: of.gateway.as_str(),
        since: of.month.to_string(),
        paid_until: of.paid_until.map(|month| month.to_string()),
    }
}

impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for one in &self.contributions {
            let One { reference, state, frequency, amount, currency, gateway, since, .. } = one;
            writeln!(f, "{reference}  {amount:>12} {currency}  {frequency:<8} {state:<10} {gateway:<8} since {since}")?;
        }
        let more = self.total - i64::try_from(self.contributions.len()).unwrap_or_default();
        match (self.total, more) {
            (0, _) => write!(f, "There is no such contribution."),
            (total, 0) => write!(f, "{total} in all."),
            (total, _) => write!(f, "{total} in all; --limit shows more."),
        }
    }
}

#[derive(Debug, Serialize)]
struct Exported {
    file: String,
    from: String,
    to: String,
    payments: usize,
}

impl fmt::Display for Exported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, from, to, payments } = self;
        write!(f, "{payments} payments from {from} to {to} are in {file}. No name is among them.")
    }
}

async fn export(common: &Common, newsroom: &Newsroom, args: &cli::ContributionExport) -> anyhow::Result<()> {
    let now = Month::of(newsroom.clock().now());
    let from = args.from.unwrap_or(Month(now.0 - now.0.rem_euclid(12)));
    let to = args.to.unwrap_or(now);
    let pages = accounts::Pages::of(from, to).with_context(|| format!("{to} is before {from}; nothing was written"))?;
    ensure!(
        args.file.is_some() || !common.json,
        "with --json, name a file for the payments: they are written as CSV, and standard output says what was written"
    );
    let Some(path) = &args.file else {
        accounts::on_record(newsroom, COMMAND_LINE, (from, to)).await?;
        write(newsroom, pages, &mut std::io::stdout().lock()).await?;
        return Ok(());
    };
    let failed = || format!("could not write {}", path.display());
    // One that is there is never written over.
    let mut file = std::fs::File::create_new(path).with_context(failed)?;
    accounts::on_record(newsroom, COMMAND_LINE, (from, to)).await?;
    let payments = write(newsroom, pages, &mut file).await?;
    file.sync_all().with_context(failed)?;
    let file = path.display().to_string();
    common.print(&Exported { file, from: from.to_string(), to: to.to_string(), payments })
}

/// Writes every page; how many payments they have.
async fn write(newsroom: &Newsroom, mut pages: accounts::Pages, to: &mut impl Write) -> anyhow::Result<usize> {
    let mut count = 0;
    to.write_all(accounts::HEAD.as_bytes()).context("could not write the payments")?;
    while let Some((lines, next)) = pages.next(newsroom).await? {
        to.write_all(lines.as_bytes()).context("could not write the payments")?;
        count += lines.matches("\r\n").count();
        pages = next;
    }
    Ok(count)
}
