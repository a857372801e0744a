//! Ghost's cards as the HTML that Ghost itself writes for them; Lexical and Mobiledoc share their fields.

use serde_json::Value;

use crate::html::escape;

/// A card as HTML.
pub(super) fn card(name: &str, data: &Value) -> String {
    let raw = |field: &str| data.get(field).and_then(Value::as_str).unwrap_or_default();
    let text = |field: &str| escape(raw(field));
    let said = caption(raw("caption"));
    match name {
        "image" => format!("<figure class=\"kg-card kg-image-card {}\">{}{said}</figure>", width(data), image(data)),
        "gallery" => {
            let images = data.get("images").and_then(Value::as_array).into_iter().flatten();
            format!(
                "<figure class=\"kg-card kg-gallery-card\">{}{said}</figure>",
                images.map(image).collect::<String>()
            )
        }
        "embed" => embed(data, &said),
        "bookmark" => bookmark(data, &said),
        "html" => raw("html").to_owned(),
        "markdown" | "card-markdown" => crate::markdown::to_html(raw("markdown")),
        "code" | "codeblock" => {
            let code = format!("<pre><code class=\"language-{}\">{}</code></pre>", text("language"), text("code"));
            if said.is_empty() { code } else { format!("<figure>{code}{said}</figure>") }
        }
        "hr" | "horizontalrule" => "<hr>".to_owned(),
        "callout" => format!(
            "<div class=\"kg-card kg-callout-card\"><div class=\"kg-callout-emoji\">{}</div><div class=\"kg-callout-text\">{}</div></div>",
            text("calloutEmoji"),
            raw("calloutText")
        ),
        "toggle" => format!(
            "<div class=\"kg-card kg-toggle-card\"><h4 class=\"kg-toggle-heading-text\">{}</h4><div class=\"kg-toggle-content\">{}</div></div>",
            raw("heading"),
            raw("content")
        ),
        "button" => format!(
            "<div class=\"kg-card kg-button-card\"><a href=\"{}\">{}</a></div>",
            text("buttonUrl"),
            text("buttonText")
        ),
        "file" => file(data),
        "audio" => format!(
            "<div class=\"kg-card kg-audio-card\"><audio src=\"{}\"></audio><div class=\"kg-audio-title\">{}</div></div>",
            text("src"),
            text("title")
        ),
        "video" => {
            format!("<figure class=\"kg-card kg-video-card\"><video src=\"{}\"></video>{said}</figure>", text("src"))
        }
        "header" => format!("<h2>{}</h2><p>{}</p>", raw("header"), raw("subheader")),
        "product" => format!("<h4>{}</h4>{}", raw("productTitle"), raw("productDescription")),
        "call-to-action" => format!("<div>{}</div>", raw("textValue")),
        "email" | "email-cta" | "signup" => "<div class=\"kg-card kg-email-card\"></div>".to_owned(),
        // What follows was for members; the post's visibility has spoken already.
        "paywall" => String::new(),
        _ => kept(name, data),
    }
}

/// The element that `html` turns into `Unknown`.
pub(super) fn kept(name: &str, data: &Value) -> String {
    let raw = escape(&data.to_string());
    format!("<masthead-kept data-name=\"{}\" data-raw=\"{raw}\" data-text=\"\"></masthead-kept>", escape(name))
}

fn caption(html: &str) -> String {
    if html.trim().is_empty() { String::new() } else { format!("<figcaption>{html}</figcaption>") }
}

fn width(data: &Value) -> &'static str {
    match data.get("cardWidth").and_then(Value::as_str) {
        Some("wide") => "kg-width-wide",
        Some("full") => "kg-width-full",
        _ => "",
    }
}

fn image(data: &Value) -> String {
    let text = |field: &str| escape(data.get(field).and_then(Value::as_str).unwrap_or_default());
    let image = format!("<img src=\"{}\" alt=\"{}\">", text("src"), text("alt"));
    match text("href") {
        href if href.is_empty() => image,
        href => format!("<a href=\"{href}\">{image}</a>"),
    }
}

fn embed(data: &Value, said: &str) -> String {
    let raw = |field: &str| data.get(field).and_then(Value::as_str).unwrap_or_default();
    if data.get("embedType").or_else(|| data.get("type")).and_then(Value::as_str) == Some("bookmark") {
        return bookmark(data, said);
    }
    if crate::html::known_embed(raw("url")).is_none() && !raw("html").is_empty() {
        return format!("<figure class=\"kg-card kg-embed-card\">{}{said}</figure>", raw("html"));
    }
    format!("<figure><div class=\"wp-block-embed__wrapper\">{}</div>{said}</figure>", escape(raw("url")))
}

fn bookmark(data: &Value, said: &str) -> String {
    let metadata = data.get("metadata").unwrap_or(data);
    let text = |field: &str| escape(metadata.get(field).and_then(Value::as_str).unwrap_or_default());
    let url = escape(data.get("url").and_then(Value::as_str).unwrap_or_default());
    format!(
        "<figure class=\"kg-card kg-bookmark-card\"><a href=\"{url}\"><div class=\"kg-bookmark-title\">{}</div><div class=\"kg-bookmark-description\">{}</div><span class=\"kg-bookmark-publisher\">{}</span></a>{said}</figure>",
        text("title"),
        text("description"),
        text("publisher")
    )
}

fn file(data: &Value) -> String {
    let text = |field: &str| escape(data.get(field).and_then(Value::as_str).unwrap_or_default());
    let title = if text("fileTitle").is_empty() { text("fileName") } else { text("fileTitle") };
    format!(
        "<div class=\"kg-card kg-file-card\"><a href=\"{}\"><div class=\"kg-file-card-title\">{title}</div><div class=\"kg-file-card-caption\">{}</div></a></div>",
        text("src"),
        text("fileCaption")
    )
}
