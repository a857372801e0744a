//! An issue to a few addresses that somebody types, to see it arrive.
//!
//! It is what readers would get: the same words and pictures, over the same relays, signed alike. Its subject is marked, and
//! its links to leave and to choose lead to nobody. It goes before the mails of issues. The addresses are written nowhere:
//! the audit row says that there was a test.

use futures::future::join_all;
use model::{IssueId, MailForm, Staff};
use outside::mail::{Blank, Envelope, Marks, Outcome, Personal, Priority, Signer, Template};
use vault::{Address, Smtputf8};

use super::mails;
use crate::{
    Newsroom,
    error::Error,
    issues::{self, Stop},
};

/// Addresses of one test at most.
pub const SAMPLES_MOST: usize = 5;
/// What stands in links instead of a reader's token.
const NOBODY: &str = "test";

/// Which of an issue's mails is to be sent, and to whom.
#[derive(Debug, Clone, Copy)]
pub struct Sample<'a> {
    /// How much of the stories.
    pub form: MailForm,
    /// Whether with the second subject.
    pub other_subject: bool,
    /// What stands before the subject, in the language of who tests: `[Test]`.
    pub mark: &'a str,
    /// Where to, as typed: with spaces, commas or line ends between them.
    pub addresses: &'a str,
}

/// What became of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sampled {
    /// A relay took it.
    Taken,
    /// A relay refused it, with these words.
    Refused(String),
    /// A relay said that it doesn't take it now; nobody tries it again.
    Later(String),
    /// Nobody knows whether it was taken.
    Unknown(String),
    /// It never left.
    Kept(String),
}

impl From<Outcome> for Sampled {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Accepted { .. } => Self::Taken,
            Outcome::Refused { reply, .. } => Self::Refused(reply.to_string()),
            Outcome::Deferred { reply, .. } => Self::Later(reply.to_string()),
            Outcome::Uncertain { why } => Self::Unknown(why.to_string()),
            Outcome::NotSent { why, .. } => Self::Kept(why.to_string()),
        }
    }
}

/// Sends a test, and waits for what relays say: one answer for each address, in their order.
///
/// # Errors
/// [`crate::staff::Denial::Role`], [`crate::staff::Denial::Gone`]; [`Stop`] when an address can't be used, there are none or
/// too many, the issue went out already, has no sender or no site, or there is no relay.
pub async fn sample(
    newsroom: &Newsroom,
    staff: &Staff,
    id: IssueId,
    wanted: &Sample<'_>,
) -> Result<Vec<Sampled>, Error> {
    issues::sends(staff)?;
    let addresses = addresses(wanted.addresses)?;
    if newsroom.mailer().pool.status().is_empty() {
        return Err(Stop::NoRelay.into());
    }
    let mails = made(newsroom, staff, id, wanted, addresses).await?;
    let pool = &newsroom.mailer().pool;
    let sending = mails.iter().map(|(envelope, mail)| pool.send(envelope, mail, Priority::Personal));
    Ok(join_all(sending).await.into_iter().map(Sampled::from).collect())
}

/// The addresses, each once.
fn addresses(typed: &str) -> Result<Vec<Address>, Stop> {
    let mut found: Vec<Address> = Vec::new();
    let parts = typed.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '،' | '؛'));
    for part in parts.filter(|part| !part.is_empty()).take(SAMPLES_MOST * 10) {
        let address = Address::parse(part, Smtputf8::Refused).map_err(|_| Stop::Address(part.to_owned()))?;
        if !found.iter().any(|known| known.as_str() == address.as_str()) {
            found.push(address);
        }
    }
    if found.is_empty() || found.len() > SAMPLES_MOST { Err(Stop::TestAddresses(SAMPLES_MOST)) } else { Ok(found) }
}

/// The mails, with their envelopes. That there is a test is on record before anything leaves.
async fn made(
    newsroom: &Newsroom,
    staff: &Staff,
    id: IssueId,
    wanted: &Sample<'_>,
    addresses: Vec<Address>,
) -> Result<Vec<(Envelope, Vec<u8>)>, Error> {
    let marks = Marks::new(newsroom.chance());
    let doors = (marks.of(Blank::Unsubscribe), marks.of(Blank::Preferences));
    let mut tx = newsroom.store().begin().await?;
    let (newsletter, issue, letter) = issues::sample(newsroom, &mut tx, id, wanted.form, (&doors.0, &doors.1)).await?;
    let settings = store::newsroom_settings(&mut tx).await?;
    issues::note(newsroom, &mut tx, staff.handle.as_str(), "issue.test", &issue, &newsletter).await?;
    let other = letter.other_subject.as_ref().filter(|_| wanted.other_subject);
    let subject = format!("{} {}", wanted.mark, other.map_or(&letter.subject, |(other, _)| other));
    let made = mails::Mail { settings: &settings, slug: &newsletter.slug, number: issue.number, by_mail: false };
    let template = made.template(newsroom, &letter, subject.trim(), &marks)?;
    tx.commit().await?;
    let site = settings.address.unwrap_or_default();
    let named = addresses.into_iter().map(|address| (name(newsroom, &letter.sender), address)).collect();
    let signer = newsroom.mailer().signer.clone();
    let copies = tokio::task::spawn_blocking(move || copies(&template, &signer, &letter.sender, &site, named));
    copies.await?.map_err(|why| Error::Refused(format!("the mail can't be made: {why}")))
}

/// A copy for each address, under its own name.
fn copies(
    template: &Template,
    signer: &Signer,
    sender: &str,
    site: &str,
    to: Vec<(String, Address)>,
) -> Result<Vec<(Envelope, Vec<u8>)>, String> {
    let [leave, choose] = ["unsubscribe", "preferences"].map(|door| format!("{site}/-/newsletter/{door}/{NOBODY}"));
    let copy = |(message_id, address): (String, Address)| {
        let (to, mut mail) = (address.as_str(), Vec::new());
        let personal =
            Personal { to, message_id: &message_id, unsubscribe: &leave, unsubscribe_mail: "", preferences: &choose };
        template.copy(&personal, signer, &mut mail).map_err(|error| error.to_string())?;
        Ok((Envelope::new(sender, to).map_err(|error| error.to_string())?, mail))
    };
    to.into_iter().map(copy).collect()
}

/// A `Message-ID` that no mail of an issue has.
fn name(newsroom: &Newsroom, sender: &str) -> String {
    let hex: String = newsroom.chance().bytes16().iter().map(|byte| format!("{byte:02x}")).collect();
    let domain = sender.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
    format!("test-{hex}@{domain}")
}

#[cfg(test)]
mod tests {
    use super::{Stop, addresses};

    #[test]
    fn one_to_five_addresses_are_read_however_they_are_typed() {
        let read =
            |typed: &str| addresses(typed).map(|all| all.iter().map(|one| one.as_str().to_owned()).collect::<Vec<_>>());
        assert_eq!(read(" a@x.example, b+c@Y.example;\r\na@x.example ").unwrap(), ["a@x.example", "b+c@y.example"]);
        assert_eq!(read("a@x.example،b@x.example").unwrap().len(), 2);
        for bad in ["", " ,; ", "a@x.a b@x.a c@x.a d@x.a e@x.a f@x.a"] {
            assert_eq!(read(bad).unwrap_err(), Stop::TestAddresses(5), "{bad:?}");
        }
        assert_eq!(read("a@x.example nobody").unwrap_err(), Stop::Address("nobody".to_owned()));
    }
}
