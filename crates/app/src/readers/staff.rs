//! What a publisher does because somebody asked in another way: by letter, by telephone. The address is typed in and kept
//! nowhere; the log tells that it was done, not for whom.

use model::{Role, Staff};
use vault::{Address, Smtputf8};

use super::{After, Wrong, erase::erase_in_tx, erase::keep_in_tx, this_week};
use crate::{
    Newsroom,
    error::Error,
    staff::Denial,
    support::{
        contributions::{self, Managing},
        reminders,
    },
};

/// What somebody asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// To be forgotten.
    Erase(After),
    /// To be able to sign up again.
    LetIn,
}

impl Wish {
    /// From a form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "let-in" => Some(Self::LetIn),
            other => After::parse(other).map(Self::Erase),
        }
    }

    fn deed(self) -> &'static str {
        match self {
            Self::Erase(_) => "subscriber.erase",
            Self::LetIn => "subscriber.let_in",
        }
    }
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Granted {
    /// It is done, if there was anything to do.
    Done,
    /// But for a pledge, which its gateway did not end: it runs on, and who gives stays known until it is asked for again.
    PledgeRuns,
}

/// Does what somebody asked for; pledges of theirs are ended. Unless one can't be, what is answered does not tell whether the
/// address was known.
///
/// # Errors
/// [`Denial::Role`] for anybody but publishers; [`Error::Refused`] when the address can't be one or the keys are away.
pub async fn on_request(newsroom: &Newsroom, staff: &Staff, address: &str, wish: Wish) -> Result<Granted, Error> {
    if staff.role < Role::Publisher {
        return Err(Denial::Role.into());
    }
    let address = Address::parse(address, Smtputf8::Allowed).map_err(|error| Error::Refused(error.to_string()))?;
    let away = "the keys are locked away, and without them no address can be found; unlock them first";
    let ring = newsroom.keys().map_err(|_| Error::Refused(away.to_owned()))?;
    let granted = match wish {
        Wish::Erase(_) => match contributions::erase_all_of(newsroom, &ring, &address).await? {
            Managing::Done(()) => Granted::Done,
            Managing::Gone | Managing::Wrong(_) | Managing::Cannot | Managing::Away => Granted::PledgeRuns,
        },
        Wish::LetIn => Granted::Done,
    };
    let (lookup, week) = (ring.lookup(&address), this_week(newsroom));
    let mut tx = newsroom.store().begin().await?;
    match wish {
        Wish::Erase(after) => {
            store::outbox_forget(&mut tx, &lookup).await?;
            reminders::forget_in_tx(&mut tx, &ring, &address).await?;
            match store::subscriber_by_lookup(&mut tx, &lookup).await? {
                Some(subscriber) => erase_in_tx(&mut tx, &subscriber, after, week).await?,
                None => keep_in_tx(&mut tx, lookup, after, week).await?,
            }
        }
        Wish::LetIn => drop(store::suppression_delete(&mut tx, &lookup).await?),
    }
    let now = newsroom.clock().now();
    store::audit_append(&mut tx, now, staff.handle.as_str(), wish.deed(), None, "{}").await?;
    tx.commit().await?;
    Ok(granted)
}

/// The key of what is said of an address that can't be one.
#[must_use]
pub fn wrong_key(address: &str) -> Option<&'static str> {
    Address::parse(address, Smtputf8::Allowed).err().map(|error| Wrong::Address(error).key())
}
