//! An address that can be written to: checked, in one normal form, and never printed by accident.
//!
//! What is accepted is narrower than RFC 5322 and what people have: one mailbox (RFC 5321), quotes and `+` included, with a
//! domain of at least two labels, written in ASCII (IDNA). Comments, address literals, display names and whatever could end a
//! header line are refused, each with a message that says what to do.

use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};
use zeroize::Zeroizing;

use crate::provider::Provider;

/// RFC 5321, 4.5.3.1.3: a path has at most 256 octets, two of which are brackets.
const LONGEST: usize = 254;
/// RFC 5321, 4.5.3.1.1.
const LONGEST_LOCAL: usize = 64;

/// Whether relays are known to take addresses with other letters before the `@` (RFC 6531).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Smtputf8 {
    /// They take them.
    Allowed,
    /// They don't, or nobody knows.
    Refused,
}

/// Why a text is not an address to write to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum AddressError {
    /// Nothing was given.
    #[error("an address is missing: write one like name@example.org")]
    Empty,
    /// Line breaks, NUL, direction marks, invisible characters.
    #[error("the address has a line break, a control character or an invisible one in it: type it anew")]
    Control,
    /// No `@`, or more than one.
    #[error("an address has one @ with something before and after it, like name@example.org")]
    At,
    /// A name, brackets or a list.
    #[error("give the address alone, without a name, brackets or a second address")]
    NotAlone,
    /// A comment.
    #[error("leave out what stands in parentheses")]
    Comment,
    /// Longer than any mailbox's.
    #[error("the address has more than 254 characters, or more than 64 before the @: no mailbox has that")]
    Long,
    /// Characters that can't stand before the `@`.
    #[error(
        "there is a character before the @ that can't stand there: look for spaces and dots at its ends or side by side"
    )]
    Local,
    /// Other letters than a to z before the `@`.
    #[error("letters before the @ have to be a to z: the mail servers used here don't take others yet")]
    LocalNotAscii,
    /// Not a domain.
    #[error("what stands after the @ is not a domain like example.org")]
    Domain,
    /// A number instead of a domain.
    #[error("write the name of a domain after the @, not the number of a machine")]
    Literal,
}

impl AddressError {
    /// A short name for reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Control => "control",
            Self::At => "at",
            Self::NotAlone => "not-alone",
            Self::Comment => "comment",
            Self::Long => "long",
            Self::Local => "local",
            Self::LocalNotAscii => "local-not-ascii",
            Self::Domain => "domain",
            Self::Literal => "literal",
        }
    }
}

/// A mailbox address, wiped when it is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Address {
    /// As it is written to: the domain in ASCII and lower case.
    whole: Zeroizing<String>,
    /// Where the `@` is.
    at: usize,
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Address(…)")
    }
}

impl Address {
    /// Checks an address. White space around it is left out.
    ///
    /// # Errors
    /// What is wrong and what to do about it.
    pub fn parse(text: &str, smtputf8: Smtputf8) -> Result<Self, AddressError> {
        let text = text.trim_matches([' ', '\t', '\u{a0}']);
        if text.is_empty() {
            return Err(AddressError::Empty);
        }
        if text.chars().count() > LONGEST {
            return Err(AddressError::Long);
        }
        if text.chars().any(is_hidden) {
            return Err(AddressError::Control);
        }
        let (local, domain) = parts(text)?;
        let local = normal_local(local, smtputf8)?;
        let domain = normal_domain(domain)?;
        if local.len() > LONGEST_LOCAL || local.len() + 1 + domain.len() > LONGEST {
            return Err(AddressError::Long);
        }
        let at = local.len();
        let mut whole = Zeroizing::new(String::with_capacity(at + 1 + domain.len()));
        whole.push_str(&local);
        whole.push('@');
        whole.push_str(&domain);
        Ok(Self { whole, at })
    }

