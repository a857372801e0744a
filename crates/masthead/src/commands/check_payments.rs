//! `masthead check`, of payments: which gateways answer, and what their keys may not do.

use std::path::Path;

use model::GatewayName;

use super::check::Findings;
use crate::config::Config;

/// Looks at nothing where no gateway is set up.
pub(super) async fn look(dir: &Path, config: &Config, findings: &mut Findings) {
    for kind in config.payments.misplaced() {
        findings.worth(
            format!("the key of {kind} is where the newsroom can read it, though there is a till"),
            "Take it out of this masthead.toml and its environment; the till's own folder has it.",
        );
    }
    let gateways = match config.payments.gateways(dir) {
        Ok(gateways) => gateways,
        Err(error) => return findings.wrong(format!("{error:#}"), "Mend [payments] in masthead.toml."),
    };
    for gateway in gateways.iter().filter(|gateway| gateway.name() != GatewayName::Bank) {
        let name = gateway.name().as_str();
        match gateway.lacking().await {
            Ok(lacking) if lacking.is_empty() => findings.good(format!("{name} answers, and takes the key")),
            Ok(lacking) => findings.wrong(
                format!("the key of {name} lacks rights: {}", lacking.join(", ")),
                "Give it these and no others; docs/guide/till.md has the list.",
            ),
            Err(error) => findings.wrong(error.to_string(), "Mend [payments] in masthead.toml, or start the till."),
        }
    }
}
