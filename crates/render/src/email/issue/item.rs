//! A story in an issue, as HTML.

use model::{Direction, Extent};

use super::{IssueItem, IssueMail, source_address, under_photo};
use crate::email::{HEADING, PARAGRAPH, SMALL, email, image};
use crate::html::{push_close, push_element, push_open, push_text};
use crate::photos::Shown;
use crate::{Resources, links, photos};

/// Attributes of a quiet paragraph.
pub(in crate::email) const QUIET: [(&str, &str); 2] = [("class", "q"), ("style", SMALL)];
const KICKER: [(&str, &str); 2] =
    [("class", "k"), ("style", "margin:0 0 6px;font-size:16px;line-height:1.4;font-weight:bold")];
const LARGE: &str = "margin:0 0 12px;font-size:27px;line-height:1.22";
const MIDDLE: &str = "margin:0 0 8px;font-size:21px;line-height:1.3";
const STANDFIRST: &str = "margin:0 0 14px;font-size:19px;line-height:1.45";
const APART: &str = "margin:34px 0 30px";

/// A line across the column. `class` says how strong.
pub(in crate::email) fn rule(out: &mut String, class: &str, margin: &str) {
    let style = format!("border:0;border-top:1px solid #808080;{margin}");
    push_open(out, "hr", &[("class", class), ("style", &style)]);
}

fn said(out: &mut String, name: &str, attributes: &[(&str, &str)], text: &str) {
    if !text.is_empty() {
        push_element(out, name, attributes, text);
    }
}

/// The headline, which leads to the story.
fn headline(out: &mut String, item: &IssueItem, style: &str) {
    let (tag, direction) = match &item.language {
        Some(language) => (language.as_str(), language.direction().as_str()),
        None => ("", ""),
    };
    push_open(out, "h2", &[("class", "h"), ("lang", tag), ("dir", direction), ("style", style)]);
    let link = [("href", item.address.as_str()), ("style", "color:inherit;text-decoration:none")];
    push_element(out, "a", &link, &item.headline);
    push_close(out, "h2");
}

fn onward(out: &mut String, item: &IssueItem, word: &str) {
    push_open(out, "p", &[("style", "margin:14px 0 18px;font-size:16px;line-height:1.45")]);
    push_element(out, "a", &[("href", item.address.as_str())], word);
    push_close(out, "p");
}

/// Story by story, each with as much of it as the editor chose.
pub(super) fn stories(out: &mut String, mail: &IssueMail<'_>, resources: &Resources<'_>, apart: bool) {
    for (index, item) in mail.items.iter().enumerate() {
        if index > 0 || apart {
            rule(out, "l", APART);
        }
        one(out, item, mail, resources);
    }
}

fn one(out: &mut String, item: &IssueItem, mail: &IssueMail<'_>, resources: &Resources<'_>) {
    said(out, "p", &KICKER, &item.section);
    note(out, item, resources);
    match item.extent {
        Extent::Headline => headline(out, item, MIDDLE),
        Extent::Standfirst => {
            headline(out, item, LARGE);
            photo(out, item, resources);
            said(out, "p", &[("style", STANDFIRST)], &item.standfirst);
            onward(out, item, &mail.words.read_on);
        }
        Extent::Whole => {
            headline(out, item, LARGE);
            said(out, "p", &[("style", STANDFIRST)], &item.standfirst);
            said(out, "p", &QUIET, &item.signed);
            out.push_str(&email(&under_photo(&item.document, item.lead.as_ref()), resources));
            sources(out, item, mail, resources);
            corrections(out, item);
            onward(out, item, &mail.words.read_whole);
        }
    }
}

/// What the editor says of it: a line along the side where reading begins, so that it is nobody else's voice.
fn note(out: &mut String, item: &IssueItem, resources: &Resources<'_>) {
    let start = match resources.language.direction() {
        Direction::Ltr => "left",
        Direction::Rtl => "right",
    };
    let style = format!(
        "margin:4px 0 14px;border-{start}:3px solid #a3221b;padding-{start}:13px;font-size:18px;line-height:1.5"
    );
    said(out, "p", &[("class", "n"), ("style", &style)], &item.note);
}

