//! A connection that is ready for mails, and the giving of one.

use std::borrow::Cow;
use std::time::Duration;

use memchr::memmem;
use tokio::time::Instant;

use super::Timeouts;
use super::dialogue::{Dialogue, Raw, within};
use crate::mail::envelope::Envelope;
use crate::mail::outcome::Lost;
use crate::mail::reply::Reply;

/// How long is waited for what a relay may have said before it hung up in the middle of a mail.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// What a relay offers (EHLO).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Offers {
    pub(super) pipelining: bool,
    pub(super) size: bool,
    pub(super) start_tls: bool,
    pub(super) plain: bool,
    pub(super) login: bool,
}

impl Offers {
    pub(super) fn of(answer: &Raw) -> Self {
        let mut offers = Self::default();
        for line in answer.lines.iter().skip(1) {
            let line = line.to_ascii_uppercase();
            let mut words = line.split([' ', '=']);
            match words.next().unwrap_or_default() {
                "PIPELINING" => offers.pipelining = true,
                "SIZE" => offers.size = true,
                "STARTTLS" => offers.start_tls = true,
                "AUTH" => words.for_each(|word| {
                    offers.plain |= word == "PLAIN";
                    offers.login |= word == "LOGIN";
                }),
                _ => {}
            }
        }
        offers
    }
}

/// Where a mail was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// At its sender, before anything of the recipient or the mail was judged.
    Sender,
    /// At its recipient.
    Recipient,
    /// Before its bytes.
    Data,
    /// After its bytes.
    End,
}

/// What became of one mail on one connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Sent {
    /// The relay has it.
    Accepted(Reply),
    /// The relay said no.
    Answered(Stage, Reply),
    /// The connection was lost; `ended`: after the bytes that end the mail began to leave.
    Lost { lost: Lost, ended: bool },
}

/// A connection that is ready for mails.
pub(crate) struct Connection {
    dialogue: Dialogue,
    offers: Offers,
    timeouts: Timeouts,
    /// A transaction was begun and not ended.
    open: bool,
    broken: bool,
    /// The commands of one mail.
    commands: Vec<u8>,
    /// Mails that were given to it.
    pub(crate) count: usize,
    /// When it was last used.
    pub(crate) used: Instant,
}

impl Connection {
    pub(super) fn new(dialogue: Dialogue, offers: Offers, timeouts: Timeouts) -> Self {
        let commands = Vec::with_capacity(512);
        Self { dialogue, offers, timeouts, open: false, broken: false, commands, count: 0, used: Instant::now() }
    }

    /// Whether another mail can be given to it, as far as can be told without asking.
    pub(crate) fn is_usable(&mut self) -> bool {
        !self.broken && self.dialogue.is_quiet()
    }

    /// Gives a mail to the relay. Its lines end in CRLF.
    pub(crate) async fn send(&mut self, envelope: &Envelope, mail: &[u8]) -> Sent {
        self.count += 1;
        self.broken = true; // until all is well: whoever drops this future leaves a connection out of step
        let sent = match self.begin(envelope, mail.len()).await {
            Ok(()) => self.give(envelope, mail).await,
            Err(sent) => sent,
        };
        let closing = |reply: &Reply| reply.code == 421;
        self.broken = match &sent {
            Sent::Accepted(reply) => closing(reply),
            Sent::Answered(_, reply) => closing(reply) || self.broken,
            Sent::Lost { .. } => true,
        };
        self.used = Instant::now();
        sent
    }

    /// Says goodbye, without waiting for long.
    pub(crate) async fn quit(mut self) {
        if !self.broken && self.dialogue.say(b"QUIT\r\n", LAST_WORDS).await.is_ok() {
            // Whatever it says: the connection ends here.
            drop(self.dialogue.hear(LAST_WORDS).await);
        }
    }

    /// Sender, recipient, DATA: until the relay waits for the mail's bytes.
    async fn begin(&mut self, envelope: &Envelope, size: usize) -> Result<(), Sent> {
        if !self.dialogue.is_quiet() {
            return Err(lost(Lost::Nonsense));
        }
        if self.offers.pipelining {
            self.begin_at_once(envelope, size).await
        } else {
            self.begin_in_steps(envelope, size).await
        }
    }

    async fn begin_at_once(&mut self, envelope: &Envelope, size: usize) -> Result<(), Sent> {
        self.commands.clear();
        let reset = std::mem::replace(&mut self.open, true);
        if reset {
            self.commands.extend_from_slice(b"RSET\r\n");
        }
        self.sender(envelope, size);
        self.recipient(envelope);
        self.commands.extend_from_slice(b"DATA\r\n");
        self.dialogue.say(&self.commands, self.timeouts.command).await.map_err(lost)?;
        if reset {
            self.hear(envelope).await?;
        }
        let mut refused = Ok(());
        for stage in [Stage::Sender, Stage::Recipient] {
            // A relay that refuses may hang up before it answers the rest; its refusal is the answer all the same.
            match self.hear(envelope).await {
                Ok(reply) => refused = refused.and(judge(stage, reply)),
                Err(sent) => return refused.and(Err(sent)),
            }
        }
        let data = match self.hear(envelope).await {
            Ok(data) => data,
            Err(sent) => return refused.and(Err(sent)),
        };
        // Where the relay waits for a mail that it takes for nobody, only hanging up is safe.
        self.broken = data.code == 354;
        refused?;
        self.is_waiting(data)
    }

