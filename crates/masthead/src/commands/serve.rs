//! `masthead serve`: the public site, and the workers behind it.

use std::{net::SocketAddr, path::Path, process::ExitCode, time::Duration};

use anyhow::{Context, bail};
use app::{Newsroom, back::Door, vault::Closed};
use notify::Watcher;
use tokio::{net::TcpListener, sync::watch};
use web::desk::Place;

use super::Common;
use crate::{cli::Serve, config::Config, control::Control, open, passphrase};

pub(super) async fn run(common: &Common, args: Serve) -> anyhow::Result<ExitCode> {
    let config = common.config()?;
    let listen = args.listen.unwrap_or_else(|| config.listen.clone());
    let listener = bind(&listen).await?;
    let newsroom = open::newsroom(&common.data, &config).await?;
    let _watching = if args.dev { watch_theme(&newsroom)? } else { None };
    for problem in newsroom.theme().problems() {
        tracing::warn!("the theme has a fault; the built-in file stands in: {problem}");
    }
    open_vault(&newsroom, &open::keyring(&common.data, &config)?).await?;
    let address = listener.local_addr()?;
    eprintln!("Serving {} at http://{address}/  (Ctrl-C stops)", common.data.display());
    let desk = Doors::of(&config, &common.data, &listen).await?;
    first_link(&newsroom, &desk, address.port()).await?;
    serve(newsroom, listener, desk, args.dev, &common.data).await?;
    Ok(ExitCode::SUCCESS)
}

/// Where the desk is let in.
#[derive(Debug, Default)]
pub(super) struct Doors {
    place: Place,
    /// A listener of the desk's own.
    apart: Option<TcpListener>,
    /// Where mail servers bring what comes back.
    back: Option<Door>,
}

impl Doors {
    async fn of(config: &Config, data: &Path, site: &str) -> anyhow::Result<Self> {
        let apart = match config.desk_listen.as_str() {
            "" => None,
            same if same == site => None,
            other => Some(bind(other).await.context("could not open the desk's own port")?),
        };
        let back = match config.bounces.door(data)? {
            Some((protocol, tls)) => {
                let listener =
                    bind(&config.bounces.listen).await.context("could not open the port of `bounces.listen`")?;
                Some(Door { listener, protocol, tls })
            }
            None => None,
        };
        Ok(Self { place: config.place()?, apart, back })
    }

    /// The desk's address as people type it, without a slash at the end.
    fn address(&self, port: u16) -> String {
        let apart = self.apart.as_ref().and_then(|listener| listener.local_addr().ok());
        match &self.place {
            Place::At(url) => url.as_str().trim_end_matches('/').to_owned(),
            Place::Localhost | Place::Elsewhere => format!("http://localhost:{}", apart.map_or(port, |at| at.port())),
        }
    }
}

/// Prints the way in when the newsroom has nobody yet who could let others in.
pub(super) async fn first_link(newsroom: &Newsroom, desk: &Doors, port: u16) -> anyhow::Result<()> {
    let address = desk.address(port);
    match app::staff::first_link(newsroom).await? {
        Some(link) => {
            eprintln!("\nNobody works here yet. Open this once, within {} hours:", app::staff::LINK_HOURS);
            eprintln!("  {address}/desk/join/{}\n", link.reveal());
        }
        None => eprintln!("The desk is at {address}/desk/"),
    }
    Ok(())
}

/// Serves until the process is asked to stop, then lets open requests finish.
pub(super) async fn serve(
    newsroom: Newsroom,
    listener: TcpListener,
    desk: Doors,
    dev: bool,
    data: &Path,
) -> anyhow::Result<()> {
    let (stop, stopped) = watch::channel(false);
    let control = control(&newsroom, data, stopped.clone()).await;
    let vault = tokio::spawn(app::vault::run(newsroom.clone(), stopped.clone()));
    let jobs = tokio::spawn(app::jobs::run(newsroom.clone(), stopped.clone()));
    let reads = tokio::spawn(app::reads::run(newsroom.clone(), stopped.clone()));
    let back = tokio::spawn(app::back::run(newsroom.clone(), desk.back, stopped.clone()));
    let outbox = tokio::spawn(app::readers::outbox::run(newsroom.clone(), stopped.clone()));
    let reminders = tokio::spawn(app::support::reminders::run(newsroom.clone(), stopped.clone()));
    let delivery = tokio::spawn(app::delivery::run(newsroom.clone(), stopped.clone()));
    let last = newsroom.clone();
    let mut servers = Vec::new();
    let beside = if desk.apart.is_some() { Place::Elsewhere } else { desk.place.clone() };
    let options = web::Options { dev, desk: beside, desk_alone: false };
    servers.push(tokio::spawn(web::serve(newsroom.clone(), listener, options, until(stopped.clone()))));
    if let Some(apart) = desk.apart {
        let options = web::Options { dev, desk: desk.place, desk_alone: true };
        servers.push(tokio::spawn(web::serve(newsroom, apart, options, until(stopped))));
    }
    asked_to_stop().await?;
    eprintln!("Stopping; open requests are being finished.");
    if stop.send(true).is_err() {
        tracing::debug!("every worker had stopped before");
    }
    jobs.await?;
    reads.await?;
    back.await?;
    outbox.await?;
    reminders.await?;
    delivery.await?;
    vault.await?;
    if let Some(control) = control {
        control.await?;
    }
    for server in servers {
        server.await??;
    }
    if let Err(error) = app::reads::flush(&last).await {
        tracing::error!(%error, "the read counts of the last minute could not be written");
    }
    last.store().close().await;
    Ok(())
}

