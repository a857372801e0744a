//! What a mail to one person says, in their language.

use model::{Language, Newsletter, Newsroom as Settings, OutboxKind, Timestamp, Week};
use outside::mail::{Kind, Letter, Mailbox};
use render::{Note, NoteLine, note_html, note_text};
use theme::{Arg, Strings};

use super::content::Content;
use crate::{
    Newsroom,
    error::Error,
    readers::{CONFIRM_WEEKS, PREFERENCES_WEEKS, at, name_of},
    stories::time_zone,
    support::{
        self,
        contributions::{self, SupportMail},
    },
};

/// A mail before it is one.
pub(crate) struct Composed {
    pub(crate) sender_name: String,
    pub(crate) sender: String,
    pub(crate) reply_to: Option<String>,
    pub(crate) subject: String,
    pub(crate) html: String,
    pub(crate) text: String,
    /// Where a mailbox's own button leaves (RFC 8058); empty for a mail that answers what one person did.
    pub(crate) one_click: String,
    /// The identity of what it leaves: `reminders.news.example`.
    pub(crate) list: String,
}

impl Composed {
    /// What stands after the `@` of the sender.
    pub(super) fn domain(&self) -> &str {
        self.sender.rsplit_once('@').map_or("localhost", |(_, domain)| domain)
    }

    pub(super) fn letter(&self, date: Timestamp) -> Letter<'_> {
        Letter {
            from: Mailbox { name: &self.sender_name, address: &self.sender },
            reply_to: self.reply_to.as_deref().map(|address| Mailbox { name: "", address }),
            date,
            subject: &self.subject,
            text: &self.text,
            html: Some(&self.html),
            kind: if self.one_click.is_empty() {
                Kind::Personal
            } else {
                Kind::List { id: &self.list, name: &self.sender_name, feedback_id: None, by_mail: false }
            },
        }
    }
}

/// Writes the mail that a row of the outbox stands for.
pub(super) async fn compose(
    newsroom: &Newsroom,
    kind: OutboxKind,
    language: &Language,
    content: &Content,
) -> Result<Composed, Error> {
    let mut tx = newsroom.store().read().await?;
    let settings = store::newsroom_settings(&mut tx).await?;
    let newsletters = store::newsletter_all(&mut tx).await?;
    drop(tx);
    let strings = newsroom.theme().strings(language);
    let name = settings.name.get(language).unwrap_or("Masthead").to_owned();
    let words = Words { strings: &strings, settings: &settings, newsroom: &name, content };
    let (title, lines) = words.of(kind);
    let note = Note {
        language,
        title: &title,
        lines: &lines,
        by: &words.say("mail-by", &[("newsroom", name.as_str().into())]),
    };
    let from = newsletters.iter().find(|newsletter| content.newsletters.contains(&newsletter.id));
    let from = from.or_else(|| newsletters.iter().find(|newsletter| newsletter.active));
    let (sender_name, subject) = words.outside(kind, from);
    Ok(Composed {
        sender_name,
        sender: sender(from, &content.base),
        reply_to: from.map(|from| from.settings.reply_to.clone()).filter(|address| !address.is_empty()),
        subject,
        html: note_html(&note),
        text: note_text(&note),
        one_click: String::new(),
        list: String::new(),
    })
}

/// Writes a mail about a contribution.
pub(super) async fn compose_support(
    newsroom: &Newsroom,
    kind: OutboxKind,
    language: &Language,
    content: &SupportMail,
) -> Result<Composed, Error> {
    let mut tx = newsroom.store().read().await?;
    let settings = store::newsroom_settings(&mut tx).await?;
    let support = support::settings(&mut tx).await?;
    let newsletters = store::newsletter_all(&mut tx).await?;
    drop(tx);
    let strings = newsroom.theme().strings(language);
    let name = settings.name.get(language).unwrap_or("Masthead").to_owned();
    let failed = contributions::failed_words(&support, language);
    let (subject, title, lines) = contributions::write(&strings, &name, failed, kind, content);
    let by = strings.text("mail-by", &[("newsroom", name.as_str().into())]);
    let note = Note { language, title: &title, lines: &lines, by: &by };
    let from = newsletters.iter().find(|newsletter| newsletter.active);
    let set = Some(support.sender.trim().to_owned()).filter(|address| !address.is_empty());
    Ok(Composed {
        sender: set.unwrap_or_else(|| sender(from, &content.base)),
        reply_to: None,
        subject,
        html: note_html(&note),
        text: note_text(&note),
        sender_name: name,
        one_click: String::new(),
        list: String::new(),
    })
}

/// The newsletter's sender; until the desk has set one, an address at the newsroom's own host.
pub(crate) fn sender(from: Option<&Newsletter>, base: &str) -> String {
    let set = from.map(|from| from.settings.sender.clone()).filter(|address| !address.is_empty());
    set.unwrap_or_else(|| {
        let host = base.split_once("://").map_or(base, |(_, host)| host);
        let host = host.rsplit_once(':').map_or(host, |(host, _)| host).trim_start_matches("www.");
        let host = if host.is_empty() || host.starts_with(['[', '1']) { "localhost" } else { host };
        format!("newsletter@{host}")
    })
}

struct Words<'a> {
    strings: &'a Strings,
    settings: &'a Settings,
    newsroom: &'a str,
    content: &'a Content,
}

