//! A theme's files: the newsroom's own folder over the theme's folder over those built in, file by file.
//!
//! Four folders count: `templates/*.html`, `styles/*.css`, `i18n/*.ftl` and `assets/**`. Anything else is left alone, so
//! that a theme may hold a README and a licence.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use rust_embed::RustEmbed;

use crate::Error;

/// No theme needs more files than this.
pub(crate) const MOST_FILES: usize = 500;
/// No file of a theme needs to be larger: a font is some hundred kilobytes.
pub(crate) const MOST_BYTES: u64 = 2 * 1024 * 1024;
const MOST_DEPTH: usize = 4;

/// The folders of a theme and how the names of their files end; any ending in `assets`.
const FOLDERS: [(&str, &str); 4] = [("templates", ".html"), ("styles", ".css"), ("i18n", ".ftl"), ("assets", "")];

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/templates"]
struct Templates;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/styles"]
struct Styles;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/assets"]
struct Assets;

/// One file of a theme.
#[derive(Debug, Clone)]
pub(crate) struct File {
    /// What it holds.
    pub(crate) bytes: Cow<'static, [u8]>,
    /// Where it was read; `None` for a built-in one.
    pub(crate) from: Option<PathBuf>,
}

impl File {
    /// Its text. What is not UTF-8 shows as replacement characters, which the checks then find.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.bytes)
    }

    /// Its name for people: the path on disk, else the built-in name.
    pub(crate) fn shown(&self, name: &str) -> String {
        self.from.as_ref().map_or_else(|| format!("built-in {name}"), |path| path.display().to_string())
    }
}

/// Files by name, such as `templates/story.html`.
pub(crate) type Files = BTreeMap<String, File>;

/// The files that come with the program.
pub(crate) fn builtin() -> Files {
    let mut files = Files::new();
    let mut add = |folder: &str, name: Cow<'static, str>, file: Option<rust_embed::EmbeddedFile>| {
        if let Some(file) = file {
            files.insert(format!("{folder}/{name}"), File { bytes: file.data, from: None });
        }
    };
    Templates::iter().for_each(|name| add("templates", name.clone(), Templates::get(&name)));
    Styles::iter().for_each(|name| add("styles", name.clone(), Styles::get(&name)));
    Assets::iter().for_each(|name| add("assets", name.clone(), Assets::get(&name)));
    for (language, text) in crate::i18n::BUILTIN_FILES {
        files.insert(format!("i18n/{language}.ftl"), File { bytes: text.as_bytes().into(), from: None });
    }
    files
}

/// The files of one folder on disk.
///
/// # Errors
/// When the folder is missing or a file cannot be read, is too large, or there are too many.
pub(crate) fn read(folder: &Path) -> Result<Files, Error> {
    std::fs::read_dir(folder).map_err(|source| Error::Read { path: folder.to_owned(), source })?;
    let mut files = Files::new();
    for (name, ending) in FOLDERS {
        let path = folder.join(name);
        if path.is_dir() {
            walk(&path, name, ending, 0, &mut files)?;
        }
    }
    Ok(files)
}

fn walk(folder: &Path, name: &str, ending: &str, depth: usize, files: &mut Files) -> Result<(), Error> {
    let failed = |source| Error::Read { path: folder.to_owned(), source };
    let mut entries = std::fs::read_dir(folder).map_err(failed)?.collect::<Result<Vec<_>, _>>().map_err(failed)?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let file_name = entry.file_name().to_string_lossy().into_owned();
        let (path, name) = (entry.path(), format!("{name}/{file_name}"));
        let found = std::fs::metadata(&path).map_err(|source| Error::Read { path: path.clone(), source })?;
        if file_name.starts_with('.') {
            continue;
        } else if found.is_dir() && ending.is_empty() && depth < MOST_DEPTH {
            walk(&path, &name, ending, depth + 1, files)?;
        } else if found.is_file() && file_name.ends_with(ending) {
            if found.len() > MOST_BYTES {
                return Err(Error::TooMuch { what: format!("{} has {} KiB", path.display(), found.len() / 1024) });
            }
            if files.len() >= MOST_FILES {
                return Err(Error::TooMuch { what: format!("{} holds too many files", folder.display()) });
            }
            let bytes = std::fs::read(&path).map_err(|source| Error::Read { path: path.clone(), source })?;
            files.insert(name, File { bytes: bytes.into(), from: Some(path) });
        }
    }
    Ok(())
}
