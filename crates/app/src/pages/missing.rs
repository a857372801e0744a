//! 404: there is nothing here.
//!
//! The page depends on the language and on how deep the path is, not on the path itself: it is rendered once for each,
//! and kept for a path only in the small budget for wrong addresses.

use std::{collections::HashSet, sync::Arc};

use http::StatusCode;
use model::{Language, Tag};
use store::Scope;
use theme::{
    Page,
    context::{NotFoundPage, Shell},
};

use super::{
    address::Address,
    cards::{cards, newest, note_latest},
    press::Press,
    reading::Reading,
    shell::shell,
};
use crate::{
    Newsroom,
    cache::{Keep, Made, Prepared},
    error::Error,
};

/// Paths deeper than this share one page, whose links begin at the host's root.
const DEEPEST: usize = 8;

/// The 404 for an address at which `reading` found nothing.
pub(super) async fn answer(newsroom: &Newsroom, reading: Reading, address: &Address) -> Result<Made, Error> {
    let language = reading.language.clone();
    let depth = address.path.matches('/').count().saturating_sub(1).min(DEEPEST);
    let (tags, seq) = reading.close();
    let key = format!("404 {language} {depth}");
    let cache = newsroom.cache();
    let prepared = match cache.get(&key) {
        Some(prepared) => prepared,
        None => {
            let made = page(newsroom, &language, depth).await?;
            cache.insert(&key, &made);
            made.prepared
        }
    };
    cache.insert_like(&address.path, &key, &tags, seq);
    Ok(Made { prepared, tags, seq, keep: Keep::Never, also: Vec::new() })
}

async fn page(newsroom: &Newsroom, language: &Language, depth: usize) -> Result<Made, Error> {
    let place = format!("/{}", "-/".repeat(depth));
    let mut reading = Reading::open(newsroom, &place).await?;
    reading.speak(language);
    let heads = newest(&mut reading, Scope::Latest, 5, &HashSet::new()).await?;
    note_latest(&mut reading);
    let latest = cards(&mut reading, &heads).await?;
    let title = reading.strings.text("not-found", &[]);
    let mut shell = shell(&mut reading, &title, &Vec::new()).await?;
    shell = Shell { no_index: true, path: String::new(), ..shell };
    if depth == DEEPEST {
        shell.root = "/".to_owned();
    }
    let press = Press::new(Arc::clone(&reading.theme));
    let page = Page::NotFound(NotFoundPage { shell, latest });
    let (mut tags, seq) = reading.close();
    tags.retain(|tag| *tag != Tag::path(&place));
    let prepared = tokio::task::spawn_blocking(move || print(&press, page)).await??;
    Ok(Made { prepared: Arc::new(prepared), tags, seq, keep: Keep::Page, also: Vec::new() })
}

fn print(press: &Press, page: Page) -> Result<Prepared, Error> {
    press.print_fitting(StatusCode::NOT_FOUND, |level| {
        let mut version = page.clone();
        if let Page::NotFound(found) = &mut version {
            super::cards::thin(found.latest.iter_mut(), level);
        }
        (level <= 4).then_some(version)
    })
}
