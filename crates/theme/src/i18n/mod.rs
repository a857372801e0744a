//! The interface's words, dates and numbers in each language.
//!
//! Words come from Fluent files (`i18n/<language>.ftl`), one for each language; dropping in a file adds a language.
//! A word that a language lacks is taken from English, so that a page always stands; `theme check` names it.
//! Dates, digits and plural forms follow CLDR through ICU.

mod catalogue;
mod dates;
mod digits;

use std::{borrow::Cow, sync::Arc};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use icu::locale::Locale;
use jiff::tz::TimeZone;
use model::{Direction, Language, Money, Month, Timestamp};

pub(crate) use self::catalogue::{BUILTIN_FILES, Catalogue};
use self::dates::Dates;
use crate::Problem;

/// A value for a placeable of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg<'a> {
    /// Set in as it is.
    Text(Cow<'a, str>),
    /// Chooses the plural form and is written in the language's digits.
    Number(i64),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<i64> for Arg<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

/// One language's words, dates and numbers.
pub struct Strings {
    language: Language,
    bundle: FluentBundle<Arc<FluentResource>>,
    keys: Vec<String>,
    fallback: Option<Arc<Strings>>,
    dates: Option<Dates>,
}

impl std::fmt::Debug for Strings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Strings").field("language", &self.language).field("keys", &self.keys.len()).finish()
    }
}

impl Strings {
    /// The built-in words of a language; English words with the language's own dates where there are none.
    #[must_use]
    pub fn for_language(language: &Language) -> Arc<Self> {
        catalogue::builtin().strings(language)
    }

    /// The words of one or several Fluent texts, later ones over earlier ones.
    pub(crate) fn new(language: Language, resources: &[Arc<FluentResource>], fallback: Option<Arc<Strings>>) -> Self {
        let tag = language.as_str().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        bundle.set_use_isolating(language.direction() == Direction::Rtl);
        bundle.set_formatter(Some(digits::format));
        let mut keys: Vec<String> = Vec::new();
        for resource in resources {
            keys.extend(message_keys(resource.source()).map(str::to_owned));
            bundle.add_resource_overriding(Arc::clone(resource));
        }
        keys.sort();
        keys.dedup();
        let locale = language.as_str().parse().unwrap_or(Locale::UNKNOWN);
        let dates = Dates::new(&locale).or_else(|_| Dates::new(&Locale::UNKNOWN)).ok();
        Self { language, bundle, keys, fallback, dates }
    }

    /// Whose words these are.
    #[must_use]
    pub fn language(&self) -> &Language {
        &self.language
    }

    /// The keys that this language has itself, sorted.
    #[must_use]
    pub fn keys(&self) -> &[String] {
        &self.keys
    }

    /// The message `key`, else English's, else the key itself in brackets (which `theme check` finds).
    #[must_use]
    pub fn text(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.find(key, args).unwrap_or_else(|| format!("[{key}]"))
    }

