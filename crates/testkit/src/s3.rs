//! A real S3-compatible server for tests: `moto_server` (PyPI: `moto[server]`), one for all test processes.
//!
//! `MASTHEAD_TEST_S3=http://127.0.0.1:PORT` names a running one. Otherwise the first process that needs it starts it,
//! from the `PATH` or from `target/tools`, and writes its address to a file; others find it there. A lock file keeps
//! two processes from starting two. It ends by itself after [`LIFE`]. This file uses nothing but `std`, so that
//! crates below `testkit` can include it.

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// A started server ends after so long.
pub const LIFE: Duration = Duration::from_secs(1800);
/// Older than this, a server is not trusted to outlive the test, and a new one is started.
const TRUSTED: Duration = Duration::from_secs(900);
/// A server that is not there after so long will not come.
const START: Duration = Duration::from_secs(60);

/// A fresh bucket on a running server.
#[derive(Debug, Clone)]
pub struct S3 {
    /// `http://127.0.0.1:PORT`.
    pub endpoint: String,
    /// The bucket's name.
    pub bucket: String,
}

impl S3 {
    /// The setting `objects` that names this bucket and a prefix in it. Any keys are accepted.
    #[must_use]
    pub fn spec(&self, prefix: &str) -> String {
        format!("s3://{}/{prefix}?endpoint={}&region=us-east-1", self.bucket, self.endpoint)
    }
}

/// A fresh bucket. `None`, said loudly, where there is no server; in CI (the variable `CI` is set) that is a failure.
///
/// # Panics
/// In CI without a server, or when the server breaks.
#[must_use]
pub fn s3() -> Option<S3> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let Some(endpoint) = endpoint() else {
        assert!(
            std::env::var_os("CI").is_none(),
            "no S3 server in CI: pip install 'moto[server]', or set MASTHEAD_TEST_S3"
        );
        eprintln!("\n*** SKIPPED: no S3 server. pip install 'moto[server]', or set MASTHEAD_TEST_S3 ***\n");
        return None;
    };
    let bucket = format!("test-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let status = request(&endpoint, "PUT", &format!("/{bucket}"));
    assert!(matches!(status, Some(200)), "could not make bucket {bucket} at {endpoint}: {status:?}");
    Some(S3 { endpoint, bucket })
}

fn endpoint() -> Option<String> {
    if let Ok(given) = std::env::var("MASTHEAD_TEST_S3") {
        let given = given.trim_end_matches('/').to_owned();
        assert!(alive(&given), "MASTHEAD_TEST_S3={given} does not answer");
        return Some(given);
    }
    let folder = std::env::temp_dir();
    let state = folder.join("masthead-test-s3.address");
    let lock = match File::create(folder.join("masthead-test-s3.lock")).and_then(|file| file.lock().map(|()| file)) {
        Ok(lock) => lock,
        Err(error) => panic!("could not lock {}: {error}", folder.display()),
    };
    let found = running(&state).or_else(|| start(&state));
    drop(lock);
    found
}

/// The address in the state file, if its server is young and answers.
fn running(state: &Path) -> Option<String> {
    let age = fs::metadata(state).ok()?.modified().ok()?.elapsed().ok()?;
    let endpoint = fs::read_to_string(state).ok()?;
    (age < TRUSTED && alive(&endpoint)).then_some(endpoint)
}

fn start(state: &Path) -> Option<String> {
    let program = program()?;
    let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).ok()?.port();
    let script = format!("\"$0\" -H 127.0.0.1 -p {port} & child=$!; sleep {}; kill $child", LIFE.as_secs());
    let mut command = Command::new("sh");
    command.arg("-c").arg(script).arg(&program).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    if let Err(error) = command.spawn() {
        panic!("could not start {}: {error}", program.display());
    }
    let endpoint = format!("http://127.0.0.1:{port}");
    let began = Instant::now();
    while !alive(&endpoint) {
        assert!(began.elapsed() < START, "{} did not answer on port {port}", program.display());
        std::thread::sleep(Duration::from_millis(50));
    }
    if let Err(error) = fs::write(state, &endpoint) {
        panic!("could not write {}: {error}", state.display());
    }
    Some(endpoint)
}

fn program() -> Option<PathBuf> {
    let tools = [
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/tools/bin"),
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/tools/venv/bin"),
    ];
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut candidates = std::env::split_paths(&path).chain(tools).map(|folder| folder.join("moto_server"));
    candidates.find(|candidate| candidate.is_file())
}

fn alive(endpoint: &str) -> bool {
    request(endpoint, "GET", "/moto-api/").is_some()
}

/// One plain request; the status of the answer.
fn request(endpoint: &str, method: &str, path: &str) -> Option<u16> {
    let host = endpoint.strip_prefix("http://")?;
    let mut stream = TcpStream::connect(host).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
    let head = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).ok()?;
    let mut answer = Vec::new();
    stream.take(1 << 20).read_to_end(&mut answer).ok()?;
    let line = String::from_utf8_lossy(&answer).lines().next()?.to_owned();
    line.split(' ').nth(1)?.parse().ok()
}
