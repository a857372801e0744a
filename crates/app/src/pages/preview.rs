//! A story as it would be published, before it is.
//!
//! The story is published in a transaction that is then undone, and its page is made from what that transaction saw: by
//! the same code, so that nothing differs. Nobody else sees any of it, and no cache keeps it.

use std::{collections::HashMap, sync::Arc};

use http::StatusCode;
use model::{StoryId, document::visit};
use render::Resources;

use super::{
    corrections::{Corrections, escaped},
    headers, mail,
    press::Press,
    reading::Reading,
    route::{Route, route},
    story, story_parts,
};
use crate::{Newsroom, cache::Prepared, error::Error, staff::Denial, stories};

/// A form in which a story leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// The site's page at a path: the story's own, one of its further parts, or its lite form.
    Site(String),
    /// The HTML that feeds carry.
    Feed,
    /// Plain text.
    Text,
    /// A whole mail, as HTML.
    Mail,
    /// The plain text that goes with the mail.
    MailText,
}

const HTML: &str = "text/html; charset=utf-8";
const PLAIN: &str = "text/plain; charset=utf-8";

/// What a preview leads to.
#[derive(Debug)]
pub enum Preview {
    /// The page.
    Page(Box<Prepared>),
    /// The path is not this story's: the site has it.
    Site(String),
    /// The path at which the story would stand, and its lite form.
    At {
        /// Its page.
        full: String,
        /// Its lite form.
        lite: String,
    },
}

/// A story as it would be published.
///
/// # Errors
/// [`Denial::Gone`] when there is no such story.
pub async fn preview(newsroom: &Newsroom, id: StoryId, form: Form) -> Result<Preview, Error> {
    let mut tx = newsroom.store().begin().await?;
    let story = stories::desk::as_published_in_tx(newsroom, &mut tx, id).await?;
    let path = story.path.clone().ok_or(Denial::Gone)?;
    let path = path.as_str();
    let mut reading = Reading::within(newsroom, tx, path).await?;
    reading.speak(&story.language);
    let draft = match form {
        Form::Site(asked) if asked.is_empty() => {
            reading.undo().await?;
            return Ok(Preview::At { full: path.to_owned(), lite: story_parts::lite_path(path, 1) });
        }
        Form::Site(asked) => match route(&asked, &reading.settings).route {
            Route::Story { path: own, part, lite } if own == path => {
                story::show(&mut reading, path, part, lite).await?
            }
            _ => {
                reading.undo().await?;
                return Ok(Preview::Site(asked));
            }
        },
        Form::Feed | Form::Text | Form::Mail | Form::MailText => {
            let (body, kind) = match form {
                Form::Mail => (mail::of(&mut reading, &story, "/").await?.html, HTML),
                Form::MailText => (mail::of(&mut reading, &story, "/").await?.text, PLAIN),
                Form::Text => (body(&mut reading, &story, true).await?, PLAIN),
                Form::Feed | Form::Site(_) => (body(&mut reading, &story, false).await?, HTML),
            };
            reading.undo().await?;
            let headers = headers::of(kind, headers::SHORTLY);
            return Ok(Preview::Page(Box::new(Prepared::new(StatusCode::OK, &headers, body)?)));
        }
    };
    let press = Press::new(Arc::clone(&reading.theme));
    reading.undo().await?;
    let Some(draft) = draft else { return Err(Denial::Gone.into()) };
    let printed = tokio::task::spawn_blocking(move || (draft.work)(&press)).await??;
    printed.map(|printed| Preview::Page(Box::new(printed.page))).ok_or_else(|| Denial::Gone.into())
}

/// The story as feeds or plain text carry it. A feed's HTML gets the least of a page around it, to be looked at.
async fn body(reading: &mut Reading, story: &model::Story, plain: bool) -> Result<String, Error> {
    let corrections = Corrections::of(reading, story.id).await?;
    let used = visit::photos(&story.document).into_iter().map(|photo| photo.photo);
    let photos = store::photos(&mut reading.tx, &used.collect::<Vec<_>>()).await?;
    let (links, labels) = (HashMap::new(), reading.strings.labels());
    let resources = Resources { root: "/", language: &story.language, photos: &photos, links: &links, labels: &labels };
    if plain {
        let head = [story.headline.as_str(), story.standfirst.as_str()].join("\n\n");
        return Ok(format!("{}\n\n{}", head.trim(), render::text(&story.document, &resources) + &corrections.text()));
    }
    let direction = match story.language.direction() {
        model::Direction::Ltr => "ltr",
        model::Direction::Rtl => "rtl",
    };
    let html = render::feed(&story.document, &resources) + &corrections.html();
    let title = escaped(&story.headline);
    Ok(format!(
        "<!doctype html><html lang=\"{}\" dir=\"{direction}\"><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>{title}</title><h1>{title}</h1><p>{}</p>{html}</html>",
        story.language,
        escaped(&story.standfirst)
    ))
}
