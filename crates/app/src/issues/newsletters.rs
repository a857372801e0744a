//! Newsletters: making and changing them.

use model::{
    JournalKind, Language, NewJournalRow, Newsletter, NewsletterId, NewsletterSettings, Newsroom as NewsroomSettings,
    Slug, Staff, Suggestion, Tag, Template, Timestamp, Uncertain,
};
use serde_json::json;
use store::Tx;

use super::{Stop, draft, schedule, sends, sound};
use crate::{Newsroom, error::Error, follow, staff::Denial};

/// Hours before its time at which a draft may be made: a week's at most, so that there is one at a time.
const DRAFT_HOURS: (i64, i64) = (1, 144);
/// Stories of a suggestion.
const SUGGESTED: (i64, i64) = (0, 40);

/// A newsletter in a list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The newsletter.
    pub newsletter: Newsletter,
    /// How many have signed up.
    pub subscribers: i64,
    /// How many issues stand in its archive.
    pub public: i64,
    /// When its next issue is due by its schedule.
    pub next_due: Option<Timestamp>,
}

/// A newsletter to be made.
#[derive(Debug, Clone, Default)]
pub struct New {
    /// Its name.
    pub name: String,
    /// Its part of the address; from the name when it is empty.
    pub slug: String,
    /// Its language; the newsroom's own when it is empty.
    pub language: String,
}

/// What a form says of a newsletter, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Its name.
    pub name: String,
    /// Its part of the address.
    pub slug: String,
    /// One sentence.
    pub about: String,
    /// The sender's name.
    pub sender_name: String,
    /// The sender's address.
    pub sender: String,
    /// Where answers go.
    pub reply_to: String,
    /// 1 to 7; empty for no schedule.
    pub weekday: String,
    /// `09:00`.
    pub time: String,
    /// IANA name; empty for the newsroom's own.
    pub time_zone: String,
    /// Hours.
    pub draft_hours: String,
    /// The template's name.
    pub template: String,
    /// Whether a second person has to approve.
    pub second_person: bool,
    /// Whether what may have arrived is left for a person to decide.
    pub hold_uncertain: bool,
    /// Stories of a suggestion at most.
    pub stories: String,
    /// Of one section at most.
    pub per_section: String,
    /// Given whole.
    pub whole: String,
    /// Subject that says nothing.
    pub neutral_subject: String,
    /// Sender that says nothing.
    pub neutral_sender: String,
    /// Whether issues are made and one can sign up.
    pub active: bool,
}

impl Settings {
    /// What a newsletter's form shows.
    #[must_use]
    pub fn of(newsletter: &Newsletter) -> Self {
        let said = newsletter.settings.clone();
        let schedule = said.schedule.as_ref();
        let time = schedule.map(|weekly| format!("{:02}:{:02}", weekly.minute / 60, weekly.minute % 60));
        Self {
            slug: newsletter.slug.to_string(),
            weekday: schedule.map(|weekly| weekly.weekday.to_string()).unwrap_or_default(),
            time: time.unwrap_or_default(),
            time_zone: schedule.map(|weekly| weekly.time_zone.clone()).unwrap_or_default(),
            draft_hours: said.draft_hours.to_string(),
            template: said.template.as_str().to_owned(),
            second_person: said.second_person,
            hold_uncertain: said.uncertain == Uncertain::Hold,
            stories: said.suggestion.stories.to_string(),
            per_section: said.suggestion.per_section.to_string(),
            whole: said.suggestion.whole.to_string(),
            active: newsletter.active,
            name: said.name,
            about: said.about,
            sender_name: said.sender_name,
            sender: said.sender,
            reply_to: said.reply_to,
            neutral_subject: said.neutral_subject,
            neutral_sender: said.neutral_sender,
        }
    }

