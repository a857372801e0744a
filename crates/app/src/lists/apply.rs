//! Writing what was read: a batch to a transaction, in the order of its rows.

use std::collections::{HashMap, HashSet};

use intake::lists::State;
use model::{
    Consent, Language, Lookup, MailForm, Newsletter, Subscriber, SubscriberState, Subscription, Suppression,
    SuppressionReason, Week,
};
use store::{KnownSubscriber, Tx};

use super::{
    import::{Batch, Joining, ListImport, Ready},
    report::Report,
};
use crate::{Newsroom, error::Error};

/// Addresses that are remembered to tell one that stands in a list twice. Beyond, such a one counts as known.
const REMEMBERED: usize = 8_000_000;
/// What the consent of somebody says who came with a list.
const SOURCE: &str = "import:";

/// Writes batches.
pub(super) struct Apply<'a> {
    newsroom: &'a Newsroom,
    newsletter: &'a Newsletter,
    language: Language,
    source: String,
    week: Week,
    dry_run: bool,
    also_known: bool,
    /// The first eight bytes of look-ups of this list: those who want mail and are new, those who were there before, and those
    /// to whom nothing is sent.
    new: HashSet<u64>,
    known: HashSet<u64>,
    stopped: HashSet<u64>,
}

/// What the database says of a batch before it is written, and what the batch changes of it.
struct Around {
    known: HashMap<Lookup, KnownSubscriber>,
    suppressed: HashSet<Lookup>,
    /// Rows that are written at the end of the batch.
    new: Vec<Subscriber>,
}

/// What came of adding somebody from before.
enum Added {
    /// They get this newsletter too now.
    Yes,
    /// They stay as they are.
    No,
    /// They left this very newsletter, and stay out of it.
    Left,
}

impl<'a> Apply<'a> {
    pub(super) fn new(newsroom: &'a Newsroom, list: &ListImport, newsletter: &'a Newsletter) -> Self {
        Self {
            newsroom,
            newsletter,
            language: list.language.clone().unwrap_or_else(|| newsletter.language.clone()),
            source: format!("{SOURCE}{}", list.system.as_str()),
            week: Week::of(newsroom.clock().now()),
            dry_run: list.dry_run,
            also_known: list.also_known,
            new: HashSet::new(),
            known: HashSet::new(),
            stopped: HashSet::new(),
        }
    }

    /// Writes a batch, or counts what it would change.
    pub(super) async fn batch(&mut self, batch: Batch, report: &mut Report) -> Result<(), Error> {
        for (counts, more) in [(&mut report.skipped, batch.skipped), (&mut report.rejected, batch.rejected)] {
            more.into_iter().for_each(|(why, count)| *counts.entry(why).or_default() += count);
        }
        let store = self.newsroom.store();
        let mut tx = if self.dry_run { store.read().await? } else { store.begin().await? };
        let lookups: Vec<Lookup> = batch.ready.iter().map(Ready::lookup).collect();
        let mut around = Around {
            known: store::subscriber_known(&mut tx, &lookups).await?,
            suppressed: store::suppression_known(&mut tx, &lookups).await?,
            new: Vec::new(),
        };
        for ready in batch.ready {
            match ready {
                Ready::Join(joining) => self.join(&mut tx, *joining, &mut around, report).await?,
                Ready::Stop(lookup, state) => self.stop(&mut tx, lookup, state, &mut around, report).await?,
            }
        }
        if self.dry_run {
            return Ok(());
        }
        let new = around.new.len() as u64;
        let written =
            store::subscriber_insert_all(&mut tx, self.newsletter.id, self.week, &around.new).await?.len() as u64;
        // Whoever signed up here in the same moment was counted as new, and is known.
        report.imported -= new - written;
        report.known += new - written;
        Ok(tx.commit().await?)
    }

    async fn join(
        &mut self,
        tx: &mut Tx,
        joining: Joining,
        around: &mut Around,
        report: &mut Report,
    ) -> Result<(), Error> {
        let short = short(&joining.lookup);
        if around.suppressed.contains(&joining.lookup) || self.stopped.contains(&short) {
            report.suppressed += 1;
        } else if self.new.contains(&short) || self.known.contains(&short) {
            report.twice += 1;
        } else if let Some(known) = around.known.get(&joining.lookup) {
            *(match self.add(tx, known).await? {
                Added::Yes => &mut report.added,
                Added::No => &mut report.known,
                Added::Left => &mut report.suppressed,
            }) += 1;
            self.remember(short, false);
        } else {
            report.imported += 1;
            self.remember(short, true);
            around.new.push(self.subscriber(joining));
        }
        Ok(())
    }

