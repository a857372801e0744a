//! An issue to a million subscribers, on SQLite, by the built program: how long its audience takes to freeze, what the program
//! holds in memory and the database on disk, and how many mails a second the whole of it sends, its ledger included, to
//! postfix's smtp-sink on the same machine.

use std::{
    io::{BufRead, BufReader},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, ChildStderr, Command, Stdio},
    sync::mpsc,
    time::{Duration, Instant},
};

use anyhow::{Context, bail, ensure};
use serde_json::Value;

use super::{Figure, built::Built, machine, mail, process, section, table, today};
use crate::run::output;

const TITLE: &str = "An issue to a million subscribers";
const CONNECTIONS: usize = 32;
/// Mails after which sending was measured long enough.
const MAILS: i64 = 60_000;
/// Longer than any part of it may take.
const PATIENCE: Duration = Duration::from_secs(1_800);

/// Measures, and writes its section, unless it was a small one for trying.
pub(crate) fn run(subscribers: usize, program: Option<PathBuf>) -> anyhow::Result<()> {
    let built = Built::with(program, "letters_bench")?;
    let folder = std::env::temp_dir().join(format!("masthead-bench-letters-{}", std::process::id()));
    std::fs::create_dir_all(&folder).context("could not make a folder")?;
    let (release, flag) = (built.release, built.flag);
    let bench =
        Bench { program: built.program, helper: built.helper, data: folder.join("newsroom"), port: free_port()? };
    let measured = bench.measure(subscribers);
    std::fs::remove_dir_all(&folder).context("could not remove the folder")?;
    let mut text = format!(
        "On SQLite, by the {} program, over {CONNECTIONS} connections, mails of some 30 KB signed with RSA-2048.\n\n- command: `cargo xtask bench \
         --letters --subscribers {subscribers}{flag}`\n- machine: {}\n- date: {}\n\n",
        if release { "released" } else { "unoptimised" },
        machine(),
        today()?
    );
    table(&mut text, &measured?)?;
    println!("{text}");
    if release && subscribers >= 1_000_000 { section(TITLE, &text) } else { Ok(()) }
}

pub(super) fn free_port() -> anyhow::Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

struct Bench {
    program: PathBuf,
    helper: PathBuf,
    data: PathBuf,
    port: u16,
}

/// What came of sending.
struct Sent {
    frozen: i64,
    freeze: Duration,
    mails: i64,
    rate: f64,
    peak_kib: u64,
}

impl Bench {
    fn measure(&self, subscribers: usize) -> anyhow::Result<Vec<Figure>> {
        self.configure()?;
        let mut seed = Command::new(&self.helper);
        seed.arg("seed").arg(&self.data).arg(subscribers.to_string());
        let seeded: Value = serde_json::from_str(&output(seed)?).context("the helper printed no JSON")?;
        let rate = subscribers as f64 / seeded["import_seconds"].as_f64().context("the helper said no time")?;
        eprintln!("{subscribers} subscribers are there: {rate:.0} a second");
        let before = size(&self.data)?;
        let mut sink = mail::sink(Command::new(mail::postfix("smtp-sink")?), self.port)?;
        let sent = self.send();
        sink.kill().context("could not stop smtp-sink")?;
        sink.wait()?;
        let sent = sent?;
        ensure!(sent.frozen == i64::try_from(subscribers)?, "{} of {subscribers} were frozen", sent.frozen);
        let row = size(&self.data)?.saturating_sub(before) / subscribers as u64;
        Ok(figures(rate, &sent, row))
    }

    /// A newsroom whose mails go to the sink, signed.
    fn configure(&self) -> anyhow::Result<()> {
        let mut init = Command::new(&self.program);
        init.arg("init").arg(&self.data);
        output(init)?;
        let mut dkim = Command::new(&self.program);
        dkim.args(["mail", "dkim", "news.example", "--data"]).arg(&self.data);
        output(dkim)?;
        let key = "dkim = [{ domain = \"news.example\", selector = \"letter\", key = \"keys/dkim-letter-news.example.pem\" }]";
        let relay =
            format!("[[mail.relay]]\nurl = \"smtp://localhost:{}\"\nconnections = {}", self.port, CONNECTIONS + 1);
        let file = self.data.join("masthead.toml");
        std::fs::write(&file, format!("[mail]\n{key}\n\n{relay}\n")).context("could not write the configuration")
    }

