//! A suggestion from the week: which stories, in which order, and why each.
//!
//! The stories are those that became public since the issue before and stood in none before it. What editors put on the
//! front page comes first, in their order; then the most read one of each section that would be missing; then what was read
//! most; then the newest. Of no section are there more than the newsletter's settings say, but for the front page's.

use std::collections::{HashMap, HashSet};

use model::{Extent, Issue, Language, Newsletter, Pick, Reason, SectionId, StoryId, Template, Timestamp};
use store::{Listing, Scope, StoryHead, Tx};

use crate::{error::Error, reads};

/// Stories of a week that are looked at, the newest.
const MOST: i64 = 400;
/// A week: what a first issue looks back on.
const WEEK_MS: i64 = 7 * 24 * 3_600_000;
/// Issues whose stories are not suggested again.
const ISSUES: i64 = 12;

/// A story that could be picked, with all that speaks for it, what weighs most first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) head: StoryHead,
    pub(super) reasons: Vec<Reason>,
}

/// What a suggestion is made from.
struct Week {
    heads: Vec<StoryHead>,
    front: HashMap<StoryId, i64>,
    reads: HashMap<StoryId, i64>,
}

/// Everything of the week of an issue, in the order in which it is suggested.
pub(super) async fn candidates(
    tx: &mut Tx,
    newsletter: &Newsletter,
    issue: Option<&Issue>,
    now: Timestamp,
) -> Result<Vec<Candidate>, Error> {
    let week = week(tx, newsletter, issue, now).await?;
    Ok(ordered(week, usize::from(newsletter.settings.suggestion.per_section)))
}

/// The picks of a new draft.
pub(super) async fn picks(tx: &mut Tx, newsletter: &Newsletter, now: Timestamp) -> Result<Vec<Pick>, Error> {
    let settings = &newsletter.settings;
    let all = candidates(tx, newsletter, None, now).await?;
    let taken = all.into_iter().take(usize::from(settings.suggestion.stories)).enumerate();
    Ok(taken
        .map(|(place, candidate)| Pick {
            story: candidate.head.id,
            note: String::new(),
            extent: extent(settings.template, place < usize::from(settings.suggestion.whole)),
            reasons: candidate.reasons,
            at: now,
        })
        .collect())
}

/// How much of a story is suggested.
pub(super) fn extent(template: Template, whole: bool) -> Extent {
    match template {
        Template::Stories if whole => Extent::Whole,
        Template::Stories | Template::Digest => Extent::Standfirst,
        Template::Letter => Extent::Headline,
    }
}

async fn week(tx: &mut Tx, newsletter: &Newsletter, issue: Option<&Issue>, now: Timestamp) -> Result<Week, Error> {
    let language = &newsletter.language;
    let before = store::issue_public(tx, newsletter.id, ISSUES, 0).await?;
    let before: Vec<&Issue> = before.iter().filter(|other| Some(other.id) != issue.map(|issue| issue.id)).collect();
    let last = before.first().and_then(|last| last.frozen_at.or(last.due_at));
    // After a pause, the week is still a week.
    let since = last.unwrap_or(now.plus_millis(-WEEK_MS)).max(now.plus_millis(-2 * WEEK_MS));
    let sent: HashSet<StoryId> = before.iter().flat_map(|issue| &issue.content.picks).map(|pick| pick.story).collect();
    let mut heads = latest(tx, language).await?;
    heads.retain(|head| !sent.contains(&head.id) && head.published_at.is_some_and(|at| at > since && at <= now));
    let front = store::front(tx, language).await?;
    let places = (1..).zip(&front).map(|(place, head)| (head.id, place)).collect();
    // What is on the front page is of this week, also when it is older.
    heads.extend(
        front
            .into_iter()
            .filter(|head| !sent.contains(&head.id) && !heads.iter().any(|h| h.id == head.id))
            .collect::<Vec<_>>(),
    );
    let settings = store::newsroom_settings(tx).await?;
    let ids: Vec<StoryId> = heads.iter().map(|head| head.id).collect();
    let days = (reads::day_of(&settings, since), reads::day_of(&settings, now));
    let reads = store::read_day_sums(tx, days.0, days.1, &ids).await?;
    Ok(Week { heads, front: places, reads })
}

async fn latest(tx: &mut Tx, language: &Language) -> Result<Vec<StoryHead>, Error> {
    let listing =
        Listing { language: language.clone(), scope: Scope::Latest, oldest_first: false, limit: MOST, offset: 0 };
    Ok(store::story_list(tx, &listing).await?)
}

