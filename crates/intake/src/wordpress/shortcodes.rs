//! Shortcodes: `[caption]`, `[gallery]` and players are written out as HTML. One that is not known is kept when it stands
//! alone; within a line it stays text, because `[sic]` is none.

use super::autop::{end_of, tag_length, tag_name};
use super::content::Writer;
use crate::html::{escape, plain};

/// Shortcodes hold each other at most so deep.
const MAX_DEPTH: usize = 8;
/// Whose characters are left as they are.
const VERBATIM: [&str; 4] = ["script", "style", "masthead-kept", "textarea"];

/// Writes out the shortcodes of a text.
pub(super) fn write(text: &str, writer: &mut Writer<'_>) -> String {
    if !text.contains('[') {
        return text.to_owned();
    }
    nested(text, 0, writer)
}

fn nested(text: &str, depth: usize, writer: &mut Writer<'_>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(found) = text[at..].find(['<', '[']) {
        let start = at + found;
        out.push_str(&text[at..start]);
        let rest = &text[start..];
        if rest.starts_with('<') {
            let name = tag_name(&rest[..tag_length(rest)]);
            let verbatim = VERBATIM.contains(&name.as_str()) && !rest.starts_with("</");
            let length = if verbatim { end_of(rest, &name) } else { tag_length(rest) };
            out.push_str(&rest[..length]);
            at = start + length;
        } else if rest.starts_with("[[") && rest.contains("]]") {
            // `[[gallery]]` is how one writes about a shortcode.
            let end = rest.find("]]").unwrap_or(1);
            out.push_str(&rest[1..=end]);
            at = start + end + 2;
        } else if let Some(code) = Shortcode::at(rest) {
            let alone = alone(&text[..start], &rest[code.length..]);
            match written(&code, alone, depth, writer) {
                Some(html) => out.push_str(&html),
                None => out.push_str(&rest[..code.length]),
            }
            at = start + code.length;
        } else {
            out.push('[');
            at = start + 1;
        }
    }
    out.push_str(&text[at..]);
    out
}

/// Whether nothing stands on the line before and after.
fn alone(before: &str, after: &str) -> bool {
    let before = before.rsplit('\n').next().unwrap_or_default().trim();
    let after = after.split('\n').next().unwrap_or_default().trim();
    (before.is_empty() || before.ends_with('>')) && (after.is_empty() || after.starts_with('<'))
}

/// A shortcode as it stands.
struct Shortcode<'a> {
    name: String,
    attributes: Vec<(String, String)>,
    /// What stands between `[name]` and `[/name]`.
    inner: Option<&'a str>,
    raw: &'a str,
    length: usize,
}

impl<'a> Shortcode<'a> {
    fn at(text: &'a str) -> Option<Self> {
        let name: String = text[1..].chars().take_while(|c| c.is_ascii_alphanumeric() || "_-".contains(*c)).collect();
        if name.is_empty() || !name.starts_with(|c: char| c.is_ascii_alphabetic()) || name.len() > 60 {
            return None;
        }
        let after = text[1 + name.len()..].chars().next()?;
        if !after.is_whitespace() && !matches!(after, ']' | '/' | '=') {
            return None;
        }
        let end = end_of_tag(text)?;
        let given = text[1 + name.len()..end - 1].trim();
        let closed = given.ends_with('/');
        let attributes = attributes(given.trim_end_matches('/'));
        let close = if closed { None } else { closing(text, end, &name) };
        let (inner, length) = match close {
            Some((from, to)) => (Some(&text[end..from]), to),
            None => (None, end),
        };
        Some(Self { name, attributes, inner, raw: &text[..length], length })
    }

    fn get(&self, name: &str) -> &str {
        self.attributes.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// The value that stands without a name: `[youtube https://…]`.
    fn bare(&self) -> &str {
        self.attributes.iter().find(|(key, _)| key.is_empty()).map_or("", |(_, value)| value)
    }
}

/// Where the `]` of the tag is, which may stand in quotes before. Nested brackets and new tags end the search.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate().skip(1).take(8192) {
        match (quote, byte) {
            (None, b']') => return Some(at + 1),
            (None, b'[' | b'<') => return None,
            (None, b'"') => quote = Some(byte),
            (Some(q), b) if q == b => quote = None,
            _ => {}
        }
    }
    None
}

/// Where `[/name]` begins and ends, passing by those of shortcodes of the same name within.
fn closing(text: &str, from: usize, name: &str) -> Option<(usize, usize)> {
    let (open, close) = (format!("[{name}"), format!("[/{name}]"));
    let mut depth = 1usize;
    let mut at = from;
    while let Some(found) = text[at..].find('[') {
        let here = at + found;
        let rest = &text[here..];
        if rest.starts_with(&close) {
            depth -= 1;
            if depth == 0 {
                return Some((here, here + close.len()));
            }
        } else if rest.starts_with(&open) && rest[open.len()..].starts_with([' ', ']']) {
            depth += 1;
        }
        at = here + 1;
    }
    None
}

