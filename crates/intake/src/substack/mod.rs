//! Substack exports: a folder with `posts.csv` and `posts/ID.html`.
//!
//! The list is read row by row, a post's text only when its row is reached. A broken row is named and passed by. What
//! was for paying readers comes as a draft and says so; lists of subscribers are not opened.

use std::collections::HashSet;
use std::fs::File;
use std::path::{Path, PathBuf};

use model::document::{Block, Embed, EmbedKind};
use model::{Language, Timestamp};
use serde::Deserialize;

use crate::html::{self, Around, Converted, Image, plain};
use crate::{Error, FoundPage, FoundPhoto, FoundStory, Item, Note, Progress, Sink, Site, Skipped, Standing, links};

/// A longer text is passed by.
const MAX_TEXT: u64 = 32 * 1024 * 1024;
const WANTED: &str = "a Substack export (posts.csv and a folder posts/)";

/// Reads a Substack export: the folder, or its `posts.csv`.
///
/// # Errors
/// [`Error::WrongKind`] when there is no `posts.csv` with its columns, [`Error::Io`] when it cannot be read,
/// [`Error::Stopped`] when the sink wants no more.
pub fn read(path: &Path, sink: &mut dyn Sink) -> Result<(), Error> {
    let folder =
        if path.is_dir() { path.to_path_buf() } else { path.parent().map_or_else(PathBuf::new, Path::to_path_buf) };
    let list = if path.is_dir() { folder.join("posts.csv") } else { path.to_path_buf() };
    let name = list.display().to_string();
    let wrong = |why: &str| Error::WrongKind { path: name.clone(), wanted: WANTED, why: why.to_owned() };
    let file = match File::open(&list) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(wrong("there is no posts.csv; unpack the export and name its folder"));
        }
        Err(source) => return Err(Error::Io { path: name, source }),
    };
    let size = file.metadata().map(|m| m.len()).unwrap_or(0);
    let mut rows = csv::ReaderBuilder::new().flexible(true).from_reader(file);
    let headers = rows.byte_headers().map_err(|_| wrong("its first line is no list of columns"))?.clone();
    if !["post_id", "title"]
        .iter()
        .all(|wanted| headers.iter().any(|h| h.trim_ascii() == wanted.as_bytes() || h.ends_with(wanted.as_bytes())))
    {
        return Err(wrong("its first line does not name post_id and title"));
    }
    sink.item(Item::Site(site(&folder)))?;
    let mut row = csv::ByteRecord::new();
    let mut seen = HashSet::new();
    loop {
        let line = rows.position().line();
        match rows.read_byte_record(&mut row) {
            Ok(false) => break,
            Ok(true) => deliver(&row, &headers, line, &folder, &mut seen, sink)?,
            Err(error) => broken(line, &error.to_string(), sink)?,
        }
        sink.progress(Progress { done: rows.position().byte(), total: size });
    }
    orphans(&folder, &seen, sink)
}

fn site(folder: &Path) -> Site {
    let key = folder
        .canonicalize()
        .ok()
        .and_then(|p| Some(p.file_name()?.to_string_lossy().into_owned()))
        .unwrap_or_default();
    Site { system: "substack".to_owned(), title: String::new(), address: None, language: None, key }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Row {
    post_id: String,
    post_date: String,
    is_published: String,
    r#type: String,
    audience: String,
    title: String,
    subtitle: String,
    podcast_url: String,
}

fn deliver(
    record: &csv::ByteRecord,
    headers: &csv::ByteRecord,
    line: u64,
    folder: &Path,
    seen: &mut HashSet<String>,
    sink: &mut dyn Sink,
) -> Result<(), Error> {
    if record.len() < 2 {
        return broken(line, "it has too few fields", sink);
    }
    let record = csv::StringRecord::from_byte_record_lossy(record.clone());
    let headers = csv::StringRecord::from_byte_record_lossy(headers.clone());
    let row: Row = match record.deserialize(Some(&headers)) {
        Ok(row) => row,
        Err(error) => return broken(line, &error.to_string(), sink),
    };
    let id = row.post_id.trim();
    if !is_file_name(id) {
        return broken(line, "its post_id is no file name", sink);
    }
    if !seen.insert(id.to_owned()) {
        return broken(line, "its post_id was there before", sink);
    }
    let (text, mut notes) = match text(folder, id) {
        Ok(text) => (text, Vec::new()),
        Err(reason) => (String::new(), vec![Note::Dropped { name: "text".to_owned(), reason }]),
    };
    let mut converted = html::convert(&text, &Post);
    converted.notes.append(&mut notes);
    listen(&row, &mut converted);
    let item = match row.r#type.as_str() {
        "page" => Item::Page(Box::new(page(&row, converted))),
        _ => Item::Story(Box::new(story(&row, converted))),
    };
    Ok(sink.item(item)?)
}

fn broken(line: u64, why: &str, sink: &mut dyn Sink) -> Result<(), Error> {
    let reason = format!("line {line} of posts.csv is broken: {why}");
    let (kind, foreign_id, title) = ("row".to_owned(), String::new(), String::new());
    Ok(sink.item(Item::Skipped(Skipped { kind, foreign_id, title, reason, count: 1 }))?)
}

/// Ids name files: nothing that leads elsewhere.
fn is_file_name(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= 250
        && !id.starts_with('.')
        && !id.chars().any(|c| c.is_control() || "/\\:".contains(c))
}

