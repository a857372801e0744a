//! An editor over HTTP: one request a connection, which is the dearest way to ask.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use totp_rs::{Builder, Secret};

/// What came back.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) head: String,
    pub(super) body: String,
    /// From the first byte of the question to the last of the answer.
    pub(super) took: Duration,
}

/// Somebody signed in.
pub(super) struct Editor {
    port: u16,
    cookie: String,
    csrf: String,
}

impl Editor {
    /// Joins by a one-time link with an access key and an authenticator, as people do where passkeys can't be.
    pub(super) fn join(port: u16, link: &str) -> anyhow::Result<Self> {
        let path = link.find("/desk/").map(|at| &link[at..]).context("the link leads to no desk")?;
        let mut editor = Self::nobody(port);
        let shown = editor.form(path, &[("handle", "bench")])?;
        let field = |name: &str| between(&shown.body, &format!("name=\"{name}\" value=\""), "\"").map(str::to_owned);
        let (key, secret) = (field("key")?, field("secret")?);
        let totp = Builder::new().with_secret(Secret::try_from_base32(&secret)?).build()?;
        let code = totp.generate_current().to_string();
        let form = [("handle", "bench"), ("key", &key), ("secret", &secret), ("language", "en"), ("code", &code)];
        let joined = editor.form(path, &form)?;
        editor.cookie = between(&joined.head, "__Host-desk=", ";").context("nobody was signed in")?.to_owned();
        editor.cookie.insert_str(0, "__Host-desk=");
        let page = editor.get("/desk/stories")?;
        editor.csrf = between(&page.body, "name=\"csrf\" value=\"", "\"")?.to_owned();
        Ok(editor)
    }

    /// Somebody who reads, and is nobody to the program.
    pub(super) fn nobody(port: u16) -> Self {
        Self { port, cookie: String::new(), csrf: String::new() }
    }

    pub(super) fn get(&self, path: &str) -> anyhow::Result<Answer> {
        self.ask("GET", path, "text/plain", "")
    }

    /// A page that must be there.
    pub(super) fn page(&self, path: &str) -> anyhow::Result<Answer> {
        let answer = self.get(path)?;
        ensure!(answer.status == 200, "{path} is {}", answer.status);
        Ok(answer)
    }

    /// How many bytes a browser gets for a page, head and body.
    pub(super) fn wire_bytes(&self, path: &str) -> anyhow::Result<usize> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        let asked = "Connection: close\r\nAccept: text/html\r\nAccept-Encoding: gzip, br";
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\n{asked}\r\n\r\n")?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        ensure!(bytes.starts_with(b"HTTP/1.1 200"), "{path} is not there");
        Ok(bytes.len())
    }

    /// Sends a form; none of the values needs escaping but for `+`, `&`, `=`, `%` and spaces.
    pub(super) fn form(&self, path: &str, fields: &[(&str, &str)]) -> anyhow::Result<Answer> {
        let escaped = |text: &str| {
            let odd = |c: char| !c.is_ascii_alphanumeric() && !"-_.".contains(c);
            text.chars()
                .map(|c| if odd(c) { format!("%{:02X}", u32::from(c)) } else { c.to_string() })
                .collect::<String>()
        };
        let all = fields.iter().map(|(name, value)| format!("{name}={}", escaped(value)));
        let body =
            all.chain((!self.csrf.is_empty()).then(|| format!("csrf={}", self.csrf))).collect::<Vec<_>>().join("&");
        self.ask("POST", path, "application/x-www-form-urlencoded", &body)
    }

    pub(super) fn put(&self, path: &str, json: &serde_json::Value) -> anyhow::Result<Answer> {
        self.ask("PUT", path, "application/json", &json.to_string())
    }

    fn ask(&self, method: &str, path: &str, kind: &str, body: &str) -> anyhow::Result<Answer> {
        let Self { port, cookie, csrf } = self;
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\nCookie: {cookie}\r\n\
             X-CSRF-Token: {csrf}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let begun = Instant::now();
        let mut stream =
            TcpStream::connect(("127.0.0.1", *port)).with_context(|| format!("could not ask for {path}"))?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        stream.write_all(request.as_bytes())?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).with_context(|| format!("{path} was not answered"))?;
        let took = begun.elapsed();
        let text = String::from_utf8_lossy(&bytes);
        let (head, body) = text.split_once("\r\n\r\n").with_context(|| format!("{path} was answered with nonsense"))?;
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).context("there is no status")?;
        Ok(Answer { status, head: head.to_owned(), body: body.to_owned(), took })
    }
}

/// What stands between two texts.
pub(super) fn between<'t>(text: &'t str, before: &str, after: &str) -> anyhow::Result<&'t str> {
    let rest = text.split_once(before).with_context(|| format!("`{before}` does not stand there"))?.1;
    Ok(rest.split_once(after).map_or(rest, |(found, _)| found))
}
