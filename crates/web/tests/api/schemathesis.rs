//! schemathesis (PyPI) makes thousands of requests of the description, good and bad, and looks whether the answers are
//! what it says. `cargo xtask setup` installs it below `target/tools`.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use model::{Language, Role};
use serde_json::json as value;
use testkit::{TestNewsroom, both_backends};

use crate::{ALL, Program, json};

/// The same requests each time.
const SEED: &str = "2026";

/// Requests made up for each operation, besides those that the description itself leads to. What an answer looks like has been
/// asked on SQLite; on PostgreSQL it is what its queries make of odd values.
fn examples(location: &str) -> &'static str {
    if location.starts_with("postgres") { "5" } else { "15" }
}

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

/// A newsroom in three languages.
async fn languages(newsroom: &TestNewsroom) {
    let mut tx = newsroom.newsroom.store().begin().await.unwrap();
    let languages = ["en", "ru", "fa"].map(|tag| Language::new(tag).unwrap()).to_vec();
    let settings = model::Newsroom { languages, ..model::Newsroom::default() };
    store::newsroom_settings_set(&mut tx, &settings, newsroom.newsroom.clock().now()).await.unwrap();
    tx.commit().await.unwrap();
}

/// A story that was changed, if so published: its address and a revision of it.
async fn story(newsroom: &TestNewsroom, program: &Program, public: bool) -> (String, String) {
    let made = program.send("POST", "/api/v1/stories", &value!({})).await;
    let at = made.header("location").to_owned();
    for version in 0..2 {
        let fields = value!({ "headline": format!("The ferry {version}") });
        program.send("PATCH", &at, &value!({ "version": version, "fields": fields })).await;
        newsroom.clock.advance_millis(11 * 60_000);
    }
    if public {
        let published = program.send("POST", &format!("{at}/publish"), &value!({ "version": 2 })).await;
        assert_eq!(published.status, 200, "{}", published.text());
    }
    let revisions = json(&program.ask("GET", &format!("{at}/revisions")).await);
    (json(&made)["id"].as_str().unwrap().to_owned(), revisions["items"][0]["id"].as_str().unwrap().to_owned())
}

/// What can be done with few stories only is asked of one that it can be done with.
async fn config(newsroom: &TestNewsroom, program: &Program) -> String {
    let mut text = include_str!("schemathesis.toml").to_owned();
    let (draft, revision) = story(newsroom, program, false).await;
    let (public, _) = story(newsroom, program, true).await;
    let (doomed, _) = story(newsroom, program, true).await;
    let language = value!({ "language": "ru" });
    let begun = program.send("POST", &format!("/api/v1/stories/{public}/translations"), &language).await;
    let translation = json(&begun)["id"].as_str().unwrap().to_owned();
    for (operation, id, revision) in [
        ("GET /api/v1/stories/{id}/revisions/{revision}", &draft, Some(&revision)),
        ("POST /api/v1/stories/{id}/revisions/{revision}/restore", &draft, Some(&revision)),
        ("POST /api/v1/stories/{id}/schedule", &draft, None),
        ("POST /api/v1/stories/{id}/correct", &public, None),
        ("POST /api/v1/stories/{id}/translations", &public, None),
        ("POST /api/v1/stories/{id}/withdraw", &doomed, None),
        ("GET /api/v1/stories/{id}/original", &translation, None),
        ("POST /api/v1/stories/{id}/caught-up", &translation, None),
    ] {
        let revision = revision.map(|revision| format!(", revision = \"{revision}\"")).unwrap_or_default();
        text +=
            &format!("\n[[operations]]\ninclude-name = \"{operation}\"\nparameters = {{ id = \"{id}\"{revision} }}\n");
    }
    text
}

both_backends! {
    async fn thousands_of_requests_find_nothing_that_the_description_does_not_say(newsroom: TestNewsroom, anon: Anon) {
        let Some(program) = program() else { return };
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap();
        let token = Program::of(&newsroom, &anna, &ALL).await;
        languages(&newsroom).await;
        let file = newsroom.folder().join("schemathesis.toml");
        std::fs::write(&file, config(&newsroom, &token).await).unwrap();
        let mut command = Command::new(program);
        command
            .arg("--config-file")
            .arg(file)
            .args(["run", &format!("{}/api/v1/openapi.json", anna.address)])
            .args(["--header", &format!("Authorization: Bearer {}", token.secret)])
            .args(["--seed", SEED, "--checks", "all", "--no-color"])
            .args(["--max-examples", examples(&newsroom.location)])
            .current_dir(newsroom.folder());
        let ran = tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap();
        let said = format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
        assert!(ran.status.success(), "{said}");
        println!("{said}");
    }
}
