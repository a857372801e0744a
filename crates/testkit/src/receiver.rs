//! Somebody else's server that is told things: it takes POSTs, remembers them, and answers as it was asked to.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use anyhow::Context;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// What came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The path.
    pub path: String,
    /// The headers in order, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

impl Received {
    /// A header, or nothing.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str()).unwrap_or_default()
    }
}

/// The server.
#[derive(Debug, Clone)]
pub struct Receiver {
    /// `http://127.0.0.1:PORT`.
    pub address: String,
    inner: Arc<Mutex<Inner>>,
}

#[derive(Debug, Default)]
struct Inner {
    received: Vec<Received>,
    answers: VecDeque<u16>,
}

impl Receiver {
    /// Begins to listen; answers 204 unless asked otherwise.
    ///
    /// # Errors
    /// When no port is free.
    pub async fn start() -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.context("could not listen")?;
        let address = format!("http://{}", listener.local_addr()?);
        let receiver = Self { address, inner: Arc::default() };
        let serving = receiver.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let serving = serving.clone();
                tokio::spawn(async move { serving.take(stream).await });
            }
        });
        Ok(receiver)
    }

    /// The next answers.
    pub fn answer(&self, statuses: &[u16]) {
        self.inner().answers.extend(statuses);
    }

    /// Everything that came so far.
    #[must_use]
    pub fn received(&self) -> Vec<Received> {
        self.inner().received.clone()
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn take(&self, mut stream: TcpStream) -> anyhow::Result<()> {
        let mut bytes = Vec::new();
        let received = loop {
            let mut chunk = [0; 4096];
            let length = stream.read(&mut chunk).await?;
            anyhow::ensure!(length > 0, "the request broke off");
            bytes.extend_from_slice(&chunk[..length]);
            if let Some(received) = whole(&bytes) {
                break received;
            }
        };
        let status = {
            let mut inner = self.inner();
            inner.received.push(received);
            inner.answers.pop_front().unwrap_or(204)
        };
        // Whoever follows this arrives where nobody answers.
        let location = "location: http://127.0.0.1:9/\r\n";
        let answer = format!("HTTP/1.1 {status} Told\r\n{location}content-length: 0\r\nconnection: close\r\n\r\n");
        stream.write_all(answer.as_bytes()).await?;
        Ok(())
    }
}

/// A request, when all of it is there.
fn whole(bytes: &[u8]) -> Option<Received> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (head, body) = text.split_once("\r\n\r\n")?;
    let mut lines = head.lines();
    let path = lines.next()?.split(' ').nth(1)?.to_owned();
    let headers = lines.filter_map(|line| line.split_once(':'));
    let headers = headers.map(|(name, value)| (name.to_lowercase(), value.trim().to_owned())).collect();
    let received = Received { path, headers, body: body.to_owned() };
    let length: usize = received.header("content-length").parse().unwrap_or_default();
    (body.len() >= length).then_some(received)
}
