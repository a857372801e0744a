//! Mails to who gives: a receipt, a payment that failed, a pledge that ended, the link to what one gives.
//!
//! They go the way of the outbox, one for each payment or change, and each has a link of its own.

use model::{
    Contribution, Currency, Frequency, GatewayName, Language, Lookup, Money, OutboxId, OutboxKind, OutboxMail,
    OutboxState, Payment,
};
use outside::payments::Can;
use render::NoteLine;
use serde::{Deserialize, Serialize};
use store::Tx;
use theme::{Arg, Strings};
use vault::{Address, Bind, Keyring};
use zeroize::{Zeroize, Zeroizing};

use super::{at, contact::Contact, link, this_month};
use crate::{
    Newsroom,
    error::Error,
    readers::base,
    support::{contributions::Month, ledger::reference},
};

/// What a mail is about.
#[derive(Debug, Clone, Copy)]
pub(super) enum Letter<'a> {
    /// Money came.
    Receipt(&'a Payment),
    /// A pledge's payment failed.
    Failed,
    /// A pledge ended.
    Ended,
    /// The giver asked for the link.
    Link,
}

impl Letter<'_> {
    fn kind(self) -> OutboxKind {
        match self {
            Self::Receipt(_) => OutboxKind::Receipt,
            Self::Failed => OutboxKind::PledgeFailed,
            Self::Ended => OutboxKind::PledgeEnded,
            Self::Link => OutboxKind::GiverLink,
        }
    }
}

/// What such a mail holds, sealed.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct SupportMail {
    /// The address.
    pub(crate) to: String,
    /// What links begin with.
    pub(crate) base: String,
    /// The token that opens what they give.
    token: String,
    /// How much.
    amount: Money,
    /// How often.
    frequency: Frequency,
    /// In which month.
    month: Month,
    /// What can be quoted to the newsroom.
    reference: String,
    /// By whom it goes, and what can be done about it there; mails of an earlier version don't say.
    #[serde(default)]
    way: Option<Way>,
}

/// What a giver can do about a pledge.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Way {
    /// By whom it goes.
    gateway: GatewayName,
    /// Whether amount and frequency can be changed here.
    change: bool,
    /// Whether there is a page on which they change how they pay.
    method: bool,
}

impl Way {
    /// What its gateway can do; nothing where that is not set up any more.
    fn of(newsroom: &Newsroom, of: &Contribution) -> Self {
        let can = newsroom.gateways().get(of.gateway).map(|gateway| gateway.can());
        let is = |ability: fn(Can) -> bool| can.is_some_and(ability);
        Self { gateway: of.gateway, change: is(Can::change), method: is(Can::method_page) }
    }
}

impl std::fmt::Debug for SupportMail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SupportMail(…)")
    }
}

impl Drop for SupportMail {
    fn drop(&mut self) {
        self.to.zeroize();
        self.token.zeroize();
    }
}

/// Puts a mail about a contribution into the outbox.
pub(super) async fn put_in_tx(
    newsroom: &Newsroom,
    tx: &mut Tx,
    ring: &Keyring,
    of: &Contribution,
    contact: &Contact,
    letter: Letter<'_>,
) -> Result<(), Error> {
    let own = store::newsroom_settings(tx).await?;
    let left = Some(contact.base.as_str()).filter(|base| !base.is_empty());
    let Some(base) = base(&own, None).or_else(|| left.map(str::to_owned)) else {
        tracing::warn!("a giver can't be written to: the newsroom has not said where it is (settings, address)");
        return Ok(());
    };
    let month = this_month(newsroom);
    let (lookup, amount, month, reference) = match letter {
        Letter::Receipt(payment) => {
            (ring.row_lookup("payment", payment.id.0), payment.amount, payment.month, reference(payment.id.0))
        }
        Letter::Failed | Letter::Ended => (ring.row_lookup("pledge", of.id.0), of.amount, month, reference(of.id.0)),
        Letter::Link => (ring.row_lookup("link", of.id.0), of.amount, month, reference(of.id.0)),
    };
    let content = SupportMail {
        to: contact.address.clone(),
        base,
        token: link::make_in_tx(newsroom, tx, of.id).await?,
        amount,
        frequency: of.frequency,
        month,
        reference,
        way: Some(Way::of(newsroom, of)),
    };
    add_in_tx(newsroom, tx, ring, (letter.kind(), lookup), &of.language, &content).await
}

/// Puts a mail into the outbox that is never sent, for an address that gives nothing.
pub(super) async fn put_nothing_in_tx(
    newsroom: &Newsroom,
    tx: &mut Tx,
    ring: &Keyring,
    address: &Address,
    language: &Language,
) -> Result<(), Error> {
    let content = SupportMail {
        to: address.as_str().to_owned(),
        base: String::new(),
        token: String::new(),
        amount: Money::new(0, Currency::USD),
        frequency: Frequency::Once,
        month: this_month(newsroom),
        reference: String::new(),
        way: None,
    };
    add_in_tx(newsroom, tx, ring, (OutboxKind::Nothing, ring.giver_lookup(address)), language, &content).await
}

