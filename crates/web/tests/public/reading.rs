//! What tests do with what a reader got.

use testkit::Answer;

/// Asks for a page in one encoding and reads it.
pub(crate) fn unpacked(answer: &Answer) -> String {
    let bytes = match answer.header("content-encoding") {
        "br" => {
            let mut out = Vec::new();
            brotli::BrotliDecompress(&mut answer.bytes.as_slice(), &mut out).unwrap();
            out
        }
        "gzip" => {
            let mut out = Vec::new();
            std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(answer.bytes.as_slice()), &mut out).unwrap();
            out
        }
        "" => answer.bytes.clone(),
        other => panic!("nobody asked for {other}"),
    };
    String::from_utf8(bytes).unwrap()
}

/// Bytes on the wire in HTTP/1.1.
pub(crate) fn wire_bytes(answer: &Answer) -> usize {
    let head: usize = answer.headers.iter().map(|(name, value)| name.len() + value.len() + 4).sum();
    "HTTP/1.1 404 Not Found\r\n".len() + head + 2 + answer.bytes.len()
}

/// The addresses in a page, as paths of this site. Panics at one that names a host and is no link of the text.
pub(crate) fn addresses(page_path: &str, html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for attribute in ["href=\"", "src=\"", "srcset=\"", "action=\""] {
        for rest in html.split(attribute).skip(1) {
            let value = rest.split('"').next().unwrap_or_default().replace("&amp;", "&");
            let list: Vec<&str> = match attribute {
                "srcset=\"" => value.split(',').filter_map(|part| part.split_whitespace().next()).collect(),
                _ => vec![value.as_str()],
            };
            found.extend(list.into_iter().filter_map(|address| resolve(page_path, address)));
        }
    }
    found.sort();
    found.dedup();
    found
}

/// A relative address as a path; `None` for fragments and for addresses elsewhere.
fn resolve(page_path: &str, address: &str) -> Option<String> {
    if address.starts_with('#') || address.contains(':') {
        return None;
    }
    assert!(!address.starts_with('/'), "{page_path} has an address that is not relative: {address}");
    let base = url::Url::parse(&format!("http://site{page_path}")).unwrap();
    Some(base.join(address).unwrap().path().to_owned())
}
