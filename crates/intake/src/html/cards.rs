//! Elements that mean something by their class: the cards, widgets and wrappers of WordPress, Ghost, Substack and Markdown.

use model::document::{Block, BoxKind, Embed, EmbedKind, FileLink, Inline};
use scraper::ElementRef;
use serde_json::Value;

use super::element::{attr, below, has_class, named};
use super::walk::{Flow, Walker};
use super::{embed, figure, media, words};
use crate::links;

/// Whether the element was one of these; then it is written.
pub(super) fn handled<'a>(walker: &mut Walker<'a>, element: ElementRef<'a>, flow: &mut Flow) -> bool {
    if walker.footnotes.is_apart(element) {
        return true;
    }
    if attr(element, "hidden").is_some() && element.value().name() != "details" {
        walker.keep(element, "hidden text", flow);
        return true;
    }
    let Some(classes) = attr(element, "class") else { return by_attribute(walker, element, flow) };
    if has_class(element, &["callout"]) && attr(element, "data-callout").is_some() {
        callout(walker, element, flow);
        return true;
    }
    classes.split_ascii_whitespace().any(|class| by_class(walker, element, class, flow))
        || by_attribute(walker, element, flow)
}

fn by_attribute<'a>(walker: &mut Walker<'a>, element: ElementRef<'a>, flow: &mut Flow) -> bool {
    let style = attr(element, "style").unwrap_or_default();
    if style.contains("display:none") || style.contains("display: none") {
        walker.keep(element, "hidden text", flow);
        return true;
    }
    false
}

/// One flat list: a class, and what it means.
fn by_class<'a>(walker: &mut Walker<'a>, element: ElementRef<'a>, class: &str, flow: &mut Flow) -> bool {
    match class {
        "wp-block-spacer" | "screen-reader-text" | "sr-only" | "image-link-expand" | "header-anchor-parent" => {}
        "wp-block-pullquote" | "pullquote" => figure::pull(walker, element, flow),
        "wp-block-embed" | "wp-block-embed__wrapper" => return bare_embed(walker, element, flow),
        "wp-caption" => figure::figure(walker, element, flow),
        "wp-block-gallery"
        | "blocks-gallery-grid"
        | "tiled-gallery"
        | "wp-block-jetpack-tiled-gallery"
        | "wp-block-jetpack-slideshow"
        | "gallery"
        | "image-gallery-embed"
            if element.value().name() != "figure" =>
        {
            substack_gallery(walker, element, flow);
        }
        "wp-block-file" | "kg-file-card" => return file(walker, element, flow),
        "wp-block-cover" | "wp-block-cover-image" => cover(walker, element, flow),
        "twitter-tweet" | "twitter-video" | "instagram-media" | "tiktok-embed" | "fb-post" | "fb-video"
        | "bluesky-embed" | "text-post-media" | "reddit-embed-bq" => return social(walker, element, flow),
        "kg-bookmark-card" => return bookmark(walker, element, flow),
        "kg-callout-card" => {
            let emoji = below(element, &["kg-callout-emoji"]).map(words::readable).unwrap_or_default();
            let text = below(element, &["kg-callout-text"]).unwrap_or(element);
            let mut blocks = walker.within(text, flow);
            if let (Some(Block::Paragraph { content }), false) = (blocks.first_mut(), emoji.is_empty()) {
                content.insert(0, Inline::text(format!("{emoji} ")));
            }
            flow.contain(blocks, |blocks| Block::Box { kind: BoxKind::Note, title: Vec::new(), blocks });
        }
        "kg-toggle-card" => {
            let title = below(element, &["kg-toggle-heading-text"]);
            let heading = title.map(|t| walker.as_line(t, flow)).unwrap_or_default();
            let content = below(element, &["kg-toggle-content"]).map(|c| walker.within(c, flow)).unwrap_or_default();
            flow.contain(content, |blocks| Block::Box { kind: BoxKind::Note, title: heading, blocks });
        }
        "kg-audio-card" => return titled_player(walker, element, "kg-audio-title", flow),
        "kg-video-card" => return titled_player(walker, element, "kg-video-title", flow),
        "kg-signup-card"
        | "kg-cta-card"
        | "kg-email-card"
        | "subscription-widget-wrap"
        | "subscription-widget"
        | "subscribe-widget"
        | "install-substack-app-embed"
        | "community-chat" => {
            walker.dropped("sign-up box", "the newsroom's own stands in the theme");
        }
        "button-wrapper" | "captioned-button-wrap" | "kg-button-card" | "preamble-subscribe" => {
            button(walker, element, flow)
        }
        "youtube-wrap"
        | "vimeo-wrap"
        | "tweet"
        | "embedded-post-wrap"
        | "spotify-wrap"
        | "soundcloud-wrap"
        | "apple-podcast-container"
        | "instagram"
        | "bluesky-wrap"
        | "tiktok-wrap"
        | "embedded-publication-wrap"
        | "native-audio-embed"
        | "native-video-embed"
        | "digest-post-embed" => {
            return data_attrs(walker, element, class, flow);
        }
        "poll-embed" | "latex-rendered" | "mailchimp-embed" | "prediction-market-wrap" => {
            walker.keep(element, class, flow)
        }
        _ => return false,
    }
    true
}

