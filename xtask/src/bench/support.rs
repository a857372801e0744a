//! What readers give, by the built program on both databases: from Continue to the redirect, webhooks that are taken, a month of
//! running pledges until it is written down, and the bytes of the form.

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use serde_json::Value;

use super::{
    Figure,
    built::Built,
    client::Editor,
    desk::percentile,
    giving,
    hooks::Way,
    machine, section,
    standing::{Helper, Server, Watched},
    table, today,
};

const TITLE: &str = "What readers give";
/// Running pledges of the month.
pub(crate) const PLEDGES: usize = 10_000;
/// What each of them is, in minor units.
const EACH: usize = 500;
/// Webhooks that are sent as fast as they are answered, and then at the rate that is wanted.
const WEBHOOKS: usize = 40_000;
const RATE: f64 = 2_000.0;
const CONNECTIONS: usize = 32;
/// Longer than any part may take.
const PATIENCE: Duration = Duration::from_secs(900);

/// Measures, and writes its section, unless it was a small one for trying.
pub(crate) fn run(pledges: usize, program: Option<PathBuf>) -> anyhow::Result<()> {
    let built = Built::with(program, "support_bench")?;
    let mut text = format!(
        "{}\n\n- command: `{}cargo xtask bench --support --pledges {pledges}{}`\n- machine: {}, with a load of {} when it began\n- date: {}\n",
        HOW.replace("PROFILE", if built.release { "released" } else { "unoptimised" }),
        if std::env::var_os("MASTHEAD_TEST_POSTGRES").is_some() { "MASTHEAD_TEST_POSTGRES=… " } else { "" },
        built.flag,
        machine(),
        load(),
        today()?
    );
    for (database, name) in [("sqlite", "SQLite"), ("postgres", "PostgreSQL")] {
        let folder = std::env::temp_dir().join(format!("masthead-bench-support-{}", std::process::id()));
        std::fs::create_dir_all(&folder).context("could not make a folder")?;
        let measured = measure(&built, &folder, database, pledges);
        if measured.is_err() {
            eprintln!("{}", std::fs::read_to_string(folder.join("log")).unwrap_or_default());
        }
        std::fs::remove_dir_all(&folder).context("could not remove the folder")?;
        writeln!(text, "\n{name}:\n")?;
        table(&mut text, &measured?)?;
    }
    println!("{text}");
    if built.release && pledges >= PLEDGES { section(TITLE, &text) } else { Ok(()) }
}

/// How busy the machine is: how many programs ran or waited to, in the last minute.
fn load() -> String {
    let told = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    told.split(' ').next().filter(|first| !first.is_empty()).unwrap_or("unknown").to_owned()
}

/// What is said above the figures.
const HOW: &str = "By the PROFILE program, over HTTP on loopback. Client, program, database and the stand-in for Stripe (`testkit`'s, which keeps \
state and answers at once) share the two cores. Readers press Continue sixteen at the same moment, within the limits that everybody \
has: beyond twenty forms a minute each form is answered with a ticket first, and what is timed is the form that comes with the sum; \
the gateway is the stand-in for Stripe, and its time is among what is measured. Webhooks have signatures of their own, each is another event, and while they come \
the worker asks for what they tell of. Live processors were not reached: Stripe's limits (100 questions a second, 25 of a kind: \
<https://docs.stripe.com/rate-limits>) alone make 10,000 invoices last seven minutes. PostgreSQL is the one that \
`MASTHEAD_TEST_POSTGRES` names, or else that of the tests, which does not wait for the disk.";

fn measure(built: &Built, folder: &Path, database: &str, pledges: usize) -> anyhow::Result<Vec<Figure>> {
    let mut figures = Vec::new();
    let mut helper = Helper::start(built, folder, database, pledges)?;
    sandbox(&mut helper, pledges, &mut figures)?;
    helper.configure()?;
    let server = Server::start(&built.program, folder)?;
    form(server.port, &mut figures)?;
    month(&mut helper, &server, pledges, &mut figures)?;
    let times = giving::measure(server.port)?;
    figures.push(timed("Continue to the redirect, 16 at the same moment", times, "p99 ≤ 150 ms", 150.0));
    webhooks(&helper, &server, &mut figures)?;
    Ok(figures)
}

/// The bytes of the form's page as it goes over the wire.
fn form(port: u16, figures: &mut Vec<Figure>) -> anyhow::Result<()> {
    let bytes = Editor::nobody(port).wire_bytes("/support/")?;
    let measured = format!("{bytes} bytes, headers among them");
    let (what, wanted) = ("page of the form, brotli", "≤ 12 KiB");
    eprintln!("{what}: {measured}");
    figures.push(Figure { what, measured, wanted, reached: bytes <= 12 << 10 });
    Ok(())
}

