//! `masthead emergency-stop`: everything about contributions, closed at once, and every pledge ended.
//!
//! It ends pledges itself, beside a server that may run. What a gateway refuses or is away for is left to a server that runs, or
//! to the same command, given again: both go on where it was left.

use std::{fmt, process::ExitCode};

use app::{
    Newsroom,
    staff::COMMAND_LINE,
    support::stop::{self, Before, Progress},
};
use serde_json::json;

use super::Common;
use crate::{cli::EmergencyStop, open};

pub(super) async fn run(common: &Common, args: &EmergencyStop) -> anyhow::Result<ExitCode> {
    let config = common.config()?;
    let newsroom = open::newsroom(&common.data, &config).await?;
    let code = if args.yes { stopped(common, &newsroom).await? } else { shown(common, &newsroom).await? };
    newsroom.store().close().await;
    Ok(code)
}

/// Says what would be stopped.
async fn shown(common: &Common, newsroom: &Newsroom) -> anyhow::Result<ExitCode> {
    let Before { open, pledges, appeals, reminders } = stop::before(newsroom).await?;
    if common.json {
        println!("{}", json!({ "open": open, "pledges": pledges, "appeals": appeals, "reminders": reminders }));
    } else {
        println!(
            "This closes contributions{}, withdraws {appeals} appeals and deletes {reminders} reminders, and ends {pledges} \
             pledges at their gateways for good. Nothing is done yet: masthead emergency-stop --yes",
            if open { "" } else { " (they are closed already)" }
        );
    }
    Ok(ExitCode::FAILURE)
}

async fn stopped(common: &Common, newsroom: &Newsroom) -> anyhow::Result<ExitCode> {
    let goes_on = stop::progress(newsroom).await?.is_some_and(|last| last.in_force && !last.is_done());
    if !goes_on {
        stop::stop(newsroom, COMMAND_LINE).await?;
    }
    if !common.json {
        eprintln!("Contributions are closed, appeals and reminders withdrawn. Ending pledges …");
    }
    stop::work(newsroom).await?;
    let Some(progress) = stop::progress(newsroom).await? else { return Ok(ExitCode::FAILURE) };
    if common.json {
        println!("{}", as_json(&progress));
    } else {
        println!("{}", Told(&progress));
    }
    Ok(if progress.is_done() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn as_json(progress: &Progress) -> serde_json::Value {
    let failing: Vec<_> = progress.failing.iter().map(|(why, count)| json!({ "why": why, "pledges": count })).collect();
    json!({ "pledges": progress.pledges, "ended": progress.ended, "pages": progress.pages, "closed": progress.closed,
        "late": progress.late.len(), "failing": failing })
}

/// How far it is, in words.
struct Told<'a>(&'a Progress);

impl fmt::Display for Told<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Progress { ended, pledges, pages, closed, late, failing, .. } = self.0;
        write!(f, "{ended} of {pledges} pledges are ended, {closed} of {pages} pages that were open are closed.")?;
        if !late.is_empty() {
            write!(f, "\n{} payments came all the same: give them back at /desk/support/stop", late.len())?;
        }
        for (why, count) in failing {
            write!(f, "\n  {count}: {why}")?;
        }
        if !self.0.is_done() {
            write!(
                f,
                "\nThe others are tried again and again by a server that runs, or by this command. If a gateway stays away, end \
                 them in its own dashboard."
            )?;
        }
        Ok(())
    }
}
