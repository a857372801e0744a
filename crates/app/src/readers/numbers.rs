//! Readers in numbers, for the desk: by newsletter, language, state and week. Never an address.

use model::{Language, Newsletter, NewsletterId, SubscriberState, SuppressionReason, Week};
use store::SubscriberCount;

use super::{POLICY_SLUG, this_week};
use crate::{Newsroom, error::Error};

/// Weeks that are told of.
const WEEKS: i64 = 26;

/// Everything that the desk tells of readers.
#[derive(Debug, Clone)]
pub struct Numbers {
    /// Readers in each state, each counted once.
    pub states: Vec<(SubscriberState, i64)>,
    /// Every newsletter with its readers.
    pub newsletters: Vec<NewsletterNumbers>,
    /// The last 26 weeks, the oldest first.
    pub weeks: Vec<WeekNumbers>,
    /// Addresses that nothing is sent to.
    pub suppressed: Vec<(SuppressionReason, i64)>,
    /// Sign-offs that wait for the keys.
    pub waiting: i64,
    /// Mails to single readers that could not go out yet, and what is said of the first.
    pub stuck: (i64, Option<String>),
    /// Whether the keys are here.
    pub open: bool,
    /// Languages in which there is no public privacy policy to agree to.
    pub without_policy: Vec<Language>,
    /// Whether links in mails know where the site is.
    pub has_address: bool,
}

/// The readers of a newsletter.
#[derive(Debug, Clone)]
pub struct NewsletterNumbers {
    /// Which.
    pub newsletter: Newsletter,
    /// To whom something is sent.
    pub active: i64,
    /// Who pauses.
    pub paused: i64,
    /// Whose mailbox takes nothing.
    pub bounced: i64,
    /// Readers by the language that they are written to in, the most first.
    pub languages: Vec<(Language, i64)>,
}

/// What became of readers in a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeekNumbers {
    /// Which week.
    pub week: Week,
    /// How many began to get a newsletter.
    pub came: i64,
    /// How many left one.
    pub gone: i64,
    /// How many subscriptions there were at its end.
    pub total: i64,
}

/// Readers in numbers; of one newsletter's weeks alone where one is named.
///
/// # Errors
/// When the database fails.
pub async fn numbers(newsroom: &Newsroom, of: Option<NewsletterId>) -> Result<Numbers, Error> {
    let now = this_week(newsroom);
    let mut tx = newsroom.store().read().await?;
    let counts = store::subscriber_counts(&mut tx).await?;
    let from = Week(now.0 - WEEKS + 1);
    let kept = store::newsletter_week_list(&mut tx, from).await?;
    let in_week =
        |week: Week| kept.iter().filter(move |one| one.week == week && of.is_none_or(|of| of == one.newsletter));
    let sums = (from.0..=now.0).map(Week).map(|week| {
        let (came, gone) = in_week(week).fold((0, 0), |(came, gone), one| (came + one.came, gone + one.gone));
        (week, came, gone)
    });
    let total = counts.iter().filter(|count| of.is_none_or(|of| of == count.newsletter)).map(|count| count.count).sum();
    let newsletters = store::newsletter_all(&mut tx).await?;
    let settings = store::newsroom_settings(&mut tx).await?;
    let mut without_policy = Vec::new();
    for language in &settings.languages {
        let page = store::page_by_slug(&mut tx, language, POLICY_SLUG).await?;
        if !page.is_some_and(|page| page.public) {
            without_policy.push(language.clone());
        }
    }
    Ok(Numbers {
        states: store::subscriber_states(&mut tx).await?,
        newsletters: newsletters.into_iter().map(|newsletter| of_newsletter(newsletter, &counts)).collect(),
        weeks: totals(&sums.collect::<Vec<_>>(), total),
        suppressed: store::suppression_counts(&mut tx).await?,
        waiting: store::unsubscribe_waiting_count(&mut tx).await?,
        stuck: store::outbox_stuck(&mut tx).await?,
        open: newsroom.keys().is_ok(),
        without_policy,
        has_address: settings.address.is_some(),
    })
}

fn of_newsletter(newsletter: Newsletter, counts: &[SubscriberCount]) -> NewsletterNumbers {
    let own = || counts.iter().filter(|count| count.newsletter == newsletter.id);
    let in_state = |state| own().filter(|count| count.state == state).map(|count| count.count).sum();
    let mut languages: Vec<(Language, i64)> = Vec::new();
    for count in own() {
        match languages.iter_mut().find(|(language, _)| *language == count.language) {
            Some((_, sum)) => *sum += count.count,
            None => languages.push((count.language.clone(), count.count)),
        }
    }
    languages.sort_by_key(|(_, count)| -count);
    NewsletterNumbers {
        active: in_state(SubscriberState::Active),
        paused: in_state(SubscriberState::Paused),
        bounced: in_state(SubscriberState::Bounced),
        languages,
        newsletter,
    }
}

/// The sums of weeks, with how many there were at the end of each: counted back from how many there are.
fn totals(sums: &[(Week, i64, i64)], now: i64) -> Vec<WeekNumbers> {
    let mut total = now;
    let mut weeks: Vec<WeekNumbers> = Vec::with_capacity(sums.len());
    for (week, came, gone) in sums.iter().rev().copied() {
        weeks.push(WeekNumbers { week, came, gone, total });
        // What was never counted, such as a newsletter that was removed, can't make it less than nobody.
        total = (total - came + gone).max(0);
    }
    weeks.reverse();
    weeks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_counted_back_from_how_many_there_are() {
        let sums = [(Week(1), 5, 0), (Week(2), 0, 0), (Week(3), 4, 2)];
        let told: Vec<i64> = totals(&sums, 10).iter().map(|week| week.total).collect();
        assert_eq!(told, [8, 8, 10]);
        assert_eq!(totals(&sums, 0)[0].total, 0);
    }
}
