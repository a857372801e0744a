//! Numbers inside messages, in the language's own digits and groups.

use fluent_bundle::FluentValue;
use icu::decimal::{DecimalFormatter, input::Decimal};
use intl_memoizer::{Memoizable, concurrent::IntlLangMemoizer};
use unic_langid::LanguageIdentifier;

/// A language's number formatter, kept by its Fluent bundle.
struct Digits(DecimalFormatter);

impl Memoizable for Digits {
    type Args = ();
    type Error = ();

    fn construct(language: LanguageIdentifier, (): ()) -> Result<Self, ()> {
        let locale: icu::locale::Locale = language.to_string().parse().map_err(|_| ())?;
        DecimalFormatter::try_new(locale.into(), Default::default()).map(Self).map_err(|_| ())
    }
}

/// Writes a whole number as the bundle's language does; anything else stays with Fluent.
pub(super) fn format(value: &FluentValue<'_>, memoizer: &IntlLangMemoizer) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    if number.value.fract() != 0.0 || number.value.abs() > 9e15 {
        return None;
    }
    let whole: i64 = format!("{:.0}", number.value).parse().ok()?;
    memoizer.with_try_get::<Digits, _, _>((), |digits| digits.0.format(&Decimal::from(whole)).to_string()).ok()
}
