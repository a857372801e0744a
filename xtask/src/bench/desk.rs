//! The desk of a newsroom with the whole archive: its pages, saving, and publishing until readers have the text.
//!
//! All of it goes over HTTP on loopback, one request after the other, with a bounded number of them.

use std::{
    collections::BTreeSet,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use serde_json::json;

use super::{
    Figure,
    client::{Editor, between},
    first_byte,
};
use crate::run::output;

/// Where the newsroom listens meanwhile.
const PORT: u16 = 18_210;
/// Requests of each kind of page.
const PAGES: usize = 300;
/// Saves.
const SAVES: usize = 300;
/// Publications.
const PUBLICATIONS: usize = 100;

/// Serves the newsroom in a folder and measures its desk.
pub(super) fn measure(program: &Path, data: &Path, figures: &mut Vec<Figure>) -> anyhow::Result<()> {
    let mut invite = Command::new(program);
    invite.args(["staff", "add", "editor", "--json", "--data"]).arg(data);
    let made: serde_json::Value = serde_json::from_str(&output(invite)?)?;
    let link = made["link"].as_str().context("no link was made")?;
    let begun = Instant::now();
    let mut child = Command::new(program)
        .args(["serve", "--listen", &format!("127.0.0.1:{PORT}"), "--data"])
        .arg(data)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .context("could not start the newsroom")?;
    let outcome = first_byte(PORT, begun).and_then(|_| all(link, figures));
    stop(&mut child)?;
    outcome
}

fn stop(child: &mut Child) -> anyhow::Result<()> {
    child.kill().context("could not stop the newsroom")?;
    child.wait()?;
    Ok(())
}

fn all(link: &str, figures: &mut Vec<Figure>) -> anyhow::Result<()> {
    let editor = Editor::join(PORT, link)?;
    let stories = stories(&editor)?;
    let list = editor.page("/desk/stories")?;
    let sections = between(&list.body, "name=\"section\"", "</select>")?;
    let section = between(sections, "<option value=\"\">", "</option>").and(between(
        sections.split_once("</option>").map_or(sections, |(_, rest)| rest),
        "<option value=\"",
        "\"",
    ))?;
    let filtered = format!("/desk/stories?state=published&section={section}");
    let per_story = |tail: &'static str| stories.iter().map(move |id| format!("/desk/stories/{id}{tail}")).collect();
    let at = |path: &str| vec![path.to_owned()];
    let pages: [(&'static str, Vec<String>); 14] = [
        ("desk: list of stories", vec!["/desk/stories".to_owned(), "/desk/stories?page=20".to_owned()]),
        ("desk: list, by state and section", vec![filtered]),
        ("desk: list, by the beginning of a word that many have", at("/desk/stories?q=riv")),
        ("desk: list, by two such words", at("/desk/stories?q=harbour+verd")),
        ("desk: list, by a rare word and two such words", at("/desk/stories?q=gallery+harbour+verd")),
        ("desk: list, by such a word and section", vec![format!("/desk/stories?q=riv&section={section}")]),
        ("desk: photo library", vec!["/desk/media".to_owned(), "/desk/media?page=20".to_owned()]),
        ("desk: photos, by the beginning of a word that many have", at("/desk/media?q=riv")),
        ("desk: photos, by two such words", at("/desk/media?q=harbour+verd")),
        ("desk: the few photos that no story shows", at("/desk/media?show=unused")),
        ("desk: photos that lack a text", at("/desk/media?show=incomplete")),
        ("desk: editor", per_story("")),
        ("desk: check and publish", per_story("/check")),
        ("desk: today", at("/desk/")),
    ];
    for (what, paths) in pages {
        let mut times = Vec::with_capacity(PAGES);
        for path in paths.iter().cycle().take(PAGES) {
            times.push(editor.page(path)?.took);
        }
        figures.push(figure(what, times, "p99 ≤ 50 ms", 50));
    }
    figures.push(figure("autosave of a text of 1,000 words", autosave(&editor)?, "p99 ≤ 30 ms", 30));
    let times = publish(&editor)?;
    figures.push(figure("publish click to public bytes", times, "p99 ≤ 100 ms", 100));
    Ok(())
}

/// Ids from several pages of the list.
fn stories(editor: &Editor) -> anyhow::Result<Vec<String>> {
    let mut ids = BTreeSet::new();
    for page in [1, 10, 100, 1_000] {
        let body = editor.page(&format!("/desk/stories?page={page}"))?.body;
        let found = body.split("name=\"story\" value=\"").skip(1).filter_map(|rest| rest.split('"').next());
        ids.extend(found.map(str::to_owned));
    }
    ensure!(!ids.is_empty(), "the list of stories is empty");
    Ok(ids.into_iter().collect())
}

fn text(number: usize, words: usize) -> serde_json::Value {
    let word = |at: usize| ["river", "court", "winter", "bridge", "letter", "minister", "harbour"][at % 7];
    let paragraph = |from: usize| (from..from + 50).map(word).collect::<Vec<_>>().join(" ");
    let blocks: Vec<_> = (0..words / 50)
        .map(|at| json!({ "type": "paragraph", "content": [{ "type": "text", "text": format!("Draft {number}: {}.", paragraph(at)) }] }))
        .collect();
    json!({ "version": 1, "blocks": blocks })
}

/// A new story with a headline: its id and its version.
fn begin(editor: &Editor, headline: &str) -> anyhow::Result<(String, i64)> {
    let made = editor.form("/desk/stories", &[("language", "en")])?;
    let place = made.head.lines().find_map(|line| line.strip_prefix("location: ")).context("no story was made")?;
    let id = place.rsplit('/').next().unwrap_or_default().trim().to_owned();
    let (version, _) = save(editor, &id, 0, json!({ "headline": headline, "document": text(0, 1_000) }))?;
    Ok((id, version))
}

fn save(editor: &Editor, id: &str, base: i64, fields: serde_json::Value) -> anyhow::Result<(i64, Duration)> {
    let answer = editor.put(&format!("/desk/api/stories/{id}/draft"), &json!({ "base": base, "fields": fields }))?;
    ensure!(answer.status == 200, "a save is answered with {}: {}", answer.status, answer.body);
    let said: serde_json::Value = serde_json::from_str(&answer.body).context("a save's answer can't be read")?;
    Ok((said["version"].as_i64().context("a save has no version")?, answer.took))
}

fn autosave(editor: &Editor) -> anyhow::Result<Vec<Duration>> {
    let (id, mut version) = begin(editor, "A story that is being written")?;
    let mut times = Vec::with_capacity(SAVES);
    for number in 1..=SAVES {
        let (next, took) = save(editor, &id, version, json!({ "document": text(number, 1_000) }))?;
        version = next;
        times.push(took);
    }
    Ok(times)
}

/// From the click until a reader's request is answered with the new text.
fn publish(editor: &Editor) -> anyhow::Result<Vec<Duration>> {
    let (id, mut version) = begin(editor, "A story that is published")?;
    let check = format!("/desk/stories/{id}/check");
    let publish = format!("/desk/stories/{id}/publish");
    editor.form(&publish, &[("version", &version.to_string())])?;
    // Templates write a slash in an attribute as a reference.
    let body = editor.page(&check)?.body.replace("&#x2f;", "/");
    let path = format!("/20{}", between(&body, "href=\"/20", "\"")?);
    let mut times = Vec::with_capacity(PUBLICATIONS);
    for number in 1..=PUBLICATIONS {
        version = save(editor, &id, version, json!({ "document": text(number, 600) }))?.0;
        let begun = Instant::now();
        let answer = editor.form(&publish, &[("version", &version.to_string())])?;
        ensure!(answer.status == 303, "publishing is answered with {}", answer.status);
        let page = editor.page(&path)?;
        times.push(begun.elapsed());
        ensure!(page.body.contains(&format!("Draft {number}: ")), "readers have an old text");
    }
    Ok(times)
}

fn figure(what: &'static str, times: Vec<Duration>, wanted: &'static str, most: u64) -> Figure {
    let (count, half, most_of) = (times.len(), percentile(times.clone(), 50), percentile(times, 99));
    let measured = format!("p50 {half:.1} ms, p99 {most_of:.1} ms ({count} requests)");
    eprintln!("{what}: {measured}");
    Figure { what, measured, wanted, reached: most_of <= most as f64 }
}

/// So many in a hundred took no longer, in milliseconds.
pub(super) fn percentile(mut times: Vec<Duration>, percent: usize) -> f64 {
    times.sort();
    let at = (times.len() * percent / 100).min(times.len().saturating_sub(1));
    times.get(at).map_or(0.0, Duration::as_secs_f64) * 1_000.0
}
