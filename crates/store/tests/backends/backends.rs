//! A newsroom on either database, and nouns to put into it.

use model::{
    Byline, BylineId, Document, FixedClock, FocalPoint, Language, Names, Path, Photo, PhotoId, PhotoState, Section,
    SectionId, SeededChance, Slug, Story, StoryGroupId, StoryId, StoryState, Timestamp, Topic, TopicId, TopicKind,
    document::Block,
};
use store::{Location, Store};

/// Friday, 11 July 2025, noon UTC.
pub(crate) fn noon() -> Timestamp {
    Timestamp::from_millis(1_752_235_200_000)
}

/// A database that lasts as long as the test.
pub(crate) enum Backend {
    Sqlite(tempfile::TempDir),
    Postgres(crate::postgres::Database),
}

impl Backend {
    pub(crate) fn sqlite() -> Self {
        Self::Sqlite(tempfile::tempdir().unwrap())
    }

    pub(crate) async fn postgres() -> Option<Self> {
        crate::postgres::Database::create().await.unwrap().map(Self::Postgres)
    }

    pub(crate) fn location(&self) -> Location {
        match self {
            Self::Sqlite(folder) => Location::Sqlite(folder.path().join("newsroom.db")),
            Self::Postgres(database) => Location::parse(&database.url).unwrap(),
        }
    }

    pub(crate) async fn open(&self) -> Store {
        Store::open(&self.location(), &FixedClock::at(noon())).await.unwrap()
    }
}

/// Runs a test on a new newsroom in SQLite, and on one in PostgreSQL.
pub(crate) async fn both_backends(test: impl AsyncFn(Store)) {
    let backends = [Some(Backend::sqlite()), Backend::postgres().await];
    for backend in backends.into_iter().flatten() {
        let store = backend.open().await;
        test(store.clone()).await;
        store.close().await;
    }
}

/// A source of ids and nouns.
pub(crate) struct Maker {
    pub(crate) chance: SeededChance,
    millis: std::cell::Cell<i64>,
}

impl Maker {
    pub(crate) fn new() -> Self {
        Self { chance: SeededChance::new(11), millis: std::cell::Cell::new(noon().as_millis()) }
    }

    pub(crate) fn tick(&self) -> Timestamp {
        self.millis.set(self.millis.get() + 1_000);
        Timestamp::from_millis(self.millis.get())
    }

    /// A published story; every one a second after the last.
    pub(crate) fn story(&self, slug: &str) -> Story {
        let at = self.tick();
        Story {
            id: StoryId::new(at, &self.chance),
            group: StoryGroupId::new(at, &self.chance),
            language: Language::english(),
            slug: Slug::new(slug).unwrap(),
            path: Some(Path::new(format!("/2025/07/11/{slug}/"))),
            headline: format!("Headline of {slug} — «وونسان»"),
            standfirst: "What it is about.".to_owned(),
            document: Document::new(vec![Block::paragraph("The minister arrived on Friday.")]),
            lead_photo: None,
            section: None,
            sources: vec![],
            state: StoryState::Published,
            published_at: Some(at),
            updated_at: None,
            created_at: at,
            version: 1,
        }
    }

    pub(crate) fn draft(&self, slug: &str) -> Story {
        Story { state: StoryState::Draft, path: None, published_at: None, ..self.story(slug) }
    }

    pub(crate) fn section(&self, slug: &str) -> Section {
        Section {
            id: SectionId::new(self.tick(), &self.chance),
            slug: Slug::new(slug).unwrap(),
            names: Names::one(Language::english(), slug),
            about: Names::default(),
            position: 0,
            parent: None,
        }
    }

    pub(crate) fn topic(&self, slug: &str) -> Topic {
        Topic {
            id: TopicId::new(self.tick(), &self.chance),
            slug: Slug::new(slug).unwrap(),
            kind: TopicKind::Place,
            names: Names::one(Language::english(), slug),
            about: Names::default(),
        }
    }

    pub(crate) fn byline(&self, slug: &str) -> Byline {
        Byline {
            id: BylineId::new(self.tick(), &self.chance),
            slug: Slug::new(slug).unwrap(),
            names: Names::one(Language::english(), slug),
            about: Names::default(),
        }
    }

    pub(crate) fn photo(&self, origin: &str) -> Photo {
        let at = self.tick();
        Photo {
            id: PhotoId::new(at, &self.chance),
            state: PhotoState::Missing,
            origin: Some(origin.to_owned()),
            source_hash: None,
            width: 0,
            height: 0,
            focal: FocalPoint::default(),
            alt: "A pier".to_owned(),
            caption: String::new(),
            credit: "A. Pen / Masthead".to_owned(),
            colour: String::new(),
            renditions: vec![],
            created_at: at,
        }
    }
}
