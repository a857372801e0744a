//! What a relay said, without a word of whom it was said about, and what that means.

use std::fmt;

use super::envelope::{Envelope, domain};

/// As much of a reply as is kept, in characters.
const KEPT: usize = 200;

/// A relay's reply: its code and the first line, with every address taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// Three digits (RFC 5321, section 4.2).
    pub code: u16,
    /// The enhanced code (RFC 3463), when it begins the text.
    pub status: Option<[u16; 3]>,
    /// The rest of the first line.
    pub text: String,
}

/// Why a mail was not taken, as far as a reply tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// There is no such mailbox, or it is closed: nothing will ever arrive there.
    Mailbox,
    /// The mailbox is full.
    Full,
    /// Strangers are asked to come again in some minutes.
    Greylisted,
    /// Too many mails, or too fast.
    Slow,
    /// The sender or the text is not liked: a list of bad senders, a filter, a missing signature.
    Policy,
    /// The mail is too big.
    TooBig,
    /// It is the relay's own trouble and would be the same for every mail.
    Relay,
    /// Nothing in particular.
    Other,
}

impl Class {
    /// The name in counts and on the desk.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Mailbox => "mailbox",
            Self::Full => "full",
            Self::Greylisted => "greylisted",
            Self::Slow => "slow",
            Self::Policy => "policy",
            Self::TooBig => "too_big",
            Self::Relay => "relay",
            Self::Other => "other",
        }
    }
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.code)?;
        if let Some([class, subject, detail]) = self.status {
            write!(f, " {class}.{subject}.{detail}")?;
        }
        if self.text.is_empty() { Ok(()) } else { write!(f, " {}", self.text) }
    }
}

impl Reply {
    /// From a code and the text after it. What the envelope names is taken out.
    pub(crate) fn new(code: u16, text: &str, envelope: Option<&Envelope>) -> Self {
        let (status, text) = match text.split_once(' ') {
            Some((first, rest)) if enhanced(first).is_some() => (enhanced(first), rest),
            None if enhanced(text).is_some() => (enhanced(text), ""),
            _ => (None, text),
        };
        Self { code, status, text: nameless(text, envelope) }
    }

    /// Whether it says never, and not only not now.
    pub(crate) fn is_final(&self) -> bool {
        self.code / 100 == 5
    }

    /// What a refusal of a recipient or of a whole mail means.
    pub(crate) fn class(&self) -> Class {
        let text = self.text.to_ascii_lowercase();
        let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
        if says(&["relay access denied", "relaying denied", "relay not permitted", "not permitted to relay"]) {
            return Class::Relay;
        }
        if says(&["greylist", "graylist", "grey-list", "gray-list", "greylisted"]) {
            return Class::Greylisted;
        }
        if self.code == 421
            || !self.is_final()
                && says(&["rate limit", "too many", "too fast", "too much mail", "rate that", "throttl"])
        {
            return Class::Slow;
        }
        self.status.map_or_else(|| self.class_of_code(), |status| self.class_of_status(status))
    }

    fn class_of_status(&self, status: [u16; 3]) -> Class {
        let passing = !self.is_final();
        match status {
            [_, 2, 2] => Class::Full,
            [_, 2, 3] | [_, 3, 4] => Class::TooBig,
            [_, 1, 1 | 2 | 3 | 6 | 10] | [_, 2, 1] if !passing => Class::Mailbox,
            [_, 2, 1] | [_, 7, 28] | [_, 4, 5] => Class::Slow,
            [_, 1, 7 | 8] | [_, 6 | 7, _] if !passing => Class::Policy,
            [_, 7, 0 | 1] => Class::Greylisted,
            [_, 7, _] => Class::Policy,
            [_, 3, _] => Class::Relay,
            _ => self.class_of_code(),
        }
    }

    fn class_of_code(&self) -> Class {
        match self.code {
            421 => Class::Slow,
            450 => Class::Greylisted,
            452 | 422 => Class::Full,
            432 | 454 | 530 | 534 | 535 | 538 => Class::Relay,
            552 if self.text.to_ascii_lowercase().contains("quota") => Class::Full,
            552 | 523 => Class::TooBig,
            550 | 551 | 553 | 556 => Class::Mailbox,
            554 | 571 => Class::Policy,
            _ => Class::Other,
        }
    }
}

/// `5.1.1`, when a word is one (RFC 3463).
fn enhanced(word: &str) -> Option<[u16; 3]> {
    let mut parts = word.split('.').map(|part| part.parse::<u16>().ok());
    let status = [parts.next()??, parts.next()??, parts.next()??];
    (parts.next().is_none() && matches!(status[0], 2 | 4 | 5)).then_some(status)
}

/// A line without control characters, without anything that looks like an address, and without the names on the envelope,
/// in whatever form a relay repeats them: `a@b`, `a%40b`, `a=b`, or the name alone.
fn nameless(text: &str, envelope: Option<&Envelope>) -> String {
    let mut line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    for address in envelope.iter().flat_map(|envelope| [envelope.to(), envelope.from()]) {
        let name = address.rsplit_once('@').map_or("", |(name, _)| name);
        for part in [address, name, name.trim_matches('"'), domain(address)] {
            line = without(&line, part);
        }
    }
    let words = line.split(' ').map(|word| if word.contains('@') || word.contains("%40") { "…" } else { word });
    let line = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    line.chars().take(KEPT).collect()
}

