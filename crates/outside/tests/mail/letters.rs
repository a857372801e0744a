//! Letters for tests.

use model::{SeededChance, Timestamp};
use outside::mail::{Blank, Kind, Letter, Mailbox, Marks, Personal, Template};

/// Texts of an issue in some language, with every mark that they may have.
pub(crate) struct Texts {
    pub(crate) marks: Marks,
    pub(crate) subject: &'static str,
    pub(crate) sender: &'static str,
    pub(crate) text: String,
    pub(crate) html: String,
}

pub(crate) const READER: Personal<'static> = Personal {
    to: "jane+news@mail.example.org",
    message_id: "k2f7q.17@news.example",
    unsubscribe: "https://news.example/u/aGVsbG8_d29ybGQ-LTE?a=1&b=2",
    unsubscribe_mail: "mailto:u.k2f7q17@bounce.news.example?subject=unsubscribe",
    preferences: "https://news.example/p/eW91cnM9PQ",
};

impl Texts {
    pub(crate) fn english() -> Self {
        let paragraph = "The court in Verden  heard the case of the dismissed harbour pilots. = one line.\tA tab.\n";
        Self::of(1, "The week in Verden", "The Weekly", paragraph)
    }

    pub(crate) fn russian() -> Self {
        Self::of(
            2,
            "Пиво стоит дороже, чем вчера, и это ещё не всё",
            "Еженедельник",
            "Суд в Вердене рассмотрел дело лоцманов.\n",
        )
    }

    pub(crate) fn persian() -> Self {
        Self::of(3, "دادگاه بندر و پرونده‌ی رانندگان کشتی", "هفته‌نامه", "دادگاه به پرونده‌ی رانندگان کشتی رسیدگی کرد.\n")
    }

    fn of(seed: u64, subject: &'static str, sender: &'static str, paragraph: &str) -> Self {
        let marks = Marks::new(&SeededChance::new(seed));
        let (link, choices) = (marks.of(Blank::Unsubscribe), marks.of(Blank::Preferences));
        let (mail, to) = (marks.of(Blank::UnsubscribeMail), marks.of(Blank::To));
        let long = paragraph.repeat(200);
        let text = format!("Unsubscribe: {link}\n\n.\nFrom here on\n{long}\nFor {to}: {choices}, {mail}.\n\n\n");
        let html = format!(
            "<!DOCTYPE html>\n<html><body><p><a href=\"{link}\">x</a></p>\n<p>{long}</p><p><a href='{choices}'>{to}</a> \
             <a href=\"{mail}\">y</a></p></body></html>\n"
        );
        Self { marks, subject, sender, text, html }
    }

    pub(crate) fn letter(&self) -> Letter<'_> {
        Letter {
            from: Mailbox { name: self.sender, address: "letter@news.example" },
            reply_to: Some(Mailbox { name: "", address: "desk@news.example" }),
            date: Timestamp::from_millis(1_763_942_400_000),
            subject: self.subject,
            text: &self.text,
            html: Some(&self.html),
            kind: Kind::List {
                id: "weekly.news.example",
                name: self.sender,
                feedback_id: Some("12:weekly:masthead"),
                by_mail: true,
            },
        }
    }

    pub(crate) fn template(&self) -> Template {
        Template::build(&self.letter(), &self.marks).unwrap()
    }

    /// A text as one reader gets it.
    pub(crate) fn with(&self, html: bool) -> String {
        let escaped = |value: &str| if html { value.replace('&', "&amp;") } else { value.to_owned() };
        let text = if html { &self.html } else { &self.text };
        let blanks = [
            (Blank::To, READER.to),
            (Blank::Unsubscribe, READER.unsubscribe),
            (Blank::UnsubscribeMail, READER.unsubscribe_mail),
            (Blank::Preferences, READER.preferences),
        ];
        let filled = blanks
            .into_iter()
            .fold(text.clone(), |text, (blank, value)| text.replace(&self.marks.of(blank), &escaped(value)));
        filled.trim_end().to_owned()
    }
}

/// A short mail to one person, which holds a line with a dot in front.
pub(crate) fn confirmation() -> Template {
    let letter = Letter {
        from: Mailbox { name: "News", address: "news@news.example" },
        reply_to: None,
        date: Timestamp::from_millis(1_763_942_400_000),
        subject: "Please confirm",
        text: "Hello.\n.\n..\nhttps://news.example/c/abc\n",
        html: None,
        kind: Kind::Personal,
    };
    Template::whole(&letter, &SeededChance::new(9)).unwrap()
}

/// That two long texts are the same but for the form and the number of line ends at the end; says where they part.
pub(crate) fn same(left: &str, right: &str) {
    let plain = |text: &str| text.replace("\r\n", "\n").trim_end().to_owned();
    let (left, right) = (plain(left), plain(right));
    let at = left.bytes().zip(right.bytes()).take_while(|(l, r)| l == r).count();
    let around = |text: &str| {
        String::from_utf8_lossy(&text.as_bytes()[at.saturating_sub(40)..text.len().min(at + 40)]).into_owned()
    };
    assert!(left == right, "they part at {at}: {:?} and {:?}", around(&left), around(&right));
}
