//! Opening a connection: socket, encryption, greeting, login.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rustls::pki_types::ServerName;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use super::Timeouts;
use super::connection::{Connection, Offers};
use super::dialogue::{Dialogue, Raw};
use super::failure::Failure;
use super::stream::Stream;
use crate::addresses::is_public;
use crate::mail::outcome::Lost;
use crate::mail::relay::{Relay, RelayError, Security};
use crate::mail::reply::Reply;

/// Encryption as a relay wants it; `None` for one that has none.
pub(crate) type Tls = Option<TlsConnector>;

/// The encryption for a relay: the system's certificates, and those that the relay adds.
pub(crate) fn tls(relay: &Relay) -> Result<Tls, RelayError> {
    if relay.place.security == Security::Plain {
        return Ok(None);
    }
    let tls = crate::tls::connector(relay.trusted.as_deref()).map_err(|_| RelayError::Trusted(relay.name.clone()))?;
    Ok(Some(tls))
}

impl Connection {
    /// Opens a connection that is ready for mails. `hello` is how the newsroom's machine calls itself.
    pub(crate) async fn open(relay: &Relay, tls: &Tls, hello: &str, timeouts: Timeouts) -> Result<Self, Failure> {
        let open = Opening { relay, tls, hello, timeouts };
        // The login may take some commands more than a connection.
        timeout(timeouts.connect + timeouts.command, open.run()).await.map_err(|_| Failure::Lost(Lost::Silent))?
    }
}

struct Opening<'a> {
    relay: &'a Relay,
    tls: &'a Tls,
    hello: &'a str,
    timeouts: Timeouts,
}

impl Opening<'_> {
    async fn run(self) -> Result<Connection, Failure> {
        let socket = timeout(self.timeouts.connect, self.socket()).await.map_err(|_| Failure::Lost(Lost::Silent))??;
        let stream = match self.relay.place.security {
            Security::Tls => self.encrypt(socket).await?,
            Security::Plain | Security::StartTls => Stream::Plain(socket),
        };
        let mut dialogue = Dialogue::new(stream);
        let greeting = dialogue.hear(self.timeouts.connect).await.map_err(Failure::Lost)?;
        positive("the connection", &greeting)?;
        let mut offers = self.greet(&mut dialogue).await?;
        if self.relay.place.security == Security::StartTls {
            dialogue = self.start_tls(dialogue, &offers).await?;
            offers = self.greet(&mut dialogue).await?;
        }
        self.login(&mut dialogue, &offers).await?;
        Ok(Connection::new(dialogue, offers, self.timeouts))
    }

    async fn socket(&self) -> Result<TcpStream, Failure> {
        let place = &self.relay.place;
        let found = lookup_host((place.host.as_str(), place.port)).await.map_err(|_| Failure::Name)?;
        let mut failure = Failure::Name;
        for address in found {
            if place.security == Security::Plain && is_public(address.ip()) {
                failure = Failure::Readable;
                continue;
            }
            failure = match TcpStream::connect(address).await {
                // Without this, a mail of more than one write waits for the acknowledgement of the first.
                Ok(socket) => match socket.set_nodelay(true) {
                    Ok(()) => return Ok(socket),
                    Err(_) => Failure::Unreachable,
                },
                Err(_) => Failure::Unreachable,
            };
        }
        Err(failure)
    }

    async fn encrypt(&self, socket: TcpStream) -> Result<Stream, Failure> {
        let Some(connector) = self.tls else { return Err(Failure::NoTls) };
        let name =
            ServerName::try_from(self.relay.place.host.clone()).map_err(|error| Failure::Tls(error.to_string()))?;
        let shaking = timeout(self.timeouts.connect, connector.connect(name, socket)).await;
        let stream = shaking.map_err(|_| Failure::Lost(Lost::Silent))?;
        Ok(Stream::Tls(Box::new(stream.map_err(|error| Failure::Tls(error.to_string()))?)))
    }

    async fn greet(&self, dialogue: &mut Dialogue) -> Result<Offers, Failure> {
        let answer = self.ask(dialogue, &format!("EHLO {}\r\n", self.hello)).await?;
        if answer.code / 100 == 2 {
            return Ok(Offers::of(&answer));
        }
        // A server of before 1995, or one behind a device that hides what it knows.
        positive("HELO", &self.ask(dialogue, &format!("HELO {}\r\n", self.hello)).await?)?;
        Ok(Offers::default())
    }

    async fn start_tls(&self, mut dialogue: Dialogue, offers: &Offers) -> Result<Dialogue, Failure> {
        if !offers.start_tls {
            return Err(Failure::NoTls);
        }
        positive("STARTTLS", &self.ask(&mut dialogue, "STARTTLS\r\n").await?)?;
        // What was sent in the open after this must not be taken for something that came encrypted (CVE-2011-0411).
        match (dialogue.is_read(), dialogue.stream) {
            (true, Stream::Plain(socket)) => Ok(Dialogue::new(self.encrypt(socket).await?)),
            _ => Err(Failure::Lost(Lost::Nonsense)),
        }
    }

    async fn login(&self, dialogue: &mut Dialogue, offers: &Offers) -> Result<(), Failure> {
        let Some((user, password)) = &self.relay.login else { return Ok(()) };
        if offers.plain {
            let secret = STANDARD.encode(format!("\0{user}\0{password}"));
            return positive("the login", &self.ask(dialogue, &format!("AUTH PLAIN {secret}\r\n")).await?);
        }
        if !offers.login {
            return Err(Failure::NoLogin);
        }
        for word in ["AUTH LOGIN".to_owned(), STANDARD.encode(user)] {
            let answer = self.ask(dialogue, &format!("{word}\r\n")).await?;
            if answer.code != 334 {
                return Err(said("the login", &answer));
            }
        }
        positive("the login", &self.ask(dialogue, &format!("{}\r\n", STANDARD.encode(password))).await?)
    }

    async fn ask(&self, dialogue: &mut Dialogue, command: &str) -> Result<Raw, Failure> {
        dialogue.say(command.as_bytes(), self.timeouts.command).await.map_err(Failure::Lost)?;
        dialogue.hear(self.timeouts.command).await.map_err(Failure::Lost)
    }
}

fn positive(command: &'static str, answer: &Raw) -> Result<(), Failure> {
    if answer.code / 100 == 2 { Ok(()) } else { Err(said(command, answer)) }
}

fn said(command: &'static str, answer: &Raw) -> Failure {
    Failure::Said { command, reply: Reply::new(answer.code, answer.first(), None) }
}