/// A line with a whole word taken out wherever it stands, in capitals or not.
fn without(line: &str, word: &str) -> String {
    if word.is_empty() {
        return line.to_owned();
    }
    let (low, word) = (line.to_ascii_lowercase(), word.to_ascii_lowercase());
    let inner = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let mut out = String::with_capacity(line.len());
    let mut at = 0;
    while let Some(found) = low[at..].find(&word) {
        let (from, to) = (at + found, at + found + word.len());
        let whole = !inner(low[..from].chars().next_back()) && !inner(low[to..].chars().next());
        out.push_str(&line[at..from]);
        out.push_str(if whole { "…" } else { &line[from..to] });
        at = to;
    }
    out.push_str(&line[at..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(code: u16, text: &str) -> Reply {
        let envelope = Envelope::new("b.3k2@bounce.news.example", "Jane.Roe+news@mail.example.org").unwrap();
        Reply::new(code, text, Some(&envelope))
    }

    #[test]
    fn a_reply_is_kept_without_anybody_in_it() {
        for text in [
            "5.1.1 <jane.roe+news@mail.example.org>: Recipient address rejected",
            "5.1.1 JANE.ROE+NEWS@MAIL.EXAMPLE.ORG unknown",
            "5.1.1 The user Jane.Roe+News is not known at mail.example.org",
            "5.1.1 see https://help.example/?user=jane.roe%2bnews%40mail.example.org",
            "5.1.1 jane.roe%40mail.example.org",
            "5.1.1 forwarded to (someone.else@example.net)",
            "5.1.1 returns to b.3k2@bounce.news.example",
            "5.1.1 srs0=x=mail.example.org=Jane.Roe+News@relay.example",
        ] {
            let shown = said(550, text).to_string().to_ascii_lowercase();
            assert!(shown.starts_with("550 5.1.1"), "{shown}");
            for name in ["jane.roe", "mail.example", "someone", "3k2", "@", "%40"] {
                assert!(!shown.contains(name), "{name} is in {shown}");
            }
        }
    }

    #[test]
    fn a_short_name_is_not_cut_out_of_other_words() {
        let envelope = Envelope::new("", "a@b.example").unwrap();
        let reply = Reply::new(250, "2.0.0 a mail was queued as ABBA\u{7}1", Some(&envelope));
        assert_eq!(reply.to_string(), "250 2.0.0 … mail was queued as ABBA 1");
    }

    #[test]
    fn a_reply_without_an_enhanced_code_or_text_is_kept_as_it_is() {
        assert_eq!(Reply::new(250, "OK", None).to_string(), "250 OK");
        assert_eq!(Reply::new(421, "", None).to_string(), "421");
        assert_eq!(Reply::new(250, "2.1.5", None).status, Some([2, 1, 5]));
        assert_eq!(Reply::new(250, "1.2.3 is a version", None).status, None);
        assert_eq!(Reply::new(250, &"x".repeat(2_000), None).text.len(), KEPT);
    }

    #[test]
    fn what_a_refusal_means_is_told_by_its_codes_and_words() {
        for (code, text, class) in [
            (550, "5.1.1 no such user", Class::Mailbox),
            (550, "Requested action not taken: mailbox unavailable", Class::Mailbox),
            (550, "5.2.1 The account is disabled", Class::Mailbox),
            (556, "5.1.10 Null MX", Class::Mailbox),
            (452, "4.2.2 The mailbox is over quota", Class::Full),
            (552, "5.2.2 over quota", Class::Full),
            (552, "Quota exceeded", Class::Full),
            (450, "4.7.1 Greylisted, try again in 5 minutes", Class::Greylisted),
            (451, "greylisting in action", Class::Greylisted),
            (450, "4.2.0 Try later", Class::Greylisted),
            (421, "Service not available", Class::Slow),
            (421, "4.7.28 Our system has detected an unusual rate", Class::Slow),
            (450, "4.2.1 The user is receiving mail at a rate that prevents more", Class::Slow),
            (451, "4.7.500 Server busy, too many connections", Class::Slow),
            (550, "5.7.1 Blocked by a list", Class::Policy),
            (554, "Message rejected as spam", Class::Policy),
            (550, "5.7.26 This mail is unauthenticated", Class::Policy),
            (552, "5.3.4 Message too big", Class::TooBig),
            (552, "Too much data", Class::TooBig),
            (554, "5.7.1 <a@b>: Relay access denied", Class::Relay),
            (451, "4.3.0 Temporary lookup failure", Class::Relay),
            (535, "5.7.8 bad password", Class::Policy),
            (451, "Try again", Class::Other),
        ] {
            assert_eq!(Reply::new(code, text, None).class(), class, "{code} {text}");
        }
    }
}
