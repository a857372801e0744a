//! Taking in a list: read and sealed on a thread, written here.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use intake::lists::{Item, List, Row, Source, State, System, sources};
use model::{Language, Lookup, Newsletter, Sealed, SubscriberId, Week};
use serde_json::json;
use tokio::sync::mpsc;
use vault::{Address, Bind, Keyring, Smtputf8};

use super::{apply::Apply, rejects::Rejects, report::Report};
use crate::{Newsroom, error::Error, issues::newsletter_named, vault::Changing};

/// Rows that go on together.
pub(super) const BATCH: usize = 500;

/// What to take in, and how.
#[derive(Debug, Clone)]
pub struct ListImport {
    /// Whose export it is.
    pub system: System,
    /// Its files, or folders of files, in the order in which they are to be read.
    pub paths: Vec<PathBuf>,
    /// The slug of the newsletter that they get; `None` where there is one alone.
    pub newsletter: Option<String>,
    /// The language of those of whom the list does not say it; `None` for the newsletter's own.
    pub language: Option<Language>,
    /// What whoever imports says of those of whom the list says nothing.
    pub said: Option<State>,
    /// Whether to count alone.
    pub dry_run: bool,
    /// Whether subscribers from before get this newsletter too.
    pub also_known: bool,
    /// Where to write down the rows that can't be used.
    pub rejects: Option<PathBuf>,
    /// Whether their addresses stand there too.
    pub rejects_with_addresses: bool,
}

impl ListImport {
    /// These files for the one newsletter that there is, as they stand: nothing said of anybody, and no rejects written down.
    #[must_use]
    pub fn new(system: System, paths: Vec<PathBuf>) -> Self {
        Self {
            system,
            paths,
            newsletter: None,
            language: None,
            said: None,
            dry_run: false,
            also_known: false,
            rejects: None,
            rejects_with_addresses: false,
        }
    }
}

/// Told how many bytes were read, of how many, and how many rows.
pub type OnProgress = Arc<dyn Fn(u64, u64, u64) + Send + Sync>;

/// What goes on from the reader: no address is in it.
pub(super) enum Ready {
    /// Somebody who wants mail.
    Join(Box<Joining>),
    /// Somebody who doesn't.
    Stop(Lookup, State),
}

/// Somebody who wants mail.
pub(super) struct Joining {
    pub(super) id: SubscriberId,
    pub(super) lookup: Lookup,
    pub(super) address: Sealed,
    pub(super) language: Option<Language>,
    pub(super) since: Option<Week>,
    pub(super) policy: Option<String>,
}

/// Rows that were read together.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) ready: Vec<Ready>,
    pub(super) skipped: BTreeMap<&'static str, u64>,
    pub(super) rejected: BTreeMap<&'static str, u64>,
    rows: u64,
    progress: (u64, u64),
}

/// Takes in a list.
///
/// # Errors
/// [`Error::Closed`] without the keys; [`Error::Refused`] when it is no such list, or there is no such newsletter; else when the
/// file or the database fails: what was written until then stays, and the same again goes on from there.
pub async fn import(newsroom: &Newsroom, actor: &str, list: &ListImport, on: OnProgress) -> Result<Report, Error> {
    let keys = newsroom.keys()?;
    let newsletter = newsletter(newsroom, list.newsletter.as_deref()).await?;
    let (files, passed_by) = files(list)?;
    let rejects = Rejects::create(list.rejects.as_deref(), list.rejects_with_addresses)?;
    // Look-ups must not change meanwhile.
    let _changing = Changing::of(newsroom).await?;
    let names = files.iter().map(Source::name).collect();
    let mut report = Report { dry_run: list.dry_run, files: names, passed_by, ..Report::default() };
    if !list.dry_run {
        noted(newsroom, actor, "list.import", list.system, &newsletter, &json!({})).await?;
    }
    let (sender, mut batches) = mpsc::channel(2);
    let reader = Reader { keys, newsroom: newsroom.clone(), system: list.system, said: list.said, rejects, sender };
    let reading = tokio::task::spawn_blocking(move || reader.run(&files));
    let mut apply = Apply::new(newsroom, list, &newsletter);
    while let Some(batch) = batches.recv().await {
        report.rows += batch.rows;
        let (done, total) = batch.progress;
        apply.batch(batch, &mut report).await?;
        on(done, total, report.rows);
    }
    reading.await??;
    if !list.dry_run {
        let counts = serde_json::to_value(&report)?;
        noted(newsroom, actor, "list.imported", list.system, &newsletter, &counts).await?;
        if let Err(error) = newsroom.store().optimize().await {
            tracing::warn!(%error, "the database could not measure itself after the import; the next one does");
        }
    }
    Ok(report)
}

/// The files of a list, those of whom nothing is sent to first, and the names of what is no list.
fn files(list: &ListImport) -> Result<(Vec<Source>, Vec<String>), Error> {
    let (mut files, mut passed_by) = (Vec::new(), Vec::new());
    for path in &list.paths {
        let (found, passed) = sources(list.system, path).map_err(refused)?;
        files.extend(found);
        passed_by.extend(passed);
    }
    // Stable: else in the order in which they were named.
    files.sort_by_key(|source| source.state == Some(State::Subscribed) || source.state.is_none());
    if files.is_empty() {
        return Err(Error::Refused("name the file of the list, or its folder".to_owned()));
    }
    Ok((files, passed_by))
}

