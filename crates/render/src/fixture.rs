//! One story with every block and every inline, and the photos it shows.

use std::collections::HashMap;

use model::document::{
    Block, BoxKind, Cell, CellAlign, Embed, EmbedKind, FileLink, Footnote, Inline, ListItem, Row, Table, Unknown, text,
};
use model::photo::{PhotoState, PhotoWidth, Rendition, RenditionRole};
use model::{Direction, Document, FocalPoint, Language, Photo, PhotoForm, PhotoId, PhotoUse, Timestamp};

use crate::{Labels, Resources};

/// Everything that [`Resources`] borrows.
pub(crate) struct Stock {
    pub(crate) language: Language,
    pub(crate) photos: HashMap<PhotoId, Photo>,
    pub(crate) links: HashMap<String, String>,
    pub(crate) labels: Labels,
}

impl Stock {
    pub(crate) fn english() -> Self {
        let photos = [ready(1), missing(2, "A ship at the quay"), missing(3, "")];
        Self {
            language: Language::english(),
            photos: photos.into_iter().map(|photo| (photo.id, photo)).collect(),
            links: [("/?p=12".to_owned(), "/2025/06/20/kursk/".to_owned())].into(),
            labels: Labels::english(),
        }
    }

    pub(crate) fn at<'a>(&'a self, root: &'a str) -> Resources<'a> {
        let Self { language, photos, links, labels } = self;
        Resources { root, language, photos, links, labels }
    }
}

pub(crate) fn photo_id(number: u128) -> PhotoId {
    PhotoId(format!("00000000-0000-7000-8000-{number:012x}").parse().unwrap())
}

fn ready(number: u128) -> Photo {
    let file = |role, form: PhotoForm, width: u32, bytes| Rendition {
        role,
        form,
        width,
        height: width * 2 / 3,
        bytes,
        key: format!("media/{number:02}/{role:?}-{width}.{}", form.extension()).to_lowercase(),
    };
    let mut renditions = vec![
        file(RenditionRole::Small, PhotoForm::Webp, 480, 11_200),
        file(RenditionRole::Whole, PhotoForm::Jpeg, 1_200, 150_000),
        file(RenditionRole::Share, PhotoForm::Jpeg, 1_200, 120_000),
    ];
    for form in [PhotoForm::Webp, PhotoForm::Avif] {
        renditions.extend([480, 800, 1_200].map(|width| file(RenditionRole::Whole, form, width, 60_000)));
    }
    Photo {
        state: PhotoState::Ready,
        width: 1_500,
        height: 1_000,
        renditions,
        ..missing(number, "A plane on the apron")
    }
}

fn missing(number: u128, alt: &str) -> Photo {
    Photo {
        id: photo_id(number),
        state: PhotoState::Missing,
        origin: None,
        source_hash: None,
        width: 0,
        height: 0,
        focal: FocalPoint::default(),
        alt: alt.to_owned(),
        caption: String::new(),
        credit: if alt.is_empty() { String::new() } else { "Vera Lane / Masthead".to_owned() },
        colour: String::new(),
        renditions: Vec::new(),
        created_at: Timestamp::from_millis(0),
    }
}

pub(crate) fn link(href: &str, words: &str) -> Inline {
    Inline::Link { href: href.to_owned(), content: text(words) }
}

fn paragraph(content: Vec<Inline>) -> Block {
    Block::Paragraph { content }
}

fn item(words: &str) -> ListItem {
    ListItem { blocks: vec![Block::paragraph(words)] }
}

fn cell(words: &str, header: bool, align: CellAlign) -> Cell {
    Cell { content: text(words), header, columns: 1, rows: 1, align }
}

fn table() -> Table {
    let row = |name: &str, figure: &str, header: bool| Row {
        cells: vec![cell(name, true, CellAlign::Start), cell(figure, header, CellAlign::End)],
    };
    Table {
        caption: text("Visits by year"),
        rows: vec![row("Year", "Visits", true), row("2023", "1", false), row("2024", "12", false)],
    }
}

fn inlines() -> Vec<Inline> {
    vec![
        Inline::text("Plain & <simple>, "),
        Inline::Strong { content: vec![Inline::text("strong and "), Inline::Emphasis { content: text("both") }] },
        Inline::text(", H"),
        Inline::Sub { content: text("2") },
        Inline::text("O, 10"),
        Inline::Sup { content: text("6") },
        Inline::text(", "),
        Inline::Strike { content: text("no longer") },
        Inline::text(", "),
        Inline::Code { text: "cargo <run>".to_owned() },
        Inline::Break,
        link("https://tass.com/politics/1", "TASS"),
        Inline::text(", "),
        link("/?p=12", "an old address"),
        Inline::text(", "),
        link("/topics/wonsan/#top", "a topic"),
        Inline::text(", "),
        link("mailto:desk@example.org", "desk@example.org"),
        Inline::text(", "),
        link("javascript:alert(1)", "a trap"),
        Inline::text(". In Russian "),
        Inline::Language { language: Language::new("ru").unwrap(), content: text("«Правда»") },
        Inline::text(", in Persian "),
        Inline::Language { language: Language::new("fa").unwrap(), content: text("روزنامه") },
        Inline::text(", turned "),
        Inline::Direction { direction: Direction::Rtl, content: text("سلام") },
        Inline::text("."),
        Inline::Footnote { id: "one".to_owned() },
    ]
}

