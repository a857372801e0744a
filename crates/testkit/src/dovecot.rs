//! A real mailbox server for tests: Debian's dovecot, with IMAP and POP3, in the open and encrypted.
//!
//! One user, one mailbox, a folder and ports of its own; it ends with the value. Where dovecot is not installed, tests are
//! skipped loudly; under `CI` that is a failure.

use std::{
    fs,
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, bail, ensure};

/// A server that is not there after so long will not come.
const START: Duration = Duration::from_secs(20);
/// Who mails belong to when tests run as root, as which dovecot lets nobody read.
const NOBODY: u32 = 65_534;

/// A mailbox.
#[derive(Debug)]
pub struct Dovecot {
    /// Ports of IMAP and POP3, each in the open (with STARTTLS) and encrypted.
    pub imap: u16,
    /// As above.
    pub imaps: u16,
    /// As above.
    pub pop3: u16,
    /// As above.
    pub pop3s: u16,
    /// The certificate to trust, in PEM. It is for `localhost`.
    pub certificate: String,
    folder: tempfile::TempDir,
    process: Child,
}

/// The name that the mailbox is opened with.
pub const USER: &str = "back";
/// And its password.
pub const PASSWORD: &str = "secret_words";

impl Dovecot {
    /// Starts one; `None`, said loudly, where there is none and that is allowed.
    ///
    /// # Errors
    /// When it is there and does not start.
    pub fn start() -> anyhow::Result<Option<Self>> {
        let Some(program) = program() else {
            ensure!(std::env::var_os("CI").is_none(), "no dovecot in CI: cargo xtask setup");
            eprintln!(
                "\n*** SKIPPED: no dovecot 2.3. cargo xtask setup, or install dovecot-imapd and dovecot-pop3d ***\n"
            );
            return Ok(None);
        };
        let folder = tempfile::tempdir()?;
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()])?;
        fs::write(folder.path().join("cert.pem"), made.cert.pem())?;
        fs::write(folder.path().join("key.pem"), made.signing_key.serialize_pem())?;
        let ports = free_ports::<4>()?;
        let owner = owner(folder.path())?;
        fs::write(folder.path().join("dovecot.conf"), configuration(folder.path(), ports, &owner))?;
        let process = Command::new(program)
            .args(["-F", "-c"])
            .arg(folder.path().join("dovecot.conf"))
            .stdout(Stdio::null())
            .stderr(fs::File::create(folder.path().join("stderr"))?)
            .spawn()?;
        let [imap, imaps, pop3, pop3s] = ports;
        let mut dovecot = Self { imap, imaps, pop3, pop3s, certificate: made.cert.pem(), folder, process };
        dovecot.wait(ports)?;
        Ok(Some(dovecot))
    }

    fn wait(&mut self, ports: [u16; 4]) -> anyhow::Result<()> {
        let begun = Instant::now();
        let open = |port: &u16| TcpStream::connect(("127.0.0.1", *port)).is_ok();
        while !ports.iter().all(open) {
            if begun.elapsed() > START || self.process.try_wait()?.is_some() {
                let log = fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
                let said = fs::read_to_string(self.folder.path().join("stderr")).unwrap_or_default();
                bail!("dovecot did not start: {said}{log}");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    /// Puts a mail into the mailbox.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn deliver(&self, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let path = self.mail().join("tmp").join(name);
        fs::write(&path, bytes)?;
        give(&path)?;
        fs::rename(path, self.mail().join("new").join(name)).context("could not deliver a mail")
    }

    /// How many mails are in the mailbox, read or not.
    ///
    /// # Errors
    /// When its folder can't be read.
    pub fn count(&self) -> anyhow::Result<usize> {
        let count = |folder: &str| fs::read_dir(self.mail().join(folder)).map(Iterator::count);
        Ok(count("new")? + count("cur")?)
    }

    fn mail(&self) -> PathBuf {
        self.folder.path().join("mail")
    }
}

impl Drop for Dovecot {
    fn drop(&mut self) {
        // It ends its own children when it is asked to end, and not when it is killed.
        let asked = Command::new("kill").arg(self.process.id().to_string()).status();
        if !asked.is_ok_and(|status| status.success()) || self.process.wait().is_err() {
            eprintln!("dovecot could not be stopped");
        }
    }
}

fn program() -> Option<PathBuf> {
    let program =
        ["/usr/sbin/dovecot", "/usr/local/sbin/dovecot"].map(PathBuf::from).into_iter().find(|at| at.exists())?;
    let version = Command::new(&program).arg("--version").output().ok()?;
    // Since 2.4 its configuration is another language.
    String::from_utf8_lossy(&version.stdout).starts_with("2.3").then_some(program)
}

/// Ports that were free a moment ago.
fn free_ports<const N: usize>() -> anyhow::Result<[u16; N]> {
    let listeners: Vec<TcpListener> = (0..N).map(|_| TcpListener::bind("127.0.0.1:0")).collect::<Result<_, _>>()?;
    let ports =
        listeners.iter().map(|listener| listener.local_addr().map(|at| at.port())).collect::<Result<Vec<_>, _>>()?;
    ports.try_into().map_err(|_| anyhow::anyhow!("no ports"))
}

/// Makes the mailbox, and says whose it is.
fn owner(folder: &Path) -> anyhow::Result<(u32, u32)> {
    for part in ["mail", "mail/new", "mail/cur", "mail/tmp", "run"] {
        fs::create_dir(folder.join(part))?;
    }
    let (uid, gid) = ids(folder)?;
    if uid != 0 {
        return Ok((uid, gid));
    }
    open_up(folder)?;
    for part in ["mail", "mail/new", "mail/cur", "mail/tmp"] {
        give(&folder.join(part))?;
    }
    Ok((NOBODY, NOBODY))
}

#[cfg(unix)]
fn ids(path: &Path) -> anyhow::Result<(u32, u32)> {
    use std::os::unix::fs::MetadataExt;
    let meta = fs::metadata(path)?;
    Ok((meta.uid(), meta.gid()))
}

#[cfg(unix)]
fn open_up(folder: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    Ok(fs::set_permissions(folder, fs::Permissions::from_mode(0o755))?)
}

/// Gives a file to nobody, where that is needed.
#[cfg(unix)]
fn give(path: &Path) -> anyhow::Result<()> {
    if ids(path)?.0 == 0 {
        std::os::unix::fs::chown(path, Some(NOBODY), Some(NOBODY))?;
    }
    Ok(())
}

fn configuration(folder: &Path, [imap, imaps, pop3, pop3s]: [u16; 4], (uid, gid): &(u32, u32)) -> String {
    let at = folder.display();
    // Without root, it can't change into users of its own.
    let rootless = if *uid == NOBODY {
        String::new()
    } else {
        let user =
            format!("default_internal_user = #{uid}\ndefault_login_user = #{uid}\ndefault_internal_group = #{gid}\n");
        let chroots =
            "service imap-login {\n chroot =\n}\nservice pop3-login {\n chroot =\n}\nservice anvil {\n chroot =\n}\n";
        format!("{user}{chroots}")
    };
    format!(
        "base_dir = {at}/run\nlog_path = {at}/log\nprotocols = imap pop3\nlisten = 127.0.0.1\nssl = yes\n\
         ssl_cert = <{at}/cert.pem\nssl_key = <{at}/key.pem\nssl_min_protocol = TLSv1.2\ndisable_plaintext_auth = no\n\
         auth_mechanisms = plain\nmail_location = maildir:{at}/mail\nfirst_valid_uid = 1\nfirst_valid_gid = 1\n\
         pop3_uidl_format = %08Xu%08Xv\n\
         passdb {{\n driver = static\n args = user={USER} password={password}\n}}\n\
         userdb {{\n driver = static\n args = uid={uid} gid={gid} home={at}/mail\n}}\n\
         service imap-login {{\n inet_listener imap {{\n  port = {imap}\n }}\n inet_listener imaps {{\n  port = {imaps}\n  ssl = yes\n }}\n}}\n\
         service pop3-login {{\n inet_listener pop3 {{\n  port = {pop3}\n }}\n inet_listener pop3s {{\n  port = {pop3s}\n  ssl = yes\n }}\n}}\n\
         {rootless}",
        password = PASSWORD,
    )
}
