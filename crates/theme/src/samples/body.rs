//! The text of the sample stories, made by the same channels that make real ones.

use std::collections::HashMap;

use model::{
    Document, FocalPoint, Language, Photo, PhotoForm, PhotoId, PhotoState, PhotoUse, Rendition, SeededChance,
    Timestamp,
    document::{
        Block, BoxKind, Cell, CellAlign, Embed, EmbedKind, FileLink, Footnote, Inline, ListItem, Row, Table, Unknown,
        text,
    },
    photo::{PhotoWidth, RenditionRole},
};
use render::{Labels, Resources};

use super::{Newsroom, PHOTOS, file_stem};

fn with_resources(newsroom: &Newsroom<'_>, root: &str, make: impl Fn(&Resources<'_>) -> String) -> String {
    let photos: HashMap<PhotoId, Photo> = (0..PHOTOS).map(|n| photo(n, newsroom)).map(|p| (p.id, p)).collect();
    let labels: Labels = newsroom.strings.labels();
    let links = HashMap::new();
    make(&Resources { root, language: newsroom.strings.language(), photos: &photos, links: &links, labels: &labels })
}

/// The photo on top.
pub(super) fn lead_photo(newsroom: &Newsroom<'_>, root: &str) -> String {
    let photo = PhotoUse { caption: text(newsroom.words.caption), ..use_of(0, PhotoWidth::Text) };
    with_resources(newsroom, root, |resources| render::lead_photo(&photo, resources))
}

/// A story as most are.
pub(super) fn story(newsroom: &Newsroom<'_>, root: &str) -> String {
    let document = Document::new(usual(newsroom));
    with_resources(newsroom, root, |resources| render::web(&document, resources))
}

/// The same without pictures.
pub(super) fn lite(newsroom: &Newsroom<'_>, root: &str) -> String {
    let document = Document::new(usual(newsroom));
    with_resources(newsroom, root, |resources| render::lite(&document, resources))
}

/// Every block and inline.
pub(super) fn everything(newsroom: &Newsroom<'_>, root: &str) -> String {
    let mut document = Document::new(rare(newsroom));
    let note = vec![Block::paragraph(newsroom.words.paragraphs[7])];
    document.footnotes = vec![Footnote { id: "a".to_owned(), blocks: note }];
    with_resources(newsroom, root, |resources| render::web(&document, resources))
}

fn usual(newsroom: &Newsroom<'_>) -> Vec<Block> {
    let words = newsroom.words;
    let paragraph = |index: usize| Block::paragraph(words.paragraphs[index]);
    vec![
        paragraph(0),
        Block::Paragraph {
            content: vec![
                Inline::text(words.paragraphs[1]),
                Inline::text(" "),
                Inline::Link { href: "/topics/t1/".to_owned(), content: text(words.topics[1].1) },
                Inline::text("."),
            ],
        },
        paragraph(2),
        so_far(newsroom),
        Block::Heading { level: 2, content: text(words.heading) },
        paragraph(3),
        paragraph(4),
        Block::PullQuote { content: text(words.pull), source: Vec::new() },
        paragraph(5),
        Block::Quote { blocks: vec![Block::paragraph(words.quote[0])], source: text(words.quote[1]) },
        Block::Photo(PhotoUse { caption: text(words.caption), ..use_of(3, PhotoWidth::Text) }),
        paragraph(6),
        paragraph(7),
    ]
}

fn so_far(newsroom: &Newsroom<'_>) -> Block {
    let items = newsroom.words.so_far.map(|line| ListItem { blocks: vec![Block::paragraph(line)] }).to_vec();
    Block::Box {
        kind: BoxKind::StorySoFar,
        title: Vec::new(),
        blocks: vec![Block::List { ordered: false, start: 1, items }],
    }
}

