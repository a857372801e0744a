//! Enhanced mail system status codes (RFC 3463) and reply codes (RFC 5321).

use std::fmt;

/// `class.subject.detail`: `5.1.1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Status {
    /// 2 went well, 4 may pass, 5 is for good.
    pub class: u8,
    /// What it is about: 1 address, 2 mailbox, 3 system, 4 network, 5 protocol, 6 content, 7 policy.
    pub subject: u16,
    /// The detail within the subject.
    pub detail: u16,
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.class, self.subject, self.detail)
    }
}

impl Status {
    /// From a text that is nothing but one, or has a comment after it: `5.1.1 (bad address)`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut numbers = text.split(|c: char| c.is_whitespace() || c == '(').next()?.split('.');
        let class = match numbers.next()? {
            "2" => 2,
            "4" => 4,
            "5" => 5,
            _ => return None,
        };
        let mut next = || {
            let text = numbers.next()?;
            let digits = (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
            if digits { text.parse::<u16>().ok() } else { None }
        };
        let (subject, detail) = (next()?, next()?);
        numbers.next().is_none().then_some(Self { class, subject, detail })
    }

    /// The first one in a text: `550-5.1.1 The email account …`, `#5.1.1 …`.
    #[must_use]
    pub fn find(text: &str) -> Option<Self> {
        let border = |c: char| !(c.is_ascii_digit() || c == '.');
        text.split(border).map(|word| word.trim_matches('.')).find_map(Self::parse)
    }

    /// Whether it says more than its class.
    #[must_use]
    pub fn is_specific(self) -> bool {
        self.subject != 0
    }
}

/// The first SMTP reply code of a text, 400 to 599, that stands by itself or before a status code.
pub(super) fn reply_code(text: &str) -> Option<u16> {
    let border = |c: char| !(c.is_ascii_alphanumeric() || c == '.');
    let code = |word: &str| {
        let digits = word.len() == 3 && word.bytes().all(|b| b.is_ascii_digit());
        if digits { word.parse().ok().filter(|code| (400..600).contains(code)) } else { None }
    };
    text.split(border).find_map(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_wherever_servers_put_them() {
        for (text, status, code) in [
            ("smtp; 550-5.1.1 The email account", Some("5.1.1"), Some(550)),
            ("smtp; 550 5.1.10 RESOLVER.ADR.RecipientNotFound", Some("5.1.10"), Some(550)),
            ("#550 5.1.1 RESOLVER; not found ##", Some("5.1.1"), Some(550)),
            ("X-Postfix; host mx.example[192.0.2.7] said: 452 4.2.2 full (in reply to RCPT)", Some("4.2.2"), Some(452)),
            ("(#5.1.2)", Some("5.1.2"), None),
            ("it waited 5.1 hours, at 10.5.1.1", None, None),
            ("550 nobody here", None, Some(550)),
            ("2025-07-11 nothing", None, None),
        ] {
            assert_eq!(Status::find(text).map(|status| status.to_string()).as_deref(), status, "{text}");
            assert_eq!(reply_code(text), code, "{text}");
        }
        assert_eq!(Status::parse("5.1.1 (bad destination)").unwrap().detail, 1);
        for bad in ["5.1", "6.1.1", "5.1.1.1", "5..1", "5.1.1234", "x", ""] {
            assert_eq!(Status::parse(bad), None, "{bad}");
        }
    }
}
