//! `masthead newsletter`: newsletters without the desk.

use std::{fmt, process::ExitCode};

use anyhow::ensure;
use app::{Newsroom, delivery, issues};
use model::{Issue, IssueState, Newsletter};
use serde::Serialize;

use super::{Common, newsletter_preview, newsletter_send, newsletter_status};
use crate::{cli, open};

pub(super) async fn run(common: &Common, args: cli::Newsletter) -> anyhow::Result<ExitCode> {
    let args = match args {
        cli::Newsletter::Send(args) => return newsletter_send::run(common, args).await,
        others => others,
    };
    let config = common.config()?;
    let newsroom = open::newsroom(&common.data, &config).await?;
    let outcome = without_keys(common, &newsroom, args).await;
    newsroom.store().close().await;
    outcome
}

async fn without_keys(common: &Common, newsroom: &Newsroom, args: cli::Newsletter) -> anyhow::Result<ExitCode> {
    match args {
        cli::Newsletter::List { slug, limit } => {
            common.print(&list(newsroom, slug.as_deref(), i64::from(limit)).await?)?;
        }
        cli::Newsletter::Preview(args) => newsletter_preview::run(common, newsroom, &args).await?,
        cli::Newsletter::Status(args) => newsletter_status::run(common, newsroom, &args).await?,
        cli::Newsletter::Pause { issue } => {
            let (letter, issue) = issues::find(newsroom, &issue, &[IssueState::Sending]).await?;
            delivery::pause(newsroom, delivery::By::CommandLine, issue.id).await?;
            moved(
                common,
                newsroom,
                &letter,
                &issue,
                "Nothing more of it is begun. Go on with `masthead newsletter resume`.",
            )
            .await?;
        }
        cli::Newsletter::Resume { issue } => {
            let (letter, issue) = issues::find(newsroom, &issue, &[IssueState::Paused]).await?;
            delivery::resume(newsroom, delivery::By::CommandLine, issue.id).await?;
            moved(common, newsroom, &letter, &issue, "It goes on where it was paused.").await?;
        }
        cli::Newsletter::Cancel { issue } => {
            let alone = !issue.contains('/') && uuid::Uuid::parse_str(&issue).is_err();
            ensure!(!alone, "this can't be undone: name the issue with its number, such as {issue}/12");
            let (letter, issue) = issues::find(newsroom, &issue, &[]).await?;
            issues::cancel_by_hand(newsroom, issue.id).await?;
            moved(common, newsroom, &letter, &issue, "Given up. Nothing more of it is sent, ever.").await?;
        }
        cli::Newsletter::Send(_) => {}
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints what became of an issue.
async fn moved(
    common: &Common,
    newsroom: &Newsroom,
    letter: &Newsletter,
    issue: &Issue,
    said: &'static str,
) -> anyhow::Result<()> {
    let mut tx = newsroom.store().read().await?;
    let state = store::issue_by_id(&mut tx, issue.id).await?.map_or(issue.state, |now| now.state);
    drop(tx);
    common.print(&Moved { issue: name_of(letter, issue), id: issue.id.to_string(), state, said })
}

#[derive(Debug, Serialize)]
struct Moved {
    issue: String,
    id: String,
    state: IssueState,
    #[serde(skip)]
    said: &'static str,
}

impl fmt::Display for Moved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is {}. {}", self.issue, self.state.as_str(), self.said)
    }
}

/// What commands call an issue: `weekly/12`.
pub(super) fn name_of(newsletter: &Newsletter, issue: &Issue) -> String {
    format!("{}/{}", newsletter.slug, issue.number)
}

/// Why an issue is held or paused, or what it waits for, in words.
pub(super) fn why(key: &str) -> &str {
    match key {
        "unapproved" => "nobody approved it in time",
        "late" => "it is more than a day late",
        "stopped" => "the checks found something that must not go out",
        "restored" => "a backup was restored, and it may have gone out since that was made",
        "staff" => "somebody paused it",
        "accounts" => "its sums don't add up; look at the server's log before you resume it",
        "unreadable" => "its mails can't be read, or the newsroom has no address in its settings",
        "refused" => "a mailbox provider refuses whatever it is given of it; see what it said before you resume it",
        "relay-none" => "no relay is set; name one in masthead.toml, under [[mail.relay]]",
        "relay-resting" => "the relays can't be reached or want a rest; it goes on by itself",
        "relay-day" => "the relays' limit of the day is reached; it goes on by itself",
        other => other,
    }
}

