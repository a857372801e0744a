//! One conversation of the server.

use std::sync::Arc;

use anyhow::{Context, bail};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use super::{Do, Encryption, Inner, Mail, Moment, Stage, locked};

trait Bytes: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Bytes for T {}

struct Talk<'i> {
    inner: &'i Arc<Inner>,
    stream: BufReader<Box<dyn Bytes>>,
    number: usize,
    encrypted: bool,
    login: Option<(String, String)>,
    from: Option<String>,
    to: Option<String>,
}

/// Talks until one of both has enough.
pub(super) async fn talk(inner: &Arc<Inner>, stream: TcpStream, number: usize) -> anyhow::Result<()> {
    stream.set_nodelay(true)?;
    let encrypted = inner.encryption == Encryption::Tls;
    let stream: Box<dyn Bytes> =
        if encrypted { Box::new(inner.acceptor.accept(stream).await?) } else { Box::new(stream) };
    let mut talk = Talk { inner, stream: BufReader::new(stream), number, encrypted, login: None, from: None, to: None };
    if talk.act(Stage::Connect, "220 localhost ESMTP").await? {
        while talk.command().await? {}
    }
    Ok(())
}

impl Talk<'_> {
    /// One command; false when the conversation is over.
    async fn command(&mut self) -> anyhow::Result<bool> {
        let line = self.line().await?;
        let word = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        locked(&self.inner.commands).push(if word == "AUTH" { word.clone() } else { line.clone() });
        let path = || line.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map(|(path, _)| path.to_owned());
        match word.as_str() {
            "EHLO" | "HELO" => {
                let reply = self.hello();
                self.act(Stage::Hello, &reply).await
            }
            "STARTTLS" => self.start_tls().await,
            "AUTH" => self.auth(&line).await,
            "MAIL" if self.from.is_some() => self.say("503 5.5.1 nested MAIL command").await,
            "MAIL" => {
                let went = self.act(Stage::From, "250 2.1.0 Ok").await;
                self.from = path();
                went
            }
            "RCPT" if self.from.is_none() => self.say("503 5.5.1 need MAIL command").await,
            "RCPT" => {
                self.to = path();
                let act = self.ask(Stage::To);
                if matches!(act, Do::Say(_)) {
                    self.to = None;
                }
                self.go(act, "250 2.1.5 Ok").await
            }
            "DATA" if self.to.is_none() => self.say("554 5.5.1 no valid recipients").await,
            "DATA" => self.data().await,
            "RSET" => {
                (self.from, self.to) = (None, None);
                self.act(Stage::Other, "250 2.0.0 Ok").await
            }
            "QUIT" => {
                self.say("221 2.0.0 Bye").await?;
                Ok(false)
            }
            _ => self.act(Stage::Other, "250 2.0.0 Ok").await,
        }
    }

    fn hello(&self) -> String {
        let tls = (self.inner.encryption == Encryption::StartTls && !self.encrypted).then_some("STARTTLS");
        let lines: Vec<&str> =
            ["localhost"].into_iter().chain(self.inner.offers.iter().map(String::as_str)).chain(tls).collect();
        let last = lines.len() - 1;
        let lines =
            lines.iter().enumerate().map(|(at, line)| format!("250{}{line}", if at == last { ' ' } else { '-' }));
        lines.collect::<Vec<_>>().join("\r\n")
    }

    async fn start_tls(&mut self) -> anyhow::Result<bool> {
        let act = self.ask(Stage::StartTls);
        if act == Do::TakeAndHangUp {
            self.say("220 2.0.0 go ahead").await?;
        }
        if !self.go(act, "220 2.0.0 go ahead").await? {
            return Ok(false);
        }
        let plain: Box<dyn Bytes> = Box::new(tokio::io::empty());
        let stream = std::mem::replace(&mut self.stream, BufReader::new(plain)).into_inner();
        self.stream = BufReader::new(Box::new(self.inner.acceptor.accept(stream).await?));
        self.encrypted = true;
        Ok(true)
    }

    /// AUTH PLAIN with its answer, or AUTH LOGIN in three steps; the answers stay as base64 has them.
    async fn auth(&mut self, line: &str) -> anyhow::Result<bool> {
        let mut words = line.split(' ').skip(1);
        let login = match (words.next().map(str::to_ascii_uppercase).as_deref(), words.next()) {
            (Some("PLAIN"), Some(secret)) => (secret.to_owned(), String::new()),
            (Some("LOGIN"), None) => {
                self.say("334 VXNlcm5hbWU6").await?;
                let user = self.line().await?;
                self.say("334 UGFzc3dvcmQ6").await?;
                (user, self.line().await?)
            }
            _ => return self.say("504 5.5.4 not known").await,
        };
        self.login = Some(login);
        self.act(Stage::Login, "235 2.7.0 Welcome").await
    }

    async fn data(&mut self) -> anyhow::Result<bool> {
        let act = self.ask(Stage::Data);
        let refused = matches!(act, Do::Say(_));
        let goes = self.go(act, "354 go ahead").await?;
        if !goes || refused {
            return Ok(goes);
        }
        let mut bytes = Vec::new();
        loop {
            let mut line = Vec::new();
            if self.stream.read_until(b'\n', &mut line).await? == 0 {
                bail!("the mail broke off");
            }
            if bytes.is_empty() && !self.body().await? {
                return Ok(false);
            }
            if line == b".\r\n" {
                break;
            }
            bytes.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
        }
        self.end(bytes).await
    }

    /// What is done while a mail comes.
    async fn body(&mut self) -> anyhow::Result<bool> {
        match self.ask(Stage::Body) {
            Do::Say(text) => {
                self.say(text).await?;
                Ok(false)
            }
            Do::Hang => self.hang().await,
            Do::HangUp | Do::TakeAndHangUp => Ok(false),
            Do::Go | Do::GoTwice => Ok(true),
            Do::GoSlowly(pause) => {
                tokio::time::sleep(pause).await;
                Ok(true)
            }
        }
    }

    async fn end(&mut self, bytes: Vec<u8>) -> anyhow::Result<bool> {
        let act = self.ask(Stage::End);
        let mail = Mail {
            from: self.from.take().unwrap_or_default(),
            to: self.to.take().unwrap_or_default(),
            bytes,
            login: self.login.clone(),
            encrypted: self.encrypted,
            connection: self.number,
        };
        if matches!(act, Do::Go | Do::GoTwice | Do::GoSlowly(_) | Do::TakeAndHangUp) {
            locked(&self.inner.mails).push(mail);
        }
        self.go(act, "250 2.0.0 Ok: queued as 4T7").await
    }

    fn ask(&self, stage: Stage) -> Do {
        let count = {
            let mut counts = locked(&self.inner.counts);
            let count = counts.entry(stage).or_default();
            *count += 1;
            *count - 1
        };
        let to = self.to.clone().unwrap_or_default();
        (self.inner.act)(&Moment { stage, count, connection: self.number, to })
    }

    async fn act(&mut self, stage: Stage, good: &str) -> anyhow::Result<bool> {
        let act = self.ask(stage);
        self.go(act, good).await
    }

    async fn go(&mut self, act: Do, good: &str) -> anyhow::Result<bool> {
        match act {
            Do::Go => self.say(good).await,
            Do::Say(text) => {
                self.say(text).await?;
                Ok(!text.starts_with("421"))
            }
            Do::GoTwice => self.say(&format!("{good}\r\n{good}")).await,
            Do::GoSlowly(pause) => {
                tokio::time::sleep(pause).await;
                self.say(good).await
            }
            Do::Hang => self.hang().await,
            Do::HangUp | Do::TakeAndHangUp => Ok(false),
        }
    }

    /// Waits until the other side hangs up.
    async fn hang(&mut self) -> anyhow::Result<bool> {
        while !self.stream.fill_buf().await?.is_empty() {
            let length = self.stream.buffer().len();
            self.stream.consume(length);
        }
        Ok(false)
    }

    async fn say(&mut self, text: &str) -> anyhow::Result<bool> {
        self.stream.write_all(format!("{text}\r\n").as_bytes()).await?;
        self.stream.flush().await?;
        Ok(true)
    }

    async fn line(&mut self) -> anyhow::Result<String> {
        let mut line = String::new();
        if self.stream.read_line(&mut line).await? == 0 {
            bail!("the other side hung up");
        }
        let line = line.strip_suffix("\r\n").context("a line doesn't end in CRLF")?;
        Ok(line.to_owned())
    }
}
