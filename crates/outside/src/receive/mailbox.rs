//! A mailbox that is asked for mails from time to time, over IMAP or POP3.
//!
//! What was taken is deleted there, after it was taken: who is cut off in between takes it again. What came to none of our
//! addresses is left where it is, because somebody may read this mailbox. While nothing can be done (the keys are away) the
//! mails stay as well.

use std::{
    collections::{HashSet, VecDeque},
    fmt,
    sync::{Mutex, PoisonError},
};

use percent_encoding::percent_decode_str;
use rustls::pki_types::ServerName;
use tokio::{
    net::{TcpStream, lookup_host},
    time::timeout,
};
use tokio_rustls::{TlsConnector, TlsStream};
use url::Url;

use super::{
    Takes, imap,
    limits::{CONNECT_TIME, LEFT, POLL_TIME},
    pop3,
    wire::Wire,
};
use crate::{
    addresses::is_public,
    tls::{self, TlsError},
};

/// How a mailbox is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Imap,
    Pop3,
}

/// How the connection is kept from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Security {
    /// From the first byte.
    Tls,
    /// Before anything is said.
    StartTls,
    /// Not at all: this machine or its network.
    Plain,
}

/// A mailbox.
pub struct Mailbox {
    kind: Kind,
    security: Security,
    host: String,
    port: u16,
    pub(super) user: String,
    pub(super) password: String,
    pub(super) folder: String,
    tls: Option<TlsConnector>,
    left: Mutex<Left>,
}

/// Why a mailbox can't be used as it is written.
#[derive(Debug, thiserror::Error)]
pub enum MailboxError {
    /// Not an address of a mailbox.
    #[error(
        "the mailbox's address can't be read; write it like imaps://user@mail.example.org/INBOX or pop3s://user@mail.example.org"
    )]
    Address,
    /// Nobody's.
    #[error("the mailbox's address has no user; write it like imaps://user@mail.example.org/INBOX")]
    User,
    /// Certificates that are none.
    #[error("the file of trusted certificates can't be used: {0}")]
    Trusted(#[from] TlsError),
}

/// Why a mailbox could not be asked. None of them names anybody.
#[derive(Debug, thiserror::Error)]
pub enum PollError {
    /// No connection.
    #[error("{0} could not be reached")]
    Unreachable(String),
    /// A password would cross the internet readable.
    #[error(
        "{0} is on the internet and would be sent the password unencrypted; write imaps:// or pop3s:// before it, or starttls+imap://"
    )]
    Readable(String),
    /// No encryption.
    #[error("the connection to {host} could not be encrypted: {what}")]
    Tls {
        /// Which server.
        host: String,
        /// Why.
        what: String,
    },
    /// The server does not offer what it has to.
    #[error("{host} does not offer {what}")]
    NotOffered {
        /// Which server.
        host: String,
        /// What it should.
        what: &'static str,
    },
    /// Not let in.
    #[error("{0} did not let us in; look at user and password of the mailbox")]
    Login(String),
    /// No such folder.
    #[error("{host} has no folder `{folder}`")]
    Folder {
        /// Which server.
        host: String,
        /// Which folder.
        folder: String,
    },
    /// It broke off, or said what it should not.
    #[error("the connection to {host} broke off while {doing}")]
    Broken {
        /// Which server.
        host: String,
        /// What was being done.
        doing: &'static str,
    },
    /// Too slow.
    #[error("{0} took too long")]
    Slow(String),
}

/// What was found in a mailbox.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Polled {
    /// Mails that were taken, and deleted there.
    pub taken: usize,
    /// Mails that were looked at for the first time and are left there, because they are not ours.
    pub left: usize,
    /// Whether mails wait there because nothing can be done now.
    pub later: bool,
    /// Whether there are more than are taken at a time.
    pub more: bool,
}

impl fmt::Debug for Mailbox {
    /// Without user and password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mailbox").field("kind", &self.kind).field("host", &self.host).finish_non_exhaustive()
    }
}

