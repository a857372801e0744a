//! Being forgotten, by the link in every mail.

use model::{Language, Lookup, OutboxKind, Subscriber, Suppression, SuppressionReason, Week};
use store::Tx;

use super::{
    base,
    leave::forget_in_tx,
    outbox,
    preferences::{Opened, address, known},
    this_week,
};
use crate::{Newsroom, error::Error};

/// What stays of somebody who is erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum After {
    /// Nothing.
    Nothing,
    /// A keyed hash, so that no list that is imported brings them back.
    Fingerprint,
    /// The same, and nobody can have them written to again.
    Never,
}

impl After {
    /// From a form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "nothing" => Self::Nothing,
            "fingerprint" => Self::Fingerprint,
            "never" => Self::Never,
            _ => return None,
        })
    }
}

/// Who was erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erased {
    /// What stayed.
    pub after: After,
    /// The language to say so in.
    pub language: Language,
}

/// Forgets somebody. Where this server can open the address, a last mail says so, in case it wasn't them.
///
/// # Errors
/// When the database fails.
pub async fn erase(
    newsroom: &Newsroom,
    token: &str,
    after: After,
    host: Option<&str>,
) -> Result<Opened<Erased>, Error> {
    let Ok(ring) = newsroom.keys() else { return Ok(Opened::Closed) };
    let mut tx = newsroom.store().begin().await?;
    let opened = known(newsroom, &mut tx, &ring, token).await?;
    let Opened::Yes(known) = opened else {
        return Ok(opened.map(|known| Erased { after, language: known.subscriber.language }));
    };
    let (subscriber, week) = (&known.subscriber, this_week(newsroom));
    erase_in_tx(&mut tx, subscriber, after, week).await?;
    let settings = store::newsroom_settings(&mut tx).await?;
    if let (Some(to), Some(base)) = (address(&ring, subscriber), base(&settings, host)) {
        let content = outbox::Content {
            to: to.to_string(),
            base,
            newsletters: known.gets.iter().map(|one| one.newsletter).collect(),
            names: Vec::new(),
            confirm: String::new(),
            preferences: String::new(),
            week: week.0,
            neutral: subscriber.neutral,
        };
        let (kind, lookup) = (OutboxKind::Goodbye, subscriber.lookup);
        outbox::add_in_tx(newsroom, &mut tx, &ring, kind, lookup, &subscriber.language, &content).await?;
    }
    tx.commit().await?;
    newsroom.wake_outbox();
    Ok(Opened::Yes(Erased { after, language: known.subscriber.language }))
}

/// Forgets somebody, and keeps what is to stay.
pub(super) async fn erase_in_tx(tx: &mut Tx, subscriber: &Subscriber, after: After, week: Week) -> Result<(), Error> {
    forget_in_tx(tx, subscriber, week).await?;
    keep_in_tx(tx, subscriber.lookup, after, week).await
}

/// Keeps what is to stay of an address.
pub(super) async fn keep_in_tx(tx: &mut Tx, lookup: Lookup, after: After, week: Week) -> Result<(), Error> {
    let reason = match after {
        After::Nothing => return Ok(()),
        After::Fingerprint => SuppressionReason::Unsubscribed,
        After::Never => SuppressionReason::Asked,
    };
    Ok(store::suppression_insert(tx, &Suppression { lookup, reason, week }).await?)
}
