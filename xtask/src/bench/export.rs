//! A generated WordPress export of any size: block comments, classic paragraphs, photos, terms, several bylines.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
};

use anyhow::Context;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Bench</title><link>https://bench.example</link><language>en</language><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>https://bench.example</wp:base_site_url><wp:base_blog_url>https://bench.example</wp:base_blog_url>
"#;

const WORDS: [&str; 24] = [
    "river", "court", "winter", "bridge", "letter", "minister", "harbour", "signal", "archive", "border", "verdict",
    "market", "station", "witness", "museum", "factory", "election", "silence", "border", "teacher", "railway",
    "evening", "question", "answer",
];

/// Photos of a gallery.
pub(super) const GALLERY: usize = 100;

/// Writes an export with so many posts and returns its size in bytes.
pub(super) fn write(file: &Path, posts: usize) -> anyhow::Result<u64> {
    write_with(file, |out| write_posts(out, posts))
}

/// Writes an export of galleries, for a photo library as large as the archive, and of a few photos that none of them
/// shows: to find those, all the others have to be passed by.
pub(super) fn write_galleries(file: &Path, galleries: usize, unused: usize) -> anyhow::Result<u64> {
    write_with(file, |out| {
        (0..galleries).try_for_each(|number| gallery(out, number))?;
        (0..unused).try_for_each(|number| attachment(out, number))
    })
}

fn write_with(file: &Path, items: impl Fn(&mut BufWriter<File>) -> std::io::Result<()>) -> anyhow::Result<u64> {
    let named = || format!("could not write {}", file.display());
    let mut out = BufWriter::new(File::create(file).with_context(named)?);
    out.write_all(HEAD.as_bytes())?;
    items(&mut out).with_context(named)?;
    out.write_all(b"</channel></rss>\n")?;
    out.flush().with_context(named)?;
    Ok(std::fs::metadata(file).with_context(named)?.len())
}

fn write_posts(out: &mut impl Write, posts: usize) -> std::io::Result<()> {
    for author in 0..20 {
        writeln!(
            out,
            "<wp:author><wp:author_id>{author}</wp:author_id><wp:author_login>a{author}</wp:author_login><wp:author_email>a{author}@bench.example</wp:author_email><wp:author_display_name><![CDATA[Author {author}]]></wp:author_display_name></wp:author>"
        )?;
    }
    for section in 0..8 {
        writeln!(
            out,
            "<wp:category><wp:term_id>{section}</wp:term_id><wp:category_nicename>s{section}</wp:category_nicename><wp:cat_name><![CDATA[Section {section}]]></wp:cat_name></wp:category>"
        )?;
    }
    for tag in 0..500 {
        writeln!(
            out,
            "<wp:tag><wp:term_id>{tag}</wp:term_id><wp:tag_slug>t{tag}</wp:tag_slug><wp:tag_name><![CDATA[Topic {tag}]]></wp:tag_name></wp:tag>"
        )?;
    }
    (0..posts).try_for_each(|post| item(out, post))
}

/// A post of photos, each described with so many words that many have the same; `gallery` in its title is a rare word.
fn gallery(out: &mut impl Write, number: usize) -> std::io::Result<()> {
    write!(
        out,
        "<item><title>Gallery {}</title><link>https://bench.example/galleries/{number}/</link><content:encoded><![CDATA[",
        title(number)
    )?;
    for photo in 0..GALLERY {
        let seed = number * GALLERY + photo;
        write!(
            out,
            "<!-- wp:image --><figure class=\"wp-block-image\"><img src=\"https://bench.example/g/{seed}.jpg\" alt=\"{}\"/></figure><!-- /wp:image -->\n\n",
            sentence(seed, 14)
        )?;
    }
    let date = format!("2025-06-{:02} {:02}:{:02}:00", 1 + number / 1_440 % 28, number / 60 % 24, number % 60);
    writeln!(
        out,
        "]]></content:encoded><wp:post_id>{}</wp:post_id><wp:post_date>{date}</wp:post_date><wp:post_date_gmt>{date}</wp:post_date_gmt><wp:post_name>gallery-{number}</wp:post_name><wp:status>publish</wp:status><wp:post_parent>0</wp:post_parent><wp:post_type>post</wp:post_type></item>",
        10_000_000 + number
    )
}

