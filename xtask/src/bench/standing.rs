//! The program that takes contributions, and beside it the helper that filled its newsroom and stands in for Stripe.

use std::{
    io::{BufRead, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::Context;
use serde_json::Value;

use super::{built::Built, first_byte, letters::free_port, process};
use crate::run::output;

/// The helper, which is the processor too.
pub(super) struct Helper {
    child: Child,
    stdin: Option<ChildStdin>,
    stdout: BufReader<ChildStdout>,
    pub(super) told: Value,
    pub(super) folder: PathBuf,
}

impl Helper {
    pub(super) fn start(built: &Built, folder: &Path, database: &str, pledges: usize) -> anyhow::Result<Self> {
        let data = folder.join("newsroom");
        let mut init = Command::new(&built.program);
        init.arg("init").arg(&data);
        output(init)?;
        let mut child = Command::new(&built.helper)
            .arg(&data)
            .args([database, &pledges.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("could not start the helper")?;
        let stdin = child.stdin.take();
        let stdout = BufReader::new(child.stdout.take().context("it has no output")?);
        let mut helper = Self { child, stdin, stdout, told: Value::Null, folder: data };
        let begun = Instant::now();
        helper.told = helper.line()?;
        eprintln!("{database}: {pledges} pledges are there after {:.0} s", begun.elapsed().as_secs_f64());
        Ok(helper)
    }

    fn line(&mut self) -> anyhow::Result<Value> {
        let mut line = String::new();
        self.stdout.read_line(&mut line)?;
        serde_json::from_str(&line).context("the helper printed no JSON")
    }

    pub(super) fn ask(&mut self, word: &str) -> anyhow::Result<Value> {
        writeln!(self.stdin.as_mut().context("it has no input")?, "{word}")?;
        self.line()
    }

    /// The newsroom's configuration: its database, its gateways.
    pub(super) fn configure(&self) -> anyhow::Result<()> {
        let said = |key: &str| self.told[key].as_str().unwrap_or_default();
        let text = format!(
            "database = \"{}\"\n\n[[payments.gateway]]\nkind = \"stripe\"\nkey = \"{}\"\nsecret = \"{}\"\n\
             address = \"{}\"\n",
            said("url"),
            said("key"),
            said("secret"),
            said("address")
        );
        std::fs::write(self.folder.join("masthead.toml"), text).context("could not write the configuration")
    }
}

impl Drop for Helper {
    fn drop(&mut self) {
        drop(self.stdin.take());
        if let Err(error) = self.child.wait() {
            eprintln!("the helper did not end: {error}");
        }
    }
}

/// The program, serving.
pub(super) struct Server {
    child: Child,
    pub(super) port: u16,
}

impl Server {
    pub(super) fn start(program: &Path, folder: &Path) -> anyhow::Result<Self> {
        let (port, log) = (free_port()?, std::fs::File::create(folder.join("log"))?);
        let begun = Instant::now();
        let child = Command::new(program)
            .args(["serve", "--listen", &format!("127.0.0.1:{port}"), "--data"])
            .arg(folder.join("newsroom"))
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .context("could not start the newsroom")?;
        let server = Self { child, port };
        first_byte(port, begun)?;
        Ok(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Err(error) = self.child.kill().and_then(|()| self.child.wait()) {
            eprintln!("the newsroom did not end: {error}");
        }
    }
}

/// What the processors were used for.
pub(super) struct Watched {
    before: [Duration; 3],
}

impl Watched {
    pub(super) fn begin(server: &Server, helper: &Helper) -> anyhow::Result<Self> {
        Ok(Self { before: Self::now(server, helper)? })
    }

    fn now(server: &Server, helper: &Helper) -> anyhow::Result<[Duration; 3]> {
        Ok([process::cpu(Some(server.child.id()))?, process::cpu(None)?, process::cpu(Some(helper.child.id()))?])
    }

    /// In words: the time of processors that each had, which is the same on a machine that is busy with something else.
    pub(super) fn end(self, server: &Server, helper: &Helper) -> anyhow::Result<String> {
        let now = Self::now(server, helper)?;
        let of = |at: usize| (now[at] - self.before[at]).as_secs_f64();
        let (program, client, processor) = (of(0), of(1), of(2));
        let ratio = client / program.max(0.01);
        Ok(format!(
            "processor time: program {program:.1} s, client {client:.1} s ({ratio:.2} ×), stand-in {processor:.1} s"
        ))
    }
}
