//! `masthead list` and `masthead vault export`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

#[derive(Debug, Subcommand)]
pub(crate) enum List {
    /// Take in subscribers from another system. Addresses are sealed as they are read; the same list again changes nothing.
    Import(ListImport),
    /// Write out the addresses of those who get a newsletter, readable.
    Export(ListExport),
}

/// Whose list it is.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum ListSystem {
    /// listmonk: Subscribers → Export.
    Listmonk,
    /// Mailchimp: the unpacked folder of Audience → Export, or its files.
    Mailchimp,
    /// Ghost: Members → Export.
    Ghost,
    /// Substack: `email_list.NAME.csv` of Settings → Exports.
    Substack,
    /// Another Masthead: `masthead list export`.
    Masthead,
}

/// What somebody is, where the list does not say it.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum ListState {
    /// They signed up, confirmed, and get mail.
    Subscribed,
    /// They left: nothing is sent to them.
    Unsubscribed,
    /// Their mails came back: nothing is sent to them.
    Bounced,
    /// They called a mail spam: nothing is sent to them.
    Complained,
    /// Nothing may be sent to them.
    Blocked,
}

#[derive(Debug, Args)]
pub(crate) struct ListImport {
    /// Whose export it is.
    pub(crate) system: ListSystem,
    /// The exported files, or their folder.
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// The newsletter that they get; needed where there are several.
    #[arg(long, value_name = "SLUG")]
    pub(crate) newsletter: Option<String>,
    /// The language of those of whom the list does not say it; the newsletter's own unless said otherwise.
    #[arg(long)]
    pub(crate) language: Option<model::Language>,
    /// What those are of whom the list does not say it. You answer for it: who never agreed must not be written to.
    #[arg(long)]
    pub(crate) state: Option<ListState>,
    /// Count what would come of it, and write nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Subscribers from before get this newsletter too, unless they left it.
    #[arg(long)]
    pub(crate) also_known: bool,
    /// A new file for the rows that can't be used: file, line and reason.
    #[arg(long, value_name = "FILE")]
    pub(crate) rejects: Option<PathBuf>,
    /// Write the addresses of such rows there as well. It is a plain file: delete it when you have looked.
    #[arg(long, requires = "rejects")]
    pub(crate) rejects_with_addresses: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ListExport {
    #[command(flatten)]
    pub(crate) export: Export,
    /// Only those who get this newsletter.
    #[arg(long, value_name = "SLUG")]
    pub(crate) newsletter: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Export {
    /// The file to make; only you can read it. Whoever has it knows who reads you.
    pub(crate) file: PathBuf,
    /// The first four characters of the vault's fingerprint (`masthead vault status`), instead of typing them when asked.
    #[arg(long, value_name = "CHARACTERS")]
    pub(crate) confirm: Option<String>,
    /// The private keyring, with offline custody.
    #[arg(long, value_name = "FILE")]
    pub(crate) keyring: Option<PathBuf>,
}
