//! What the two mails of a reminder say, in the language of its reader.

use model::{
    Newsroom as Settings, OutboxKind, OutboxMail, Week,
    reminder::{Day, Every},
};
use render::{Note, NoteLine, note_html, note_text};
use serde::{Deserialize, Serialize};
use theme::{Arg, Strings};
use zeroize::{Zeroize, Zeroizing};

use super::at;
use crate::{
    Newsroom,
    error::Error,
    readers::{
        self,
        outbox::{Addressed, Composed, last_day, sender},
        this_week,
    },
    stories::time_zone,
};

/// Everything that a mail needs, as it waits in the outbox, sealed.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Content {
    /// The address.
    pub(super) to: String,
    /// What links begin with: `https://news.example`.
    pub(super) base: String,
    /// The token that confirms, or of the reminder itself.
    pub(super) own: String,
    /// The token that has nobody write there again, or that stops.
    pub(super) other: String,
    /// The day that was chosen; in a reminder, its next one.
    pub(super) due: Day,
    /// How often after that; `None` in the last mail.
    pub(super) every: Option<Every>,
    /// Whether subject and sender are to say nothing of the newsroom.
    pub(super) neutral: bool,
    /// The last week in which the link that confirms is good.
    pub(super) until: Option<Week>,
}

impl std::fmt::Debug for Content {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Content(…)")
    }
}

impl Drop for Content {
    fn drop(&mut self) {
        self.to.zeroize();
        self.own.zeroize();
        self.other.zeroize();
    }
}

/// Writes the mail that a row of the outbox stands for; `None` for a question that came too late.
pub(crate) async fn compose(newsroom: &Newsroom, mail: &OutboxMail, plain: &[u8]) -> Result<Addressed, Error> {
    let content: Content = serde_json::from_slice(plain)?;
    if content.until.is_some_and(|until| until < this_week(newsroom)) {
        return Ok(None);
    }
    let mut tx = newsroom.store().read().await?;
    let settings = store::newsroom_settings(&mut tx).await?;
    let newsletters = store::newsletter_all(&mut tx).await?;
    drop(tx);
    let strings = newsroom.theme().strings(&mail.language);
    let name = settings.name.get(&mail.language).unwrap_or("Masthead").to_owned();
    let words = Words { strings: &strings, settings: &settings, newsroom: &name, content: &content };
    let reminds = mail.kind == OutboxKind::Remind;
    let (title, lines) = if reminds { words.reminder() } else { words.question() };
    let by = strings.text("mail-by", &[("newsroom", name.as_str().into())]);
    let note = Note { language: &mail.language, title: &title, lines: &lines, by: &by };
    let from = newsletters.iter().find(|newsletter| newsletter.active);
    let (sender_name, subject) = words.outside(reminds, from);
    let sender = sender(from, &content.base);
    let stops = reminds && content.every.is_some();
    let host = sender.rsplit_once('@').map_or("localhost", |(_, host)| host);
    Ok(Some((
        Composed {
            one_click: if stops { words.link(&at::stop(&content.other)) } else { String::new() },
            list: format!("reminders.{host}"),
            sender_name,
            reply_to: from.map(|from| from.settings.reply_to.clone()).filter(|address| !address.is_empty()),
            sender,
            subject,
            html: note_html(&note),
            text: note_text(&note),
        },
        Zeroizing::new(content.to.clone()),
    )))
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

    fn named(&self, key: &str) -> String {
        self.say(key, &[("newsroom", self.newsroom.into())])
    }

    fn link(&self, path: &str) -> String {
        format!("{}{path}", self.content.base)
    }

    /// The day of the content, in words.
    fn day(&self) -> String {
        let zone = time_zone(self.settings);
        self.strings.date(self.content.due.morning(&zone), &zone)
    }

    /// What was chosen: a day, and how often.
    fn plan(&self) -> String {
        let date = ("date", Arg::from(self.day()));
        match self.content.every {
            None => self.say("remind-plan-once", &[date]),
            Some(every) => self.say("remind-plan-every", &[date, ("months", i64::from(every.0).into())]),
        }
    }

    /// The mail that asks whether it was they.
    fn question(&self) -> (String, Vec<NoteLine>) {
        let zone = time_zone(self.settings);
        let until = self.content.until.map(|week| self.strings.date(last_day(week), &zone)).unwrap_or_default();
        let text = self.say("mail-remind-confirm-text", &[("plan", self.plan().into())]);
        let mut lines = vec![
            NoteLine::Text(text),
            NoteLine::Button(self.say("mail-remind-confirm-button", &[]), self.link(&at::confirm(&self.content.own))),
            NoteLine::Text(self.say("mail-confirm-until", &[("date", until.into())])),
        ];
        if self.content.every.is_none() {
            lines.push(NoteLine::Text(self.say("mail-remind-two", &[])));
        }
        lines.push(NoteLine::After(self.say("mail-confirm-not", &[])));
        let never = readers::at::never(&self.content.other);
        lines.push(NoteLine::Link(self.say("mail-never", &[]), self.link(&never)));
        (self.say("mail-remind-confirm", &[]), lines)
    }

    /// The reminder.
    fn reminder(&self) -> (String, Vec<NoteLine>) {
        let support = format!("{}/support/", self.settings.prefix(self.strings.language()));
        let mut lines = vec![
            NoteLine::Text(self.named("mail-remind-text")),
            NoteLine::Button(self.named("mail-remind-button"), self.link(&support)),
        ];
        let stays = match self.content.every {
            Some(_) => self.say("mail-remind-next", &[("date", self.day().into())]),
            None => self.say("mail-remind-last", &[]),
        };
        lines.push(NoteLine::After(stays));
        let own = self.link(&at::own(&self.content.own));
        lines.push(NoteLine::Link(self.say("mail-remind-again", &[]), own.clone()));
        if self.content.every.is_some() {
            lines.push(NoteLine::Link(self.say("mail-remind-stop", &[]), self.link(&at::stop(&self.content.other))));
        }
        lines.push(NoteLine::Link(self.say("mail-remind-erase", &[]), format!("{own}#erase")));
        (self.named("mail-remind"), lines)
    }

    /// What mailboxes show of it: the sender's name and the subject.
    fn outside(&self, reminds: bool, from: Option<&model::Newsletter>) -> (String, String) {
        let set = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        if self.content.neutral {
            let subject = from.and_then(|from| set(&from.settings.neutral_subject));
            let sender = from.and_then(|from| set(&from.settings.neutral_sender));
            return (sender.unwrap_or_default(), subject.unwrap_or_else(|| self.say("mail-neutral-subject", &[])));
        }
        let key = if reminds { "mail-remind-subject" } else { "mail-remind-confirm-subject" };
        (self.newsroom.to_owned(), self.named(key))
    }
}
