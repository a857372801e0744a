//! Photos, players, frames, code, and the scripts that stand for a post.

use std::borrow::Cow;

use model::document::{Block, Embed, EmbedKind, FileLink};
use model::{PhotoUse, photo::PhotoWidth};
use scraper::{ElementRef, Node};

use super::element::{attr, has_class, named, short};
use super::walk::{Flow, Walker};
use super::{Image, embed, figure, words};
use crate::links;
use crate::{FoundPhoto, photo_id};

/// The photo at an address, with the words of the image.
#[must_use]
pub fn photo_at(url: &str, image: &Image<'_>) -> FoundPhoto {
    FoundPhoto {
        id: photo_id(url),
        url: url.to_owned(),
        alt: words::collapse(image.alt),
        caption: String::new(),
        credit: String::new(),
    }
}

/// `p`. Several photos and nothing else are a gallery.
pub(super) fn paragraph<'a>(walker: &mut Walker<'a>, element: ElementRef<'a>, flow: &mut Flow) {
    if images_alone(element) > 1 {
        return figure::gallery(walker, element, flow);
    }
    walker.children(element, flow);
}

fn images_alone(element: ElementRef<'_>) -> usize {
    let mut images = 0;
    for node in element.descendants().skip(1) {
        match node.value() {
            Node::Text(text) if !text.trim().is_empty() => return 0,
            Node::Element(e) => match e.name() {
                "img" => images += 1,
                "a" | "br" | "span" | "picture" | "source" => {}
                _ => return 0,
            },
            _ => {}
        }
    }
    images
}

pub(super) fn image<'a>(walker: &mut Walker<'a>, element: ElementRef<'a>, flow: &mut Flow) {
    let value = |name| attr(element, name).unwrap_or_default();
    let (alt, class) = (value("alt"), value("class"));
    let src = source(element);
    if is_emoji(&src, class) {
        return flow.line.text(alt);
    }
    if value("width") == "1" || value("height") == "1" {
        return walker.dropped("tracking pixel", "pages ask nothing of others");
    }
    if src.trim().is_empty() {
        return walker.dropped("image without an address", "there is nothing to show");
    }
    if src.starts_with("data:") {
        return walker.keep(element, "img with its data within", flow);
    }
    shown(walker, element, &src, flow);
}

/// A photo where the image stands.
fn shown<'a>(walker: &mut Walker<'a>, element: ElementRef<'a>, src: &str, flow: &mut Flow) {
    let value = |name| attr(element, name).unwrap_or_default();
    let (alt, class) = (value("alt"), value("class"));
    let Some(photo) = walker.around.photo(&Image { src: src.trim(), alt, title: value("title"), class }) else {
        return walker.dropped(&format!("image {}", short(src)), "its address leads out of the export, or is none");
    };
    let mut used = PhotoUse {
        photo: photo.id,
        alt: Some(words::collapse(alt)).filter(|alt| !alt.is_empty()),
        caption: Vec::new(),
        credit: None,
        width: figure::width_in(class),
    };
    if !walker.around.lists(&photo.url) {
        if !photo.caption.is_empty() {
            used.caption = model::document::text(&photo.caption);
        }
        used.credit = Some(photo.credit.clone()).filter(|credit| !credit.is_empty());
        walker.photos.entry(photo.url.clone()).or_insert(photo);
    }
    if used.width == PhotoWidth::Text && attr(element, "align").is_some_and(|a| a.eq_ignore_ascii_case("right")) {
        used.width = PhotoWidth::End;
    }
    let repeats =
        in_noscript(element) && matches!(flow.blocks.last(), Some(Block::Photo(last)) if last.photo == used.photo);
    if !repeats {
        linked_to(walker, element);
        flow.push(Block::Photo(used));
    }
}