/// The stories of a week in order; what a limit keeps back comes last.
fn ordered(week: Week, per_section: usize) -> Vec<Candidate> {
    let mut left = week.heads;
    let reads = |head: &StoryHead| week.reads.get(&head.id).copied().unwrap_or_default();
    left.sort_by_key(|head| (std::cmp::Reverse(reads(head)), std::cmp::Reverse(head.published_at), head.id));
    let (mut front, mut rest): (Vec<_>, Vec<_>) = left.into_iter().partition(|head| week.front.contains_key(&head.id));
    front.sort_by_key(|head| week.front.get(&head.id).copied());
    let mut here: HashMap<SectionId, usize> = HashMap::new();
    let mut order: Vec<(StoryHead, bool)> = Vec::new();
    let mut take = |head: StoryHead, alone: bool, here: &mut HashMap<SectionId, usize>| {
        if let Some(section) = head.section {
            *here.entry(section).or_default() += 1;
        }
        order.push((head, alone));
    };
    front.into_iter().for_each(|head| take(head, false, &mut here));
    let (mut missing, mut others) = (Vec::new(), Vec::new());
    for head in rest.drain(..) {
        match head.section {
            Some(section) if !here.contains_key(&section) => {
                here.insert(section, 0);
                missing.push(head);
            }
            _ => others.push(head),
        }
    }
    missing.into_iter().for_each(|head| take(head, true, &mut here));
    let mut kept_back = Vec::new();
    for head in others {
        let full =
            head.section.is_some_and(|section| per_section > 0 && here.get(&section).copied() >= Some(per_section));
        if full { kept_back.push(head) } else { take(head, false, &mut here) }
    }
    kept_back.into_iter().for_each(|head| take(head, false, &mut here));
    order
        .into_iter()
        .map(|(head, alone)| Candidate {
            reasons: reasons(&head, alone, week.front.get(&head.id), week.reads.get(&head.id)),
            head,
        })
        .collect()
}

fn reasons(head: &StoryHead, alone: bool, place: Option<&i64>, reads: Option<&i64>) -> Vec<Reason> {
    let mut reasons = Vec::new();
    reasons.extend(place.map(|place| Reason::Front { place: *place }));
    reasons.extend(head.section.filter(|_| alone).map(|section| Reason::Section { section }));
    reasons.extend(reads.filter(|count| **count > 0).map(|count| Reason::Read { count: *count }));
    reasons.extend(head.published_at.map(|at| Reason::New { at }));
    reasons
}

#[cfg(test)]
mod tests {
    use model::{StoryGroupId, StoryState};
    use uuid::Uuid;

    use super::*;

    fn head(number: u128, section: Option<u128>, at: i64) -> StoryHead {
        StoryHead {
            id: StoryId(Uuid::from_u128(number)),
            group: StoryGroupId(Uuid::from_u128(number)),
            language: Language::english(),
            path: None,
            headline: number.to_string(),
            standfirst: String::new(),
            lead_photo: None,
            section: section.map(|id| SectionId(Uuid::from_u128(id))),
            state: StoryState::Published,
            published_at: Some(Timestamp::from_millis(at)),
            updated_at: None,
        }
    }

    fn order(heads: Vec<StoryHead>, front: &[(u128, i64)], reads: &[(u128, i64)], per_section: usize) -> Vec<String> {
        let by = |list: &[(u128, i64)]| list.iter().map(|(id, n)| (StoryId(Uuid::from_u128(*id)), *n)).collect();
        let week = Week { heads, front: by(front), reads: by(reads) };
        ordered(week, per_section).into_iter().map(|candidate| candidate.head.headline).collect()
    }

    #[test]
    fn the_front_page_comes_first_then_missing_sections_then_reads_then_the_newest() {
        let heads = vec![
            head(1, Some(10), 1),
            head(2, Some(10), 2),
            head(3, Some(20), 3),
            head(4, Some(20), 4),
            head(5, None, 5),
            head(6, None, 6),
        ];
        let got = order(heads, &[(2, 1), (1, 2)], &[(4, 50), (5, 900), (3, 7)], 0);
        assert_eq!(got, ["2", "1", "4", "5", "3", "6"]);
    }

    #[test]
    fn a_section_has_no_more_than_its_share_before_others_had_theirs() {
        let heads = (1..=5).map(|n| head(n, Some(10), n as i64)).chain([head(6, Some(20), 0)]).collect();
        let reads: Vec<(u128, i64)> = (1..=5).map(|n| (n, 100 - n as i64)).collect();
        assert_eq!(order(heads, &[], &reads, 2), ["1", "6", "2", "3", "4", "5"]);
    }

    #[test]
    fn each_has_its_reasons_what_weighs_most_first() {
        let all = reasons(&head(1, Some(10), 7), true, None, Some(&12));
        let section = SectionId(Uuid::from_u128(10));
        let new = Reason::New { at: Timestamp::from_millis(7) };
        assert_eq!(all, [Reason::Section { section }, Reason::Read { count: 12 }, new]);
        let front = reasons(&head(1, None, 7), false, Some(&3), Some(&0));
        assert_eq!(front, [Reason::Front { place: 3 }, new]);
    }
}
