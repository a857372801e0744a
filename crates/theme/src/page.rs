//! From a page's context to its HTML.
//!
//! The page's styles are put together first and given to the template; when it is rendered, every `<style>` in it is
//! hashed, and the content security policy in its head names exactly those. The same hashes go into the header.

use std::{collections::BTreeMap, sync::Arc};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use minijinja::{Environment, Value, context};
use model::Language;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{
    Page, Problem, Strings,
    assets::Asset,
    context::{AppealInner, Shell},
    engine::{POLICY, Words},
    scripts::{Script, ScriptFile},
    styles,
};

/// A page ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The whole page.
    pub html: String,
    /// `sha256-…` of each `<style>` in it, for the `Content-Security-Policy` header.
    pub style_hashes: Vec<String>,
    /// `sha256-…` of each built-in script that it carries.
    pub script_hashes: Vec<String>,
    /// The built-in scripts that it carries.
    pub(crate) scripts: Vec<Script>,
    /// The built-in script files that it loads.
    pub(crate) files: Vec<ScriptFile>,
    /// What is wrong with the theme's own template, when the built-in one had to stand in.
    pub problem: Option<Problem>,
}

impl Rendered {
    /// The content security policy that the page's head carries too: nothing but its own styles, pictures and fonts, and
    /// the built-in scripts that it carries. Where it loads script files, they are this site's, which has none but the built-in
    /// ones. Pages with an appeal may ask this site for what else may stand there.
    #[must_use]
    pub fn policy(&self) -> String {
        policy(&self.style_hashes, &self.script_hashes, &self.files)
    }
}

impl Rendered {
    /// A page that has nothing but styles with these hashes: to measure what its headers take.
    #[must_use]
    pub fn styled(style_hashes: Vec<String>) -> Self {
        let (html, script_hashes, scripts) = (String::new(), Vec::new(), Vec::new());
        Self { html, style_hashes, script_hashes, scripts, files: Vec::new(), problem: None }
    }

    /// The page without the built-in scripts that it carries.
    pub(crate) fn without_own_scripts(&self) -> String {
        let without =
            |html: String, script: &Script| html.replacen(&format!("<script>{}</script>", script.text()), "", 1);
        let mut html = self.scripts.iter().fold(self.html.clone(), without);
        for file in &self.files {
            let tag = html.find(file.asset().path.as_str()).and_then(|at| html[..at].rfind("<script src="));
            if let Some((at, end)) = tag.and_then(|at| Some((at, html[at..].find("</script>")?))) {
                html.replace_range(at..at + end + "</script>".len(), "");
            }
        }
        html
    }
}

/// One set of templates with the style sheets that belong to it.
#[derive(Debug)]
pub(crate) struct Look {
    pub(crate) environment: Environment<'static>,
    pub(crate) styles: BTreeMap<String, String>,
    pub(crate) assets: BTreeMap<String, Asset>,
}

impl Look {
    pub(crate) fn render(&self, page: &Page, strings: Arc<Strings>) -> Result<Rendered, Problem> {
        let name = page.template();
        let failed = |error: minijinja::Error| Problem::template(&error, name);
        let shell = page.shell();
        let fields = fields(page);
        let files: Vec<ScriptFile> = ScriptFile::of(page).collect();
        let file = |file: ScriptFile| {
            let path = format!("{}{}", shell.root, file.asset().path.trim_start_matches('/'));
            files.contains(&file).then(|| Value::from_safe_string(path))
        };
        let script = |script: Script| Value::from_safe_string(script.text_on(page));
        let all = context! {
            root => shell.root.as_str(),
            appeal_script => file(ScriptFile::Appeals),
            appeal_story => page.ends_a_story(),
            csp => POLICY,
            styles => Value::from_safe_string(self.style(page, shell)),
            t => Value::from_object(Words { strings }),
            proof => script(Script::Proof),
            remind_device => script(Script::RemindDevice),
            remind_note => file(ScriptFile::RemindNote),
            ..fields
        };
        let html = self.environment.get_template(name).and_then(|template| template.render(all)).map_err(failed)?;
        let style_hashes = hashes(&html);
        // The hashes are those of our own scripts, whatever a theme's template makes of them: no other ones run.
        let scripts: Vec<Script> = Script::of(page).collect();
        let script_hashes: Vec<String> = scripts.iter().map(|script| hash(&script.text())).collect();
        let html = html.replacen(POLICY, &policy(&style_hashes, &script_hashes, &files), 1);
        Ok(Rendered { html, style_hashes, script_hashes, scripts, files, problem: None })
    }

