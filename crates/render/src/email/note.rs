//! A short mail to one reader: what it is about, a button, and what to do if it wasn't them who asked. HTML, and the plain
//! text that goes with it. Plain and calm: one column, no picture, and every link readable as it stands.

use model::Language;

use super::issue::column;
use super::issue::item::{QUIET, rule};
use super::issue::style::{self, Scheme};
use crate::html::{push_close, push_element, push_open};
use crate::text::wrapped;

const TITLE: &str = "margin:0 0 18px;font-size:28px;line-height:1.2";
const TEXT: &str = "margin:0 0 18px;font-size:18px;line-height:1.55";
const BUTTON: &str = "display:inline-block;padding:12px 22px;border:2px solid #a3221b;font-size:18px;font-weight:bold;text-decoration:none";

/// What a mail to one reader says.
#[derive(Debug, Clone, Copy)]
pub struct Note<'a> {
    /// The language that it is written in.
    pub language: &'a Language,
    /// What it is about: its heading.
    pub title: &'a str,
    /// What it says, line by line.
    pub lines: &'a [NoteLine],
    /// Who sends it: the last line.
    pub by: &'a str,
}

/// A line of a mail to one reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoteLine {
    /// A paragraph.
    Text(String),
    /// A quiet paragraph, below a line.
    After(String),
    /// What is to be done: its name, and where it leads.
    Button(String, String),
    /// The lesser thing to be done.
    Link(String, String),
}

/// The mail as HTML.
#[must_use]
pub fn note_html(note: &Note<'_>) -> String {
    let mut out = String::from("<!DOCTYPE html>\n");
    let direction = note.language.direction().as_str();
    push_open(&mut out, "html", &[("lang", note.language.as_str()), ("dir", direction)]);
    style::head(&mut out, note.title, Scheme::Reader);
    out.push_str("<body class=\"b\" style=\"margin:0;padding:0\">");
    column(&mut out, note.language);
    push_element(&mut out, "h1", &[("class", "h"), ("style", TITLE)], note.title);
    for line in note.lines {
        match line {
            NoteLine::Text(text) => push_element(&mut out, "p", &[("style", TEXT)], text),
            NoteLine::After(text) => {
                rule(&mut out, "l", "margin:26px 0 18px");
                push_element(&mut out, "p", &QUIET, text);
            }
            NoteLine::Button(name, address) => {
                push_open(&mut out, "p", &[("style", "margin:24px 0")]);
                push_element(&mut out, "a", &[("href", address), ("style", BUTTON)], name);
                push_close(&mut out, "p");
            }
            NoteLine::Link(name, address) => {
                push_open(&mut out, "p", &QUIET);
                push_element(&mut out, "a", &[("href", address), ("class", "q")], name);
                push_close(&mut out, "p");
            }
        }
    }
    rule(&mut out, "t", "margin:30px 0 18px");
    push_element(&mut out, "p", &QUIET, note.by);
    out.push_str("</td></tr></table></td></tr></table></body></html>\n");
    out
}

/// The mail as plain text. An address stands on a line of its own and is never broken.
#[must_use]
pub fn note_text(note: &Note<'_>) -> String {
    let said = |text: &str| wrapped(text, note.language.direction()).join("\n");
    let mut parts = vec![said(note.title)];
    for line in note.lines {
        parts.push(match line {
            NoteLine::Text(text) | NoteLine::After(text) => said(text),
            NoteLine::Button(name, address) | NoteLine::Link(name, address) => {
                format!("{}\n{address}", said(&format!("{name}:")))
            }
        });
    }
    parts.push(format!("-- \n{}", said(note.by)));
    parts.join("\n\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::email::COLUMN;

    fn lines() -> Vec<NoteLine> {
        let token = "x".repeat(400);
        vec![
            NoteLine::Text("Somebody, probably you, asked for <Weekly> & more to be sent to this address.".to_owned()),
            NoteLine::Button("Yes".to_owned(), format!("https://news.example/-/newsletter/confirm/{token}")),
            NoteLine::After("If it wasn’t you, do nothing.".to_owned()),
            NoteLine::Link("Never".to_owned(), "https://news.example/-/newsletter/never/x".to_owned()),
        ]
    }

    #[test]
    fn a_long_link_stays_whole_and_what_was_typed_stays_text() {
        let (language, lines) = (Language::english(), lines());
        let note = Note { language: &language, title: "Do you want it?", lines: &lines, by: "The Harbour" };
        let (html, text) = (note_html(&note), note_text(&note));
        assert!(html.contains("asked for &lt;Weekly&gt; &amp; more"), "{html}");
        let link = format!("https://news.example/-/newsletter/confirm/{}", "x".repeat(400));
        assert!(text.lines().any(|line| line == link), "{text}");
        assert!(html.contains(&format!("href=\"{link}\"")));
        assert!(text.lines().filter(|line| !line.starts_with("http")).all(|line| line.chars().count() < 80), "{text}");
        assert!(!html.contains("<img") && !html.contains("<script"), "something is loaded");
    }

    #[test]
    fn a_persian_mail_runs_from_right_to_left() {
        let (language, lines) = (Language::new("fa").unwrap(), lines());
        let html = note_html(&Note { language: &language, title: "x", lines: &lines, by: "y" });
        assert!(html.contains("dir=\"rtl\"") && html.contains("text-align:right"), "{html}");
        assert!(html.contains(&format!("max-width:{COLUMN}px")));
    }
}
