//! A mail server that does what it is told: it takes mails and remembers them, or refuses, hangs, hangs up and lies at any
//! moment of a conversation.
//!
//! ```ignore
//! let server = Smtp::that(|moment| match moment.stage {
//!     Stage::To if moment.to.starts_with("gone@") => Do::Say("550 5.1.1 no such user"),
//!     Stage::End if moment.count == 3 => Do::TakeAndHangUp,
//!     _ => Do::Go,
//! }).await?;
//! ```

mod talk;

use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicUsize, Ordering},
};
use std::time::Duration;

use anyhow::Context;
use mail_parser::{MessageParser, PartType};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::{
    ServerConfig,
    crypto::aws_lc_rs,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};

/// A moment at which the server is asked what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Somebody connected.
    Connect,
    /// EHLO or HELO.
    Hello,
    /// STARTTLS.
    StartTls,
    /// AUTH, whole.
    Login,
    /// MAIL FROM.
    From,
    /// RCPT TO.
    To,
    /// DATA.
    Data,
    /// The first bytes of a mail are there.
    Body,
    /// The dot that ends a mail is there.
    End,
    /// RSET, NOOP and all else.
    Other,
}

/// Where a conversation is.
#[derive(Debug, Clone)]
pub struct Moment {
    /// At what.
    pub stage: Stage,
    /// How often this stage was reached before, over all connections.
    pub count: usize,
    /// The number of the connection, from 0.
    pub connection: usize,
    /// The recipient, once it was named.
    pub to: String,
}

/// What the server does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Do {
    /// What a good server would.
    Go,
    /// Says this, and does nothing else. `421` hangs up after it.
    Say(&'static str),
    /// As [`Do::Go`], but says its reply twice.
    GoTwice,
    /// As [`Do::Go`], after a while.
    GoSlowly(Duration),
    /// Says nothing any more, and keeps the connection.
    Hang,
    /// Closes the connection.
    HangUp,
    /// Takes the mail, and closes the connection instead of saying so; at STARTTLS, closes it after saying yes.
    TakeAndHangUp,
}

/// How the server is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption {
    /// In the open.
    None,
    /// After STARTTLS.
    StartTls,
    /// From the first byte.
    Tls,
}

/// A mail that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Where it returns to.
    pub from: String,
    /// Who gets it.
    pub to: String,
    /// Its bytes, as they were before dots were doubled.
    pub bytes: Vec<u8>,
    /// Name and password that the connection showed.
    pub login: Option<(String, String)>,
    /// Whether it came over an encrypted connection.
    pub encrypted: bool,
    /// The number of the connection, from 0.
    pub connection: usize,
}

impl Mail {
    /// The mail as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// The plain part as a reader's program shows it, line ends `\n`; empty if there is none.
    #[must_use]
    pub fn plain(&self) -> String {
        let Some(mail) = MessageParser::new().parse(&self.bytes) else { return String::new() };
        // `body_text` would make text of the HTML where there is none.
        let plain =
            mail.parts.iter().find_map(|part| if let PartType::Text(text) = &part.body { Some(text) } else { None });
        plain.map(|text| text.replace("\r\n", "\n")).unwrap_or_default()
    }

    /// The token of the link in the plain part that begins with such a path, as `/-/newsletter/confirm/`.
    ///
    /// # Panics
    /// If no link begins so.
    #[must_use]
    pub fn token(&self, path: &str) -> String {
        let text = self.plain();
        let Some((_, rest)) = text.split_once(path) else { panic!("no link {path} in {text}") };
        rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect()
    }

    /// A header, unfolded; empty if it is not there.
    #[must_use]
    pub fn header(&self, name: &str) -> String {
        let text = self.text().replace("\r\n ", " ").replace("\r\n\t", " ");
        let head = text.split("\r\n\r\n").next().unwrap_or_default();
        let mut fields = head.lines().filter_map(|line| line.split_once(':'));
        fields
            .find(|(own, _)| own.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim().to_owned())
            .unwrap_or_default()
    }
}

/// The server. It ends with the runtime that it was started in.
#[derive(Clone)]
pub struct Smtp {
    /// Where it listens: `smtp://`, `starttls://` or `smtps://` with `localhost` and a port.
    pub address: String,
    /// Its certificate in PEM, which nobody trusts unless told to.
    pub certificate: String,
    inner: Arc<Inner>,
}

