//! A sink that writes down what it is given, one line a block, so that a snapshot can be read like a page.

use std::fmt::Write as _;

use intake::{FoundPage, FoundStory, Item, Sink, Stop};
use model::document::{Block, Inline, Table};
use model::{Document, PhotoUse};

/// What a reader delivered, as text.
#[derive(Debug, Default)]
pub(crate) struct Written(pub(crate) String);

macro_rules! put {
    ($out:expr, $($given:tt)*) => {{
        // Writing to a String cannot fail.
        writeln!($out, $($given)*).unwrap_or_default();
    }};
}

impl Sink for Written {
    fn item(&mut self, item: Item) -> Result<(), Stop> {
        let out = &mut self.0;
        match item {
            Item::Story(story) => self::story(&story, out),
            Item::Page(page) => self::page(&page, out),
            Item::Photo(photo) => {
                put!(
                    out,
                    "PHOTO {} alt={:?} caption={:?} credit={:?}",
                    photo.url,
                    photo.alt,
                    photo.caption,
                    photo.credit
                );
            }
            Item::Site(site) => {
                put!(out, "SITE {} {} «{}» {:?} {:?}", site.system, site.key, site.title, site.address, site.language)
            }
            Item::Section(filed) => put!(out, "SECTION {filed:?}"),
            Item::Topic(filed, kind) => put!(out, "TOPIC {kind:?} {filed:?}"),
            Item::Byline(filed) => put!(out, "BYLINE {filed:?}"),
            Item::Skipped(skipped) => put!(
                out,
                "SKIPPED {}× {} {} {:?}: {}",
                skipped.count,
                skipped.kind,
                skipped.foreign_id,
                skipped.title,
                skipped.reason
            ),
        }
        Ok(())
    }
}

fn story(story: &FoundStory, out: &mut String) {
    put!(out, "\nSTORY {} {:?} «{}» /{}/", story.foreign_id, story.standing, story.headline, story.slug);
    let at = |t: Option<model::Timestamp>| t.map(|t| t.to_string()).unwrap_or_default();
    put!(out, "  published {} updated {}", at(story.published_at), at(story.updated_at));
    put!(out, "  old {:?} aliases {:?}", story.old_url, story.aliases);
    put!(
        out,
        "  language {:?} group {:?} front {:?} picks {:?}",
        story.language,
        story.group,
        story.front,
        story.picks
    );
    put!(out, "  sections {:?} topics {:?} bylines {:?}", story.sections, story.topics, story.bylines);
    if !story.standfirst.is_empty() {
        put!(out, "  standfirst {}", story.standfirst);
    }
    if let Some(photo) = &story.lead_photo {
        put!(out, "  lead {}", used(photo));
    }
    for photo in &story.photos {
        put!(
            out,
            "  photo {} = {} {:?} {:?} {:?}",
            &photo.id.to_string()[..8],
            photo.url,
            photo.alt,
            photo.caption,
            photo.credit
        );
    }
    for source in &story.sources {
        put!(out, "  source {source:?}");
    }
    for (at, text) in &story.corrections {
        put!(out, "  correction {at} {text}");
    }
    for note in &story.notes {
        put!(out, "  note {note:?}");
    }
    document(&story.document, out);
}

fn page(page: &FoundPage, out: &mut String) {
    put!(out, "\nPAGE {} public={} «{}» /{}/", page.foreign_id, page.public, page.title, page.slug);
    put!(out, "  language {:?} menu {:?} old {:?} aliases {:?}", page.language, page.menu, page.old_url, page.aliases);
    for note in &page.notes {
        put!(out, "  note {note:?}");
    }
    document(&page.document, out);
}

/// A document, one line a block.
pub(crate) fn document(document: &Document, out: &mut String) {
    blocks(&document.blocks, 1, out);
    for note in &document.footnotes {
        put!(out, "  [^{}]", note.id);
        blocks(&note.blocks, 2, out);
    }
}

