//! Law 1: whoever asks for whatever, no address, user agent or referrer is written anywhere. A process of its own,
//! because it listens to everything that is logged, at the finest level.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::{
    io,
    sync::{Arc, Mutex},
};

use reqwest::{Client, redirect::Policy};
use testkit::TestNewsroom;
use tracing_subscriber::fmt::MakeWriter;

#[derive(Clone, Default)]
struct Everything(Arc<Mutex<Vec<u8>>>);

impl io::Write for Everything {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'w> MakeWriter<'w> for Everything {
    type Writer = Self;
    fn make_writer(&'w self) -> Self {
        self.clone()
    }
}

const CANARIES: [&str; 5] = ["CanaryAgent", "canary-referrer", "203.0.113.77", "canary-cookie", "canary-query"];

#[tokio::test(flavor = "multi_thread")]
async fn nothing_a_reader_sends_about_itself_is_written_anywhere() {
    let log = Everything::default();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(log.clone()).finish();
    tracing::subscriber::set_global_default(subscriber).unwrap();
    let (newsroom, anon) = TestNewsroom::new(testkit::Backend::Sqlite).await.unwrap();
    tracing::error!("the log is listened to");
    // The client's own log would name what it sends: it speaks raw HTTP/1.1 here.
    for path in ["/", "/nothing/", "/robots.txt", "/%00", "/-/health", "/media/x", "/feed.xml", "/?fbclid=canary-query"]
    {
        for method in ["GET", "HEAD", "POST"] {
            let request = format!(
                "{method} {path} HTTP/1.1\r\nhost: site.example\r\nuser-agent: CanaryAgent/1.0\r\nreferer: https://canary-referrer.example/\r\n\
                 x-forwarded-for: 203.0.113.77\r\nforwarded: for=203.0.113.77\r\ncookie: a=canary-cookie\r\n\
                 connection: close\r\ncontent-length: 0\r\n\r\n"
            );
            speak(&anon.address, request.as_bytes()).await;
        }
    }
    speak(&anon.address, b"GET / HTTP/1.1\r\nuser-agent: CanaryAgent\r\nbroken canary-referrer\r\n\r\n").await;
    let secrets = a_reader_comes_and_goes(&newsroom, &anon).await;
    let folder = newsroom.folder().to_path_buf();
    let logged = String::from_utf8_lossy(&log.0.lock().unwrap()).into_owned();
    assert!(logged.contains("the log is listened to"));
    for canary in CANARIES.into_iter().chain(secrets.iter().map(String::as_str)) {
        assert!(!logged.contains(canary), "`{canary}` was logged");
        for entry in files(&folder) {
            let bytes = std::fs::read(&entry).unwrap_or_default();
            let found = bytes.windows(canary.len()).any(|window| window == canary.as_bytes());
            assert!(!found, "`{canary}` was written to {}", entry.display());
        }
    }
    http_2(&anon.address, &log).await;
}

/// Signs up, confirms, changes preferences, leaves. What opens the reader's row must not be found anywhere, nor the address.
async fn a_reader_comes_and_goes(test: &TestNewsroom, anon: &testkit::Anon) -> Vec<String> {
    let newsroom = &test.newsroom;
    let now = newsroom.clock().now();
    let newsletter = model::Newsletter {
        id: model::NewsletterId::new(now, newsroom.chance()),
        slug: model::Slug::new("weekly").unwrap(),
        language: model::Language::english(),
        position: 0,
        active: true,
        made_at: now,
        settings: model::NewsletterSettings::default(),
    };
    let settings = model::Newsroom { address: Some("https://site.example".to_owned()), ..model::Newsroom::default() };
    let mut tx = newsroom.store().begin().await.unwrap();
    store::newsletter_insert(&mut tx, &newsletter).await.unwrap();
    store::newsroom_settings_set(&mut tx, &settings, now).await.unwrap();
    tx.commit().await.unwrap();
    let smtp = testkit::Smtp::start().await.unwrap();
    let relays = vec![outside::mail::Relay::new("main", &smtp.address).unwrap()];
    let sending = test.mailing(relays, outside::mail::Signer::default()).await.unwrap();
    let form = "address=canary-reader%40canary-mail.example&newsletter=weekly&language=en";
    post(&anon.address, "/-/newsletter/sign-up", form).await;
    post(&anon.address, "/-/newsletter/sign-up", "address=canary-reader%40canary-mail.example&newsletter=none").await;
    app::readers::outbox::run_due(&sending).await.unwrap();
    let confirm = token(&smtp.mails()[0], "confirm");
    for _ in 0..2 {
        post(&anon.address, &format!("/-/newsletter/confirm/{confirm}"), "").await;
    }
    post(&anon.address, "/-/newsletter/link", form).await;
    app::readers::outbox::run_due(&sending).await.unwrap();
    let preferences = token(&smtp.mails()[1], "preferences");
    let path = format!("/-/newsletter/preferences/{preferences}");
    post(&anon.address, &path, "newsletter=weekly&form=headlines&pause=2").await;
    post(&anon.address, &format!("{path}/export"), "").await;
    post(&anon.address, &format!("{path}/erase"), "sure=yes&after=fingerprint").await;
    app::readers::outbox::run_due(&sending).await.unwrap();
    assert_eq!(smtp.mails().len(), 3, "somebody did not get their mail");
    let mut secrets = vec!["canary-reader".to_owned(), "canary-mail".to_owned(), confirm, preferences];
    secrets.extend(a_reader_is_reminded(test, anon, &sending, &smtp).await);
    secrets.extend(a_reader_gives(test, anon, &sending, &smtp).await);
    secrets.extend(a_processor_tells(test).await);
    secrets
}

/// Asks to be reminded, in every way; is reminded, puts it off, stops it, erases everything.
async fn a_reader_is_reminded(
    test: &TestNewsroom,
    anon: &testkit::Anon,
    sending: &app::Newsroom,
    smtp: &testkit::Smtp,
) -> Vec<String> {
    let newsroom = &test.newsroom;
    let mut tx = newsroom.store().begin().await.unwrap();
    store::setting_set(&mut tx, "support.reminders", "true", newsroom.clock().now()).await.unwrap();
    tx.commit().await.unwrap();
    let form = "address=canary-reminded%40canary-mail.example&month=2025-08&every=1&language=en";
    for path in ["/-/support/remind", "/-/support/remind/calendar"] {
        post(&anon.address, path, form).await;
    }
    post(&anon.address, "/-/support/remind", "address=canary-reminded%40canary-mail.example&month=never").await;
    app::readers::outbox::run_due(sending).await.unwrap();
    let link = |number: usize, what: &str| smtp.mails()[number].token(&format!("/-/support/remind/{what}/"));
    let confirm = link(3, "confirm");
    post(&anon.address, &format!("/-/support/remind/confirm/{confirm}"), "").await;
    test.clock.set(model::Timestamp::parse("2025-08-01T12:00:00Z").unwrap());
    app::support::reminders::run_due(newsroom).await.unwrap();
    app::readers::outbox::run_due(sending).await.unwrap();
    let (own, stop) = (link(4, "own"), link(4, "stop"));
    post(&anon.address, &format!("/-/support/remind/own/{own}/again"), "months=3").await;
    post(&anon.address, &format!("/-/support/remind/stop/{stop}"), "List-Unsubscribe=One-Click").await;
    post(&anon.address, &format!("/-/support/remind/own/{own}/erase"), "").await;
    vec!["canary-reminded".to_owned(), confirm, own, stop]
}

/// Gives into the sandbox with an address and a message, changes their mind in every way, and has everything erased.
async fn a_reader_gives(
    test: &TestNewsroom,
    anon: &testkit::Anon,
    sending: &app::Newsroom,
    smtp: &testkit::Smtp,
) -> Vec<String> {
    takes_contributions(&test.newsroom).await;
    let form = "frequency=monthly&currency=USD&amount-monthly=500&language=en&address=canary-giver%40canary-mail.example\
                &message=canary-message";
    post(&anon.address, "/-/support/give", &format!("{form}&gateway=nobody")).await;
    let at = |answer: &str, place: &str| {
        let rest = answer.split_once(place).unwrap_or_else(|| panic!("no {place} in {answer}")).1;
        rest.split(['\r', '"', '/', '?']).next().unwrap_or_default().to_owned()
    };
    let begun = post(&anon.address, "/-/support/give", &format!("{form}&gateway=sandbox")).await;
    let thanks = at(&begun, "/-/support/sandbox/");
    let page = at(&begun, &format!("/-/support/sandbox/{thanks}/"));
    let paid = post(&anon.address, &format!("/-/support/sandbox/{thanks}/{page}"), "how=pay").await;
    assert_eq!(at(&paid, "/-/support/thanks/"), thanks);
    app::readers::outbox::run_due(sending).await.unwrap();
    let own = smtp.mails().last().unwrap().token("/-/support/manage/");
    for deed in ["do=change&amount=7&frequency=annual", "do=pause", "do=resume", "do=method", "do=export", "do=cancel"]
    {
        post(&anon.address, &format!("/-/support/manage/{own}"), deed).await;
    }
    post(&anon.address, "/-/support/link", "address=canary-giver%40canary-mail.example&language=en").await;
    app::readers::outbox::run_due(sending).await.unwrap();
    post(&anon.address, &format!("/-/support/manage/{own}"), "do=erase&sure=yes").await;
    vec!["canary-giver".to_owned(), "canary-message".to_owned(), thanks, own]
}

async fn takes_contributions(newsroom: &app::Newsroom) {
    let settings = model::SupportSettings { open: true, ..model::SupportSettings::default() };
    let mut tx = newsroom.store().begin().await.unwrap();
    let json = serde_json::to_string(&settings).unwrap();
    store::setting_set(&mut tx, app::support::KEY, &json, newsroom.clock().now()).await.unwrap();
    tx.commit().await.unwrap();
}

/// A processor tells who pays, in webhooks that are signed; somebody else sends one that is not.
async fn a_processor_tells(test: &TestNewsroom) -> Vec<String> {
    let (stripe, node, anon) = test.taking_by_stripe().await.unwrap();
    let form = "frequency=monthly&currency=USD&amount-monthly=500&language=en&gateway=stripe";
    post(&anon.address, "/-/support/give", form).await;
    let session = stripe.objects("checkout.session").pop().unwrap();
    let path = format!("/c/pay/{}", session["id"].as_str().unwrap());
    post(&stripe.address, &path, "action=pay&email=canary-payer%40canary-mail.example").await;
    let delivered = stripe.deliver_all().await;
    assert!(delivered.iter().any(|one| one.status == Some(200)), "{delivered:?}");
    app::support::contributions::run_due(&node).await.unwrap();
    let mut tx = node.store().read().await.unwrap();
    let given =
        store::contribution_in_states(&mut tx, model::GatewayName::Stripe, model::ContributionState::ALL, None, 9);
    assert!(given.await.unwrap()[0].contact.is_some(), "who pays was not told");
    for body in ["{\"email\": \"canary-hook@canary-mail.example\"}", "canary-hook"] {
        post(&anon.address, "/-/hooks/pay/stripe", body).await;
    }
    vec!["canary-payer".to_owned(), "canary-hook".to_owned(), "Jenny Rosen".to_owned()]
}

async fn post(address: &str, path: &str, form: &str) -> String {
    let request = format!(
        "POST {path} HTTP/1.1\r\nhost: site.example\r\nuser-agent: CanaryAgent/1.0\r\nx-forwarded-for: 203.0.113.77\r\n\
         content-type: application/x-www-form-urlencoded\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{form}",
        form.len()
    );
    // It waits for the answer, as a browser does.
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let mut stream = tokio::net::TcpStream::connect(address.trim_start_matches("http://")).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 "), "no answer");
    String::from_utf8_lossy(&answer).into_owned()
}

/// The token of a link in a mail.
fn token(mail: &testkit::Mail, what: &str) -> String {
    mail.token(&format!("/-/newsletter/{what}/"))
}

/// The same over HTTP/2, from a client whose own log is told apart by its target.
async fn http_2(address: &str, log: &Everything) {
    log.0.lock().unwrap().clear();
    let client =
        Client::builder().http2_prior_knowledge().redirect(Policy::none()).user_agent("CanaryAgent").build().unwrap();
    let answer =
        client.get(format!("{address}/")).header("referer", "https://canary-referrer.example/").send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 200);
    let logged = String::from_utf8_lossy(&log.0.lock().unwrap()).into_owned();
    for line in logged.lines().filter(|line| line.contains("Canary") || line.contains("canary")) {
        assert!(line.contains("reqwest") || line.contains("hyper_util::client"), "logged: {line}");
    }
}

async fn speak(address: &str, request: &[u8]) {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let mut stream = tokio::net::TcpStream::connect(address.trim_start_matches("http://")).await.unwrap();
    stream.write_all(request).await.unwrap();
    stream.shutdown().await.unwrap();
    let mut answer = Vec::new();
    let _ended = stream.read_to_end(&mut answer).await;
}

fn files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}
