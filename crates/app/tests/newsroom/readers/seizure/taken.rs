//! Everything that can be taken, and the search through it.

use std::{
    io::Write,
    path::Path,
    process::Command,
    sync::{Mutex, Once, PoisonError},
};

use store::Tx;

use crate::readers::Letters;

/// Lines of the log with one of these are kept, and no other.
const MARK: &str = "canary-domain";

static LOGGED: Mutex<String> = Mutex::new(String::new());

/// Takes down what the log says of readers, in this whole process.
struct Log;

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let line = String::from_utf8_lossy(bytes);
        if line.to_lowercase().contains(MARK) {
            LOGGED.lock().unwrap_or_else(PoisonError::into_inner).push_str(&line);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// From now on everything that this house's own crates log is listened to, down to the smallest.
pub(super) fn listening() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let filter =
            "info,app=trace,outside=trace,store=trace,vault=trace,web=trace,intake=trace,lettre=trace,sqlx=debug";
        let filter = tracing_subscriber::EnvFilter::new(filter);
        tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(|| Log).init();
    });
}

/// What is looked for.
pub(super) struct Taken {
    words: Vec<String>,
}

impl Taken {
    /// A domain as it is, and as it looks within base64 and in hexadecimal.
    pub(super) fn new(domain: &str) -> Self {
        let mut words = vec![MARK.to_owned(), "Bcc: x".to_owned(), data_encoding::HEXLOWER.encode(MARK.as_bytes())];
        for before in ["", "@", "x@"] {
            // Without the characters at both ends that depend on what stands beside it.
            let text = data_encoding::BASE64.encode(format!("{before}{domain}").as_bytes());
            words.push(text[before.len() * 2..text.len() - 6].to_owned());
        }
        Self { words }
    }

    /// A token that opens something of a reader's.
    pub(super) fn token(&mut self, token: &str) {
        self.words.push(token.to_owned());
    }

    /// Looks into every file, packed ones unpacked, into every row as it is told, into the database server's own folder and into
    /// the log.
    pub(super) async fn nothing_is_found(&self, letters: &Letters, when: &str) {
        let aside = tempfile::tempdir().unwrap();
        let words = aside.path().join("words");
        std::fs::write(&words, self.words.join("\n")).unwrap();
        let told = aside.path().join("told");
        std::fs::create_dir(&told).unwrap();
        let mut tx = letters.newsroom().store().read().await.unwrap();
        for table in store::schema::TABLES {
            let rows = store::dump::rows(&mut tx, table.name, None, i64::from(i32::MAX)).await.unwrap();
            std::fs::write(told.join(table.name), serde_json::to_vec(&rows).unwrap()).unwrap();
        }
        unpacked(letters.test.folder(), &told);
        // What is there to be found, so that a search that finds nothing means something.
        let planted = told.join("planted");
        std::fs::write(&planted, self.words.first().unwrap().to_uppercase()).unwrap();
        let mut folders = vec![letters.test.folder().to_owned(), told];
        if let Tx::Postgres(tx) = &mut tx {
            let folder: String = sqlx::query_scalar("SHOW data_directory").fetch_one(&mut **tx).await.unwrap();
            // A server elsewhere keeps its files where nobody here can look.
            folders.extend(Some(folder.into()).filter(|folder: &std::path::PathBuf| folder.is_dir()));
        }
        let mut all = String::new();
        for folder in folders {
            let mut grep = Command::new("grep");
            let found = grep.args(["-rliaF", "-f"]).arg(&words).arg(&folder).output().unwrap();
            all.push_str(&String::from_utf8_lossy(&found.stdout));
        }
        assert_eq!(all.trim(), planted.to_string_lossy(), "{when}: something of a reader is found");
        let logged = LOGGED.lock().unwrap_or_else(PoisonError::into_inner);
        assert!(logged.is_empty(), "{when}: an address is in the log: {logged}");
    }
}

/// Puts what is packed in a folder, unpacked, into another.
fn unpacked(folder: &Path, into: &Path) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            unpacked(&path, into);
        } else if let Ok(unpacked) = zstd::decode_all(std::fs::read(&path).unwrap_or_default().as_slice()) {
            std::fs::write(into.join(entry.file_name()).with_extension("unpacked"), unpacked).unwrap();
        }
    }
}
