//! The developer's commands: `cargo xtask help`.

mod bench;
mod demo_pack;
mod deps;
mod openapi;
mod run;
mod setup;
mod test;

use clap::{Parser, Subcommand};

/// The developer's commands.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run all checks and tests, installing what they need (README's second command; what CI runs).
    Test {
        /// Install nothing; fail where something is missing.
        #[arg(long)]
        no_setup: bool,
    },
    /// Install what the tests need: PostgreSQL, Chromium, Node.js, postfix, an S3-compatible server, schemathesis, dkimpy.
    Setup,
    /// Check that crates import only what stands to their right in docs/ARCHITECTURE.md.
    Deps,
    /// Make fixtures/demo.tar.zst, the newsroom that `masthead demo` opens, from fixtures/demo.
    DemoPack {
        /// Only say whether it is up to date.
        #[arg(long)]
        check: bool,
    },
    /// Write docs/openapi.json, the description of the API.
    Openapi {
        /// Only say whether it is up to date.
        #[arg(long)]
        check: bool,
    },
    /// Measure, and write docs/benchmarks.md.
    Bench {
        /// Posts in the generated WordPress export.
        #[arg(long, default_value_t = 100_000)]
        posts: usize,
        /// Time a clean release build as well; it takes minutes.
        #[arg(long)]
        build: bool,
        /// Measure this program instead of building one.
        #[arg(long, value_name = "FILE", conflicts_with = "build")]
        program: Option<std::path::PathBuf>,
        /// Measure only the import and the desk, and write nothing.
        #[arg(long, conflicts_with = "mail")]
        desk: bool,
        /// Measure only mails to postfix's smtp-sink, and write nothing.
        #[arg(long, conflicts_with_all = ["build", "program"])]
        mail: bool,
        /// Give both cores to the mails that are measured, on a machine that is busy with something else; needs root.
        #[arg(long, requires = "mail")]
        alone: bool,
        /// Only send an issue to a million subscribers, and write its section.
        #[arg(long, conflicts_with_all = ["build", "desk", "mail"])]
        letters: bool,
        /// So many subscribers; fewer than a million are only tried.
        #[arg(long, default_value_t = 1_000_000, requires = "letters")]
        subscribers: usize,
        /// Only measure what readers give, on both databases, and write its section.
        #[arg(long, conflicts_with_all = ["build", "desk", "mail", "letters"])]
        support: bool,
        /// So many running pledges; fewer than 10,000 are only tried.
        #[arg(long, default_value_t = bench::support::PLEDGES, requires = "support")]
        pledges: usize,
        /// Only kill the program 200 times while it sends 20,000 mails, on each database, and write its section.
        #[arg(long, conflicts_with_all = ["build", "desk", "mail", "letters", "support", "program"])]
        kill: bool,
    },
}

fn main() -> anyhow::Result<()> {
    match Cli::parse().command {
        Command::Test { no_setup } => test::run_all(!no_setup),
        Command::Setup => setup::run(),
        Command::Deps => deps::run(),
        Command::DemoPack { check } => demo_pack::run(check),
        Command::Openapi { check } => openapi::run(check),
        Command::Bench { kill: true, .. } => bench::kill::run(),
        Command::Bench { letters: true, subscribers, program, .. } => bench::letters::run(subscribers, program),
        Command::Bench { support: true, pledges, program, .. } => bench::support::run(pledges, program),
        Command::Bench { mail: true, alone, .. } => bench::run_mail(alone),
        Command::Bench { posts, build, program, desk, .. } => bench::run(posts, build, program, desk),
    }
}
