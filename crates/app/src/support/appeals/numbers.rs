//! Variants compared by how many views brought a contribution, without calling anything a winner too early.
//!
//! Each share has an interval, and a variant is called the better one only when two things hold: every variant was seen as often as
//! it takes to find a difference of a quarter (four times in five, at the interval's confidence), and the interval of its
//! difference to every other one (Newcombe's) leaves out zero. With more than two variants the intervals are wider, so that all of
//! them together are right 95 times in 100 (Bonferroni). Views are no readers: one who sees an appeal ten times is ten.

use std::collections::HashMap;

use model::{AppealId, Staff, Variant, VariantId};

use crate::{Newsroom, delivery::Share, error::Error, staff::Denial, stories::desk::edits};

/// What the needed views are said to be enough for: the difference that is found, and how surely, in hundredths.
pub const POWER_WORDS: (i64, i64) = (25, 80);
/// Deviations for a power of 80 %.
const POWER: f64 = 0.841_621;
/// Contributions of all variants together that it takes to guess how many views are needed.
const GAVE_LEAST: i64 = 10;

/// Deviations of a 95 % interval, for one comparison, three and six of them at once: two, three and four variants.
fn deviations(variants: usize) -> f64 {
    match variants {
        0..=2 => 1.959_964,
        3 => 2.393_980,
        _ => 2.638_257,
    }
}

/// A variant with its numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Arm {
    /// Which.
    pub variant: Variant,
    /// Views that were counted.
    pub seen: i64,
    /// What came in bursts and was not.
    pub cut: i64,
    /// Contributions that it brought.
    pub gave: i64,
    /// Contributions of views, and between which two the share lies.
    pub share: Share,
}

/// What can be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// There is nothing to compare.
    Alone,
    /// Too few gave to guess even how many views it takes.
    TooFew,
    /// Not every variant was seen so often.
    Needs(i64),
    /// They were, and the difference may be chance.
    Even,
    /// This one is better.
    Better(VariantId),
}

/// A day of all variants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// Days since 1970.
    pub day: i64,
    /// Views of each variant, in their order.
    pub seen: Vec<i64>,
}

/// The numbers of an appeal.
#[derive(Debug, Clone, PartialEq)]
pub struct Numbers {
    /// Its variants, those that are not shown any more among them.
    pub arms: Vec<Arm>,
    /// What comparing the active ones says.
    pub outcome: Outcome,
    /// Views per day, the earliest first.
    pub days: Vec<Day>,
}

/// The numbers of an appeal.
///
/// # Errors
/// [`Denial::Role`], [`Denial::Gone`].
pub async fn numbers(newsroom: &Newsroom, staff: &Staff, id: AppealId) -> Result<Numbers, Error> {
    edits(staff)?;
    let mut tx = newsroom.store().read().await?;
    store::appeal_by_id(&mut tx, id).await?.ok_or(Denial::Gone)?;
    let variants = store::appeal_variants(&mut tx, id).await?;
    let rows = store::appeal_days(&mut tx, id).await?;
    let gifts = gave(&mut tx, id).await?;
    let z = deviations(variants.iter().filter(|variant| variant.active).count());
    let arm = |variant: &Variant| {
        let own = rows.iter().filter(|row| row.variant == variant.id);
        let (seen, cut) = own.fold((0, 0), |(seen, cut), row| (seen + row.seen, cut + row.cut));
        let gave = gifts.get(&variant.id).copied().unwrap_or_default();
        Arm { variant: variant.clone(), seen, cut, gave, share: Share::within(gave, seen, z) }
    };
    let arms: Vec<Arm> = variants.iter().map(arm).collect();
    let mut days: Vec<Day> = Vec::new();
    for row in &rows {
        if days.last().is_none_or(|last| last.day != row.day) {
            days.push(Day { day: row.day, seen: vec![0; variants.len()] });
        }
        let place = variants.iter().position(|variant| variant.id == row.variant);
        if let (Some(day), Some(place)) = (days.last_mut(), place) {
            day.seen[place] += row.seen;
        }
    }
    Ok(Numbers { outcome: outcome(&arms), arms, days })
}