fn rare(newsroom: &Newsroom<'_>) -> Vec<Block> {
    let words = newsroom.words;
    let paragraph = |index: usize| Block::paragraph(words.paragraphs[index]);
    let photo = |number, width| Block::Photo(PhotoUse { caption: text(words.caption), ..use_of(number, width) });
    let item = |index: usize| ListItem { blocks: vec![Block::paragraph(words.so_far[index])] };
    vec![
        inlines(newsroom),
        photo(1, PhotoWidth::Start),
        paragraph(2),
        paragraph(3),
        photo(2, PhotoWidth::Wide),
        Block::Heading { level: 2, content: text(words.heading) },
        paragraph(4),
        Block::List { ordered: true, start: 3, items: vec![item(0), item(1), item(2)] },
        photo(4, PhotoWidth::Full),
        Block::Heading { level: 3, content: text(words.table[6]) },
        table(newsroom),
        Block::Gallery { photos: (0..3).map(|n| use_of(n, PhotoWidth::Text)).collect(), caption: text(words.caption) },
        photo(5, PhotoWidth::End),
        paragraph(5),
        paragraph(6),
        embed(newsroom),
        Block::File(FileLink {
            href: "/media/aa/report.pdf".to_owned(),
            name: words.heading.to_owned(),
            bytes: Some(2_345_678),
        }),
        Block::Rule,
        Block::Box {
            kind: BoxKind::Facts,
            title: text(words.topics[0].1),
            blocks: vec![Block::paragraph(words.about)],
        },
        Block::Box { kind: BoxKind::Note, title: Vec::new(), blocks: vec![paragraph(7)] },
        Block::Code {
            language: "sh".to_owned(),
            text: "masthead import wordpress export.xml --data ./newsroom --json | tee report.json\n".to_owned(),
        },
        Block::Unknown(Unknown {
            system: "wordpress".to_owned(),
            name: "[contact-form]".to_owned(),
            raw: "[contact-form]".to_owned(),
            text: words.quote[0].to_owned(),
        }),
        Block::PullQuote { content: text(words.pull), source: text(words.quote[1]) },
        paragraph(0),
    ]
}

fn inlines(newsroom: &Newsroom<'_>) -> Block {
    let words = newsroom.words;
    let space = || Inline::text(" ");
    let latin = Language::english();
    Block::Paragraph {
        content: vec![
            Inline::Strong { content: text(words.topics[0].1) },
            space(),
            Inline::text(words.paragraphs[0]),
            Inline::Footnote { id: "a".to_owned() },
            space(),
            Inline::Emphasis { content: text(words.heading) },
            space(),
            Inline::Language { language: latin, content: text("The Harbour Courier") },
            space(),
            Inline::Strike { content: text(words.table[3]) },
            space(),
            Inline::text("H"),
            Inline::Sub { content: text("2") },
            Inline::text("O, m"),
            Inline::Sup { content: text("2") },
            space(),
            Inline::Code { text: "SHA-256".to_owned() },
            Inline::Break,
            Inline::Link { href: "https://example.org/".to_owned(), content: text(words.sources[0].0) },
        ],
    }
}

fn table(newsroom: &Newsroom<'_>) -> Block {
    let words = newsroom.words;
    let cell = |content: &str, header: bool, align| Cell { content: text(content), header, columns: 1, rows: 1, align };
    let head = Row {
        cells: vec![
            cell(words.table[0], true, CellAlign::Start),
            cell(words.table[1], true, CellAlign::End),
            cell(words.table[2], true, CellAlign::End),
        ],
    };
    let row = |month: usize, ships: i64, tonnes: i64| Row {
        cells: vec![
            cell(words.table[month], true, CellAlign::Start),
            cell(&newsroom.strings.number(ships), false, CellAlign::End),
            cell(&newsroom.strings.number(tonnes), false, CellAlign::End),
        ],
    };
    Block::Table(Table {
        caption: text(words.table[6]),
        rows: vec![head, row(3, 12, 48_120), row(4, 9, 51_900), row(5, 14, 77_300)],
    })
}

fn embed(newsroom: &Newsroom<'_>) -> Block {
    Block::Embed(Embed {
        kind: EmbedKind::Video,
        url: "https://video.example/watch?v=1".to_owned(),
        source: "YouTube".to_owned(),
        title: newsroom.words.stories[11].0.to_owned(),
        caption: Vec::new(),
    })
}

fn use_of(number: usize, width: PhotoWidth) -> PhotoUse {
    PhotoUse { width, ..PhotoUse::plain(id(number)) }
}

fn id(number: usize) -> PhotoId {
    let number = u64::try_from(number).unwrap_or(0);
    PhotoId::new(Timestamp::from_millis(super::NOW), &SeededChance::new(number))
}

fn photo(number: usize, newsroom: &Newsroom<'_>) -> Photo {
    let rendition = |role, form: PhotoForm, width: u32| Rendition {
        role,
        form,
        width,
        height: width * 2 / 3,
        bytes: 20_000,
        key: format!("media/s{number}/{}.{}", file_stem(number, width), form.extension()),
    };
    let whole = |form| [480, 800, 1200, 1800].map(|width| rendition(RenditionRole::Whole, form, width));
    let mut renditions = whole(PhotoForm::Webp).to_vec();
    renditions.push(rendition(RenditionRole::Card, PhotoForm::Webp, 480));
    Photo {
        id: id(number),
        state: PhotoState::Ready,
        origin: None,
        source_hash: None,
        width: 1800,
        height: 1200,
        focal: FocalPoint::default(),
        alt: newsroom.words.alt.to_owned(),
        caption: String::new(),
        credit: newsroom.words.credit.to_owned(),
        colour: "#7a8b99".to_owned(),
        renditions,
        created_at: Timestamp::from_millis(super::NOW),
    }
}
