//! Following a record to its verdict.

use std::net::IpAddr;

use futures::future::BoxFuture;

use crate::dns::{Dns, DnsError};

/// Look-ups of one check at most (RFC 7208, section 4.6.4).
const LOOKUPS: usize = 10;

/// What a record says of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spf {
    /// There is no record.
    None,
    /// It is allowed.
    Pass,
    /// It is not.
    Fail,
    /// It is not, and nobody should mind much.
    SoftFail,
    /// The record does not want to say.
    Neutral,
    /// The record is broken, and how.
    Broken(String),
    /// It depends on who writes to whom (macros), which is not known here.
    Depends,
}

/// The records of a domain that are SPF's.
pub(super) async fn records(dns: &dyn Dns, domain: &str) -> Result<Vec<String>, DnsError> {
    let is_spf = |record: &String| {
        record.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("v=spf1"))
            && matches!(record.as_bytes().get(6), None | Some(b' '))
    };
    Ok(dns.txt(domain).await?.into_iter().filter(is_spf).collect())
}

/// Whether a domain's record lets mails come from an address.
///
/// # Errors
/// When a name could not be looked up.
pub async fn check_host(dns: &dyn Dns, ip: IpAddr, domain: &str) -> Result<Spf, DnsError> {
    let mut check = Check { dns, ip, lookups: 0 };
    match check.host(domain.to_owned()).await {
        Ok(spf) => Ok(spf),
        Err(Stop::Dns(error)) => Err(error),
        Err(Stop::Broken(why)) => Ok(Spf::Broken(why)),
        Err(Stop::Depends) => Ok(Spf::Depends),
    }
}

struct Check<'a> {
    dns: &'a dyn Dns,
    ip: IpAddr,
    lookups: usize,
}

/// Why a check does not come to its end.
enum Stop {
    Dns(DnsError),
    Broken(String),
    Depends,
}

impl From<DnsError> for Stop {
    fn from(error: DnsError) -> Self {
        Self::Dns(error)
    }
}

