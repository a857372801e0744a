//! A gateway's address for one test: it answers as it is told, and remembers what it was asked.

use std::{
    convert::Infallible,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use http_body_util::{BodyExt, Full};
use hyper::{
    Request, Response,
    body::{Bytes, Incoming},
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use url::Url;

/// What was asked.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) method: String,
    /// With its query, decoded.
    pub(crate) path: String,
    pub(crate) headers: http::HeaderMap,
    pub(crate) body: String,
}

impl Asked {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// A field of a form.
    pub(crate) fn field(&self, name: &str) -> Option<String> {
        let fields = url::form_urlencoded::parse(self.body.as_bytes());
        fields.into_iter().find(|(own, _)| own == name).map(|(_, value)| value.into_owned())
    }
}

/// What is answered.
#[derive(Debug, Clone)]
pub(crate) enum Say {
    Json(u16, Value),
    Page(u16, &'static str),
    After(Duration),
    Bytes(usize),
    Elsewhere(String),
}

type Answers = dyn Fn(&Asked) -> Say + Send + Sync;

/// The server.
#[derive(Clone)]
pub(crate) struct Server {
    pub(crate) address: Url,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    pub(crate) async fn start(answers: impl Fn(&Asked) -> Say + Send + Sync + 'static) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        let server = Self { address, asked: Arc::default() };
        let (serving, answers): (Self, Arc<Answers>) = (server.clone(), Arc::new(answers));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (serving, answers) = (serving.clone(), Arc::clone(&answers));
                tokio::spawn(async move {
                    let service = service_fn(|request| serving.answer(request, &*answers));
                    let served =
                        hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service);
                    if let Err(error) = served.await {
                        eprintln!("a connection ended: {error}");
                    }
                });
            }
        });
        server
    }

    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn answer(&self, request: Request<Incoming>, answers: &Answers) -> Result<Response<Full<Bytes>>, Infallible> {
        let (parts, body) = request.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        let path = parts.uri.path_and_query().map(ToString::to_string).unwrap_or_default();
        let path = percent_encoding::percent_decode_str(&path).decode_utf8_lossy().into_owned();
        let asked = Asked {
            method: parts.method.to_string(),
            path,
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        };
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push(asked.clone());
        let (status, kind, body) = match answers(&asked) {
            Say::Json(status, value) => (status, "application/json", value.to_string().into()),
            Say::Page(status, page) => (status, "text/html", Bytes::from_static(page.as_bytes())),
            Say::Bytes(many) => (200, "application/json", vec![b' '; many].into()),
            Say::After(wait) => {
                tokio::time::sleep(wait).await;
                (200, "application/json", Bytes::from_static(b"{}"))
            }
            Say::Elsewhere(place) => {
                let away = Response::builder().status(302).header("location", place).body(Full::default());
                return Ok(away.unwrap());
            }
        };
        Ok(Response::builder().status(status).header("content-type", kind).body(Full::new(body)).unwrap())
    }
}
