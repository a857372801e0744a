//! `masthead completions`: completions for a shell on standard output.

use std::process::ExitCode;

use clap::CommandFactory;

pub(super) fn run(shell: clap_complete::Shell) -> anyhow::Result<ExitCode> {
    clap_complete::generate(shell, &mut crate::cli::Cli::command(), "masthead", &mut std::io::stdout());
    Ok(ExitCode::SUCCESS)
}
