//! A small newsroom in three languages with at least one page of every kind.

use app::Newsroom;
use bytes::Bytes;
use model::{
    Byline, BylineId, Document, FocalPoint, Language, Names, Newsletter, NewsletterId, NewsletterSettings, Page,
    PageId, Photo, PhotoForm, PhotoId, PhotoState, PhotoUse, Rendition, Section, SectionId, Slug, Source, Story,
    StoryGroupId, StoryId, StoryState, Timestamp, Topic, TopicId, TopicKind,
    document::{Block, Inline, inline::text},
    photo::RenditionRole,
};
use store::{Redirect, RedirectTo};

/// What tests refer to.
pub(crate) struct Seeded {
    pub(crate) wonsan: StoryId,
    pub(crate) politics: SectionId,
    pub(crate) byline: BylineId,
}

/// The key of the photo's file.
pub(crate) const KEY: &str = "media/ab/ab0000000000000000000000000000cd.webp";
/// The path of the story that everything hangs on.
pub(crate) const WONSAN: &str = "/2025/07/11/wonsan/";

pub(crate) fn language(tag: &str) -> Language {
    Language::new(tag).unwrap()
}

pub(crate) fn slug(text: &str) -> Slug {
    Slug::new(text).unwrap()
}

fn names(en: &str, ru: &str, fa: &str) -> Names {
    let pairs = [("en", en), ("ru", ru), ("fa", fa)].map(|(tag, name)| (language(tag), name.to_owned()));
    Names(pairs.into())
}

fn now(newsroom: &Newsroom) -> Timestamp {
    newsroom.clock().now()
}

/// A story that is not in the database yet.
pub(crate) fn draft(newsroom: &Newsroom, tag: &str, name: &str, headline: &str, at: Timestamp) -> Story {
    let now = now(newsroom);
    Story {
        id: StoryId::new(now, newsroom.chance()),
        group: StoryGroupId::new(now, newsroom.chance()),
        language: language(tag),
        slug: slug(name),
        path: None,
        headline: headline.to_owned(),
        standfirst: format!("{headline}: what is known so far, and what both sides have said about it."),
        document: Document::new(vec![Block::paragraph("It was announced on Friday."), Block::Rule]),
        lead_photo: None,
        section: None,
        sources: Vec::new(),
        state: StoryState::Ready,
        published_at: Some(at),
        updated_at: None,
        created_at: now,
        version: 1,
    }
}

/// Saves and publishes a story with these topics and bylines.
pub(crate) async fn publish(newsroom: &Newsroom, story: &Story, topics: &[TopicId], bylines: &[BylineId]) -> Story {
    let mut tx = newsroom.store().begin().await.unwrap();
    store::story_insert(&mut tx, story).await.unwrap();
    store::story_set_topics(&mut tx, story.id, topics).await.unwrap();
    store::story_set_bylines(&mut tx, story.id, bylines).await.unwrap();
    tx.commit().await.unwrap();
    app::stories::publish(newsroom, story.id, "test").await.unwrap()
}

/// Paragraphs that compress no better than prose: each begins with `words` and goes on in made-up ones.
fn long_text(words: &str, paragraphs: usize) -> Document {
    let mut state = 7_u64;
    let mut syllable = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ["ba", "ko", "ri", "tu", "men", "sol", "var", "lin", "dro", "pe", "gash", "ni", "fo", "zu", "ter", "wil"]
            [usize::try_from(state >> 60).unwrap_or(0)]
    };
    let mut word = || (0..3).map(|_| syllable()).collect::<String>();
    let mut paragraph = || {
        let rest: Vec<String> = (0..60).map(|_| word()).collect();
        Block::paragraph(format!("{words} {}.", rest.join(" ")))
    };
    Document::new((0..paragraphs).map(|_| paragraph()).collect())
}

