//! The gateways that a newsroom has set up.

use model::{GatewayName, SupportSettings};
use outside::payments::AnyGateway;

/// Gateways by their names. Empty where none is set up: then nobody is asked for anything.
#[derive(Debug, Clone, Default)]
pub struct Gateways(Vec<AnyGateway>);

impl Gateways {
    /// These gateways; of two with the same name, the first.
    #[must_use]
    pub fn new(gateways: Vec<AnyGateway>) -> Self {
        Self(gateways)
    }

    /// The gateway of a name.
    #[must_use]
    pub fn get(&self, name: GatewayName) -> Option<&AnyGateway> {
        self.0.iter().find(|gateway| gateway.name() == name)
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &AnyGateway> {
        self.0.iter()
    }

    /// Those that the newsroom offers, in its order.
    #[must_use]
    pub fn offered(&self, settings: &SupportSettings) -> Vec<&AnyGateway> {
        settings.gateways.iter().filter_map(|name| self.get(*name)).collect()
    }
}
