//! Lines and mails off a connection, never longer than their limits.

use std::{io, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    time::timeout,
};

use super::wire::Wire;

/// How much is read at once.
const CHUNK: usize = 16 << 10;

/// Why there is no line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// The other side went, or the connection broke.
    Gone,
    /// Nothing came in time.
    Silent,
    /// A line was longer than its limit; the rest of it was passed over.
    Long,
}

impl From<io::Error> for Ended {
    fn from(_: io::Error) -> Self {
        Self::Gone
    }
}

/// A mail, or why there is none.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Body {
    /// All of it, with the dots that begin a line as they were meant.
    Whole(Vec<u8>),
    /// It was longer than its limit. It was read to its end, so that the connection can go on.
    TooLarge,
}

/// A connection, read by lines.
#[derive(Debug)]
pub(super) struct Lines {
    wire: Wire,
    buffer: Vec<u8>,
    start: usize,
}

impl Lines {
    pub(super) fn new(wire: Wire) -> Self {
        Self { wire, buffer: Vec::new(), start: 0 }
    }

    /// The connection, when nothing of it waits to be read.
    pub(super) fn into_wire(self) -> Option<Wire> {
        (self.start == self.buffer.len()).then_some(self.wire)
    }

    /// Writes a line; the end of it is added.
    pub(super) async fn say(&mut self, line: &str, time: Duration) -> Result<(), Ended> {
        let writing = async {
            self.wire.write_all(format!("{line}\r\n").as_bytes()).await?;
            self.wire.flush().await
        };
        timeout(time, writing).await.map_err(|_| Ended::Silent)?.map_err(Ended::from)
    }

    /// The next line without its end. Bytes that are no UTF-8 are replaced.
    pub(super) async fn line(&mut self, limit: usize, time: Duration) -> Result<String, Ended> {
        timeout(time, self.raw(limit)).await.map_err(|_| Ended::Silent)?.map(|line| {
            let line = line.strip_suffix(b"\r").unwrap_or(&line);
            String::from_utf8_lossy(line).into_owned()
        })
    }

    /// A mail: up to a line of one dot, within a limit and a time.
    pub(super) async fn body(&mut self, limit: usize, time: Duration) -> Result<Body, Ended> {
        timeout(time, self.up_to_dot(limit)).await.map_err(|_| Ended::Silent)?
    }

    async fn up_to_dot(&mut self, limit: usize) -> Result<Body, Ended> {
        let (mut mail, mut passed) = (Vec::new(), 0_usize);
        let mut whole = true;
        loop {
            // A line that is too long is a mail that is too large.
            let line = match self.raw(limit).await {
                Ok(line) => line,
                Err(Ended::Long) => {
                    whole = false;
                    continue;
                }
                Err(ended) => return Err(ended),
            };
            if line == b".\r" {
                return Ok(if whole { Body::Whole(mail) } else { Body::TooLarge });
            }
            let line = line.strip_prefix(b".").unwrap_or(&line);
            passed = passed.saturating_add(line.len() + 1);
            whole = whole && passed <= limit;
            if whole {
                mail.extend_from_slice(line);
                mail.push(b'\n');
            } else {
                mail.clear();
            }
            // Somebody who sends without end is not waited for.
            if passed > limit.saturating_mul(16) {
                return Err(Ended::Gone);
            }
        }
    }

    /// The next line with whatever stands before its line feed.
    async fn raw(&mut self, limit: usize) -> Result<Vec<u8>, Ended> {
        let (mut searched, mut long, mut dropped) = (self.start, false, 0);
        loop {
            if let Some(length) = self.buffer[searched..].iter().position(|byte| *byte == b'\n') {
                let end = searched + length;
                let line = self.buffer[self.start..end].to_vec();
                self.start = end + 1;
                return if long || line.len() > limit { Err(Ended::Long) } else { Ok(line) };
            }
            if self.buffer.len() - self.start > limit {
                long = true;
                dropped += self.buffer.len() - self.start;
                self.start = self.buffer.len();
            }
            // A line without an end is not waited for.
            if dropped > limit.saturating_mul(16) {
                return Err(Ended::Gone);
            }
            self.buffer.drain(..self.start);
            (self.start, searched) = (0, self.buffer.len());
            let before = self.buffer.len();
            self.buffer.resize(before + CHUNK, 0);
            let read = self.wire.read(&mut self.buffer[before..]).await;
            self.buffer.truncate(before + read.as_ref().map_or(0, |length| *length));
            if read? == 0 {
                return Err(Ended::Gone);
            }
        }
    }
}
