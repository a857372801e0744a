//! Mails to postfix's smtp-sink, beside its own smtp-source and beside lettre's pool: the same bytes, sink and connections.
//!
//! All take turns in one run, and medians are compared, so that a machine that is busy with something else is so for all. But what
//! others take counts most against whoever needs both cores, as signing does; on a busy machine, `--alone` gives them to whoever's
//! turn it is (the kernel's real-time scheduling).

use std::{
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, bail, ensure};

use super::Figure;
use crate::{
    run::{cargo, output, root, run as start},
    setup::is_root,
};

/// Rounds in which each takes its turn.
const ROUNDS: usize = 7;
/// Mails in a turn, and in one of lettre's pool, which takes far longer for them.
const MAILS: usize = 4_000;
const FEW: usize = 800;

/// What takes turns; the last is lettre's pool with the same RSA signatures.
const WAYS: [&str; 4] = ["smtp-source", "rsa", "ed25519", "lettre-rsa"];

/// Rates of one number of connections.
struct Rates {
    connections: usize,
    /// Mails a second: the median of each way.
    medians: [f64; 4],
    peak_kib: u64,
}

/// What is measured, and how it is started.
struct Bench<'a> {
    program: &'a Path,
    mail: &'a Path,
    port: u16,
    alone: bool,
}

/// Measures, and adds what was asked for.
pub(super) fn measure(alone: bool, figures: &mut Vec<Figure>) -> anyhow::Result<()> {
    start(cargo(&["build", "--release", "--package", "outside", "--example", "mail_speed"]))?;
    let program = root().join("target/release/examples/mail_speed");
    let folder = std::env::temp_dir().join(format!("masthead-bench-mail-{}", std::process::id()));
    std::fs::create_dir_all(&folder).context("could not make a folder")?;
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let outcome = Bench { program: &program, mail: &folder.join("mail"), port, alone }.turns();
    std::fs::remove_dir_all(&folder).context("could not remove the folder")?;
    outcome?.iter().for_each(|rates| judge(rates, figures));
    Ok(())
}

impl Bench<'_> {
    fn turns(&self) -> anyhow::Result<Vec<Rates>> {
        let mut make = Command::new(self.program);
        make.arg("mail").arg(self.mail);
        output(make)?;
        let mut sink = sink(self.command(&postfix("smtp-sink")?), self.port)?;
        let outcome = [8, 32].into_iter().map(|connections| self.rates(connections)).collect();
        sink.kill().context("could not stop smtp-sink")?;
        sink.wait()?;
        outcome
    }

    /// A program that is measured.
    fn command(&self, program: &Path) -> Command {
        if !self.alone {
            return Command::new(program);
        }
        let mut command = Command::new("chrt");
        command.args(["--fifo", "10"]).arg(program);
        command
    }

    fn rates(&self, connections: usize) -> anyhow::Result<Rates> {
        let mut all: [Vec<f64>; 4] = Default::default();
        let mut peak_kib = 0;
        for _ in 0..ROUNDS {
            for (way, rates) in WAYS.iter().zip(&mut all) {
                if *way == "smtp-source" {
                    rates.push(self.smtp_source(connections)?);
                    continue;
                }
                let mails = if way.starts_with("lettre") { FEW } else { MAILS };
                let mut command = self.command(self.program);
                command.args([self.port.to_string(), connections.to_string(), mails.to_string(), (*way).to_owned()]);
                let said = output(command)?;
                let Some((rate, peak)) = said.trim().split_once(' ') else { bail!("mail_speed said {said}") };
                rates.push(rate.parse().context("the rate is no number")?);
                if *way == "rsa" {
                    peak_kib = peak_kib.max(peak.parse().context("the memory is no number")?);
                }
            }
        }
        let medians = all.map(|mut rates| {
            rates.sort_by(f64::total_cmp);
            rates[rates.len() / 2]
        });
        let shown: Vec<String> = WAYS.iter().zip(medians).map(|(way, rate)| format!("{way} {rate:.0}")).collect();
        eprintln!("{connections} connections, mails a second: {}; {} MiB at most", shown.join(", "), peak_kib >> 10);
        Ok(Rates { connections, medians, peak_kib })
    }

    fn smtp_source(&self, connections: usize) -> anyhow::Result<f64> {
        let mut command = self.command(&postfix("smtp-source")?);
        command.args(["-d", "-s", &connections.to_string(), "-m", &MAILS.to_string(), "-f", "b.1@bounce.news.example"]);
        command.args(["-t", "reader@mail.example.org", "-F"]).arg(self.mail).arg(format!("127.0.0.1:{}", self.port));
        let begun = Instant::now();
        output(command)?;
        Ok(MAILS as f64 / begun.elapsed().as_secs_f64())
    }
}

/// Starts postfix's smtp-sink, by a command that begins so, and waits until it answers.
pub(super) fn sink(mut command: Command, port: u16) -> anyhow::Result<Child> {
    if is_root() {
        // It insists on being somebody else.
        command.args(["-u", "nobody"]);
    }
    command.args([&format!("127.0.0.1:{port}"), "1024"]).stderr(Stdio::null());
    let child = command.spawn().context("could not start smtp-sink")?;
    let begun = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        ensure!(begun.elapsed() < Duration::from_secs(10), "smtp-sink does not answer; --alone needs root");
        std::thread::sleep(Duration::from_millis(10));
    }
    Ok(child)
}

/// Debian keeps both where only administrators' programs are.
pub(super) fn postfix(name: &str) -> anyhow::Result<PathBuf> {
    let found = ["/usr/sbin", "/usr/bin"].map(|dir| Path::new(dir).join(name)).into_iter().find(|file| file.exists());
    found.with_context(|| format!("there is no {name}; install Debian's postfix, or run `cargo xtask setup`"))
}

fn judge(rates: &Rates, figures: &mut Vec<Figure>) {
    let [source, rsa, ed25519, lettre] = rates.medians;
    let names: [[&'static str; 5]; 2] = [
        [
            "personal mails of 30 KB over 8 connections, RSA-2048, of what smtp-source does",
            "the same, Ed25519 alone",
            "the same, RSA-2048, of what lettre's pool does",
            "the same, Ed25519 alone, of what lettre's pool does",
            "the same, resident at most",
        ],
        [
            "personal mails of 30 KB over 32 connections, RSA-2048, of what smtp-source does",
            "the same over 32, Ed25519 alone",
            "the same over 32, RSA-2048, of what lettre's pool does",
            "the same over 32, Ed25519 alone, of what lettre's pool does",
            "the same over 32, resident at most",
        ],
    ];
    let names = names[usize::from(rates.connections != 8)];
    let mut ratio = |what, own: f64, other: f64, wanted, least| {
        let measured = format!("{:.2} × ({own:.0} and {other:.0} a second)", own / other);
        figures.push(Figure { what, measured, wanted, reached: own / other >= least });
    };
    ratio(names[0], rsa, source, "≥ 0.6 ×", 0.6);
    ratio(names[1], ed25519, source, "≥ 1.0 ×", 1.0);
    ratio(names[2], rsa, lettre, "≥ 10 ×", 10.0);
    ratio(names[3], ed25519, lettre, "≥ 10 ×", 10.0);
    let measured = format!("{} MiB", rates.peak_kib >> 10);
    figures.push(Figure { what: names[4], measured, wanted: "≤ 25 MiB", reached: rates.peak_kib >> 10 <= 25 });
}