fn media() -> Vec<Block> {
    let own = PhotoUse {
        alt: Some("Two ministers shake hands".to_owned()),
        caption: vec![Inline::text("The meeting in "), Inline::Emphasis { content: text("Wonsan") }],
        credit: Some("Photo: TASS".to_owned()),
        width: PhotoWidth::Wide,
        ..PhotoUse::plain(photo_id(1))
    };
    vec![
        Block::Photo(own),
        Block::Photo(PhotoUse::plain(photo_id(2))),
        Block::Photo(PhotoUse::plain(photo_id(3))),
        Block::Gallery {
            photos: vec![PhotoUse::plain(photo_id(1)), PhotoUse::plain(photo_id(2))],
            caption: text("Scenes of the visit"),
        },
        Block::Embed(Embed {
            kind: EmbedKind::Video,
            url: "https://youtu.be/x?a=1&b=2".to_owned(),
            source: "YouTube".to_owned(),
            title: "The landing".to_owned(),
            caption: text("Filmed on Friday"),
        }),
        Block::Embed(Embed {
            kind: EmbedKind::Post,
            url: "https://t.me/channel/1".to_owned(),
            source: "Telegram".to_owned(),
            title: String::new(),
            caption: Vec::new(),
        }),
        Block::File(FileLink {
            href: "/media/treaty.pdf".to_owned(),
            name: "Treaty.pdf".to_owned(),
            bytes: Some(2_340_000),
        }),
        Block::Code { language: "json".to_owned(), text: "{\n  \"a\": \"</script>\"\n}\n".to_owned() },
        Block::Table(table()),
        Block::Rule,
    ]
}

fn endings() -> Vec<Block> {
    vec![
        Block::Box {
            kind: BoxKind::StorySoFar,
            title: Vec::new(),
            blocks: vec![
                Block::paragraph("A year ago the treaty was signed."),
                Block::List { ordered: true, start: 3, items: vec![item("June: a visit"), item("July: another")] },
            ],
        },
        Block::Box { kind: BoxKind::Facts, title: text("In figures"), blocks: vec![Block::paragraph("Four visits.")] },
        Block::Unknown(Unknown {
            system: "wordpress".to_owned(),
            name: "wp:poll".to_owned(),
            raw: "<script>alert(1)</script><iframe src=\"https://evil.example\"></iframe>".to_owned(),
            text: "Do you agree?\nYes <b>No</b>".to_owned(),
        }),
        Block::Unknown(Unknown {
            system: "html".to_owned(),
            name: "iframe".to_owned(),
            raw: "<iframe>".to_owned(),
            text: String::new(),
        }),
        paragraph(vec![
            Inline::Language {
                language: Language::new("ru").unwrap(),
                content: text("Министр прибыл в Вонсан в пятницу и пробудет там до воскресенья."),
            },
            Inline::Footnote { id: "two".to_owned() },
            Inline::text(" As noted."),
            Inline::Footnote { id: "one".to_owned() },
        ]),
        paragraph(vec![Inline::Language {
            language: Language::new("fa").unwrap(),
            content: text("وزیر خارجه روز جمعه وارد وونسان شد، خبرگزاری TASS گزارش داد."),
        }]),
    ]
}

/// Every block and every inline.
pub(crate) fn story() -> Document {
    let mut blocks = vec![
        paragraph(inlines()),
        Block::Heading { level: 2, content: text("The visit") },
        Block::Heading { level: 4, content: text("Day by day") },
        Block::List {
            ordered: false,
            start: 1,
            items: vec![
                item("Friday"),
                ListItem {
                    blocks: vec![
                        Block::paragraph("Saturday"),
                        Block::List { ordered: false, start: 1, items: vec![item("noon")] },
                    ],
                },
            ],
        },
        Block::Quote {
            blocks: vec![Block::paragraph("We came to talk."), Block::paragraph("And to listen.")],
            source: vec![Inline::text("The minister, "), link("https://example.org/", "in Wonsan")],
        },
        Block::PullQuote { content: text("Repeated visits are no accident."), source: text("A diplomat") },
    ];
    blocks.extend(media());
    blocks.extend(endings());
    let note = |id: &str, content| Footnote { id: id.to_owned(), blocks: vec![paragraph(content)] };
    Document {
        footnotes: vec![
            note("one", vec![Inline::text("See "), link("https://example.org/a", "the record"), Inline::text(".")]),
            note("two", text("По сообщению агентства.")),
        ],
        ..Document::new(blocks)
    }
}
