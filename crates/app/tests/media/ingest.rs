//! From an upload to stored files, in a folder as a newsroom has one.

use std::collections::BTreeMap;

use app::media::{self, Error, crop};
use bytes::Bytes;
use futures::TryStreamExt as _;
use image::{ImageFormat, Rgb, RgbImage};
use model::photo::RenditionRole;
use model::{FocalPoint, PhotoForm, Rendition};
use outside::Objects;

use crate::containers::{exif, jpeg_exif, jpeg_with};
use crate::files::*;

async fn listing(objects: &Objects) -> BTreeMap<String, u64> {
    objects.list("").map_ok(|entry| (entry.key, entry.bytes)).try_collect().await.unwrap()
}

fn upload() -> Bytes {
    jpeg_with(&jpeg(&quarters(200, 150)), &[jpeg_exif(&exif(1, ["CANARY-CAPTION", "CANARY-ARTIST", ""]))]).into()
}

#[tokio::test]
async fn an_upload_becomes_files_under_their_hashes_and_a_manifest() {
    let data = tempfile::tempdir().unwrap();
    let objects = Objects::open("", data.path()).unwrap();
    let photo = media::ingest(&objects, upload(), FocalPoint::default()).await.unwrap();
    assert_eq!((photo.width, photo.height, photo.found.caption.as_str()), (200, 150, "CANARY-CAPTION"));
    let mut stored = listing(&objects).await;
    assert!(stored.remove(&format!("media/source/{}.json", photo.source_hash)).is_some());
    for rendition in &photo.renditions {
        assert_eq!(stored.remove(&rendition.key), Some(rendition.bytes), "{rendition:?}");
    }
    assert!(stored.is_empty(), "the upload itself is not kept: {stored:?}");
    for key in listing(&objects).await.keys() {
        let bytes = objects.get(key).await.unwrap().unwrap();
        assert!(!bytes.windows(6).any(|window| window == b"CANARY"), "{key}");
    }
}

#[tokio::test]
async fn an_s3_bucket_holds_the_same_as_a_folder() {
    let Some(s3) = testkit::s3::s3() else { return };
    let data = tempfile::tempdir().unwrap();
    let credentials =
        outside::Credentials { access_key: Some("test".into()), secret_key: Some("test".into()), token: None };
    let bucket = Objects::open_with(&s3.spec("paper"), data.path(), &credentials).unwrap();
    let folder = Objects::open("", data.path()).unwrap();
    let there = media::ingest(&bucket, upload(), FocalPoint::default()).await.unwrap();
    let here = media::ingest(&folder, upload(), FocalPoint::default()).await.unwrap();
    assert_eq!(there, here);
    let stored = listing(&bucket).await;
    assert_eq!(stored, listing(&folder).await);
    assert_eq!(stored.len(), there.renditions.len() + 1);
    for key in stored.keys() {
        assert_eq!(bucket.get(key).await.unwrap(), folder.get(key).await.unwrap(), "{key}");
    }
    // The second time the manifest in the bucket is enough, and nothing is stored twice.
    assert_eq!(media::ingest(&bucket, upload(), FocalPoint::default()).await.unwrap(), there);
    assert_eq!(listing(&bucket).await, stored);
}

#[tokio::test]
async fn a_manifest_spares_the_encoding_but_not_the_words() {
    let data = tempfile::tempdir().unwrap();
    let objects = Objects::open("", data.path()).unwrap();
    let first = media::ingest(&objects, upload(), FocalPoint::default()).await.unwrap();
    // Another value in the manifest shows that it was read, and that nothing was encoded.
    let key = format!("media/source/{}.json", first.source_hash);
    let manifest = String::from_utf8(objects.get(&key).await.unwrap().unwrap().to_vec()).unwrap();
    let marked = manifest.replace(&first.colour, "#c0ffee");
    objects.replace(&key, marked.into(), "application/json").await.unwrap();
    let second = media::ingest(&objects, upload(), FocalPoint::default()).await.unwrap();
    assert_eq!(second.colour, "#c0ffee");
    assert_eq!((second.renditions, second.found), (first.renditions, first.found));
}

