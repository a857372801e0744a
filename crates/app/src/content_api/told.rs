//! What every answer needs: settings, where addresses begin, and how things of ours are told in Ghost's words.

use std::{collections::HashMap, sync::Arc};

use jiff::tz::TimeZone;
use model::{
    Byline, Correction, Language, Names, Newsroom as Settings, Photo, PhotoId, Section, Slug, Timestamp, Topic,
};
use render::Labels;
use serde_json::{Value, json};
use theme::Theme;
use uuid::Uuid;

use super::{ids::ghost_id, rows::Row};
use crate::{Newsroom, pages::Corrections, stories::time_zone};

/// What every answer needs.
#[derive(Debug)]
pub(super) struct Telling {
    pub(super) settings: Settings,
    /// `https://host`: the newsroom's address, else what the request was sent to.
    pub(super) base: String,
    zone: TimeZone,
    theme: Arc<Theme>,
}

impl Telling {
    pub(super) fn new(newsroom: &Newsroom, settings: Settings, host: &str) -> Self {
        let base = settings.address.clone().unwrap_or_else(|| host.to_owned());
        Self { zone: time_zone(&settings), base, theme: newsroom.theme(), settings }
    }

    /// The address of a page in a language: `address(ru, "topics/sea/")`.
    pub(super) fn address(&self, language: &Language, rest: &str) -> String {
        format!("{}{}/{rest}", self.base, self.settings.prefix(language))
    }

    /// A moment as Ghost tells it: in the newsroom's time zone, with milliseconds.
    pub(super) fn moment(&self, at: Timestamp) -> String {
        at.to_jiff().to_zoned_datetime(self.zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string()
    }

    /// Interface words in a language.
    pub(super) fn labels(&self, language: &Language) -> Labels {
        self.theme.strings(language).labels()
    }

    /// A story's corrections as HTML, as feeds carry them.
    pub(super) fn corrections(&self, all: &[Correction], language: &Language) -> String {
        Corrections::said(all, &self.theme.strings(language), &self.zone).html()
    }

    pub(super) fn section(&self, section: &Section, language: &Language) -> Row {
        let address = self.address(language, &format!("sections/{}/", section.slug));
        tag(section.id.0, &section.slug, &section.names, &section.about, language, &address)
    }

    pub(super) fn topic(&self, topic: &Topic, language: &Language) -> Row {
        let address = self.address(language, &format!("topics/{}/", topic.slug));
        tag(topic.id.0, &topic.slug, &topic.names, &topic.about, language, &address)
    }

    pub(super) fn author(&self, byline: &Byline, language: &Language) -> Row {
        row(json!({
            "id": ghost_id(byline.id.0), "slug": byline.slug, "name": named(&byline.names, &byline.slug, language),
            "bio": about(&byline.about, language),
            "url": self.address(language, &format!("bylines/{}/", byline.slug)),
            "profile_image": null, "cover_image": null, "website": null, "location": null, "facebook": null,
            "twitter": null, "threads": null, "bluesky": null, "mastodon": null, "tiktok": null, "youtube": null,
            "instagram": null, "linkedin": null, "meta_title": null, "meta_description": null,
        }))
    }
}

fn tag(id: Uuid, slug: &Slug, names: &Names, told: &Names, language: &Language, address: &str) -> Row {
    row(json!({
        "id": ghost_id(id), "slug": slug, "name": named(names, slug, language), "description": about(told, language),
        "visibility": "public", "url": address,
        "feature_image": null, "og_image": null, "og_title": null, "og_description": null, "twitter_image": null,
        "twitter_title": null, "twitter_description": null, "meta_title": null, "meta_description": null,
        "codeinjection_head": null, "codeinjection_foot": null, "canonical_url": null, "accent_color": null,
    }))
}

/// An object's fields.
pub(super) fn row(value: Value) -> Row {
    match value {
        Value::Object(row) => row,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => Row::new(),
    }
}

fn named(names: &Names, slug: &Slug, language: &Language) -> String {
    names.get(language).map_or_else(|| slug.to_string(), str::to_owned)
}

/// A sentence in this language, or none: a sentence in another language is worse than none.
fn about(names: &Names, language: &Language) -> Option<String> {
    let own = names.0.get(language).or_else(|| names.0.get(language.primary()));
    own.filter(|text| !text.is_empty()).cloned()
}

/// Photos by their ids.
pub(super) type Photos = HashMap<PhotoId, Photo>;