    /// What stands inside of an appeal's slot, as a page at the site's root would show it.
    pub(crate) fn appeal(&self, inner: &AppealInner, strings: Arc<Strings>) -> Result<String, Problem> {
        const NAME: &str = "_appeal.html";
        let failed = |error: minijinja::Error| Problem::template(&error, NAME);
        let all = context! {
            root => "/",
            inner => Value::from(minijinja::value::Serde(inner)),
            t => Value::from_object(Words { strings }),
        };
        self.environment.get_template(NAME).and_then(|template| template.render(all)).map_err(failed)
    }

    fn style(&self, page: &Page, shell: &Shell) -> String {
        let texts = page.texts();
        let sheets = styles::compose(page.styles(), &texts, shell.dir == "rtl");
        let sheets = sheets.chain(page.has_device_script().then_some("appeal.css"));
        let sheets = sheets.chain(page.reminds().then_some("reminder.css"));
        let css: String = sheets.filter_map(|name| self.styles.get(name)).map(String::as_str).collect();
        styles::with_assets(&css, &self.assets, &shell.root)
    }
}

/// What the page's template sees.
fn fields(page: &Page) -> Value {
    fn of(page: &impl Serialize) -> Value {
        Value::from(minijinja::value::Serde(page))
    }
    match page {
        Page::Front(page) => of(page),
        Page::Story(page) => of(page),
        Page::Section(page) => of(page),
        Page::Topic(page) => of(page),
        Page::Topics(page) => of(page),
        Page::Byline(page) => of(page),
        Page::Static(page) => of(page),
        Page::Archive(page) => of(page),
        Page::ArchiveMonth(page) => of(page),
        Page::Latest(page) => of(page),
        Page::LiteFront(page) => of(page),
        Page::LiteStory(page) => of(page),
        Page::NotFound(page) => of(page),
        Page::Gone(page) => of(page),
        Page::Newsletters(page) => of(page),
        Page::Letter(page) => of(page),
        Page::Issue(page) => of(page),
        Page::Note(page) => of(page),
        Page::Preferences(page) => of(page),
        Page::Remind(page) => of(page),
        Page::Support(page) => of(page),
        Page::Thanks(page) => of(page),
        Page::Giving(page) => of(page),
        Page::Sandbox(page) => of(page),
    }
}

/// The language of a page, for its words.
pub(crate) fn language(shell: &Shell) -> Language {
    Language::new(&shell.language).unwrap_or_else(|_| Language::english())
}

fn hashes(html: &str) -> Vec<String> {
    let styles = html.split("<style").skip(1).filter_map(|rest| rest.split_once('>')?.1.split_once("</style>"));
    styles.map(|(css, _)| hash(css)).collect()
}

fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}

fn policy(style_hashes: &[String], script_hashes: &[String], files: &[ScriptFile]) -> String {
    let styles: String = style_hashes.iter().map(|hash| format!(" '{hash}'")).collect();
    let styles = if styles.is_empty() { " 'none'".to_owned() } else { styles };
    let scripts: String = script_hashes.iter().map(|hash| format!(" '{hash}'")).collect();
    let own = if files.is_empty() { "" } else { " 'self'" };
    let asks = if files.contains(&ScriptFile::Appeals) { "connect-src 'self'; " } else { "" };
    let script = match (scripts.as_str(), own) {
        ("", "") => String::new(),
        _ => format!("script-src{scripts}{own}; {asks}"),
    };
    format!(
        "default-src 'none'; {script}style-src{styles}; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'"
    )
}
