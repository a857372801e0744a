//! `masthead till`: the gateways with their keys, in a process of their own.

use std::process::ExitCode;

use anyhow::{Context, ensure};
use outside::payments::remote::{Lists, Open, serve};

use super::{Common, serve::asked_to_stop};

pub(super) async fn run(common: &Common, import: bool) -> anyhow::Result<ExitCode> {
    let config = common.config()?;
    let payments = &config.payments;
    ensure!(
        payments.has_till(),
        "there is no till in {}\n  Say where it listens: `till` under [payments]; docs/guide/till.md shows a whole file.",
        common.data.display()
    );
    let gateways = payments.own(&common.data)?;
    ensure!(!gateways.is_empty(), "the till has no gateway\n  Name one: [[payments.gateway]] in masthead.toml.");
    let (place, secret) = (payments.place()?, payments.till_secret(&common.data)?);
    let open = Open::at(&place).await.with_context(|| format!("the till can't listen at {place}"))?;
    let names: Vec<&str> = gateways.iter().map(|gateway| gateway.name().as_str()).collect();
    eprintln!("The till is at {place} with {}  (Ctrl-C stops)", names.join(", "));
    if import {
        eprintln!("It lists who pays, for an import: stop it when that is done, and start it without --import.");
    }
    let lists = if import { Lists::Given } else { Lists::Kept };
    serve(open, secret, gateways, lists, async {
        if let Err(error) = asked_to_stop().await {
            tracing::error!(%error, "the till can't hear signals, and stops");
        }
        eprintln!("Stopping; open questions are being answered.");
    })
    .await;
    Ok(ExitCode::SUCCESS)
}