/// A month of the sandbox, by the helper: its own renewals among it.
fn sandbox(helper: &mut Helper, pledges: usize, figures: &mut Vec<Figure>) -> anyhow::Result<()> {
    let came = helper.ask("sandbox")?;
    let seconds = came["seconds"].as_f64().context("it said no time")?;
    let sum = helper.ask("watch")?["sandbox"].as_u64().unwrap_or(0);
    ensure!(sum == (2 * pledges * EACH) as u64, "{sum} minor units are there of {pledges} pledges' two months");
    let what = "a month in the sandbox, its own renewals among it";
    figures.push(within_30(what, seconds, format!("{seconds:.1} s ({pledges} pledges)")));
    Ok(())
}

/// A month of Stripe's, from the first webhook until every payment is written down and nothing waits.
fn month(helper: &mut Helper, server: &Server, pledges: usize, figures: &mut Vec<Figure>) -> anyhow::Result<()> {
    let count = helper.ask("renew")?["events"].as_u64().unwrap_or(0);
    let events = std::fs::read_to_string(helper.folder.join("events")).context("could not read the events")?;
    let bodies: Vec<&str> = events.lines().collect();
    ensure!(bodies.len() as u64 == count && bodies.len() >= 2 * pledges, "{count} events of {pledges} pledges");
    let secret = helper.told["secret"].as_str().unwrap_or_default().to_owned();
    let way = Way { port: server.port, secret: &secret, connections: CONNECTIONS, rate: None };
    let (begun, watched) = (Instant::now(), Watched::begin(server, helper)?);
    let sent = way.send(bodies.len(), &|number| bodies[number].to_owned())?;
    loop {
        let now = helper.ask("watch")?;
        if now["waiting"] == 0 && now["stripe"] == 2 * pledges * EACH {
            break;
        }
        ensure!(begun.elapsed() < PATIENCE, "the month is not written down after {PATIENCE:?}: {now}");
        std::thread::sleep(Duration::from_millis(250));
    }
    let seconds = begun.elapsed().as_secs_f64();
    let (told, cpu) = (sent.took.as_secs_f64(), watched.end(server, helper)?);
    let measured = format!("{seconds:.1} s ({pledges} pledges, {count} webhooks, all taken after {told:.1} s; {cpu})");
    figures.push(within_30("a month of pledges by Stripe, from the first webhook", seconds, measured));
    Ok(())
}

fn within_30(what: &'static str, seconds: f64, measured: String) -> Figure {
    eprintln!("{what}: {measured}");
    Figure { what, measured, wanted: "≤ 30 s", reached: seconds <= 30.0 }
}

/// Webhooks of renewals that are each of another invoice: none of them is known to Stripe, which the worker is told meanwhile.
fn webhooks(helper: &Helper, server: &Server, figures: &mut Vec<Figure>) -> anyhow::Result<()> {
    let events = std::fs::read_to_string(helper.folder.join("events")).context("could not read the events")?;
    let like = events.lines().find(|line| line.contains("\"invoice.paid\"")).context("no invoice was paid")?;
    let said: Value = serde_json::from_str(like)?;
    let name = |at: &str| said.pointer(at).and_then(Value::as_str).context("an event has no name");
    let (event, invoice) = (name("/id")?, name("/data/object/id")?);
    let another = |prefix: &'static str| {
        move |number: usize| {
            like.replace(event, &format!("evt_{prefix}{number:09}"))
                .replace(invoice, &format!("in_{prefix}{number:09}"))
        }
    };
    let secret = helper.told["secret"].as_str().unwrap_or_default();
    let mut way = Way { port: server.port, secret, connections: CONNECTIONS, rate: None };
    let watched = Watched::begin(server, helper)?;
    let sent = way.send(WEBHOOKS, &another("fast"))?;
    let (cpu, rate, kilobytes) = (watched.end(server, helper)?, sent.rate(), like.len() as f64 / 1_000.0);
    let measured = format!(
        "{rate:.0} ({WEBHOOKS} of {kilobytes:.1} KB over {CONNECTIONS} connections, p99 {:.1} ms; {cpu})",
        percentile(sent.times, 99)
    );
    let what = "webhooks taken a second: signature, commit, 200";
    eprintln!("{what}: {measured}");
    figures.push(Figure { what, measured, wanted: "≥ 2,000", reached: rate >= RATE });
    way.rate = Some(RATE);
    let watched = Watched::begin(server, helper)?;
    let sent = way.send(WEBHOOKS, &another("paced"))?;
    let (cpu, rate) = (watched.end(server, helper)?, sent.rate());
    let measured = format!(
        "p50 {:.1} ms, p99 {:.1} ms ({rate:.0} a second; {cpu})",
        percentile(sent.times.clone(), 50),
        percentile(sent.times, 99)
    );
    let what = "the same when 2,000 a second are sent, from when each was due";
    eprintln!("{what}: {measured}");
    figures.push(Figure { what, measured, wanted: "", reached: true });
    Ok(())
}

fn timed(what: &'static str, times: Vec<Duration>, wanted: &'static str, most: f64) -> Figure {
    let count = times.len();
    let (half, most_of) = (percentile(times.clone(), 50), percentile(times, 99));
    let measured = format!("p50 {half:.1} ms, p99 {most_of:.1} ms ({count} forms)");
    eprintln!("{what}: {measured}");
    Figure { what, measured, wanted, reached: most_of <= most }
}
