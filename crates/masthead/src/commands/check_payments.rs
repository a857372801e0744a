//! `masthead check`, of payments: which gateways answer, what their keys may not do, and what the form that readers get lacks.

use std::path::Path;

use app::{
    Newsroom,
    support::{self, Gateways},
    vault,
};
use model::{GatewayName, SupportSettings};

use super::check::Findings;
use crate::{
    config::Config,
    passphrase::{self, text},
};

/// Looks at no gateway where none is set up, and at no form where contributions are not taken.
pub(super) async fn look(dir: &Path, config: &Config, newsroom: &Newsroom, findings: &mut Findings) {
    gateways(dir, config, findings).await;
    match form(newsroom, findings).await {
        Ok(()) => {}
        Err(error) => findings.wrong(
            format!("how contributions are taken could not be looked at: {error:#}"),
            "Save the desk's Support → Settings anew.",
        ),
    }
}

/// What is around the form.
#[derive(Debug, Clone, Copy)]
struct Around {
    /// Whether the newsroom has said where its site is.
    address: bool,
    /// Whether mails can leave.
    relay: bool,
    /// Whether the keys are here, and only seal.
    seals_only: bool,
}

async fn form(newsroom: &Newsroom, findings: &mut Findings) -> anyhow::Result<()> {
    let mut tx = newsroom.store().read().await?;
    let settings = support::settings(&mut tx).await?;
    let address = store::newsroom_settings(&mut tx).await?.address.is_some();
    drop(tx);
    if !settings.open {
        return Ok(());
    }
    let given = passphrase::given();
    let keys = vault::open(newsroom, text(given.as_ref())).await?.keys();
    let around = Around {
        address,
        relay: !app::delivery::relays(newsroom).is_empty(),
        seals_only: keys.is_ok_and(|keys| !keys.can_open()),
    };
    taken(&settings, newsroom.gateways(), around, findings);
    Ok(())
}

/// Contributions that are taken.
fn taken(settings: &SupportSettings, set_up: &Gateways, around: Around, findings: &mut Findings) {
    if !around.address {
        findings.wrong(
            "contributions are taken, and nobody can give: no payment page could lead back without the newsroom's address",
            "masthead settings set address https://your.host",
        );
    }
    if !around.relay {
        findings.worth(
            "contributions are taken, and receipts can't leave: there is no mail relay",
            "Set up [[mail.relay]] in masthead.toml; receipts wait for it.",
        );
    }
    if around.seals_only {
        findings.worth(
            "contributions are taken, and no receipt is written: this server can't open addresses, so the form asks for none",
            "As it is meant to be where the keys are kept elsewhere; who has a pledge gets a link to it at /-/support/link.",
        );
    }
    offered(settings, set_up, findings);
}

/// What there is to pay with.
fn offered(settings: &SupportSettings, set_up: &Gateways, findings: &mut Findings) {
    let offered = set_up.offered(settings);
    let has = |name| offered.iter().any(|gateway| gateway.name() == name);
    let todo = "Set up [payments] in masthead.toml, or choose at the desk, Support → Settings.";
    if offered.is_empty() {
        findings.wrong("contributions are taken, and none of the gateways that are offered is set up", todo);
    }
    if has(GatewayName::Bank) && settings.bank.trim().is_empty() {
        findings.wrong(
            "transfers by bank are offered, and no account is said",
            "Write it at the desk, Support → Settings.",
        );
    }
    if has(GatewayName::Sandbox) {
        findings.worth("contributions go to the sandbox, where no money moves", "Fine for trying out.");
    } else if set_up.get(GatewayName::Sandbox).is_some() {
        findings.worth(
            "the sandbox is set up beside a gateway that moves money; readers are not shown it",
            "Take `sandbox = true` out of [payments] in masthead.toml.",
        );
    }
    for offer in settings.offers.iter().filter(|_| !offered.is_empty()) {
        if set_up.offered_in(settings, offer.currency).is_empty() {
            let code = offer.currency.code();
            findings.worth(format!("no gateway that is offered takes {code}; readers are not shown it"), todo);
        }
    }
}

async fn gateways(dir: &Path, config: &Config, findings: &mut Findings) {
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use model::{Currency, Offer};
    use outside::payments::{
        AnyGateway, Secret,
        bank::Bank,
        remote::{Place, Remote},
    };

    const FINE: Around = Around { address: true, relay: true, seals_only: false };

    fn said(settings: &SupportSettings, set_up: Vec<AnyGateway>, around: Around) -> String {
        let mut findings = Findings::default();
        taken(settings, &Gateways::new(set_up), around, &mut findings);
        findings.to_string()
    }

    fn paypal() -> AnyGateway {
        let place = Place::parse("127.0.0.1:1").unwrap();
        Arc::new(Remote::new(GatewayName::Paypal, place, Secret::new("twenty-four letters, and more")).unwrap())
    }

    #[test]
    fn what_a_form_lacks_is_said() {
        let settings = SupportSettings { open: true, ..SupportSettings::default() };
        assert_eq!(said(&settings, vec![paypal()], FINE), "Nothing is wrong.");
        for (around, words) in [
            (Around { address: false, ..FINE }, "no payment page could lead back"),
            (Around { relay: false, ..FINE }, "there is no mail relay"),
            (Around { seals_only: true, ..FINE }, "can't open addresses"),
        ] {
            let said = said(&settings, vec![paypal()], around);
            assert!(said.contains(words), "{said}");
        }
        assert!(said(&settings, Vec::new(), FINE).contains("none of the gateways"));
        assert!(said(&settings, vec![Arc::new(Bank)], FINE).contains("no account is said"));
        let offers = ["USD", "KWD"].map(|code| Offer::usual(Currency::parse(code).unwrap())).to_vec();
        let said = said(&SupportSettings { offers, ..settings }, vec![paypal()], FINE);
        assert!(said.contains("takes KWD") && !said.contains("takes USD"), "{said}");
    }
}
