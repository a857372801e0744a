//! Asking a gateway what it holds.

use std::time::Duration;

use model::GatewayName;
use outside::payments::{AnyGateway, GatewayError, Held, HeldPage, Which};

use crate::{Newsroom, error::Error};

/// The longest that one question takes.
const PATIENCE: Duration = Duration::from_secs(30);

/// A gateway that the newsroom has set up.
pub(super) fn connected(newsroom: &Newsroom, name: GatewayName) -> Result<AnyGateway, Error> {
    newsroom.gateways().get(name).cloned().ok_or_else(|| {
        let name = name.as_str();
        Error::Refused(format!(
            "{name} is not connected; name it in masthead.toml: [[payments.gateway]], docs/guide/till.md"
        ))
    })
}

/// A part of what a gateway holds.
pub(super) async fn page(gateway: &AnyGateway, which: &Which, after: Option<&str>) -> Result<HeldPage, GatewayError> {
    let slow = |_| GatewayError::Away {
        gateway: gateway.name().as_str().to_owned(),
        why: format!("no answer in {} s", PATIENCE.as_secs()),
    };
    tokio::time::timeout(PATIENCE, gateway.held(which, after)).await.map_err(slow)?
}

/// All that a gateway holds of these. `None` where it won't say: it has no such customer, or takes the name for none.
pub(super) async fn all(gateway: &AnyGateway, which: &Which) -> Result<Option<Vec<Held>>, GatewayError> {
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        match page(gateway, which, after.as_deref()).await {
            Ok(page) => {
                all.extend(page.held);
                after = page.after;
            }
            Err(GatewayError::Refused { .. } | GatewayError::Cannot { .. }) => return Ok(None),
            Err(error) => return Err(error),
        }
        if after.is_none() {
            return Ok(Some(all));
        }
    }
}

/// Why an import stopped, and what to do.
pub(super) fn stopped(error: &GatewayError) -> Error {
    Error::Refused(format!("{error}\n  What was taken in stays; the same command again goes on."))
}