impl Check<'_> {
    fn host(&mut self, domain: String) -> BoxFuture<'_, Result<Spf, Stop>> {
        Box::pin(async move {
            let found = records(self.dns, &domain).await?;
            let record = match found.as_slice() {
                [] => return Ok(Spf::None),
                [record] => record,
                _ => return Err(Stop::Broken(format!("{domain} has several records"))),
            };
            let mut redirect = None;
            for term in record.split_whitespace().skip(1) {
                if let Some((name, value)) = term.split_once('=')
                    && !name.contains([':', '/'])
                {
                    if name.eq_ignore_ascii_case("redirect") {
                        redirect = Some(value.to_owned());
                    }
                    continue;
                }
                let (verdict, mechanism) = qualified(term);
                if self.matches(mechanism, &domain).await? {
                    return Ok(verdict);
                }
            }
            match redirect {
                None => Ok(Spf::Neutral),
                Some(target) => {
                    self.count()?;
                    match self.host(plain(&target)?).await? {
                        Spf::None => Err(Stop::Broken(format!("{target}, which it leads to, has no record"))),
                        verdict => Ok(verdict),
                    }
                }
            }
        })
    }

    fn count(&mut self) -> Result<(), Stop> {
        self.lookups += 1;
        if self.lookups > LOOKUPS {
            return Err(Stop::Broken(format!("it needs more than {LOOKUPS} look-ups")));
        }
        Ok(())
    }

    async fn matches(&mut self, mechanism: &str, domain: &str) -> Result<bool, Stop> {
        let (head, prefixes) = prefixes(mechanism)?;
        let (name, argument) = head.split_once(':').unwrap_or((head, ""));
        let of = |argument: &str| if argument.is_empty() { Ok(domain.to_owned()) } else { plain(argument) };
        match name.to_ascii_lowercase().as_str() {
            "all" => Ok(true),
            "ip4" | "ip6" => {
                let (network, length) = argument.split_once('/').map_or((argument, None), |(n, l)| (n, Some(l)));
                let network: IpAddr =
                    network.parse().map_err(|_| Stop::Broken(format!("`{mechanism}` is no address")))?;
                let length = length.map(str::parse::<u8>).transpose();
                let length = length.map_err(|_| Stop::Broken(format!("`{mechanism}` is no network")))?;
                Ok(within(self.ip, network, length))
            }
            "a" => {
                self.count()?;
                let found = self.dns.addresses(&of(argument)?).await?;
                Ok(found.iter().any(|network| within(self.ip, *network, prefixes.of(*network))))
            }
            "mx" => {
                self.count()?;
                for exchanger in self.dns.mx(&of(argument)?).await?.into_iter().take(LOOKUPS) {
                    let found = self.dns.addresses(&exchanger).await?;
                    if found.iter().any(|network| within(self.ip, *network, prefixes.of(*network))) {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            "include" => {
                self.count()?;
                match self.host(plain(argument)?).await? {
                    Spf::Pass => Ok(true),
                    Spf::None => Err(Stop::Broken(format!("{argument}, which it includes, has no record"))),
                    _ => Ok(false),
                }
            }
            "exists" => {
                self.count()?;
                Ok(!self.dns.addresses(&plain(argument)?).await?.is_empty())
            }
            // Not to be used any more, and slow: it lets nobody in here.
            "ptr" => self.count().map(|()| false),
            _ => Err(Stop::Broken(format!("`{mechanism}` is nothing that is known"))),
        }
    }
}

/// A name without macros.
fn plain(name: &str) -> Result<String, Stop> {
    if name.contains('%') {
        return Err(Stop::Depends);
    }
    if name.is_empty() {
        return Err(Stop::Broken("a name is missing".to_owned()));
    }
    Ok(name.to_owned())
}

fn qualified(term: &str) -> (Spf, &str) {
    match term.as_bytes().first() {
        Some(b'+') => (Spf::Pass, &term[1..]),
        Some(b'-') => (Spf::Fail, &term[1..]),
        Some(b'~') => (Spf::SoftFail, &term[1..]),
        Some(b'?') => (Spf::Neutral, &term[1..]),
        _ => (Spf::Pass, term),
    }
}

/// `/24`, `//64` or both after a mechanism.
#[derive(Debug, Clone, Copy, Default)]
struct Prefixes {
    v4: Option<u8>,
    v6: Option<u8>,
}

impl Prefixes {
    fn of(self, ip: IpAddr) -> Option<u8> {
        if ip.is_ipv4() { self.v4 } else { self.v6 }
    }
}

fn prefixes(mechanism: &str) -> Result<(&str, Prefixes), Stop> {
    let lower = mechanism.to_ascii_lowercase();
    if lower.starts_with("ip4:") || lower.starts_with("ip6:") {
        return Ok((mechanism, Prefixes::default()));
    }
    let Some((head, lengths)) = mechanism.split_once('/') else { return Ok((mechanism, Prefixes::default())) };
    let number = |text: &str| text.parse::<u8>().map_err(|_| Stop::Broken(format!("`{mechanism}` is no network")));
    let (v4, v6) = match lengths.split_once('/') {
        None => (Some(number(lengths)?), None),
        Some(("", v6)) => (None, Some(number(v6)?)),
        Some((v4, v6)) => (Some(number(v4.trim_end_matches('/'))?), Some(number(v6)?)),
    };
    Ok((head, Prefixes { v4, v6 }))
}

/// Whether an address is in a network; without a length it has to be the same.
fn within(ip: IpAddr, network: IpAddr, length: Option<u8>) -> bool {
    let bits = |ip: IpAddr| match ip {
        IpAddr::V4(ip) => (u128::from(u32::from(ip)) << 96, 32),
        IpAddr::V6(ip) => (u128::from(ip), 128),
    };
    let ((one, size), (other, other_size)) = (bits(ip), bits(network));
    let length = u32::from(length.unwrap_or(size)).min(u32::from(size));
    let mask = if length == 0 { 0 } else { u128::MAX << (128 - length) };
    size == other_size && one & mask == other & mask
}
