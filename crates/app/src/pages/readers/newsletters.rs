//! All newsletters, and the form to sign up for them.

use http::StatusCode;
use theme::{Page, context::NewslettersPage};

use super::sign_up::{choice, whole};
use crate::{
    error::Error,
    pages::{
        draft::Draft,
        reading::Reading,
        shell::{everywhere, shell},
    },
};

/// Newsletters on a page that has too many of them.
const MOST: usize = 40;

pub(in crate::pages) async fn show(reading: &mut Reading) -> Result<Draft, Error> {
    let title = reading.strings.text("newsletters", &[]);
    let elsewhere = everywhere(reading, "newsletter/");
    let mut shell = shell(reading, &title, &elsewhere).await?;
    shell.description = reading.strings.text("newsletters-text", &[]);
    let all = store::newsletter_all(&mut reading.tx).await?;
    let sign_up = whole(reading, &all, &[]).await?;
    let mut past = Vec::new();
    for newsletter in all.iter().filter(|newsletter| !newsletter.active) {
        let over = choice(reading, newsletter, false).await?;
        if !over.path.is_empty() {
            past.push(over);
        }
    }
    let page = Page::Newsletters(NewslettersPage { shell, sign_up, past });
    Ok(Draft::fitting(StatusCode::OK, page, 3, plainer))
}

fn plainer(page: &mut Page, level: usize) {
    let Page::Newsletters(page) = page else { return };
    page.past.truncate(MOST / level.max(1));
    let Some(form) = &mut page.sign_up else { return };
    if level >= 2 {
        form.newsletters.iter_mut().for_each(|newsletter| newsletter.preview = None);
    }
    if level >= 3 {
        form.newsletters.iter_mut().for_each(|newsletter| newsletter.about.clear());
    }
}
