//! Every template and form, and what must hold of all of them.

use insta::assert_snapshot;
use model::document::Block;
use model::{Document, Extent, Language, MailForm, PhotoUse, Source, Template};

use super::{IssueItem, IssueMail, IssueWords, Scheme, issue_html, issue_text};
use crate::fixture::{Stock, photo_id, story};

fn words() -> IssueWords {
    let word = str::to_owned;
    IssueWords {
        web: word("Read this letter on the web"),
        unsubscribe: word("Unsubscribe"),
        preferences: word("Preferences"),
        read_on: word("Read on"),
        read_whole: word("Read it on the web"),
        sources: word("Sources"),
        colon: word(":"),
        more: word("More"),
        stories: word("Stories"),
        why: word("You get this letter because you signed up for it."),
        reserve: word("If our site does not open where you are:"),
    }
}

fn item(extent: Extent, headline: &str, section: &str) -> IssueItem {
    IssueItem {
        language: None,
        headline: headline.to_owned(),
        standfirst: "What it is <about>.".to_owned(),
        section: section.to_owned(),
        signed: "Vera Lind · 11 July 2025".to_owned(),
        address: "https://news.example/2025/07/11/wonsan/".to_owned(),
        note: String::new(),
        extent,
        lead: Some(PhotoUse::plain(photo_id(1))),
        document: Document::new(vec![
            Block::paragraph("The minister arrived."),
            Block::Photo(PhotoUse::plain(photo_id(2))),
        ]),
        sources: vec![Source {
            name: "TASS".to_owned(),
            url: Some("https://tass.com/1".to_owned()),
            note: "the hour".to_owned(),
        }],
        corrections: ("Correction".to_owned(), vec!["12 July: It was Friday.".to_owned()]),
    }
}

