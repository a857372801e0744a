//! Which page a path names. Pure: whether there is such a page is for the database to say.

use model::{Language, Newsroom as Settings, PhotoForm, Slug};

/// First parts of paths that a static page's slug must not take, in every language.
pub const RESERVED: [&str; 14] = [
    "sections",
    "topics",
    "bylines",
    "archive",
    "latest",
    "lite",
    "page",
    "share",
    "media",
    "assets",
    "search",
    "desk",
    "ghost",
    "newsletter",
];

/// A path, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Routed {
    /// The language whose pages stand below this path.
    pub language: Language,
    /// What the path names.
    pub route: Route,
}

/// What a path names. Numbers of parts and list pages count from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// The front page.
    Front,
    /// The front page in its lite form.
    LiteFront,
    /// A story, by the path of its first part.
    Story {
        /// The path in the database.
        path: String,
        /// Which part of it.
        part: usize,
        /// Whether in its lite form.
        lite: bool,
    },
    /// A section's list.
    Section(String, usize),
    /// All topics.
    Topics(usize),
    /// A topic's timeline.
    Topic(String, usize),
    /// What a byline signed.
    Byline(String, usize),
    /// All months.
    Archive,
    /// One month.
    Month(i16, i8, usize),
    /// All stories, newest first.
    Latest(usize),
    /// A static page, or a later part of it.
    Static(String, usize),
    /// A feed.
    Feed(FeedForm, Option<String>),
    /// The list of sitemaps, or one of them.
    Sitemap(Option<usize>),
    /// Stories of the last two days.
    NewsSitemap,
    /// What crawlers may do.
    Robots,
    /// All newsletters, to sign up for.
    Newsletters,
    /// "Remind me later".
    Remind,
    /// A newsletter's past issues.
    Letter(String, usize),
    /// An issue of a newsletter by its number, and which part of it.
    Issue(String, usize, usize),
    /// A feed of a newsletter's past issues.
    LetterFeed(FeedForm, String),
    /// The appeals of a language, for devices that choose among them.
    Appeals(Language),
    /// A service that passes a story on.
    Share(Service, String),
    /// A photo's file, by its object key.
    Media(String),
    /// A file of the theme.
    Asset(String),
    /// None of these; perhaps an old address.
    Other,
}

/// The formats of feeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FeedForm {
    /// RSS 2.0.
    Rss,
    /// Atom.
    Atom,
    /// JSON Feed 1.1.
    Json,
}

impl FeedForm {
    fn of_file(name: &str) -> Option<Self> {
        Some(match name {
            "feed.xml" => Self::Rss,
            "atom.xml" => Self::Atom,
            "feed.json" => Self::Json,
            _ => return None,
        })
    }

    /// The name of its file.
    #[must_use]
    pub fn file(self) -> &'static str {
        match self {
            Self::Rss => "feed.xml",
            Self::Atom => "atom.xml",
            Self::Json => "feed.json",
        }
    }
}

/// Where a story can be passed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Service {
    /// Telegram.
    Telegram,
    /// WhatsApp.
    WhatsApp,
    /// Facebook.
    Facebook,
    /// X.
    X,
    /// The reader's mail program.
    Mail,
}

impl Service {
    /// In the order in which pages offer them.
    pub const ALL: [Self; 5] = [Self::Telegram, Self::WhatsApp, Self::Facebook, Self::X, Self::Mail];

    /// The name in paths.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Telegram => "telegram",
            Self::WhatsApp => "whatsapp",
            Self::Facebook => "facebook",
            Self::X => "x",
            Self::Mail => "mail",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|service| service.as_str() == name)
    }
}

impl Route {
    /// Whether the answer holds absolute addresses, and so depends on the newsroom's address or the request's host.
    #[must_use]
    pub fn is_absolute(&self) -> bool {
        matches!(
            self,
            Self::Feed(..)
                | Self::LetterFeed(..)
                | Self::Sitemap(_)
                | Self::NewsSitemap
                | Self::Robots
                | Self::Share(..)
        )
    }
}

/// Reads a decoded path.
#[must_use]
pub fn route(path: &str, settings: &Settings) -> Routed {
    let own = |route| Routed { language: settings.language.clone(), route };
    let Some(rest) = path.strip_prefix('/') else { return own(Route::Other) };
    if let Some(route) = site_wide(path, rest) {
        return own(route);
    }
    let first = rest.split('/').next().unwrap_or_default();
    // Only the spelling that this program writes is the page; others are redirected to it.
    let language = settings.language_of_prefix(first).filter(|l| settings.prefix(l).trim_start_matches('/') == first);
    match language {
        Some(language) => {
            let below = &rest[first.len()..];
            let route = below.strip_prefix('/').map_or(Route::Other, |below| in_language(path, below));
            Routed { language: language.clone(), route }
        }
        None => own(in_language(path, rest)),
    }
}

