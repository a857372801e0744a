//! What stands around the sample pages.

use crate::context::{FeedLink, LanguageLink, MenuItem, Shell};

use super::Newsroom;

/// The languages that the samples link to one another.
const LANGUAGES: [(&str, &str, &str); 3] = [("en", "ltr", "English"), ("ru", "ltr", "Русский"), ("fa", "rtl", "فارسی")];

/// The shell of the page at `path` (without the language's part).
pub(super) fn shell(newsroom: &Newsroom<'_>, path: &str, title: &str) -> Shell {
    let words = newsroom.words;
    let here = newsroom.path(path);
    let language = newsroom.strings.language();
    let item = |(index, label): (usize, &&str)| {
        let path = newsroom.at(&format!("/sections/s{index}/"));
        MenuItem { label: (*label).to_owned(), current: path == here.as_str(), path }
    };
    let page = |(index, label): (usize, &&str)| {
        let path = newsroom.at(&format!("/page-{index}/"));
        MenuItem { label: (*label).to_owned(), current: path == here.as_str(), path }
    };
    let feed = |name: &str, media_type: &str| FeedLink {
        path: newsroom.at(name),
        media_type: media_type.to_owned(),
        title: words.site.to_owned(),
    };
    Shell {
        site_name: words.site.to_owned(),
        tagline: words.tagline.to_owned(),
        language: language.to_string(),
        dir: language.direction().as_str().to_owned(),
        root: here.to_root(),
        path: here.as_str().to_owned(),
        home: newsroom.at("/"),
        latest_path: newsroom.at("/latest/"),
        topics_path: newsroom.at("/topics/"),
        archive_path: newsroom.at("/archive/"),
        menu: words.sections.iter().enumerate().map(item).collect(),
        footer: words.pages.iter().enumerate().map(page).collect(),
        languages: languages(newsroom, path),
        alternates: languages(newsroom, path),
        title: title.to_owned(),
        description: words.stories[0].1.to_owned(),
        og_type: "website".to_owned(),
        feeds: vec![feed("/feed.xml", "application/rss+xml"), feed("/feed.json", "application/feed+json")],
        lite_path: Some(newsroom.at("/lite/")),
        contact: words.contact.to_owned(),
        year: newsroom.strings.calendar_year(model::Timestamp::from_millis(super::NOW), &jiff::tz::TimeZone::UTC),
        ..Shell::default()
    }
}

/// The page at `path` in every language.
pub(super) fn languages(newsroom: &Newsroom<'_>, path: &str) -> Vec<LanguageLink> {
    let own = newsroom.strings.language().as_str();
    let link = |(language, dir, label): (&str, &str, &str)| LanguageLink {
        language: language.to_owned(),
        dir: dir.to_owned(),
        label: label.to_owned(),
        path: if language == "en" { path.to_owned() } else { format!("/{language}{path}") },
        current: language == own,
    };
    LANGUAGES.into_iter().map(link).collect()
}
