//! What a confirmation link carries: all that is known of somebody who signed up, because nothing of it is stored before.

use data_encoding::BASE64URL_NOPAD;
use model::{Language, MailForm, NewsletterId, Week};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::address::{Address, Smtputf8};

/// Somebody who signed up and has not confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignUp {
    /// Their address.
    pub address: Address,
    /// The language that they read.
    pub language: Language,
    /// What they signed up for.
    pub newsletters: Vec<NewsletterId>,
    /// The version of the Privacy Policy that they agreed to.
    pub policy: String,
    /// The week in which they did.
    pub week: Week,
    /// How much of an issue they want.
    pub form: MailForm,
    /// Whether subject and sender are to say nothing of the newsroom.
    pub neutral: bool,
    /// Whether they wrote a mail instead of using a form.
    pub by_mail: bool,
}

/// As JSON in the token: a list without names, because a link should be short.
#[derive(Serialize, Deserialize)]
struct Written<'a>(&'a str, Language, Vec<String>, &'a str, Week, MailForm, u8);

impl SignUp {
    pub(crate) fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let newsletters = self.newsletters.iter().map(|id| BASE64URL_NOPAD.encode(id.0.as_bytes())).collect();
        let marks = u8::from(self.neutral) | (u8::from(self.by_mail) << 1);
        let (address, language) = (self.address.as_str(), self.language.clone());
        let written = Written(address, language, newsletters, &self.policy, self.week, self.form, marks);
        // Strings and numbers alone: this does not fail.
        Zeroizing::new(serde_json::to_vec(&written).unwrap_or_default())
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let Written(address, language, newsletters, policy, week, form, marks) = serde_json::from_slice(bytes).ok()?;
        let newsletter = |text: String| {
            let id = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
            Uuid::from_slice(&id).ok().map(NewsletterId)
        };
        Some(Self {
            address: Address::parse(address, Smtputf8::Allowed).ok()?,
            language,
            newsletters: newsletters.into_iter().map(newsletter).collect::<Option<_>>()?,
            policy: policy.to_owned(),
            week,
            form,
            neutral: marks & 1 != 0,
            by_mail: marks & 2 != 0,
        })
    }
}
