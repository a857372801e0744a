//! A real postfix, of its own folder and port, that passes mails on to a server of the test.
//!
//! Needs Debian's postfix and root, from which it drops to its own users; `cargo xtask setup` installs it.

use std::fs;
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};

/// Waiting for it to listen.
const START: Duration = Duration::from_secs(30);

/// Its parts, as master.cf has them.
const SERVICES: [&str; 19] = [
    "pickup unix n - n 60 1 pickup",
    "rewrite unix - - n - - trivial-rewrite",
    "cleanup unix n - n - 0 cleanup",
    "qmgr unix n - n 300 1 qmgr",
    "bounce unix - - n - 0 bounce",
    "defer unix - - n - 0 bounce",
    "trace unix - - n - 0 bounce",
    "proxymap unix - - n - - proxymap",
    "smtp unix - - n - - smtp",
    "relay unix - - n - - smtp",
    "lmtp unix - - n - - lmtp",
    "flush unix n - n 1000? 0 flush",
    "showq unix n - n - - showq",
    "error unix - - n - - error",
    "retry unix - - n - - error",
    "discard unix - - n - - discard",
    "anvil unix - - n - 1 anvil",
    "scache unix - - n - 1 scache",
    "postlog unix-dgram n - n - 1 postlogd",
];

/// Where it passes mails on to, on this machine.
#[derive(Debug, Clone, Copy)]
pub enum Next<'a> {
    /// Every mail, by SMTP, to a port. It refuses `gone@…` for good and `later@…` for now.
    Smtp(u16),
    /// Mails for a domain, by LMTP, to a port. It tries again every second.
    Lmtp(&'a str, u16),
}

/// A running postfix; it ends with this.
#[derive(Debug)]
pub struct Postfix {
    /// Its port.
    pub port: u16,
    child: Child,
    folder: tempfile::TempDir,
}

impl Postfix {
    /// Starts one. `None`, said loudly, where there is none to start; in CI that is a failure.
    ///
    /// # Errors
    /// When it is there and doesn't start.
    pub fn start(next: Next<'_>) -> anyhow::Result<Option<Self>> {
        if !Path::new("/usr/lib/postfix/sbin/master").exists() || !is_root() {
            ensure!(std::env::var_os("CI").is_none(), "no postfix in CI, or not root: cargo xtask setup");
            eprintln!("\n*** SKIPPED: no postfix, or not root. cargo xtask setup installs it ***\n");
            return Ok(None);
        }
        let folder = tempfile::tempdir().context("could not make a folder")?;
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        configure(folder.path(), port, next)?;
        let child = postfix(folder.path(), "start-fg").spawn().context("could not start postfix")?;
        let postfix = Self { port, child, folder };
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            ensure!(begun.elapsed() < START, "postfix does not listen: {}", postfix.log());
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(Some(postfix))
    }

    /// What it wrote down.
    #[must_use]
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log/mail.log")).unwrap_or_default()
    }

    /// Has it try again what waits.
    ///
    /// # Errors
    /// When it does not run.
    pub fn flush(&self) -> anyhow::Result<()> {
        let status = postfix(self.folder.path(), "flush").status().context("could not run postfix")?;
        ensure!(status.success(), "postfix could not be flushed: {}", self.log());
        Ok(())
    }
}

impl Drop for Postfix {
    fn drop(&mut self) {
        if postfix(self.folder.path(), "stop").status().is_ok() {
            // Whether it had ended already is all the same.
            drop(self.child.kill());
            drop(self.child.wait());
        }
    }
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.starts_with(b"0\n"))
}

fn postfix(folder: &Path, what: &str) -> Command {
    let mut command = Command::new("/usr/sbin/postfix");
    command.arg("-c").arg(folder.join("conf")).arg(what);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn configure(folder: &Path, port: u16, next: Next<'_>) -> anyhow::Result<()> {
    for part in ["conf", "queue", "data", "log"] {
        fs::create_dir(folder.join(part)).context("could not make a folder")?;
    }
    // Its daemons run as users of their own.
    let mut open = Command::new("chmod");
    open.arg("755").arg(folder);
    let mut own = Command::new("chown");
    own.arg("postfix").arg(folder.join("data"));
    for mut command in [open, own] {
        ensure!(command.status()?.success(), "{command:?} failed");
    }
    let root = folder.display();
    let main = format!(
        "compatibility_level = 3.6\nqueue_directory = {root}/queue\ndata_directory = {root}/data\n\
         daemon_directory = /usr/lib/postfix/sbin\ncommand_directory = /usr/sbin\nmail_owner = postfix\nsetgid_group = postdrop\n\
         maillog_file = {root}/log/mail.log\nmaillog_file_prefixes = {root}\nmyhostname = relay.test\nmydestination =\n\
         mynetworks = 127.0.0.0/8\ninet_interfaces = 127.0.0.1\ninet_protocols = ipv4\nalias_maps =\n\
         local_recipient_maps =\nsmtp_host_lookup = native\nsmtp_tls_security_level = none\n{}",
        passing_on(next)
    );
    let master = format!("127.0.0.1:{port} inet n - n - - smtpd\n{}\n", SERVICES.join("\n"));
    fs::write(folder.join("conf/main.cf"), main).context("could not write main.cf")?;
    fs::write(folder.join("conf/master.cf"), master).context("could not write master.cf")
}

fn passing_on(next: Next<'_>) -> String {
    match next {
        Next::Smtp(port) => format!(
            "relayhost = [127.0.0.1]:{port}\nsmtpd_recipient_restrictions = check_recipient_access inline:{{ \
             {{ gone@ = 550 5.1.1 no such user }}, {{ later@ = 450 4.2.1 try later }} }}, permit_mynetworks, reject\n"
        ),
        Next::Lmtp(domain, port) => format!(
            "relay_domains = {domain}\ntransport_maps = inline:{{{{{domain}=lmtp:inet:127.0.0.1:{port}}}}}\n\
             minimal_backoff_time = 1s\nmaximal_backoff_time = 2s\nqueue_run_delay = 1s\n\
             lmtp_destination_recipient_limit = 50\nsmtputf8_enable = no\n"
        ),
    }
}
