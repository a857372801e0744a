//! `theme new`: a starter theme that changes nothing yet and says where to change what.

use std::path::Path;

use crate::Error;

/// The files of a new theme.
const FILES: [(&str, &str); 4] = [
    ("README.md", include_str!("../starter/README.md")),
    ("templates/base.html", include_str!("../starter/templates/base.html")),
    ("styles/custom.css", include_str!("../starter/styles/custom.css")),
    ("i18n/en.ftl", include_str!("../starter/i18n/en.ftl")),
];

/// Writes a starter theme into a new or empty folder, with an `assets/` folder to put pictures and fonts into.
///
/// # Errors
/// When the folder holds something already, or cannot be written.
pub fn scaffold(folder: &Path) -> Result<(), Error> {
    let holds_something = std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if holds_something {
        return Err(Error::NotEmpty(folder.to_owned()));
    }
    let make =
        |path: &Path| std::fs::create_dir_all(path).map_err(|source| Error::Write { path: path.to_owned(), source });
    make(&folder.join("assets"))?;
    for (name, text) in FILES {
        let path = folder.join(name);
        make(path.parent().unwrap_or(folder))?;
        std::fs::write(&path, text).map_err(|source| Error::Write { path: path.clone(), source })?;
    }
    Ok(())
}