    async fn begin_in_steps(&mut self, envelope: &Envelope, size: usize) -> Result<(), Sent> {
        if std::mem::replace(&mut self.open, true) {
            self.commands.clear();
            self.commands.extend_from_slice(b"RSET\r\n");
            self.ask(envelope).await?;
        }
        for stage in [Stage::Sender, Stage::Recipient] {
            self.commands.clear();
            match stage {
                Stage::Sender => self.sender(envelope, size),
                _ => self.recipient(envelope),
            }
            let reply = self.ask(envelope).await?;
            self.broken = false;
            judge(stage, reply)?;
            self.broken = true;
        }
        self.commands.clear();
        self.commands.extend_from_slice(b"DATA\r\n");
        let data = self.ask(envelope).await?;
        self.broken = data.code == 354;
        self.is_waiting(data)
    }

    /// The bytes and what is said to them.
    async fn give(&mut self, envelope: &Envelope, mail: &[u8]) -> Sent {
        self.broken = true;
        let mail = stuffed(mail);
        let mut ended = false;
        let patience = self.timeouts.command;
        let written = within(patience, self.dialogue.stream.write_mail(&mail, &mut ended)).await;
        if let Err(lost) = written {
            return self.last_words(envelope, lost, ended).await;
        }
        match self.dialogue.hear(self.timeouts.end).await {
            Ok(raw) => self.end(&raw, envelope),
            Err(lost) => Sent::Lost { lost, ended },
        }
    }

    fn end(&mut self, raw: &Raw, envelope: &Envelope) -> Sent {
        let reply = Reply::new(raw.code, raw.first(), Some(envelope));
        match raw.code / 100 {
            2 => {
                (self.open, self.broken) = (false, false);
                Sent::Accepted(reply)
            }
            4 | 5 => {
                (self.open, self.broken) = (false, false);
                Sent::Answered(Stage::End, reply)
            }
            _ => Sent::Lost { lost: Lost::Nonsense, ended: true },
        }
    }

    /// A relay that can't take a mail may say so before it hangs up; that is an answer if the mail had not ended.
    async fn last_words(&mut self, envelope: &Envelope, lost: Lost, ended: bool) -> Sent {
        match self.dialogue.hear(LAST_WORDS).await {
            Ok(raw) if raw.code >= 400 => {
                let reply = Reply::new(raw.code, raw.first(), Some(envelope));
                Sent::Answered(Stage::End, reply)
            }
            _ => Sent::Lost { lost, ended },
        }
    }

    fn is_waiting(&self, data: Reply) -> Result<(), Sent> {
        match data.code {
            354 if self.dialogue.is_read() => Ok(()),
            400.. => Err(Sent::Answered(Stage::Data, data)),
            // Replies and commands are out of step: one was said twice.
            _ => Err(lost(Lost::Nonsense)),
        }
    }

    fn sender(&mut self, envelope: &Envelope, size: usize) {
        for part in ["MAIL FROM:<", envelope.from(), ">"] {
            self.commands.extend_from_slice(part.as_bytes());
        }
        if self.offers.size {
            self.commands.extend_from_slice(format!(" SIZE={size}").as_bytes());
        }
        self.commands.extend_from_slice(b"\r\n");
    }

    fn recipient(&mut self, envelope: &Envelope) {
        for part in ["RCPT TO:<", envelope.to(), ">\r\n"] {
            self.commands.extend_from_slice(part.as_bytes());
        }
    }

    async fn ask(&mut self, envelope: &Envelope) -> Result<Reply, Sent> {
        self.dialogue.say(&self.commands, self.timeouts.command).await.map_err(lost)?;
        self.hear(envelope).await
    }

    async fn hear(&mut self, envelope: &Envelope) -> Result<Reply, Sent> {
        let raw = self.dialogue.hear(self.timeouts.command).await.map_err(lost)?;
        Ok(Reply::new(raw.code, raw.first(), Some(envelope)))
    }
}

fn judge(stage: Stage, reply: Reply) -> Result<(), Sent> {
    match reply.code / 100 {
        2 => Ok(()),
        4 | 5 => Err(Sent::Answered(stage, reply)),
        _ => Err(lost(Lost::Nonsense)),
    }
}

fn lost(lost: Lost) -> Sent {
    Sent::Lost { lost, ended: false }
}

/// A mail that ends in a line end and in which no line is the dot that ends it (RFC 5321, section 4.5.2).
fn stuffed(mail: &[u8]) -> Cow<'_, [u8]> {
    if mail.ends_with(b"\r\n") && !mail.starts_with(b".") && memmem::find(mail, b"\r\n.").is_none() {
        return Cow::Borrowed(mail);
    }
    let mut out = Vec::with_capacity(mail.len() + 64);
    for line in mail.split_inclusive(|byte| *byte == b'\n') {
        if line.starts_with(b".") {
            out.push(b'.');
        }
        out.extend_from_slice(line);
    }
    if !out.ends_with(b"\r\n") {
        out.extend_from_slice(b"\r\n");
    }
    Cow::Owned(out)
}
