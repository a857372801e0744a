//! `theme check`: renders every kind of page with rich and with empty samples, in every language, and names what would
//! hurt a reader: a template that fails, a page too large to pass, an address elsewhere, script, a missing word.

use std::{collections::BTreeSet, io::Write as _, path::Path, sync::Arc};

use flate2::{Compression, write::GzEncoder};
use model::Language;
use serde::Serialize;

use crate::{Error, Problem, Rendered, Strings, Theme, engine, files, html, samples};

/// A page with its styles and response headers must fit into this many bytes (law 7).
pub const BUDGET: usize = 12 * 1024;
/// What the response headers take of it.
pub const HEADERS: usize = 768;

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// What must be put right.
    pub problems: Vec<Problem>,
    /// What works, but could be better: words that come from English.
    pub notices: Vec<Problem>,
    /// Every page that was rendered.
    pub pages: Vec<PageSize>,
}

/// The size of a rendered page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageSize {
    /// Which sample.
    pub name: String,
    /// In which language.
    pub language: String,
    /// Bytes after gzip, without headers.
    pub gzip: usize,
}

impl Report {
    /// Whether the theme can go to readers.
    #[must_use]
    pub fn is_fine(&self) -> bool {
        self.problems.is_empty()
    }

    fn add(&mut self, problem: Problem) {
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for problem in &self.problems {
            writeln!(f, "problem: {problem}")?;
        }
        for notice in &self.notices {
            writeln!(f, "notice: {notice}")?;
        }
        let largest = self.pages.iter().max_by_key(|page| page.gzip);
        if let Some(page) = largest {
            let with_headers = page.gzip + HEADERS;
            let (pages, name, language) = (self.pages.len(), &page.name, &page.language);
            writeln!(f, "{pages} pages; the largest is {name} ({language}) with {with_headers} of {BUDGET} bytes")?;
        }
        Ok(())
    }
}

/// Checks the theme in a folder, over the built-in one.
///
/// # Errors
/// When the folder cannot be read.
pub fn check(folder: &Path) -> Result<Report, Error> {
    let theme = Theme::load(Some(folder))?;
    let mut report = theme.check()?;
    for (path, file) in files::read(folder)? {
        let text = file.text();
        if path.starts_with("templates/") {
            let english = theme.strings(&Language::english());
            for (line, key) in engine::wanted_texts(&text) {
                if english.find(key, &[]).is_none() {
                    let what = format!("no text is named `{key}`");
                    let advice = "Write it into i18n/en.ftl, and into each other language".to_owned();
                    report.add(Problem { file: file.shown(&path), line: Some(line), what, advice });
                }
            }
        } else if path.starts_with("styles/") && (text.contains("@import") || text.contains("//")) {
            let advice = "Put the file into assets/ and write url(asset:NAME)";
            report.add(Problem::new(file.shown(&path), "the sheet points elsewhere", advice));
        }
    }
    Ok(report)
}

impl Theme {
    /// Renders every sample in every language and looks at the pages.
    ///
    /// # Errors
    /// When a built-in template fails, which is a mistake in this program.
    pub fn check(&self) -> Result<Report, Error> {
        let mut report = Report { problems: self.problems().to_vec(), ..Report::default() };
        let english = self.strings(&Language::english());
        for language in self.languages() {
            let strings = self.strings(&language);
            report.notices.extend(missing_texts(&strings, &english));
            for sample in samples::pages(&strings) {
                let rendered = self.render(&sample.page)?;
                look(&mut report, sample.name, &strings, sample.page.template(), &rendered);
            }
        }
        Ok(report)
    }
}

fn look(report: &mut Report, name: &str, strings: &Arc<Strings>, template: &str, rendered: &Rendered) {
    if let Some(problem) = &rendered.problem {
        report.add(problem.clone());
    }
    let file = format!("templates/{template}");
    let gzip = gzipped(&rendered.html);
    if gzip + HEADERS > BUDGET {
        let what = format!("the page `{name}` ({}) takes {} bytes of {BUDGET}", strings.language(), gzip + HEADERS);
        let advice = "Shorten the style sheets or the markup: some networks cut what is longer".to_owned();
        report.add(Problem { file: file.clone(), line: None, what, advice });
    }
    for found in html::forbidden(&rendered.without_own_scripts()) {
        report.add(Problem { file: file.clone(), line: None, what: found.what, advice: found.advice.to_owned() });
    }
    report.pages.push(PageSize { name: name.to_owned(), language: strings.language().to_string(), gzip });
}

/// Words that a language takes from English.
fn missing_texts(strings: &Strings, english: &Strings) -> Option<Problem> {
    let own: BTreeSet<&String> = strings.keys().iter().collect();
    let missing: Vec<&str> = english.keys().iter().filter(|key| !own.contains(key)).map(String::as_str).collect();
    if missing.is_empty() {
        return None;
    }
    let what = format!("these words come from English: {}", missing.join(", "));
    Some(Problem::new(format!("i18n/{}.ftl", strings.language()), what, "Write them in this language"))
}

fn gzipped(html: &str) -> usize {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    // Writing to memory cannot fail; if it did, the page would count as too large.
    gzip.write_all(html.as_bytes()).and_then(|()| gzip.finish()).map_or(usize::MAX - HEADERS, |bytes| bytes.len())
}
