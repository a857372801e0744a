//! One connection of a mail server that brings mails: LMTP (RFC 2033) or SMTP (RFC 5321), as far as taking in needs it.
//!
//! A recipient is refused before the mail is read unless somebody here takes it. There is no log-in, no relaying and no
//! looking up of names, and no answer repeats an address.

use std::sync::Arc;

use tokio::time::timeout;
use tokio_rustls::{TlsAcceptor, TlsStream};

use super::{
    Protocol, Takes, Verdict,
    limits::{COMMAND_BYTES, COMMAND_TIME, COMMANDS, MAIL_TIME, MAILS, RECIPIENTS, REFUSED},
    lines::{Body, Ended, Lines},
    wire::Wire,
};
use crate::mailback::{Envelope, Sender, limits::MAIL_BYTES};

/// What a session needs to know.
#[derive(Clone)]
pub(super) struct House {
    pub(super) protocol: Protocol,
    pub(super) domain: Arc<str>,
    pub(super) takes: Arc<dyn Takes>,
    pub(super) tls: Option<TlsAcceptor>,
}

/// Where a mail stands that is being brought.
#[derive(Debug, Default)]
struct Mail {
    sender: Option<Sender>,
    recipients: Vec<String>,
}

/// What follows a command.
enum Next {
    Answer(String),
    Data,
    Encrypt,
    Quit,
}

/// A connection.
pub(super) struct Session {
    house: House,
    greeted: bool,
    encrypted: bool,
    mail: Mail,
    refused: usize,
    mails: usize,
}

impl Session {
    pub(super) fn new(house: House) -> Self {
        Self { house, greeted: false, encrypted: false, mail: Mail::default(), refused: 0, mails: 0 }
    }

    /// Speaks until one of both ends it.
    pub(super) async fn run(mut self, wire: Wire) -> Result<(), Ended> {
        let mut lines = Lines::new(wire);
        let protocol = if self.house.protocol == Protocol::Lmtp { "LMTP" } else { "ESMTP" };
        lines.say(&format!("220 {} {protocol} takes what comes back", self.house.domain), COMMAND_TIME).await?;
        for _ in 0..COMMANDS {
            let next = match lines.line(COMMAND_BYTES, COMMAND_TIME).await {
                Ok(line) => self.command(&line).await,
                Err(Ended::Long) => self.refuse(&format!("500 5.5.2 A line has {COMMAND_BYTES} bytes at most")),
                Err(Ended::Silent) => return lines.say("421 4.4.2 Nothing came for a minute", COMMAND_TIME).await,
                Err(Ended::Gone) => return Ok(()),
            };
            match next {
                Next::Answer(answer) => lines.say(&answer, COMMAND_TIME).await?,
                Next::Data => self.data(&mut lines).await?,
                Next::Encrypt => lines = self.encrypt(lines).await?,
                Next::Quit => return lines.say("221 2.0.0 Goodbye", COMMAND_TIME).await,
            }
            if self.refused > REFUSED {
                return lines.say("421 4.7.0 Too much was refused", COMMAND_TIME).await;
            }
        }
        lines.say("421 4.7.0 Too many commands; connect anew", COMMAND_TIME).await
    }

    fn refuse(&mut self, answer: &str) -> Next {
        self.refused += 1;
        Next::Answer(answer.to_owned())
    }

    async fn command(&mut self, line: &str) -> Next {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        let lmtp = self.house.protocol == Protocol::Lmtp;
        match verb.trim().to_ascii_uppercase().as_str() {
            "LHLO" if lmtp => self.hello(true),
            "EHLO" if !lmtp => self.hello(true),
            "HELO" if !lmtp => self.hello(false),
            "LHLO" => self.refuse("500 5.5.1 This is SMTP; say EHLO"),
            "EHLO" | "HELO" => self.refuse("500 5.5.1 This is LMTP; say LHLO"),
            "STARTTLS" if self.house.tls.is_some() && !self.encrypted => Next::Encrypt,
            "MAIL" => self.from(rest),
            "RCPT" => self.to(rest).await,
            "DATA" if self.mail.recipients.is_empty() => self.refuse("503 5.5.1 Say MAIL and RCPT first"),
            "DATA" => Next::Data,
            "RSET" => {
                self.mail = Mail::default();
                Next::Answer("250 2.0.0 Begin anew".to_owned())
            }
            "NOOP" => Next::Answer("250 2.0.0 Yes".to_owned()),
            "VRFY" => Next::Answer("252 2.5.0 Nobody is named here; send a mail".to_owned()),
            "QUIT" => Next::Quit,
            _ => self.refuse("502 5.5.1 There is no such command here"),
        }
    }

    fn hello(&mut self, extended: bool) -> Next {
        self.greeted = true;
        self.mail = Mail::default();
        let domain = &self.house.domain;
        if !extended {
            return Next::Answer(format!("250 {domain}"));
        }
        let tls = if self.house.tls.is_some() && !self.encrypted { "250-STARTTLS\r\n" } else { "" };
        Next::Answer(format!(
            "250-{domain}\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SIZE {MAIL_BYTES}\r\n{tls}250 ENHANCEDSTATUSCODES"
        ))
    }

