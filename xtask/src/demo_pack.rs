//! The newsroom that `masthead demo` opens: imported from fixtures/demo once, committed as a backup.
//!
//! A hash of everything in fixtures/demo lies beside the pack; the check compares it with the folder as it is now.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use sha2::{Digest, Sha256};

use crate::run::{cargo, root, run as start};

pub(crate) fn run(check: bool) -> anyhow::Result<()> {
    let sources = root().join("fixtures/demo");
    let pack = root().join("fixtures/demo.tar.zst");
    let proof = root().join("fixtures/demo.sha256");
    let now = hash(&sources)?;
    if check {
        let then = std::fs::read_to_string(&proof).unwrap_or_default();
        if then.trim() != now || !pack.exists() {
            bail!("fixtures/demo.tar.zst is older than fixtures/demo; run `cargo xtask demo-pack` and commit both");
        }
        println!("demo-pack: up to date");
        return Ok(());
    }
    let mut command = cargo(&["run", "--quiet", "--release", "--package", "masthead", "--", "demo-pack"]);
    command.arg(&sources).arg(&pack);
    start(command)?;
    std::fs::write(&proof, format!("{now}\n")).context("could not write fixtures/demo.sha256")
}

/// SHA-256 over names and contents of all files below a folder, in the order of their names.
fn hash(dir: &Path) -> anyhow::Result<String> {
    let mut files = Vec::new();
    collect(dir, &mut files)?;
    files.sort();
    let mut hash = Sha256::new();
    for file in files {
        let name = file.strip_prefix(dir)?.to_string_lossy().into_owned();
        let content = std::fs::read(&file).with_context(|| format!("could not read {}", file.display()))?;
        hash.update(name.as_bytes());
        hash.update([0]);
        hash.update(Sha256::digest(&content));
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

fn collect(dir: &Path, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    for entry in std::fs::read_dir(dir).with_context(|| format!("could not read {}", dir.display()))? {
        let path = entry?.path();
        if path.is_dir() { collect(&path, files)? } else { files.push(path) }
    }
    Ok(())
}
