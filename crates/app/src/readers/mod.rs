//! Readers who get newsletters: signing up, changing what comes, leaving, being forgotten.
//!
//! Signing up stores nothing but a mail in the outbox, sealed; its link carries everything, and opening it changes nothing:
//! the button on the page behind it does. So neither who types another's address nor a program that follows every link
//! signs anybody up. What is answered is the same, and the same work, whether an address is known, must not be written to,
//! or is new.
//!
//! A link in a mail is the only key to somebody's row. It works on every host of the newsroom; while the keys are away,
//! nobody can sign up or change anything, and whoever wants to leave is noted down and leaves when they are back.
//!
//! Nothing here writes down who asked: limits are counted in memory under keys that are replaced every hour.

mod by_mail;
mod confirm;
mod erase;
mod export;
mod guard;
mod leave;
mod link;
mod numbers;
pub mod outbox;
mod preferences;
mod sign_up;
mod staff;

use model::{Language, Newsletter, NewsletterId, Week};

pub use by_mail::{MailedWish, mail_sign_up, mail_unsubscribe};
pub(crate) use confirm::never_link;
pub use confirm::{Confirmed, Confirming, Never, confirm, confirming, never};
pub use erase::{After, Erased, erase};
pub use export::export;
pub(crate) use guard::{Admitted, Ticket};
pub use guard::{
    BITS, CALM_PER_HOUR, CALM_PER_MINUTE, Guard, MAILS_PER_HOUR, MOST_PER_MINUTE, PLAIN_PER_HOUR, PLAIN_PER_MINUTE,
    Step,
};
pub(crate) use leave::forget_in_tx;
pub use leave::{Leaving, Left, WAITING_MOST, leave, leaving, work_off_waiting};
pub use link::ask_link;
pub use numbers::{NewsletterNumbers, Numbers, WeekNumbers, numbers};
pub use outbox::last_day;
pub use preferences::{Change, Opened, PAUSES, Pause, Preferences, Saved, preferences, save};
pub(crate) use sign_up::admitted;
pub(crate) use sign_up::checked;
pub use sign_up::{SignUpForm, SignedUp, Wrong, sign_up};
pub use staff::{Granted, Wish, on_request, wrong_key};

use crate::{Newsroom, error::Error};

/// Weeks for which a link to one's preferences is good: longer than the longest pause between two issues of most letters.
pub const PREFERENCES_WEEKS: i64 = 8;
/// A link to confirm is good in the week in which it was asked for, and in as many after it.
pub const CONFIRM_WEEKS: i64 = 1;
/// The static page that readers agree to, in every language.
pub const POLICY_SLUG: &str = "privacy";

/// Where forms are sent to and links lead, in one place: a copy of the site elsewhere will set another root before them.
pub mod at {
    /// Signing up.
    pub const SIGN_UP: &str = "/-/newsletter/sign-up";
    /// Asking for a link.
    pub const LINK: &str = "/-/newsletter/link";

    /// Confirming.
    #[must_use]
    pub fn confirm(token: &str) -> String {
        format!("/-/newsletter/confirm/{token}")
    }

    /// Never being written to.
    #[must_use]
    pub fn never(token: &str) -> String {
        format!("/-/newsletter/never/{token}")
    }

    /// Leaving.
    #[must_use]
    pub fn unsubscribe(token: &str) -> String {
        format!("/-/newsletter/unsubscribe/{token}")
    }

    /// Changing what comes.
    #[must_use]
    pub fn preferences(token: &str) -> String {
        format!("/-/newsletter/preferences/{token}")
    }

    /// Downloading what is kept.
    #[must_use]
    pub fn export(token: &str) -> String {
        format!("/-/newsletter/preferences/{token}/export")
    }

    /// Being forgotten.
    #[must_use]
    pub fn erase(token: &str) -> String {
        format!("/-/newsletter/preferences/{token}/erase")
    }
}

/// The week that it is now.
pub(crate) fn this_week(newsroom: &Newsroom) -> Week {
    Week::of(newsroom.clock().now())
}

/// A newsletter's name; its slug while it has none.
#[must_use]
pub fn name_of(newsletter: &Newsletter) -> &str {
    let name = newsletter.settings.name.trim();
    if name.is_empty() { newsletter.slug.as_str() } else { name }
}

/// The newsletters with these ids that can be signed up for, in their own order.
fn active<'n>(all: &'n [Newsletter], ids: &'n [NewsletterId]) -> impl Iterator<Item = &'n Newsletter> {
    all.iter().filter(|newsletter| newsletter.active && ids.contains(&newsletter.id))
}

/// What the links in mails begin with: the newsroom's address. Without one, the host that was asked stands in if it is
/// this machine itself; any other could be one that an attacker put into the request, and would be mailed a link.
pub(crate) fn base(settings: &model::Newsroom, host: Option<&str>) -> Option<String> {
    let here = |host: &&str| {
        let authority = host.split_once("://").map_or(*host, |(_, rest)| rest);
        let name = authority.rsplit_once(':').map_or(authority, |(name, _)| name);
        matches!(name, "localhost" | "127.0.0.1" | "[::1]")
    };
    settings.address.clone().or_else(|| host.filter(here).map(str::to_owned))
}

/// A language that the newsroom speaks: the wanted one, else its own.
pub(crate) fn spoken(settings: &model::Newsroom, wanted: Option<&Language>) -> Language {
    let known = wanted.and_then(|wanted| settings.languages.iter().find(|language| *language == wanted));
    known.unwrap_or(&settings.language).clone()
}

/// The version of the privacy policy that somebody agrees to now: `privacy/en/3`; empty where there is no such page.
pub(crate) async fn policy(
    tx: &mut store::Tx,
    settings: &model::Newsroom,
    language: &Language,
) -> Result<String, Error> {
    for language in [language, &settings.language] {
        let page = store::page_by_slug(tx, language, POLICY_SLUG).await?.filter(|page| page.public);
        if let Some(page) = page {
            return Ok(format!("{POLICY_SLUG}/{language}/{}", page.version));
        }
    }
    Ok(String::new())
}

/// Whether a text could be a token that leaves: what can be told of it while the keys are away.
pub(crate) fn may_leave(text: &str) -> bool {
    (40..=120).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_link_leads_to_a_host_that_a_stranger_names() {
        let unset = model::Newsroom::default();
        let set = model::Newsroom { address: Some("https://news.example".to_owned()), ..unset.clone() };
        for host in ["http://localhost:8080", "http://127.0.0.1:80", "http://[::1]:8080", "http://localhost"] {
            assert_eq!(base(&unset, Some(host)).as_deref(), Some(host));
        }
        for host in ["https://evil.example", "http://localhost.evil.example", "http://127.0.0.1.evil.example:80", "x"] {
            assert_eq!(base(&unset, Some(host)), None, "{host}");
            assert_eq!(base(&set, Some(host)).as_deref(), Some("https://news.example"));
        }
        assert_eq!(base(&unset, None), None);
    }
}
