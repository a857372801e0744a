//! The feed of a newsletter's past issues, each with its whole text.

use model::{Document, Extent, Issue, Newsletter, Timestamp};
use render::Resources;

use super::{
    gather::{Gathered, Told, gather},
    newsletter, sent,
};
use crate::{
    error::Error,
    feeds::{FeedChannel, FeedItem},
    pages::{
        corrections::{Corrections, escaped},
        draft::Draft,
        feed::{feed_image, written},
        reading::Reading,
        route::FeedForm,
    },
    readers::name_of,
};

/// Issues in a feed: two months of a weekly letter. Each is as long as several stories.
const MOST: i64 = 8;

/// The feed; `None` when there is no such newsletter.
pub(in crate::pages) async fn show(
    reading: &mut Reading,
    form: FeedForm,
    slug: &str,
    base: &str,
) -> Result<Option<Draft>, Error> {
    let newsletter = match newsletter(reading, slug, form.file()).await? {
        None => return Ok(None),
        Some(Err(elsewhere)) => return Ok(Some(elsewhere)),
        Some(Ok(newsletter)) => newsletter,
    };
    let issues = store::issue_public(&mut reading.tx, newsletter.id, MOST, 0).await?;
    if issues.is_empty() && !newsletter.active {
        return Ok(None);
    }
    let mut told = Vec::with_capacity(issues.len());
    for issue in issues {
        let gathered = gather(reading, &issue).await?;
        told.push((issue, gathered));
    }
    let mut channel = channel(reading, &newsletter, &told, base);
    let (strings, zone, base) = (reading.strings.clone(), reading.zone.clone(), base.to_owned());
    let site = reading.site_name();
    Ok(Some(Draft::of(move |_| {
        let labels = strings.labels();
        let item = |(issue, all): &(Issue, Gathered)| {
            let root = format!("{base}/");
            let language = &channel.language;
            let resources =
                Resources { root: &root, language, photos: &all.photos, links: &all.links, labels: &labels };
            item(issue, all, &site, &base, &|told| Corrections::said(&told.corrections, &strings, &zone), &resources)
        };
        let items = told.iter().filter_map(item).collect();
        channel.items = items;
        written(form, &channel)
    })))
}

fn channel(reading: &Reading, newsletter: &Newsletter, told: &[(Issue, Gathered)], base: &str) -> FeedChannel {
    FeedChannel {
        title: format!("{}: {}", reading.site_name(), name_of(newsletter)),
        description: newsletter.settings.about.clone(),
        home_url: format!("{base}{}", crate::issues::home(&reading.settings, newsletter)),
        feed_url: format!("{base}{}", reading.path),
        language: newsletter.language.clone(),
        updated: told.iter().map(|(issue, all)| last_change(issue, all)).max().unwrap_or(Timestamp::from_millis(0)),
        items: Vec::new(),
    }
}

fn item(
    issue: &Issue,
    all: &Gathered,
    site: &str,
    base: &str,
    corrections: &dyn Fn(&Told) -> Corrections,
    resources: &Resources<'_>,
) -> Option<FeedItem> {
    let lead = all.told().find_map(|(_, told)| all.photos.get(&told.story.lead_photo.as_ref()?.photo));
    Some(FeedItem {
        id: format!("urn:uuid:{}", issue.id),
        url: format!("{base}{}", issue.path.as_ref()?),
        title: issue.content.subject.clone(),
        summary: issue.content.preview.clone(),
        html: html(all, corrections, resources),
        authors: vec![site.to_owned()],
        published: sent(issue),
        updated: last_change(issue, all),
        categories: Vec::new(),
        image: lead.and_then(|photo| feed_image(photo, base)),
    })
}

/// The whole issue: what the newsletter says, and its stories as its mail has them.
fn html(all: &Gathered, corrections: &dyn Fn(&Told) -> Corrections, resources: &Resources<'_>) -> String {
    let said = |document: &Document| render::feed(document, resources);
    let stories = all.told().map(|(pick, told)| {
        let story = &told.story;
        let address = story.path.as_ref().map_or("", |path| path.as_str().trim_start_matches('/'));
        let mut html = paragraph(&pick.note, "em");
        html.push_str(&format!("<h2><a href=\"{}{address}\">{}</a></h2>", resources.root, escaped(&story.headline)));
        if pick.extent != Extent::Headline {
            html.push_str(&paragraph(&story.standfirst, "strong"));
        }
        if pick.extent == Extent::Whole {
            html.push_str(&said(&story.document));
            html.push_str(&corrections(told).html());
        }
        html
    });
    said(&all.intro) + &stories.collect::<String>() + &said(&all.outro)
}

fn paragraph(text: &str, tag: &str) -> String {
    if text.is_empty() { String::new() } else { format!("<p><{tag}>{}</{tag}></p>", escaped(text)) }
}

/// When it last came to say something else.
fn last_change(issue: &Issue, all: &Gathered) -> Timestamp {
    let stories = all.told().filter_map(|(_, told)| told.story.updated_at);
    stories.chain([sent(issue)]).max().unwrap_or_else(|| sent(issue))
}
