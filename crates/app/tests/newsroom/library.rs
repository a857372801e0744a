//! The photo library: uploading, finding, describing, cropping, replacing, removing.

use app::{
    Error,
    media::library::{self, PhotoFilter, Words},
    staff::Denial,
    stories::desk::{self, Changes},
};
use bytes::Bytes;
use image::{ImageFormat, Rgb, RgbImage};
use model::{FocalPoint, Language, PhotoForm, PhotoId, Role, Staff, StoryId, photo::RenditionRole};
use serde_json::json;
use testkit::{Anon, TestNewsroom, both_backends};

async fn staff(newsroom: &TestNewsroom, anon: &Anon, role: Role, handle: &str) -> Staff {
    newsroom.person(anon, role, handle).await.unwrap().staff
}

/// A picture that is red on the left and blue on the right.
fn picture(seed: u8) -> Bytes {
    let picture = RgbImage::from_fn(320, 120, |x, _| if x < 160 { Rgb([200, seed, 20]) } else { Rgb([20, seed, 200]) });
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner().into()
}

fn said(alt: &str, credit: &str) -> Words {
    Words { alt: Some(alt.to_owned()), credit: Some(credit.to_owned()), ..Words::default() }
}

/// A public story with a photo.
async fn story_with(newsroom: &TestNewsroom, by: &Staff, photo: PhotoId) -> (StoryId, String) {
    let news = &newsroom.newsroom;
    let id = desk::create(news, by, &Language::english()).await.unwrap();
    let change: Changes =
        serde_json::from_value(json!({ "headline": "A pier", "lead_photo": { "photo": photo } })).unwrap();
    desk::save(news, by, id, 0, change).await.unwrap();
    let path = desk::publish(news, by, id, None).await.unwrap().path.unwrap().to_string();
    (id, path)
}

async fn found(newsroom: &TestNewsroom, filter: PhotoFilter) -> Vec<PhotoId> {
    let found = library::photos(&newsroom.newsroom, &filter, 10, 0).await.unwrap();
    assert_eq!(found.total, store::Total::Exactly(i64::try_from(found.rows.len()).unwrap()));
    found.rows.iter().map(|photo| photo.id).collect()
}

fn key(photo: &model::Photo, role: RenditionRole) -> String {
    photo.of(role, PhotoForm::Jpeg).next().unwrap().key.clone()
}

