//! Tokens that stand in links and in addresses.
//!
//! A token is what it says, encrypted with AES-256-GCM-SIV (RFC 8452) under a key of its own, with its purpose as associated
//! data. It is deterministic: the same link is the same text, so nothing has to be stored of it, and the purpose of one can't be
//! taken for another. The nonce is always zero; that is what this cipher is made to bear.

use aes_gcm_siv::{
    Aes256GcmSiv, KeyInit as _, Nonce,
    aead::{Aead as _, Payload},
};
use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD};
use model::{IssueId, SubscriberId, Week};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{
    key::Key,
    keyring::Keyring,
    padding::{pad, unpad},
    sign_up::SignUp,
};

/// No token is longer: nothing is decoded beyond it.
const LONGEST: usize = 8192;

/// A token, to be written in one of two ways. Both are read again by the same functions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token(Vec<u8>);

impl Token {
    /// For a URL: base64url without padding.
    #[must_use]
    pub fn url(&self) -> String {
        BASE64URL_NOPAD.encode(&self.0)
    }

    /// For mail, where upper and lower case may be lost: base32, in lower case. Of [`Links::bounce`] and [`Links::leave`] it
    /// has 56 characters, so that `bounces+` before it makes a local part of 64 (RFC 5321, 4.5.3.1.1).
    #[must_use]
    pub fn mail(&self) -> String {
        BASE32_NOPAD.encode(&self.0).to_ascii_lowercase()
    }

    /// Whether a text has the shape of an [`Links::unsubscribe`] token: what can be told while the keys are away.
    #[must_use]
    pub fn may_unsubscribe(text: &str) -> bool {
        decoded(text).any(|bytes| bytes.len() == 48)
    }
}

/// Why a token does nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// It was changed or cut, is of another newsroom, or was made for another purpose.
    #[error("this link is not one of ours, or a part of it is missing")]
    Forged,
    /// It was good for some weeks.
    #[error("this link is too old")]
    Expired,
}

/// Who no longer wants what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unsubscribe {
    /// The issue whose mail the link stood in: it says which newsletter.
    pub issue: IssueId,
    /// Who.
    pub subscriber: SubscriberId,
}

/// Whose preferences are opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preferences {
    /// Whose.
    pub subscriber: SubscriberId,
    /// The last week in which the link is good.
    pub until: Week,
}

/// What tokens are for. The text is associated data: changing it makes every token of that kind worthless.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Purpose {
    Unsubscribe,
    Leave,
    Bounce,
    Preferences,
    Confirm,
    RemindConfirm,
    Remind,
    RemindStop,
}

impl Purpose {
    fn name(self) -> &'static [u8] {
        match self {
            Self::Unsubscribe => b"masthead token unsubscribe",
            Self::Leave => b"masthead token leave",
            Self::Bounce => b"masthead token bounce",
            Self::Preferences => b"masthead token preferences",
            Self::Confirm => b"masthead token confirm",
            Self::RemindConfirm => b"masthead token remind confirm",
            Self::Remind => b"masthead token remind",
            Self::RemindStop => b"masthead token remind stop",
        }
    }

    /// Whether a key that was replaced still opens it. What shows an address, or stores one, needs the newest.
    fn outlives_its_key(self) -> bool {
        match self {
            Self::Unsubscribe | Self::Leave | Self::Bounce | Self::RemindStop => true,
            Self::Preferences | Self::Confirm | Self::RemindConfirm | Self::Remind => false,
        }
    }
}

/// Makes and reads tokens with a keyring.
#[derive(Debug, Clone, Copy)]
pub struct Links<'a>(pub &'a Keyring);

