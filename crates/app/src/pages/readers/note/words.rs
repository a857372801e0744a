//! The sentences of those pages.

use http::StatusCode;
use model::{Timestamp, Week};
use theme::{
    Arg,
    context::{NoteForm, NotePage, Work},
};

use super::{Answer, fine};
use crate::{
    pages::reading::Reading,
    readers::{
        After, Confirming, Leaving, Left, MAILS_PER_HOUR, MOST_PER_MINUTE, SignUpForm, Step, Wrong, at, last_day,
    },
};

/// Sentences in the page's language.
pub(in crate::pages) struct Words<'a> {
    pub(in crate::pages) reading: &'a Reading,
}

impl Words<'_> {
    fn say(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.reading.strings.text(key, args)
    }

    fn text(&self, key: &str) -> String {
        self.say(key, &[])
    }

    fn date(&self, at: Timestamp) -> String {
        self.reading.strings.date(at, &self.reading.zone)
    }

    pub(super) fn wrong(&self, wrong: Wrong) -> String {
        self.say(wrong.key(), &[("most", Arg::from(254))])
    }

    fn names(&self, names: &[String]) -> String {
        names.join(&format!("{} ", self.text("comma")))
    }

    pub(in crate::pages) fn page(&self, title: &str, paragraphs: Vec<String>) -> NotePage {
        NotePage { title: self.text(title), paragraphs, ..NotePage::default() }
    }

    /// A title and the one paragraph that is named after it.
    pub(in crate::pages) fn plain(&self, key: &str) -> NotePage {
        self.page(key, vec![self.text(&format!("{key}-text"))])
    }

    pub(in crate::pages) fn broken(&self) -> Answer {
        (StatusCode::BAD_REQUEST, self.plain("note-broken"))
    }

    pub(super) fn closed(&self) -> Answer {
        (StatusCode::SERVICE_UNAVAILABLE, self.plain("note-closed"))
    }

    pub(in crate::pages) fn busy(&self) -> NotePage {
        let most = [("most", Arg::from(i64::from(MOST_PER_MINUTE)))];
        self.page("note-busy", vec![self.say("note-busy-text", &most)])
    }

    pub(super) fn link_sent(&self) -> NotePage {
        self.page("note-sent", vec![self.text("note-link-sent-text"), self.nothing_came()])
    }

    pub(super) fn wrong_link(&self, wrong: Wrong) -> NotePage {
        NotePage { wrong: Some(self.wrong(wrong)), ..self.ask_link("note-link", "note-link-text") }
    }

    pub(super) fn erased(&self, after: After) -> NotePage {
        let said = match after {
            After::Fingerprint => "note-erased-fingerprint",
            After::Nothing => "note-erased-nothing",
            After::Never => "note-erased-never",
        };
        self.page("note-erased", vec![self.text(said)])
    }

    fn button(&self, action: String, key: &str) -> NoteForm {
        NoteForm { action, button: self.text(key), ..NoteForm::default() }
    }

    pub(in crate::pages) fn nothing_came(&self) -> String {
        self.say("note-sent-nothing", &[("count", Arg::from(i64::from(MAILS_PER_HOUR)))])
    }

    pub(super) fn sent(&self, until: Week) -> NotePage {
        let until = self.say("note-sent-until", &[("date", self.date(last_day(until)).into())]);
        self.page("note-sent", vec![self.text("note-sent-text"), until, self.nothing_came()])
    }

    pub(in crate::pages) fn step(&self, step: &Step, form: &SignUpForm, action: &str) -> NotePage {
        let mut fields = vec![
            ("address".to_owned(), form.address.clone()),
            ("ticket".to_owned(), step.ticket.clone()),
            ("proof".to_owned(), String::new()),
        ];
        fields.extend(form.language.iter().map(|language| ("language".to_owned(), language.to_string())));
        fields.extend(form.newsletters.iter().map(|slug| ("newsletter".to_owned(), slug.clone())));
        let seconds = |seconds: i64| [("seconds", Arg::from(seconds))];
        let work = Work {
            ticket: step.ticket.clone(),
            bits: step.bits,
            patience: step.patience,
            without: self.say("note-step-without", &seconds(step.plain_seconds)),
        };
        NotePage {
            wrong: step.too_soon.map(|missing| self.say("note-step-soon", &seconds(missing))),
            forms: vec![NoteForm { fields, ..self.button(action.to_owned(), "note-step-go") }],
            work: Some(work),
            ..self.plain("note-step")
        }
    }

    pub(super) fn ask_link(&self, title: &str, text: &str) -> NotePage {
        let language = ("language".to_owned(), self.reading.language.to_string());
        let form = NoteForm {
            fields: vec![language],
            asks_address: true,
            ..self.button(at::LINK.to_owned(), "note-link-button")
        };
        NotePage { forms: vec![form], ..self.page(title, vec![self.text(text)]) }
    }

    pub(super) fn confirm(&self, address: String, names: &[String], token: &str) -> NotePage {
        let asked = self.say("note-confirm-text", &[("names", self.names(names).into())]);
        let forms = vec![self.button(at::confirm(token), "note-confirm-button")];
        NotePage { forms, ..self.page("note-confirm", vec![asked, address, self.text("note-confirm-not")]) }
    }

    pub(super) fn confirmed(&self, names: &[String], sender: &str) -> NotePage {
        let mut paragraphs = vec![self.say("note-confirmed-text", &[("names", self.names(names).into())])];
        if !sender.is_empty() {
            paragraphs.push(self.say("note-confirmed-contact", &[("address", sender.into())]));
        }
        self.page("note-confirmed", paragraphs)
    }

    pub(super) fn ask_never(&self, confirming: Confirming, token: &str) -> Answer {
        match confirming {
            Confirming::Ask { address, .. } | Confirming::Expired { address, .. } => {
                let forms = vec![self.button(at::never(token), "note-never")];
                fine(NotePage { forms, ..self.page("note-never", vec![address, self.text("note-never-text")]) })
            }
            Confirming::Broken => self.broken(),
            Confirming::Closed => self.closed(),
        }
    }

    pub(super) fn leaving(&self, leaving: Leaving, token: &str) -> Answer {
        let Leaving::Ask { name, .. } = leaving else { return self.broken() };
        let text = self.named("note-leave", name);
        let forms = vec![self.button(at::unsubscribe(token), "note-leave-button")];
        fine(NotePage { forms, ..self.page("note-leave", vec![text]) })
    }

    /// The sentence with the newsletter's name, or the one without.
    fn named(&self, key: &str, name: Option<String>) -> String {
        match name {
            Some(name) => self.say(&format!("{key}-text"), &[("name", name.into())]),
            None => self.text(&format!("{key}-plain-text")),
        }
    }

    pub(super) fn left(&self, left: Left, token: &str) -> Answer {
        match left {
            Left::Done { name, others, last, .. } => {
                let mut page = self.page("note-left", vec![self.named("note-left", name)]);
                if last {
                    page.paragraphs.push(self.text("note-left-last"));
                }
                if others > 0 {
                    let count = i64::try_from(others).unwrap_or(i64::MAX);
                    page.paragraphs.push(self.say("note-left-others", &[("count", count.into())]));
                    let fields = vec![("all".to_owned(), "yes".to_owned())];
                    let button = self.button(at::unsubscribe(token), "note-left-all-button");
                    page.forms = vec![NoteForm { fields, lesser: true, ..button }];
                }
                fine(page)
            }
            Left::Noted => fine(self.page("note-left", vec![self.text("note-left-noted")])),
            Left::Full => self.closed(),
            Left::Broken => self.broken(),
        }
    }
}
