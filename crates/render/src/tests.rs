//! Every channel: one golden file, and what must hold whatever a document says.

use insta::assert_snapshot;
use model::document::{Block, Embed, EmbedKind, FileLink, Inline, Unknown, text as words};
use model::{Document, Language, PhotoUse};
use proptest::prelude::*;

use crate::fixture::{Stock, link, photo_id, story};
use crate::{Mail, Render, email, feed, lead_photo, lite, mail, mail_text, markdown, text, web, web_among_others};

const HTML: [(&str, Render); 4] = [("web", web), ("lite", lite), ("feed", feed), ("email", email)];

/// One block a line, so that differences can be read.
fn lines(html: &str) -> String {
    let mut out = html.to_owned();
    for tag in [
        "</p>",
        "</figure>",
        "</h2>",
        "</h3>",
        "</h4>",
        "</li>",
        "</tr>",
        "</table>",
        "</pre>",
        "<hr>",
        "</blockquote>",
        "</aside>",
    ] {
        out = out.replace(tag, &format!("{tag}\n"));
    }
    out
}

#[test]
fn web_shows_every_block() {
    assert_snapshot!(lines(&web(&story(), &Stock::english().at("../../../../"))));
}

#[test]
fn lite_shows_every_block() {
    assert_snapshot!(lines(&lite(&story(), &Stock::english().at("../../../../../"))));
}

#[test]
fn feed_shows_every_block() {
    assert_snapshot!(lines(&feed(&story(), &Stock::english().at("https://news.example/"))));
}

#[test]
fn text_shows_every_block() {
    assert_snapshot!(text(&story(), &Stock::english().at("https://news.example/")));
}

#[test]
fn email_shows_every_block() {
    assert_snapshot!(lines(&email(&story(), &Stock::english().at("https://news.example/"))));
}

#[test]
fn markdown_says_every_block() {
    assert_snapshot!(markdown(&story(), &Stock::english().at("/")));
}

#[test]
fn a_mail_is_whole_and_its_plain_text_says_the_same() {
    let stock = Stock { language: Language::new("fa").unwrap(), ..Stock::english() };
    let resources = stock.at("https://news.example/");
    let corrections = ["نسخهٔ نخست روز را اشتباه نوشته بود.".to_owned()];
    let document = Document::new(vec![
        Block::paragraph("خبر."),
        Block::Quote { blocks: vec![Block::paragraph("نقل قول")], source: Vec::new() },
    ]);
    let whole = Mail {
        newsroom: "اسکله",
        headline: "بندر <بسته> است",
        standfirst: "برای نخستین بار.",
        signed: "ورا لیند",
        lead: Some(&PhotoUse::plain(photo_id(1))),
        document: &document,
        corrections: ("اصلاح", &corrections),
        web: ("در سایت", "https://news.example/fa/2025/07/11/port/"),
    };
    assert_snapshot!("mail_html", lines(&mail(&whole, &resources)));
    assert_snapshot!("mail_text", mail_text(&whole, &resources));
}

#[test]
fn a_mail_loads_nothing_but_photos_of_the_newsroom_and_needs_no_style_sheet() {
    let html = email(&story(), &Stock::english().at("https://news.example/"));
    for tag in html.split('<').skip(1).filter_map(|tag| tag.split('>').next()) {
        assert!(!["class=", " id=", "srcset=", "<style"].iter().any(|word| tag.contains(word)), "{tag}");
        if let Some((_, src)) = tag.split_once("src=\"") {
            assert!(src.starts_with("https://news.example/media/"), "{tag}");
        }
    }
    let sizes = html.split("font-size:").skip(1).filter_map(|size| size.split("px").next()?.parse::<u32>().ok());
    assert!(sizes.clone().count() > 10 && sizes.min() >= Some(16));
}

#[test]
fn text_in_persian_runs_right_to_left_line_by_line() {
    let stock = Stock { language: Language::new("fa").unwrap(), ..Stock::english() };
    let body = "TASS گزارش داد که وزیر خارجه روز جمعه وارد وونسان شد و تا یکشنبه آنجا می‌ماند، پس از دیدارهای پیاپی.";
    assert_snapshot!(text(&Document::new(vec![Block::paragraph(body)]), &stock.at("https://news.example/")));
}

#[test]
fn a_lead_photo_is_loaded_first() {
    let stock = Stock::english();
    let html = lead_photo(&PhotoUse::plain(photo_id(1)), &stock.at("./"));
    assert!(html.contains("fetchpriority=\"high\"") && !html.contains("loading="));
    assert_eq!(lead_photo(&PhotoUse::plain(photo_id(3)), &stock.at("./")), "");
    assert_eq!(lead_photo(&PhotoUse::plain(photo_id(99)), &stock.at("./")), "");
}

