//! The server that the three processors share: HTTP/1.1 on 127.0.0.1, every request remembered, and bad weather on demand.

use std::{
    convert::Infallible,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use anyhow::Context;
use http_body_util::{BodyExt, Full};
use hyper::{
    Request, Response,
    body::{Bytes, Incoming},
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use tokio::{
    net::{TcpListener, TcpStream},
    task::{JoinHandle, JoinSet},
};

/// How the API behaves. The giver's pages stay fair, but for [`Server::down`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weather {
    /// As it should.
    Fair,
    /// Answers after so long.
    Slow(Duration),
    /// A proxy's HTML page with 502, nothing done.
    Html,
    /// 429, nothing done.
    Busy,
    /// 500, nothing done. Stripe remembers the 500 under the idempotency key.
    Broken,
    /// 500 after the work was done. Stripe remembers that one too.
    BrokenAfter,
    /// The work is done, and the connection breaks off before the answer.
    Lost,
}

/// A request that came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// `GET`, `POST`, …
    pub method: String,
    /// The path, without its query.
    pub path: String,
    /// What stands behind `?`.
    pub query: String,
    /// The headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

impl Asked {
    /// A header, or nothing.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str()).unwrap_or_default()
    }
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// Its headers.
    pub headers: Vec<(String, String)>,
    /// Its body.
    pub body: String,
}

impl Reply {
    /// A page that a giver sees.
    pub(super) fn page(status: u16, title: &str, inner: &str) -> Self {
        let body = format!(
            "<!doctype html><html lang=en><meta charset=utf-8><title>{title}</title><h1>{title}</h1>{inner}</html>"
        );
        Self { status, headers: vec![("content-type".into(), "text/html; charset=utf-8".into())], body }
    }

    /// To another address.
    pub(super) fn elsewhere(url: &str) -> Self {
        Self { status: 303, headers: vec![("location".into(), url.into())], body: String::new() }
    }

    pub(super) fn json(status: u16, body: &serde_json::Value) -> Self {
        Self { status, headers: vec![("content-type".into(), "application/json".into())], body: body.to_string() }
    }
}

/// What answers.
pub(super) trait Service: Send + Sync + 'static {
    /// The answer.
    fn answer(&self, asked: &Asked) -> Reply;
    /// Whether the weather reaches it.
    fn is_api(&self, path: &str) -> bool;
    /// The processor's own words for 429 or 500.
    fn failure(&self, status: u16) -> Reply;
    /// Its work was done, but this is what was answered.
    fn spoilt(&self, _asked: &Asked, _reply: &Reply) {}
    /// Its work was not done, and this is what was answered.
    fn broken(&self, _asked: &Asked, _reply: &Reply) {}
}

/// The server.
#[derive(Clone)]
pub struct Server {
    /// `http://127.0.0.1:PORT`.
    pub address: String,
    inner: Arc<Inner>,
}

struct Inner {
    socket: SocketAddr,
    service: Arc<dyn Service>,
    weather: Mutex<(Weather, Option<u32>)>,
    asked: Mutex<Vec<Asked>>,
    running: Mutex<Option<JoinHandle<()>>>,
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Server({})", self.address)
    }
}

pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A port, before it is known who answers there.
pub(super) async fn port() -> anyhow::Result<(TcpListener, String)> {
    let listener = TcpListener::bind("127.0.0.1:0").await.context("could not listen")?;
    let address = format!("http://{}", listener.local_addr()?);
    Ok((listener, address))
}

impl Server {
    pub(super) fn start(listener: TcpListener, address: String, service: Arc<dyn Service>) -> anyhow::Result<Self> {
        let socket = listener.local_addr()?;
        let (weather, asked) = (Mutex::new((Weather::Fair, None)), Mutex::default());
        let inner = Arc::new(Inner { socket, service, weather, asked, running: Mutex::default() });
        let server = Self { address, inner };
        server.serve(listener);
        Ok(server)
    }

    /// The weather from now on, or for so many requests.
    pub fn weather(&self, weather: Weather, requests: Option<u32>) {
        *locked(&self.inner.weather) = (weather, requests);
    }

    /// Every request to the API so far, also those that bad weather swallowed.
    #[must_use]
    pub fn asked(&self) -> Vec<Asked> {
        locked(&self.inner.asked).clone()
    }

