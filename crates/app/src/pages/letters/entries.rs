//! The places of an issue in the order and the forms of its newsletter's template, as in its mail: story by story, by
//! section, or a letter with links below it.

use model::{Document, Extent, Template, document::Block};
use theme::context::{CardPhoto, CorrectionLine, IssueEntry, tag_and_dir};

use super::gather::{Gathered, Place, Told};
use crate::pages::{cards::byline_links, reading::Reading, story::source_lines};

/// An entry whose text is still to be rendered.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// What its `id`s begin with.
    pub(super) name: String,
    pub(super) entry: IssueEntry,
    pub(super) document: Document,
}

/// The entries of an issue.
pub(super) fn pieces(reading: &Reading, template: Template, gathered: &Gathered) -> Vec<Piece> {
    let intro = said("i-", &gathered.intro);
    let outro = said("o-", &gathered.outro);
    let stories = (1..).zip(&gathered.places).map(|(number, place)| piece(reading, number, place, gathered));
    let mut stories: Vec<Piece> = stories.collect();
    let outro_first = template == Template::Letter;
    match template {
        Template::Stories => {}
        Template::Digest => by_section(reading, &mut stories),
        Template::Letter => listed(reading, &mut stories),
    }
    let (before, after) = if outro_first { (outro, None) } else { (None, outro) };
    intro.into_iter().chain(before).chain(stories).chain(after).collect()
}

/// What the newsletter itself says, if anything.
fn said(name: &str, document: &Document) -> Option<Piece> {
    let piece = || Piece { name: name.to_owned(), entry: IssueEntry::default(), document: document.clone() };
    (!document.is_empty()).then(piece)
}

fn piece(reading: &Reading, number: usize, place: &Place, gathered: &Gathered) -> Piece {
    let name = format!("s{number}");
    let (pick, told) = match place {
        Place::Story(pick, told) => (pick, told),
        Place::Withdrawn => {
            let entry = IssueEntry { withdrawn: true, ..IssueEntry::default() };
            return Piece { name, entry, document: Document::default() };
        }
    };
    let story = &told.story;
    let foreign = (story.language != reading.language).then(|| tag_and_dir(&story.language));
    let (language, dir) = foreign.unwrap_or_default();
    let entry = IssueEntry {
        anchor: name.clone(),
        headline: story.headline.clone(),
        path: story.path.as_ref().map(|path| path.as_str().to_owned()).unwrap_or_default(),
        language,
        dir,
        section: story.section.and_then(|id| reading.section_link(id)),
        note: pick.note.clone(),
        ..IssueEntry::default()
    };
    let name = format!("{name}-");
    match pick.extent {
        Extent::Headline => Piece { name, entry, document: Document::default() },
        Extent::Standfirst => {
            let lead = story.lead_photo.as_ref();
            let photo = lead.and_then(|lead| {
                CardPhoto::new(gathered.photos.get(&lead.photo)?, lead.alt.as_deref(), lead.credit.as_deref())
            });
            let entry = IssueEntry { standfirst: story.standfirst.clone(), photo, read_on: true, ..entry };
            Piece { name, entry, document: Document::default() }
        }
        Extent::Whole => Piece { name, entry: whole(reading, told, entry), document: under_photo(told) },
    }
}

fn whole(reading: &Reading, told: &Told, entry: IssueEntry) -> IssueEntry {
    let line = |said: &model::Correction| CorrectionLine { at: reading.moment(said.at), text: said.text.clone() };
    let mut corrections: Vec<&model::Correction> = told.corrections.iter().collect();
    corrections.sort_by_key(|said| said.at);
    IssueEntry {
        standfirst: told.story.standfirst.clone(),
        bylines: byline_links(reading, &told.bylines),
        published: told.story.published_at.map(|at| reading.moment(at)),
        sources: source_lines(&told.story),
        corrections: corrections.into_iter().map(line).collect(),
        ..entry
    }
}

/// A story's text below its photo.
fn under_photo(told: &Told) -> Document {
    let text = &told.story.document;
    let lead = told.story.lead_photo.clone().map(Block::Photo);
    Document { blocks: lead.into_iter().chain(text.blocks.iter().cloned()).collect(), ..text.clone() }
}

/// Below the names of their sections, in the order in which those come up; what stands in none comes last.
fn by_section(reading: &Reading, stories: &mut Vec<Piece>) {
    close_together(stories);
    let name = |piece: &Piece| piece.entry.section.as_ref().map(|section| section.name.clone()).unwrap_or_default();
    let mut order: Vec<String> = Vec::new();
    for piece in stories.iter() {
        if !order.contains(&name(piece)) {
            order.push(name(piece));
        }
    }
    order.sort_by_key(String::is_empty);
    stories.sort_by_key(|piece| order.iter().position(|section| *section == name(piece)));
    let mut last = None;
    for piece in stories.iter_mut() {
        let own = name(piece);
        if last.as_ref() != Some(&own) {
            let more = if order.len() > 1 { reading.strings.text("letter-more", &[]) } else { String::new() };
            piece.entry.heading = if own.is_empty() { more } else { own.clone() };
        }
        piece.entry.section = None;
        last = Some(own);
    }
}

/// Below one heading.
fn listed(reading: &Reading, stories: &mut Vec<Piece>) {
    close_together(stories);
    for piece in stories.iter_mut() {
        piece.entry.section = None;
    }
    if let Some(first) = stories.first_mut() {
        first.entry.heading = reading.strings.text("letter-stories", &[]);
    }
}

/// Without photos, and without a word where a story was withdrawn: in a list nothing else stands there.
fn close_together(stories: &mut Vec<Piece>) {
    stories.retain(|piece| !piece.entry.withdrawn);
    for piece in stories.iter_mut() {
        (piece.entry.photo, piece.entry.read_on) = (None, false);
    }
}
