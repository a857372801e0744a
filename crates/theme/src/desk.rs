//! The desk's pages: built-in templates in `desk/templates`, words in `desk/i18n`.
//!
//! A newsroom's theme never reaches them: whoever works on a theme can't break, or listen in on, the desk. Every page is
//! given a [`Shell`] (what stands around it) and its own context, `page`. In debug builds the files are read from disk
//! at each page, so that a change shows at once.

use std::{collections::BTreeMap, sync::Arc};

use minijinja::{
    Environment, Error as Wrong, State, UndefinedBehavior, Value, context, syntax::SyntaxConfig, value::Serde,
};
use model::{Language, Timestamp};
use rust_embed::RustEmbed;
use serde::Serialize;

use crate::{
    Error, Problem, Strings,
    engine::Words,
    i18n::{self, Catalogue},
};

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/desk/templates"]
struct Templates;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/desk/i18n"]
struct Texts;

/// What stands around every page of the desk.
#[derive(Debug, Clone, Serialize)]
pub struct Shell {
    /// The page's language, as a tag.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// The newsroom's name in that language.
    pub newsroom: String,
    /// IANA name of the zone in which times are shown.
    pub time_zone: String,
    /// Who is signed in, if anybody.
    pub who: Option<Who>,
    /// Which entry of the menu this page belongs to: `stories`, `media`, … or empty.
    pub here: &'static str,
    /// Addresses of the desk's own files, by name.
    pub assets: BTreeMap<&'static str, String>,
    /// What a form that was just sent led to, as the key of a text.
    pub said: Option<String>,
    /// Issues that are held, which every page says to editors.
    pub held: Vec<HeldIssue>,
}

/// An issue of a newsletter that is held.
#[derive(Debug, Clone, Serialize)]
pub struct HeldIssue {
    /// Its id.
    pub id: String,
    /// Its newsletter's name.
    pub newsletter: String,
    /// Its number.
    pub number: i64,
    /// Why, as a part of the key of a text.
    pub why: String,
}

/// Somebody signed in, as pages need it.
#[derive(Debug, Clone, Serialize)]
pub struct Who {
    /// Pen name.
    pub handle: String,
    /// Role as stored.
    pub role: &'static str,
    /// What every form must carry.
    pub csrf: String,
    /// Whether this is an editor or more.
    pub edits: bool,
    /// Whether this is a newsletter editor or more.
    pub sends: bool,
    /// Whether this is a publisher.
    pub publishes: bool,
    /// Mentions not seen yet.
    pub mentions: i64,
}

/// The desk's templates and words, compiled.
#[derive(Debug)]
pub struct Desk {
    environment: Environment<'static>,
    catalogue: Catalogue,
}

impl Desk {
    /// Compiles everything.
    ///
    /// # Errors
    /// When a template or a Fluent file is broken, which is a mistake in this program.
    pub fn load() -> Result<Self, Error> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_debug(true);
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
        environment.set_syntax(syntax.unwrap_or_default());
        environment.add_filter("when", when);
        environment.add_filter("day", day);
        environment.add_filter("number", number);
        environment.add_filter("json_script", |json: String| Value::from_safe_string(json.replace('<', "\\u003c")));
        for name in Templates::iter() {
            let source = text::<Templates>(&name);
            let added = environment.add_template_owned(name.to_string(), source);
            added.map_err(|error| Error::BuiltIn(Problem::template(&error, &name)))?;
        }
        let mut resources = Vec::new();
        for name in Texts::iter() {
            // `en.ftl`, or a part of it in a file of its own: `en.media.ftl`.
            let tag = name.split('.').next().unwrap_or_default();
            let language = Language::new(tag).map_err(|error| broken(&name, &error.to_string()))?;
            resources.push((language, i18n::parse(&name, text::<Texts>(&name)).map_err(Error::BuiltIn)?));
        }
        Ok(Self { environment, catalogue: Catalogue::new(&resources) })
    }

    /// A page as HTML. In its template stand `shell`, `page` and `t('key', name=value)`.
    ///
    /// # Errors
    /// When the template asks for something that is not there, which is a mistake in this program.
    pub fn render(&self, template: &str, shell: &Shell, page: impl Serialize) -> Result<String, Error> {
        let language = Language::new(&shell.language).unwrap_or_else(|_| Language::english());
        let strings = self.catalogue.strings(&language);
        let failed = |error: Wrong| Error::BuiltIn(Problem::template(&error, template));
        let found = self.environment.get_template(template).map_err(failed)?;
        let page = Value::from(Serde(page));
        let shell = Value::from(Serde(shell));
        found.render(context! { shell, page, t => Value::from_object(Words { strings }) }).map_err(failed)
    }

    /// A page with nothing around it, in English: what it says is for programs' people.
    ///
    /// # Errors
    /// As [`Desk::render`].
    pub fn render_alone(&self, template: &str, page: impl Serialize) -> Result<String, Error> {
        let failed = |error: Wrong| Error::BuiltIn(Problem::template(&error, template));
        let found = self.environment.get_template(template).map_err(failed)?;
        let page = Value::from(Serde(page));
        found.render(context! { page }).map_err(failed)
    }

    /// The words of a language.
    #[must_use]
    pub fn strings(&self, language: &Language) -> Arc<Strings> {
        self.catalogue.strings(language)
    }

    /// The languages that the desk speaks, sorted.
    #[must_use]
    pub fn languages(&self) -> Vec<Language> {
        self.catalogue.languages()
    }
}