/// How many contributions each variant brought.
async fn gave(tx: &mut store::Tx, appeal: AppealId) -> Result<HashMap<VariantId, i64>, Error> {
    Ok(store::appeal_gifts(tx, appeal).await?)
}

fn outcome(arms: &[Arm]) -> Outcome {
    let active: Vec<&Arm> = arms.iter().filter(|arm| arm.variant.active).collect();
    if active.len() < 2 {
        return Outcome::Alone;
    }
    let (seen, gave) = active.iter().fold((0, 0), |(seen, gave), arm| (seen + arm.seen, gave + arm.gave));
    if gave < GAVE_LEAST || seen <= 0 {
        return Outcome::TooFew;
    }
    let needed = needed(Share::of(gave, seen).at, deviations(active.len()));
    if active.iter().any(|arm| arm.seen < needed) {
        return Outcome::Needs(needed);
    }
    let better = |arm: &&&Arm| {
        active
            .iter()
            .filter(|other| other.variant.id != arm.variant.id)
            .all(|other| arm.share.less(other.share).0 > 0.0)
    };
    active.iter().find(better).map_or(Outcome::Even, |arm| Outcome::Better(arm.variant.id))
}

/// Views of each variant that it takes to find that one of two shares is a quarter larger than `share`, four times in five.
#[expect(clippy::cast_possible_truncation, reason = "rounded up and bounded")]
fn needed(share: f64, z: f64) -> i64 {
    let (low, high) = (share, (share * 1.25).min(1.0));
    if high <= low {
        return 0;
    }
    let middle = f64::midpoint(low, high);
    let chance = z * (2.0 * middle * (1.0 - middle)).sqrt();
    let power = POWER * (low * (1.0 - low) + high * (1.0 - high)).sqrt();
    ((chance + power).powi(2) / (high - low).powi(2)).ceil().min(1e12) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arm(number: u128, seen: i64, gave: i64, of: usize) -> Arm {
        let id = VariantId(uuid::Uuid::from_u128(number));
        let variant = Variant {
            id,
            appeal: AppealId(uuid::Uuid::nil()),
            position: 0,
            name: String::new(),
            weight: 1,
            active: true,
        };
        Arm { variant, seen, cut: 0, gave, share: Share::within(gave, seen, deviations(of)) }
    }

    #[test]
    fn the_needed_views_are_those_of_the_books() {
        // As R's power.prop.test: from 10 % to 12.5 % at 5 % and 80 % takes 2,506.6 a group.
        assert_eq!(needed(0.10, deviations(2)), 2_507);
        assert!((56_000..56_400).contains(&needed(0.005, deviations(2))));
        assert!(needed(0.10, deviations(4)) > needed(0.10, deviations(2)));
        assert_eq!(needed(1.0, deviations(2)), 0);
    }

    #[test]
    fn nobody_wins_before_every_variant_was_seen_often_enough() {
        assert_eq!(outcome(&[arm(1, 9_000, 900, 2)]), Outcome::Alone);
        assert_eq!(outcome(&[arm(1, 500, 3, 2), arm(2, 500, 6, 2)]), Outcome::TooFew);
        let early = outcome(&[arm(1, 400, 20, 2), arm(2, 400, 60, 2)]);
        assert_eq!(early, Outcome::Needs(2_507), "a difference of three to one made a winner of 400 views");
        assert_eq!(outcome(&[arm(1, 9_000, 900, 2), arm(2, 9_000, 920, 2)]), Outcome::Even);
        let better = arm(2, 9_000, 1_200, 2);
        assert_eq!(outcome(&[arm(1, 9_000, 900, 2), better.clone()]), Outcome::Better(better.variant.id));
    }

    #[test]
    fn more_variants_make_wider_intervals() {
        let two = [arm(1, 6_000, 600, 2), arm(2, 6_000, 668, 2)];
        let three = [arm(1, 6_000, 600, 3), arm(2, 6_000, 668, 3), arm(3, 6_000, 600, 3)];
        assert_eq!(outcome(&two), Outcome::Better(two[1].variant.id));
        assert_eq!(outcome(&three), Outcome::Even);
    }
}
