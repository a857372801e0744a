//! Speaking to the server that runs on this folder: `control.sock`, mode 0600, for the same user of this machine and nobody else.
//!
//! A question is one line of JSON; the answer is lines of JSON, the last of which has `done` or `error`. Secrets that must not
//! stand on a command line go this way.

use std::{
    io::ErrorKind,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, bail};
use app::{
    Newsroom,
    vault::{self, Passphrase},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{UnixListener, UnixStream},
    sync::{mpsc, watch},
};

use crate::{commands::vault::State, passphrase::text};

const NAME: &str = "control.sock";
/// A question has at most so many bytes.
const LONGEST: u64 = 64 * 1024;
/// How long somebody may take to ask.
const PATIENCE: Duration = Duration::from_secs(10);

/// What can be asked.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
pub(crate) enum Ask {
    /// How the vault is.
    State,
    /// Opens the vault.
    Unlock {
        /// The passphrase, where the keyring has one.
        passphrase: Option<Passphrase>,
    },
    /// Takes the keys out of memory.
    Lock,
    /// Changes the keys.
    Rotate {
        /// The passphrase, where the keyring has one.
        passphrase: Option<Passphrase>,
        /// Whether the old keys stay in the keyring.
        keep_old: bool,
    },
}

/// A line of an answer.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    Progress(u64, u64),
    Done(serde_json::Value),
    Error(String),
}

/// The socket of a server.
pub(crate) struct Control {
    listener: UnixListener,
    path: PathBuf,
    owner: u32,
}

impl Control {
    /// Listens, unless another server does on the same folder. A socket that a killed server left behind is replaced.
    pub(crate) async fn open(data: &Path) -> anyhow::Result<Self> {
        let path = data.join(NAME);
        if UnixStream::connect(&path).await.is_ok() {
            bail!("another server runs on {}", data.display());
        }
        match std::fs::remove_file(&path) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error).with_context(|| format!("could not replace {}", path.display())),
        }
        let listener = UnixListener::bind(&path).with_context(|| format!("could not listen at {}", path.display()))?;
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))?;
        let owner = std::fs::metadata(&path)?.uid();
        Ok(Self { listener, path, owner })
    }

    /// Answers until `stop` becomes true.
    pub(crate) async fn run(self, newsroom: Newsroom, mut stop: watch::Receiver<bool>) {
        loop {
            tokio::select! {
                accepted = self.listener.accept() => match accepted {
                    Ok((stream, _)) if self.may_ask(&stream) => {
                        let newsroom = newsroom.clone();
                        tokio::spawn(async move {
                            if let Err(error) = answer(&newsroom, stream).await {
                                tracing::debug!(%error, "a question at the control socket was not answered to its end");
                            }
                        });
                    }
                    Ok(_) => tracing::warn!("somebody else on this machine spoke to the control socket"),
                    Err(error) => {
                        tracing::warn!(%error, "the control socket could not be listened to");
                        tokio::time::sleep(Duration::from_secs(1)).await;
                    }
                },
                changed = stop.changed() => if changed.is_err() || *stop.borrow() { break },
            }
        }
        if let Err(error) = std::fs::remove_file(&self.path) {
            tracing::debug!(%error, "the control socket could not be removed");
        }
    }

    /// The same user, or root: also in the moment before the file's mode is set.
    fn may_ask(&self, stream: &UnixStream) -> bool {
        stream.peer_cred().is_ok_and(|peer| peer.uid() == self.owner || peer.uid() == 0)
    }
}

async fn answer(newsroom: &Newsroom, stream: UnixStream) -> anyhow::Result<()> {
    let (reader, mut writer) = stream.into_split();
    let mut line = zeroize::Zeroizing::new(String::new());
    tokio::time::timeout(PATIENCE, BufReader::new(reader.take(LONGEST)).read_line(&mut line)).await??;
    let (sender, mut lines) = mpsc::channel(64);
    let work = async {
        let done = match serde_json::from_str::<Ask>(&line) {
            Ok(ask) => done(newsroom, ask, &sender).await,
            Err(_) => Err(anyhow::anyhow!("this server does not know what was asked; are both of one version?")),
        };
        drop(sender);
        done
    };
    let tell = async {
        while let Some(line) = lines.recv().await {
            write(&mut writer, &line).await?;
        }
        Ok::<_, anyhow::Error>(())
    };
    // Whoever asked may go away: what was begun is done all the same.
    let (done, told) = tokio::join!(work, tell);
    let last = match done {
        Ok(value) => Line::Done(value),
        Err(error) => Line::Error(format!("{error:#}")),
    };
    told?;
    write(&mut writer, &last).await
}

async fn write(writer: &mut tokio::net::unix::OwnedWriteHalf, line: &Line) -> anyhow::Result<()> {
    let mut text = serde_json::to_vec(line)?;
    text.push(b'\n');
    Ok(writer.write_all(&text).await?)
}

async fn done(newsroom: &Newsroom, ask: Ask, lines: &mpsc::Sender<Line>) -> anyhow::Result<serde_json::Value> {
    let actor = app::staff::COMMAND_LINE;
    Ok(match ask {
        Ask::State => serde_json::to_value(State::of(newsroom))?,
        Ask::Unlock { passphrase } => {
            vault::unlock(newsroom, actor, text(passphrase.as_ref())).await?;
            serde_json::to_value(State::of(newsroom))?
        }
        Ask::Lock => {
            vault::lock(newsroom, actor).await?;
            serde_json::to_value(State::of(newsroom))?
        }
        Ask::Rotate { passphrase, keep_old } => {
            // A step that nobody takes is left out: the next one says more.
            let on = |done, total| drop(lines.try_send(Line::Progress(done, total)));
            let passphrase = text(passphrase.as_ref());
            serde_json::to_value(vault::rotate(newsroom, actor, passphrase, keep_old, &on).await?)?
        }
    })
}

/// Asks the server that runs on a folder; `None` where none does.
pub(crate) async fn ask<T: DeserializeOwned>(
    data: &Path,
    ask: &Ask,
    on: &(dyn Fn(u64, u64) + Send + Sync),
) -> anyhow::Result<Option<T>> {
    let path = data.join(NAME);
    let mut stream = match UnixStream::connect(&path).await {
        Ok(stream) => stream,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::ConnectionRefused) => return Ok(None),
        Err(error) => {
            return Err(error).with_context(|| format!("could not speak to the server at {}", path.display()));
        }
    };
    let mut question = zeroize::Zeroizing::new(serde_json::to_vec(ask)?);
    question.push(b'\n');
    stream.write_all(&question).await.context("the server went away")?;
    let mut lines = BufReader::new(stream).lines();
    while let Some(line) = lines.next_line().await.context("the server went away")? {
        match serde_json::from_str(&line).context("the server's answer can't be read; are both of one version?")? {
            Line::Progress(done, total) => on(done, total),
            Line::Done(value) => return Ok(Some(serde_json::from_value(value)?)),
            Line::Error(text) => bail!(text),
        }
    }
    bail!("the server went away before it was done; ask again")
}
