//! Photos' files, from the object store. Their names are hashes of their bytes: they never change.

use http::{HeaderMap, StatusCode};

use super::{headers, route};
use crate::{Newsroom, cache::Prepared, error::Error};

/// The file of an object key; `None` when it is no photo's key or there is no such file.
pub(super) async fn file(newsroom: &Newsroom, key: &str) -> Result<Option<Prepared>, Error> {
    let Some(media_type) = route::media_type(key) else { return Ok(None) };
    let Some(bytes) = newsroom.objects().get(key).await? else { return Ok(None) };
    let headers: HeaderMap = headers::of_file(media_type)?;
    Prepared::plain(StatusCode::OK, &headers, bytes).map(Some)
}
