//! A name server for one test: it knows the names that it is told, and nothing else.

use std::{
    collections::HashMap,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::Context;
use hickory_resolver::proto::{
    op::{Message, ResponseCode},
    rr::{
        Name, RData, Record, RecordType,
        rdata::{A, AAAA, MX, PTR, TXT},
    },
    serialize::binary::{BinDecodable, BinEncodable},
};
use tokio::net::UdpSocket;

/// A name server.
#[derive(Debug, Clone)]
pub struct DnsServer {
    /// Where it is.
    pub address: SocketAddr,
    records: Arc<Mutex<HashMap<String, Vec<RData>>>>,
    broken: Arc<Mutex<Vec<String>>>,
}

impl DnsServer {
    /// Starts one.
    ///
    /// # Errors
    /// When no port is free.
    pub async fn start() -> anyhow::Result<Self> {
        let socket = UdpSocket::bind("127.0.0.1:0").await.context("could not listen")?;
        let server = Self { address: socket.local_addr()?, records: Arc::default(), broken: Arc::default() };
        let serving = server.clone();
        tokio::spawn(async move {
            let mut packet = [0; 4096];
            while let Ok((length, peer)) = socket.recv_from(&mut packet).await {
                let Some(answer) = serving.answer(&packet[..length]) else { continue };
                if let Err(error) = socket.send_to(&answer, peer).await {
                    eprintln!("could not answer for a name: {error}");
                }
            }
        });
        Ok(server)
    }

    /// Adds records as zone files have them, a line each: `news.example TXT v=spf1 -all`, `news.example MX mail.news.example`,
    /// `mail.news.example A 192.0.2.1`, `192.0.2.1 PTR mail.news.example`.
    ///
    /// # Panics
    /// When a line can't be read.
    #[must_use]
    pub fn with(self, zone: &str) -> Self {
        for line in zone.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let mut words = line.splitn(3, ' ');
            let (Some(name), Some(kind), Some(value)) = (words.next(), words.next(), words.next()) else {
                panic!("no record: {line}")
            };
            self.add(name, kind, value);
        }
        self
    }

    /// Takes every record of a name away, and adds others.
    #[must_use]
    pub fn instead(self, name: &str, zone: &str) -> Self {
        self.records.lock().unwrap_or_else(PoisonError::into_inner).remove(&key(name));
        self.with(zone)
    }

    /// Makes it fail for a name.
    #[must_use]
    pub fn failing(self, name: &str) -> Self {
        self.broken.lock().unwrap_or_else(PoisonError::into_inner).push(key(name));
        self
    }

    fn add(&self, name: &str, kind: &str, value: &str) {
        let host = |text: &str| {
            Name::from_ascii(format!("{}.", text.trim_end_matches('.')))
                .unwrap_or_else(|error| panic!("{text}: {error}"))
        };
        let (name, data) = match kind {
            // A string has 255 bytes at most.
            "TXT" => {
                let strings = value.as_bytes().chunks(200).map(|part| String::from_utf8_lossy(part).into_owned());
                (key(name), RData::TXT(TXT::new(strings.collect())))
            }
            "MX" => (key(name), RData::MX(MX::new(10, host(value)))),
            "A" => match value.parse() {
                Ok(IpAddr::V4(ip)) => (key(name), RData::A(A(ip))),
                Ok(IpAddr::V6(ip)) => (key(name), RData::AAAA(AAAA(ip))),
                Err(error) => panic!("{value}: {error}"),
            },
            "PTR" => {
                let ip: IpAddr = name.parse().unwrap_or_else(|error| panic!("{name}: {error}"));
                (Name::from(ip).to_ascii().to_lowercase(), RData::PTR(PTR(host(value))))
            }
            other => panic!("no kind of record: {other}"),
        };
        self.records.lock().unwrap_or_else(PoisonError::into_inner).entry(name).or_default().push(data);
    }

    fn answer(&self, packet: &[u8]) -> Option<Vec<u8>> {
        let asked = Message::from_bytes(packet).ok()?;
        let query = asked.queries.first()?.clone();
        let mut answer = Message::response(asked.metadata.id, asked.metadata.op_code);
        answer.metadata.recursion_desired = true;
        answer.metadata.recursion_available = true;
        answer.add_query(query.clone());
        let name = query.name().to_ascii().to_lowercase();
        if self.broken.lock().unwrap_or_else(PoisonError::into_inner).contains(&name) {
            answer.metadata.response_code = ResponseCode::ServFail;
            return answer.to_bytes().ok();
        }
        let records = self.records.lock().unwrap_or_else(PoisonError::into_inner);
        match records.get(&name) {
            None => answer.metadata.response_code = ResponseCode::NXDomain,
            Some(found) => {
                for data in found.iter().filter(|data| matches(data, query.query_type())) {
                    answer.add_answer(Record::from_rdata(query.name().clone(), 60, data.clone()));
                }
            }
        }
        answer.to_bytes().ok()
    }
}

fn matches(data: &RData, wanted: RecordType) -> bool {
    data.record_type() == wanted
}

fn key(name: &str) -> String {
    format!("{}.", name.trim_end_matches('.').to_ascii_lowercase())
}