/// Fills a newsroom.
pub(crate) async fn seed(newsroom: &Newsroom) -> Seeded {
    let (now, chance) = (now(newsroom), newsroom.chance());
    let politics = SectionId::new(now, chance);
    let byline = BylineId::new(now, chance);
    let (place, person) = (TopicId::new(now, chance), TopicId::new(now, chance));
    let photo = photo(newsroom).await;
    let mut tx = newsroom.store().begin().await.unwrap();
    let settings = model::Newsroom {
        name: names("The Harbour", "Гавань", "بندر"),
        tagline: names("News from the shore", "Новости с берега", "خبر از ساحل"),
        languages: vec![language("en"), language("ru"), language("fa")],
        contact: "desk@example.org".to_owned(),
        ..model::Newsroom::default()
    };
    store::newsroom_settings_set(&mut tx, &settings, now).await.unwrap();
    let section = Section {
        id: politics,
        slug: slug("politics"),
        names: names("Politics", "Политика", "سیاست"),
        about: names("Power and those who hold it.", "Власть и те, у кого она.", "قدرت و صاحبانش."),
        position: 1,
        parent: None,
    };
    store::section_insert(&mut tx, &section).await.unwrap();
    for (id, name, kind, shown) in [
        (place, "wonsan", TopicKind::Place, names("Wonsan", "Вонсан", "وونسان")),
        (person, "choe-son-hui", TopicKind::Person, names("Choe Son Hui", "Чхве Сон Хи", "چوئه سون هوی")),
    ] {
        let topic = Topic { id, slug: slug(name), kind, names: shown, about: Names::default() };
        store::topic_insert(&mut tx, &topic).await.unwrap();
    }
    let signed = Byline {
        id: byline,
        slug: slug("a-reporter"),
        names: names("A. Reporter", "А. Репортёр", "آ. خبرنگار"),
        about: Names::default(),
    };
    store::byline_insert(&mut tx, &signed).await.unwrap();
    store::photo_insert(&mut tx, &photo).await.unwrap();
    pages(&mut tx, newsroom).await;
    newsletters(&mut tx, newsroom).await;
    tx.commit().await.unwrap();
    let wonsan = stories(newsroom, politics, &[place, person], byline, photo.id).await;
    app::follow::catch_up(newsroom).await.unwrap();
    newsroom.cache().clear();
    Seeded { wonsan, politics, byline }
}

async fn photo(newsroom: &Newsroom) -> Photo {
    newsroom.objects().put(KEY, Bytes::from_static(b"pixels"), "image/webp").await.unwrap();
    let rendition =
        |role, form, width, height, key: &str| Rendition { role, form, width, height, bytes: 6, key: key.to_owned() };
    Photo {
        id: PhotoId::new(now(newsroom), newsroom.chance()),
        state: PhotoState::Ready,
        origin: None,
        source_hash: None,
        width: 1200,
        height: 800,
        focal: FocalPoint::default(),
        alt: "Two ministers shake hands on a runway".to_owned(),
        caption: "The arrival".to_owned(),
        credit: "A. Photographer / The Harbour".to_owned(),
        colour: "#8899aa".to_owned(),
        renditions: vec![
            rendition(RenditionRole::Whole, PhotoForm::Webp, 800, 533, KEY),
            rendition(RenditionRole::Small, PhotoForm::Webp, 320, 213, KEY),
            rendition(RenditionRole::Card, PhotoForm::Webp, 480, 320, KEY),
            rendition(
                RenditionRole::Share,
                PhotoForm::Jpeg,
                1200,
                630,
                "media/cd/cd0000000000000000000000000000ef.jpg",
            ),
        ],
        created_at: now(newsroom),
    }
}

async fn pages(tx: &mut store::Tx, newsroom: &Newsroom) {
    let page = |tag: &str, name: &str, title: &str, menu, document| Page {
        id: PageId::new(now(newsroom), newsroom.chance()),
        language: language(tag),
        slug: slug(name),
        public: true,
        menu,
        title: title.to_owned(),
        document,
        version: 1,
        updated_at: now(newsroom),
    };
    let short = || Document::new(vec![Block::paragraph("Who we are.")]);
    for page in [
        page("en", "about", "About", Some(1), short()),
        page("ru", "about", "О нас", Some(1), short()),
        page("fa", "about", "درباره ما", Some(1), short()),
        page("en", "privacy", "Privacy", Some(2), long_text("We keep no list of readers, and so", 70)),
    ] {
        store::page_insert(tx, &page).await.unwrap();
    }
}

/// One in each language, another in English, and one that is over.
async fn newsletters(tx: &mut store::Tx, newsroom: &Newsroom) {
    for (position, (name, tag, active)) in [
        ("weekly", "en", true),
        ("utro", "ru", true),
        ("hafte", "fa", true),
        ("daily", "en", true),
        ("over", "en", false),
    ]
    .into_iter()
    .enumerate()
    {
        let settings = NewsletterSettings {
            name: format!("The Harbour {name}"),
            about: "A hand-picked selection of news, features and analysis, every Friday.".to_owned(),
            sender: "letter@harbour.example".to_owned(),
            ..NewsletterSettings::default()
        };
        let newsletter = Newsletter {
            id: NewsletterId::new(now(newsroom), newsroom.chance()),
            slug: slug(name),
            language: language(tag),
            position: i64::try_from(position).unwrap(),
            active,
            made_at: now(newsroom),
            settings,
        };
        store::newsletter_insert(tx, &newsletter).await.unwrap();
    }
}

