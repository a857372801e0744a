//! The gateways that a newsroom has set up.

use model::{Currency, GatewayName, Money, SupportSettings};
use outside::payments::{AnyGateway, takes};

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

    /// Those that the newsroom offers, in its order. The sandbox is none of them beside one that moves money: nobody who wants to
    /// give is to end where nothing is given.
    #[must_use]
    pub fn offered(&self, settings: &SupportSettings) -> Vec<&AnyGateway> {
        let live = self.all().any(|gateway| gateway.name() != GatewayName::Sandbox);
        let offered = settings.gateways.iter().filter(|name| !live || **name != GatewayName::Sandbox);
        offered.filter_map(|name| self.get(*name)).collect()
    }

    /// Those of them that take a currency.
    #[must_use]
    pub fn offered_in(&self, settings: &SupportSettings, currency: Currency) -> Vec<&AnyGateway> {
        self.offered(settings).into_iter().filter(|gateway| takes_currency(gateway.name(), currency)).collect()
    }
}

/// Whether a gateway takes a currency, so far as that is known without asking it.
#[must_use]
pub fn takes_currency(gateway: GatewayName, currency: Currency) -> bool {
    takes(gateway, Money::whole(1, currency))
}
