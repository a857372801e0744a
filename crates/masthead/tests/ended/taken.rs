//! What the mail server took: who got what how often, and under which name. And what is left behind on disks.

use std::collections::{BTreeMap, HashMap};

use store::Tx;

use crate::house::{DOMAIN, House};

/// The mails of some recipients.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    /// Each recipient's `Message-ID`s, in the order in which they came.
    pub(crate) by: HashMap<String, Vec<String>>,
}

impl Taken {
    /// Everything from the so many-th mail on.
    pub(crate) fn from(house: &House, first: usize) -> Self {
        let mut by: HashMap<String, Vec<String>> = HashMap::new();
        for mail in house.sink.mails().split_off(first) {
            assert_eq!(mail.header("To"), format!("<{}>", mail.to), "somebody got another's mail");
            by.entry(mail.to.clone()).or_default().push(mail.header("Message-ID"));
        }
        Self { by }
    }

    pub(crate) fn times(&self, address: &str) -> usize {
        self.by.get(address).map_or(0, Vec::len)
    }

    /// How many mails came more than once, of one issue; each of those under one name, which nobody else's has.
    pub(crate) fn doubles(&self) -> usize {
        let mut owners: BTreeMap<&str, &str> = BTreeMap::new();
        for (address, names) in &self.by {
            for name in names {
                assert!(!name.is_empty() && *name == names[0], "{address} got two different mails: {names:?}");
                let owner = owners.insert(name, address);
                assert!(owner.is_none_or(|owner| owner == address), "two readers' mails have one name");
            }
        }
        self.by.values().map(|names| names.len() - 1).sum()
    }
}

impl House {
    /// Looks for readers' addresses in every byte that the program left behind: database, log and journal, other files, what
    /// it said, and the database server's own folder.
    pub(crate) async fn nothing_is_found(&self) {
        assert!(!self.log.lock().unwrap().contains(DOMAIN), "an address is in what the server said");
        let mut folders = vec![self.test.folder().to_path_buf()];
        let data = self.within(async |newsroom| {
            let mut tx = newsroom.store().read().await.unwrap();
            match &mut tx {
                Tx::Sqlite(_) => None,
                Tx::Postgres(tx) => {
                    sqlx::query_scalar::<_, String>("SHOW data_directory").fetch_optional(&mut **tx).await.unwrap()
                }
            }
        });
        // A server elsewhere keeps its files where nobody here can look.
        folders.extend(data.await.map(std::path::PathBuf::from).filter(|folder| folder.is_dir()));
        // What is there to be found, so that a search that finds nothing means something.
        let planted = tempfile::tempdir().unwrap();
        let file = planted.path().join("planted");
        std::fs::write(&file, DOMAIN.to_uppercase()).unwrap();
        folders.push(planted.path().to_path_buf());
        let found = std::process::Command::new("grep").args(["-rliaF", DOMAIN]).args(&folders).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&found.stdout).trim(), file.to_string_lossy(), "addresses are found");
    }
}