/// What exists once, not per language.
fn site_wide(path: &str, rest: &str) -> Option<Route> {
    if rest.starts_with("media/") {
        return Some(if media_type(rest).is_some() { Route::Media(rest.to_owned()) } else { Route::Other });
    }
    if let Some(name) = rest.strip_prefix("assets/") {
        return Some(if is_file_name(name) { Route::Asset(name.to_owned()) } else { Route::Other });
    }
    if let Some(shared) = rest.strip_prefix("share/") {
        let (service, story) = shared.split_once('/')?;
        return Some(match Service::parse(service) {
            Some(service) if path.ends_with('/') => Route::Share(service, format!("/{story}")),
            _ => Route::Other,
        });
    }
    if let Some(tag) = rest.strip_prefix("-/support/appeals/").and_then(|file| file.strip_suffix(".json")) {
        let language = Language::new(tag).ok().filter(|language| language.as_str() == tag);
        return Some(language.map_or(Route::Other, Route::Appeals));
    }
    match rest {
        "robots.txt" => Some(Route::Robots),
        "sitemap.xml" => Some(Route::Sitemap(None)),
        "news-sitemap.xml" => Some(Route::NewsSitemap),
        _ => {
            let number = rest.strip_prefix("sitemap-")?.strip_suffix(".xml")?;
            count(number).map(|number| Route::Sitemap(Some(number)))
        }
    }
}

fn in_language(path: &str, rest: &str) -> Route {
    if let Some(form) = FeedForm::of_file(rest) {
        return Route::Feed(form, None);
    }
    let Some(folders) = rest.strip_suffix('/') else {
        return match rest.split('/').collect::<Vec<_>>()[..] {
            [""] => Route::Front,
            ["sections", slug, file] if is_slug(slug) => {
                FeedForm::of_file(file).map_or(Route::Other, |form| Route::Feed(form, Some(slug.to_owned())))
            }
            ["newsletter", slug, file] if is_slug(slug) => {
                FeedForm::of_file(file).map_or(Route::Other, |form| Route::LetterFeed(form, slug.to_owned()))
            }
            _ => Route::Other,
        };
    };
    let parts: Vec<&str> = folders.split('/').collect();
    match parts[..] {
        ["lite"] => Route::LiteFront,
        ["lite", ..] => story(path, &parts[1..], true),
        ["latest"] => Route::Latest(1),
        ["latest", "page", number] => later(number, Route::Latest),
        ["topics"] => Route::Topics(1),
        ["topics", "page", number] => later(number, Route::Topics),
        ["newsletter"] => Route::Newsletters,
        ["support", "remind"] => Route::Remind,
        ["newsletter", slug, ref rest @ ..] if is_slug(slug) => letter(slug, rest),
        ["archive"] => Route::Archive,
        ["archive", year, month] => this_month(year, month, 1),
        ["archive", year, month, "page", number] => later(number, |number| this_month(year, month, number)),
        ["sections", slug] if is_slug(slug) => Route::Section(slug.to_owned(), 1),
        ["sections", slug, "page", n] if is_slug(slug) => later(n, |n| Route::Section(slug.to_owned(), n)),
        ["topics", slug] if is_slug(slug) => Route::Topic(slug.to_owned(), 1),
        ["topics", slug, "page", n] if is_slug(slug) => later(n, |n| Route::Topic(slug.to_owned(), n)),
        ["bylines", slug] if is_slug(slug) => Route::Byline(slug.to_owned(), 1),
        ["bylines", slug, "page", n] if is_slug(slug) => later(n, |n| Route::Byline(slug.to_owned(), n)),
        [slug] if is_slug(slug) && !RESERVED.contains(&slug) => Route::Static(slug.to_owned(), 1),
        [slug, number] if is_slug(slug) && !RESERVED.contains(&slug) => {
            later(number, |part| Route::Static(slug.to_owned(), part))
        }
        _ => story(path, &parts, false),
    }
}

/// What stands below a newsletter: its list, or an issue by its number.
fn letter(slug: &str, rest: &[&str]) -> Route {
    match rest {
        [] => Route::Letter(slug.to_owned(), 1),
        ["page", number] => later(number, |number| Route::Letter(slug.to_owned(), number)),
        [number] => count(number).map_or(Route::Other, |number| Route::Issue(slug.to_owned(), number, 1)),
        [number, part] => match count(number) {
            Some(number) => later(part, |part| Route::Issue(slug.to_owned(), number, part)),
            None => Route::Other,
        },
        _ => Route::Other,
    }
}

