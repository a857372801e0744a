//! The files of a list, in the order in which they are to be read: whoever is not to get mail comes first.

use std::path::{Path, PathBuf};

use super::{Error, State, System, mailchimp};

/// A file of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Where it is.
    pub path: PathBuf,
    /// What its name says of everybody in it.
    pub state: Option<State>,
}

impl Source {
    /// The name of the file.
    #[must_use]
    pub fn name(&self) -> String {
        self.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }
}

/// The files of a list: one file, or those of a folder, and the names of what is passed by there.
///
/// # Errors
/// [`Error::Io`] when there is nothing or it can't be read, [`Error::WrongKind`] when it is packed or no file is a list.
pub fn sources(system: System, path: &Path) -> Result<(Vec<Source>, Vec<String>), Error> {
    let shown = path.display().to_string();
    let wrong = |why: &str| Error::WrongKind(shown.clone(), system.as_str(), why.to_owned());
    let io = |error| Error::Io(shown.clone(), error);
    if path.extension().is_some_and(|end| end.eq_ignore_ascii_case("zip")) {
        return Err(wrong("it is packed; unpack it and name the folder"));
    }
    if std::fs::metadata(path).map_err(io)?.is_file() {
        return Ok((vec![source(system, path).ok_or_else(|| wrong("it holds no addresses of mail"))?], Vec::new()));
    }
    let (mut found, mut passed) = (Vec::new(), Vec::new());
    let mut entries = std::fs::read_dir(path).map_err(io)?.collect::<Result<Vec<_>, _>>().map_err(io)?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries.iter().map(std::fs::DirEntry::path).filter(|path| path.is_file()) {
        match source(system, &entry).filter(|_| belongs(system, &entry)) {
            Some(source) => found.push(source),
            None => passed.extend(entry.file_name().map(|name| name.to_string_lossy().into_owned())),
        }
    }
    if found.is_empty() {
        return Err(wrong("no file in it is a list; name the file itself"));
    }
    found.sort_by_key(|source| source.state == Some(State::Subscribed) || source.state.is_none());
    Ok((found, passed))
}

fn source(system: System, path: &Path) -> Option<Source> {
    let state = match system {
        System::Mailchimp => mailchimp::state_of_name(&path.file_name()?.to_string_lossy()).ok()?,
        System::Listmonk | System::Ghost | System::Substack | System::Masthead => None,
    };
    Some(Source { path: path.to_path_buf(), state })
}

/// Whether a file of a folder is one of a list: other exports lie beside them.
fn belongs(system: System, path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    let csv = name.ends_with(".csv");
    match system {
        System::Mailchimp => csv && mailchimp::state_of_name(&name).is_ok_and(|state| state.is_some()),
        System::Substack => csv && (name.starts_with("email_list") || name.starts_with("email-list")),
        System::Listmonk => csv && name.starts_with("subscribers"),
        System::Ghost => csv && name.contains("members"),
        System::Masthead => csv,
    }
}
