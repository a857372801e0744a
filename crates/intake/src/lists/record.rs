//! CSV (RFC 4180), a record at a time, in bounded memory.
//!
//! A field that begins with a quote lasts until the quote that closes it, over lines if need be. Where it is never closed, a
//! reader that follows the letter would take the rest of the file for one field, or everything up to the next quote: here the line
//! that opened it is given up, and the next one is read as a record of its own. A quote over several lines that is followed by
//! neither a delimiter nor the end of a line was such a one, and what seemed to close it opens another.

use std::{
    collections::VecDeque,
    fs::File,
    io::{self, BufRead, BufReader},
    path::Path,
};

use zeroize::Zeroizing;

use super::Rejected;

/// Bytes of a record at most.
pub const RECORD_MAX: usize = 256 * 1024;
/// Lines of a record at most: notes of several lines are real, notes of hundreds are a quote that is not closed.
const LINES_MAX: usize = 200;

/// The cells of a record.
pub(crate) type Fields = Vec<Zeroizing<String>>;

/// What is found next.
pub(crate) enum Found {
    Record { line: u64, fields: Fields },
    Rejected { line: u64, why: Rejected },
}

/// A line, and whether the file went on after the part of it that is kept.
struct Line {
    bytes: Zeroizing<Vec<u8>>,
    cut: bool,
}

/// Reads a file.
pub(crate) struct Records {
    reader: BufReader<File>,
    /// Lines that were read ahead.
    ahead: VecDeque<Line>,
    delimiter: Option<u8>,
    /// The number of the next line.
    line: u64,
    done: u64,
    total: u64,
    utf16: bool,
}

impl Records {
    fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let total = file.metadata()?.len();
        let mut reader = BufReader::with_capacity(128 * 1024, file);
        let start = reader.fill_buf()?;
        let utf16 = start.starts_with(&[0xff, 0xfe]) || start.starts_with(&[0xfe, 0xff]);
        let mark = if start.starts_with("\u{feff}".as_bytes()) { 3 } else { 0 };
        reader.consume(mark);
        let done = u64::try_from(mark).unwrap_or(0);
        Ok(Self { reader, ahead: VecDeque::new(), delimiter: None, line: 1, done, total, utf16 })
    }

    /// Opens a file and reads the names of its columns; where it has none, why.
    pub(crate) fn open_table(path: &Path) -> io::Result<Result<(Self, Fields), &'static str>> {
        const ENCODING: &str = "it is not UTF-8: save it anew as “CSV UTF-8”";
        let mut records = Self::open(path)?;
        if records.utf16 {
            return Ok(Err(ENCODING));
        }
        Ok(match records.next_record()? {
            Some(Found::Record { fields, .. }) => Ok((records, fields)),
            Some(Found::Rejected { why: Rejected::Encoding, .. }) => Err(ENCODING),
            Some(Found::Rejected { .. }) => Err("its first line is no list of columns"),
            None => Err("it is empty"),
        })
    }

    pub(crate) fn progress(&self) -> (u64, u64) {
        (self.done, self.total)
    }

    /// The next record that is not an empty line.
    pub(crate) fn next_record(&mut self) -> io::Result<Option<Found>> {
        loop {
            let line = self.line;
            let Some(first) = self.next_line()? else { return Ok(None) };
            if first.bytes.iter().all(u8::is_ascii_whitespace) && !first.cut {
                self.line += 1;
                continue;
            }
            // The first line of a file names the columns, and tells what stands between them.
            let delimiter = *self.delimiter.get_or_insert_with(|| delimiter_of(&first.bytes));
            return self.record(line, first, delimiter).map(Some);
        }
    }

    fn record(&mut self, line: u64, first: Line, delimiter: u8) -> io::Result<Found> {
        if first.cut {
            self.line += 1;
            return Ok(Found::Rejected { line, why: Rejected::Endless });
        }
        let mut bytes = Zeroizing::new(first.bytes.to_vec());
        let (mut more, mut machine): (Vec<Line>, _) = (Vec::new(), Machine::default());
        machine.skip(&bytes, delimiter);
        machine.torn = false;
        while machine.at == At::Quoted || machine.torn {
            let room = !machine.torn && more.len() < LINES_MAX && bytes.len() < RECORD_MAX;
            let next = if room { self.next_line()? } else { None };
            match next {
                Some(next) if !next.cut => {
                    machine.skip(&next.bytes, delimiter);
                    bytes.extend_from_slice(&next.bytes);
                    more.push(next);
                }
                end => {
                    // Given up: what was read ahead are records of their own.
                    for line in more.into_iter().chain(end).rev() {
                        self.ahead.push_front(line);
                    }
                    self.line += 1;
                    return Ok(Found::Rejected { line, why: Rejected::Endless });
                }
            }
        }
        self.line += 1 + u64::try_from(more.len()).unwrap_or(0);
        let end = bytes.iter().rposition(|byte| !matches!(byte, b'\r' | b'\n')).map_or(0, |at| at + 1);
        Ok(match split(&bytes[..end], delimiter) {
            Some(fields) => Found::Record { line, fields },
            None => Found::Rejected { line, why: Rejected::Encoding },
        })
    }

    /// The next line with its end. Of one that is longer than a record may be, only the start is kept.
    fn next_line(&mut self) -> io::Result<Option<Line>> {
        if let Some(line) = self.ahead.pop_front() {
            return Ok(Some(line));
        }
        let mut line = Line { bytes: Zeroizing::new(Vec::new()), cut: false };
        let mut any = false;
        loop {
            let buffer = self.reader.fill_buf()?;
            if buffer.is_empty() {
                return Ok(any.then_some(line));
            }
            any = true;
            let end = buffer.iter().position(|byte| *byte == b'\n').map(|at| at + 1);
            let taken = end.unwrap_or(buffer.len());
            let room = RECORD_MAX.saturating_sub(line.bytes.len()).min(taken);
            line.bytes.extend_from_slice(&buffer[..room]);
            line.cut |= room < taken;
            self.reader.consume(taken);
            self.done += u64::try_from(taken).unwrap_or(0);
            if end.is_some() {
                return Ok(Some(line));
            }
        }
    }
}

