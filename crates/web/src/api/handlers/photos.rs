//! Photos.

use app::{
    media::library::{self, PhotoFilter, PhotoUsed, Words},
    stories::desk::photo_shown,
};
use model::{FocalPoint, PhotoId, PhotoState, StoryId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::{
    ask::Ask,
    problem::Problem,
    shape::{Created, File, Json, Moment, NoQuery, Object, Text, Whole},
};

/// Which photos, and how many of them.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct PhotoQuery {
    /// Words of alt text, caption or credit.
    q: Option<Text<0, 200>>,
    /// Only those that no story shows.
    unused: Option<bool>,
    /// Only those without alt text or credit.
    incomplete: Option<bool>,
    /// Photos of a page; 20 unless said otherwise.
    limit: Option<Whole<1, 100>>,
    /// Which page, from 1.
    page: Option<Whole<1, 100_000>>,
}

/// A page of the library.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::api) struct PhotoPage {
    /// Its photos.
    items: Vec<Photo>,
    /// How many there are on all pages, as far as they were counted.
    total: i64,
    /// Whether there are more than `total`. Of what is looked for no more than 1,000 are counted, or as many as there are
    /// up to the end of this page.
    more: bool,
    /// Which page this is, from 1.
    page: i64,
    /// The most photos of a page.
    limit: i64,
}

/// A photo.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::api) struct Photo {
    /// Its id.
    id: PhotoId,
    /// Whether its pixels are here.
    state: PhotoState,
    /// What is to be seen, for those who do not see it.
    alt: String,
    /// The caption that goes with it unless a story says otherwise.
    caption: String,
    /// Who made it and who holds it.
    credit: String,
    /// Pixels across.
    width: u32,
    /// Pixels down.
    height: u32,
    /// What must stay visible in a crop.
    focal: FocalPoint,
    /// Path of a picture some 640 pixels wide; empty when there are no pixels.
    preview: String,
    /// When it came.
    created_at: Moment,
}

fn shown(photo: &model::Photo) -> Photo {
    let shown = photo_shown(photo);
    Photo {
        id: shown.id,
        state: shown.state,
        alt: shown.alt,
        caption: shown.caption,
        credit: shown.credit,
        width: shown.width,
        height: shown.height,
        focal: shown.focal,
        preview: shown.preview,
        created_at: photo.created_at.into(),
    }
}

/// `GET /api/v1/photos`.
pub(in crate::api) async fn list(ask: Ask, query: PhotoQuery, (): ()) -> Result<Json<PhotoPage>, Problem> {
    let limit = query.limit.map_or(20, |limit| limit.0);
    let page = query.page.map_or(1, |page| page.0);
    let filter = PhotoFilter {
        text: query.q.map(|text| text.0).unwrap_or_default(),
        unused: query.unused.unwrap_or(false),
        incomplete: query.incomplete.unwrap_or(false),
        ..PhotoFilter::default()
    };
    let found = library::photos(&ask.newsroom, &filter, limit, (page - 1) * limit).await?;
    let (total, more) = (found.total.counted(), found.total.more());
    Ok(Json(PhotoPage { items: found.rows.iter().map(shown).collect(), total, more, page, limit }))
}

/// `POST /api/v1/photos`.
pub(in crate::api) async fn upload(ask: Ask, _: NoQuery, File(bytes): File) -> Result<Created<Photo>, Problem> {
    let photo = library::upload(&ask.newsroom, ask.staff(), bytes).await?;
    Ok(Created { at: format!("/api/v1/photos/{}", photo.id), value: shown(&photo) })
}

/// A photo with the stories that show it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::api) struct PhotoWithUses {
    /// The photo.
    photo: Photo,
    /// The stories.
    stories: Vec<StoryId>,
}

/// `GET /api/v1/photos/{id}`.
pub(in crate::api) async fn read(ask: Ask, _: NoQuery, (): ()) -> Result<Json<PhotoWithUses>, Problem> {
    let PhotoUsed { photo, stories } = library::photo(&ask.newsroom, ask.id("id")?).await?;
    Ok(Json(PhotoWithUses { photo: shown(&photo), stories: stories.into_iter().map(|head| head.id).collect() }))
}

/// What changes; what is not named stays.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(in crate::api) struct PhotoWords {
    /// Alt text.
    alt: Option<Text<0, 2_000>>,
    /// Caption.
    caption: Option<Text<0, 2_000>>,
    /// Credit.
    credit: Option<Text<0, 2_000>>,
    /// What must stay visible in a crop, in thousandths from the top left corner; what lies outside is moved to the edge.
    focal: Option<Object<FocalPoint>>,
}

/// `PATCH /api/v1/photos/{id}`.
pub(in crate::api) async fn describe(
    ask: Ask,
    _: NoQuery,
    Json(words): Json<PhotoWords>,
) -> Result<Json<Photo>, Problem> {
    let text = |text: Option<Text<0, 2_000>>| text.map(|text| text.0);
    let words = Words {
        alt: text(words.alt),
        caption: text(words.caption),
        credit: text(words.credit),
        focal: words.focal.map(|Object(focal)| focal),
    };
    let photo = library::describe(&ask.newsroom, ask.staff(), ask.id("id")?, &words).await?;
    Ok(Json(shown(&photo)))
}

/// `PUT /api/v1/photos/{id}/file`.
pub(in crate::api) async fn replace(ask: Ask, _: NoQuery, File(bytes): File) -> Result<Json<Photo>, Problem> {
    let id: PhotoId = ask.id("id")?;
    // A picture takes seconds to prepare: whoever names no photo need not wait for that.
    library::photo(&ask.newsroom, id).await?;
    let photo = library::replace(&ask.newsroom, ask.staff(), id, bytes).await?;
    Ok(Json(shown(&photo)))
}

/// `DELETE /api/v1/photos/{id}`.
pub(in crate::api) async fn remove(ask: Ask, _: NoQuery, (): ()) -> Result<(), Problem> {
    Ok(library::remove(&ask.newsroom, ask.staff(), ask.id("id")?).await?)
}
