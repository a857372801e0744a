//! A whole response, prepared: headers and body in each encoding a browser may ask for.

use std::{io::Write, sync::Arc};

use bytes::Bytes;
use http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{self, HeaderName},
};
use sha2::{Digest, Sha256};

use crate::{error::Error, reads::Tally};

/// A content coding (RFC 9110, section 8.4.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// As it is.
    Identity,
    /// gzip.
    Gzip,
    /// Brotli.
    Brotli,
}

/// A response in one encoding.
#[derive(Debug, Clone)]
pub struct Form {
    /// All headers but `date`, which the server adds.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
    /// The strong entity tag, also among the headers.
    pub tag: HeaderValue,
}

/// A whole response in every encoding.
#[derive(Debug, Clone)]
pub struct Prepared {
    status: StatusCode,
    identity: Form,
    gzip: Option<Form>,
    brotli: Option<Form>,
    tally: Option<Arc<Tally>>,
}

/// Below this a compressed body saves nothing worth a header.
const SMALLEST_COMPRESSED: usize = 200;

impl Prepared {
    /// Compresses a body and prepares its headers. Slow (a few milliseconds): call it where blocking is allowed.
    ///
    /// # Errors
    /// When a compressor fails, which writing to memory does not.
    pub fn new(status: StatusCode, headers: &HeaderMap, body: impl Into<Bytes>) -> Result<Self, Error> {
        let body = body.into();
        let (gzip, brotli) =
            if body.len() < SMALLEST_COMPRESSED { (None, None) } else { (Some(gzip(&body)?), Some(brotli(&body)?)) };
        let smaller = |packed: &Bytes| packed.len() < body.len();
        let (gzip, brotli) = (gzip.filter(smaller), brotli.filter(smaller));
        Ok(Self {
            status,
            identity: form(headers, body.clone(), Encoding::Identity)?,
            gzip: gzip.map(|packed| form(headers, packed, Encoding::Gzip)).transpose()?,
            brotli: brotli.map(|packed| form(headers, packed, Encoding::Brotli)).transpose()?,
            tally: None,
        })
    }

    /// Prepares a body that is asked for once and not kept: gzip alone, and as fast as it goes.
    ///
    /// # Errors
    /// When the compressor fails, which writing to memory does not.
    pub fn quickly(status: StatusCode, headers: &HeaderMap, body: impl Into<Bytes>) -> Result<Self, Error> {
        let body = body.into();
        let gzip =
            if body.len() < SMALLEST_COMPRESSED { None } else { Some(packed(&body, flate2::Compression::fast())?) };
        Ok(Self {
            status,
            gzip: gzip.map(|packed| form(headers, packed, Encoding::Gzip)).transpose()?,
            identity: form(headers, body, Encoding::Identity)?,
            brotli: None,
            tally: None,
        })
    }

    /// Prepares a body that is compressed already or not worth compressing, such as a photo.
    ///
    /// # Errors
    /// When a header cannot be written, which these always can.
    pub fn plain(status: StatusCode, headers: &HeaderMap, body: impl Into<Bytes>) -> Result<Self, Error> {
        let identity = form(headers, body.into(), Encoding::Identity)?;
        Ok(Self { status, identity, gzip: None, brotli: None, tally: None })
    }

    /// The same, counted whenever it is read.
    #[must_use]
    pub fn counted(self, tally: Arc<Tally>) -> Self {
        Self { tally: Some(tally), ..self }
    }

