//! `masthead check`, of mail: how it stands with others, and whether what comes back is read.

use std::path::Path;

use app::Newsroom;
use outside::{
    dns::Resolver,
    standing::{DkimRecord, Grade, Setup, examine},
};

use super::check::Findings;
use crate::config::Config;

/// Looks at nothing where no newsletter and no relay is set up.
pub(super) async fn look(
    dir: &Path,
    config: &Config,
    newsroom: &Newsroom,
    findings: &mut Findings,
) -> anyhow::Result<()> {
    let setup = setup(dir, config, newsroom).await?;
    if setup.senders.is_empty() && setup.relays.is_empty() && setup.bounce_domain.is_none() {
        return Ok(());
    }
    mailbox(dir, config, findings).await;
    for finding in examine(&Resolver::of_this_machine()?, &setup).await {
        match finding.grade {
            Grade::Good => findings.good(finding.what),
            Grade::Look => findings.worth(finding.what, finding.todo),
            Grade::Wrong => findings.wrong(finding.what, finding.todo),
        }
    }
    Ok(())
}

async fn setup(dir: &Path, config: &Config, newsroom: &Newsroom) -> anyhow::Result<Setup> {
    let mut tx = newsroom.store().read().await?;
    let newsletters = store::newsletter_all(&mut tx).await?;
    let senders = newsletters.iter().filter(|newsletter| newsletter.active);
    let senders = senders.filter_map(|newsletter| newsletter.settings.sender.rsplit_once('@'));
    let domain = config.mail.bounce_domain.as_str();
    Ok(Setup {
        senders: senders.map(|(_, domain)| domain.to_owned()).collect(),
        bounce_domain: (!domain.is_empty()).then(|| domain.to_owned()),
        returns: config.bounces.returns(),
        dkim: dkim(dir, config)?,
        relays: config.mail.relays(dir)?,
        hello: config.mail.hello().to_owned(),
    })
}

fn dkim(dir: &Path, config: &Config) -> anyhow::Result<Vec<DkimRecord>> {
    let mut records = Vec::new();
    for signature in config.mail.signatures(dir)? {
        let value = signature.key.dns_value()?;
        records.push(DkimRecord { domain: signature.domain, selector: signature.selector, value });
    }
    Ok(records)
}

async fn mailbox(dir: &Path, config: &Config, findings: &mut Findings) {
    match config.bounces.mailbox(dir) {
        Ok(None) => {}
        Ok(Some(mailbox)) => match mailbox.look().await {
            Ok(()) => findings.good("the mailbox of what comes back can be opened"),
            Err(error) => {
                findings.wrong(
                    format!("the mailbox of what comes back can't be opened: {error}"),
                    "Mend `bounces.mailbox`.",
                );
            }
        },
        Err(error) => findings.wrong(format!("{error:#}"), "Mend `bounces.mailbox` in masthead.toml."),
    }
}