#[test]
fn addresses_of_other_schemes_never_leave() {
    let stock = Stock::english();
    let traps = [
        "javascript:alert(1)",
        " JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "\u{1}javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "blob:https://x/1",
        "//evil.example/x",
        "/\\evil.example",
        "ftp://x/",
        "evil.example",
    ];
    for trap in traps {
        let document = Document::new(vec![
            Block::Paragraph { content: vec![link(trap, "words")] },
            Block::File(FileLink { href: trap.to_owned(), name: "file".to_owned(), bytes: None }),
            Block::Embed(Embed {
                kind: EmbedKind::Link,
                url: trap.to_owned(),
                source: "source".to_owned(),
                title: String::new(),
                caption: Vec::new(),
            }),
        ]);
        for (name, render) in HTML {
            let html = render(&document, &stock.at("../"));
            assert!(!html.contains("href"), "{name} links to {trap:?}: {html}");
            assert!(html.contains("words") && html.contains("file") && html.contains("source"));
        }
        let plain = text(&document, &stock.at("https://news.example/"));
        assert!(!plain.contains("[1]"), "text lists {trap:?}: {plain}");
    }
}

#[test]
fn a_path_of_this_newsroom_can_not_become_another_scheme_or_host() {
    let stock = Stock::english();
    for (root, path) in [("", "/javascript:alert(1)"), ("./", "/javascript:alert(1)"), ("../", "/a/..//evil.example")] {
        let html = web(&Document::new(vec![Block::Paragraph { content: vec![link(path, "words")] }]), &stock.at(root));
        assert!(html.contains("href=\"./") || html.contains("href=\"../"), "{html}");
    }
}

#[test]
fn old_addresses_lead_to_present_ones_relative_to_the_page() {
    let stock = Stock::english();
    let document = Document::new(vec![Block::Paragraph { content: vec![link("/?p=12", "a"), link("/b/?x#y", "b")] }]);
    let html = web(&document, &stock.at("../../"));
    assert_eq!(html, "<p><a href=\"../../2025/06/20/kursk/\">a</a><a href=\"../../b/?x#y\">b</a></p>");
}

#[test]
fn foreign_markup_is_never_let_through() {
    let document = Document::new(vec![Block::Unknown(Unknown {
        system: "html".to_owned(),
        name: "script".to_owned(),
        raw: "<script>alert(1)</script>".to_owned(),
        text: "<script>alert(2)</script>".to_owned(),
    })]);
    for (name, render) in HTML {
        let html = render(&document, &Stock::english().at("../"));
        assert!(!html.contains("<script") && !html.contains("alert(1)"), "{name}: {html}");
    }
}

#[test]
fn headings_never_skip_a_level_in_pages() {
    let heading = |level| Block::Heading { level, content: words("x") };
    let html = web(&Document::new(vec![heading(4), heading(4), heading(4), heading(2)]), &Stock::english().at("./"));
    assert_eq!(html, "<h2>x</h2><h3>x</h3><h4>x</h4><h2>x</h2>");
}

#[test]
fn links_do_not_nest() {
    let nested = Inline::Link {
        href: "https://a.example/".to_owned(),
        content: vec![link("https://b.example/", "b"), Inline::Footnote { id: "one".to_owned() }],
    };
    let document =
        Document { footnotes: story().footnotes, ..Document::new(vec![Block::Paragraph { content: vec![nested] }]) };
    for (name, render) in HTML {
        let html = render(&document, &Stock::english().at("./"));
        assert_eq!(html.matches("b.example").count(), 0, "{name}: {html}");
        let paragraph = html.split("</p>").next().unwrap_or_default();
        assert_eq!(paragraph.matches("<a ").count(), 1, "{name}: {html}");
    }
}

#[test]
fn an_empty_document_is_an_empty_text() {
    for (_, render) in HTML.into_iter().chain([("text", text as Render)]) {
        assert_eq!(render(&Document::default(), &Stock::english().at("./")), "");
    }
}

/// Opens and closes like brackets; void elements aside.
fn unbalanced(html: &str) -> Option<String> {
    let mut open: Vec<String> = Vec::new();
    for tag in html.split('<').skip(1) {
        let Some((tag, _)) = tag.split_once('>') else { return Some(format!("unclosed <{tag}")) };
        let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        if name.is_empty() {
            return Some(format!("no tag: <{tag}>"));
        }
        if tag.starts_with('/') {
            if open.pop().as_deref() != Some(&name) {
                return Some(format!("</{name}> closes another"));
            }
        } else if !["br", "hr", "img", "source"].contains(&name.as_str()) {
            open.push(name);
        }
    }
    open.pop().map(|name| format!("<{name}> is not closed"))
}

