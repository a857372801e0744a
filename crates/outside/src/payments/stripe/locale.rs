//! The languages of Stripe's pages.

use model::Language;

const WITH_REGION: [&str; 6] = ["en-GB", "es-419", "fr-CA", "pt-BR", "zh-HK", "zh-TW"];
const PLAIN: [&str; 35] = [
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fil", "fr", "hr", "hu", "id", "it", "ja", "ko", "lt", "lv",
    "ms", "mt", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sv", "th", "tr", "vi", "zh", "auto",
];

/// Stripe's word for a language, or `auto`: what the payer's browser asks for.
pub(super) fn of(language: &Language) -> &str {
    let primary = match language.primary() {
        "no" => "nb",
        other => other,
    };
    let whole = WITH_REGION.into_iter().find(|known| *known == language.as_str());
    whole.or_else(|| PLAIN.into_iter().find(|known| *known == primary)).unwrap_or("auto")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_that_stripe_does_not_have_is_left_to_the_browser() {
        for (ours, theirs) in [("en", "en"), ("pt-BR", "pt-BR"), ("de-CH", "de"), ("no", "nb"), ("fa", "auto")] {
            assert_eq!(of(&Language::new(ours).unwrap()), theirs);
        }
    }
}