fn attachment(out: &mut impl Write, number: usize) -> std::io::Result<()> {
    writeln!(
        out,
        "<item><title>u{number}</title><link>https://bench.example/unused/{number}/</link><excerpt:encoded><![CDATA[{}]]></excerpt:encoded><wp:post_id>{}</wp:post_id><wp:post_date>2025-06-01 00:00:00</wp:post_date><wp:post_date_gmt>2025-06-01 00:00:00</wp:post_date_gmt><wp:post_name>unused-{number}</wp:post_name><wp:status>inherit</wp:status><wp:post_parent>0</wp:post_parent><wp:post_type>attachment</wp:post_type><wp:attachment_url>https://bench.example/unused/{number}.jpg</wp:attachment_url></item>",
        title(number),
        20_000_000 + number
    )
}

fn item(out: &mut impl Write, post: usize) -> std::io::Result<()> {
    let (year, month, day) = (2005 + post % 20, 1 + post / 20 % 12, 1 + post / 240 % 28);
    let date = format!("{year}-{month:02}-{day:02} {:02}:{:02}:00", post / 60 % 24, post % 60);
    write!(out, "<item><title>{}</title>", title(post))?;
    write!(
        out,
        "<link>https://bench.example/{year}/{month:02}/post-{post}/</link><dc:creator><![CDATA[a{}]]></dc:creator>",
        post % 20
    )?;
    write!(out, "<content:encoded><![CDATA[")?;
    body(out, post)?;
    write!(out, "]]></content:encoded><excerpt:encoded><![CDATA[{}.]]></excerpt:encoded>", sentence(post, 14))?;
    write!(
        out,
        "<wp:post_id>{}</wp:post_id><wp:post_date>{date}</wp:post_date><wp:post_date_gmt>{date}</wp:post_date_gmt>",
        post + 1
    )?;
    write!(
        out,
        "<wp:post_name>post-{post}</wp:post_name><wp:status>publish</wp:status><wp:post_parent>0</wp:post_parent><wp:post_type>post</wp:post_type>"
    )?;
    write!(out, "<category domain=\"category\" nicename=\"s{0}\"><![CDATA[Section {0}]]></category>", post % 8)?;
    for step in 0..3 {
        write!(
            out,
            "<category domain=\"post_tag\" nicename=\"t{0}\"><![CDATA[Topic {0}]]></category>",
            (post * 7 + step * 31) % 500
        )?;
    }
    writeln!(out, "</item>")
}

/// About 3,000 characters: half the posts in blocks, half in classic paragraphs.
fn body(out: &mut impl Write, post: usize) -> std::io::Result<()> {
    for paragraph in 0..9 {
        let seed = post * 13 + paragraph;
        let text = sentence(seed, 55);
        match (post % 2, paragraph) {
            (0, 4) => write!(out, "<!-- wp:heading --><h2>{}</h2><!-- /wp:heading -->\n\n", title(seed))?,
            (0, 6) => write!(
                out,
                "<!-- wp:image {{\"id\":9}} --><figure class=\"wp-block-image\"><img src=\"https://bench.example/u/{seed}.jpg\" alt=\"A photo\"/><figcaption>{}</figcaption></figure><!-- /wp:image -->\n\n",
                title(seed)
            )?,
            (0, _) => write!(
                out,
                "<!-- wp:paragraph --><p>{text} <a href=\"https://bench.example/x\">more</a>.</p><!-- /wp:paragraph -->\n\n"
            )?,
            (_, 5) => write!(out, "<blockquote>{text}</blockquote>\n\n")?,
            _ => write!(out, "{text} and <strong>{}</strong>.\n\n", title(seed))?,
        }
    }
    Ok(())
}

fn title(seed: usize) -> String {
    sentence(seed, 6)
}

fn sentence(seed: usize, words: usize) -> String {
    let mut text = String::with_capacity(words * 8);
    let mut state = seed.wrapping_mul(2_654_435_761) + 12_345;
    for index in 0..words {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        if index > 0 {
            text.push(' ');
        }
        text.push_str(WORDS[(state >> 33) % WORDS.len()]);
    }
    text
}
