//! Sample stories and static pages.

use crate::{
    Page,
    context::{
        Breaking, CorrectionLine, LiteStoryPage, Pager, ShareImage, ShareLink, Slots, SourceLine, StaticPage, StoryPage,
    },
};

use super::{
    Newsroom, Sample, appeal, body, card_photo, reader,
    shell::{languages, shell},
};

const PATH: &str = "/2025/07/11/story-0/";

pub(super) fn pages(newsroom: &Newsroom<'_>) -> Vec<Sample> {
    let sample = |name, page| Sample { name, page };
    vec![
        sample("story", Page::Story(story(newsroom))),
        sample("story-1-of-2", Page::Story(part(newsroom, 1))),
        sample("story-2-of-2", Page::Story(part(newsroom, 2))),
        sample("story-slots", Page::Story(slots(newsroom))),
        sample("story-bare", Page::Story(bare(newsroom))),
        sample("text", Page::Story(everything(newsroom))),
        sample("static", Page::Static(static_page(newsroom))),
        sample("lite-story", Page::LiteStory(lite(newsroom))),
    ]
}

fn story(newsroom: &Newsroom<'_>) -> StoryPage {
    let (words, card) = (newsroom.words, newsroom.card(0));
    let mut shell = shell(newsroom, PATH, &card.headline);
    shell.og_type = "article".to_owned();
    shell.lite_path = Some(newsroom.at(&format!("/lite{PATH}")));
    let photo = card_photo(0, words);
    shell.share_image =
        Some(ShareImage { path: photo.path.clone(), width: 1200, height: 630, alt: words.alt.to_owned() });
    StoryPage {
        headline: card.headline,
        standfirst: card.standfirst,
        section: card.section,
        bylines: vec![newsroom.byline(0), newsroom.byline(1)],
        published: Some(newsroom.moment(0)),
        updated: Some(newsroom.moment(-3)),
        lead_photo_html: Some(body::lead_photo(newsroom, &shell.root)),
        body_html: body::story(newsroom, &shell.root),
        parts: Pager::new(1, 1, |_| PATH.to_owned()),
        sources: sources(newsroom),
        corrections: corrections(newsroom),
        topics: newsroom.topics(),
        translations: languages(newsroom, PATH).into_iter().filter(|link| !link.current).collect(),
        share: share(),
        read_more: newsroom.cards(7..11),
        json_ld: format!(r#"{{"@context":"https://schema.org","@type":"NewsArticle","headline":"{}"}}"#, words.site),
        shell,
    }
}

/// One of two parts.
fn part(newsroom: &Newsroom<'_>, number: usize) -> StoryPage {
    let path = |number: usize| newsroom.at(&if number == 1 { PATH.to_owned() } else { format!("{PATH}{number}/") });
    let whole = story(newsroom);
    let mut shell = whole.shell.clone();
    if number > 1 {
        shell.path = path(number);
        shell.root = format!("../{}", shell.root);
    }
    let parts = Pager::new(number, 2, path);
    (shell.previous_path, shell.next_path) = (parts.previous.clone(), parts.next.clone());
    StoryPage {
        lead_photo_html: whole.lead_photo_html.filter(|_| number == 1),
        body_html: body::story(newsroom, &shell.root),
        sources: if number == 2 { whole.sources } else { Vec::new() },
        parts,
        shell,
        ..whole
    }
}

/// A story with every slot filled.
fn slots(newsroom: &Newsroom<'_>) -> StoryPage {
    let mut whole = story(newsroom);
    whole.shell.breaking =
        Some(Breaking { text: newsroom.words.stories[1].0.to_owned(), path: Some(whole.shell.path.clone()) });
    whole.shell.slots = Slots {
        banner: Some(appeal::banner(newsroom)),
        newsletter: Some(reader::sign_up(newsroom)),
        appeal: Some(appeal::end(newsroom)),
    };
    whole
}

/// A story that has a headline and a paragraph, and nothing else.
fn bare(newsroom: &Newsroom<'_>) -> StoryPage {
    StoryPage {
        shell: shell(newsroom, PATH, newsroom.words.stories[4].0),
        headline: newsroom.words.stories[4].0.to_owned(),
        body_html: format!("<p>{}</p>", newsroom.words.paragraphs[0]),
        parts: Pager::new(1, 1, |_| PATH.to_owned()),
        ..StoryPage::default()
    }
}

/// A story with every block and inline that a document can hold.
fn everything(newsroom: &Newsroom<'_>) -> StoryPage {
    let whole = story(newsroom);
    StoryPage { body_html: body::everything(newsroom, &whole.shell.root), ..whole }
}

fn static_page(newsroom: &Newsroom<'_>) -> StaticPage {
    let title = newsroom.words.pages[1].to_owned();
    let shell = shell(newsroom, "/page-1/", &title);
    StaticPage {
        title,
        updated: Some(newsroom.moment(700)),
        version: 3,
        body_html: body::story(newsroom, &shell.root),
        parts: Pager::new(1, 1, |_| String::new()),
        translations: Vec::new(),
        shell,
    }
}

fn lite(newsroom: &Newsroom<'_>) -> LiteStoryPage {
    let whole = story(newsroom);
    let mut shell = shell(newsroom, &format!("/lite{PATH}"), &whole.headline);
    shell.full_path = Some(newsroom.at(PATH));
    LiteStoryPage {
        headline: whole.headline,
        standfirst: whole.standfirst,
        section: whole.section,
        bylines: whole.bylines,
        published: whole.published,
        updated: whole.updated,
        body_html: body::lite(newsroom, &shell.root),
        parts: whole.parts,
        sources: whole.sources,
        corrections: whole.corrections,
        read_more: whole.read_more,
        shell,
    }
}

pub(super) fn sources(newsroom: &Newsroom<'_>) -> Vec<SourceLine> {
    let line = |(index, (name, note)): (usize, &(&str, &str))| SourceLine {
        name: (*name).to_owned(),
        url: (index < 2).then(|| format!("https://example.org/{index}")),
        note: (*note).to_owned(),
    };
    newsroom.words.sources.iter().enumerate().map(line).collect()
}

pub(super) fn corrections(newsroom: &Newsroom<'_>) -> Vec<CorrectionLine> {
    vec![CorrectionLine { at: newsroom.moment(-3), text: newsroom.words.correction.to_owned() }]
}

fn share() -> Vec<ShareLink> {
    let link = |(service, label): (&str, &str)| ShareLink {
        service: service.to_owned(),
        label: label.to_owned(),
        path: format!("/share/{service}{PATH}"),
    };
    let all = [("telegram", "Telegram"), ("whatsapp", "WhatsApp"), ("facebook", "Facebook"), ("x", "X"), ("mail", "")];
    all.into_iter().map(link).collect()
}
