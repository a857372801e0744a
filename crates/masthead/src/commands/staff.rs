//! `masthead staff`: who works at the desk. Pen names, roles and keys; nothing here knows more of anybody.

use std::{fmt, process::ExitCode};

use anyhow::bail;
use app::{
    Newsroom,
    staff::{self, COMMAND_LINE, LINK_HOURS, Token},
};
use model::{LinkPurpose, Role};
use serde::Serialize;
use web::desk::Place;

use super::Common;
use crate::{cli, config::Config, open, suggest::nearest};

pub(super) async fn run(common: &Common, args: cli::Staff) -> anyhow::Result<ExitCode> {
    let config = common.config()?;
    let newsroom = open::newsroom(&common.data, &config).await?;
    match args {
        cli::Staff::Add { role } => {
            let role = role_of(role);
            let link = staff::invite(&newsroom, role, COMMAND_LINE).await?;
            common.print(&Made::new(&config, &link, Some(role), None)?)?;
        }
        cli::Staff::Reset { handle } => {
            let (id, handle) = find(&newsroom, &handle).await?;
            let link = staff::reset_link(&newsroom, id, COMMAND_LINE).await?;
            common.print(&Made::new(&config, &link, None, Some(handle))?)?;
        }
        cli::Staff::List => common.print(&list(&newsroom).await?)?,
    }
    newsroom.store().close().await;
    Ok(ExitCode::SUCCESS)
}

fn role_of(role: cli::Role) -> Role {
    match role {
        cli::Role::Reporter => Role::Reporter,
        cli::Role::Editor => Role::Editor,
        cli::Role::NewsletterEditor => Role::NewsletterEditor,
        cli::Role::Publisher => Role::Publisher,
    }
}

/// An account that may sign in, by its pen name.
async fn find(newsroom: &Newsroom, handle: &str) -> anyhow::Result<(model::StaffId, String)> {
    let people = staff::people(newsroom).await?.people;
    let typed = handle.trim().to_lowercase();
    match people.iter().find(|person| person.staff.handle.as_str() == typed) {
        Some(person) if person.staff.active => Ok((person.staff.id, typed)),
        Some(_) => bail!("the account {typed} is closed; let the person in anew: masthead staff add ROLE"),
        None => match nearest(&typed, people.iter().map(|person| person.staff.handle.as_str())) {
            Some(right) => bail!("nobody here is called `{typed}`; did you mean `{right}`?"),
            None => bail!("nobody here is called `{typed}`; masthead staff list shows who is"),
        },
    }
}

/// A link that was just made.
#[derive(Debug, Serialize)]
struct Made {
    link: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    handle: Option<String>,
    hours: i64,
}

impl Made {
    fn new(config: &Config, link: &Token, role: Option<Role>, handle: Option<String>) -> anyhow::Result<Self> {
        let link = format!("{}/desk/join/{}", desk(config)?, link.reveal());
        Ok(Self { link, role: role.map(Role::as_str), handle, hours: LINK_HOURS })
    }
}

impl fmt::Display for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.handle {
            Some(handle) => {
                writeln!(f, "Every key and session of {handle} has ended. For new keys, {handle} opens this:")?
            }
            None => writeln!(f, "Whoever is to join opens this and chooses a pen name:")?,
        }
        write!(
            f,
            "\n  {}\n\nIt works once, within {} hours. Hand it over by a way that nobody else reads.",
            self.link, self.hours
        )
    }
}

/// The desk's address as people type it, without a slash at the end.
fn desk(config: &Config) -> anyhow::Result<String> {
    Ok(match config.place()? {
        Place::At(url) => url.as_str().trim_end_matches('/').to_owned(),
        Place::Localhost | Place::Elsewhere => {
            let listen = if config.desk_listen.is_empty() { &config.listen } else { &config.desk_listen };
            let port = listen.rsplit_once(':').map_or("8080", |(_, port)| port);
            format!("http://localhost:{port}")
        }
    })
}

/// Everybody, and the links that are open.
#[derive(Debug, Serialize)]
struct List {
    people: Vec<Person>,
    links: Vec<Open>,
}

#[derive(Debug, Serialize)]
struct Person {
    handle: String,
    role: &'static str,
    active: bool,
    keys: usize,
    /// The day of it; the hour is nobody's business.
    last_used: Option<String>,
}

/// A link that nobody used yet.
#[derive(Debug, Serialize)]
struct Open {
    role: Option<&'static str>,
    handle: Option<String>,
    made_by: String,
    ends_at: String,
}

async fn list(newsroom: &Newsroom) -> anyhow::Result<List> {
    let all = staff::people(newsroom).await?;
    let zone = app::stories::time_zone(&newsroom.settings().await?);
    let handle =
        |id| all.people.iter().find(|person| person.staff.id == id).map(|person| person.staff.handle.to_string());
    let links = all.links.iter().map(|link| {
        let (role, handle) = match link.purpose {
            LinkPurpose::Invite(role) => (Some(role.as_str()), None),
            LinkPurpose::Reset(id) => (None, handle(id)),
        };
        Open { role, handle, made_by: link.made_by.clone(), ends_at: link.ends_at.to_string() }
    });
    let people = all.people.iter().map(|person| Person {
        handle: person.staff.handle.to_string(),
        role: person.staff.role.as_str(),
        active: person.staff.active,
        keys: person.keys,
        last_used: person.used_at.map(|at| at.date_in(&zone).to_string()),
    });
    Ok(List { people: people.collect(), links: links.collect() })
}

impl fmt::Display for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.people.is_empty() {
            writeln!(f, "Nobody works here yet. masthead staff add publisher lets the first one in.")?;
        }
        let wide = self.people.iter().map(|person| person.handle.chars().count()).max().unwrap_or_default();
        for Person { handle, role, active, keys, last_used } in &self.people {
            let used = last_used.as_deref().unwrap_or("never used");
            let state = if *active { "" } else { "  closed" };
            let keys = if *keys == 1 { "1 key".to_owned() } else { format!("{keys} keys") };
            writeln!(f, "{handle:<wide$}  {role:<17}  {keys:<7}  {used}{state}")?;
        }
        for Open { role, handle, made_by, ends_at } in &self.links {
            let of = handle.as_deref().or(*role).unwrap_or_default();
            writeln!(f, "open link for {of}, made by {made_by}, until {ends_at}")?;
        }
        write!(f, "{} accounts, {} open links", self.people.len(), self.links.len())
    }
}
