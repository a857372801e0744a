//! `masthead story export`: Markdown with front matter and the photos it names, or the documents as JSON.
//!
//! Into a folder it writes what `masthead import markdown` reads: a file a story, the lists of sections, topics and bylines,
//! photos. To standard output goes one story as Markdown, or any number as JSON, one a line.

use std::{
    collections::{BTreeSet, HashSet},
    fmt,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, bail};
use app::{
    Newsroom,
    stories::hand::{self, Exported},
};
use model::{Story, StoryId};
use serde::Serialize;

use super::Common;

/// Stories read at once when all are asked for.
const BATCH: i64 = 100;

pub(super) async fn run(
    common: &Common,
    newsroom: &Newsroom,
    named: Vec<String>,
    all: bool,
    to: Option<&Path>,
) -> anyhow::Result<ExitCode> {
    if to.is_none() && !common.json && (all || named.len() > 1) {
        bail!("standard output takes one story; for several, name a new folder with --to DIR");
    }
    let mut folder = to.map(Folder::make).transpose()?;
    let mut source = Source { named, all, after: None };
    loop {
        let batch = source.next(newsroom).await?;
        if batch.is_empty() {
            break;
        }
        for story in &batch {
            match &mut folder {
                Some(folder) => folder.take(story, hand::export(newsroom, story).await?, common.json)?,
                None if common.json => println!("{}", serde_json::to_string(story)?),
                None => print!("{}", hand::export(newsroom, story).await?.text),
            }
        }
    }
    if let Some(folder) = folder {
        common.print(&folder.finish(newsroom).await?)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Which stories, a batch at a time.
struct Source {
    named: Vec<String>,
    all: bool,
    after: Option<StoryId>,
}

impl Source {
    async fn next(&mut self, newsroom: &Newsroom) -> anyhow::Result<Vec<Story>> {
        if self.all {
            let mut tx = newsroom.store().read().await?;
            let batch = store::story_each(&mut tx, self.after, BATCH).await?;
            self.after = batch.last().map(|story| story.id).or(self.after);
            return Ok(batch);
        }
        // All are looked up before the first is written: a slip of the pen leaves nothing half done.
        let mut stories = Vec::new();
        for named in self.named.drain(..) {
            stories.push(hand::find(newsroom, &named).await?);
        }
        Ok(stories)
    }
}

/// A folder that is being written.
struct Folder {
    dir: PathBuf,
    names: HashSet<String>,
    files: BTreeSet<String>,
}

impl Folder {
    fn make(dir: &Path) -> anyhow::Result<Self> {
        std::fs::create_dir_all(dir).with_context(|| format!("could not make {}", dir.display()))?;
        let mut entries = std::fs::read_dir(dir).with_context(|| format!("could not read {}", dir.display()))?;
        if entries.next().is_some() {
            bail!("{} is not empty; name a new folder, so that nothing in it is written over", dir.display());
        }
        Ok(Self { dir: dir.to_path_buf(), names: HashSet::new(), files: BTreeSet::new() })
    }

    /// Writes a story's file, and remembers the photos that it names.
    fn take(&mut self, story: &Story, exported: Exported, json: bool) -> anyhow::Result<()> {
        let name = self.free(&exported.name);
        self.write(&name, exported.text.as_bytes())?;
        if json {
            let document = serde_json::to_vec_pretty(story)?;
            self.write(&format!("{}.json", name.trim_end_matches(".md")), &document)?;
        }
        self.files.extend(exported.files);
        Ok(())
    }

    /// The name, numbered where another story of the same slug has it: `port-2.en.md`.
    fn free(&mut self, name: &str) -> String {
        let (stem, language) = name.trim_end_matches(".md").rsplit_once('.').unwrap_or((name, "en"));
        let numbered = |number: usize| match number {
            1 => name.to_owned(),
            more => format!("{stem}-{more}.{language}.md"),
        };
        let free = (1..).map(numbered).find(|name| !self.names.contains(name)).unwrap_or_else(|| name.to_owned());
        self.names.insert(free.clone());
        free
    }

    fn write(&self, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let path = self.dir.join(name);
        let named = || format!("could not write {}", path.display());
        if let Some(above) = path.parent() {
            std::fs::create_dir_all(above).with_context(named)?;
        }
        std::fs::write(&path, bytes).with_context(named)
    }

    /// Brings the lists and the photos.
    async fn finish(self, newsroom: &Newsroom) -> anyhow::Result<Report> {
        for (name, text) in hand::lists(newsroom).await?.files {
            self.write(name, text.as_bytes())?;
        }
        let mut missing = Vec::new();
        for key in &self.files {
            match newsroom.objects().get(key).await? {
                Some(bytes) => self.write(key, &bytes)?,
                None => missing.push(key.clone()),
            }
        }
        let photos = self.files.len() - missing.len();
        Ok(Report { folder: self.dir.display().to_string(), stories: self.names.len(), photos, missing })
    }
}

/// What was written.
#[derive(Debug, Serialize)]
struct Report {
    folder: String,
    stories: usize,
    photos: usize,
    /// Files of photos that the object store does not have.
    missing: Vec<String>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { folder, stories, photos, missing } = self;
        write!(f, "{stories} stories and {photos} photos are in {folder}")?;
        for key in missing {
            write!(f, "\nnot there: {key} (`masthead check` says what is wrong with the photos)")?;
        }
        write!(f, "\nmasthead import markdown {folder} reads them back.")
    }
}
