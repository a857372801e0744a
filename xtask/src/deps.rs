//! The house's import rules: a crate may import only what its row names.

use anyhow::bail;
use serde_json::Value;

use crate::run::{cargo, output};

/// Crate, what it may import, and what only its tests may import. The order is that of docs/ARCHITECTURE.md.
const RULES: &[(&str, &[&str], &[&str])] = &[
    ("model", &[], &[]),
    ("render", &["model"], &[]),
    ("vault", &["model"], &[]),
    ("theme", &["render", "model"], &[]),
    ("intake", &["model"], &[]),
    ("store", &["model"], &["testkit"]),
    ("outside", &["model"], &["testkit"]),
    ("app", &["model", "render", "vault", "theme", "intake", "store", "outside"], &["testkit"]),
    ("web", &["app", "theme", "model"], &["testkit", "store", "outside", "intake", "vault"]),
    ("testkit", &["model", "render", "vault", "theme", "intake", "store", "outside", "app", "web"], &[]),
    ("masthead", &["model", "render", "vault", "theme", "intake", "store", "outside", "app", "web"], &["testkit"]),
    ("xtask", &[], &[]),
];

/// Crates that only `store` may use, so that SQL stays in one place; likewise HTTP's for `web`.
const KEPT: &[(&str, &[&str])] =
    &[("sqlx", &["store", "testkit"]), ("axum", &["web"]), ("object_store", &["outside"]), ("minijinja", &["theme"])];

pub(crate) fn run() -> anyhow::Result<()> {
    let metadata: Value = serde_json::from_str(&output(cargo(&["metadata", "--format-version=1", "--no-deps"]))?)?;
    let mut wrong = Vec::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let name = package["name"].as_str().unwrap_or_default();
        let Some((_, may, tests_may)) = RULES.iter().find(|(rule, ..)| *rule == name) else {
            wrong.push(format!("{name} has no rule in xtask/src/deps.rs"));
            continue;
        };
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let wanted = dependency["name"].as_str().unwrap_or_default();
            let tests = dependency["kind"].as_str() == Some("dev");
            let ours = RULES.iter().any(|(rule, ..)| *rule == wanted);
            if ours && !may.contains(&wanted) && !(tests && tests_may.contains(&wanted)) {
                wrong.push(format!("{name} imports {wanted}, which does not stand to its right"));
            }
            let kept = KEPT.iter().find(|(kept, _)| *kept == wanted);
            if let Some((_, keepers)) = kept
                && !keepers.contains(&name)
                && !tests
            {
                wrong.push(format!("{name} imports {wanted}, which only {} may", keepers.join(" and ")));
            }
        }
    }
    if wrong.is_empty() {
        println!("deps: every crate imports only what it may");
        return Ok(());
    }
    bail!("{}", wrong.join("\n"))
}
