//! New crops when an editor moves the focal point. The upload is gone by then, so they are cut from the widest
//! whole rendition.

use bytes::Bytes;
use model::photo::RenditionRole;
use model::{FocalPoint, PhotoForm, Rendition};
use outside::Objects;

use super::ingest::{Error, on_worker, store};
use super::raster::Raster;
use super::{decode, pixels};

/// The photo's renditions with `Card` and `Share` cut anew around the focal point, and those files stored. The old
/// crops stay in place, as pages that show them are still being read.
pub async fn crop(objects: &Objects, renditions: &[Rendition], focal: FocalPoint) -> Result<Vec<Rendition>, Error> {
    let widest = renditions.iter().filter(|it| it.role == RenditionRole::Whole && it.form != PhotoForm::Avif);
    let source = widest.max_by_key(|it| it.width).ok_or(Error::NoSource)?;
    let bytes = objects.get(&source.key).await?.ok_or_else(|| Error::Lost { key: source.key.clone() })?;
    let files = on_worker(bytes, move |bytes| from_rendition(bytes, focal)).await?;
    let is_crop = |it: &&Rendition| matches!(it.role, RenditionRole::Card | RenditionRole::Share);
    let mut all: Vec<Rendition> = renditions.iter().filter(|it| !is_crop(it)).cloned().collect();
    all.extend(store(objects, files).await?);
    Ok(all)
}

fn from_rendition(bytes: &[u8], focal: FocalPoint) -> Result<Vec<(Rendition, Bytes)>, super::Refused> {
    let (_, decoded) = decode::decode(bytes)?;
    let raster: Raster = decoded.raster;
    pixels::crops(&raster, (raster.width, raster.height), focal)
}
