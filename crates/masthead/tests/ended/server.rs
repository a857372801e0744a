//! The built program as a process that can be ended at any moment.

use std::{
    os::unix::process::ExitStatusExt,
    path::{Path, PathBuf},
    process::{Output, Stdio},
    sync::{Arc, Mutex},
    time::Duration,
};

use testkit::tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    sync::watch,
    time::timeout,
};

/// Longer than anything takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(90);
/// What a process says that ends itself at a point: SIGABRT.
const ABORTED: i32 = 6;

/// What servers said, one after the other.
pub(crate) type Log = Arc<Mutex<String>>;

/// A server that runs.
pub(crate) struct Server {
    child: Child,
    address: watch::Receiver<String>,
}

/// The program to be run: the built one, unless `MASTHEAD_BIN` names another.
fn program() -> PathBuf {
    std::env::var_os("MASTHEAD_BIN").map_or_else(|| env!("CARGO_BIN_EXE_masthead").into(), PathBuf::from)
}

/// A command for a newsroom's folder, to end itself at a point if one is named. Whatever it puts aside is in that folder too.
fn command(folder: &Path, args: &[&str], point: Option<&str>) -> Command {
    let mut command = Command::new(program());
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("MASTHEAD_") {
            command.env_remove(name);
        }
    }
    let aside = folder.join("aside");
    std::fs::create_dir_all(&aside).unwrap();
    command.args(args).arg("--data").arg(folder).env("TMPDIR", aside).stdin(Stdio::null()).kill_on_drop(true);
    if let Some(point) = point {
        // What it says down to the smallest is searched for addresses, too.
        command.env("MASTHEAD_ABORT_AT", point).env("MASTHEAD_LOG", "trace");
    }
    command
}

/// Runs a command to its end.
pub(crate) async fn run(folder: &Path, args: &[&str], point: Option<&str>) -> Output {
    timeout(PATIENCE, command(folder, args, point).output()).await.expect("it ends").unwrap()
}

/// Whether it ended itself at its point.
pub(crate) fn is_aborted(output: &Output) -> bool {
    output.status.signal() == Some(ABORTED)
}

impl Server {
    /// Starts one, and does not wait for it.
    pub(crate) fn start(folder: &Path, point: Option<&str>, log: &Log) -> Self {
        let mut command = command(folder, &["serve", "--listen", "127.0.0.1:0"], point);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let (tell, address) = watch::channel(String::new());
        let log = Arc::clone(log);
        testkit::tokio::spawn(async move {
            while let Ok(Some(line)) = lines.next_line().await {
                if let Some((_, rest)) = line.split_once(" at http://127.0.0.1:")
                    && let Some((port, _)) = rest.split_once('/')
                {
                    tell.send_replace(format!("http://127.0.0.1:{port}"));
                }
                let mut log = log.lock().unwrap();
                log.push_str(&line);
                log.push('\n');
            }
        });
        Self { child, address }
    }

    /// Where it listens, once it does.
    pub(crate) async fn address(&self) -> String {
        let mut address = self.address.clone();
        let told = timeout(PATIENCE, address.wait_for(|address| !address.is_empty())).await;
        told.expect("it listens in time").expect("it listens").clone()
    }

    /// `kill -9`.
    pub(crate) async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }

    /// Waits until it ended itself.
    pub(crate) async fn aborted(mut self) -> bool {
        let status = timeout(PATIENCE, self.child.wait()).await.expect("it ends at its point").unwrap();
        status.signal() == Some(ABORTED)
    }
}
