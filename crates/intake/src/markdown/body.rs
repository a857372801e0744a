//! The text of a file: CommonMark and its usual extensions through comrak, shortcodes of Hugo, Zola and Jekyll on the way.

use comrak::{Options, markdown_to_html};
use model::Language;

use super::files::{Folder, Found};
use super::site::{self, System};
use crate::html::{self, Around, Converted, Image, escape};
use crate::{FoundPhoto, photo_id};

/// What a file's text stands in.
pub(super) struct File<'a> {
    pub(super) found: &'a Found,
    pub(super) folder: &'a Folder,
    pub(super) site: &'a site::Around,
    pub(super) language: Option<&'a Language>,
}

pub(super) fn convert(markdown: &str, file: &File<'_>) -> Converted {
    html::convert(&to_html(&shortcodes(markdown)), file)
}

/// Markdown as HTML, with the HTML that stands in it; `html::convert` lets nothing dangerous through.
pub(crate) fn to_html(markdown: &str) -> String {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.description_lists = true;
    options.extension.ofm_callouts = true;
    options.render.r#unsafe = true;
    markdown_to_html(markdown, &options)
}

/// The address of a photo: a path below the folder's root, or an address on the web.
pub(super) fn photo_address(address: &str, found: &Found, folder: &Folder) -> Option<String> {
    let address = address.trim();
    if address.is_empty() {
        return None;
    }
    html::web_address(address).or_else(|| folder.local(found, address))
}

impl Around for File<'_> {
    fn system(&self) -> &'static str {
        "markdown"
    }

    fn link(&self, href: &str) -> String {
        let own = self.site.site.address.as_deref().and_then(|base| href.strip_prefix(base));
        if let Some(path) = own.filter(|path| path.starts_with('/')) {
            return path.to_owned();
        }
        match self.site.system {
            System::Hugo | System::Zola => file_link(href, &self.found.folder).unwrap_or_else(|| href.to_owned()),
            System::Masthead | System::Jekyll | System::Other => href.to_owned(),
        }
    }

    /// The title of a Markdown image is `Caption | Credit`.
    fn photo(&self, image: &Image<'_>) -> Option<FoundPhoto> {
        let url = photo_address(image.src, self.found, self.folder)?;
        let (caption, credit) = image.title.rsplit_once('|').unwrap_or((image.title, ""));
        Some(FoundPhoto {
            id: photo_id(&url),
            url,
            alt: image.alt.trim().to_owned(),
            caption: caption.trim().to_owned(),
            credit: credit.trim().to_owned(),
        })
    }

    fn language(&self) -> Option<&Language> {
        self.language
    }
}

/// A text with nothing around it.
pub(super) struct Typed<'a>(pub(super) &'a Language);

impl Around for Typed<'_> {
    fn system(&self) -> &'static str {
        "markdown"
    }

    fn photo(&self, _image: &Image<'_>) -> Option<FoundPhoto> {
        None
    }

    fn language(&self) -> Option<&Language> {
        Some(self.0)
    }
}

/// A link to another file of the folder, as the path of its page: `../a/b.md`, Zola's `@/a/b.md`.
fn file_link(href: &str, folder: &str) -> Option<String> {
    let (path, fragment) = href.split_once('#').map_or((href, String::new()), |(p, f)| (p, format!("#{f}")));
    let stem = path.strip_suffix(".md")?;
    if path.contains("://") {
        return None;
    }
    let mut parts: Vec<&str> = Vec::new();
    let stem = stem.strip_prefix("@/").map_or_else(|| (folder, stem), |stem| ("", stem));
    for part in stem.0.split('/').chain(stem.1.split('/')) {
        match part {
            "" | "." | "index" | "_index" => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    Some(format!("/{}/{fragment}", parts.join("/")))
}

/// Shortcodes that stand alone on their line become HTML; those within a line stay text.
fn shortcodes(markdown: &str) -> String {
    if !markdown.contains("{{") && !markdown.contains("{%") {
        return markdown.to_owned();
    }
    let mut out = String::with_capacity(markdown.len());
    let mut fenced = false;
    for line in markdown.lines() {
        let bare = line.trim();
        fenced ^= bare.starts_with("```") || bare.starts_with("~~~");
        match shortcode(bare).filter(|_| !fenced) {
            Some(html) => out.push_str(&format!("\n{html}\n")),
            None => out.push_str(line),
        }
        out.push('\n');
    }
    out
}

fn shortcode(line: &str) -> Option<String> {
    if let Some(code) = line.strip_prefix("{% highlight").and_then(|c| c.strip_suffix("%}")) {
        return Some(format!("```{}", code.trim()));
    }
    if line.starts_with("{% endhighlight") {
        return Some("```".to_owned());
    }
    let inner = ["{{<", "{{%", "{{", "{%"].iter().find_map(|open| line.strip_prefix(open))?;
    let inner = [">}}", "%}}", "}}", "%}"]
        .iter()
        .find_map(|close| inner.strip_suffix(close))?
        .trim()
        .trim_end_matches('/')
        .trim();
    let end = inner.find(|c: char| c.is_whitespace() || c == '(').unwrap_or(inner.len());
    let (name, given) = inner.split_at(end);
    let given = given.trim().trim_start_matches('(').trim_end_matches(')');
    if name.is_empty() || name.starts_with('/') || name.starts_with("end") {
        return Some(String::new());
    }
    let html = known(name, given).unwrap_or_else(|| {
        let (name, raw) = (escape(&format!("{{{{ {name} }}}}")), escape(line));
        format!("<div><masthead-kept data-name=\"{name}\" data-raw=\"{raw}\" data-text=\"\"></masthead-kept></div>\n")
    });
    Some(html)
}

/// A shortcode that generators have built in, as HTML or Markdown.
fn known(name: &str, given: &str) -> Option<String> {
    let value = |key: &str| named(given, key);
    let first = || given.split_whitespace().next().map(|v| v.trim_matches(['"', '\'']).to_owned());
    let id = value("id").or_else(first).unwrap_or_default();
    Some(match name {
        "youtube" => format!("https://www.youtube.com/watch?v={id}\n"),
        "vimeo" => format!("https://vimeo.com/{id}\n"),
        "tweet" | "x" => format!("https://x.com/{}/status/{id}\n", value("user").unwrap_or_else(|| "i".to_owned())),
        "instagram" => format!("https://www.instagram.com/p/{id}/\n"),
        "figure" | "image" | "img" | "resize_image" => {
            let text = |key| escape(&value(key).unwrap_or_default());
            let credit = match text("attr") {
                name if name.is_empty() => name,
                name => format!(" <span class=\"image-credit\">{name}</span>"),
            };
            let (src, said) = (text("src").replace(' ', "%20") + &text("path"), text("caption") + &credit);
            let caption = format!("<figcaption>{}</figcaption>", said.trim());
            format!("<figure><img src=\"{src}\" alt=\"{}\">{caption}</figure>\n", text("alt"))
        }
        _ => return None,
    })
}

/// `key="value"` among a shortcode's parameters.
fn named(given: &str, key: &str) -> Option<String> {
    let at = given.match_indices(key).find(|(at, _)| {
        let before = given[..*at].chars().next_back();
        let after = given[at + key.len()..].trim_start();
        before.is_none_or(|c| c.is_whitespace() || c == ',' || c == '(') && after.starts_with('=')
    })?;
    let value = given[at.0 + key.len()..].trim_start().trim_start_matches('=').trim_start();
    match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next().map(str::to_owned),
        _ => value.split([' ', ',']).next().map(str::to_owned),
    }
}
