//! `masthead newsletter status`: what became of everybody an issue was frozen for, and how fast it goes.

use std::{collections::BTreeMap, fmt, time::Duration};

use anyhow::bail;
use app::{
    Newsroom,
    delivery::{self, AtProvider, Doubts, Report, Standing},
    issues,
};
use indicatif::ProgressBar;
use model::{IssueId, IssueState};
use serde::Serialize;

use super::{Common, newsletter::why};
use crate::{cli, progress};

/// How often somebody who watches is told.
const LOOK: Duration = Duration::from_secs(1);
/// Between two looks, for a rate.
const BETWEEN: Duration = Duration::from_millis(2_200);
/// How long an issue that was handed over may wait for a server, in looks.
const PATIENCE: u32 = 60;

pub(super) async fn run(common: &Common, newsroom: &Newsroom, args: &cli::Status) -> anyhow::Result<()> {
    let Some(named) = &args.issue else {
        return common.print(&all(newsroom).await?);
    };
    let (_, issue) = issues::nearest(newsroom, named).await?;
    let report = if args.watch { watch(common, newsroom, issue.id).await? } else { look(newsroom, issue.id).await? };
    common.print(&Shown::of(&report))
}

/// A look; two while it is being sent, for its rate.
async fn look(newsroom: &Newsroom, issue: IssueId) -> anyhow::Result<Report> {
    let report = delivery::report(newsroom, issue).await?;
    if report.sending.state != IssueState::Sending {
        return Ok(report);
    }
    tokio::time::sleep(BETWEEN).await;
    Ok(delivery::report(newsroom, issue).await?)
}

/// Every issue that is being made, waits or is being sent.
async fn all(newsroom: &Newsroom) -> anyhow::Result<All> {
    let mut open = Vec::new();
    for (issue, _) in issues::under_way(newsroom).await? {
        open.push(Shown::of(&delivery::report(newsroom, issue.id).await?));
    }
    Ok(All { issues: open })
}

/// Shows how it goes until nothing more goes out by itself; the last report.
pub(super) async fn watch(common: &Common, newsroom: &Newsroom, issue: IssueId) -> anyhow::Result<Report> {
    let bar = progress::things(common.json);
    let mut waited = 0;
    loop {
        let report = delivery::report(newsroom, issue).await?;
        match report.sending.state {
            IssueState::Sending => draw(&bar, &report),
            IssueState::Approved if waited < PATIENCE => {
                waited += 1;
                bar.set_message("waits for a server to take it up");
            }
            IssueState::Approved => {
                bail!(
                    "it still waits to be sent after a minute: no server runs (`masthead serve`), or its mails can't be made, \
                     which the server's log tells"
                )
            }
            IssueState::Draft | IssueState::Held | IssueState::Paused | IssueState::Sent | IssueState::Cancelled => {
                bar.finish_and_clear();
                return Ok(report);
            }
        }
        if common.json {
            eprintln!("{}", serde_json::to_string(&Shown::of(&report))?);
        }
        tokio::time::sleep(LOOK).await;
    }
}

fn draw(bar: &ProgressBar, report: &Report) {
    let count = |number: i64| u64::try_from(number).unwrap_or(0);
    let Standing { accepted, failed, deferred, uncertain, .. } = report.standing;
    bar.set_length(count(report.sending.frozen));
    bar.set_position(count(report.standing.settled()));
    let mut said = format!("{accepted} accepted, {failed} failed, {deferred} wait, {uncertain} uncertain");
    if let Some(pace) = pace(report) {
        said.push_str(&format!(" · {pace}"));
    }
    if let Some(key) = &report.sending.why {
        said.push_str(&format!(" · {}", why(key)));
    }
    bar.set_message(said);
}

/// "812/s, 6 s left".
fn pace(report: &Report) -> Option<String> {
    let rate = report.rate?;
    let left = report.seconds_left.map(|seconds| format!(", {} left", lasting(seconds))).unwrap_or_default();
    Some(if rate < 10.0 { format!("{rate:.1}/s{left}") } else { format!("{rate:.0}/s{left}") })
}

fn lasting(seconds: i64) -> String {
    match seconds {
        0..120 => format!("{seconds} s"),
        120..7_200 => format!("{} min", seconds / 60),
        _ => format!("{} h {} min", seconds / 3_600, seconds % 3_600 / 60),
    }
}

#[derive(Debug, Serialize)]
struct All {
    issues: Vec<Shown>,
}

impl fmt::Display for All {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.issues.is_empty() {
            return write!(f, "No issue waits or is being sent.");
        }
        for (at, shown) in self.issues.iter().enumerate() {
            if at > 0 {
                writeln!(f, "\n")?;
            }
            write!(f, "{shown}")?;
        }
        Ok(())
    }
}

/// A report as it is printed.
#[derive(Debug, Serialize)]
pub(super) struct Shown {
    issue: String,
    id: String,
    state: IssueState,
    why: Option<String>,
    frozen_at: Option<String>,
    ended_at: Option<String>,
    /// Everybody it was frozen for.
    frozen: i64,
    standing: Standing,
    /// Whether the sums of what stands where are everybody.
    adds_up: bool,
    /// Deliveries a second.
    rate: Option<f64>,
    seconds_left: Option<i64>,
    /// When the first of those that wait is tried again.
    next: Option<String>,
    providers: Vec<AtProvider>,
    excluded: BTreeMap<&'static str, i64>,
    doubts: Doubts,
    failures: Vec<Said>,
    deferrals: Vec<Said>,
    #[serde(skip)]
    pace: Option<String>,
}

