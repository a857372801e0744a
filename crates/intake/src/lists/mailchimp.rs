//! Mailchimp: the files of Audience → Export. Their names say what is in them: `subscribed_…`, `unsubscribed_…`, `cleaned_…`
//! (mails came back), `nonsubscribed_…` (customers who never signed up), each `…_members_export_HASH.csv` or, lately,
//! `…_email_audience_export_HASH.csv`.
//!
//! Columns: `Email Address`, the audience's own fields, then `MEMBER_RATING OPTIN_TIME OPTIN_IP CONFIRM_TIME CONFIRM_IP LATITUDE
//! LONGITUDE GMTOFF DSTOFF TIMEZONE CC REGION LAST_CHANGED LEID EUID NOTES TAGS`; of those who left also `UNSUB_TIME
//! UNSUB_CAMPAIGN_TITLE UNSUB_CAMPAIGN_ID UNSUB_REASON UNSUB_REASON_OTHER`, of cleaned ones `CLEAN_TIME CLEAN_CAMPAIGN_TITLE
//! CLEAN_CAMPAIGN_ID`.

use zeroize::Zeroizing;

use super::{
    Rejected, Said, State,
    columns::{Header, language, value, week},
};

const HOW: &str = "keep the names that Mailchimp gave its files (subscribed_…csv, unsubscribed_…csv, cleaned_…csv), or say what \
                   is in this one with --state";

pub(super) struct Columns {
    pub(super) email: usize,
    /// What the name of the file says, or whoever imports.
    state: Option<State>,
    status: Option<usize>,
    left: Option<usize>,
    reason: Option<usize>,
    cleaned: Option<usize>,
    language: Option<usize>,
    confirmed: Option<usize>,
    signed_up: Option<usize>,
}

impl Columns {
    pub(super) fn find(
        header: &Header,
        named: Option<State>,
        said: Option<State>,
    ) -> Result<Option<Self>, &'static str> {
        let Some(email) = header.find(&["email address", "email"]) else { return Ok(None) };
        let columns = Self {
            email,
            state: named.or(said),
            status: header.find(&["status", "member_status"]),
            left: header.find(&["unsub_time"]),
            reason: header.find(&["unsub_reason"]),
            cleaned: header.find(&["clean_time"]),
            language: header.find(&["language", "lang", "mc_language"]),
            confirmed: header.find(&["confirm_time"]),
            signed_up: header.find(&["optin_time"]),
        };
        let silent = columns.state.or(columns.by_columns()).is_none() && columns.status.is_none();
        if silent { Err(HOW) } else { Ok(Some(columns)) }
    }

    /// What the columns of a file say whose name does not: only those who left have the time at which they did.
    fn by_columns(&self) -> Option<State> {
        match (self.left, self.cleaned) {
            (Some(_), None) => Some(State::Unsubscribed),
            (None, Some(_)) => Some(State::Bounced),
            (None, None) | (Some(_), Some(_)) => None,
        }
    }

    pub(super) fn read(&self, fields: &[Zeroizing<String>]) -> Result<Said, Rejected> {
        let state = self.state_of(fields)?;
        let since = week(value(fields, self.confirmed)).or_else(|| week(value(fields, self.signed_up)));
        Ok(Said { language: language(value(fields, self.language)), since, ..Said::of(state) })
    }

    /// What forbids mail counts more than what allows it, wherever it stands.
    fn state_of(&self, fields: &[Zeroizing<String>]) -> Result<State, Rejected> {
        let reason = value(fields, self.reason).to_lowercase();
        let spam = ["spam", "abuse", "complain"].iter().any(|word| reason.contains(word));
        if !value(fields, self.left).is_empty() || self.state == Some(State::Unsubscribed) {
            return Ok(if spam { State::Complained } else { State::Unsubscribed });
        }
        if !value(fields, self.cleaned).is_empty() {
            return Ok(State::Bounced);
        }
        match value(fields, self.status).to_lowercase().as_str() {
            "" => self.state.or(self.by_columns()).ok_or(Rejected::UnknownState),
            "subscribed" => Ok(self.state.unwrap_or(State::Subscribed)),
            "unsubscribed" | "archived" => Ok(if spam { State::Complained } else { State::Unsubscribed }),
            "cleaned" => Ok(State::Bounced),
            "pending" => Ok(State::Unconfirmed),
            "nonsubscribed" | "non-subscribed" | "transactional" => Ok(State::NeverAgreed),
            // A field of the audience's own that happens to be called so.
            _ => self.state.ok_or(Rejected::UnknownState),
        }
    }
}

/// What the name of a file says of everybody in it; `Err` for one that holds no addresses of mail.
pub(super) fn state_of_name(name: &str) -> Result<Option<State>, ()> {
    let name = name.to_lowercase();
    Ok(match () {
        () if name.starts_with("sms_only_") => return Err(()),
        () if name.starts_with("nonsubscribed_") => Some(State::NeverAgreed),
        () if name.starts_with("unsubscribed_") => Some(State::Unsubscribed),
        () if name.starts_with("cleaned_") => Some(State::Bounced),
        () if name.starts_with("subscribed_") => Some(State::Subscribed),
        () => None,
    })
}
