//! A post as a story or a page.

use model::document::{Inline, plain::line};
use model::{Language, PhotoUse, Timestamp};

use super::rows::{Index, Post};
use super::{lexical, mobiledoc};
use crate::html::{self, Around, Converted, Image, plain};
use crate::{Error, FoundPage, FoundPhoto, FoundStory, Item, Note, Sink, Standing, photo_id};

/// What stands for the site's address in texts.
const SITE: &str = "__GHOST_URL__";

/// Delivers a post.
pub(super) fn deliver(post: &Post, index: &Index, sink: &mut dyn Sink) -> Result<(), Error> {
    let page = post.kind == "page" || post.page == "1" || post.page == "true";
    let item =
        if page { Item::Page(Box::new(self::page(post, index))) } else { Item::Story(Box::new(story(post, index))) };
    Ok(sink.item(item)?)
}

fn story(post: &Post, index: &Index) -> FoundStory {
    let language = language(post);
    let mut converted = body(post, index, language.as_ref());
    let standing = standing(post, &mut converted.notes);
    let lead_photo = lead(post, index, &mut converted);
    let (sections, topics) = index.filed(&post.id);
    let published_at = moment(&post.published_at).filter(|_| standing != Standing::Draft);
    FoundStory {
        foreign_id: post.id.clone(),
        standing,
        old_url: (standing != Standing::Draft && !post.slug.is_empty()).then(|| format!("/{}/", post.slug)),
        aliases: Vec::new(),
        slug: post.slug.clone(),
        language,
        group: None,
        headline: plain(&post.title),
        standfirst: plain(&post.custom_excerpt),
        document: converted.document,
        lead_photo,
        photos: converted.photos,
        sections,
        topics,
        bylines: index.signed(post),
        sources: Vec::new(),
        corrections: Vec::new(),
        picks: Vec::new(),
        front: (matches!(post.featured.as_str(), "true" | "1") && standing == Standing::Published)
            .then(|| index.next_on_front()),
        published_at,
        updated_at: moment(&post.updated_at).filter(|at| published_at.is_some_and(|published| published < *at)),
        notes: converted.notes,
    }
}

fn page(post: &Post, index: &Index) -> FoundPage {
    let language = language(post);
    let mut converted = body(post, index, language.as_ref());
    let standing = standing(post, &mut converted.notes);
    if let Some(photo) = lead(post, index, &mut converted) {
        converted.document.blocks.insert(0, model::document::Block::Photo(photo));
    }
    FoundPage {
        foreign_id: post.id.clone(),
        public: standing == Standing::Published,
        menu: None,
        old_url: (standing == Standing::Published).then(|| format!("/{}/", post.slug)),
        aliases: Vec::new(),
        slug: post.slug.clone(),
        language,
        title: plain(&post.title),
        document: converted.document,
        photos: converted.photos,
        updated_at: moment(&post.updated_at).or_else(|| moment(&post.published_at)),
        notes: converted.notes,
    }
}

/// What was not public does not become so.
fn standing(post: &Post, notes: &mut Vec<Note>) -> Standing {
    let public = matches!(post.visibility.as_str(), "public" | "");
    let (standing, reason) = match post.status.as_str() {
        "published" if public => (Standing::Published, ""),
        "scheduled" if public => (Standing::Scheduled, ""),
        "published" | "scheduled" => (Standing::Draft, "it was for members only, so it is a draft"),
        "sent" => (Standing::Draft, "it was sent by mail only, so it is a draft"),
        _ => (Standing::Draft, ""),
    };
    if !reason.is_empty() {
        notes.push(Note::Dropped { name: "publication".to_owned(), reason: reason.to_owned() });
    }
    standing
}

fn language(post: &Post) -> Option<Language> {
    Language::new(&post.locale).or_else(|_| Language::new(&post.language)).ok()
}

