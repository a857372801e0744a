//! The front page: the stories on top, their order, and the breaking banner, a language at a time.

use app::{
    front::{self, Change, ON_TOP, PINS},
    stories::desk::{self, Filter},
};
use axum::body::Body;
use http::Response;
use model::{BreakingLink, Language, StoryId, StoryState};
use serde::Serialize;
use uuid::Uuid;

use super::{
    filed::{again, wrong},
    stories::direction,
    topics::searched,
};
use crate::desk::{answer::done, ask::Ask, refused::Refused};

/// Stories that are offered to be pinned.
const OFFERED: i64 = 12;
/// Hours that a banner is meant to stand when nobody says otherwise.
const HOURS: i64 = 6;

#[derive(Serialize)]
struct Page {
    language: String,
    direction: &'static str,
    /// The newsroom's languages with what each calls itself.
    languages: Vec<(String, String)>,
    /// The front page itself.
    path: String,
    pinned: Vec<Head>,
    on_top: usize,
    full: bool,
    /// The story that was just moved, and whether up: the keyboard stays at it.
    moved: String,
    up: bool,
    text: String,
    offered: Vec<Head>,
    banner: Option<Banner>,
    typed: Typed,
    time_zone: String,
    wrong: Option<String>,
}

/// The banner that stands.
#[derive(Serialize)]
struct Banner {
    text: String,
    path: Option<String>,
    until: i64,
}

/// What stands in the banner's form.
#[derive(Serialize)]
struct Typed {
    text: String,
    link: String,
    until: String,
    most: usize,
}

/// A story in a list.
#[derive(Serialize)]
struct Head {
    id: StoryId,
    headline: String,
    language: String,
    direction: &'static str,
    state: &'static str,
    at: Option<i64>,
}

impl Head {
    fn of(head: &app::StoryHead) -> Self {
        Self {
            id: head.id,
            headline: head.headline.clone(),
            direction: direction(&head.language),
            language: head.language.to_string(),
            state: head.state.as_str(),
            at: head.published_at.map(model::Timestamp::as_millis),
        }
    }
}

/// The language that a query or form names; the newsroom's own when it names none.
fn language(ask: &Ask, tag: &str) -> Language {
    let own = || ask.settings().language.clone();
    Language::new(tag).ok().filter(|tag| ask.settings().languages.contains(tag)).unwrap_or_else(own)
}

/// `GET /desk/front`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    let language = language(&ask, ask.query().one("language"));
    page(&ask, &language, None).await
}

async fn page(ask: &Ask, language: &Language, wrong: Option<String>) -> Result<Response<Body>, Refused> {
    let newsroom = ask.newsroom();
    let front = front::open(newsroom, language).await?;
    let text = searched(ask, "q");
    let filter = Filter {
        state: Some(StoryState::Published),
        language: Some(language.clone()),
        text: text.clone(),
        ..Filter::default()
    };
    let most = OFFERED + i64::try_from(PINS).unwrap_or_default();
    let found = desk::list(newsroom, ask.staff()?, &filter, most, 0).await?.rows;
    let free = found.iter().filter(|row| !front.pinned.iter().any(|pinned| pinned.id == row.head.id));
    let offered = free.take(usize::try_from(OFFERED).unwrap_or_default()).map(|row| Head::of(&row.head)).collect();
    let banner = match front.breaking {
        Some(breaking) => {
            let path = path_of(ask, breaking.to.as_ref()).await?;
            Some(Banner { text: breaking.text, path, until: breaking.until.as_millis() })
        }
        None => None,
    };
    let own_name = |language: &Language| theme::Strings::for_language(language).own_name();
    let page = Page {
        typed: typed(ask, banner.as_ref(), wrong.is_some()),
        direction: direction(language),
        languages: ask.settings().languages.iter().map(|own| (own.to_string(), own_name(own))).collect(),
        path: format!("{}/", ask.settings().prefix(language)),
        language: language.to_string(),
        full: front.pinned.len() >= PINS,
        pinned: front.pinned.iter().map(Head::of).collect(),
        on_top: ON_TOP,
        moved: ask.query().one("moved").to_owned(),
        up: ask.query().ticked("up"),
        text,
        offered,
        banner,
        time_zone: ask.settings().time_zone.clone(),
        wrong,
    };
    ask.render("front.html", "front", page)
}