    /// Made sound; the schedule keeps since when it holds if it stays as it was.
    fn read(
        &self,
        settings: &NewsroomSettings,
        before: &NewsletterSettings,
        now: Timestamp,
    ) -> Result<NewsletterSettings, Stop> {
        let name = sound::line(&self.name, sound::LINE)?;
        if name.is_empty() {
            return Err(Stop::NoName);
        }
        let count = |text: &str| -> Result<u16, Stop> {
            let number = sound::number(text, SUGGESTED.0, SUGGESTED.1)?;
            Ok(u16::try_from(number).unwrap_or_default())
        };
        let since = |weekly: model::Schedule| {
            let kept = before.schedule.as_ref().filter(|old| {
                (old.weekday, old.minute, &old.time_zone) == (weekly.weekday, weekly.minute, &weekly.time_zone)
            });
            model::Schedule { since: kept.map_or(now, |old| old.since), ..weekly }
        };
        Ok(NewsletterSettings {
            name,
            about: sound::line(&self.about, sound::SENTENCES)?,
            sender_name: sound::line(&self.sender_name, sound::LINE)?,
            sender: sound::address(&self.sender)?,
            reply_to: sound::address(&self.reply_to)?,
            schedule: sound::weekly(settings, &self.weekday, &self.time, &self.time_zone)?.map(since),
            template: Template::parse(&self.template).unwrap_or(before.template),
            second_person: self.second_person,
            draft_hours: sound::number(&self.draft_hours, DRAFT_HOURS.0, DRAFT_HOURS.1)?,
            uncertain: if self.hold_uncertain { Uncertain::Hold } else { Uncertain::Retry },
            suggestion: Suggestion {
                stories: count(&self.stories)?,
                per_section: count(&self.per_section)?,
                whole: count(&self.whole)?,
            },
            neutral_subject: sound::line(&self.neutral_subject, sound::LINE)?,
            neutral_sender: sound::line(&self.neutral_sender, sound::LINE)?,
        })
    }
}

/// Every newsletter, in their order.
///
/// # Errors
/// When the database fails.
pub async fn list(newsroom: &Newsroom) -> Result<Vec<Listed>, Error> {
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().read().await?;
    let sizes = store::newsletter_sizes(&mut tx).await?;
    let public = store::issue_public_of_all(&mut tx).await?;
    let listed = |newsletter: Newsletter| Listed {
        subscribers: sizes.get(&newsletter.id).copied().unwrap_or_default(),
        public: public.get(&newsletter.id).copied().unwrap_or_default(),
        next_due: newsletter
            .settings
            .schedule
            .as_ref()
            .filter(|_| newsletter.active)
            .and_then(|weekly| schedule::next_due(weekly, now)),
        newsletter,
    };
    Ok(store::newsletter_all(&mut tx).await?.into_iter().map(listed).collect())
}

/// One newsletter.
///
/// # Errors
/// [`Denial::Gone`].
pub async fn newsletter(newsroom: &Newsroom, id: NewsletterId) -> Result<Newsletter, Error> {
    let mut tx = newsroom.store().read().await?;
    store::newsletter_by_id(&mut tx, id).await?.ok_or_else(|| Denial::Gone.into())
}

/// Makes a newsletter. It has no schedule and no sender yet.
///
/// # Errors
/// [`Denial::Role`]; [`Stop`] when name, address or language can't be used.
pub async fn make(newsroom: &Newsroom, staff: &Staff, new: &New) -> Result<NewsletterId, Error> {
    sends(staff)?;
    let name = sound::line(&new.name, sound::LINE)?;
    if name.is_empty() {
        return Err(Stop::NoName.into());
    }
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let settings = store::newsroom_settings(&mut tx).await?;
    let language = language(&settings, &new.language)?;
    let slug = match new.slug.trim() {
        "" => Slug::from_text(&name).ok_or(Stop::Slug)?,
        typed => Slug::new(typed).map_err(|_| Stop::Slug)?,
    };
    free(&mut tx, &slug, None).await?;
    let all = store::newsletter_all(&mut tx).await?;
    let newsletter = Newsletter {
        id: NewsletterId::new(now, newsroom.chance()),
        slug,
        language,
        position: all.iter().map(|other| other.position + 1).max().unwrap_or_default(),
        active: true,
        made_at: now,
        settings: NewsletterSettings { name, ..NewsletterSettings::default() },
    };
    store::newsletter_insert(&mut tx, &newsletter).await?;
    done(newsroom, tx, staff, "newsletter.make", &newsletter, json!({})).await?;
    Ok(newsletter.id)
}

fn language(settings: &NewsroomSettings, tag: &str) -> Result<Language, Stop> {
    if tag.trim().is_empty() {
        return Ok(settings.language.clone());
    }
    let spoken = Language::new(tag.trim()).ok().filter(|language| settings.languages.contains(language));
    spoken.ok_or_else(|| Stop::Language(tag.trim().chars().take(20).collect()))
}

