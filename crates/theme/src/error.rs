//! What can be wrong with a theme. Every message names the file, the line where it can, and what to do.

use std::path::PathBuf;

/// Why a theme could not be read at all, or a page not be rendered.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder or a file in it cannot be read.
    #[error("could not read theme {}; check that it exists and that this program may read it", path.display())]
    Read {
        /// What was to be read.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A file could not be written for a new theme.
    #[error("could not write {}; check that the folder is writable and the disk has room", path.display())]
    Write {
        /// What was to be written.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// `theme new` was pointed at a folder that holds something.
    #[error("{} is not empty; name a new folder for the theme", .0.display())]
    NotEmpty(PathBuf),
    /// Too many files, or one that is too large.
    #[error("{what}; a theme has at most {} files of at most {} KiB each", crate::files::MOST_FILES, crate::files::MOST_BYTES / 1024)]
    TooMuch {
        /// What is too much.
        what: String,
    },
    /// The built-in templates cannot show a page: a mistake in this program.
    #[error("could not render the built-in template {0}")]
    BuiltIn(Problem),
}

/// Something in a theme that does not work. The page stands all the same, by the built-in file of that name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[error("{}: {what}. {advice}", place(.file, .line))]
pub struct Problem {
    /// The file, as the theme's author knows it.
    pub file: String,
    /// The line, from 1.
    pub line: Option<usize>,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub advice: String,
}

fn place(file: &str, line: &Option<usize>) -> String {
    line.map_or_else(|| file.to_owned(), |line| format!("{file}, line {line}"))
}

impl Problem {
    /// A problem of a whole file.
    pub(crate) fn new(file: impl Into<String>, what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { file: file.into(), line: None, what: what.into(), advice: advice.into() }
    }

    /// From minijinja's error; `template` is told when the error does not know its file.
    pub(crate) fn template(error: &minijinja::Error, template: &str) -> Self {
        let inner = innermost(error);
        let file = inner.name().or_else(|| error.name()).unwrap_or(template);
        let what = match inner.detail() {
            Some(detail) => format!("{} ({detail})", inner.kind()),
            None => inner.kind().to_string(),
        };
        Self {
            file: format!("templates/{file}"),
            line: inner.line().or_else(|| error.line()),
            what,
            advice: advice(inner.kind()).to_owned(),
        }
    }
}

/// The error that an include or a block only passes on.
fn innermost(error: &minijinja::Error) -> &minijinja::Error {
    let source = std::error::Error::source(error).and_then(|source| source.downcast_ref::<minijinja::Error>());
    source.map_or(error, innermost)
}

fn advice(kind: minijinja::ErrorKind) -> &'static str {
    use minijinja::ErrorKind as Kind;
    match kind {
        Kind::SyntaxError => {
            "Look for a tag that is not closed: {% if %} needs {% endif %}, {% for %} needs {% endfor %}"
        }
        Kind::UndefinedError => {
            "No page of this kind has this field; docs/howto/make-a-theme.md names those it has. Optional ones need {% if %}"
        }
        Kind::TemplateNotFound => {
            "Templates are named by their file in templates/; the built-in ones are `builtin/NAME`"
        }
        Kind::UnknownFilter | Kind::UnknownFunction | Kind::UnknownTest => {
            "Besides minijinja's own there are the filters url, number, json_script and the functions t() and asset()"
        }
        Kind::OutOfFuel => "The template runs for too long: look for a loop over a range or a loop within a loop",
        _ => "Correct the template, or delete the file to have the built-in one back",
    }
}
