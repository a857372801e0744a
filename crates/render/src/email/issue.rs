//! A whole issue of a newsletter as a mail: HTML, and the plain text that goes with it.
//!
//! What differs from reader to reader are two addresses: whoever sends the mail gives marks for them, which nobody can guess
//! and write into a story, and fills those in for each copy. The template says how stories stand together, each item's extent how much of it there is, and the form whether its reader wanted any of that or
//! headlines alone. Everything reads without pictures and without the style sheet, which holds colours only: without it, a
//! mail program's own light or dark choice stands.

pub(super) mod item;
pub(super) mod style;
#[cfg(test)]
mod tests;
mod text;

use model::document::Block;
use model::{Document, Extent, Language, MailForm, PhotoUse, Source, Template};

use super::{COLUMN, HEADING, email};
use crate::html::{push_element, push_open, push_text};
use crate::{Resources, links};
use item::{QUIET, rule};

pub use style::Scheme;
pub use text::issue_text;

/// What an issue says, gathered. Addresses in it are absolute: `https://host/…`.
#[derive(Debug, Clone)]
pub struct IssueMail<'a> {
    /// How stories stand together.
    pub template: Template,
    /// How much its reader wants.
    pub form: MailForm,
    /// The newsletter's name.
    pub name: &'a str,
    /// Who sends it.
    pub newsroom: &'a str,
    /// Its number and date, as they are shown.
    pub dated: &'a str,
    /// The line that mailboxes show after the subject; may be empty.
    pub preview: &'a str,
    /// What stands above the stories.
    pub intro: &'a Document,
    /// The stories, in order.
    pub items: &'a [IssueItem],
    /// What stands below them.
    pub outro: &'a Document,
    /// Where it stands on the web.
    pub web: &'a str,
    /// Where a reader leaves, or a mark for it.
    pub unsubscribe: &'a str,
    /// Where a reader sees and changes what they get, or a mark for it.
    pub preferences: &'a str,
    /// Other addresses that lead to the site.
    pub reserve: &'a [String],
    /// How readers can write to the newsroom; may be empty.
    pub contact: &'a str,
    /// Words around all that.
    pub words: &'a IssueWords,
    /// For previews: one of the two looks, whatever the reader's choice is.
    pub scheme: Scheme,
}

/// A story in an issue.
#[derive(Debug, Clone)]
pub struct IssueItem {
    /// Its language, where that is not the issue's.
    pub language: Option<Language>,
    /// Its headline.
    pub headline: String,
    /// Its standfirst; may be empty.
    pub standfirst: String,
    /// Its section's name; may be empty.
    pub section: String,
    /// Who signs, and when it was published, as it is shown.
    pub signed: String,
    /// Where it stands on the web.
    pub address: String,
    /// What the editor says of it; may be empty.
    pub note: String,
    /// How much of it is in the mail.
    pub extent: Extent,
    /// The photo on top.
    pub lead: Option<PhotoUse>,
    /// Its text; read when all of it is in the mail.
    pub document: Document,
    /// Its sources.
    pub sources: Vec<Source>,
    /// The heading of its corrections, and each of them with its date.
    pub corrections: (String, Vec<String>),
}

/// Words around an issue, in its language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueWords {
    /// "Read this letter on the web".
    pub web: String,
    /// "Unsubscribe".
    pub unsubscribe: String,
    /// "Preferences".
    pub preferences: String,
    /// "Read on", below a story that is not in the mail whole.
    pub read_on: String,
    /// "Read it on the web", below one that is.
    pub read_whole: String,
    /// Heading of a story's sources.
    pub sources: String,
    /// What stands between a source and what it is cited for.
    pub colon: String,
    /// Heading of stories that stand in no section.
    pub more: String,
    /// Heading of the links below a letter.
    pub stories: String,
    /// Why somebody gets it.
    pub why: String,
    /// What stands before the newsroom's other addresses.
    pub reserve: String,
}

/// The mail as HTML, complete.
#[must_use]
pub fn issue_html(mail: &IssueMail<'_>, resources: &Resources<'_>) -> String {
    let mut out = String::from("<!DOCTYPE html>\n");
    let direction = resources.language.direction().as_str();
    push_open(&mut out, "html", &[("lang", resources.language.as_str()), ("dir", direction)]);
    style::head(&mut out, mail.name, mail.scheme);
    out.push_str("<body class=\"b\" style=\"margin:0;padding:0\">");
    preheader(&mut out, mail.preview);
    column(&mut out, resources.language);
    top(&mut out, mail);
    content(&mut out, mail, resources);
    bottom(&mut out, mail);
    out.push_str("</td></tr></table></td></tr></table></body></html>\n");
    out
}

/// What mailboxes show after the subject; then nothing, so that they don't go on with what is read first in the mail.
fn preheader(out: &mut String, preview: &str) {
    const NOTHING: &str = "\u{34F}\u{200C}\u{A0} ";
    if preview.is_empty() {
        return;
    }
    push_open(out, "div", &[("style", "display:none;max-height:0;overflow:hidden;mso-hide:all")]);
    push_text(out, preview);
    out.push_str(&NOTHING.repeat(60));
    out.push_str("</div>");
}

