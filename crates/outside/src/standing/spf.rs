//! SPF (RFC 7208): whether a domain's record lets mails come from the addresses that ours leave from.

use std::net::IpAddr;

use super::{Finding, Setup, domain::distinct, finding::txt_line, relays::Places};
use crate::dns::{Dns, DnsError};

mod check;

use check::records;
pub use check::{Spf, check_host};

/// The domains whose record counts: of the sender that mails have on their way, and of the name that the machine gives.
pub(super) fn domains(setup: &Setup) -> Vec<String> {
    match &setup.bounce_domain {
        Some(domain) => vec![domain.clone()],
        None => distinct(&setup.senders),
    }
}

pub(super) async fn look(dns: &dyn Dns, domain: &str, places: &Places) -> Vec<Finding> {
    examine(dns, domain, places).await.unwrap_or_else(|error| vec![error.into()])
}

async fn examine(dns: &dyn Dns, domain: &str, places: &Places) -> Result<Vec<Finding>, DnsError> {
    let records = records(dns, domain).await?;
    let record = match records.as_slice() {
        [] => {
            return Ok(vec![Finding::wrong(format!("{domain} has no SPF record"), new(domain, places))]);
        }
        [record] => record,
        more => {
            let what = format!("{domain} has {} SPF records; then none counts", more.len());
            return Ok(vec![Finding::wrong(what, "Make one of them.")]);
        }
    };
    let mut findings = Vec::new();
    let mut missing = Vec::new();
    for ip in &places.own {
        match check_host(dns, *ip, domain).await? {
            Spf::Pass => findings.push(Finding::good(format!("the SPF record of {domain} lets mails come from {ip}"))),
            Spf::Broken(why) => return Ok(vec![broken(domain, &why)]),
            Spf::Depends => findings.push(Finding::look(
                format!("whether the SPF record of {domain} lets mails come from {ip} depends on macros"),
                "See that it does.",
            )),
            Spf::None | Spf::Fail | Spf::SoftFail | Spf::Neutral => missing.push(mechanism(*ip)),
        }
    }
    for include in &places.includes {
        if record.split_whitespace().any(|term| term.trim_start_matches('+').eq_ignore_ascii_case(include)) {
            findings.push(Finding::good(format!("the SPF record of {domain} has {include}")));
        } else {
            missing.push((*include).to_owned());
        }
    }
    if !missing.is_empty() {
        let line = txt_line(domain, &with(record, &missing));
        let what = format!("the SPF record of {domain} does not let your mails come from {}", missing.join(", "));
        findings.push(Finding::wrong(what, format!("Put this in its place:\n{line}")));
    }
    for host in &places.unknown {
        let what = format!("whether the SPF record of {domain} names the addresses of {host} is not known here");
        findings.push(Finding::look(what, format!("Ask {host} what to include.")));
    }
    Ok(findings)
}

/// What to set where there is no record. Never one that nobody's mails pass: with nothing known to name, a word stands in it that
/// has to be replaced.
fn new(domain: &str, places: &Places) -> String {
    let mut terms = wanted(places);
    let how = match places.unknown.as_slice() {
        [] if terms.is_empty() => {
            terms.push("ip4:ADDRESS".to_owned());
            "Set it, with the address that your mails leave from in place of ADDRESS".to_owned()
        }
        [] => "Set it".to_owned(),
        unknown => {
            terms.push("include:NAME".to_owned());
            format!("Ask {} what to include, and set it in place of NAME", unknown.join(", "))
        }
    };
    format!("{how}:\n{}", txt_line(domain, &format!("v=spf1 {} -all", terms.join(" "))))
}

fn broken(domain: &str, why: &str) -> Finding {
    Finding::wrong(format!("the SPF record of {domain} is broken: {why}"), "Mend it; then check again.")
}

fn mechanism(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(ip) => format!("ip4:{ip}"),
        IpAddr::V6(ip) => format!("ip6:{ip}"),
    }
}

fn wanted(places: &Places) -> Vec<String> {
    let own = places.own.iter().map(|ip| mechanism(*ip));
    own.chain(places.includes.iter().map(|include| (*include).to_owned())).collect()
}

/// A record with more in it, before the word that ends it.
fn with(record: &str, more: &[String]) -> String {
    let terms: Vec<&str> = record.split_whitespace().collect();
    let is_end = |term: &&str| {
        let term = term.to_ascii_lowercase();
        term.trim_start_matches(['+', '-', '~', '?']) == "all" || term.starts_with("redirect=")
    };
    let end = terms.iter().position(is_end).unwrap_or(terms.len());
    let more = more.iter().map(String::as_str);
    terms[..end].iter().copied().chain(more).chain(terms[end..].iter().copied()).collect::<Vec<_>>().join(" ")
}