/// Opens the vault, asking for the passphrase where somebody sits in front of it. Whatever is wrong, the newsroom is served.
async fn open_vault(newsroom: &Newsroom, keyring: &Path) -> anyhow::Result<()> {
    let given = passphrase::given();
    let mut state = app::vault::open(newsroom, passphrase::text(given.as_ref())).await?;
    while passphrase::is_typed() && matches!(state.keys(), Err(Closed::Passphrase | Closed::WrongPassphrase)) {
        let Ok(typed) = passphrase::ask_typed(&format!("Passphrase of {} (empty: stay locked): ", keyring.display()))
        else {
            break;
        };
        state = app::vault::open(newsroom, Some(&typed)).await?;
    }
    if let Err(why) = state.keys() {
        eprintln!("The keys to readers' addresses are not here: {why}");
        for function in state.closed_functions() {
            eprintln!("  rests: {}", function.words());
        }
    }
    Ok(())
}

/// Listens to the commands of this machine. What stands in its way does not stand in the way of serving.
async fn control(
    newsroom: &Newsroom,
    data: &Path,
    stopped: watch::Receiver<bool>,
) -> Option<tokio::task::JoinHandle<()>> {
    match Control::open(data).await {
        Ok(control) => Some(tokio::spawn(control.run(newsroom.clone(), stopped))),
        Err(error) => {
            tracing::warn!("`masthead vault unlock` and its like can't reach this server: {error:#}");
            None
        }
    }
}

async fn until(mut stopped: watch::Receiver<bool>) {
    // A sender that is gone means the same as one that says stop.
    if stopped.wait_for(|stop| *stop).await.is_err() {
        tracing::debug!("stopping without having been asked");
    }
}

/// Listens, with an error that says what to do.
pub(super) async fn bind(listen: &str) -> anyhow::Result<TcpListener> {
    let address: SocketAddr = listen
        .parse()
        .with_context(|| format!("`{listen}` is not an address with a port, like 127.0.0.1:8080 or [::]:80"))?;
    match TcpListener::bind(address).await {
        Ok(listener) => Ok(listener),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => bail!(
            "port {} is in use by another program\n  Stop that program, or choose another port with --listen {}:{}.",
            address.port(),
            address.ip(),
            address.port().wrapping_add(1)
        ),
        Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => bail!(
            "this user may not listen on port {}\n  Choose a port above 1023, or let systemd or a proxy hold it.",
            address.port()
        ),
        Err(error) => Err(error).with_context(|| format!("could not listen on {address}")),
    }
}

/// Until somebody presses Ctrl-C, or the machine asks.
pub(super) async fn asked_to_stop() -> anyhow::Result<()> {
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted?,
        _ = terminate.recv() => {}
    }
    Ok(())
}

/// Reloads the theme shortly after one of its files changed. A theme that is broken at that moment is reported and the
/// last good one stays.
fn watch_theme(newsroom: &Newsroom) -> anyhow::Result<Option<notify::RecommendedWatcher>> {
    let Some(dir) = newsroom.theme_dir().map(std::path::Path::to_path_buf) else {
        eprintln!("There is no theme folder yet; make one with `masthead theme new`, then start again.");
        return Ok(None);
    };
    let (sender, mut changes) = tokio::sync::mpsc::channel::<()>(1);
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let changed = event.is_ok_and(|event| !event.kind.is_access());
        if changed && sender.try_send(()).is_err() {
            tracing::trace!("a reload is waiting already");
        }
    })?;
    watcher.watch(&dir, notify::RecursiveMode::Recursive)?;
    eprintln!("Watching {} for changes.", dir.display());
    let newsroom = newsroom.clone();
    tokio::spawn(async move {
        while changes.recv().await.is_some() {
            tokio::time::sleep(Duration::from_millis(50)).await;
            match newsroom.reload_theme() {
                Ok(()) => {
                    eprintln!("Theme reloaded.");
                    for problem in newsroom.theme().problems() {
                        eprintln!("  It has a fault; the built-in file stands in: {problem}");
                    }
                }
                Err(error) => eprintln!("The theme could not be reloaded: {error:#}"),
            }
        }
    });
    Ok(Some(watcher))
}
