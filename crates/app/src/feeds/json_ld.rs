//! `NewsArticle` of schema.org as JSON-LD, to stand in a `<script type="application/ld+json">` of the story's page.
//!
//! Such a block is data, not script: nothing runs it and no `script-src` forbids it. Addresses are relative to the page,
//! as everywhere in it (law 5); JSON-LD resolves them against the address it was read at.

use model::{Language, Timestamp};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// A story as search engines want to know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Headline.
    pub headline: String,
    /// Standfirst; may be empty.
    pub description: String,
    /// The page itself, relative to the page: `./`.
    pub url: String,
    /// Addresses of the photo on top, relative to the page.
    pub images: Vec<String>,
    /// First publication.
    pub published: Timestamp,
    /// Last change that readers were told of, else as published.
    pub updated: Timestamp,
    /// Who signs it, in order.
    pub authors: Vec<Author>,
    /// Name of the newsroom.
    pub publisher: String,
    /// The newsroom's front page, relative to the page.
    pub publisher_url: String,
    /// Name of its section; may be empty.
    pub section: String,
    /// Names of its topics.
    pub topics: Vec<String>,
    /// Its language.
    pub language: Language,
    /// Its corrections.
    pub corrections: Vec<(Timestamp, String)>,
}

/// A byline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// Its name.
    pub name: String,
    /// Its page, relative to the page of the story.
    pub url: String,
}

/// The JSON-LD, safe within a `<script>` element as it stands.
#[must_use]
pub fn json_ld(article: &Article) -> String {
    let author = |author: &Author| json!({"@type": "Person", "name": author.name, "url": author.url});
    let correction = |(at, text): &(Timestamp, String)| json!({"@type": "CorrectionComment", "text": text, "datePublished": at.to_string()});
    let all: [(&str, Value); 15] = [
        ("@context", json!("https://schema.org")),
        ("@type", json!("NewsArticle")),
        ("headline", json!(article.headline)),
        ("description", json!(article.description)),
        ("url", json!(article.url)),
        ("mainEntityOfPage", json!(article.url)),
        ("image", json!(article.images)),
        ("datePublished", json!(article.published.to_string())),
        ("dateModified", json!(article.updated.to_string())),
        ("author", article.authors.iter().map(author).collect()),
        (
            "publisher",
            json!({"@type": "NewsMediaOrganization", "name": article.publisher, "url": article.publisher_url}),
        ),
        ("articleSection", json!(article.section)),
        ("keywords", json!(article.topics)),
        ("inLanguage", json!(article.language.as_str())),
        ("correction", article.corrections.iter().map(correction).collect()),
    ];
    let says_nothing = |value: &Value| match value {
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => false,
    };
    let said = all.into_iter().filter(|(_, value)| !says_nothing(value));
    let article: Map<String, Value> = said.map(|(name, value)| (name.to_owned(), value)).collect();
    // No text can end the script element or open a comment in it.
    json(&article).replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

/// JSON of values that always have one: text, lists and maps with text as keys.
pub(super) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