impl Links<'_> {
    /// Unsubscribes from the newsletter of an issue. Good for as long as the keyring exists.
    #[must_use]
    pub fn unsubscribe(&self, issue: IssueId, subscriber: SubscriberId) -> Token {
        self.seal(Purpose::Unsubscribe, &[issue.0.as_bytes().as_slice(), subscriber.0.as_bytes()].concat())
    }

    /// Reads [`Links::unsubscribe`].
    ///
    /// # Errors
    /// [`TokenError::Forged`].
    pub fn read_unsubscribe(&self, text: &str) -> Result<Unsubscribe, TokenError> {
        let plain = self.open(Purpose::Unsubscribe, text)?;
        let (issue, subscriber) = two(&plain)?;
        Ok(Unsubscribe { issue: IssueId(id(issue)?), subscriber: SubscriberId(id(subscriber)?) })
    }

    /// Unsubscribes by a mail to an address that has the token in its local part. It names a delivery, and is good for as long
    /// as the row of that is kept.
    #[must_use]
    pub fn leave(&self, issue: IssueId, number: i64) -> Token {
        self.seal(Purpose::Leave, &delivery(issue, number))
    }

    /// Reads [`Links::leave`]: the issue, and the number in its audience.
    ///
    /// # Errors
    /// [`TokenError::Forged`].
    pub fn read_leave(&self, text: &str) -> Result<(IssueId, i64), TokenError> {
        read_delivery(&self.open(Purpose::Leave, text)?)
    }

    /// Where a mail that does not arrive is sent back to: a sender's address of its own for each delivery (VERP).
    #[must_use]
    pub fn bounce(&self, issue: IssueId, number: i64) -> Token {
        self.seal(Purpose::Bounce, &delivery(issue, number))
    }

    /// Reads [`Links::bounce`]: the issue, and the number in its audience.
    ///
    /// # Errors
    /// [`TokenError::Forged`].
    pub fn read_bounce(&self, text: &str) -> Result<(IssueId, i64), TokenError> {
        read_delivery(&self.open(Purpose::Bounce, text)?)
    }

    /// Opens somebody's preferences, until the end of a week or until the keys are changed.
    #[must_use]
    pub fn preferences(&self, subscriber: SubscriberId, until: Week) -> Token {
        let until = u32::try_from(until.0).unwrap_or(0).to_be_bytes();
        self.seal(Purpose::Preferences, &[subscriber.0.as_bytes().as_slice(), &until].concat())
    }

    /// Reads [`Links::preferences`].
    ///
    /// # Errors
    /// [`TokenError::Expired`] where the week is over, otherwise [`TokenError::Forged`].
    pub fn read_preferences(&self, text: &str, now: Week) -> Result<Preferences, TokenError> {
        let plain = self.open(Purpose::Preferences, text)?;
        let (subscriber, until) = two(&plain)?;
        let until = Week(u32::from_be_bytes(until.try_into().map_err(|_| TokenError::Forged)?).into());
        if now > until {
            return Err(TokenError::Expired);
        }
        Ok(Preferences { subscriber: SubscriberId(id(subscriber)?), until })
    }

    /// Confirms what somebody signed up for. It carries everything, and is good until the keys are changed; the reader of it
    /// says after how many weeks it is too old.
    #[must_use]
    pub fn confirm(&self, sign_up: &SignUp) -> Token {
        self.seal(Purpose::Confirm, &pad(&sign_up.to_bytes()))
    }

    /// Reads [`Links::confirm`].
    ///
    /// # Errors
    /// [`TokenError::Forged`].
    pub fn read_confirm(&self, text: &str) -> Result<SignUp, TokenError> {
        let padded = self.open(Purpose::Confirm, text)?;
        unpad(&padded).and_then(SignUp::from_bytes).ok_or(TokenError::Forged)
    }

    pub(crate) fn seal(&self, purpose: Purpose, plain: &[u8]) -> Token {
        let payload = Payload { msg: plain, aad: purpose.name() };
        let sealed = self.0.links.first().map(|key| cipher(key).encrypt(&Nonce::default(), payload));
        // It fails for more than 64 GiB alone.
        Token(sealed.and_then(Result::ok).unwrap_or_default())
    }

    pub(crate) fn open(&self, purpose: Purpose, text: &str) -> Result<Zeroizing<Vec<u8>>, TokenError> {
        let keys = if purpose.outlives_its_key() { self.0.links.len() } else { 1 };
        let ciphers: Vec<_> = self.0.links.iter().take(keys).map(cipher).collect();
        decoded(text)
            .find_map(|bytes| {
                let payload = || Payload { msg: bytes.as_slice(), aad: purpose.name() };
                ciphers.iter().find_map(|cipher| cipher.decrypt(&Nonce::default(), payload()).ok())
            })
            .map(Zeroizing::new)
            .ok_or(TokenError::Forged)
    }
}

/// What a text may be: base64url as it stands, or base32 in any case.
fn decoded(text: &str) -> impl Iterator<Item = Vec<u8>> {
    let text = if text.len() > LONGEST { "" } else { text };
    let url = BASE64URL_NOPAD.decode(text.as_bytes()).ok();
    let mail = BASE32_NOPAD.decode(text.to_ascii_uppercase().as_bytes()).ok();
    [url, mail].into_iter().flatten()
}

/// The id, and the number in three bytes or as many more as it needs.
fn delivery(issue: IssueId, number: i64) -> Vec<u8> {
    let number = number.to_be_bytes();
    let zeroes = number.iter().take(number.len() - 3).take_while(|byte| **byte == 0).count();
    [issue.0.as_bytes().as_slice(), &number[zeroes..]].concat()
}

fn read_delivery(plain: &[u8]) -> Result<(IssueId, i64), TokenError> {
    let (issue, number) = two(plain)?;
    let mut bytes = [0; 8];
    let start = bytes.len().checked_sub(number.len()).ok_or(TokenError::Forged)?;
    bytes[start..].copy_from_slice(number);
    Ok((IssueId(id(issue)?), i64::from_be_bytes(bytes)))
}

/// An id, and what follows it.
pub(crate) fn two(plain: &[u8]) -> Result<(&[u8], &[u8]), TokenError> {
    plain.split_at_checked(16).ok_or(TokenError::Forged)
}

pub(crate) fn id(bytes: &[u8]) -> Result<Uuid, TokenError> {
    Uuid::from_slice(bytes).map_err(|_| TokenError::Forged)
}

fn cipher(key: &Key) -> Aes256GcmSiv {
    Aes256GcmSiv::new(key.bytes().into())
}