fn attributes(text: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    // Editors turned quotes into curly ones and entities.
    let text =
        text.replace(['“', '”', '″'], "\"").replace("&quot;", "\"").replace("&#8221;", "\"").replace("&#8220;", "\"");
    let mut rest = text.trim_start_matches('=').trim();
    while !rest.is_empty() && out.len() < 100 {
        let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let (key, after) = rest.split_at(end);
        let quoted_bare = key.starts_with(['"', '\'']);
        if let Some(value) = after.strip_prefix('=').filter(|_| !quoted_bare && !key.contains("//")) {
            let (value, left) = value_of(value.trim_start());
            out.push((key.to_ascii_lowercase(), value.to_owned()));
            rest = left.trim_start();
        } else {
            let (value, left) = if key.contains("//") || quoted_bare { value_of(rest) } else { (key, after) };
            out.push((String::new(), value.to_owned()));
            rest = left.trim_start();
        }
    }
    out
}

fn value_of(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote) {
            let end = inner.find(quote).unwrap_or(inner.len());
            return (&inner[..end], inner.get(end + 1..).unwrap_or(""));
        }
    }
    text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()))
}

/// The shortcode as HTML; `None` when it is text.
fn written(code: &Shortcode<'_>, alone: bool, depth: usize, writer: &mut Writer<'_>) -> Option<String> {
    let inner = code.inner.unwrap_or_default();
    let inside =
        |writer: &mut Writer<'_>| if depth < MAX_DEPTH { nested(inner, depth + 1, writer) } else { inner.to_owned() };
    Some(match code.name.as_str() {
        "caption" | "wp_caption" => caption(code, &inside(writer)),
        "gallery" => gallery(code, writer),
        "playlist" => Writer::kept("[playlist]", code.raw, ""),
        "audio" | "video" => player(code),
        "embed" | "youtube" | "vimeo" | "dailymotion" | "wpvideo" | "videopress" | "soundcloud" | "spotify"
        | "tweet" | "twitter" | "instagram" | "facebook" | "tiktok" | "wordpress-tv" | "wptv" | "ted" | "bandcamp"
        | "slideshare" | "scribd" | "googlemaps" | "google-map" | "polldaddy" | "crowdsignal" | "gist" => embed(code),
        "code" | "sourcecode" | "php" | "js" | "css" | "html" if code.inner.is_some() => {
            let language = [code.get("lang"), code.get("language")].concat();
            let text = inner.trim_matches('\n');
            let text = if text.contains("&lt;") { text.to_owned() } else { escape(text) };
            format!("<pre><code class=\"language-{}\">{text}</code></pre>", escape(&language))
        }
        "pullquote" | "pull_quote" | "pull" if code.inner.is_some() => {
            format!("<figure class=\"wp-block-pullquote\"><blockquote>{}</blockquote></figure>", inside(writer))
        }
        "quote" | "blockquote" if code.inner.is_some() => format!("<blockquote>{}</blockquote>", inside(writer)),
        "footnote" | "ref" | "efn_note" if code.inner.is_some() => format!(" ({})", inside(writer)),
        _ => return unknown(code, alone, inside, writer),
    })
}

