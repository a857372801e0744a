//! Which domains belong together, as DMARC has it.

use crate::dns::{Dns, DnsError};

/// Domains in lower case, each once, in order.
pub(super) fn distinct(domains: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for domain in domains {
        let domain = domain.trim().trim_end_matches('.').to_ascii_lowercase();
        if !domain.is_empty() && !out.contains(&domain) {
            out.push(domain);
        }
    }
    out
}

/// A domain and those above it, down to two labels.
pub(super) fn above(domain: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(domain);
    std::iter::from_fn(move || {
        let now = rest?;
        rest = now.split_once('.').map(|(_, above)| above).filter(|above| above.contains('.'));
        Some(now)
    })
}

/// The value of a tag in `v=DMARC1; p=none`.
pub(super) fn tag<'r>(record: &'r str, name: &str) -> Option<&'r str> {
    record.split(';').find_map(|part| {
        let (own, value) = part.split_once('=')?;
        own.trim().eq_ignore_ascii_case(name).then_some(value.trim())
    })
}

/// The policy that counts for a domain, and the domain where it stands: the nearest above it (DMARC's walk up the tree).
pub(super) async fn policy(dns: &dyn Dns, domain: &str) -> Result<Option<(String, Vec<String>)>, DnsError> {
    for above in above(domain) {
        let records = dns.txt(&format!("_dmarc.{above}")).await?;
        let records: Vec<String> = records
            .into_iter()
            .filter(|record| tag(record, "v").is_some_and(|v| v.eq_ignore_ascii_case("DMARC1")))
            .collect();
        if !records.is_empty() {
            return Ok(Some((above.to_owned(), records)));
        }
    }
    Ok(None)
}

/// The highest domain above one that has a policy: all below it are one organisation. Without any, the domain itself.
async fn organisation(dns: &dyn Dns, domain: &str) -> Result<String, DnsError> {
    let mut highest = domain.to_owned();
    for above in above(domain) {
        let records = dns.txt(&format!("_dmarc.{above}")).await?;
        if records.iter().any(|record| tag(record, "v").is_some_and(|v| v.eq_ignore_ascii_case("DMARC1"))) {
            highest = above.to_owned();
        }
    }
    Ok(highest)
}

/// Whether two domains are aligned: the same, or, unless it is strict, of one organisation.
pub(super) async fn aligned(dns: &dyn Dns, one: &str, other: &str, strict: bool) -> Result<bool, DnsError> {
    if one.eq_ignore_ascii_case(other) {
        return Ok(true);
    }
    if strict {
        return Ok(false);
    }
    let below = |low: &str, high: &str| low.ends_with(&format!(".{high}")) && high.contains('.');
    if below(one, other) || below(other, one) {
        return Ok(true);
    }
    Ok(organisation(dns, one).await? == organisation(dns, other).await?)
}