/// `YYYY/MM/DD/slug` and perhaps a part's number, in `parts`; `path` is the whole path.
fn story(path: &str, parts: &[&str], lite: bool) -> Route {
    let (date, rest) = match parts {
        [year, month, day, rest @ ..] => ([*year, *month, *day], rest),
        _ => return Route::Other,
    };
    let dated = digits(date[0], 4) && digits(date[1], 2) && digits(date[2], 2);
    let (slug, part) = match rest {
        [slug] => (*slug, Some(1)),
        [slug, number] => (*slug, count(number).filter(|part| *part > 1)),
        _ => return Route::Other,
    };
    let (true, true, Some(part)) = (dated, is_slug(slug), part) else { return Route::Other };
    // The path in the database is the same for every part and form.
    let mut first = path.to_owned();
    if part > 1 {
        first.truncate(path.len() - rest[1].len() - 1);
    }
    if lite {
        first = first.replacen("/lite/", "/", 1);
    }
    Route::Story { path: first, part, lite }
}

fn this_month(year: &str, month: &str, page: usize) -> Route {
    if !digits(year, 4) || !digits(month, 2) {
        return Route::Other;
    }
    match (year.parse(), month.parse()) {
        (Ok(year), Ok(month @ 1..=12)) => Route::Month(year, month, page),
        _ => Route::Other,
    }
}

/// The second and later pages of something; the first has no number in its path.
fn later(number: &str, route: impl FnOnce(usize) -> Route) -> Route {
    match count(number) {
        Some(number) if number > 1 => route(number),
        _ => Route::Other,
    }
}

/// A number from 1 to 99,999 in its one spelling.
fn count(text: &str) -> Option<usize> {
    let plain = (1..=5).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
    if plain { text.parse().ok() } else { None }
}

fn digits(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_slug(text: &str) -> bool {
    Slug::new(text).is_ok()
}

/// The media type of a photo's file by its key, `media/ab/<32 hex>.<webp, avif or jpg>`. Nothing else below `media/` is
/// public.
#[must_use]
pub fn media_type(key: &str) -> Option<&'static str> {
    let parts: Vec<&str> = key.split('/').collect();
    let ["media", folder, file] = parts[..] else { return None };
    let (name, extension) = file.split_once('.')?;
    let hex = name.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    let form = [PhotoForm::Webp, PhotoForm::Avif, PhotoForm::Jpeg].into_iter().find(|f| f.extension() == extension)?;
    (hex && folder.len() == 2 && name.len() == 32 && name.starts_with(folder)).then(|| form.media_type())
}

