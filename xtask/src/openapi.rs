//! `docs/openapi.json`: the API's description, as the code makes it.

use anyhow::{Context, bail};

use crate::run::{cargo, output, root};

pub(crate) fn run(check: bool) -> anyhow::Result<()> {
    let file = root().join("docs/openapi.json");
    let text = output(cargo(&["run", "--quiet", "--package", "web", "--example", "openapi"]))?;
    if !check {
        return std::fs::write(&file, text).with_context(|| format!("could not write {}", file.display()));
    }
    let there = std::fs::read_to_string(&file).with_context(|| format!("could not read {}", file.display()))?;
    if there != text {
        bail!("docs/openapi.json is not what the code says; run `cargo xtask openapi`");
    }
    Ok(())
}
