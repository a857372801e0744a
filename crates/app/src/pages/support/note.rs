//! What a form or a link of a reminder led to, in words.

use http::StatusCode;
use model::{Language, Timestamp, Week, reminder::Day};
use theme::{
    Arg, Page,
    context::{NoteForm, NotePage},
};

use crate::{
    Newsroom,
    cache::Prepared,
    error::Error,
    pages::{
        readers::{Words, open, print, shell},
        reading::Reading,
    },
    readers::{SignUpForm, Step, last_day},
    support::reminders::{AGAIN, Again, AskForm, Confirmed, Confirming, MOST, Own, Plan, Stopped, Stopping, at},
};

/// What is to be told.
#[derive(Debug, Clone)]
pub enum Said {
    /// A mail that asks to confirm is on its way, if one may be.
    Sent(Week),
    /// The form has to come again.
    Step(Step, AskForm),
    /// Nobody's form is taken for some minutes.
    Busy,
    /// The keys are away.
    Closed,
    /// Reminders by mail are not to be had.
    Elsewhere,
    /// The newsroom has not said where it is.
    Unready,
    /// Reminders are not offered any more.
    Withdrawn,
    /// A link to confirm was opened.
    Confirming(Confirming, String),
    /// Its button was pressed.
    Confirmed(Confirmed),
    /// The link in a reminder was opened.
    Own(Own, String),
    /// Another one was asked for.
    Again(Again),
    /// A link that stops was opened.
    Stopping(Stopping, String),
    /// Its button was pressed.
    Stopped(Stopped),
    /// Everything is deleted.
    Erased,
    /// The link is too old.
    Expired,
    /// It is none of ours, or cut.
    Broken,
}

/// The page that tells it. `path` is where it stands, and `language` the one that the reader is known to read.
///
/// # Errors
/// When the database or the theme fails.
pub async fn note(newsroom: &Newsroom, path: &str, language: Option<&Language>, said: Said) -> Result<Prepared, Error> {
    let mut reading = open(newsroom, path, language).await?;
    let (status, page) = Telling { reading: &reading }.write(said);
    let shell = shell(&mut reading, &page.title).await?;
    print(reading, status, Page::Note(NotePage { shell, ..page })).await
}

/// Sentences in the page's language.
struct Telling<'a> {
    reading: &'a Reading,
}

