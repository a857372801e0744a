//! What a page's file hands over: how long it may be kept, and the work that prints it once the transaction is over.

use http::{StatusCode, header};
use model::StoryId;
use theme::Page;

use super::{headers, press::Press};
use crate::{
    cache::{Keep, Prepared, value},
    error::Error,
};

/// A printed page, and by their paths the other parts of the same text, which were printed with it.
pub(super) struct Printed {
    pub(super) page: Prepared,
    pub(super) others: Vec<(String, Prepared)>,
}

/// Prints the page; `None` when it turns out that there is no such part of it.
pub(super) type Work = Box<dyn FnOnce(&Press) -> Result<Option<Printed>, Error> + Send>;

/// A page, gathered.
pub(super) struct Draft {
    pub(super) keep: Keep,
    pub(super) work: Work,
    /// The story whose reads this page counts, and the path of the part that is counted.
    pub(super) reads: Option<(StoryId, String)>,
}

impl Draft {
    /// Whatever `work` prints, kept as pages.
    pub(super) fn printed(work: impl FnOnce(&Press) -> Result<Option<Printed>, Error> + Send + 'static) -> Self {
        Self { keep: Keep::Page, work: Box::new(work), reads: None }
    }

    /// One page.
    pub(super) fn of(work: impl FnOnce(&Press) -> Result<Prepared, Error> + Send + 'static) -> Self {
        Self::printed(move |press| work(press).map(alone))
    }

    /// A page in plainer and plainer versions, of which the first that fits is printed. `plainer` makes a page plainer
    /// for levels 1 to `levels`.
    pub(super) fn fitting(
        status: StatusCode,
        page: Page,
        levels: usize,
        mut plainer: impl FnMut(&mut Page, usize) + Send + 'static,
    ) -> Self {
        Self::of(move |press| {
            let version = |level| {
                let mut version = page.clone();
                if level > 0 {
                    plainer(&mut version, level);
                }
                (level <= levels).then_some(version)
            };
            press.print_fitting(status, version)
        })
    }

    /// A permanent redirect to a path.
    pub(super) fn moved(to: &str) -> Result<Self, Error> {
        let prepared = redirect(StatusCode::MOVED_PERMANENTLY, to)?;
        Ok(Self { keep: Keep::Missing, work: Box::new(move |_| Ok(alone(prepared))), reads: None })
    }

    /// A redirect to elsewhere that may be different the next time.
    pub(super) fn see_other(to: &str) -> Result<Self, Error> {
        let prepared = redirect(StatusCode::SEE_OTHER, to)?;
        Ok(Self { keep: Keep::Missing, work: Box::new(move |_| Ok(alone(prepared))), reads: None })
    }

    /// Text that is no page: a feed, a sitemap.
    pub(super) fn text(media_type: &'static str, lasts: &'static str, body: String) -> Self {
        Self::of(move |_| Prepared::new(StatusCode::OK, &headers::of(media_type, lasts), body))
    }
}

fn alone(page: Prepared) -> Option<Printed> {
    Some(Printed { page, others: Vec::new() })
}

/// A redirect. Its `Location` is a path, except where it leads to another site.
pub(super) fn redirect(status: StatusCode, to: &str) -> Result<Prepared, Error> {
    let mut headers = headers::of("text/plain; charset=utf-8", "public, max-age=300");
    headers.remove(header::VARY);
    headers.insert(header::LOCATION, value(&in_header(to))?);
    headers::set(&mut headers, header::REFERRER_POLICY, "no-referrer");
    Prepared::plain(status, &headers, format!("{to}\n"))
}

/// An address as a header may carry it: anything but visible ASCII in percent-encoding.
fn in_header(to: &str) -> String {
    const ODD: &percent_encoding::AsciiSet =
        &percent_encoding::CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`');
    let to = percent_encoding::utf8_percent_encode(to, ODD).to_string();
    // `//host/` would be another site's address.
    if to.starts_with("//") { format!("/{}", to.trim_start_matches('/')) } else { to }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_stays_on_this_site_and_in_one_header() {
        for (to, wanted) in [
            ("/2025/07/11/wonsan/", "/2025/07/11/wonsan/"),
            ("//elsewhere.example/", "/elsewhere.example/"),
            ("/мир/\r\nset-cookie: a", "/%D0%BC%D0%B8%D1%80/%0D%0Aset-cookie:%20a"),
        ] {
            let prepared = redirect(StatusCode::MOVED_PERMANENTLY, to).unwrap();
            assert_eq!(prepared.form(None).headers[header::LOCATION], wanted);
        }
    }
}
