//! `masthead vault burn`: two publishers, a delay, then the keys are gone. Whoever has the machine can also delete the file; what
//! this guards against is haste, and a single account that somebody else got hold of.

use std::fmt;

use anyhow::bail;
use app::{
    Newsroom, staff,
    vault::{self, Burn},
};
use model::{Role, Staff};
use serde::Serialize;

use super::Common;
use crate::{cli, suggest::nearest};

pub(super) async fn run(common: &Common, newsroom: &Newsroom, args: cli::VaultBurn) -> anyhow::Result<()> {
    let who = publisher(newsroom, &args.publisher).await?;
    if args.cancel {
        vault::burn_cancel(newsroom, &who).await?;
        if common.json {
            println!("null");
        } else {
            println!("Called off. The keys stay.");
        }
        return Ok(());
    }
    let burn = if args.agree {
        vault::burn_agree(newsroom, &who).await?
    } else {
        vault::burn_ask(newsroom, &who, args.hours).await?
    };
    common.print(&Waits(burn))
}

/// An account that may sign in and is a publisher's.
async fn publisher(newsroom: &Newsroom, handle: &str) -> anyhow::Result<Staff> {
    let people = staff::people(newsroom).await?.people;
    let typed = handle.trim().to_lowercase();
    let publishers = || people.iter().filter(|one| one.staff.active && one.staff.role == Role::Publisher);
    if let Some(found) = publishers().find(|one| one.staff.handle.as_str() == typed) {
        return Ok(found.staff.clone());
    }
    match nearest(&typed, publishers().map(|one| one.staff.handle.as_str())) {
        Some(right) => bail!("no publisher here is called `{typed}`; did you mean `{right}`?"),
        None => bail!("no publisher here is called `{typed}`; masthead staff list shows who is"),
    }
}

#[derive(Debug, Serialize)]
#[serde(transparent)]
struct Waits(Burn);

impl fmt::Display for Waits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&told(&self.0))
    }
}

/// What waits, in words.
pub(super) fn told(burn: &Burn) -> String {
    let Burn { asked_by, hours, agreed, .. } = burn;
    match agreed {
        None => format!(
            "{asked_by} asks for the keys to be destroyed, {hours} hours after another publisher agreed: \
             masthead vault burn --as PEN_NAME --agree"
        ),
        Some((agreed, due)) => format!(
            "{asked_by} and {agreed} agreed: a server that runs destroys the keys at {due}. Until then: \
             masthead vault burn --as PEN_NAME --cancel"
        ),
    }
}