/// `<div class="wp-block-embed__wrapper">https://…</div>`: an embed was meant, whoever holds it.
fn bare_embed<'a>(walker: &mut Walker<'a>, element: ElementRef<'a>, flow: &mut Flow) -> bool {
    if element.value().name() == "figure" {
        return false;
    }
    let text = words::readable(element);
    let bare = named(element, &["iframe", "blockquote", "script", "img"]).is_none();
    let meant = links::web(&text).filter(|_| bare && !text.contains(' ')).and_then(|url| embed::meant(&url, ""));
    meant
        .map(|embed| flow.push(Block::Embed(embed)))
        .or_else(|| (bare && text.is_empty()).then(|| walker.keep(element, "embed", flow)))
        .is_some()
}

/// Comrak's callouts: `> [!so-far] Title`.
fn callout<'a>(walker: &mut Walker<'a>, element: ElementRef<'a>, flow: &mut Flow) {
    let kind = attr(element, "data-callout").unwrap_or_default().to_lowercase();
    let Some(content) = below(element, &["callout-content"]) else { return };
    let title_element = below(element, &["callout-title"]);
    // Without a title of its own, the renderer writes the kind.
    let usual = |t: &ElementRef<'a>| words::readable(*t).to_lowercase().replace(' ', "-") == kind.replace(' ', "-");
    let mut title = title_element.filter(|t| !usual(t)).map(|t| walker.as_line(t, flow)).unwrap_or_default();
    if matches!(kind.as_str(), "pull" | "pullquote" | "pull-quote") {
        if let Some(Inline::Text { text }) = title.first_mut() {
            *text = text.trim_start_matches(['—', '–', '-', ' ']).to_owned();
        }
        let blocks = walker.beside(content, flow);
        return figure::push_pull(blocks, title, flow);
    }
    let kind = match kind.as_str() {
        "so-far" | "story-so-far" => BoxKind::StorySoFar,
        "facts" | "fact" => BoxKind::Facts,
        _ => BoxKind::Note,
    };
    let blocks = walker.within(content, flow);
    if !blocks.is_empty() || !title.is_empty() {
        flow.contain(blocks, |blocks| Block::Box { kind, title, blocks });
    }
}

/// WordPress's and Ghost's file blocks.
fn file<'a>(walker: &mut Walker<'a>, element: ElementRef<'a>, flow: &mut Flow) -> bool {
    let link = element
        .descendants()
        .filter_map(ElementRef::wrap)
        .find(|e| e.value().name() == "a" && attr(*e, "href").is_some());
    let Some((link, href)) = link.and_then(|link| Some((link, attr(link, "href")?))) else { return false };
    let Some(href) = links::allowed(&walker.around.link(href)).filter(|h| h.starts_with('/') || h.starts_with("http"))
    else {
        return false;
    };
    let title = below(element, &["kg-file-card-title"]).map_or_else(|| words::readable(link), words::readable);
    let last = href.rsplit('/').next().unwrap_or(&href).to_owned();
    let name = if title.is_empty() { last } else { title };
    flow.push(Block::File(FileLink { href, name, bytes: None }));
    if let Some(said) =
        below(element, &["kg-file-card-caption"]).map(|c| walker.as_line(c, flow)).filter(|l| !l.is_empty())
    {
        flow.push(Block::Paragraph { content: said });
    }
    true
}

