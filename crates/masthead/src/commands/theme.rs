//! `masthead theme`: make and check themes.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use super::Common;
use crate::cli;

pub(super) fn run(common: &Common, args: cli::Theme) -> anyhow::Result<ExitCode> {
    match args {
        cli::Theme::New { dir } => {
            super::init::new_or_empty(&dir)?;
            theme::scaffold(&dir)?;
            let shown = dir.display();
            println!("A starter theme stands in {shown}. Change its files, look with `masthead serve --dev`,");
            println!("and check it with `masthead theme check {shown}`.");
            Ok(ExitCode::SUCCESS)
        }
        cli::Theme::Check { dir } => {
            let dir = match dir {
                Some(dir) => Some(dir),
                None => own_theme(common)?,
            };
            let report = examine(dir.as_deref())?;
            common.print(&report)?;
            Ok(if report.is_fine() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
    }
}

/// Checks a theme folder, or the built-in theme where there is none.
pub(super) fn examine(dir: Option<&Path>) -> Result<theme::Report, theme::Error> {
    match dir {
        Some(dir) => theme::check(dir),
        None => theme::Theme::load(None)?.check(),
    }
}

/// The theme folder of the newsroom at `--data`, when there is one; else the built-in theme is checked.
fn own_theme(common: &Common) -> anyhow::Result<Option<PathBuf>> {
    if !common.data.join(crate::config::FILE).exists() {
        return Ok(None);
    }
    let dir = common.data.join(common.config()?.theme);
    Ok(dir.is_dir().then_some(dir))
}
