//! The JSON of an export as a stream of rows: `{"db":[{"data":{TABLE:[ROW, …]}}]}` or the same without `db`.

use std::cell::Cell;
use std::fmt;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;
use std::rc::Rc;

use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::rows::{self, Row};
use crate::{Error, Progress, Sink};

/// A longer row is refused.
const MAX_ROW: u64 = 32 * 1024 * 1024;
const WANTED: &str = "a Ghost export (JSON)";

/// Counts what is read, and stops at the limit.
struct Counted {
    file: File,
    read: Rc<Cell<u64>>,
    limit: Rc<Cell<u64>>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.read.get() > self.limit.get() {
            return Err(io::Error::other("one row reaches too far"));
        }
        let n = self.file.read(buffer)?;
        self.read.set(self.read.get() + n as u64);
        Ok(n)
    }
}

/// Takes a row of a table.
type Take<'t> = &'t mut dyn FnMut(&str, Row, &mut dyn Sink) -> Result<(), Error>;

/// One reading of the file.
pub(super) struct Pass {
    input: Option<BufReader<Counted>>,
    path: String,
    size: u64,
    before: u64,
    read: Rc<Cell<u64>>,
    limit: Rc<Cell<u64>>,
    data: bool,
}

impl Pass {
    /// Opens the file; `before` bytes were read in earlier passes.
    pub(super) fn open(path: &Path, before: u64) -> Result<Self, Error> {
        let name = path.display().to_string();
        let io = |source| Error::Io { path: name.clone(), source };
        let file = File::open(path).map_err(io)?;
        let data = file.metadata().map_err(io)?;
        let wrong = |why: &str| Error::WrongKind { path: name.clone(), wanted: WANTED, why: why.to_owned() };
        if data.is_dir() {
            return Err(wrong("it is a folder; name the .json file in it"));
        }
        let (read, limit) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(u64::MAX)));
        let mut input =
            BufReader::with_capacity(256 * 1024, Counted { file, read: read.clone(), limit: limit.clone() });
        let beginning = io::BufRead::fill_buf(&mut input).map_err(io)?;
        match beginning.iter().find(|b| !b.is_ascii_whitespace()) {
            None => return Err(wrong("it is empty; export it again")),
            Some(b'<') => return Err(wrong("it is XML; is it a WordPress export?")),
            Some(b'P') if beginning.starts_with(b"PK") => {
                return Err(wrong("it is a ZIP archive; unpack it and name the .json file"));
            }
            Some(b'{' | 0xEF) => {}
            Some(_) => return Err(wrong("it does not begin with `{`")),
        }
        if beginning.starts_with(&[0xEF, 0xBB, 0xBF]) {
            io::BufRead::consume(&mut input, 3);
        }
        Ok(Self { input: Some(input), path: name, size: data.len(), before, read, limit, data: false })
    }

    pub(super) fn size(&self) -> u64 {
        self.size
    }

    pub(super) fn saw_data(&self) -> bool {
        self.data
    }

    /// Hands every row that is wanted to `take`.
    pub(super) fn run(&mut self, sink: &mut dyn Sink, take: Take<'_>) -> Result<(), Error> {
        let Some(input) = self.input.take() else { return Ok(()) };
        let mut state = State {
            take,
            sink,
            failed: None,
            data: false,
            read: self.read.clone(),
            limit: self.limit.clone(),
            before: self.before,
            total: self.size * 2,
        };
        let mut json = serde_json::Deserializer::from_reader(input);
        let told = Root(&mut state).deserialize(&mut json);
        self.data |= state.data;
        match (state.failed.take(), told) {
            (Some(error), _) => Err(error),
            (None, Ok(())) => Ok(()),
            (None, Err(error)) => Err(self.failed(&error)),
        }
    }

    fn failed(&self, error: &serde_json::Error) -> Error {
        let (path, at) = (self.path.clone(), self.read.get());
        if at > self.limit.get() {
            let why = format!("one row is larger than {} MiB; take it out of the file", MAX_ROW / 1024 / 1024);
            return Error::Refused { path, at, why };
        }
        if !self.data {
            return Error::WrongKind { path, wanted: WANTED, why: error.to_string() };
        }
        let why = format!("{error}; export it again, or copy it again if the copy broke off");
        Error::Damaged { path, at, why }
    }
}

struct State<'s> {
    take: Take<'s>,
    sink: &'s mut dyn Sink,
    failed: Option<Error>,
    data: bool,
    read: Rc<Cell<u64>>,
    limit: Rc<Cell<u64>>,
    before: u64,
    total: u64,
}

/// The file, or an element of `db`.
struct Root<'a, 's>(&'a mut State<'s>);

impl<'de> DeserializeSeed<'de> for Root<'_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Root<'_, '_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the object of a Ghost export")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "db" => map.next_value_seed(Databases(self.0))?,
                "data" => map.next_value_seed(Tables(self.0))?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// The list in `db`.
struct Databases<'a, 's>(&'a mut State<'s>);

impl<'de> DeserializeSeed<'de> for Databases<'_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Databases<'_, '_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of databases")
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(Root(self.0))?.is_some() {}
        Ok(())
    }
}

/// The tables in `data`.
struct Tables<'a, 's>(&'a mut State<'s>);

impl<'de> DeserializeSeed<'de> for Tables<'_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Tables<'_, '_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("tables by name")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        self.0.data = true;
        while let Some(table) = map.next_key::<String>()? {
            map.next_value_seed(Rows { table: &table, state: self.0 })?;
        }
        Ok(())
    }
}

/// The rows of a table.
struct Rows<'a, 's> {
    table: &'a str,
    state: &'a mut State<'s>,
}

impl<'de> DeserializeSeed<'de> for Rows<'_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Rows<'_, '_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the rows of {}", self.table)
    }
    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
    /// `members` and the like may be an object of counts.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(())
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let state = self.state;
        loop {
            state.limit.set(state.read.get() + MAX_ROW);
            let Some(row) = rows::next(self.table, &mut list)? else { return Ok(()) };
            if let Err(error) = (state.take)(self.table, row, state.sink) {
                state.failed = Some(error);
                return Err(A::Error::custom("stopped"));
            }
            state.sink.progress(Progress { done: state.before + state.read.get(), total: state.total });
        }
    }
}
