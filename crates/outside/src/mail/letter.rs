//! What a mail says before it is one: sender, subject, texts, and marks where one reader's copy differs from the next.
//!
//! Texts are written with [`Marks`]: words of letters and digits that pass through templates, escaping and wrapping
//! unchanged, and that nobody can guess, so that no story can hold one and be given a reader's links.

use model::{Chance, Timestamp};

/// What differs from one copy to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Blank {
    /// The address in `To`.
    To,
    /// The identity in `Message-ID`, without brackets: `name@domain`.
    MessageId,
    /// The link that unsubscribes: `https://…`.
    Unsubscribe,
    /// The address that unsubscribes: `mailto:…`.
    UnsubscribeMail,
    /// The link to the reader's choices.
    Preferences,
}

impl Blank {
    /// Every blank. Their places here are their numbers in frozen mails: new ones go to the end.
    pub const ALL: [Self; 5] = [Self::To, Self::MessageId, Self::Unsubscribe, Self::UnsubscribeMail, Self::Preferences];

    /// The word for messages and marks.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::To => "to",
            Self::MessageId => "messageid",
            Self::Unsubscribe => "unsubscribe",
            Self::UnsubscribeMail => "unsubscribemail",
            Self::Preferences => "preferences",
        }
    }
}

/// What one copy has in the blanks. What a mail has no blank for may stay empty.
#[derive(Clone, Copy, Default)]
pub struct Personal<'a> {
    /// [`Blank::To`].
    pub to: &'a str,
    /// [`Blank::MessageId`].
    pub message_id: &'a str,
    /// [`Blank::Unsubscribe`].
    pub unsubscribe: &'a str,
    /// [`Blank::UnsubscribeMail`].
    pub unsubscribe_mail: &'a str,
    /// [`Blank::Preferences`].
    pub preferences: &'a str,
}

impl<'a> Personal<'a> {
    pub(crate) fn of(&self, blank: Blank) -> &'a str {
        match blank {
            Blank::To => self.to,
            Blank::MessageId => self.message_id,
            Blank::Unsubscribe => self.unsubscribe,
            Blank::UnsubscribeMail => self.unsubscribe_mail,
            Blank::Preferences => self.preferences,
        }
    }
}

/// Words that stand for the blanks in the texts of one mail.
#[derive(Debug, Clone)]
pub struct Marks {
    secret: String,
}

impl Marks {
    /// Marks that no text can hold by accident or by design.
    #[must_use]
    pub fn new(chance: &dyn Chance) -> Self {
        Self { secret: chance.bytes16().iter().map(|byte| format!("{byte:02x}")).collect() }
    }

    /// The mark of a blank, to be written where its value goes: letters and digits only.
    #[must_use]
    pub fn of(&self, blank: Blank) -> String {
        format!("{}{}x", self.secret, blank.as_str())
    }

    /// A text cut at its marks: what stands before each, and the rest.
    pub(crate) fn cut<'t>(&self, text: &'t str) -> (Vec<(&'t str, Blank)>, &'t str) {
        let mut cuts = Vec::new();
        let (mut from, mut rest) = (0, text);
        while let Some(at) = text[from..].find(&self.secret).map(|at| from + at) {
            let after = &text[at + self.secret.len()..];
            let found = Blank::ALL.into_iter().find_map(|blank| {
                let tail = after.strip_prefix(blank.as_str())?.strip_prefix('x')?;
                Some((blank, text.len() - tail.len()))
            });
            from = at + self.secret.len();
            if let Some((blank, end)) = found {
                let begun = text.len() - rest.len();
                cuts.push((&text[begun..at], blank));
                (from, rest) = (end, &text[end..]);
            }
        }
        (cuts, rest)
    }
}

/// A name with an address: `Weekly <letter@news.example>`.
#[derive(Debug, Clone, Copy)]
pub struct Mailbox<'a> {
    /// What mailboxes show; may be empty.
    pub name: &'a str,
    /// The address; of a domain in another script its `xn--` form.
    pub address: &'a str,
}

/// What kind of mail it is.
#[derive(Debug, Clone, Copy)]
pub enum Kind<'a> {
    /// An issue of a newsletter, with what RFC 2369, 2919 and 8058 ask for.
    List {
        /// The identity of the newsletter: `weekly.news.example`.
        id: &'a str,
        /// Its name.
        name: &'a str,
        /// What counts of complaints are kept under at the providers: `12:weekly:news`. Names an issue, never a reader.
        feedback_id: Option<&'a str>,
        /// Whether one can unsubscribe by mail too: the newsroom reads a mailbox.
        by_mail: bool,
    },
    /// An answer to what one person did: a confirmation, a link, a receipt (RFC 3834).
    Personal,
}

/// A mail before it is one.
#[derive(Debug, Clone, Copy)]
pub struct Letter<'a> {
    /// Who sends it.
    pub from: Mailbox<'a>,
    /// Where answers go, if not there.
    pub reply_to: Option<Mailbox<'a>>,
    /// When it was written.
    pub date: Timestamp,
    /// The subject.
    pub subject: &'a str,
    /// The text for those who read plain text.
    pub text: &'a str,
    /// The text as HTML.
    pub html: Option<&'a str>,
    /// What kind of mail it is.
    pub kind: Kind<'a>,
}

#[cfg(test)]
mod tests {
    use model::SeededChance;

    use super::*;

    #[test]
    fn a_text_is_cut_at_its_marks_and_nowhere_else() {
        let marks = Marks::new(&SeededChance::new(1));
        let (link, choices) = (marks.of(Blank::Unsubscribe), marks.of(Blank::Preferences));
        let half = &link[..link.len() - 1];
        let text = format!("a {link} b{choices}{half}c{}", marks.of(Blank::UnsubscribeMail));
        let (cuts, rest) = marks.cut(&text);
        let want = [("a ", Blank::Unsubscribe), (" b", Blank::Preferences)];
        assert_eq!(cuts[..2], want);
        assert_eq!(cuts[2], (format!("{half}c").as_str(), Blank::UnsubscribeMail));
        assert_eq!((cuts.len(), rest), (3, ""));
    }

    #[test]
    fn marks_of_one_mail_mean_nothing_in_another() {
        let chance = SeededChance::new(1);
        let (one, other) = (Marks::new(&chance), Marks::new(&chance));
        let text = one.of(Blank::Preferences);
        assert!(other.cut(&text).0.is_empty());
        assert!(text.chars().all(|c| c.is_ascii_alphanumeric()));
    }
}
