//! Sections, topics and bylines: taken over once, merged by slug with what is here already.

use intake::Filed;
use model::{Byline, BylineId, JournalKind, Language, Names, Section, SectionId, Slug, Tag, Topic, TopicId, TopicKind};
use store::{Redirect, RedirectTo, Tx};

use super::{
    apply::Import,
    links::{fingerprint, old_path},
};
use crate::{error::Error, filing::bylines::sealed};

/// What earlier imports know of an item.
enum Standing {
    Same,
    Changed(uuid::Uuid),
    New,
}

impl Import {
    pub(super) async fn section(&mut self, tx: &mut Tx, found: Filed) -> Result<(), Error> {
        let print = print_of(&found, "")?;
        let Some(slug) = self.slug_of(&found) else { return Ok(()) };
        let (names, about) = (self.names(&found.names), self.names(&found.about));
        let parent =
            found.parent.as_ref().and_then(|id| self.filed.get(&("section", id.clone()))).map(|id| SectionId(*id));
        let position = found.position.unwrap_or(0);
        let id = match self.standing(tx, "section", &found, &print).await? {
            Standing::Same => return Ok(()),
            Standing::Changed(id) => {
                let slug = store::section_by_id(tx, SectionId(id)).await?.map_or(slug, |section| section.slug);
                let section = Section { id: SectionId(id), slug, names, about, position, parent };
                store::section_update(tx, &section).await?;
                section.id
            }
            Standing::New => match store::section_by_slug(tx, slug.as_str()).await? {
                Some(ours) => ours.id,
                None => {
                    let id = SectionId::new(self.newsroom.clock().now(), self.newsroom.chance());
                    let section = Section { id, slug, names, about, position, parent };
                    store::section_insert(tx, &section).await?;
                    if found.position.is_none() {
                        self.unordered.push(section);
                    }
                    id
                }
            },
        };
        let tags = vec![Tag::section(id), Tag::menus()];
        self.settle(tx, "section", JournalKind::SectionChanged, &found, id.0, &print, tags).await
    }

    pub(super) async fn topic(&mut self, tx: &mut Tx, found: Filed, kind: TopicKind) -> Result<(), Error> {
        let print = print_of(&found, kind.as_str())?;
        let Some(slug) = self.slug_of(&found) else { return Ok(()) };
        let (names, about) = (self.names(&found.names), self.names(&found.about));
        let id = match self.standing(tx, "topic", &found, &print).await? {
            Standing::Same => return Ok(()),
            Standing::Changed(id) => {
                let slug = store::topic_by_id(tx, TopicId(id)).await?.map_or(slug, |topic| topic.slug);
                let topic = Topic { id: TopicId(id), slug, kind, names, about };
                store::topic_update(tx, &topic).await?;
                topic.id
            }
            Standing::New => match store::topic_by_slug(tx, slug.as_str()).await? {
                Some(ours) => ours.id,
                None => {
                    let id = TopicId::new(self.newsroom.clock().now(), self.newsroom.chance());
                    store::topic_insert(tx, &Topic { id, slug, kind, names, about }).await?;
                    id
                }
            },
        };
        self.settle(tx, "topic", JournalKind::TopicChanged, &found, id.0, &print, vec![Tag::topic(id)]).await
    }

    pub(super) async fn byline(&mut self, tx: &mut Tx, found: Filed) -> Result<(), Error> {
        let print = print_of(&found, "")?;
        let sealed = sealed(&found.foreign_id);
        if store::import_link(tx, &self.context.source, "byline", &sealed).await?.is_some() {
            // Removed here, for good: its stories come without it.
            self.report.count("byline").kept_ours += 1;
            return Ok(());
        }
        let Some(slug) = self.slug_of(&found) else { return Ok(()) };
        let (names, about) = (self.names(&found.names), self.names(&found.about));
        let id = match self.standing(tx, "byline", &found, &print).await? {
            Standing::Same => return Ok(()),
            Standing::Changed(id) => {
                let slug = store::byline_by_id(tx, BylineId(id)).await?.map_or(slug, |byline| byline.slug);
                let byline = Byline { id: BylineId(id), slug, names, about };
                store::byline_update(tx, &byline).await?;
                byline.id
            }
            Standing::New => match store::byline_by_slug(tx, slug.as_str()).await? {
                Some(ours) => ours.id,
                None => {
                    let id = BylineId::new(self.newsroom.clock().now(), self.newsroom.chance());
                    store::byline_insert(tx, &Byline { id, slug, names, about }).await?;
                    id
                }
            },
        };
        self.settle(tx, "byline", JournalKind::BylineChanged, &found, id.0, &print, vec![Tag::byline(id)]).await
    }

