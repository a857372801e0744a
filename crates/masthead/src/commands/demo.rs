//! `masthead demo`: a throw-away newsroom full of stories.
//!
//! The stories of `fixtures/demo` are imported once by `cargo xtask demo-pack` and committed as a backup; this command
//! restores that backup, so that it starts at once and encodes no photo.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{ExitCode, Stdio},
};

use anyhow::{Context, ensure};
use tokio::{net::TcpListener, process::Command};

use super::Common;
use crate::{
    cli::Demo,
    config::{self, Config},
    logs, open,
};

/// The demo newsroom as a backup.
static PACK: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/demo.tar.zst"));

pub(super) async fn run(common: &Common, args: Demo) -> anyhow::Result<ExitCode> {
    logs::start(common.log.as_deref().unwrap_or("warn"), "text");
    let listener = free_port(&args.listen).await?;
    // Held until the end: dropping it removes the folder.
    let kept = args.keep.is_some();
    let (dir, _thrown_away) = folder(args.keep)?;
    let is_new = !(kept && dir.join(config::FILE).exists());
    if !is_new {
        eprintln!("Opening the newsroom that was kept in {}.", dir.display());
    } else {
        super::init::new_or_empty(&dir)?;
        apart(&dir).await?;
    }
    let mut config = Config::read(&dir)?;
    let keeps_mails = !config.mail.has_relay();
    if keeps_mails {
        config.mail.only(&super::demo_mail::start(&dir).await?);
    }
    config.payments.sandbox = true;
    let newsroom = open::newsroom(&dir, &config).await?;
    let address = listener.local_addr()?;
    greet(address, common.json, kept.then_some(dir.as_path()));
    if keeps_mails && !common.json {
        println!("\nMails are not sent: each is a file in {}.", dir.join(super::demo_mail::FOLDER).display());
    }
    let desk = super::serve::Doors::default();
    super::serve::first_link(&newsroom, &desk, address.port()).await?;
    app::vault::open(&newsroom, None).await?;
    if is_new {
        super::demo_letters::open(&newsroom).await?;
        super::demo_support::open(&newsroom).await?;
    }
    super::serve::serve(newsroom, listener, desk, false, &dir).await?;
    Ok(ExitCode::SUCCESS)
}

/// Unpacks in a process of its own: the memory that takes goes with it.
async fn apart(dir: &Path) -> anyhow::Result<()> {
    let program = std::env::current_exe().context("could not find the program's own file")?;
    let mut unpack = Command::new(program);
    unpack.arg("demo-unpack").arg(dir).stdin(Stdio::null()).stdout(Stdio::null()).kill_on_drop(true);
    let status = unpack.status().await.context("could not start a second process to unpack the demo")?;
    // It has said on standard error what is wrong.
    ensure!(status.success(), "could not unpack the demo into {}", dir.display());
    Ok(())
}

/// `masthead demo-unpack`: the second process.
pub(super) async fn unpack(common: &Common, dir: &Path) -> anyhow::Result<ExitCode> {
    logs::start(common.log.as_deref().unwrap_or("warn"), "text");
    super::restore::into_folder(PACK, dir, None).await?;
    super::restore::keyring(dir).await?;
    Ok(ExitCode::SUCCESS)
}

fn folder(keep: Option<PathBuf>) -> anyhow::Result<(PathBuf, Option<tempfile::TempDir>)> {
    if let Some(dir) = keep {
        return Ok((dir, None));
    }
    let thrown_away = tempfile::Builder::new().prefix("masthead-demo-").tempdir().context("could not make a folder")?;
    Ok((thrown_away.path().join("newsroom"), Some(thrown_away)))
}

/// The wanted port, or one of the nine after it when it is in use.
async fn free_port(listen: &str) -> anyhow::Result<TcpListener> {
    let Ok(wanted) = listen.parse::<SocketAddr>() else { return super::serve::bind(listen).await };
    for step in 0..10 {
        let mut address = wanted;
        address.set_port(wanted.port().saturating_add(step));
        match TcpListener::bind(address).await {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == std::io::ErrorKind::AddrInUse && wanted.port() != 0 => {}
            Err(_) => break,
        }
    }
    super::serve::bind(listen).await
}

fn greet(address: SocketAddr, json: bool, kept: Option<&Path>) {
    if json {
        println!("{}", serde_json::json!({ "address": format!("http://{address}/") }));
        return;
    }
    match kept {
        Some(dir) => {
            println!("The demo newsroom is open, and stays in {} when you stop it with Ctrl-C.\n", dir.display())
        }
        None => println!("The demo newsroom is open. Nothing of it is kept when you stop it with Ctrl-C.\n"),
    }
    for (path, what) in [
        ("/", "the front page"),
        ("/ru/", "in Russian"),
        ("/fa/", "in Persian, right to left"),
        ("/2025/07/11/lavrov-arrives-in-wonsan/", "a story"),
        ("/topics/", "topics and their timelines"),
        ("/archive/", "the archive by date"),
        ("/lite/", "the lite version"),
        ("/newsletter/", "newsletters, to sign up for"),
        ("/support/", "the form to give with, into a sandbox"),
        ("/feed.xml", "RSS; also /atom.xml and /feed.json"),
    ] {
        println!("  http://{address}{path:<40} {what}");
    }
}