/// A shortcode of a plugin. Its text is taken over; without any it is kept, unless it is no shortcode at all.
fn unknown(
    code: &Shortcode<'_>,
    alone: bool,
    inside: impl Fn(&mut Writer<'_>) -> String,
    writer: &mut Writer<'_>,
) -> Option<String> {
    let surely = !code.attributes.is_empty() && code.attributes.iter().any(|(key, _)| !key.is_empty())
        || code.name.contains(['_', '-'])
        || code.inner.is_some();
    let name = format!("[{}]", code.name);
    match code.inner {
        Some(inner) if !plain(inner).is_empty() => {
            writer.dropped(&name, "its text was taken over; what the plugin did with it was not");
            let open = code.raw.contains("\n\n");
            Some(if open { format!("\n\n{}\n\n", inside(writer)) } else { inside(writer) })
        }
        _ if surely && alone => Some(Writer::kept(&name, code.raw, "")),
        _ => None,
    }
}

/// `[caption]<a><img></a> words[/caption]`.
fn caption(code: &Shortcode<'_>, inner: &str) -> String {
    let image = inner.rfind("<img").map(|at| at + tag_length(&inner[at..]));
    let end = image.map_or(0, |at| {
        let after = inner[at..].trim_start();
        let link = if after.starts_with("</a>") { inner[at..].len() - after.len() + 4 } else { 0 };
        at + link
    });
    let (media, words) = inner.split_at(end);
    let words = if code.get("caption").is_empty() { words.trim() } else { code.get("caption") };
    format!(
        "<figure class=\"wp-caption {}\">{media}<figcaption>{words}</figcaption></figure>",
        escape(code.get("align"))
    )
}

/// `[gallery ids="1,2"]`; without ids, the photos attached to the post.
fn gallery(code: &Shortcode<'_>, writer: &Writer<'_>) -> String {
    let list = |name: &str| -> Vec<u64> { code.get(name).split(',').filter_map(|id| id.trim().parse().ok()).collect() };
    let mut ids = list("ids");
    if ids.is_empty() {
        ids = list("include");
    }
    if ids.is_empty() {
        ids = writer.index.photos_of(code.get("id").parse().unwrap_or(writer.post));
        let without = list("exclude");
        ids.retain(|id| !without.contains(id));
    }
    let photos: String = ids.iter().filter_map(|id| writer.figure(*id)).collect();
    if photos.is_empty() {
        return Writer::kept("[gallery]", code.raw, "");
    }
    format!("<div class=\"gallery\">{photos}</div>")
}

fn player(code: &Shortcode<'_>) -> String {
    let named = ["src", "mp4", "mp3", "m4v", "m4a", "webm", "ogv", "ogg", "wav", "flv", "wmv"];
    let own = named.iter().map(|name| code.get(name)).find(|v| !v.is_empty()).unwrap_or(code.bare());
    // Old players listed several files, and took options after a bar.
    let src = own.split(['|', ',']).next().unwrap_or_default().trim();
    let src = if src.is_empty() { code.inner.unwrap_or_default().trim() } else { src };
    if !src.starts_with("http") && !src.starts_with('/') {
        return Writer::kept(&format!("[{}]", code.name), code.raw, "");
    }
    format!("<figure><{0} src=\"{1}\"></{0}></figure>", code.name, escape(src))
}

/// `[embed]https://…[/embed]`, `[youtube abc]`, `[vimeo 12]`.
fn embed(code: &Shortcode<'_>) -> String {
    let said = [
        code.inner.unwrap_or_default(),
        code.get("url"),
        code.get("src"),
        code.get("id"),
        code.get("video_id"),
        code.bare(),
    ];
    let said = said.into_iter().map(plain).find(|v| !v.is_empty()).unwrap_or_default();
    let said = said.trim_start_matches('=').trim_matches('"');
    let is_id = !said.is_empty() && said.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    let url = match (code.name.as_str(), is_id) {
        _ if said.starts_with("http") => said.to_owned(),
        ("youtube", true) => format!("https://www.youtube.com/watch?v={said}"),
        ("vimeo", true) => format!("https://vimeo.com/{said}"),
        ("dailymotion", true) => format!("https://www.dailymotion.com/video/{said}"),
        ("wpvideo" | "videopress", true) => format!("https://videopress.com/v/{said}"),
        ("tweet" | "twitter", true) => format!("https://x.com/i/status/{said}"),
        ("instagram", true) => format!("https://www.instagram.com/p/{said}/"),
        _ => return Writer::kept(&format!("[{}]", code.name), code.raw, said),
    };
    Writer::embed(&url)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wordpress::index::Index;

    fn written(text: &str) -> String {
        let index = Index::default();
        let mut writer = Writer { index: &index, post: 0, notes: Vec::new(), reused: 0 };
        write(text, &mut writer)
    }

    #[test]
    fn what_is_no_shortcode_stays_text() {
        for text in
            ["He said [sic] so.", "[1] First.", "[sic]", "a [", "[]", "[/caption]", "<a title=\"[gallery]\">x</a>"]
        {
            assert_eq!(written(text), text);
        }
        assert_eq!(written("write [[gallery]] here"), "write [gallery] here");
    }

    #[test]
    fn a_caption_is_split_from_its_photo() {
        let html = written(
            "[caption id=\"attachment_1\" align=\"alignleft\" width=\"300\"]<a href=\"x\"><img src=\"y\" alt=\"\" /></a> Words <em>here</em>[/caption]",
        );
        assert_eq!(
            html,
            "<figure class=\"wp-caption alignleft\"><a href=\"x\"><img src=\"y\" alt=\"\" /></a><figcaption>Words <em>here</em></figcaption></figure>"
        );
    }

    #[test]
    fn an_unknown_shortcode_alone_is_kept() {
        let html = written("a\n\n[contact-form-7 id=\"1\" title=\"Write us\"]\n\nb");
        assert!(html.contains("<masthead-kept data-name=\"[contact-form-7]\""), "{html}");
    }

    #[test]
    fn players_are_understood_in_all_their_spellings() {
        assert!(written("[youtube=http://www.youtube.com/watch?v=abc&w=320]").contains("watch?v=abc"));
        assert!(written("[youtube https://youtu.be/abc]").contains("https://youtu.be/abc"));
        assert!(written("[vimeo 123]").contains("https://vimeo.com/123"));
        assert!(written("[audio http://example.org/a.mp3|titles=x]").contains("src=\"http://example.org/a.mp3\""));
    }
}