fn is_file_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('.')
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> Settings {
        let languages = ["en", "ru", "fa", "pt-BR"].map(|tag| Language::new(tag).unwrap());
        Settings { languages: languages.to_vec(), ..Settings::default() }
    }

    fn story(path: &str, part: usize, lite: bool) -> Route {
        Route::Story { path: path.to_owned(), part, lite }
    }

    #[test]
    fn every_kind_of_path_is_read() {
        let key = "media/ab/ab3456789012345678901234567890ff.webp";
        for (path, language, route) in [
            ("/", "en", Route::Front),
            ("/ru/", "ru", Route::Front),
            ("/pt-br/", "pt-BR", Route::Front),
            ("/lite/", "en", Route::LiteFront),
            ("/fa/lite/", "fa", Route::LiteFront),
            ("/2025/07/11/wonsan/", "en", story("/2025/07/11/wonsan/", 1, false)),
            ("/2025/07/11/wonsan/2/", "en", story("/2025/07/11/wonsan/", 2, false)),
            ("/ru/2025/07/11/wonsan/12/", "ru", story("/ru/2025/07/11/wonsan/", 12, false)),
            ("/lite/2025/07/11/wonsan/", "en", story("/2025/07/11/wonsan/", 1, true)),
            ("/ru/lite/2025/07/11/wonsan/2/", "ru", story("/ru/2025/07/11/wonsan/", 2, true)),
            ("/sections/world/", "en", Route::Section("world".to_owned(), 1)),
            ("/fa/sections/world/page/3/", "fa", Route::Section("world".to_owned(), 3)),
            ("/topics/", "en", Route::Topics(1)),
            ("/topics/page/2/", "en", Route::Topics(2)),
            ("/topics/wonsan/", "en", Route::Topic("wonsan".to_owned(), 1)),
            ("/topics/wonsan/page/2/", "en", Route::Topic("wonsan".to_owned(), 2)),
            ("/bylines/a-b/", "en", Route::Byline("a-b".to_owned(), 1)),
            ("/archive/", "en", Route::Archive),
            ("/newsletter/", "en", Route::Newsletters),
            ("/fa/newsletter/", "fa", Route::Newsletters),
            ("/support/remind/", "en", Route::Remind),
            ("/fa/support/remind/", "fa", Route::Remind),
            ("/newsletter/weekly/", "en", Route::Letter("weekly".to_owned(), 1)),
            ("/fa/newsletter/hafte/page/3/", "fa", Route::Letter("hafte".to_owned(), 3)),
            ("/newsletter/weekly/12/", "en", Route::Issue("weekly".to_owned(), 12, 1)),
            ("/ru/newsletter/utro/12/2/", "ru", Route::Issue("utro".to_owned(), 12, 2)),
            ("/newsletter/weekly/feed.xml", "en", Route::LetterFeed(FeedForm::Rss, "weekly".to_owned())),
            ("/fa/newsletter/hafte/feed.json", "fa", Route::LetterFeed(FeedForm::Json, "hafte".to_owned())),
            ("/ru/archive/2025/07/", "ru", Route::Month(2025, 7, 1)),
            ("/archive/2025/07/page/2/", "en", Route::Month(2025, 7, 2)),
            ("/latest/", "en", Route::Latest(1)),
            ("/latest/page/99/", "en", Route::Latest(99)),
            ("/about/", "en", Route::Static("about".to_owned(), 1)),
            ("/ru/privacy/2/", "ru", Route::Static("privacy".to_owned(), 2)),
            ("/feed.xml", "en", Route::Feed(FeedForm::Rss, None)),
            ("/ru/atom.xml", "ru", Route::Feed(FeedForm::Atom, None)),
            ("/feed.json", "en", Route::Feed(FeedForm::Json, None)),
            ("/sections/world/feed.xml", "en", Route::Feed(FeedForm::Rss, Some("world".to_owned()))),
            ("/sitemap.xml", "en", Route::Sitemap(None)),
            ("/sitemap-12.xml", "en", Route::Sitemap(Some(12))),
            ("/news-sitemap.xml", "en", Route::NewsSitemap),
            ("/robots.txt", "en", Route::Robots),
            ("/share/telegram/ru/2025/07/11/w/", "en", Route::Share(Service::Telegram, "/ru/2025/07/11/w/".to_owned())),
            ("/-/support/appeals/pt-BR.json", "en", Route::Appeals(Language::new("pt-BR").unwrap())),
            ("/media/ab/ab3456789012345678901234567890ff.webp", "en", Route::Media(key.to_owned())),
            ("/assets/serif.1a2b3c4d.woff2", "en", Route::Asset("serif.1a2b3c4d.woff2".to_owned())),
        ] {
            let wanted = Routed { language: Language::new(language).unwrap(), route };
            assert_eq!(super::route(path, &settings()), wanted, "{path}");
        }
    }

    #[test]
    fn what_only_looks_like_a_page_is_none() {
        for path in [
            "//",
            "/about",
            "/2025/7/11/wonsan/",
            "/2025/07/11/",
            "/2025/07/11/wonsan",
            "/2025/07/11/wonsan/1/",
            "/2025/07/11/wonsan/02/",
            "/2025/07/11/Wonsan/",
            "/2025/07/11/wonsan/2/3/",
            "/en/2025/07/11/wonsan/x/",
            "/RU/archive/",
            "/ru",
            "/archive/2025/13/",
            "/archive/2025/",
            "/latest/page/1/",
            "/latest/page/999999999999/",
            "/sections/",
            "/newsletter/weekly/0/",
            "/newsletter/weekly/012/",
            "/newsletter/weekly/12/1/",
            "/newsletter/weekly/page/1/",
            "/newsletter/weekly/12/2/3/",
            "/newsletter/weekly/index.xml",
            "/share/telegram/2025/07/11/w",
            "/share/elsewhere/2025/07/11/w/",
            "/media/source/abc",
            "/media/ab/source.json",
            "/media/ab/ff3456789012345678901234567890ff.webp",
            "/media/ab/ab3456789012345678901234567890ff.svg",
            "/assets/",
            "/assets/../x",
            "/assets/a/b",
            "/sitemap-0.xml",
            "/wp-login.php",
            "/lite/about/",
            "/-/support/appeals/PT-br.json",
            "/-/support/appeals/.json",
        ] {
            assert_eq!(super::route(path, &settings()).route, Route::Other, "{path}");
        }
    }
}
