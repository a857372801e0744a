//! A whole mail around one text: headline, standfirst, who signs, the photo on top, the text, its corrections, and where
//! it stands on the web. As HTML, and as the plain text that goes with it.

use model::document::Block;
use model::{Document, PhotoUse};

use super::{COLUMN, HEADING, PARAGRAPH, RULE, SMALL, email};
use crate::html::{push_close, push_element, push_open};
use crate::{Resources, text};

/// What a mail of one story says.
#[derive(Debug, Clone)]
pub struct Mail<'a> {
    /// Who sends it.
    pub newsroom: &'a str,
    /// The headline, which is the subject too.
    pub headline: &'a str,
    /// The standfirst; may be empty.
    pub standfirst: &'a str,
    /// Who signs, and when it was published, as it is shown; may be empty.
    pub signed: &'a str,
    /// The photo on top.
    pub lead: Option<&'a PhotoUse>,
    /// The text.
    pub document: &'a Document,
    /// The heading of the corrections, and each of them with its date.
    pub corrections: (&'a str, &'a [String]),
    /// What the link to the web is called, and where it leads.
    pub web: (&'a str, &'a str),
}

impl Mail<'_> {
    /// The text with the photo on top of it.
    fn whole(&self) -> Document {
        let lead = self.lead.cloned().map(Block::Photo);
        let blocks = lead.into_iter().chain(self.document.blocks.iter().cloned()).collect();
        Document { blocks, ..self.document.clone() }
    }
}

/// The mail as HTML, complete.
#[must_use]
pub fn mail(mail: &Mail<'_>, resources: &Resources<'_>) -> String {
    let mut out = String::from("<!DOCTYPE html>\n");
    let direction = resources.language.direction().as_str();
    push_open(&mut out, "html", &[("lang", resources.language.as_str()), ("dir", direction)]);
    out.push_str(
        "<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
    );
    out.push_str("<meta name=\"color-scheme\" content=\"light dark\"><meta name=\"supported-color-schemes\" content=\"light dark\">");
    push_element(&mut out, "title", &[], mail.headline);
    out.push_str("</head><body style=\"margin:0;padding:0\">");
    let table =
        [("role", "presentation"), ("width", "100%"), ("cellpadding", "0"), ("cellspacing", "0"), ("border", "0")];
    push_open(&mut out, "table", &table);
    out.push_str("<tr><td align=\"center\" style=\"padding:24px 16px\">");
    let column = COLUMN.to_string();
    let style = format!("width:100%;max-width:{COLUMN}px");
    let inner = [
        ("role", "presentation"),
        ("width", column.as_str()),
        ("cellpadding", "0"),
        ("cellspacing", "0"),
        ("border", "0"),
        ("style", &style),
    ];
    push_open(&mut out, "table", &inner);
    out.push_str("<tr>");
    let (start, face) = match resources.language.direction() {
        model::Direction::Ltr => ("left", "text-align:left;font-family:Georgia,'Times New Roman',serif"),
        model::Direction::Rtl => ("right", "text-align:right;font-family:Tahoma,'Segoe UI',sans-serif"),
    };
    let cell = [("dir", direction), ("lang", resources.language.as_str()), ("align", start), ("style", face)];
    push_open(&mut out, "td", &cell);
    story(&mut out, mail, resources);
    out.push_str("</td></tr></table></td></tr></table></body></html>\n");
    out
}

fn story(out: &mut String, mail: &Mail<'_>, resources: &Resources<'_>) {
    let said = |out: &mut String, name: &str, style: &str, text: &str| {
        if !text.is_empty() {
            push_element(out, name, &[("style", style)], text);
        }
    };
    said(out, "p", SMALL, mail.newsroom);
    said(out, "h1", "margin:0 0 14px;font-size:30px;line-height:1.2", mail.headline);
    said(out, "p", "margin:0 0 18px;font-size:20px;line-height:1.45", mail.standfirst);
    said(out, "p", SMALL, mail.signed);
    out.push_str(&email(&mail.whole(), resources));
    let (heading, corrections) = mail.corrections;
    if !corrections.is_empty() {
        push_element(out, "h2", &[("style", HEADING[1])], heading);
        corrections.iter().for_each(|correction| said(out, "p", PARAGRAPH, correction));
    }
    let (title, address) = mail.web;
    push_open(out, "hr", &[("style", RULE)]);
    push_open(out, "p", &[("style", PARAGRAPH)]);
    push_element(out, "a", &[("href", address)], title);
    push_close(out, "p");
}

/// The mail as plain text.
#[must_use]
pub fn mail_text(mail: &Mail<'_>, resources: &Resources<'_>) -> String {
    let (heading, corrections) = mail.corrections;
    let (title, address) = mail.web;
    let mut parts = vec![mail.newsroom.to_owned(), mail.headline.to_owned(), mail.standfirst.to_owned()];
    parts.push(mail.signed.to_owned());
    parts.push(text(&mail.whole(), resources).trim().to_owned());
    if !corrections.is_empty() {
        parts.push(heading.to_owned());
        parts.extend(corrections.iter().cloned());
    }
    parts.push(format!("{title}: {address}"));
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n") + "\n"
}
