//! schemathesis (PyPI) makes thousands of requests of the description, good and bad, and looks whether the answers are
//! what it says. `cargo xtask setup` installs it below `target/tools`.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use model::Role;
use testkit::both_backends;

use crate::{ALL, Program};

/// The same requests each time.
const SEED: &str = "2026";

/// Where it is; `None`, said loudly, where it is not, and a failure in CI.
fn program() -> Option<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/tools/schemathesis/bin/st");
    if here.is_file() {
        return Some(here);
    }
    assert!(std::env::var_os("CI").is_none(), "no schemathesis in CI: run `cargo xtask setup`");
    eprintln!("\n*** SKIPPED: no schemathesis. Run `cargo xtask setup` ***\n");
    None
}

both_backends! {
    async fn thousands_of_requests_find_nothing_that_the_description_does_not_say(newsroom: TestNewsroom, anon: Anon) {
        let Some(program) = program() else { return };
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap();
        let token = Program::of(&newsroom, &anna, &ALL).await;
        let mut command = Command::new(program);
        command
            .arg("--config-file")
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/api/schemathesis.toml"))
            .args(["run", &format!("{}/api/v1/openapi.json", anna.address)])
            .args(["--header", &format!("Authorization: Bearer {}", token.secret)])
            .args(["--seed", SEED, "--checks", "all", "--no-color"])
            .current_dir(newsroom.folder());
        let ran = tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap();
        let said = format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
        assert!(ran.status.success(), "{said}");
        println!("{said}");
    }
}
