//! Feeds: the newest stories with their whole text, of a language or of one of its sections.

use std::collections::HashMap;

use http::StatusCode;
use model::{
    Byline, Language, Photo, PhotoForm, PhotoId, Rendition, Story, StoryId, Tag, Timestamp, document::visit,
    photo::RenditionRole,
};
use render::{Labels, Resources};
use store::{Listing, Scope};

use super::{corrections::Corrections, draft::Draft, headers, reading::Reading, route::FeedForm};
use crate::{
    cache::Prepared,
    error::Error,
    feeds::{self, FeedChannel, FeedImage, FeedItem},
};

/// Stories in a feed.
const MOST: i64 = 20;

/// A story and what its item says beside its text.
struct Told {
    story: Story,
    authors: Vec<String>,
    categories: Vec<String>,
    corrections: Corrections,
}

/// A feed; `None` when there is no such section.
pub(super) async fn show(
    reading: &mut Reading,
    form: FeedForm,
    section: Option<&str>,
    base: &str,
) -> Result<Option<Draft>, Error> {
    let language = reading.language.clone();
    let section = match section {
        None => None,
        Some(slug) => match reading.sections.iter().find(|section| section.slug.as_str() == slug).cloned() {
            Some(section) => Some(section),
            None => return Ok(None),
        },
    };
    let (scope, home) = match &section {
        Some(section) => {
            reading.shown.section(section.id);
            reading.shown.add(Tag::in_section(&language, section.id));
            (Scope::Section(section.id), reading.at(&format!("sections/{}/", section.slug)))
        }
        None => {
            reading.shown.latest(&language);
            (Scope::Latest, reading.at(""))
        }
    };
    let listing = Listing { language: language.clone(), scope, oldest_first: false, limit: MOST, offset: 0 };
    let told = stories(reading, &listing).await?;
    let photos = photos(reading, &told).await?;
    let title = match &section {
        Some(section) => format!("{}: {}", reading.site_name(), reading.named(&section.names, &section.slug)),
        None => reading.site_name(),
    };
    let channel = FeedChannel {
        title,
        description: reading.settings.tagline.get(&language).unwrap_or_default().to_owned(),
        home_url: format!("{base}{home}"),
        feed_url: format!("{base}{}", reading.path),
        language,
        updated: told.iter().filter_map(|told| last_change(&told.story)).max().unwrap_or(Timestamp::from_millis(0)),
        items: Vec::new(),
    };
    let labels = reading.strings.labels();
    let base = base.to_owned();
    Ok(Some(Draft::of(move |_| print(form, channel, &told, &photos, &labels, &base))))
}

async fn stories(reading: &mut Reading, listing: &Listing) -> Result<Vec<Told>, Error> {
    let heads = store::story_list(&mut reading.tx, listing).await?;
    let ids: Vec<StoryId> = heads.iter().map(|head| head.id).collect();
    let mut bylines = store::story_bylines(&mut reading.tx, &ids).await?;
    let mut told = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(story) = store::story_by_id(&mut reading.tx, id).await? else { continue };
        reading.shown.story(id);
        let signed: Vec<Byline> = bylines.remove(&id).unwrap_or_default();
        reading.shown.bylines(&signed);
        let mut categories: Vec<String> = Vec::new();
        if let Some(section) = story.section {
            reading.shown.section(section);
            categories.extend(reading.section_link(section).map(|link| link.name));
        }
        for topic in store::story_topics(&mut reading.tx, id).await? {
            reading.shown.topic(topic.id);
            categories.push(reading.named(&topic.names, &topic.slug));
        }
        let authors = signed.iter().map(|byline| reading.named(&byline.names, &byline.slug)).collect();
        let corrections = Corrections::of(reading, id).await?;
        told.push(Told { story, authors, categories, corrections });
    }
    Ok(told)
}

async fn photos(reading: &mut Reading, told: &[Told]) -> Result<HashMap<PhotoId, Photo>, Error> {
    let shown = told.iter().flat_map(|told| {
        visit::photos(&told.story.document).into_iter().chain(told.story.lead_photo.as_ref()).map(|photo| photo.photo)
    });
    let ids: Vec<PhotoId> = shown.collect();
    reading.shown.photos(&ids);
    Ok(store::photos(&mut reading.tx, &ids).await?)
}

fn print(
    form: FeedForm,
    mut channel: FeedChannel,
    told: &[Told],
    photos: &HashMap<PhotoId, Photo>,
    labels: &Labels,
    base: &str,
) -> Result<Prepared, Error> {
    let language = channel.language.clone();
    channel.items = told.iter().filter_map(|told| item(told, photos, labels, &language, base)).collect();
    written(form, &channel)
}

/// A feed in one of its formats.
pub(super) fn written(form: FeedForm, channel: &FeedChannel) -> Result<Prepared, Error> {
    let (media_type, body) = match form {
        FeedForm::Rss => ("application/rss+xml; charset=utf-8", feeds::rss(channel)),
        FeedForm::Atom => ("application/atom+xml; charset=utf-8", feeds::atom(channel)),
        FeedForm::Json => ("application/feed+json; charset=utf-8", feeds::json_feed(channel)),
    };
    Prepared::new(StatusCode::OK, &headers::of(media_type, headers::FEEDS), body)
}

fn item(
    told: &Told,
    photos: &HashMap<PhotoId, Photo>,
    labels: &Labels,
    language: &Language,
    base: &str,
) -> Option<FeedItem> {
    let story = &told.story;
    let published = story.published_at?;
    let root = format!("{base}/");
    // Old links in a text are redirected by this site itself, so they need no looking up here.
    let links = HashMap::new();
    let resources = Resources { root: &root, language, photos, links: &links, labels };
    Some(FeedItem {
        id: format!("urn:uuid:{}", story.id),
        url: format!("{base}{}", story.path.as_ref()?),
        title: story.headline.clone(),
        summary: story.standfirst.clone(),
        html: render::feed(&story.document, &resources) + &told.corrections.html(),
        authors: told.authors.clone(),
        published,
        updated: last_change(story).unwrap_or(published),
        categories: told.categories.clone(),
        image: story.lead_photo.as_ref().and_then(|lead| feed_image(photos.get(&lead.photo)?, base)),
    })
}

/// The JPEG of the whole photo, else the one for previews: what everything can show.
pub(crate) fn universal_photo(photo: &Photo) -> Option<&Rendition> {
    let whole = photo.of(RenditionRole::Whole, PhotoForm::Jpeg).max_by_key(|rendition| rendition.width);
    whole.or_else(|| photo.of(RenditionRole::Share, PhotoForm::Jpeg).next())
}

/// A photo in a feed.
pub(super) fn feed_image(photo: &Photo, base: &str) -> Option<FeedImage> {
    let rendition = universal_photo(photo)?;
    Some(FeedImage {
        url: format!("{base}/{}", rendition.key),
        bytes: rendition.bytes,
        media_type: rendition.form.media_type().to_owned(),
    })
}

fn last_change(story: &Story) -> Option<Timestamp> {
    story.updated_at.max(story.published_at)
}
