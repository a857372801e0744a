//! A program under watch: how long it ran and how much memory it held.

use std::{
    io::Read,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, bail};

/// What a program did.
pub(super) struct Done {
    pub(super) took: Duration,
    /// The peak of its resident memory, as the kernel last told before it ended.
    pub(super) peak_kib: u64,
    pub(super) stdout: Vec<u8>,
}

/// Runs a program to its end.
pub(super) fn watch(mut command: Command) -> anyhow::Result<Done> {
    let begun = Instant::now();
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().context("could not start it")?;
    let mut pipe = child.stdout.take().context("it has no output")?;
    let reader = thread::spawn(move || {
        let mut bytes = Vec::new();
        pipe.read_to_end(&mut bytes).map(|_| bytes)
    });
    let mut peak_kib = 0;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        // The kernel keeps the peak itself, so a slow look misses only growth in the last moment.
        peak_kib = field(child.id(), "VmHWM:").unwrap_or(peak_kib);
        thread::sleep(Duration::from_millis(20));
    };
    let took = begun.elapsed();
    let stdout = reader.join().map_err(|_| anyhow::anyhow!("the output could not be read"))??;
    if !status.success() {
        bail!("it ended with {status}: {}", String::from_utf8_lossy(&stdout));
    }
    Ok(Done { took, peak_kib, stdout })
}

/// Resident memory of a running program.
pub(super) fn resident_kib(pid: u32) -> anyhow::Result<u64> {
    field(pid, "VmRSS:").context("the program is gone")
}

/// The most that a running program held.
pub(super) fn peak_kib(pid: u32) -> anyhow::Result<u64> {
    field(pid, "VmHWM:").context("the program is gone")
}

/// What a program, or this one, has had of the processors.
pub(super) fn cpu(pid: Option<u32>) -> anyhow::Result<Duration> {
    let name = pid.map_or_else(|| "self".to_owned(), |pid| pid.to_string());
    let stat = std::fs::read_to_string(format!("/proc/{name}/stat")).context("the program is gone")?;
    // The name of the program stands in brackets and may have spaces; its user's and the system's time are the 14th and 15th field.
    let fields = stat.rsplit_once(')').context("there is no name")?.1.split_whitespace();
    let ticks: u64 = fields.skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    // A tick is a hundredth of a second to every program on Linux.
    Ok(Duration::from_millis(ticks * 10))
}

fn field(pid: u32, name: &str) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}
