//! From whom and to whom: what a relay is told beside a mail's bytes.

use std::fmt;

/// The longest path that a relay has to take, without its brackets (RFC 5321, section 4.5.3.1.3).
pub(crate) const MAX_ADDRESS: usize = 254;

/// An address that can't be put on an envelope. It is not repeated: what is said here is logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// No `@`, or nothing on one side of it.
    #[error("the address has no name or no domain; write it like name@example.org")]
    Shape,
    /// Too long.
    #[error("the address is longer than {MAX_ADDRESS} characters, which no mailbox's is")]
    Long,
    /// A character that would end the command, or that needs SMTPUTF8.
    #[error("the address holds a character that mail can't carry; write a domain of another script as xn--…")]
    Character,
}

/// From whom and to whom one mail goes.
#[derive(Clone, PartialEq, Eq)]
pub struct Envelope {
    from: String,
    to: String,
    provider: Option<&'static str>,
    token: Option<String>,
}

impl Envelope {
    /// `from` is where the mail returns to if it can't be delivered; empty for none.
    ///
    /// # Errors
    /// [`AddressError`] where an address would not be one word of a command: nothing else is checked here.
    pub fn new(from: &str, to: &str) -> Result<Self, AddressError> {
        if !from.is_empty() {
            check(from)?;
        }
        check(to)?;
        Ok(Self { from: from.to_owned(), to: to.to_owned(), provider: None, token: None })
    }

    /// Whose mailbox it is, for slowing down: `gmail`. Without it the domain is taken.
    #[must_use]
    pub fn at(mut self, provider: &'static str) -> Self {
        self.provider = Some(provider);
        self
    }

    /// What a service that relays it tells us of it by ([`crate::mailback::hooks::fields`]): the token of its delivery.
    #[must_use]
    pub fn named(mut self, token: String) -> Self {
        self.token = Some(token);
        self
    }

    /// The token of its delivery, if it has one.
    pub(crate) fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// Where the mail returns to; empty for none.
    #[must_use]
    pub fn from(&self) -> &str {
        &self.from
    }

    /// Who gets it.
    #[must_use]
    pub fn to(&self) -> &str {
        &self.to
    }

    /// Whose mailbox it is: the given name, or the domain.
    #[must_use]
    pub fn provider(&self) -> &str {
        self.provider.unwrap_or_else(|| domain(&self.to))
    }
}

impl fmt::Debug for Envelope {
    /// Names nobody.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Envelope").field("provider", &self.provider).finish_non_exhaustive()
    }
}

/// What stands after the last `@`.
pub(crate) fn domain(address: &str) -> &str {
    address.rsplit_once('@').map_or("", |(_, domain)| domain)
}

/// Whether an address is one word of a command: visible ASCII, no brackets; spaces only within a quoted name.
pub(crate) fn check(address: &str) -> Result<(), AddressError> {
    let (name, domain) = address.rsplit_once('@').ok_or(AddressError::Shape)?;
    if name.is_empty() || domain.is_empty() {
        return Err(AddressError::Shape);
    }
    if address.len() > MAX_ADDRESS {
        return Err(AddressError::Long);
    }
    let quoted = name.len() > 1 && name.starts_with('"') && name.ends_with('"');
    let fits = |c: char| c.is_ascii_graphic() && (quoted || !"<>()[]\\,;:\"@".contains(c));
    let named = name.chars().all(|c| fits(c) || (quoted && c == ' '));
    let placed = domain.chars().all(|c| c.is_ascii_alphanumeric() || "-._:[]".contains(c));
    if named && placed { Ok(()) } else { Err(AddressError::Character) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_and_odd_addresses_go_on_an_envelope() {
        for good in [
            "reader@example.org",
            "reader+news@mail.example.org",
            "o'neil@example.org",
            "\"two words\"@example.org",
            "\"a@b\"@example.org",
            "reader@xn--e1afmkfd.xn--p1ai",
            "reader@[192.0.2.1]",
        ] {
            assert!(Envelope::new("bounce@news.example", good).is_ok(), "{good}");
        }
        assert!(Envelope::new("", "reader@example.org").is_ok(), "mail that must not return has no sender");
    }

    #[test]
    fn nothing_on_an_envelope_can_begin_another_command() {
        for bad in [
            "reader@example.org>\r\nRCPT TO:<other@example.org",
            "reader@example.org\n",
            "reader@example.org\0",
            "a b@example.org",
            "<reader@example.org>",
            "reader@exam ple.org",
            "\"a\r\nb\"@example.org",
            "читатель@example.org",
            "reader@пример.рф",
            "reader",
            "@example.org",
            "reader@",
            "",
        ] {
            assert!(Envelope::new("", bad).is_err(), "{bad:?}");
        }
        let long = format!("{}@example.org", "a".repeat(320));
        assert_eq!(Envelope::new("", &long), Err(AddressError::Long));
    }

    #[test]
    fn an_envelope_in_a_log_names_nobody() {
        let shown = format!("{:?}", Envelope::new("bounce@news.example", "reader@example.org").unwrap().at("gmail"));
        assert!(!shown.contains("reader") && !shown.contains("example"), "{shown}");
    }
}
