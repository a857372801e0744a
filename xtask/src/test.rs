//! Everything that must hold, in the order in which it fails fastest.

use std::path::Path;

use crate::{
    demo_pack, deps,
    run::{cargo, command, root, run},
    setup,
};

pub(crate) fn run_all(install: bool) -> anyhow::Result<()> {
    if install {
        setup::run()?;
    }
    deps::run()?;
    demo_pack::run(true)?;
    run(cargo(&["fmt", "--all", "--check"]))?;
    run(cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    // The editor: its types, its committed bundle against its sources, its size, and itself in a browser.
    for script in ["types", "check", "test"] {
        run(command("npm", &["run", "--silent", "--prefix", "desk", script]))?;
    }
    let mut tests = cargo(&["test", "--workspace", "--no-fail-fast"]);
    let mut browser = command("node", &["--test", "--test-concurrency=2", "e2e/tests/"]);
    // Real exports of other people's are no part of the repository; where they are at hand, they are tried.
    let real = root().join("../shared/data");
    if std::env::var_os("MASTHEAD_REAL_DATA").is_none() && Path::new(&real).is_dir() {
        tests.env("MASTHEAD_REAL_DATA", &real);
        browser.env("MASTHEAD_REAL_DATA", &real);
    }
    run(tests)?;
    run(cargo(&["build", "--package", "masthead"]))?;
    run(browser)
}
