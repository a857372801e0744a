//! Posts: published stories.

use model::{Byline, Correction, Language, PhotoId, Section, Story, StoryId, Topic, document::visit};
use serde_json::{Value, json};
use store::{Condition, StoryText, Tx};

use super::{
    By, ids,
    ids::ghost_id,
    query::Query,
    refusal::Refusal,
    rows::Row,
    select,
    text::Voice,
    told::{Photos, Telling, row},
};
use crate::pages::universal_photo;

/// A story and what is told along with it.
struct Told {
    story: Story,
    featured: bool,
    section: Option<Section>,
    topics: Vec<Topic>,
    bylines: Vec<Byline>,
    corrections: Vec<Correction>,
}

/// Posts, ready to be told where blocking is allowed.
pub(super) struct Posts {
    told: Vec<Told>,
    photos: Photos,
    pub(super) total: i64,
}

/// A page of posts.
pub(super) async fn list(tx: &mut Tx, query: &Query) -> Result<Posts, Refusal> {
    let condition = select::condition(tx, query.filter.as_ref()).await?;
    let total = store::story_find_count(tx, &condition).await?;
    let order = select::order(&query.order);
    let ids = store::story_find(tx, &condition, &order, query.limit, query.offset()).await?;
    gather(tx, &ids, total, query).await
}

/// One post. Translations may share a slug: the newsroom's own language comes first.
pub(super) async fn one(tx: &mut Tx, by: &By, query: &Query, own: &Language) -> Result<Posts, Refusal> {
    let condition = match by {
        By::Id(id) => {
            let (first, last) = ids::range(id).ok_or(Refusal::Missing("post"))?;
            Condition::Ids(StoryId(first), StoryId(last))
        }
        By::Slug(slug) => Condition::Text(StoryText::Slug, vec![slug.clone()]),
    };
    let in_own = Condition::All(vec![condition.clone(), Condition::Text(StoryText::Language, vec![own.to_string()])]);
    for condition in [in_own, condition] {
        let ids = store::story_find(tx, &condition, &[], 1, 0).await?;
        if !ids.is_empty() {
            return gather(tx, &ids, 1, query).await;
        }
    }
    Err(Refusal::Missing("post"))
}

async fn gather(tx: &mut Tx, ids: &[StoryId], total: i64, query: &Query) -> Result<Posts, Refusal> {
    let sections = store::section_all(tx).await?;
    let mut topics = if query.includes("tags") { store::story_topics_of(tx, ids).await? } else { Default::default() };
    let mut bylines = if query.includes("authors") { store::story_bylines(tx, ids).await? } else { Default::default() };
    let featured = if query.wants("featured") {
        store::story_find(tx, &Condition::OnFront, &[], i64::from(u16::MAX), 0).await?
    } else {
        Vec::new()
    };
    let mut told = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(story) = store::story_by_id(tx, *id).await? else { continue };
        told.push(Told {
            featured: featured.contains(id),
            section: sections.iter().find(|section| Some(section.id) == story.section).cloned(),
            topics: topics.remove(id).unwrap_or_default(),
            bylines: bylines.remove(id).unwrap_or_default(),
            corrections: if query.tells("html") { store::correction_list(tx, *id).await? } else { Vec::new() },
            story,
        });
    }
    let shown = told.iter().flat_map(|told| {
        visit::photos(&told.story.document).into_iter().chain(&told.story.lead_photo).map(|photo| photo.photo)
    });
    let shown: Vec<PhotoId> = shown.collect();
    let photos = store::photos(tx, &shown).await?;
    Ok(Posts { told, photos, total })
}

impl Posts {
    /// The posts as they are told.
    pub(super) fn tell(self, telling: &Telling, query: &Query) -> Vec<Value> {
        self.told.iter().map(|told| query.cut(post(told, &self.photos, telling, query))).collect()
    }
}

fn post(told: &Told, photos: &Photos, telling: &Telling, query: &Query) -> Row {
    let story = &told.story;
    let language = &story.language;
    let labels = telling.labels(language);
    let root = format!("{}/", telling.base);
    let voice = Voice { root: &root, language, photos, labels: &labels };
    let id = ghost_id(story.id.0);
    let published = story.published_at.map(|at| telling.moment(at));
    let changed = story.updated_at.max(story.published_at).map(|at| telling.moment(at));
    let lead = story.lead_photo.as_ref();
    let photo = lead.and_then(|lead| photos.get(&lead.photo));
    let file = photo.and_then(universal_photo).map(|file| format!("{root}{}", file.key));
    let alt = lead.and_then(|lead| lead.alt.clone()).or_else(|| Some(photo?.alt.clone()));
    let mut out = row(json!({
        "id": id, "uuid": story.id.0, "comment_id": id, "slug": story.slug, "title": story.headline,
        "locale": language, "featured": told.featured, "visibility": "public", "access": true, "comments": false,
        "created_at": telling.moment(story.created_at), "updated_at": changed, "published_at": published,
        "url": story.path.as_ref().map(|path| format!("{}{path}", telling.base)),
        "feature_image": file, "feature_image_alt": alt.filter(|alt| file.is_some() && !alt.is_empty()),
        "feature_image_caption": file.as_ref().and_then(|_| voice.line(&lead?.caption)),
        "canonical_url": null, "custom_template": null, "email_subject": null, "frontmatter": null,
        "codeinjection_head": null, "codeinjection_foot": null, "meta_title": null, "meta_description": null,
        "og_image": null, "og_title": null, "og_description": null, "twitter_image": null, "twitter_title": null,
        "twitter_description": null,
    }));
    voice.tell(&mut out, &story.document, &story.standfirst, query);
    if let Some(Value::String(html)) = out.get_mut("html") {
        html.push_str(&telling.corrections(&told.corrections, language));
    }
    if query.includes("tags") {
        let section = told.section.iter().map(|section| telling.section(section, language));
        let tags: Vec<Row> = section.chain(told.topics.iter().map(|topic| telling.topic(topic, language))).collect();
        out.insert("primary_tag".to_owned(), json!(tags.first()));
        out.insert("tags".to_owned(), json!(tags));
    }
    if query.includes("authors") {
        let authors: Vec<Row> = told.bylines.iter().map(|byline| telling.author(byline, language)).collect();
        out.insert("primary_author".to_owned(), json!(authors.first()));
        out.insert("authors".to_owned(), json!(authors));
    }
    out
}
