//! `masthead story`: stories without the desk.

use std::{collections::HashMap, fmt, process::ExitCode};

use app::{
    Newsroom,
    staff::COMMAND_LINE,
    stories::{
        self, desk,
        hand::{self, Wanted},
    },
};
use model::{StoryState, document::visit};
use serde::Serialize;

use super::Common;
use crate::{cli, open};

pub(super) async fn run(common: &Common, args: cli::Story) -> anyhow::Result<ExitCode> {
    let config = common.config()?;
    let newsroom = open::newsroom(&common.data, &config).await?;
    let code = match args {
        cli::Story::List(args) => {
            common.print(&list(&newsroom, args).await?)?;
            ExitCode::SUCCESS
        }
        cli::Story::Show { story } => show(&newsroom, &story, common.json).await?,
        cli::Story::Publish { stories, ready } => {
            let stories = if ready { all_ready(&newsroom).await? } else { stories };
            let done = publish(&newsroom, stories).await;
            common.print(&done)?;
            if done.stories.iter().all(|one| one.refused.is_none()) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        cli::Story::Withdraw { story, reason } => {
            let story = hand::find(&newsroom, &story).await?;
            let story = stories::withdraw(&newsroom, story.id, COMMAND_LINE, &reason).await?;
            common.print(&Done { stories: vec![One::of(&story, None)] })?;
            ExitCode::SUCCESS
        }
        cli::Story::Export { stories, all, to } => {
            super::story_export::run(common, &newsroom, stories, all, to.as_deref()).await?
        }
    };
    newsroom.store().close().await;
    Ok(code)
}

/// A line of a list, and what became of a story.
#[derive(Debug, Serialize)]
struct One {
    id: String,
    state: StoryState,
    language: String,
    headline: String,
    path: Option<String>,
    published_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    touched_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<String>,
}

impl One {
    fn of(story: &model::Story, refused: Option<String>) -> Self {
        Self {
            id: story.id.to_string(),
            state: story.state,
            language: story.language.to_string(),
            headline: story.headline.clone(),
            path: story.path.as_ref().map(ToString::to_string),
            published_at: story.published_at.map(|at| at.to_string()),
            touched_at: None,
            refused,
        }
    }
}

impl fmt::Display for One {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headline = if self.headline.trim().is_empty() { "(no headline yet)" } else { &self.headline };
        let place = self.path.as_deref().unwrap_or(&self.id);
        write!(f, "{:<10} {:<4} {place}  {headline}", self.state.as_str(), self.language)?;
        if let Some(at) = self.published_at.as_ref().filter(|_| self.state == StoryState::Scheduled) {
            write!(f, "  (at {at})")?;
        }
        if let Some(why) = &self.refused {
            write!(f, "\n           not done: {why}")?;
        }
        Ok(())
    }
}

/// A page of the list.
#[derive(Debug, Serialize)]
struct Listed {
    stories: Vec<One>,
    total: i64,
    /// Whether there are more than `total`; not counted further when words are searched for.
    more: bool,
}

impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.stories.iter().try_for_each(|one| writeln!(f, "{one}"))?;
        let more = if self.more { "more than " } else { "" };
        write!(f, "{} of {more}{} stories", self.stories.len(), self.total)
    }
}

async fn list(newsroom: &Newsroom, args: cli::StoryList) -> anyhow::Result<Listed> {
    let cli::StoryList { state, language, section, search, limit } = args;
    let wanted = Wanted { state: state.map(state_of), language, section, text: search.unwrap_or_default() };
    let found = hand::listed(newsroom, &wanted, i64::from(limit)).await?;
    let stories = found.rows.iter().map(|row| One {
        id: row.head.id.to_string(),
        state: row.head.state,
        language: row.head.language.to_string(),
        headline: row.head.headline.clone(),
        path: row.head.path.as_ref().map(ToString::to_string),
        published_at: row.head.published_at.map(|at| at.to_string()),
        touched_at: Some(row.touched_at.to_string()),
        refused: None,
    });
    Ok(Listed { stories: stories.collect(), total: found.total.counted(), more: found.total.more() })
}

fn state_of(state: cli::State) -> StoryState {
    match state {
        cli::State::Draft => StoryState::Draft,
        cli::State::InReview => StoryState::InReview,
        cli::State::Ready => StoryState::Ready,
        cli::State::Scheduled => StoryState::Scheduled,
        cli::State::Published => StoryState::Published,
        cli::State::Withdrawn => StoryState::Withdrawn,
    }
}

async fn show(newsroom: &Newsroom, named: &str, json: bool) -> anyhow::Result<ExitCode> {
    let story = hand::find(newsroom, named).await?;
    if json {
        println!("{}", serde_json::to_string_pretty(&story)?);
        return Ok(ExitCode::SUCCESS);
    }
    let mut tx = newsroom.store().read().await?;
    let used: Vec<_> = visit::photos(&story.document).into_iter().map(|photo| photo.photo).collect();
    let photos = store::photos(&mut tx, &used).await?;
    let address = store::newsroom_settings(&mut tx).await?.address.unwrap_or_default();
    drop(tx);
    let root = format!("{}/", address.trim_end_matches('/'));
    let strings = newsroom.theme().strings(&story.language);
    let (links, labels) = (HashMap::new(), strings.labels());
    let resources =
        render::Resources { root: &root, language: &story.language, photos: &photos, links: &links, labels: &labels };
    println!("{}", One::of(&story, None));
    if !story.standfirst.is_empty() {
        println!("\n{}", story.standfirst);
    }
    println!("\n{}", render::text(&story.document, &resources).trim_end());
    Ok(ExitCode::SUCCESS)
}

/// The ids of all stories that are marked as ready, the one that waits longest first.
async fn all_ready(newsroom: &Newsroom) -> anyhow::Result<Vec<String>> {
    let wanted = Wanted { state: Some(StoryState::Ready), ..Wanted::default() };
    let rows = hand::listed(newsroom, &wanted, i64::from(u32::MAX)).await?.rows;
    Ok(rows.iter().rev().map(|row| row.head.id.to_string()).collect())
}

/// What became of several.
#[derive(Debug, Serialize)]
struct Done {
    stories: Vec<One>,
}

impl fmt::Display for Done {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.stories.is_empty() {
            return write!(f, "No story is ready; nothing was published.");
        }
        self.stories.iter().try_for_each(|one| writeln!(f, "{one}"))?;
        let refused = self.stories.iter().filter(|one| one.refused.is_some()).count();
        match refused {
            0 => write!(f, "Running servers show it at once."),
            n => write!(f, "{n} of {} were not done.", self.stories.len()),
        }
    }
}

/// Each by itself: one that is refused leaves the others published.
async fn publish(newsroom: &Newsroom, named: Vec<String>) -> Done {
    let mut stories = Vec::new();
    for named in named {
        stories.push(match hand::find(newsroom, &named).await {
            Ok(story) => match desk::publish_by(newsroom, COMMAND_LINE, story.id, None).await {
                Ok(story) => One::of(&story, None),
                Err(error) => One::of(&story, Some(error.to_string())),
            },
            Err(error) => unknown(named, &error),
        });
    }
    Done { stories }
}

fn unknown(named: String, error: &app::Error) -> One {
    One {
        id: named,
        state: StoryState::Draft,
        language: String::new(),
        headline: String::new(),
        path: None,
        published_at: None,
        touched_at: None,
        refused: Some(error.to_string()),
    }
}
