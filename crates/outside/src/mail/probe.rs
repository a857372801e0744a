//! Whether a relay lets us in.

use super::{
    relay::Relay,
    smtp::{Connection, Timeouts, tls},
};

/// Opens a connection as for a mail, with encryption and log-in, and closes it again.
///
/// # Errors
/// Why no mail could be given to it, in words for whoever runs the newsroom.
pub async fn probe(relay: &Relay, hello: &str) -> Result<(), String> {
    let tls = tls(relay).map_err(|error| error.to_string())?;
    let timeouts = Timeouts { connect: std::time::Duration::from_secs(10), ..Timeouts::default() };
    Connection::open(relay, &tls, hello, timeouts).await.map(drop).map_err(|failure| failure.to_string())
}
