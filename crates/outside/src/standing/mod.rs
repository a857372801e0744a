//! How the newsroom's mail stands with those who take it: SPF, DKIM, DMARC, names of addresses, encryption, and whether what
//! comes back comes back. Each finding says what to set, as lines to paste into a zone file.
//!
//! Nothing is changed here, and nothing is told to anybody but name servers and the newsroom's own relays.

mod dkim;
mod dmarc;
mod domain;
mod finding;
mod relays;
mod returns;
mod spf;

pub use dkim::DkimRecord;
pub use finding::{Finding, Grade};
pub use spf::{Spf, check_host};

use crate::{dns::Dns, mail::Relay};

/// What is known of the newsroom's mail.
#[derive(Debug, Clone, Default)]
pub struct Setup {
    /// The domains that letters come from, as their readers see it: of each newsletter's sender.
    pub senders: Vec<String>,
    /// The domain that mails come back to.
    pub bounce_domain: Option<String>,
    /// How the domain's mails reach us.
    pub returns: Returns,
    /// The keys that letters are signed with.
    pub dkim: Vec<DkimRecord>,
    /// The relays.
    pub relays: Vec<Relay>,
    /// How the newsroom's machine calls itself when it speaks to them.
    pub hello: String,
}

/// How what comes back reaches us.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Returns {
    /// We listen for everybody's mail servers.
    pub smtp: bool,
    /// A mail server of ours brings it.
    pub lmtp: bool,
    /// A mailbox is asked.
    pub mailbox: bool,
    /// A service tells of it.
    pub hooks: bool,
}

impl Returns {
    /// Whether it does at all.
    #[must_use]
    pub fn any(self) -> bool {
        self.smtp || self.lmtp || self.mailbox || self.hooks
    }
}

/// Looks at everything.
pub async fn examine(dns: &dyn Dns, setup: &Setup) -> Vec<Finding> {
    let mut findings = Vec::new();
    if setup.relays.is_empty() {
        let todo = "Name a relay in masthead.toml, under [[mail.relay]].";
        findings.push(Finding::look("no relay is set: newsletters can't be sent", todo));
    }
    let places = relays::look(dns, setup, &mut findings).await;
    for domain in spf::domains(setup) {
        findings.extend(spf::look(dns, &domain, &places).await);
    }
    findings.extend(dkim::look(dns, setup).await);
    for sender in domain::distinct(&setup.senders) {
        findings.extend(dmarc::look(dns, &sender, setup).await);
    }
    findings.extend(returns::look(dns, setup).await);
    findings
}
