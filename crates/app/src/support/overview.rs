//! What readers give, in numbers, for the desk: by month, currency and appeal. Nobody is named, and no currency is ever made
//! into another.

use std::collections::HashMap;

use model::{ContributionState, Currency, Frequency, Money, Month, Staff, VariantId};
use store::{GatewayRow, PaymentSum, PledgeLives, PledgeSum};

use super::settings::publishes;
use crate::{Newsroom, error::Error};

/// Months that are shown, this one the last.
pub const MONTHS: i64 = 12;

/// Everything that the overview tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// Whether contributions are taken.
    pub open: bool,
    /// The months, the earliest first.
    pub months: Vec<Month>,
    /// Each currency in which anything came in or is pledged.
    pub currencies: Vec<CurrencyNumbers>,
    /// Pledges by state, of every currency.
    pub pledges: Vec<(ContributionState, i64)>,
    /// How many pledges ended in each of the months.
    pub churn: Vec<Churn>,
    /// Gateways that don't answer as they should.
    pub trouble: Vec<GatewayRow>,
    /// How many objects of gateways wait to be looked at.
    pub waiting: i64,
}

/// A currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurrencyNumbers {
    /// Which.
    pub currency: Currency,
    /// What came in and stays, before fees: of each month, once, monthly and annually.
    pub months: Vec<[i64; 3]>,
    /// Fees of all of it that are known.
    pub fees: i64,
    /// What running pledges bring a month: the monthly ones, and a twelfth of the annual ones.
    pub recurring: i64,
    /// How many pledges that is.
    pub pledges: i64,
    /// What came in by appeal, the most first.
    pub appeals: Vec<AppealSum>,
}

impl CurrencyNumbers {
    /// What came in, in one of the months, however often it is given.
    #[must_use]
    pub fn month(&self, at: usize) -> i64 {
        self.months.get(at).map_or(0, |parts| parts.iter().sum())
    }

    /// What came in, in all of them.
    #[must_use]
    pub fn all(&self) -> i64 {
        self.months.iter().flatten().sum()
    }
}

/// What came in for a variant of an appeal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppealSum {
    /// Which; `None` for what no appeal brought.
    pub variant: Option<VariantId>,
    /// The names of the appeal and the variant; `None` when they are no more.
    pub names: Option<(String, String)>,
    /// How much.
    pub kept: Money,
    /// How many payments.
    pub count: i64,
}

/// A month's end of pledges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Churn {
    /// Which month.
    pub month: Month,
    /// How many ran when it began.
    pub ran: i64,
    /// How many of those ended in it.
    pub ended: i64,
}

/// The overview.
///
/// # Errors
/// [`crate::staff::Denial::Role`] for anybody but publishers.
pub async fn overview(newsroom: &Newsroom, staff: &Staff) -> Result<Overview, Error> {
    let open = super::settings_at_desk(newsroom, staff).await?.open;
    publishes(staff)?;
    let last = Month::of(newsroom.clock().now());
    let months: Vec<Month> = (last.0 - MONTHS + 1..=last.0).map(Month).collect();
    let mut tx = newsroom.store().read().await?;
    let sums = store::payment_sums(&mut tx, Month(last.0 - MONTHS + 1), last).await?;
    let pledges = store::contribution_pledges(&mut tx).await?;
    let lives = store::contribution_lives(&mut tx).await?;
    let names = names(&mut tx).await?;
    let (waiting, _) = store::gateway_object_waiting(&mut tx).await?;
    let mut trouble = store::gateway_all(&mut tx).await?;
    trouble.retain(|gateway| gateway.trouble.is_some());
    Ok(Overview {
        open,
        currencies: currencies(&months, &sums, &pledges, &names),
        pledges: by_state(&pledges),
        churn: months.iter().map(|month| churn(*month, &lives)).collect(),
        months,
        trouble,
        waiting,
    })
}

type AppealNames = HashMap<VariantId, (String, String)>;

async fn names(tx: &mut store::Tx) -> Result<AppealNames, Error> {
    let mut names = AppealNames::new();
    for appeal in store::appeal_all(tx).await? {
        for variant in store::appeal_variants(tx, appeal.id).await? {
            names.insert(variant.id, (appeal.settings.name.clone(), variant.name));
        }
    }
    Ok(names)
}

