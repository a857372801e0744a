//! Dates and numbers in a reader's language, by ICU and CLDR: the language's own calendar, digits and word forms.

use icu::{
    calendar::{Date, Iso},
    datetime::{
        DateTimeFormatter, DateTimeFormatterLoadError, NoCalendarFormatter,
        fieldsets::{M, MD, T, Y, YM, YMD, YMDE, YMDT},
        input::{DateTime, Time},
        options::YearStyle,
    },
    decimal::{DecimalFormatter, input::Decimal},
    locale::Locale,
};
use jiff::tz::TimeZone;
use model::{Money, Timestamp};

/// The formatters of one language; made once, as each loads its patterns and names.
pub(crate) struct Dates {
    date: DateTimeFormatter<YMD>,
    date_time: DateTimeFormatter<YMDT>,
    weekday_date: DateTimeFormatter<YMDE>,
    day: DateTimeFormatter<MD>,
    year: DateTimeFormatter<Y>,
    month_name: DateTimeFormatter<M>,
    month: DateTimeFormatter<YM>,
    time: NoCalendarFormatter<T>,
    number: DecimalFormatter,
}

impl Dates {
    /// The formatters for `locale`; a language that ICU does not know gets its root forms.
    pub(crate) fn new(locale: &Locale) -> Result<Self, DateTimeFormatterLoadError> {
        let prefs = || locale.into();
        Ok(Self {
            date: DateTimeFormatter::try_new(prefs(), YMD::long())?,
            date_time: DateTimeFormatter::try_new(prefs(), YMD::long().with_time_hm())?,
            weekday_date: DateTimeFormatter::try_new(prefs(), YMDE::long())?,
            day: DateTimeFormatter::try_new(prefs(), MD::long())?,
            year: DateTimeFormatter::try_new(prefs(), Y::long().with_year_style(YearStyle::Auto))?,
            month_name: DateTimeFormatter::try_new(prefs(), M::long())?,
            month: DateTimeFormatter::try_new(prefs(), YM::long())?,
            time: NoCalendarFormatter::try_new(prefs(), T::hm())?,
            number: DecimalFormatter::try_new(locale.into(), Default::default())
                .map_err(DateTimeFormatterLoadError::Data)?,
        })
    }

    pub(crate) fn date(&self, at: Timestamp, zone: &TimeZone) -> String {
        moment(at, zone).map(|m| plain(&self.date.format(&m.date))).unwrap_or_default()
    }

    pub(crate) fn date_time(&self, at: Timestamp, zone: &TimeZone) -> String {
        moment(at, zone).map(|m| plain(&self.date_time.format(&m))).unwrap_or_default()
    }

    pub(crate) fn weekday_date(&self, at: Timestamp, zone: &TimeZone) -> String {
        moment(at, zone).map(|m| plain(&self.weekday_date.format(&m.date))).unwrap_or_default()
    }

    pub(crate) fn day(&self, at: Timestamp, zone: &TimeZone) -> String {
        moment(at, zone).map(|m| self.day.format(&m.date).to_string()).unwrap_or_default()
    }

    pub(crate) fn time(&self, at: Timestamp, zone: &TimeZone) -> String {
        moment(at, zone).map(|m| self.time.format(&m.time).to_string()).unwrap_or_default()
    }

    pub(crate) fn year(&self, at: Timestamp, zone: &TimeZone) -> String {
        moment(at, zone).map(|m| self.year.format(&m.date).to_string()).unwrap_or_default()
    }

    pub(crate) fn month_name(&self, at: Timestamp, zone: &TimeZone) -> String {
        moment(at, zone).map(|m| self.month_name.format(&m.date).to_string()).unwrap_or_default()
    }

    /// A month of the archive, in the language's own calendar: "July 2025"; "تیر – مرداد ۱۴۰۴", because the archive's
    /// months are Gregorian.
    pub(crate) fn path_month(&self, year: i16, month: i8) -> String {
        let Some((first, last)) = days_of(year, month) else { return String::new() };
        let whole = plain(&self.month.format(&first));
        if whole == plain(&self.month.format(&last)) {
            return whole;
        }
        let (from, to) = (self.year_in(&first), self.year_in(&last));
        let (begins, ends) = (self.month_in(&first), self.month_in(&last));
        if from == to { format!("{begins} – {ends} {to}") } else { format!("{begins} {from} – {ends} {to}") }
    }

    /// The same without its year.
    pub(crate) fn path_month_name(&self, year: i16, month: i8) -> String {
        days_of(year, month)
            .map(|(first, last)| spanned(&self.month_in(&first), &self.month_in(&last)))
            .unwrap_or_default()
    }

    /// A year of the archive: "2025"; "۱۴۰۳ – ۱۴۰۴".
    pub(crate) fn path_year(&self, year: i16) -> String {
        let ends = days_of(year, 1).zip(days_of(year, 12));
        ends.map(|((first, _), (_, last))| spanned(&self.year_in(&first), &self.year_in(&last))).unwrap_or_default()
    }

    fn month_in(&self, date: &Date<Iso>) -> String {
        self.month_name.format(date).to_string()
    }

    fn year_in(&self, date: &Date<Iso>) -> String {
        self.year.format(date).to_string()
    }

    /// The character between "1" and "5" of one and a half.
    pub(crate) fn decimal_mark(&self) -> char {
        let mut half = Decimal::from(15);
        half.multiply_pow10(-1);
        self.number.format(&half).to_string().chars().nth(1).unwrap_or('.')
    }

    /// An amount's number, with all of the currency's decimals or, where they are zero, none.
    pub(crate) fn amount(&self, money: Money) -> String {
        let mut number = Decimal::from(money.minor);
        let whole = money.minor % money.currency.unit() == 0;
        if whole {
            number = Decimal::from(money.minor / money.currency.unit());
        } else {
            number.multiply_pow10(-i16::try_from(money.currency.exponent()).unwrap_or(0));
        }
        self.number.format(&number).to_string()
    }

    pub(crate) fn number(&self, number: i64) -> String {
        self.number.format(&Decimal::from(number)).to_string()
    }
}

/// CLDR's Russian puts "г." (year) behind a date, as letters and contracts do; newspapers leave it out.
fn plain(date: &impl std::fmt::Display) -> String {
    date.to_string().replace("\u{202f}г.", "")
}

/// A moment as ICU takes it. `None` never happens for the years that [`Timestamp`] holds.
fn moment(at: Timestamp, zone: &TimeZone) -> Option<DateTime<Iso>> {
    let local = zone.to_datetime(at.to_jiff());
    Some(DateTime {
        date: Date::try_new_iso(i32::from(local.year()), local.month().unsigned_abs(), local.day().unsigned_abs())
            .ok()?,
        time: Time::try_new(local.hour().unsigned_abs(), local.minute().unsigned_abs(), 0, 0).ok()?,
    })
}

/// The first and last day of a month of the archive; `None` when there is no such month.
fn days_of(year: i16, month: i8) -> Option<(Date<Iso>, Date<Iso>)> {
    let first = jiff::civil::Date::new(year, month, 1).ok()?;
    let iso = |date: jiff::civil::Date| {
        Date::try_new_iso(i32::from(date.year()), date.month().unsigned_abs(), date.day().unsigned_abs()).ok()
    };
    Some((iso(first)?, iso(first.last_of_month())?))
}

/// "A", or "A – B" when the two differ.
fn spanned(first: &str, last: &str) -> String {
    if first == last { first.to_owned() } else { format!("{first} – {last}") }
}