impl Telling<'_> {
    fn words(&self) -> Words<'_> {
        Words { reading: self.reading }
    }

    fn say(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.reading.strings.text(key, args)
    }

    fn write(&self, said: Said) -> (StatusCode, NotePage) {
        let words = self.words();
        let fine = |page| (StatusCode::OK, page);
        let rests = |key| (StatusCode::SERVICE_UNAVAILABLE, words.plain(key));
        match said {
            Said::Sent(until) => fine(self.sent(until)),
            Said::Step(step, form) => fine(self.step(&step, form)),
            Said::Busy => (StatusCode::TOO_MANY_REQUESTS, words.busy()),
            Said::Closed => rests("note-remind-closed"),
            Said::Elsewhere => rests("note-remind-elsewhere"),
            Said::Unready => rests("note-remind-unready"),
            Said::Withdrawn => (StatusCode::GONE, words.plain("note-remind-withdrawn")),
            Said::Confirming(confirming, token) => self.confirming(confirming, &token),
            Said::Confirmed(Confirmed::Done(plan, _)) => fine(self.done(plan)),
            Said::Confirmed(Confirmed::Many(_)) => (StatusCode::CONFLICT, self.many()),
            Said::Confirmed(Confirmed::Not(confirming)) => self.confirming(confirming, ""),
            Said::Own(own, token) => fine(self.own(&own, &token)),
            Said::Again(Again { due: None, .. }) => (StatusCode::GONE, words.plain("note-remind-withdrawn")),
            Said::Again(Again { due: Some(due), .. }) => fine(self.again(due)),
            Said::Stopping(stopping, token) => self.stopping(&stopping, &token),
            Said::Stopped(stopped) => self.stopped(&stopped),
            Said::Erased => fine(words.plain("note-remind-erased")),
            Said::Expired => fine(words.plain("note-remind-own-expired")),
            Said::Broken => words.broken(),
        }
    }

    fn date(&self, at: Timestamp) -> String {
        self.reading.strings.date(at, &self.reading.zone)
    }

    fn day(&self, day: Day) -> String {
        self.date(day.morning(&self.reading.zone))
    }

    /// When, and how often, in words.
    fn plan(&self, plan: Plan) -> String {
        let date = ("date", Arg::from(self.day(plan.due)));
        match plan.every {
            None => self.say("remind-plan-once", &[date]),
            Some(every) => self.say("remind-plan-every", &[date, ("months", i64::from(every.0).into())]),
        }
    }

    fn planned(&self, key: &str, plan: Plan) -> String {
        self.say(key, &[("plan", self.plan(plan).into())])
    }

    fn sent(&self, until: Week) -> NotePage {
        let words = self.words();
        let until = self.say("note-sent-until", &[("date", self.date(last_day(until)).into())]);
        words.page("note-sent", vec![self.say("note-remind-sent-text", &[]), until, words.nothing_came()])
    }

    /// The form, with everything that it held, to be sent once more.
    fn step(&self, step: &Step, form: AskForm) -> NotePage {
        let (address, language) = (form.address, form.language);
        let sign_up = SignUpForm { address, language, ..SignUpForm::default() };
        let mut page = self.words().step(step, &sign_up, at::ASK);
        let more = [("month", form.month), ("day", form.day), ("every", form.every)];
        let neutral = form.neutral.then(|| ("neutral".to_owned(), "yes".to_owned()));
        let more = more.into_iter().map(|(name, value)| (name.to_owned(), value)).chain(neutral);
        if let Some(first) = page.forms.first_mut() {
            first.fields.extend(more);
        }
        page
    }

    fn button(&self, action: String, key: &str) -> NoteForm {
        NoteForm { action, button: self.say(key, &[]), ..NoteForm::default() }
    }

    fn confirming(&self, confirming: Confirming, token: &str) -> (StatusCode, NotePage) {
        let words = self.words();
        match confirming {
            Confirming::Ask { address, plan, .. } => {
                let text = self.planned("note-remind-confirm-text", plan);
                let paragraphs = vec![text, address, self.say("note-remind-confirm-not", &[])];
                let forms = vec![self.button(at::confirm(token), "note-remind-confirm-button")];
                (StatusCode::OK, NotePage { forms, ..words.page("note-remind-confirm", paragraphs) })
            }
            Confirming::Expired(_) => (StatusCode::OK, words.plain("note-remind-expired")),
            Confirming::Broken => words.broken(),
            Confirming::Closed => (StatusCode::SERVICE_UNAVAILABLE, words.plain("note-remind-closed")),
            Confirming::Withdrawn => (StatusCode::GONE, words.plain("note-remind-withdrawn")),
        }
    }

    fn done(&self, plan: Plan) -> NotePage {
        let key = if plan.every.is_some() { "note-remind-done-text" } else { "note-remind-done-once" };
        self.words().page("note-remind-done", vec![self.planned(key, plan)])
    }

    fn many(&self) -> NotePage {
        let most = i64::try_from(MOST).unwrap_or(i64::MAX);
        let text = self.say("note-remind-many-text", &[("most", most.into())]);
        self.words().page("note-remind-many", vec![text])
    }

    fn own(&self, own: &Own, token: &str) -> NotePage {
        let text = match own.next {
            Some((due, every)) => self.planned("note-remind-own-next", Plan { due, every }),
            None => self.say("note-remind-own-over", &[]),
        };
        let again = AGAIN.into_iter().filter(|_| own.offered).map(|months| NoteForm {
            action: at::again(token),
            fields: vec![("months".to_owned(), months.to_string())],
            button: self.say("note-remind-again-button", &[("months", i64::from(months).into())]),
            ..NoteForm::default()
        });
        let stop = own.next.map(|_| self.button(at::stop(&own.stop), "note-remind-stop"));
        let erase = self.button(at::erase(token), "note-remind-erase-button");
        let lesser = stop.into_iter().chain([erase]).map(|form| NoteForm { lesser: true, ..form });
        NotePage { forms: again.chain(lesser).collect(), ..self.words().page("note-remind-own", vec![text]) }
    }

    fn again(&self, due: Day) -> NotePage {
        let text = self.say("note-remind-again-text", &[("date", self.day(due).into())]);
        self.words().page("note-remind-again", vec![text])
    }

    fn stopping(&self, stopping: &Stopping, token: &str) -> (StatusCode, NotePage) {
        let words = self.words();
        match stopping {
            Stopping::Ask(_) => {
                let forms = vec![self.button(at::stop(token), "note-remind-stop-button")];
                (StatusCode::OK, NotePage { forms, ..words.plain("note-remind-stop") })
            }
            Stopping::Gone => (StatusCode::OK, words.plain("note-remind-stopped")),
            Stopping::Expired => (StatusCode::OK, words.plain("note-remind-own-expired")),
            Stopping::Broken => words.broken(),
        }
    }

    fn stopped(&self, stopped: &Stopped) -> (StatusCode, NotePage) {
        let words = self.words();
        match stopped {
            Stopped::Done(_) => (StatusCode::OK, words.plain("note-remind-stopped")),
            Stopped::Noted => {
                let noted = vec![self.say("note-remind-stopped-noted", &[])];
                (StatusCode::OK, words.page("note-remind-stopped", noted))
            }
            Stopped::Full => (StatusCode::SERVICE_UNAVAILABLE, words.plain("note-remind-closed")),
            Stopped::Expired => (StatusCode::OK, words.plain("note-remind-own-expired")),
            Stopped::Broken => words.broken(),
        }
    }
}
