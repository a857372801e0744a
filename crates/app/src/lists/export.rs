//! Writing out addresses.

use std::{collections::HashMap, io::Write, path::Path};

use model::{NewsletterId, Subscriber, Subscription};
use serde::Serialize;
use serde_json::json;
use vault::{Bind, Keyring};
use zeroize::Zeroizing;

use super::rejects::{create, quoted};
use crate::{Newsroom, error::Error, vault::OnRow};

/// The columns of the file.
pub const EXPORT_COLUMNS: [&str; 7] = ["email", "state", "language", "newsletters", "policy", "consent_week", "source"];

/// Rows read at a time.
const PAGE: i64 = 500;

/// What to write out.
#[derive(Debug, Clone)]
pub struct Export<'a> {
    /// The file to make.
    pub file: &'a Path,
    /// The slug of a newsletter, for those who get it alone.
    pub newsletter: Option<&'a str>,
    /// What the log says: `vault.export` or `list.export`.
    pub action: &'static str,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Written {
    /// The file.
    pub file: String,
    /// Addresses in it.
    pub addresses: u64,
    /// Rows that no key opens.
    pub dead: u64,
}

/// Opens every address and writes it into a new file that only its owner can read. The log says so before the first one is
/// opened, whatever comes of it.
///
/// # Errors
/// [`Error::Closed`] without the keys; [`Error::Refused`] where the private half is on another machine, or the file is there.
pub async fn export(newsroom: &Newsroom, actor: &str, what: &Export<'_>, on: OnRow<'_>) -> Result<Written, Error> {
    let keys = newsroom.keys()?;
    if !keys.can_open() {
        let elsewhere = "addresses are opened on the machine that holds the private keyring: do this there";
        return Err(Error::Refused(elsewhere.to_owned()));
    }
    let only = match what.newsletter {
        Some(slug) => Some(super::import::newsletter(newsroom, Some(slug)).await?),
        None => None,
    };
    let mut out = create(what.file)?;
    let mut tx = newsroom.store().begin().await?;
    let detail = json!({ "name": only.as_ref().map(|newsletter| newsletter.settings.name.clone()) });
    let subject = only.as_ref().map(|newsletter| newsletter.id.0);
    store::audit_append(&mut tx, newsroom.clock().now(), actor, what.action, subject, &detail.to_string()).await?;
    tx.commit().await?;
    let mut writing = Writing { keys: &keys, only: only.map(|newsletter| newsletter.id), slugs: HashMap::new() };
    let done = writing.all(newsroom, what.file, &mut out, on).await?;
    out.flush().map_err(|source| Error::io(what.file, source))?;
    out.get_ref().sync_all().map_err(|source| Error::io(what.file, source))?;
    Ok(Written { file: what.file.display().to_string(), addresses: done.0, dead: done.1 })
}

struct Writing<'a> {
    keys: &'a Keyring,
    only: Option<NewsletterId>,
    slugs: HashMap<NewsletterId, String>,
}

impl Writing<'_> {
    /// Writes everybody of one moment: how many, and how many no key opens.
    async fn all(
        &mut self,
        newsroom: &Newsroom,
        path: &Path,
        out: &mut (impl Write + Send),
        on: OnRow<'_>,
    ) -> Result<(u64, u64), Error> {
        let named = |source| Error::io(path, source);
        let mut tx = newsroom.store().read().await?;
        self.slugs =
            store::newsletter_all(&mut tx).await?.into_iter().map(|one| (one.id, one.slug.to_string())).collect();
        let total = u64::try_from(store::subscriber_count(&mut tx).await?).unwrap_or(0);
        out.write_all(format!("{}\r\n", EXPORT_COLUMNS.join(",")).as_bytes()).map_err(named)?;
        let (mut written, mut dead, mut seen, mut after) = (0, 0, 0, None);
        loop {
            let page = store::subscriber_page(&mut tx, after, PAGE).await?;
            let (Some(first), Some(last)) = (page.first(), page.last()) else { return Ok((written, dead)) };
            let gets = store::subscription_between(&mut tx, first.id, last.id).await?;
            for row in &page {
                let gets: Vec<NewsletterId> = of(&gets, row);
                if self.only.is_some_and(|only| !gets.contains(&only)) {
                    continue;
                }
                match self.line(row, &gets) {
                    Some(line) => {
                        out.write_all(line.as_bytes()).map_err(named)?;
                        written += 1;
                    }
                    None => dead += 1,
                }
            }
            seen += page.len() as u64;
            after = Some(last.id);
            on(seen, total.max(seen));
        }
    }

    fn line(&self, row: &Subscriber, gets: &[NewsletterId]) -> Option<Zeroizing<String>> {
        let opened = self.keys.open(Bind::subscriber(row.id), &row.address).ok()?;
        let slugs: Vec<&str> = gets.iter().filter_map(|id| self.slugs.get(id).map(String::as_str)).collect();
        let week = row.consent.week.start().date_in(&jiff::tz::TimeZone::UTC).to_string();
        let fields = [
            std::str::from_utf8(&opened).ok()?,
            row.state.as_str(),
            row.language.as_str(),
            &slugs.join(" "),
            &row.consent.policy,
            &week,
            &row.consent.source,
        ];
        let mut line = Zeroizing::new(String::with_capacity(160));
        for (at, field) in fields.into_iter().enumerate() {
            if at > 0 {
                line.push(',');
            }
            line.push_str(&quoted(field));
        }
        line.push_str("\r\n");
        Some(line)
    }
}

fn of(gets: &[Subscription], row: &Subscriber) -> Vec<NewsletterId> {
    let start = gets.partition_point(|one| one.subscriber < row.id);
    gets[start..].iter().take_while(|one| one.subscriber == row.id).map(|one| one.newsletter).collect()
}