/// A photo with words on it: the photo, then the words.
fn cover<'a>(walker: &mut Walker<'a>, element: ElementRef<'a>, flow: &mut Flow) {
    flow.cut();
    let background = attr(element, "style").and_then(background);
    let photo =
        background.and_then(|src| walker.around.photo(&super::Image { src: &src, alt: "", title: "", class: "" }));
    if let Some(photo) = photo {
        let mut used = model::PhotoUse::plain(photo.id);
        used.width = figure::width_of(element);
        if !walker.around.lists(&photo.url) {
            walker.photos.entry(photo.url.clone()).or_insert(photo);
        }
        flow.push(Block::Photo(used));
    }
    walker.children(element, flow);
    flow.cut();
}

fn background(style: &str) -> Option<String> {
    let inner = style.split("background-image:").nth(1)?.split("url(").nth(1)?.split(')').next()?;
    let url = inner.trim().trim_matches(['"', '\'']).to_owned();
    (url.starts_with("http") || url.starts_with('/')).then_some(url)
}

/// Posts of social networks as their embed codes write them.
fn social<'a>(walker: &mut Walker<'a>, element: ElementRef<'a>, flow: &mut Flow) -> bool {
    let named =
        ["data-instgrm-permalink", "cite", "data-href", "data-embed-url"].iter().find_map(|name| attr(element, name));
    let linked = element.descendants().filter_map(ElementRef::wrap).filter_map(|e| attr(e, "href"));
    let found = named.into_iter().chain(linked).filter_map(links::web).filter_map(|url| embed::known(&url)).last();
    let found = found.or_else(|| embed::meant(&links::web(named?)?, ""));
    match found {
        Some(embed) => {
            media::post(walker, element, embed, flow);
            true
        }
        None => false,
    }
}

fn bookmark<'a>(walker: &mut Walker<'a>, element: ElementRef<'a>, flow: &mut Flow) -> bool {
    let Some(href) = named(element, &["a"]).and_then(|a| attr(a, "href")) else { return false };
    let title = below(element, &["kg-bookmark-title"]).map(words::readable).unwrap_or_default();
    let Some(mut embed) = links::web(href).and_then(|url| embed::meant(&url, &title)) else { return false };
    let said = below(element, &["kg-bookmark-description"]).map(words::readable).unwrap_or_default();
    let caption = named(element, &["figcaption"]).map(|c| walker.as_line(c, flow)).unwrap_or_default();
    embed.caption = if caption.is_empty() && !said.is_empty() { model::document::text(said) } else { caption };
    if embed.source.contains('.')
        && let Some(publisher) = below(element, &["kg-bookmark-author", "kg-bookmark-publisher"]).map(words::readable)
        && !publisher.is_empty()
    {
        embed.source = publisher;
    }
    flow.push(Block::Embed(embed));
    true
}

fn titled_player<'a>(walker: &mut Walker<'a>, element: ElementRef<'a>, class: &str, flow: &mut Flow) -> bool {
    let Some(player) = named(element, &["audio", "video"]) else { return false };
    let mut inner = Flow::new(flow.depth, Vec::new());
    media::player(walker, player, &mut inner);
    if let Some(Block::Embed(embed)) = inner.blocks.first_mut() {
        if let Some(title) = below(element, &[class]) {
            embed.title = words::readable(title);
        }
        embed.caption = named(element, &["figcaption"]).map(|c| walker.as_line(c, flow)).unwrap_or_default();
    }
    flow.cut();
    flow.blocks.append(&mut inner.blocks);
    true
}

