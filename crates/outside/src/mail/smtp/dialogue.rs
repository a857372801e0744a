//! Commands and replies over a stream, in step.

use std::io;
use std::time::Duration;

use futures::FutureExt as _;
use tokio::time::timeout;

use super::stream::Stream;
use crate::mail::outcome::Lost;

/// The longest line of a reply, and how many lines one may have; RFC 5321 has 512 bytes and no number.
const MAX_LINE: usize = 4_096;
const MAX_LINES: usize = 100;

/// A reply as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Raw {
    pub(super) code: u16,
    /// The text of each line.
    pub(super) lines: Vec<String>,
}

impl Raw {
    pub(super) fn first(&self) -> &str {
        self.lines.first().map_or("", String::as_str)
    }
}

/// A stream with what was read and not yet understood.
pub(super) struct Dialogue {
    pub(super) stream: Stream,
    inbox: Vec<u8>,
    /// How much of the inbox was taken.
    taken: usize,
}

impl Dialogue {
    pub(super) fn new(stream: Stream) -> Self {
        Self { stream, inbox: Vec::with_capacity(1_024), taken: 0 }
    }

    pub(super) async fn say(&mut self, bytes: &[u8], patience: Duration) -> Result<(), Lost> {
        within(patience, self.stream.write(bytes)).await
    }

    /// The next reply.
    pub(super) async fn hear(&mut self, patience: Duration) -> Result<Raw, Lost> {
        timeout(patience, self.next()).await.map_err(|_| Lost::Silent)?
    }

    async fn next(&mut self) -> Result<Raw, Lost> {
        let mut lines = Vec::with_capacity(1);
        let mut code = None;
        loop {
            let line = self.line().await?;
            let (digits, rest) = line.split_at_checked(3).ok_or(Lost::Nonsense)?;
            let number =
                digits.parse::<u16>().ok().filter(|number| (200..600).contains(number)).ok_or(Lost::Nonsense)?;
            if code.is_some_and(|code| code != number) || lines.len() == MAX_LINES {
                return Err(Lost::Nonsense);
            }
            code = Some(number);
            let (more, text) = match rest.as_bytes().first() {
                None => (false, ""),
                Some(b' ') => (false, &rest[1..]),
                Some(b'-') => (true, &rest[1..]),
                Some(_) => return Err(Lost::Nonsense),
            };
            lines.push(text.to_owned());
            if !more {
                return Ok(Raw { code: number, lines });
            }
        }
    }

    async fn line(&mut self) -> Result<String, Lost> {
        loop {
            let unread = &self.inbox[self.taken..];
            if let Some(end) = memchr::memchr(b'\n', unread) {
                let line = String::from_utf8_lossy(&unread[..end]).trim_end().to_owned();
                self.taken += end + 1;
                return Ok(line);
            }
            if unread.len() > MAX_LINE {
                return Err(Lost::Nonsense);
            }
            self.inbox.drain(..self.taken);
            self.taken = 0;
            match self.stream.read(&mut self.inbox).await {
                Ok(0) | Err(_) => return Err(Lost::Closed),
                Ok(_) => {}
            }
        }
    }

    /// Whether nothing lies there that nobody asked for, and the relay has not hung up.
    pub(super) fn is_quiet(&mut self) -> bool {
        self.taken == self.inbox.len() && self.stream.read(&mut self.inbox).now_or_never().is_none()
    }

    /// Whether everything that was read was understood.
    pub(super) fn is_read(&self) -> bool {
        self.taken == self.inbox.len()
    }
}

/// A write that has to make progress within a time.
pub(super) async fn within(patience: Duration, write: impl Future<Output = io::Result<()>>) -> Result<(), Lost> {
    match timeout(patience, write).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) => Err(Lost::Closed),
        Err(_) => Err(Lost::Silent),
    }
}
