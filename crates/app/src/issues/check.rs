//! What to look at before an issue is sent.
//!
//! A finding that stops is one that must not reach a reader: no subject, nothing in it, a story that is not public, links
//! without a host. The others are for an editor to weigh. Whether links elsewhere are dead is asked for by a person
//! ([`links`]), because asking shows other sites that somebody takes an interest.

use std::collections::HashMap;

use model::{Extent, Issue, IssueId, MailForm, PhotoUse, Staff, StoryId, StoryState, document::visit};
use render::Scheme;

use super::{
    found,
    letter::{Gathered, Rendering, documents, gather},
    sends,
};
pub use crate::stories::desk::Level;
use crate::{
    Newsroom,
    error::Error,
    stories::desk::{Link, Links},
};

/// Bytes of HTML from which an issue is too long for comfort: Gmail cuts a mail at 102 KB and hides the rest behind a link.
pub const LARGE: usize = 90 * 1_000;
/// Bytes at which Gmail cuts.
pub const CUT: usize = 102 * 1_000;
/// Characters of a subject that phones show whole.
const LONG_SUBJECT: usize = 60;
/// Characters of what people wrote, without which a plain text is not worth reading.
const LITTLE: usize = 200;

/// Something to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The key of its text: `no-subject`, `large` …
    pub key: &'static str,
    /// How much it weighs.
    pub level: Level,
    /// How many, where there can be several; kilobytes of what is large.
    pub count: i64,
    /// The headlines of stories that it is about.
    pub stories: Vec<String>,
}

/// What is missing or odd in an issue.
pub(super) fn findings(gathered: &Gathered, issue: &Issue) -> Vec<Finding> {
    let mut found = Found(Vec::new());
    let (content, settings) = (&issue.content, &gathered.newsletter.settings);
    found.when(content.subject.is_empty(), "no-subject", Level::Stop);
    found.when(content.picks.is_empty() && content.intro.is_empty(), "empty", Level::Stop);
    found.when(settings.sender.is_empty(), "no-sender", Level::Stop);
    found.when(gathered.settings.address.is_none(), "no-address", Level::Stop);
    stories(&mut found, gathered, issue);
    found.when(content.preview.is_empty(), "no-preview", Level::Look);
    let subjects = [Some(&content.subject), content.other_subject.as_ref().map(|other| &other.subject)];
    let long = subjects.into_iter().flatten().any(|subject| subject.chars().count() > LONG_SUBJECT);
    found.when(long, "long-subject", Level::Look);
    photos(&mut found, gathered, issue);
    bodies(&mut found, gathered);
    found.0
}

struct Found(Vec<Finding>);

impl Found {
    fn when(&mut self, so: bool, key: &'static str, level: Level) {
        if so {
            self.0.push(Finding { key, level, count: 1, stories: Vec::new() });
        }
    }

    fn count(&mut self, key: &'static str, level: Level, count: usize) {
        if count > 0 {
            self.0.push(Finding { key, level, count: i64::try_from(count).unwrap_or(i64::MAX), stories: Vec::new() });
        }
    }

    fn stories(&mut self, key: &'static str, level: Level, stories: Vec<String>) {
        if !stories.is_empty() {
            self.0.push(Finding { key, level, count: i64::try_from(stories.len()).unwrap_or(i64::MAX), stories });
        }
    }
}

/// Stories that are not public, come later, are in another language, were corrected since, or stood in an issue before.
fn stories(found: &mut Found, gathered: &Gathered, issue: &Issue) {
    let picks = &issue.content.picks;
    let told = |id: StoryId| gathered.told.get(&id);
    let named = |wanted: &dyn Fn(&model::Pick, &super::letter::Told) -> bool| -> Vec<String> {
        let of = picks.iter().filter_map(|pick| Some((pick, told(pick.story)?)));
        of.filter(|(pick, told)| wanted(pick, told)).map(|(_, told)| told.story.headline.clone()).collect()
    };
    let comes = |told: &super::letter::Told| {
        told.story.state == StoryState::Scheduled
            && issue.due_at.is_some_and(|due| told.story.published_at <= Some(due))
    };
    let public = |told: &super::letter::Told| told.story.state == StoryState::Published;
    found.count("gone", Level::Stop, picks.iter().filter(|pick| told(pick.story).is_none()).count());
    found.stories("withdrawn", Level::Stop, named(&|_, told| told.story.state == StoryState::Withdrawn));
    let hidden = |_: &model::Pick, told: &super::letter::Told| {
        !public(told) && !comes(told) && told.story.state != StoryState::Withdrawn
    };
    found.stories("not-public", Level::Stop, named(&hidden));
    found.stories("not-yet", Level::Look, named(&|_, told| comes(told)));
    let since = |pick: &model::Pick, told: &super::letter::Told| told.corrections.iter().any(|c| c.at > pick.at);
    found.stories("corrected", Level::Look, named(&since));
    let language = &gathered.newsletter.language;
    found.stories("other-language", Level::Look, named(&|_, told| told.story.language != *language));
    found.stories("sent-before", Level::Look, named(&|pick, _| gathered.before.contains(&pick.story)));
}

