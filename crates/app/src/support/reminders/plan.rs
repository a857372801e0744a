//! What a form wants: a day, and how often after it.

use model::reminder::{self, DAYS, Day, Every, Month};

use crate::{Newsroom, error::Error, stories::time_zone};

/// When somebody is to be reminded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// The first day.
    pub due: Day,
    /// How often after it; `None` for once.
    pub every: Option<Every>,
}

/// What can't be used of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrongPlan {
    /// No month was chosen.
    Month,
    /// The month is over, has begun, or is too far away: the page was open for long.
    Past,
    /// Not an interval that is offered.
    Every,
}

impl Plan {
    /// Reads `month` (`2027-01`), `day` (empty for the first) and `every` (empty for once), as forms send them.
    ///
    /// # Errors
    /// [`WrongPlan`].
    pub fn parse(month: &str, day: &str, every: &str, today: Day) -> Result<Self, WrongPlan> {
        let month = Month::parse(month).ok_or(WrongPlan::Month)?;
        if !reminder::may_be(month, today.date()) {
            return Err(WrongPlan::Past);
        }
        let day = day.trim().parse().ok().filter(|day| DAYS.contains(day)).unwrap_or(DAYS[0]);
        let every = match every.trim() {
            "" | "0" => None,
            text => Some(Every::parse(text).ok_or(WrongPlan::Every)?),
        };
        Ok(Self { due: Day::of(month.day(day)), every })
    }
}

/// The day that it is in the newsroom.
///
/// # Errors
/// When the database fails.
pub async fn today(newsroom: &Newsroom) -> Result<Day, Error> {
    let settings = newsroom.settings().await?;
    Ok(Day::of(newsroom.clock().now().date_in(&time_zone(&settings))))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_form_that_was_open_for_weeks_is_told_so() {
        let today = Day::of(date(2026, 11, 26));
        let due = |month, day, every| Plan::parse(month, day, every, today).map(|plan| plan.due.date());
        assert_eq!(due("2027-01", "", ""), Ok(date(2027, 1, 1)));
        assert_eq!(due("2027-02", "31", "0"), Ok(date(2027, 2, 28)));
        assert_eq!(due("2027-02", "7", ""), Ok(date(2027, 2, 1)), "a day that is not offered");
        assert_eq!(due("2026-11", "", ""), Err(WrongPlan::Past));
        assert_eq!(due("2099-01", "", ""), Err(WrongPlan::Past));
        assert_eq!(due("soon", "", ""), Err(WrongPlan::Month));
        assert_eq!(due("2027-01", "", "7"), Err(WrongPlan::Every));
        assert_eq!(Plan::parse("2027-01", "15", "12", today).map(|plan| plan.every), Ok(Some(Every(12))));
    }
}
