//! JSON Feed 1.1 (<https://www.jsonfeed.org/version/1.1/>) with whole texts.

use serde::Serialize;

use super::{FeedChannel, FeedItem};

#[derive(Serialize)]
struct Feed<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    language: &'a str,
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    summary: &'a str,
    content_html: &'a str,
    date_published: String,
    date_modified: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    tags: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a str>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
}

/// The feed as `application/feed+json`.
#[must_use]
pub fn json_feed(channel: &FeedChannel) -> String {
    let feed = Feed {
        version: "https://jsonfeed.org/version/1.1",
        title: &channel.title,
        home_page_url: &channel.home_url,
        feed_url: &channel.feed_url,
        description: &channel.description,
        language: channel.language.as_str(),
        items: channel.items.iter().map(item).collect(),
    };
    super::json_ld::json(&feed)
}

fn item(item: &FeedItem) -> Item<'_> {
    Item {
        id: &item.id,
        url: &item.url,
        title: &item.title,
        summary: &item.summary,
        content_html: &item.html,
        date_published: item.published.to_string(),
        date_modified: item.updated.to_string(),
        authors: item.authors.iter().map(|name| Author { name }).collect(),
        tags: &item.categories,
        image: item.image.as_ref().map(|image| image.url.as_str()),
    }
}
