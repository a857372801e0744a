//! `masthead contributions`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use model::{ContributionState, Currency, Frequency, GatewayName, Month};

#[derive(Debug, Subcommand)]
pub(crate) enum Contributions {
    /// List gifts and pledges, the newest month first. No name is among them.
    List(ContributionList),
    /// Write payments down for the accounts, as CSV: a row for each, and no name.
    Export(ContributionExport),
    /// Take in running pledges that another system began. They go on as they are at Stripe or PayPal, and nobody is charged or
    /// written to; the same again changes nothing.
    #[command(subcommand)]
    Import(ContributionImport),
}

#[derive(Debug, Subcommand)]
pub(crate) enum ContributionImport {
    /// Every running subscription of the connected Stripe account.
    Stripe {
        /// Count what would come of it, and write nothing.
        #[arg(long)]
        dry_run: bool,
    },
    /// Recurring plans of Donorbox (Recurring Donations → Export) that stand on the newsroom's own Stripe or PayPal account.
    Donorbox(PledgeFile),
    /// Paying members of Ghost (Members → Export): their customers' subscriptions at the connected Stripe account.
    Ghost(PledgeFile),
}

#[derive(Debug, Args)]
pub(crate) struct PledgeFile {
    /// The exported file.
    pub(crate) file: PathBuf,
    /// Count what would come of it, and write nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// A new file for the rows that did not become pledges: file, line and reason, and no name.
    #[arg(long, value_name = "FILE")]
    pub(crate) rejects: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct ContributionList {
    /// Only those in this state: started, pending, paid, active, past_due, paused, cancelled, failed.
    #[arg(long, value_parser = state)]
    pub(crate) state: Option<ContributionState>,
    /// Only those given so often: once, monthly, annual.
    #[arg(long, value_parser = frequency)]
    pub(crate) frequency: Option<Frequency>,
    /// Only those of a gateway: stripe, paypal, btcpay, bank, sandbox.
    #[arg(long, value_parser = gateway)]
    pub(crate) gateway: Option<GatewayName>,
    /// Only those in a currency, such as EUR.
    #[arg(long, value_parser = currency)]
    pub(crate) currency: Option<Currency>,
    /// So many at most.
    #[arg(long, default_value_t = 40, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(crate) limit: u32,
}

#[derive(Debug, Args)]
pub(crate) struct ContributionExport {
    /// The first month, such as 2026-01; January of this year unless said otherwise.
    #[arg(long, value_name = "MONTH", value_parser = month)]
    pub(crate) from: Option<Month>,
    /// The last month; this one unless said otherwise.
    #[arg(long, value_name = "MONTH", value_parser = month)]
    pub(crate) to: Option<Month>,
    /// The new file to write instead of standard output.
    pub(crate) file: Option<PathBuf>,
}

fn named<T: Copy>(text: &str, found: Option<T>, all: &[T], name: impl Fn(T) -> &'static str) -> Result<T, String> {
    let names: Vec<&str> = all.iter().map(|one| name(*one)).collect();
    found.ok_or_else(|| format!("`{text}` is none of {}", names.join(", ")))
}

fn state(text: &str) -> Result<ContributionState, String> {
    named(text, ContributionState::parse(text), ContributionState::ALL, ContributionState::as_str)
}

fn frequency(text: &str) -> Result<Frequency, String> {
    named(text, Frequency::parse(text), Frequency::ALL, Frequency::as_str)
}

fn gateway(text: &str) -> Result<GatewayName, String> {
    named(text, GatewayName::parse(text), GatewayName::ALL, GatewayName::as_str)
}

fn currency(text: &str) -> Result<Currency, String> {
    Currency::parse(text).ok_or_else(|| format!("`{text}` is no currency; write its code, such as EUR"))
}

fn month(text: &str) -> Result<Month, String> {
    Month::parse(text).ok_or_else(|| format!("`{text}` is no month; write it like 2026-01"))
}