both_backends! {
    async fn the_same_upload_twice_is_one_photo(newsroom: TestNewsroom, anon: Anon) {
        let news = &newsroom.newsroom;
        let rosa = staff(&newsroom, &anon, Role::Reporter, "rosa").await;
        let one = library::upload(news, &rosa, picture(1)).await.unwrap();
        let two = library::upload(news, &rosa, picture(1)).await.unwrap();
        assert_eq!((one.id, one.width, one.height), (two.id, 320, 120));
        let other = library::upload(news, &rosa, picture(2)).await.unwrap();
        assert_eq!(found(&newsroom, PhotoFilter::default()).await, [other.id, one.id]);
        let refused = library::upload(news, &rosa, Bytes::from_static(b"<svg onload=alert(1)>")).await;
        assert!(matches!(refused, Err(Error::Media(_))), "{refused:?}");
    }

    async fn photos_are_found_by_words_in_any_script_and_by_what_they_lack(newsroom: TestNewsroom, anon: Anon) {
        let news = &newsroom.newsroom;
        let anna = staff(&newsroom, &anon, Role::Editor, "anna").await;
        let pier = library::upload(news, &anna, picture(1)).await.unwrap().id;
        let bare = library::upload(news, &anna, picture(2)).await.unwrap().id;
        library::describe(news, &anna, pier, &said("Пирс на рассвете", "А. Ёлкин")).await.unwrap();
        let text = |text: &str| PhotoFilter { text: text.to_owned(), ..PhotoFilter::default() };
        assert_eq!(found(&newsroom, text("ПИРС елк")).await, [pier]);
        assert_eq!(found(&newsroom, text("ирс")).await, []);
        assert_eq!(found(&newsroom, PhotoFilter { incomplete: true, ..PhotoFilter::default() }).await, [bare]);
        assert_eq!(found(&newsroom, PhotoFilter { missing: true, ..PhotoFilter::default() }).await, []);
        story_with(&newsroom, &anna, pier).await;
        assert_eq!(found(&newsroom, PhotoFilter { unused: true, ..PhotoFilter::default() }).await, [bare]);
        library::describe(news, &anna, pier, &said("Другое", "")).await.unwrap();
        assert_eq!(found(&newsroom, text("пирс")).await, [], "an old word still finds it");
    }

    async fn what_is_said_of_a_photo_changes_on_every_page_that_shows_it(newsroom: TestNewsroom, anon: Anon) {
        let news = &newsroom.newsroom;
        let anna = staff(&newsroom, &anon, Role::Editor, "anna").await;
        let rosa = staff(&newsroom, &anon, Role::Reporter, "rosa").await;
        let photo = library::upload(news, &rosa, picture(1)).await.unwrap().id;
        library::describe(news, &rosa, photo, &said("A pier", "R. Pen")).await.unwrap();
        let (id, path) = story_with(&newsroom, &anna, photo).await;
        assert!(anon.get(&path).await.text().contains("A pier"));
        let stories = library::photo(news, photo).await.unwrap().stories;
        assert_eq!(stories.iter().map(|head| head.id).collect::<Vec<_>>(), [id]);
        let late = library::describe(news, &rosa, photo, &said("Mine", "")).await;
        assert!(matches!(late, Err(Error::Denied(Denial::NotYours))), "a reporter changed a public page: {late:?}");
        library::describe(news, &anna, photo, &said("A pier at dawn", "R. Pen")).await.unwrap();
        assert!(anon.get(&path).await.text().contains("A pier at dawn"));
        let long = library::describe(news, &anna, photo, &said(&"x".repeat(2_001), "")).await;
        assert!(matches!(long, Err(Error::Refused(ref text)) if text.contains("2000")), "{long:?}");
    }

    async fn a_focal_point_cuts_the_crops_anew_and_leaves_the_whole_alone(newsroom: TestNewsroom, anon: Anon) {
        let news = &newsroom.newsroom;
        let anna = staff(&newsroom, &anon, Role::Editor, "anna").await;
        let before = library::upload(news, &anna, picture(1)).await.unwrap();
        let left = Words { focal: Some(FocalPoint { x: 0, y: 500 }), ..Words::default() };
        let after = library::describe(news, &anna, before.id, &left).await.unwrap();
        assert_eq!(after.focal, FocalPoint { x: 0, y: 500 });
        assert_eq!(key(&before, RenditionRole::Whole), key(&after, RenditionRole::Whole));
        assert_ne!(key(&before, RenditionRole::Share), key(&after, RenditionRole::Share), "the crop is the old one");
        let share = news.objects().get(&key(&after, RenditionRole::Share)).await.unwrap().unwrap();
        let share = image::load_from_memory(&share).unwrap().to_rgb8();
        let middle = share.get_pixel(share.width() / 4, share.height() / 2);
        assert!(middle.0[0] > middle.0[2], "the left of the picture is not in the crop: {middle:?}");
        let far = Words { focal: Some(FocalPoint { x: 9_999, y: 9_999 }), ..Words::default() };
        assert_eq!(library::describe(news, &anna, before.id, &far).await.unwrap().focal, FocalPoint { x: 1000, y: 1000 });
    }

    async fn other_pixels_under_a_photo_reach_every_page_and_its_words_stay(newsroom: TestNewsroom, anon: Anon) {
        let news = &newsroom.newsroom;
        let anna = staff(&newsroom, &anon, Role::Editor, "anna").await;
        let rosa = staff(&newsroom, &anon, Role::Reporter, "rosa").await;
        let photo = library::upload(news, &anna, picture(1)).await.unwrap();
        library::describe(news, &anna, photo.id, &said("A pier", "R. Pen")).await.unwrap();
        let (_, path) = story_with(&newsroom, &anna, photo.id).await;
        let (old, before) = (key(&photo, RenditionRole::Whole), anon.get(&path).await.text());
        let refused = library::replace(news, &rosa, photo.id, picture(9)).await;
        assert!(matches!(refused, Err(Error::Denied(Denial::NotYours))), "{refused:?}");
        let replaced = library::replace(news, &anna, photo.id, picture(9)).await.unwrap();
        assert_eq!((replaced.id, replaced.alt.as_str(), replaced.credit.as_str()), (photo.id, "A pier", "R. Pen"));
        assert_ne!(key(&replaced, RenditionRole::Whole), old);
        let after = anon.get(&path).await.text();
        assert_ne!(before, after, "the page shows the old pixels");
        assert!(replaced.renditions.iter().any(|rendition| after.contains(&rendition.key)));
        assert!(!photo.renditions.iter().any(|rendition| after.contains(&rendition.key)), "an old file is still shown");
    }

    async fn a_photo_is_removed_by_an_editor_when_no_story_shows_it(newsroom: TestNewsroom, anon: Anon) {
        let news = &newsroom.newsroom;
        let anna = staff(&newsroom, &anon, Role::Editor, "anna").await;
        let rosa = staff(&newsroom, &anon, Role::Reporter, "rosa").await;
        let used = library::upload(news, &anna, picture(1)).await.unwrap().id;
        let unused = library::upload(news, &anna, picture(2)).await.unwrap().id;
        story_with(&newsroom, &anna, used).await;
        let refused = library::remove(news, &anna, used).await;
        assert!(matches!(refused, Err(Error::Refused(ref text)) if text.contains("take it out")), "{refused:?}");
        assert!(matches!(library::remove(news, &rosa, unused).await, Err(Error::Denied(Denial::Role))));
        library::remove(news, &anna, unused).await.unwrap();
        assert!(matches!(library::remove(news, &anna, unused).await, Err(Error::Denied(Denial::Gone))));
        assert!(matches!(library::photo(news, unused).await, Err(Error::Denied(Denial::Gone))));
    }
}
