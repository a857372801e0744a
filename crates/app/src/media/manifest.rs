//! A note about an upload that was prepared before: which files it became. It lies beside them and is written last, so
//! that a manifest that is there promises its files. Words found in the upload are not in it, as `media/` may be
//! public; they are read from the upload again, which is quick.

use bytes::Bytes;
use model::{FocalPoint, Rendition};
use outside::{Objects, ObjectsError};
use serde::{Deserialize, Serialize};

/// Grows when encoders or sizes change, so that older manifests are not believed.
const PIPELINE: u32 = 1;

/// What an upload became.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    pipeline: u32,
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) colour: String,
    pub(super) focal: FocalPoint,
    pub(super) renditions: Vec<Rendition>,
}

impl Manifest {
    pub(super) fn new(size: (u32, u32), colour: String, focal: FocalPoint, renditions: Vec<Rendition>) -> Self {
        Self { pipeline: PIPELINE, width: size.0, height: size.1, colour, focal, renditions }
    }

    /// The manifest of an upload, if it is there, of this pipeline, and all its files are there.
    pub(super) async fn find(objects: &Objects, source_hash: &str) -> Result<Option<Self>, ObjectsError> {
        let Some(bytes) = objects.get(&key(source_hash)).await? else { return Ok(None) };
        let manifest = match serde_json::from_slice::<Self>(&bytes) {
            Ok(manifest) if manifest.pipeline == PIPELINE => manifest,
            Ok(_older) => return Ok(None),
            Err(error) => {
                tracing::warn!(source_hash, %error, "a photo's manifest cannot be read and is made anew");
                return Ok(None);
            }
        };
        let sizes = manifest.renditions.iter().map(|rendition| objects.size(&rendition.key));
        let sizes = futures::future::try_join_all(sizes).await?;
        let complete = sizes.iter().zip(&manifest.renditions).all(|(size, it)| *size == Some(it.bytes));
        Ok(complete.then_some(manifest))
    }

    pub(super) async fn write(&self, objects: &Objects, source_hash: &str) -> Result<(), super::Error> {
        let bytes = serde_json::to_vec_pretty(self).map_err(|source| super::Error::Manifest { source })?;
        objects.replace(&key(source_hash), Bytes::from(bytes), "application/json").await?;
        Ok(())
    }
}

fn key(source_hash: &str) -> String {
    format!("media/source/{source_hash}.json")
}
