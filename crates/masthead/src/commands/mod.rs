//! A command is a file.

mod backup;
mod check;
mod check_mail;
mod check_payments;
mod check_vault;
mod completions;
mod contributions;
mod contributions_import;
mod demo;
mod demo_letters;
mod demo_mail;
mod demo_pack;
mod demo_support;
mod emergency_stop;
mod import;
mod init;
mod list;
mod list_export;
mod mail;
mod newsletter;
mod newsletter_preview;
mod newsletter_send;
mod newsletter_status;
mod photos;
mod restore;
mod serve;
mod settings;
mod staff;
mod story;
mod story_export;
mod theme;
mod till;
mod token;
pub(crate) mod vault;
mod vault_burn;

use std::process::ExitCode;

use crate::{
    cli::{Cli, Command},
    config::Config,
    logs,
};

/// What every command may need to know.
pub(crate) struct Common {
    /// The newsroom's folder.
    pub(crate) data: std::path::PathBuf,
    /// Results as JSON.
    pub(crate) json: bool,
    /// The log filter from the command line or environment.
    pub(crate) log: Option<String>,
}

impl Common {
    /// The folder's configuration; starts logging as it says.
    pub(crate) fn config(&self) -> anyhow::Result<Config> {
        let config = Config::read(&self.data)?;
        logs::start(self.log.as_deref().unwrap_or(&config.log), &config.log_format);
        Ok(config)
    }

    /// A result: as JSON for scripts, else as text.
    pub(crate) fn print<T: serde::Serialize + std::fmt::Display>(&self, result: &T) -> anyhow::Result<()> {
        if self.json {
            println!("{}", serde_json::to_string_pretty(result)?);
        } else {
            println!("{result}");
        }
        Ok(())
    }
}

/// Runs a command.
pub(crate) async fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let common = Common { data: cli.data, json: cli.json, log: cli.log };
    match cli.command {
        Command::Demo(args) => demo::run(&common, args).await,
        Command::Init(args) => init::run(&common, args).await,
        Command::Serve(args) => serve::run(&common, args).await,
        Command::Import(args) => import::run(&common, args).await,
        Command::Photos(args) => photos::run(&common, args).await,
        Command::Settings(args) => settings::run(&common, args).await,
        Command::Staff(args) => staff::run(&common, args).await,
        Command::Story(args) => story::run(&common, args).await,
        Command::Token(args) => token::run(&common, args).await,
        Command::Newsletter(args) => newsletter::run(&common, args).await,
        Command::List(args) => list::run(&common, args).await,
        Command::Contributions(args) => contributions::run(&common, args).await,
        Command::Mail(args) => mail::run(&common, args).await,
        Command::Vault(args) => vault::run(&common, args).await,
        Command::EmergencyStop(args) => emergency_stop::run(&common, &args).await,
        Command::Till { import } => till::run(&common, import).await,
        Command::Theme(args) => theme::run(&common, args),
        Command::Check => check::run(&common).await,
        Command::Backup(args) => backup::run(&common, args).await,
        Command::Restore(args) => restore::run(&common, args).await,
        Command::DemoPack { source, file } => demo_pack::run(&common, &source, &file).await,
        Command::DemoUnpack { dir } => demo::unpack(&common, &dir).await,
        Command::Completions { shell } => completions::run(shell),
    }
}