    async fn standing(
        &mut self,
        tx: &mut Tx,
        kind: &'static str,
        found: &Filed,
        print: &str,
    ) -> Result<Standing, Error> {
        let Some(link) = store::import_link(tx, &self.context.source, kind, &found.foreign_id).await? else {
            return Ok(Standing::New);
        };
        self.filed.insert((kind, found.foreign_id.clone()), link.entity);
        if link.fingerprint == print {
            self.report.count(kind).unchanged += 1;
            return Ok(Standing::Same);
        }
        Ok(Standing::Changed(link.entity))
    }

    #[expect(clippy::too_many_arguments, reason = "one closing step for three nouns; a struct would only rename them")]
    async fn settle(
        &mut self,
        tx: &mut Tx,
        kind: &'static str,
        journal: JournalKind,
        found: &Filed,
        id: uuid::Uuid,
        print: &str,
        tags: Vec<Tag>,
    ) -> Result<(), Error> {
        let now = self.newsroom.clock().now();
        let known = self.filed.insert((kind, found.foreign_id.clone()), id).is_some();
        if known {
            self.report.count(kind).updated += 1;
        } else {
            self.report.count(kind).imported += 1;
        }
        store::import_link_set(tx, &self.context.source, kind, &found.foreign_id, id, print, now).await?;
        self.journal(journal, Some(id), tags);
        let folder = match kind {
            "section" => "sections",
            "topic" => "topics",
            _ => "bylines",
        };
        let (Some(old), Some(slug)) = (found.old_url.as_deref().and_then(old_path), self.slug_of(found)) else {
            return Ok(());
        };
        let prefix = self.context.settings.prefix(&self.context.language);
        self.redirect(tx, old, RedirectTo::Path(format!("{prefix}/{folder}/{slug}/"))).await
    }

    /// Sets a redirect from an old address, unless it would lead to itself or in a circle.
    pub(super) async fn redirect(&mut self, tx: &mut Tx, from: String, to: RedirectTo) -> Result<(), Error> {
        let now = self.newsroom.clock().now();
        match store::redirect_set(tx, &Redirect { from: from.clone(), to }, now).await {
            Ok(()) => {
                self.report.redirects += 1;
                self.journal(JournalKind::RedirectChanged, None, vec![Tag::path(&from)]);
                Ok(())
            }
            Err(store::Error::RedirectCycle { .. }) => {
                self.report.remark(format!("no redirect from {from}: it would lead in a circle"));
                Ok(())
            }
            Err(store::Error::TooLong { .. }) => {
                self.report.remark(format!("no redirect from an old address of {} bytes: it is too long", from.len()));
                Ok(())
            }
            Err(other) => Err(other.into()),
        }
    }

    /// The slug of a section, topic or byline: its own, else made of its name. What has neither is reported.
    fn slug_of(&mut self, found: &Filed) -> Option<Slug> {
        let name = found.names.first().map(|(_, name)| name.as_str()).unwrap_or_default();
        let slug = slug_from(&found.slug).or_else(|| Slug::from_text(name));
        if slug.is_none() {
            self.report.remark(format!("“{}” has no readable name; it was not taken over", found.foreign_id));
        }
        slug
    }

    fn names(&self, found: &[(Option<Language>, String)]) -> Names {
        let site = &self.context.language;
        let filled = found.iter().filter(|(_, name)| !name.trim().is_empty());
        Names(filled.map(|(language, name)| (language.clone().unwrap_or_else(|| site.clone()), name.clone())).collect())
    }
}

/// A slug as the export has it, which may be percent-encoded or in any script.
pub(super) fn slug_from(text: &str) -> Option<Slug> {
    if let Ok(slug) = Slug::new(text) {
        return Some(slug);
    }
    let decoded: Vec<u8> = percent_decode(text);
    Slug::from_text(&String::from_utf8_lossy(&decoded))
}

/// Percent-decoding as URLs have it; what is no valid escape stays as it is.
fn percent_decode(text: &str) -> Vec<u8> {
    percent_encoding::percent_decode_str(text).collect()
}

fn print_of(found: &Filed, kind: &str) -> Result<String, Error> {
    fingerprint(&(&found.slug, &found.names, &found.about, &found.parent, &found.position, kind))
}
