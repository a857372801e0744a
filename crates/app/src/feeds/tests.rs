//! Each output, read back by a parser that is not ours.

use model::{Language, Timestamp};
use quick_xml::events::Event;

use super::*;

const NOON: i64 = 1_752_235_200_000; // 2025-07-11T12:00:00Z

fn at(hours: i64) -> Timestamp {
    Timestamp::from_millis(NOON + hours * 3_600_000)
}

fn channel() -> FeedChannel {
    let item = |number: u8, title: &str| FeedItem {
        id: format!("urn:uuid:00000000-0000-7000-8000-0000000000{number:02}"),
        url: format!("https://news.example/2025/07/11/story-{number}/?a=1&b=2"),
        title: title.to_owned(),
        summary: "Tom & Jerry: 2 < 3".to_owned(),
        html: "<p>Whole text &amp; more ]]&gt; ]]> <a href=\"https://tass.com/\">TASS</a></p>".to_owned(),
        authors: vec!["Vera Lane".to_owned(), "ناصر".to_owned()],
        published: at(0),
        updated: at(1),
        categories: vec!["World".to_owned(), "Wonsan & Kursk".to_owned()],
        image: Some(FeedImage {
            url: "https://news.example/media/ab/abc.jpg".to_owned(),
            bytes: 150_000,
            media_type: "image/jpeg".to_owned(),
        }),
    };
    FeedChannel {
        title: "The Harbour & Co".to_owned(),
        description: "News from the quay".to_owned(),
        home_url: "https://news.example/".to_owned(),
        feed_url: "https://news.example/feed.xml".to_owned(),
        language: Language::english(),
        updated: at(1),
        items: vec![
            item(1, "Minister <lands> in “Wonsan” \u{0}\u{1F}\u{FFFF}"),
            FeedItem {
                authors: vec![], summary: String::new(), image: None, ..item(2, "وزیر خارجه وارد شد")
            },
        ],
    }
}

fn assert_read_back(text: &str) -> feed_rs::model::Feed {
    let feed = feed_rs::parser::parse(text.as_bytes()).unwrap();
    let wanted = channel();
    assert_eq!(feed.title.unwrap().content, wanted.title);
    assert_eq!(feed.entries.len(), 2);
    let entry = &feed.entries[0];
    assert_eq!(entry.id, wanted.items[0].id);
    assert_eq!(entry.title.as_ref().unwrap().content.trim(), "Minister <lands> in “Wonsan”");
    assert_eq!(entry.links[0].href, wanted.items[0].url);
    assert_eq!(entry.content.as_ref().unwrap().body.as_deref(), Some(wanted.items[0].html.as_str()));
    assert_eq!(entry.published.unwrap().timestamp_millis(), NOON);
    let authors: Vec<&str> = entry.authors.iter().map(|author| author.name.as_deref().unwrap()).collect();
    assert_eq!(authors, ["Vera Lane", "ناصر"]);
    let categories: Vec<&str> = entry.categories.iter().map(|category| category.term.as_str()).collect();
    assert_eq!(categories, ["World", "Wonsan & Kursk"]);
    assert_eq!(feed.entries[1].title.as_ref().unwrap().content, "وزیر خارجه وارد شد");
    feed_rs::parser::parse(text.as_bytes()).unwrap()
}

#[test]
fn rss_says_what_the_channel_says() {
    let text = rss(&channel());
    let feed = assert_read_back(&text);
    assert_eq!(feed.feed_type, feed_rs::model::FeedType::RSS2);
    assert_eq!(feed.language.as_deref(), Some("en"));
    assert_eq!(feed.entries[0].summary.as_ref().unwrap().content, "Tom &amp; Jerry: 2 &lt; 3");
    assert!(text.contains("<atom:link href=\"https://news.example/feed.xml\" rel=\"self\""), "{text}");
    assert!(text.contains("<guid isPermaLink=\"false\">urn:uuid:"), "{text}");
    assert!(text.contains("<pubDate>Fri, 11 Jul 2025 12:00:00 GMT</pubDate>"), "{text}");
    let media = &feed.entries[0].media[0].content[0];
    assert_eq!(media.url.as_ref().unwrap().as_str(), "https://news.example/media/ab/abc.jpg");
}

#[test]
fn atom_says_what_the_channel_says() {
    let text = atom(&channel());
    let feed = assert_read_back(&text);
    assert_eq!(feed.feed_type, feed_rs::model::FeedType::Atom);
    assert_eq!(feed.id, "https://news.example/feed.xml");
    assert_eq!(feed.updated.unwrap().timestamp_millis(), NOON + 3_600_000);
    assert_eq!(feed.entries[0].summary.as_ref().unwrap().content, "Tom & Jerry: 2 < 3");
    assert_eq!(feed.entries[0].updated.unwrap().timestamp_millis(), NOON + 3_600_000);
    assert_eq!(feed.links.iter().find(|link| link.rel.as_deref() == Some("self")).unwrap().href, channel().feed_url);
}