#[tokio::test]
async fn a_manifest_that_is_broken_or_promises_a_missing_file_is_made_anew() {
    let data = tempfile::tempdir().unwrap();
    let objects = Objects::open("", data.path()).unwrap();
    let first = media::ingest(&objects, upload(), FocalPoint::default()).await.unwrap();
    let complete = listing(&objects).await;
    objects.delete(&first.renditions[0].key).await.unwrap();
    assert_eq!(media::ingest(&objects, upload(), FocalPoint::default()).await.unwrap(), first);
    assert_eq!(listing(&objects).await, complete);
    let key = format!("media/source/{}.json", first.source_hash);
    objects.replace(&key, Bytes::from_static(b"{\"pipeline\":"), "application/json").await.unwrap();
    assert_eq!(media::ingest(&objects, upload(), FocalPoint::default()).await.unwrap(), first);
}

#[tokio::test]
async fn a_refused_upload_leaves_nothing() {
    let data = tempfile::tempdir().unwrap();
    let objects = Objects::open("", data.path()).unwrap();
    let error = media::ingest(&objects, Bytes::from_static(b"<svg/>"), FocalPoint::default()).await.unwrap_err();
    assert!(matches!(error, Error::Refused(_)), "{error}");
    assert!(listing(&objects).await.is_empty());
}

/// White, with a blue spot at the right edge.
fn with_spot() -> Bytes {
    let picture = RgbImage::from_fn(640, 200, |x, _| Rgb(if x > 600 { BLUE } else { [250; 3] }));
    encoded(&picture, ImageFormat::Png).into()
}

async fn card_shows_spot(objects: &Objects, renditions: &[Rendition]) -> bool {
    let card = renditions.iter().find(|it| it.role == RenditionRole::Card).unwrap();
    let bytes = objects.get(&card.key).await.unwrap().unwrap();
    let seen = image::load_from_memory(&bytes).unwrap().into_rgb8();
    seen.pixels().any(|pixel| alike(pixel.0, BLUE))
}

#[tokio::test]
async fn a_moved_focal_point_makes_new_crops_from_what_is_stored() {
    let data = tempfile::tempdir().unwrap();
    let objects = Objects::open("", data.path()).unwrap();
    let photo = media::ingest(&objects, with_spot(), FocalPoint::default()).await.unwrap();
    assert!(!card_shows_spot(&objects, &photo.renditions).await);
    let right = FocalPoint { x: 990, y: 500 };
    let moved = crop(&objects, &photo.renditions, right).await.unwrap();
    assert!(card_shows_spot(&objects, &moved).await);
    let forms = |all: &[Rendition]| {
        let mut forms: Vec<_> = all.iter().map(|it| format!("{:?} {:?} {}", it.role, it.form, it.width)).collect();
        forms.sort();
        forms
    };
    assert_eq!(forms(&moved), forms(&photo.renditions));
    let kept = |it: &&Rendition| it.role == RenditionRole::Whole && it.form == PhotoForm::Avif;
    assert!(moved.iter().filter(kept).eq(photo.renditions.iter().filter(kept)));
    let again = media::ingest(&objects, with_spot(), right).await.unwrap();
    assert!(
        card_shows_spot(&objects, &again.renditions).await,
        "the manifest's crops are made for the asked focal point"
    );
}

#[tokio::test]
async fn cropping_without_files_says_what_to_do() {
    let data = tempfile::tempdir().unwrap();
    let objects = Objects::open("", data.path()).unwrap();
    let error = crop(&objects, &[], FocalPoint::default()).await.unwrap_err();
    assert!(error.to_string().contains("upload it first"), "{error}");
    let photo = media::ingest(&objects, upload(), FocalPoint::default()).await.unwrap();
    for rendition in &photo.renditions {
        objects.delete(&rendition.key).await.unwrap();
    }
    let error = crop(&objects, &photo.renditions, FocalPoint::default()).await.unwrap_err();
    assert!(matches!(error, Error::Lost { .. }), "{error}");
}

#[tokio::test]
async fn many_uploads_at_once_all_arrive() {
    let data = tempfile::tempdir().unwrap();
    let objects = Objects::open("", data.path()).unwrap();
    let uploads = (0..4_u32).map(|n| {
        let objects = objects.clone();
        async move {
            let picture = RgbImage::from_pixel(40 + n, 30, Rgb([n as u8 * 20, 90, 90]));
            media::ingest(&objects, jpeg(&picture).into(), FocalPoint::default()).await.unwrap().width
        }
    });
    let widths = futures::future::join_all(uploads).await;
    assert_eq!(widths, (40..44).collect::<Vec<_>>());
}
