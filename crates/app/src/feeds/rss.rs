//! RSS 2.0 with whole texts: `content:encoded`, `dc:creator`, `atom:link` to itself, `media:content`.

use std::collections::BTreeMap;

use model::Timestamp;
use rss::extension::dublincore::DublinCoreExtension;
use rss::extension::{Extension, ExtensionMap};
use rss::{Category, Channel, Enclosure, Guid, Item};

use super::{FeedChannel, FeedImage, FeedItem, clean, escaped};

const ATOM: &str = "http://www.w3.org/2005/Atom";
const MEDIA: &str = "http://search.yahoo.com/mrss/";

/// The feed as `application/rss+xml`.
#[must_use]
pub fn rss(channel: &FeedChannel) -> String {
    let own = [("href", channel.feed_url.as_str()), ("rel", "self"), ("type", "application/rss+xml")];
    Channel {
        title: clean(&channel.title),
        link: channel.home_url.clone(),
        // A channel must have one (RSS 2.0).
        description: clean(if channel.description.is_empty() { &channel.title } else { &channel.description }),
        language: Some(channel.language.as_str().to_owned()),
        last_build_date: Some(rfc_2822(channel.updated)),
        generator: Some("Masthead".to_owned()),
        items: channel.items.iter().map(item).collect(),
        extensions: extension("atom", "link", &own),
        namespaces: [("atom", ATOM), ("media", MEDIA)].map(|(name, uri)| (name.to_owned(), uri.to_owned())).into(),
        ..Channel::default()
    }
    .to_string()
}

fn item(item: &FeedItem) -> Item {
    let authors: Vec<String> = item.authors.iter().map(|name| clean(name)).collect();
    let category = |name: &String| Category { name: clean(name), domain: None };
    Item {
        title: Some(clean(&item.title)),
        link: Some(item.url.clone()),
        // Read as HTML by all, so plain characters are escaped once more.
        description: (!item.summary.is_empty()).then(|| escaped(&item.summary)),
        categories: item.categories.iter().map(category).collect(),
        enclosure: item.image.as_ref().map(enclosure),
        guid: Some(Guid { value: item.id.clone(), permalink: false }),
        pub_date: Some(rfc_2822(item.published)),
        content: Some(clean(&item.html)),
        extensions: item.image.as_ref().map(media).unwrap_or_default(),
        dublin_core_ext: (!authors.is_empty())
            .then(|| DublinCoreExtension { creators: authors, ..DublinCoreExtension::default() }),
        ..Item::default()
    }
}

fn enclosure(image: &FeedImage) -> Enclosure {
    Enclosure { url: image.url.clone(), length: image.bytes.to_string(), mime_type: image.media_type.clone() }
}

fn media(image: &FeedImage) -> ExtensionMap {
    let bytes = image.bytes.to_string();
    let attributes =
        [("url", image.url.as_str()), ("type", &image.media_type), ("fileSize", &bytes), ("medium", "image")];
    extension("media", "content", &attributes)
}

fn extension(prefix: &str, name: &str, attributes: &[(&str, &str)]) -> ExtensionMap {
    let element = Extension {
        name: format!("{prefix}:{name}"),
        attrs: attributes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        ..Extension::default()
    };
    BTreeMap::from([(prefix.to_owned(), BTreeMap::from([(name.to_owned(), vec![element])]))])
}

/// RFC 822 as RSS wants it, with a year of four digits: `Fri, 11 Jul 2025 12:00:00 GMT`.
fn rfc_2822(at: Timestamp) -> String {
    at.to_jiff().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}