impl Words<'_> {
    fn say(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.strings.text(key, args)
    }

    fn text(&self, key: &str, args: &[(&str, Arg<'_>)]) -> NoteLine {
        NoteLine::Text(self.say(key, args))
    }

    fn button(&self, key: &str, path: &str) -> NoteLine {
        NoteLine::Button(self.say(key, &[]), format!("{}{path}", self.content.base))
    }

    /// The names of the newsletters, as a sentence holds them.
    fn names(&self) -> String {
        self.content.names.join(&format!("{} ", self.say("comma", &[])))
    }

    /// The last day of so many weeks after the one in which it was asked for.
    fn until(&self, weeks: i64) -> String {
        let zone = time_zone(self.settings);
        self.strings.date(last_day(Week(self.content.week + weeks)), &zone)
    }

    /// Heading and lines.
    fn of(&self, kind: OutboxKind) -> (String, Vec<NoteLine>) {
        let (names, token) = (self.names(), &self.content.preferences);
        let names = || [("names", Arg::from(names.as_str()))];
        let until = |weeks| [("date", Arg::from(self.until(weeks)))];
        match kind {
            OutboxKind::Confirm => (self.say("mail-confirm", &[]), self.confirm(&names())),
            OutboxKind::Already => {
                let lines = vec![
                    self.text("mail-already-text", &names()),
                    self.text("mail-preferences-text", &until(PREFERENCES_WEEKS)),
                    self.button("mail-preferences-button", &at::preferences(token)),
                    NoteLine::After(self.say("mail-preferences-not", &[])),
                ];
                (self.say("mail-already", &[]), lines)
            }
            OutboxKind::Preferences => {
                let lines = vec![
                    self.text("mail-preferences-text", &until(PREFERENCES_WEEKS)),
                    self.button("mail-preferences-button", &at::preferences(token)),
                    NoteLine::After(self.say("mail-preferences-not", &[])),
                ];
                (self.say("mail-preferences", &[]), lines)
            }
            OutboxKind::Goodbye
            | OutboxKind::Receipt
            | OutboxKind::PledgeFailed
            | OutboxKind::PledgeEnded
            | OutboxKind::GiverLink
            | OutboxKind::RemindConfirm
            | OutboxKind::Remind
            | OutboxKind::Nothing => {
                let page =
                    format!("{}{}/newsletter/", self.content.base, self.settings.prefix(self.strings.language()));
                let lines = vec![
                    self.text("mail-goodbye-text", &[]),
                    NoteLine::After(self.say("mail-goodbye-again", &[])),
                    NoteLine::Link(self.say("newsletters", &[]), page),
                ];
                (self.say("mail-goodbye", &[]), lines)
            }
        }
    }

    fn confirm(&self, names: &[(&str, Arg<'_>)]) -> Vec<NoteLine> {
        let token = &self.content.confirm;
        vec![
            self.text("mail-confirm-text", names),
            self.button("mail-confirm-button", &at::confirm(token)),
            self.text("mail-confirm-until", &[("date", self.until(CONFIRM_WEEKS).into())]),
            NoteLine::After(self.say("mail-confirm-not", &[])),
            NoteLine::Link(self.say("mail-never", &[]), format!("{}{}", self.content.base, at::never(token))),
        ]
    }

    /// What mailboxes show of it: the sender's name and the subject.
    fn outside(&self, kind: OutboxKind, from: Option<&Newsletter>) -> (String, String) {
        let set = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        if self.content.neutral {
            let subject = from.and_then(|from| set(&from.settings.neutral_subject));
            let sender = from.and_then(|from| set(&from.settings.neutral_sender));
            return (sender.unwrap_or_default(), subject.unwrap_or_else(|| self.say("mail-neutral-subject", &[])));
        }
        let key = match kind {
            OutboxKind::Confirm => "mail-confirm-subject",
            OutboxKind::Already => "mail-already-subject",
            OutboxKind::Preferences => "mail-preferences-subject",
            OutboxKind::Goodbye
            | OutboxKind::Receipt
            | OutboxKind::PledgeFailed
            | OutboxKind::PledgeEnded
            | OutboxKind::GiverLink
            | OutboxKind::RemindConfirm
            | OutboxKind::Remind
            | OutboxKind::Nothing => "mail-goodbye-subject",
        };
        let name = from.and_then(|from| set(&from.settings.sender_name)).or_else(|| from.map(name_of).and_then(set));
        (name.unwrap_or_else(|| self.newsroom.to_owned()), self.say(key, &[("newsroom", self.newsroom.into())]))
    }
}

/// Sunday of a week.
#[must_use]
pub fn last_day(week: Week) -> Timestamp {
    Week(week.0 + 1).start().plus_millis(-1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_sender_of_its_own_a_mail_comes_from_the_newsrooms_host() {
        for (base, wanted) in [
            ("https://news.example", "newsletter@news.example"),
            ("https://www.news.example", "newsletter@news.example"),
            ("http://localhost:8080", "newsletter@localhost"),
            ("http://127.0.0.1:8080", "newsletter@localhost"),
            ("http://[::1]:8080", "newsletter@localhost"),
        ] {
            assert_eq!(sender(None, base), wanted);
        }
    }

    #[test]
    fn a_week_ends_on_its_sunday() {
        // Friday, 11 July 2025.
        let week = Week::of(Timestamp::from_millis(1_752_235_200_000));
        assert_eq!(last_day(week).to_string(), "2025-07-13T23:59:59Z");
    }
}
