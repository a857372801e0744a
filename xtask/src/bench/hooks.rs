//! Webhooks of Stripe's over connections that are kept, signed as they are sent.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use anyhow::{Context, ensure};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Where they go, and how.
pub(super) struct Way<'a> {
    pub(super) port: u16,
    /// The endpoint's `whsec_…`.
    pub(super) secret: &'a str,
    pub(super) connections: usize,
    /// So many a second, each timed from when it was due; without a rate, as fast as they are answered.
    pub(super) rate: Option<f64>,
}

/// What came of sending.
pub(super) struct Sent {
    pub(super) took: Duration,
    /// Until each was answered.
    pub(super) times: Vec<Duration>,
}

impl Sent {
    pub(super) fn rate(&self) -> f64 {
        self.times.len() as f64 / self.took.as_secs_f64()
    }
}

impl Way<'_> {
    /// Sends so many bodies; each must be answered with 200.
    pub(super) fn send(&self, count: usize, body: &(dyn Fn(usize) -> String + Sync)) -> anyhow::Result<Sent> {
        let (next, begun) = (AtomicUsize::new(0), Instant::now());
        let done: Vec<anyhow::Result<Vec<Duration>>> = thread::scope(|scope| {
            let one = || self.one_connection(&next, count, begun, body);
            let all: Vec<_> = (0..self.connections).map(|_| scope.spawn(one)).collect();
            all.into_iter().map(|one| one.join().unwrap_or_else(|_| Err(anyhow::anyhow!("a sender broke")))).collect()
        });
        let took = begun.elapsed();
        let mut times = Vec::with_capacity(count);
        for part in done {
            times.extend(part?);
        }
        Ok(Sent { took, times })
    }

    fn one_connection(
        &self,
        next: &AtomicUsize,
        count: usize,
        begun: Instant,
        body: &(dyn Fn(usize) -> String + Sync),
    ) -> anyhow::Result<Vec<Duration>> {
        let mut stream = BufReader::new(TcpStream::connect(("127.0.0.1", self.port)).context("could not connect")?);
        stream.get_ref().set_nodelay(true)?;
        stream.get_ref().set_read_timeout(Some(Duration::from_secs(60)))?;
        let mut times = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count {
                return Ok(times);
            }
            let mut due = Instant::now();
            if let Some(rate) = self.rate {
                due = begun + Duration::from_secs_f64(number as f64 / rate);
                thread::sleep(due.saturating_duration_since(Instant::now()));
            }
            let status = self.exchange(&mut stream, &body(number))?;
            ensure!(status == 200, "a webhook was answered with {status}");
            times.push(due.elapsed());
        }
    }

    fn exchange(&self, stream: &mut BufReader<TcpStream>, body: &str) -> anyhow::Result<u16> {
        let request = format!(
            "POST /-/hooks/pay/stripe HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json; charset=utf-8\r\n\
             Stripe-Signature: {}\r\nContent-Length: {}\r\n\r\n{body}",
            signature(self.secret, body)?,
            body.len()
        );
        stream.get_mut().write_all(request.as_bytes())?;
        let mut line = String::new();
        stream.read_line(&mut line)?;
        let status = line.split(' ').nth(1).and_then(|word| word.parse().ok()).context("there is no status")?;
        let mut length = 0;
        loop {
            line.clear();
            stream.read_line(&mut line)?;
            match line.trim_end().split_once(": ") {
                None => break,
                Some((name, value)) if name.eq_ignore_ascii_case("content-length") => length = value.parse()?,
                Some(_) => {}
            }
        }
        stream.read_exact(&mut vec![0; length])?;
        Ok(status)
    }
}

/// The header over a body, made now.
#[expect(clippy::disallowed_methods, reason = "signatures tell the machine's time")]
fn signature(secret: &str, body: &str) -> anyhow::Result<String> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).context("the secret is no key")?;
    mac.update(format!("{seconds}.").as_bytes());
    mac.update(body.as_bytes());
    let hex: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(format!("t={seconds},v1={hex}"))
}