    fn remember(&mut self, short: u64, new: bool) {
        if self.new.len() + self.known.len() < REMEMBERED {
            (if new { &mut self.new } else { &mut self.known }).insert(short);
        }
    }

    /// Has somebody from before get this newsletter too, where that was asked for.
    async fn add(&self, tx: &mut Tx, known: &KnownSubscriber) -> Result<Added, Error> {
        if !self.also_known {
            return Ok(Added::No);
        }
        let this = |all: Vec<Subscription>| all.iter().any(|one| one.newsletter == self.newsletter.id);
        if this(store::subscription_left_of(tx, known.id).await?) {
            return Ok(Added::Left);
        }
        let new = Subscription { newsletter: self.newsletter.id, subscriber: known.id, week: self.week };
        let added = match self.dry_run {
            true => !this(store::subscription_of(tx, known.id).await?),
            false => store::subscription_insert(tx, &new).await?,
        };
        Ok(if added { Added::Yes } else { Added::No })
    }

    fn subscriber(&self, joining: Joining) -> Subscriber {
        Subscriber {
            id: joining.id,
            lookup: joining.lookup,
            address: joining.address,
            language: joining.language.unwrap_or_else(|| self.language.clone()),
            state: SubscriberState::Active,
            paused_until: None,
            form: MailForm::Full,
            neutral: false,
            consent: Consent {
                policy: joining.policy.unwrap_or_default(),
                week: joining.since.unwrap_or(self.week),
                source: self.source.clone(),
            },
            bounces: 0,
        }
    }

    /// Has nothing sent to somebody. Whoever signed up here themselves stays: that is the newer word.
    async fn stop(
        &mut self,
        tx: &mut Tx,
        lookup: Lookup,
        state: State,
        around: &mut Around,
        report: &mut Report,
    ) -> Result<(), Error> {
        let here = around.known.get(&lookup);
        if here.is_some_and(|known| !known.source.starts_with(SOURCE)) {
            report.stayed += 1;
            return Ok(());
        }
        let before = around.suppressed.contains(&lookup) || !self.stopped.insert(short(&lookup));
        let (new, known) = (self.new.remove(&short(&lookup)), self.known.remove(&short(&lookup)));
        around.new.retain(|new| new.lookup != lookup);
        if here.is_some() || new || known {
            report.removed += 1;
        }
        if new {
            // It was counted as new, from this very list.
            report.imported = report.imported.saturating_sub(1);
            report.twice += 1;
        }
        if before {
            report.stopped_before += 1;
        } else {
            report.stopped.count(state);
        }
        if self.dry_run {
            return Ok(());
        }
        if let Some(known) = here {
            for one in store::subscription_of(tx, known.id).await? {
                store::subscription_delete(tx, one.newsletter, known.id, self.week).await?;
            }
            store::subscriber_delete(tx, known.id).await?;
            around.known.remove(&lookup);
        }
        around.suppressed.insert(lookup);
        Ok(store::suppression_insert(tx, &Suppression { lookup, reason: reason(state), week: self.week }).await?)
    }
}

impl Ready {
    fn lookup(&self) -> Lookup {
        match self {
            Self::Join(joining) => joining.lookup,
            Self::Stop(lookup, _) => *lookup,
        }
    }
}

fn reason(state: State) -> SuppressionReason {
    match state {
        State::Complained => SuppressionReason::Complaint,
        State::Blocked => SuppressionReason::Asked,
        State::Bounced => SuppressionReason::Bounce,
        State::Unsubscribed | State::Subscribed | State::Unconfirmed | State::NeverAgreed | State::Deleted => {
            SuppressionReason::Import
        }
    }
}

fn short(lookup: &Lookup) -> u64 {
    let [a, b, c, d, e, f, g, h, ..] = lookup.0;
    u64::from_be_bytes([a, b, c, d, e, f, g, h])
}
