//! What stories are filed under: sections, topics and bylines, as editors keep them.
//!
//! Each act is one transaction: the rows themselves, working copies that name them, redirects from an old address, one
//! journal row with the tags of what readers see differently, one audit row. Followers are brought up to date before the
//! call returns. What is removed or merged stays so: working copies forget it, and an import does not bring it back.

pub mod bylines;
pub mod sections;
pub mod topics;

use model::{JournalKind, Language, Names, NewJournalRow, Newsroom as Settings, Slug, Staff, Tag, Timestamp};
use store::{Redirect, RedirectTo, Tx};
use uuid::Uuid;

use crate::{Newsroom, error::Error, follow, stories::words};

/// Characters of a name.
pub const NAME: usize = 120;
/// Characters of what is said about it.
pub const ABOUT: usize = 600;
/// Lines on a page of a list.
pub const PAGE: usize = 50;

/// What an editor says of a section, a topic or a byline.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// Its names; empty ones are left out.
    pub names: Names,
    /// A sentence about it, by language; empty ones are left out.
    pub about: Names,
    /// Its place in addresses; empty to keep it, or to make one from the name.
    pub slug: String,
}

/// The same, found sound.
struct Sound {
    names: Names,
    about: Names,
    slug: Option<Slug>,
}

impl Said {
    fn sound(self) -> Result<Sound, Error> {
        let (names, about) = (filled(self.names), filled(self.about));
        if names.is_empty() {
            return Err(Error::Refused("give it a name in one language at least".to_owned()));
        }
        let over = |names: &Names, most: usize| names.0.values().any(|text| text.chars().count() > most);
        if over(&names, NAME) {
            return Err(Error::Refused(format!("a name has {NAME} characters at most")));
        }
        if over(&about, ABOUT) {
            return Err(Error::Refused(format!("what is said about it has {ABOUT} characters at most")));
        }
        let slug = Some(self.slug.trim()).filter(|slug| !slug.is_empty()).map(Slug::new).transpose();
        Ok(Sound { names, about, slug: slug.map_err(|error| Error::Refused(error.to_string()))? })
    }
}

fn filled(names: Names) -> Names {
    let trimmed = names.0.into_iter().map(|(language, text)| (language, text.trim().to_owned()));
    Names(trimmed.filter(|(_, text)| !text.is_empty()).collect())
}

/// Below which part of the site something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Folder {
    Sections,
    Topics,
    Bylines,
}

impl Folder {
    fn as_str(self) -> &'static str {
        match self {
            Self::Sections => "sections",
            Self::Topics => "topics",
            Self::Bylines => "bylines",
        }
    }

    /// What has this slug.
    async fn holder(self, tx: &mut Tx, slug: &Slug) -> Result<Option<Uuid>, Error> {
        Ok(match self {
            Self::Sections => store::section_by_slug(tx, slug.as_str()).await?.map(|found| found.id.0),
            Self::Topics => store::topic_by_slug(tx, slug.as_str()).await?.map(|found| found.id.0),
            Self::Bylines => store::byline_by_slug(tx, slug.as_str()).await?.map(|found| found.id.0),
        })
    }

    /// The slug that something gets: the one wanted when it is free; else the one it has; else one made from its name.
    async fn slug(self, tx: &mut Tx, sound: &Sound, own: Option<(Uuid, &Slug)>) -> Result<Slug, Error> {
        if let Some(wanted) = &sound.slug {
            let holder = self.holder(tx, wanted).await?;
            if holder.is_some() && holder != own.map(|(id, _)| id) {
                let text = format!("the address /{}/{wanted}/ is taken; choose another", self.as_str());
                return Err(Error::Refused(text));
            }
            return Ok(wanted.clone());
        }
        if let Some((_, slug)) = own {
            return Ok(slug.clone());
        }
        let Some(wanted) = sound.names.0.values().find_map(|name| Slug::from_text(name)) else {
            let text = "no address can be made from this name; write one with letters a to z and digits";
            return Err(Error::Refused(text.to_owned()));
        };
        let (mut slug, mut number) = (wanted.clone(), 1);
        while self.holder(tx, &slug).await?.is_some() {
            number += 1;
            slug = wanted.numbered(number);
        }
        Ok(slug)
    }

    /// Its address in a language.
    fn path(self, settings: &Settings, language: &Language, slug: &Slug) -> String {
        format!("{}/{}/{slug}/", settings.prefix(language), self.as_str())
    }

    /// The tags of what stands at its address in every language.
    fn paths(self, settings: &Settings, slug: &Slug) -> impl Iterator<Item = Tag> {
        settings.languages.iter().map(move |language| Tag::path(&self.path(settings, language, slug)))
    }

    /// Makes an old address lead to a new one, in every language; the tags of both.
    async fn lead_on(
        self,
        tx: &mut Tx,
        settings: &Settings,
        (old, new): (&Slug, &Slug),
        now: Timestamp,
    ) -> Result<Vec<Tag>, Error> {
        if old == new {
            return Ok(Vec::new());
        }
        for language in &settings.languages {
            let (from, to) = (self.path(settings, language, old), self.path(settings, language, new));
            // It may come back to an address that leads to it now.
            store::redirect_delete(tx, &to).await?;
            store::redirect_set(tx, &Redirect { from, to: RedirectTo::Path(to) }, now).await?;
        }
        Ok(self.paths(settings, old).chain(self.paths(settings, new)).collect())
    }
}

/// What a change leaves behind it.
struct Deed<'d> {
    staff: &'d Staff,
    action: &'static str,
    kind: JournalKind,
    subject: Uuid,
    tags: Vec<Tag>,
    /// Never a name: what was removed must not go on standing in the log.
    detail: serde_json::Value,
}

/// Writes the journal and audit rows, commits, and tells whoever follows.
async fn settle(newsroom: &Newsroom, mut tx: Tx, now: Timestamp, deed: Deed<'_>) -> Result<(), Error> {
    let Deed { staff, action, kind, subject, tags, detail } = deed;
    store::journal_append(&mut tx, now, &NewJournalRow { kind, subject: Some(subject), tags }).await?;
    let detail = detail.to_string();
    store::audit_append(&mut tx, now, staff.handle.as_str(), action, Some(subject), &detail).await?;
    tx.commit().await?;
    follow::catch_up(newsroom).await
}

/// Changes every working copy that names `id`, each while nobody saves it.
async fn change_drafts(
    tx: &mut Tx,
    id: Uuid,
    mut change: impl FnMut(&mut model::DraftFields) + Send,
) -> Result<(), Error> {
    for story in store::draft_naming(tx, id).await? {
        store::story_hold(tx, story).await?;
        // Read again: it may have been saved until we held it.
        let Some(mut draft) = store::draft_of(tx, story).await? else { continue };
        change(&mut draft.fields);
        store::draft_rewrite(tx, &draft).await?;
    }
    Ok(())
}

/// A slug or id that somebody else took between our looking and our writing.
fn taken(error: store::Error) -> Error {
    match error {
        store::Error::Taken(_) => Error::Refused("somebody else took this address just now; choose another".to_owned()),
        other => other.into(),
    }
}

/// Whether a name in any language has words that begin like each of the words typed.
fn matches(names: &Names, typed: &[String]) -> bool {
    let own: Vec<String> = names.0.values().flat_map(|name| words(name)).collect();
    typed.iter().all(|typed| own.iter().any(|word| word.starts_with(typed.as_str())))
}

/// A name to list by, in a language.
fn listed_as(names: &Names, language: &Language, slug: &Slug) -> String {
    names.get(language).unwrap_or(slug.as_str()).to_lowercase()
}