fn currencies(
    months: &[Month],
    sums: &[PaymentSum],
    pledges: &[PledgeSum],
    names: &AppealNames,
) -> Vec<CurrencyNumbers> {
    let mut all: Vec<Currency> = sums.iter().map(|sum| sum.kept.currency).collect();
    all.extend(pledges.iter().filter(|sum| brings(sum)).map(|sum| sum.amount.currency));
    all.sort_unstable();
    all.dedup();
    let one = |currency: Currency| {
        let own: Vec<&PaymentSum> = sums.iter().filter(|sum| sum.kept.currency == currency).collect();
        let running: Vec<&PledgeSum> =
            pledges.iter().filter(|sum| brings(sum) && sum.amount.currency == currency).collect();
        let of = |month: &Month| {
            let kept = |frequency| {
                let own = own.iter().filter(|sum| sum.month == *month && sum.frequency == frequency);
                own.map(|sum| sum.kept.minor).sum()
            };
            [kept(Frequency::Once), kept(Frequency::Monthly), kept(Frequency::Annual)]
        };
        CurrencyNumbers {
            currency,
            months: months.iter().map(of).collect(),
            fees: own.iter().map(|sum| sum.fees).sum(),
            recurring: recurring(&running),
            pledges: running.iter().map(|sum| sum.count).sum(),
            appeals: appeals(&own, currency, names),
        }
    };
    all.into_iter().map(one).collect()
}

/// Whether pledges will bring something again: those on hold and those that end will not.
fn brings(sum: &PledgeSum) -> bool {
    matches!(sum.state, ContributionState::Active | ContributionState::PastDue) && !sum.ending
}

/// In a month: added up before it is divided, so that it is right to the unit.
fn recurring(running: &[&PledgeSum]) -> i64 {
    let sum = |frequency| -> i64 {
        running.iter().filter(|sum| sum.frequency == frequency).map(|sum| sum.amount.minor).sum()
    };
    sum(Frequency::Monthly) + (sum(Frequency::Annual) + 6).div_euclid(12)
}

fn appeals(own: &[&PaymentSum], currency: Currency, names: &AppealNames) -> Vec<AppealSum> {
    let mut all: Vec<AppealSum> = Vec::new();
    for sum in own {
        match all.iter_mut().find(|known| known.variant == sum.variant) {
            Some(known) => {
                known.kept.minor += sum.kept.minor;
                known.count += sum.count;
            }
            None => all.push(AppealSum {
                variant: sum.variant,
                names: sum.variant.and_then(|variant| names.get(&variant).cloned()),
                kept: Money::new(sum.kept.minor, currency),
                count: sum.count,
            }),
        }
    }
    all.sort_by_key(|sum| std::cmp::Reverse((sum.kept.minor, sum.variant)));
    all
}

fn by_state(pledges: &[PledgeSum]) -> Vec<(ContributionState, i64)> {
    let count = |state: &ContributionState| {
        (*state, pledges.iter().filter(|sum| sum.state == *state).map(|sum| sum.count).sum::<i64>())
    };
    ContributionState::ALL.iter().map(count).filter(|(_, count)| *count > 0).collect()
}

/// Of the pledges that ran when a month began, how many ended in it.
fn churn(month: Month, lives: &[PledgeLives]) -> Churn {
    let ran = lives.iter().filter(|one| one.began < month && one.ended.is_none_or(|ended| ended >= month));
    let (mut all, mut over) = (0, 0);
    for one in ran {
        all += one.count;
        over += if one.ended == Some(month) { one.count } else { 0 };
    }
    Churn { month, ran: all, ended: over }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(frequency: Frequency, state: ContributionState, minor: i64) -> PledgeSum {
        PledgeSum { frequency, state, ending: false, amount: Money::new(minor, Currency::USD), count: 1 }
    }

    #[test]
    fn an_annual_pledge_is_a_twelfth_of_itself_in_a_month_and_one_on_hold_is_nothing() {
        use ContributionState::{Active, Paused};
        let all = [
            sum(Frequency::Monthly, Active, 200),
            sum(Frequency::Annual, Active, 2_000),
            sum(Frequency::Annual, Active, 2_000),
            sum(Frequency::Monthly, Paused, 900),
            PledgeSum { ending: true, ..sum(Frequency::Monthly, Active, 700) },
        ];
        let found = currencies(&[], &[], &all, &AppealNames::new());
        assert_eq!((found[0].recurring, found[0].pledges), (200 + 333, 3));
        assert_eq!(by_state(&all), [(Active, 4), (Paused, 1)]);
    }

    #[test]
    fn only_what_ran_when_the_month_began_can_end_in_it() {
        let lives =
            |began, ended: Option<i64>, count| PledgeLives { began: Month(began), ended: ended.map(Month), count };
        let all =
            [lives(1, None, 8), lives(1, Some(3), 2), lives(3, Some(3), 5), lives(1, Some(2), 4), lives(4, None, 1)];
        assert_eq!(churn(Month(3), &all), Churn { month: Month(3), ran: 10, ended: 2 });
        assert_eq!(churn(Month(1), &all), Churn { month: Month(1), ran: 0, ended: 0 });
    }
}
