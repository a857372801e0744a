//! What was found.

use crate::dns::DnsError;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grade {
    /// As it should be.
    Good,
    /// Worth a look.
    Look,
    /// Mails are lost or refused.
    Wrong,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How bad it is.
    pub grade: Grade,
    /// What was found.
    pub what: String,
    /// What to do; empty when nothing is.
    pub todo: String,
}

impl Finding {
    pub(super) fn good(what: impl Into<String>) -> Self {
        Self { grade: Grade::Good, what: what.into(), todo: String::new() }
    }

    pub(super) fn look(what: impl Into<String>, todo: impl Into<String>) -> Self {
        Self { grade: Grade::Look, what: what.into(), todo: todo.into() }
    }

    pub(super) fn wrong(what: impl Into<String>, todo: impl Into<String>) -> Self {
        Self { grade: Grade::Wrong, what: what.into(), todo: todo.into() }
    }
}

impl From<DnsError> for Finding {
    fn from(error: DnsError) -> Self {
        Self::look(format!("{} could not be looked up", error.name), "Check again later, and look at /etc/resolv.conf.")
    }
}

/// A text record as zone files have it: strings of at most 255 characters in quotes.
pub(super) fn txt_line(name: &str, value: &str) -> String {
    let mut strings = Vec::new();
    let mut rest = value;
    while !rest.is_empty() {
        let end = rest.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end <= 250).last();
        let (string, after) = rest.split_at(end.unwrap_or(rest.len()));
        strings.push(format!("\"{}\"", string.replace('\\', "\\\\").replace('"', "\\\"")));
        rest = after;
    }
    let strings = strings.join(" ");
    let strings = if value.len() > 250 { format!("( {strings} )") } else { strings };
    format!("{}. IN TXT {strings}", name.trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_records_are_cut_into_strings() {
        assert_eq!(txt_line("a.example", "v=spf1 -all"), "a.example. IN TXT \"v=spf1 -all\"");
        let long = txt_line("k.example.", &"x".repeat(600));
        assert!(long.starts_with("k.example. IN TXT ( \"xxx") && long.matches('"').count() == 6, "{long}");
    }
}
