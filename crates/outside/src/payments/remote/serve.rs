//! The till's side: it answers whoever has the secret, and does what the trait names.

use std::{
    convert::Infallible, future::Future, io, os::unix::fs::PermissionsExt, path::Path, pin::pin, sync::Arc,
    time::Duration,
};

use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use bytes::Bytes;
use http::{Method, Request, Response, StatusCode, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, UnixListener, UnixStream},
    sync::Semaphore,
    task::JoinSet,
};

use super::{
    super::{AnyGateway, GatewayError, HookRefused, Secret, wire::title},
    Place,
    call::{self, Call, Failed, MOST_BYTES, PATH, Question, Reply, Said},
};

/// Connections at a time.
const CONNECTIONS: usize = 256;
/// Waiting for a question's head.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);
/// Waiting for open questions when the till is asked to stop.
const LAST: Duration = Duration::from_secs(25);
/// Who may connect to the socket: its user and its group.
const SOCKET_MODE: u32 = 0o660;

/// A till that can be asked.
#[derive(Debug)]
pub enum Open {
    /// At a socket in the file system.
    Unix(UnixListener),
    /// At a port of this machine.
    Tcp(TcpListener),
}

impl Open {
    /// Begins to listen. A socket that a till left behind is taken over; one that is answered is not.
    ///
    /// # Errors
    /// When it can't be listened to there.
    pub async fn at(place: &Place) -> io::Result<Self> {
        match place {
            Place::Tcp(address) => TcpListener::bind(address).await.map(Self::Tcp),
            Place::Unix(path) => {
                left_behind(path).await?;
                let listener = UnixListener::bind(path)?;
                std::fs::set_permissions(path, std::fs::Permissions::from_mode(SOCKET_MODE))?;
                Ok(Self::Unix(listener))
            }
        }
    }
}