/// The image's address; lazy loaders keep it elsewhere.
fn source(element: ElementRef<'_>) -> Cow<'_, str> {
    let src = attr(element, "src").unwrap_or_default();
    if !src.is_empty() && !src.starts_with("data:") && !src.ends_with("/blank.gif") {
        return src.into();
    }
    let lazy = ["data-src", "data-lazy-src", "data-original", "data-orig-file"];
    if let Some(src) = lazy.iter().find_map(|name| attr(element, name)).filter(|s| !s.is_empty()) {
        return src.into();
    }
    let set = attr(element, "srcset").or_else(|| attr(element, "data-srcset")).unwrap_or_default();
    match set.split(", ").last().and_then(|last| last.split_ascii_whitespace().next()) {
        Some(largest) => largest.trim_end_matches(',').into(),
        None => src.into(),
    }
}

fn is_emoji(src: &str, class: &str) -> bool {
    src.contains("s.w.org/images/core/emoji") || class.split(' ').any(|c| matches!(c, "wp-smiley" | "emoji"))
}

fn in_noscript(element: ElementRef<'_>) -> bool {
    element.ancestors().filter_map(ElementRef::wrap).any(|e| e.value().name() == "noscript")
}

/// A photo in a document leads nowhere: a link around it that is not to itself is reported.
fn linked_to<'a>(walker: &mut Walker<'a>, element: ElementRef<'a>) {
    let link = element.ancestors().filter_map(ElementRef::wrap).take(4).find(|e| e.value().name() == "a");
    let Some((link, href)) = link.and_then(|link| Some((link, attr(link, "href")?))) else { return };
    let path = href.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    let to_a_photo =
        ["jpg", "jpeg", "png", "gif", "webp", "avif", "svg"].iter().any(|end| path.ends_with(&format!(".{end}")));
    let to_its_page =
        attr(link, "rel").is_some_and(|rel| rel.contains("attachment")) || href.contains("attachment_id=");
    let with_text = !words::readable(link).is_empty();
    let to_its_page = to_its_page || walker.around.is_photo_page(href);
    if !to_a_photo && !to_its_page && !with_text && !href.is_empty() {
        walker.dropped(&format!("link around a photo to {}", short(href)), "photos lead nowhere");
    }
}

/// `iframe`: a card that names who holds it.
pub(super) fn frame<'a>(walker: &mut Walker<'a>, element: ElementRef<'a>, flow: &mut Flow) {
    let src = ["src", "data-src", "data-lazy-src", "data-litespeed-src"].iter().find_map(|name| attr(element, name));
    let title = attr(element, "title").unwrap_or_default();
    match src.and_then(links::web).and_then(|url| embed::frame(&url, title)) {
        Some(embed) => flow.push(Block::Embed(embed)),
        None => walker.keep(element, "iframe", flow),
    }
}

/// `video`, `audio`.
pub(super) fn player<'a>(walker: &mut Walker<'a>, element: ElementRef<'a>, flow: &mut Flow) {
    let own = attr(element, "src").filter(|src| !src.trim().is_empty());
    let src = own.or_else(|| named(element, &["source"]).and_then(|source| attr(source, "src")));
    let kind = if element.value().name() == "video" { EmbedKind::Video } else { EmbedKind::Audio };
    let title = attr(element, "title").or_else(|| attr(element, "aria-label")).unwrap_or_default();
    let found = src.and_then(|src| walker.around.photo(&Image { src, alt: "", title: "", class: "" }));
    let address = found.map(|photo| photo.url);
    match address.as_deref().and_then(|url| embed::file(kind, url, title)) {
        Some(embed) => flow.push(Block::Embed(embed)),
        None => match address.filter(|path| !path.is_empty() && !path.contains(':')) {
            // A recording that lies beside the export.
            Some(path) => {
                let name = if title.is_empty() { path.rsplit('/').next().unwrap_or(&path) } else { title }.to_owned();
                flow.push(Block::File(FileLink {
                    href: format!("/{}", path.trim_start_matches('/')),
                    name,
                    bytes: None,
                }));
            }
            None => walker.keep(element, element.value().name(), flow),
        },
    }
}