fn blocks(list: &[Block], depth: usize, out: &mut String) {
    let pad = "  ".repeat(depth);
    for block in list {
        match block {
            Block::Paragraph { content } => put!(out, "{pad}p {}", line(content)),
            Block::Heading { level, content } => put!(out, "{pad}h{level} {}", line(content)),
            Block::List { ordered, start, items } => {
                put!(out, "{pad}{}", if *ordered { format!("ol from {start}") } else { "ul".to_owned() });
                for item in items {
                    put!(out, "{pad}-");
                    blocks(&item.blocks, depth + 1, out);
                }
            }
            Block::Quote { blocks: inner, source } => {
                put!(out, "{pad}quote — {}", line(source));
                blocks(inner, depth + 1, out);
            }
            Block::PullQuote { content, source } => put!(out, "{pad}pull {} — {}", line(content), line(source)),
            Block::Photo(photo) => put!(out, "{pad}photo {}", used(photo)),
            Block::Gallery { photos, caption } => {
                put!(out, "{pad}gallery of {} {}", photos.len(), line(caption));
                photos.iter().for_each(|photo| put!(out, "{pad}  {}", used(photo)));
            }
            Block::Embed(embed) => {
                put!(
                    out,
                    "{pad}embed {:?} {} {} «{}» {}",
                    embed.kind,
                    embed.source,
                    embed.url,
                    embed.title,
                    line(&embed.caption)
                );
            }
            Block::File(file) => put!(out, "{pad}file {} {}", file.name, file.href),
            Block::Code { language, text } => put!(out, "{pad}code {language} {text:?}"),
            Block::Table(table) => self::table(table, &pad, out),
            Block::Rule => put!(out, "{pad}---"),
            Block::Box { kind, title, blocks: inner } => {
                put!(out, "{pad}box {kind:?} {}", line(title));
                blocks(inner, depth + 1, out);
            }
            Block::Unknown(unknown) => {
                put!(
                    out,
                    "{pad}unknown {} {} text={:?} raw={:?}",
                    unknown.system,
                    unknown.name,
                    unknown.text,
                    unknown.raw
                );
            }
        }
    }
}

fn table(table: &Table, pad: &str, out: &mut String) {
    put!(out, "{pad}table {}", line(&table.caption));
    for row in &table.rows {
        let cells: Vec<String> = row
            .cells
            .iter()
            .map(|cell| {
                let head = if cell.header { "#" } else { "" };
                let span = if cell.columns + cell.rows > 2 {
                    format!(" ({}×{})", cell.columns, cell.rows)
                } else {
                    String::new()
                };
                format!("{head}{}{span} {:?}", line(&cell.content), cell.align)
            })
            .collect();
        put!(out, "{pad}  {}", cells.join(" | "));
    }
}

fn used(photo: &PhotoUse) -> String {
    let id = &photo.photo.to_string()[..8];
    format!("{id} {:?} alt={:?} caption={} credit={:?}", photo.width, photo.alt, line(&photo.caption), photo.credit)
}

fn line(content: &[Inline]) -> String {
    content.iter().map(inline).collect()
}

fn inline(inline: &Inline) -> String {
    match inline {
        Inline::Text { text } => text.clone(),
        Inline::Strong { content } => format!("**{}**", line(content)),
        Inline::Emphasis { content } => format!("_{}_", line(content)),
        Inline::Link { href, content } => format!("[{}]({href})", line(content)),
        Inline::Code { text } => format!("`{text}`"),
        Inline::Strike { content } => format!("~~{}~~", line(content)),
        Inline::Sub { content } => format!("sub({})", line(content)),
        Inline::Sup { content } => format!("sup({})", line(content)),
        Inline::Language { language, content } => format!("<{language}>{}</>", line(content)),
        Inline::Direction { direction, content } => format!("<{}>{}</>", direction.as_str(), line(content)),
        Inline::Break => " ⏎ ".to_owned(),
        Inline::Footnote { id } => format!("[^{id}]"),
    }
}