    /// The message `key` here or in the language of last resort.
    #[must_use]
    pub fn find(&self, key: &str, args: &[(&str, Arg<'_>)]) -> Option<String> {
        let own = self.bundle.get_message(key).and_then(|message| message.value()).map(|pattern| {
            let args: FluentArgs<'_> = args.iter().map(|(name, value)| (*name, fluent_value(value))).collect();
            let mut errors = Vec::new();
            self.bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned()
        });
        own.or_else(|| self.fallback.as_ref()?.find(key, args))
    }

    /// What the language calls itself: "Русский"; its tag when its file does not say.
    #[must_use]
    pub fn own_name(&self) -> String {
        let own = self.keys.binary_search_by(|k| k.as_str().cmp("language-name")).is_ok();
        if own { self.text("language-name", &[]) } else { self.language.to_string() }
    }

    /// "July 11, 2025".
    #[must_use]
    pub fn date(&self, at: Timestamp, zone: &TimeZone) -> String {
        self.dates.as_ref().map_or_else(|| at.date_in(zone).to_string(), |d| d.date(at, zone))
    }

    /// "July 11, 2025 at 2:05 PM".
    #[must_use]
    pub fn date_time(&self, at: Timestamp, zone: &TimeZone) -> String {
        self.dates.as_ref().map_or_else(|| at.to_string(), |d| d.date_time(at, zone))
    }

    /// "Friday, July 11, 2025".
    #[must_use]
    pub fn weekday_date(&self, at: Timestamp, zone: &TimeZone) -> String {
        self.dates.as_ref().map_or_else(|| at.date_in(zone).to_string(), |d| d.weekday_date(at, zone))
    }

    /// "July 11".
    #[must_use]
    pub fn day(&self, at: Timestamp, zone: &TimeZone) -> String {
        self.dates.as_ref().map_or_else(|| at.date_in(zone).to_string(), |d| d.day(at, zone))
    }

    /// "2:05 PM".
    #[must_use]
    pub fn time(&self, at: Timestamp, zone: &TimeZone) -> String {
        self.dates.as_ref().map_or_else(|| at.to_string(), |d| d.time(at, zone))
    }

    /// The year in the language's own calendar: for timelines and the footer.
    #[must_use]
    pub fn calendar_year(&self, at: Timestamp, zone: &TimeZone) -> String {
        self.dates.as_ref().map_or_else(|| at.date_in(zone).year().to_string(), |d| d.year(at, zone))
    }

    /// The month's name in the language's own calendar: "July", "تیر". Timelines group stories by it.
    #[must_use]
    pub fn calendar_month(&self, at: Timestamp, zone: &TimeZone) -> String {
        self.dates.as_ref().map_or_else(|| at.date_in(zone).month().to_string(), |d| d.month_name(at, zone))
    }

    /// A month of the archive, whose paths are Gregorian, in the language's own calendar: "July 2025", "تیر – مرداد ۱۴۰۴".
    #[must_use]
    pub fn month(&self, year: i16, month: i8) -> String {
        self.dates.as_ref().map_or_else(|| format!("{year}-{month:02}"), |d| d.path_month(year, month))
    }

    /// A month of the archive without its year: "July", "تیر – مرداد".
    #[must_use]
    pub fn month_name(&self, year: i16, month: i8) -> String {
        self.dates.as_ref().map_or_else(|| month.to_string(), |d| d.path_month_name(year, month))
    }

    /// A year of the archive, in the language's own calendar and digits: "2025", "۱۴۰۳ – ۱۴۰۴".
    #[must_use]
    pub fn year(&self, year: i16) -> String {
        self.dates.as_ref().map_or_else(|| year.to_string(), |d| d.path_year(year))
    }

    /// An amount of money as the language writes it, without decimals where there are none: "$2.50", "2,50 $", "۵ دلار".
    #[must_use]
    pub fn money(&self, money: Money) -> String {
        let number = self.dates.as_ref().map_or_else(|| money.decimal(), |dates| dates.amount(money));
        let code = money.currency.code();
        self.text("money", &[("number", number.into()), ("code", code.into())])
    }

    /// A month of contributions: "November 2026", "آبان – آذر ۱۴۰۵".
    #[must_use]
    pub fn month_of(&self, month: Month) -> String {
        let (year, number) = month.year_and_number();
        match (i16::try_from(year), i8::try_from(number)) {
            (Ok(year), Ok(number)) => self.month(year, number),
            _ => month.to_string(),
        }
    }

    /// A number in the language's digits and groups: "1,234", "۱٬۲۳۴".
    #[must_use]
    pub fn number(&self, number: i64) -> String {
        self.dates.as_ref().map_or_else(|| number.to_string(), |d| d.number(number))
    }
}

impl Strings {
    /// The words that stand inside documents.
    #[must_use]
    pub fn labels(&self) -> render::Labels {
        let text = |key: &str| self.text(key, &[]);
        let pattern = |key: &str, place: &str| self.text(key, &[(place, Arg::from(format!("{{{place}}}")))]);
        let digit = |value: u8| self.number(i64::from(value)).chars().next().unwrap_or(char::from(b'0' + value));
        render::Labels {
            story_so_far: text("doc-story-so-far"),
            facts: text("doc-facts"),
            note: text("doc-note"),
            open_at: pattern("doc-open-at", "source"),
            video: pattern("doc-video", "source"),
            audio: pattern("doc-audio", "source"),
            post: pattern("doc-post", "source"),
            link: pattern("doc-link", "source"),
            download: pattern("doc-download", "name"),
            photo: pattern("doc-photo", "alt"),
            photo_credit: pattern("doc-photo-credit", "credit"),
            table: pattern("doc-table", "number"),
            footnotes: text("doc-footnotes"),
            footnote: pattern("doc-footnote", "number"),
            back: text("doc-back"),
            links: text("doc-links"),
            kilobytes: pattern("doc-kilobytes", "number"),
            megabytes: pattern("doc-megabytes", "number"),
            digits: std::array::from_fn(|value| digit(u8::try_from(value).unwrap_or(0))),
            decimal: self.decimal_mark(),
        }
    }

    /// What stands between a number's whole and its tenths.
    fn decimal_mark(&self) -> char {
        self.dates.as_ref().map_or('.', Dates::decimal_mark)
    }
}

/// A Fluent text as a resource; `file` is what its author calls it.
///
/// # Errors
/// When a line is not Fluent; the first such line is named.
pub(crate) fn parse(file: &str, source: String) -> Result<Arc<FluentResource>, Problem> {
    FluentResource::try_new(source).map(Arc::new).map_err(|(resource, errors)| {
        let first = errors.into_iter().next();
        let at = first.as_ref().map_or(0, |error| error.pos.start);
        let line = resource.source().get(..at).unwrap_or_default().matches('\n').count() + 1;
        let what = first.map_or_else(|| "not understood".to_owned(), |error| error.to_string());
        let advice = "A message is written `key = words`; the lines that continue it are indented".to_owned();
        Problem { file: file.to_owned(), line: Some(line), what, advice }
    })
}

/// The keys of a Fluent text: what stands before `=` on lines that are not indented. Terms (`-brand`) are not messages.
fn message_keys(source: &str) -> impl Iterator<Item = &str> {
    source.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic())).filter_map(|line| {
        let (key, _) = line.split_once('=')?;
        Some(key.trim_end())
    })
}

