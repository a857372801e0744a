//! Access tokens: asked for with the client's id and secret, and kept until shortly before their end.

use std::time::{Duration, Instant};

use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use http::{HeaderValue, header};
use serde_json::Value;
use tokio::sync::Mutex;
use zeroize::Zeroizing;

use super::super::{
    GatewayError, Secret,
    values::{some, text, whole},
    wire::{Ask, Wire},
};

/// How long before its end a token is not used any more.
const BEFORE_END: Duration = Duration::from_secs(120);

/// A token that is kept.
#[derive(Debug, Default)]
pub(super) struct Kept(Mutex<Option<Token>>);

/// A token.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) header: HeaderValue,
    /// What it may be used for, as PayPal says.
    pub(super) scope: String,
    until: Instant,
}

impl Kept {
    /// A token that is good, made anew where none is kept. Whoever comes meanwhile waits for the same.
    pub(super) async fn get(&self, wire: &Wire, client: &str, key: &Secret) -> Result<Token, GatewayError> {
        let mut kept = self.0.lock().await;
        if let Some(token) = kept.as_ref().filter(|token| token.until > Instant::now()) {
            return Ok(token.clone());
        }
        let token = make(wire, client, key).await?;
        *kept = Some(token.clone());
        Ok(token)
    }

    /// A token was not taken: it is not used again.
    pub(super) async fn drop(&self, token: &Token) {
        let mut kept = self.0.lock().await;
        if kept.as_ref().is_some_and(|kept| kept.header == token.header) {
            *kept = None;
        }
    }
}

async fn make(wire: &Wire, client: &str, key: &Secret) -> Result<Token, GatewayError> {
    let both = Zeroizing::new(format!("{client}:{}", key.reveal()));
    let basic = Secret::new(&BASE64.encode(both.as_bytes())).header("Basic ").ok_or_else(|| wire.no_key())?;
    let form = [("grant_type".to_owned(), "client_credentials".to_owned())];
    let ask = Ask::post("/v1/oauth2/token").header(header::AUTHORIZATION, basic).form(&form).harmless();
    let answer = wire.send(ask).await?;
    if answer.status != 200 {
        return Err(wire.refused(some(&answer.json, "/error").unwrap_or("no token")));
    }
    read(&answer.json).ok_or_else(|| wire.unclear("a token that is none"))
}

fn read(answer: &Value) -> Option<Token> {
    let header = Secret::new(some(answer, "/access_token")?).header("Bearer ")?;
    let seconds = u64::try_from(whole(answer, "/expires_in")?).ok()?;
    let until = Instant::now().checked_add(Duration::from_secs(seconds).saturating_sub(BEFORE_END))?;
    Some(Token { header, scope: text(answer, "/scope").to_owned(), until })
}
