//! Addresses: which may leave, and how they are written.

use url::{Position, Url};

use crate::Resources;

/// An address that may leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Address {
    /// A page or file of this newsroom, already joined to the root.
    Here(String),
    /// A place on the same page, with its `#`.
    Fragment(String),
    /// `https:` or `http:`.
    Elsewhere(String),
    /// `mailto:` or `tel:`.
    Contact(String),
}

/// What links to other places carry: nothing tells them where the reader came from (law 1).
pub(crate) const REL: &str = "noopener noreferrer";

impl Address {
    /// The address and what `rel` it needs (empty for none).
    pub(crate) fn parts(&self) -> (&str, &'static str) {
        match self {
            Self::Here(address) | Self::Fragment(address) | Self::Contact(address) => (address, ""),
            Self::Elsewhere(address) => (address, REL),
        }
    }
}

/// The address a link may carry, or `None` when it must not be a link: another scheme, or no address at all.
pub(crate) fn resolve(href: &str, resources: &Resources<'_>) -> Option<Address> {
    let href = href.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    if href.starts_with('#') {
        return (href.len() > 1).then(|| Address::Fragment(encode(href)));
    }
    if href.starts_with('/') {
        return here(href, resources);
    }
    let url = Url::parse(href).ok()?;
    match url.scheme() {
        "https" | "http" => url.has_host().then(|| Address::Elsewhere(written(&url))),
        "mailto" | "tel" => Some(Address::Contact(written(&url))),
        _ => None,
    }
}

/// Only an address elsewhere, as embeds have.
pub(crate) fn elsewhere(href: &str, resources: &Resources<'_>) -> Option<String> {
    match resolve(href, resources)? {
        Address::Elsewhere(address) => Some(address),
        Address::Here(_) | Address::Fragment(_) | Address::Contact(_) => None,
    }
}

/// A root-relative path or object key, as seen from the page.
pub(crate) fn from_root(path: &str, resources: &Resources<'_>) -> String {
    let root = if resources.root.is_empty() { "./" } else { resources.root };
    format!("{root}{}", encode(path.trim_start_matches(['/', '\\'])))
}

fn here(href: &str, resources: &Resources<'_>) -> Option<Address> {
    if href[1..].starts_with(['/', '\\']) {
        return None; // `//host` would lead to another host
    }
    let end = href.find(['#', '?']).unwrap_or(href.len());
    let (path, rest) = href.split_at(end);
    let present = match resources.links.get(href) {
        Some(whole) => whole.clone(),
        None => format!("{}{rest}", resources.links.get(path).map_or(path, String::as_str)),
    };
    Some(Address::Here(from_root(&present, resources)))
}

/// A parsed address with the few characters escaped that the URL standard keeps but calls invalid.
fn written(url: &Url) -> String {
    format!("{}{}", &url[..Position::BeforePath], encode(&url[Position::BeforePath..]))
}

fn encode(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' | '[' | ']' => {
                out.push_str(&format!("%{:02X}", u32::from(c)));
            }
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