/// A button: what asks to subscribe, share or comment goes, any other is a link.
fn button<'a>(walker: &mut Walker<'a>, element: ElementRef<'a>, flow: &mut Flow) {
    let link = element.descendants().filter_map(ElementRef::wrap).find(|e| e.value().name() == "a");
    let href = link.and_then(|link| attr(link, "href")).unwrap_or_default();
    let said = words::readable(link.unwrap_or(element));
    let asks = ["/subscribe", "/comments", "action=share", "/account", "#/portal", "gift=true", "%%", "/leaderboard"];
    if asks.iter().any(|what| href.contains(what)) || href.is_empty() {
        return walker.dropped(&format!("button “{}”", super::element::short(&said)), "it belongs to the old system");
    }
    flow.cut();
    walker.children(element, flow);
    flow.cut();
}

/// Substack's widgets name what they show in `data-attrs`, as JSON.
fn data_attrs<'a>(walker: &mut Walker<'a>, element: ElementRef<'a>, class: &str, flow: &mut Flow) -> bool {
    let Some(data) = attr(element, "data-attrs").and_then(|json| serde_json::from_str::<Value>(json).ok()) else {
        return false;
    };
    let text = |name: &str| data.get(name).and_then(Value::as_str).filter(|t| !t.is_empty());
    let url = match class {
        "youtube-wrap" => text("videoId").map(|id| format!("https://www.youtube.com/watch?v={id}")),
        "vimeo-wrap" => text("videoId").map(|id| format!("https://vimeo.com/{id}")),
        "instagram" => text("instagram_id").map(|id| format!("https://www.instagram.com/p/{id}/")),
        "embedded-publication-wrap" => text("base_url").map(str::to_owned),
        _ => text("url").or_else(|| text("canonical_url")).map(str::to_owned),
    };
    let Some(mut embed) =
        url.as_deref().and_then(links::web).and_then(|url| embed::meant(&url, text("title").unwrap_or_default()))
    else {
        walker.keep(element, class, flow);
        return true;
    };
    if let Some(said) = text("full_text").or_else(|| text("caption")).or_else(|| text("subtitle")) {
        embed.caption = model::document::text(words::plain(said));
    }
    refine(&mut embed, class);
    flow.push(Block::Embed(embed));
    true
}

fn refine(embed: &mut Embed, class: &str) {
    match class {
        "native-audio-embed" | "apple-podcast-container" => embed.kind = EmbedKind::Audio,
        "native-video-embed" => embed.kind = EmbedKind::Video,
        "tweet" | "instagram" | "bluesky-wrap" => embed.kind = EmbedKind::Post,
        _ => {}
    }
}

/// Photos in a wrapper; Substack lists them in `data-attrs` only.
fn substack_gallery<'a>(walker: &mut Walker<'a>, element: ElementRef<'a>, flow: &mut Flow) {
    let data = attr(element, "data-attrs").and_then(|json| serde_json::from_str::<Value>(json).ok());
    let Some(gallery) = data.as_ref().and_then(|d| d.get("gallery")) else {
        return figure::gallery(walker, element, flow);
    };
    let mut photos = Vec::new();
    for image in gallery.get("images").and_then(Value::as_array).into_iter().flatten() {
        let Some(src) = image.get("src").and_then(Value::as_str) else { continue };
        let Some(photo) = walker.around.photo(&super::Image { src, alt: "", title: "", class: "" }) else { continue };
        photos.push(model::PhotoUse::plain(photo.id));
        walker.photos.entry(photo.url.clone()).or_insert(photo);
    }
    let said = gallery.get("caption").and_then(Value::as_str).map(words::plain).filter(|c| !c.is_empty());
    let caption = said.map(model::document::text).unwrap_or_default();
    match photos.len() {
        0 => walker.keep(element, "image-gallery-embed", flow),
        1 => flow.push(Block::Photo(model::PhotoUse { caption, ..photos.remove(0) })),
        _ => flow.push(Block::Gallery { photos, caption }),
    }
}