/// Hands a mail to a test.
fn with(template: Template, form: MailForm, items: &[IssueItem], test: impl FnOnce(&IssueMail<'_>)) {
    let intro = Document::new(vec![Block::paragraph("Dear readers.")]);
    let outro = Document::new(vec![Block::paragraph("Until Friday.")]);
    let reserve = ["https://mirror.example".to_owned()];
    test(&IssueMail {
        template,
        form,
        name: "The Week",
        newsroom: "Meridian",
        dated: "Issue 12 · Friday, 11 July 2025",
        preview: "What came off the boat",
        intro: &intro,
        items,
        outro: &outro,
        web: "https://news.example/newsletter/week/12/",
        unsubscribe: "marku",
        preferences: "markp",
        reserve: &reserve,
        contact: "desk@news.example",
        words: &words(),
        scheme: Scheme::Reader,
    });
}

fn three() -> Vec<IssueItem> {
    let noted = IssueItem { note: "Read this one first.".to_owned(), ..item(Extent::Whole, "Wonsan", "World") };
    vec![noted, item(Extent::Standfirst, "The tram", "City"), item(Extent::Headline, "A bakery", "")]
}

/// One block a line, so that differences can be read.
fn lines(html: &str) -> String {
    let ends = ["</p>", "</h1>", "</h2>", "</h3>", "</head>", "</div>", "</table>"];
    ends.iter().fold(html.to_owned(), |html, tag| html.replace(tag, &format!("{tag}\n")))
}

#[test]
fn stories_digest_and_letter_are_told_apart() {
    let stock = Stock::english();
    let resources = stock.at("https://news.example/");
    with(Template::Stories, MailForm::Full, &three(), |mail| {
        assert_snapshot!("issue_stories_html", lines(&issue_html(mail, &resources)));
        assert_snapshot!("issue_stories_text", issue_text(mail, &resources));
    });
    let body = |template| {
        let mut found = String::new();
        with(template, MailForm::Full, &three(), |mail| found = issue_html(mail, &resources));
        lines(found.split_once("</h1>").unwrap().1)
    };
    assert_snapshot!("issue_digest_html", body(Template::Digest));
    assert_snapshot!("issue_letter_html", body(Template::Letter));
}

#[test]
fn who_wants_headlines_gets_headlines_and_no_picture() {
    let stock = Stock::english();
    for template in Template::ALL {
        with(template, MailForm::Headlines, &three(), |mail| {
            let resources = stock.at("https://news.example/");
            let (html, text) = (issue_html(mail, &resources), issue_text(mail, &resources));
            for body in [&html, &text] {
                assert!(["Wonsan", "The tram", "A bakery"].iter().all(|headline| body.contains(headline)), "{body}");
                assert!(
                    !["Dear readers", "The minister", "What it is"].iter().any(|said| body.contains(said)),
                    "{body}"
                );
            }
            assert!(!html.contains("<img"));
        });
    }
}

#[test]
fn what_differs_from_reader_to_reader_stands_at_both_ends_and_nowhere_else() {
    let stock = Stock::english();
    for form in [MailForm::Full, MailForm::Headlines] {
        with(Template::Stories, form, &three(), |mail| {
            let resources = stock.at("https://news.example/");
            for body in [issue_html(mail, &resources), issue_text(mail, &resources)] {
                for mark in ["marku", "markp"] {
                    assert_eq!(body.matches(mark).count(), 2, "{mark} in {body}");
                }
            }
        });
    }
}

#[test]
fn the_web_comes_first_and_leaving_is_at_both_ends() {
    let stock = Stock::english();
    with(Template::Stories, MailForm::Full, &three(), |mail| {
        for body in
            [issue_html(mail, &stock.at("https://news.example/")), issue_text(mail, &stock.at("https://news.example/"))]
        {
            let at = |what: &str| body.find(what).unwrap();
            assert!(at("/newsletter/week/12/") < at("marku") && at("marku") < at("Dear readers"));
            let last = |what: &str| body.rfind(what).unwrap();
            assert!(last("Until Friday") < last("because you signed up") && last("Until Friday") < last("marku"));
            assert!(last("https://mirror.example") > last("Until Friday"));
        }
    });
}

#[test]
fn an_issue_loads_nothing_but_photos_and_says_nothing_small() {
    let stock = Stock::english();
    let whole = IssueItem { document: story(), ..item(Extent::Whole, "Everything", "World") };
    for template in Template::ALL {
        with(template, MailForm::Full, std::slice::from_ref(&whole), |mail| {
            let html = issue_html(mail, &stock.at("https://news.example/"));
            for tag in html.split('<').skip(1).filter_map(|tag| tag.split('>').next()) {
                if let Some((_, src)) = tag.split_once("src=\"") {
                    assert!(src.starts_with("https://news.example/media/"), "{tag}");
                }
                assert!(!["script", "link ", "iframe", "form"].iter().any(|name| tag.starts_with(name)), "{tag}");
            }
            let sizes =
                html.split("font-size:").skip(1).filter_map(|size| size.split("px").next()?.parse::<u32>().ok());
            assert!(sizes.clone().count() > 10 && sizes.min() >= Some(16));
        });
    }
}

#[test]
fn a_persian_issue_runs_right_to_left() {
    let stock = Stock { language: Language::new("fa").unwrap(), ..Stock::english() };
    with(Template::Stories, MailForm::Full, &three(), |mail| {
        let html = issue_html(mail, &stock.at("https://news.example/"));
        assert!(html.contains("<html lang=\"fa\" dir=\"rtl\">") && html.contains("text-align:right"));
        assert!(!html.contains("text-align:left"));
    });
}

#[test]
fn a_look_that_is_asked_for_is_that_one_only() {
    let stock = Stock::english();
    with(Template::Stories, MailForm::Full, &three(), |mail| {
        let look = |scheme| issue_html(&IssueMail { scheme, ..mail.clone() }, &stock.at("/"));
        assert!(look(Scheme::Reader).contains("@media (prefers-color-scheme:dark)"));
        assert!(look(Scheme::Dark).contains("#141312") && !look(Scheme::Dark).contains("#fffdfa"));
        assert!(look(Scheme::Light).contains("#fffdfa") && !look(Scheme::Light).contains("#141312"));
    });
}
