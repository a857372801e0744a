//! The ledger behind the map: which answers are kept where, what they weigh, and which tags they show.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use model::Tag;

use super::{
    Keep, Kept, Made,
    flight::Flights,
    shelf::{Item, Shelf},
};

/// What an entry costs beside its bytes and texts: slots, maps, reference counts. Estimated.
const OVERHEAD: usize = 512;
/// What a tag costs beside its text, in the entry and in the index.
const TAG_OVERHEAD: usize = 48;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Slot {
    Page(usize),
    Missing(usize),
}

/// Everything that changes together, under one lock. Requests answered from the cache never take it.
pub(super) struct Ledger {
    pub(super) pages: Shelf,
    pub(super) missing: Shelf,
    pub(super) flights: Flights,
    /// The last journal row applied; nothing is kept while it is unknown.
    pub(super) applied: Option<i64>,
    places: HashMap<Arc<str>, Slot>,
    showing: HashMap<Arc<Tag>, HashSet<Slot>>,
}

impl Ledger {
    pub(super) fn new(page_bytes: usize, missing_bytes: usize) -> Self {
        Self {
            pages: Shelf::new(page_bytes),
            missing: Shelf::new(missing_bytes),
            flights: Flights::default(),
            applied: None,
            places: HashMap::new(),
            showing: HashMap::new(),
        }
    }

    /// Enters an answer and returns the paths that had to make room for it; `None` when it is larger than the budget.
    pub(super) fn put(&mut self, path: &Arc<str>, made: &Made, kept: &Arc<Kept>) -> Option<Vec<Arc<str>>> {
        let weight = weight(path, made);
        let shelf = if made.keep == Keep::Page { &self.pages } else { &self.missing };
        if !shelf.fits(weight) {
            return None;
        }
        if let Some(old) = self.places.get(path).copied() {
            self.take(old);
        }
        let mut evicted = Vec::new();
        while let Some(gone) = self.evict_for(made.keep, weight) {
            evicted.push(gone);
        }
        let tags: Vec<Arc<Tag>> = made.tags.iter().map(|tag| self.shared(tag)).collect();
        let item = Item { path: Arc::clone(path), tags: tags.clone(), seq: made.seq, weight, kept: Arc::clone(kept) };
        let slot = match made.keep {
            Keep::Page => Slot::Page(self.pages.put(item)),
            Keep::Missing | Keep::Never => Slot::Missing(self.missing.put(item)),
        };
        for tag in tags {
            self.showing.entry(tag).or_default().insert(slot);
        }
        self.places.insert(Arc::clone(path), slot);
        Some(evicted)
    }

    /// Takes out every answer that shows one of these tags and was read from before `seq`; returns their paths.
    pub(super) fn take_sharing(&mut self, tags: &[Tag], seq: i64) -> Vec<Arc<str>> {
        let mut found = HashSet::new();
        for tag in tags {
            found.extend(self.showing.get(tag).into_iter().flatten().copied());
        }
        found.retain(|slot| self.item(*slot).is_some_and(|item| item.seq < seq));
        found.into_iter().filter_map(|slot| self.take(slot)).collect()
    }

    /// What the answer kept for a path shows.
    pub(super) fn tags_of(&self, path: &str) -> Option<Vec<Tag>> {
        let item = self.item(*self.places.get(path)?)?;
        Some(item.tags.iter().map(|tag| Tag::clone(tag)).collect())
    }

    pub(super) fn clear(&mut self) {
        self.pages.clear();
        self.missing.clear();
        self.flights.forget_all();
        self.places.clear();
        self.showing.clear();
    }

    fn item(&self, slot: Slot) -> Option<&Item> {
        match slot {
            Slot::Page(at) => self.pages.get(at),
            Slot::Missing(at) => self.missing.get(at),
        }
    }

    fn take(&mut self, slot: Slot) -> Option<Arc<str>> {
        let item = match slot {
            Slot::Page(at) => self.pages.take(at),
            Slot::Missing(at) => self.missing.take(at),
        }?;
        Some(self.strike(slot, item))
    }

    fn evict_for(&mut self, keep: Keep, weight: usize) -> Option<Arc<str>> {
        let (slot, item) = match keep {
            Keep::Page => self.pages.evict_for(weight).map(|(at, item)| (Slot::Page(at), item)),
            Keep::Missing | Keep::Never => self.missing.evict_for(weight).map(|(at, item)| (Slot::Missing(at), item)),
        }?;
        Some(self.strike(slot, item))
    }

    /// Strikes an item that left its shelf from both indexes.
    fn strike(&mut self, slot: Slot, item: Item) -> Arc<str> {
        for tag in &item.tags {
            if let Some(slots) = self.showing.get_mut(tag) {
                slots.remove(&slot);
                if slots.is_empty() {
                    self.showing.remove(tag);
                }
            }
        }
        self.places.remove(&item.path);
        item.path
    }

    /// The tag as the index already holds it, so that its text is in memory once.
    fn shared(&self, tag: &Tag) -> Arc<Tag> {
        self.showing.get_key_value(tag).map_or_else(|| Arc::new(tag.clone()), |(held, _)| Arc::clone(held))
    }
}

/// What an answer weighs. The body of a 404 is shared by all paths of its depth and weighs nothing here.
fn weight(path: &str, made: &Made) -> usize {
    let tags: usize = made.tags.iter().map(|tag| tag.as_str().len() + TAG_OVERHEAD).sum();
    let body = match made.keep {
        Keep::Page => made.prepared.weight(),
        Keep::Missing | Keep::Never => 0,
    };
    body + tags + 2 * path.len() + OVERHEAD
}
