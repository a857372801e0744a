//! `masthead check`: what is wrong with this installation, and what to do.

use std::{fmt, path::Path, process::ExitCode};

use app::Newsroom;
use model::{JobState, PhotoState};
use serde::Serialize;

use super::Common;
use crate::{config::Config, open};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Level {
    Good,
    Worth,
    Wrong,
}

/// One thing that was looked at.
#[derive(Debug, Serialize)]
struct Finding {
    level: Level,
    what: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    todo: String,
}

/// All that was looked at.
#[derive(Debug, Default, Serialize)]
pub(super) struct Findings {
    findings: Vec<Finding>,
}

impl Findings {
    pub(super) fn good(&mut self, what: impl Into<String>) {
        self.findings.push(Finding { level: Level::Good, what: what.into(), todo: String::new() });
    }

    pub(super) fn worth(&mut self, what: impl Into<String>, todo: impl Into<String>) {
        self.findings.push(Finding { level: Level::Worth, what: what.into(), todo: todo.into() });
    }

    pub(super) fn wrong(&mut self, what: impl Into<String>, todo: impl Into<String>) {
        self.findings.push(Finding { level: Level::Wrong, what: what.into(), todo: todo.into() });
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for finding in &self.findings {
            let mark = match finding.level {
                Level::Good => "good ",
                Level::Worth => "look ",
                Level::Wrong => "WRONG",
            };
            writeln!(f, "{mark}  {}", finding.what)?;
            if !finding.todo.is_empty() {
                writeln!(f, "       {}", finding.todo)?;
            }
        }
        let wrong = self.findings.iter().filter(|finding| finding.level == Level::Wrong).count();
        match wrong {
            0 => write!(f, "Nothing is wrong."),
            1 => write!(f, "One thing is wrong."),
            n => write!(f, "{n} things are wrong."),
        }
    }
}

pub(super) async fn run(common: &Common) -> anyhow::Result<ExitCode> {
    let mut findings = Findings::default();
    match common.config() {
        Ok(config) => {
            findings.good(format!("the configuration in {} is read", common.data.display()));
            look(common, &config, &mut findings).await;
        }
        Err(error) => findings.wrong(format!("{error:#}"), "Mend masthead.toml, then check again."),
    }
    common.print(&findings)?;
    let wrong = findings.findings.iter().any(|finding| finding.level == Level::Wrong);
    Ok(if wrong { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

async fn look(common: &Common, config: &Config, findings: &mut Findings) {
    let newsroom = match open::newsroom(&common.data, config).await {
        Ok(newsroom) => newsroom,
        Err(error) => return findings.wrong(format!("the newsroom does not open: {error:#}"), "See above."),
    };
    findings.good(format!("the database ({}) opens and is up to date", open::shown(&config.database)));
    if let Err(error) = rows(&newsroom, findings).await {
        findings.wrong(format!("the database does not answer: {error:#}"), "Restore the newest backup.");
    }
    match newsroom.objects().probe().await {
        Ok(()) => findings.good("photos can be stored and read"),
        Err(error) => findings.wrong(format!("photos cannot be stored: {error}"), "Mend `objects` in masthead.toml."),
    }
    theme(&newsroom, findings);
    if let Err(error) = super::check_vault::look(common, config, &newsroom, findings).await {
        findings.wrong(format!("the keys could not be looked at: {error:#}"), "masthead vault status");
    }
    if let Err(error) = super::check_mail::look(&common.data, config, &newsroom, findings).await {
        findings.wrong(format!("how mail stands could not be looked at: {error:#}"), "Mend [mail] in masthead.toml.");
    }
    super::check_payments::look(&common.data, config, &newsroom, findings).await;
    listen(config, findings).await;
    database_file(&common.data, config, findings);
}

async fn rows(newsroom: &Newsroom, findings: &mut Findings) -> anyhow::Result<()> {
    for damage in newsroom.store().integrity().await? {
        findings.wrong(damage, "Restore the newest backup with `masthead restore`.");
    }
    chain(newsroom, findings).await?;
    let mut tx = newsroom.store().read().await?;
    let settings = store::newsroom_settings(&mut tx).await?;
    let missing: i64 =
        count(store::photo_count_by_state(&mut tx).await?, |(state, n)| (*state == PhotoState::Missing).then_some(*n));
    let failed: i64 =
        count(store::job_counts(&mut tx).await?, |(_, state, n)| (*state == JobState::Failed).then_some(*n));
    if settings.address.is_none() {
        findings.worth(
            "the newsroom's address is not set; feeds name the host of each request",
            "masthead settings set address https://your.host",
        );
    }
    if missing > 0 {
        findings.worth(format!("{missing} photos are missing; their stories stand"), "masthead photos fetch");
    }
    if failed > 0 {
        findings.wrong(
            format!("{failed} jobs have failed for good"),
            "The desk's log says why, under Jobs; mend that, then try them again there.",
        );
    }
    Ok(())
}

/// Whether the audit log says what it said.
async fn chain(newsroom: &Newsroom, findings: &mut Findings) -> anyhow::Result<()> {
    let (chain, _) = app::log::verify(newsroom, None).await?;
    let todo = "Compare with a backup; somebody changed the database behind the desk's back.";
    match chain.broken {
        None if chain.rows == 0 => {}
        None => {
            findings.good(format!("the log of {} deeds is whole; its fingerprint is {}", chain.rows, chain.fingerprint))
        }
        Some(store::AuditBreak::Cut(seq)) => findings.wrong(format!("deed {seq} was cut out of the log"), todo),
        Some(store::AuditBreak::Changed(seq)) => findings.wrong(format!("deed {seq} of the log was changed"), todo),
        Some(store::AuditBreak::Unhashed(seq)) => {
            findings.wrong(format!("the hash of deed {seq} of the log was removed"), todo);
        }
    }
    Ok(())
}

fn count<T>(counts: Vec<T>, of: impl Fn(&T) -> Option<i64>) -> i64 {
    counts.iter().filter_map(of).sum()
}

fn theme(newsroom: &Newsroom, findings: &mut Findings) {
    match super::theme::examine(newsroom.theme_dir()) {
        Ok(report) if report.is_fine() => findings.good("the theme renders every page in every language"),
        Ok(report) => findings.wrong(format!("the theme has faults:\n{report}"), "masthead theme check"),
        Err(error) => findings.wrong(format!("the theme cannot be read: {error:#}"), "masthead theme check"),
    }
}

async fn listen(config: &Config, findings: &mut Findings) {
    match super::serve::bind(&config.listen).await {
        Ok(_) => findings.good(format!("{} is free to listen on", config.listen)),
        Err(_) => findings.worth(
            format!("{} is in use or not allowed", config.listen),
            "Fine if this newsroom is serving there now; else choose another `listen`.",
        ),
    }
}

#[cfg(unix)]
fn database_file(dir: &Path, config: &Config, findings: &mut Findings) {
    use std::os::unix::fs::PermissionsExt;
    if config.database != "sqlite" {
        return;
    }
    let open = |path: &Path| std::fs::metadata(path).is_ok_and(|meta| meta.permissions().mode() & 0o077 != 0);
    if open(dir) && open(&dir.join("newsroom.db")) {
        findings.worth(
            format!("the database in {} can be read by other users of this machine", dir.display()),
            format!("chmod 700 {}", dir.display()),
        );
    }
}

#[cfg(not(unix))]
fn database_file(_dir: &Path, _config: &Config, _findings: &mut Findings) {}
