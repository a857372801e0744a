//! A real mail server for tests: Debian's postfix, in a folder of its own, that brings mails on to where it is told.
//!
//! Postfix can run as root alone. Where it is not installed or tests do not run as root, they are skipped loudly; under `CI`
//! that is a failure.

use std::{
    fs,
    net::{TcpListener, TcpStream},
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, bail, ensure};

/// A server that is not there after so long will not come.
const START: Duration = Duration::from_secs(30);

/// A mail server.
#[derive(Debug)]
pub struct Postfix {
    /// The port of its SMTP.
    pub port: u16,
    folder: tempfile::TempDir,
}

impl Postfix {
    /// Starts one that brings mails for a domain to a port of this machine by LMTP; `None`, said loudly, where that can't be
    /// and that is allowed.
    ///
    /// # Errors
    /// When it is there and does not start.
    pub fn start(domain: &str, lmtp: u16) -> anyhow::Result<Option<Self>> {
        let folder = tempfile::tempdir()?;
        let root = fs::metadata(folder.path())?.uid() == 0;
        if !root || !Path::new("/usr/sbin/postfix").exists() {
            ensure!(std::env::var_os("CI").is_none(), "no postfix in CI, or not root: cargo xtask setup");
            eprintln!("\n*** SKIPPED: no postfix, or not root. cargo xtask setup ***\n");
            return Ok(None);
        }
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let port = listener.local_addr()?.port();
        drop(listener);
        configure(folder.path(), domain, port, lmtp)?;
        let postfix = Self { port, folder };
        postfix.command("start")?;
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if begun.elapsed() > START {
                bail!("postfix did not start: {}", postfix.log());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(Some(postfix))
    }

    /// What it logged.
    #[must_use]
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// Has it try again what waits.
    ///
    /// # Errors
    /// When it does not run.
    pub fn flush(&self) -> anyhow::Result<()> {
        self.command("flush")
    }

    fn command(&self, word: &str) -> anyhow::Result<()> {
        let status = Command::new("/usr/sbin/postfix")
            .arg("-c")
            .arg(self.folder.path().join("etc"))
            .arg(word)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .context("could not run postfix")?;
        ensure!(status.success(), "postfix {word} failed: {}", self.log());
        Ok(())
    }
}

impl Drop for Postfix {
    fn drop(&mut self) {
        if let Err(error) = self.command("stop") {
            eprintln!("{error}");
        }
    }
}

fn configure(folder: &Path, domain: &str, port: u16, lmtp: u16) -> anyhow::Result<()> {
    let (etc, queue, data) = (folder.join("etc"), folder.join("queue"), folder.join("data"));
    for part in [&etc, &queue, &data] {
        fs::create_dir(part)?;
    }
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))?;
    let postfix = id("postfix")?;
    std::os::unix::fs::chown(&data, Some(postfix), None)?;
    let master = fs::read_to_string("/usr/share/postfix/master.cf.dist")
        .or_else(|_| fs::read_to_string("/etc/postfix/master.cf"))?;
    fs::write(etc.join("master.cf"), unchrooted(&master, port))?;
    fs::write(
        etc.join("main.cf"),
        format!(
            "compatibility_level = 3.6\nqueue_directory = {queue}\ndata_directory = {data}\nmaillog_file = {log}\n\
             maillog_file_prefixes = {folder}\nmyhostname = mx.{domain}\nmydestination =\nmynetworks = 127.0.0.0/8\n\
             inet_interfaces = 127.0.0.1\ninet_protocols = ipv4\nrelay_domains = {domain}\nlocal_recipient_maps =\n\
             transport_maps = inline:{{{{{domain}=lmtp:inet:127.0.0.1:{lmtp}}}}}\nminimal_backoff_time = 1s\n\
             maximal_backoff_time = 2s\nqueue_run_delay = 1s\nlmtp_destination_recipient_limit = 50\nalias_maps =\n\
             alias_database =\nsmtputf8_enable = no\nimport_environment = MAIL_CONFIG MAIL_DEBUG MAIL_LOGTAG TZ\n",
            queue = queue.display(),
            data = data.display(),
            log = folder.join("log").display(),
            folder = folder.display(),
        ),
    )?;
    Ok(())
}

/// Debian's services, each outside of its cage, and SMTP at a port of its own.
fn unchrooted(master: &str, port: u16) -> String {
    let mut out = String::from("postlog unix-dgram n - n - 1 postlogd\n");
    for line in master.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        if line.starts_with(['#', ' ', '\t']) || words.len() < 8 || words[0] == "postlog" || words[7] == "pipe" {
            continue;
        }
        let name =
            if words[0] == "smtp" && words[1] == "inet" { format!("127.0.0.1:{port}") } else { words[0].to_owned() };
        words_out(&mut out, &name, &words);
    }
    out
}

/// A service as it was, but for its name and its cage.
fn words_out(out: &mut String, name: &str, words: &[&str]) {
    let [kind, private, unprivileged] = [words[1], words[2], words[3]];
    out.push_str(&format!("{name} {kind} {private} {unprivileged} n {}\n", words[5..].join(" ")));
}

/// The number of a user.
fn id(user: &str) -> anyhow::Result<u32> {
    let output = Command::new("id").args(["-u", user]).output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    text.trim().parse().with_context(|| format!("there is no user {user}"))
}
