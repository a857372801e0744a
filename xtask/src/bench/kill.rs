//! The whole of the kill test: 20,000 mails, 200 times `kill -9`, on each database. It is a test of the crate `masthead` that
//! takes too long for every run; what came of it is written down here.

use std::{fmt::Write as _, process::Stdio};

use anyhow::{Context, ensure};
use serde_json::Value;

use super::{section, today};
use crate::run::{cargo, output};

const TITLE: &str = "Killed while sending";

/// Runs it and writes its section.
pub(crate) fn run() -> anyhow::Result<()> {
    let mut command = cargo(&["test", "--package", "masthead", "--test", "ended", "--", "--ignored", "--nocapture"]);
    command.args(["--test-threads=1", "the_whole"]).stderr(Stdio::inherit());
    let said = output(command)?;
    let lines = said.lines().filter_map(|line| line.split_once("KILLED ").map(|(_, told)| told));
    let came: Vec<Value> = lines.map(serde_json::from_str).collect::<Result<_, _>>().context("it printed no JSON")?;
    ensure!(came.len() == 2, "{} of 2 databases were measured", came.len());
    let text = told(&came)?;
    println!("{text}");
    section(TITLE, &text)
}

fn told(came: &[Value]) -> anyhow::Result<String> {
    let mut text = String::from(
        "The built program (unoptimised) sends an issue to a mail server that writes down every mail, over so many connections,\n\
         is ended with `kill -9` at random moments of that, and started again. Some readers leave meanwhile. \"Twice\" counts\n\
         mails that came again; each had the `Message-ID` that it had before.\n\n",
    );
    writeln!(text, "- command: `cargo xtask bench --kill`\n- date: {}\n", today()?)?;
    let names: Vec<&str> = came.iter().filter_map(|one| one["database"].as_str()).collect();
    writeln!(text, "| | {} | wanted |", names.join(" | "))?;
    writeln!(text, "|---|{}---|", "---|".repeat(came.len()))?;
    let rows = [
        ("mails to be sent", "frozen", ""),
        ("`kill -9`", "kills", "200"),
        ("connections", "connections", ""),
        ("missing", "missing", "0"),
        ("twice", "twice", "≤ connections × kills"),
        ("deliveries in doubt that went again", "in_doubt", ""),
        ("readers who left meanwhile", "left", ""),
        ("frozen", "frozen", "the four below"),
        ("accepted", "accepted", ""),
        ("failed", "failed", ""),
        ("excluded", "excluded", ""),
        ("uncertain", "uncertain", ""),
        ("seconds", "seconds", ""),
    ];
    for (what, key, wanted) in rows {
        let cells: Vec<String> = came.iter().map(|one| one[key].to_string()).collect();
        writeln!(text, "| {what} | {} | {wanted} |", cells.join(" | "))?;
    }
    Ok(text)
}