/// What relays said, and how often.
#[derive(Debug, Serialize)]
struct Said {
    said: String,
    count: i64,
}

impl Shown {
    pub(super) fn of(report: &Report) -> Self {
        let (sending, standing) = (&report.sending, report.standing);
        let said = |all: &[(String, i64)]| {
            all.iter().map(|(said, count)| Said { said: said.clone(), count: *count }).collect::<Vec<_>>()
        };
        let excluded = report.excluded.iter().filter(|(_, count)| *count > 0);
        Self {
            issue: format!("{}/{}", sending.slug, sending.number),
            id: sending.issue.to_string(),
            state: sending.state,
            why: sending.why.clone(),
            frozen_at: sending.frozen_at.map(|at| at.to_string()),
            ended_at: sending.ended_at.map(|at| at.to_string()),
            frozen: sending.frozen,
            standing,
            adds_up: standing.settled() + standing.open() == sending.frozen,
            rate: report.rate,
            seconds_left: report.seconds_left,
            next: report.next.map(|at| at.to_string()),
            providers: report.providers.clone(),
            excluded: excluded.map(|(why, count)| (why.as_str(), *count)).collect(),
            doubts: report.doubts,
            failures: said(&report.failures),
            deferrals: said(&report.deferrals),
            pace: pace(report),
        }
    }

    fn standing(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = &self.standing;
        let excluded = self.excluded.iter().map(|(why, count)| format!("{count} {why}")).collect::<Vec<_>>().join(", ");
        let excluded = if excluded.is_empty() { String::new() } else { format!(": {excluded}") };
        for (count, what, more) in [
            (at.accepted, "accepted", ""),
            (at.failed, "failed", ""),
            (at.excluded, "excluded", excluded.as_str()),
            (at.uncertain, "uncertain", ": whether they were taken, nobody knows"),
            (at.pending, "not begun", ""),
            (at.attempting, "under way", ""),
            (at.deferred, "wait to be tried again", ""),
        ] {
            if count > 0 || what == "accepted" {
                write!(f, "\n{count:>9}  {what}{more}")?;
            }
        }
        write!(f, "\n{:>9}  in all", self.frozen)?;
        if self.adds_up { Ok(()) } else { write!(f, "; THE SUMS ABOVE DON'T ADD UP TO THIS") }
    }

    fn more(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.doubts.again > 0 {
            let Doubts { again, accepted, failed } = self.doubts;
            write!(
                f,
                "\n{again} were sent again after a doubt, with the same Message-ID: {accepted} taken, {failed} not"
            )?;
        }
        for (at, one) in self.providers.iter().enumerate() {
            let head = if at == 0 { "\nBy mailbox provider:" } else { "" };
            let AtProvider { provider, accepted, failed, deferred } = one;
            write!(f, "{head}\n{accepted:>9}  {provider}, {failed} failed, {deferred} times asked to come later")?;
        }
        for (head, all) in [("failed", &self.failures), ("wait", &self.deferrals)] {
            for (at, Said { said, count }) in all.iter().enumerate() {
                let head = if at == 0 { format!("\nWhat was said of those that {head}:") } else { String::new() };
                write!(f, "{head}\n{count:>9}  {said}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is {}", self.issue, self.state.as_str())?;
        if let Some(key) = &self.why {
            write!(f, ": {}", why(key))?;
        }
        let Some(frozen_at) = &self.frozen_at else { return Ok(()) };
        write!(f, "\nbegan {frozen_at}")?;
        if let Some(ended) = &self.ended_at {
            write!(f, ", ended {ended}")?;
        }
        self.standing(f)?;
        if let Some(pace) = &self.pace {
            write!(f, "\n{pace}")?;
        }
        if let Some(next) = &self.next {
            write!(f, "\nthe first of those that wait is tried again at {next}")?;
        }
        self.more(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_shows_sums_that_add_up_and_says_so_when_they_do_not() {
        let standing = Standing { accepted: 7, failed: 1, excluded: 2, pending: 3, ..Standing::default() };
        let shown = |frozen| Shown {
            issue: "weekly/12".to_owned(),
            id: String::new(),
            state: IssueState::Sending,
            why: Some("relay-resting".to_owned()),
            frozen_at: Some("2026-11-26T09:00:00Z".to_owned()),
            ended_at: None,
            frozen,
            standing,
            adds_up: standing.settled() + standing.open() == frozen,
            rate: Some(812.0),
            seconds_left: Some(300),
            next: None,
            providers: vec![AtProvider { provider: "gmail", accepted: 7, failed: 1, deferred: 4 }],
            excluded: BTreeMap::from([("unsubscribed", 2)]),
            doubts: Doubts::default(),
            failures: vec![Said { said: "550 5.1.1 no such mailbox".to_owned(), count: 1 }],
            deferrals: Vec::new(),
            pace: Some("812/s, 5 min left".to_owned()),
        };
        let text = shown(13).to_string();
        for line in [
            "weekly/12 is sending: the relays",
            "        7  accepted\n",
            "        2  excluded: 2 unsubscribed\n",
            "        3  not begun\n       13  in all\n812/s, 5 min left",
            "gmail, 1 failed, 4 times",
            "        1  550 5.1.1 no such mailbox",
        ] {
            assert!(text.contains(line), "{line}\n{text}");
        }
        assert!(!text.contains("ADD UP") && shown(14).to_string().contains("ADD UP"));
    }

    #[test]
    fn times_are_told_in_the_unit_that_fits() {
        for (seconds, wanted) in [(6, "6 s"), (119, "119 s"), (600, "10 min"), (7_260, "2 h 1 min")] {
            assert_eq!(lasting(seconds), wanted);
        }
    }
}
