//! What the folder says of itself: `newsroom.yaml`, or the configuration of Hugo, Zola or Jekyll.

use std::path::Path;

use jiff::tz::TimeZone;
use model::Language;
use serde_json::Value;

use super::files::Folder;
use super::front::{self, Front};
use crate::{Error, Site};

/// Who wrote the folder; decides where its pages stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum System {
    Masthead,
    Hugo,
    Zola,
    Jekyll,
    Other,
}

/// What stories of the folder stand in.
pub(super) struct Around {
    pub(super) site: Site,
    pub(super) system: System,
    pub(super) zone: TimeZone,
}

/// Reads `newsroom.yaml` of a folder; `None` where there is none.
///
/// # Errors
/// When it is there and cannot be read, or says something else than a newsroom's settings.
pub fn newsroom(folder: &Path) -> Result<Option<model::Newsroom>, Error> {
    let path = folder.join("newsroom.yaml");
    let Some(value) = configuration(&path)? else { return Ok(None) };
    let mut read: model::Newsroom = serde_json::from_value(value).map_err(|error| Error::WrongKind {
        path: path.display().to_string(),
        wanted: "a newsroom's settings",
        why: error.to_string(),
    })?;
    read.languages.retain(|language| *language != read.language);
    read.languages.insert(0, read.language.clone());
    Ok(Some(read))
}

pub(super) fn read(folder: &Folder) -> Result<Around, Error> {
    let root = &folder.root;
    let key =
        root.canonicalize().ok().and_then(|p| Some(p.file_name()?.to_string_lossy().into_owned())).unwrap_or_default();
    let mut site = Site { system: "markdown".to_owned(), key, ..Site::default() };
    if let Some(newsroom) = newsroom(root)? {
        site.title = newsroom.name.get(&newsroom.language).unwrap_or_default().to_owned();
        site.language = Some(newsroom.language.clone());
        site.address = newsroom.address.clone();
        let zone = TimeZone::get(&newsroom.time_zone).unwrap_or(TimeZone::UTC);
        return Ok(Around { site, system: System::Masthead, zone });
    }
    for name in ["hugo.toml", "hugo.yaml", "config.toml", "config.yaml", "_config.yml"] {
        if let Some(Value::Object(map)) = configuration(&root.join(name))? {
            return Ok(generated(name, &Front(map), site));
        }
    }
    let own = root.join("sections.yaml").is_file() || root.join("stories").is_dir();
    Ok(Around { site, system: if own { System::Masthead } else { System::Other }, zone: TimeZone::UTC })
}

/// A site that a generator made, by its configuration.
fn generated(name: &str, front: &Front, mut site: Site) -> Around {
    let base = front.text(&["baseURL", "baseurl", "base_url", "url"]);
    let system = match name {
        "_config.yml" => System::Jekyll,
        "config.toml" if front.0.contains_key("base_url") => System::Zola,
        _ => System::Hugo,
    };
    let base = if system == System::Jekyll { front.text(&["url"]) + &front.text(&["baseurl"]) } else { base };
    site.title = front.text(&["title", "name"]);
    site.language =
        Language::new(&front.text(&["languageCode", "defaultContentLanguage", "default_language", "lang", "locale"]))
            .ok();
    site.address = Some(base.trim_end_matches('/').to_owned()).filter(|base| base.starts_with("http"));
    let zone = TimeZone::get(&front.text(&["timeZone", "timezone"])).unwrap_or(TimeZone::UTC);
    if let Some(address) = &site.address {
        site.key = address.split_once("://").map_or(address.as_str(), |(_, rest)| rest).to_owned();
    }
    Around { site, system, zone }
}

/// A YAML or TOML file as a value; `None` where there is none.
pub(super) fn configuration(path: &Path) -> Result<Option<Value>, Error> {
    let name = path.display().to_string();
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(Error::Io { path: name, source }),
    };
    let toml = path.extension().is_some_and(|e| e == "toml");
    let read = if toml { front::toml_value(&text) } else { front::yaml_value(&text) };
    read.map(Some).map_err(|why| Error::WrongKind { path: name, wanted: if toml { "TOML" } else { "YAML" }, why })
}
