//! How fast WordPress exports are read, and in how much memory:
//! `cargo run --release -p intake --example speed -- 20000`.

use std::io::{BufWriter, Write};
use std::time::Instant;

use intake::{Item, Sink, Stop};

#[derive(Default)]
struct Count {
    stories: u64,
    bytes: usize,
}

impl Sink for Count {
    fn item(&mut self, item: Item) -> Result<(), Stop> {
        if let Item::Story(story) = item {
            self.stories += 1;
            self.bytes += story.document.blocks.len();
        }
        Ok(())
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let posts: u64 = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(20_000);
    let path = std::env::temp_dir().join(format!("masthead-speed-{posts}.xml"));
    write(&path, posts)?;
    let size = std::fs::metadata(&path)?.len();
    let began = Instant::now();
    let mut count = Count::default();
    intake::wordpress::read(&path, &mut count)?;
    let seconds = began.elapsed().as_secs_f64();
    println!(
        "{} posts ({} blocks, {} MiB) in {seconds:.2} s: {:.0} posts/s; {}",
        count.stories,
        count.bytes,
        size / 1024 / 1024,
        f64::from(u32::try_from(count.stories)?) / seconds,
        memory()
    );
    Ok(std::fs::remove_file(path)?)
}

/// The most memory that was resident.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("VmHWM unknown").to_owned()
}

fn write(path: &std::path::Path, posts: u64) -> std::io::Result<()> {
    let mut out = BufWriter::new(std::fs::File::create(path)?);
    out.write_all(
        b"<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss><channel><title>Speed</title>\
        <wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://speed.example</wp:base_blog_url>",
    )?;
    let words = "The harbour opened at five and the <strong>first ferry</strong> left with a <a href=\"https://speed.example/2024/x/\">school class</a> on board, as it had each morning since the spring. ".repeat(4);
    for id in 1..=posts {
        if id % 10 == 0 {
            write!(
                out,
                "<item><title>photo</title><wp:post_id>{}</wp:post_id><wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status>\
                <wp:attachment_url>https://speed.example/wp-content/uploads/{id}.jpg</wp:attachment_url></item>",
                id + 10_000_000
            )?;
        }
        write!(
            out,
            "<item><title>Story {id}</title><link>https://speed.example/2024/01/{id}/</link><dc:creator>vera</dc:creator><content:encoded><![CDATA["
        )?;
        for paragraph in 0..4 {
            match id % 2 {
                0 => write!(out, "<!-- wp:paragraph --><p>{words}{paragraph}</p><!-- /wp:paragraph -->\n\n")?,
                _ => write!(out, "{words}{paragraph}\n\n")?,
            }
        }
        write!(
            out,
            "]]></content:encoded><wp:post_id>{id}</wp:post_id><wp:post_date_gmt>2024-01-01 10:00:00</wp:post_date_gmt><wp:post_name>story-{id}</wp:post_name>\
            <wp:status>publish</wp:status><wp:post_type>post</wp:post_type><category domain=\"category\" nicename=\"c{}\"><![CDATA[C]]></category></item>",
            id % 20
        )?;
    }
    out.write_all(b"</channel></rss>")?;
    out.flush()
}