async fn path_of(ask: &Ask, link: Option<&BreakingLink>) -> Result<Option<String>, Refused> {
    Ok(match link {
        Some(BreakingLink::Path(path)) => Some(path.clone()),
        Some(BreakingLink::Story(id)) => {
            desk::open(ask.newsroom(), ask.staff()?, *id).await?.story.path.map(|path| path.to_string())
        }
        None => None,
    })
}

/// What was typed into a form that was refused; else what stands; else an empty form.
fn typed(ask: &Ask, banner: Option<&Banner>, refused: bool) -> Typed {
    let most = front::BREAKING_TEXT;
    if refused {
        let form = ask.form();
        let text = |name: &str| form.one(name).to_owned();
        return Typed { text: text("text"), link: text("link"), until: text("until"), most };
    }
    let later = ask.newsroom().clock().now().plus_millis(HOURS * 3_600_000);
    let until = banner.map_or(later, |banner| model::Timestamp::from_millis(banner.until));
    let local = app::stories::time_zone(ask.settings()).to_datetime(until.to_jiff());
    Typed {
        text: banner.map(|banner| banner.text.clone()).unwrap_or_default(),
        link: banner.and_then(|banner| banner.path.clone()).unwrap_or_default(),
        until: format!("{}T{:02}:{:02}", local.date(), local.hour(), local.minute()),
        most,
    }
}

/// `POST /desk/front`: pins a story, takes one away, moves one.
pub(in crate::desk) async fn change(ask: Ask) -> Result<Response<Body>, Refused> {
    let form = ask.form();
    let language = language(&ask, form.one("language"));
    let story = StoryId(form.read("story", |text| Uuid::parse_str(text).ok())?);
    let change = form.read("act", |act| match act {
        "pin" => Some(Change::Pin(story)),
        "unpin" => Some(Change::Unpin(story)),
        "up" => Some(Change::Up(story)),
        "down" => Some(Change::Down(story)),
        _ => None,
    })?;
    if let Err(error) = front::change(ask.newsroom(), ask.staff()?, &language, change).await {
        return Ok(again(page(&ask, &language, Some(wrong(error)?)).await?));
    }
    let (moved, said) = match change {
        Change::Pin(_) => (String::new(), "front-pinned"),
        Change::Unpin(_) => (String::new(), "front-unpinned"),
        Change::Up(id) => (format!("&moved={id}&up=1"), "order-changed"),
        Change::Down(id) => (format!("&moved={id}"), "order-changed"),
    };
    Ok(done(&format!("/desk/front?language={language}{moved}"), said))
}

/// `POST /desk/front/breaking`: sets the banner, or takes it away.
pub(in crate::desk) async fn breaking(ask: Ask) -> Result<Response<Body>, Refused> {
    let form = ask.form();
    let language = language(&ask, form.one("language"));
    let (newsroom, staff) = (ask.newsroom(), ask.staff()?);
    let back = format!("/desk/front?language={language}");
    if form.ticked("end") {
        front::clear(newsroom, staff, &language).await?;
        return Ok(done(&back, "breaking-ended"));
    }
    let outcome = match desk::local_time(ask.settings(), form.one("until")) {
        Ok(until) => front::set(newsroom, staff, &language, form.one("text"), form.one("link"), until).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok(()) => Ok(done(&back, "breaking-set")),
        Err(error) => Ok(again(page(&ask, &language, Some(wrong(error)?)).await?)),
    }
}