async fn free(tx: &mut Tx, slug: &Slug, own: Option<NewsletterId>) -> Result<(), Error> {
    match store::newsletter_by_slug(tx, slug.as_str()).await? {
        Some(other) if Some(other.id) != own => Err(Stop::SlugTaken.into()),
        _ => Ok(()),
    }
}

/// Changes a newsletter. A draft that waits for a time of its schedule follows a new one.
///
/// # Errors
/// [`Denial::Role`], [`Denial::Gone`]; [`Stop`] when something can't be used: then nothing is changed.
pub async fn change(newsroom: &Newsroom, staff: &Staff, id: NewsletterId, said: &Settings) -> Result<(), Error> {
    sends(staff)?;
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let settings = store::newsroom_settings(&mut tx).await?;
    let before = store::newsletter_by_id(&mut tx, id).await?.ok_or(Denial::Gone)?;
    let mut after = before.clone();
    after.settings = said.read(&settings, &before.settings, now)?;
    after.active = said.active;
    after.slug = Slug::new(said.slug.trim()).map_err(|_| Stop::Slug)?;
    if after.slug != before.slug {
        free(&mut tx, &after.slug, Some(id)).await?;
        if store::issue_public_count(&mut tx, id).await? > 0 {
            return Err(Stop::SlugSent.into());
        }
    }
    if after == before {
        return Ok(());
    }
    store::newsletter_update(&mut tx, &after).await?;
    if after.settings.schedule != before.settings.schedule {
        draft::follow_in_tx(newsroom, &mut tx, &after).await?;
    }
    draft::tend_in_tx(newsroom, &mut tx).await?;
    done(newsroom, tx, staff, "newsletter.change", &after, json!({ "what": changed(&before, &after) })).await?;
    newsroom.wake_jobs();
    Ok(())
}

/// What was changed, by names, for the log.
fn changed(before: &Newsletter, after: &Newsletter) -> Vec<&'static str> {
    let (old, new) = (&before.settings, &after.settings);
    let all = [
        ("name", old.name != new.name || old.about != new.about || before.slug != after.slug),
        ("sender", (&old.sender, &old.sender_name, &old.reply_to) != (&new.sender, &new.sender_name, &new.reply_to)),
        ("schedule", old.schedule != new.schedule || old.draft_hours != new.draft_hours),
        ("template", old.template != new.template || old.suggestion != new.suggestion),
        ("approval", old.second_person != new.second_person || old.uncertain != new.uncertain),
        ("neutral", (&old.neutral_subject, &old.neutral_sender) != (&new.neutral_subject, &new.neutral_sender)),
        ("active", before.active != after.active),
    ];
    all.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect()
}

/// Moves a newsletter before its neighbour.
///
/// # Errors
/// [`Denial::Role`], [`Denial::Gone`].
pub async fn move_up(newsroom: &Newsroom, staff: &Staff, id: NewsletterId) -> Result<(), Error> {
    sends(staff)?;
    let mut tx = newsroom.store().begin().await?;
    let mut all = store::newsletter_all(&mut tx).await?;
    let at = all.iter().position(|newsletter| newsletter.id == id).ok_or(Denial::Gone)?;
    if at == 0 {
        return Ok(());
    }
    all.swap(at - 1, at);
    for (position, newsletter) in (0..).zip(&mut all) {
        newsletter.position = position;
        store::newsletter_update(&mut tx, newsletter).await?;
    }
    let moved = all.swap_remove(at - 1);
    done(newsroom, tx, staff, "newsletter.order", &moved, json!({})).await
}

/// Commits a deed with its audit row, and tells readers' pages of it.
async fn done(
    newsroom: &Newsroom,
    mut tx: Tx,
    staff: &Staff,
    action: &str,
    newsletter: &Newsletter,
    detail: serde_json::Value,
) -> Result<(), Error> {
    let now = newsroom.clock().now();
    let id = newsletter.id;
    let tags = vec![Tag::newsletter(id), Tag::menus()];
    let row = NewJournalRow { kind: JournalKind::NewsletterChanged, subject: Some(id.0), tags };
    store::journal_append(&mut tx, now, &row).await?;
    let detail = match detail {
        serde_json::Value::Object(mut map) => {
            map.insert("name".to_owned(), json!(newsletter.settings.name));
            serde_json::Value::Object(map)
        }
        other => other,
    };
    store::audit_append(&mut tx, now, staff.handle.as_str(), action, Some(id.0), &detail.to_string()).await?;
    tx.commit().await?;
    follow::catch_up(newsroom).await
}