pub(crate) fn any_words() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,8}( [a-z]{1,8}){0,8}\\. ?",
        ".{0,40}",
        Just("<script>alert('x')</script>".to_owned()),
        Just("\"><img src=x onerror=alert(1)>".to_owned()),
        Just("سلام، دنیا. ".to_owned()),
        Just("Привет, мир! ".to_owned()),
        Just("\u{0}\u{202E}\u{FFFE}&amp;".to_owned()),
    ]
}

fn any_href() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("https://example.org/?a=1&b=\"2\"".to_owned()),
        Just("javascript:alert(1)".to_owned()),
        Just("/a/b/".to_owned()),
        Just("#place".to_owned()),
        ".{0,20}",
        "(javascript|data|https?|mailto):.{0,20}",
    ]
}

pub(crate) fn any_line() -> impl Strategy<Value = Vec<Inline>> {
    let leaf = prop_oneof![
        4 => any_words().prop_map(Inline::text),
        1 => any_words().prop_map(|text| Inline::Code { text }),
        1 => Just(Inline::Break),
        1 => prop_oneof![Just("one"), Just("two"), Just("none")].prop_map(|id| Inline::Footnote { id: id.to_owned() }),
    ];
    let inline = leaf.prop_recursive(3, 12, 3, |inner| {
        let content = prop::collection::vec(inner, 0..3);
        prop_oneof![
            content.clone().prop_map(|content| Inline::Strong { content }),
            content.clone().prop_map(|content| Inline::Strike { content }),
            content.clone().prop_map(|content| Inline::Language { language: Language::new("fa").unwrap(), content }),
            (any_href(), content).prop_map(|(href, content)| Inline::Link { href, content }),
        ]
    });
    prop::collection::vec(inline, 0..5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn whatever_a_document_says_its_html_is_balanced_and_runs_nothing(
        lines in prop::collection::vec(any_line(), 1..5),
        foreign in any_words(),
        href in any_href(),
    ) {
        let mut document = story();
        document.blocks.extend(lines.into_iter().map(|content| Block::Paragraph { content }));
        document.blocks.push(Block::Code { language: foreign.clone(), text: foreign.clone() });
        document.blocks.push(Block::File(FileLink { href: href.clone(), name: foreign.clone(), bytes: Some(1) }));
        document.blocks.push(Block::Embed(Embed {
            kind: EmbedKind::Audio, url: href, source: foreign.clone(), title: foreign, caption: Vec::new(),
        }));
        let stock = Stock::english();
        for (name, render) in HTML {
            let html = render(&document, &stock.at("https://news.example/"));
            prop_assert_eq!(unbalanced(&html), None, "{}", name);
            prop_assert_eq!(scraper::Html::parse_fragment(&html).errors, Vec::<String>::new(), "{}", name);
            let lower = html.to_lowercase();
            prop_assert!(!lower.contains("<script") && !lower.contains("<iframe") && !lower.contains("\"javascript:"));
            for tag in lower.split('<').skip(1).filter_map(|tag| tag.split('>').next()) {
                prop_assert!(!tag.contains(" on") || !tag.contains(" onerror="), "{}: {}", name, tag);
            }
            for address in lower.split("href=\"").skip(1) {
                let allowed = ["https://", "http://", "mailto:", "tel:", "#"];
                prop_assert!(allowed.iter().any(|scheme| address.starts_with(scheme)), "{}: {}", name, address);
            }
        }
        let plain = text(&document, &stock.at("https://news.example/"));
        prop_assert!(plain.chars().all(|c| c == '\n' || !c.is_control()));
    }
}

/// The texts of one page have no `id` in common, and their headings stand below those of their stories.
#[test]
fn a_text_among_others_keeps_its_ids_to_itself_and_its_headings_below_its_headline() {
    let stock = Stock::english();
    let alone = web(&story(), &stock.at("../"));
    let html = web_among_others(&story(), &stock.at("../"), "s2-");
    let ids = |html: &str| -> Vec<String> {
        html.split(" id=\"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect()
    };
    assert!(!ids(&alone).is_empty());
    let prefixed: Vec<String> = ids(&alone).iter().map(|id| format!("s2-{id}")).collect();
    assert_eq!(ids(&html), prefixed);
    for target in html.split("href=\"#").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0)) {
        assert!(ids(&html).iter().any(|id| id == target), "{target} leads nowhere");
    }
    assert!(alone.contains("<h2>") && !html.contains("<h2>") && html.contains("<h3>"));
    assert_eq!(alone.matches("</h").count(), html.matches("</h").count());
}
