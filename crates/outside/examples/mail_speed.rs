//! How fast personal mails go to a relay: `mail_speed PORT CONNECTIONS MAILS WAY`. `cargo xtask bench --mail` runs it.
//!
//! `WAY` is `plain`, `ed25519`, `rsa` or `both`, by our pool; with `lettre-` before it, the same bytes by that library's own pool as
//! it comes. Each mail is made, signed and sent: a reader's copy of one issue of 30 KB. Prints mails a second, and the process's
//! peak of resident memory in KiB. `mail_speed mail FILE` writes one such mail, with bare line ends.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use anyhow::{Context, bail, ensure};
use lettre::transport::smtp::PoolConfig;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use model::{SeededChance, SystemClock, Timestamp};
use outside::mail::{
    Algorithm, Blank, DkimKey, Envelope, Kind, Letter, Mailbox, Marks, Outcome, Personal, Pool, Priority, Relay,
    Settings, Signature, Signer, Template,
};

const DOMAIN: &str = "news.example";

#[tokio::main(worker_threads = 2)]
async fn main() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["mail", file] => {
            let mut mail = Vec::new();
            copy(&issue()?, &signer(&[Algorithm::Rsa])?, 1, &mut mail)?;
            std::fs::write(file, String::from_utf8(mail)?.replace("\r\n", "\n")).context("could not write the mail")
        }
        [port, connections, mails, way] => {
            let (port, connections, mails) = (port.parse()?, connections.parse()?, mails.parse()?);
            let (lettre, keys) = way.strip_prefix("lettre-").map_or((false, *way), |keys| (true, keys));
            let algorithms: &[Algorithm] = match keys {
                "plain" => &[],
                "ed25519" => &[Algorithm::Ed25519],
                "rsa" => &[Algorithm::Rsa],
                "both" => &[Algorithm::Rsa, Algorithm::Ed25519],
                other => bail!("there is no way `{other}`"),
            };
            let rate = if lettre {
                lettres(port, connections, mails, algorithms).await?
            } else {
                ours(port, connections, mails, algorithms).await?
            };
            println!("{rate:.0} {}", peak()?);
            Ok(())
        }
        _ => bail!("write: mail_speed PORT CONNECTIONS MAILS [lettre-]plain|ed25519|rsa|both"),
    }
}

/// The texts of an issue: about 30 KB as a mail.
fn texts(link: &str) -> (String, String) {
    let sentence =
        "The court in Verden heard the case of the dismissed harbour pilots, who say that nobody told them. ";
    let paragraph = sentence.repeat(4);
    let text = format!("Unsubscribe: {link}\n\n{}", format!("{paragraph}\n\n").repeat(24));
    let style = "margin:0 0 18px;font-size:18px;line-height:1.55";
    let html = format!("<p style=\"{style}\">{paragraph}</p>\n").repeat(36);
    let html = format!("<!DOCTYPE html>\n<html><body>{html}<p><a href=\"{link}\">Unsubscribe</a></p></body></html>\n");
    (text, html)
}

fn issue() -> anyhow::Result<Template> {
    let marks = Marks::new(&SeededChance::new(1));
    let (text, html) = texts(&marks.of(Blank::Unsubscribe));
    let letter = Letter {
        from: Mailbox { name: "The Weekly", address: "letter@news.example" },
        reply_to: None,
        date: Timestamp::from_millis(1_763_942_400_000),
        subject: "The week in Verden",
        text: &text,
        html: Some(&html),
        kind: Kind::List { id: "weekly.news.example", name: "The Weekly", feedback_id: None, by_mail: true },
    };
    Ok(Template::build(&letter, &marks)?)
}

fn signer(algorithms: &[Algorithm]) -> anyhow::Result<Signer> {
    let signature = |algorithm: &Algorithm| {
        let key = DkimKey::generate(*algorithm)?;
        Ok(Signature { domain: DOMAIN.to_owned(), selector: "a".to_owned(), key, unsigned: Vec::new() })
    };
    Ok(Signer::new(algorithms.iter().map(signature).collect::<anyhow::Result<_>>()?)?)
}

fn copy(issue: &Template, signer: &Signer, number: usize, out: &mut Vec<u8>) -> anyhow::Result<()> {
    let token = format!("{number:032x}");
    let personal = Personal {
        to: &format!("reader{number}@mail.example.org"),
        message_id: &format!("{token}@{DOMAIN}"),
        unsubscribe: &format!("https://{DOMAIN}/unsubscribe/{token}"),
        unsubscribe_mail: &format!("mailto:u.{token}@bounce.{DOMAIN}"),
        preferences: "",
    };
    Ok(issue.copy(&personal, signer, out)?)
}

async fn ours(port: u16, connections: usize, mails: usize, algorithms: &[Algorithm]) -> anyhow::Result<f64> {
    let relay = Relay::new("sink", &format!("smtp://127.0.0.1:{port}"))?;
    // The last connection is kept for other mails.
    let relay = Relay { connections: connections + 1, ..relay };
    let settings = Settings { mails: usize::MAX, ..Settings::default() };
    let pool = Pool::new(vec![relay], settings, Arc::new(SystemClock))?;
    let (issue, signer, next) = (Arc::new(issue()?), signer(algorithms)?, Arc::new(AtomicUsize::new(0)));
    let begun = Instant::now();
    let tasks = (0..connections).map(|_| {
        let (pool, issue, signer, next) = (pool.clone(), Arc::clone(&issue), signer.clone(), Arc::clone(&next));
        tokio::spawn(async move {
            let mut mail = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= mails {
                    return anyhow::Ok(());
                }
                let envelope = Envelope::new("b.1@bounce.news.example", &format!("reader{number}@mail.example.org"))?;
                copy(&issue, &signer, number, &mut mail)?;
                let outcome = pool.send(&envelope, &mail, Priority::List).await;
                ensure!(matches!(outcome, Outcome::Accepted { .. }), "{outcome:?}");
            }
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await??;
    }
    Ok(mails as f64 / begun.elapsed().as_secs_f64())
}

/// The same bytes by lettre's own pool.
async fn lettres(port: u16, connections: usize, mails: usize, algorithms: &[Algorithm]) -> anyhow::Result<f64> {
    let size = PoolConfig::new().max_size(u32::try_from(connections)?);
    let transport =
        AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous("127.0.0.1").port(port).pool_config(size).build();
    let (issue, signer, next) = (Arc::new(issue()?), signer(algorithms)?, Arc::new(AtomicUsize::new(0)));
    let begun = Instant::now();
    let tasks = (0..connections).map(|_| {
        let (transport, issue, signer, next) =
            (transport.clone(), Arc::clone(&issue), signer.clone(), Arc::clone(&next));
        tokio::spawn(async move {
            let mut mail = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= mails {
                    return anyhow::Ok(());
                }
                let (from, to) =
                    ("b.1@bounce.news.example".parse()?, format!("reader{number}@mail.example.org").parse()?);
                copy(&issue, &signer, number, &mut mail)?;
                transport.send_raw(&lettre::address::Envelope::new(Some(from), vec![to])?, &mail).await?;
            }
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await??;
    }
    Ok(mails as f64 / begun.elapsed().as_secs_f64())
}

fn peak() -> anyhow::Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("there is no peak")?;
    Ok(line.trim().trim_end_matches(" kB").trim().parse()?)
}
