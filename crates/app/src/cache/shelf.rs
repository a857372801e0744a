//! A shelf of kept answers under a budget in bytes, with CLOCK eviction: the hand goes round, spares what was asked for
//! since it last came by, and takes the rest until there is room. Close to least-recently-used, without a list to
//! re-order on every hit.

use std::sync::{Arc, atomic::Ordering};

use model::Tag;

use super::Kept;

/// One kept answer and what is needed to drop it.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) path: Arc<str>,
    pub(super) tags: Vec<Arc<Tag>>,
    pub(super) seq: i64,
    pub(super) weight: usize,
    pub(super) kept: Arc<Kept>,
}

/// Kept answers in slots.
#[derive(Debug)]
pub(super) struct Shelf {
    slots: Vec<Option<Item>>,
    free: Vec<usize>,
    hand: usize,
    bytes: usize,
    budget: usize,
}

impl Shelf {
    pub(super) fn new(budget: usize) -> Self {
        Self { slots: Vec::new(), free: Vec::new(), hand: 0, bytes: 0, budget }
    }

    pub(super) fn len(&self) -> usize {
        self.slots.len() - self.free.len()
    }

    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    pub(super) fn fits(&self, weight: usize) -> bool {
        weight <= self.budget
    }

    /// The next answer that has to go before `weight` more bytes fit; `None` when they fit.
    pub(super) fn evict_for(&mut self, weight: usize) -> Option<(usize, Item)> {
        if self.bytes + weight <= self.budget || self.len() == 0 {
            return None;
        }
        // Two rounds at most: the first takes every mark away, the second finds a slot without one.
        for _ in 0..=2 * self.slots.len() {
            let slot = self.hand;
            self.hand = (self.hand + 1) % self.slots.len();
            let spared = self.slots[slot].as_ref().is_none_or(|item| item.kept.touched.swap(false, Ordering::Relaxed));
            if !spared && let Some(item) = self.take(slot) {
                return Some((slot, item));
            }
        }
        None
    }

    pub(super) fn put(&mut self, item: Item) -> usize {
        self.bytes += item.weight;
        match self.free.pop() {
            Some(slot) => {
                self.slots[slot] = Some(item);
                slot
            }
            None => {
                self.slots.push(Some(item));
                self.slots.len() - 1
            }
        }
    }

    pub(super) fn get(&self, slot: usize) -> Option<&Item> {
        self.slots.get(slot).and_then(Option::as_ref)
    }

    pub(super) fn take(&mut self, slot: usize) -> Option<Item> {
        let item = self.slots.get_mut(slot)?.take()?;
        self.bytes -= item.weight;
        self.free.push(slot);
        Some(item)
    }

    pub(super) fn clear(&mut self) {
        *self = Self::new(self.budget);
    }
}
