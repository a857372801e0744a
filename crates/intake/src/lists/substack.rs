//! Substack: `email_list.NAME.csv` of the whole export, `email,active_subscription,expiry,plan,email_disabled,created_at,
//! first_payment_at` (older ones without `plan`, with `digest_enabled` or `prefer_digests`), or what the page of subscribers writes:
//! `Email,Name,Stripe plan,Cancel date,Start date,…,Type`.
//!
//! `email_disabled` is true for who gets no mails. The file of the page does not say that, and its `Cancel date` is about money.
//! Addresses at `deletion-request.substack.com` stand for people who had themselves deleted.

use zeroize::Zeroizing;

use super::{
    Rejected, Said, State,
    columns::{Header, flag, value, week},
};

const HOW: &str = "take email_list.NAME.csv of Settings → Exports, which has the column email_disabled; if everybody in this file \
                   gets mails, say so with --state subscribed";
const DELETED: &str = "@deletion-request.substack.com";

pub(super) struct Columns {
    pub(super) email: usize,
    disabled: Option<usize>,
    created: Option<usize>,
    said: Option<State>,
}

impl Columns {
    pub(super) fn find(header: &Header, said: Option<State>) -> Result<Option<Self>, &'static str> {
        let Some(email) = header.find(&["email"]) else { return Ok(None) };
        let disabled = header.find(&["email_disabled"]);
        let created = header.find(&["created_at", "start date"]);
        if disabled.is_none() && said.is_none() {
            // Without any column of Substack's it is something else.
            let ours = header.find(&["active_subscription", "stripe plan", "subscription source (free)"]).is_some();
            return if ours { Err(HOW) } else { Ok(None) };
        }
        Ok(Some(Self { email, disabled, created, said }))
    }

    pub(super) fn read(&self, fields: &[Zeroizing<String>], address: &str) -> Result<Said, Rejected> {
        let state = match value(fields, self.disabled) {
            _ if address.trim().to_lowercase().ends_with(DELETED) => State::Deleted,
            "" => self.said.ok_or(Rejected::UnknownState)?,
            text => match flag(text).ok_or(Rejected::UnknownState)? {
                true => State::Unsubscribed,
                false => State::Subscribed,
            },
        };
        Ok(Said { since: week(value(fields, self.created)), ..Said::of(state) })
    }
}
