//! Atom 1.0 (RFC 4287) with whole texts.

use atom_syndication::{Category, Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Text};
use model::Timestamp;

use super::{FeedChannel, FeedItem, clean};

/// The feed as `application/atom+xml`. Its id is its own address, its entries' are the stories' `urn:uuid:…`.
#[must_use]
pub fn atom(channel: &FeedChannel) -> String {
    Feed {
        title: Text::plain(clean(&channel.title)),
        subtitle: (!channel.description.is_empty()).then(|| Text::plain(clean(&channel.description))),
        id: channel.feed_url.clone(),
        updated: rfc_3339(channel.updated),
        // An entry without a byline takes its author from here; it must have one.
        authors: vec![person(&channel.title)],
        generator: Some(Generator { value: "Masthead".to_owned(), ..Generator::default() }),
        links: vec![
            link("self", &channel.feed_url, "application/atom+xml"),
            link("alternate", &channel.home_url, "text/html"),
        ],
        entries: channel.items.iter().map(entry).collect(),
        lang: Some(channel.language.as_str().to_owned()),
        ..Feed::default()
    }
    .to_string()
}

fn entry(item: &FeedItem) -> Entry {
    let mut links = vec![link("alternate", &item.url, "text/html")];
    if let Some(image) = &item.image {
        let length = Some(image.bytes.to_string());
        links.push(Link { length, ..link("enclosure", &image.url, &image.media_type) });
    }
    Entry {
        title: Text::plain(clean(&item.title)),
        id: item.id.clone(),
        updated: rfc_3339(item.updated),
        published: Some(rfc_3339(item.published)),
        authors: item.authors.iter().map(|name| person(name)).collect(),
        categories: item.categories.iter().map(|name| Category { term: clean(name), ..Category::default() }).collect(),
        links,
        summary: (!item.summary.is_empty()).then(|| Text::plain(clean(&item.summary))),
        content: Some(Content {
            value: Some(clean(&item.html)),
            content_type: Some("html".to_owned()),
            ..Content::default()
        }),
        ..Entry::default()
    }
}

fn person(name: &str) -> Person {
    Person { name: clean(name), ..Person::default() }
}

fn link(rel: &str, href: &str, media_type: &str) -> Link {
    Link { rel: rel.to_owned(), href: href.to_owned(), mime_type: Some(media_type.to_owned()), ..Link::default() }
}

/// The same moment in the type of `atom_syndication`; a [`Timestamp`] is always written as it reads.
fn rfc_3339(at: Timestamp) -> FixedDateTime {
    at.to_string().parse().unwrap_or_default()
}
