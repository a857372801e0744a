//! The file as UTF-8, whatever it is written in, with a limit on how far one item may reach.

use std::fs::File;
use std::io::{self, BufRead, Read};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8};

const CHUNK: usize = 64 * 1024;

/// Decodes a file. Bytes that are no characters become U+FFFD and are counted.
pub(super) struct Source {
    file: File,
    decoder: Decoder,
    raw: Box<[u8]>,
    raw_at: usize,
    raw_end: usize,
    out: Box<[u8]>,
    out_at: usize,
    out_end: usize,
    ended: bool,
    read: u64,
    given: u64,
    limit: u64,
    pub(super) over: bool,
    pub(super) replaced: u64,
}

impl Source {
    pub(super) fn new(mut file: File) -> io::Result<Self> {
        let mut raw = vec![0; CHUNK].into_boxed_slice();
        let mut raw_end = 0;
        while raw_end < 1024 {
            match file.read(&mut raw[raw_end..])? {
                0 => break,
                n => raw_end += n,
            }
        }
        let encoding = encoding_of(&raw[..raw_end]);
        Ok(Self {
            file,
            decoder: encoding.new_decoder(),
            raw,
            raw_at: 0,
            raw_end,
            out: vec![0; CHUNK * 3 + 64].into_boxed_slice(),
            out_at: 0,
            out_end: 0,
            ended: false,
            read: raw_end as u64,
            given: 0,
            limit: u64::MAX,
            over: false,
            replaced: 0,
        })
    }

    /// The bytes that the file begins with.
    pub(super) fn beginning(&self) -> &[u8] {
        &self.raw[..self.raw_end.min(1024)]
    }

    /// Bytes read from the file.
    pub(super) fn at(&self) -> u64 {
        self.read
    }

    /// From here on so many bytes may be read.
    pub(super) fn allow(&mut self, bytes: u64) {
        self.limit = self.given + bytes;
    }

    fn refill(&mut self) -> io::Result<()> {
        while self.out_at == self.out_end && !self.ended {
            if self.raw_at == self.raw_end {
                self.raw_end = self.file.read(&mut self.raw)?;
                self.raw_at = 0;
                self.read += self.raw_end as u64;
            }
            let last = self.raw_end == 0;
            let (result, read, written, wrong) =
                self.decoder.decode_to_utf8(&self.raw[self.raw_at..self.raw_end], &mut self.out, last);
            self.raw_at += read;
            self.out_at = 0;
            self.out_end = written;
            self.replaced += u64::from(wrong);
            // XML knows no NUL, and PostgreSQL stores none.
            self.out[..written].iter_mut().filter(|b| **b == 0).for_each(|b| *b = b' ');
            self.ended = last && result == CoderResult::InputEmpty;
        }
        Ok(())
    }
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(buffer)?;
        self.consume(n);
        Ok(n)
    }
}

impl BufRead for Source {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.given > self.limit {
            self.over = true;
            return Err(io::Error::other("one item reaches too far"));
        }
        self.refill()?;
        Ok(&self.out[self.out_at..self.out_end])
    }

    fn consume(&mut self, n: usize) {
        self.out_at += n;
        self.given += n as u64;
    }
}

/// The encoding that the byte order mark or the XML declaration names; UTF-8 else.
fn encoding_of(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    match bytes {
        [b'<', 0, b'?', 0, ..] => return encoding_rs::UTF_16LE,
        [0, b'<', 0, b'?', ..] => return encoding_rs::UTF_16BE,
        _ => {}
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]);
    let declaration = head.split("?>").next().unwrap_or_default();
    let name = declaration.split("encoding=").nth(1).and_then(|rest| {
        let quote = rest.chars().next()?;
        rest[1..].split(quote).next()
    });
    name.and_then(|name| Encoding::for_label(name.trim().as_bytes()))
        .filter(|e| *e != encoding_rs::UTF_16LE && *e != encoding_rs::UTF_16BE)
        .unwrap_or(UTF_8)
}
