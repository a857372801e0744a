//! The demo's mail server: it takes every mail and keeps it as a file, so that the demo works whole without a mail server
//! and nothing of it ever leaves this machine.

use std::{
    future,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use anyhow::Context;
use outside::{
    mailback::Envelope,
    receive::{Listener, Protocol, Takes, Verdict},
};
use tokio::net::TcpListener;

/// Where mails are kept, within the newsroom's folder.
pub(super) const FOLDER: &str = "mail";

/// Keeps mails in a folder: `0001.eml`, `0002.eml`, …
struct Kept {
    folder: PathBuf,
    last: AtomicUsize,
}

#[async_trait::async_trait]
impl Takes for Kept {
    async fn knows(&self, _recipient: &str) -> Verdict {
        Verdict::Taken
    }

    async fn take(&self, _envelope: Envelope<'_>, bytes: &[u8]) -> Verdict {
        let number = self.last.fetch_add(1, Ordering::SeqCst) + 1;
        let file = self.folder.join(format!("{number:04}.eml"));
        match tokio::fs::write(&file, bytes).await {
            Ok(()) => Verdict::Taken,
            Err(error) => {
                tracing::error!(%error, "a mail could not be kept in {}", file.display());
                Verdict::Later
            }
        }
    }
}

/// Starts it for a newsroom's folder; its address, as a relay's.
pub(super) async fn start(dir: &Path) -> anyhow::Result<String> {
    let folder = dir.join(FOLDER);
    std::fs::create_dir_all(&folder).with_context(|| format!("could not make {}", folder.display()))?;
    let there = std::fs::read_dir(&folder).with_context(|| format!("could not read {}", folder.display()))?;
    let kept = Kept { folder, last: AtomicUsize::new(there.count()) };
    let listener = TcpListener::bind("127.0.0.1:0").await.context("could not open a port for the demo's mails")?;
    let address = format!("smtp://{}", listener.local_addr()?);
    let server = Listener::new(Protocol::Smtp, "localhost", Arc::new(kept), None);
    // It ends with the program.
    tokio::spawn(server.run(listener, future::pending()));
    Ok(address)
}

#[cfg(test)]
mod tests {
    use model::SystemClock;
    use outside::mail::{Envelope, Outcome, Pool, Priority, Relay, Settings};

    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn a_mail_of_the_demo_is_kept_as_a_file_and_the_next_start_counts_on() {
        let dir = tempfile::tempdir().unwrap();
        for number in ["0001", "0002"] {
            let relay = Relay::new("demo", &start(dir.path()).await.unwrap()).unwrap();
            let pool = Pool::new(vec![relay], Settings::default(), Arc::new(SystemClock)).unwrap();
            let envelope = Envelope::new("a@localhost", "anna@reader.example").unwrap();
            let outcome = pool.send(&envelope, b"Subject: x\r\n\r\n.dotted\r\n", Priority::Personal).await;
            assert!(matches!(outcome, Outcome::Accepted { .. }), "{outcome:?}");
            let kept = std::fs::read(dir.path().join(format!("mail/{number}.eml"))).unwrap();
            assert_eq!(kept, b"Subject: x\r\n\r\n.dotted\r\n");
        }
    }
}
