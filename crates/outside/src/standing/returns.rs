//! Whether what comes back comes back: the mail exchangers of the bounce domain and of the senders.

use super::{Finding, Setup, domain::distinct};
use crate::dns::{Dns, DnsError};

pub(super) async fn look(dns: &dyn Dns, setup: &Setup) -> Vec<Finding> {
    let mut findings = Vec::new();
    match &setup.bounce_domain {
        Some(domain) => findings.extend(bounces(dns, domain, setup).await.unwrap_or_else(|error| vec![error.into()])),
        None if setup.senders.is_empty() => {}
        None => findings.push(Finding::look(
            "`bounce_domain` is not set: nobody learns which mailboxes are gone, and providers mind",
            "Set bounce_domain = \"bounces.your.domain\" under [mail] in masthead.toml, and a way in under [bounces].",
        )),
    }
    for sender in distinct(&setup.senders) {
        let takes = async {
            let exchangers = dns.mx(&sender).await?;
            let refuses = exchangers.iter().all(|exchanger| exchanger.is_empty()) && !exchangers.is_empty();
            Ok::<_, DnsError>(!refuses && (!exchangers.is_empty() || !dns.addresses(&sender).await?.is_empty()))
        };
        match takes.await {
            Ok(true) => {}
            Ok(false) => findings.push(Finding::look(
                format!("{sender} takes no mail, so that answers to letters are lost, and some providers refuse them"),
                format!("Set an MX record for {sender}, or write from a domain that has one."),
            )),
            Err(error) => findings.push(error.into()),
        }
    }
    findings
}

async fn bounces(dns: &dyn Dns, domain: &str, setup: &Setup) -> Result<Vec<Finding>, DnsError> {
    let mut findings = Vec::new();
    if !setup.returns.any() {
        let todo = "Set `listen`, `mailbox` or a mail service's hook under [bounces] in masthead.toml.";
        findings.push(Finding::wrong(format!("what comes back to {domain} is read by nobody"), todo));
    }
    // A service that takes bounces itself may leave the domain without an exchanger.
    let hooks_alone = setup.returns.hooks && !(setup.returns.smtp || setup.returns.lmtp || setup.returns.mailbox);
    let exchangers = dns.mx(domain).await?;
    let wanted = if setup.hello.contains('.') { setup.hello.as_str() } else { "mail.your.domain" };
    let line = format!("{domain}. IN MX 10 {wanted}.");
    match exchangers.as_slice() {
        [] if hooks_alone => findings.push(Finding::look(
            format!("{domain} has no MX record; reports that the mail service does not take are lost"),
            format!("Set one, if you can read mail there:\n{line}"),
        )),
        [] => findings.push(Finding::wrong(
            format!("{domain} has no MX record: what comes back is lost, and some providers take nothing from it"),
            format!("Set one:\n{line}"),
        )),
        [none] if none.is_empty() => findings.push(Finding::wrong(
            format!("{domain} says that it takes no mail (null MX)"),
            format!("Set another record instead:\n{line}"),
        )),
        [first, ..] => findings.push(leads(dns, domain, first, setup).await?),
    }
    Ok(findings)
}

/// Whether an exchanger leads to somebody, and to us where we listen ourselves.
async fn leads(dns: &dyn Dns, domain: &str, exchanger: &str, setup: &Setup) -> Result<Finding, DnsError> {
    let found = dns.addresses(exchanger).await?;
    if found.is_empty() {
        let what = format!("the MX of {domain} is {exchanger}, which leads nowhere");
        return Ok(Finding::wrong(what, format!("Set an A record for {exchanger}.")));
    }
    if setup.returns.smtp && setup.hello.contains('.') && exchanger != setup.hello {
        let own = dns.addresses(&setup.hello).await?;
        if !own.iter().any(|ip| found.contains(ip)) {
            let what = format!("the MX of {domain} is {exchanger}, which is another machine than {}", setup.hello);
            let todo = format!("Fine if that one brings mails on to us; else:\n{domain}. IN MX 10 {}.", setup.hello);
            return Ok(Finding::look(what, todo));
        }
    }
    Ok(Finding::good(format!("what comes back to {domain} is taken by {exchanger}")))
}