    /// Counts that somebody was given this page to read. Costs one addition in memory.
    pub fn read(&self) {
        if let Some(tally) = &self.tally {
            tally.add();
        }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The smallest form that an `Accept-Encoding` header allows (RFC 9110, section 12.5.3).
    #[must_use]
    pub fn form(&self, accept: Option<&str>) -> &Form {
        let Some(accept) = accept else { return &self.identity };
        if let Some(brotli) = &self.brotli
            && accepts(accept, "br")
        {
            return brotli;
        }
        if let Some(gzip) = &self.gzip
            && accepts(accept, "gzip")
        {
            return gzip;
        }
        &self.identity
    }

    /// The form in one encoding, where it is worth having.
    #[must_use]
    pub fn in_encoding(&self, encoding: Encoding) -> Option<&Form> {
        match encoding {
            Encoding::Identity => Some(&self.identity),
            Encoding::Gzip => self.gzip.as_ref(),
            Encoding::Brotli => self.brotli.as_ref(),
        }
    }

    /// Bytes in memory: bodies, and an estimate for the headers.
    #[must_use]
    pub fn weight(&self) -> usize {
        [Some(&self.identity), self.gzip.as_ref(), self.brotli.as_ref()]
            .into_iter()
            .flatten()
            .map(|form| form.body.len() + 1200)
            .sum()
    }

    /// Bytes on the wire with HTTP/1.1, in the larger of the compressed encodings: status line, headers, body.
    #[must_use]
    pub fn wire_bytes(&self) -> usize {
        let sizes = [self.gzip.as_ref(), self.brotli.as_ref()].map(|form| {
            let form = form.unwrap_or(&self.identity);
            head_bytes(self.status, &form.headers) + form.body.len()
        });
        sizes[0].max(sizes[1])
    }
}

/// Bytes of a response's head in HTTP/1.1, with the `date` that the server adds.
#[must_use]
pub fn head_bytes(status: StatusCode, headers: &HeaderMap) -> usize {
    const DATE: usize = "date: Mon, 01 Jan 2026 00:00:00 GMT\r\n".len();
    let reason = status.canonical_reason().unwrap_or_default();
    let line = "HTTP/1.1 200 \r\n".len() + reason.len();
    let fields: usize = headers.iter().map(|(name, value)| name.as_str().len() + value.len() + ": \r\n".len()).sum();
    line + DATE + fields + "\r\n".len()
}

/// Compresses as hard as gzip can.
///
/// # Errors
/// When the compressor fails, which writing to memory does not.
pub fn gzip(body: &[u8]) -> Result<Bytes, Error> {
    packed(body, flate2::Compression::best())
}

fn packed(body: &[u8], level: flate2::Compression) -> Result<Bytes, Error> {
    let mut out = flate2::write::GzEncoder::new(Vec::with_capacity(body.len() / 3), level);
    out.write_all(body).and_then(|()| out.finish()).map(Bytes::from).map_err(packing)
}

/// Quality 9 takes a fifth of the time of 11 and gives pages 2 % larger; 10 and up pay for themselves on no page that
/// may change.
fn brotli(body: &[u8]) -> Result<Bytes, Error> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: 9,
        lgwin: 18,
        size_hint: body.len(),
        ..brotli::enc::BrotliEncoderParams::default()
    };
    let mut out = Vec::with_capacity(body.len() / 3);
    brotli::BrotliCompress(&mut &*body, &mut out, &params).map_err(packing)?;
    Ok(Bytes::from(out))
}

fn packing(source: std::io::Error) -> Error {
    Error::Io { path: "the compressed page".to_owned(), source }
}

fn form(headers: &HeaderMap, body: Bytes, encoding: Encoding) -> Result<Form, Error> {
    let mut headers = headers.clone();
    let hash = Sha256::digest(&body);
    let tag = value(&format!("\"{}\"", data_encoding::BASE64URL_NOPAD.encode(&hash[..12])))?;
    headers.insert(header::ETAG, tag.clone());
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    match encoding {
        Encoding::Identity => {}
        Encoding::Gzip => set(&mut headers, header::CONTENT_ENCODING, "gzip"),
        Encoding::Brotli => set(&mut headers, header::CONTENT_ENCODING, "br"),
    }
    Ok(Form { headers, body, tag })
}

