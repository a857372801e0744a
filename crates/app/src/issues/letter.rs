//! An issue as its readers get it: everything gathered in one transaction, then rendered.
//!
//! What is rendered is what stories say at that moment, with their corrections. A story that readers may not see is left
//! out of what is sent, and shown in previews.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use model::{
    Correction, Document, Extent, Issue, Language, MailForm, Newsletter, Newsroom as Settings, Photo, PhotoId, Story,
    StoryId, StoryState, document::visit,
};
use render::{IssueItem, IssueMail, IssueWords, Resources, Scheme};
use store::Tx;
use theme::Strings;

use super::{Stop, archive, sound};
use crate::{Newsroom, error::Error};

/// A story of an issue, with what else is told of it.
pub(super) struct Told {
    pub(super) story: Story,
    bylines: Vec<model::Byline>,
    pub(super) corrections: Vec<Correction>,
}

/// Everything that an issue's mails are made of.
pub(super) struct Gathered {
    pub(super) newsletter: Newsletter,
    pub(super) settings: Settings,
    pub(super) issue: Issue,
    /// The stories that are there, by id.
    pub(super) told: HashMap<StoryId, Told>,
    pub(super) photos: HashMap<PhotoId, Photo>,
    /// Stories that an issue before had.
    pub(super) before: HashSet<StoryId>,
    links: HashMap<String, String>,
    sections: HashMap<model::SectionId, model::Names>,
    strings: Arc<Strings>,
    now: model::Timestamp,
}

/// A mail of an issue, in one form, complete but for what differs from reader to reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// How much of the issue is in it.
    pub form: MailForm,
    /// Whether subject, sender and first line say nothing of the newsroom.
    pub neutral: bool,
    /// Its language.
    pub language: Language,
    /// Its subject.
    pub subject: String,
    /// The subject that a share of readers gets instead, in percent; never of a neutral one.
    pub other_subject: Option<(String, u8)>,
    /// The name of its sender.
    pub sender_name: String,
    /// The address of its sender.
    pub sender: String,
    /// Where answers go.
    pub reply_to: String,
    /// As HTML.
    pub html: String,
    /// As plain text.
    pub text: String,
}

/// How a mail is to be rendered.
#[derive(Debug, Clone)]
pub(super) struct Rendering<'a> {
    pub(super) form: MailForm,
    pub(super) neutral: bool,
    /// What addresses begin with: `https://host/`, or `/` to be looked at.
    pub(super) root: &'a str,
    pub(super) scheme: Scheme,
    /// The language of the words around the stories, for looking at it as it would run the other way.
    pub(super) language: Option<Language>,
    /// Also stories that readers don't see yet.
    pub(super) early: bool,
    /// Where a reader leaves, and where they choose what they get, or marks for both.
    pub(super) doors: (&'a str, &'a str),
}

/// Every mail of an issue: for each form, as it is and neutral. What a delivery freezes. `doors` are marks for the addresses
/// at which a reader leaves, and chooses what they get.
///
/// # Errors
/// [`Stop::NoAddress`] when the newsroom has not said where its site is.
pub async fn letters(
    newsroom: &Newsroom,
    tx: &mut Tx,
    issue: &Issue,
    doors: (&str, &str),
) -> Result<Vec<Letter>, Error> {
    let newsletter = store::newsletter_by_id(tx, issue.newsletter).await?.ok_or(crate::staff::Denial::Gone)?;
    let gathered = gather(newsroom, tx, &newsletter, issue).await?;
    let root = format!("{}/", gathered.settings.address.clone().ok_or(Stop::NoAddress)?);
    let mut letters = Vec::new();
    for form in [MailForm::Full, MailForm::Headlines] {
        for neutral in [false, true] {
            let scheme = Scheme::Reader;
            letters.push(gathered.letter(&Rendering {
                form,
                neutral,
                root: &root,
                scheme,
                language: None,
                early: false,
                doors,
            }));
        }
    }
    Ok(letters)
}