    /// Stops to listen, and breaks every connection: connections are refused until [`Server::up`].
    pub async fn down(&self) {
        let running = locked(&self.inner.running).take();
        if let Some(running) = running {
            running.abort();
            // Ended when the listener is closed: an abort is an error, and the wanted one.
            drop(running.await);
        }
    }

    /// Listens again, on the same port, with everything it knew.
    ///
    /// # Errors
    /// When the port was taken meanwhile.
    pub async fn up(&self) -> anyhow::Result<()> {
        self.serve(TcpListener::bind(self.inner.socket).await.context("could not listen again")?);
        Ok(())
    }

    fn serve(&self, listener: TcpListener) {
        let inner = Arc::downgrade(&self.inner);
        let running = tokio::spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let Some(inner) = inner.upgrade() else { return };
                connections.spawn(connection(inner, stream));
                while connections.try_join_next().is_some() {}
            }
        });
        *locked(&self.inner.running) = Some(running);
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        if let Some(running) = locked(&self.running).take() {
            running.abort();
        }
    }
}

async fn connection(inner: Arc<Inner>, stream: TcpStream) {
    let service = service_fn(move |request| {
        let inner = Arc::clone(&inner);
        async move { inner.take(request).await }
    });
    // A client that hangs up is no matter.
    hyper::server::conn::http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .await
        .unwrap_or_default();
}

impl Inner {
    async fn take(&self, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, anyhow::Error> {
        let (parts, body) = request.into_parts();
        let body = body.collect().await?.to_bytes();
        let headers = parts.headers.iter();
        let asked = Asked {
            method: parts.method.to_string(),
            path: parts.uri.path().to_owned(),
            query: parts.uri.query().unwrap_or_default().to_owned(),
            headers: headers
                .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
                .collect(),
            body: String::from_utf8_lossy(&body).into_owned(),
        };
        let api = self.service.is_api(&asked.path);
        let weather = if api { self.weather_now() } else { Weather::Fair };
        if api {
            locked(&self.asked).push(asked.clone());
        }
        let reply = self.reply(weather, &asked).await?;
        let mut response = Response::builder().status(reply.status);
        for (name, value) in reply.headers {
            response = response.header(name, value);
        }
        Ok(response.body(Full::new(Bytes::from(reply.body)))?)
    }

    async fn reply(&self, weather: Weather, asked: &Asked) -> anyhow::Result<Reply> {
        Ok(match weather {
            Weather::Fair => self.service.answer(asked),
            Weather::Slow(time) => {
                tokio::time::sleep(time).await;
                self.service.answer(asked)
            }
            Weather::Html => Reply::page(502, "502 Bad Gateway", "<hr>nginx"),
            Weather::Busy => self.service.failure(429),
            Weather::Broken => {
                let reply = self.service.failure(500);
                self.service.broken(asked, &reply);
                reply
            }
            Weather::BrokenAfter => {
                self.service.answer(asked);
                let reply = self.service.failure(500);
                self.service.spoilt(asked, &reply);
                reply
            }
            Weather::Lost => {
                self.service.answer(asked);
                anyhow::bail!("the connection breaks off")
            }
        })
    }

    fn weather_now(&self) -> Weather {
        let mut weather = locked(&self.weather);
        let now = weather.0;
        if let Some(left) = weather.1 {
            *weather = if left <= 1 { (Weather::Fair, None) } else { (now, Some(left - 1)) };
        }
        now
    }
}

/// Posts a body; the status of the answer.
///
/// # Errors
/// When nobody answers.
pub(super) async fn post(url: &str, headers: &[(String, String)], body: String) -> anyhow::Result<u16> {
    let uri: hyper::Uri = url.parse()?;
    let host = uri.authority().context("an address without a host")?.to_string();
    let path = uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let stream = TcpStream::connect(&host).await?;
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
    let talking = tokio::spawn(async move { connection.await.unwrap_or_default() });
    let mut request = Request::post(path).header("host", host).header("content-type", "application/json");
    for (name, value) in headers {
        request = request.header(name, value);
    }
    let answer = sender.send_request(request.body(Full::new(Bytes::from(body)))?).await?;
    let status = answer.status().as_u16();
    drop(answer);
    talking.abort();
    Ok::<_, Infallible>(status).map_err(Into::into)
}
