//! The listener: connections within limits, each a [`Session`].

use std::{collections::HashMap, fmt, future::Future, io, net::IpAddr, pin::pin, sync::Arc, time::Duration};

use tokio::{
    net::{TcpListener, TcpStream},
    sync::Mutex,
    time::{sleep, timeout},
};
use tokio_rustls::TlsAcceptor;

use super::{
    Takes,
    limits::{CONNECTION_TIME, CONNECTIONS, CONNECTIONS_EACH},
    session::{House, Session},
    wire::Wire,
};

/// How mails are brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// By a mail server of the newsroom's own (RFC 2033).
    Lmtp,
    /// By anybody's (RFC 5321).
    Smtp,
}

impl Protocol {
    /// From its name in the configuration.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "lmtp" => Some(Self::Lmtp),
            "smtp" => Some(Self::Smtp),
            _ => None,
        }
    }
}

/// Where mail servers bring what comes back.
#[derive(Clone)]
pub struct Listener {
    house: House,
    /// Open connections by address; in memory, and gone with the connection.
    open: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

impl fmt::Debug for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Listener").field("protocol", &self.house.protocol).finish_non_exhaustive()
    }
}

impl Listener {
    /// A listener that calls itself by a domain and gives what comes to `takes`. With `tls` it offers encryption.
    #[must_use]
    pub fn new(protocol: Protocol, domain: &str, takes: Arc<dyn Takes>, tls: Option<TlsAcceptor>) -> Self {
        Self { house: House { protocol, domain: domain.into(), takes, tls }, open: Arc::default() }
    }

    /// Listens until `stop`. Mails that are being brought then are brought again later.
    pub async fn run(self, listener: TcpListener, stop: impl Future<Output = ()>) {
        let mut stop = pin!(stop);
        loop {
            let accepted = tokio::select! {
                accepted = listener.accept() => accepted,
                () = &mut stop => return,
            };
            match accepted {
                Ok((stream, peer)) => {
                    let listener = self.clone();
                    tokio::spawn(async move { listener.connection(stream, peer.ip()).await });
                }
                Err(error) => rest(&error).await,
            }
        }
    }

    async fn connection(self, stream: TcpStream, peer: IpAddr) {
        if !self.enter(peer).await {
            // Whether they read it is theirs.
            let _said = timeout(Duration::from_secs(5), busy(&stream)).await;
            return;
        }
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection could not be set to send at once");
        }
        let session = Session::new(self.house.clone()).run(Wire::Plain(stream));
        // How a connection ends is between them and the network.
        let _ended = timeout(CONNECTION_TIME, session).await;
        self.leave(peer).await;
    }

    async fn enter(&self, peer: IpAddr) -> bool {
        let mut open = self.open.lock().await;
        let all: usize = open.values().sum();
        let own = open.entry(peer).or_default();
        // A mail server on this machine may be the only one there is.
        let each = if peer.is_loopback() { CONNECTIONS } else { CONNECTIONS_EACH };
        let room = all < CONNECTIONS && *own < each;
        *own += usize::from(room);
        if *own == 0 {
            open.remove(&peer);
        }
        room
    }

    async fn leave(&self, peer: IpAddr) {
        let mut open = self.open.lock().await;
        if let Some(own) = open.get_mut(&peer) {
            *own = own.saturating_sub(1);
            if *own == 0 {
                open.remove(&peer);
            }
        }
    }
}

async fn busy(stream: &TcpStream) -> io::Result<()> {
    stream.writable().await?;
    stream.try_write(b"421 4.3.2 Too many connections; try again later\r\n").map(|_| ())
}

/// Accepting failed: out of file descriptors, or the peer went away. Rests a moment rather than spinning.
async fn rest(error: &io::Error) {
    let gone = [io::ErrorKind::ConnectionAborted, io::ErrorKind::ConnectionReset, io::ErrorKind::ConnectionRefused];
    if !gone.contains(&error.kind()) {
        tracing::error!(%error, "could not accept a connection that brings mails; trying again");
        sleep(Duration::from_millis(100)).await;
    }
}
