//! A relay: a mail server that takes the newsroom's mails and brings them to the mailboxes.

use std::fmt;
use std::str::FromStr;

use url::Url;

use crate::mailback::hooks::Service;

/// A relay and how much it is given.
#[derive(Clone, PartialEq, Eq)]
pub struct Relay {
    /// What the newsroom calls it; counts are kept under it.
    pub name: String,
    /// Where it is and how it is spoken to.
    pub place: Place,
    /// Name and password, if it wants them.
    pub login: Option<(String, String)>,
    /// Its share of the mails among the relays that are well.
    pub weight: u32,
    /// Open connections at most. Where it is more than one, the last is kept for mails that somebody waits for.
    pub connections: usize,
    /// Mails in any minute; 0 for no limit.
    pub per_minute: u32,
    /// Mails in a day (UTC); 0 for no limit.
    pub per_day: u64,
    /// How a sender that mailbox providers don't know yet begins.
    pub warm_up: Option<WarmUp>,
    /// Certificates in PEM that are trusted besides the system's, for a relay with an authority of its own.
    pub trusted: Option<String>,
    /// The service that it belongs to, if that one tells of its mails by a hook.
    pub service: Option<Service>,
}

/// Where a relay is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// How the connection is kept from others.
    pub security: Security,
    /// Its name or IP address.
    pub host: String,
    /// Its port.
    pub port: u16,
}

/// How a connection is kept from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Security {
    /// `smtp://`: not at all. For a relay on this machine or in its own network; a public address is refused.
    Plain,
    /// `starttls://`: encrypted before anything is said, or nothing is.
    StartTls,
    /// `smtps://`: encrypted from the first byte.
    Tls,
}

/// A rising number of mails a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WarmUp {
    /// The first day, as days since 1 January 1970 (UTC).
    pub from_day: i64,
    /// Mails on the first day.
    pub first: u64,
    /// By how much each day's number is over the last one's, in percent.
    pub growth: u32,
}

/// An address of a relay that can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RelayError {
    /// Not an address, or of another kind.
    #[error(
        "the relay's address can't be read; write it like starttls://mail.example.org:587, smtps://mail.example.org or smtp://localhost"
    )]
    Address,
    /// A name without a password, or the other way round.
    #[error("the relay {0} has a user without a password, or a password without a user; give both or neither")]
    Login(String),
    /// A password would cross the network readable.
    #[error("the relay {0} would be sent its password unencrypted; write starttls:// or smtps:// instead of smtp://")]
    Readable(String),
    /// A number that makes no sense.
    #[error("the relay {name}: {what}")]
    Number {
        /// Which relay.
        name: String,
        /// What it should be.
        what: &'static str,
    },
    /// Two relays of one name.
    #[error("two relays are called {0}; their counts need different names")]
    Twice(String),
    /// Certificates that are none.
    #[error("the relay {0}: the file of trusted certificates holds none in PEM form")]
    Trusted(String),
}

impl Relay {
    /// A relay at an address, which may hold name and password: `starttls://user:password@mail.example.org:587`.
    ///
    /// # Errors
    /// [`RelayError::Address`] and what [`Relay::check`] says.
    pub fn new(name: &str, address: &str) -> Result<Self, RelayError> {
        let url = Url::parse(address).map_err(|_| RelayError::Address)?;
        let place: Place = address.parse()?;
        let decoded = |text: &str| {
            percent_encoding::percent_decode_str(text).decode_utf8().map(String::from).map_err(|_| RelayError::Address)
        };
        let login = match (url.username(), url.password()) {
            ("", None) => None,
            ("", Some(_)) | (_, None) => return Err(RelayError::Login(name.to_owned())),
            (user, Some(password)) => Some((decoded(user)?, decoded(password)?)),
        };
        let relay = Self {
            name: name.to_owned(),
            place,
            login,
            weight: 1,
            connections: 8,
            per_minute: 0,
            per_day: 0,
            warm_up: None,
            trusted: None,
            service: None,
        };
        relay.check()?;
        Ok(relay)
    }

    /// Whether it can be used as it is set.
    ///
    /// # Errors
    /// [`RelayError`], in words for whoever set it.
    pub fn check(&self) -> Result<(), RelayError> {
        let number = |what| Err(RelayError::Number { name: self.name.clone(), what });
        if !(1..=1_000).contains(&self.weight) {
            return number("`weight` can be 1 to 1000");
        }
        if !(1..=256).contains(&self.connections) {
            return number("`connections` can be 1 to 256");
        }
        if self.warm_up.is_some_and(|warm_up| warm_up.first == 0 || warm_up.growth == 0 || warm_up.growth > 1_000) {
            return number("`warm_up` begins with 1 mail or more and grows by 1 to 1000 percent a day");
        }
        if self.login.is_some() && self.place.security == Security::Plain && !self.place.is_here() {
            return Err(RelayError::Readable(self.name.clone()));
        }
        Ok(())
    }