/// The newsletter of this slug, or the only one that there is.
pub(super) async fn newsletter(newsroom: &Newsroom, slug: Option<&str>) -> Result<Newsletter, Error> {
    if let Some(slug) = slug {
        return newsletter_named(newsroom, slug).await;
    }
    let mut all = store::newsletter_all(&mut newsroom.store().read().await?).await?;
    match all.len() {
        1 => Ok(all.remove(0)),
        0 => Err(Error::Refused("there is no newsletter yet; make one at the desk first".to_owned())),
        _ => {
            let slugs = all.iter().map(|one| one.slug.to_string()).collect::<Vec<_>>().join(", ");
            Err(Error::Refused(format!("say which newsletter with --newsletter; there are: {slugs}")))
        }
    }
}

async fn noted(
    newsroom: &Newsroom,
    actor: &str,
    action: &str,
    system: System,
    newsletter: &Newsletter,
    counts: &serde_json::Value,
) -> Result<(), Error> {
    // Names of files may be names of people; they stay out of the log.
    let counts = counts.as_object().map(|all| {
        all.iter().filter(|(key, _)| !matches!(key.as_str(), "files" | "passed_by")).collect::<BTreeMap<_, _>>()
    });
    let detail = json!({ "system": system.as_str(), "name": newsletter.settings.name, "counts": counts });
    let mut tx = newsroom.store().begin().await?;
    let now = newsroom.clock().now();
    store::audit_append(&mut tx, now, actor, action, Some(newsletter.id.0), &detail.to_string()).await?;
    Ok(tx.commit().await?)
}

fn refused(error: intake::lists::Error) -> Error {
    match error {
        intake::lists::Error::Io(path, source) => Error::Io { path, source },
        other => Error::Refused(other.to_string()),
    }
}

/// Reads, checks and seals, on a thread of its own.
struct Reader {
    keys: Arc<Keyring>,
    newsroom: Newsroom,
    system: System,
    said: Option<State>,
    rejects: Rejects,
    sender: mpsc::Sender<Batch>,
}

impl Reader {
    fn run(mut self, files: &[Source]) -> Result<(), Error> {
        let mut opened = Vec::with_capacity(files.len());
        for source in files {
            // All before the first row is read: nothing is taken in of a list that is wrong in part.
            opened.push((source.name(), List::open(self.system, source, self.said).map_err(refused)?));
        }
        let total = opened.iter().map(|(_, list)| list.progress().1).sum();
        let mut before = 0;
        for (name, mut list) in opened {
            let mut batch = Batch::default();
            while let Some(item) = list.next_item().map_err(|source| Error::Io { path: name.clone(), source })? {
                self.take(item, &name, &mut batch)?;
                if usize::try_from(batch.rows).is_ok_and(|rows| rows >= BATCH) {
                    batch.progress = (before + list.progress().0, total);
                    self.send(&mut batch)?;
                }
            }
            before += list.progress().1;
            batch.progress = (before, total);
            self.send(&mut batch)?;
        }
        self.rejects.finish()
    }

    fn send(&self, batch: &mut Batch) -> Result<(), Error> {
        // Whoever writes has gone because of an error, which is told there.
        self.sender.blocking_send(std::mem::take(batch)).map_err(|_| Error::Refused("the import stopped".to_owned()))
    }

    fn take(&mut self, item: Item, file: &str, batch: &mut Batch) -> Result<(), Error> {
        batch.rows += 1;
        let row = match item {
            Item::Row(row) => row,
            Item::Rejected(line, why) => {
                *batch.rejected.entry(why.as_str()).or_default() += 1;
                return self.rejects.note(file, line, why.as_str(), "");
            }
        };
        if matches!(row.state, State::Unconfirmed | State::NeverAgreed | State::Deleted) {
            *batch.skipped.entry(row.state.as_str()).or_default() += 1;
            return self.rejects.note(file, row.line, row.state.as_str(), &row.address);
        }
        match Address::parse(&row.address, Smtputf8::Refused) {
            Ok(address) => batch.ready.push(self.sealed(&row, &address)),
            Err(why) => {
                *batch.rejected.entry(why.as_str()).or_default() += 1;
                self.rejects.note(file, row.line, why.as_str(), &row.address)?;
            }
        }
        Ok(())
    }

    fn sealed(&self, row: &Row, address: &Address) -> Ready {
        let lookup = self.keys.lookup(address);
        if row.state != State::Subscribed {
            return Ready::Stop(lookup, row.state);
        }
        let chance = self.newsroom.chance();
        let id = SubscriberId::new(chance);
        Ready::Join(Box::new(Joining {
            id,
            lookup,
            address: self.keys.seal(chance, Bind::subscriber(id), address.as_str().as_bytes()),
            language: row.language.clone(),
            since: row.since,
            policy: row.policy.clone(),
        }))
    }
}