/// What stands between fields: of comma, semicolon and tab the one that the first line has most of.
fn delimiter_of(line: &[u8]) -> u8 {
    let count = |delimiter: u8| line.iter().filter(|byte| **byte == delimiter).count();
    [b',', b';', b'\t'].into_iter().max_by_key(|delimiter| (count(*delimiter), *delimiter == b',')).unwrap_or(b',')
}

/// Where in a field one is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum At {
    /// Before its first byte.
    #[default]
    Start,
    /// In one without quotes.
    Plain,
    /// In quotes.
    Quoted,
    /// After a quote within quotes: the end of them, or the first half of a doubled quote.
    Quote,
}

#[derive(Default)]
struct Machine {
    at: At,
    /// Whether a quote was closed in front of something that does not follow one.
    torn: bool,
}

/// What a byte means.
enum Means {
    Byte(u8),
    EndOfField,
    Nothing,
}

impl Machine {
    /// Goes past bytes whose meaning does not matter.
    fn skip(&mut self, bytes: &[u8], delimiter: u8) {
        for byte in bytes {
            self.take(*byte, delimiter);
        }
    }

    fn take(&mut self, byte: u8, delimiter: u8) -> Means {
        let (at, means) = match (self.at, byte) {
            (At::Quoted, b'"') => (At::Quote, Means::Nothing),
            (At::Quoted, byte) => (At::Quoted, Means::Byte(byte)),
            (At::Quote, b'"') => (At::Quoted, Means::Byte(b'"')),
            (At::Start, b'"') => (At::Quoted, Means::Nothing),
            (_, byte) if byte == delimiter => (At::Start, Means::EndOfField),
            (At::Start | At::Plain | At::Quote, byte) => (At::Plain, Means::Byte(byte)),
        };
        self.torn |= self.at == At::Quote && at == At::Plain && !matches!(byte, b'\r' | b'\n' | b' ');
        self.at = at;
        means
    }
}