    /// Mails that it may be given on a day, as days since 1 January 1970 (UTC): the smaller of its own limit and of what its
    /// warming up allows. `None` for no limit.
    #[must_use]
    pub fn day_limit(&self, day: i64) -> Option<u64> {
        let own = (self.per_day > 0).then_some(self.per_day);
        let warm_up = self.warm_up.and_then(|warm_up| warm_up.limit(day));
        own.into_iter().chain(warm_up).min()
    }
}

impl WarmUp {
    /// After this many days, there is no limit any more.
    pub const DAYS: i64 = 90;

    /// Mails on a day; `None` when it is over.
    #[must_use]
    pub fn limit(self, day: i64) -> Option<u64> {
        let passed = (day - self.from_day).max(0);
        if passed > Self::DAYS {
            return None;
        }
        let grow = |limit: u64| {
            let more = u64::try_from(u128::from(limit) * u128::from(self.growth) / 100).unwrap_or(u64::MAX);
            limit.saturating_add(more.max(1))
        };
        Some((0..passed).fold(self.first, |limit, _| grow(limit)))
    }
}

impl Place {
    /// Whether it is this machine by name or number.
    fn is_here(&self) -> bool {
        let number = self.host.parse::<std::net::IpAddr>();
        self.host == "localhost" || number.is_ok_and(|ip| ip.is_loopback())
    }
}

impl FromStr for Place {
    type Err = RelayError;

    fn from_str(text: &str) -> Result<Self, RelayError> {
        let url = Url::parse(text).map_err(|_| RelayError::Address)?;
        let (security, port) = match url.scheme() {
            "smtp" => (Security::Plain, 25),
            "starttls" => (Security::StartTls, 587),
            "smtps" => (Security::Tls, 465),
            _ => return Err(RelayError::Address),
        };
        if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
            return Err(RelayError::Address);
        }
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(RelayError::Address)?;
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        Ok(Self { security, host, port: url.port().unwrap_or(port) })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = match self.security {
            Security::Plain => "smtp",
            Security::StartTls => "starttls",
            Security::Tls => "smtps",
        };
        let host = if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() };
        write!(f, "{scheme}://{host}:{}", self.port)
    }
}

impl fmt::Debug for Relay {
    /// Without the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Relay").field("name", &self.name).field("place", &self.place).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relay_is_read_from_its_address() {
        let relay = Relay::new("main", "starttls://news%40example.org:p%3Aw@mail.example.org").unwrap();
        assert_eq!(relay.place.to_string(), "starttls://mail.example.org:587");
        assert_eq!(relay.login, Some(("news@example.org".to_owned(), "p:w".to_owned())));
        assert!(!format!("{relay:?}").contains("p:w"), "the password is in a log");
        assert_eq!(Relay::new("v6", "smtp://[::1]:2525").unwrap().place.to_string(), "smtp://[::1]:2525");
        assert_eq!(Relay::new("tls", "smtps://mail.example.org/").unwrap().place.port, 465);
    }

    #[test]
    fn what_is_no_relay_is_refused_with_an_example() {
        for bad in ["", "mail.example.org", "http://mail.example.org", "smtp://", "smtp://h/path", "smtp://h?tls=1"] {
            let error = Relay::new("main", bad).unwrap_err();
            assert!(error.to_string().contains("starttls://mail.example.org:587"), "{bad}: {error}");
        }
    }

    #[test]
    fn a_password_is_never_sent_readable_over_a_network() {
        assert_eq!(
            Relay::new("main", "smtp://u:p@mail.example.org").unwrap_err(),
            RelayError::Readable("main".to_owned())
        );
        assert!(Relay::new("main", "smtp://u:p@localhost").is_ok());
        assert!(Relay::new("main", "smtp://u@localhost").is_err(), "a user without a password");
    }

    #[test]
    fn a_new_sender_grows_day_by_day_and_never_over_its_own_limit() {
        let mut relay = Relay::new("main", "smtp://localhost").unwrap();
        assert_eq!(relay.day_limit(20_000), None);
        relay.warm_up = Some(WarmUp { from_day: 20_000, first: 200, growth: 50 });
        let limits: Vec<_> = (19_999..20_004).map(|day| relay.day_limit(day).unwrap()).collect();
        assert_eq!(limits, [200, 200, 300, 450, 675]);
        relay.per_day = 400;
        assert_eq!(relay.day_limit(20_003), Some(400));
        assert_eq!(relay.day_limit(20_000 + WarmUp::DAYS + 1), Some(400), "warming up is over");
        relay.warm_up = Some(WarmUp { from_day: 0, first: u64::MAX / 2, growth: 1_000 });
        assert_eq!(relay.day_limit(80), Some(400), "numbers don't overflow");
    }
}