    /// Serves until enough was sent.
    fn send(&self) -> anyhow::Result<Sent> {
        let mut server = Command::new(&self.program);
        server.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(&self.data);
        let mut server = server.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().context("could not start it")?;
        let outcome = self.watched(&mut server);
        // Asked to stop: it ends what is under way, and folds its log into the database.
        let mut stop = Command::new("kill");
        stop.args(["-TERM", &server.id().to_string()]);
        output(stop)?;
        server.wait()?;
        outcome
    }

    fn watched(&self, server: &mut Child) -> anyhow::Result<Sent> {
        let freeze = freeze(server.stderr.take().context("it has no output")?)?;
        eprintln!("frozen within {:.1} s of the start", freeze.as_secs_f64());
        let mut watch = Command::new(&self.helper);
        watch.arg("watch").arg(&self.data);
        let mut watch = watch.stdout(Stdio::piped()).spawn().context("could not start the helper")?;
        let outcome = self.until_enough(server.id(), freeze, watch.stdout.take().context("it has no output")?);
        // It may have ended by itself.
        if watch.try_wait()?.is_none() {
            watch.kill()?;
            watch.wait()?;
        }
        outcome
    }

    fn until_enough(&self, pid: u32, freeze: Duration, told: impl std::io::Read) -> anyhow::Result<Sent> {
        let begun = Instant::now();
        let mut first: Option<(Instant, i64)> = None;
        for line in BufReader::new(told).lines() {
            let told: Value = serde_json::from_str(&line?).context("the helper printed no JSON")?;
            let number = |value: &Value| value.as_i64().unwrap_or(0);
            let (frozen, mails) = (number(&told["frozen"]), number(&told["standing"]["accepted"]));
            let (now, peak_kib) = (Instant::now(), process::peak_kib(pid)?);
            let (since, before) = *first.get_or_insert((now, mails));
            if mails - before >= MAILS || told["state"] == "sent" {
                let rate = (mails - before) as f64 / (now - since).as_secs_f64().max(0.001);
                return Ok(Sent { frozen, freeze, mails, rate, peak_kib });
            }
            ensure!(begun.elapsed() < PATIENCE, "{mails} mails were sent in {PATIENCE:?}");
        }
        bail!("the helper ended before enough was sent")
    }
}

/// How long it is from a server's start until its issue's audience is frozen; the mails are rendered in that time, too.
fn freeze(stderr: ChildStderr) -> anyhow::Result<Duration> {
    let (sender, told) = mpsc::channel();
    // To its end, or the server would wait for somebody to read on.
    std::thread::spawn(move || {
        for line in BufReader::new(stderr).lines().map_while(Result::ok) {
            if line.contains("WARN") || line.contains("ERROR") {
                eprintln!("{line}");
            }
            // Nobody listens once both were heard.
            drop(sender.send((Instant::now(), line)));
        }
    });
    let until = |what: &str| loop {
        let (at, line) = told.recv_timeout(PATIENCE).with_context(|| format!("it never said: {what}"))?;
        if line.contains(what) {
            return anyhow::Ok(at);
        }
    };
    let serving = until("Serving ")?;
    Ok(until("an issue is being sent")? - serving)
}

/// Bytes of the database with its log.
fn size(data: &Path) -> anyhow::Result<u64> {
    let of = |name: &str| std::fs::metadata(data.join(name)).map_or(0, |found| found.len());
    let bytes = of("newsroom.db") + of("newsroom.db-wal");
    ensure!(bytes > 0, "there is no database");
    Ok(bytes)
}

fn figures(import: f64, sent: &Sent, row: u64) -> Vec<Figure> {
    let (freeze, peak) = (sent.freeze.as_secs_f64(), sent.peak_kib >> 10);
    vec![
        Figure {
            what: "list import, subscribers a second",
            measured: format!("{import:.0} ({})", sent.frozen),
            wanted: "",
            reached: true,
        },
        Figure {
            what: "freezing the audience",
            measured: format!("{freeze:.1} s ({} subscribers)", sent.frozen),
            wanted: "≤ 60 s",
            reached: freeze <= 60.0,
        },
        Figure {
            what: "resident at most, freezing and sending",
            measured: format!("{peak} MiB ({} mails)", sent.mails),
            wanted: "≤ 143 MiB (150 MB)",
            reached: peak <= 143,
        },
        Figure {
            what: "database, bytes a delivery row with its indexes",
            measured: format!("{row}"),
            wanted: "≤ 400",
            reached: row <= 400,
        },
        Figure {
            what: "the whole product to smtp-sink, mails a second",
            measured: format!("{:.0}", sent.rate),
            wanted: "",
            reached: true,
        },
    ]
}