/// The photo of a story that is not whole: it leads there, and its credit stays with it. The caption waits there too.
fn photo(out: &mut String, item: &IssueItem, resources: &Resources<'_>) {
    let Some(lead) = &item.lead else { return };
    let shown = Shown::new(lead, resources);
    let Some(file) = shown.ready.and_then(photos::universal) else { return };
    push_open(out, "a", &[("href", &item.address), ("style", "color:inherit;text-decoration:none")]);
    image(out, file, &shown.alt, resources);
    push_close(out, "a");
    if shown.credit.is_empty() {
        out.push_str("<br>");
    } else {
        push_element(out, "p", &QUIET, &shown.credit_line(resources.labels));
    }
}

fn sources(out: &mut String, item: &IssueItem, mail: &IssueMail<'_>, resources: &Resources<'_>) {
    if item.sources.is_empty() {
        return;
    }
    push_element(out, "h3", &[("style", HEADING[2])], &mail.words.sources);
    for source in &item.sources {
        push_open(out, "p", &[("style", "margin:0 0 6px;font-size:16px;line-height:1.45")]);
        match source_address(source, resources) {
            Some(address) => push_element(out, "a", &[("href", &address), ("rel", links::REL)], &source.name),
            None => push_text(out, &source.name),
        }
        if !source.note.is_empty() {
            push_text(out, &format!("{} {}", mail.words.colon, source.note));
        }
        push_close(out, "p");
    }
}

fn corrections(out: &mut String, item: &IssueItem) {
    let (heading, all) = &item.corrections;
    if !all.is_empty() {
        push_element(out, "h3", &[("style", HEADING[2])], heading);
        all.iter().for_each(|correction| push_element(out, "p", &[("style", PARAGRAPH)], correction));
    }
}

/// Headlines with standfirsts below the names of their sections, in the order in which those come up.
pub(super) fn by_section(out: &mut String, mail: &IssueMail<'_>, resources: &Resources<'_>) {
    let mut sections: Vec<&str> = Vec::new();
    for item in mail.items {
        if !sections.contains(&item.section.as_str()) {
            sections.push(&item.section);
        }
    }
    // What stands in no section comes last.
    sections.sort_by_key(|section| section.is_empty());
    for section in &sections {
        rule(out, "l", "margin:30px 0 16px");
        let name = if section.is_empty() { mail.words.more.as_str() } else { section };
        if sections.len() > 1 || !section.is_empty() {
            push_element(out, "h2", &[("class", "k"), ("style", HEADING[2])], name);
        }
        let of: Vec<IssueItem> = mail.items.iter().filter(|item| item.section == **section).cloned().collect();
        listed(out, &of, mail, resources);
    }
}

/// One below the other, close together.
pub(super) fn listed(out: &mut String, items: &[IssueItem], mail: &IssueMail<'_>, resources: &Resources<'_>) {
    for item in items {
        if item.extent == Extent::Whole {
            one(out, &IssueItem { section: String::new(), ..item.clone() }, mail, resources);
            continue;
        }
        said(out, "p", &[("style", "margin:0 0 6px;font-size:17px;line-height:1.5;font-style:italic")], &item.note);
        let last = item.extent == Extent::Headline || item.standfirst.is_empty();
        headline(out, item, if last { "margin:0 0 20px;font-size:21px;line-height:1.3" } else { MIDDLE });
        if !last {
            let style = "margin:0 0 24px;font-size:18px;line-height:1.5";
            push_element(out, "p", &[("style", style)], &item.standfirst);
        }
    }
}

/// For readers who asked for headlines: those, and nothing else.
pub(super) fn headlines(out: &mut String, mail: &IssueMail<'_>, _resources: &Resources<'_>) {
    for item in mail.items {
        headline(out, item, "margin:0 0 2px;font-size:20px;line-height:1.35");
        let section = if item.section.is_empty() { "\u{A0}" } else { &item.section };
        push_element(out, "p", &[("class", "q"), ("style", "margin:0 0 20px;font-size:16px;line-height:1.4")], section);
    }
}
