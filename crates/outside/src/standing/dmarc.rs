//! Whether each sender's domain has a policy, and whether what proves a letter's origin is aligned with it (DMARC).

use super::{
    Finding, Setup,
    domain::{aligned, policy, tag},
    finding::txt_line,
};
use crate::dns::{Dns, DnsError};

pub(super) async fn look(dns: &dyn Dns, sender: &str, setup: &Setup) -> Vec<Finding> {
    match examine(dns, sender, setup).await {
        Ok(findings) => findings,
        Err(error) => vec![error.into()],
    }
}

async fn examine(dns: &dyn Dns, sender: &str, setup: &Setup) -> Result<Vec<Finding>, DnsError> {
    let name = format!("_dmarc.{sender}");
    let Some((at, records)) = policy(dns, sender).await? else {
        let line = txt_line(&name, "v=DMARC1; p=none");
        let what = format!("{sender} has no DMARC policy; Gmail, Yahoo and Outlook want one of who sends newsletters");
        return Ok(vec![Finding::wrong(
            what,
            format!("Set one; `p=quarantine` once nothing else sends as {sender}:\n{line}"),
        )]);
    };
    let [record] = records.as_slice() else {
        let what = format!("there are {} DMARC records at _dmarc.{at}; then none counts", records.len());
        return Ok(vec![Finding::wrong(what, "Leave one of them.")]);
    };
    // Of a policy above, that for domains below it counts.
    let wanted = if at == sender { tag(record, "p") } else { tag(record, "sp").or_else(|| tag(record, "p")) };
    let mut findings = vec![match wanted.map(str::to_ascii_lowercase).as_deref() {
        Some("none") => Finding::look(
            format!("the DMARC policy of {at} lets forgeries through (p=none)"),
            format!(
                "Once every sender of yours is aligned:\n{}",
                txt_line(&format!("_dmarc.{at}"), "v=DMARC1; p=quarantine")
            ),
        ),
        Some(policy @ ("quarantine" | "reject")) => Finding::good(format!("the DMARC policy of {at} is {policy}")),
        Some(_) | None => Finding::wrong(
            format!("the DMARC record at _dmarc.{at} has no policy that is one"),
            format!("Set it anew:\n{}", txt_line(&format!("_dmarc.{at}"), "v=DMARC1; p=none")),
        ),
    }];
    findings.push(alignment(dns, sender, record, setup).await?);
    Ok(findings)
}

/// A letter passes when one of both proofs is aligned.
async fn alignment(dns: &dyn Dns, sender: &str, record: &str, setup: &Setup) -> Result<Finding, DnsError> {
    let strict = |name: &str| tag(record, name).is_some_and(|mode| mode.eq_ignore_ascii_case("s"));
    let mut by_key = false;
    for key in &setup.dkim {
        by_key = by_key || aligned(dns, &key.domain, sender, strict("adkim")).await?;
    }
    let returns = setup.bounce_domain.as_deref().unwrap_or(sender);
    let by_return = aligned(dns, returns, sender, strict("aspf")).await?;
    Ok(match (by_key, by_return) {
        (true, true) => Finding::good(format!("letters from {sender} are aligned by signature and by sender (DMARC)")),
        (true, false) => Finding::look(
            format!(
                "letters from {sender} come back to {returns}, which is not aligned with it; the signature alone counts"
            ),
            format!("Take a `bounce_domain` below {sender}, like bounces.{sender}."),
        ),
        (false, true) => Finding::look(
            format!("no signature is aligned with {sender}; a letter that is passed on fails DMARC"),
            format!("Sign for {sender}: set the domain of a key in masthead.toml to it."),
        ),
        (false, false) => Finding::wrong(
            format!("nothing proves that letters from {sender} are yours: every one of them fails DMARC"),
            format!("Sign for {sender}, and take a `bounce_domain` below it, like bounces.{sender}."),
        ),
    })
}
