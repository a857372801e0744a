//! listmonk: `uuid,email,name,attributes,status,created_at,updated_at` (Subscribers → Export).
//!
//! `status` is of the person: `enabled`, `disabled` or `blocklisted`. Who left a list stays `enabled`, and nothing in the file says
//! so (knadh/listmonk issues 738, 1950, 2855): the plain export of a list has everybody who ever was on it. So it counts what
//! whoever imports says, who can have listmonk write out the confirmed ones alone.

use zeroize::Zeroizing;

use super::{
    Rejected, Said, State,
    columns::{Header, language, value, week},
};

const HOW: &str = "in listmonk open Subscribers with ?list_id=NUMBER&subscription_status=confirmed in the address and export that \
                   with --state subscribed; then the same with unsubscribed, and --state unsubscribed";

pub(super) struct Columns {
    pub(super) email: usize,
    status: Option<usize>,
    subscription: Option<usize>,
    attributes: Option<usize>,
    language: Option<usize>,
    created: Option<usize>,
    said: Option<State>,
}

impl Columns {
    pub(super) fn find(header: &Header, said: Option<State>) -> Result<Option<Self>, &'static str> {
        let (Some(email), Some(status)) = (header.find(&["email"]), header.find(&["status"])) else { return Ok(None) };
        let subscription = header.find(&["subscription_status"]);
        if said.is_none() && subscription.is_none() {
            return Err(HOW);
        }
        Ok(Some(Self {
            email,
            status: Some(status),
            subscription,
            attributes: header.find(&["attributes", "attribs"]),
            language: header.find(&["language", "lang", "locale"]),
            created: header.find(&["created_at"]),
            said,
        }))
    }

    pub(super) fn read(&self, fields: &[Zeroizing<String>]) -> Result<Said, Rejected> {
        let state = match value(fields, self.status).to_lowercase().as_str() {
            "enabled" => self.subscription(fields)?,
            "disabled" => State::Unsubscribed,
            "blocklisted" | "blacklisted" => State::Blocked,
            _ => return Err(Rejected::UnknownState),
        };
        let own = language(value(fields, self.language));
        Ok(Said {
            language: own.or_else(|| of_attributes(value(fields, self.attributes))),
            since: week(value(fields, self.created)),
            ..Said::of(state)
        })
    }

    fn subscription(&self, fields: &[Zeroizing<String>]) -> Result<State, Rejected> {
        match value(fields, self.subscription).to_lowercase().as_str() {
            "confirmed" => Ok(State::Subscribed),
            "unconfirmed" => Ok(State::Unconfirmed),
            "unsubscribed" => Ok(State::Unsubscribed),
            "" => self.said.ok_or(Rejected::UnknownState),
            _ => Err(Rejected::UnknownState),
        }
    }
}

/// Attributes are JSON; a language stands there under one of the names that people give it.
fn of_attributes(text: &str) -> Option<model::Language> {
    let attributes: serde_json::Value = serde_json::from_str(text).ok()?;
    ["language", "lang", "locale"].into_iter().find_map(|name| language(attributes.get(name)?.as_str()?))
}
