//! Looking up names: text records, mail exchangers, addresses, and names of addresses.

use std::net::{IpAddr, SocketAddr};

use hickory_resolver::{
    TokioResolver,
    config::{ConnectionConfig, NameServerConfig, ProtocolConfig, ResolverConfig},
    lookup::Lookup,
    net::{NetError, runtime::TokioRuntimeProvider},
    proto::rr::RData,
};

/// A name that could not be looked up: the name server did not answer, or made a mistake. Not the same as a name that is not
/// there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the name server did not say what there is at {name}; try again, or look at /etc/resolv.conf")]
pub struct DnsError {
    /// Which.
    pub name: String,
}

/// Looks up names. What is not there is an empty list.
#[async_trait::async_trait]
pub trait Dns: Send + Sync {
    /// Text records, the strings of each joined.
    async fn txt(&self, name: &str) -> Result<Vec<String>, DnsError>;

    /// Mail exchangers, the first one first. A domain that takes no mail has one that is empty (RFC 7505).
    async fn mx(&self, name: &str) -> Result<Vec<String>, DnsError>;

    /// Addresses of both kinds.
    async fn addresses(&self, name: &str) -> Result<Vec<IpAddr>, DnsError>;

    /// Names of an address.
    async fn names(&self, ip: IpAddr) -> Result<Vec<String>, DnsError>;
}

/// Looks up names with hickory, as this machine is set up or at one name server.
#[derive(Clone)]
pub struct Resolver(TokioResolver);

impl std::fmt::Debug for Resolver {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Resolver")
    }
}

impl Resolver {
    /// As this machine is set up.
    ///
    /// # Errors
    /// When that can't be read.
    pub fn of_this_machine() -> Result<Self, DnsError> {
        let failed = |_: NetError| DnsError { name: "/etc/resolv.conf".to_owned() };
        TokioResolver::builder_tokio().and_then(|builder| builder.build()).map(Self).map_err(failed)
    }

    /// At one name server.
    ///
    /// # Errors
    /// When no resolver can be made of that.
    pub fn at(server: SocketAddr) -> Result<Self, DnsError> {
        let connection = |protocol: ProtocolConfig| {
            let mut connection = ConnectionConfig::new(protocol);
            connection.port = server.port();
            connection
        };
        let connections = vec![connection(ProtocolConfig::Udp), connection(ProtocolConfig::Tcp)];
        let mut place = NameServerConfig::udp(server.ip());
        place.connections = connections;
        let config = ResolverConfig::from_name_servers(vec![place]);
        let builder = TokioResolver::builder_with_config(config, TokioRuntimeProvider::default());
        builder.build().map(Self).map_err(|_| DnsError { name: server.to_string() })
    }
}

/// What was found, or nothing where there is nothing.
fn found(name: &str, outcome: Result<Lookup, NetError>) -> Result<Vec<RData>, DnsError> {
    match outcome {
        Ok(lookup) => Ok(lookup.answers().iter().map(|record| record.data.clone()).collect()),
        Err(error) if error.is_no_records_found() || error.is_nx_domain() => Ok(Vec::new()),
        Err(_) => Err(DnsError { name: name.to_owned() }),
    }
}

/// A name from the root, so that no other domain is tried after it.
fn whole(name: &str) -> String {
    format!("{}.", name.trim_end_matches('.'))
}

#[async_trait::async_trait]
impl Dns for Resolver {
    async fn txt(&self, name: &str) -> Result<Vec<String>, DnsError> {
        let data = found(name, self.0.txt_lookup(whole(name)).await)?;
        let text = |data: RData| match data {
            RData::TXT(text) => {
                Some(text.txt_data.iter().map(|part| String::from_utf8_lossy(part)).collect::<String>())
            }
            _ => None,
        };
        Ok(data.into_iter().filter_map(text).collect())
    }

    async fn mx(&self, name: &str) -> Result<Vec<String>, DnsError> {
        let data = found(name, self.0.mx_lookup(whole(name)).await)?;
        let exchanger = |data: RData| match data {
            RData::MX(mx) => Some((mx.preference, mx.exchange.to_utf8().trim_end_matches('.').to_ascii_lowercase())),
            _ => None,
        };
        let mut exchangers: Vec<(u16, String)> = data.into_iter().filter_map(exchanger).collect();
        exchangers.sort();
        Ok(exchangers.into_iter().map(|(_, name)| name).collect())
    }

    async fn addresses(&self, name: &str) -> Result<Vec<IpAddr>, DnsError> {
        let mut data = found(name, self.0.ipv4_lookup(whole(name)).await)?;
        data.extend(found(name, self.0.ipv6_lookup(whole(name)).await)?);
        let address = |data: RData| match data {
            RData::A(a) => Some(IpAddr::V4(a.0)),
            RData::AAAA(a) => Some(IpAddr::V6(a.0)),
            _ => None,
        };
        Ok(data.into_iter().filter_map(address).collect())
    }

    async fn names(&self, ip: IpAddr) -> Result<Vec<String>, DnsError> {
        let data = found(&ip.to_string(), self.0.reverse_lookup(ip).await)?;
        let name = |data: RData| match data {
            RData::PTR(name) => Some(name.0.to_utf8().trim_end_matches('.').to_ascii_lowercase()),
            _ => None,
        };
        Ok(data.into_iter().filter_map(name).collect())
    }
}
