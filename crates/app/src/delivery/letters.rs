//! One reader's letter: the address opened, the copy made and signed. Nothing of it is stored, logged or kept longer than the
//! mail is under way.

use std::{collections::HashMap, sync::Arc};

use model::{IssueForm, IssueId, Week};
use outside::{
    mail::{Envelope, FrozenError, Personal, Pool, Signer, Template},
    mailback::Addresses,
};
use store::Reserved;
use vault::{Address, Bind, Keyring, Links, OpenError, Provider, Smtputf8};

use super::retry::PUT_OFF_MS;
use crate::readers::{PREFERENCES_WEEKS, at};

/// The shortest: what waits less is not worth a transaction.
const PUT_OFF_LEAST_MS: i64 = 1_000;

/// A letter that can be sent.
#[derive(Debug)]
pub(super) struct Letter {
    pub(super) reserved: Reserved,
    /// Whose mailbox it is, as sums name it.
    pub(super) provider: &'static str,
    pub(super) envelope: Envelope,
    pub(super) mail: Vec<u8>,
}

/// What came of making one.
#[derive(Debug)]
pub(super) enum Made {
    Letter(Box<Letter>),
    /// The mailbox provider asked for less: not for so many milliseconds.
    PutOff(Reserved, i64),
    /// It can't be made, now or ever; why.
    Spoiled(Reserved, &'static str),
    /// The key is not here. Nothing is wrong with the delivery.
    NoKey(Reserved),
}

/// What letters of an issue are made with.
#[derive(Debug, Clone)]
pub(super) struct Press {
    pub(super) issue: IssueId,
    pub(super) week: Week,
    pub(super) keyring: Arc<Keyring>,
    pub(super) signer: Signer,
    pub(super) pool: Pool,
    pub(super) places: Arc<Places>,
    pub(super) frozen: Arc<Frozen>,
}

/// Where a letter's links lead, and where it comes back to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Places {
    /// The site: `https://news.example`.
    pub(super) site: String,
    /// Where mails come back to; `None` where they come back to who sent them.
    pub(super) returns: Option<Addresses>,
}

/// The frozen mails of an issue.
#[derive(Debug, Default)]
pub(super) struct Frozen {
    templates: HashMap<IssueForm, Template>,
    /// The address in their `From`. Not that of the newsletter's settings, which may change while an issue is being sent:
    /// a `Message-ID` must not.
    sender: String,
}

impl Frozen {
    /// From the bytes that were kept when the audience was frozen.
    ///
    /// # Errors
    /// When they are no frozen mail.
    pub(super) fn read(mails: Vec<(IssueForm, Vec<u8>)>) -> Result<Self, FrozenError> {
        let mut frozen = Self::default();
        for (form, bytes) in mails {
            let template = Template::from_bytes(&bytes)?;
            frozen.sender = sender_of(&template).ok_or(FrozenError)?;
            frozen.templates.insert(form, template);
        }
        Ok(frozen)
    }

    fn domain(&self) -> &str {
        self.sender.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

/// The address in a mail's `From`, which all copies share.
fn sender_of(template: &Template) -> Option<String> {
    let personal = Personal {
        to: "a@b.example",
        message_id: "a@b.example",
        unsubscribe: "https://b.example/",
        unsubscribe_mail: "mailto:a@b.example",
        preferences: "https://b.example/",
    };
    let mut mail = Vec::new();
    template.copy(&personal, &Signer::default(), &mut mail).ok()?;
    let mail = String::from_utf8_lossy(&mail);
    let (_, from) = mail.split_once("From:")?;
    let (_, address) = from.split_once('<')?;
    Some(address.split_once('>')?.0.to_owned())
}

impl Press {
    /// Makes a letter. Takes as long as signing does: not where it holds others up.
    pub(super) fn make(&self, reserved: Reserved) -> Made {
        let address = match self.address(&reserved) {
            Ok(Some(address)) => address,
            Ok(None) => return Made::Spoiled(reserved, "the address can't be written to"),
            Err(OpenError::Forged) => return Made::Spoiled(reserved, "the sealed address does not open"),
            Err(OpenError::Closed | OpenError::UnknownKey(_)) => return Made::NoKey(reserved),
        };
        let provider = match address.provider() {
            Provider::Other => address.domain(),
            known => known.as_str(),
        };
        if let Some(pause) = self.pool.pause(provider) {
            let pause = i64::try_from(pause.as_millis()).unwrap_or(PUT_OFF_MS);
            return Made::PutOff(reserved, pause.clamp(PUT_OFF_LEAST_MS, PUT_OFF_MS));
        }
        match self.copy(&reserved, &address) {
            Ok((envelope, mail)) => {
                let provider = address.provider().as_str();
                Made::Letter(Box::new(Letter { reserved, provider, envelope, mail }))
            }
            Err(why) => Made::Spoiled(reserved, why),
        }
    }

    fn address(&self, reserved: &Reserved) -> Result<Option<Address>, OpenError> {
        let Some(sealed) = &reserved.address else { return Ok(None) };
        let opened = self.keyring.open(Bind::subscriber(reserved.subscriber), sealed)?;
        let text = std::str::from_utf8(&opened).ok();
        Ok(text.and_then(|text| Address::parse(text, Smtputf8::Refused).ok()))
    }

    fn copy(&self, reserved: &Reserved, address: &Address) -> Result<(Envelope, Vec<u8>), &'static str> {
        let template = self.frozen.templates.get(&reserved.form).ok_or("the issue has no mail of this form")?;
        let (links, places) = (Links(&self.keyring), &self.places);
        let (issue, subscriber, site) = (self.issue, reserved.subscriber, &places.site);
        let bounce = links.bounce(issue, reserved.number).mail();
        let until = Week(self.week.0 + PREFERENCES_WEEKS);
        let leave = |ours: &Addresses| ours.unsubscribe(&links.leave(issue, reserved.number).mail());
        let by_mail = places.returns.as_ref().map(|ours| format!("mailto:{}", leave(ours)));
        let mut mail = Vec::with_capacity(template.size() + 2_048);
        let personal = Personal {
            to: address.as_str(),
            message_id: &format!("{}@{}", self.keyring.message_name(issue, reserved.number), self.frozen.domain()),
            unsubscribe: &format!("{site}{}", at::unsubscribe(&links.unsubscribe(issue, subscriber).url())),
            unsubscribe_mail: by_mail.as_deref().unwrap_or_default(),
            preferences: &format!("{site}{}", at::preferences(&links.preferences(subscriber, until).url())),
        };
        template.copy(&personal, &self.signer, &mut mail).map_err(|_| "the copy could not be made")?;
        let from = places.returns.as_ref().map_or_else(|| self.frozen.sender.clone(), |ours| ours.bounce(&bounce));
        let envelope = Envelope::new(&from, address.as_str()).map_err(|_| "the address can't be written to")?;
        let envelope = envelope.named(bounce);
        let provider = address.provider();
        Ok((if provider == Provider::Other { envelope } else { envelope.at(provider.as_str()) }, mail))
    }
}
