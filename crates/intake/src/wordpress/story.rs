//! Posts and pages: what of them becomes a story or a page, and what is passed by and why.

use model::{Language, PhotoUse};
use url::Url;

use super::index::{Index, without_size};
use super::raw::Item;
use super::{content, dates, terms};
use crate::html::{self, Around, Image, plain};
use crate::{Error, FoundPage, FoundPhoto, FoundStory, Sink, Skipped, Standing, photo_id};

/// Why an item is not taken over; `None` when it is.
pub(super) fn reason_to_skip(item: &Item) -> Option<&'static str> {
    if !item.get("wp:post_password").is_empty() {
        return Some("protected by a password");
    }
    match item.get("wp:status") {
        "publish" | "future" | "draft" | "pending" | "" => None,
        "private" => Some("private"),
        "trash" => Some("in the trash"),
        "auto-draft" => Some("an empty draft that WordPress saved by itself"),
        "inherit" => Some("a revision"),
        _ => Some("its status is none of WordPress's own"),
    }
}

/// Delivers an item of the second pass, or accounts for it.
pub(super) fn deliver(item: &Item, index: &mut Index, sink: &mut dyn Sink) -> Result<(), Error> {
    let kind = item.get("wp:post_type");
    match kind {
        // A bare RSS item in a WXR file has no type; it is a post.
        "post" | "page" | "" => match reason_to_skip(item) {
            Some(reason) => skip(item, reason, sink),
            None if kind == "page" => Ok(sink.item(crate::Item::Page(Box::new(page(item, index))))?),
            None => {
                let story = story(item, index);
                Ok(sink.item(crate::Item::Story(Box::new(story)))?)
            }
        },
        "attachment" => match index.by_id(item.id()) {
            Some(attachment) if attachment.is_photo => Ok(()),
            Some(_) => skip(item, "a file that is no photo; links to it stay", sink),
            None => skip(item, "an attachment without an address, or in the trash", sink),
        },
        "guest-author" => Ok(()),
        other => {
            let reason = match other {
                "nav_menu_item" => "menus are made of sections and pages",
                "revision" => "revisions are not taken over",
                "wp_block" => "reusable blocks are written out where they are used",
                "custom_css"
                | "wp_global_styles"
                | "wp_template"
                | "wp_template_part"
                | "wp_navigation"
                | "customize_changeset"
                | "wp_font_family"
                | "wp_font_face"
                | "oembed_cache"
                | "user_request" => "it belongs to WordPress's machinery",
                _ => return skip(item, "a kind of item that Masthead does not know", sink),
            };
            *index.passed_by.entry((other.to_owned(), reason.to_owned())).or_default() += 1;
            Ok(())
        }
    }
}

fn skip(item: &Item, reason: &str, sink: &mut dyn Sink) -> Result<(), Error> {
    let kind = Some(item.get("wp:post_type")).filter(|k| !k.is_empty()).unwrap_or("post").to_owned();
    let hidden = matches!(item.get("wp:status"), "private" | "trash") || !item.get("wp:post_password").is_empty();
    // What nobody was to read does not appear in a report either.
    let title = if hidden { String::new() } else { plain(item.get("title")) };
    let foreign_id = item.get("wp:post_id").to_owned();
    Ok(sink.item(crate::Item::Skipped(Skipped { kind, foreign_id, title, reason: reason.to_owned(), count: 1 }))?)
}

fn story(item: &Item, index: &mut Index) -> FoundStory {
    let standing = match item.get("wp:status") {
        "publish" => Standing::Published,
        "future" => Standing::Scheduled,
        _ => Standing::Draft,
    };
    let language = language(item);
    let converted = convert(item, index, language.as_ref());
    let front = (item.get("wp:is_sticky") == "1" && standing == Standing::Published).then(|| {
        index.sticky += 1;
        index.sticky
    });
    let published_at = dates::published(item).filter(|_| standing != Standing::Draft);
    let primary = [item.meta("_yoast_wpseo_primary_category"), item.meta("_primary_category")].concat();
    FoundStory {
        foreign_id: foreign_id(item),
        standing,
        old_url: address(item),
        aliases: aliases(item, index),
        slug: terms::decoded(item.get("wp:post_name")),
        language,
        group: item.categories.iter().find(|c| c.domain == "post_translations").map(|c| c.nicename.clone()),
        headline: plain(item.get("title")),
        standfirst: standfirst(item),
        document: converted.document,
        lead_photo: lead_photo(item, index),
        photos: converted.photos,
        sections: index.terms.sections(&item.categories, &primary),
        topics: terms::Terms::topics(&item.categories),
        bylines: index.people.of(item),
        sources: Vec::new(),
        corrections: Vec::new(),
        picks: Vec::new(),
        front,
        published_at,
        updated_at: dates::updated(item).filter(|_| published_at.is_some()),
        notes: converted.notes,
    }
}

fn page(item: &Item, index: &Index) -> FoundPage {
    let language = language(item);
    let mut converted = convert(item, index, language.as_ref());
    // A page has no place for a photo on top: it becomes its first block.
    if let Some(photo) = lead_photo(item, index) {
        converted.document.blocks.insert(0, model::document::Block::Photo(photo));
    }
    FoundPage {
        foreign_id: foreign_id(item),
        public: item.get("wp:status") == "publish",
        menu: None,
        old_url: address(item),
        aliases: aliases(item, index),
        slug: terms::decoded(item.get("wp:post_name")),
        language,
        title: plain(item.get("title")),
        document: converted.document,
        photos: converted.photos,
        updated_at: dates::updated(item).or_else(|| dates::published(item)),
        notes: converted.notes,
    }
}

