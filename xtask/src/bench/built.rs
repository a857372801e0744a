//! The program that is measured, and the helper beside it.

use std::path::{Path, PathBuf};

use crate::run::{cargo, root, run as start};

/// What was built.
pub(super) struct Built {
    pub(super) program: PathBuf,
    /// An example of the crate `app`.
    pub(super) helper: PathBuf,
    /// Whether it is as it is released.
    pub(super) release: bool,
    /// What has to be added to the command that is written down.
    pub(super) flag: &'static str,
}

impl Built {
    /// Builds the program, unless one is given, and a helper of the same profile.
    pub(super) fn with(program: Option<PathBuf>, helper: &str) -> anyhow::Result<Self> {
        let flag = if program.is_none() { "" } else { " --program FILE" };
        if program.is_none() {
            start(cargo(&["build", "--release", "--package", "masthead"]))?;
        }
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
        let program = program.unwrap_or_else(|| target.join("release/masthead"));
        let release = program.parent().is_some_and(|folder| folder.ends_with("release"));
        let profile: &[&str] = if release { &["--release"] } else { &[] };
        start(cargo(&[&["build", "--package", "app", "--example", helper], profile].concat()))?;
        let folder = target.join(if release { "release" } else { "debug" });
        Ok(Self { program, helper: folder.join("examples").join(Path::new(helper)), release, flag })
    }
}