/// Reads everything that an issue's mails are made of.
pub(super) async fn gather(
    newsroom: &Newsroom,
    tx: &mut Tx,
    newsletter: &Newsletter,
    issue: &Issue,
) -> Result<Gathered, Error> {
    let settings = store::newsroom_settings(tx).await?;
    let mut told = HashMap::new();
    let ids: Vec<StoryId> = issue.content.picks.iter().map(|pick| pick.story).collect();
    let mut bylines = store::story_bylines(tx, &ids).await?;
    for id in ids {
        let Some(story) = store::story_by_id(tx, id).await? else { continue };
        let corrections = store::correction_list(tx, id).await?;
        told.insert(id, Told { story, bylines: bylines.remove(&id).unwrap_or_default(), corrections });
    }
    let whole: Vec<&Document> = documents(issue, &told);
    let photos = photos(tx, &whole, &told).await?;
    let own: Vec<&str> =
        whole.iter().flat_map(|document| visit::links(document)).filter(|href| href.starts_with('/')).collect();
    let links = if own.is_empty() { HashMap::new() } else { store::redirect_many(tx, &own).await? };
    let sections = store::section_all(tx).await?.into_iter().map(|section| (section.id, section.names)).collect();
    let before = store::issue_public(tx, newsletter.id, 12, 0).await?;
    let before = before.iter().filter(|other| other.id != issue.id).flat_map(|other| &other.content.picks);
    Ok(Gathered {
        before: before.map(|pick| pick.story).collect(),
        strings: newsroom.theme().strings(&newsletter.language),
        newsletter: newsletter.clone(),
        issue: issue.clone(),
        now: newsroom.clock().now(),
        settings,
        photos,
        links,
        sections,
        told,
    })
}

/// The texts that stand whole in an issue.
pub(super) fn documents<'a>(issue: &'a Issue, told: &'a HashMap<StoryId, Told>) -> Vec<&'a Document> {
    let whole = issue.content.picks.iter().filter(|pick| pick.extent == Extent::Whole);
    let stories = whole.filter_map(|pick| Some(&told.get(&pick.story)?.story.document));
    [&issue.content.intro, &issue.content.outro].into_iter().chain(stories).collect()
}

async fn photos(
    tx: &mut Tx,
    whole: &[&Document],
    told: &HashMap<StoryId, Told>,
) -> Result<HashMap<PhotoId, Photo>, Error> {
    let leads = told.values().filter_map(|told| told.story.lead_photo.as_ref());
    let shown = whole.iter().flat_map(|document| visit::photos(document)).chain(leads);
    let ids: Vec<PhotoId> = shown.map(|photo| photo.photo).collect();
    Ok(store::photos(tx, &ids).await?)
}

impl Gathered {
    /// A mail.
    pub(super) fn letter(&self, how: &Rendering<'_>) -> Letter {
        let settings = &self.newsletter.settings;
        let content = &self.issue.content;
        let strings = match &how.language {
            Some(language) => Strings::for_language(language),
            None => Arc::clone(&self.strings),
        };
        let neutral = |own: &str, key: &str| if own.is_empty() { self.strings.text(key, &[]) } else { own.to_owned() };
        let subject = match how.neutral {
            true => neutral(&settings.neutral_subject, "letter-neutral-subject"),
            false => content.subject.clone(),
        };
        let other = content.other_subject.as_ref().filter(|_| !how.neutral);
        let newsroom = self.settings.name.get(&self.newsletter.language).unwrap_or("Masthead").to_owned();
        let sender_name = match how.neutral {
            true => neutral(&settings.neutral_sender, "letter-neutral-sender"),
            false if settings.sender_name.is_empty() => newsroom,
            false => settings.sender_name.clone(),
        };
        let (html, text) = self.bodies(how, &strings, &subject);
        Letter {
            form: how.form,
            neutral: how.neutral,
            language: self.newsletter.language.clone(),
            other_subject: other.map(|other| (other.subject.clone(), other.percent)),
            sender_name,
            sender: settings.sender.clone(),
            reply_to: if settings.reply_to.is_empty() { settings.sender.clone() } else { settings.reply_to.clone() },
            subject,
            html,
            text,
        }
    }

    fn bodies(&self, how: &Rendering<'_>, strings: &Strings, subject: &str) -> (String, String) {
        let content = &self.issue.content;
        let newsroom = self.settings.name.get(&self.newsletter.language).unwrap_or("Masthead");
        let language = how.language.as_ref().unwrap_or(&self.newsletter.language);
        let labels = strings.labels();
        let resources =
            Resources { root: how.root, language, photos: &self.photos, links: &self.links, labels: &labels };
        let items = self.items(how, strings);
        let words = self.words(strings, newsroom);
        let web = format!("{}{}", how.root, self.path().trim_start_matches('/'));
        let mail = IssueMail {
            template: self.newsletter.settings.template,
            form: how.form,
            name: &self.newsletter.settings.name,
            newsroom,
            dated: &self.dated(strings),
            // What mailboxes show beside the subject must say as little as that.
            preview: if how.neutral { subject } else { &content.preview },
            intro: &content.intro,
            items: &items,
            outro: &content.outro,
            web: &web,
            unsubscribe: how.doors.0,
            preferences: how.doors.1,
            reserve: &self.settings.reserve,
            contact: &self.settings.contact,
            words: &words,
            scheme: how.scheme,
        };
        (render::issue_html(&mail, &resources), render::issue_text(&mail, &resources))
    }

