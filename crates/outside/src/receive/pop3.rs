//! Asking a mailbox over POP3 (RFC 1939, 2449, 2595). A client of our own: the protocol is twelve lines of text, and no crate
//! for it is kept up.
//!
//! A server deletes when we say goodbye, and only then; a connection that breaks off has deleted nothing.

use super::{
    Takes, Verdict,
    limits::{ANSWER_BYTES, ANSWER_TIME, MAIL_TIME, POLL_MAILS},
    lines::{Body, Ended, Lines},
    mailbox::{Mailbox, PollError, Polled},
};
use crate::mailback::{Envelope, Sender, limits::MAIL_BYTES};

/// The longest list of mails that is read, in bytes: some 50,000 mails.
const LIST_BYTES: usize = 4 << 20;

pub(super) async fn poll(mailbox: &Mailbox, takes: &dyn Takes) -> Result<Polled, PollError> {
    let mut dialogue = Dialogue::open(mailbox).await?;
    let fresh: Vec<(u32, String)> =
        dialogue.list().await?.into_iter().filter(|(_, name)| !mailbox.was_left(name)).collect();
    let mut polled = Polled { more: fresh.len() > POLL_MAILS, ..Polled::default() };
    for (number, name) in fresh.into_iter().take(POLL_MAILS) {
        let envelope = Envelope { sender: Sender::AsWritten, recipient: None };
        let verdict = match dialogue.mail(number).await? {
            Body::Whole(bytes) => takes.take(envelope, &bytes).await,
            Body::TooLarge => Verdict::NotHere,
        };
        match verdict {
            Verdict::Taken => {
                dialogue.ask(&format!("DELE {number}"), "a mail was deleted").await?;
                polled.taken += 1;
            }
            Verdict::NotHere | Verdict::TooMuch(_) => {
                mailbox.leave(name);
                polled.left += 1;
            }
            Verdict::Later => {
                polled.later = true;
                break;
            }
        }
    }
    dialogue.ask("QUIT", "mails were deleted").await?;
    Ok(polled)
}

pub(super) async fn look(mailbox: &Mailbox) -> Result<(), PollError> {
    Dialogue::open(mailbox).await?.ask("QUIT", "we said goodbye").await.map(|_| ())
}

struct Dialogue<'a> {
    mailbox: &'a Mailbox,
    lines: Lines,
}

impl<'a> Dialogue<'a> {
    async fn open(mailbox: &'a Mailbox) -> Result<Self, PollError> {
        let mut dialogue = Self { mailbox, lines: Lines::new(mailbox.connect().await?) };
        dialogue.answer("it greeted").await?;
        if mailbox.starts_tls() {
            let started = dialogue.ask("STLS", "encryption began").await;
            started.map_err(|_| mailbox.not_offered("STLS"))?;
            // What was sent in the open after this must not be taken for something that came encrypted.
            let wire = dialogue.lines.into_wire().ok_or_else(|| mailbox.broken("encryption began"))?;
            dialogue.lines = Lines::new(mailbox.encrypt(wire).await?);
        }
        let let_in = async {
            dialogue.ask(&format!("USER {}", mailbox.user), "we logged in").await?;
            dialogue.ask(&format!("PASS {}", mailbox.password), "we logged in").await
        };
        let_in.await.map_err(|error| match error {
            PollError::Slow(host) => PollError::Slow(host),
            _ => mailbox.not_let_in(),
        })?;
        Ok(dialogue)
    }

    async fn ask(&mut self, command: &str, doing: &'static str) -> Result<String, PollError> {
        let said = self.lines.say(command, ANSWER_TIME).await;
        said.map_err(|ended| self.ended(ended, doing))?;
        self.answer(doing).await
    }

    async fn answer(&mut self, doing: &'static str) -> Result<String, PollError> {
        let line = self.lines.line(ANSWER_BYTES, ANSWER_TIME).await;
        let line = line.map_err(|ended| self.ended(ended, doing))?;
        if line.starts_with("+OK") { Ok(line) } else { Err(self.mailbox.broken(doing)) }
    }

    fn ended(&self, ended: Ended, doing: &'static str) -> PollError {
        match ended {
            Ended::Silent => self.mailbox.slow(),
            Ended::Gone | Ended::Long => self.mailbox.broken(doing),
        }
    }

    /// Every mail's number and lasting name (`UIDL`), the oldest first.
    async fn list(&mut self) -> Result<Vec<(u32, String)>, PollError> {
        const DOING: &str = "mails were looked for";
        self.ask("UIDL", DOING).await?;
        let body = self.lines.body(LIST_BYTES, MAIL_TIME).await.map_err(|ended| self.ended(ended, DOING))?;
        let Body::Whole(bytes) = body else { return Err(self.mailbox.broken(DOING)) };
        let text = String::from_utf8_lossy(&bytes);
        let row = |line: &str| {
            let (number, name) = line.trim().split_once(' ')?;
            Some((number.parse().ok()?, name.to_owned()))
        };
        Ok(text.lines().filter_map(row).collect())
    }

    async fn mail(&mut self, number: u32) -> Result<Body, PollError> {
        const DOING: &str = "a mail was fetched";
        self.ask(&format!("RETR {number}"), DOING).await?;
        self.lines.body(MAIL_BYTES, MAIL_TIME).await.map_err(|ended| self.ended(ended, DOING))
    }
}
