//! Templates: minijinja with strict undefined values, HTML escaping, and limits on time and depth.
//!
//! Two environments are kept: one with the theme's templates over the built-in ones, one with the built-in ones alone. A
//! page is rendered by the first; where that fails, by the second, so that a page always stands.

use std::{collections::BTreeMap, sync::Arc};

use minijinja::{
    Environment, Error, ErrorKind, State, UndefinedBehavior, Value,
    syntax::SyntaxConfig,
    value::{Kwargs, Object, from_args},
};

use crate::{Problem, Strings, assets::Asset, files::Files, i18n::Arg};

/// Instructions that one page may take; a full front page takes about fifteen thousand.
const FUEL: u64 = 2_000_000;
const DEPTH: usize = 60;

/// What stands for the content security policy until the page's styles are known.
pub(crate) const POLICY: &str = "masthead-content-security-policy";

/// The environment of these files, and what is wrong with the templates among them. A broken template is left out, and
/// the one of `instead` with the same name stands in.
pub(crate) fn environment(
    files: &Files,
    instead: &Files,
    assets: &BTreeMap<String, Asset>,
) -> (Environment<'static>, Vec<Problem>) {
    let mut environment = bare(assets);
    let mut problems = Vec::new();
    for (name, file) in instead {
        if let Some(name) = name.strip_prefix("templates/") {
            problems.extend(add(&mut environment, &format!("builtin/{name}"), &file.text()));
        }
    }
    for (path, file) in files {
        let Some(name) = path.strip_prefix("templates/") else { continue };
        if let Some(problem) = add(&mut environment, name, &file.text()) {
            problems.push(Problem { file: file.shown(path), ..problem });
            if let Some(standing_in) = instead.get(path) {
                problems.extend(add(&mut environment, name, &standing_in.text()));
            }
        }
    }
    (environment, problems)
}

fn add(environment: &mut Environment<'static>, name: &str, source: &str) -> Option<Problem> {
    let added = environment.add_template_owned(name.to_owned(), lean(source));
    added.err().map(|error| Problem::template(&error, name))
}

/// A template's source without indentation: nothing in a page's markup needs it, and it costs bytes. Line numbers stay.
fn lean(source: &str) -> String {
    let mut out: String = source.lines().flat_map(|line| [line.trim_start(), "\n"]).collect();
    out.truncate(out.trim_end().len());
    out
}

fn bare(assets: &BTreeMap<String, Asset>) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment.set_recursion_limit(DEPTH);
    environment.set_debug(true);
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build().unwrap_or_default());
    environment.add_filter("url", url);
    environment.add_filter("at_root", at_root);
    environment.add_filter("number", number);
    environment.add_filter("json_script", |json: String| Value::from_safe_string(json.replace('<', "\\u003c")));
    let paths: BTreeMap<String, String> = assets.iter().map(|(n, a)| (n.clone(), a.path.clone())).collect();
    environment.add_function("asset", move |state: &State<'_, '_>, name: String| match paths.get(&name) {
        Some(path) => Ok(relative(state, path)),
        None => Err(Error::new(ErrorKind::InvalidOperation, format!("there is no file assets/{name}"))),
    });
    environment
}

/// A root-relative path as seen from the page.
fn url(state: &State<'_, '_>, path: String) -> Value {
    relative(state, &path)
}

/// Markup made before the page's place was known.
fn at_root(state: &State<'_, '_>, html: String) -> Value {
    let root = state.lookup("root").map(|root| root.to_string()).unwrap_or_default();
    Value::from_safe_string(html.replace(crate::context::ROOT, &root))
}

fn relative(state: &State<'_, '_>, path: &str) -> Value {
    let root = state.lookup("root").map(|root| root.to_string()).unwrap_or_default();
    let address = format!("{root}{}", path.trim_start_matches('/'));
    // Escaped here, because the engine would write every slash as `&#x2f;`: six bytes for one, all over a page that
    // must be small.
    let mut escaped = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    Value::from_safe_string(escaped)
}

fn number(state: &State<'_, '_>, number: i64) -> String {
    match state.lookup("t").as_ref().and_then(|t| t.downcast_object_ref::<Words>()) {
        Some(words) => words.strings.number(number),
        None => number.to_string(),
    }
}

/// `t('key', name=value)` in templates: a message in the page's language.
#[derive(Debug)]
pub(crate) struct Words {
    pub(crate) strings: Arc<Strings>,
}

impl Object for Words {
    fn call(self: &Arc<Self>, _: &mut State<'_, '_>, args: &[Value]) -> Result<Value, Error> {
        let (key, values): (String, Kwargs) = from_args(args)?;
        let mut given: Vec<(String, Arg<'static>)> = Vec::new();
        for name in values.args() {
            let value: Value = values.get(name)?;
            let arg = i64::try_from(value.clone()).map_or_else(|_| Arg::from(value.to_string()), Arg::Number);
            given.push((name.to_owned(), arg));
        }
        let given: Vec<(&str, Arg<'_>)> = given.iter().map(|(name, arg)| (name.as_str(), arg.clone())).collect();
        let found = self.strings.find(&key, &given);
        found.map(Value::from).ok_or_else(|| {
            Error::new(ErrorKind::InvalidOperation, format!("no text is named `{key}`; write it into i18n/en.ftl"))
        })
    }
}

/// The keys of all texts that a template asks for by a plain name (`t('key'`), with their lines.
pub(crate) fn wanted_texts(source: &str) -> impl Iterator<Item = (usize, &str)> {
    source.lines().enumerate().flat_map(|(number, line)| {
        let keys = line.split("t('").skip(1).filter_map(|rest| rest.split_once('\''));
        keys.filter(|(_, after)| !after.trim_start().starts_with('~')).map(move |(key, _)| (number + 1, key))
    })
}
