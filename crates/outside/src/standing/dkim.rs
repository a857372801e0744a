//! Whether the records of the keys that letters are signed with are there, and say what they should.

use super::{Finding, Setup, domain::tag, finding::txt_line};
use crate::dns::Dns;

/// The record of a key that letters are signed with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DkimRecord {
    /// The domain that is signed for.
    pub domain: String,
    /// The name of the key.
    pub selector: String,
    /// What has to stand at `SELECTOR._domainkey.DOMAIN`: `v=DKIM1; k=rsa; p=…`.
    pub value: String,
}

impl DkimRecord {
    fn name(&self) -> String {
        format!("{}._domainkey.{}", self.selector, self.domain)
    }
}

pub(super) async fn look(dns: &dyn Dns, setup: &Setup) -> Vec<Finding> {
    let mut findings = Vec::new();
    for key in &setup.dkim {
        findings.push(match dns.txt(&key.name()).await {
            Ok(records) => compare(key, &records),
            Err(error) => error.into(),
        });
    }
    if setup.dkim.is_empty() && !setup.senders.is_empty() {
        let todo = "Make a key with `masthead mail dkim`; Gmail and Yahoo take no newsletters without a signature.";
        findings.push(Finding::wrong("letters are not signed (DKIM)", todo));
    }
    findings
}

fn compare(key: &DkimRecord, records: &[String]) -> Finding {
    let (name, line) = (key.name(), txt_line(&key.name(), &key.value));
    let public = |record: &str| tag(record, "p").map(|p| p.split_whitespace().collect::<String>());
    let kind = |record: &str| tag(record, "k").unwrap_or("rsa").to_ascii_lowercase();
    let keys: Vec<&String> = records.iter().filter(|record| public(record).is_some()).collect();
    match keys.as_slice() {
        [] => Finding::wrong(format!("there is no DKIM record at {name}"), format!("Set it:\n{line}")),
        [one] if public(one).as_deref() == Some("") => {
            Finding::wrong(format!("the DKIM key at {name} is revoked"), format!("Put ours there instead:\n{line}"))
        }
        [one] if public(one) == public(&key.value) && kind(one) == kind(&key.value) => {
            if tag(one, "t").is_some_and(|flags| flags.split(':').any(|flag| flag.trim() == "y")) {
                let todo = format!("Take `t=y` out, so that signatures count:\n{line}");
                return Finding::look(format!("the DKIM record at {name} says that it is only a test"), todo);
            }
            Finding::good(format!("the DKIM record at {name} is that of our key"))
        }
        [_] => {
            let what =
                format!("the DKIM record at {name} is of another key: every letter would be taken for a forgery");
            Finding::wrong(what, format!("Put ours there instead:\n{line}"))
        }
        _ => Finding::wrong(
            format!("there are {} DKIM records at {name}; receivers take any of them", keys.len()),
            format!("Leave this one alone:\n{line}"),
        ),
    }
}
