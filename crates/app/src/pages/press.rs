//! The press: from a typed page to the prepared response, where blocking is allowed.
//!
//! Every page fits [`WIRE`] bytes compressed, headers included (law 7). A story is split until each part fits; any
//! other page comes in plainer and plainer versions, and the first that fits is printed.

use std::sync::Arc;

use http::{HeaderMap, HeaderValue, StatusCode, header};
use theme::{Page, Rendered, Theme};

use super::headers;
use crate::{
    cache::{Prepared, gzip, head_bytes},
    error::Error,
};

/// The most that a page may take on the wire: some networks cut a connection after about 16 KB.
pub const WIRE: usize = 12_288;

/// Room left for what a proxy may add.
const SPARE: usize = 128;

/// The theme, at work.
#[derive(Debug)]
pub(super) struct Press {
    theme: Arc<Theme>,
}

impl Press {
    pub(super) fn new(theme: Arc<Theme>) -> Self {
        Self { theme }
    }

    /// A page as it is.
    pub(super) fn print(&self, status: StatusCode, page: &Page) -> Result<Prepared, Error> {
        let rendered = self.render(page)?;
        let prepared = Prepared::new(status, &headers_of(status, page, &rendered)?, rendered.html)?;
        let bytes = prepared.wire_bytes();
        if bytes > WIRE {
            tracing::warn!(
                path = page.shell().path,
                bytes,
                "a page is larger than the {WIRE} bytes that pass everywhere"
            );
        }
        Ok(prepared)
    }

    /// A page for one person: it is not kept, so that it is prepared as fast as it goes.
    pub(super) fn print_once(&self, status: StatusCode, page: &Page) -> Result<Prepared, Error> {
        let rendered = self.render(page)?;
        Prepared::quickly(status, &super::readers::private(&rendered)?, rendered.html)
    }

    /// The first version of a page that fits; the last one when none does. `version` is given 0, 1, 2 … and answers
    /// `None` when there is no plainer one.
    pub(super) fn print_fitting(
        &self,
        status: StatusCode,
        mut version: impl FnMut(usize) -> Option<Page>,
    ) -> Result<Prepared, Error> {
        let mut last = None;
        for level in 0.. {
            let Some(page) = version(level) else { break };
            if self.fits(&page)? {
                return self.print(status, &page);
            }
            last = Some(page);
        }
        let Some(page) = last else { return Err(Error::Refused("a page without any version".to_owned())) };
        self.print(status, &page)
    }

    /// The page's HTML. A theme whose own template fails is told of; the built-in one stands in.
    fn render(&self, page: &Page) -> Result<Rendered, Error> {
        let rendered = self.theme.render(page)?;
        if let Some(problem) = &rendered.problem {
            tracing::warn!(%problem, path = page.shell().path, "the theme's own template failed");
        }
        Ok(rendered)
    }

    /// Whether a page fits the wire.
    pub(super) fn fits(&self, page: &Page) -> Result<bool, Error> {
        Ok(self.wire_bytes(page)? <= WIRE)
    }

    /// Whether what stands around a text leaves a good part of the wire to the text.
    pub(super) fn leaves_room(&self, page: &Page) -> Result<bool, Error> {
        Ok(self.wire_bytes(page)? <= WIRE * 2 / 3)
    }

    /// What a page takes on the wire. Measured in gzip, the larger of the two encodings.
    fn wire_bytes(&self, page: &Page) -> Result<usize, Error> {
        let rendered = self.theme.render(page)?;
        let body = gzip(rendered.html.as_bytes())?.len();
        let mut headers = headers::of_page(&rendered)?;
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body));
        headers::set(&mut headers, header::CONTENT_ENCODING, "gzip");
        headers::set(&mut headers, header::ETAG, "\"0123456789abcdef\"");
        Ok(head_bytes(StatusCode::OK, &headers) + body + SPARE)
    }
}

/// What is breaking is asked for again soon, so that no browser shows it for long after it ended.
fn headers_of(status: StatusCode, page: &Page, rendered: &Rendered) -> Result<HeaderMap, Error> {
    let mut headers = headers::of_page(rendered)?;
    if status != StatusCode::OK || page.shell().breaking.is_some() {
        headers::set(&mut headers, header::CACHE_CONTROL, headers::SHORTLY);
    }
    Ok(headers)
}
