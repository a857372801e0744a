//! The words of all languages that a theme speaks.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use fluent_bundle::FluentResource;
use model::Language;

use super::{Strings, parse};

/// The words of several languages.
#[derive(Debug)]
pub(crate) struct Catalogue {
    english: Arc<Strings>,
    languages: HashMap<Language, Arc<Strings>>,
    others: Mutex<HashMap<Language, Arc<Strings>>>,
}

impl Catalogue {
    /// From Fluent texts; later ones of a language stand over earlier ones.
    pub(crate) fn new(files: &[(Language, Arc<FluentResource>)]) -> Self {
        let of = |language: &Language| -> Vec<_> {
            files.iter().filter(|(l, _)| l == language).map(|(_, resource)| Arc::clone(resource)).collect()
        };
        let english = Arc::new(Strings::new(Language::english(), &of(&Language::english()), None));
        let mut languages = HashMap::from([(Language::english(), Arc::clone(&english))]);
        for (language, _) in files {
            languages
                .entry(language.clone())
                .or_insert_with(|| Arc::new(Strings::new(language.clone(), &of(language), Some(Arc::clone(&english)))));
        }
        Self { english, languages, others: Mutex::default() }
    }

    /// The languages that have a file, sorted.
    pub(crate) fn languages(&self) -> Vec<Language> {
        let mut all: Vec<_> = self.languages.keys().cloned().collect();
        all.sort();
        all
    }

    /// The words of a language, else of its primary language with its own dates, else English with its own dates.
    pub(crate) fn strings(&self, language: &Language) -> Arc<Strings> {
        if let Some(strings) = self.languages.get(language) {
            return Arc::clone(strings);
        }
        let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(strings) = others.get(language) {
            return Arc::clone(strings);
        }
        let fallback = self.languages.get(language.primary()).unwrap_or(&self.english);
        let strings = Arc::new(Strings::new(language.clone(), &[], Some(Arc::clone(fallback))));
        if others.len() < MOST_OTHERS {
            others.insert(language.clone(), Arc::clone(&strings));
        }
        strings
    }
}

/// Languages without a file whose formatters are kept.
const MOST_OTHERS: usize = 64;

/// The words that come with the program, read once.
pub(super) fn builtin() -> &'static Catalogue {
    static BUILTIN: LazyLock<Catalogue> = LazyLock::new(|| {
        let read = |(tag, source): (&str, &str)| Some((Language::new(tag).ok()?, parse(tag, source.to_owned()).ok()?));
        Catalogue::new(&BUILTIN_FILES.into_iter().filter_map(read).collect::<Vec<_>>())
    });
    &BUILTIN
}

/// The Fluent files that come with the program.
pub(crate) const BUILTIN_FILES: [(&str, &str); 3] = [
    ("en", include_str!("../../i18n/en.ftl")),
    ("ru", include_str!("../../i18n/ru.ftl")),
    ("fa", include_str!("../../i18n/fa.ftl")),
];
