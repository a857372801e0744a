//! Shows what a reader makes of an export: `cargo run -p intake --example show -- wordpress FILE`.

use std::path::Path;

use intake::{Item, Sink, Stop};
use model::document::{Block, Inline};

struct Show;

impl Sink for Show {
    fn item(&mut self, item: Item) -> Result<(), Stop> {
        match item {
            Item::Story(story) => {
                println!(
                    "\n=== STORY {} {:?} «{}» slug={} lang={:?}",
                    story.foreign_id, story.standing, story.headline, story.slug, story.language
                );
                println!(
                    "    {:?} {:?} old={:?} aliases={:?} group={:?}",
                    story.published_at.map(|t| t.to_string()),
                    story.updated_at.map(|t| t.to_string()),
                    story.old_url,
                    story.aliases,
                    story.group
                );
                println!(
                    "    standfirst={:?} sections={:?} topics={:?} bylines={:?} front={:?} picks={:?}",
                    story.standfirst, story.sections, story.topics, story.bylines, story.front, story.picks
                );
                println!(
                    "    lead={:?} photos={} sources={:?} corrections={:?}",
                    story.lead_photo,
                    story.photos.len(),
                    story.sources,
                    story.corrections
                );
                story.notes.iter().for_each(|note| println!("    NOTE {note:?}"));
                show(&story.document);
            }
            Item::Page(page) => {
                println!(
                    "\n=== PAGE {} public={} «{}» slug={} lang={:?} menu={:?} old={:?} {:?}",
                    page.foreign_id,
                    page.public,
                    page.title,
                    page.slug,
                    page.language,
                    page.menu,
                    page.old_url,
                    page.aliases
                );
                page.notes.iter().for_each(|note| println!("    NOTE {note:?}"));
                show(&page.document);
            }
            other => println!("{other:?}"),
        }
        Ok(())
    }
}

fn show(document: &model::Document) {
    blocks(&document.blocks, 1);
    for note in &document.footnotes {
        println!("  [^{}]", note.id);
        blocks(&note.blocks, 2);
    }
}

fn blocks(list: &[Block], depth: usize) {
    let pad = "  ".repeat(depth);
    for block in list {
        match block {
            Block::Paragraph { content } => println!("{pad}P {}", line(content)),
            Block::Heading { level, content } => println!("{pad}H{level} {}", line(content)),
            Block::List { ordered, start, items } => {
                println!("{pad}LIST {ordered} {start}");
                for item in items {
                    println!("{pad} -");
                    blocks(&item.blocks, depth + 1);
                }
            }
            Block::Quote { blocks: inner, source } => {
                println!("{pad}QUOTE — {}", line(source));
                blocks(inner, depth + 1);
            }
            Block::PullQuote { content, source } => println!("{pad}PULL {} — {}", line(content), line(source)),
            Block::Photo(photo) => println!(
                "{pad}PHOTO {} {:?} alt={:?} caption={} credit={:?}",
                &photo.photo.to_string()[..8],
                photo.width,
                photo.alt,
                line(&photo.caption),
                photo.credit
            ),
            Block::Gallery { photos, caption } => {
                println!("{pad}GALLERY of {} {}", photos.len(), line(caption));
                for photo in photos {
                    println!(
                        "{pad}  {} alt={:?} caption={}",
                        &photo.photo.to_string()[..8],
                        photo.alt,
                        line(&photo.caption)
                    );
                }
            }
            Block::Embed(embed) => println!(
                "{pad}EMBED {:?} {} {} «{}» {}",
                embed.kind,
                embed.source,
                embed.url,
                embed.title,
                line(&embed.caption)
            ),
            Block::File(file) => println!("{pad}FILE {} {}", file.name, file.href),
            Block::Code { language, text } => println!("{pad}CODE {language} {text:?}"),
            Block::Table(table) => {
                println!("{pad}TABLE {}", line(&table.caption));
                for row in &table.rows {
                    let cells: Vec<_> = row
                        .cells
                        .iter()
                        .map(|c| {
                            format!(
                                "{}{}{}",
                                if c.header { "#" } else { "" },
                                line(&c.content),
                                if c.columns + c.rows > 2 {
                                    format!(" ({}x{})", c.columns, c.rows)
                                } else {
                                    String::new()
                                }
                            )
                        })
                        .collect();
                    println!("{pad}  | {}", cells.join(" | "));
                }
            }
            Block::Rule => println!("{pad}---"),
            Block::Box { kind, title, blocks: inner } => {
                println!("{pad}BOX {kind:?} {}", line(title));
                blocks(inner, depth + 1);
            }
            Block::Unknown(unknown) => println!(
                "{pad}UNKNOWN {} text={:?} raw={:?}",
                unknown.name,
                unknown.text,
                unknown.raw.chars().take(120).collect::<String>()
            ),
        }
    }
}

fn line(line: &[Inline]) -> String {
    line.iter()
        .map(|inline| match inline {
            Inline::Text { text } => text.clone(),
            Inline::Strong { content } => format!("**{}**", self::line(content)),
            Inline::Emphasis { content } => format!("_{}_", self::line(content)),
            Inline::Link { href, content } => format!("[{}]({href})", self::line(content)),
            Inline::Code { text } => format!("`{text}`"),
            Inline::Strike { content } => format!("~{}~", self::line(content)),
            Inline::Sub { content } => format!("_{{{}}}", self::line(content)),
            Inline::Sup { content } => format!("^{{{}}}", self::line(content)),
            Inline::Language { language, content } => format!("<{language}: {}>", self::line(content)),
            Inline::Direction { direction, content } => format!("<{}: {}>", direction.as_str(), self::line(content)),
            Inline::Break => " ⏎ ".to_owned(),
            Inline::Footnote { id } => format!("[^{id}]"),
        })
        .collect()
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (system, path) = (arguments.next().unwrap_or_default(), arguments.next().unwrap_or_default());
    let path = Path::new(&path);
    let told = match system.as_str() {
        "wordpress" => intake::wordpress::read(path, &mut Show),
        "ghost" => intake::ghost::read(path, &mut Show),
        "substack" => intake::substack::read(path, &mut Show),
        "markdown" => intake::markdown::read(path, &mut Show),
        _ => {
            eprintln!("usage: show wordpress|ghost|substack|markdown PATH");
            return;
        }
    };
    if let Err(error) = told {
        eprintln!("{error}");
    }
}