impl Mailbox {
    /// A mailbox at an address like `imaps://user@mail.example.org/INBOX`, `pop3s://…`, `starttls+imap://…`, or, on this
    /// machine, `imap://…`. A `password` that is given counts for more than one in the address. `trusted` are certificates
    /// in PEM that are trusted besides the system's.
    ///
    /// # Errors
    /// [`MailboxError`].
    pub fn new(address: &str, password: Option<&str>, trusted: Option<&str>) -> Result<Self, MailboxError> {
        let url = Url::parse(address).map_err(|_| MailboxError::Address)?;
        let (kind, security, port) = match url.scheme() {
            "imaps" => (Kind::Imap, Security::Tls, 993),
            "starttls+imap" => (Kind::Imap, Security::StartTls, 143),
            "imap" => (Kind::Imap, Security::Plain, 143),
            "pop3s" => (Kind::Pop3, Security::Tls, 995),
            "starttls+pop3" => (Kind::Pop3, Security::StartTls, 110),
            "pop3" => (Kind::Pop3, Security::Plain, 110),
            _ => return Err(MailboxError::Address),
        };
        let decoded =
            |text: &str| percent_decode_str(text).decode_utf8().map(String::from).map_err(|_| MailboxError::Address);
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(MailboxError::Address)?;
        if url.username().is_empty() {
            return Err(MailboxError::User);
        }
        let folder = decoded(url.path().trim_start_matches('/'))?;
        let one_line = |text: &str| !text.contains(['\r', '\n', '\0']);
        let (user, own) = (decoded(url.username())?, decoded(url.password().unwrap_or_default())?);
        let password = password.map_or(own, str::to_owned);
        if ![&folder, &user, &password].into_iter().all(|text| one_line(text)) {
            return Err(MailboxError::Address);
        }
        Ok(Self {
            kind,
            security,
            host: host.trim_start_matches('[').trim_end_matches(']').to_owned(),
            port: url.port().unwrap_or(port),
            user,
            password,
            folder: if folder.is_empty() { "INBOX".to_owned() } else { folder },
            tls: if security == Security::Plain { None } else { Some(tls::connector(trusted)?) },
            left: Mutex::default(),
        })
    }

    /// Takes what is in it.
    ///
    /// # Errors
    /// [`PollError`]; what was taken before it is not taken again.
    pub async fn poll(&self, takes: &dyn Takes) -> Result<Polled, PollError> {
        let asking = async {
            match self.kind {
                Kind::Imap => imap::poll(self, takes).await,
                Kind::Pop3 => pop3::poll(self, takes).await,
            }
        };
        timeout(POLL_TIME, asking).await.map_err(|_| PollError::Slow(self.host.clone()))?
    }

    /// Opens it and closes it again, without looking at a mail.
    ///
    /// # Errors
    /// [`PollError`].
    pub async fn look(&self) -> Result<(), PollError> {
        let looking = async {
            match self.kind {
                Kind::Imap => imap::look(self).await,
                Kind::Pop3 => pop3::look(self).await,
            }
        };
        timeout(POLL_TIME, looking).await.map_err(|_| PollError::Slow(self.host.clone()))?
    }

    /// Whether encryption begins with a command.
    pub(super) fn starts_tls(&self) -> bool {
        self.security == Security::StartTls
    }

    /// A connection, encrypted where that is from the first byte.
    pub(super) async fn connect(&self) -> Result<Wire, PollError> {
        let stream = timeout(CONNECT_TIME, self.socket()).await.map_err(|_| PollError::Slow(self.host.clone()))??;
        if self.security == Security::Tls { self.encrypt(Wire::Plain(stream)).await } else { Ok(Wire::Plain(stream)) }
    }

    async fn socket(&self) -> Result<TcpStream, PollError> {
        let unreachable = || PollError::Unreachable(self.host.clone());
        let found = lookup_host((self.host.as_str(), self.port)).await.map_err(|_| unreachable())?;
        let mut error = unreachable();
        for address in found {
            if self.security == Security::Plain && is_public(address.ip()) {
                error = PollError::Readable(self.host.clone());
                continue;
            }
            match TcpStream::connect(address).await {
                Ok(stream) => return Ok(stream),
                Err(_) => error = unreachable(),
            }
        }
        Err(error)
    }

