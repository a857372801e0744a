//! What is found when everything is taken: the database with its log, the backup, every file beside them. Nobody's address.

use std::path::Path;

use app::{
    backup,
    readers::{self, After, Change, Confirmed, Pause},
};
use model::MailForm;
use testkit::both_backends;

use super::{Letters, form, link};

/// Enough to go every way several times.
const CANARIES: usize = 60;

fn canary(number: usize) -> String {
    format!("canary{number}x@canary-domain.example")
}

both_backends! {
    async fn no_address_is_found_in_anything_that_can_be_taken(newsroom: TestNewsroom, anon: Anon) {
        let letters = Letters::of(newsroom).await;
        letters.policy().await;
        let issue = letters.issue("weekly").await;
        let mut secrets = vec!["canary-domain".to_owned(), "CANARY".to_owned()];
        for number in 0..CANARIES {
            letters.test.clock.advance_millis(30_000);
            let address = canary(number);
            letters.sign_up(&address, &["weekly", "utro"]).await;
            if number % 10 == 0 {
                nothing_is_found(&letters, &secrets).await;
            }
            let mails = letters.sent().await;
            let token = link(mails.iter().find(|mail| mail.to == address).unwrap(), "confirm");
            secrets.push(token.clone());
            if number % 6 == 5 {
                readers::never(letters.newsroom(), &token).await.unwrap();
                continue;
            }
            let confirmed = readers::confirm(letters.newsroom(), &token).await.unwrap();
            assert!(matches!(confirmed, Confirmed::Done { .. }), "{number}: {confirmed:?}");
            let anna = letters.found(&address).await.unwrap();
            let preferences = letters.preferences(anna.id);
            through(&letters, number, &preferences, &letters.unsubscribe(issue, anna.id).mail()).await;
            secrets.push(preferences);
        }
        letters.sign_up(&canary(CANARIES), &["weekly"]).await;
        let file = letters.test.folder().join("backup.tar.zst");
        backup::write(letters.newsroom(), &file, &|_, _| {}).await.unwrap();
        nothing_is_found(&letters, &secrets).await;
    }
}

/// One of the ways that a reader goes.
async fn through(letters: &Letters, number: usize, preferences: &str, leaving: &str) {
    match number % 6 {
        0 => {
            let change = Change {
                newsletters: vec!["utro".to_owned()],
                language: None,
                form: MailForm::Headlines,
                neutral: true,
                pause: Some(Pause::Open),
            };
            readers::save(letters.newsroom(), preferences, &change).await.unwrap();
            readers::export(letters.newsroom(), preferences).await.unwrap();
        }
        1 => drop(readers::erase(letters.newsroom(), preferences, After::Fingerprint, None).await.unwrap()),
        2 => drop(readers::mail_unsubscribe(letters.newsroom(), leaving).await.unwrap()),
        3 => {
            letters.lock().await;
            readers::leave(letters.newsroom(), leaving, false).await.unwrap();
            letters.unlock().await;
        }
        _ => {
            // Asked for, and never sent: it is in the outbox still.
            readers::ask_link(letters.newsroom(), &form(&canary(number), &[]), None).await.unwrap();
        }
    }
}

/// Looks into every file, packed ones unpacked, and into every row as it is told.
async fn nothing_is_found(letters: &Letters, secrets: &[String]) {
    let mut taken = Vec::new();
    files(letters.test.folder(), &mut taken);
    let mut tx = letters.newsroom().store().read().await.unwrap();
    for table in store::schema::TABLES {
        let rows = store::dump::rows(&mut tx, table.name, None, i64::from(i32::MAX)).await.unwrap();
        taken.push((format!("table {}", table.name), serde_json::to_vec(&rows).unwrap()));
    }
    assert!(taken.iter().any(|(name, bytes)| name == "table outbox" && bytes.len() > 2), "nothing waits");
    for (name, bytes) in &taken {
        for secret in secrets {
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "{secret} is in {name}");
        }
    }
}

fn files(folder: &Path, taken: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, taken);
            continue;
        }
        let bytes = std::fs::read(&path).unwrap_or_default();
        if let Ok(unpacked) = zstd::decode_all(bytes.as_slice()) {
            taken.push((format!("{} unpacked", path.display()), unpacked));
        }
        taken.push((path.display().to_string(), bytes));
    }
}