/// The fields of a record; `None` where one is not UTF-8.
fn split(bytes: &[u8], delimiter: u8) -> Option<Vec<Zeroizing<String>>> {
    let (mut fields, mut field, mut machine) = (Vec::new(), Zeroizing::new(Vec::new()), Machine::default());
    let close = |field: &mut Zeroizing<Vec<u8>>| {
        let text = std::str::from_utf8(field).ok().map(|text| Zeroizing::new(text.to_owned()));
        *field = Zeroizing::new(Vec::new());
        text
    };
    for byte in bytes {
        match machine.take(*byte, delimiter) {
            Means::Byte(byte) => field.push(byte),
            Means::EndOfField => fields.push(close(&mut field)?),
            Means::Nothing => {}
        }
    }
    fields.push(close(&mut field)?);
    Some(fields)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &[u8]) -> Vec<(u64, Result<Vec<String>, Rejected>)> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        let mut records = Records::open(file.path()).unwrap();
        let mut found = Vec::new();
        while let Some(next) = records.next_record().unwrap() {
            found.push(match next {
                Found::Record { line, fields } => (line, Ok(fields.iter().map(|field| field.to_string()).collect())),
                Found::Rejected { line, why } => (line, Err(why)),
            });
        }
        assert_eq!(records.progress().0, u64::try_from(text.len()).unwrap());
        found
    }

    fn ok(line: u64, fields: &[&str]) -> (u64, Result<Vec<String>, Rejected>) {
        (line, Ok(fields.iter().map(|field| (*field).to_owned()).collect()))
    }

    #[test]
    fn quotes_line_ends_marks_and_delimiters_are_read_as_programs_write_them() {
        assert_eq!(
            read("\u{feff}a,b\r\n1,\"x, \"\"y\"\"\nz\"\r\n\r\n2,5\" pipe\n3,".as_bytes()),
            [ok(1, &["a", "b"]), ok(2, &["1", "x, \"y\"\nz"]), ok(5, &["2", "5\" pipe"]), ok(6, &["3", ""])]
        );
        assert_eq!(read(b"a;b\n1,5;2\n"), [ok(1, &["a", "b"]), ok(2, &["1,5", "2"])]);
        assert_eq!(read(b"a\tb\n1,5\t2\n"), [ok(1, &["a", "b"]), ok(2, &["1,5", "2"])]);
        assert_eq!(read(b"email\nanna@news.example\n"), [ok(1, &["email"]), ok(2, &["anna@news.example"])]);
        assert_eq!(read(b""), []);
    }

    #[test]
    fn a_quote_that_is_never_closed_costs_its_own_line_alone() {
        let mut text = b"a,b\n1,\"oops\n".to_vec();
        (2..1_000).for_each(|number| text.extend_from_slice(format!("{number},x\n").as_bytes()));
        let found = read(&text);
        assert_eq!(found[1], (2, Err(Rejected::Endless)));
        assert_eq!(found[2], ok(3, &["2", "x"]));
        assert_eq!((found.len(), found.last()), (1_000, Some(&ok(1_000, &["999", "x"]))));
        assert_eq!(read(b"a,b\n1,\"oops\n2,x"), [ok(1, &["a", "b"]), (2, Err(Rejected::Endless)), ok(3, &["2", "x"])]);
        let quoted_later = read(b"a,b\n1,\"oops\n2,x\n3,\"y, z\"\n4,\"w\"");
        assert_eq!(quoted_later[1..3], [(2, Err(Rejected::Endless)), ok(3, &["2", "x"])]);
        assert_eq!(quoted_later[3..], [ok(4, &["3", "y, z"]), ok(5, &["4", "w"])]);
        assert_eq!(read(b"a,b\n1,\"x\"y\n")[1], ok(2, &["1", "xy"]), "on one line it is as it was written");
    }

    #[test]
    fn a_line_without_an_end_and_one_that_is_not_utf8_are_named_and_passed_by() {
        let long = vec![b'x'; 3 * RECORD_MAX];
        let text = [b"a,b\n1,".as_slice(), &long, b"\n2,\xff\xfe\n3,c\n"].concat();
        let wanted =
            [ok(1, &["a", "b"]), (2, Err(Rejected::Endless)), (3, Err(Rejected::Encoding)), ok(4, &["3", "c"])];
        assert_eq!(read(&text), wanted);
    }

    proptest! {
        #[test]
        fn what_the_csv_crate_writes_is_read_back(rows in proptest::collection::vec(proptest::collection::vec("[a-z\",;\n\t ]{0,8}", 3), 1..20)) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(["one", "two", "three"]).unwrap();
            rows.iter().for_each(|row| writer.write_record(row).unwrap());
            let found = read(&writer.into_inner().unwrap());
            let fields: Vec<_> = found.into_iter().skip(1).map(|(_, fields)| fields.unwrap()).collect();
            // A record of nothing but white space in a file of three columns has its commas, so that none is lost.
            prop_assert_eq!(fields, rows);
        }

        #[test]
        fn rubbish_ends(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
            read(&bytes);
        }
    }
}