fn text(folder: &Path, id: &str) -> Result<String, String> {
    let path = folder.join("posts").join(format!("{id}.html"));
    let data = std::fs::symlink_metadata(&path).map_err(|_| format!("posts/{id}.html is not there"))?;
    if !data.is_file() || data.len() > MAX_TEXT {
        return Err(format!("posts/{id}.html is no file, or larger than {} MiB", MAX_TEXT / 1024 / 1024));
    }
    let bytes = std::fs::read(&path).map_err(|error| format!("posts/{id}.html could not be read: {error}"))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn standing(row: &Row, notes: &mut Vec<Note>) -> Standing {
    let lost = notes.iter().any(|note| matches!(note, Note::Dropped { name, .. } if name == "text"));
    if lost || !row.is_published.trim().eq_ignore_ascii_case("true") {
        return Standing::Draft;
    }
    if !matches!(row.audience.trim(), "everyone" | "") {
        let reason = format!("it was for “{}” only, so it is a draft", row.audience.trim());
        notes.push(Note::Dropped { name: "publication".to_owned(), reason });
        return Standing::Draft;
    }
    Standing::Published
}

fn slug(row: &Row) -> String {
    row.post_id.split_once('.').map_or(row.post_id.as_str(), |(_, slug)| slug).to_owned()
}

fn moment(text: &str) -> Option<Timestamp> {
    Some(text.trim().parse::<jiff::Timestamp>().ok()?.into())
}

fn story(row: &Row, mut converted: Converted) -> FoundStory {
    let standing = standing(row, &mut converted.notes);
    FoundStory {
        foreign_id: row.post_id.clone(),
        standing,
        old_url: (standing == Standing::Published).then(|| format!("/p/{}", slug(row))),
        aliases: Vec::new(),
        slug: slug(row),
        language: None,
        group: None,
        headline: plain(&row.title),
        standfirst: plain(&row.subtitle),
        document: converted.document,
        lead_photo: None,
        photos: converted.photos,
        sections: Vec::new(),
        topics: Vec::new(),
        bylines: Vec::new(),
        sources: Vec::new(),
        corrections: Vec::new(),
        picks: Vec::new(),
        front: None,
        published_at: moment(&row.post_date).filter(|_| standing == Standing::Published),
        updated_at: None,
        notes: converted.notes,
    }
}

fn page(row: &Row, mut converted: Converted) -> FoundPage {
    let standing = standing(row, &mut converted.notes);
    FoundPage {
        foreign_id: row.post_id.clone(),
        public: standing == Standing::Published,
        menu: None,
        old_url: (standing == Standing::Published).then(|| format!("/p/{}", slug(row))),
        aliases: Vec::new(),
        slug: slug(row),
        language: None,
        title: plain(&row.title),
        document: converted.document,
        photos: converted.photos,
        updated_at: moment(&row.post_date),
        notes: converted.notes,
    }
}

/// A podcast's recording stands first.
fn listen(row: &Row, converted: &mut Converted) {
    let Some(url) = links::web(&row.podcast_url) else { return };
    let host = url::Url::parse(&url).ok().and_then(|u| u.host_str().map(|h| h.trim_start_matches("www.").to_owned()));
    let (source, title) = (host.unwrap_or_default(), plain(&row.title));
    let embed = Embed { kind: EmbedKind::Audio, url, source, title, caption: Vec::new() };
    converted.document.blocks.insert(0, Block::Embed(embed));
}

/// Texts that no row names.
fn orphans(folder: &Path, seen: &HashSet<String>, sink: &mut dyn Sink) -> Result<(), Error> {
    let Ok(entries) = std::fs::read_dir(folder.join("posts")) else { return Ok(()) };
    let mut names: Vec<String> = entries.flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    let listed = |name: &str| {
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        // `ID.opens.csv` and `ID.delivers.csv` hold readers' addresses: not opened, not named.
        ending != "html" || seen.contains(stem)
    };
    let readers = names.iter().filter(|name| name.ends_with(".csv")).count() as u64;
    for name in names.iter().filter(|name| !listed(name)) {
        let (kind, title, reason) = ("post".to_owned(), String::new(), "no row of posts.csv names it".to_owned());
        sink.item(Item::Skipped(Skipped { kind, foreign_id: name.clone(), title, reason, count: 1 }))?;
    }
    if readers > 0 {
        let (kind, reason) =
            ("list of readers".to_owned(), "readers are not taken over; the lists were not opened".to_owned());
        sink.item(Item::Skipped(Skipped {
            kind,
            foreign_id: String::new(),
            title: String::new(),
            reason,
            count: readers,
        }))?;
    }
    Ok(())
}

/// What a post's HTML stands in.
struct Post;

impl Around for Post {
    fn system(&self) -> &'static str {
        "substack"
    }

    fn photo(&self, image: &Image<'_>) -> Option<FoundPhoto> {
        let url = links::web(image.src)?;
        Some(html::photo_at(&original(&url), image))
    }

    fn language(&self) -> Option<&Language> {
        None
    }
}

/// Substack's image server carries the original's address, encoded, at its end.
fn original(url: &str) -> String {
    let encoded =
        url.split_once("/image/fetch/").and_then(|(_, rest)| rest.rsplit('/').find(|part| part.starts_with("http")));
    let decoded = encoded.map(links::percent_decoded).filter(|address| links::web(address).is_some());
    decoded.unwrap_or_else(|| url.to_owned())
}
