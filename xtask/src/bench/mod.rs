//! Benchmarks of the built program, from outside, written to docs/benchmarks.md with command, machine and date.
//!
//! Absolute figures are those of one machine in one run. Where two of our own ways are compared, both run here.

mod built;
mod client;
mod desk;
mod export;
mod giving;
mod hooks;
pub(crate) mod kill;
pub(crate) mod letters;
mod mail;
mod process;
mod standing;
pub(crate) mod support;

use std::{
    fmt::Write as _,
    io::{Read, Write as _},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, bail, ensure};

use crate::run::{cargo, output, root, run as start};

/// Photos of the library that no story shows.
const UNUSED: usize = 30;

/// A figure, what was asked of it, and whether it was reached.
struct Figure {
    what: &'static str,
    measured: String,
    wanted: &'static str,
    reached: bool,
}

/// Only the mails; writes nothing.
pub(crate) fn run_mail(alone: bool) -> anyhow::Result<()> {
    let mut figures = Vec::new();
    mail::measure(alone, &mut figures)?;
    let mut text = String::new();
    table(&mut text, &figures)?;
    println!("{text}");
    Ok(())
}

pub(crate) fn run(posts: usize, build: bool, program: Option<PathBuf>, desk: bool) -> anyhow::Result<()> {
    let mut figures = Vec::new();
    if build {
        figures.push(clean_build()?);
    }
    let own = root().join("target/release/masthead");
    if program.is_none() {
        start(cargo(&["build", "--release", "--package", "masthead"]))?;
    }
    let program = program.unwrap_or(own);
    let folder = std::env::temp_dir().join(format!("masthead-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).context("could not make a folder")?;
    let outcome = if desk {
        import(&program, &folder, posts, true, &mut figures)
    } else {
        measure(&program, &folder, posts, &mut figures)
    };
    std::fs::remove_dir_all(&folder).context("could not remove the folder")?;
    outcome?;
    if desk {
        return Ok(());
    }
    mail::measure(false, &mut figures)?;
    write(posts, build, &figures)
}

fn measure(program: &Path, folder: &Path, posts: usize, figures: &mut Vec<Figure>) -> anyhow::Result<()> {
    first_byte_and_rest(program, folder, figures)?;
    for count in [posts / 10, posts] {
        import(program, folder, count, count == posts, figures)?;
    }
    Ok(())
}

fn clean_build() -> anyhow::Result<Figure> {
    let target = root().join("target/bench-build");
    if target.exists() {
        std::fs::remove_dir_all(&target)?;
    }
    let begun = Instant::now();
    let mut command = cargo(&["build", "--release", "--package", "masthead"]);
    command.env("CARGO_TARGET_DIR", &target);
    start(command)?;
    let seconds = begun.elapsed().as_secs();
    std::fs::remove_dir_all(&target)?;
    let measured = format!("{} min {} s", seconds / 60, seconds % 60);
    Ok(Figure { what: "clean `cargo build --release`", measured, wanted: "≤ 12 min", reached: seconds <= 720 })
}

/// Imports a generated export and reads the program's own peak of resident memory from the kernel.
fn import(program: &Path, folder: &Path, posts: usize, full: bool, figures: &mut Vec<Figure>) -> anyhow::Result<()> {
    let file = folder.join(format!("export-{posts}.xml"));
    let megabytes = export::write(&file, posts)? >> 20;
    let data = folder.join(format!("newsroom-{posts}"));
    let mut init = Command::new(program);
    init.arg("init").arg(&data);
    output(init)?;
    let mut command = Command::new(program);
    command.args(["import", "wordpress", "--no-fetch", "--json", "--data"]).arg(&data).arg(&file);
    let done = process::watch(command)?;
    let report: serde_json::Value = serde_json::from_slice(&done.stdout).context("the import printed no report")?;
    let imported = report["items"]["story"]["imported"].as_u64().unwrap_or(0);
    ensure!(imported == posts as u64, "{imported} of {posts} posts were imported");
    std::fs::remove_file(&file)?;
    let rate = posts as f64 / done.took.as_secs_f64();
    let peak = done.peak_kib / 1024;
    eprintln!("{posts} posts ({megabytes} MiB): {rate:.0} a second, {peak} MiB at most");
    let (speed, memory) = if full {
        ("WXR import, text items a second", "WXR import, resident at most")
    } else {
        ("WXR import of a tenth of the posts, items a second", "WXR import of a tenth of the posts, resident at most")
    };
    let measured = format!("{rate:.0} ({posts} posts, {megabytes} MiB, {:.1} s)", done.took.as_secs_f64());
    figures.push(Figure { what: speed, measured, wanted: "≥ 1,500", reached: rate >= 1_500.0 });
    figures.push(Figure { what: memory, measured: format!("{peak} MiB"), wanted: "≤ 250 MiB", reached: peak <= 250 });
    if full {
        photos(program, folder, &data, posts / 2)?;
        desk::measure(program, &data, figures)?;
    }
    std::fs::remove_dir_all(&data).context("could not remove the newsroom")
}

/// Adds so many photos to those of the export, and makes all of it findable, as a server does in its first minutes.
fn photos(program: &Path, folder: &Path, data: &Path, count: usize) -> anyhow::Result<()> {
    let file = folder.join("galleries.xml");
    export::write_galleries(&file, count / export::GALLERY, UNUSED)?;
    let mut command = Command::new(program);
    command.args(["import", "wordpress", "--no-fetch", "--json", "--data"]).arg(data).arg(&file);
    output(command)?;
    std::fs::remove_file(&file)?;
    let mut search = Command::new(program);
    search.args(["story", "list", "--search", "river", "--limit", "1", "--data"]).arg(data);
    output(search).map(drop)
}

/// Starts the demo five times: the time until the first byte of the front page, and what it holds when at rest.
fn first_byte_and_rest(program: &Path, folder: &Path, figures: &mut Vec<Figure>) -> anyhow::Result<()> {
    let mut times = Vec::new();
    let mut resident = 0;
    for round in 0..5u16 {
        let port = 18_200 + round;
        let begun = Instant::now();
        let mut child = Command::new(program)
            .args(["demo", "--listen", &format!("127.0.0.1:{port}")])
            .env("TMPDIR", folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("could not start the demo")?;
        let answered = first_byte(port, begun);
        if round == 4 && answered.is_ok() {
            std::thread::sleep(Duration::from_secs(5));
            resident = process::resident_kib(child.id())? / 1024;
        }
        child.kill().context("could not stop the demo")?;
        child.wait()?;
        times.push(answered?.as_secs_f64());
    }
    times.sort_by(f64::total_cmp);
    let measured = format!("{:.2} s (median of five; {:.2} to {:.2})", times[2], times[0], times[4]);
    let wanted = "≤ 0.3 s";
    figures.push(Figure { what: "start of the demo to the first byte", measured, wanted, reached: times[2] <= 0.3 });
    let measured = format!("{resident} MiB");
    let wanted = "≤ 60 MiB";
    figures.push(Figure { what: "resident, the demo at rest", measured, wanted, reached: resident <= 60 });
    Ok(())
}

fn first_byte(port: u16, begun: Instant) -> anyhow::Result<Duration> {
    while begun.elapsed() < Duration::from_secs(30) {
        if let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)) {
            stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n")?;
            let mut byte = [0];
            stream.read_exact(&mut byte)?;
            return Ok(begun.elapsed());
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    bail!("the demo did not answer within 30 s")
}

fn write(posts: usize, build: bool, figures: &[Figure]) -> anyhow::Result<()> {
    let mut text = String::from(
        "# Benchmarks\n\nWritten by `cargo xtask bench`; do not edit. Figures of one run on one machine.\n\n",
    );
    let flag = if build { " --build" } else { "" };
    writeln!(text, "- command: `cargo xtask bench --posts {posts}{flag}`")?;
    writeln!(text, "- machine: {}", machine())?;
    writeln!(text, "- date: {}\n", today()?)?;
    table(&mut text, figures)?;
    println!("{text}");
    let before = std::fs::read_to_string(file())?;
    if let Some((_, sections)) = before.split_once(SECTION) {
        write!(text, "{SECTION}{sections}")?;
    }
    Ok(std::fs::write(file(), text)?)
}

/// How a section begins that is measured by itself.
const SECTION: &str = "\n## ";

/// Writes a section of docs/benchmarks.md anew, or adds it at the end. The others stay.
fn section(title: &str, text: &str) -> anyhow::Result<()> {
    let before = std::fs::read_to_string(file())?;
    Ok(std::fs::write(file(), with_section(&before, title, text))?)
}

fn with_section(whole: &str, title: &str, text: &str) -> String {
    let mut parts: Vec<String> = whole.split(SECTION).map(|part| format!("{}\n", part.trim_end())).collect();
    let new = format!("{title}\n\n{}\n", text.trim());
    match parts.iter_mut().find(|part| part.lines().next() == Some(title)) {
        Some(part) => *part = new,
        None => parts.push(new),
    }
    parts.join(SECTION)
}

fn file() -> PathBuf {
    root().join("docs/benchmarks.md")
}

fn today() -> anyhow::Result<String> {
    let mut command = Command::new("date");
    command.arg("+%Y-%m-%d");
    Ok(output(command)?.trim().to_owned())
}

/// What it is measured on.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let model = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = model.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or("unknown");
    format!("{cores} cores, {}", model.trim_start_matches([' ', '\t', ':']))
}

fn table(text: &mut String, figures: &[Figure]) -> anyhow::Result<()> {
    text.push_str("| what | measured | wanted | reached |\n|---|---|---|---|\n");
    for Figure { what, measured, wanted, reached } in figures {
        let reached = match (*wanted, *reached) {
            ("", _) => "",
            (_, true) => "yes",
            (_, false) => "**no**",
        };
        writeln!(text, "| {what} | {measured} | {wanted} | {reached} |")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::with_section;

    #[test]
    fn a_section_is_written_anew_or_added_and_the_others_stay() {
        let whole = "# Benchmarks\n\nAll.\n\n## One\n\nold\n\n## Two\n\nkept\n";
        let one = with_section(whole, "One", "new\n\n");
        assert_eq!(one, "# Benchmarks\n\nAll.\n\n## One\n\nnew\n\n## Two\n\nkept\n");
        let three = with_section(&one, "Three", "more");
        assert_eq!(three, format!("{one}\n## Three\n\nmore\n"));
        assert_eq!(with_section(&three, "Three", "more"), three, "written twice");
    }
}
