//! `masthead completions`: completions for a shell on standard output.

use std::{io::Write, process::ExitCode};

use clap::CommandFactory;

pub(super) fn run(shell: clap_complete::Shell) -> anyhow::Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut crate::cli::Cli::command(), "masthead", &mut script);
    match std::io::stdout().write_all(&script) {
        // Whoever reads may have read enough, as `head` does.
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        Ok(()) | Err(_) => Ok(ExitCode::SUCCESS),
    }
}