    /// As it stands in an envelope and in a header.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.whole
    }

    /// What stands before the `@`, with its quotes.
    #[must_use]
    pub fn local(&self) -> &str {
        &self.whole[..self.at]
    }

    /// What stands after the `@`: ASCII, lower case.
    #[must_use]
    pub fn domain(&self) -> &str {
        &self.whole[self.at + 1..]
    }

    /// Whether only relays with SMTPUTF8 take it.
    #[must_use]
    pub fn needs_smtputf8(&self) -> bool {
        !self.whole.is_ascii()
    }

    /// The mailbox provider.
    #[must_use]
    pub fn provider(&self) -> Provider {
        Provider::of_domain(self.domain())
    }

    /// What it is looked up by: upper and lower case are one, because every provider delivers them to one mailbox, and somebody
    /// who unsubscribed as `Anna@` does not want mail as `anna@`.
    pub(crate) fn normal(&self) -> Zeroizing<String> {
        Zeroizing::new(self.whole.to_lowercase())
    }
}

/// Control characters, line separators, direction marks, and what takes no space.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{fffd}' | '\u{e0000}'..='\u{e007f}')
}

/// What stands before and after the `@` that is not in quotes.
fn parts(text: &str) -> Result<(&str, &str), AddressError> {
    let end = match text.strip_prefix('"') {
        Some(quoted) => 1 + end_of_quotes(quoted).ok_or(AddressError::Local)? + 1,
        None => text.find('@').ok_or(AddressError::At)?,
    };
    let (local, rest) = text.split_at_checked(end).ok_or(AddressError::Local)?;
    if !local.starts_with('"') {
        if local.contains(['<', '"', ',', ';']) || text.contains('>') {
            return Err(AddressError::NotAlone);
        }
        if local.contains(['(', ')']) {
            return Err(AddressError::Comment);
        }
    } else if rest.trim_start().starts_with('<') {
        return Err(AddressError::NotAlone);
    }
    let domain = rest.strip_prefix('@').ok_or(AddressError::At)?;
    if local.is_empty() || domain.is_empty() {
        return Err(AddressError::At);
    }
    Ok((local, domain))
}

/// Where the closing quote is, after the opening one.
fn end_of_quotes(quoted: &str) -> Option<usize> {
    let mut escaped = false;
    quoted.char_indices().find_map(|(at, c)| {
        let closes = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        closes.then_some(at)
    })
}

/// Without quotes where they are not needed, and without escapes that escape nothing.
fn normal_local(local: &str, smtputf8: Smtputf8) -> Result<Zeroizing<String>, AddressError> {
    if !local.is_ascii() && smtputf8 == Smtputf8::Refused {
        return Err(AddressError::LocalNotAscii);
    }
    let Some(quoted) = local.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return if is_dot_atom(local) { Ok(Zeroizing::new(local.to_owned())) } else { Err(AddressError::Local) };
    };
    let mut content = Zeroizing::new(String::with_capacity(quoted.len()));
    let mut chars = quoted.chars();
    while let Some(c) = chars.next() {
        content.push(if c == '\\' { chars.next().ok_or(AddressError::Local)? } else { c });
    }
    if content.is_empty() {
        return Err(AddressError::Local);
    }
    if is_dot_atom(&content) {
        return Ok(content);
    }
    let mut out = Zeroizing::new(String::with_capacity(2 * content.len() + 2));
    out.push('"');
    for c in content.chars() {
        if matches!(c, '"' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
    Ok(out)
}

/// RFC 5322, 3.2.3; RFC 6532 for other letters.
fn is_dot_atom(text: &str) -> bool {
    let is_atom = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c) || is_other_letter(c);
    text.split('.').all(|atom| !atom.is_empty() && atom.chars().all(is_atom))
}

fn is_other_letter(c: char) -> bool {
    !c.is_ascii() && !c.is_whitespace()
}

/// ASCII and lower case (UTS 46, IDNA), of at least two labels of which the last is not a number.
fn normal_domain(domain: &str) -> Result<String, AddressError> {
    if domain.starts_with('[') {
        return Err(AddressError::Literal);
    }
    if domain.contains(['(', ')']) {
        return Err(AddressError::Comment);
    }
    if domain.contains(['>', '<', ',', ';']) {
        return Err(AddressError::NotAlone);
    }
    if domain.contains('@') {
        return Err(AddressError::At);
    }
    let ascii = Uts46::new()
        .to_ascii(domain.as_bytes(), AsciiDenyList::STD3, Hyphens::CheckFirstLast, DnsLength::Verify)
        .map_err(|_| AddressError::Domain)?;
    let (_, last) = ascii.rsplit_once('.').ok_or(AddressError::Domain)?;
    if last.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(AddressError::Literal);
    }
    Ok(ascii.into_owned())
}