fn broken(file: &str, what: &str) -> Error {
    Error::BuiltIn(Problem::new(format!("desk/{file}"), what, "Mend the file"))
}

fn text<Files: RustEmbed>(name: &str) -> String {
    Files::get(name).map(|file| String::from_utf8_lossy(&file.data).into_owned()).unwrap_or_default()
}

fn strings_of(state: &State<'_, '_>) -> Option<Arc<Strings>> {
    let words = state.lookup("t")?;
    words.downcast_object_ref::<Words>().map(|words| Arc::clone(&words.strings))
}

fn zone_of(state: &State<'_, '_>) -> jiff::tz::TimeZone {
    let name = state.lookup("shell").and_then(|shell| shell.get_attr("time_zone").ok());
    let zone = name.as_ref().and_then(Value::as_str).and_then(|name| jiff::tz::TimeZone::get(name).ok());
    zone.unwrap_or(jiff::tz::TimeZone::UTC)
}

/// A moment in milliseconds as `<time>`, in the newsroom's zone: the time of day, and the date as well.
fn when(state: &State<'_, '_>, millis: i64) -> Value {
    moment(state, millis, Strings::date_time)
}

/// The same without the time of day.
fn day(state: &State<'_, '_>, millis: i64) -> Value {
    moment(state, millis, Strings::date)
}

fn moment(state: &State<'_, '_>, millis: i64, say: fn(&Strings, Timestamp, &jiff::tz::TimeZone) -> String) -> Value {
    let at = Timestamp::from_millis(millis);
    let said = strings_of(state).map_or_else(|| at.to_string(), |strings| say(&strings, at, &zone_of(state)));
    Value::from_safe_string(format!("<time datetime=\"{at}\">{}</time>", said.replace('<', "&lt;")))
}

fn number(state: &State<'_, '_>, number: i64) -> String {
    strings_of(state).map_or_else(|| number.to_string(), |strings| strings.number(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_and_text_is_well_formed() {
        let desk = Desk::load().unwrap();
        let tags: Vec<String> = desk.languages().iter().map(ToString::to_string).collect();
        assert_eq!(tags, ["en", "fa", "ru"]);
    }

    #[test]
    fn every_language_has_every_word_that_english_has() {
        let desk = Desk::load().unwrap();
        let english = desk.strings(&Language::english());
        for language in desk.languages() {
            assert_eq!(desk.strings(&language).keys(), english.keys(), "{language}");
        }
    }

    /// Keys that are put together at run time (`t('state-' ~ state)`) are not looked for here.
    #[test]
    fn templates_ask_only_for_words_that_are_there() {
        let desk = Desk::load().unwrap();
        let english = desk.strings(&Language::english());
        for name in Templates::iter() {
            for (line, key) in crate::engine::wanted_texts(&text::<Templates>(&name)) {
                assert!(english.keys().iter().any(|k| k == key), "{name}, line {line}: no text is named `{key}`");
            }
        }
    }

    #[test]
    fn every_deed_that_is_put_on_record_has_a_sentence() {
        fn read(dir: &std::path::Path, into: &mut String) {
            for entry in std::fs::read_dir(dir).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    read(&path, into);
                } else {
                    into.push_str(&std::fs::read_to_string(&path).unwrap());
                }
            }
        }
        let mut source = String::new();
        read(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/src"), &mut source);
        let nouns = [
            "story",
            "photo",
            "session",
            "staff",
            "sign_in",
            "section",
            "topic",
            "byline",
            "page",
            "front",
            "token",
            "webhook",
            "job",
            "vault",
            "list",
            "newsletter",
            "issue",
            "subscriber",
            "appeal",
            "contribution",
        ];
        let deed = |text: &&str| {
            let parts = text.split_once('.');
            parts.is_some_and(|(noun, verb)| {
                nouns.contains(&noun) && verb.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') && !verb.is_empty()
            })
        };
        // Abort points and names of templates look like deeds.
        let others = [
            "webhook.begun",
            "webhook.sent",
            "vault.burned",
            "page.html",
            "story.html",
            "issue.html",
            "newsletter.html",
        ];
        let found: Vec<&str> = source.split('"').filter(deed).filter(|text| !others.contains(text)).collect();
        assert!(found.len() > 30, "deeds are written in another way now");
        let english = Desk::load().unwrap().strings(&Language::english());
        for deed in found {
            let key = format!("log-{}", deed.replace('.', "-"));
            assert!(english.keys().contains(&key), "`{deed}` has no sentence: write `{key}` into *.house.ftl");
        }
    }
}
