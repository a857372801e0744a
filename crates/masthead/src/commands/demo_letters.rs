//! The demo's newsletters, from `fixtures/demo/newsletters.toml`.
//!
//! What each is and the issues that were sent are in the pack. Readers and the draft of the next issue are made when the demo is
//! unpacked: readers are sealed with keys that no backup holds, and next Friday is another day each time.

use std::collections::BTreeMap;

use anyhow::Context;
use app::{Newsroom, issues};
use model::{
    Consent, Document, Extent, Issue, IssueContent, IssueId, IssueState, Language, MailForm, Newsletter, NewsletterId,
    NewsletterSettings, Pick, Schedule, Slug, Subscriber, SubscriberId, SubscriberState, Subscription, Timestamp, Week,
};
use serde::Deserialize;
use store::Tx;
use vault::{Address, Bind, Keyring, Smtputf8};

/// What the program itself carries, for drafts.
static TOML: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/demo/newsletters.toml"));

/// Minutes after midnight: nine in the morning.
const NINE: u16 = 540;
/// The demo's readers. All of them live where nobody does.
const READERS: [&str; 42] = [
    "ada", "anouk", "arman", "bahar", "boris", "carla", "dana", "darya", "elif", "emil", "farid", "fedor", "galina",
    "goran", "hana", "hugo", "ines", "ivan", "jana", "jonas", "kaveh", "kira", "lale", "leo", "lidia", "marta", "mina",
    "nadia", "nils", "olga", "omid", "pavel", "petra", "reza", "rosa", "samira", "sofia", "tara", "timur", "vera",
    "yana", "zoya",
];
/// Weeks over which they came.
const WEEKS: i64 = 26;
/// Milliseconds that sending took.
const SENDING_MS: i64 = 41_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    newsletter: Vec<Letter>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Letter {
    slug: Slug,
    language: Language,
    name: String,
    about: String,
    sender: String,
    /// What the next draft begins with.
    next: String,
    issue: Vec<Sent>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    #[serde(deserialize_with = "moment")]
    sent: Timestamp,
    subject: String,
    preview: String,
    intro: String,
    outro: String,
    picks: Vec<Picked>,
    #[serde(default)]
    accepted: BTreeMap<String, i64>,
    #[serde(default)]
    failed: BTreeMap<String, i64>,
    #[serde(default)]
    excluded: BTreeMap<String, i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Picked {
    story: String,
    extent: Extent,
    #[serde(default)]
    note: String,
}

/// A moment as people write it.
fn moment<'de, D: serde::Deserializer<'de>>(text: D) -> Result<Timestamp, D::Error> {
    let text = String::deserialize(text)?;
    Timestamp::parse(&text)
        .ok_or_else(|| serde::de::Error::custom(format!("`{text}` is not a moment like 2025-07-11T06:00:00Z")))
}

/// Makes the newsletters with their past issues, for the pack.
pub(super) async fn pack(newsroom: &Newsroom) -> anyhow::Result<()> {
    let file = read()?;
    let mut tx = newsroom.store().begin().await?;
    let zone = store::newsroom_settings(&mut tx).await?.time_zone;
    for (position, letter) in (0..).zip(&file.newsletter) {
        let newsletter = newsletter(newsroom, letter, position, &zone);
        store::newsletter_insert(&mut tx, &newsletter).await?;
        for (number, sent) in (1..).zip(&letter.issue) {
            past(newsroom, &mut tx, &newsletter, number, sent).await?;
        }
    }
    Ok(tx.commit().await?)
}

fn read() -> anyhow::Result<File> {
    toml::from_str(TOML).context("could not read newsletters.toml of the demo")
}

fn newsletter(newsroom: &Newsroom, letter: &Letter, position: i64, zone: &str) -> Newsletter {
    let now = newsroom.clock().now();
    let schedule = Schedule { weekday: 5, minute: NINE, time_zone: zone.to_owned(), since: now };
    Newsletter {
        id: NewsletterId::new(now, newsroom.chance()),
        slug: letter.slug.clone(),
        language: letter.language.clone(),
        position,
        active: true,
        made_at: now,
        settings: NewsletterSettings {
            name: letter.name.clone(),
            about: letter.about.clone(),
            sender: letter.sender.clone(),
            schedule: Some(schedule),
            ..NewsletterSettings::default()
        },
    }
}

async fn past(
    newsroom: &Newsroom,
    tx: &mut Tx,
    newsletter: &Newsletter,
    number: i64,
    said: &Sent,
) -> anyhow::Result<()> {
    let (at, editor) = (said.sent, "editor".to_owned());
    let sums: Vec<(String, i64)> =
        [("accepted", &said.accepted), ("failed", &said.failed), ("excluded", &said.excluded)]
            .into_iter()
            .flat_map(|(what, sums)| sums.iter().map(move |(of, count)| (format!("{what}.{of}"), *count)))
            .collect();
    let issue = Issue {
        id: IssueId::new(at, newsroom.chance()),
        newsletter: newsletter.id,
        number,
        state: IssueState::Sent,
        slot: Some(at),
        due_at: Some(at),
        version: 4,
        why: None,
        saved: (at.plus_millis(-3_600_000), editor.clone()),
        approved: Some((at.plus_millis(-1_800_000), editor)),
        frozen_at: Some(at),
        frozen: sums.iter().map(|(_, count)| count).sum(),
        ended_at: Some(at.plus_millis(SENDING_MS)),
        path: None,
        content: content(tx, &newsletter.language, said).await?,
    };
    store::issue_insert(tx, &issue).await?;
    store::issue_count_add(tx, issue.id, sums).await?;
    Ok(issues::place_in_tx(newsroom, tx, &issue).await?)
}

async fn content(tx: &mut Tx, language: &Language, said: &Sent) -> anyhow::Result<IssueContent> {
    let mut picks = Vec::with_capacity(said.picks.len());
    for picked in &said.picks {
        let story = store::story_by_path(tx, &picked.story).await?;
        let story = story.with_context(|| format!("the demo has no story at {}", picked.story))?.id;
        let (note, extent) = (picked.note.clone(), picked.extent);
        picks.push(Pick { story, note, extent, reasons: Vec::new(), at: said.sent });
    }
    Ok(IssueContent {
        subject: said.subject.clone(),
        other_subject: None,
        preview: said.preview.clone(),
        intro: words(&said.intro, language),
        picks,
        outro: words(&said.outro, language),
    })
}

fn words(markdown: &str, language: &Language) -> Document {
    intake::markdown::document(markdown.trim(), language)
}

/// Makes readers, and the drafts of the next issues. The vault has to be open.
pub(super) async fn open(newsroom: &Newsroom) -> anyhow::Result<()> {
    let keys = newsroom.keys().map_err(|_| anyhow::anyhow!("the demo's vault is locked"))?;
    let file = read()?;
    let mut tx = newsroom.store().begin().await?;
    let mut all = store::newsletter_all(&mut tx).await?;
    for newsletter in &mut all {
        // Nobody missed the Fridays since the demo was made.
        if let Some(weekly) = &mut newsletter.settings.schedule {
            weekly.since = newsroom.clock().now();
        }
        store::newsletter_update(&mut tx, newsletter).await?;
    }
    readers(newsroom, &mut tx, &keys, &all).await?;
    tx.commit().await?;
    for letter in &file.newsletter {
        let Some(newsletter) = all.iter().find(|newsletter| newsletter.slug == letter.slug) else { continue };
        let Some(id) = issues::draft_ahead(newsroom, newsletter.id).await? else { continue };
        let mut tx = newsroom.store().begin().await?;
        if let Some(issue) = store::issue_by_id(&mut tx, id).await? {
            let content = IssueContent { intro: words(&letter.next, &letter.language), ..issue.content };
            store::issue_save(&mut tx, id, issue.version, &content, issue.saved.0, &issue.saved.1).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// Four of seven get the first newsletter, the others one of the others; some get two. Some pause, and one mailbox is gone.
async fn readers(newsroom: &Newsroom, tx: &mut Tx, keys: &Keyring, all: &[Newsletter]) -> anyhow::Result<()> {
    let now = Week::of(newsroom.clock().now());
    for (index, name) in READERS.iter().enumerate() {
        let place = i64::try_from(index)?;
        let chosen = [0, 1, 0, 2, 0, 1, 0][index % 7];
        let Some(first) = all.get(chosen) else { continue };
        let week = Week(now.0 - WEEKS + 1 + place * WEEKS / i64::try_from(READERS.len())?);
        let reader = reader(newsroom, keys, name, index, &first.language, week)?;
        store::subscriber_insert(tx, &reader).await?;
        let second = all.first().filter(|_| chosen > 0 && index % 3 == 0);
        for newsletter in [Some(first), second].into_iter().flatten() {
            let row = Subscription { newsletter: newsletter.id, subscriber: reader.id, week };
            store::subscription_insert(tx, &row).await?;
        }
        if index % 11 == 10 {
            store::newsletter_week_add(tx, first.id, Week(week.0.min(now.0 - 1) + 1), 0, 1).await?;
        }
    }
    Ok(())
}

fn reader(
    newsroom: &Newsroom,
    keys: &Keyring,
    name: &str,
    index: usize,
    language: &Language,
    week: Week,
) -> anyhow::Result<Subscriber> {
    let address = Address::parse(&format!("{name}@reader.example"), Smtputf8::Refused)?;
    let id = SubscriberId::new(newsroom.chance());
    let state = match index {
        8 | 21 => SubscriberState::Paused,
        30 => SubscriberState::Bounced,
        _ => SubscriberState::Active,
    };
    Ok(Subscriber {
        id,
        lookup: keys.lookup(&address),
        address: keys.seal(newsroom.chance(), Bind::subscriber(id), address.as_str().as_bytes()),
        language: language.clone(),
        state,
        paused_until: None,
        form: if index % 9 == 4 { MailForm::Headlines } else { MailForm::Full },
        neutral: index % 13 == 6,
        consent: Consent { policy: format!("privacy/{language}/1"), week, source: "site".to_owned() },
        bounces: 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newsletters_of_the_demo_can_be_read_and_their_numbers_add_up() {
        let file = read().unwrap();
        assert_eq!(file.newsletter.len(), 3);
        for letter in &file.newsletter {
            assert!(!words(&letter.next, &letter.language).is_empty(), "{}", letter.slug);
            for sent in &letter.issue {
                assert!(sent.accepted.values().sum::<i64>() > 0, "{}", sent.subject);
                assert!(sent.excluded.keys().all(|why| model::Exclusion::ALL.iter().any(|one| one.as_str() == why)));
            }
        }
    }
}
