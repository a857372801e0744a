//! What stands around every page: head, masthead, menus, footer.

use model::{Language, Photo, Section};
use theme::{
    Strings,
    context::{Breaking, FeedLink, LanguageLink, MenuItem, Pager, ShareImage, Shell, tag_and_dir},
};

use super::reading::Reading;
use crate::{error::Error, support::reminders};

/// Where this page stands in another language.
pub(super) type Elsewhere = Vec<(Language, String)>;

/// Sections in the menu, at most, of those that have stories in the page's language: an imported archive may have
/// hundreds, and the menu is on every page. All of them are on the front page.
const MENU: usize = 16;

/// The shell of a page called `title`. `elsewhere` names its translations, itself included; where a language is not
/// among them, its link leads to that language's front page.
pub(super) async fn shell(reading: &mut Reading, title: &str, elsewhere: &Elsewhere) -> Result<Shell, Error> {
    let breaking = breaking(reading).await?;
    let footer = store::page_menu(&mut reading.tx, &reading.language).await?;
    let (language, dir) = tag_and_dir(&reading.language);
    let path = reading.path.as_str().to_owned();
    let item = |label: String, target: String| MenuItem { current: target == path, label, path: target };
    let used = store::section_in_use(&mut reading.tx, &reading.language).await?;
    let fits = |section: &&Section| section.parent.is_none() && used.contains(&section.id);
    let top = reading.sections.iter().filter(fits).take(MENU);
    let menu = top.map(|section| reading.link_to_section(section)).map(|link| item(link.name, link.path)).collect();
    let footer = footer.into_iter().map(|(slug, title)| item(title, reading.at(&format!("{slug}/")))).collect();
    Ok(Shell {
        site_name: reading.site_name(),
        tagline: reading.settings.tagline.get(&reading.language).unwrap_or_default().to_owned(),
        language,
        dir,
        root: reading.path.to_root(),
        home: reading.at(""),
        latest_path: reading.at("latest/"),
        topics_path: reading.at("topics/"),
        archive_path: reading.at("archive/"),
        menu,
        footer,
        languages: languages(reading, elsewhere),
        alternates: if elsewhere.len() > 1 { links(reading, elsewhere) } else { Vec::new() },
        title: title.to_owned(),
        og_type: "website".to_owned(),
        feeds: vec![feed(reading, "feed.xml", reading.site_name())],
        contact: reading.settings.contact.clone(),
        breaking,
        reminds: reminders::offered(&mut reading.tx).await?,
        path,
        ..Shell::default()
    })
}

/// The breaking banner that stands on every page of this language now.
async fn breaking(reading: &mut Reading) -> Result<Option<Breaking>, Error> {
    let (shown, tags) = crate::front::shown(&mut reading.tx, &reading.language, reading.now).await?;
    tags.into_iter().for_each(|tag| reading.shown.add(tag));
    Ok(shown.map(|(text, path)| Breaking { text, path }))
}

/// The same path below each language: for pages that every language has.
pub(super) fn everywhere(reading: &Reading, rest: &str) -> Elsewhere {
    let settings = &reading.settings;
    settings.languages.iter().map(|l| (l.clone(), format!("{}/{rest}", settings.prefix(l)))).collect()
}

pub(super) fn feed(reading: &Reading, rest: &str, title: String) -> FeedLink {
    FeedLink { path: reading.at(rest), media_type: "application/rss+xml".to_owned(), title }
}

/// Links to these translations.
pub(super) fn links(reading: &Reading, elsewhere: &Elsewhere) -> Vec<LanguageLink> {
    elsewhere.iter().map(|(language, path)| link(reading, language, path.clone())).collect()
}

fn languages(reading: &Reading, elsewhere: &Elsewhere) -> Vec<LanguageLink> {
    let all = &reading.settings.languages;
    if all.len() < 2 {
        return Vec::new();
    }
    all.iter()
        .map(|language| {
            let here = elsewhere.iter().find(|(other, _)| other == language).map(|(_, path)| path.clone());
            link(reading, language, here.unwrap_or_else(|| format!("{}/", reading.settings.prefix(language))))
        })
        .collect()
}

fn link(reading: &Reading, language: &Language, path: String) -> LanguageLink {
    let (tag, dir) = tag_and_dir(language);
    let label = Strings::own_name(&reading.theme.strings(language));
    LanguageLink { language: tag, dir, label, path, current: *language == reading.language }
}

/// Sets what a chat preview shows.
pub(super) fn share_image(shell: &mut Shell, photo: Option<&Photo>, alt: Option<&str>) {
    shell.share_image = photo.and_then(|photo| ShareImage::new(photo, alt));
}

/// Names the neighbours of a page of a list or story in the head.
pub(super) fn neighbours(shell: &mut Shell, pager: &Pager) {
    shell.previous_path.clone_from(&pager.previous);
    shell.next_path.clone_from(&pager.next);
}
