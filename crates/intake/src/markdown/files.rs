//! Which files of a folder are read. Symbolic links are not followed, so nothing outside of the folder is.

use std::path::{Path, PathBuf};

use crate::Error;

/// Folders nest at most so deep.
const MAX_DEPTH: usize = 24;
/// A longer path is refused.
const MAX_PATH: usize = 4096;
/// Folders that hold no content.
const NOT_CONTENT: [&str; 14] = [
    "node_modules",
    "vendor",
    "public",
    "themes",
    "layouts",
    "static",
    "assets",
    "templates",
    "sass",
    "i18n",
    "data",
    "_site",
    "_includes",
    "_layouts",
];

/// A folder gone through.
pub(super) struct Folder {
    pub(super) root: PathBuf,
    /// Where content stands: `content/` for Hugo and Zola, else the root.
    pub(super) content: PathBuf,
    pub(super) found: Vec<Found>,
    pub(super) refused: Vec<(String, String)>,
    pub(super) bytes: u64,
}

/// One Markdown file.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) path: PathBuf,
    /// Path below the root, with `/`.
    pub(super) name: String,
    /// Path of its folder below the content folder, with `/`; empty at the top.
    pub(super) folder: String,
    /// File name without language and ending.
    pub(super) stem: String,
    /// `ru` of `story.ru.md`.
    pub(super) language: Option<model::Language>,
    pub(super) bytes: u64,
}

/// Why a file is passed by.
#[derive(Debug)]
pub(super) struct Refused(pub(super) String);

pub(super) fn walk(path: &Path) -> Result<Folder, Error> {
    let name = path.display().to_string();
    let data = std::fs::metadata(path).map_err(|source| Error::Io { path: name.clone(), source })?;
    let (root, only) = match (data.is_dir(), path.parent()) {
        (false, Some(parent)) => (parent.to_path_buf(), Some(path)),
        _ => (path.to_path_buf(), None),
    };
    let content = Some(root.join("content")).filter(|c| c.is_dir()).unwrap_or_else(|| root.clone());
    let mut folder = Folder { root, content, found: Vec::new(), refused: Vec::new(), bytes: 0 };
    match only {
        Some(file) => folder.add(file),
        None => {
            let from = folder.content.clone();
            folder.enter(&from, 0)?;
        }
    }
    folder.found.sort_by(|a, b| a.name.cmp(&b.name));
    folder.bytes = folder.found.iter().map(|found| found.bytes).sum();
    if folder.found.is_empty() {
        let why = "there is no .md file in it".to_owned();
        return Err(Error::WrongKind { path: name, wanted: "a folder of Markdown files", why });
    }
    Ok(folder)
}

impl Folder {
    fn enter(&mut self, at: &Path, depth: usize) -> Result<(), Error> {
        let io = |source| Error::Io { path: at.display().to_string(), source };
        for entry in std::fs::read_dir(at).map_err(io)? {
            let entry = entry.map_err(io)?;
            let (path, kind) = (entry.path(), entry.file_type().map_err(io)?);
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') {
                continue;
            }
            let markdown = is_markdown(&name);
            if kind.is_symlink() {
                if markdown {
                    self.refuse(&path, "a symbolic link; copy the file into the folder");
                }
            } else if kind.is_dir() {
                match (NOT_CONTENT.contains(&name.as_str()), depth >= MAX_DEPTH) {
                    (true, _) => {}
                    (_, true) => self.refuse(&path, &format!("folders nest deeper than {MAX_DEPTH}")),
                    _ => self.enter(&path, depth + 1)?,
                }
            } else if markdown {
                self.add(&path);
            }
        }
        Ok(())
    }

    fn refuse(&mut self, path: &Path, reason: &str) {
        let name = path.strip_prefix(&self.root).unwrap_or(path).display().to_string();
        self.refused.push((name.chars().take(200).collect(), reason.to_owned()));
    }

    fn add(&mut self, path: &Path) {
        let Some(name) = path.strip_prefix(&self.root).ok().and_then(Path::to_str) else {
            return self.refuse(path, "its name is not UTF-8; rename it");
        };
        if name.len() > MAX_PATH {
            return self.refuse(path, "its path is longer than 4 KiB");
        }
        let name = name.replace('\\', "/");
        let below = path.strip_prefix(&self.content).unwrap_or(path);
        let folder = below.parent().and_then(Path::to_str).unwrap_or_default().replace('\\', "/");
        let file = name.rsplit('/').next().unwrap_or(&name);
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let (stem, language) = match stem.rsplit_once('.') {
            Some((stem, tag)) if model::Language::new(tag).is_ok() => (stem, model::Language::new(tag).ok()),
            _ => (stem, None),
        };
        let bytes = std::fs::metadata(path).map(|m| m.len()).unwrap_or(0);
        let stem = stem.to_owned();
        self.found.push(Found { path: path.to_path_buf(), name, folder, stem, language, bytes });
    }

    /// The path of a photo below the root, as a file of the folder or as `static/` serves it; `None` when the address
    /// leads out of the folder.
    pub(super) fn local(&self, from: &Found, address: &str) -> Option<String> {
        let address = address.split(['?', '#']).next().unwrap_or_default();
        if address.len() > MAX_PATH || address.contains(['\0', '\\']) {
            return None;
        }
        let address = super::front::percent_decoded(address);
        let from_root = address.starts_with('/');
        let beside = from.name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let relative = normal(if from_root { "" } else { beside }, &address);
        let served: Vec<String> = if from_root {
            ["static", "assets", "public", ""].iter().filter_map(|base| normal(base, &address)).collect()
        } else {
            // A path from the root is as good as one from the file.
            relative.clone().into_iter().chain(normal("", &address)).collect()
        };
        let there = served.iter().find(|path| self.root.join(path).is_file()).cloned();
        there.or_else(|| if from_root { normal("", &address) } else { relative })
    }
}

/// `folder` and then `path`, without `.` and `..`; `None` when it leads above the top.
fn normal(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part if part.contains(':') || part.bytes().any(|b| b < 32) => return None,
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

fn is_markdown(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".md", ".markdown", ".mdown", ".mkd"].iter().any(|ending| name.ends_with(ending))
}

/// A file's text. What is not UTF-8 is refused by name.
pub(super) fn text(found: &Found, limit: u64) -> Result<String, Refused> {
    if found.bytes > limit {
        return Err(Refused(format!("it is larger than {} MiB", limit / 1024 / 1024)));
    }
    let bytes = std::fs::read(&found.path).map_err(|error| Refused(format!("it could not be read: {error}")))?;
    let text = String::from_utf8(bytes).map_err(|_| Refused("it is not UTF-8; save it as UTF-8".to_owned()))?;
    Ok(text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\0', ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_never_leads_out_of_the_folder() {
        assert_eq!(normal("stories", "../photos/a.jpg").as_deref(), Some("photos/a.jpg"));
        assert_eq!(normal("stories", "../../etc/passwd"), None);
        assert_eq!(normal("", "C:/windows"), None);
        assert_eq!(normal("a", "./b//c.jpg").as_deref(), Some("a/b/c.jpg"));
    }
}
