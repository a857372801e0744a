//! An issue as plain text.

use model::{Document, Extent, MailForm, Template};

use super::{IssueItem, IssueMail, under_photo};
use crate::{Resources, text, text::wrapped};

/// Between parts.
const LINE: &str = "----------------------------------------";

/// The mail as plain text, complete.
#[must_use]
pub fn issue_text(mail: &IssueMail<'_>, resources: &Resources<'_>) -> String {
    let mut page = Plain { parts: Vec::new(), mail, resources };
    page.top();
    match (mail.form, mail.template) {
        (MailForm::Headlines, _) => mail.items.iter().for_each(|item| page.item(item, Extent::Headline)),
        (MailForm::Full, Template::Stories | Template::Digest) => {
            page.document(mail.intro);
            page.items();
            page.document(mail.outro);
        }
        (MailForm::Full, Template::Letter) => {
            page.document(mail.intro);
            page.document(mail.outro);
            if !mail.items.is_empty() {
                page.line();
                page.say(&mail.words.stories);
            }
            mail.items.iter().for_each(|item| page.item(item, item.extent));
        }
    }
    page.bottom();
    page.parts.join("\n\n") + "\n"
}

struct Plain<'a, 'b> {
    parts: Vec<String>,
    mail: &'a IssueMail<'b>,
    resources: &'a Resources<'a>,
}

impl Plain<'_, '_> {
    fn add(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.parts.push(text.trim_end().to_owned());
        }
    }

    fn say(&mut self, text: &str) {
        let lines = wrapped(text, self.resources.language.direction()).join("\n");
        self.add(&lines);
    }

    fn line(&mut self) {
        self.parts.push(LINE.to_owned());
    }

    fn document(&mut self, document: &Document) {
        if !document.is_empty() {
            let said = text(document, self.resources);
            self.add(&said);
        }
    }

    fn doors(&mut self) {
        let (mail, words) = (self.mail, self.mail.words);
        let doors =
            [(&words.web, mail.web), (&words.preferences, mail.preferences), (&words.unsubscribe, mail.unsubscribe)];
        let lines: Vec<String> = doors.iter().map(|(word, address)| format!("{word}:\n{address}")).collect();
        self.parts.push(lines.join("\n"));
    }

    fn top(&mut self) {
        self.say(self.mail.name);
        let who = [self.mail.newsroom, self.mail.dated].into_iter().filter(|part| !part.is_empty());
        let who = who.collect::<Vec<_>>().join(" · ");
        self.say(&who);
        self.doors();
        self.line();
    }

    fn items(&mut self) {
        for (index, item) in self.mail.items.iter().enumerate() {
            if index > 0 || !self.mail.intro.is_empty() {
                self.line();
            }
            self.item(item, item.extent);
        }
        if !self.mail.outro.is_empty() {
            self.line();
        }
    }

    fn item(&mut self, item: &IssueItem, extent: Extent) {
        if self.mail.form == MailForm::Full {
            self.say(&item.section);
            self.say(&item.note);
        }
        let headline = wrapped(&item.headline, self.resources.language.direction()).join("\n");
        self.add(&format!("{headline}\n{}", item.address));
        if extent == Extent::Headline {
            return;
        }
        self.say(&item.standfirst);
        if extent == Extent::Whole {
            self.say(&item.signed);
            self.document(&under_photo(&item.document, item.lead.as_ref()));
            self.sources(item);
            let (heading, corrections) = &item.corrections;
            if !corrections.is_empty() {
                self.say(heading);
                corrections.iter().for_each(|correction| self.say(correction));
            }
        }
    }

    fn sources(&mut self, item: &IssueItem) {
        if item.sources.is_empty() {
            return;
        }
        self.say(&self.mail.words.sources);
        let mut lines = Vec::new();
        for source in &item.sources {
            let note = if source.note.is_empty() { "" } else { self.mail.words.colon.as_str() };
            lines.push(format!("- {}{note} {}", source.name, source.note).trim_end().to_owned());
            lines.extend(super::source_address(source, self.resources));
        }
        self.add(&lines.join("\n"));
    }

    fn bottom(&mut self) {
        self.line();
        self.say(&self.mail.words.why);
        self.doors();
        if !self.mail.reserve.is_empty() {
            let words = wrapped(&self.mail.words.reserve, self.resources.language.direction()).join("\n");
            self.add(&format!("{words}\n{}", self.mail.reserve.join("\n")));
        }
        let sender = [self.mail.newsroom, self.mail.contact].into_iter().filter(|part| !part.is_empty());
        let sender = sender.collect::<Vec<_>>().join(" · ");
        self.say(&sender);
    }
}
