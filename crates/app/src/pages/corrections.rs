//! Corrections in the channels that have no template: feeds and plain text. They stand after the story, as on its page.

use jiff::tz::TimeZone;
use model::{Correction, StoryId};
use theme::Strings;

use super::reading::Reading;
use crate::error::Error;

/// A story's corrections, in words.
#[derive(Debug, Default)]
pub(crate) struct Corrections {
    title: String,
    /// Day and text, oldest first.
    lines: Vec<(String, String)>,
}

impl Corrections {
    /// Those of a story; none is no corrections.
    pub(super) async fn of(reading: &mut Reading, story: StoryId) -> Result<Self, Error> {
        let all = store::correction_list(&mut reading.tx, story).await?;
        Ok(Self::said(&all, &reading.strings, &reading.zone))
    }

    /// Corrections, oldest first, in the words of a language.
    pub(crate) fn said(all: &[Correction], strings: &Strings, zone: &TimeZone) -> Self {
        let count = i64::try_from(all.len()).unwrap_or(i64::MAX);
        let title = strings.text("corrections", &[("count", count.into())]);
        let lines = all.iter().map(|said| (strings.date(said.at, zone), said.text.clone())).collect();
        Self { title, lines }
    }

    /// As HTML, to be put behind the story's.
    pub(crate) fn html(&self) -> String {
        if self.lines.is_empty() {
            return String::new();
        }
        let line = |(day, text): &(String, String)| format!("<p>{}: {}</p>", escaped(day), escaped(text));
        format!("<h2>{}</h2>{}", escaped(&self.title), self.lines.iter().map(line).collect::<String>())
    }

    /// As plain text, to be put behind the story's.
    pub(super) fn text(&self) -> String {
        if self.lines.is_empty() {
            return String::new();
        }
        let lines: Vec<String> = self.lines.iter().map(|(day, text)| format!("{day}: {text}")).collect();
        format!("\n\n{}\n\n{}\n", self.title, lines.join("\n\n"))
    }
}

/// Text for HTML.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two() -> Corrections {
        let line = |day: &str, text: &str| (day.to_owned(), text.to_owned());
        let lines = vec![line("1 May 2026", "It was <b>Friday</b>."), line("2 May 2026", "And at noon.")];
        Corrections { title: "Corrections".to_owned(), lines }
    }

    #[test]
    fn feeds_and_plain_text_carry_every_correction() {
        let html =
            "<h2>Corrections</h2><p>1 May 2026: It was &lt;b&gt;Friday&lt;/b&gt;.</p><p>2 May 2026: And at noon.</p>";
        assert_eq!(two().html(), html);
        assert_eq!(two().text(), "\n\nCorrections\n\n1 May 2026: It was <b>Friday</b>.\n\n2 May 2026: And at noon.\n");
    }

    #[test]
    fn a_story_without_corrections_says_nothing_of_them() {
        assert_eq!(Corrections::default().html() + &Corrections::default().text(), "");
    }
}
