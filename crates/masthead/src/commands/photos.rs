//! `masthead photos`: photos that imports could not bring yet.

use std::process::ExitCode;

use app::import::PhotoOptions;
use outside::{Fetch, FetchOptions};

use super::Common;
use crate::{cli::Photos, open};

pub(super) async fn run(common: &Common, args: Photos) -> anyhow::Result<ExitCode> {
    let config = common.config()?;
    let newsroom = open::newsroom(&common.data, &config).await?;
    match args {
        Photos::Fetch { from, no_fetch } => {
            super::import::there_is(from.as_deref())?;
            let fetch = (!no_fetch).then(|| Fetch::new(FetchOptions::default()));
            let done =
                super::import::photos(&newsroom, &PhotoOptions { folder: from, fetch }, None, common.json).await?;
            if common.json {
                println!("{}", serde_json::json!({ "stored": done.stored, "missing": done.missing }));
            } else {
                println!("{} photos stored, {} still missing", done.stored, done.missing.len());
                done.missing.iter().for_each(|(url, why)| println!("  {url}: {why}"));
            }
        }
        Photos::Missing => {
            let mut tx = newsroom.store().read().await?;
            let mut after = None;
            loop {
                let batch = store::photo_missing(&mut tx, after, 500).await?;
                let Some(last) = batch.last() else { break };
                after = Some(last.id);
                for photo in &batch {
                    let origin = photo.origin.as_deref().unwrap_or("(no address)");
                    if common.json {
                        println!("{}", serde_json::json!({ "id": photo.id, "origin": origin }));
                    } else {
                        println!("{origin}");
                    }
                }
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