fn foreign_id(item: &Item) -> String {
    match item.get("wp:post_id") {
        "" => item.get("link").to_owned(),
        id => id.to_owned(),
    }
}

fn language(item: &Item) -> Option<Language> {
    item.categories.iter().find(|c| c.domain == "language").and_then(|c| Language::new(&c.nicename).ok())
}

/// Where it stood; a draft's `?p=12` is no address.
fn address(item: &Item) -> Option<String> {
    let link = item.get("link");
    (link.starts_with("http") && !link.contains("?p=") && !link.contains("?page_id=")).then(|| link.to_owned())
}

fn aliases(item: &Item, index: &Index) -> Vec<String> {
    let public = matches!(item.get("wp:status"), "publish" | "future");
    if index.base.is_empty() || item.id() == 0 || !public {
        return Vec::new();
    }
    let name = if item.get("wp:post_type") == "page" { "page_id" } else { "p" };
    let mut out = vec![format!("{}/?{name}={}", index.base, item.id())];
    if let Some(link) = address(item) {
        let slug = item.get("wp:post_name");
        for old in item.metas("_wp_old_slug").filter(|old| !old.is_empty() && !slug.is_empty()) {
            let was = link.replacen(&format!("/{slug}"), &format!("/{old}"), 1);
            if was != link && !out.contains(&was) {
                out.push(was);
            }
        }
    }
    out
}

fn standfirst(item: &Item) -> String {
    let excerpt = plain(item.get("excerpt:encoded"));
    if !excerpt.is_empty() {
        return excerpt;
    }
    let subtitles = ["newspack_post_subtitle", "_subtitle", "wps_subtitle", "kicker_subtitle"];
    subtitles.iter().map(|key| plain(item.meta(key))).find(|s| !s.is_empty()).unwrap_or_default()
}

fn lead_photo(item: &Item, index: &Index) -> Option<PhotoUse> {
    let attachment = index.by_id(item.meta("_thumbnail_id").parse().ok()?)?;
    attachment.is_photo.then(|| PhotoUse::plain(photo_id(&attachment.url)))
}

fn convert(item: &Item, index: &Index, language: Option<&Language>) -> html::Converted {
    let (html, mut notes) = content::to_html(item.get("content:encoded"), item.id(), index);
    let post = Post {
        index,
        language: language.or(index.site.language.as_ref()),
        page: address(item).as_deref().and_then(|link| Url::parse(link).ok()).or_else(|| Url::parse(&index.base).ok()),
        footnotes: footnotes(item.meta("footnotes")),
    };
    let mut converted = html::convert(&html, &post);
    converted.notes.append(&mut notes);
    converted
}

/// The footnotes block keeps its notes in metadata: `[{"content":"…","id":"…"}]`.
fn footnotes(json: &str) -> Vec<(String, String)> {
    #[derive(serde::Deserialize)]
    struct Footnote {
        id: String,
        content: String,
    }
    let list: Vec<Footnote> = serde_json::from_str(json).unwrap_or_default();
    list.into_iter().map(|note| (note.id, note.content)).collect()
}

/// What a post's HTML stands in.
struct Post<'a> {
    index: &'a Index,
    language: Option<&'a Language>,
    page: Option<Url>,
    footnotes: Vec<(String, String)>,
}

impl Around for Post<'_> {
    fn system(&self) -> &'static str {
        "wordpress"
    }

    /// The site's own pages become `/path`; its files stay where they are.
    fn link(&self, href: &str) -> String {
        let href = href.trim();
        if href.starts_with('#') || href.is_empty() {
            return href.to_owned();
        }
        let Some(url) = self.page.as_ref().and_then(|page| page.join(href).ok()) else { return href.to_owned() };
        let host = |url: &Url| url.host_str().map(|h| h.trim_start_matches("www.").to_owned());
        let own = Url::parse(&self.index.base).ok().is_some_and(|base| host(&base) == host(&url));
        if !own || !url.scheme().starts_with("http") || url.path().starts_with("/wp-content/") {
            return url.into();
        }
        url[url::Position::BeforePath..].to_owned()
    }

    fn photo(&self, image: &Image<'_>) -> Option<FoundPhoto> {
        let joined = self.page.as_ref().and_then(|page| page.join(image.src).ok()).map(String::from);
        let src = joined.unwrap_or_else(|| image.src.to_owned());
        let by_class =
            image.class.split_ascii_whitespace().find_map(|class| class.strip_prefix("wp-image-")?.parse().ok());
        // Numbers of another site's library are met in copied posts: the file's name must be the same.
        let attachment = by_class
            .and_then(|id| self.index.by_id(id))
            .filter(|attachment| same_file(&attachment.url, &src))
            .or_else(|| self.index.by_url(&src));
        Some(html::photo_at(attachment.map_or(src.as_str(), |a| &a.url), image))
    }

    fn lists(&self, url: &str) -> bool {
        self.index.lists(url)
    }

    fn is_photo_page(&self, href: &str) -> bool {
        self.index.is_photo_page(href)
    }

    fn language(&self) -> Option<&Language> {
        self.language
    }

    fn footnotes(&self) -> &[(String, String)] {
        &self.footnotes
    }
}

fn same_file(attachment: &str, src: &str) -> bool {
    let name = |url: &str| {
        let path = url.split(['?', '#']).next().unwrap_or_default();
        let file = path.rsplit('/').next().unwrap_or_default();
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let stem = without_size(stem).unwrap_or(stem);
        stem.strip_suffix("-scaled").unwrap_or(stem).to_lowercase()
    };
    name(attachment) == name(src)
}