async fn stories(
    newsroom: &Newsroom,
    politics: SectionId,
    topics: &[TopicId],
    byline: BylineId,
    photo: PhotoId,
) -> StoryId {
    let hour = 3_600_000;
    let friday = now(newsroom).plus_millis(-6 * hour);
    let mut wonsan = draft(newsroom, "en", "wonsan", "Minister arrives in Wonsan <for> a \"working\" visit", friday);
    wonsan.section = Some(politics);
    wonsan.lead_photo = Some(PhotoUse::plain(photo));
    wonsan.sources = vec![Source { name: "TASS".to_owned(), url: None, note: "the landing".to_owned() }];
    wonsan.document.blocks.push(Block::Paragraph {
        content: vec![Inline::Link { href: "/old/visit/".to_owned(), content: text("an earlier visit") }],
    });
    let published = publish(newsroom, &wonsan, topics, &[byline]).await;
    for (tag, headline) in [("ru", "Министр прибыл в Вонсан"), ("fa", "وزیر به وونسان رسید")]
    {
        let mut other = draft(newsroom, tag, "wonsan", headline, friday);
        other.group = wonsan.group;
        other.section = Some(politics);
        other.lead_photo = Some(PhotoUse::plain(photo));
        publish(newsroom, &other, topics, &[byline]).await;
    }
    many(newsroom, politics, topics, byline, photo).await;
    let mut long = draft(newsroom, "en", "long-read", "A long read", friday.plus_millis(-hour));
    long.document = long_text("The ministry said that", 90);
    long.section = Some(politics);
    publish(newsroom, &long, &topics[..1], &[byline]).await;
    let mut taken = draft(newsroom, "en", "taken-back", "Taken back", friday.plus_millis(-2 * hour));
    taken.section = Some(politics);
    let taken = publish(newsroom, &taken, &[], &[]).await;
    app::stories::withdraw(newsroom, taken.id, "test", "").await.unwrap();
    app::stories::correct(newsroom, published.id, "An earlier version misnamed the town.", "test").await.unwrap();
    let mut tx = newsroom.store().begin().await.unwrap();
    for from in ["/old/visit/", "/?p=12", "/2019/%D0%BC%D0%B8%D1%80/"] {
        let redirect = Redirect { from: from.to_owned(), to: RedirectTo::Story(wonsan.id) };
        store::redirect_set(&mut tx, &redirect, now(newsroom)).await.unwrap();
    }
    store::front_set(&mut tx, &language("en"), &[wonsan.id]).await.unwrap();
    tx.commit().await.unwrap();
    wonsan.id
}

/// Enough stories for lists of several pages, over several months.
async fn many(newsroom: &Newsroom, politics: SectionId, topics: &[TopicId], byline: BylineId, photo: PhotoId) {
    let day = 86_400_000;
    for number in 1..=60_i64 {
        let at = now(newsroom).plus_millis(-number * day);
        let headline = format!("Day {number}: what the harbour saw, what it was told, and what it may not say");
        let mut story = draft(newsroom, "en", &format!("day-{number}"), &headline, at);
        story.section = Some(politics);
        story.lead_photo = Some(PhotoUse::plain(photo));
        publish(newsroom, &story, topics, &[byline]).await;
    }
}

/// A correction, for reference in assertions.
pub(crate) const CORRECTION: &str = "An earlier version misnamed the town.";

/// Gives every missing photo the files that a photo has, without its pixels.
pub(crate) async fn photos_arrive(newsroom: &Newsroom) {
    let mut tx = newsroom.store().begin().await.unwrap();
    for mut photo in store::photo_missing(&mut tx, None, 1000).await.unwrap() {
        let mut number = 0;
        let mut file = |role, form: PhotoForm, width: u32, height: u32| {
            number += 1;
            let name = format!("{:032x}", photo.id.0.as_u128().wrapping_mul(number * 2 + 1));
            let key = format!("media/{}/{name}.{}", &name[..2], form.extension());
            Rendition { role, form, width, height, bytes: 1, key }
        };
        let mut files = vec![
            file(RenditionRole::Small, PhotoForm::Webp, 480, 320),
            file(RenditionRole::Card, PhotoForm::Webp, 480, 320),
            file(RenditionRole::Share, PhotoForm::Jpeg, 1200, 630),
            file(RenditionRole::Whole, PhotoForm::Jpeg, 1200, 800),
        ];
        for width in [480, 800, 1200, 1800] {
            files.push(file(RenditionRole::Whole, PhotoForm::Webp, width, width * 2 / 3));
            files.push(file(RenditionRole::Whole, PhotoForm::Avif, width, width * 2 / 3));
        }
        photo.renditions = files;
        (photo.width, photo.height, photo.state) = (1800, 1200, PhotoState::Ready);
        photo.colour = "#8899aa".to_owned();
        store::photo_update(&mut tx, &photo).await.unwrap();
    }
    tx.commit().await.unwrap();
    newsroom.cache().clear();
}

/// One of the stories that fill lists, by how many days ago it was published.
pub(crate) async fn story_of_day(newsroom: &Newsroom, number: i64) -> StoryId {
    let day = now(newsroom).plus_millis(-number * 86_400_000);
    let date = day.to_string()[..10].replace('-', "/");
    let mut tx = newsroom.store().read().await.unwrap();
    store::story_by_path(&mut tx, &format!("/{date}/day-{number}/")).await.unwrap().unwrap().id
}