    /// Encrypts a connection.
    pub(super) async fn encrypt(&self, wire: Wire) -> Result<Wire, PollError> {
        let failed = |what: String| PollError::Tls { host: self.host.clone(), what };
        let (Wire::Plain(stream), Some(tls)) = (wire, &self.tls) else {
            return Err(failed("it is encrypted already".to_owned()));
        };
        let name = ServerName::try_from(self.host.clone()).map_err(|error| failed(error.to_string()))?;
        let shaking = timeout(CONNECT_TIME, tls.connect(name, stream)).await;
        let stream = shaking.map_err(|_| PollError::Slow(self.host.clone()))?;
        let stream = stream.map_err(|error| failed(tls::what(&error)))?;
        Ok(Wire::Tls(Box::new(TlsStream::Client(stream))))
    }

    /// It broke off while something was being done.
    pub(super) fn broken(&self, doing: &'static str) -> PollError {
        PollError::Broken { host: self.host.clone(), doing }
    }

    pub(super) fn slow(&self) -> PollError {
        PollError::Slow(self.host.clone())
    }

    pub(super) fn not_let_in(&self) -> PollError {
        PollError::Login(self.host.clone())
    }

    pub(super) fn not_offered(&self, what: &'static str) -> PollError {
        PollError::NotOffered { host: self.host.clone(), what }
    }

    pub(super) fn no_folder(&self) -> PollError {
        PollError::Folder { host: self.host.clone(), folder: self.folder.clone() }
    }

    /// Whether a mail was left before, by its name in the mailbox.
    pub(super) fn was_left(&self, name: &str) -> bool {
        self.left.lock().unwrap_or_else(PoisonError::into_inner).known.contains(name)
    }

    /// Remembers a mail that is left; in memory, until the next start.
    pub(super) fn leave(&self, name: String) {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        if left.order.len() >= LEFT
            && let Some(oldest) = left.order.pop_front()
        {
            left.known.remove(&oldest);
        }
        left.order.push_back(name.clone());
        left.known.insert(name);
    }
}

/// Mails that are left in the mailbox.
#[derive(Debug, Default)]
struct Left {
    known: HashSet<String>,
    order: VecDeque<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mailbox_is_read_from_its_address_and_hides_who_it_belongs_to() {
        let mailbox = Mailbox::new("imaps://back%40news.example:secret@mail.example.org", Some("other"), None).unwrap();
        assert_eq!((mailbox.user.as_str(), mailbox.password.as_str()), ("back@news.example", "other"));
        assert_eq!((mailbox.port, mailbox.folder.as_str()), (993, "INBOX"));
        let shown = format!("{mailbox:?}");
        assert!(!shown.contains("back") && !shown.contains("other"), "{shown}");
        let mailbox = Mailbox::new("starttls+pop3://u@mail.example.org:1110", None, None).unwrap();
        assert_eq!((mailbox.kind, mailbox.security, mailbox.port), (Kind::Pop3, Security::StartTls, 1110));
        let mailbox = Mailbox::new("imap://u@localhost/Mail%20back", None, None).unwrap();
        assert_eq!(mailbox.folder, "Mail back");
    }

    #[test]
    fn what_is_no_mailbox_is_refused_with_an_example() {
        for bad in ["", "mail.example.org", "https://u@mail.example.org", "imaps://u%0d%0aX@h.example", "imaps://"] {
            let error = Mailbox::new(bad, None, None).unwrap_err().to_string();
            assert!(error.contains("imaps://user@mail.example.org/INBOX"), "{bad}: {error}");
        }
        assert!(matches!(Mailbox::new("imaps://mail.example.org", None, None), Err(MailboxError::User)));
        assert!(matches!(Mailbox::new("imaps://u@h.example", None, Some("no PEM")), Err(MailboxError::Trusted(_))));
    }
}
