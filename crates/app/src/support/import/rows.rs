//! Files that name subscriptions or customers: each is asked for at its gateway, several at a time, some rows to a transaction.

use std::path::{Path, PathBuf};

use futures::stream::{self, StreamExt, TryStreamExt};
use intake::pledges::{Item, Left, Named, Pledges, Row, System};
use model::GatewayName;
use outside::payments::{GatewayError, Held, Which};
use zeroize::Zeroizing;

use super::{
    OnProgress, Report,
    ask::{all, connected, stopped},
    take::{Taking, Took},
};
use crate::{Newsroom, error::Error, lists::rejects::Rejects, vault::Changing};

/// Rows of one transaction.
const ROWS: usize = 50;
/// Questions to gateways at one time.
const AT_ONCE: usize = 8;

/// A file to take in.
#[derive(Debug, Clone)]
pub struct RowsImport {
    /// Whose export it is.
    pub system: System,
    /// Where it is.
    pub path: PathBuf,
    /// Whether to count alone.
    pub dry_run: bool,
    /// A new file for the rows that did not become pledges: line and reason.
    pub rejects: Option<PathBuf>,
}

/// What a gateway says of a row.
enum Said {
    /// It was not asked.
    Left(Left),
    /// It is here.
    Known,
    /// What it holds.
    Held(GatewayName, Vec<Held>),
    /// It can't be kept running from here, and why.
    Anew(&'static str),
}

/// Takes in what a file names. `actor` is the pen name of who does it.
///
/// # Errors
/// [`Error::Closed`] without the keys; [`Error::Refused`] when it is no such file, no gateway that it could name is connected, one
/// is away or refuses the key, or everything was stopped; else when the file or the database fails. What was taken in until then
/// stays, and the same again goes on.
pub async fn rows(newsroom: &Newsroom, actor: &str, import: &RowsImport, on: OnProgress) -> Result<Report, Error> {
    match import.system {
        System::Ghost => connected(newsroom, GatewayName::Stripe).map(drop)?,
        System::Donorbox => {
            let paypal = connected(newsroom, GatewayName::Paypal);
            paypal.or_else(|_| connected(newsroom, GatewayName::Stripe)).map(drop)?;
        }
    }
    let mut taking = Taking::begin(newsroom, import.system.as_str(), import.dry_run).await?;
    let mut reader = open(import.system, &import.path)?;
    let name = import.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut rejects = Rejects::create(import.rejects.as_deref(), false)?;
    // Look-ups must not change meanwhile.
    let _changing = Changing::of(newsroom).await?;
    taking.noted(actor, "contribution.import").await?;
    loop {
        let (back, items) = tokio::task::spawn_blocking(move || batch(reader)).await??;
        reader = back;
        if items.is_empty() {
            break;
        }
        taking.report.rows += items.len() as u64;
        let said = said(newsroom, items).await.map_err(|error| match error {
            Asked::Gateway(error) => stopped(&error),
            Asked::Own(error) => error,
        })?;
        let lines = write(&mut taking, &said).await?;
        lines.into_iter().try_for_each(|(line, why)| rejects.note(&name, line, why, ""))?;
        newsroom.abort_point("pledges.page");
        let (done, total) = reader.progress();
        on(done, total, taking.report.rows);
    }
    rejects.finish()?;
    taking.noted(actor, "contribution.imported").await?;
    Ok(taking.report)
}

fn open(system: System, path: &Path) -> Result<Pledges, Error> {
    Pledges::open(system, path).map_err(|error| match error {
        intake::pledges::Error::Io(path, source) => Error::Io { path, source },
        wrong @ intake::pledges::Error::WrongKind(..) => Error::Refused(wrong.to_string()),
    })
}

/// The next rows.
fn batch(mut reader: Pledges) -> Result<(Pledges, Vec<Item>), Error> {
    let mut items = Vec::with_capacity(ROWS);
    while items.len() < ROWS {
        let next = reader.next_item().map_err(|source| Error::Io { path: "the file".to_owned(), source })?;
        let Some(item) = next else { break };
        items.push(item);
    }
    Ok((reader, items))
}

/// What went wrong with asking.
enum Asked {
    Gateway(GatewayError),
    Own(Error),
}

impl<E: Into<Error>> From<E> for Asked {
    fn from(error: E) -> Self {
        Self::Own(error.into())
    }
}

/// A row: its line, what is said of it, the address in it.
type Told = (u64, Said, Zeroizing<String>);

/// What the gateways say of some rows, in their order.
async fn said(newsroom: &Newsroom, items: Vec<Item>) -> Result<Vec<Told>, Asked> {
    let asking = items.into_iter().map(async |item| match item {
        Item::Left(line, why) => Ok((line, Said::Left(why), Zeroizing::default())),
        Item::Row(row) => Ok((row.line, of_row(newsroom, &row).await?, row.address)),
    });
    stream::iter(asking).buffered(AT_ONCE).try_collect().await
}

async fn of_row(newsroom: &Newsroom, row: &Row) -> Result<Said, Asked> {
    let (name, which) = match &row.named {
        Named::Customer(customer) => (GatewayName::Stripe, Which::Customer(customer.clone())),
        Named::Subscription(name, token) => {
            // What is here need not be asked for: a file that is read again is through quickly.
            let mut tx = newsroom.store().read().await?;
            if store::contribution_by_token(&mut tx, *name, token).await?.is_some() {
                return Ok(Said::Known);
            }
            (*name, Which::One(token.clone()))
        }
    };
    let Some(gateway) = newsroom.gateways().get(name) else { return Ok(Said::Anew("gateway-off")) };
    Ok(match all(gateway, &which).await.map_err(Asked::Gateway)? {
        // Ghost knows customers that never paid anything.
        Some(held) if held.is_empty() && matches!(which, Which::Customer(_)) => Said::Left(Left::Free),
        Some(held) if !held.is_empty() => Said::Held(name, held),
        None | Some(_) => Said::Anew("not-found"),
    })
}

/// Writes what was said, and counts it; the lines of what is no pledge now, and why.
async fn write(taking: &mut Taking<'_>, said: &[Told]) -> Result<Vec<(u64, &'static str)>, Error> {
    let mut tx = taking.tx().await?;
    let mut lines = Vec::new();
    for (line, said, address) in said {
        match said {
            Said::Known => taking.report.count(Took::Known),
            Said::Left(Left::Alone) => lines.push((*line, taking.report.anew(Left::Alone.as_str()))),
            Said::Anew(why) => lines.push((*line, taking.report.anew(why))),
            Said::Left(why) => {
                taking.report.count(Took::Left(why.as_str()));
                lines.push((*line, why.as_str()));
            }
            Said::Held(gateway, held) => {
                for one in held {
                    if let Took::Left(why) = taking.one_in_tx(&mut tx, *gateway, one, address).await? {
                        lines.push((*line, why));
                    }
                }
            }
        }
    }
    if !taking.report.dry_run {
        tx.commit().await?;
    }
    Ok(lines)
}
