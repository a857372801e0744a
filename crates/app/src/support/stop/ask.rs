//! Asking a gateway to stop something, which may take long or be too late.

use outside::payments::{AnyGateway, GatewayError};

use super::PATIENCE;
use crate::error::Error;

/// Whether a gateway did what it was asked to; `false` where it can't. What it refuses to stop counts as stopped where it is `over`
/// by then.
pub(super) async fn asked(
    gateway: &AnyGateway,
    ask: impl Future<Output = Result<(), GatewayError>>,
    over: impl Future<Output = bool>,
) -> Result<bool, Error> {
    let name = gateway.name().as_str();
    let slow = |_| Error::Refused(format!("{name} did not answer in {} s", PATIENCE.as_secs()));
    match tokio::time::timeout(PATIENCE, ask).await.map_err(slow)? {
        Ok(()) => Ok(true),
        Err(GatewayError::Cannot { .. }) => Ok(false),
        Err(error @ GatewayError::Refused { .. }) => {
            let over = tokio::time::timeout(PATIENCE, over).await.map_err(slow)?;
            if over { Ok(true) } else { Err(Error::Refused(error.to_string())) }
        }
        Err(error) => Err(Error::Refused(error.to_string())),
    }
}
