//! Somebody at the desk, signed in: cookie and form token as a browser would carry them.

use anyhow::Context;
use app::staff::{self, Token};
use model::{Handle, Language, Role, Staff, StaffId};
use reqwest::{Method, RequestBuilder, redirect::Policy};

use crate::newsroom::{Anon, Answer, TestNewsroom, answer};

/// Somebody with an account and a session.
#[derive(Debug, Clone)]
pub struct Person {
    /// The account.
    pub staff: Staff,
    /// The session's token.
    pub token: Token,
    /// `http://localhost:PORT`: the desk's place.
    pub address: String,
    client: reqwest::Client,
}

impl TestNewsroom {
    /// Somebody with a role, signed in just now.
    ///
    /// # Errors
    /// When the database fails, or the pen name is taken.
    pub async fn person(&self, anon: &Anon, role: Role, handle: &str) -> anyhow::Result<Person> {
        let newsroom = &self.newsroom;
        let now = newsroom.clock().now();
        let staff = Staff {
            id: StaffId::new(now, newsroom.chance()),
            handle: Handle::parse(handle).context("no pen name")?,
            role,
            active: true,
            language: Language::english(),
            created_at: now,
        };
        let mut tx = newsroom.store().begin().await?;
        store::staff_insert(&mut tx, &staff).await?;
        let token = staff::begin_in_tx(newsroom, &mut tx, staff.id).await?;
        tx.commit().await?;
        let client = reqwest::Client::builder().redirect(Policy::none()).no_proxy().build()?;
        let address = anon.address.replace("127.0.0.1", "localhost");
        Ok(Person { staff, token, address, client })
    }
}

impl Person {
    /// A request that carries nothing yet but the address.
    pub fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let method = method.parse().unwrap_or(Method::GET);
        self.client.request(method, format!("{}{path}", self.address))
    }

    /// A request with the session's cookie.
    pub fn signed(&self, method: &str, path: &str) -> RequestBuilder {
        self.request(method, path).header("cookie", format!("__Host-desk={}", self.token.reveal()))
    }

    /// Asks for a page.
    ///
    /// # Panics
    /// When the server does not answer.
    pub async fn get(&self, path: &str) -> Answer {
        answer(self.signed("GET", path), path).await
    }

    /// Sends a form.
    ///
    /// # Panics
    /// When the server does not answer.
    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.append_pair("csrf", &self.token.csrf()).extend_pairs(form);
        let request = self.signed("POST", path).header("content-type", "application/x-www-form-urlencoded");
        answer(request.body(body.finish()), path).await
    }

    /// Sends JSON, as the editor does.
    ///
    /// # Panics
    /// When the server does not answer.
    pub async fn send(&self, method: &str, path: &str, json: &serde_json::Value) -> Answer {
        let request = self.signed(method, path).header("content-type", "application/json");
        answer(request.header("x-csrf-token", self.token.csrf()).body(json.to_string()), path).await
    }
}
