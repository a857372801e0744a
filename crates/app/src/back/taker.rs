//! Takes mails that are brought or fetched.

use outside::{
    mailback::{Envelope, Nothing, Place, Reading, read},
    receive::{Takes, Verdict},
};
use vault::Links;

use super::{Applied, apply};
use crate::Newsroom;

/// Takes mails for a newsroom.
#[derive(Debug, Clone)]
pub struct Taker(pub Newsroom);

#[async_trait::async_trait]
impl Takes for Taker {
    async fn knows(&self, recipient: &str) -> Verdict {
        let Some(place) = self.0.ways().addresses.as_ref().and_then(|ours| ours.place(recipient)) else {
            return Verdict::NotHere;
        };
        let Ok(keys) = self.0.keys() else { return Verdict::Later };
        // A token that is none of ours is refused before its mail is read.
        let known = match &place {
            Place::Bounce(token) => Links(&keys).read_bounce(token).is_ok(),
            Place::Unsubscribe(token) => Links(&keys).read_leave(token).is_ok(),
            Place::UnsubscribePlain | Place::Join(_) | Place::Complaints => true,
        };
        if known { Verdict::Taken } else { Verdict::NotHere }
    }

    async fn take(&self, envelope: Envelope<'_>, bytes: &[u8]) -> Verdict {
        let Some(ours) = &self.0.ways().addresses else { return Verdict::NotHere };
        let notice = match read(ours, envelope, bytes) {
            Ok(Reading::Notice(notice)) => notice,
            Ok(Reading::Nothing(Nothing::NotOurs)) => return Verdict::NotHere,
            Ok(Reading::Nothing(why)) => {
                tracing::debug!(?why, "a mail came back that says nothing");
                return Verdict::Taken;
            }
            Err(too_much) => return Verdict::TooMuch(too_much),
        };
        match apply(&self.0, &notice).await {
            Ok(Applied::Later) => Verdict::Later,
            Ok(applied) => {
                tracing::debug!(?applied, "a mail came back");
                Verdict::Taken
            }
            Err(error) => {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "what a mail says could not be done; it comes again"
                );
                Verdict::Later
            }
        }
    }
}