    /// Where it stands on the web, or will.
    fn path(&self) -> String {
        let own = self.issue.path.clone();
        own.unwrap_or_else(|| archive::path(&self.settings, &self.newsletter, self.issue.number))
    }

    /// "Issue 12 · Friday, 11 July 2025".
    fn dated(&self, strings: &Strings) -> String {
        let zone = sound::zone_of(&self.settings, self.newsletter.settings.schedule.as_ref());
        let at = self.issue.frozen_at.or(self.issue.due_at).unwrap_or(self.now);
        let number = strings.text("letter-issue", &[("number", self.issue.number.into())]);
        format!("{number} · {}", strings.weekday_date(at, &zone))
    }

    fn words(&self, strings: &Strings, newsroom: &str) -> IssueWords {
        let word = |key: &str| strings.text(key, &[]);
        let name = self.newsletter.settings.name.as_str();
        IssueWords {
            web: word("letter-web"),
            unsubscribe: word("letter-unsubscribe"),
            preferences: word("letter-preferences"),
            read_on: word("letter-read-on"),
            read_whole: word("read-on-web"),
            sources: word("sources"),
            colon: word("colon"),
            more: word("letter-more"),
            stories: word("letter-stories"),
            why: strings.text("letter-why", &[("name", name.into()), ("newsroom", newsroom.into())]),
            reserve: word("letter-reserve"),
        }
    }

    /// The stories in order, without those that are not to be seen.
    fn items(&self, how: &Rendering<'_>, strings: &Strings) -> Vec<IssueItem> {
        let seen =
            |story: &Story| story.state == StoryState::Published || (how.early && story.state != StoryState::Withdrawn);
        let picks = self.issue.content.picks.iter();
        let shown = picks.filter_map(|pick| Some((pick, self.told.get(&pick.story).filter(|told| seen(&told.story))?)));
        shown
            .map(|(pick, told)| {
                let story = &told.story;
                let path = story.path.as_ref().map(|path| path.as_str().trim_start_matches('/'));
                IssueItem {
                    language: Some(story.language.clone()).filter(|language| *language != self.newsletter.language),
                    headline: story.headline.clone(),
                    standfirst: story.standfirst.clone(),
                    section: self.section(story),
                    signed: self.signed(told, strings),
                    address: path.map_or_else(|| "#".to_owned(), |path| format!("{}{path}", how.root)),
                    note: pick.note.clone(),
                    extent: pick.extent,
                    lead: story.lead_photo.clone(),
                    document: story.document.clone(),
                    sources: story.sources.clone(),
                    corrections: self.corrections(told, strings),
                }
            })
            .collect()
    }

    fn section(&self, story: &Story) -> String {
        let names = story.section.and_then(|id| self.sections.get(&id));
        names.and_then(|names| names.get(&self.newsletter.language)).unwrap_or_default().to_owned()
    }

    fn signed(&self, told: &Told, strings: &Strings) -> String {
        let zone = crate::stories::time_zone(&self.settings);
        let name = |byline: &model::Byline| {
            byline.names.get(&told.story.language).map_or_else(|| byline.slug.to_string(), str::to_owned)
        };
        let names = told.bylines.iter().map(name).collect::<Vec<_>>().join(&format!("{} ", strings.text("comma", &[])));
        let at = told.story.published_at.map(|at| strings.date(at, &zone));
        [Some(names).filter(|names| !names.is_empty()), at].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    fn corrections(&self, told: &Told, strings: &Strings) -> (String, Vec<String>) {
        let zone = crate::stories::time_zone(&self.settings);
        let count = i64::try_from(told.corrections.len()).unwrap_or(i64::MAX);
        let line = |correction: &Correction| format!("{}: {}", strings.date(correction.at, &zone), correction.text);
        (strings.text("corrections", &[("count", count.into())]), told.corrections.iter().map(line).collect())
    }
}