async fn add_in_tx(
    newsroom: &Newsroom,
    tx: &mut Tx,
    ring: &Keyring,
    (kind, lookup): (OutboxKind, Lookup),
    language: &Language,
    content: &SupportMail,
) -> Result<(), Error> {
    let id = OutboxId::new(newsroom.chance());
    let plain = Zeroizing::new(serde_json::to_vec(content)?);
    let mail = OutboxMail {
        id,
        kind,
        lookup,
        language: language.clone(),
        sealed: ring.seal_transient(newsroom.chance(), Bind::outbox(id), &plain),
        state: OutboxState::Pending,
        tries: 0,
        at: newsroom.clock().now(),
        reply: None,
    };
    store::outbox_add(tx, &mail).await?;
    Ok(())
}

/// What a mail says: subject, heading and lines.
pub(crate) fn write(
    strings: &Strings,
    newsroom: &str,
    failed: Option<&str>,
    kind: OutboxKind,
    mail: &SupportMail,
) -> (String, String, Vec<NoteLine>) {
    let amount = strings.money(mail.amount);
    let month = strings.month_of(mail.month);
    let args = [
        ("newsroom", Arg::from(newsroom)),
        ("amount", amount.as_str().into()),
        ("month", month.as_str().into()),
        ("frequency", mail.frequency.as_str().into()),
        ("reference", mail.reference.as_str().into()),
    ];
    let say = |key: &str| strings.text(key, &args);
    let manage = |key: &str| NoteLine::Button(say(key), format!("{}{}", mail.base, at::manage(&mail.token)));
    let pledge = mail.frequency.is_pledge();
    let (change, method) = mail.way.map_or((true, true), |way| (way.change, way.method));
    let lines = match kind {
        OutboxKind::PledgeFailed => {
            let text = failed.map_or_else(|| say("mail-pledge-failed-text"), str::to_owned);
            let again = again(strings, mail.way);
            let button = if method { "mail-pledge-failed-button" } else { "mail-giver-link-button" };
            let after = NoteLine::After(say("mail-pledge-failed-after"));
            vec![NoteLine::Text(text), NoteLine::Text(again), manage(button), after]
        }
        OutboxKind::PledgeEnded => {
            vec![NoteLine::Text(say("mail-pledge-ended-text")), NoteLine::After(say("mail-pledge-ended-after"))]
        }
        OutboxKind::GiverLink => vec![
            NoteLine::Text(say("mail-giver-link-text")),
            manage("mail-giver-link-button"),
            NoteLine::After(say("mail-giver-link-after")),
        ],
        _ => {
            let mut lines = vec![NoteLine::Text(say("mail-receipt-text")), NoteLine::Text(say("mail-receipt-line"))];
            // One gift has nothing to change, and its giver what is kept of it to see and to erase.
            lines.push(manage(match (pledge, change) {
                (true, true) => "mail-receipt-button",
                (true, false) => "mail-giver-link-button",
                (false, _) => "mail-receipt-data-button",
            }));
            lines.push(NoteLine::After(say("mail-receipt-after")));
            lines
        }
    };
    let name = match kind {
        OutboxKind::PledgeFailed => "mail-pledge-failed",
        OutboxKind::PledgeEnded => "mail-pledge-ended",
        OutboxKind::GiverLink => "mail-giver-link",
        _ => "mail-receipt",
    };
    (strings.text(&format!("{name}-subject"), &args), say(name), lines)
}

/// Whether a payment that failed is tried again, and where the giver says what it is taken from, if not on the newsroom's page.
fn again(strings: &Strings, way: Option<Way>) -> String {
    match way {
        Some(Way { gateway, method: false, .. }) if gateway != GatewayName::Sandbox => {
            let gateway = strings.text(&format!("method-{}", gateway.as_str()), &[]);
            strings.text("mail-pledge-failed-there", &[("gateway", gateway.as_str().into())])
        }
        _ => strings.text("mail-pledge-failed-again", &[]),
    }
}

/// The language's own words where a payment failed, if the newsroom wrote some.
pub(crate) fn failed_words<'s>(settings: &'s model::SupportSettings, language: &Language) -> Option<&'s str> {
    settings.failed.get(language).map(str::trim).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_pays_where_nothing_can_be_changed_here_is_told_where_it_can() {
        let strings = Strings::for_language(&Language::english());
        let written = |kind, way| {
            let mail = SupportMail {
                to: String::new(),
                base: String::new(),
                token: "token".to_owned(),
                amount: Money::new(200, Currency::USD),
                frequency: Frequency::Monthly,
                month: Month(666),
                reference: String::new(),
                way,
            };
            format!("{:?}", write(&strings, "The Harbour", Some("Own words."), kind, &mail))
        };
        let at = |gateway, can| Some(Way { gateway, change: can, method: can });
        for way in [None, at(GatewayName::Stripe, true)] {
            let failed = written(OutboxKind::PledgeFailed, way);
            assert!(failed.contains("Change how you pay") && failed.contains("Usually it is tried again"), "{failed}");
            assert!(written(OutboxKind::Receipt, way).contains("Change, pause or end it"));
        }
        let failed = written(OutboxKind::PledgeFailed, at(GatewayName::Paypal, false));
        assert!(failed.contains("Own words.") && failed.contains("in your account there"), "{failed}");
        assert!(failed.contains("To what you give") && !failed.contains("Change how you pay"), "{failed}");
        assert!(!written(OutboxKind::Receipt, at(GatewayName::Paypal, false)).contains("Change, pause"));
    }
}
