//! Ghost: `id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,deleted_at,labels,tiers`
//! (Members → Export).
//!
//! `subscribed_to_emails` is true for whoever gets at least one of its newsletters. Whose mails came back or who complained, Ghost
//! keeps to itself: they show with the first issue.

use zeroize::Zeroizing;

use super::{
    Rejected, Said, State,
    columns::{Header, flag, value, week},
};

const HOW: &str =
    "the column subscribed_to_emails is missing; export the members anew, or say what is in this file with --state";

pub(super) struct Columns {
    pub(super) email: usize,
    subscribed: Option<usize>,
    created: Option<usize>,
    deleted: Option<usize>,
    said: Option<State>,
}

impl Columns {
    pub(super) fn find(header: &Header, said: Option<State>) -> Result<Option<Self>, &'static str> {
        let Some(email) = header.find(&["email"]) else { return Ok(None) };
        let subscribed = header.find(&["subscribed_to_emails", "subscribed"]);
        if subscribed.is_none() {
            // Without any column of Ghost's it is something else.
            let ours = header.find(&["complimentary_plan", "labels", "stripe_customer_id"]).is_some();
            match said {
                None if ours => return Err(HOW),
                None => return Ok(None),
                Some(_) => {}
            }
        }
        let (created, deleted) = (header.find(&["created_at"]), header.find(&["deleted_at"]));
        Ok(Some(Self { email, subscribed, created, deleted, said }))
    }

    pub(super) fn read(&self, fields: &[Zeroizing<String>]) -> Result<Said, Rejected> {
        let gone = !value(fields, self.deleted).is_empty();
        let state = match (gone, value(fields, self.subscribed)) {
            (true, _) => State::Deleted,
            (false, "") => self.said.ok_or(Rejected::UnknownState)?,
            (false, text) => match flag(text).ok_or(Rejected::UnknownState)? {
                true => State::Subscribed,
                false => State::Unsubscribed,
            },
        };
        Ok(Said { since: week(value(fields, self.created)), ..Said::of(state) })
    }
}