fn body(post: &Post, index: &Index, language: Option<&Language>) -> Converted {
    let language = language.or(index.site.language.as_ref());
    let said = |html: &String| !html.trim().is_empty();
    // The stored HTML wins; it is what readers saw.
    let html = Some(post.html.clone())
        .filter(said)
        .or_else(|| Some(lexical::to_html(&post.lexical)).filter(said))
        .or_else(|| Some(mobiledoc::to_html(&post.mobiledoc)).filter(said))
        .unwrap_or_else(|| crate::markdown::to_html(&post.markdown));
    html::convert(&html, &Site { language })
}

fn lead(post: &Post, index: &Index, converted: &mut Converted) -> Option<PhotoUse> {
    let src = if post.feature_image.is_empty() { &post.image } else { &post.feature_image };
    if src.trim().is_empty() {
        return None;
    }
    let meta = index.meta(&post.id);
    let alt = if meta.feature_image_alt.is_empty() { &post.feature_image_alt } else { &meta.feature_image_alt };
    let said =
        if meta.feature_image_caption.is_empty() { &post.feature_image_caption } else { &meta.feature_image_caption };
    let around = Site { language: index.site.language.as_ref() };
    let mut photo = around.photo(&Image { src: src.trim(), alt, title: "", class: "" })?;
    let mut used = PhotoUse::plain(photo.id);
    used.alt = Some(photo.alt.clone()).filter(|alt| !alt.is_empty());
    used.caption = caption(said, &around);
    photo.caption = line(&used.caption);
    if !converted.photos.iter().any(|p| p.url == photo.url) {
        converted.photos.insert(0, photo);
    }
    Some(used)
}

fn caption(html: &str, around: &Site<'_>) -> Vec<Inline> {
    match html::convert(html, around).document.blocks.into_iter().next() {
        Some(model::document::Block::Paragraph { content }) => content,
        _ => Vec::new(),
    }
}

/// Dates are ISO texts, `2017-01-01 10:00:00` in UTC, or milliseconds.
fn moment(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(millis) = text.parse::<i64>() {
        return Some(Timestamp::from_millis(millis));
    }
    if let Ok(at) = text.parse::<jiff::Timestamp>() {
        return Some(at.into());
    }
    let civil: jiff::civil::DateTime = text.replacen(' ', "T", 1).parse().ok()?;
    Some(jiff::tz::TimeZone::UTC.to_timestamp(civil).ok()?.into())
}

/// What a post's HTML stands in: the site's address is not in the file.
struct Site<'a> {
    language: Option<&'a Language>,
}

impl Around for Site<'_> {
    fn system(&self) -> &'static str {
        "ghost"
    }

    fn link(&self, href: &str) -> String {
        match href.trim().strip_prefix(SITE) {
            Some("") => "/".to_owned(),
            Some(path) => path.to_owned(),
            None => href.to_owned(),
        }
    }

    /// Photos of the site itself are paths below the export's folder: `content/images/…`.
    fn photo(&self, image: &Image<'_>) -> Option<FoundPhoto> {
        let local = image.src.strip_prefix(SITE).or_else(|| image.src.starts_with('/').then_some(image.src));
        let url = match local.filter(|path| !path.starts_with("//")) {
            Some(path) => without_size(path.trim_start_matches('/')),
            None => html::web_address(image.src)?,
        };
        let leads_out = url.split('/').any(|part| part == "..") || url.contains('\0') || url.len() > 4096;
        (!leads_out).then(|| FoundPhoto { id: photo_id(&url), ..html::photo_at(&url, image) })
    }

    fn language(&self) -> Option<&Language> {
        self.language
    }
}

/// `content/images/size/w600/2020/a.jpg` is a smaller copy of `content/images/2020/a.jpg`.
fn without_size(path: &str) -> String {
    match path.split_once("/size/w") {
        Some((before, after)) => match after.split_once('/') {
            Some((width, rest)) if width.bytes().all(|b| b.is_ascii_digit() || b == b'h') => format!("{before}/{rest}"),
            _ => path.to_owned(),
        },
        None => path.to_owned(),
    }
}