    fn from(&mut self, rest: &str) -> Next {
        if !self.greeted {
            return self.refuse("503 5.5.1 Greet first");
        }
        if self.mails >= MAILS {
            return self.refuse(&format!("452 4.5.3 {MAILS} mails are the most of one connection; connect anew"));
        }
        let Some((path, parameters)) = path(rest, "FROM:") else {
            return self.refuse("501 5.5.4 Say MAIL FROM:<address>");
        };
        let size = parameters.split_whitespace().find_map(|word| {
            let value = word.get(..5).filter(|name| name.eq_ignore_ascii_case("SIZE=")).and(word.get(5..))?;
            value.parse::<usize>().ok()
        });
        if size.is_some_and(|size| size > MAIL_BYTES) {
            return self.refuse(&format!("552 5.3.4 A mail has {MAIL_BYTES} bytes at most"));
        }
        let sender = if path.is_empty() { Sender::Empty } else { Sender::Given };
        self.mail = Mail { sender: Some(sender), recipients: Vec::new() };
        Next::Answer("250 2.1.0 Go on".to_owned())
    }

    async fn to(&mut self, rest: &str) -> Next {
        if self.mail.sender.is_none() {
            return self.refuse("503 5.5.1 Say MAIL first");
        }
        let Some((path, _)) = path(rest, "TO:") else { return self.refuse("501 5.5.4 Say RCPT TO:<address>") };
        if self.mail.recipients.len() >= RECIPIENTS {
            return self.refuse(&format!("452 4.5.3 A mail has {RECIPIENTS} recipients at most"));
        }
        match self.house.takes.knows(path).await {
            Verdict::Taken => {
                self.mail.recipients.push(path.to_owned());
                Next::Answer("250 2.1.5 Go on".to_owned())
            }
            verdict => self.refuse(&answer(verdict)),
        }
    }

    async fn data(&mut self, lines: &mut Lines) -> Result<(), Ended> {
        lines.say("354 Go on; a line of one dot ends it", COMMAND_TIME).await?;
        let body = lines.body(MAIL_BYTES, MAIL_TIME).await?;
        let Mail { sender, recipients } = std::mem::take(&mut self.mail);
        self.mails += 1;
        let mut answers = Vec::with_capacity(recipients.len());
        for recipient in &recipients {
            let verdict = match &body {
                Body::TooLarge => Verdict::TooMuch(crate::mailback::TooMuch::Bytes),
                Body::Whole(bytes) => {
                    let sender = sender.unwrap_or(Sender::Given);
                    self.house.takes.take(Envelope { sender, recipient: Some(recipient) }, bytes).await
                }
            };
            answers.push(verdict);
        }
        if self.house.protocol == Protocol::Smtp {
            answers = vec![together(&answers)];
        }
        for verdict in answers {
            lines.say(&answer(verdict), COMMAND_TIME).await?;
        }
        Ok(())
    }

    /// What was sent in the open after the command must not be taken for something that came encrypted (CVE-2011-0411).
    async fn encrypt(&mut self, mut lines: Lines) -> Result<Lines, Ended> {
        let Some(tls) = self.house.tls.clone() else { return Err(Ended::Gone) };
        lines.say("220 2.0.0 Go on", COMMAND_TIME).await?;
        let Some(Wire::Plain(stream)) = lines.into_wire() else { return Err(Ended::Gone) };
        let stream = timeout(COMMAND_TIME, tls.accept(stream)).await.map_err(|_| Ended::Silent)??;
        (self.encrypted, self.greeted, self.mail) = (true, false, Mail::default());
        Ok(Lines::new(Wire::Tls(Box::new(TlsStream::Server(stream)))))
    }
}

/// One verdict of several, where only one can be said: what comes again does no harm.
fn together(verdicts: &[Verdict]) -> Verdict {
    let rank = |verdict: &Verdict| match verdict {
        Verdict::Later => 0,
        Verdict::Taken => 1,
        Verdict::TooMuch(_) => 2,
        Verdict::NotHere => 3,
    };
    verdicts.iter().copied().min_by_key(rank).unwrap_or(Verdict::NotHere)
}

fn answer(verdict: Verdict) -> String {
    match verdict {
        Verdict::Taken => "250 2.0.0 Taken".to_owned(),
        Verdict::Later => "451 4.3.0 Not now; try again later".to_owned(),
        Verdict::NotHere => "550 5.1.1 There is no such address here".to_owned(),
        Verdict::TooMuch(crate::mailback::TooMuch::Bytes) => format!("552 5.3.4 A mail has {MAIL_BYTES} bytes at most"),
        Verdict::TooMuch(crate::mailback::TooMuch::Hops) => "554 5.4.6 The mail goes round in circles".to_owned(),
        Verdict::TooMuch(why) => format!("554 5.6.0 This is not read: {why}"),
    }
}

/// The path of `FROM:<path> PARAMETERS`, and the parameters.
fn path<'a>(rest: &'a str, name: &str) -> Option<(&'a str, &'a str)> {
    let rest = rest.trim_start();
    let rest = rest.get(..name.len()).filter(|own| own.eq_ignore_ascii_case(name)).and(rest.get(name.len()..))?;
    let (path, parameters) = rest.trim_start().strip_prefix('<')?.split_once('>')?;
    Some((path, parameters))
}