/// Newsletters with their issues.
#[derive(Debug, Serialize)]
struct Listed {
    newsletters: Vec<OneNewsletter>,
}

#[derive(Debug, Serialize)]
struct OneNewsletter {
    slug: String,
    name: String,
    language: String,
    active: bool,
    subscribers: i64,
    next_due: Option<String>,
    issues: Vec<OneIssue>,
    /// How many it has in all.
    total: i64,
}

#[derive(Debug, Serialize)]
struct OneIssue {
    issue: String,
    id: String,
    state: IssueState,
    why: Option<String>,
    subject: String,
    due_at: Option<String>,
    frozen_at: Option<String>,
    frozen: i64,
    path: Option<String>,
}

async fn list(newsroom: &Newsroom, slug: Option<&str>, limit: i64) -> anyhow::Result<Listed> {
    if let Some(slug) = slug {
        // Says which there are when this one isn't.
        issues::newsletter_named(newsroom, slug).await?;
    }
    let mut newsletters = Vec::new();
    for listed in issues::list(newsroom).await? {
        let newsletter = &listed.newsletter;
        if slug.is_some_and(|slug| slug != newsletter.slug.as_str()) {
            continue;
        }
        let (issues, total) = issues::issues(newsroom, newsletter.id, limit, 0).await?;
        newsletters.push(OneNewsletter {
            slug: newsletter.slug.to_string(),
            name: newsletter.settings.name.clone(),
            language: newsletter.language.to_string(),
            active: newsletter.active,
            subscribers: listed.subscribers,
            next_due: listed.next_due.map(|at| at.to_string()),
            issues: issues.iter().map(|issue| one(newsletter, issue)).collect(),
            total,
        });
    }
    Ok(Listed { newsletters })
}

fn one(newsletter: &Newsletter, issue: &Issue) -> OneIssue {
    OneIssue {
        issue: name_of(newsletter, issue),
        id: issue.id.to_string(),
        state: issue.state,
        why: issue.why.clone(),
        subject: issue.content.subject.clone(),
        due_at: issue.due_at.map(|at| at.to_string()),
        frozen_at: issue.frozen_at.map(|at| at.to_string()),
        frozen: issue.frozen,
        path: issue.path.clone(),
    }
}

impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.newsletters.is_empty() {
            return write!(f, "There is no newsletter yet; the desk makes one.");
        }
        for (at, newsletter) in self.newsletters.iter().enumerate() {
            if at > 0 {
                writeln!(f)?;
            }
            write!(f, "{newsletter}")?;
        }
        Ok(())
    }
}

impl fmt::Display for OneNewsletter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { slug, name, language, subscribers, .. } = self;
        write!(f, "{slug}  {name} ({language}), {subscribers} subscribers")?;
        match &self.next_due {
            Some(at) => write!(f, ", next at {at}")?,
            None if !self.active => write!(f, ", over")?,
            None => write!(f, ", sent when somebody sends it")?,
        }
        for issue in &self.issues {
            write!(f, "\n  {issue}")?;
        }
        let more = self.total - i64::try_from(self.issues.len()).unwrap_or_default();
        if more > 0 { write!(f, "\n  and {more} before; --limit shows more") } else { Ok(()) }
    }
}

impl fmt::Display for OneIssue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let subject = if self.subject.is_empty() { "(no subject yet)" } else { &self.subject };
        write!(f, "{:<14} {:<9} {subject}", self.issue, self.state.as_str())?;
        match (self.state, &self.frozen_at, &self.due_at) {
            (IssueState::Sending | IssueState::Paused | IssueState::Sent, Some(at), _) => {
                write!(f, "  ({at}, to {})", self.frozen)?;
            }
            (IssueState::Draft | IssueState::Approved | IssueState::Held, _, Some(at)) => write!(f, "  (for {at})")?,
            _ => {}
        }
        match &self.why {
            Some(key) => write!(f, "\n  {:<14} {}", "", why(key)),
            None => Ok(()),
        }
    }
}