/// Photos that say nothing to who does not see them, or are not here.
fn photos(found: &mut Found, gathered: &Gathered, issue: &Issue) {
    let leads = issue.content.picks.iter().filter(|pick| pick.extent != Extent::Headline);
    let leads = leads.filter_map(|pick| gathered.told.get(&pick.story)?.story.lead_photo.as_ref());
    let whole = documents(issue, &gathered.told);
    let used: Vec<&PhotoUse> = whole.iter().flat_map(|document| visit::photos(document)).chain(leads).collect();
    let silent = used.iter().filter(|used| {
        let own = used.alt.as_deref().is_some_and(|alt| !alt.trim().is_empty());
        !own && gathered.photos.get(&used.photo).is_none_or(|photo| photo.alt.trim().is_empty())
    });
    found.count("no-alt", Level::Look, silent.count());
    let missing = used
        .iter()
        .filter(|used| gathered.photos.get(&used.photo).is_none_or(|photo| photo.state == model::PhotoState::Missing));
    found.count("photo-missing", Level::Look, missing.count());
}

/// What the mails themselves tell: how large, and whether the plain text says anything.
fn bodies(found: &mut Found, gathered: &Gathered) {
    let size = html_bytes(gathered);
    let kilobytes = size.div_ceil(1_000);
    if size > CUT {
        found.count("cut", Level::Look, kilobytes);
    } else if size > LARGE {
        found.count("large", Level::Look, kilobytes);
    }
    let content = &gathered.issue.content;
    let words = [&content.intro, &content.outro].map(characters).iter().sum::<usize>();
    let stories = content.picks.iter().filter_map(|pick| Some((pick.extent, &gathered.told.get(&pick.story)?.story)));
    let said = stories.map(|(extent, story)| match extent {
        Extent::Whole => characters(&story.document),
        Extent::Standfirst => story.standfirst.chars().count() + story.headline.chars().count(),
        Extent::Headline => story.headline.chars().count(),
    });
    let empty = content.picks.is_empty() && content.intro.is_empty();
    found.when(!empty && words + said.sum::<usize>() < LITTLE, "no-text", Level::Look);
}

/// Bytes of the whole mail as HTML.
pub(super) fn html_bytes(gathered: &Gathered) -> usize {
    let root = format!("{}/", gathered.settings.address.as_deref().unwrap_or("https://news.example"));
    let how = Rendering {
        form: MailForm::Full,
        neutral: false,
        root: &root,
        scheme: Scheme::Reader,
        language: None,
        early: true,
        // About as long as what will stand there.
        doors: (&"x".repeat(140), &"x".repeat(140)),
    };
    gathered.letter(&how).html.len()
}

fn characters(document: &model::Document) -> usize {
    let mut count = 0;
    visit::blocks(document, &mut |block| {
        count += visit::lines(block)
            .into_iter()
            .map(|line| model::document::plain::line(line).chars().count())
            .sum::<usize>();
    });
    count
}

/// Looks at every link of an issue's own words and of the stories that stand whole in it.
///
/// # Errors
/// [`crate::staff::Denial::Role`], [`crate::staff::Denial::Gone`].
pub async fn links(newsroom: &Newsroom, staff: &Staff, id: IssueId, links: &Links) -> Result<Vec<Link>, Error> {
    sends(staff)?;
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let (newsletter, issue) = found(&mut tx, id).await?;
    let gathered = gather(newsroom, &mut tx, &newsletter, &issue).await?;
    let hrefs = hrefs(&gathered, &issue);
    let detail = serde_json::json!({ "links": hrefs.len(), "name": newsletter.settings.name, "number": issue.number });
    let (actor, detail) = (staff.handle.as_str(), detail.to_string());
    store::audit_append(&mut tx, now, actor, "issue.check_links", Some(id.0), &detail).await?;
    tx.commit().await?;
    links.look(newsroom, hrefs).await
}

fn hrefs(gathered: &Gathered, issue: &Issue) -> Vec<String> {
    let whole = issue.content.picks.iter().filter(|pick| pick.extent == Extent::Whole);
    let sources = whole.filter_map(|pick| Some(&gathered.told.get(&pick.story)?.story.sources)).flatten();
    let sources = sources.filter_map(|source| source.url.as_deref());
    let texts = documents(issue, &gathered.told);
    let mut known: HashMap<&str, ()> = HashMap::new();
    let all = texts.iter().flat_map(|document| visit::links(document)).chain(sources);
    all.map(str::trim).filter(|href| known.insert(href, ()).is_none()).map(str::to_owned).collect()
}
