//! The server: accepts connections until it is told to stop, then lets open requests finish.
//!
//! HTTP/1.1 and HTTP/2 without TLS on one port. A connection that sends no whole request head in time, or takes none of
//! its answer for a while, is closed; so is one that never sends anything.

use std::{
    future::Future,
    io,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use app::{Newsroom, follow};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto::Builder, graceful::GracefulShutdown},
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, watch},
    time::{sleep, timeout},
};

use crate::{
    Counts,
    desk::{Desk, Place},
    front::Front,
    limits,
    stall::Patient,
};

/// How a newsroom is served.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// For people who work on a theme: pages load themselves anew and are not kept by the browser.
    pub dev: bool,
    /// Where the desk is.
    pub desk: Place,
    /// A listener of the desk's own: the site is not served there.
    pub desk_alone: bool,
}

/// Why the server could not start or go on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The journal could not be read, so nothing could be kept.
    #[error("could not find the journal's end before serving")]
    Journal(#[source] app::Error),
    /// The desk's own pages are broken, which is a mistake in this program.
    #[error("could not read the desk's pages")]
    Desk(#[from] theme::Error),
}

/// A server about to run, for those who want its numbers.
#[derive(Debug, Clone, Default)]
pub struct Serving {
    /// What it has answered.
    pub counts: Arc<Counts>,
}

/// Serves the public site on `listener` until `shutdown`, and follows the journal meanwhile.
///
/// # Errors
/// When the journal cannot be read at the start.
pub async fn serve(
    newsroom: Newsroom,
    listener: TcpListener,
    options: Options,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Error> {
    Serving::default().run(newsroom, listener, options, shutdown).await
}

impl Serving {
    /// As [`serve`].
    ///
    /// # Errors
    /// When the journal cannot be read at the start.
    pub async fn run(
        self,
        newsroom: Newsroom,
        listener: TcpListener,
        options: Options,
        shutdown: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), Error> {
        follow::catch_up(&newsroom).await.map_err(Error::Journal)?;
        let follower = tokio::spawn(follow::run(newsroom.clone(), std::future::pending()));
        let (stop, stopping) = watch::channel(false);
        let desk = Desk::new(newsroom.clone(), options.desk, stopping)?;
        let front = Front::new(newsroom, self.counts, &desk, !options.desk_alone, options.dev);
        let shutdown = async move {
            shutdown.await;
            stop.send_replace(true);
        };
        accept(listener, front, shutdown).await;
        follower.abort();
        Ok(())
    }
}

async fn accept(listener: TcpListener, front: Front, shutdown: impl Future<Output = ()>) {
    let room = Arc::new(Semaphore::new(limits::CONNECTIONS));
    let graceful = GracefulShutdown::new();
    let builder = builder();
    let mut shutdown = pin!(shutdown);
    loop {
        let taken = async {
            let place = Arc::clone(&room).acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, stream) = tokio::select! {
            taken = taken => match taken {
                (Ok(place), Ok((stream, _))) => (place, stream),
                (_, Err(error)) => {
                    rest(&error).await;
                    continue;
                }
                (Err(_), Ok(_)) => break,
            },
            () = &mut shutdown => break,
        };
        let connection = connection(&builder, &graceful, stream, front.clone());
        tokio::spawn(async move {
            connection.await;
            drop(place);
        });
    }
    drop(listener);
    if timeout(limits::STOP_TIME, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests were cut off because they did not finish in time");
    }
}

fn builder() -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        // Who sends a wish and hangs up at once, as mailboxes' own buttons do, is heard: without this, a request whose end of
        // the connection came along with it is dropped before anybody reads it.
        .half_close(true)
        .header_read_timeout(limits::HEAD_TIME)
        .max_buf_size(limits::HEAD_BYTES)
        .max_headers(limits::HEADERS);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(limits::STREAMS)
        .max_header_list_size(u32::try_from(limits::HEAD_BYTES).unwrap_or(u32::MAX))
        .keep_alive_interval(limits::HEAD_TIME)
        .keep_alive_timeout(limits::HEAD_TIME);
    builder
}

/// One connection from its first byte to its end. What it ends with is between the reader and the network: not logged.
fn connection(
    builder: &Builder<TokioExecutor>,
    graceful: &GracefulShutdown,
    stream: TcpStream,
    front: Front,
) -> impl Future<Output = ()> + Send + use<> {
    // A response is one write, so waiting for more to send only delays it. Failing costs speed, nothing else.
    let plain = stream.set_nodelay(true).is_err();
    let spoke = Arc::new(AtomicBool::new(false));
    let service = Noting { front, spoke: Arc::clone(&spoke) };
    let io = TokioIo::new(Patient::new(stream, limits::STALL_TIME));
    let served = graceful.watch(builder.serve_connection(io, service).into_owned());
    async move {
        if plain {
            tracing::debug!("a connection could not be set to send at once");
        }
        let mut served = pin!(served);
        tokio::select! {
            // An error here is a reader's broken request or connection.
            _ended = &mut served => return,
            () = sleep(limits::HEAD_TIME) => {}
        }
        // hyper's own time limit begins after the first bytes, which tell HTTP/1 from HTTP/2.
        if spoke.load(Ordering::Relaxed) {
            let _ended = served.await;
        }
    }
}

/// The front, noting whether a first request has come.
struct Noting {
    front: Front,
    spoke: Arc<AtomicBool>,
}

impl<R> hyper::service::Service<R> for Noting
where
    Front: hyper::service::Service<R>,
{
    type Response = <Front as hyper::service::Service<R>>::Response;
    type Error = <Front as hyper::service::Service<R>>::Error;
    type Future = <Front as hyper::service::Service<R>>::Future;

    fn call(&self, request: R) -> Self::Future {
        self.spoke.store(true, Ordering::Relaxed);
        self.front.call(request)
    }
}

/// Accepting failed: out of file descriptors, or the peer went away. Rests a moment rather than spinning.
async fn rest(error: &io::Error) {
    let gone = [io::ErrorKind::ConnectionAborted, io::ErrorKind::ConnectionReset, io::ErrorKind::ConnectionRefused];
    if !gone.contains(&error.kind()) {
        tracing::error!(%error, "could not accept a connection; trying again");
        sleep(Duration::from_millis(100)).await;
    }
}
