//! Ids as Ghost has them: 24 hexadecimal digits.
//!
//! They are the first 96 bits of an id of ours (UUIDv7: the moment, and 42 random bits), so that one is found again by a
//! range of the primary key, and keeps its order. Two rows made in the same millisecond would share one with a chance
//! of 1 in 4 × 10¹²; the older one would answer to it, and the other to its slug and its `uuid`.

use uuid::Uuid;

/// The id of a row as Ghost's clients know it.
pub(super) fn ghost_id(id: Uuid) -> String {
    id.simple().to_string()[..24].to_owned()
}

/// The first and the last of our ids that an id of Ghost's form, or one of ours, may mean; `None` when it is neither.
pub(super) fn range(text: &str) -> Option<(Uuid, Uuid)> {
    if text.len() == 36 {
        return Uuid::try_parse(text).ok().map(|id| (id, id));
    }
    let sane = text.len() == 24 && text.bytes().all(|b| b.is_ascii_hexdigit());
    let first = Uuid::try_parse(&format!("{text}00000000")).ok().filter(|_| sane)?;
    Some((first, Uuid::from_u128(first.as_u128() | 0xffff_ffff)))
}

/// Whether a row is meant by such an id.
pub(super) fn means(text: &str, id: Uuid) -> bool {
    range(text).is_some_and(|(first, last)| (first..=last).contains(&id))
}

#[cfg(test)]
mod tests {
    use model::{Chance, SeededChance, Timestamp};

    use super::*;

    #[test]
    fn an_id_is_found_again_and_keeps_its_order() {
        let chance = SeededChance::new(3);
        let ids: Vec<Uuid> = (0..100).map(|at| chance.uuid_v7(Timestamp::from_millis(at))).collect();
        for id in &ids {
            let short = ghost_id(*id);
            assert_eq!(short.len(), 24);
            assert!(means(&short, *id) && means(&id.to_string(), *id));
            assert_eq!(ids.iter().filter(|other| means(&short, **other)).count(), 1);
        }
        assert!(ids.windows(2).all(|pair| ghost_id(pair[0]) < ghost_id(pair[1])));
        for bad in ["", "12", &"g".repeat(24), &"0".repeat(25), "not-a-uuid-not-a-uuid-not-a-uuid-not"] {
            assert_eq!(range(bad), None, "{bad}");
        }
    }
}
