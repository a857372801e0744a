//! The relays: whether they can be reached and encrypt, and which addresses mails leave from.
//!
//! A relay on this machine or in its own network is the newsroom's own: mails leave from the address that its name leads to,
//! and that address needs a name that leads back. A relay elsewhere is somebody's service, which sends from addresses of its
//! own and says itself which record names them.

use std::net::IpAddr;

use super::{Finding, Setup};
use crate::{
    addresses::is_public,
    dns::{Dns, DnsError},
    mail::{Relay, Security, probe},
};

/// Where mails leave from.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Places {
    /// Addresses of the newsroom's own.
    pub(super) own: Vec<IpAddr>,
    /// What services want in an SPF record: `include:amazonses.com`.
    pub(super) includes: Vec<&'static str>,
    /// Relays elsewhere of which nobody here knows what they want.
    pub(super) unknown: Vec<String>,
}

/// Services, by how the name of their relay ends, and what they want in an SPF record.
const SERVICES: [(&str, &str); 10] = [
    (".amazonaws.com", "include:amazonses.com"),
    (".postmarkapp.com", "include:spf.mtasv.net"),
    (".mailgun.org", "include:mailgun.org"),
    (".sendgrid.net", "include:sendgrid.net"),
    (".brevo.com", "include:spf.brevo.com"),
    (".mailjet.com", "include:spf.mailjet.com"),
    (".mandrillapp.com", "include:spf.mandrillapp.com"),
    (".sparkpostmail.com", "include:sparkpostmail.com"),
    (".gmail.com", "include:_spf.google.com"),
    (".office365.com", "include:spf.protection.outlook.com"),
];

pub(super) async fn look(dns: &dyn Dns, setup: &Setup, findings: &mut Vec<Finding>) -> Places {
    let mut places = Places::default();
    let mut ours = false;
    for relay in &setup.relays {
        findings.push(reach(relay, &setup.hello).await);
        let host = relay.place.host.to_ascii_lowercase();
        let service = SERVICES.iter().find(|(end, _)| host.ends_with(end));
        match service {
            Some((_, include)) if !places.includes.contains(include) => places.includes.push(include),
            Some(_) => {}
            None if is_ours(dns, &host, &setup.hello).await => ours = true,
            None => places.unknown.push(host),
        }
    }
    if ours {
        match own(dns, &setup.hello, findings).await {
            Ok(own) => places.own = own,
            Err(error) => findings.push(error.into()),
        }
    }
    places
}

async fn reach(relay: &Relay, hello: &str) -> Finding {
    let name = &relay.name;
    match probe(relay, hello).await {
        Ok(()) if relay.place.security == Security::Plain => {
            Finding::good(format!("the relay {name} answers; mails reach it in the open, within your own network"))
        }
        Ok(()) => Finding::good(format!("the relay {name} answers, encrypted")),
        Err(why) => Finding::wrong(
            format!("the relay {name} can't be used: {why}"),
            "Mend it under [[mail.relay]] in masthead.toml.",
        ),
    }
}

/// Whether a relay is this machine, in its network, or what the newsroom's machine calls itself.
async fn is_ours(dns: &dyn Dns, host: &str, hello: &str) -> bool {
    if let Ok(ip) = host.parse::<IpAddr>() {
        return !is_public(ip);
    }
    if host == "localhost" || host.eq_ignore_ascii_case(hello) || !host.contains('.') {
        return true;
    }
    // A name that nobody knows is not ours to judge.
    dns.addresses(host).await.is_ok_and(|found| !found.is_empty() && found.iter().all(|ip| !is_public(*ip)))
}

/// The addresses that our own mails leave from, with names that lead there and back (RFC 8601's "iprev").
async fn own(dns: &dyn Dns, hello: &str, findings: &mut Vec<Finding>) -> Result<Vec<IpAddr>, DnsError> {
    let found = if hello.contains('.') { dns.addresses(hello).await? } else { Vec::new() };
    let own: Vec<IpAddr> = found.into_iter().filter(|ip| is_public(*ip)).collect();
    if own.is_empty() {
        let what = format!("this machine calls itself `{hello}`, which leads to no address of the internet");
        let todo = "Set `hello` under [mail] in masthead.toml to the machine's name, like mail.news.example, with an A record.";
        findings.push(Finding::wrong(what, todo));
    }
    for ip in &own {
        let names = dns.names(*ip).await?;
        let mut back = false;
        for name in &names {
            back = back || dns.addresses(name).await?.contains(ip);
        }
        let same = names.iter().any(|name| name.eq_ignore_ascii_case(hello));
        findings.push(match (back, same) {
            (true, true) => Finding::good(format!("{ip} is called {hello}, and {hello} leads to it (PTR)")),
            (true, false) => Finding::look(
                format!("{ip} is called {}, and this machine calls itself {hello}", names.join(", ")),
                format!("Have whoever gives you the address set its name (PTR) to {hello}."),
            ),
            (false, _) => Finding::wrong(
                format!("{ip} has no name that leads back to it; large providers take nothing from it"),
                format!("Have whoever gives you the address set its name (PTR) to {hello}."),
            ),
        });
    }
    Ok(own)
}