/// Takes away a socket that nobody answers at.
async fn left_behind(path: &Path) -> io::Result<()> {
    match UnixStream::connect(path).await {
        Ok(_) => Err(io::Error::new(io::ErrorKind::AddrInUse, "another till answers there")),
        Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => std::fs::remove_file(path),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

/// What is served.
struct Till {
    secret: Secret,
    gateways: Vec<AnyGateway>,
    lists: Lists,
}

/// Whether a till lists the pledges that a gateway holds, and who pays them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lists {
    /// It does not.
    Kept,
    /// It does: an import is under way.
    Given,
}

/// Answers questions until `stop`, then lets open ones end.
pub async fn serve(
    open: Open,
    secret: Secret,
    gateways: Vec<AnyGateway>,
    lists: Lists,
    stop: impl Future<Output = ()>,
) {
    let till = Arc::new(Till { secret, gateways, lists });
    let seats = Arc::new(Semaphore::new(CONNECTIONS));
    let mut connections = JoinSet::new();
    let mut stop = pin!(stop);
    loop {
        let Ok(seat) = Arc::clone(&seats).acquire_owned().await else { break };
        let accepted = tokio::select! {
            accepted = accept(&open) => accepted,
            () = &mut stop => break,
        };
        while connections.try_join_next().is_some() {}
        match accepted {
            Ok(stream) => {
                let till = Arc::clone(&till);
                connections.spawn(async move {
                    connection(&till, stream).await;
                    drop(seat);
                });
            }
            Err(error) => {
                tracing::warn!(%error, "a connection to the till could not be taken");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
    let ended = tokio::time::timeout(LAST, async { while connections.join_next().await.is_some() {} });
    if ended.await.is_err() {
        tracing::warn!("questions were still open when the till stopped");
    }
}

/// A connection of either kind.
trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

async fn accept(open: &Open) -> io::Result<Box<dyn Stream>> {
    Ok(match open {
        Open::Unix(listener) => Box::new(listener.accept().await?.0),
        Open::Tcp(listener) => Box::new(listener.accept().await?.0),
    })
}

async fn connection(till: &Till, stream: Box<dyn Stream>) {
    let service = service_fn(|request| async move { Ok::<_, Infallible>(till.answer(request).await) });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        // A newsroom that keeps a connection open must not keep the till from stopping.
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service);
    if let Err(error) = served.await {
        tracing::debug!(%error, "a connection to the till ended early");
    }
}

fn plain(status: StatusCode) -> Response<Full<Bytes>> {
    let mut answer = Response::new(Full::default());
    *answer.status_mut() = status;
    answer
}

impl Till {
    async fn answer(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let given = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        if !self.secret.is(given.and_then(|given| given.strip_prefix("Bearer ")).unwrap_or_default()) {
            return plain(StatusCode::UNAUTHORIZED);
        }
        if request.method() != Method::POST || request.uri().path() != PATH {
            return plain(StatusCode::NOT_FOUND);
        }
        let Ok(body) = Limited::new(request.into_body(), MOST_BYTES).collect().await else {
            return plain(StatusCode::PAYLOAD_TOO_LARGE);
        };
        let Ok(question) = serde_json::from_slice::<Question>(&body.to_bytes()) else {
            return plain(StatusCode::BAD_REQUEST);
        };
        let Some(gateway) = self.gateways.iter().find(|gateway| gateway.name() == question.gateway) else {
            return plain(StatusCode::NOT_FOUND);
        };
        let reply = match (&question.call, self.lists) {
            (Call::Held { .. }, Lists::Kept) => Err(Failed::Gateway(kept(gateway))),
            _ => ask(gateway, question.call).await,
        };
        match serde_json::to_vec(&reply) {
            Ok(body) => Response::new(Full::new(body.into())),
            Err(_) => plain(StatusCode::INTERNAL_SERVER_ERROR),
        }
    }
}

/// What is answered to whoever asks for a list while nobody imports.
fn kept(gateway: &AnyGateway) -> GatewayError {
    let why = "the till lists no givers; start it with `masthead till --import` for as long as the import takes";
    GatewayError::Away { gateway: title(gateway.name()).to_owned(), why: why.to_owned() }
}

async fn ask(gateway: &AnyGateway, call: Call) -> Reply {
    let done = |()| Said::Done;
    let standing = |said| Said::Standing(Box::new(said));
    let said = match call {
        Call::Start(ask) => gateway.start(&ask).await.map(Said::Started),
        Call::Fetch(object) => gateway.fetch(&object).await.map(standing),
        Call::Take(object) => gateway.take(&object).await.map(standing),
        Call::Close { session, key } => gateway.close(&session, &key).await.map(done),
        Call::Verify { now, headers, body } => {
            let body = BASE64.decode(body).map_err(|_| Failed::Hook(HookRefused::Unclear))?;
            let events = gateway.verify(now, &call::headers(&headers), &body).await;
            return events.map(Said::Events).map_err(Failed::Hook);
        }
        Call::Change { pledge, money, frequency, key } => {
            gateway.change(&pledge, money, frequency, &key).await.map(done)
        }
        Call::Pause { pledge, key } => gateway.pause(&pledge, &key).await.map(done),
        Call::Resume { pledge, key } => gateway.resume(&pledge, &key).await.map(done),
        Call::Cancel { pledge, key } => gateway.cancel(&pledge, &key).await.map(done),
        Call::MethodPage { pledge, back } => gateway.method_page(&pledge, &back).await.map(Said::Page),
        Call::Refund { payment, money, key } => gateway.refund(&payment, money, &key).await.map(done),
        Call::Since { place } => gateway.since(place.as_deref()).await.map(Said::Happened),
        Call::Held { which, after } => gateway.held(&which, after.as_deref()).await.map(Said::Held),
        Call::Lacking => gateway.lacking().await.map(Said::Lacking),
    };
    said.map_err(Failed::Gateway)
}
