//! What the tests need, installed where it is missing: by Debian's packages, npm and pip.

use anyhow::bail;

use crate::run::{command, has, root, run as start};

/// A program, where it may be, and the Debian package that brings it.
const PROGRAMS: &[(&str, &[&str], &str)] = &[
    ("chromium", &["/usr/bin/chromium"], "chromium"),
    ("PostgreSQL", &["/usr/lib/postgresql"], "postgresql"),
    ("node", &["/usr/bin/node", "/usr/local/bin/node"], "nodejs"),
    ("npm", &["/usr/bin/npm", "/usr/local/bin/npm"], "npm"),
    ("IMAP", &["/usr/lib/dovecot/imap"], "dovecot-imapd"),
    ("POP3", &["/usr/lib/dovecot/pop3"], "dovecot-pop3d"),
    ("postfix", &["/usr/sbin/smtp-sink"], "postfix"),
    ("python3", &["/usr/bin/python3", "/usr/local/bin/python3"], "python3-venv"),
];

/// Fonts that let a browser on a bare machine show the three languages of the demo.
const FONTS: &str = "/usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf";

pub(crate) fn run() -> anyhow::Result<()> {
    debian()?;
    npm("e2e")?;
    npm("desk")?;
    pip("moto", "moto_server", "moto[server,s3]==5.*")?;
    pip("schemathesis", "st", "schemathesis==4.32.*")?;
    pip("dkimpy", "dkimverify", "dkimpy[ed25519]==1.1.*")?;
    pip("icalendar", "icalendar", "icalendar==6.*")
}

fn debian() -> anyhow::Result<()> {
    let mut packages: Vec<&str> = PROGRAMS
        .iter()
        .filter(|(name, places, _)| !has(name) && !places.iter().any(|place| std::path::Path::new(place).exists()))
        .map(|(.., package)| *package)
        .collect();
    if !std::path::Path::new(FONTS).exists() {
        packages.push("fonts-noto-core");
    }
    if packages.is_empty() {
        return Ok(());
    }
    if !has("apt-get") {
        bail!("the tests need {}; install them with this system's package manager", packages.join(", "));
    }
    let sudo = if has("sudo") && !is_root() { Some("sudo") } else { None };
    let apt = |args: &[&str]| {
        let mut words = sudo.into_iter().chain(["apt-get"]).chain(args.iter().copied());
        let program = words.next().unwrap_or("apt-get");
        let mut command = command(program, &words.collect::<Vec<_>>());
        command.env("DEBIAN_FRONTEND", "noninteractive");
        start(command)
    };
    apt(&["update", "-qq"])?;
    apt(&[&["install", "-y", "-qq", "--no-install-recommends"], packages.as_slice()].concat())
}

/// Whether this runs as the administrator.
pub(crate) fn is_root() -> bool {
    std::env::var("USER").is_ok_and(|user| user == "root") || std::env::var("HOME").is_ok_and(|home| home == "/root")
}

fn npm(folder: &str) -> anyhow::Result<()> {
    let installed = root().join(folder).join("node_modules/.package-lock.json");
    let wanted = root().join(folder).join("package-lock.json");
    let fresh = |path: &std::path::Path| std::fs::metadata(path).and_then(|meta| meta.modified()).ok();
    if fresh(&installed).is_some_and(|have| fresh(&wanted).is_some_and(|want| have >= want)) {
        return Ok(());
    }
    start(command("npm", &["ci", "--prefix", folder, "--no-audit", "--no-fund"]))
}

/// A program from PyPI, in a virtual environment of its own below target/: moto is an S3-compatible server, schemathesis
/// tests the API by its description, dkimpy checks signatures, icalendar reads calendar files.
fn pip(name: &str, program: &str, package: &str) -> anyhow::Result<()> {
    let venv = root().join("target/tools").join(name);
    if venv.join("bin").join(program).exists() {
        return Ok(());
    }
    let shown = venv.display().to_string();
    if start(command("python3", &["-m", "venv", &shown])).is_err() {
        bail!("python3 cannot make a virtual environment; install Debian's python3-venv");
    }
    let pip = venv.join("bin/pip").display().to_string();
    start(command(&pip, &["install", "--quiet", package]))
}
