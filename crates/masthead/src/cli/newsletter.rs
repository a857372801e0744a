//! `masthead newsletter`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// An issue is named by its newsletter and number, such as `weekly/12`, by its id, or by its newsletter alone where that can
/// mean one issue only.
#[derive(Debug, Subcommand)]
pub(crate) enum Newsletter {
    /// List newsletters, and where their issues stand.
    List {
        /// Only this one.
        slug: Option<String>,
        /// So many issues of each at most.
        #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=1_000))]
        limit: u32,
    },
    /// Show an issue as it will arrive: as plain text, HTML or a whole mail.
    Preview(Preview),
    /// Send an approved issue now.
    Send(Send),
    /// Pause an issue that is being sent: nothing more of it is begun.
    Pause {
        /// Which: `weekly/12`, `weekly`, or its id.
        issue: String,
    },
    /// Go on with an issue that is paused.
    Resume {
        /// Which: `weekly/12`, `weekly`, or its id.
        issue: String,
    },
    /// Give an issue up. What went out of it is out; nothing more of it is sent, ever.
    Cancel {
        /// Which: `weekly/12`, or its id.
        issue: String,
    },
    /// Say what became of everybody an issue was frozen for, and how fast it goes.
    Status(Status),
}

/// In which form a preview is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PreviewKind {
    /// Plain text.
    Text,
    /// HTML, to be looked at with a browser.
    Html,
    /// A whole mail, to be looked at with a mail program. Stories that readers can't see yet are not in it.
    Eml,
}

#[derive(Debug, Args)]
pub(crate) struct Preview {
    /// Which: `weekly/12`, `weekly` for the next one, or its id.
    pub(crate) issue: String,
    /// As what; from the file's name if one is given, else plain text.
    #[arg(long = "as", value_name = "KIND", value_enum)]
    pub(crate) kind: Option<PreviewKind>,
    /// As for readers who chose headlines alone.
    #[arg(long)]
    pub(crate) headlines: bool,
    /// With its dark colours (HTML).
    #[arg(long)]
    pub(crate) dark: bool,
    /// With the subject and sender that say nothing (whole mail).
    #[arg(long)]
    pub(crate) neutral: bool,
    /// The file to write instead of standard output: .txt, .html or .eml.
    #[arg(long, value_name = "FILE")]
    pub(crate) to: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Send {
    /// Which: `weekly/12`, `weekly` for the one that is approved, or its id.
    pub(crate) issue: String,
    /// Deliver from here, with the private keyring in this file, until everybody is accounted for; with offline custody. What
    /// was interrupted goes on.
    #[arg(long, value_name = "FILE")]
    pub(crate) keyring: Option<PathBuf>,
    /// Show how it goes until it has ended.
    #[arg(long)]
    pub(crate) watch: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Status {
    /// Which: `weekly/12`, `weekly` for the one furthest on its way, or its id. Without one, every issue that is being sent or waits.
    pub(crate) issue: Option<String>,
    /// Show how it goes until it has ended; with --json a line each second on standard error.
    #[arg(long, requires = "issue")]
    pub(crate) watch: bool,
}