fn set(headers: &mut HeaderMap, name: HeaderName, text: &'static str) {
    headers.insert(name, HeaderValue::from_static(text));
}

/// A header's value from text made here.
///
/// # Errors
/// When the text has characters no header may have.
pub fn value(text: &str) -> Result<HeaderValue, Error> {
    HeaderValue::from_str(text).map_err(|_| Error::Refused(format!("`{text}` cannot stand in a header")))
}

/// Whether a client takes a coding: named (or `*`) with a weight above 0.
fn accepts(accept: &str, coding: &str) -> bool {
    let mut any = false;
    for part in accept.split(',') {
        let mut pieces = part.split(';');
        let name = pieces.next().unwrap_or_default().trim();
        let wanted = pieces.all(|piece| {
            let weight = piece.trim().strip_prefix("q=").or_else(|| piece.trim().strip_prefix("Q="));
            weight.is_none_or(|q| q.trim().parse::<f32>().is_ok_and(|q| q > 0.0))
        });
        if name.eq_ignore_ascii_case(coding) || (coding == "gzip" && name.eq_ignore_ascii_case("x-gzip")) {
            return wanted;
        }
        any |= name == "*" && wanted;
    }
    any
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> Prepared {
        let mut headers = HeaderMap::new();
        set(&mut headers, header::CONTENT_TYPE, "text/html; charset=utf-8");
        let body = "<p>The minister arrived on Friday.</p>".repeat(100);
        Prepared::new(StatusCode::OK, &headers, body).unwrap()
    }

    #[test]
    fn a_client_gets_the_smallest_form_it_takes() {
        let page = page();
        for (accept, wanted) in [
            (None, None),
            (Some(""), None),
            (Some("identity"), None),
            (Some("gzip, deflate, br, zstd"), Some("br")),
            (Some("gzip, deflate"), Some("gzip")),
            (Some("br;q=0, gzip;q=0.5"), Some("gzip")),
            (Some("BR"), Some("br")),
            (Some("*"), Some("br")),
            (Some("*;q=0"), None),
            (Some("gzip;q=0"), None),
        ] {
            let given = page.form(accept).headers.get(header::CONTENT_ENCODING).map(|v| v.to_str().unwrap());
            assert_eq!(given, wanted, "{accept:?}");
        }
    }

    #[test]
    fn each_encoding_has_an_entity_tag_of_its_own_and_the_same_page_the_same_tags() {
        let (one, two) = (page(), page());
        let forms = [Encoding::Identity, Encoding::Gzip, Encoding::Brotli];
        let tags = |page: &Prepared| forms.map(|f| page.in_encoding(f).unwrap().tag.to_str().unwrap().to_owned());
        assert_eq!(tags(&one), tags(&two));
        let [a, b, c] = tags(&one);
        assert!(a != b && b != c && a != c);
        assert!(a.starts_with('"') && a.ends_with('"'), "{a} is not a strong entity tag");
    }

    #[test]
    fn a_head_is_measured_as_it_goes_over_the_wire() {
        let mut headers = HeaderMap::new();
        set(&mut headers, header::CONTENT_TYPE, "text/plain");
        let wire = "HTTP/1.1 404 Not Found\r\ncontent-type: text/plain\r\ndate: Mon, 23 Nov 2026 23:00:00 GMT\r\n\r\n";
        assert_eq!(head_bytes(StatusCode::NOT_FOUND, &headers), wire.len());
    }

    #[test]
    fn what_is_compressed_reads_the_same_again() {
        let page = page();
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut &*page.form(Some("br")).body, &mut back).unwrap();
        assert_eq!(back, page.form(None).body);
        let mut gunzip = flate2::read::GzDecoder::new(&*page.form(Some("gzip")).body);
        back.clear();
        std::io::Read::read_to_end(&mut gunzip, &mut back).unwrap();
        assert_eq!(back, page.form(None).body);
    }
}