#[test]
fn json_feed_says_what_the_channel_says() {
    let json = json_feed(&FeedChannel { items: channel().items.split_off(1), ..channel() });
    let feed = feed_rs::parser::parse(json.as_bytes()).unwrap();
    assert_eq!(feed.feed_type, feed_rs::model::FeedType::JSON);
    assert_eq!(feed.entries[0].title.as_ref().unwrap().content, "وزیر خارجه وارد شد");
    let value: serde_json::Value = serde_json::from_str(&json_feed(&channel())).unwrap();
    assert_eq!(value["items"][0]["content_html"], channel().items[0].html);
    assert_eq!(value["items"][0]["authors"][1]["name"], "ناصر");
    assert!(value["items"][1].get("image").is_none());
}

#[test]
fn the_same_stories_make_the_same_bytes() {
    for feed in [rss, atom, json_feed] {
        assert_eq!(feed(&channel()), feed(&channel()));
    }
}

#[test]
fn a_feed_without_stories_is_still_a_feed() {
    let empty = FeedChannel { items: Vec::new(), description: String::new(), ..channel() };
    for feed in [rss, atom, json_feed] {
        assert!(feed_rs::parser::parse(feed(&empty).as_bytes()).unwrap().entries.is_empty());
    }
}

/// The text of every element with this name, in order; fails when the XML is not well-formed.
fn elements(xml: &str, name: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut found, mut inside) = (Vec::new(), false);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                inside = start.name().as_ref() == name;
                if inside {
                    found.push(String::new());
                }
            }
            Event::End(_) => inside = false,
            Event::Text(text) if inside => found.last_mut().unwrap().push_str(&text),
            Event::GeneralRef(reference) if inside => {
                let text = quick_xml::escape::resolve_xml_entity(&reference).unwrap();
                found.last_mut().unwrap().push_str(text);
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

#[test]
fn a_sitemap_names_pages_and_their_translations() {
    let english = (Language::english(), "https://news.example/a/?x=1&y=2".to_owned());
    let persian = (Language::new("fa").unwrap(), "https://news.example/fa/a/".to_owned());
    let entry = SitemapEntry { url: english.1.clone(), updated: Some(at(0)), alternates: vec![english, persian] };
    let xml = sitemap(std::slice::from_ref(&entry));
    assert_eq!(elements(&xml, "loc"), [entry.url.as_str()]);
    assert_eq!(elements(&xml, "lastmod"), ["2025-07-11T12:00:00Z"]);
    assert!(xml.contains("hreflang=\"fa\" href=\"https://news.example/fa/a/\"/>"));
    let xml = sitemap(&vec![entry; SITEMAP_MOST + 1]);
    assert_eq!(elements(&xml, "loc").len(), SITEMAP_MOST);
    let index = sitemap_index(&[("https://news.example/sitemap-1.xml".to_owned(), None)]);
    assert_eq!(elements(&index, "loc"), ["https://news.example/sitemap-1.xml"]);
}

#[test]
fn the_news_sitemap_holds_two_days_and_a_thousand_stories() {
    let entry = |hours: i64| NewsEntry {
        url: format!("https://news.example/{hours}/"),
        title: "A < B & C".to_owned(),
        publication: "The Harbour".to_owned(),
        language: Language::new("pt-BR").unwrap(),
        published: at(hours),
    };
    let xml = news_sitemap(&[entry(-49), entry(-47), entry(-1), entry(1)], at(0));
    assert_eq!(elements(&xml, "loc"), ["https://news.example/-1/", "https://news.example/-47/"]);
    assert_eq!(elements(&xml, "news:title")[0], "A < B & C");
    assert_eq!(elements(&xml, "news:language")[0], "pt");
    let many = vec![entry(-1); NEWS_MOST + 1];
    assert_eq!(elements(&news_sitemap(&many, at(0)), "loc").len(), NEWS_MOST);
}

#[test]
fn robots_may_read_everything_but_share_links() {
    let text = robots(&["https://news.example/sitemap.xml\nDisallow: /".to_owned()]);
    assert_eq!(text, "User-agent: *\nDisallow: /share/\nSitemap: https://news.example/sitemap.xmlDisallow:/\n");
}

#[test]
fn json_ld_says_what_the_story_says_and_can_not_leave_its_script() {
    let article = Article {
        headline: "</script><script>alert(1)</script> & <!--".to_owned(),
        description: String::new(),
        url: "./".to_owned(),
        images: vec!["../../../../media/ab/abc.jpg".to_owned()],
        published: at(0),
        updated: at(1),
        authors: vec![Author { name: "Vera Lane".to_owned(), url: "../../../../bylines/vera-lane/".to_owned() }],
        publisher: "The Harbour".to_owned(),
        publisher_url: "../../../../".to_owned(),
        section: "World".to_owned(),
        topics: Vec::new(),
        language: Language::english(),
        corrections: vec![(at(1), "It was Friday.".to_owned())],
    };
    let json = json_ld(&article);
    assert!(!json.contains(['<', '>', '&']), "{json}");
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(value["headline"], article.headline);
    assert_eq!(value["author"][0]["name"], "Vera Lane");
    assert_eq!(value["correction"][0]["text"], "It was Friday.");
    assert!(value.get("description").is_none() && value.get("keywords").is_none());
    assert!(!json.contains("https://news"), "no host stands in a page: {json}");
}
