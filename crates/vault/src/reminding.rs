//! What the links of reminders carry. A row goes with its last mail, so that everything a link needs stands in the link.

use data_encoding::BASE64URL_NOPAD;
use model::{
    Language, ReminderId, Week,
    reminder::{Day, Every},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{
    address::{Address, Smtputf8},
    link::{Links, Purpose, Token, TokenError, id, two},
    padding::{pad, unpad},
};

/// Somebody who asked to be reminded, or was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminding {
    /// The row that there is, was, or will be.
    pub id: ReminderId,
    /// Their address.
    pub address: Address,
    /// The language that they read.
    pub language: Language,
    /// The day that was chosen, or the one on which they were reminded.
    pub due: Day,
    /// How often after that.
    pub every: Option<Every>,
    /// The version of the Privacy Policy that they agreed to.
    pub policy: String,
    /// Whether subject and sender are to say nothing of the newsroom.
    pub neutral: bool,
    /// The last week in which the link is good.
    pub until: Week,
}

/// As JSON in the token: a list without names, because a link should be short.
#[derive(Serialize, Deserialize)]
struct Written<'a>(String, &'a str, Language, Day, u8, &'a str, u8, Week);

impl Reminding {
    fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let id = BASE64URL_NOPAD.encode(self.id.0.as_bytes());
        let every = self.every.map_or(0, |every| every.0);
        let (address, language, policy) = (self.address.as_str(), self.language.clone(), self.policy.as_str());
        let written = Written(id, address, language, self.due, every, policy, u8::from(self.neutral), self.until);
        // Strings and numbers alone: this does not fail.
        Zeroizing::new(serde_json::to_vec(&written).unwrap_or_default())
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let Written(id, address, language, due, every, policy, marks, until) = serde_json::from_slice(bytes).ok()?;
        let id = BASE64URL_NOPAD.decode(id.as_bytes()).ok()?;
        Some(Self {
            id: ReminderId(Uuid::from_slice(&id).ok()?),
            address: Address::parse(address, Smtputf8::Allowed).ok()?,
            language,
            due,
            every: Every::of(every),
            policy: policy.to_owned(),
            neutral: marks & 1 != 0,
            until,
        })
    }
}

impl Links<'_> {
    /// Confirms that somebody wants to be reminded. It carries everything: nothing is stored before.
    #[must_use]
    pub fn remind_confirm(&self, reminding: &Reminding) -> Token {
        self.seal(Purpose::RemindConfirm, &pad(&reminding.to_bytes()))
    }

    /// Reads [`Links::remind_confirm`]. Whoever reads it says what becomes of one that is too old ([`Reminding::until`]).
    ///
    /// # Errors
    /// [`TokenError::Forged`].
    pub fn read_remind_confirm(&self, text: &str) -> Result<Reminding, TokenError> {
        self.read_reminding(Purpose::RemindConfirm, text)
    }

    /// Stands in a reminder: puts off, asks again, stops, erases.
    #[must_use]
    pub fn remind(&self, reminding: &Reminding) -> Token {
        self.seal(Purpose::Remind, &pad(&reminding.to_bytes()))
    }

    /// Reads [`Links::remind`].
    ///
    /// # Errors
    /// [`TokenError::Expired`] where its week is over, otherwise [`TokenError::Forged`].
    pub fn read_remind(&self, text: &str, now: Week) -> Result<Reminding, TokenError> {
        let read = self.read_reminding(Purpose::Remind, text)?;
        if now > read.until { Err(TokenError::Expired) } else { Ok(read) }
    }

    fn read_reminding(&self, purpose: Purpose, text: &str) -> Result<Reminding, TokenError> {
        let padded = self.open(purpose, text)?;
        unpad(&padded).and_then(Reminding::from_bytes).ok_or(TokenError::Forged)
    }

    /// Stops one reminder, until the end of a week. It names no address, and outlives a change of keys.
    #[must_use]
    pub fn remind_stop(&self, reminder: ReminderId, until: Week) -> Token {
        let until = u32::try_from(until.0).unwrap_or(0).to_be_bytes();
        self.seal(Purpose::RemindStop, &[reminder.0.as_bytes().as_slice(), &until].concat())
    }

    /// Reads [`Links::remind_stop`].
    ///
    /// # Errors
    /// [`TokenError::Expired`] where its week is over, otherwise [`TokenError::Forged`].
    pub fn read_remind_stop(&self, text: &str, now: Week) -> Result<ReminderId, TokenError> {
        let plain = self.open(Purpose::RemindStop, text)?;
        let (reminder, until) = two(&plain)?;
        let until = Week(u32::from_be_bytes(until.try_into().map_err(|_| TokenError::Forged)?).into());
        if now > until { Err(TokenError::Expired) } else { Ok(ReminderId(id(reminder)?)) }
    }
}