struct Inner {
    act: Box<dyn Fn(&Moment) -> Do + Send + Sync>,
    offers: Vec<String>,
    encryption: Encryption,
    acceptor: TlsAcceptor,
    mails: Mutex<Vec<Mail>>,
    commands: Mutex<Vec<String>>,
    counts: Mutex<std::collections::HashMap<Stage, usize>>,
    connections: AtomicUsize,
    open: AtomicUsize,
    most: AtomicUsize,
}

impl Smtp {
    /// A good server.
    ///
    /// # Errors
    /// When no port is free.
    pub async fn start() -> anyhow::Result<Self> {
        Self::that(|_| Do::Go).await
    }

    /// A server that asks what to do at every moment.
    ///
    /// # Errors
    /// When no port is free.
    pub async fn that(act: impl Fn(&Moment) -> Do + Send + Sync + 'static) -> anyhow::Result<Self> {
        Self::with(Encryption::None, &["PIPELINING", "SIZE 10485760", "8BITMIME", "AUTH PLAIN LOGIN"], act).await
    }

    /// A server of which everything is said: its encryption, what it offers, what it does.
    ///
    /// # Errors
    /// When no port is free.
    pub async fn with(
        encryption: Encryption,
        offers: &[&str],
        act: impl Fn(&Moment) -> Do + Send + Sync + 'static,
    ) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.context("could not listen")?;
        let scheme = match encryption {
            Encryption::None => "smtp",
            Encryption::StartTls => "starttls",
            Encryption::Tls => "smtps",
        };
        let address = format!("{scheme}://localhost:{}", listener.local_addr()?.port());
        let (acceptor, certificate) = certificate()?;
        let inner = Arc::new(Inner {
            act: Box::new(act),
            offers: offers.iter().map(|offer| (*offer).to_owned()).collect(),
            encryption,
            acceptor,
            mails: Mutex::default(),
            commands: Mutex::default(),
            counts: Mutex::default(),
            connections: AtomicUsize::new(0),
            open: AtomicUsize::new(0),
            most: AtomicUsize::new(0),
        });
        let serving = Arc::clone(&inner);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(Arc::clone(&serving), stream));
            }
        });
        Ok(Self { address, certificate, inner })
    }

    /// Every mail that it took.
    #[must_use]
    pub fn mails(&self) -> Vec<Mail> {
        locked(&self.inner.mails).clone()
    }

    /// How many mails it took.
    #[must_use]
    pub fn taken(&self) -> usize {
        locked(&self.inner.mails).len()
    }

    /// Waits until it took so many mails.
    ///
    /// # Errors
    /// When it did not within 20 seconds.
    pub async fn wait_for(&self, count: usize) -> anyhow::Result<Vec<Mail>> {
        for _ in 0..2_000 {
            let mails = self.mails();
            if mails.len() >= count {
                return Ok(mails);
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        anyhow::bail!("{} of {count} mails came", self.mails().len())
    }

    /// Every command that it was given, in order, over all connections; of a login the first word alone.
    #[must_use]
    pub fn commands(&self) -> Vec<String> {
        locked(&self.inner.commands).clone()
    }

    /// Connections: how many there were, how many are open, and how many were open at once at most.
    #[must_use]
    pub fn connections(&self) -> (usize, usize, usize) {
        let Inner { connections, open, most, .. } = &*self.inner;
        (connections.load(Ordering::SeqCst), open.load(Ordering::SeqCst), most.load(Ordering::SeqCst))
    }
}

async fn serve(inner: Arc<Inner>, stream: TcpStream) {
    let number = inner.connections.fetch_add(1, Ordering::SeqCst);
    let open = inner.open.fetch_add(1, Ordering::SeqCst) + 1;
    inner.most.fetch_max(open, Ordering::SeqCst);
    // A client that hung up is what some tests are about.
    drop(talk::talk(&inner, stream, number).await);
    inner.open.fetch_sub(1, Ordering::SeqCst);
}

/// A key with a certificate for `localhost`.
fn certificate() -> anyhow::Result<(TlsAcceptor, String)> {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()])?;
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)?;
    Ok((TlsAcceptor::from(Arc::new(config)), made.cert.pem()))
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl std::fmt::Debug for Smtp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Smtp").field("address", &self.address).finish_non_exhaustive()
    }
}