/// Opens the one column.
pub(super) fn column(out: &mut String, language: &Language) {
    const BARE: [(&str, &str); 4] =
        [("role", "presentation"), ("cellpadding", "0"), ("cellspacing", "0"), ("border", "0")];
    push_open(out, "table", &[&BARE[..], &[("width", "100%"), ("class", "b")]].concat());
    out.push_str("<tr><td align=\"center\" style=\"padding:20px 18px 40px\">");
    let (width, style) = (COLUMN.to_string(), format!("width:100%;max-width:{COLUMN}px"));
    push_open(out, "table", &[&BARE[..], &[("width", width.as_str()), ("style", &style)]].concat());
    out.push_str("<tr>");
    let (start, face) = match language.direction() {
        model::Direction::Ltr => ("left", "text-align:left;font-family:Georgia,'Times New Roman',serif"),
        model::Direction::Rtl => ("right", "text-align:right;font-family:Vazirmatn,Tahoma,'Segoe UI',sans-serif"),
    };
    let (tag, direction) = (language.as_str(), language.direction().as_str());
    let style = format!("{face};font-size:18px;line-height:1.55");
    push_open(out, "td", &[("dir", direction), ("lang", tag), ("align", start), ("style", &style)]);
}

/// The web first, then how to leave; then who writes.
fn top(out: &mut String, mail: &IssueMail<'_>) {
    push_open(out, "p", &[("class", "q"), ("style", "margin:0 0 28px;font-size:16px;line-height:1.6")]);
    doors(out, mail);
    out.push_str("</p>");
    let style = "margin:0 0 4px;font-size:36px;line-height:1.15";
    push_element(out, "h1", &[("class", "h"), ("style", style)], mail.name);
    let who = [mail.newsroom, mail.dated].into_iter().filter(|part| !part.is_empty() && *part != mail.name);
    let who: Vec<&str> = who.collect();
    push_element(out, "p", &[("class", "q"), ("style", "margin:0;font-size:16px;line-height:1.45")], &who.join(" · "));
    rule(out, "t", "margin:16px 0 26px");
}

/// The links that stand at the top and at the bottom.
fn doors(out: &mut String, mail: &IssueMail<'_>) {
    let words = mail.words;
    let all = [(mail.web, &words.web), (mail.preferences, &words.preferences), (mail.unsubscribe, &words.unsubscribe)];
    for (index, (address, word)) in all.into_iter().enumerate() {
        if index > 0 {
            out.push_str(" &nbsp;·&nbsp; ");
        }
        push_element(out, "a", &[("href", address), ("class", "q")], word);
    }
}

/// Everything that people wrote.
fn content(out: &mut String, mail: &IssueMail<'_>, resources: &Resources<'_>) {
    if mail.form == MailForm::Headlines {
        return item::headlines(out, mail, resources);
    }
    match mail.template {
        Template::Stories => {
            words(out, mail.intro, resources);
            item::stories(out, mail, resources, !mail.intro.is_empty());
            after(out, mail, resources);
        }
        Template::Digest => {
            words(out, mail.intro, resources);
            item::by_section(out, mail, resources);
            after(out, mail, resources);
        }
        Template::Letter => {
            words(out, mail.intro, resources);
            words(out, mail.outro, resources);
            if !mail.items.is_empty() {
                rule(out, "l", "margin:32px 0 24px");
                push_element(out, "h2", &[("class", "k"), ("style", HEADING[2])], &mail.words.stories);
                item::listed(out, mail.items, mail, resources);
            }
        }
    }
}

/// What stands below the stories.
fn after(out: &mut String, mail: &IssueMail<'_>, resources: &Resources<'_>) {
    if !mail.outro.is_empty() {
        if !mail.items.is_empty() {
            rule(out, "l", "margin:32px 0 26px");
        }
        words(out, mail.outro, resources);
    }
}

fn words(out: &mut String, document: &Document, resources: &Resources<'_>) {
    out.push_str(&email(document, resources));
}

/// Why this came, how to leave, and where else the newsroom is.
fn bottom(out: &mut String, mail: &IssueMail<'_>) {
    rule(out, "t", "margin:40px 0 22px");
    push_element(out, "p", &QUIET, &mail.words.why);
    push_open(out, "p", &QUIET);
    doors(out, mail);
    out.push_str("</p>");
    if !mail.reserve.is_empty() {
        push_open(out, "p", &QUIET);
        push_text(out, &mail.words.reserve);
        for address in mail.reserve {
            out.push_str("<br>");
            push_element(out, "a", &[("href", address), ("class", "q"), ("dir", "ltr")], address);
        }
        out.push_str("</p>");
    }
    let sender = [mail.newsroom, mail.contact].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    push_element(out, "p", &QUIET, &sender.join(" · "));
}

/// A text with a photo on top of it.
fn under_photo(document: &Document, lead: Option<&PhotoUse>) -> Document {
    let lead = lead.cloned().map(Block::Photo);
    Document { blocks: lead.into_iter().chain(document.blocks.iter().cloned()).collect(), ..document.clone() }
}

/// Where a source leads, if it may.
fn source_address(source: &Source, resources: &Resources<'_>) -> Option<String> {
    links::elsewhere(source.url.as_deref()?, resources)
}