/// `object`, `embed`: players of the Flash years that still name a video, else kept.
pub(super) fn object<'a>(walker: &mut Walker<'a>, element: ElementRef<'a>, flow: &mut Flow) {
    let own = attr(element, "data").or_else(|| attr(element, "src"));
    let inner = named(element, &["embed"]).and_then(|e| attr(e, "src"));
    let param = element
        .descendants()
        .filter_map(ElementRef::wrap)
        .find(|e| e.value().name() == "param" && attr(*e, "name").is_some_and(|n| n.eq_ignore_ascii_case("movie")))
        .and_then(|e| attr(e, "value"));
    let known = [own, inner, param].into_iter().flatten().find_map(|src| embed::known(&links::web(src)?));
    match known {
        Some(embed) => flow.push(Block::Embed(embed)),
        None if has_class(element, &["wp-block-file__embed"]) => {}
        None => walker.keep(element, element.value().name(), flow),
    }
}

/// `pre`: code, or verse whose line breaks count.
pub(super) fn code<'a>(walker: &mut Walker<'a>, element: ElementRef<'a>, flow: &mut Flow) {
    if has_class(element, &["wp-block-verse"]) {
        flow.cut();
        flow.line.verse = true;
        walker.children(element, flow);
        flow.cut();
        flow.line.verse = false;
        return;
    }
    let mut text = String::new();
    for node in element.descendants() {
        match node.value() {
            Node::Text(part) => text.push_str(part),
            Node::Element(e) if e.name() == "br" => text.push('\n'),
            _ => {}
        }
    }
    let text = text.trim_matches('\n').trim_end();
    if !text.is_empty() {
        flow.push(Block::Code { language: language_of(element), text: text.to_owned() });
    }
}

fn language_of(element: ElementRef<'_>) -> String {
    let inner = named(element, &["code"]);
    let classes = [Some(element), inner].into_iter().flatten().filter_map(|e| attr(e, "class"));
    let named = classes.flat_map(str::split_ascii_whitespace).find_map(|class| {
        class.strip_prefix("language-").or_else(|| class.strip_prefix("lang-")).or_else(|| class.strip_prefix("brush:"))
    });
    let name =
        named.or_else(|| inner.and_then(|e| attr(e, "lang"))).or_else(|| attr(element, "lang")).unwrap_or_default();
    name.chars().filter(|c| c.is_ascii_alphanumeric() || "+#-_.".contains(*c)).take(32).collect()
}

/// `script`: Telegram's names a post; those of other networks only dress up what stands before them.
pub(super) fn script<'a>(walker: &mut Walker<'a>, element: ElementRef<'a>, flow: &mut Flow) {
    if let Some(post) = attr(element, "data-telegram-post") {
        let url = format!("https://t.me/{}", post.trim_matches('/'));
        if let Some(embed) = embed::known(&url) {
            return flow.push(Block::Embed(embed));
        }
    }
    let src = attr(element, "src").unwrap_or_default();
    let dresses = [
        "platform.twitter.com",
        "platform.x.com",
        "instagram.com/embed.js",
        "tiktok.com/embed.js",
        "connect.facebook.net",
        "embed.redditmedia",
        "platform.instagram.com",
        "player.vimeo.com/api",
        "telegram.org/js",
    ];
    if dresses.iter().any(|d| src.contains(d)) {
        return walker.dropped(&format!("script {}", short(src)), "the post is shown as a card");
    }
    walker.keep_raw("script", element.html(), String::new(), flow);
}

/// `input`: the box of a task list; anything else is a form.
pub(super) fn input<'a>(walker: &mut Walker<'a>, element: ElementRef<'a>, flow: &mut Flow) {
    match attr(element, "type").unwrap_or_default() {
        "checkbox" if attr(element, "checked").is_some() => flow.line.text("☑ "),
        "checkbox" => flow.line.text("☐ "),
        "hidden" => {}
        _ => walker.keep(element, "input", flow),
    }
}

/// A card for a post whose words stand in an element.
pub(super) fn post<'a>(walker: &mut Walker<'a>, element: ElementRef<'a>, mut embed: Embed, flow: &mut Flow) {
    let mut inner = Vec::new();
    for block in walker.beside(element, flow) {
        match block {
            Block::Paragraph { content } => inner.push(content),
            Block::Photo(_) | Block::Embed(_) => {}
            other => inner.push(figure::lines_of(vec![other]).0),
        }
    }
    embed.caption = super::tidy::join(inner);
    flow.push(Block::Embed(embed));
}
