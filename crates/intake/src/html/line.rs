//! A line being written: text and open marks. When a block comes in between, the line is cut and its marks go on after.

use model::document::Inline;
use model::{Direction, Language};

/// A mark around text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Mark {
    Strong,
    Emphasis,
    Strike,
    Sub,
    Sup,
    Link(String),
    Language(Language),
    Direction(Direction),
    /// An element that marks nothing.
    Nothing,
}

impl Mark {
    fn around(&self, content: Vec<Inline>) -> Vec<Inline> {
        // A reference to a footnote is raised by itself.
        let only_notes = *self == Self::Sup && content.iter().all(|inline| matches!(inline, Inline::Footnote { .. }));
        if content.is_empty() || only_notes {
            return content;
        }
        vec![match self {
            Self::Strong => Inline::Strong { content },
            Self::Emphasis => Inline::Emphasis { content },
            Self::Strike => Inline::Strike { content },
            Self::Sub => Inline::Sub { content },
            Self::Sup => Inline::Sup { content },
            Self::Link(href) => Inline::Link { href: href.clone(), content },
            Self::Language(language) => Inline::Language { language: language.clone(), content },
            Self::Direction(direction) => Inline::Direction { direction: *direction, content },
            Self::Nothing => return content,
        }]
    }
}

/// Marks beyond this depth are left out, their text stays.
const MAX_MARKS: usize = 12;

#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    /// Whether line breaks count, as in verse.
    pub(super) verse: bool,
    bottom: Vec<Inline>,
    open: Vec<(Mark, Vec<Inline>)>,
}

impl Line {
    /// An empty line in which `marks` are open.
    pub(super) fn within(marks: Vec<Mark>) -> Self {
        Self { verse: false, bottom: Vec::new(), open: marks.into_iter().map(|mark| (mark, Vec::new())).collect() }
    }

    /// Languages and directions that are open: they hold for blocks within, too.
    pub(super) fn lasting(&self) -> Vec<Mark> {
        let lasts = |mark: &&Mark| matches!(mark, Mark::Language(_) | Mark::Direction(_));
        self.open.iter().map(|(mark, _)| mark).filter(lasts).cloned().collect()
    }

    pub(super) fn push(&mut self, inline: Inline) {
        self.open.last_mut().map_or(&mut self.bottom, |(_, content)| content).push(inline);
    }

    pub(super) fn text(&mut self, text: &str) {
        let verse = self.verse;
        for (at, text) in text.split(|c| verse && c == '\n').enumerate() {
            if at > 0 {
                self.push(Inline::Break);
            }
            if !text.is_empty() {
                self.push(Inline::text(text));
            }
        }
    }

    pub(super) fn open(&mut self, mark: Mark) {
        let repeats =
            self.open.iter().any(|(open, _)| *open == mark || matches!((open, &mark), (Mark::Link(_), Mark::Link(_))));
        let deep = self.open.iter().filter(|(open, _)| *open != Mark::Nothing).count() >= MAX_MARKS;
        self.open.push((if repeats || deep { Mark::Nothing } else { mark }, Vec::new()));
    }

    pub(super) fn close(&mut self) {
        if let Some((mark, content)) = self.open.pop() {
            for inline in mark.around(content) {
                self.push(inline);
            }
        }
    }

    /// The line up to here, tidied; its open marks stay open for what follows.
    pub(super) fn take(&mut self) -> Vec<Inline> {
        let mut content = Vec::new();
        for (mark, inner) in self.open.iter_mut().rev() {
            let mut inner = std::mem::take(inner);
            inner.append(&mut content);
            content = mark.around(inner);
        }
        let mut line = std::mem::take(&mut self.bottom);
        line.append(&mut content);
        super::tidy::line(&mut line);
        line
    }
}
