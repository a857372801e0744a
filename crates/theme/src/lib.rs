//! Page shells, typed page contexts, embedded defaults, overrides and their check.
//!
//! A page's context ([`context`]) goes in, its HTML comes out ([`Theme::render`]). Every file of a theme is looked up in
//! the newsroom's own folder, then in the theme's folder, then among those built in; a file that does not work is named
//! in [`Theme::problems`] or [`Rendered::problem`], and the built-in one stands in: **a broken theme never takes a page
//! down**. Pages need no script, name no host, and carry their styles in themselves.

mod assets;
mod check;
pub mod context;
pub mod desk;
mod engine;
mod error;
mod files;
mod html;
pub mod i18n;
mod page;
pub mod samples;
mod scaffold;
mod scripts;
mod styles;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, path::Path, sync::Arc};

use model::Language;

pub use assets::Asset;
pub use check::{BUDGET, HEADERS, PageSize, Report, check};
pub use context::Page;
pub use error::{Error, Problem};
pub use i18n::{Arg, Strings};
pub use page::Rendered;
pub use scaffold::scaffold;

use crate::{files::Files, i18n::Catalogue, page::Look, scripts::ScriptFile};

/// A theme, loaded and compiled; cheap to share behind an `Arc`.
#[derive(Debug)]
pub struct Theme {
    own: Look,
    builtin: Look,
    catalogue: Catalogue,
    problems: Vec<Problem>,
}

impl Theme {
    /// The built-in theme with the files of `folder` over it, if one is given.
    ///
    /// # Errors
    /// When the folder cannot be read. A file that does not work is no error: see [`Theme::problems`].
    pub fn load(folder: Option<&Path>) -> Result<Self, Error> {
        Self::layered(&folder.into_iter().collect::<Vec<_>>())
    }

    /// The built-in theme with the files of several folders over it, the uppermost first: newsroom, then theme.
    ///
    /// # Errors
    /// As for [`Theme::load`].
    pub fn layered(folders: &[&Path]) -> Result<Self, Error> {
        let builtin = files::builtin();
        let mut own = Files::new();
        for folder in folders.iter().rev() {
            own.extend(files::read(folder)?);
        }
        let mut all = builtin.clone();
        // Who replaces the sheet of texts replaces what stood in it once.
        if own.contains_key("styles/text.css") {
            styles::SELDOM.iter().for_each(|(name, _)| drop(all.remove(&format!("styles/{name}"))));
        }
        all.extend(own);
        let (builtin_look, problems) = look(&builtin, &builtin);
        if let Some(problem) = problems.into_iter().next() {
            return Err(Error::BuiltIn(problem));
        }
        let (own_look, mut problems) = look(&all, &builtin);
        let (catalogue, wrong) = catalogue(&all, &builtin);
        problems.extend(wrong);
        Ok(Self { own: own_look, builtin: builtin_look, catalogue, problems })
    }

    /// The page as HTML. Where the theme's own template fails, the built-in one stands in and the problem is told.
    ///
    /// # Errors
    /// When the built-in template fails, which is a mistake in this program.
    pub fn render(&self, page: &Page) -> Result<Rendered, Error> {
        let strings = self.strings(&page::language(page.shell()));
        match self.own.render(page, Arc::clone(&strings)) {
            Ok(rendered) => Ok(rendered),
            Err(problem) => {
                let standing_in = self.builtin.render(page, strings).map_err(Error::BuiltIn)?;
                Ok(Rendered { problem: Some(problem), ..standing_in })
            }
        }
    }

    /// What stands inside of an appeal's slot, for a device that chooses another than the page shows. Its links are those of a page
    /// at the site's root.
    ///
    /// # Errors
    /// As [`Theme::render`].
    pub fn appeal(&self, inner: &context::AppealInner, language: &Language) -> Result<String, Error> {
        let strings = self.strings(language);
        match self.own.appeal(inner, Arc::clone(&strings)) {
            Ok(html) => Ok(html),
            Err(_) => self.builtin.appeal(inner, strings).map_err(Error::BuiltIn),
        }
    }

    /// The words of a language, with those that the theme's own Fluent files change or add.
    #[must_use]
    pub fn strings(&self, language: &Language) -> Arc<Strings> {
        self.catalogue.strings(language)
    }

    /// The languages that have words of their own, sorted.
    #[must_use]
    pub fn languages(&self) -> Vec<Language> {
        self.catalogue.languages()
    }

    /// Everything that pages of this theme point at, in the order of names.
    pub fn assets(&self) -> impl Iterator<Item = &Asset> {
        let own = &self.own.assets;
        let rest =
            self.builtin.assets.iter().filter(|(name, asset)| own.get(*name).is_none_or(|o| o.path != asset.path));
        own.values().chain(rest.map(|(_, asset)| asset)).chain(ScriptFile::ALL.map(ScriptFile::asset))
    }

    /// The asset at a public path such as `/assets/icon.1a2b3c4d.svg`.
    #[must_use]
    pub fn asset(&self, path: &str) -> Option<&Asset> {
        self.assets().find(|asset| asset.path == path)
    }

    /// What did not work when the theme was loaded.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

fn look(files: &Files, builtin: &Files) -> (Look, Vec<Problem>) {
    let (assets, mut problems) = assets::collect(files);
    let (environment, wrong) = engine::environment(files, builtin, &assets);
    problems.extend(wrong);
    let mut sheets = BTreeMap::new();
    for (path, file) in files {
        let Some(name) = path.strip_prefix("styles/") else { continue };
        let css = styles::minify(&file.text());
        for wanted in styles::wanted_assets(&css).filter(|wanted| !assets.contains_key(*wanted)) {
            let advice = "Put the file there, or name one that is there";
            problems.push(Problem::new(file.shown(path), format!("there is no file assets/{wanted}"), advice));
        }
        sheets.insert(name.to_owned(), css);
    }
    (Look { environment, styles: sheets, assets }, problems)
}

/// The words of all languages: for each, the built-in file below the theme's own.
fn catalogue(files: &Files, builtin: &Files) -> (Catalogue, Vec<Problem>) {
    let (mut resources, mut problems) = (Vec::new(), Vec::new());
    let own = files.iter().filter(|(_, file)| file.from.is_some());
    for (path, file) in builtin.iter().chain(own) {
        let Some(tag) = path.strip_prefix("i18n/").and_then(|name| name.strip_suffix(".ftl")) else { continue };
        let shown = file.shown(path);
        match (Language::new(tag), i18n::parse(&shown, file.text().into_owned())) {
            (Ok(language), Ok(resource)) => resources.push((language, resource)),
            (Err(error), _) => {
                problems.push(Problem::new(shown, error.to_string(), "Name the file after its language"))
            }
            (_, Err(error)) => problems.push(error),
        }
    }
    (Catalogue::new(&resources), problems)
}
