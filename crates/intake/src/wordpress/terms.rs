//! Categories become sections, tags and other taxonomies become topics.

use std::collections::{BTreeMap, HashSet};

use model::TopicKind;

use super::raw::{Category, Fields};
use crate::html::plain;
use crate::{Error, Filed, Item, Sink, Skipped};

/// Taxonomies that file nothing: machinery of WordPress and its plugins.
const MACHINERY: [&str; 16] = [
    "nav_menu",
    "post_format",
    "author",
    "language",
    "post_translations",
    "term_language",
    "term_translations",
    "link_category",
    "wp_theme",
    "wp_template_part_area",
    "wp_pattern_category",
    "amp_template",
    "post_status",
    "product_visibility",
    "following_users",
    "ef_usergroup",
];

/// What was filed so far.
#[derive(Debug, Default)]
pub(super) struct Terms {
    known: HashSet<String>,
    by_number: BTreeMap<u64, String>,
    skipped: BTreeMap<String, u64>,
}

impl Terms {
    /// A `wp:category`, `wp:tag` or `wp:term`.
    pub(super) fn define(
        &mut self,
        taxonomy: &str,
        fields: &Fields,
        base: &str,
        sink: &mut dyn Sink,
    ) -> Result<(), Error> {
        let first =
            |names: [&str; 3]| names.iter().map(|n| fields.get(n)).find(|v| !v.is_empty()).unwrap_or("").to_owned();
        let taxonomy = if taxonomy.is_empty() { fields.get("wp:term_taxonomy") } else { taxonomy };
        let slug = first(["wp:category_nicename", "wp:tag_slug", "wp:term_slug"]);
        let name = first(["wp:cat_name", "wp:tag_name", "wp:term_name"]);
        let about = first(["wp:category_description", "wp:tag_description", "wp:term_description"]);
        let parent = first(["wp:category_parent", "wp:term_parent", ""]);
        if taxonomy == "category"
            && let Ok(number) = fields.get("wp:term_id").parse()
        {
            self.by_number.insert(number, slug.clone());
        }
        self.file(taxonomy, &slug, &name, &about, &parent, base, sink)
    }

    /// A category of an item that the channel did not define.
    pub(super) fn seen(&mut self, category: &Category, base: &str, sink: &mut dyn Sink) -> Result<(), Error> {
        let Category { domain, nicename, name } = category;
        if self.known.contains(&key(domain, nicename)) || MACHINERY.contains(&domain.as_str()) {
            return Ok(());
        }
        self.file(domain, nicename, name, "", "", base, sink)
    }

    #[expect(clippy::too_many_arguments, reason = "a term's fields, each a text; a struct would say the same")]
    fn file(
        &mut self,
        taxonomy: &str,
        slug: &str,
        name: &str,
        about: &str,
        parent: &str,
        base: &str,
        sink: &mut dyn Sink,
    ) -> Result<(), Error> {
        if slug.is_empty() || !self.known.insert(key(taxonomy, slug)) {
            return Ok(());
        }
        if MACHINERY.contains(&taxonomy) {
            *self.skipped.entry(taxonomy.to_owned()).or_default() += 1;
            return Ok(());
        }
        if taxonomy == "category" && slug == "uncategorized" {
            *self.skipped.entry("category “Uncategorized”".to_owned()).or_default() += 1;
            return Ok(());
        }
        let name = if name.trim().is_empty() { slug.to_owned() } else { plain(name) };
        let folder = match taxonomy {
            "category" => "category",
            "post_tag" => "tag",
            other => other,
        };
        let about = plain(about);
        let filed = Filed {
            foreign_id: foreign_id(taxonomy, slug),
            slug: decoded(slug),
            names: vec![(None, name)],
            about: if about.is_empty() { Vec::new() } else { vec![(None, about)] },
            parent: Some(parent.to_owned()).filter(|p| !p.is_empty() && taxonomy == "category"),
            old_url: (!base.is_empty()).then(|| format!("{base}/{folder}/{slug}/")),
            position: None,
        };
        let item = if taxonomy == "category" { Item::Section(filed) } else { Item::Topic(filed, TopicKind::Theme) };
        Ok(sink.item(item)?)
    }

    /// The foreign ids of an item's sections, its primary one first.
    pub(super) fn sections(&self, categories: &[Category], primary: &str) -> Vec<String> {
        let primary = primary.parse().ok().and_then(|number: u64| self.by_number.get(&number));
        let mut out: Vec<String> = Vec::new();
        for category in categories.iter().filter(|c| c.domain == "category" && c.nicename != "uncategorized") {
            if !category.nicename.is_empty() && !out.contains(&category.nicename) {
                let at = if Some(&category.nicename) == primary { 0 } else { out.len() };
                out.insert(at, category.nicename.clone());
            }
        }
        out
    }

    /// The foreign ids of an item's topics.
    pub(super) fn topics(categories: &[Category]) -> Vec<String> {
        let mut out = Vec::new();
        for category in categories.iter().filter(|c| c.domain != "category" && !MACHINERY.contains(&c.domain.as_str()))
        {
            let id = foreign_id(&category.domain, &category.nicename);
            if !category.nicename.is_empty() && !out.contains(&id) {
                out.push(id);
            }
        }
        out
    }

    /// Accounts for what was not filed.
    pub(super) fn account(&self, sink: &mut dyn Sink) -> Result<(), Error> {
        for (kind, count) in &self.skipped {
            let reason = match kind.starts_with("category") {
                true => "it is WordPress's word for none".to_owned(),
                false => "it belongs to WordPress's machinery".to_owned(),
            };
            let (foreign_id, title) = Default::default();
            sink.item(Item::Skipped(Skipped { kind: kind.clone(), foreign_id, title, reason, count: *count }))?;
        }
        Ok(())
    }
}

fn key(taxonomy: &str, slug: &str) -> String {
    format!("{taxonomy}:{slug}")
}

fn foreign_id(taxonomy: &str, slug: &str) -> String {
    match taxonomy {
        "category" | "post_tag" | "tag" | "" => slug.to_owned(),
        other => key(other, slug),
    }
}

/// Slugs of other scripts are percent-encoded.
pub(super) use crate::links::percent_decoded as decoded;