fn fluent_value<'a>(arg: &'a Arg<'_>) -> FluentValue<'a> {
    match arg {
        Arg::Text(text) => FluentValue::from(text.as_ref()),
        Arg::Number(number) => FluentValue::from(*number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON_IN_JULY: i64 = 1_752_235_500_000;

    fn strings(tag: &str) -> Arc<Strings> {
        Strings::for_language(&Language::new(tag).unwrap())
    }

    #[test]
    fn dates_follow_each_languages_calendar_digits_and_grammar() {
        let (at, zone) = (Timestamp::from_millis(NOON_IN_JULY), TimeZone::get("Europe/Riga").unwrap());
        let show = |tag| {
            let s = strings(tag);
            [s.date_time(at, &zone), s.weekday_date(at, &zone), s.calendar_month(at, &zone)].join(" | ")
        };
        assert_eq!(show("en"), "July 11, 2025 at 3:05\u{202f}PM | Friday, July 11, 2025 | July");
        assert_eq!(show("ru"), "11 июля 2025 в 15:05 | пятница, 11 июля 2025 | июль");
        assert_eq!(show("fa"), "۲۰ تیر ۱۴۰۴ ساعت ۱۵:۰۵ | جمعه ۲۰ تیر ۱۴۰۴ | تیر");
        assert_eq!(show("de"), "11. Juli 2025 um 15:05 | Freitag, 11. Juli 2025 | Juli");
    }

    #[test]
    fn the_archives_months_are_told_in_the_languages_own_calendar() {
        assert_eq!(strings("fa").month(2025, 7), "تیر – مرداد ۱۴۰۴");
        assert_eq!(strings("fa").month(2025, 3), "اسفند ۱۴۰۳ – فروردین ۱۴۰۴");
        assert_eq!(strings("fa").year(2025), "۱۴۰۳ – ۱۴۰۴");
        assert_eq!(strings("ru").month(2025, 7), "июль 2025");
    }

    #[test]
    fn words_inside_documents_come_in_the_readers_language() {
        assert_eq!(strings("en").labels(), render::Labels::english());
        let persian = strings("fa").labels();
        assert_eq!((persian.digits[7], persian.decimal), ('۷', '٫'));
        assert_eq!(strings("ru").labels().decimal, ',');
    }

    #[test]
    fn numbers_are_written_in_the_languages_digits() {
        assert_eq!(strings("fa").number(1_234_567), "۱٬۲۳۴٬۵۶۷");
        assert_eq!(strings("en").number(1_234_567), "1,234,567");
    }
}
