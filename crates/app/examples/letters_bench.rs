//! What `cargo xtask bench --letters` needs beside the program that it measures.
//!
//! `letters_bench seed FOLDER READERS` fills a new newsroom on SQLite by its own use cases: a newsletter, a list that is taken
//! in, and an issue of some 30 KB that the next server begins to send. `letters_bench watch FOLDER` prints where the issue
//! stands, a line of JSON twice a second, until it is sent or nobody reads on.

use std::{
    error::Error,
    fmt::Write as _,
    io::Write as _,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use app::{
    Newsroom, Parts, delivery,
    issues::{self, Change, New},
    lists::{self, ListImport, System},
    mailer::Mailer,
    settings, vault,
};
use model::{Chance, Clock, Handle, IssueContent, IssueState, Language, OsChance, Role, Staff, StaffId, SystemClock};
use outside::{Hooks, Objects};
use serde_json::json;
use store::{Location, Store};

type Outcome<T> = Result<T, Box<dyn Error>>;

#[tokio::main]
async fn main() -> Outcome<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["seed", folder, readers] => seed(Path::new(folder), readers.parse()?).await,
        ["watch", folder] => watch(&open(Path::new(folder)).await?).await,
        _ => Err("write: letters_bench seed FOLDER READERS, or letters_bench watch FOLDER".into()),
    }
}

async fn open(folder: &Path) -> Outcome<Newsroom> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let location = Location::parse(&format!("sqlite:{}", folder.join("newsroom.db").display()))?;
    let newsroom = Newsroom::new(Parts {
        store: Store::open(&location, &*clock).await?,
        objects: Objects::open("file:objects", folder)?,
        hooks: Hooks::default(),
        mailer: Mailer::none(Arc::clone(&clock))?,
        clock,
        chance: Arc::new(OsChance),
        theme_dir: None,
        ways: app::back::Ways::default(),
        keyring: Some(folder.join("keys/keyring")),
        gateways: app::support::Gateways::default(),
        cache_bytes: 1 << 20,
        abort_at: None,
    })?;
    vault::open(&newsroom, None).await?;
    Ok(newsroom)
}

async fn seed(folder: &Path, readers: usize) -> Outcome<()> {
    let newsroom = open(folder).await?;
    let editor = editor(&newsroom).await?;
    let address = [("address".to_owned(), "https://news.example".to_owned())];
    settings::change(&newsroom, "bench", &address).await?.map_err(|wrong| format!("{wrong:?}"))?;
    let newsletter = issues::make(&newsroom, &editor, &New { name: "The week".to_owned(), ..New::default() }).await?;
    let made = issues::newsletter(&newsroom, newsletter).await?;
    let form = issues::Settings { sender: "letter@news.example".to_owned(), ..issues::Settings::of(&made) };
    issues::change_newsletter(&newsroom, &editor, newsletter, &form).await?;
    let begun = Instant::now();
    import(&newsroom, folder, readers).await?;
    let seconds = begun.elapsed().as_secs_f64();
    let issue = issues::create(&newsroom, &editor, newsletter).await?;
    let change = Change {
        subject: "The week in Verden".to_owned(),
        preview: "What the court heard".to_owned(),
        intro: serde_json::from_value(text())?,
        ..Change::of(&IssueContent::default())
    };
    let issues::Saved { version, .. } = issues::save(&newsroom, &editor, issue, 1, &change).await?;
    issues::approve(&newsroom, &editor, issue, version, true).await?;
    newsroom.store().close().await;
    println!("{}", json!({ "readers": readers, "import_seconds": seconds }));
    Ok(())
}

async fn editor(newsroom: &Newsroom) -> Outcome<Staff> {
    let (now, chance): (_, &dyn Chance) = (newsroom.clock().now(), newsroom.chance());
    let staff = Staff {
        id: StaffId::new(now, chance),
        handle: Handle::parse("vera").ok_or("no pen name")?,
        role: Role::NewsletterEditor,
        active: true,
        language: Language::english(),
        created_at: now,
    };
    let mut tx = newsroom.store().begin().await?;
    store::staff_insert(&mut tx, &staff).await?;
    tx.commit().await?;
    Ok(staff)
}

/// Takes in a list of Ghost's, of readers at seven mailbox providers.
async fn import(newsroom: &Newsroom, folder: &Path, readers: usize) -> Outcome<()> {
    const DOMAINS: [&str; 7] =
        ["gmail.com", "outlook.com", "yahoo.com", "mail.example", "gmx.net", "proton.me", "yandex.ru"];
    let path = folder.join("members.csv");
    let mut text = "email,name,subscribed_to_emails,created_at,deleted_at\n".to_owned();
    for number in 0..readers {
        writeln!(text, "reader.number.{number}@{},,true,2024-02-01T00:00:00Z,", DOMAINS[number % DOMAINS.len()])?;
    }
    std::fs::write(&path, text)?;
    let list = ListImport::new(System::Ghost, vec![path.clone()]);
    let report = lists::import(newsroom, "bench", &list, Arc::new(|_, _, _| {})).await?;
    std::fs::remove_file(&path)?;
    if report.imported != readers as u64 {
        return Err(format!("{} of {readers} readers were taken in", report.imported).into());
    }
    Ok(())
}

/// Some 10 KB of text: a mail of about 30 KB.
fn text() -> serde_json::Value {
    let sentence =
        "The court in Verden heard the case of the dismissed harbour pilots, who say that nobody told them. ";
    let paragraph =
        json!({ "type": "paragraph", "content": [{ "type": "text", "text": sentence.repeat(4).trim_end() }] });
    json!({ "version": 1, "blocks": vec![paragraph; 26] })
}

async fn watch(newsroom: &Newsroom) -> Outcome<()> {
    loop {
        let mut tx = newsroom.store().read().await?;
        let newsletter = store::newsletter_all(&mut tx).await?.first().map(|one| one.id).ok_or("no newsletter")?;
        let issue = issues::issues(newsroom, newsletter, 1, 0).await?.0.first().map(|one| one.id).ok_or("no issue")?;
        drop(tx);
        let report = delivery::report(newsroom, issue).await?;
        let (standing, sending) = (report.standing, report.sending);
        let told = json!({ "state": sending.state, "frozen": sending.frozen, "standing": standing });
        // Whoever reads this ends it by reading no more.
        if writeln!(std::io::stdout(), "{told}").is_err() || sending.state == IssueState::Sent {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}
