//! Pages: the static pages that readers see.

use model::{Language, Page, PageId, PhotoId, document::visit};
use serde_json::{Value, json};
use store::{PageHead, Tx};

use super::{
    By,
    ids::{ghost_id, means},
    query::Query,
    refusal::Refusal,
    rows::{self, Row},
    text::Voice,
    told::{Photos, Telling, row},
};

/// What a filter may ask of pages.
const NAMES: [&str; 11] = [
    "id",
    "uuid",
    "slug",
    "title",
    "locale",
    "published_at",
    "updated_at",
    "created_at",
    "featured",
    "visibility",
    "custom_excerpt",
];

/// Pages, ready to be told where blocking is allowed.
pub(super) struct Pages {
    told: Vec<(Row, Page)>,
    photos: Photos,
    pub(super) total: i64,
}

/// A page of pages.
pub(super) async fn list(tx: &mut Tx, query: &Query, telling: &Telling) -> Result<Pages, Refusal> {
    rows::check(query.filter.as_ref(), &NAMES, "list pages")?;
    let heads = heads(tx, telling).await?.into_iter().map(|(_, row)| row).collect();
    let (rows, total) = rows::page(heads, query, &[("published_at", true), ("id", true)]);
    gather(tx, rows, total).await
}

/// One page. Translations share a slug: the newsroom's own language comes first.
pub(super) async fn one(tx: &mut Tx, by: &By, telling: &Telling) -> Result<Pages, Refusal> {
    let own = &telling.settings.language;
    let mut found: Vec<(PageHead, Row)> = heads(tx, telling).await?;
    found.retain(|(head, _)| match by {
        By::Id(id) => means(id, head.id.0),
        By::Slug(slug) => head.slug.as_str() == slug,
    });
    found.sort_by_key(|(head, _)| head.language != *own);
    let row = found.into_iter().next().ok_or(Refusal::Missing("page"))?.1;
    gather(tx, vec![row], 1).await
}

/// Every page that readers see, without its text.
async fn heads(tx: &mut Tx, telling: &Telling) -> Result<Vec<(PageHead, Row)>, Refusal> {
    let begun = store::page_begun(tx).await?;
    let all = store::page_all(tx).await?.into_iter().filter(|head| head.public);
    let told = |head: PageHead| {
        let id = ghost_id(head.id.0);
        let began = telling.moment(begun.get(&head.id).copied().unwrap_or(head.updated_at));
        let told = row(json!({
            "id": id, "uuid": head.id.0, "comment_id": id, "slug": head.slug, "title": head.title,
            "locale": head.language, "featured": false, "visibility": "public", "access": true, "comments": false,
            "show_title_and_feature_image": true,
            "created_at": began, "published_at": began, "updated_at": telling.moment(head.updated_at),
            "url": telling.address(&head.language, &format!("{}/", head.slug)),
            "feature_image": null, "feature_image_alt": null, "feature_image_caption": null,
            "canonical_url": null, "custom_template": null, "frontmatter": null, "codeinjection_head": null,
            "codeinjection_foot": null, "meta_title": null, "meta_description": null, "og_image": null,
            "og_title": null, "og_description": null, "twitter_image": null, "twitter_title": null,
            "twitter_description": null,
        }));
        (head, told)
    };
    Ok(all.map(told).collect())
}

async fn gather(tx: &mut Tx, rows: Vec<Row>, total: i64) -> Result<Pages, Refusal> {
    let mut told = Vec::with_capacity(rows.len());
    for row in rows {
        let id = row.get("uuid").and_then(|id| uuid::Uuid::try_parse(id.as_str()?).ok());
        let Some(id) = id else { continue };
        if let Some(page) = store::page_by_id(tx, PageId(id)).await? {
            told.push((row, page));
        }
    }
    let shown: Vec<PhotoId> =
        told.iter().flat_map(|(_, page)| visit::photos(&page.document)).map(|photo| photo.photo).collect();
    let photos = store::photos(tx, &shown).await?;
    Ok(Pages { told, photos, total })
}

impl Pages {
    /// The pages as they are told. Nobody signs a page and none is filed under anything.
    pub(super) fn tell(self, telling: &Telling, query: &Query) -> Vec<Value> {
        let root = format!("{}/", telling.base);
        let photos = &self.photos;
        let told = self.told.into_iter().map(|(mut row, page)| {
            let language: &Language = &page.language;
            let labels = telling.labels(language);
            let voice = Voice { root: &root, language, photos, labels: &labels };
            voice.tell(&mut row, &page.document, "", query);
            for (what, main) in [("tags", "primary_tag"), ("authors", "primary_author")] {
                if query.includes(what) {
                    row.insert(what.to_owned(), json!([]));
                    row.insert(main.to_owned(), Value::Null);
                }
            }
            query.cut(row)
        });
        told.collect()
    }
}
